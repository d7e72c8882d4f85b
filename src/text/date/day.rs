//! Mentions of days and months: what stands before the numbers (`Sáng nay (`, `chiều ngày`, `thứ Sáu, ngày`) and days
//! without numbers (`hôm qua`, `thứ Sáu tuần trước`).

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::numeric::{self, Written};
use super::{Basis, DateMention, LastDay, PartOfDay};
use crate::lexicon::ClosedClass;
use crate::text::analysis::Analysis;
use crate::text::token::{Case, Kind};

/// Words that end a day's numbers like `đến 30/6` rather than start what they would count (`đến 30/6 đơn vị`).
const AFTER_DAY: [&str; 34] = [
    "đến", "tới", "và", "năm", "hằng", "hàng", "tại", "thì", "vừa", "này", "là", "trong", "để", "sẽ", "đã", "có",
    "theo", "nhưng", "mà", "của", "ở", "do", "cho", "mới", "phải", "đều", "cả", "toàn", "như", "khi", "sắp", "qua",
    "trên", "với",
];

/// Measures: `sáng 5-6 giờ`, `chiều 2-3 tiếng` are no dates.
const MEASURES: [&str; 20] = [
    "giờ", "tiếng", "phút", "giây", "ngày", "tuần", "tháng", "lần", "lượt", "người", "con", "cái", "chiếc", "m", "km",
    "kg", "mét", "triệu", "tỷ", "nghìn",
];

/// The day that words give without numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Words {
    /// Days from publication: hôm nay 0, hôm qua -1.
    Offset(i64),
    /// A day of the week, and weeks from the week of publication; none for the latest such day.
    Weekday(Weekday, Option<i64>),
    /// cùng ngày: the day that was named last.
    Same,
}

/// Every mention of a day or a month, by first token; years are as written.
pub(super) fn find(analysis: &Analysis, published: Option<NaiveDate>) -> Vec<DateMention> {
    let mut found: Vec<DateMention> = Vec::new();
    let mut at = 0;
    while at < analysis.len() {
        let opens = analysis.kind(at) == Kind::Number || analysis.is(at, ClosedClass::DayOpener);
        let mention = opens.then(|| mention_at(analysis, at, published, &found));
        match mention.flatten() {
            Some(mention) => {
                at = mention.tokens.end;
                found.push(mention);
            }
            None => at += 1,
        }
    }
    found
}

/// `Quyết định số 12/QĐ-UBND` | `ngày 3/5/2018`: the day of a document, by the capitals of its symbol.
fn is_of_document(analysis: &Analysis, at: usize) -> bool {
    at > 1
        && analysis.case(at - 1) == Case::Upper
        && matches!(analysis.surface(at - 2), "-" | "/")
        && !analysis.tokens[at - 1].spaced
}

/// The mention that starts at `start`, with a number or a [`ClosedClass::DayOpener`].
fn mention_at(
    analysis: &Analysis,
    start: usize,
    published: Option<NaiveDate>,
    earlier: &[DateMention],
) -> Option<DateMention> {
    let explicit = |written: Written, part_of_day| DateMention {
        tokens: start..written.end,
        year: written.year,
        month: written.month,
        day: written.day,
        basis: if written.year.is_some() {
            Basis::Explicit
        } else {
            Basis::Published
        },
        part_of_day,
        last: written.last,
    };
    if analysis.kind(start) == Kind::Number {
        if numeric::continues(analysis, start) || is_symbol_word(analysis, start) {
            return None;
        }
        return numeric::full(analysis, start)
            .or_else(|| deadline(analysis, start))
            .map(|written| explicit(written, None));
    }
    if analysis.word(start) == "tháng" {
        return numeric::month_of(analysis, start).map(|written| explicit(written, None));
    }
    let (after_part, part) = part_of_day(analysis, start);
    let (after_words, words) =
        day_words(analysis, after_part, part.is_some()).map_or((after_part, None), |(end, words)| (end, Some(words)));
    let (numbers_at, day_word) = before_numbers(analysis, after_words, words.is_some());
    if part.is_none() && words.is_none() && !day_word {
        return None;
    }
    let is_rate = day_word && part.is_none() && words.is_none() && counts_days(analysis, start);
    // "trong 2 ngày (5 và 6/6)", "trong ba ngày, từ 5 đến 7/6"
    let introduced = (numbers_at..numbers_at + 3)
        .take_while(|&token| is_rate && matches!(analysis.word(token), "(" | "," | "từ" | "ngày"))
        .count();
    let numbers_at = numbers_at + introduced;
    let written = if is_rate {
        numeric::full(analysis, numbers_at).or_else(|| ranged(analysis, numbers_at))
    } else {
        numeric::day_of_month(analysis, numbers_at)
    };
    let written = written.filter(|written| {
        let counts = written.year.is_none() && MEASURES.contains(&analysis.word(written.end));
        !counts || day_word
    });
    if let Some(mut written) = written {
        if let Some((end, last)) = range_end(analysis, start, &written) {
            written.end = end;
            written.last = Some(last);
            let ordered = (written.month, written.day) <= (Some(last.month), Some(last.day));
            written.year = written.year.or(last.year.filter(|_| ordered));
        }
        // A bracket opened between the words and the numbers belongs to the mention.
        let bracket = (after_words..numbers_at).any(|token| analysis.word(token) == "(");
        if bracket && analysis.word(written.end) == ")" {
            written.end += 1;
        }
        return Some(explicit(written, part));
    }
    let words = words?;
    let mention = DateMention {
        tokens: start..after_words,
        year: None,
        month: None,
        day: None,
        basis: Basis::Relative,
        part_of_day: part,
        last: None,
    };
    if words == Words::Same {
        // The day of an event, not one by which something must be done.
        let is_event = |date: &&DateMention| {
            date.day.is_some() && !is_limit(analysis, date.tokens.start) && !is_of_document(analysis, date.tokens.start)
        };
        let previous = earlier.iter().rfind(is_event)?;
        return Some(DateMention {
            year: previous.year,
            month: previous.month,
            day: previous.day,
            basis: previous.basis,
            ..mention
        });
    }
    let date = published.and_then(|published| resolve(words, published));
    Some(DateMention {
        year: date.map(|date| date.year()),
        month: date.map(|date| date.month()),
        day: date.map(|date| date.day()),
        ..mention
    })
}

/// `sáng`, `chiều muộn`, `đầu giờ chiều`: the token after them.
fn part_of_day(analysis: &Analysis, at: usize) -> (usize, Option<PartOfDay>) {
    let from = match (analysis.word(at), analysis.word(at + 1)) {
        ("đầu" | "cuối", "giờ" | "buổi") => at + 2,
        ("buổi", _) => at + 1,
        _ => at,
    };
    match PartOfDay::of_word(analysis.word(from)) {
        Some(part) => {
            let late = matches!(analysis.word(from + 1), "sớm" | "muộn");
            (from + 1 + usize::from(late), Some(part))
        }
        None => (at, None),
    }
}

/// `nay` after a part of the day, `hôm qua`, `ngày mai`, `thứ Sáu tuần trước`, `cùng ngày`.
fn day_words(analysis: &Analysis, at: usize, after_part: bool) -> Option<(usize, Words)> {
    let next = analysis.word(at + 1);
    match analysis.word(at) {
        "nay" if after_part => Some((at + 1, Words::Offset(0))),
        "qua" if after_part => Some((at + 1, Words::Offset(-1))),
        "mai" if after_part => Some((at + 1, Words::Offset(1))),
        "hôm" => match next {
            "nay" => Some((at + 2, Words::Offset(0))),
            "qua" => Some((at + 2, Words::Offset(-1))),
            "kia" => Some((at + 2, Words::Offset(-2))),
            _ => None,
        },
        "ngày" => match next {
            "mai" => Some((at + 2, Words::Offset(1))),
            "kia" => Some((at + 2, Words::Offset(2))),
            "hôm" => day_words(analysis, at + 1, false),
            _ => None,
        },
        "cùng" if next == "ngày" => Some((at + 2, Words::Same)),
        "thứ" | "chủ" => weekday(analysis, at, after_part),
        _ => None,
    }
}

fn weekday(analysis: &Analysis, at: usize, after_part: bool) -> Option<(usize, Words)> {
    let day = match (analysis.word(at), analysis.word(at + 1)) {
        ("thứ", "hai" | "2") => Weekday::Mon,
        ("thứ", "ba" | "3") => Weekday::Tue,
        ("thứ", "tư" | "4") => Weekday::Wed,
        ("thứ", "năm" | "5") => Weekday::Thu,
        ("thứ", "sáu" | "6") => Weekday::Fri,
        ("thứ", "bảy" | "7") => Weekday::Sat,
        ("chủ", "nhật") => Weekday::Sun,
        _ => return None,
    };
    let weeks = match (analysis.word(at + 2), analysis.word(at + 3)) {
        ("tuần", "trước" | "qua") => Some(-1),
        ("tuần", "này") => Some(0),
        ("tuần", "sau" | "tới") => Some(1),
        _ => None,
    };
    if weeks.is_some() {
        return Some((at + 4, Words::Weekday(day, weeks)));
    }
    // `phiên họp thứ hai` is no Monday: only a date after it or a part of the day before it makes it one.
    let (numbers_at, _) = before_numbers(analysis, at + 2, true);
    let dated = numbers_at > at + 2 && numeric::day_of_month(analysis, numbers_at).is_some();
    (dated || after_part).then_some((at + 2, Words::Weekday(day, None)))
}

/// Where the numbers may start after the words for the day, and whether a word announces them.
fn before_numbers(analysis: &Analysis, at: usize, after_words: bool) -> (usize, bool) {
    let at = match analysis.word(at) {
        "," | "(" if after_words => at + 1,
        _ => at,
    };
    match (analysis.word(at), analysis.word(at + 1)) {
        ("ngày", "mùng" | "mồng") => (at + 2, true),
        ("ngày" | "hôm" | "mùng" | "mồng", _) => (at + 1, true),
        _ => (at, false),
    }
}

/// `mỗi ngày 5/6`, `3 ngày 5-7`: the days are counted, so two numbers behind them are none.
fn counts_days(analysis: &Analysis, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return false;
    };
    analysis.word(at) == "ngày"
        && (numeric::plain(analysis, before).is_some()
            || matches!(
                analysis.word(before),
                "mỗi" | "một" | "hai" | "ba" | "bốn" | "hằng" | "hàng" | "nhiều"
            ))
}

/// `hai ngày 5-6/7`, `3 ngày 5, 6, 7/8`: several days that carry their month.
fn ranged(analysis: &Analysis, at: usize) -> Option<Written> {
    numeric::plain(analysis, at)?;
    let written = numeric::day_of_month(analysis, at)?;
    let single = written.end == at + 3 || analysis.word(at + 1) == "tháng";
    (!single).then_some(written)
}

/// `đến 30/6`, `trước 15/8`: two numbers that cannot be a fraction, after a word for a limit of time.
fn deadline(analysis: &Analysis, at: usize) -> Option<Written> {
    let before = analysis.word(at.checked_sub(1)?);
    if !matches!(
        before,
        "đến" | "tới" | "hết" | "trước" | "từ" | "sau" | "vào" | "điểm" | "dịp"
    ) || analysis.word(at + 1) != "/"
    {
        return None;
    }
    let written = numeric::day_of_month(analysis, at)?;
    let (day, month) = (written.day?, written.month?);
    // `từ 1/1 đến 30/6`: the second one cannot be a fraction.
    let later = matches!(analysis.word(written.end), "đến" | "tới")
        .then(|| numeric::day_of_month(analysis, written.end + 1))
        .flatten();
    let ranges = before == "từ" && later.is_some_and(|later| later.day > later.month);
    let ends = written.year.is_some()
        || analysis.kind(written.end) != Kind::Word
        || AFTER_DAY.contains(&analysis.word(written.end));
    ((day > month || ranges) && (day, month) != (24, 7) && ends).then_some(written)
}

/// `trước ngày 10/6`, `hạn chót 10/6`, `sau 1/7/2025`.
fn is_limit(analysis: &Analysis, start: usize) -> bool {
    start > 0
        && matches!(
            analysis.word(start - 1),
            "trước" | "sau" | "hạn" | "nhất" | "chót" | "từ" | "đến" | "tới"
        )
}

/// A number of a document: `số 18/3/2017`.
fn is_symbol_word(analysis: &Analysis, at: usize) -> bool {
    at > 0 && analysis.word(at - 1) == "số"
}

/// `từ ngày 1/10/2016 đến 30/6/2017`: the end of the range.
fn range_end(analysis: &Analysis, start: usize, first: &Written) -> Option<(usize, LastDay)> {
    let joined = matches!(analysis.word(first.end), "đến" | "tới" | "-" | "–");
    if start == 0 || analysis.word(start - 1) != "từ" || !joined {
        return None;
    }
    let mut at = first.end + 1;
    while matches!(analysis.word(at), "hết" | "ngày" | "sáng" | "chiều" | "tối") {
        at += 1;
    }
    let Written {
        end, day, month, year, ..
    } = numeric::day_of_month(analysis, at)?;
    let last = LastDay {
        year,
        month: month?,
        day: day?,
    };
    Some((end, last))
}

/// The day that `words` mean in a text published on `published`.
fn resolve(words: Words, published: NaiveDate) -> Option<NaiveDate> {
    let shift = |days: i64| {
        let distance = Days::new(days.unsigned_abs());
        if days < 0 {
            published.checked_sub_days(distance)
        } else {
            published.checked_add_days(distance)
        }
    };
    match words {
        Words::Offset(days) => shift(days),
        Words::Weekday(day, weeks) => {
            let ahead = i64::from(day.num_days_from_monday()) - i64::from(published.weekday().num_days_from_monday());
            match weeks {
                Some(weeks) => shift(ahead + 7 * weeks),
                None => shift(if ahead > 0 { ahead - 7 } else { ahead }),
            }
        }
        Words::Same => None,
    }
}
