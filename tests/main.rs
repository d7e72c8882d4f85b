//! The one integration-test binary: linking many costs minutes.

mod cli;
mod golden;
mod pipeline;
