//! What the rules tried, sentence by sentence: the answer to "why was this found, and that not?".
//!
//! The text passes through the same rules as in a run, with a trace on it. Every token but a line
//! break belongs to a sentence, so no attempt is lost.

use chrono::NaiveDate;

use super::document::facts;
use super::rule::{Rule, rules};
use crate::lexicon::Lexicon;
use crate::text::analysis::{Analysis, Scratch};
use crate::text::offsets::CodePoints;
use crate::text::trace::{Attempt, Outcome, Trace};

/// One sentence with what the rules tried in it. Places are code points of the text, half open.
#[derive(Clone, Debug, PartialEq)]
pub struct SentenceTrace {
    /// From 1.
    pub number: usize,
    pub start: i32,
    pub end: i32,
    pub text: String,
    /// By table and place; at one place in the order in which the rules were tried.
    pub attempts: Vec<RuleAttempt>,
}

/// One rule at one place. `start` and `end` are code points of the text, half open.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleAttempt {
    pub rule: &'static Rule,
    pub start: i32,
    pub end: i32,
    /// The words that made the rule try: `text[start:end]`.
    pub quote: String,
    pub outcome: Outcome,
}

/// Runs the rules over `text` (NFC), published on `published`, and gives every sentence with what they tried.
pub fn trace(text: &str, published: Option<NaiveDate>, lexicon: &Lexicon) -> Vec<SentenceTrace> {
    let (mut scratch, trace) = (Scratch::default(), Trace::default());
    let mut analysis = Analysis::new(text, lexicon, &mut scratch);
    analysis.trace = Some(&trace);
    facts(&analysis, published, None);
    let code_points = CodePoints::new(text);
    let mut sentences: Vec<SentenceTrace> = analysis
        .sentences
        .iter()
        .enumerate()
        .map(|(index, tokens)| {
            let bytes = analysis.bytes(tokens);
            SentenceTrace {
                number: index + 1,
                start: code_points.at(bytes.start),
                end: code_points.at(bytes.end),
                text: text[bytes].to_owned(),
                attempts: Vec::new(),
            }
        })
        .collect();
    let mut attempts: Vec<(&'static Rule, Attempt)> = trace
        .take()
        .into_iter()
        .filter_map(|attempt| Some((rules().find(|rule| rule.id == attempt.rule)?, attempt)))
        .collect();
    attempts.sort_by_key(|(rule, attempt)| (rule.finds, attempt.tokens.start));
    for (rule, attempt) in attempts {
        let start = attempt.tokens.start;
        let sentence = analysis.sentences.partition_point(|sentence| sentence.end <= start);
        let bytes = analysis.bytes(&attempt.tokens);
        if let Some(sentence) = sentences.get_mut(sentence) {
            sentence.attempts.push(RuleAttempt {
                rule,
                start: code_points.at(bytes.start),
                end: code_points.at(bytes.end),
                quote: text[bytes].to_owned(),
                outcome: attempt.outcome,
            });
        }
    }
    sentences
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stages::extract::extract;

    /// Rule, words and outcome of every attempt in a text.
    fn attempts(text: &str) -> Vec<(&'static str, String, Outcome)> {
        trace(text, None, &Lexicon::embedded())
            .into_iter()
            .flat_map(|sentence| sentence.attempts)
            .map(|attempt| (attempt.rule.id, attempt.quote, attempt.outcome))
            .collect()
    }

    /// In `text` the rule tries at `words`; what it finds, or why it fails, starts with `expected`.
    fn check(text: &str, rule: &str, words: &str, expected: &str) {
        let attempts = attempts(text);
        let found = attempts.iter().any(|(id, quote, outcome)| {
            let told = match outcome {
                Outcome::Matched(told) => told.as_str(),
                Outcome::Dropped(why) | Outcome::Failed(why) => why,
            };
            *id == rule && quote == words && told.starts_with(expected)
        });
        assert!(found, "{rule} at {words}: {expected}\n{attempts:#?}");
    }

    #[test]
    fn every_family_tells_what_it_found_and_why_it_found_nothing() {
        let text = "Sáng 12/3, UBND tỉnh họp giao ban về cải cách hành chính. Bí thư Tỉnh ủy Trần Văn An chủ trì.";
        check(text, "meeting.noun", "giao ban", "“giao ban về cải cách hành chính”");
        check(text, "role.chair_subject", "chủ trì", "Trần Văn An is chair");
        check(text, "official.post_first", "Trần Văn An", "Bí thư Tỉnh ủy");
        let text = "Sáng 12/3, UBND tỉnh họp giao ban. Các cuộc họp do Sở Nội vụ chủ trì. Ông Trần Văn An ở khu phố 3.";
        check(text, "meeting.noun", "cuộc họp", "no gathering in particular");
        check(text, "role.chair_subject", "chủ trì", "no official before the verb");
        check(text, "official.name_first", "Trần Văn An", "no post behind the name");
        let text = "Theo Nghị định số 61/2018/NĐ-CP, tỉnh cắt giảm 215 thủ tục. Nghị quyết này nêu 3 nội dung lớn.";
        check(
            text,
            "citation.symbol",
            "Nghị định số 61/2018/NĐ-CP",
            "Nghị định 61/2018/NĐ-CP",
        );
        check(text, "indicator.count", "215 thủ tục", "215 thủ tục");
        check(text, "citation.symbol", "Nghị quyết", "no number behind");
        let text = "Đoàn kiểm tra làm việc trong 3 ngày. Tỉnh xếp thứ 7. Năm nay có 45.";
        check(text, "indicator.duration", "3", "a span of time");
        check(text, "indicator.noun", "45", "no noun behind it");
        check(text, "indicator.change", "45", "no figure behind it");
    }

    #[test]
    fn what_is_told_twice_is_dropped_once() {
        let text = "Sáng 12/3, UBND tỉnh họp giao ban. Theo Luật Báo chí, Luật Báo chí nêu rõ. \
                    Bí thư Tỉnh ủy Trần Văn An nói. Ông Trần Văn An nhấn mạnh.";
        check(
            text,
            "citation.law_known",
            "Luật Báo chí",
            "the document is cited before",
        );
        check(
            text,
            "role.speaker_subject",
            "nhấn mạnh",
            "the person has this role already",
        );
    }

    proptest! {
        /// Asking for reasons changes no fact, and words stand where they are said to stand.
        #[test]
        fn a_trace_sees_the_facts_of_a_run(rule in prop::sample::select(rules().collect::<Vec<_>>()), junk in "\\PC{0,40}") {
            let text = format!("{} {}", rule.example, crate::stages::clean::normalize::normalize(&junk));
            let row = extract(&text, None, None, &Lexicon::embedded(), &mut Scratch::default());
            let sentences = trace(&text, None, &Lexicon::embedded());
            let attempts = || sentences.iter().flat_map(|sentence| &sentence.attempts);
            let matches = attempts().filter(|attempt| matches!(attempt.outcome, Outcome::Matched(_)));
            let in_tables = |table| matches.clone().filter(|attempt| attempt.rule.finds == table).count();
            prop_assert_eq!(in_tables(crate::schema::Table::Indicators), row.indicators.len());
            prop_assert_eq!(in_tables(crate::schema::Table::Citations), row.citations.len());
            prop_assert_eq!(in_tables(crate::schema::Table::MeetingReports), row.meetings.len());
            for attempt in attempts() {
                let (start, end) = (attempt.start as usize, attempt.end as usize);
                let quote: String = text.chars().skip(start).take(end - start).collect();
                prop_assert_eq!(&quote, &attempt.quote);
            }
        }
    }
}
