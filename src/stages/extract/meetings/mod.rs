//! Meetings: the gatherings that a document tells of, each once, however often it is mentioned.

mod attributes;
mod implied;
mod level;
mod mentions;
#[cfg(test)]
mod naming_tests;
mod session;
#[cfg(test)]
mod tests;

pub use attributes::Site;
pub use level::level;
pub use mentions::MeetingMention;

use rustc_hash::FxHashSet;

use crate::schema::Table;
use crate::stages::extract::context::Context;
use crate::stages::extract::people::People;
use crate::stages::extract::rule::Rule;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::date::{DateIndex, DateMention};

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[NOUN, NOUN_UNDATED, VERB, VERB_UNDATED, OTHER_TIME, ALSO_NAMED];

const NOUN: &Rule = &Rule {
    id: "meeting.noun",
    finds: Table::MeetingReports,
    confidence: 0.97,
    about: "A noun for the gathering reported on, with its day.",
    example: "Sáng 12/3/2019, UBND tỉnh tổ chức hội nghị tổng kết công tác cải cách hành chính năm 2018.",
};
const NOUN_UNDATED: &Rule = &Rule {
    id: "meeting.noun_undated",
    finds: Table::MeetingReports,
    confidence: 0.8,
    about: "A noun for the gathering reported on; no day is told.",
    example: "UBND huyện tổ chức hội nghị triển khai nhiệm vụ kiểm soát thủ tục hành chính.",
};
const VERB: &Rule = &Rule {
    id: "meeting.verb",
    finds: Table::MeetingReports,
    confidence: 0.93,
    about: "A verb that implies the gathering reported on (họp, làm việc với), with its day.",
    example: "Chiều 7/6/2021, Bí thư Tỉnh ủy Trần Văn An làm việc với Sở Tư pháp về cải cách thủ tục.",
};
const VERB_UNDATED: &Rule = &Rule {
    id: "meeting.verb_undated",
    finds: Table::MeetingReports,
    confidence: 0.7,
    about: "A verb that implies the gathering reported on; no day is told.",
    example: "Bí thư Tỉnh ủy Trần Văn An làm việc với Sở Tư pháp về cải cách thủ tục.",
};
const OTHER_TIME: &Rule = &Rule {
    id: "meeting.other_time",
    finds: Table::MeetingReports,
    confidence: 0.8,
    about: "A gathering that the text only mentions: planned, prepared or past.",
    example: "Sáng 5/4, UBND tỉnh họp bàn công tác chuẩn bị. Dự án sẽ được trình Kỳ họp thứ 10 Quốc hội khóa XIV.",
};
const ALSO_NAMED: &Rule = &Rule {
    id: "meeting.also_named",
    finds: Table::MeetingReports,
    confidence: 0.65,
    about: "A gathering of another kind or topic than the one reported on.",
    example: "Sáng 5/4, UBND tỉnh họp về đất đai. Tại Diễn đàn doanh nghiệp miền Trung, nhiều kiến nghị đã được nêu.",
};

/// One gathering of a document.
#[derive(Debug)]
pub struct Meeting {
    pub name: String,
    pub kind: String,
    /// The mention that names it best.
    pub quote: TokenRange,
    pub session_number: Option<i32>,
    pub date: Option<DateMention>,
    pub format: Option<&'static str>,
    pub host: Option<TokenRange>,
    pub places: Vec<Site>,
    /// The document reports on it, rather than mentioning it.
    pub is_primary: bool,
    pub rule: &'static Rule,
    /// Where the report on it begins, or the mention.
    pub anchor: TokenRange,
}

/// Title, standfirst, a caption and the first two sentences.
const LEAD_SENTENCES: usize = 5;

/// Least score of a mention without a day that the document can be about.
const LEAST_UNDATED: i32 = 3;

/// A gathering that opens its sentence has a name of at least so many words behind its noun.
const LEAST_TOPIC: usize = 4;

/// A day that opens a sentence starts within so many tokens: `Cũng trong khuôn khổ diễn đàn,` | `chiều 16/4 …`.
const OPENING_TOKENS: usize = 9;

/// Most days between the gatherings that one document reports on.
const MAX_DAYS_APART: i64 = 10;

/// Mentions that share so many of their words name one gathering.
const SAME_NAME: f64 = 0.9;

/// Most gatherings that one document reports on, and with how many that are only mentioned a further one is compared; more
/// than that is no prose.
const MAX_COMPARED: usize = 100;

/// Finds the gatherings of a document: first those it reports on, in text order, then those it only mentions.
pub fn find(context: &Context, people: &People, dates: &DateIndex) -> Vec<Meeting> {
    let analysis = context.analysis;
    let mut mentions = mentions::by_noun(analysis, people, dates);
    let covered: FxHashSet<usize> = mentions.iter().flat_map(|mention| mention.tokens.clone()).collect();
    let implied = implied::by_verb(analysis, people, dates);
    mentions.extend(
        implied
            .into_iter()
            .filter(|mention| !covered.contains(&mention.head.start)),
    );
    mentions.sort_by_key(|mention| mention.tokens.start);
    let Some(primary) = primary_mention(analysis, &mentions, dates) else {
        for mention in &mentions {
            let why = "planned, late or only implied: not what the text reports on";
            mention.tried(NOUN, VERB).failed(analysis, &mention.head, why);
        }
        return Vec::new();
    };
    let anchors = anchors(analysis, &mentions, primary, dates, people);
    let mut reported: Vec<Vec<&MeetingMention>> = vec![Vec::new(); anchors.len()];
    let mut others: Vec<&MeetingMention> = Vec::new();
    for mention in &mentions {
        // The last gathering whose report has begun; before all of them the first.
        let current = anchors
            .iter()
            .rposition(|anchor| anchor.tokens.start <= mention.tokens.start)
            .unwrap_or(0);
        let owner = (0..anchors.len())
            .find(|&index| anchors[index].tokens == mention.tokens)
            .or_else(|| {
                let own = !opens_another(analysis, dates, mention) && belongs(analysis, anchors[current], mention);
                own.then_some(current)
            });
        match owner {
            Some(owner) => reported[owner].push(mention),
            None => others.push(mention),
        }
    }
    let mut meetings: Vec<Meeting> = anchors
        .iter()
        .zip(&reported)
        .map(|(anchor, mentions)| report(analysis, dates, mentions, anchor))
        .collect();
    note_reported(analysis, &meetings, &anchors, &reported);
    for mention in others {
        let session = session::number(analysis, &mention.tokens);
        // "Trong 3 ngày, Hội nghị tập huấn … sẽ thảo luận"
        let reported = meetings[..anchors.len()].iter().any(|meeting| {
            meeting.kind == mention.kind
                && meeting.session_number == session
                && 2 * mention.tokens.len() >= meeting.quote.len()
                && overlap(analysis, &meeting.quote, &mention.tokens) >= SAME_NAME
        });
        // "buổi lễ trang trọng này"
        let pointed = analysis.word(mention.tokens.end) == "này" && mention.tokens.len() <= mention.head.len() + 2;
        let known = reported
            || pointed
            || meetings[anchors.len()..].iter().take(MAX_COMPARED).any(|meeting| {
                let same_session =
                    session.is_some() && meeting.session_number == session && meeting.kind == mention.kind;
                same_session || overlap(analysis, &meeting.quote, &mention.tokens) >= 0.6
            });
        if !known && !mention.is_bare() && !mention.implied {
            let mut meeting = in_passing(analysis, dates, mention);
            // "Ngay sau lễ công bố là tọa đàm …": the day of the gathering that the text has come to.
            if analysis.matches(analysis.sentence_at(mention.tokens.start).start, &["ngay", "sau"]) {
                let current = anchors
                    .iter()
                    .rposition(|anchor| anchor.tokens.start <= mention.tokens.start);
                let date = meetings[current.unwrap_or(0)].date.clone();
                meeting.date = date.map(|date| DateMention {
                    part_of_day: None,
                    ..date
                });
            }
            meeting.rule.matched(analysis, &mention.head, || {
                format!("“{}”, only mentioned", meeting.name)
            });
            meetings.push(meeting);
        } else {
            let why = match known {
                true => "the gathering is mentioned before: one row for each",
                false => "another gathering than the one reported on, without a name",
            };
            mention.tried(NOUN, VERB).dropped(analysis, &mention.head, why);
        }
    }
    meetings
}

/// Notes the mentions of the gatherings that the document reports on.
fn note_reported(
    analysis: &Analysis,
    meetings: &[Meeting],
    anchors: &[&MeetingMention],
    reported: &[Vec<&MeetingMention>],
) {
    for ((meeting, anchor), mentions) in meetings.iter().zip(anchors).zip(reported) {
        for mention in mentions {
            if mention.tokens == anchor.tokens {
                meeting
                    .rule
                    .matched(analysis, &mention.head, || format!("“{}”, reported on", meeting.name));
            } else {
                let why = "speaks of a gathering that is reported on: one row for each";
                mention.tried(NOUN, VERB).dropped(analysis, &mention.head, why);
            }
        }
    }
}

/// The mentions that open the report on a gathering, in text order: the primary one, and those that stand in a
/// sentence with another day or part of the day of their own and name somebody who takes part.
fn anchors<'m>(
    analysis: &Analysis,
    mentions: &'m [MeetingMention],
    primary: usize,
    dates: &DateIndex,
    people: &People,
) -> Vec<&'m MeetingMention> {
    let first = &mentions[primary];
    let mut anchors = vec![first];
    let Some(day) = attributes::own_day(analysis, dates, first) else {
        return anchors;
    };
    for mention in mentions {
        let candidate = !mention.in_passing && !mention.is_bare() && mention.tokens.len() > mention.head.len() + 2;
        if !candidate || mention.tokens.start == first.tokens.start {
            continue;
        }
        let Some(other) = attributes::own_day(analysis, dates, mention) else {
            continue;
        };
        let sentence = analysis.sentence_at(mention.tokens.start);
        let before = mention.tokens.start < first.tokens.start;
        let opens = other.part_of_day.is_some() && other.tokens.start < sentence.start + OPENING_TOKENS;
        let told = if before || opens {
            // "Chiều 5/4, UBND tỉnh tổ chức lễ … . Bí thư Tỉnh ủy …": who takes part is told next.
            opens && other.day.is_some() && people_follow(analysis, people, &sentence)
        } else {
            !people.within(&sentence).is_empty()
        };
        if !told {
            continue;
        }
        let other_day = day.day.is_some() && other.day.is_some() && (day.day, day.month) != (other.day, other.month);
        let earlier = other_day && (analysis.matches(sentence.start, &["trước", "đó"]) || !is_near(day, other));
        let again = other.tokens.clone().any(|token| analysis.word(token) == "cùng");
        let other_part = matches!((day.part_of_day, other.part_of_day), (Some(a), Some(b)) if a != b)
            || again && day.part_of_day.is_none() && other.part_of_day.is_some();
        let known = anchors
            .iter()
            .any(|anchor| overlap(analysis, &anchor.tokens, &mention.tokens) >= 0.8);
        if (other_day || other_part) && !earlier && !known && anchors.len() < MAX_COMPARED {
            anchors.push(mention);
        }
    }
    anchors.sort_by_key(|anchor| anchor.tokens.start);
    anchors
}

/// The sentence or the next one names somebody.
fn people_follow(analysis: &Analysis, people: &People, sentence: &TokenRange) -> bool {
    let next = analysis.sentences.iter().find(|next| next.start >= sentence.end);
    let end = next.map_or(sentence.end, |next| next.end);
    !people.within(&(sentence.start..end)).is_empty()
}

/// One text reports on gatherings of few days; what was months ago is only told for comparison.
fn is_near(a: &DateMention, b: &DateMention) -> bool {
    let day_of_year = |date: &DateMention| Some(31 * i64::from(date.month?) + i64::from(date.day?));
    let years = matches!((a.year, b.year), (Some(a), Some(b)) if a != b);
    let distance = day_of_year(a).zip(day_of_year(b)).map(|(a, b)| (a - b).abs());
    !years && distance.is_some_and(|distance| distance <= MAX_DAYS_APART)
}

/// The mention of the gathering that the document reports on: with a day in its sentence, named fully, early.
fn primary_mention(analysis: &Analysis, mentions: &[MeetingMention], dates: &DateIndex) -> Option<usize> {
    let score = |mention: &MeetingMention| {
        let sentence = analysis.sentence_at(mention.tokens.start);
        let order = analysis
            .sentences
            .partition_point(|other| other.end <= mention.tokens.start) as i32;
        let day = dates
            .dates_in(&sentence)
            .iter()
            .map(|date| 2 * i32::from(date.day.is_some()) + i32::from(date.part_of_day.is_some()))
            .max();
        let before = mention
            .tokens
            .start
            .checked_sub(1)
            .map_or("", |token| analysis.word(token));
        let is_event = matches!(
            before,
            "tại" | "chức" | "trì" | "của" | "khai" | "dự" | "ra" | "trong" | "luận"
        );
        // "Tại Hội nghị triển khai nhiệm vụ năm 2017, Thứ trưởng …": told of in its own right, however late.
        let opens = before == "tại"
            && mention.tokens.start == sentence.start + 1
            && mention.tokens.len() >= mention.head.len() + LEAST_TOPIC;
        8 * day.unwrap_or(0) + 6 * i32::from(!mention.is_bare()) + (4 + 5 * i32::from(opens)) * i32::from(is_event)
            - order.min(12)
            - 16 * i32::from(mention.in_passing)
            - 12 * i32::from(mention.planned)
            - 2 * i32::from(mention.implied)
    };
    let (index, best) = mentions
        .iter()
        .enumerate()
        .map(|(index, mention)| (index, score(mention)))
        .max_by_key(|&(index, score)| (score, std::cmp::Reverse(index)))?;
    // Without a day in its sentence or the lead only an early mention tells of the document's own gathering.
    let sentence = analysis.sentence_at(mentions[index].tokens.start);
    let lead = 0..analysis
        .sentences
        .get(LEAD_SENTENCES - 1)
        .map_or(analysis.len(), |sentence| sentence.end);
    let in_sentence = dates.dates_in(&sentence).iter().any(|date| date.day.is_some());
    let in_lead = [sentence, lead]
        .iter()
        .any(|range| dates.dates_in(range).iter().any(|date| date.part_of_day.is_some()));
    let dated = in_sentence || in_lead;
    (best >= if dated { 0 } else { LEAST_UNDATED }).then_some(index)
}

/// `Chiều cùng ngày, tổ đại biểu tiếp xúc cử tri …`: a further gathering of the day.
fn opens_another(analysis: &Analysis, dates: &DateIndex, mention: &MeetingMention) -> bool {
    let sentence = analysis.sentence_at(mention.tokens.start);
    let first = dates.dates_in(&sentence).first();
    first.is_some_and(|date| {
        date.tokens.start < sentence.start + 3
            && date.part_of_day.is_some()
            && date.tokens.clone().any(|token| analysis.word(token) == "cùng")
    })
}

/// `mention` speaks of the gathering of `anchor`: it is bare, or shares its session and topic.
fn belongs(analysis: &Analysis, anchor: &MeetingMention, mention: &MeetingMention) -> bool {
    if mention.in_passing {
        return false;
    }
    let sessions = (
        session::number(analysis, &anchor.tokens),
        session::number(analysis, &mention.tokens),
    );
    if let (Some(a), Some(b)) = sessions {
        return a == b;
    }
    if mention.is_bare() {
        return mention.tokens.start > anchor.tokens.start || mention.kind == anchor.kind;
    }
    anchor.is_bare() && is_akin(&mention.kind, &anchor.kind)
        || overlap(analysis, &anchor.tokens, &mention.tokens) >= 0.5
        || mention.kind == anchor.kind && mention.tokens.len() < mention.head.len() + 5
}

/// Share of the shorter mention's words that the longer one has too.
fn overlap(analysis: &Analysis, a: &TokenRange, b: &TokenRange) -> f64 {
    let words = |range: &TokenRange| {
        range
            .clone()
            .map(|token| analysis.word(token))
            .collect::<FxHashSet<&str>>()
    };
    let (a, b) = (words(a), words(b));
    a.intersection(&b).count() as f64 / a.len().min(b.len()).max(1) as f64
}

fn report(analysis: &Analysis, dates: &DateIndex, mentions: &[&MeetingMention], anchor: &MeetingMention) -> Meeting {
    let fullest = fullest(anchor, mentions);
    let date = attributes::date(analysis, dates, &ordered(anchor, mentions));
    let rule = match (anchor.implied, date.is_some()) {
        (false, true) => NOUN,
        (false, false) => NOUN_UNDATED,
        (true, true) => VERB,
        (true, false) => VERB_UNDATED,
    };
    Meeting {
        name: name(analysis, fullest),
        kind: anchor.kind.clone(),
        quote: fullest.tokens.clone(),
        session_number: mentions
            .iter()
            .find_map(|mention| session::number(analysis, &mention.tokens)),
        format: attributes::format(analysis, mentions),
        host: attributes::host(analysis, &ordered(fullest, mentions)),
        places: attributes::places(analysis, mentions),
        date,
        is_primary: true,
        rule,
        anchor: anchor.tokens.clone(),
    }
}

fn in_passing(analysis: &Analysis, dates: &DateIndex, mention: &MeetingMention) -> Meeting {
    Meeting {
        name: name(analysis, mention),
        kind: mention.kind.clone(),
        quote: mention.tokens.clone(),
        session_number: session::number(analysis, &mention.tokens),
        date: None.or_else(|| {
            dates
                .dates_in(&mention.tokens)
                .first()
                .map(|date| dates.in_document_year(date))
        }),
        format: None,
        host: attributes::host(analysis, &[mention]),
        places: Vec::new(),
        is_primary: false,
        rule: if mention.in_passing { OTHER_TIME } else { ALSO_NAMED },
        anchor: mention.tokens.clone(),
    }
}

/// `anchor` first, then the others in text order.
fn ordered<'m>(anchor: &'m MeetingMention, mentions: &[&'m MeetingMention]) -> Vec<&'m MeetingMention> {
    let others = mentions
        .iter()
        .copied()
        .filter(|mention| mention.tokens != anchor.tokens);
    std::iter::once(anchor).chain(others).collect()
}

/// The mention with the longest name of the anchor's kind; a noun with a topic beats a verb with one, and that a bare noun.
fn fullest<'m>(anchor: &'m MeetingMention, mentions: &[&'m MeetingMention]) -> &'m MeetingMention {
    let same_kind = |mention: &&&MeetingMention| {
        mention.kind == anchor.kind || anchor.is_bare() && is_akin(&mention.kind, &anchor.kind)
    };
    mentions
        .iter()
        .filter(same_kind)
        .copied()
        .max_by_key(|mention| {
            (
                !mention.is_bare(),
                !mention.implied,
                mention.tokens.len(),
                std::cmp::Reverse(mention.tokens.start),
            )
        })
        .unwrap_or(anchor)
}

/// Nouns of two kinds can name one gathering: a `phiên họp` is a `cuộc họp`, but no `họp báo`.
fn is_akin(a: &str, b: &str) -> bool {
    let of_session = |kind: &str| {
        matches!(
            kind,
            "phiên họp" | "phiên làm việc" | "kỳ họp" | "hội nghị" | "cuộc họp"
        )
    };
    family(a) == family(b) || of_session(a) && of_session(b)
}

fn family(kind: &str) -> &str {
    match kind {
        "cuộc họp" | "phiên họp" | "giao ban" | "phiên giao ban" => "họp",
        "hội nghị" | "hội thảo" | "tọa đàm" | "diễn đàn" => "hội nghị",
        "buổi gặp mặt" | "buổi gặp" | "cuộc gặp" | "cuộc gặp mặt" => "gặp",
        _ if kind == "buổi lễ" || kind.starts_with("lễ ") => "lễ",
        _ => kind,
    }
}

/// The name in the text's words; for a verb with the noun that it implies: `làm việc với …` → `Buổi làm việc với …`.
fn name(analysis: &Analysis, mention: &MeetingMention) -> String {
    if !mention.implied {
        return analysis.slice(&mention.tokens).to_owned();
    }
    let mut letters = mention.kind.chars();
    let kind: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    let topic = analysis.slice(&(mention.head.end..mention.tokens.end));
    if topic.is_empty() {
        kind
    } else {
        format!("{kind} {topic}")
    }
}
