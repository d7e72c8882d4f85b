//! What the text says of a gathering: when, in which format, held by whom, where.

use chrono::Datelike;
use rustc_hash::FxHashSet;

use super::mentions::MeetingMention;
use crate::lexicon::{Class, ClosedClass};
use crate::stages::extract::people::organization_end;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::date::{Basis, DateIndex, DateMention};
use crate::text::fold::fold;
use crate::text::token::{Case, Kind};

/// The day of the gathering: from the sentences that mention it, then from the lead.
///
/// Example: `Chiều 30/5, … chủ trì Hội nghị …`. Known misses: a date that only a caption gives comes last.
pub fn date(analysis: &Analysis, dates: &DateIndex, mentions: &[&MeetingMention]) -> Option<DateMention> {
    let mut best: Option<(i32, &DateMention)> = None;
    for (order, mention) in mentions.iter().enumerate() {
        let sentence = analysis.sentence_at(mention.tokens.start);
        for date in dates.dates_in(&sentence) {
            let inside_name = mention.tokens.contains(&date.tokens.start) && date.day.is_none();
            if inside_name || date.day.is_none() && date.part_of_day.is_none() || is_limit(analysis, date) {
                continue;
            }
            let distance = distance(&mention.tokens, &date.tokens) as i32;
            let score = 100 * i32::from(date.day.is_some()) + 40 * i32::from(date.part_of_day.is_some())
                - distance.min(60)
                - 15 * order.min(4) as i32
                + 50 * i32::from(is_opening(analysis, date))
                + 30 * i32::from(date.tokens.start <= sentence.start + 1)
                - 60 * i32::from(is_of_something_else(analysis, date));
            if best.is_none_or(|(known, _)| score > known) {
                best = Some((score, date));
            }
        }
    }
    let best = best.map(|(_, date)| date);
    // `sáng nay (2/6)` in the lead, `sáng nay` where the text names the gathering.
    let lead = best.filter(|date| date.day.is_none()).and_then(|date| {
        let lead = lead_date(analysis, dates)?;
        (lead.part_of_day == date.part_of_day).then_some(lead)
    });
    let found = lead
        .or(best)
        .or_else(|| lead_date(analysis, dates))
        .or_else(|| today(analysis, dates));
    match found {
        Some(found) => Some(merge_part_of_day(analysis, dates, found)),
        None => month(analysis, dates, mentions),
    }
}

/// `Hội nghị triển khai nhiệm vụ (cuối tháng 1-2017)`: the month in brackets right behind the name.
fn month(analysis: &Analysis, dates: &DateIndex, mentions: &[&MeetingMention]) -> Option<DateMention> {
    mentions.iter().find_map(|mention| {
        let end = mention.tokens.end;
        let period = dates.periods_in(&(end..end + MAX_BRACKET)).first()?;
        // `cuối tháng 1` begins on no certain day.
        let (from, to) = (period.start.or(period.end)?, period.end.or(period.start)?);
        let one_month = (from.year(), from.month()) == (to.year(), to.month())
            && period.tokens.clone().any(|at| analysis.word(at) == "tháng");
        (one_month && period.tokens.start <= end + 2).then(|| DateMention {
            tokens: period.tokens.clone(),
            year: Some(from.year()),
            month: Some(from.month()),
            day: None,
            basis: Basis::Explicit,
            part_of_day: None,
            last: None,
        })
    })
}

/// The day that the mention's own sentence gives the gathering.
pub fn own_day<'d>(analysis: &Analysis, dates: &'d DateIndex, mention: &MeetingMention) -> Option<&'d DateMention> {
    let sentence = analysis.sentence_at(mention.tokens.start);
    let of_gathering = |date: &&DateMention| {
        !is_limit(analysis, date)
            && (date.day.is_some() || date.part_of_day.is_some())
            && !is_of_something_else(analysis, date)
            && !mention.tokens.contains(&date.tokens.start)
    };
    dates
        .dates_in(&sentence)
        .iter()
        .filter(of_gathering)
        .min_by_key(|date| distance(&mention.tokens, &date.tokens))
}

/// `khai mạc ngày 14/12`, `từ ngày 14 đến 16/12`: the first of several days.
fn is_opening(analysis: &Analysis, date: &DateMention) -> bool {
    let start = date.tokens.start;
    date.last.is_some() || (1..=4).any(|back| start >= back && analysis.matches(start - back, &["khai", "mạc"]))
}

/// Tokens of a month in brackets.
const MAX_BRACKET: usize = 8;

/// Title, standfirst, captions and the first sentences, which tell the day.
const DATED_SENTENCES: usize = 7;

/// The first day with a part of the day in the first sentences.
fn lead_date<'d>(analysis: &Analysis, dates: &'d DateIndex) -> Option<&'d DateMention> {
    let end = analysis.sentences.iter().take(DATED_SENTENCES).next_back()?.end;
    dates
        .dates_in(&(0..end))
        .iter()
        .find(|date| date.day.is_some() && date.part_of_day.is_some())
}

/// The day that the text calls its own: `hôm nay (3/6)`, `sáng nay`.
fn today<'d>(analysis: &Analysis, dates: &'d DateIndex) -> Option<&'d DateMention> {
    dates
        .dates
        .iter()
        .find(|date| date.day.is_some() && date.tokens.clone().any(|token| analysis.word(token) == "nay"))
}

/// `trước ngày 10/2`, `hạn chót 10/2`, `tính đến ngày 10/5`, `sinh ngày 4/8`: never the day of a gathering.
fn is_limit(analysis: &Analysis, date: &DateMention) -> bool {
    let word = |back: usize| {
        date.tokens
            .start
            .checked_sub(back)
            .map_or("", |token| analysis.word(token))
    };
    let ranged = (2..9).any(|back| word(back) == "từ");
    match word(1) {
        "trước" | "hạn" | "sinh" | "nhất" => true,
        "đến" | "tới" => !ranged,
        _ => false,
    }
}

/// `Chỉ thị 24 ban hành ngày 2/6`, `Kết luận số 21-KL/TW ngày 25/10`, `tính đến ngày 10/5`: the date of something else.
fn is_of_something_else(analysis: &Analysis, date: &DateMention) -> bool {
    let start = date.tokens.start;
    let earliest = analysis.sentence_at(start).start;
    let marked = (start.saturating_sub(3).max(earliest)..start).any(|token| {
        matches!(
            analysis.word(token),
            "xảy" | "đến" | "từ" | "hành" | "ký" | "trước" | "hạn" | "sinh" | "tới" | "kể"
        ) || analysis.longest(token, Class::LegalKind).is_some()
    });
    let symbol = (start.saturating_sub(12).max(earliest)..start)
        .rev()
        .take_while(|&token| {
            let upper = analysis.case(token) == Case::Upper || analysis.case(token) == Case::Mixed;
            analysis.kind(token) != Kind::Word || upper || matches!(analysis.word(token), "số" | "ngày")
        });
    let before_symbol = symbol.last().and_then(|token| token.checked_sub(1));
    let of_document = before_symbol.is_some_and(|token| {
        (0..3).any(|back| {
            let from = token.saturating_sub(back);
            analysis
                .longest(from, Class::LegalKind)
                .is_some_and(|(len, _)| from + len == token + 1)
        })
    });
    marked || of_document
}

/// The same day may be told twice, once with its part of the day.
fn merge_part_of_day(analysis: &Analysis, dates: &DateIndex, found: &DateMention) -> DateMention {
    let mut date = dates.in_document_year(found);
    if date.part_of_day.is_none() {
        // "Chiều cùng ngày" is the time of what follows.
        let same_day = |other: &&DateMention| {
            let again = other.tokens.clone().any(|token| analysis.word(token) == "cùng");
            !again && other.day == found.day && other.month == found.month && other.day.is_some()
        };
        date.part_of_day = dates.dates.iter().filter(same_day).find_map(|other| other.part_of_day);
    }
    date
}

fn distance(a: &TokenRange, b: &TokenRange) -> usize {
    if a.end <= b.start {
        b.start - a.end
    } else {
        a.start.saturating_sub(b.end)
    }
}

/// online, hybrid or in_person, where the text tells it of the gathering itself (not of services online).
pub fn format(analysis: &Analysis, mentions: &[&MeetingMention]) -> Option<&'static str> {
    let behind_heads: FxHashSet<usize> = mentions
        .iter()
        .flat_map(|mention| mention.head.end..=mention.head.end + 1)
        .collect();
    let mut online = false;
    let mut in_person = false;
    for at in (0..analysis.len()).filter(|&at| analysis.is(at, ClosedClass::FormatOpener)) {
        match analysis.word(at) {
            "điểm" if analysis.word(at + 1) == "cầu" => online = true,
            "cầu" if analysis.matches(at, &["cầu", "truyền", "hình"]) => online = true,
            "trực" if analysis.word(at + 1) == "tuyến" => {
                let before = at.checked_sub(1).map_or("", |token| analysis.word(token));
                online |= behind_heads.contains(&at)
                    || before == "thức" && analysis.word(at.saturating_sub(2)) == "hình"
                    || matches!(
                        before,
                        "họp" | "nghị" | "nối" | "hình" | "đàm" | "thảo" | "phiên" | "hợp"
                    ) && analysis.word(at.saturating_sub(2)) != "vụ";
            }
            "trực" if analysis.word(at + 1) == "tiếp" => {
                let before = at.checked_sub(1).map_or("", |token| analysis.word(token));
                // "trực tiếp kết hợp (với) trực tuyến", "trực tiếp và trực tuyến"
                let both = (at + 2..at + 6).any(|token| analysis.matches(token, &["trực", "tuyến"]))
                    && matches!(analysis.word(at + 2), "kết" | "và");
                online |= both;
                in_person |= both || matches!(before, "thức" | "họp") || analysis.matches(at + 2, &["kết", "hợp"]);
            }
            _ => {}
        }
    }
    match (online, in_person) {
        (true, true) => Some("hybrid"),
        (true, false) => Some("online"),
        (false, true) => Some("in_person"),
        (false, false) => None,
    }
}

/// The organisation that holds the gathering, as in the text.
///
/// Examples: `UBND tỉnh tổ chức Hội nghị …`; `phiên họp Chính phủ thường kỳ`; `hội nghị giao ban giữa UBND TP Hà Nội
/// với …`; `cuộc họp … của Bộ Nông nghiệp`. Known misses: hosts that only another sentence tells.
pub fn host(analysis: &Analysis, mentions: &[&MeetingMention]) -> Option<TokenRange> {
    mentions
        .iter()
        .find_map(|mention| holder(analysis, mention))
        .or_else(|| mentions.iter().find_map(|mention| named_host(analysis, mention)))
        .or_else(|| mentions.iter().find_map(|mention| host_behind(analysis, mention)))
}

/// Most tokens between `phối hợp với` and `tổ chức`.
const MAX_PARTNERS: usize = 40;
/// Most tokens of a day between a gathering and its host.
const MAX_DAY: usize = 6;

/// `buổi họp báo chiều 27-6` | `của Bộ Nội vụ`: behind the day that ends the name.
fn host_behind(analysis: &Analysis, mention: &MeetingMention) -> Option<TokenRange> {
    let from = mention.tokens.end;
    let of = (from + 1..from + MAX_DAY).find(|&token| analysis.word(token) == "của")?;
    let day = (from..of).all(|token| {
        analysis.kind(token) == Kind::Number
            || matches!(analysis.surface(token), "-" | "/" | ".")
            || matches!(
                analysis.word(token),
                "sáng" | "chiều" | "tối" | "ngày" | "tháng" | "năm" | "quý" | "thường" | "kỳ" | "vừa" | "qua"
            )
    });
    let (len, entry) = analysis.longest(of + 1, Class::Organization)?;
    let holds = day && analysis.is_capitalized(of + 1) && (len > 1 || !entry.tag.is_empty());
    let limit = analysis.sentence_at(of).end;
    holds.then(|| of + 1..organization_end(analysis, of + 1, limit))
}

/// `X tổ chức <meeting>`, `X họp …`, `do X tổ chức`.
fn holder(analysis: &Analysis, mention: &MeetingMention) -> Option<TokenRange> {
    let sentence = analysis.sentence_at(mention.tokens.start);
    // "UBND tỉnh họp báo", "UBND tỉnh họp về …", "Tổ công tác kiểm tra …"
    let meets =
        matches!(analysis.word(mention.head.start), "họp" | "kiểm") && !analysis.is_capitalized(mention.head.start);
    let verb = (sentence.start..mention.tokens.start).rev().take(14).find(|&token| {
        analysis.matches(token, &["tổ", "chức"]) && analysis.case(token) == Case::Lower
            || analysis.word(token) == "họp" && token + 4 >= mention.head.start
            || analysis.matches(token, &["phối", "hợp"])
    });
    // "Bộ X phối hợp với các sở A, B tổ chức": who holds it stands before its partners.
    let verb = verb.map(|verb| {
        let from = sentence.start.max(verb.saturating_sub(MAX_PARTNERS));
        (from..verb)
            .find(|&token| analysis.matches(token, &["phối", "hợp", "với"]))
            .unwrap_or(verb)
    });
    if let Some(verb) = verb.or(meets.then_some(mention.head.start))
        && let Some(range) = organization_before(analysis, sentence.start, verb)
    {
        return Some(range);
    }
    let after =
        (mention.tokens.end..sentence.end.min(mention.tokens.end + 12)).find(|&token| analysis.word(token) == "do")?;
    let end = (after + 1..sentence.end.min(after + 24)).find(|&token| analysis.matches(token, &["tổ", "chức"]))?;
    organization_before(analysis, after + 1, end)
}

/// The organisation that ends right before `end`, apart from auxiliary words.
fn organization_before(analysis: &Analysis, from: usize, end: usize) -> Option<TokenRange> {
    let mut end = end;
    while end > from
        && matches!(
            analysis.word(end - 1),
            "đã" | "vừa" | "tiếp" | "tục" | "phối" | "hợp" | "chức" | "tổ" | "long" | "trọng" | "chủ" | "trì"
        )
    {
        end -= 1;
    }
    let start = (from..end)
        .rev()
        .take(32)
        .take_while(|&token| analysis.kind(token) != Kind::Break && analysis.surface(token) != ",")
        .take_while(|&token| !is_predicate(analysis, token))
        .filter(|&token| {
            analysis.is_capitalized(token)
                && analysis.longest(token, Class::Title).is_none()
                && analysis.longest(token, Class::Organization).is_some_and(|(_, entry)| {
                    !matches!(
                        &*entry.phrase,
                        "đảng" | "nhà nước" | "trung ương" | "tỉnh" | "thành phố" | "tp" | "huyện"
                    )
                })
        })
        .last()?;
    let start = first_of_bodies(analysis, from, start);
    // "Chủ tịch UBND tỉnh A tổ chức": a person's office.
    let of_person = (1..=4.min(start)).any(|back| {
        let title = analysis.longest(start - back, Class::Title);
        title.is_some_and(|(len, _)| len == back)
    });
    if of_person {
        return None;
    }
    // "Bộ X phối hợp với tỉnh Y tổ chức": the first is the host; "Tỉnh X được lựa chọn là nơi tổ chức": up to the verb.
    let end = (start..end)
        .find(|&token| {
            let clause = matches!(
                analysis.word(token),
                "được" | "là" | "lựa" | "cùng" | "đã" | "có" | "tại"
            ) && !analysis.is_capitalized(token);
            clause
                || analysis.matches(token, &["phối", "hợp"])
                || matches!(analysis.surface(token), "“" | "\"" | ":" | ";")
        })
        .unwrap_or(end);
    (start < end).then_some(start..end)
}

/// `Tỉnh ủy, HĐND, UBND,` | `Ủy ban MTTQ tỉnh Đồng Tháp`: the first of the bodies of one area, which ends the list.
fn first_of_bodies(analysis: &Analysis, from: usize, mut start: usize) -> usize {
    let bare = |comma: usize| {
        (1..=3.min(comma - from)).rev().map(|len| comma - len).find(|&body| {
            let entry = analysis.longest(body, Class::Organization);
            analysis.is_capitalized(body)
                && entry.is_some_and(|(len, entry)| body + len == comma && !entry.tag.is_empty())
        })
    };
    while start > from + 1
        && analysis.surface(start - 1) == ","
        && let Some(body) = bare(start - 1)
    {
        start = body;
    }
    start
}

/// A word of a clause's predicate: what stands before it is another subject.
fn is_predicate(analysis: &Analysis, token: usize) -> bool {
    let verb = || {
        analysis
            .longest(token, Class::RoleVerb)
            .is_some_and(|(_, entry)| &*entry.tag == "speaker")
    };
    !analysis.is_capitalized(token)
        && (matches!(
            analysis.word(token),
            "cũng" | "nên" | "đã" | "sẽ" | "khi" | "do" | "được" | "để"
        ) || verb())
}

/// An organisation inside the name: after `của` or `giữa`, or right after the noun.
fn named_host(analysis: &Analysis, mention: &MeetingMention) -> Option<TokenRange> {
    if mention.implied {
        return None;
    }
    let range = mention.head.end..mention.tokens.end;
    let starts: Vec<usize> = range
        .clone()
        .filter(|&token| {
            let before = analysis.word(token - 1);
            let near = token <= mention.head.end + 3 || matches!(before, "của" | "giữa" | ",");
            let partner = (mention.head.end..token).any(|other| analysis.word(other) == "với")
                && !(mention.head.end..token).any(|other| analysis.word(other) == "giữa");
            // "theo Nghị định 67 của Chính phủ"
            let issuer = analysis.word(token - 1) == "của"
                && (token.saturating_sub(8)..token).any(|other| analysis.longest(other, Class::LegalKind).is_some());
            // "buổi tiếp xúc cử tri TP Hải Phòng": the voters' area.
            let voters = mention.kind == "tiếp xúc cử tri" && analysis.word(token - 1) != "của";
            near && !partner
                && !issuer
                && !voters
                && analysis.longest(token, Class::Title).is_none()
                && analysis.is_capitalized(token)
                && analysis
                    .longest(token, Class::Organization)
                    .is_some_and(|(len, entry)| {
                        let holds = !matches!(&*entry.phrase, "doanh nghiệp" | "trung ương" | "đảng" | "nhà nước");
                        holds && (len > 1 || !(*entry.tag).is_empty())
                    })
        })
        .collect();
    let start = *starts.first()?;
    let end = (start + 1..range.end)
        .find(|&token| {
            matches!(
                analysis.word(token),
                "với"
                    | "bàn"
                    | "chuẩn"
                    | "về"
                    | "tháng"
                    | "quý"
                    | "năm"
                    | "khóa"
                    | "kỳ"
                    | "lần"
                    | "nhiệm"
                    | "tổng"
                    | "sơ"
                    | "để"
                    | "ngày"
            ) || analysis.kind(token) == Kind::Punct && !matches!(analysis.surface(token), "-" | "–" | "." | "&" | ",")
                || analysis.kind(token) == Kind::Number
                    && !matches!(analysis.word(token - 1), "quận" | "khu" | "phường")
                || analysis.word(token) == "thường" && matches!(analysis.word(token + 1), "kỳ" | "niên" | "xuyên")
                || analysis.matches(token, &["trực", "tuyến"])
                || analysis.surface(token) == "," && analysis.longest(token + 1, Class::Organization).is_none()
        })
        .unwrap_or(range.end);
    Some(start..end)
}

/// A place where a gathering is held or followed online.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its usual name, or as the text writes it.
    pub name: String,
    /// The token at which it stands, or the noun before it (`tỉnh`).
    pub at: usize,
}

/// Places where the gathering is held or followed online (`tại điểm cầu tỉnh Kon Tum`).
///
/// A place counts after `điểm cầu` anywhere, after `tại` in the sentences that mention the gathering.
pub fn places(analysis: &Analysis, mentions: &[&MeetingMention]) -> Vec<Site> {
    let mut found: Vec<Site> = Vec::new();
    let mut seen = FxHashSet::default();
    let sentences: FxHashSet<usize> = mentions
        .iter()
        .map(|mention| analysis.sentence_at(mention.tokens.start).start)
        .collect();
    let named: FxHashSet<usize> = mentions.iter().flat_map(|mention| mention.tokens.clone()).collect();
    for at in (0..analysis.len()).filter(|&at| analysis.is(at, ClosedClass::VenueOpener)) {
        let names = if analysis.matches(at, &["điểm", "cầu"]) {
            place_after(analysis, at + 2, true)
                .map(|(name, _)| Site { name, at: at + 2 })
                .into_iter()
                .collect()
        } else if analysis.word(at) == "tại"
            && !is_seat(analysis, at)
            && sentences.contains(&analysis.sentence_at(at).start)
            && !named.contains(&at)
        {
            venue(analysis, at + 1)
        } else {
            continue;
        };
        found.extend(names.into_iter().filter(|site| seen.insert(fold(&site.name))));
    }
    found
}

/// `Công ty Đại Dương (có trụ sở` | `tại …)`, `trạm thu phí Quán Hàu (đặt` | `tại …)`: where something else is.
fn is_seat(analysis: &Analysis, at: usize) -> bool {
    (1..=3.min(at))
        .any(|back| matches!(analysis.word(at - back), "đóng" | "đặt") || analysis.matches(at - back, &["trụ", "sở"]))
        && (at.saturating_sub(MAX_SEAT)..at).any(|token| analysis.surface(token) == "(")
}

/// Most words in brackets before the place where a body sits.
const MAX_SEAT: usize = 6;

/// Longest description of a venue, in tokens.
const MAX_VENUE: usize = 20;

/// The places of a venue: `Hà Nội`, `Trung tâm Hội nghị huyện Sông Mã`, `phường Hoa Lư, tỉnh Ninh Bình`.
fn venue(analysis: &Analysis, from: usize) -> Vec<Site> {
    let mut places = Vec::new();
    let mut at = from;
    while at < analysis.len() && at < from + MAX_VENUE {
        let unit = is_unit(analysis, at);
        // "khách sạn Hoa Mai - thành phố Huế", "thành phố Quy Nhơn (Bình Định)"
        let aside = analysis.surface(at) == "(" && !places.is_empty();
        if aside
            && let Some((name, end)) = place_after(analysis, at + 1, false)
            && analysis.surface(end) == ")"
        {
            places.push(Site { name, at: at + 1 });
            break;
        }
        if (unit || at == from)
            && let Some((name, end)) = place_after(analysis, at, unit)
        {
            places.push(Site { name, at });
            at = end;
            continue;
        }
        let dash = matches!(analysis.surface(at), "-" | "–") && analysis.kind(at + 1) == Kind::Word;
        let comma = dash || analysis.surface(at) == "," && is_unit(analysis, at + 1);
        let plain = analysis.kind(at) == Kind::Word
            && !matches!(
                analysis.word(at),
                "của" | "do" | "với" | "có" | "đã" | "về" | "diễn" | "ngày" | "khi"
            )
            && analysis.longest(at, Class::RoleVerb).is_none()
            && analysis.longest(at, Class::MeetingNoun).is_none()
            && analysis.longest(at, Class::Title).is_none();
        if !(comma || plain) {
            break;
        }
        at += 1;
    }
    places
}

fn is_unit(analysis: &Analysis, at: usize) -> bool {
    match analysis.word(at) {
        "tỉnh" | "huyện" | "quận" | "phường" | "xã" | "tp" | "tx" => true,
        "thành" => analysis.word(at + 1) == "phố",
        "thủ" => analysis.word(at + 1) == "đô",
        "thị" => matches!(analysis.word(at + 1), "xã" | "trấn"),
        _ => false,
    }
}

/// The place named at `at`, behind its kind (`tỉnh`, `Thủ đô`, `Thị xã`), and the token after it. Without `any_name`
/// only a known place or one behind its kind counts.
fn place_after(analysis: &Analysis, at: usize, any_name: bool) -> Option<(String, usize)> {
    let mut start = at;
    while start < at + 4
        && matches!(
            analysis.word(start),
            "tỉnh"
                | "thành"
                | "phố"
                | "thủ"
                | "đô"
                | "tp"
                | "huyện"
                | "thị"
                | "xã"
                | "quận"
                | "phường"
                | "trấn"
                | "."
        )
        && analysis.longest(start, Class::Place).is_none_or(|(len, _)| len == 1)
    {
        start += 1;
    }
    if let Some((len, entry)) = analysis.longest(start, Class::Place) {
        let end = start + len;
        let whole = analysis.case(end) != Case::Title || !analysis.tokens[end].spaced;
        let local = !matches!(&*entry.tag, "country" | "region");
        return (whole && local && analysis.is_capitalized(end - 1)).then(|| (entry.value.to_string(), end));
    }
    let end = (start..start + 4)
        .take_while(|&token| {
            analysis.case(token) == Case::Title && analysis.longest(token, Class::Organization).is_none()
        })
        .count()
        + start;
    let named = (start > at || any_name) && (2..=3).contains(&(end - start));
    named.then(|| (analysis.slice(&(start..end)).to_owned(), end))
}
