//! The one integration-test binary: linking many costs minutes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cli;
mod golden;
mod pipeline;
