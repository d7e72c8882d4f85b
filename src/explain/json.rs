//! An explanation as JSON, for tools.

use serde::Serialize;
use serde_json::Value;

use super::{Explanation, Skipped};
use crate::schema::rows::{CitationFact, DocumentRow, IndicatorFact, MeetingFact, OfficialFact, PostFact, RejectRow};

#[derive(Serialize)]
struct Output<'a> {
    source_path: &'a str,
    source_record: Option<i64>,
    /// Why a run would reject the document.
    reject: Option<&'a RejectRow>,
    /// Why no facts were looked for: `language` or `topic`.
    skipped: Option<&'static str>,
    document: Option<&'a DocumentRow>,
    meetings: &'a [MeetingFact],
    officials: &'a [OfficialFact],
    indicators: &'a [IndicatorFact],
    citations: &'a [CitationFact],
    posts_mentioned: &'a [PostFact],
}

pub(super) fn of(explanation: &Explanation) -> Value {
    let processed = &explanation.processed;
    let facts = processed.extraction.as_ref();
    let skipped = processed
        .document
        .as_ref()
        .and_then(|document| explanation.skipped(document));
    let output = Output {
        source_path: &processed.source_path,
        source_record: processed.source_record,
        reject: processed.reject.as_ref(),
        skipped: skipped.map(|skipped| match skipped {
            Skipped::Language => "language",
            Skipped::Topic => "topic",
        }),
        document: processed.document.as_ref(),
        meetings: facts.map_or(&[], |facts| &facts.meetings),
        officials: facts.map_or(&[], |facts| &facts.officials),
        indicators: facts.map_or(&[], |facts| &facts.indicators),
        citations: facts.map_or(&[], |facts| &facts.citations),
        posts_mentioned: facts.map_or(&[], |facts| &facts.posts_mentioned),
    };
    serde_json::to_value(output).expect("rows have only text keys")
}
