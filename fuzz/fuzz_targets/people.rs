//! Names and posts stand within the text, names in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use parc_etl::stages::extract::people::{names, positions};
use parc_etl_fuzz::with_analysis;

fuzz_target!(|data: &[u8]| with_analysis(data, |analysis| {
    let names = names(analysis);
    let mut end = 0;
    for name in &names {
        assert!(name.tokens.start >= end && name.tokens.end <= analysis.len(), "{name:?} after {end}");
        end = name.tokens.end;
    }
    for position in positions(analysis, &names) {
        assert!(position.tokens.start < position.tokens.end && position.tokens.end <= analysis.len());
    }
}));
