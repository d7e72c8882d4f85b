//! A number at any token is finite and stands within the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use parc_etl::text::number::{numeral_at, parse_digits};
use parc_etl_fuzz::with_analysis;

fuzz_target!(|data: &[u8]| with_analysis(data, |analysis| {
    for token in 0..analysis.len() {
        if let Some(value) = parse_digits(analysis.surface(token)) {
            assert!(value >= 0.0, "{value}");
        }
        if let Some(numeral) = numeral_at(analysis, token) {
            assert!(numeral.tokens.start <= token && numeral.tokens.end <= analysis.len());
            assert!(numeral.value.is_finite(), "{}", numeral.value);
        }
    }
}));
