//! One meeting across documents.
//!
//! Reports fall into blocks, the month and day (the year may be unknown to one of them). [`Match`] compares the reports of
//! a block and joins them into clusters; each report also visits the block of the day after, as a copy, so that reports
//! that disagree by a day meet. [`Adjoin`] sees nothing but pairs of such neighbours and joins their clusters, and
//! [`Join`] makes one meeting of each cluster. Every comparison is within a block, so memory is bounded by the largest.
//! What is compared is a small row, the profile; all that hangs on a report is read once its cluster is known.

mod adjoin;
mod chosen;
#[cfg(test)]
mod generated;
mod join;
mod matching;
mod pairs;
mod profile;
mod score;
#[cfg(test)]
mod tests;

pub use adjoin::Adjoin;
pub use join::Join;
pub use matching::Match;
pub use profile::{profile_row, visitor};

use chrono::{Datelike, NaiveDate};

/// The block of a report: month and day of the meeting, else of publication; none where neither is known.
pub fn block_of(date_edtf: Option<&str>, published: Option<NaiveDate>) -> Option<String> {
    let told = date_edtf
        .and_then(|edtf| edtf.get(5..10))
        .filter(|day| !day.contains('X'));
    told.map(str::to_owned)
        .or_else(|| published.map(|day| day.format("%m-%d").to_string()))
}

/// The block of the day after.
fn next_block(date: Option<NaiveDate>, block: &str) -> Option<String> {
    let year = date.map_or(LEAP_YEAR, |date| date.year());
    let day = NaiveDate::parse_from_str(&format!("{year}-{block}"), "%Y-%m-%d").ok()?;
    Some(day.succ_opt()?.format("%m-%d").to_string())
}

/// A year that has every day.
const LEAP_YEAR: i32 = 2024;
