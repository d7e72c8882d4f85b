//! The tags of a page, as the tokenizer of the HTML standard would find them (section 13.2.5), without their content.

/// A start or end tag.
#[derive(Debug)]
pub(super) struct Tag<'h> {
    /// As it stands, in any case.
    pub name: &'h str,
    /// What stands between the name and the closing bracket.
    pub attributes: &'h str,
    pub n_attributes: usize,
    pub is_end: bool,
    pub is_self_closing: bool,
    /// Text stands between the tag before and this one.
    pub has_text_before: bool,
}

/// The tags of a page, as its tokenizer would find them (section 13.2.5).
pub(super) struct Tags<'h> {
    html: &'h str,
    at: usize,
}

impl<'h> Tags<'h> {
    pub fn new(html: &'h str) -> Self {
        Tags { html, at: 0 }
    }

    fn rest(&self) -> &'h [u8] {
        &self.html.as_bytes()[self.at..]
    }

    /// Goes behind the next occurrence of `end`, or to the end of the page.
    fn skip_past(&mut self, end: &[u8]) {
        let found = memchr::memmem::find(self.rest(), end);
        self.at = found.map_or(self.html.len(), |offset| self.at + offset + end.len());
    }

    fn skip_while(&mut self, is_in: impl Fn(u8) -> bool) {
        self.at += self.rest().iter().take_while(|byte| is_in(**byte)).count();
    }

    /// A comment, a doctype, or what counts as a comment.
    fn skip_declaration(&mut self) {
        let is_comment = self.rest().starts_with(b"<!--");
        if !is_comment || self.rest().starts_with(b"<!-->") || self.rest().starts_with(b"<!--->") {
            self.skip_past(b">");
        } else {
            self.at += 4;
            loop {
                self.skip_past(b"--");
                match self.rest() {
                    [] | [b'>', ..] => break,
                    [b'!', b'>', ..] => break,
                    // Of more than two dashes the last two count.
                    _ => self.at -= 1,
                }
            }
            self.skip_past(b">");
        }
    }

    /// The attributes up to the tag's end: how many, and whether a slash stands before the end. None at the page's end.
    fn skip_attributes(&mut self) -> Option<(usize, bool)> {
        let mut n_attributes = 0;
        loop {
            let between = self.at;
            self.skip_while(|byte| byte.is_ascii_whitespace() || byte == b'/');
            if *self.rest().first()? == b'>' {
                let is_self_closing = self.html[between..self.at].ends_with('/');
                self.at += 1;
                return Some((n_attributes, is_self_closing));
            }
            n_attributes += 1;
            self.at += 1;
            self.skip_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'='));
            self.skip_while(|byte| byte.is_ascii_whitespace());
            if *self.rest().first()? != b'=' {
                continue;
            }
            self.at += 1;
            self.skip_while(|byte| byte.is_ascii_whitespace());
            match *self.rest().first()? {
                quote @ (b'"' | b'\'') => {
                    self.at += 1;
                    self.skip_past(&[quote]);
                }
                b'>' => {}
                _ => self.skip_while(|byte| !byte.is_ascii_whitespace() && byte != b'>'),
            }
        }
    }

    /// Goes to the end tag of an element whose content is text, whatever it looks like.
    pub fn skip_raw_text(&mut self, name: &str) {
        loop {
            self.skip_past(b"</");
            let rest = self.rest();
            let is_named = rest.len() >= name.len() && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes());
            let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
            if rest.is_empty() || (is_named && rest.get(name.len()).is_some_and(ends)) {
                self.at -= "</".len().min(self.at);
                return;
            }
        }
    }
}

impl<'h> Iterator for Tags<'h> {
    type Item = Tag<'h>;

    fn next(&mut self) -> Option<Tag<'h>> {
        let mut has_text_before = false;
        loop {
            let bracket = memchr::memchr(b'<', self.rest())?;
            has_text_before |= bracket > 0;
            self.at += bracket;
            let is_end = match self.rest() {
                [_, b'/', letter, ..] if letter.is_ascii_alphabetic() => true,
                [_, letter, ..] if letter.is_ascii_alphabetic() => false,
                [_, b'!' | b'?', ..] => {
                    self.skip_declaration();
                    continue;
                }
                [_, b'/', ..] => {
                    self.skip_past(b">");
                    continue;
                }
                _ => {
                    self.at += 1;
                    has_text_before = true;
                    continue;
                }
            };
            self.at += 1 + usize::from(is_end);
            let name_start = self.at;
            self.skip_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>'));
            let name_end = self.at;
            let (n_attributes, is_self_closing) = self.skip_attributes()?;
            return Some(Tag {
                name: &self.html[name_start..name_end],
                attributes: &self.html[name_end..self.at - 1],
                n_attributes,
                is_end,
                is_self_closing,
                has_text_before,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tags as `name`, `/name`, `name/` with the number of attributes.
    fn check(html: &str, expected: &[&str]) {
        let render = |tag: Tag| {
            let (start, end) = (
                if tag.is_end { "/" } else { "" },
                if tag.is_self_closing { "/" } else { "" },
            );
            format!("{start}{}{end} {}", tag.name, tag.n_attributes)
        };
        let found: Vec<String> = Tags::new(html).map(render).collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn brackets_within_values_and_comments_are_no_tags() {
        check(r#"a <p class="<b>" x='>' y=z/>b</P >"#, &["p 3", "/P 0"]);
        check("<!-- <b> -- <i> --><u><!--><s><!---><a>", &["u 0", "s 0", "a 0"]);
        check("<!doctype html><?xml <b?><br/></ <b>1 < 2 <3 <i>", &["br/ 0", "i 0"]);
        check("<a =\"x><b>", &["a 1", "b 0"]);
        check("<a x = y z><b x=><i x", &["a 2", "b 1"]);
        check("<!-- never closed <b>", &[]);
    }

    #[test]
    fn raw_text_ends_at_its_own_end_tag() {
        let mut tags = Tags::new("<script>'</scripty></div>'</SCRIPT><p>");
        tags.next();
        tags.skip_raw_text("script");
        let names: Vec<&str> = tags.map(|tag| tag.name).collect();
        assert_eq!(names, ["SCRIPT", "p"]);
    }
}
