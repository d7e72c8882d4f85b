//! Dates and periods stand within the text, and name days that are possible.
#![no_main]

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use parc_etl::text::date::DateIndex;
use parc_etl_fuzz::with_analysis;

// The first byte says the day of publication, if there is one.
fuzz_target!(|data: &[u8]| {
    let Some((&first, text)) = data.split_first() else {
        return;
    };
    let published = NaiveDate::from_yo_opt(2000 + i32::from(first % 32), 1 + u32::from(first));
    let published = published.filter(|_| first != 0);
    with_analysis(text, |analysis| {
        let index = DateIndex::find(analysis, published);
        for date in &index.dates {
            assert!(date.tokens.start < date.tokens.end && date.tokens.end <= analysis.len());
            assert!(date.month.is_none_or(|month| (1..=12).contains(&month)));
            assert!(date.day.is_none_or(|day| (1..=31).contains(&day)));
            assert!(date.edtf().len() >= 10);
        }
    });
});
