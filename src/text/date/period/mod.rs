//! Periods for which figures hold: `sáu tháng đầu năm 2017`, `quý I/2017`, `giai đoạn 2011 - 2020`, `tính đến hết
//! tháng 9/2016`, `từ năm 2015 đến nay`, `cùng kỳ năm trước`, `hiện nay`, `mỗi năm`.

mod calendar;

use chrono::{Datelike, NaiveDate};

use super::numeric;
use super::{DateMention, PeriodMention, month_bounds, year_bounds};
use crate::lexicon::{Class, ClosedClass};
use crate::text::analysis::Analysis;
use crate::text::token::Kind;

/// A stretch of time that ends before token `end`.
#[derive(Clone, Copy, Debug)]
struct Span {
    end: usize,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl Span {
    fn new(end: usize, bounds: Option<(NaiveDate, NaiveDate)>) -> Span {
        Span {
            end,
            first: bounds.map(|(first, _)| first),
            last: bounds.map(|(_, last)| last),
        }
    }

    /// A time that no calendar tells.
    fn open(end: usize) -> Span {
        Span::new(end, None)
    }
}

/// What the grammar looks at.
struct Reader<'a> {
    analysis: &'a Analysis<'a>,
    dates: &'a [DateMention],
    published: Option<NaiveDate>,
    /// The year of `năm nay` and of `6 tháng đầu năm`.
    year: Option<i32>,
}

/// Every period, by first token. `dates` are those of the text, `year` is the one in which it plays.
pub(super) fn find(
    analysis: &Analysis,
    dates: &[DateMention],
    published: Option<NaiveDate>,
    year: Option<i32>,
) -> Vec<PeriodMention> {
    let reader = Reader {
        analysis,
        dates,
        published,
        year,
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < analysis.len() {
        let opens = analysis.kind(at) == Kind::Number || analysis.is(at, ClosedClass::PeriodOpener);
        match opens.then(|| reader.period(at)).flatten() {
            Some(span) => {
                found.push(PeriodMention {
                    tokens: at..span.end,
                    start: span.first,
                    end: span.last,
                    is_comparison: reader.is_comparison(at),
                });
                at = span.end;
            }
            None => at += 1,
        }
    }
    found
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.analysis.word(at)
    }

    /// The longest period that starts at `at`, with a number or a [`ClosedClass::PeriodOpener`].
    fn period(&self, at: usize) -> Option<Span> {
        match self.word(at) {
            "giai" | "nhiệm" | "thời" => self.programme(at).or_else(|| self.vague(at)),
            "từ" | "kể" => self.since(at),
            "tính" | "đến" | "tới" | "cho" => self.until(at),
            "cùng" => self.same_time(at),
            "hiện" => self.now(at),
            "hằng" | "hàng" | "mỗi" => self.every(at),
            "trong" | "sau" => self.lasting(at).or_else(|| self.vague(at + 1)),
            "ngày" if at > 0 && self.word(at - 1) == "trong" => self.day(at),
            "tuần" => matches!(self.word(at + 1), "qua" | "này").then(|| Span::open(at + 2)),
            "những" | "các" => self.vague(at),
            _ if self.analysis.kind(at) == Kind::Number && numeric::continues(self.analysis, at) => None,
            _ => self
                .calendar(at)
                .or_else(|| self.years(at))
                .or_else(|| self.lasting(at)),
        }
    }

    /// `giai đoạn 2011 - 2020`, `nhiệm kỳ 2015-2020`, `nhiệm kỳ qua`, `thời kỳ từ 2011 đến 2020`.
    fn programme(&self, at: usize) -> Option<Span> {
        if !matches!(
            (self.word(at), self.word(at + 1)),
            ("giai", "đoạn") | ("nhiệm" | "thời", "kỳ")
        ) {
            return None;
        }
        if self.word(at) == "nhiệm" && matches!(self.word(at + 2), "qua" | "này" | "trước" | "tới") {
            return Some(Span::open(at + 3));
        }
        let from = at + 2 + usize::from(self.word(at + 2) == "năm");
        self.years(from).or_else(|| self.since(at + 2))
    }

    /// `từ năm 2015 đến nay`, `từ đầu năm đến nay`, `kể từ tháng 3/2008`, `từ 2011 đến tháng 3/2020`.
    fn since(&self, at: usize) -> Option<Span> {
        let from = match (self.word(at), self.word(at + 1)) {
            ("từ", _) => at + 1,
            ("kể", "từ") => at + 2,
            _ => return None,
        };
        if self.word(from) == "trước" && matches!(self.word(from + 1), "đến" | "tới") && self.word(from + 2) == "nay"
        {
            return Some(Span::open(from + 3));
        }
        let start = if self.word(from) == "nay" {
            Span::open(from + 1)
        } else {
            self.point(from)?
        };
        let mut joint = start.end;
        if self.word(joint) == "trở" && self.word(joint + 1) == "lại" && self.word(joint + 2) == "đây" {
            return Some(Span {
                end: joint + 3,
                first: start.first,
                last: self.published,
            });
        }
        if self.word(joint) == "cho" {
            joint += 1;
        }
        if matches!(self.word(joint), "đến" | "tới" | "-" | "–")
            && let Some(end) = self.limit(joint + 1).or_else(|| self.later_year(joint + 1, &start))
        {
            return Some(Span {
                end: end.end,
                first: start.first,
                last: end.last,
            });
        }
        // `từ nay` alone looks ahead, and `từ năm 2019` may begin anything.
        let last = start
            .last
            .filter(|_| self.date_at(from).is_some_and(|date| date.last.is_some()));
        (self.word(from) != "nay").then_some(Span { last, ..start })
    }

    /// `từ năm 2011 đến` | `2016`: a later year without its noun.
    fn later_year(&self, at: usize, start: &Span) -> Option<Span> {
        let year = numeric::year_number(self.analysis, at)?;
        let from = start
            .first
            .zip(start.last)
            .map(|(first, last)| (first.year(), last.year()));
        let counts = self.analysis.longest(at + 1, Class::Unit).is_some() || matches!(self.word(at + 1), "/" | "%");
        (from.is_some_and(|(first, last)| first == last && last < year) && !counts)
            .then(|| Span::new(at + 1, year_bounds(year)))
    }

    /// `tính đến hết tháng 9/2016`, `đến nay`, `đến đầu tháng 3/2017`, `đến trưa 6-2`, `đến năm 2025`.
    fn until(&self, at: usize) -> Option<Span> {
        let from = match (self.word(at), self.word(at + 1)) {
            ("tính", "đến" | "tới") | ("cho", "đến" | "tới") => at + 2,
            ("tính", "từ") => return self.since(at + 1),
            ("đến" | "tới", _) => at + 1,
            _ => return None,
        };
        let limit = self.limit(from).or_else(|| self.horizon(from))?;
        Some(Span { first: None, ..limit })
    }

    /// `đến` | `2021 dự kiến giảm …`: a year without its noun before a word of the predicate.
    fn horizon(&self, at: usize) -> Option<Span> {
        let year = numeric::year_number(self.analysis, at)?;
        let goes_on = matches!(
            self.word(at + 1),
            "dự" | "sẽ"
                | "phải"
                | "có"
                | "cả"
                | "đạt"
                | "là"
                | "thì"
                | "các"
                | "toàn"
                | "phấn"
                | "cần"
                | "giảm"
                | "tăng"
        );
        goes_on.then(|| Span::new(at + 1, year_bounds(year)))
    }

    /// What may end a stretch of time.
    fn limit(&self, at: usize) -> Option<Span> {
        match (self.word(at), self.word(at + 1)) {
            ("nay", _) => Some(Span {
                end: at + 1,
                first: None,
                last: self.published,
            }),
            ("thời", "điểm") => match (self.word(at + 2), self.word(at + 3)) {
                ("này", _) => Some(Span {
                    end: at + 3,
                    first: None,
                    last: self.published,
                }),
                ("hiện", "nay" | "tại") => Some(Span {
                    end: at + 4,
                    first: None,
                    last: self.published,
                }),
                _ => self.point(at + 2),
            },
            ("hết", _) => self.point(at).or_else(|| self.point(at + 1)),
            _ => self.point(at),
        }
    }

    /// A day, month, quarter or year, also without its noun where only a time can stand.
    fn point(&self, at: usize) -> Option<Span> {
        if let Some(date) = self.date_at(at).filter(|date| date.day.is_some()) {
            return Some(Span::new(date.tokens.end, date.bounds()));
        }
        if let Some(written) = numeric::month_and_year(self.analysis, at) {
            let bounds = written
                .year
                .zip(written.month)
                .and_then(|(year, month)| month_bounds(year, month));
            return Some(Span::new(written.end, bounds));
        }
        if let Some(span) = self.calendar(at) {
            return Some(span);
        }
        let year = numeric::year_number(self.analysis, at)?;
        // `từ 2000 đồng`: a bare number is a year only at a joint or the end of its phrase.
        let ends =
            self.analysis.kind(at + 1) != Kind::Word || matches!(self.word(at + 1), "đến" | "tới" | "cho" | "trở");
        let symbol = matches!(self.word(at + 1), "/" | "%");
        (ends && !symbol).then(|| Span::new(at + 1, year_bounds(year)))
    }

    /// `cùng kỳ`, `cùng kỳ năm trước`, `cùng kỳ 2016`, `cùng thời điểm năm 2016`.
    fn same_time(&self, at: usize) -> Option<Span> {
        let from = match (self.word(at + 1), self.word(at + 2)) {
            ("kỳ", _) => at + 2,
            ("thời", "điểm") => at + 3,
            _ => return None,
        };
        let year = numeric::year_number(self.analysis, from).map(|_| from + 1);
        let named = self.calendar(from).map(|span| span.end);
        Some(Span::open(year.or(named).unwrap_or(from)))
    }

    /// `hiện`, `hiện nay`, `hiện tại`; not inside `thực hiện`, `hiện đại`.
    fn now(&self, at: usize) -> Option<Span> {
        let compound = at.checked_sub(1).is_some_and(|before| {
            matches!(
                self.word(before),
                "thực" | "thể" | "xuất" | "phát" | "biểu" | "tái" | "hiển" | "ẩn" | "ngự" | "đã" | "được" | "tự"
            )
        });
        if matches!(self.word(at + 1), "nay" | "tại") && !(compound && self.word(at + 1) == "tại") {
            return Some(Span {
                end: at + 2,
                first: None,
                last: self.published,
            });
        }
        let verb = matches!(
            self.word(at + 1),
            "có" | "đã"
                | "đang"
                | "vẫn"
                | "mới"
                | "còn"
                | "chỉ"
                | "cả"
                | "toàn"
                | "nước"
                | ","
                | "là"
                | "đạt"
                | "chiếm"
                | "chưa"
                | "tỉnh"
                | "thành"
                | "số"
                | "các"
                | "trên"
                | "ở"
                | "chúng"
        ) || self.analysis.sentence_at(at).start == at
            && !matches!(
                self.word(at + 1),
                "đại" | "trạng" | "trường" | "thực" | "hữu" | "hành" | "vật" | "tượng" | "diện" | "thân"
            );
        (verb && !compound).then_some(Span {
            end: at + 1,
            first: None,
            last: self.published,
        })
    }

    /// `mỗi năm`, `hằng tháng`.
    fn every(&self, at: usize) -> Option<Span> {
        let known = matches!(self.word(at + 1), "năm" | "tháng" | "quý" | "tuần" | "ngày");
        known.then(|| Span::open(at + 2))
    }

    /// `trong 6 năm`, `10 năm qua`, `sau 3 năm thực hiện`, `trong 3 năm liên tiếp 2016-2018`.
    fn lasting(&self, at: usize) -> Option<Span> {
        let preposition = matches!(self.word(at), "trong" | "sau");
        let from = at + usize::from(preposition);
        if preposition && let Some(span) = self.year_at(from).filter(|_| self.word(from + 1) == "nay") {
            return Some(span);
        }
        if preposition
            && self.word(from) == "tháng"
            && let Some(span) = self.month_at(from)
        {
            return Some(span);
        }
        if let Some(span) = self.months_of_year(from).filter(|_| preposition) {
            return Some(span);
        }
        self.count(from)?;
        if !matches!(self.word(from + 1), "năm" | "tháng" | "quý" | "tuần") {
            return None;
        }
        if !preposition && self.is_part_of_year(from) {
            return Some(Span::open(from + 2));
        }
        let mut end = from + 2;
        let mut dated = None;
        let marked = match (self.word(end), self.word(end + 1)) {
            ("qua" | "tới" | "nay", _) => 1,
            ("gần", "đây") | ("liên", "tiếp" | "tục") | ("vừa", "qua") | ("thực", "hiện") | ("triển", "khai") => {
                2
            }
            ("trở", "lại") => 3,
            _ => 0,
        };
        end += marked;
        let bracket = usize::from(self.word(end) == "(");
        if let Some(span) = self.years(end + bracket) {
            end = span.end + usize::from(bracket == 1 && self.word(span.end) == ")");
            dated = Some(span);
        }
        let months = matches!(self.word(from + 1), "năm" | "tháng");
        if marked == 0 && dated.is_none() && !(preposition && months) {
            return None;
        }
        Some(Span {
            end,
            first: dated.and_then(|span| span.first),
            last: dated.and_then(|span| span.last),
        })
    }

    /// `GDP 6 tháng ước đạt`, `9 tháng, tỉnh đã …`: the months of the year so far, before a verb or a comma.
    fn is_part_of_year(&self, at: usize) -> bool {
        let begins = self.analysis.sentence_at(at).start == at
            || self.analysis.kind(at - 1) == Kind::Word && !matches!(self.word(at - 1), "sau" | "hơn" | "gần" | "mất")
            || self.word(at - 1) == ",";
        let verb = matches!(self.word(at + 2), "đạt" | "ước" | "tăng" | "giảm" | "là" | ",");
        let months = matches!(self.word(at), "3" | "6" | "9" | "sáu" | "ba" | "chín");
        begins && verb && months && self.word(at + 1) == "tháng"
    }

    /// `thời gian qua`, `những năm gần đây`, `những tháng cuối năm`.
    fn vague(&self, at: usize) -> Option<Span> {
        let from = match (self.word(at), self.word(at + 1)) {
            ("thời", "gian") => at + 2,
            ("những" | "các", "năm" | "tháng") => at + 2,
            _ => return None,
        };
        match (self.word(from), self.word(from + 1)) {
            ("qua" | "tới", _) => Some(Span::open(from + 1)),
            ("gần", "đây") | ("vừa", "qua") | ("sắp", "tới") | ("tiếp", "theo") => {
                Some(Span::open(from + 2))
            }
            ("đầu" | "cuối", "năm") if self.word(at + 1) == "tháng" => {
                let (end, _) = self.year_after(from + 1);
                Some(Span::open(end.max(from + 2)))
            }
            _ => None,
        }
    }

    /// A day as a period: `trong ngày 3/7`.
    fn day(&self, at: usize) -> Option<Span> {
        let date = self.date_at(at).filter(|date| date.day.is_some())?;
        Some(Span::new(date.tokens.end, date.bounds()))
    }

    fn date_at(&self, at: usize) -> Option<&DateMention> {
        let index = self.dates.partition_point(|date| date.tokens.start < at);
        self.dates.get(index).filter(|date| date.tokens.start == at)
    }

    /// What a figure is compared with: after `so với`, or `cùng kỳ` itself.
    fn is_comparison(&self, at: usize) -> bool {
        let word = |back: usize| at.checked_sub(back).map_or("", |token| self.word(token));
        self.word(at) == "cùng"
            || word(1) == "so"
            // `cao nhất` | `trong 10 năm gần đây`; not `chậm nhất` | `đến năm 2025`
            || word(1) == "nhất"
                && self.word(at) != "hiện"
                && !matches!(word(2), "chậm" | "muộn" | "sớm" | "đây" | "mới" | "gần")
            || (word(2), word(1)) == ("so", "với")
            || (word(2), word(1)) == ("cùng", "kỳ")
            || (word(3), word(2)) == ("so", "với")
    }
}
