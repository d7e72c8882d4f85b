//! From documents to facts: meetings, officials, indicators, citations.

pub mod context;
mod document;
pub mod meetings;
pub mod people;
pub mod roles;

pub use document::extract;
