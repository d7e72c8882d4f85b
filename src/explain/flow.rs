//! Styled text that is wrapped to a width.
//!
//! Text is held as cells, a character with its style each, so that wrapping need not know of escape sequences.

use std::fmt::Write;

use anstyle::Style;

/// A line of styled text before it is wrapped.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    cells: Vec<(char, Style)>,
}

impl Flow {
    /// Adds text.
    pub fn push(&mut self, style: Style, text: &str) {
        self.cells.extend(text.chars().map(|character| (character, style)));
    }

    /// As [`Flow::push`], in a chain.
    pub fn with(mut self, style: Style, text: &str) -> Flow {
        self.push(style, text);
        self
    }

    /// The text in stretches of one style.
    pub fn runs(&self) -> impl Iterator<Item = (Style, String)> {
        let runs = self.cells.chunk_by(|a, b| a.1 == b.1);
        runs.map(|run| (run[0].1, run.iter().map(|&(character, _)| character).collect()))
    }

    /// Appends the text to `out` in lines of at most `width` characters, broken at spaces; a longer word stays whole.
    /// `first_indent` stands before the first line, `indent` before the others.
    pub fn wrap_into(&self, out: &mut String, width: usize, first_indent: &str, indent: &str) {
        let mut line: Vec<(char, Style)> = Vec::new();
        let mut current_indent = first_indent;
        let room = |indent: &str| width.saturating_sub(indent.chars().count());
        for word in self.cells.split_inclusive(|&(character, _)| character == ' ') {
            let len = word.len() - usize::from(word.last().is_some_and(|&(character, _)| character == ' '));
            if !line.is_empty() && line.len() + len > room(current_indent) {
                write_line(out, current_indent, &line);
                line.clear();
                current_indent = indent;
            }
            line.extend_from_slice(word);
        }
        write_line(out, current_indent, &line);
    }
}

/// Writes a line without the spaces at its end; a style is closed before the line ends.
fn write_line(out: &mut String, indent: &str, line: &[(char, Style)]) {
    let end = line
        .iter()
        .rposition(|&(character, _)| character != ' ')
        .map_or(0, |last| last + 1);
    if end > 0 {
        out.push_str(indent);
    }
    let mut open = Style::new();
    for &(character, style) in &line[..end] {
        if style != open {
            let _ = write!(out, "{open:#}{style}");
            open = style;
        }
        out.push(character);
    }
    let _ = writeln!(out, "{open:#}");
}
