//! parc-etl turns Vietnamese public-administration news into tables: which meetings took place, which officials took
//! part in which post and role, which figures were reported, which documents were cited. Every row points at the exact
//! words it came from.
//!
//! | module | what it holds |
//! |---|---|
//! | [`config`] | the pipeline file: types, loading, validation |
//! | [`eval`] | scores of extracted tables against annotated documents |
//! | [`exec`] | the executor: files, threads, counts, progress, publishing |
//! | [`explain`] | one document with every fact marked, for a reader |
//! | [`fill`] | a column of one table put into another between two stages |
//! | [`output`] | tables as Parquet and CSV, data package, manifest |
//! | [`schema`] | every table's Arrow schema and row type |
//! | [`stage`] | the trait of the pipeline's steps: pure functions over record batches |
//! | [`stages`] | ingest, clean, extract, resolve, aggregate |
//! | [`text`] | Vietnamese text: folding, tokens, sentences, offsets |
//! | [`lexicon`] | knowledge as data files, and the automaton that finds it |
//! | [`user_csv`] | the CSV files of a user, each row with its place |

pub mod config;
pub mod eval;
pub mod exec;
pub mod explain;
pub mod fill;
mod keys;
pub mod lexicon;
pub mod output;
pub mod panics;
pub mod schema;
pub mod stage;
pub mod stages;
pub mod text;
pub mod user_csv;
