//! Files of decisions, read and checked: what cannot be meant or contradicts itself is an error with its place, what is
//! said twice a warning.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::{Action, Decision, Decisions, Kind, Reference};
use crate::user_csv::{Remark, Row, known_words, quoted, rows};

/// A CSV file of decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionFile {
    /// How messages call it: the path in the pipeline file.
    pub name: String,
    /// Without a byte order mark.
    pub text: String,
}

/// A file of decisions that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct DecisionsError {
    pub file: String,
    pub line: u64,
    pub message: String,
}

/// Columns of a file, in their order.
const COLUMNS: [&str; 7] = ["action", "kind", "id", "other", "value", "reason", "author"];
const ACTION: usize = 0;
const KIND: usize = 1;
const ID: usize = 2;
const OTHER: usize = 3;
const VALUE: usize = 4;
const REASON: usize = 5;
const AUTHOR: usize = 6;

/// Hexadecimal digits of an id.
const ID_DIGITS: usize = 16;

impl Decisions {
    /// The decisions of all files, in their order.
    ///
    /// # Errors
    /// At the first row that [`check`] calls an error.
    pub fn read(files: &[DecisionFile]) -> Result<Decisions, DecisionsError> {
        let (decided, remarks) = parse(files);
        match remarks.into_iter().find(|remark| remark.is_error) {
            Some(remark) => Err(DecisionsError {
                file: files[remark.file].name.clone(),
                line: remark.line,
                message: remark.message,
            }),
            None => Ok(Decisions::new(
                decided.into_iter().map(|decided| decided.decision).collect(),
            )),
        }
    }
}

/// Everything that is to be said about files of decisions, by file and place.
pub fn check(files: &[DecisionFile]) -> Vec<Remark> {
    let (_, mut remarks) = parse(files);
    remarks.sort_by_key(|remark| (remark.file, remark.span.start));
    remarks
}

/// A decision and the row that it was read from.
struct Decided {
    decision: Decision,
    row: Row,
}

/// The decisions that can be understood, and what is to be said about the files.
fn parse(files: &[DecisionFile]) -> (Vec<Decided>, Vec<Remark>) {
    let (mut decided, mut remarks) = (Vec::new(), Vec::new());
    for (index, file) in files.iter().enumerate() {
        let (rows, mut errors) = rows(index, &file.text, &COLUMNS, COLUMNS.len());
        remarks.append(&mut errors);
        let source = file.name.rsplit(['/', '\\']).next().unwrap_or_default();
        for (row, source_record) in rows.into_iter().zip(1..) {
            match decision(&row, source, source_record) {
                Ok(decision) => decided.push(Decided { decision, row }),
                Err(mut errors) => remarks.append(&mut errors),
            }
        }
    }
    remarks.append(&mut contradictions(&decided, files));
    (decided, remarks)
}

/// The decision of one row, or all that is wrong with it.
fn decision(row: &Row, source: &str, source_record: i64) -> Result<Decision, Vec<Remark>> {
    let mut errors = Vec::new();
    let mut noted = |result: Result<(), Remark>| errors.extend(result.err());
    let action = word(row, ACTION, &Action::ALL, Action::name);
    let kind = word(row, KIND, &Kind::ALL, Kind::name);
    for (field, what) in [(REASON, "reason"), (AUTHOR, "author")] {
        if row.fields[field].is_empty() {
            noted(Err(row.error(field, format!("a decision needs its {what}"))));
        }
    }
    let (action, kind) = match (action, kind) {
        (Ok(action), Ok(kind)) => (action, kind),
        (action, kind) => {
            noted(action.map(drop));
            noted(kind.map(drop));
            return Err(errors);
        }
    };
    if !actions(kind).contains(&action) {
        let possible: Vec<&str> = actions(kind).iter().map(|action| action.name()).collect();
        let message = format!("`{}` cannot be decided of {}", action.name(), with_article(kind));
        let hint = format!("possible: `{}`", possible.join("`, `"));
        noted(Err(row.error(ACTION, message).with_hint(hint)));
        return Err(errors);
    }
    let takes_other = matches!(action, Action::Same | Action::Different);
    let takes_value = action == Action::Rename;
    for (field, takes, what) in [(OTHER, takes_other, "other"), (VALUE, takes_value, "value")] {
        let given = !row.fields[field].is_empty();
        if given != takes {
            let does = match (takes, field) {
                (false, _) => "takes no",
                (true, OTHER) => "needs an",
                (true, _) => "needs a",
            };
            noted(Err(row.error(field, format!("`{}` {does} `{what}`", action.name()))));
        }
    }
    let id = reference(row, ID, action, kind);
    let other = match takes_other && !row.fields[OTHER].is_empty() {
        true => reference(row, OTHER, action, kind).map(Some),
        false => Ok(None),
    };
    match (id, other) {
        (Ok(id), Ok(other)) => {
            noted(match &other {
                Some(other) => check_pair(row, action, kind, &id, other),
                None => Ok(()),
            });
            if !errors.is_empty() {
                return Err(errors);
            }
            Ok(Decision {
                action,
                kind,
                id,
                other,
                value: takes_value.then(|| row.fields[VALUE].clone()),
                reason: row.fields[REASON].clone(),
                author: row.fields[AUTHOR].clone(),
                source: source.to_owned(),
                source_record,
            })
        }
        (id, other) => {
            noted(id.map(drop));
            noted(other.map(drop));
            Err(errors)
        }
    }
}

/// The action or kind that a field names.
fn word<T: Copy>(row: &Row, field: usize, all: &[T], name: impl Fn(T) -> &'static str) -> Result<T, Remark> {
    let word = row.fields[field].as_str();
    let known = all.iter().copied().find(|candidate| name(*candidate) == word);
    known.ok_or_else(|| {
        let names: Vec<&str> = all.iter().copied().map(&name).collect();
        let message = match word {
            "" => format!("a decision needs its {}", COLUMNS[field]),
            word => format!("there is no {} `{word}`", COLUMNS[field]),
        };
        row.error(field, message).with_hint(known_words(word, &names))
    })
}

/// What can be decided of a kind of things.
fn actions(kind: Kind) -> &'static [Action] {
    match kind {
        Kind::Meeting | Kind::Official => &Action::ALL,
        Kind::Document => &[Action::Same, Action::Different],
        Kind::Observation => &[Action::Drop],
    }
}

/// The letter before the dash of an id; documents have none.
fn prefix(kind: Kind) -> &'static str {
    match kind {
        Kind::Meeting => "m-",
        Kind::Official => "p-",
        Kind::Document => "",
        Kind::Observation => "o-",
    }
}

fn with_article(kind: Kind) -> String {
    let article = match kind {
        Kind::Official | Kind::Observation => "an",
        Kind::Meeting | Kind::Document => "a",
    };
    format!("{article} {}", kind.name())
}

fn is_id(text: &str, kind: Kind) -> bool {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let digits = text.strip_prefix(prefix(kind));
    digits.is_some_and(|digits| digits.len() == ID_DIGITS && digits.bytes().all(is_digit))
}

/// The thing that a field refers to.
fn reference(row: &Row, field: usize, action: Action, kind: Kind) -> Result<Reference, Remark> {
    let text = row.fields[field].as_str();
    let (id, document_id) = match text.split_once('@') {
        Some((id, document_id)) => (id, Some(document_id)),
        None => (text, None),
    };
    if text.is_empty() {
        return Err(row.error(field, format!("`{}` needs an `{}`", action.name(), COLUMNS[field])));
    }
    if !is_id(id, kind) {
        let other_kind = Kind::ALL.into_iter().find(|kind| is_id(id, *kind));
        let hint = match (other_kind, prefix(kind)) {
            (Some(other), _) => format!("it is the id of {}", with_article(other)),
            (None, "") => format!("it has {ID_DIGITS} digits or letters a to f, as the tables give it"),
            (None, prefix) => {
                format!("it is `{prefix}` and {ID_DIGITS} digits or letters a to f, as the tables give it")
            }
        };
        let message = format!("{} is no id of {}", quoted(id), with_article(kind));
        return Err(row.error(field, message).with_hint(hint));
    }
    let Some(document_id) = document_id else {
        return Ok(Reference {
            id: id.to_owned(),
            document_id: None,
        });
    };
    let takes_document =
        matches!(kind, Kind::Meeting | Kind::Official) && matches!(action, Action::Different | Action::Drop);
    if !takes_document {
        let message = format!(
            "`{}` concerns the whole {}: no document can be named",
            action.name(),
            kind.name()
        );
        return Err(row.error(field, message).with_hint(format!("write `{id}`")));
    }
    if !is_id(document_id, Kind::Document) {
        let message = format!("{} is no id of a document", quoted(document_id));
        return Err(row
            .error(field, message)
            .with_hint("what stands after `@` is a `document_id`, as the tables give it".to_owned()));
    }
    Ok(Reference {
        id: id.to_owned(),
        document_id: Some(document_id.to_owned()),
    })
}

/// The two sides of a row can be the same, or different.
fn check_pair(row: &Row, action: Action, kind: Kind, id: &Reference, other: &Reference) -> Result<(), Remark> {
    let has_parts = action == Action::Different && kind != Kind::Document;
    if has_parts && id.id == other.id && (id.document_id.is_none() || other.document_id.is_none()) {
        let message = "within one id, both sides must name their documents".to_owned();
        let hint = format!("write `{}@DOCUMENT`, with a `document_id` of the tables", id.id);
        return Err(row.error(OTHER, message).with_hint(hint));
    }
    match id == other {
        true => Err(row.error(OTHER, "both sides are the same".to_owned())),
        false => Ok(()),
    }
}

/// Errors about rows that contradict others, and warnings about rows that repeat one.
fn contradictions(decided: &[Decided], files: &[DecisionFile]) -> Vec<Remark> {
    let decisions = Decisions::new(decided.iter().map(|decided| decided.decision.clone()).collect());
    let place = |decided: &Decided| format!("{}:{}", files[decided.row.file].name, decided.row.line);
    let mut remarks = Vec::new();
    let mut known: FxHashMap<_, &Decided> = FxHashMap::default();
    // By root: the rows that name and drop things as a whole.
    let mut renames: FxHashMap<_, &Decided> = FxHashMap::default();
    let mut drops: FxHashMap<_, &Decided> = FxHashMap::default();
    for this in decided {
        let Decided { decision, row } = this;
        let Decision { action, kind, id, .. } = decision;
        let mut pair = [Some(id), decision.other.as_ref()];
        pair.sort();
        if let Some(first) = known.get(&(action, kind, pair, &decision.value)).copied() {
            let message = format!("the same was decided in {} already", place(first));
            remarks.push(row.warning(ID, message).with_hint("leave the row out".to_owned()));
            continue;
        }
        known.insert((action, kind, pair, &decision.value), this);
        let root = (kind, decisions.root(*kind, &id.id));
        let against = match (action, &decision.other) {
            (Action::Different, Some(other)) if id.id != other.id && root.1 == decisions.root(*kind, &other.id) => {
                let path = same_path(decided, *kind, &id.id, &other.id);
                let places: Vec<String> = path.into_iter().map(place).collect();
                let verb = if places.len() == 1 { "says" } else { "together say" };
                Some(format!("{} {verb} that they are the same", places.join(" and ")))
            }
            (Action::Rename, _) => {
                let first = *renames.entry(root).or_insert(this);
                let other_name = first
                    .decision
                    .value
                    .as_deref()
                    .filter(|_| first.decision.value != decision.value);
                let renamed = other_name.map(|name| format!("{} calls it {}", place(first), quoted(name)));
                renamed.or(drops.get(&root).map(|first| format!("{} drops it", place(first))))
            }
            (Action::Drop, _) if id.document_id.is_none() => {
                drops.insert(root, this);
                renames
                    .get(&root)
                    .map(|first| format!("{} gives it a name", place(first)))
            }
            _ => None,
        };
        if let Some(against) = against {
            let message = format!("this contradicts another decision: {against}");
            remarks.push(row.error(ID, message).with_hint("keep one of the rows".to_owned()));
        }
    }
    remarks
}

/// The fewest rows `same` that together make two ids one, in the order of the chain from `id` to `other`; none where the
/// two are not one.
fn same_path<'d>(decided: &'d [Decided], kind: Kind, id: &str, other: &str) -> Vec<&'d Decided> {
    let mut links: FxHashMap<&str, Vec<(&str, &Decided)>> = FxHashMap::default();
    for this in decided {
        let decision = &this.decision;
        if let (Action::Same, Some(other)) = (decision.action, &decision.other)
            && decision.kind == kind
        {
            let (a, b) = (decision.id.id.as_str(), other.id.as_str());
            links.entry(a).or_default().push((b, this));
            links.entry(b).or_default().push((a, this));
        }
    }
    // By id: the row over which it was reached, and from where.
    let mut reached: FxHashMap<&str, (&str, &Decided)> = FxHashMap::default();
    let mut queue = VecDeque::from([id]);
    while let Some(from) = queue.pop_front() {
        for &(to, row) in links.get(from).into_iter().flatten() {
            if to != id && !reached.contains_key(to) {
                reached.insert(to, (from, row));
                queue.push_back(to);
            }
        }
    }
    let mut path = Vec::new();
    let mut at = other;
    while let Some(&(from, row)) = reached.get(at) {
        path.push(row);
        at = from;
    }
    path.reverse();
    path
}
