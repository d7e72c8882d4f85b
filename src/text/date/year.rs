//! Years that a mention does not write: from the same day elsewhere, from publication, from what the text is about.

use chrono::{Datelike, Days, NaiveDate};
use rustc_hash::FxHashMap;

use super::{Basis, DateMention, numeric};
use crate::text::analysis::Analysis;

/// News tells of what was, and of what comes soon: a day without a year lies at most so far after publication.
const MAX_DAYS_AHEAD: u64 = 120;

/// From this month on, plans for a year may be made in the year before.
const PLANNING_MONTH: u32 = 10;

/// From this month on, a text that speaks of the last months of a year may be written in that year.
const MIDYEAR_PLANNING_MONTH: u32 = 5;

/// Tokens before a year in which its cue may stand.
const CUE_WINDOW: usize = 12;

/// Gives years to mentions without one; mentions that no year fits keep none.
pub(super) fn fill(dates: &mut [DateMention], published: Option<NaiveDate>) {
    // Anniversaries (`2/9/1945`) say nothing of the day in the year of the news.
    let is_recent = |year: i32| published.is_none_or(|date| (date.year() - 2..=date.year() + 1).contains(&year));
    let mut written: FxHashMap<(u32, u32), i32> = FxHashMap::default();
    for date in dates.iter() {
        if let (Some(month), Some(day), Some(year)) = (date.month, date.day, date.year)
            && is_recent(year)
        {
            let latest = written.entry((month, day)).or_insert(year);
            *latest = year.max(*latest);
        }
    }
    for date in dates.iter_mut().filter(|date| date.year.is_none()) {
        let (Some(month), day) = (date.month, date.day) else {
            continue;
        };
        if let Some(&year) = day.and_then(|day| written.get(&(month, day))) {
            date.year = Some(year);
            date.basis = Basis::Explicit;
        } else if let Some(published) = published
            && let Some(year) = nearest_year(month, day, published)
        {
            date.year = Some(year);
            date.basis = Basis::Published;
        } else {
            date.basis = Basis::Explicit;
        }
    }
}

/// The latest year in which the day is not long after publication.
fn nearest_year(month: u32, day: Option<u32>, published: NaiveDate) -> Option<i32> {
    let limit = published.checked_add_days(Days::new(MAX_DAYS_AHEAD))?;
    let year = published.year();
    // Five years back reach a 29 February.
    (year - 4..=year + 1)
        .rev()
        .find(|&year| NaiveDate::from_ymd_opt(year, month, day.unwrap_or(1)).is_some_and(|date| date <= limit))
}

/// The year in which a text plays, and what says so.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DocumentYear {
    /// Latest year whose halves, quarters or months the text tells of, and the first month from which one does so.
    under_way: Option<(i32, u32)>,
    /// The one year for which it makes plans.
    planned: Option<i32>,
}

impl DocumentYear {
    /// Reads the cues of a text.
    pub(super) fn of(analysis: &Analysis) -> DocumentYear {
        let mut under_way: Option<(i32, u32)> = None;
        let mut planned: Vec<i32> = Vec::new();
        for at in 0..analysis.len() {
            let Some(year) = numeric::year_number(analysis, at) else {
                continue;
            };
            if let Some(month) = under_way_from(analysis, at) {
                under_way = match under_way {
                    Some((latest, first)) if latest == year => Some((year, first.min(month))),
                    Some((latest, first)) if latest > year => Some((latest, first)),
                    _ => Some((year, month)),
                };
            } else if is_planned(analysis, at) {
                planned.push(year);
            }
        }
        planned.sort_unstable();
        planned.dedup();
        DocumentYear {
            under_way,
            planned: if planned.len() == 1 {
                planned.first().copied()
            } else {
                None
            },
        }
    }

    /// The year, for a day that is not known.
    pub(super) fn year(&self) -> Option<i32> {
        self.under_way.map(|(year, _)| year).or(self.planned)
    }

    /// The year, for a day in `month`; none for a month in which the text would speak of the year before.
    pub(super) fn for_month(&self, month: u32) -> Option<i32> {
        match self.under_way {
            Some((year, first)) => (month + 1 >= first).then_some(year),
            None => self.planned.filter(|_| month < PLANNING_MONTH),
        }
    }
}

/// The month from which a text may speak so of the year at `at`: `6 tháng đầu năm 2017` 6, `6 tháng cuối năm 2017` 5,
/// `những tháng còn lại của năm 2016`, `năm nay (2017)`, `thường kỳ tháng 6/2017`, `họp
/// quý II/2017` 1. None for other years and for what they are compared with.
fn under_way_from(analysis: &Analysis, at: usize) -> Option<u32> {
    let word = |back: usize| at.checked_sub(back).map_or("", |token| analysis.word(token));
    let compared = (2..CUE_WINDOW).any(|back| matches!((word(back + 1), word(back)), ("cùng", "kỳ") | ("so", "với")));
    if compared {
        return None;
    }
    let session = |end: usize| session_month(analysis, end).then_some(1);
    match word(1) {
        "(" => ((word(3), word(2)) == ("năm", "nay")).then_some(1),
        "/" | "-" => session(at - 1),
        "năm" => {
            let months = || at.checked_sub(4).and_then(|token| numeric::plain(analysis, token));
            let part = match (word(3), word(2)) {
                ("tháng", "đầu") => Some(months().unwrap_or(1)),
                ("quý", "đầu") => Some(3),
                ("nửa", "đầu") => Some(6),
                ("tháng" | "quý" | "nửa", "cuối") => Some(MIDYEAR_PLANNING_MONTH),
                ("còn", "lại") => Some(1),
                ("lại", "của") if word(4) == "còn" => Some(1),
                _ => None,
            };
            part.or_else(|| session(at - 1))
        }
        _ => None,
    }
}

/// The month or quarter that ends before `end` is that of a regular session: `thường kỳ tháng 6`, `phiên họp quý II`.
fn session_month(analysis: &Analysis, end: usize) -> bool {
    let word = |back: usize| end.checked_sub(back).map_or("", |token| analysis.word(token));
    matches!(word(2), "tháng" | "quý")
        && matches!(
            (word(4), word(3)),
            ("thường", "kỳ") | ("phiên", "họp") | ("hội", "nghị") | ("giao", "ban")
        )
}

/// `triển khai kế hoạch năm 2019`, `phương hướng, nhiệm vụ năm 2019`, `năm 2017 là “Năm …”`, `từ nay đến cuối năm 2017`; not `năm 2016 là năm`.
fn is_planned(analysis: &Analysis, at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map_or("", |token| analysis.word(token));
    // "từ nay đến hết tháng 8/2017"
    let until = (2..7).any(|back| (word(back + 2), word(back + 1), word(back)) == ("từ", "nay", "đến"));
    if until && matches!(word(1), "/" | "-") {
        return true;
    }
    if word(1) != "năm" {
        return false;
    }
    // "dự kiến cuối năm 2017 hoàn thành"
    let expected = (word(4), word(3)) == ("dự", "kiến") || (word(5), word(4)) == ("dự", "kiến");
    if word(2) == "cuối" && expected {
        return true;
    }
    if analysis.word(at + 1) == "là" && matches!(analysis.word(at + 2), "“" | "\"") {
        return true;
    }
    if word(2) == "cuối" && (word(5), word(4), word(3)) == ("từ", "nay", "đến") {
        return true;
    }
    let goal = matches!((word(3), word(2)), ("kế", "hoạch") | ("nhiệm", "vụ") | ("công", "tác"));
    let sets_out = (3..CUE_WINDOW).any(|back| {
        matches!(
            (word(back + 1), word(back)),
            ("triển", "khai") | ("phương", "hướng") | ("nhiệm", "vụ")
        )
    });
    goal && sets_out
}
