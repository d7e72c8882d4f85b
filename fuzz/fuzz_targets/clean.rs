//! Cleaning gives a normalised text or a reason, from text and from HTML.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use parc_etl::config::Config;
use parc_etl::schema::rows::RawDocumentRow;
use parc_etl::stages::clean::Clean;
use parc_etl::stages::clean::normalize::normalize;
use parc_etl_fuzz::lexicon;

static CLEAN: LazyLock<Clean> = LazyLock::new(|| {
    let config = Config::with_inputs(Vec::new()).clean;
    Clean::new(&config, Arc::clone(lexicon()), &[]).expect("the built-in lists are sound")
});

// The first byte says whether it is text or HTML, and whether the first line is the title.
fuzz_target!(|data: &[u8]| {
    let Some((&first, content)) = data.split_first() else {
        return;
    };
    let content = String::from_utf8_lossy(content);
    let (title, content) = match content.split_once('\n') {
        Some((title, rest)) if first & 2 != 0 => (Some(title.to_owned()), rest.to_owned()),
        _ => (None, content.into_owned()),
    };
    let (text, html) = if first & 1 == 0 { (Some(content), None) } else { (None, Some(content)) };
    let raw = RawDocumentRow {
        title,
        text,
        html,
        ..RawDocumentRow::default()
    };
    if let Ok(document) = CLEAN.clean(raw) {
        assert_eq!(normalize(&document.text), document.text);
        assert_eq!(document.n_chars as usize, document.text.chars().count());
        assert!((0.0..=1.0).contains(&document.topic_score));
    }
});
