//! How a figure hangs together with those beside it: the same quantity at two times or in another unit, a bar that was
//! passed, a list.

use super::Reading;
use super::bare::CHANGE;
use super::clause::trim_to_last;
use super::compose::{SHORT, counts};
use super::figure::Figure;
use super::unit::UnitKind;
use crate::lexicon::Class;
use crate::text::analysis::TokenRange;
use crate::text::token::Kind;

/// How many tokens behind a figure the end of the change from it may be told.
const ORIGIN_REACH: usize = 8;
/// Longest noun between `tương ứng` and its figure.
const MAX_EQUIVALENT: usize = 5;

/// `từ 36 xuống 15 sở`, `từ 711 chi cục vào năm 2015 giảm còn 414 chi cục`: one quantity at two times.
pub fn changes_to(reading: Reading, previous: &Figure, figure: &Figure) -> bool {
    let own_unit = previous.unit.tokens.start < figure.tokens.start;
    let from = if own_unit {
        previous.tokens.end.max(previous.unit.tokens.end)
    } else {
        previous.tokens.end
    };
    let gap = from..figure.tokens.start;
    let begins = previous.tokens.start > 0 && reading.word(previous.tokens.start - 1) == "từ";
    let mut changed = false;
    let light = gap.clone().all(|at| {
        let word = reading.word(at);
        let change = matches!(word, "xuống" | "còn" | "lên" | "đến" | "tới" | "thành");
        changed |= change;
        change
            || reading.dates.is_date_token(at)
            || matches!(word, "tối" | "đa" | "(" | ")" | "chỉ" | ",")
            || begins && matches!(word, "vào" | "tăng" | "giảm" | "đạt")
    });
    light && changed && previous.unit.kind == figure.unit.kind
}

/// `giảm từ 35 phút` | `xuống 10 phút`: the level at which a change starts.
pub fn is_origin(reading: Reading, figure: &Figure) -> bool {
    let (start, end) = (figure.tokens.start, figure.tokens.end.max(figure.unit.tokens.end));
    figure.rule == CHANGE
        || start > figure.sentence.start
            && reading.word(start - 1) == "từ"
            && (end..(end + ORIGIN_REACH).min(figure.sentence.end))
                .take_while(|&at| !matches!(reading.word(at), "," | ";" | "."))
                .any(|at| matches!(reading.word(at), "xuống" | "lên" | "còn" | "thành"))
}

/// `13,2%, tương đương 5.600 người`, `tương ứng số tiền 12 tỷ đồng`: the same quantity in another unit, with the noun
/// that names it.
pub fn equivalent(reading: Reading, figure: &Figure) -> Option<TokenRange> {
    let at = figure.tokens.start;
    let link = |from: usize| reading.word(from) == "tương" && matches!(reading.word(from + 1), "đương" | "ứng");
    let from = (at.saturating_sub(2 + MAX_EQUIVALENT)..at.saturating_sub(1))
        .rev()
        .find(|&from| link(from))?;
    let noun = trim_to_last(reading, from + 2..at, MAX_EQUIVALENT);
    let plain = (from + 2..at).all(|token| reading.analysis.kind(token) == Kind::Word);
    plain.then_some(noun)
}

/// `6 bộ` | `đạt dưới 85%`, `10 tỉnh` | `vượt mốc 50 điểm`: the bar that those who are counted have passed or missed.
pub fn threshold(reading: Reading, figure: &Figure, next: Option<&Figure>) -> Option<TokenRange> {
    let next = next.filter(|next| !counts(next))?;
    let start = figure.tokens.end.max(figure.unit.tokens.end);
    let verb = reading
        .analysis
        .longest(start, Class::MeasureVerb)
        .map_or(0, |(len, _)| len);
    let bar =
        next.qualifier.is_some() || matches!(reading.word(next.tokens.start.wrapping_sub(1)), "mốc" | "từ" | "ngưỡng");
    let near = start + verb <= next.tokens.start && next.tokens.start - start <= SHORT;
    let plain = (start..next.tokens.start).all(|at| reading.analysis.kind(at) == Kind::Word);
    (verb > 0 && bar && near && plain).then(|| start..next.tokens.end.max(next.unit.tokens.end))
}

/// `thông qua 51 luật và 39 nghị quyết`, `thu hồi 19 tỷ đồng, 46 ha đất`: two objects of one verb. `told` is the phrase behind
/// the first.
pub fn lists_with(reading: Reading, previous: Option<&Figure>, told: &TokenRange, figure: &Figure) -> bool {
    previous.is_some_and(|previous| {
        // They may share the phrase behind the second.
        let own = !told.is_empty() && told.end <= figure.tokens.start;
        let end = if own { told.end } else { previous.unit.tokens.end };
        let gap = end.min(figure.tokens.start)..figure.tokens.start;
        let object = counts(previous) || previous.unit.kind == UnitKind::Currency;
        object && !gap.is_empty() && gap.clone().all(|at| matches!(reading.word(at), "," | "và"))
    })
}

/// `200 tỷ đồng cho 40 dự án của 21 địa phương`: tied to the figure before by one word.
pub fn follows_of(reading: Reading, figure: &Figure, previous: Option<&Figure>) -> bool {
    let start = figure.tokens.start;
    previous.is_some_and(|previous| start > previous.unit.tokens.end && start - previous.unit.tokens.end <= 6)
        && matches!(reading.word(start.wrapping_sub(1)), "của" | "cho")
}
