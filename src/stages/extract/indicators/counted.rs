//! Labels of counts: the counted noun with the verb before and the phrase behind it.

use super::Reading;
use super::agent::{without_area, without_office, without_person};
use super::clause::{Before, Verb, head_at, last_words, nearest_subject, trim_end, trim_to_last};
use super::completion::{carrier, counted_earlier, frame};
use super::compose::{MAX_VERB, SHORT, Surroundings, counts, is_breakdown};
use super::figure::Figure;
use super::linked::{follows_of, is_origin, lists_with, threshold};
use super::parts::{LEAST, Parts, Told};
use super::unit::UnitKind;
use super::words::{begins_adjunct, is_function_word};
use crate::text::analysis::TokenRange;
use crate::text::token::Kind;

/// So many where a long phrase behind the noun says most.
const FEW: usize = 4;
/// Longest subject that counts the noun of its figure.
const MAX_COUNTED: usize = 20;

/// A noun counted by the figure, with the verb before and the phrase behind.
pub fn counted(reading: Reading, figure: &Figure, around: &Surroundings) -> Parts {
    let (before, phrase, topic) = (around.before, around.phrase, around.topic);
    let mut parts = Parts::default();
    let same_noun = around
        .previous
        .is_some_and(|previous| reading.word(previous.unit.tokens.start) == reading.word(figure.unit.tokens.start));
    let rises = (before.verb_start..figure.tokens.start).any(|at| matches!(reading.word(at), "lên" | "xuống" | "còn"));
    if before.is_headed() && (before.verb != Verb::None || rises) && !before.is_whole {
        parts.push_told(reading, before.subject.clone());
        parts.push(before.change.clone());
        if parts.words() < SHORT {
            if !is_plain_measure(reading, figure) && !is_origin(reading, figure) {
                parts.push(figure.unit.tokens.clone());
            }
            parts.push(phrase.clone());
        }
        return parts;
    }
    let subject = match before.verb {
        Verb::Level if !before.is_headed() => same_counted(reading, figure, before),
        Verb::None if before.is_headed() && !before.is_whole => risen(reading, figure, before),
        _ => None,
    };
    if let Some(subject) = subject {
        parts.push_told(reading, subject);
        return parts;
    }
    let measures = before.is_headed() || is_average(reading, &before.subject);
    if figure.unit.kind == UnitKind::Measure && before.is_attached && measures {
        // `giao đất ở với diện tích 64 ha`: what the measure belongs to stands before it.
        parts.push_told(reading, carrier(reading, figure, around));
        parts.push_told(reading, before.subject.clone());
        return parts;
    }
    let continues = before.subject.is_empty() && !topic.parts.is_empty();
    if continues && before.verb == Verb::Change && same_noun && phrase.is_empty() {
        parts.extend(&topic.parts);
        parts.push(before.change.clone());
        parts.told = Told::Inherited;
        return parts;
    }
    let part = figure.unit.kind == UnitKind::Measure
        && (1..SHORT).contains(&before.subject.len())
        && before.subject.end == figure.tokens.start
        && !matches!(reading.word(figure.tokens.start - 1), "dài" | "rộng" | "cao" | "sâu")
        && !before.is_headed()
        && phrase.is_empty();
    if part && same_noun && !topic.parts.is_empty() {
        // `thả nuôi 94 ha, trong đó tôm sú 60 ha`
        parts.push_told(reading, before.subject.clone());
        parts.extend(&topic.parts);
        parts.told = Told::Breakdown;
        return parts;
    }
    let aside = figure.is_parenthesised(reading);
    let told = &around.told;
    if aside
        && told.end + 1 == figure.tokens.start
        && reading.word(told.start) == reading.word(figure.unit.tokens.start)
    {
        // `0,5% hồ sơ giải quyết trễ hạn (68.000 hồ sơ)`: the share's noun counted.
        parts.push(told.clone());
        parts.told = Told::Phrase;
        return parts;
    }
    let object = phrase.is_empty() || figure.unit.kind == UnitKind::Measure;
    let lists = lists_with(reading, around.previous, &around.told, figure);
    if before.subject.is_empty() && object && (aside && phrase.is_empty() || lists) {
        parts.push(without_area(reading, topic.verb.clone()));
        parts.push(topic.change.clone());
    } else if before.subject.is_empty() && lists {
        parts.push(topic.change.clone());
    }
    let purpose = reading.word(phrase.start) == "để" && before.subject.len() > 2;
    // `21 thủ tục` | `về quản lý thuyền viên`
    let of_matter = reading.word(phrase.start) == "về" && has_matter(reading, figure);
    let adjunct =
        begins_adjunct(reading.word(phrase.start)) && before.subject.len() + before.change.len() > 1 && !of_matter;
    if !aside {
        let mut told = before.subject.clone();
        if phrase.len() >= SHORT && !purpose && !adjunct {
            // `kiện toàn 20 cơ quan thuộc UBND tỉnh và các huyện`: the verb alone.
            told = last_words(reading, &told, FEW);
        }
        let told = trim_to_last(reading, told, MAX_VERB);
        let told = without_person(reading, told);
        let rest = without_area(reading, without_office(reading, told.clone()));
        let said = rest.len() + before.change.len() + phrase.len() + figure.unit.tokens.len() >= LEAST;
        parts.push_told(reading, if said { rest } else { told });
    }
    if causes(reading, &before.subject) && phrase.is_empty() {
        // `54 vụ tai nạn giao thông, làm chết 9 người`
        parts.extend(match topic.counted.words() {
            0..LEAST => &topic.parts,
            _ => &topic.counted,
        });
    }
    if parts.is_empty() && phrase.len() < LEAST && follows_of(reading, figure, around.previous) {
        parts.extend(&topic.parts);
    }
    if parts.is_empty() && phrase.is_empty() && before.change.is_empty() && topic.parts.is_empty() {
        // `Số kiến nghị còn rất ít, chỉ 9 kiến nghị`
        let subject = nearest_subject(reading, around.floor(figure), before.verb_start);
        parts.push(subject.unwrap_or_default());
    }
    parts.push(before.change.clone());
    let bare = phrase.is_empty() && figure.unit.tokens.len() <= 2;
    if bare && is_breakdown(reading, &before.subject) {
        // `trong đó cấp tỉnh 1.412 thủ tục`, `Bộ A giảm 160 người`: what was counted before, for a part.
        let frame = frame(reading, figure);
        let told = if !frame.is_empty() {
            &frame
        } else if topic.counted.words() < LEAST
            && (before.verb == Verb::Change && is_anyone(reading, figure) || counted_earlier(reading, figure, around))
        {
            around.earlier
        } else {
            &topic.counted
        };
        if told.words() >= LEAST {
            parts = Parts::default();
            parts.push(before.change.clone());
            parts.extend(told);
            parts.told = Told::Breakdown;
            if same_noun {
                return parts;
            }
        }
    }
    // `302 ha đất`: the measure adds nothing to what is measured.
    let named = !parts.is_empty() || !phrase.is_empty() && !purpose && !adjunct;
    let adds = figure.unit.kind != UnitKind::Measure && !is_classifier(reading, figure);
    if adds || !named {
        parts.push(figure.unit.tokens.clone());
    }
    if !purpose && !adjunct {
        parts.push(phrase.clone());
        if let Some(next) = around
            .next
            .filter(|next| counts(next) && next.tokens.start == phrase.end)
        {
            // `21 địa phương thu hút 40 dự án`: the object of the phrase is counted too.
            parts.push(next.unit.tokens.clone());
        }
    }
    if phrase.is_empty()
        && let Some(threshold) = threshold(reading, figure, around.next)
    {
        parts.push(threshold);
        parts.told = Told::Phrase;
        return parts;
    }
    if reading.word(phrase.end) == "này" {
        // `42 đơn vị triển khai việc này`
        parts.extend(around.earlier);
    }
    if phrase.is_empty() {
        parts.push(topic.whole.clone());
    }
    if parts.told != Told::Breakdown {
        parts.told = if parts.iter().count() == 1 {
            Told::Bare
        } else if !phrase.is_empty() {
            Told::Phrase
        } else {
            Told::Verb
        };
    }
    parts
}

/// `Tổng số` | `hồ sơ tiếp nhận tại 9 chi nhánh` | `là 840 hồ sơ`: the subject that counts the noun of the figure, to the next
/// number or date.
fn same_counted(reading: Reading, figure: &Figure, before: &Before) -> Option<TokenRange> {
    let noun = |at: usize| {
        let unit = &figure.unit.tokens;
        unit.clone().zip(at..).all(|(a, b)| reading.word(a) == reading.word(b))
    };
    let reach = figure.sentence.start..before.verb_start;
    let (start, len) = reach.clone().find_map(|at| {
        let len = head_at(reading, at)?;
        (reading.word(at + len - 1) == "số" && noun(at + len)).then_some((at, len))
    })?;
    let limit = reach.end.min(start + MAX_COUNTED);
    let ends = |at: &usize| {
        reading.analysis.kind(*at) == Kind::Number
            || reading.dates.is_date_token(*at)
            || matches!(reading.word(*at), ";" | "là" | "đạt")
    };
    let end = (start + len..limit).find(ends).unwrap_or(limit);
    Some(trim_end(reading, start..end))
}

/// `Số doanh nghiệp thành lập mới` | `đã tăng khá cao so với năm trước với 840 doanh nghiệp`: the subject of a change told
/// without its figure.
fn risen(reading: Reading, figure: &Figure, before: &Before) -> Option<TokenRange> {
    let subject = &before.subject;
    let changes =
        |at: &usize| matches!(reading.word(*at), "tăng" | "giảm") && !reading.analysis.continues_word(*at + 1);
    let verb = subject.clone().find(changes)?;
    let noun = reading.word(figure.unit.tokens.start);
    let counts = (subject.start..verb).any(|at| reading.word(at) == noun);
    counts.then(|| trim_end(reading, subject.start..verb))
}

/// `làm chết`, `khiến 5 người bị thương`: what was counted before is the cause.
fn causes(reading: Reading, subject: &TokenRange) -> bool {
    (1..=2).contains(&subject.len()) && matches!(reading.word(subject.start), "làm" | "gây" | "khiến")
        || subject.len() >= 2 && (reading.word(subject.start), reading.word(subject.start + 1)) == ("bị", "thương")
}

/// `8.710 chiếc`: a classifier alone, which tells the shape of what is counted.
fn is_classifier(reading: Reading, figure: &Figure) -> bool {
    let end = figure.unit.tokens.end;
    // `17 con` | `dấu`
    let alone = reading.analysis.kind(end) != Kind::Word || is_function_word(reading.word(end));
    alone && figure.unit.tokens.len() == 1 && matches!(reading.word(figure.unit.tokens.start), "chiếc" | "con" | "cái")
}

/// `thủ tục`, `văn bản`, `đề án`: the noun is of something that `về` tells.
fn has_matter(reading: Reading, figure: &Figure) -> bool {
    matches!(
        (
            reading.word(figure.unit.tokens.start),
            reading.word(figure.unit.tokens.start + 1)
        ),
        ("thủ", "tục")
            | ("tthc", _)
            | ("văn", "bản")
            | ("đề", "án")
            | ("nghị", "quyết" | "định")
            | ("thông", "tư")
            | ("ý", "kiến")
    )
}

/// `thời hạn là 10 ngày làm việc`, `dân số 4 triệu người`: the unit adds nothing to the noun that is measured.
fn is_plain_measure(reading: Reading, figure: &Figure) -> bool {
    figure.unit.kind != UnitKind::Count
        || reading.word(figure.unit.tokens.start) == "người"
        || is_classifier(reading, figure)
}

/// `Bộ A giảm 160 người`: the noun says nothing of whom or what.
fn is_anyone(reading: Reading, figure: &Figure) -> bool {
    matches!(
        reading.word(figure.unit.tokens.start),
        "người" | "trường" | "đơn" | "lượt"
    )
}

/// `bình quân mỗi ngày`: how it is told, not what.
fn is_average(reading: Reading, subject: &TokenRange) -> bool {
    matches!(
        (reading.word(subject.start), reading.word(subject.start + 1)),
        ("bình", "quân") | ("trung", "bình")
    )
}
