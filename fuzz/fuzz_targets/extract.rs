//! All facts of a text: every quote is verbatim, every number finite.
#![no_main]

use std::cell::RefCell;

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use parc_etl::stages::clean::normalize::normalize;
use parc_etl::stages::extract::extract;
use parc_etl::text::analysis::Scratch;
use parc_etl_fuzz::lexicon;

fuzz_target!(|data: &[u8]| {
    thread_local! {
        static SCRATCH: RefCell<Scratch> = RefCell::default();
    }
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let text = normalize(text);
    let published = NaiveDate::from_ymd_opt(2022, 6, 15);
    let facts = SCRATCH.with_borrow_mut(|scratch| extract(&text, published, None, lexicon(), scratch));
    let letters: Vec<char> = text.chars().collect();
    let meetings = facts.meetings.iter().map(|fact| &fact.evidence);
    let officials = facts.officials.iter().map(|fact| &fact.evidence);
    let indicators = facts.indicators.iter().map(|fact| &fact.evidence);
    let citations = facts.citations.iter().map(|fact| &fact.evidence);
    for evidence in meetings.chain(officials).chain(indicators).chain(citations) {
        let stretch = &letters[evidence.start as usize..evidence.end as usize];
        assert!(stretch.iter().copied().eq(evidence.quote.chars()), "{evidence:?}");
        assert!((0.0..=1.0).contains(&evidence.confidence));
    }
});
