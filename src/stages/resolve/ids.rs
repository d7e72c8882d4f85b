//! Ids: opaque, stable for equal content, and kept from run to run.

use std::collections::BTreeSet;

use super::decisions::{Decisions, Kind};
use crate::schema::rows::IdAliasRow;

/// An id of `kind` (`m` for meetings, …) from the parts that make the thing what it is.
///
/// Parts are separated by their lengths, so that `["ab", "c"]` and `["a", "bc"]` differ.
pub(super) fn id(kind: &str, parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    format!("{kind}-{}", &hasher.finalize().to_hex()[..16])
}

/// An id that an earlier run gave to a member of a cluster: the number of that run (unknown is youngest), and the id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Given {
    pub run: Option<i32>,
    pub id: String,
}

impl Given {
    /// The id on an input row, if it carries one.
    pub fn of(id: Option<&String>, run: Option<i32>) -> Option<Given> {
        id.map(|id| Given { run, id: id.clone() })
    }

    fn age(&self) -> (bool, Option<i32>, &str) {
        (self.run.is_none(), self.run, &self.id)
    }
}

/// What a cluster is called.
pub(super) struct Chosen {
    pub id: String,
    /// The run that gave the id; none for a new one.
    pub since: Option<i32>,
    /// What becomes of the other ids that members of the cluster had.
    pub aliases: Vec<IdAliasRow>,
}

/// The id of a cluster of things of `kind`: the oldest given id wins, by run and then by text; a cluster of new members
/// alone gets the id that `mint` makes.
pub(super) fn choose<'g>(
    kind: Kind,
    given: impl IntoIterator<Item = &'g Given>,
    decisions: &Decisions,
    mint: impl FnOnce() -> String,
) -> Chosen {
    let given: BTreeSet<_> = given.into_iter().map(Given::age).collect();
    let Some(&(_, since, oldest)) = given.first() else {
        return Chosen {
            id: mint(),
            since: None,
            aliases: Vec::new(),
        };
    };
    let others: BTreeSet<&str> = given.iter().map(|&(_, _, id)| id).filter(|id| *id != oldest).collect();
    let is_decided = |other: &str| decisions.root(kind, other) == decisions.root(kind, oldest);
    let alias = |other: &str| IdAliasRow {
        alias_id: other.to_owned(),
        id: oldest.to_owned(),
        kind: kind.name().to_owned(),
        reason: if is_decided(other) { "decision" } else { "merged" }.to_owned(),
    };
    Chosen {
        id: oldest.to_owned(),
        since,
        aliases: others.into_iter().map(alias).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_border_between_parts_counts() {
        assert_ne!(id("m", &["ab", "c"]), id("m", &["a", "bc"]));
        assert_eq!(id("m", &["a"]), id("m", &["a"]));
        assert_ne!(id("m", &["a"]), id("p", &["a"]));
    }

    fn chosen(given: &[(&str, Option<i32>)]) -> (String, Vec<String>) {
        let given: Vec<Given> = given
            .iter()
            .map(|&(id, run)| Given { run, id: id.to_owned() })
            .collect();
        let Chosen { id, aliases, .. } = choose(Kind::Official, &given, &Decisions::default(), || "new".to_owned());
        assert!(aliases.iter().all(|alias| alias.id == id && alias.kind == "official"));
        (id, aliases.into_iter().map(|alias| alias.alias_id).collect())
    }

    #[test]
    fn the_oldest_given_id_wins_and_the_others_are_aliases() {
        assert_eq!(chosen(&[]), ("new".to_owned(), vec![]));
        assert_eq!(chosen(&[("b", Some(1)), ("b", Some(1))]), ("b".to_owned(), vec![]));
        let expected = ("b".to_owned(), vec!["a".to_owned(), "c".to_owned(), "d".to_owned()]);
        assert_eq!(
            chosen(&[("c", Some(1)), ("a", None), ("b", Some(1)), ("d", Some(2))]),
            expected
        );
    }
}
