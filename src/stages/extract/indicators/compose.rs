//! Puts a label together: which stretches around a figure tell what it measures, by the way it is told.

use super::Reading;
use super::agent::without_person;
use super::clause::{Before, Verb, nearest_subject, trim_to_last};
use super::completion::{aim_before, carrier, earlier_sentence};
use super::counted::counted;
use super::figure::Figure;
use super::linked::{changes_to, equivalent, is_origin};
use super::multiple::is_multiple;
use super::parts::{LEAST, Parts, Told};
use super::phrase::{comparison_behind, is_comparison};
use super::ranking::{index_before, leader, ranked, tells_rank};
use super::topic::Topic;
use super::unit::UnitKind;
use super::words::{begins_circumstance, is_area_word, is_bar, is_bare_amount};
use crate::lexicon::Class;
use crate::text::analysis::TokenRange;

/// Words of the clause before a counted noun that go into the label.
pub const MAX_VERB: usize = 8;
/// A subject of fewer words is completed from its surroundings.
pub const SHORT: usize = 5;
/// A subject of fewer words takes the phrase behind the figure too.
const LONG: usize = 7;

/// All from which the label of a figure can be taken.
pub struct Surroundings<'a, 'f> {
    /// The figure before in the same sentence.
    pub previous: Option<&'a Figure<'f>>,
    /// The phrase behind that figure.
    pub told: TokenRange,
    pub before: &'a Before,
    /// The phrase behind the figure.
    pub phrase: &'a TokenRange,
    /// The figure behind in the same sentence.
    pub next: Option<&'a Figure<'f>>,
    pub topic: &'a Topic,
    /// What the sentence before was about.
    pub earlier: &'a Parts,
}

impl Surroundings<'_, '_> {
    /// Where the search backwards ends: behind the figure before, else at the start of the sentence.
    pub fn floor(&self, figure: &Figure) -> usize {
        self.previous
            .map_or(figure.sentence.start, |previous| previous.tokens.end)
            .min(figure.tokens.start)
    }
}

/// The figure counts a noun that stands with it.
pub fn counts(figure: &Figure) -> bool {
    match figure.unit.kind {
        UnitKind::Count | UnitKind::Measure => !figure.unit.tokens.is_empty(),
        // `18 triệu ngày công`
        UnitKind::Duration => figure.unit.tokens.len() > 1,
        _ => false,
    }
}

/// The stretches that make up the label of `figure`.
pub fn compose(reading: Reading, figure: &Figure, around: &Surroundings) -> Parts {
    let mut parts = told(reading, figure, around);
    let dated = |range: &TokenRange| range.clone().all(|at| reading.dates.is_date_token(at));
    if !around.topic.parts.is_empty() && parts.iter().all(dated) {
        // `đạt 5 tỷ USD, năm 2021 đạt 6 tỷ USD`
        parts = around.topic.parts.clone();
        parts.told = Told::Inherited;
    }
    if parts.words() < LONG && around.previous.is_none() && !around.before.is_headed() {
        parts.push(aim_before(reading, figure));
    }
    if around.before.verb == Verb::Change && figure.unit.kind != UnitKind::Rank && around.phrase.is_empty() {
        parts.push(comparison_behind(reading, figure));
    }
    parts
}

/// What is measured, before what a change is compared with.
fn told(reading: Reading, figure: &Figure, around: &Surroundings) -> Parts {
    let topic = around.topic;
    if figure.unit.kind == UnitKind::Rank {
        return ranked(reading, figure, around);
    }
    let mut parts = Parts::default();
    if let Some(aspect) = aspect(reading, figure, around) {
        let bare = reading
            .analysis
            .longest(aspect.start, Class::MeasureNoun)
            .is_some_and(|(len, _)| len == aspect.len());
        if bare && !topic.parts.is_empty() {
            // `gấp 2 lần về số lượng`: of what was told before.
            parts.extend(&topic.parts);
            parts.told = Told::Inherited;
        }
        parts.push(aspect);
        let change = &around.before.change;
        parts.push(if change.is_empty() { &topic.change } else { change }.clone());
        return parts;
    }
    let explains = |previous: &Figure| {
        is_multiple(previous) && figure.is_parenthesised(reading) && previous.tokens.end + 1 == figure.tokens.start
    };
    if around.previous.is_some_and(explains) {
        // `rộng gấp đôi (gần 10.000 ha)`
        parts.extend(&topic.parts);
        parts.told = Told::Inherited;
        return parts;
    }
    if !topic.parts.is_empty() {
        if is_origin(reading, figure) && around.before.subject.is_empty() {
            // `Số hồ sơ tăng gấp 3 lần, từ 200 …`
            parts.extend(&topic.parts);
            parts.told = Told::Inherited;
            return parts;
        }
        if around
            .previous
            .is_some_and(|previous| changes_to(reading, previous, figure))
        {
            parts.extend(&topic.parts);
            // `từ 5 ngày` | `xuống còn 3 ngày`: the level it has come to.
            if matches!(reading.word(around.before.change.start), "tăng" | "giảm") {
                parts.push(around.before.change.clone());
            }
            parts.told = Told::Inherited;
            return parts;
        }
        if let Some(noun) = equivalent(reading, figure) {
            parts.push(noun);
            parts.extend(&topic.parts);
            parts.push(topic.change.clone());
            if counts(figure) {
                parts.push(figure.unit.tokens.clone());
            }
            parts.told = Told::Inherited;
            return parts;
        }
    }
    if counts(figure) {
        return counted(reading, figure, around);
    }
    let before = around.before;
    let compared = is_comparison(reading, around.phrase);
    let noun_behind = !around.phrase.is_empty() && !compared && !begins_circumstance(reading.word(around.phrase.start));
    let counted_behind = noun_behind && figure.unit.kind == UnitKind::Percent;
    // `đảm bảo chỉ tiêu 50% thủ tục được cung cấp trực tuyến`
    let end = before.subject.end;
    let aims = before.is_headed() && end >= 2 && is_bar(reading.word(end - 2), reading.word(end - 1));
    if counted_behind
        && (!before.is_headed() || aims)
        && before.verb != Verb::Share
        && !figure.is_parenthesised(reading)
    {
        return share_of(reading, around);
    }
    if let Some(spent) = purpose(reading, figure, around) {
        return spent;
    }
    parts = measured(reading, figure, around);
    if parts.words() < LEAST && around.phrase.is_empty() {
        // `đạt kết quả 92%`: the clause before says of what.
        let first = parts.iter().next().map_or(figure.tokens.start, |part| part.start);
        let floor = around.floor(figure);
        if floor < first && first <= figure.tokens.start {
            let mut fuller = Parts::default();
            fuller.told = Told::Clause;
            fuller.push(trim_to_last(reading, floor..first, MAX_VERB));
            fuller.extend(&parts);
            parts = fuller;
        }
    }
    parts.push(before.change.clone());
    if compared || before.verb == Verb::Share || noun_behind && parts.words() < LONG {
        parts.push(around.phrase.clone());
    }
    parts
}

/// `tăng 15% về số doanh nghiệp`: the measured noun behind a change.
fn aspect(reading: Reading, figure: &Figure, around: &Surroundings) -> Option<TokenRange> {
    let phrase = around.phrase;
    let listed = reading.word(around.before.verb_start.wrapping_sub(1)) == "và" && !around.topic.change.is_empty();
    let told = (around.before.verb == Verb::Change || is_multiple(figure) || listed)
        && reading.word(phrase.start) == "về"
        && reading.analysis.longest(phrase.start + 1, Class::MeasureNoun).is_some();
    let ends = |at: &usize| {
        matches!(
            (reading.word(*at), reading.word(*at + 1)),
            ("và" | ",", _) | ("so", "với")
        )
    };
    told.then(|| phrase.start + 1..phrase.clone().find(ends).unwrap_or(phrase.end))
}

/// `bố trí 3 tỷ đồng để mua sắm trang thiết bị`: what the money is for, behind the verb.
fn purpose(reading: Reading, figure: &Figure, around: &Surroundings) -> Option<Parts> {
    let (before, phrase) = (around.before, around.phrase);
    let told = figure.unit.kind == UnitKind::Currency
        && matches!(reading.word(phrase.start), "để" | "cho" | "vào")
        && phrase.len() >= LEAST
        && !before.is_headed()
        && !figure.is_parenthesised(reading);
    if !told {
        return None;
    }
    let mut parts = Parts::default();
    parts.told = Told::Clause;
    parts.push_told(
        reading,
        without_person(reading, trim_to_last(reading, before.subject.clone(), SHORT)),
    );
    parts.push(before.change.clone());
    parts.push(phrase.start + 1..phrase.end);
    Some(parts)
}

/// `giảm 15% chi phí`, `100% các sở công bố`: the noun behind is what is measured.
fn share_of(reading: Reading, around: &Surroundings) -> Parts {
    let (before, phrase) = (around.before, around.phrase);
    let mut parts = Parts::default();
    let predicate = matches!(
        reading.word(phrase.start),
        "chưa" | "không" | "thấy" | "phát" | "hài" | "rất" | "cảm"
    );
    if predicate && before.subject.is_empty() {
        parts.extend(&around.topic.parts);
    }
    if before.verb == Verb::Level || phrase.len() < SHORT && !before.subject.is_empty() {
        let told = trim_to_last(reading, before.subject.clone(), MAX_VERB);
        parts.push_told(reading, without_person(reading, told));
    }
    parts.push(before.change.clone());
    parts.push(phrase.clone());
    parts.told = Told::Share;
    parts
}

/// The subject of a figure that counts no noun, completed where it says too little.
fn measured(reading: Reading, figure: &Figure, around: &Surroundings) -> Parts {
    let (before, topic) = (around.before, around.topic);
    let mut parts = Parts::default();
    // `đạt 32,7% dự toán cả năm (tăng 17,8%)`: what the figure before is compared with.
    let compared = around.told.contains(&before.subject.start)
        && is_comparison(reading, &around.told)
        && (before.subject.end..figure.tokens.start).any(|at| reading.word(at) == "(");
    if before.subject.is_empty() || compared {
        let near = (!figure.is_parenthesised(reading))
            .then(|| nearest_subject(reading, around.floor(figure).min(before.verb_start), before.verb_start))
            .flatten()
            .filter(|near| !around.told.contains(&near.start));
        match near {
            Some(near) => {
                parts.push(near);
                parts.told = Told::Near;
            }
            None if !topic.parts.is_empty() => {
                parts.extend(&topic.parts);
                parts.told = Told::Inherited;
            }
            None => {
                parts.told = Told::Near;
                let end = before.verb_start;
                parts.push(nearest_subject(reading, earlier_sentence(reading, figure), end).unwrap_or_default());
            }
        }
        return parts;
    }
    let compares = before.verb == Verb::Change && reading.analysis.matches(before.subject.start, &["so", "với"]);
    if compares && !topic.parts.is_empty() {
        // `369 tỷ đồng, so với cùng kỳ năm 2016 tăng 104 tỷ đồng`
        parts.extend(&topic.parts);
        parts.push(before.subject.start..before.verb_start);
        parts.told = Told::Inherited;
        return parts;
    }
    if is_locative(reading, &before.subject) && !topic.parts.is_empty() {
        parts.extend(&topic.parts);
        parts.push(before.subject.clone());
        return parts;
    }
    let pointed = before.subject.len() <= SHORT
        && (before.subject.start..before.subject.end + 1).any(|at| reading.word(at) == "này");
    let told = if topic.parts.is_empty() {
        around.earlier
    } else {
        &topic.parts
    };
    if pointed && !told.is_empty() {
        // `con số này mới đạt 327 triệu USD`
        parts.told = Told::Bar;
        parts.extend(told);
        return parts;
    }
    if let Some(bar) = bar(reading, &before.subject).filter(|_| !topic.parts.is_empty()) {
        // `thấp hơn chỉ tiêu 90%`: the bar for what was measured before.
        parts.push(bar);
        parts.told = Told::Bar;
        parts.extend(&topic.parts);
        return parts;
    }
    if let Some((index, name)) = leader(reading, figure, before) {
        parts.push_told(reading, index);
        parts.push(name);
        parts.told = Told::Ranked;
        return parts;
    }
    let listed = !before.is_headed() && before.verb == Verb::None && before.subject.len() <= SHORT;
    if listed
        && around
            .previous
            .is_some_and(|previous| previous.unit.kind == figure.unit.kind)
    {
        parts.push(topic.head.clone());
    }
    if parts.is_empty() && is_extreme(reading, &before.subject) {
        // `Mức độ hài lòng đạt 84%, cao nhất là lĩnh vực đất đai 87%`
        parts.extend(&topic.parts);
    }
    if parts.is_empty() && !before.is_headed() && is_breakdown(reading, &before.subject) && around.phrase.is_empty() {
        // `Riêng Sơn La chỉ đạt 0,8%`: what the sentence before measured.
        let ranked = topic.parts.told == Told::Ranked
            || topic
                .parts
                .iter()
                .any(|part| part.clone().any(|at| tells_rank(reading, at)));
        if let Some(index) = ranked.then(|| index_before(reading, figure)).flatten() {
            // `Quảng Ninh dẫn đầu với 92,2%, tiếp đến là Hà Nội (91,4%)`: the index by which they are ranked.
            parts.push(index);
        } else {
            parts.extend(if topic.parts.is_empty() {
                around.earlier
            } else {
                &topic.parts
            });
        }
    }
    parts.told = if !parts.is_empty() {
        Told::Breakdown
    } else if before.is_headed() {
        Told::Headed
    } else {
        Told::Clause
    };
    parts.push_told(reading, without_person(reading, before.subject.clone()));
    // The words behind the figure before are told with that figure.
    let carrier = carrier(reading, figure, around);
    let carries = carrier.len() >= 2 && before.subject.len() < SHORT && !around.told.contains(&carrier.start);
    if carries {
        parts.push_told(reading, carrier);
    } else if before.subject.len() == 2 && sums_up(reading, before.subject.start) {
        parts.extend(told);
    } else if (before.is_attached || attains(reading, &before.subject)) && before.subject.len() < SHORT {
        // `… với tổng vốn 5 tỷ đồng`, `…, đạt kim ngạch 3 tỷ USD`
        parts.extend(if topic.counted.words() < SHORT {
            &topic.parts
        } else {
            &topic.counted
        });
    } else if is_bare_amount(reading.word(before.subject.start)) && before.subject.len() < SHORT {
        // `hỗ trợ mua sắm trang thiết bị, tổng kinh phí 39 tỷ đồng`: the clause before says for what.
        let clause = around.floor(figure)..before.subject.start;
        let most = 2 * LEAST.min(before.subject.len());
        let from = clause.end.saturating_sub(most).max(clause.start);
        let clause = trim_to_last(reading, from..clause.end, most);
        let whole = matches!(
            (
                reading.word(before.subject.start),
                reading.word(before.subject.start + 1)
            ),
            ("kinh", "phí") | ("đơn", "giá") | ("tổng", "mức" | "kinh" | "vốn")
        );
        if clause.is_empty() && whole {
            // `tuyến đường dài 144 km, kinh phí 47 tỷ đồng`
            parts.extend(&topic.parts);
        }
        parts.push(clause);
    }
    parts
}

/// `…, đạt kim ngạch`: of what the clause before tells.
fn attains(reading: Reading, subject: &TokenRange) -> bool {
    reading.word(subject.start) == "đạt" && reading.word(subject.start.wrapping_sub(1)) == ","
}

/// `Tổng cộng`, `còn lại`: a sum or a rest of what was told before.
fn sums_up(reading: Reading, at: usize) -> bool {
    matches!(
        (reading.word(at), reading.word(at + 1)),
        ("tổng", "cộng") | ("còn", "lại")
    )
}

/// `cao nhất là lĩnh vực đất đai`, `thấp nhất ở cấp xã`: one of those of which the figure before tells the mean.
fn is_extreme(reading: Reading, subject: &TokenRange) -> bool {
    matches!(
        (reading.word(subject.start), reading.word(subject.start + 1)),
        ("cao" | "thấp" | "lớn" | "nhỏ", "nhất")
    )
}

/// `tại các địa phương`, `ở cấp huyện`: where, not what.
fn is_locative(reading: Reading, subject: &TokenRange) -> bool {
    matches!(reading.word(subject.start), "tại" | "ở" | "riêng")
}

/// `cấp huyện`, `Ngược lại Sơn Động`, `Bộ Tài chính`: nothing but whose figure it is.
pub fn is_breakdown(reading: Reading, subject: &TokenRange) -> bool {
    let names = |at: usize| reading.analysis.is_capitalized(at) && at > subject.start;
    let example = subject.clone().rev().find(|&at| reading.word(at) == "như");
    let mut whose = example.map_or(subject.start, |at| at + 1)..subject.end;
    let named = whose.clone().any(|at| names(at) || is_area_word(reading.word(at)));
    // The second syllable of a name is written small: `Bộ Tài nguyên và Môi trường`.
    let second = |at: usize| example.is_some() || at > subject.start && reading.analysis.is_capitalized(at - 1);
    named
        && whose.len() <= 2 * SHORT
        && whose.all(|at| {
            reading.analysis.is_capitalized(at)
                || second(at)
                || is_area_word(reading.word(at))
                || matches!(reading.word(at), "và" | "ngược" | "lại" | "riêng" | "chỉ")
        })
}

/// The `chỉ tiêu`, `mục tiêu`, `kế hoạch` that is all a subject says: `so với kế hoạch`, `thấp hơn chỉ tiêu`.
fn bar(reading: Reading, subject: &TokenRange) -> Option<TokenRange> {
    let start = subject.end.checked_sub(2)?;
    let compares = |at: usize| {
        matches!(
            reading.word(at),
            "so" | "với" | "thấp" | "cao" | "hơn" | "vượt" | "xa" | "còn"
        )
    };
    (start >= subject.start
        && is_bar(reading.word(start), reading.word(start + 1))
        && (subject.start..start).all(compares))
    .then_some(start..subject.end)
}
