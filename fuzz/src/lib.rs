//! What the fuzz targets share.

use std::cell::RefCell;
use std::sync::{Arc, LazyLock};

use parc_etl::lexicon::Lexicon;
use parc_etl::stages::clean::normalize::normalize;
use parc_etl::text::analysis::{Analysis, Scratch};

static LEXICON: LazyLock<Arc<Lexicon>> = LazyLock::new(Lexicon::embedded);

/// The built-in lexicon.
pub fn lexicon() -> &'static Arc<Lexicon> {
    &LEXICON
}

/// Calls `look` with the analysis of `data` as the clean stage would hand it on; what is no UTF-8 is passed over.
pub fn with_analysis(data: &[u8], look: impl FnOnce(&Analysis)) {
    thread_local! {
        static SCRATCH: RefCell<Scratch> = RefCell::default();
    }
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let text = normalize(text);
    SCRATCH.with_borrow_mut(|scratch| look(&Analysis::new(&text, lexicon(), scratch)));
}
