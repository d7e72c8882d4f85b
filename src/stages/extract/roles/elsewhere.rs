//! What was said elsewhere than at the gathering that the document reports on.
//!
//! What: answers to reporters, and statements long before a gathering that only the midst of the text names.
//! Why: reports quote many people, and only some of them were there.
//! Example: `Trao đổi với phóng viên, ông A cho biết …` is no speech, nor is what he says later without a gathering.
//! Known misses: statements to nobody in particular, in a text about a gathering.

use rustc_hash::FxHashSet;

use super::{Participation, Role, names_gathering};
use crate::lexicon::ClosedClass;
use crate::stages::extract::meetings::Meeting;
use crate::text::analysis::{Analysis, TokenRange};

/// A gathering first named behind this many sentences is not what the text opens with …
const LEAD_SENTENCES: usize = 8;
/// … nor one named behind this share of its tokens.
const LEAD_SHARE: f64 = 0.35;

/// Where the gathering has no day, so many sentences.
const LEAD_UNDATED: usize = 5;
/// How many sentences behind the one that names it report on a gathering that a text comes past.
const PASSING_SENTENCES: usize = 2;

/// Drops speakers who spoke elsewhere.
pub(super) fn drop_said_elsewhere(analysis: &Analysis, meetings: &[Meeting], parts: &mut Vec<Participation>) {
    let mut reported = meetings.iter().take_while(|meeting| meeting.is_primary);
    if reported.any(|meeting| meeting.kind.contains("họp báo")) {
        return;
    }
    let speaks = |part: &Participation| part.role == Role::Speaker;
    let sentence = |part: &Participation| analysis.sentence_at(part.told_by.start);
    let interviewed: FxHashSet<usize> = parts
        .iter()
        .filter(|part| speaks(part) && names_reporters(analysis, &sentence(part)))
        .map(|part| part.person)
        .collect();
    let first = meetings.first();
    let before = |start: usize| analysis.sentences.partition_point(|sentence| sentence.start < start);
    let late = first
        .map(|meeting| meeting.anchor.start)
        .filter(|&start| before(start) > LEAD_SENTENCES && start as f64 > LEAD_SHARE * analysis.len() as f64);
    // A text that comes to a gathering late and without its day is about something else.
    let passing = first.filter(|meeting| meeting.date.is_none() && before(meeting.anchor.start) > LEAD_UNDATED);
    let report = passing.map(|meeting| {
        let behind = analysis.sentences.get(before(meeting.anchor.start) + PASSING_SENTENCES);
        meeting.anchor.start..behind.map_or(analysis.len(), |sentence| sentence.start)
    });
    parts.retain(|part| {
        let sentence = sentence(part);
        let there = || names_gathering(analysis, &sentence);
        let why = if !speaks(part) {
            return true;
        } else if interviewed.contains(&part.person) && (names_reporters(analysis, &sentence) || !there()) {
            "said to reporters, not at the gathering"
        } else if late.is_some_and(|start| sentence.end <= start) && !there() {
            "said long before the text comes to the gathering"
        } else if report
            .as_ref()
            .is_some_and(|report| !report.contains(&part.told_by.start))
            && !there()
        {
            "said in a text that only comes past a gathering"
        } else {
            return true;
        };
        part.rule.failed(analysis, &part.told_by, why);
        false
    });
}

/// `nói với` | `Tuổi Trẻ`, `trao đổi với` | `VietNamNet`: a paper by its name alone.
fn names_paper(analysis: &Analysis, at: usize) -> bool {
    analysis.is_capitalized(at)
        && at > 0
        && analysis.word(at - 1) == "với"
        && match analysis.word(at) {
            "tuổi" => analysis.word(at + 1) == "trẻ",
            "thanh" => analysis.word(at + 1) == "niên",
            "tiền" => analysis.word(at + 1) == "phong",
            "dân" => analysis.word(at + 1) == "trí",
            "lao" => analysis.word(at + 1) == "động",
            "người" => analysis.matches(at + 1, &["lao", "động"]) || analysis.matches(at + 1, &["đưa", "tin"]),
            "pháp" => analysis.word(at + 1) == "luật",
            word => matches!(
                word,
                "vnexpress" | "vietnamnet" | "zing" | "infonet" | "vov" | "vtv" | "ttxvn" | "plo"
            ),
        }
}

/// `trao đổi với báo chí`, `trả lời phóng viên`, `cho PV biết`.
fn names_reporters(analysis: &Analysis, sentence: &TokenRange) -> bool {
    let openers = |at: &usize| analysis.is(*at, ClosedClass::ReporterOpener);
    sentence.clone().filter(openers).any(|at| {
        let paper = analysis.word(at) == "báo" && analysis.is_capitalized(at + 1);
        let reporters = analysis.word(at) == "pv"
            || paper
            || names_paper(analysis, at)
            || analysis.matches(at, &["phóng", "viên"])
            || analysis.matches(at, &["báo", "chí"])
            || analysis.matches(at, &["nhà", "báo"]);
        reporters
            && (at.saturating_sub(4).max(sentence.start)..at).any(|before| {
                analysis.matches(before, &["trao", "đổi"])
                    || analysis.matches(before, &["trả", "lời"])
                    || analysis.matches(before, &["chia", "sẻ", "với"])
                    || analysis.matches(before, &["nói", "với"])
                    || analysis.word(before) == "cho" && before + 1 == at
            })
    })
}
