//! Where the facts stand in the text, and the text with them marked.
//!
//! Marks may lie within each other and cross; a character takes the style of the shortest mark on it. A tag such as
//! `[M1]` after the mark names the fact in the lists below the text.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use anstyle::{AnsiColor, Effects, Style};

use super::flow::Flow;
use crate::schema::rows::{Evidence, ExtractionRow, OfficialFact};

/// How far from the name a post's words are looked for, in characters: posts stand beside names.
const POST_REACH: usize = 300;

/// Kinds of facts, each with a letter for its tags and a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Meeting,
    Official,
    Post,
    Role,
    Indicator,
    Citation,
}

/// Every kind, in the order of the lists.
pub(super) const KINDS: [Kind; 6] = [
    Kind::Meeting,
    Kind::Official,
    Kind::Post,
    Kind::Role,
    Kind::Indicator,
    Kind::Citation,
];

impl Kind {
    /// The letter before the number in tags. A post is tagged as its holder.
    pub fn letter(self) -> char {
        match self {
            Kind::Meeting => 'M',
            Kind::Official | Kind::Post => 'O',
            Kind::Role => 'R',
            Kind::Indicator => 'I',
            Kind::Citation => 'C',
        }
    }

    /// The style of marks of this kind.
    pub fn style(self) -> Style {
        match self {
            Kind::Meeting => AnsiColor::Cyan.on_default().bold(),
            Kind::Official => AnsiColor::Green.on_default().bold(),
            Kind::Post => AnsiColor::Green.on_default(),
            Kind::Role => AnsiColor::Yellow.on_default(),
            Kind::Indicator => AnsiColor::BrightRed.on_default().bold(),
            Kind::Citation => AnsiColor::Magenta.on_default().bold(),
        }
    }

    /// The style of its tags: the same colour, but faint.
    pub fn tag_style(self) -> Style {
        self.style().effects(Effects::DIMMED)
    }

    /// The tag of the fact with this place in its list, from 0: `M1`.
    pub fn tag(self, index: usize) -> String {
        format!("{}{}", self.letter(), index + 1)
    }

    fn name(self) -> &'static str {
        match self {
            Kind::Meeting => "meeting",
            Kind::Official => "official",
            Kind::Post => "post of an official",
            Kind::Role => "role in a meeting",
            Kind::Indicator => "indicator",
            Kind::Citation => "cited document",
        }
    }
}

/// A stretch of the text, in code points, and the facts that stand there.
#[derive(Clone, Debug)]
struct Mark {
    kind: Kind,
    span: Range<usize>,
    /// Names of the facts; none where the mark around it names them.
    tags: Vec<String>,
}

impl Mark {
    /// A role's words reach from the person to the verb, over whole lists of persons: its tag alone must do.
    fn has_brackets(&self) -> bool {
        self.kind != Kind::Role && !self.tags.is_empty()
    }
}

/// All marks of one text.
pub(super) struct Marks {
    /// By start, those that hold others first.
    marks: Vec<Mark>,
}

impl Marks {
    /// The marks of what was found in `text`.
    pub fn of(text: &str, extraction: &ExtractionRow) -> Marks {
        let mut collected = Collected::default();
        for (index, meeting) in extraction.meetings.iter().enumerate() {
            collected.add(Kind::Meeting, Kind::Meeting.tag(index), span(&meeting.evidence));
        }
        let mut roles = 0;
        for (index, official) in extraction.officials.iter().enumerate() {
            collected.add(Kind::Official, Kind::Official.tag(index), span(&official.evidence));
            for post in posts(text, official) {
                collected.add_post(index, post, span(&official.evidence));
            }
            for role in &official.roles {
                collected.add(Kind::Role, Kind::Role.tag(roles), span(&role.evidence));
                roles += 1;
            }
        }
        for (index, indicator) in extraction.indicators.iter().enumerate() {
            collected.add(Kind::Indicator, Kind::Indicator.tag(index), span(&indicator.evidence));
        }
        for (index, citation) in extraction.citations.iter().enumerate() {
            collected.add(Kind::Citation, Kind::Citation.tag(index), span(&citation.evidence));
        }
        collected.finish()
    }

    /// What the marks mean, in one line; none where nothing is marked.
    pub fn legend(&self, styled: bool) -> Option<Flow> {
        let is_shown = |kind: &Kind| {
            let mut marks = self.marks.iter().filter(|mark| mark.kind == *kind);
            marks.any(|mark| styled || !mark.tags.is_empty())
        };
        let mut flow = Flow::default().with(Style::new(), "Marks: ");
        for (number, kind) in KINDS.into_iter().filter(is_shown).enumerate() {
            flow.push(Style::new(), if number > 0 { ", " } else { "" });
            if styled || kind == Kind::Role {
                flow.push(kind.style(), kind.name());
            } else {
                flow.push(Style::new(), &format!("[{}]", kind.name()));
            }
            flow.push(kind.tag_style(), &format!("[{}1]", kind.letter()));
        }
        (!self.marks.is_empty()).then_some(flow)
    }

    /// The lines of `text` with the marks in them: in styles, or in brackets.
    pub fn lines(&self, text: &str, styled: bool) -> Vec<Flow> {
        let styles = self.styles(text.chars().count());
        let mut lines = vec![Flow::default()];
        let mut starts = self.marks.iter().peekable();
        let mut open: Vec<&Mark> = Vec::new();
        for (at, character) in text.chars().map(Some).chain([None]).enumerate() {
            let line = lines.last_mut().expect("there is a line from the start");
            close(&mut open, at, styled, line);
            while let Some(mark) = starts.next_if(|mark| mark.span.start == at) {
                if !styled && mark.has_brackets() {
                    line.push(Style::new(), "[");
                }
                open.push(mark);
            }
            match character {
                Some('\n') => lines.push(Flow::default()),
                Some(character) => line.push(styles[at], character.encode_utf8(&mut [0; 4])),
                None => {}
            }
        }
        lines
    }

    /// The style of each of the `n_chars` characters of the text.
    fn styles(&self, n_chars: usize) -> Vec<Style> {
        let mut longest_first: Vec<&Mark> = self.marks.iter().collect();
        longest_first.sort_by_key(|mark| Reverse(mark.span.len()));
        let mut styles = vec![Style::new(); n_chars];
        for mark in longest_first {
            styles[mark.span.clone()].fill(mark.kind.style());
        }
        styles
    }
}

/// Writes what stands after the marks that end at `at`, innermost first.
fn close(open: &mut Vec<&Mark>, at: usize, styled: bool, line: &mut Flow) {
    for mark in open.iter().rev().filter(|mark| mark.span.end == at) {
        if !styled && mark.has_brackets() {
            line.push(Style::new(), "]");
        }
        if !mark.tags.is_empty() {
            line.push(mark.kind.tag_style(), &format!("[{}]", mark.tags.join(" ")));
        }
    }
    open.retain(|mark| mark.span.end > at);
}

/// Start, end (later ones first) and kind of a mark.
type Place = (usize, Reverse<usize>, Kind);

/// Marks by place, while they are gathered.
#[derive(Default)]
struct Collected {
    tags: BTreeMap<Place, Vec<String>>,
}

impl Collected {
    fn add(&mut self, kind: Kind, tag: String, span: Range<usize>) {
        let tags = self.tags.entry((span.start, Reverse(span.end), kind)).or_default();
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }

    /// Adds a post; within the words that already tell its holder it needs no tag of its own.
    fn add_post(&mut self, holder: usize, post: Range<usize>, holder_span: Range<usize>) {
        if holder_span.start <= post.start && post.end <= holder_span.end {
            self.tags
                .entry((post.start, Reverse(post.end), Kind::Post))
                .or_default();
        } else {
            self.add(Kind::Post, Kind::Post.tag(holder), post);
        }
    }

    fn finish(self) -> Marks {
        let mark = |((start, end, kind), tags): (Place, Vec<String>)| Mark {
            kind,
            span: start..end.0,
            tags,
        };
        let marks = self.tags.into_iter().map(mark).filter(|mark| !mark.span.is_empty());
        Marks { marks: marks.collect() }
    }
}

fn span(evidence: &Evidence) -> Range<usize> {
    evidence.start as usize..evidence.end as usize
}

/// Where the words of a person's posts stand nearest to the name, in code points.
fn posts(text: &str, official: &OfficialFact) -> Vec<Range<usize>> {
    let name = span(&official.evidence);
    let from = name.start.saturating_sub(POST_REACH);
    let window: String = text.chars().skip(from).take(name.end - from + POST_REACH).collect();
    let nearest = |label: &str| {
        let n_chars = label.chars().count();
        let places = window.match_indices(label).map(|(byte, _)| {
            let start = from + window[..byte].chars().count();
            start..start + n_chars
        });
        places.min_by_key(|place| place.start.abs_diff(name.start).min(place.end.abs_diff(name.start)))
    };
    let labels = official.positions.iter().map(|position| position.label.as_str());
    labels.filter(|label| !label.is_empty()).filter_map(nearest).collect()
}
