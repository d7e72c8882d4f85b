//! From documents to facts: meetings, officials, indicators, citations.

pub mod context;
