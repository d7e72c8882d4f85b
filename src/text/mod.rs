//! Vietnamese text below the level of facts: folding, tokens, sentences, offsets.

pub mod analysis;
pub mod date;
pub mod fold;
pub(crate) mod letter;
pub mod number;
pub mod offsets;
mod sentence;
pub mod syllable;
pub mod token;
pub mod trace;
