//! What a page would ask of its parser, told from its tags alone, before it is parsed.
//!
//! An HTML parser looks through all open elements at nearly every tag, opens lost formatting again in every block, and
//! compares each attribute of a tag with those before. A few bytes, repeated, keep it busy for hours or fill the memory. So
//! the tags are followed here as the parser would follow them, by the rules of the HTML standard that let elements end
//! (section 13.2.6), but without a tree. What is not followed exactly counts as still open, so that the depth found is an
//! upper bound but for rare mixtures; [`html::read`](super::html::read) looks at the real one again.

mod class;
mod tags;
#[cfg(test)]
mod tests;

use self::class::{Class, class, is_html_within, is_marker, is_scope, is_special, is_void_anywhere};
use self::tags::{Tag, Tags};
use crate::stage::Rejection;

/// Deepest nesting of elements; browsers stop at 512, and readability recurses.
pub(super) const MAX_DEPTH: usize = 512;

/// Most elements of a page. The largest pages of portals have some ten thousand.
const MAX_ELEMENTS: usize = 1_000_000;

/// Most attributes of a tag.
const MAX_ATTRIBUTES: usize = 512;

/// Rejects a page that no parser should see; of others the length in bytes of the longest tag.
///
/// # Errors
/// `too_deep` for elements nested beyond reason, `too_complex` for too many elements, or attributes of one.
pub(super) fn check(html: &str) -> Result<usize, Rejection> {
    let mut open = OpenElements::default();
    let mut tags = Tags::new(html);
    let mut longest_tag_bytes = 0;
    while let Some(tag) = tags.next() {
        longest_tag_bytes = longest_tag_bytes.max(tag.attributes.len());
        if tag.n_attributes > MAX_ATTRIBUTES {
            let message = format!(
                "an element of the page has {} attributes; at most {MAX_ATTRIBUTES} are read",
                tag.n_attributes
            );
            return Err(Rejection::new("too_complex", message));
        }
        if open.see(&tag) == Content::Raw {
            tags.skip_raw_text(tag.name);
        }
        if open.depth() > MAX_DEPTH {
            return Err(too_deep());
        }
        if open.n_elements > MAX_ELEMENTS {
            let message = format!("the page has more than {MAX_ELEMENTS} elements");
            return Err(Rejection::new("too_complex", message));
        }
    }
    Ok(longest_tag_bytes)
}

/// The rejection of a page that is nested too deeply.
pub(super) fn too_deep() -> Rejection {
    Rejection::new("too_deep", format!("the page nests elements deeper than {MAX_DEPTH}"))
}

/// What follows a start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Markup,
    /// Text up to the element's end tag, whatever it looks like.
    Raw,
}

/// Whose rules hold at a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Rules {
    #[default]
    Html,
    /// SVG and MathML: every name is an element with content unless its tag closes itself.
    Foreign,
    /// One or the other; what would end or have no content in one of them is taken as open.
    Unsure,
}

/// An element on the stack of open elements.
#[derive(Debug)]
struct Open<'h> {
    name: &'h str,
    class: Class,
    /// The rules outside of it.
    outer: Rules,
    /// For a formatting element its number.
    formatting: Option<usize>,
    /// For a scope that formatting does not cross: where the list of formatting elements began outside of it.
    outer_floor: Option<usize>,
}

/// An element on the list of active formatting elements.
#[derive(Debug)]
struct Formatting<'h> {
    number: usize,
    name: &'h str,
    attributes: &'h str,
    is_open: bool,
}

/// The parser's stack and list, as the tags so far leave them.
#[derive(Debug, Default)]
struct OpenElements<'h> {
    stack: Vec<Open<'h>>,
    formatting: Vec<Formatting<'h>>,
    /// Where in `formatting` that of the innermost cell or object begins.
    floor: usize,
    n_lost: usize,
    n_formatting: usize,
    rules: Rules,
    n_elements: usize,
}

impl<'h> OpenElements<'h> {
    /// Elements that are open, or will be with the next word.
    fn depth(&self) -> usize {
        self.stack.len() + self.n_lost
    }

    fn see(&mut self, tag: &Tag<'h>) -> Content {
        if tag.has_text_before {
            self.reopen_formatting();
        }
        let class = class(tag.name);
        if tag.is_end {
            self.end(tag.name, class);
            return Content::Markup;
        }
        self.n_elements += 1;
        match self.rules {
            Rules::Html => self.start(tag, class),
            Rules::Foreign | Rules::Unsure => {
                self.start_foreign(tag, class);
                Content::Markup
            }
        }
    }

    fn start(&mut self, tag: &Tag<'h>, class: Class) -> Content {
        match class {
            Class::Void => self.reopen_formatting(),
            Class::Page => {}
            Class::Raw => return Content::Raw,
            Class::Formatting => {
                self.reopen_formatting();
                self.start_formatting(tag);
            }
            Class::Paragraph | Class::Block => {
                self.end_paragraph();
                self.push(tag.name, class);
            }
            Class::Item => {
                self.end_item(tag.name);
                self.end_paragraph();
                self.push(tag.name, class);
            }
            Class::TablePart | Class::Row | Class::Cell => self.start_table_part(tag.name, class),
            Class::Option | Class::Ruby => {
                let ends_sibling = class == Class::Option || self.is_open("ruby");
                self.stack.pop_if(|top| ends_sibling && top.class == class);
                self.push(tag.name, class);
            }
            Class::Special | Class::Scope | Class::Table => self.push(tag.name, class),
            Class::Foreign if tag.is_self_closing => {}
            Class::Foreign => {
                self.reopen_formatting();
                self.push(tag.name, class);
                self.rules = Rules::Foreign;
            }
            Class::Inline => {
                self.reopen_formatting();
                self.push(tag.name, class);
            }
        }
        Content::Markup
    }

    fn start_foreign(&mut self, tag: &Tag<'h>, class: Class) {
        let is_foreign = self.rules == Rules::Foreign;
        if is_foreign && tag.is_self_closing {
            return;
        }
        if is_void_anywhere(tag.name) {
            self.leave_foreign();
            return;
        }
        if class == Class::Foreign {
            self.push(tag.name, class);
            self.rules = Rules::Foreign;
        } else if is_foreign && is_html_within(tag.name) {
            self.push(tag.name, Class::Scope);
            self.rules = Rules::Unsure;
        } else if matches!(class, Class::Formatting) && !is_foreign {
            self.start_formatting(tag);
        } else {
            let may_end_foreign = matches!(
                class,
                Class::Formatting | Class::Paragraph | Class::Item | Class::Block | Class::Table | Class::Page
            );
            let class = match class {
                Class::Block | Class::Paragraph | Class::Item | Class::Scope | Class::Table if !is_foreign => class,
                _ => Class::Inline,
            };
            self.push(tag.name, class);
            if may_end_foreign {
                self.leave_foreign();
            }
        }
    }

    /// From here to the end of the outermost foreign element it is open whose rules hold.
    fn leave_foreign(&mut self) {
        self.rules = Rules::Unsure;
        let within = self.stack.iter_mut().rev().take_while(|open| open.outer != Rules::Html);
        within.for_each(|open| open.outer = Rules::Unsure);
    }

    fn start_formatting(&mut self, tag: &Tag<'h>) {
        if tag.name.eq_ignore_ascii_case("a") {
            self.end_formatting("a");
        }
        // Of equal ones within each other three are kept.
        let mut equal = self.formatting[self.floor..]
            .iter()
            .enumerate()
            .filter(|(_, known)| known.name.eq_ignore_ascii_case(tag.name) && known.attributes == tag.attributes);
        let first = equal.next().map(|(index, _)| index);
        if equal.count() >= 2 {
            let index = self.floor + first.unwrap_or_default();
            let removed = self.formatting.remove(index);
            self.n_lost -= usize::from(!removed.is_open);
        }
        self.n_formatting += 1;
        self.formatting.push(Formatting {
            number: self.n_formatting,
            name: tag.name,
            attributes: tag.attributes,
            is_open: true,
        });
        self.push(tag.name, Class::Formatting);
        if let Some(top) = self.stack.last_mut() {
            top.formatting = Some(self.n_formatting);
        }
    }

    fn start_table_part(&mut self, name: &'h str, class: Class) {
        let table = self
            .stack
            .iter()
            .rposition(|open| open.class == Class::Table || open.name.eq_ignore_ascii_case("template"));
        let Some(table) = table else { return };
        let rank = |class: Class| match class {
            Class::TablePart => 1,
            Class::Row => 2,
            Class::Cell => 3,
            _ => 0,
        };
        let ended = self.stack[table + 1..]
            .iter()
            .position(|open| rank(open.class) >= rank(class));
        if let Some(ended) = ended {
            self.pop_to(table + 1 + ended);
        }
        self.push(name, class);
    }

    fn push(&mut self, name: &'h str, class: Class) {
        let keeps_formatting = class == Class::Cell || is_marker(name);
        self.stack.push(Open {
            name,
            class,
            outer: self.rules,
            formatting: None,
            outer_floor: keeps_formatting.then_some(self.floor),
        });
        if keeps_formatting {
            self.floor = self.formatting.len();
        }
    }

    fn is_open(&self, name: &str) -> bool {
        self.stack.iter().any(|open| open.name.eq_ignore_ascii_case(name))
    }

    fn end(&mut self, name: &str, class: Class) {
        match class {
            Class::Void | Class::Page | Class::Raw => {}
            Class::Formatting => self.end_formatting(name),
            Class::Inline | Class::Option | Class::Ruby | Class::Foreign => self.end_until(name, is_special),
            Class::TablePart | Class::Row | Class::Cell | Class::Table => {
                self.end_until(name, |class| class == Class::Table);
            }
            _ if name.eq_ignore_ascii_case("form") => self.end_form(),
            Class::Paragraph | Class::Item | Class::Block | Class::Special | Class::Scope => {
                self.end_until(name, is_scope);
            }
        }
    }

    /// Takes the form out, and leaves what is open within.
    fn end_form(&mut self) {
        let mut in_scope = self.stack.iter().rev().take_while(|open| !is_scope(open.class));
        let form = in_scope.position(|open| open.name.eq_ignore_ascii_case("form"));
        if let Some(above) = form {
            self.stack.remove(self.stack.len() - 1 - above);
        }
    }

    /// Ends the innermost element of that name with all within, unless one of a class at which looking stops is in between.
    fn end_until(&mut self, name: &str, stops: impl Fn(Class) -> bool) {
        for (index, open) in self.stack.iter().enumerate().rev() {
            if open.name.eq_ignore_ascii_case(name) {
                self.pop_to(index);
                return;
            }
            if stops(open.class) {
                return;
            }
        }
    }

    /// Takes one formatting element out, and leaves what is open within.
    fn end_formatting(&mut self, name: &str) {
        for (index, open) in self.stack.iter().enumerate().rev() {
            if open.name.eq_ignore_ascii_case(name) {
                // The parser may copy it into the blocks that it stands around.
                let n_blocks = self.stack[index..].iter().filter(|open| is_special(open.class)).count();
                self.n_elements += n_blocks.min(8);
                let number = self.stack.remove(index).formatting;
                self.formatting.retain(|known| Some(known.number) != number);
                self.floor = self.floor.min(self.formatting.len());
                return;
            }
            if is_scope(open.class) {
                break;
            }
        }
        let lost = self.formatting[self.floor..]
            .iter()
            .rposition(|known| !known.is_open && known.name.eq_ignore_ascii_case(name));
        if let Some(index) = lost {
            self.formatting.remove(self.floor + index);
            self.n_lost -= 1;
        }
    }

    fn end_paragraph(&mut self) {
        self.end_until("p", |class| is_scope(class) || class == Class::Special);
    }

    fn end_item(&mut self, name: &str) {
        let names: &[&str] = if name.eq_ignore_ascii_case("li") {
            &["li"]
        } else {
            &["dd", "dt"]
        };
        for (index, open) in self.stack.iter().enumerate().rev() {
            if names.iter().any(|known| open.name.eq_ignore_ascii_case(known)) {
                self.pop_to(index);
                return;
            }
            let is_passed = ["address", "div", "p"]
                .iter()
                .any(|passed| open.name.eq_ignore_ascii_case(passed));
            if is_special(open.class) && !is_passed {
                return;
            }
        }
    }

    /// Opens again what blocks have ended, as any word does.
    fn reopen_formatting(&mut self) {
        if self.n_lost == 0 {
            return;
        }
        let mut reopened = Vec::new();
        for known in &mut self.formatting[self.floor..] {
            if !known.is_open {
                known.is_open = true;
                reopened.push((known.name, known.number));
            }
        }
        self.n_lost -= reopened.len();
        self.n_elements += reopened.len();
        for (name, number) in reopened {
            self.push(name, Class::Formatting);
            if let Some(top) = self.stack.last_mut() {
                top.formatting = Some(number);
            }
        }
    }

    /// Ends the element at `index` and all within.
    fn pop_to(&mut self, index: usize) {
        while self.stack.len() > index {
            let Some(open) = self.stack.pop() else { return };
            self.rules = open.outer;
            if let Some(number) = open.formatting
                && let Some(known) = self.formatting.iter_mut().find(|known| known.number == number)
            {
                known.is_open = false;
                self.n_lost += 1;
            }
            if let Some(outer_floor) = open.outer_floor {
                let forgotten = self.formatting.drain(self.floor..);
                self.n_lost -= forgotten.filter(|known| !known.is_open).count();
                self.floor = outer_floor;
            }
        }
    }
}
