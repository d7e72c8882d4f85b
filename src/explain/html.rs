//! An explanation as HTML, for notebooks. Everything that comes from the document is escaped.

use anstyle::Style;

use super::Explanation;
use super::flow::Flow;
use super::marks::{KINDS, Kind, Marks};
use super::{facts, header};

/// Width of the header and of the lists of facts, in characters.
const WIDTH: usize = 110;

/// How a kind of facts is coloured; the colours are told apart also by those who see red and green alike.
fn background(kind: Kind) -> &'static str {
    match kind {
        Kind::Meeting => "#bfe0ff",
        Kind::Official => "#b9e8c0",
        Kind::Post => "#e0f4e2",
        Kind::Role => "#fff1b8",
        Kind::Indicator => "#ffcfbf",
        Kind::Citation => "#e2d0f8",
    }
}

pub(super) fn of(explanation: &Explanation) -> String {
    let mut head = String::new();
    header::write(explanation, WIDTH, &mut head);
    let mut html = String::from("<div class=\"parc-etl\" style=\"max-width: 60em\">");
    preformatted(&head, &mut html);
    let processed = &explanation.processed;
    if let (Some(document), Some(extraction)) = (&processed.document, &processed.extraction) {
        let marks = Marks::of(&document.text, extraction);
        if let Some(legend) = marks.legend(true) {
            html.push_str("<p style=\"font-size: 90%\">");
            flow(&legend, &mut html);
            html.push_str("</p>");
        }
        html.push_str("<div style=\"line-height: 1.7\">");
        for line in marks.lines(&document.text, true) {
            html.push_str("<p style=\"margin: 0 0 .5em\">");
            flow(&line, &mut html);
            html.push_str("</p>");
        }
        html.push_str("</div>");
        let mut lists = String::new();
        facts::write(extraction, WIDTH, &mut lists);
        if !lists.is_empty() {
            html.push_str("<details><summary>The facts, with the rules that found them</summary>");
            preformatted(&lists, &mut html);
            html.push_str("</details>");
        }
    }
    html.push_str("</div>");
    html
}

/// Appends lines as they are, without terminal styles.
fn preformatted(lines: &str, html: &mut String) {
    html.push_str("<pre style=\"white-space: pre-wrap; background: none\">");
    escape(&anstream::adapter::strip_str(lines).to_string(), html);
    html.push_str("</pre>");
}

/// Appends styled text.
fn flow(flow: &Flow, html: &mut String) {
    for (style, text) in flow.runs() {
        match mark(style) {
            Some((kind, false)) => {
                let colour = background(kind);
                html.push_str(&format!(
                    "<mark style=\"background: {colour}; color: #1a1a1a; border-radius: .2em\">"
                ));
                escape(&text, html);
                html.push_str("</mark>");
            }
            Some((_, true)) => {
                html.push_str("<sub style=\"opacity: .65\">");
                escape(&text, html);
                html.push_str("</sub>");
            }
            None => escape(&text, html),
        }
    }
}

/// The kind of facts that has a style, and whether it is that of its tags.
fn mark(style: Style) -> Option<(Kind, bool)> {
    let is = |style_of: fn(Kind) -> Style| KINDS.into_iter().find(|&kind| style_of(kind) == style);
    is(Kind::style)
        .map(|kind| (kind, false))
        .or_else(|| is(Kind::tag_style).map(|kind| (kind, true)))
}

fn escape(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::Pipeline;
    use crate::explain::explain_text;

    fn html(text: &str) -> String {
        let mut pipeline = Pipeline::with_defaults(Path::new("/"), Vec::new());
        pipeline.config.clean.min_chars = 1;
        pipeline.config.extract.on_topic_only = false;
        of(&explain_text(&pipeline, text).unwrap())
    }

    #[test]
    fn facts_are_coloured_and_named() {
        let html = html(
            "Sáng 12/5/2020, UBND tỉnh Lạng Sơn họp về cải cách hành chính do ông Lê Văn An, Chủ tịch UBND tỉnh, chủ trì.",
        );
        let official = format!("background: {}", background(Kind::Official));
        assert!(
            html.contains(&official) && html.contains(">ông Lê Văn An, </mark>"),
            "{html}"
        );
        assert!(html.contains("[O1") && html.contains("<details>"), "{html}");
    }

    #[test]
    fn markup_in_a_document_stays_text() {
        let html = html(
            "Sáng 12/5/2020, <script>alert(\"1\")</script> UBND tỉnh Lạng Sơn & <img src=x onerror='x()'> họp do ông Lê Văn An, Chủ tịch UBND tỉnh, chủ trì.",
        );
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        assert!(
            html.contains("&lt;script&gt;alert(&quot;1&quot;)")
                && html.contains("&amp; &lt;img src=x onerror=&#39;x()&#39;&gt;"),
            "{html}"
        );
    }
}
