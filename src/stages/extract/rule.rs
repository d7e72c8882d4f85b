//! The registry of rules: what each looks for, how sure it is, and an example that it finds.
//!
//! A rule is declared as a constant in the file that implements it, and every fact carries the rule that made it, so a
//! confidence has one place and the id in the tables is never a loose word. Each family lists its rules in its
//! `RULES`; a test reads the sources and finds a rule that no family lists, another plays every example.

use super::{citations, indicators, meetings, people, roles};
use crate::schema::Table;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::trace::Outcome;

/// One pattern by which facts are found.
#[derive(Debug)]
pub struct Rule {
    /// `family.pattern`, as it stands in the column `rule` of the tables.
    pub id: &'static str,
    /// The table of its facts.
    pub finds: Table,
    /// Share of its facts that are right, 0 to 1, as far as is known.
    pub confidence: f64,
    /// What it looks for, in one line.
    pub about: &'static str,
    /// A Vietnamese text in which it finds a fact.
    pub example: &'static str,
}

/// Ids are unique, so they tell rules apart.
impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.id == other.id
    }
}

impl Rule {
    /// Notes that the rule found a fact at `tokens` (not empty); `tells` says which.
    pub(super) fn matched(&self, analysis: &Analysis, tokens: &TokenRange, tells: impl FnOnce() -> String) {
        if let Some(trace) = analysis.trace {
            trace.note(self.id, tokens, Outcome::Matched(tells()));
        }
    }

    /// Notes that a fact which the rule found at `tokens` is not kept.
    pub(super) fn dropped(&self, analysis: &Analysis, tokens: &TokenRange, why: &'static str) {
        if let Some(trace) = analysis.trace {
            trace.note(self.id, tokens, Outcome::Dropped(why));
        }
    }

    /// Notes that the rule tried at `tokens` and found nothing: `why`, as a phrase.
    pub(super) fn failed(&self, analysis: &Analysis, tokens: &TokenRange, why: &'static str) {
        if let Some(trace) = analysis.trace {
            trace.note(self.id, tokens, Outcome::Failed(why));
        }
    }

    /// As [`Rule::failed`], for checks that end with nothing.
    pub(super) fn fail<T>(&self, analysis: &Analysis, tokens: &TokenRange, why: &'static str) -> Option<T> {
        self.failed(analysis, tokens, why);
        None
    }
}

/// Why a check failed, as a phrase for a trace.
pub(super) type Reason = &'static str;

/// Every rule, by table and then in the order in which the rules of a family are tried.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        meetings::RULES,
        people::RULES,
        roles::RULES,
        indicators::RULES,
        citations::RULES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::lexicon::Lexicon;
    use crate::schema::rows::Evidence;
    use crate::stages::extract::extract;
    use crate::text::analysis::Scratch;

    /// Table and rule of every fact in a text.
    fn found(text: &str) -> Vec<(Table, String)> {
        let row = extract(text, None, None, &Lexicon::embedded(), &mut Scratch::default());
        let mut found = Vec::new();
        let mut add = |table, evidence: &Evidence| found.push((table, evidence.rule.clone()));
        row.meetings
            .iter()
            .for_each(|fact| add(Table::MeetingReports, &fact.evidence));
        for official in &row.officials {
            add(Table::OfficialMentions, &official.evidence);
            let roles = official.roles.iter();
            roles.for_each(|role| add(Table::Participations, &role.evidence));
        }
        row.indicators
            .iter()
            .for_each(|fact| add(Table::Indicators, &fact.evidence));
        row.posts_mentioned
            .iter()
            .for_each(|fact| add(Table::PostMentions, &fact.evidence));
        row.citations
            .iter()
            .for_each(|fact| add(Table::Citations, &fact.evidence));
        found
    }

    #[test]
    fn every_rule_finds_its_example() {
        let mut wrong = String::new();
        for rule in rules() {
            let found = found(rule.example);
            if !found.contains(&(rule.finds, rule.id.to_owned())) {
                wrong += &format!("{}: {}\n  found {found:?}\n", rule.id, rule.example);
            }
        }
        assert!(wrong.is_empty(), "\n{wrong}");
    }

    #[test]
    fn rules_are_described_and_told_apart() {
        let mut ids = BTreeSet::new();
        for rule in rules() {
            assert!(ids.insert(rule.id), "{} is there twice", rule.id);
            assert!((0.0..=1.0).contains(&rule.confidence), "{}", rule.id);
            let sentence = rule.about.ends_with('.') && rule.about.starts_with(char::is_uppercase);
            assert!(
                sentence && rule.about.chars().count() <= 84 && !rule.about.contains('`'),
                "{}: {}",
                rule.id,
                rule.about
            );
        }
    }

    #[test]
    fn no_rule_is_left_out_of_the_registry() {
        let listed: BTreeSet<String> = rules().map(|rule| rule.id.to_owned()).collect();
        let mut declared = BTreeSet::new();
        declared_in(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/stages/extract"),
            &mut declared,
        );
        assert_eq!(declared, listed, "each declared rule stands in the RULES of its family");
    }

    /// The ids of the rules that the sources under `folder` declare.
    fn declared_in(folder: &Path, ids: &mut BTreeSet<String>) {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                declared_in(&path, ids);
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            for declaration in source.split("&Rule = &Rule {\n").skip(1) {
                let id = declaration.trim_start().strip_prefix("id: \"").unwrap();
                ids.insert(id.split('"').next().unwrap().to_owned());
            }
        }
    }
}
