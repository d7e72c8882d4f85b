//! The pipeline's stages, in the order in which data flows through them.

pub mod aggregate;
pub mod clean;
pub mod extract;
pub mod ingest;
pub mod resolve;
