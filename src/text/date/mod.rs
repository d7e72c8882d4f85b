//! Dates and periods: `chiều 23/6`, `ngày 21 tháng 10 năm 2020`, `sáng nay (3/7)`, `sáu tháng đầu năm 2017`.
//!
//! A day without a year takes it from the same day written in full elsewhere in the text, or from the day of
//! publication; without either it stays open. A number that only looks like a date (`16/16`, `7-9 %`, `24/7`,
//! `64/2007/NĐ-CP`) is none: two numbers are a date after a word for a day or a part of the day, three if they are
//! a day of the calendar.

mod day;
mod numeric;
mod period;
#[cfg(test)]
mod tests;
mod year;

use chrono::{Datelike, Months, NaiveDate};

use crate::text::analysis::{Analysis, TokenRange};

/// What tells the year of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The text writes it, at this mention or at another one of the same day; also for mentions without a year.
    Explicit,
    /// The mention counts from the day of publication: `hôm qua`.
    Relative,
    /// The day and month are written, the year is that of publication or the one before or after.
    Published,
}

impl Basis {
    /// The word for tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Basis::Explicit => "explicit",
            Basis::Relative => "relative",
            Basis::Published => "published",
        }
    }
}

/// sáng, trưa, chiều, tối.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOfDay {
    Morning,
    Noon,
    Afternoon,
    Evening,
}

impl PartOfDay {
    /// The word for tables.
    pub fn as_str(self) -> &'static str {
        match self {
            PartOfDay::Morning => "morning",
            PartOfDay::Noon => "noon",
            PartOfDay::Afternoon => "afternoon",
            PartOfDay::Evening => "evening",
        }
    }

    fn of_word(folded: &str) -> Option<PartOfDay> {
        match folded {
            "sáng" => Some(PartOfDay::Morning),
            "trưa" => Some(PartOfDay::Noon),
            "chiều" => Some(PartOfDay::Afternoon),
            "tối" | "đêm" | "khuya" => Some(PartOfDay::Evening),
            _ => None,
        }
    }
}

/// A day or a month that the text names; for several days (`ngày 12 và 13/5`) the first one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// From the first word for the day (`Sáng nay (3/7)`: all of it) to the last number.
    pub tokens: TokenRange,
    pub year: Option<i32>,
    pub month: Option<u32>,
    pub day: Option<u32>,
    pub basis: Basis,
    pub part_of_day: Option<PartOfDay>,
    /// The last of several days.
    pub last: Option<LastDay>,
}

/// The last day of a mention of several (`từ ngày 28/6 đến 2/7`); `year` only where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastDay {
    pub year: Option<i32>,
    pub month: u32,
    pub day: u32,
}

impl DateMention {
    /// EDTF (ISO 8601-2), X for what is not known: `2021-03-18`, `XXXX-06-23`, `2017-06-XX`.
    pub fn edtf(&self) -> String {
        let year = self.year.map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
        let two = |number: Option<u32>| number.map_or_else(|| "XX".to_owned(), |number| format!("{number:02}"));
        format!("{year}-{}-{}", two(self.month), two(self.day))
    }

    /// Something of the day is known; false for `hôm qua` in a text without a day of publication.
    pub fn is_known(&self) -> bool {
        self.year.is_some() || self.month.is_some()
    }

    /// The day, where year, month and day are known.
    pub fn day_date(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month?, self.day?)
    }

    /// The last of several days, where its year is known; [`DateMention::day_date`] for a single day.
    pub fn last_date(&self) -> Option<NaiveDate> {
        let first = self.day_date()?;
        let Some(last) = self.last else {
            return Some(first);
        };
        let year = last.year.unwrap_or_else(|| {
            let next_year = (last.month, last.day) < (first.month(), first.day());
            first.year() + i32::from(next_year)
        });
        NaiveDate::from_ymd_opt(year, last.month, last.day)
    }

    /// The days that it covers: single days, one month or one year.
    fn bounds(&self) -> Option<(NaiveDate, NaiveDate)> {
        match (self.year?, self.month, self.day) {
            (_, Some(_), Some(_)) => self.day_date().zip(self.last_date()),
            (year, Some(month), None) => month_bounds(year, month),
            (year, None, _) => year_bounds(year),
        }
    }
}

/// The time for which a figure holds, in the words of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodMention {
    pub tokens: TokenRange,
    /// First day, where it can be told.
    pub start: Option<NaiveDate>,
    /// Last day, where it can be told.
    pub end: Option<NaiveDate>,
    /// What a figure is compared with (`so với cùng kỳ năm 2016`) rather than when it was measured.
    pub is_comparison: bool,
}

/// All dates and periods of one text.
#[derive(Clone, Debug, Default)]
pub struct DateIndex {
    /// By first token; no two overlap.
    pub dates: Vec<DateMention>,
    /// By first token; no two overlap, but they may contain dates.
    pub periods: Vec<PeriodMention>,
    covered: Vec<bool>,
    year: year::DocumentYear,
}

impl DateIndex {
    /// Finds the dates and periods of a text published on `published`.
    pub fn find(analysis: &Analysis, published: Option<NaiveDate>) -> DateIndex {
        let mut dates = day::find(analysis, published);
        year::fill(&mut dates, published);
        let document_year = year::DocumentYear::of(analysis);
        let reference = published.map(|date| date.year()).or(document_year.year());
        let periods = period::find(analysis, &dates, published, reference);
        let mut covered = vec![false; analysis.len()];
        let ranges = dates
            .iter()
            .map(|date| &date.tokens)
            .chain(periods.iter().map(|period| &period.tokens));
        for range in ranges {
            covered[range.clone()].fill(true);
        }
        DateIndex {
            dates,
            periods,
            covered,
            year: document_year,
        }
    }

    /// The token belongs to a date or a period; false past the end.
    pub fn is_date_token(&self, token: usize) -> bool {
        self.covered.get(token).copied().unwrap_or(false)
    }

    /// The year in which the text says that it plays: the latest of `6 tháng đầu năm 2017`, `phiên họp quý II/2017`,
    /// or, failing these, the only year of `triển khai nhiệm vụ năm 2017`. A year that is merely named, or that would
    /// have to be worked out (`tổng kết năm 2018`), is none.
    pub fn document_year(&self) -> Option<i32> {
        self.year.year()
    }

    /// `mention` with the document's year where it has none of its own and the two fit together.
    pub fn in_document_year(&self, mention: &DateMention) -> DateMention {
        let mut mention = mention.clone();
        if let (None, Some(month)) = (mention.year, mention.month) {
            mention.year = self.year.for_month(month).filter(|&year| {
                mention
                    .day
                    .is_none_or(|day| NaiveDate::from_ymd_opt(year, month, day).is_some())
            });
        }
        mention
    }

    /// The dates that start in `tokens`.
    pub fn dates_in(&self, tokens: &TokenRange) -> &[DateMention] {
        let from = self.dates.partition_point(|date| date.tokens.start < tokens.start);
        let to = self.dates.partition_point(|date| date.tokens.start < tokens.end);
        &self.dates[from..to.max(from)]
    }

    /// The periods that start in `tokens`.
    pub fn periods_in(&self, tokens: &TokenRange) -> &[PeriodMention] {
        let from = self
            .periods
            .partition_point(|period| period.tokens.start < tokens.start);
        let to = self.periods.partition_point(|period| period.tokens.start < tokens.end);
        &self.periods[from..to.max(from)]
    }
}

fn year_bounds(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    months_bounds(year, 1, 12)
}

fn month_bounds(year: i32, month: u32) -> Option<(NaiveDate, NaiveDate)> {
    months_bounds(year, month, month)
}

/// First and last day of the months `first..=last` of one year.
fn months_bounds(year: i32, first: u32, last: u32) -> Option<(NaiveDate, NaiveDate)> {
    let start = NaiveDate::from_ymd_opt(year, first, 1)?;
    let end = NaiveDate::from_ymd_opt(year, last, 1)?
        .checked_add_months(Months::new(1))?
        .pred_opt()?;
    Some((start, end))
}
