use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// Decisions as a file holds them, letters for ids: `same meeting a b`, `different meeting a@x a@y`, `rename official a
/// Tên`, `drop meeting a@x`. Every reason is “vì”, every author “an”.
fn decided(lines: &[&str]) -> Decisions {
    let row = |(line, source_record): (&&str, i64)| {
        let words: Vec<&str> = line.split(' ').collect();
        let action = Action::ALL
            .into_iter()
            .find(|action| action.name() == words[0])
            .unwrap();
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == words[1]).unwrap();
        let takes_other = matches!(action, Action::Same | Action::Different);
        Decision {
            action,
            kind,
            id: reference(words[2]),
            other: takes_other.then(|| reference(words[3])),
            value: (action == Action::Rename).then(|| words[3].to_owned()),
            reason: "vì".to_owned(),
            author: "an".to_owned(),
            source: "decisions.csv".to_owned(),
            source_record,
        }
    };
    Decisions::new(lines.iter().zip(1..).map(row).collect())
}

fn reference(text: &str) -> Reference {
    let (id, document_id) = text
        .split_once('@')
        .map_or((text, None), |(id, document)| (id, Some(document)));
    Reference {
        id: id.to_owned(),
        document_id: document_id.map(str::to_owned),
    }
}

/// `a@x` is what document x tells of a, `@x` what it tells of something without an id.
fn side(text: &str) -> Side<'_> {
    let (id, document_id) = text.split_once('@').unwrap();
    Side {
        id: (!id.is_empty()).then_some(id),
        document_id,
    }
}

/// Which of the pairs of meetings are kept apart, in either order.
fn check_apart(decisions: &Decisions, expected: &[(&str, &str, bool)]) {
    for &(a, b, expected) in expected {
        for (a, b) in [(a, b), (b, a)] {
            assert_eq!(decisions.apart(Kind::Meeting, side(a), side(b)), expected, "{a} {b}");
        }
    }
}

#[test]
fn nothing_is_decided_by_no_decisions() {
    let none = Decisions::default();
    assert!(none.is_empty() && none.rows().is_empty());
    assert_eq!(none.root(Kind::Meeting, "a"), "a");
    assert!(!none.apart(Kind::Meeting, side("a@x"), side("b@y")));
    assert!(!none.splits(Kind::Meeting, "a", "x"));
    assert_eq!(none.name(Kind::Meeting, "a"), None);
    assert_eq!(none.drops(Kind::Meeting, "a", Some("x")), None);
    assert_eq!(none.remark(Kind::Meeting, "a"), None);
}

#[test]
fn the_id_named_first_stands_for_all_that_are_the_same() {
    let decisions = decided(&[
        "rename meeting d Tên",
        "same meeting b a",
        "same meeting c d",
        "same meeting d a",
        "same official d e",
    ]);
    for id in ["a", "b", "c", "d"] {
        assert_eq!(decisions.root(Kind::Meeting, id), "b", "{id}");
    }
    assert_eq!(decisions.root(Kind::Meeting, "e"), "e");
    assert_eq!(decisions.root(Kind::Official, "e"), "d");
    assert_eq!(decisions.name(Kind::Meeting, "a"), Some("Tên"));
    assert_eq!(decisions.name(Kind::Official, "d"), None);
}

#[test]
fn different_ids_are_kept_apart_with_all_that_is_the_same() {
    let decisions = decided(&["different meeting a b", "same meeting b c"]);
    check_apart(
        &decisions,
        &[
            ("a@x", "b@y", true),
            ("a@x", "c@x", true),
            ("b@x", "c@y", false),
            ("a@x", "a@y", false),
            ("a@x", "@y", false),
            ("a@x", "d@y", false),
        ],
    );
    assert!(!decisions.apart(Kind::Official, side("a@x"), side("b@y")));
}

#[test]
fn what_has_no_id_is_known_by_its_document() {
    let decisions = decided(&["different meeting a@x b@y"]);
    check_apart(
        &decisions,
        &[
            ("@x", "@y", true),
            ("a@x", "@y", true),
            ("a@z", "b@z", true),
            ("@x", "b@z", true),
            ("@x", "@z", false),
            ("c@x", "@y", false),
            ("@x", "@x", false),
        ],
    );
    assert!(
        !decisions.splits(Kind::Meeting, "b", "y"),
        "the two ids are two already"
    );
}

#[test]
fn the_second_of_two_parts_of_one_id_is_split_off_and_stays_apart_under_any_id() {
    let decisions = decided(&["different meeting a@x a@y", "same meeting a b"]);
    assert!(decisions.splits(Kind::Meeting, "a", "y") && decisions.splits(Kind::Meeting, "b", "y"));
    assert!(!decisions.splits(Kind::Meeting, "a", "x") && !decisions.splits(Kind::Meeting, "c", "y"));
    check_apart(
        &decisions,
        &[
            ("a@x", "a@y", true),
            ("a@x", "c@y", true),
            ("a@z", "a@y", true),
            ("b@z", "@y", true),
            ("@x", "@y", true),
            ("a@x", "a@z", false),
            ("@z", "@y", false),
            ("c@z", "c@y", false),
        ],
    );
}

#[test]
fn parts_of_one_id_are_split_off_once() {
    let decisions = decided(&[
        "different meeting a@x a@y",
        "different meeting a@y a@z",
        "different meeting a@y a@x",
    ]);
    let split: Vec<&str> = ["x", "y", "z"]
        .into_iter()
        .filter(|document| decisions.splits(Kind::Meeting, "a", document))
        .collect();
    assert_eq!(split, ["y"], "z is not y, so it can stay with x");
    check_apart(
        &decisions,
        &[("a@x", "a@y", true), ("a@y", "a@z", true), ("a@x", "a@z", false)],
    );
    let decisions = decided(&[
        "different official a@x a@y",
        "different official a@x a@z",
        "different official a@y a@z",
    ]);
    for (a, b) in [("x", "y"), ("x", "z"), ("y", "z")] {
        let (a, b) = (format!("a@{a}"), format!("a@{b}"));
        assert!(decisions.apart(Kind::Official, side(&a), side(&b)), "{a} {b}");
    }
}

#[test]
fn documents_are_kept_apart_and_joined_by_themselves() {
    let decisions = decided(&["different document x y", "same document z y"]);
    assert_eq!(decisions.root(Kind::Document, "y"), "z");
    assert!(decisions.apart(Kind::Document, side("@x"), side("@y")));
    assert!(decisions.apart(Kind::Document, side("z@z"), side("x@x")));
    assert!(!decisions.apart(Kind::Document, side("@z"), side("@y")));
}

#[test]
fn things_are_dropped_as_a_whole_or_from_one_document() {
    let decisions = decided(&[
        "drop meeting a@x",
        "drop meeting b",
        "same meeting b c",
        "different meeting c@x c@y",
        "drop observation o",
    ]);
    let dropped = |kind, id, document| decisions.drops(kind, id, document).map(|row| row.source_record);
    assert_eq!(dropped(Kind::Meeting, "a", Some("x")), Some(1));
    assert_eq!(dropped(Kind::Meeting, "a", Some("y")), None);
    assert_eq!(dropped(Kind::Meeting, "a", None), None);
    assert_eq!(dropped(Kind::Meeting, "b", None), Some(2));
    assert_eq!(dropped(Kind::Meeting, "c", Some("x")), Some(2));
    assert_eq!(dropped(Kind::Meeting, "c", Some("y")), None, "it is no part of c");
    assert_eq!(dropped(Kind::Observation, "o", Some("x")), Some(5));
    assert_eq!(dropped(Kind::Official, "b", None), None);
}

#[test]
fn remarks_tell_all_that_was_decided_of_a_thing() {
    let decisions = decided(&["same meeting a b", "rename meeting b Tên", "different meeting c a"]);
    let all = "same: vì (an); rename: vì (an); different: vì (an)";
    assert_eq!(decisions.remark(Kind::Meeting, "a").as_deref(), Some(all));
    assert_eq!(decisions.remark(Kind::Meeting, "b").as_deref(), Some(all));
    assert_eq!(
        decisions.remark(Kind::Meeting, "c").as_deref(),
        Some("different: vì (an)")
    );
    assert_eq!(decisions.remark(Kind::Meeting, "d"), None);
}

#[test]
fn ids_of_earlier_runs_mean_what_stands_for_them_now() {
    let aliases = [("b", "c"), ("c", "d"), ("f", "a")].map(|(alias, id)| (alias.to_owned(), id.to_owned()));
    let aliases = BTreeMap::from(aliases);
    let decisions = decided(&[
        "same meeting b e",
        "different meeting a b",
        "different meeting a@x f@y",
        "drop official b",
    ]);
    let rows = decisions.rows().to_vec();
    let decisions = decisions.with_aliases(&aliases);
    assert_eq!(decisions.rows(), rows, "the rows stay as they were written");
    for id in ["b", "d", "e"] {
        assert_eq!(decisions.root(Kind::Meeting, id), "d", "{id}");
    }
    assert!(decisions.splits(Kind::Meeting, "a", "y"));
    check_apart(
        &decisions,
        &[("a@x", "d@x", true), ("a@x", "e@x", true), ("a@x", "a@y", true)],
    );
    assert!(decisions.drops(Kind::Official, "d", None).is_some());
}

proptest! {
    #[test]
    fn ids_are_one_just_if_a_chain_joins_them(pairs in prop::collection::vec((0..12usize, 0..12usize), 0..12)) {
        let lines: Vec<String> = pairs.iter().map(|(a, b)| format!("same meeting {a} {b}")).collect();
        let decisions = decided(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        let mut group: Vec<usize> = (0..12).collect();
        for &(a, b) in &pairs {
            let (from, to) = (group[a], group[b]);
            group.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
        }
        let names: Vec<String> = (0..12).map(|id| id.to_string()).collect();
        for a in 0..12 {
            for b in 0..12 {
                let is_one = decisions.root(Kind::Meeting, &names[a]) == decisions.root(Kind::Meeting, &names[b]);
                prop_assert_eq!(is_one, group[a] == group[b], "{} {}", a, b);
            }
        }
    }

    #[test]
    fn no_decision_keeps_a_side_from_itself(rows in prop::collection::vec((0..3usize, 0..4usize, 0..3usize, 0..4usize), 0..8)) {
        let lines: Vec<String> = rows
            .iter()
            .filter(|(a, x, b, y)| a != b || x != y)
            .map(|(a, x, b, y)| format!("different meeting {a}@{x} {b}@{y}"))
            .collect();
        let decisions = decided(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        for (a, x, ..) in rows {
            let (id, document) = (a.to_string(), x.to_string());
            let side = Side { id: Some(&id), document_id: &document };
            prop_assert!(!decisions.apart(Kind::Meeting, side, side));
        }
    }
}

/// A file of these rows, in which `M1`, `P1`, `O1` and `D1` to `D4` stand for whole ids.
fn file(name: &str, rows: &str) -> DecisionFile {
    let mut text = format!("action,kind,id,other,value,reason,author\n{rows}");
    for (short, prefix) in [("M", "m-"), ("P", "p-"), ("O", "o-"), ("D", "")] {
        for number in 1..=4 {
            let id = format!("{prefix}{}{number}", "0".repeat(15));
            text = text.replace(&format!("{short}{number}"), &id);
        }
    }
    DecisionFile {
        name: name.to_owned(),
        text,
    }
}

/// Checks what is said about files, as `file:line words: message (hint)`, ids written short.
fn check_said(rows: &[&str], expected: &[&str]) {
    let names = ["lists/a.csv", "lists/b.csv"];
    let files: Vec<DecisionFile> = rows.iter().zip(names).map(|(rows, name)| file(name, rows)).collect();
    let zeros = "0".repeat(15);
    let short = |text: String| {
        let text = ["m-", "p-", "o-"].iter().fold(text, |text, prefix| {
            text.replace(&format!("{prefix}{zeros}"), &prefix[..1].to_uppercase())
        });
        text.replace(&zeros, "D")
    };
    let said: Vec<String> = super::check(&files)
        .into_iter()
        .map(|remark| {
            let words = &files[remark.file].text[remark.span.clone()];
            let kind = if remark.is_error { "" } else { "warning: " };
            let hint = remark.hint.map_or(String::new(), |hint| format!(" ({hint})"));
            let name = names[remark.file].trim_start_matches("lists/");
            short(format!(
                "{name}:{} {words}: {kind}{}{hint}",
                remark.line, remark.message
            ))
        })
        .collect();
    assert_eq!(said, expected, "{rows:?}");
    let has_errors = super::check(&files).iter().any(|remark| remark.is_error);
    assert_eq!(Decisions::read(&files).is_err(), has_errors);
}

#[test]
fn rows_become_decisions() {
    let rows = "same,meeting,M1,M2,,\"một hội nghị, hai ngày\",Lan\n\
                different,official,P1@D1,P1@D2,,trùng tên,Lan\n\
                rename,official,P1,,Bế Thị Nhàn,sai dấu,Lan\n\
                drop,meeting,M3@D1,,,chỉ nhắc lại,Lan\n\
                same,document,D1,D2,,đăng lại,Lan\n\
                drop,observation,O1,,,lỗi đánh máy,Lan\n";
    check_said(&[rows], &[]);
    let decisions = Decisions::read(&[file("lists/a.csv", rows)]).unwrap();
    let written: Vec<String> = decisions
        .rows()
        .iter()
        .map(|row| {
            let other = row.other.as_ref().map(ToString::to_string).unwrap_or_default();
            let zeros = "0".repeat(15);
            format!(
                "{}:{} {} {other} {:?}",
                row.source, row.source_record, row.id, row.value
            )
            .replace(&zeros, "")
        })
        .collect();
    assert_eq!(
        written,
        [
            "a.csv:1 m-1 m-2 None",
            "a.csv:2 p-1@1 p-1@2 None",
            "a.csv:3 p-1  Some(\"Bế Thị Nhàn\")",
            "a.csv:4 m-3@1  None",
            "a.csv:5 1 2 None",
            "a.csv:6 o-1  None",
        ]
    );
    let id = format!("m-{}2", "0".repeat(15));
    let remark = decisions.remark(Kind::Meeting, &id);
    assert_eq!(remark.as_deref(), Some("same: một hội nghị, hai ngày (Lan)"));
}

#[test]
fn words_that_are_not_known_are_told_with_what_was_meant() {
    check_said(
        &["sam,meeting,M1,M2,,vì,Lan\nsame,metting,M1,M2,,vì,Lan\n,,M1,M2,,,Lan\n"],
        &[
            "a.csv:2 sam: there is no action `sam` (did you mean `same`?)",
            "a.csv:3 metting: there is no kind `metting` (did you mean `meeting`?)",
            "a.csv:4 ,,M1,M2,,,Lan: a decision needs its reason",
            "a.csv:4 ,,M1,M2,,,Lan: a decision needs its action (possible: `same`, `different`, `rename`, `drop`)",
            "a.csv:4 ,,M1,M2,,,Lan: a decision needs its kind (possible: `meeting`, `official`, `document`, \
             `observation`)",
        ],
    );
    let file = DecisionFile {
        name: "a.csv".to_owned(),
        text: "action;kind;id\n".to_owned(),
    };
    assert_eq!(
        Decisions::read(&[file]).unwrap_err().to_string(),
        "a.csv:1: the first line must name the columns: action,kind,id,other,value,reason,author"
    );
}

#[test]
fn each_action_takes_what_it_needs_of_the_kinds_it_is_for() {
    check_said(
        &["same,meeting,M1,,,vì,Lan\n\
           rename,meeting,M1,M2,Tên,vì,Lan\n\
           drop,meeting,M1,,Tên,vì,\n\
           rename,document,D1,,Tên,vì,Lan\n\
           drop,document,D1,,,vì,Lan\n\
           same,observation,O1,O2,,vì,Lan\n\
           rename,official,P1,,,vì,Lan\n"],
        &[
            "a.csv:2 same,meeting,M1,,,vì,Lan: `same` needs an `other`",
            "a.csv:3 M2: `rename` takes no `other`",
            "a.csv:4 drop,meeting,M1,,Tên,vì,: a decision needs its author",
            "a.csv:4 Tên: `drop` takes no `value`",
            "a.csv:5 rename: `rename` cannot be decided of a document (possible: `same`, `different`)",
            "a.csv:6 drop: `drop` cannot be decided of a document (possible: `same`, `different`)",
            "a.csv:7 same: `same` cannot be decided of an observation (possible: `drop`)",
            "a.csv:8 rename,official,P1,,,vì,Lan: `rename` needs a `value`",
        ],
    );
}

#[test]
fn references_are_ids_of_the_kind_and_documents_where_they_mean_something() {
    check_said(
        &["drop,meeting,P1,,,vì,Lan\n\
           drop,meeting,m-12,,,vì,Lan\n\
           same,document,D1,D1x,,vì,Lan\n\
           same,meeting,M1@D1,M2,,vì,Lan\n\
           rename,official,P1@D1,,Tên,vì,Lan\n\
           drop,observation,O1@D1,,,vì,Lan\n\
           drop,meeting,M1@D,,,vì,Lan\n\
           drop,meeting,,,,vì,Lan\n"],
        &[
            "a.csv:2 P1: “P1” is no id of a meeting (it is the id of an official)",
            "a.csv:3 m-12: “m-12” is no id of a meeting (it is `m-` and 16 digits or letters a to f, as the tables give \
             it)",
            "a.csv:4 D1x: “D1x” is no id of a document (it has 16 digits or letters a to f, as the tables give it)",
            "a.csv:5 M1@D1: `same` concerns the whole meeting: no document can be named (write `M1`)",
            "a.csv:6 P1@D1: `rename` concerns the whole official: no document can be named (write `P1`)",
            "a.csv:7 O1@D1: `drop` concerns the whole observation: no document can be named (write `O1`)",
            "a.csv:8 M1@D: “D” is no id of a document (what stands after `@` is a `document_id`, as the tables give it)",
            "a.csv:9 drop,meeting,,,,vì,Lan: `drop` needs an `id`",
        ],
    );
}

#[test]
fn two_sides_differ_and_within_one_id_name_their_documents() {
    check_said(
        &["same,meeting,M1,M1,,vì,Lan\n\
           different,meeting,M1,M1@D1,,vì,Lan\n\
           different,official,P1@D1,P1@D1,,vì,Lan\n\
           different,official,P1@D1,P1@D2,,vì,Lan\n\
           different,document,D1,D1,,vì,Lan\n\
           different,official,P1,P1,,vì,Lan\n"],
        &[
            "a.csv:2 M1: both sides are the same",
            "a.csv:3 M1@D1: within one id, both sides must name their documents (write `M1@DOCUMENT`, with a \
             `document_id` of the tables)",
            "a.csv:4 P1@D1: both sides are the same",
            "a.csv:6 D1: both sides are the same",
            "a.csv:7 P1: within one id, both sides must name their documents (write `P1@DOCUMENT`, with a `document_id` \
             of the tables)",
        ],
    );
}

#[test]
fn contradictions_are_told_with_the_rows_that_they_are_between() {
    check_said(
        &[
            "same,meeting,M1,M2,,vì,Lan\n\
             different,meeting,M2,M1,,vì,Lan\n\
             different,meeting,M1,M3,,vì,Lan\n\
             different,official,P1,P2,,vì,Lan\n",
            "same,meeting,M3,M4,,vì,Minh\n\
             same,meeting,M4,M2,,vì,Minh\n",
        ],
        &[
            "a.csv:3 M2: this contradicts another decision: lists/a.csv:2 says that they are the same (keep one of the \
             rows)",
            "a.csv:4 M1: this contradicts another decision: lists/a.csv:2 and lists/b.csv:3 and lists/b.csv:2 together say \
             that they are the same (keep one of the rows)",
        ],
    );
    check_said(
        &["rename,meeting,M1,,Một,vì,Lan\n\
           same,meeting,M1,M2,,vì,Lan\n\
           rename,meeting,M2,,Hai,vì,Lan\n\
           drop,meeting,M2,,,vì,Lan\n\
           drop,official,P1,,,vì,Lan\n\
           rename,official,P1,,Ba,vì,Lan\n\
           rename,official,P2,,Ba,vì,Lan\n\
           drop,official,P2@D1,,,vì,Lan\n"],
        &[
            "a.csv:4 M2: this contradicts another decision: lists/a.csv:2 calls it “Một” (keep one of the rows)",
            "a.csv:5 M2: this contradicts another decision: lists/a.csv:2 gives it a name (keep one of the rows)",
            "a.csv:7 P1: this contradicts another decision: lists/a.csv:6 drops it (keep one of the rows)",
        ],
    );
}

#[test]
fn what_is_decided_twice_is_a_warning() {
    check_said(
        &[
            "same,meeting,M1,M2,,vì,Lan\nsame,official,P1,P2,,vì,Lan\n",
            "same,meeting,M2,M1,,thế,Minh\n",
        ],
        &["b.csv:2 M2: warning: the same was decided in lists/a.csv:2 already (leave the row out)"],
    );
}

#[test]
fn the_hash_counts_what_is_decided_and_not_the_folder() {
    let rows = "same,meeting,M1,M2,,vì,Lan\n";
    let hash = |name, rows| Decisions::read(&[file(name, rows)]).unwrap().hash();
    assert_eq!(Decisions::default().hash(), None);
    assert_eq!(hash("a.csv", ""), None);
    assert_eq!(hash("lists/a.csv", rows), hash("other/a.csv", rows));
    assert_ne!(hash("a.csv", rows), hash("b.csv", rows));
    assert_ne!(hash("a.csv", rows), hash("a.csv", "same,meeting,M1,M3,,vì,Lan\n"));
    assert_ne!(hash("a.csv", rows), hash("a.csv", "same,meeting,M1,M2,,vì,Minh\n"));
}
