//! Tokens and sentences stand in order, within the text and at its characters.
#![no_main]

use libfuzzer_sys::fuzz_target;
use parc_etl_fuzz::with_analysis;

fuzz_target!(|data: &[u8]| with_analysis(data, |analysis| {
    assert_eq!(analysis.folded.len(), analysis.text.len());
    let mut end = 0;
    for token in 0..analysis.len() {
        let range = analysis.tokens[token].range();
        assert!(range.start >= end && range.end > range.start, "{range:?} after {end}");
        assert!(analysis.text.is_char_boundary(range.start) && analysis.text.is_char_boundary(range.end));
        end = range.end;
    }
    let mut end = 0;
    for sentence in analysis.sentences {
        assert!(sentence.start >= end && sentence.end > sentence.start, "{sentence:?} after {end}");
        end = sentence.end;
    }
    assert!(end <= analysis.len());
}));
