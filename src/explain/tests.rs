//! Marks and wrapping on small texts; the whole explanation of a page stands in `tests/cli/explain.md`.

use anstyle::{AnsiColor, Style};
use proptest::prelude::*;

use super::flow::Flow;
use super::marks::{Kind, Marks};
use super::*;
use crate::schema::rows::{
    CitationFact, Evidence, ExtractionRow, IndicatorFact, MeetingFact, OfficialFact, PositionFact, RejectRow, RoleFact,
};

/// The evidence of a fact that is told by the first `quote` in `text`.
fn evidence(text: &str, quote: &str) -> Evidence {
    let byte = text.find(quote).expect("the quotation stands in the text");
    let start = text[..byte].chars().count();
    Evidence {
        start: start as i32,
        end: (start + quote.chars().count()) as i32,
        quote: quote.to_owned(),
        rule: "test.rule".to_owned(),
        confidence: 0.9,
    }
}

/// An official with posts and roles in the first meeting, each told by its words.
fn official(text: &str, quote: &str, posts: &[&str], roles: &[&str]) -> OfficialFact {
    OfficialFact {
        name: quote.to_owned(),
        positions: posts
            .iter()
            .map(|&label| PositionFact {
                label: label.to_owned(),
                title: label.to_owned(),
                status: "current".to_owned(),
                ..Default::default()
            })
            .collect(),
        roles: roles
            .iter()
            .map(|quote| RoleFact {
                meeting: 0,
                role: "chair".to_owned(),
                evidence: evidence(text, quote),
            })
            .collect(),
        evidence: evidence(text, quote),
        ..Default::default()
    }
}

fn meeting(text: &str, quote: &str) -> MeetingFact {
    MeetingFact {
        name: quote.to_owned(),
        evidence: evidence(text, quote),
        ..Default::default()
    }
}

fn indicator(text: &str, quote: &str) -> IndicatorFact {
    IndicatorFact {
        evidence: evidence(text, quote),
        ..Default::default()
    }
}

/// The text as marked without styles.
fn marked(text: &str, extraction: &ExtractionRow) -> String {
    let mut out = String::new();
    for line in Marks::of(text, extraction).lines(text, false) {
        line.wrap_into(&mut out, 1000, "", "");
    }
    anstream::adapter::strip_str(&out).to_string()
}

#[test]
fn each_kind_is_marked_with_its_tag() {
    let text = "Ông Lê An, Chủ tịch UBND tỉnh chủ trì hội nghị; 90% hồ sơ theo Nghị định 61.";
    let extraction = ExtractionRow {
        meetings: vec![meeting(text, "hội nghị")],
        officials: vec![official(
            text,
            "Ông Lê An",
            &["Chủ tịch UBND tỉnh"],
            &["Ông Lê An, Chủ tịch UBND tỉnh chủ trì"],
        )],
        indicators: vec![indicator(text, "90% hồ sơ")],
        citations: vec![CitationFact {
            evidence: evidence(text, "Nghị định 61"),
            ..Default::default()
        }],
        ..Default::default()
    };
    assert_eq!(
        marked(text, &extraction),
        "[Ông Lê An][O1], [Chủ tịch UBND tỉnh][O1] chủ trì[R1] [hội nghị][M1]; [90% hồ sơ][I1] theo \
         [Nghị định 61][C1].\n"
    );
}

#[test]
fn marks_lie_within_each_other_and_cross() {
    let check = |quotes: &[&str], expected: &str| {
        let text = "một hai ba bốn năm";
        let extraction = ExtractionRow {
            meetings: quotes.iter().map(|quote| meeting(text, quote)).collect(),
            ..Default::default()
        };
        assert_eq!(marked(text, &extraction), format!("{expected}\n"), "{quotes:?}");
    };
    check(&[], "một hai ba bốn năm");
    check(&["hai"], "một [hai][M1] ba bốn năm");
    check(&["hai", "một hai ba"], "[một [hai][M1] ba][M2] bốn năm");
    check(&["một hai", "hai ba"], "[một [hai][M1] ba][M2] bốn năm");
    check(&["bốn năm", "bốn năm"], "một hai ba [bốn năm][M1 M2]");
    check(&["một", "một hai"], "[[một][M1] hai][M2] ba bốn năm");
    check(&["bốn năm", "năm"], "một hai ba [bốn [năm][M2]][M1]");
}

#[test]
fn a_post_within_the_words_for_its_holder_has_no_tag_of_its_own() {
    let text = "Chủ tịch tỉnh Lê An và Bí thư Vũ Bé, Chủ tịch tỉnh khác";
    let extraction = ExtractionRow {
        officials: vec![
            official(text, "Chủ tịch tỉnh Lê An", &["Chủ tịch tỉnh"], &[]),
            official(text, "Vũ Bé", &["Bí thư", "post without a place"], &[]),
        ],
        ..Default::default()
    };
    assert_eq!(
        marked(text, &extraction),
        "[Chủ tịch tỉnh Lê An][O1] và [Bí thư][O2] [Vũ Bé][O2], Chủ tịch tỉnh khác\n"
    );
}

#[test]
fn a_mark_goes_on_in_the_next_line() {
    let text = "Hội nghị\ntổng kết năm";
    let extraction = ExtractionRow {
        meetings: vec![meeting(text, "nghị\ntổng")],
        ..Default::default()
    };
    assert_eq!(marked(text, &extraction), "Hội [nghị\ntổng][M1] kết năm\n");
}

#[test]
fn the_shortest_mark_gives_the_style() {
    let text = "hội nghị 90% hồ sơ";
    let extraction = ExtractionRow {
        meetings: vec![meeting(text, text)],
        indicators: vec![indicator(text, "90%")],
        ..Default::default()
    };
    let mut out = String::new();
    for line in Marks::of(text, &extraction).lines(text, true) {
        line.wrap_into(&mut out, 80, "", "");
    }
    let outer = Kind::Meeting.style();
    let inner = Kind::Indicator.style();
    let (outer_tag, inner_tag) = (Kind::Meeting.tag_style(), Kind::Indicator.tag_style());
    let expected = format!(
        "{outer}hội nghị {outer:#}{inner}90%{inner:#}{inner_tag}[I1]{inner_tag:#}{outer} hồ sơ{outer:#}\
         {outer_tag}[M1]{outer_tag:#}\n"
    );
    assert_eq!(out, expected);
}

#[test]
fn lines_are_broken_at_spaces_and_indented() {
    let check = |text: &str, width: usize, expected: &str| {
        let mut out = String::new();
        Flow::default()
            .with(Style::new(), text)
            .wrap_into(&mut out, width, "- ", "  ");
        assert_eq!(out, expected);
    };
    check("một hai ba", 9, "- một hai\n  ba\n");
    check("một hai ba", 8, "- một\n  hai ba\n");
    check("một", 80, "- một\n");
    check("", 80, "\n");
    check(
        "https://langson.gov.vn/tin a",
        10,
        "- https://langson.gov.vn/tin\n  a\n",
    );
}

#[test]
fn a_style_ends_with_the_line() {
    let red = AnsiColor::Red.on_default();
    let mut out = String::new();
    Flow::default()
        .with(red, "một hai")
        .with(Style::new(), " ba")
        .wrap_into(&mut out, 4, "", "");
    assert_eq!(out, format!("{red}một{red:#}\n{red}hai{red:#}\nba\n"));
}

/// An explanation of a document with these metadata.
fn explanation(document: DocumentRow, reject: Option<RejectRow>) -> Explanation {
    Explanation {
        processed: ProcessedDocument {
            source_path: "tin.jsonl".to_owned(),
            source_record: Some(3),
            extraction: reject.is_none().then(ExtractionRow::default),
            document: Some(document),
            reject,
        },
        extract: ExtractConfig::default(),
        min_topic_score: 0.5,
    }
}

fn plain(explanation: &Explanation) -> String {
    let text = explanation.to_text(TextOptions {
        width: 300,
        styled: false,
    });
    anstream::adapter::strip_str(&text).to_string()
}

#[test]
fn a_document_without_facts_says_why() {
    let check = |language: &str, topic: Option<&str>, expected: Option<&str>, skipped: serde_json::Value| {
        let explanation = explanation(
            DocumentRow {
                language: Some(language.to_owned()),
                topic: topic.map(str::to_owned),
                topic_score: 0.25,
                ..Default::default()
            },
            None,
        );
        let text = plain(&explanation);
        match expected {
            Some(expected) => assert!(text.contains(expected), "{text}"),
            None => assert!(text.contains("Found       0 meetings, 0 officials"), "{text}"),
        }
        assert_eq!(explanation.to_json()["skipped"], skipped);
    };
    let on_topic = Some("public_administration");
    check("vi", on_topic, None, serde_json::Value::Null);
    check("vi", None, Some("No facts    off topic"), "topic".into());
    check(
        "en",
        on_topic,
        Some("No facts    the document is not in Vietnamese"),
        "language".into(),
    );
}

#[test]
fn a_rejected_document_says_why() {
    let reject = RejectRow {
        stage: "clean".to_owned(),
        code: "too_short".to_owned(),
        message: "the text has 3 characters".to_owned(),
        ..Default::default()
    };
    let explanation = explanation(DocumentRow::default(), Some(reject));
    let text = plain(&explanation);
    assert!(text.starts_with("tin.jsonl, record 3\n"), "{text}");
    assert!(
        text.contains("Rejected    by clean, too_short: the text has 3 characters"),
        "{text}"
    );
    assert_eq!(explanation.to_json()["reject"]["code"], "too_short");
}

proptest! {
    #[test]
    fn wrapping_keeps_the_words_and_the_width(text in "[aạ ]{0,60}", width in 0..20usize) {
        let mut out = String::new();
        Flow::default().with(Style::new(), &text).wrap_into(&mut out, width, "", "");
        prop_assert!(out.split_whitespace().eq(text.split_whitespace()), "{:?}", out);
        for line in out.lines() {
            prop_assert!(line.chars().count() <= width || !line.contains(' '), "{:?}", line);
        }
    }

    #[test]
    fn marking_changes_no_character(
        text in "[abạ\n ]{1,40}",
        spans in prop::collection::vec((0..40usize, 0..40usize), 0..6),
    ) {
        let n_chars = text.chars().count();
        let meetings = spans.iter().map(|&(start, len)| {
            let start = start.min(n_chars);
            MeetingFact {
                evidence: Evidence {
                    start: start as i32,
                    end: (start + len).min(n_chars) as i32,
                    ..Default::default()
                },
                ..Default::default()
            }
        });
        let extraction = ExtractionRow { meetings: meetings.collect(), ..Default::default() };
        let marked = marked(&text, &extraction);
        let bare: String = marked.chars().filter(|character| "abạ".contains(*character)).collect();
        let letters: String = text.chars().filter(|character| "abạ".contains(*character)).collect();
        prop_assert_eq!(bare, letters);
        let brackets = |bracket| marked.matches(bracket).count();
        prop_assert_eq!(brackets('['), brackets(']'));
    }
}

fn defaults() -> Pipeline {
    Pipeline::with_defaults(Path::new("/"), Vec::new())
}

#[test]
fn sentences_are_chosen_by_number_or_by_their_words() {
    let text = "UBND tỉnh họp sáng 12/3.\nÔng Lê Văn An, Chủ tịch UBND tỉnh, Chủ Trì.\nTỉnh có 215 thủ tục.";
    let numbers = |selection: &str| {
        let tracing = trace_text(&defaults(), text, &Selection::parse(selection)).map_err(|error| error.to_string())?;
        let sentences = tracing.to_json()["sentences"].as_array().cloned().unwrap_or_default();
        Ok(sentences
            .iter()
            .filter_map(|sentence| sentence["number"].as_i64())
            .collect())
    };
    assert_eq!(numbers("2"), Ok(vec![2]));
    assert_eq!(numbers("chủ trì"), Ok(vec![2]));
    assert_eq!(numbers("tỉnh"), Ok(vec![1, 2, 3]));
    assert_eq!(numbers("4"), Err("there is no sentence 4: the text has 3".to_owned()));
    assert_eq!(numbers("0"), Err("there is no sentence 0: the text has 3".to_owned()));
    assert_eq!(
        numbers("hội nghị"),
        Err("no sentence of the text holds “hội nghị”".to_owned())
    );
}

#[test]
fn a_traced_sentence_without_candidates_says_so() {
    let options = TextOptions {
        width: 80,
        styled: false,
    };
    let text = trace_text(&defaults(), "Trời mưa.", &Selection::All)
        .unwrap()
        .to_text(options);
    let expected = "Sentence 1 of 1, at 0–9\n  Trời mưa.\n\n  No rule found anything to try at.\n";
    assert_eq!(anstream::adapter::strip_str(&text).to_string(), expected);
}
