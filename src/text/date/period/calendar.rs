//! Parts of the calendar: years, halves, quarters, months and runs of them.

use chrono::Datelike;

use super::{Reader, Span};
use crate::text::date::{month_bounds, months_bounds, numeric, year_bounds};

impl Reader<'_> {
    /// A part of the calendar: a year, half, quarter or month.
    pub(super) fn calendar(&self, at: usize) -> Option<Span> {
        match self.word(at) {
            "năm" => self.year_at(at).or_else(|| self.months_of_year(at)),
            "tháng" => self.month_at(at).or_else(|| self.months_of_year(at)),
            "quý" => self.quarter_at(at),
            "cả" | "hết" | "đầu" | "giữa" | "cuối" => {
                let span = self
                    .year_at(at + 1)
                    .or_else(|| self.month_at(at + 1))
                    .or_else(|| self.quarter_at(at + 1));
                let bare = || {
                    let end = at + 2;
                    let alone = self.word(at + 1) == "năm" && numeric::plain(self.analysis, end).is_none();
                    let known =
                        matches!(self.word(at), "cả" | "đầu" | "cuối") && !matches!(self.word(end), "tháng" | "học");
                    (alone && known).then(|| Span::new(end, self.year.and_then(year_bounds)))
                };
                span.or_else(bare).map(|span| match self.word(at) {
                    "cả" | "hết" => span,
                    "đầu" => Span { last: None, ..span },
                    "cuối" => Span { first: None, ..span },
                    _ => Span::open(span.end),
                })
            }
            "nửa" => self.half(at),
            _ => self.months_of_year(at),
        }
    }

    /// `năm 2017`, `năm nay`, `năm 2016-2017`, `năm học 2016 - 2017`.
    pub(super) fn year_at(&self, at: usize) -> Option<Span> {
        if self.word(at) != "năm" {
            return None;
        }
        let from = at + 1 + usize::from(matches!(self.word(at + 1), "học"));
        if let Some(year) = numeric::year_number(self.analysis, from) {
            return Some(
                self.years(from)
                    .unwrap_or_else(|| Span::new(from + 1, year_bounds(year))),
            );
        }
        // `ngàn năm nay`, `nhiều năm nay`: as long as that.
        let counted = at > 0
            && matches!(
                self.word(at - 1),
                "nghìn" | "ngàn" | "trăm" | "chục" | "nhiều" | "mấy" | "vài"
            );
        let shift = match self.word(at + 1) {
            "nay" if counted => return None,
            "nay" => 0,
            "ngoái" | "trước" => -1,
            "qua" => return Some(Span::open(at + 2)),
            "tới" | "sau" => 1,
            _ => return None,
        };
        // `năm trước` and `năm sau` also mean the year before or after one that was named.
        let named = matches!(self.word(at + 1), "trước" | "sau") && self.word(at + 2) == "đó";
        let bounds = self.year.filter(|_| !named).and_then(|year| year_bounds(year + shift));
        Some(Span::new(at + 2, bounds))
    }

    /// `tháng 5/2017`, `tháng 6`, `tháng 11 này`, `tháng trước`.
    pub(super) fn month_at(&self, at: usize) -> Option<Span> {
        if let Some(month) = numeric::month_of(self.analysis, at) {
            let from_date = self.date_at(at).and_then(|date| date.year);
            let year = month.year.or(from_date).or(self.year);
            let bounds = year
                .zip(month.month)
                .and_then(|(year, month)| month_bounds(year, month));
            let this =
                self.word(month.end) == "này" || self.word(month.end) == "vừa" && self.word(month.end + 1) == "qua";
            let extra = if this {
                1 + usize::from(self.word(month.end) == "vừa")
            } else {
                0
            };
            return Some(Span::new(month.end + extra, bounds));
        }
        let known = self.word(at) == "tháng" && matches!(self.word(at + 1), "này" | "trước" | "qua");
        known.then(|| Span::open(at + 2))
    }

    /// `quý II`, `quý I/2017`, `quý 3 năm 2017`, `quý I và II/2017`.
    fn quarter_at(&self, at: usize) -> Option<Span> {
        if self.word(at) != "quý" {
            return None;
        }
        let quarter = self.quarter_number(at + 1)?;
        let mut end = at + 2;
        let mut last = quarter;
        if matches!(self.word(end), "và" | "," | "-")
            && let Some(next) = self.quarter_number(end + 1)
        {
            last = next;
            end += 2;
        }
        let (end, year) = self.year_after(end);
        let bounds = year
            .or(self.year)
            .and_then(|year| months_bounds(year, 3 * quarter - 2, 3 * last));
        Some(Span::new(end, bounds))
    }

    fn quarter_number(&self, at: usize) -> Option<u32> {
        let roman = self.analysis.is_capitalized(at);
        match self.word(at) {
            "1" => Some(1),
            "2" => Some(2),
            "3" => Some(3),
            "4" => Some(4),
            "i" if roman => Some(1),
            "ii" if roman => Some(2),
            "iii" if roman => Some(3),
            "iv" if roman => Some(4),
            _ => None,
        }
    }

    /// `/2017`, `-2017`, `năm 2017`, `năm nay` after a quarter or a part of a year.
    pub(super) fn year_after(&self, at: usize) -> (usize, Option<i32>) {
        match self.word(at) {
            "/" | "-" => match numeric::year_number(self.analysis, at + 1) {
                Some(year) => (at + 2, Some(year)),
                None => (at, None),
            },
            "năm" => match self.year_at(at) {
                Some(span) => (span.end, span.first.map(|date| date.year())),
                None => (at, None),
            },
            _ => (at, None),
        }
    }

    /// `10 tháng năm 2016`, `6 tháng đầu năm 2017`, `sáu tháng đầu năm`, `hai quý cuối năm`, `tháng đầu năm`.
    pub(super) fn months_of_year(&self, at: usize) -> Option<Span> {
        let count = self.count(at);
        let unit = at + usize::from(count.is_some());
        let per_unit = match self.word(unit) {
            "tháng" => 1,
            "quý" => 3,
            _ => return None,
        };
        let months = count.unwrap_or(1) * per_unit;
        if count.is_some()
            && (1..=12).contains(&months)
            && let (end, Some(year)) = self.year_after(unit + 1)
            && end > unit + 1
        {
            return Some(Span::new(end, months_bounds(year, 1, months)));
        }
        let first_half = match self.word(unit + 1) {
            "đầu" => true,
            "cuối" => false,
            _ => return None,
        };
        if self.word(unit + 2) != "năm" || !(1..=12).contains(&months) {
            return None;
        }
        let (end, year) = self.year_after(unit + 2);
        let end = end.max(unit + 3);
        let bounds = year.or(self.year).and_then(|year| {
            if first_half {
                months_bounds(year, 1, months)
            } else {
                months_bounds(year, 13 - months, 12)
            }
        });
        Some(Span::new(end, bounds))
    }

    /// `nửa đầu năm 2017`, `nửa cuối tháng 5`, `nửa năm`, `nửa năm đầu`.
    fn half(&self, at: usize) -> Option<Span> {
        let first_half = match self.word(at + 1) {
            "đầu" => Some(true),
            "cuối" => Some(false),
            "năm" => {
                let more = matches!(self.word(at + 2), "đầu" | "cuối" | "qua");
                return Some(Span::open(at + 2 + usize::from(more)));
            }
            _ => None,
        }?;
        match self.word(at + 2) {
            "năm" => {
                let (end, year) = self.year_after(at + 2);
                let (first, last) = if first_half { (1, 6) } else { (7, 12) };
                let bounds = year.or(self.year).and_then(|year| months_bounds(year, first, last));
                Some(Span::new(end.max(at + 3), bounds))
            }
            "tháng" => self.month_at(at + 2).map(|span| Span::open(span.end)),
            _ => None,
        }
    }

    /// `2011 - 2020`, `2016-2018`: two years in order.
    pub(super) fn years(&self, at: usize) -> Option<Span> {
        let first = numeric::year_number(self.analysis, at)?;
        if !matches!(self.word(at + 1), "-" | "–" | "—") {
            return None;
        }
        let last = numeric::year_number(self.analysis, at + 2).filter(|&last| first < last)?;
        // `19-2017/NQ-CP` is a symbol.
        if self.word(at + 3) == "/" {
            return None;
        }
        let bounds = year_bounds(first)
            .zip(year_bounds(last))
            .map(|(first, last)| (first.0, last.1));
        Some(Span::new(at + 3, bounds))
    }

    /// A count of months or years, in digits or as a word.
    pub(super) fn count(&self, at: usize) -> Option<u32> {
        let count = match self.word(at) {
            "một" => 1,
            "hai" => 2,
            "ba" => 3,
            "bốn" => 4,
            "năm" => 5,
            "sáu" => 6,
            "bảy" | "bẩy" => 7,
            "tám" => 8,
            "chín" => 9,
            "mười" => 10,
            _ => return numeric::plain(self.analysis, at).filter(|count| (1..100).contains(count)),
        };
        Some(count)
    }
}
