//! The numbers of a date: `18/3/2021`, `18-3`, `3.4.2019`, `5-6/7`, `12 và 13/5`, `21 tháng 10 năm 2020`.

use super::LastDay;
use crate::text::analysis::Analysis;
use crate::text::token::Kind;

/// Years that news texts write; anything else is a number.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// Days listed before the one that carries the month: `ngày 3, 4, 5/6`.
const MAX_LISTED_DAYS: usize = 8;

/// Day, month and year as written; `end` is the token after the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub end: usize,
    pub day: Option<u32>,
    pub month: Option<u32>,
    pub year: Option<i32>,
    /// The last of several days.
    pub last: Option<LastDay>,
}

impl Written {
    fn one(end: usize, day: Option<u32>, month: u32, year: Option<i32>) -> Written {
        Written {
            end,
            day,
            month: Some(month),
            year,
            last: None,
        }
    }

    /// The same days, starting on `day`.
    fn starting(self, day: u32, month: u32) -> Option<Written> {
        let last = LastDay {
            year: self.year,
            month: self.month?,
            day: self.day?,
        };
        possible(day, month, self.year).then_some(Written {
            day: Some(day),
            month: Some(month),
            last: Some(last),
            ..self
        })
    }
}

/// The digits of a token without points and commas, at most four of them.
pub(super) fn plain(analysis: &Analysis, token: usize) -> Option<u32> {
    if analysis.kind(token) != Kind::Number {
        return None;
    }
    let digits = analysis.word(token);
    let plain = digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

fn day_number(analysis: &Analysis, token: usize) -> Option<u32> {
    plain(analysis, token).filter(|&day| (1..=31).contains(&day) && analysis.word(token).len() <= 2)
}

fn month_number(analysis: &Analysis, token: usize) -> Option<u32> {
    plain(analysis, token).filter(|&month| (1..=12).contains(&month) && analysis.word(token).len() <= 2)
}

/// A year of four digits.
pub(super) fn year_number(analysis: &Analysis, token: usize) -> Option<i32> {
    plain(analysis, token)
        .map(|year| year as i32)
        .filter(|year| YEARS.contains(year))
}

/// The month exists and has that day in some year.
fn possible(day: u32, month: u32, year: Option<i32>) -> bool {
    // 2000 is a leap year: without a year 29/2 is possible.
    chrono::NaiveDate::from_ymd_opt(year.unwrap_or(2000), month, day).is_some()
}

/// `/`, `-` or `–` at `token`, written without a space before it and before what follows.
fn tight_mark<'t>(analysis: &Analysis<'t>, token: usize) -> Option<&'t str> {
    let mark = analysis.word(token);
    let tight = |at: usize| analysis.tokens.get(at).is_some_and(|token| !token.spaced);
    (matches!(mark, "/" | "-" | "–") && tight(token) && tight(token + 1)).then_some(mark)
}

/// The mark of `31- 5`, `31 /5`: a space on one side only is a slip.
fn loose_mark<'t>(analysis: &Analysis<'t>, token: usize) -> Option<&'t str> {
    let mark = analysis.word(token);
    let spaced = |at: usize| analysis.tokens.get(at).is_some_and(|token| token.spaced);
    (matches!(mark, "/" | "-") && spaced(token) != spaced(token + 1)).then_some(mark)
}

/// The numbers go on into a symbol or a rate: `64/2007/NĐ-CP`, `7-9 %`.
fn goes_on(analysis: &Analysis, end: usize) -> bool {
    let glued = |at: usize| analysis.tokens.get(at).is_some_and(|token| !token.spaced);
    match analysis.word(end) {
        "%" | "‰" => true,
        "/" | "-" | "–" => {
            glued(end) && glued(end + 1) && matches!(analysis.kind(end + 1), Kind::Word | Kind::Number)
        }
        _ => analysis.kind(end) == Kind::Word && glued(end),
    }
}

/// The numbers continue a symbol that started before them: `QĐ-18/3`.
pub(super) fn continues(analysis: &Analysis, at: usize) -> bool {
    let Some(token) = analysis.tokens.get(at).filter(|token| !token.spaced) else {
        return false;
    };
    token.start > 0 && at > 0 && !matches!(analysis.word(at - 1), "(" | "[" | "," | ":" | "“" | "\"" | "." | ";")
}

/// A full date: `18/3/2021`, `18-03-2021`, `3.4.2019`, `2021-03-18`, `21 tháng 10 năm 2020`.
pub(super) fn full(analysis: &Analysis, at: usize) -> Option<Written> {
    let written = dotted(analysis, at)
        .or_else(|| marked(analysis, at, false))
        .or_else(|| worded(analysis, at))?;
    written.year.map(|_| written)
}

/// A day and month, with or without a year, or several days of one month; only after a word for a day.
///
/// `first` is the day before a list or range: `5` in `5-6/7`.
pub(super) fn day_of_month(analysis: &Analysis, at: usize) -> Option<Written> {
    let single = |at: usize| {
        dotted(analysis, at)
            .or_else(|| day_range(analysis, at))
            .or_else(|| marked(analysis, at, true))
            .or_else(|| worded(analysis, at))
    };
    if let Some(written) = single(at) {
        return Some(written);
    }
    let first = day_number(analysis, at)?;
    let mut next = at + 1;
    for _ in 0..MAX_LISTED_DAYS {
        next += match analysis.word(next) {
            "," | "và" | "đến" | "tới" | "-" | "–" | "&" => 1,
            _ => return None,
        };
        if analysis.word(next) == "ngày" {
            next += 1;
        }
        if let Some(last) = single(next) {
            let month = last.month?;
            // `30 và 1/5`: the first day belongs to the month before.
            let month = if last.day.is_some_and(|day| day < first) {
                month.checked_sub(1)?
            } else {
                month
            };
            return last.starting(first, month);
        }
        day_number(analysis, next)?;
        next += 1;
    }
    None
}

/// `3.4.2019`, `3.4`: one token.
fn dotted(analysis: &Analysis, at: usize) -> Option<Written> {
    if analysis.kind(at) != Kind::Number || analysis.word(at).len() > 10 || goes_on(analysis, at + 1) {
        return None;
    }
    let mut parts = analysis.word(at).split('.');
    let mut part = |lengths: std::ops::RangeInclusive<usize>| {
        let digits = parts.next()?;
        let plain = lengths.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if plain { digits.parse::<u32>().ok() } else { None }
    };
    let (day, month) = (part(1..=2)?, part(1..=2)?);
    let year = part(4..=4).map(|year| year as i32);
    let whole = match year {
        Some(year) => parts.next().is_none() && YEARS.contains(&year),
        None => analysis.word(at).matches('.').count() == 1,
    };
    (whole && possible(day, month, year)).then_some(Written::one(at + 1, Some(day), month, year))
}

/// `18/3/2021`, `18-3`, `2021-03-18`; with `sure` also `18/3`, `18/3/21` and `18- 3`.
fn marked(analysis: &Analysis, at: usize, sure: bool) -> Option<Written> {
    let loose = || loose_mark(analysis, at + 1).filter(|_| sure);
    let mark = tight_mark(analysis, at + 1).or_else(loose)?;
    if let Some(year) = year_number(analysis, at) {
        let (month, day) = (month_number(analysis, at + 2)?, day_number(analysis, at + 4)?);
        let whole = tight_mark(analysis, at + 3) == Some(mark) && !goes_on(analysis, at + 5);
        return (whole && possible(day, month, Some(year))).then_some(Written::one(
            at + 5,
            Some(day),
            month,
            Some(year),
        ));
    }
    let (day, month) = (day_number(analysis, at)?, month_number(analysis, at + 2)?);
    let mut written = Written::one(at + 3, Some(day), month, None);
    if let Some(second) = tight_mark(analysis, at + 3) {
        // `4-12/2016` are months.
        if second != mark {
            return None;
        }
        let year = year_number(analysis, at + 4).or_else(|| {
            let short = plain(analysis, at + 4).filter(|&year| year < 50 && analysis.word(at + 4).len() == 2);
            short.filter(|_| sure).map(|year| 2000 + year as i32)
        })?;
        written.end = at + 5;
        written.year = Some(year);
    }
    if goes_on(analysis, written.end) {
        return None;
    }
    if written.year.is_none()
        && let Some((end, year)) = trailing_year(analysis, written.end)
    {
        written.end = end;
        written.year = Some(year);
    }
    possible(day, month, written.year).then_some(written)
}

/// `5-6/7`, `5 - 6/7/2017`: the first of several days.
fn day_range(analysis: &Analysis, at: usize) -> Option<Written> {
    let first = day_number(analysis, at)?;
    if !matches!(analysis.word(at + 1), "-" | "–") {
        return None;
    }
    let last = marked(analysis, at + 2, true)?;
    // `5-6-2017` is one day in June.
    if analysis.word(at + 3) != "/" || last.day? <= first {
        return None;
    }
    last.starting(first, last.month?)
}

/// `21 tháng 10`, `21 tháng 10 năm 2020`, `21 tháng 10/2020`.
fn worded(analysis: &Analysis, at: usize) -> Option<Written> {
    let day = day_number(analysis, at)?;
    if analysis.word(at + 1) != "tháng" {
        return None;
    }
    let month = month_of(analysis, at + 1)?;
    possible(day, month.month?, month.year).then_some(Written {
        day: Some(day),
        ..month
    })
}

/// `tháng 5`, `tháng 5/2017`, `tháng 5 năm 2017`, `tháng 5.2017`, `tháng 5-2017`.
pub(super) fn month_of(analysis: &Analysis, at: usize) -> Option<Written> {
    if analysis.word(at) != "tháng" {
        return None;
    }
    if let Some((month, year)) = analysis.word(at + 1).split_once('.')
        && let (Ok(month @ 1..=12), Ok(year), 4) = (month.parse(), year.parse(), year.len())
        && YEARS.contains(&year)
    {
        return Some(Written::one(at + 2, None, month, Some(year)));
    }
    let month = month_number(analysis, at + 1)?;
    let mut written = Written::one(at + 2, None, month, None);
    if tight_mark(analysis, at + 2).is_some() {
        // `tháng 5/7`, `tháng 5-6`: no month and year.
        written.year = Some(year_number(analysis, at + 3)?);
        written.end = at + 4;
    } else if let Some((end, year)) = trailing_year(analysis, at + 2) {
        written.end = end;
        written.year = Some(year);
    }
    (!goes_on(analysis, written.end)).then_some(written)
}

/// `M/Y` without `tháng`: only where the grammar expects a month (`tính đến 9/2016`).
pub(super) fn month_and_year(analysis: &Analysis, at: usize) -> Option<Written> {
    let month = month_number(analysis, at)?;
    tight_mark(analysis, at + 1)?;
    let year = year_number(analysis, at + 2)?;
    (!goes_on(analysis, at + 3)).then_some(Written::one(at + 3, None, month, Some(year)))
}

/// `năm 2017`, `, năm 2017` after a day or month.
fn trailing_year(analysis: &Analysis, at: usize) -> Option<(usize, i32)> {
    let at = if analysis.word(at) == "," && analysis.word(at + 1) == "năm" {
        at + 1
    } else {
        at
    };
    if analysis.word(at) != "năm" {
        return None;
    }
    // Years before those of news stand in history: `ngày 4 tháng 8 năm 1892`.
    let year = plain(analysis, at + 1).filter(|&year| year >= 1000)?;
    Some((at + 2, year as i32))
}
