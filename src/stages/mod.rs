//! The pipeline's stages, in the order in which data flows through them.

pub mod clean;
pub mod extract;
pub mod resolve;
