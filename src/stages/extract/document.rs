//! All facts of one document, from its analysed text to table rows.

use chrono::NaiveDate;

use super::citations;
use super::context::Context;
use super::indicators;
use super::meetings::{self, Meeting};
use super::people::{self, Person};
use super::roles::{self, Participation, Role};
use crate::lexicon::Lexicon;
use crate::schema::rows::{ExtractionRow, MeetingFact, OfficialFact, PositionFact, RoleFact};
use crate::text::analysis::{Analysis, Scratch};
use crate::text::date::DateIndex;

/// Finds everything in `text` (NFC), published on `published`. The row's document columns are left empty.
pub fn extract(text: &str, published: Option<NaiveDate>, lexicon: &Lexicon, scratch: &mut Scratch) -> ExtractionRow {
    facts(&Analysis::new(text, lexicon, scratch), published)
}

/// Finds everything in an analysed text.
pub(super) fn facts(analysis: &Analysis, published: Option<NaiveDate>) -> ExtractionRow {
    let context = Context::new(analysis, published);
    let dates = DateIndex::find(analysis, published);
    let people = people::find(&context);
    let meetings = meetings::find(&context, &people, &dates);
    let participations = roles::find(analysis, &people, &meetings);
    let reported = meetings.iter().take_while(|meeting| meeting.is_primary);
    let starts: Vec<i32> = reported.map(|meeting| context.start(&meeting.anchor)).collect();
    let citations = citations::find(&context, &dates);
    let mut indicators = indicators::find(&context, &dates, &citations, &people);
    for fact in &mut indicators {
        let begun = starts
            .iter()
            .rposition(|&start| start <= fact.evidence.start)
            .unwrap_or(0);
        fact.meeting = (!starts.is_empty()).then_some(begun as i32);
    }
    ExtractionRow {
        indicators,
        citations: citations.facts,
        meetings: meetings
            .iter()
            .enumerate()
            .map(|(index, meeting)| {
                let is_chair = |part: &&Participation| part.role == Role::Chair && part.meeting == index;
                let chairs: Vec<&Person> = participations
                    .iter()
                    .filter(is_chair)
                    .map(|part| &people.persons[part.person])
                    .collect();
                meeting_fact(&context, meeting, &chairs)
            })
            .collect(),
        officials: people
            .persons
            .iter()
            .enumerate()
            .map(|(index, person)| {
                let roles = participations.iter().filter(|part| part.person == index);
                official_fact(&context, person, roles)
            })
            .collect(),
        ..Default::default()
    }
}

fn meeting_fact(context: &Context, meeting: &Meeting, chairs: &[&Person]) -> MeetingFact {
    let analysis = context.analysis;
    let posts = chairs.iter().flat_map(|person| &person.posts);
    let date = meeting.date.as_ref().filter(|date| date.is_known());
    MeetingFact {
        name: meeting.name.clone(),
        kind: meeting.kind.clone(),
        session_number: meeting.session_number,
        level: meetings::level(analysis, &meeting.quote, meeting.host.as_ref(), posts).map(str::to_owned),
        date: date.and_then(|date| date.day_date()),
        date_edtf: date.map(|date| date.edtf()),
        date_basis: date.map(|date| date.basis.as_str().to_owned()),
        part_of_day: meeting
            .date
            .as_ref()
            .and_then(|date| date.part_of_day)
            .map(|part| part.as_str().to_owned()),
        format: meeting.format.map(str::to_owned),
        host: meeting.host.as_ref().map(|host| analysis.slice(host).to_owned()),
        chairs: chairs.iter().map(|person| person.name.clone()).collect(),
        places: meeting.places.clone(),
        is_primary: meeting.is_primary,
        evidence: context.evidence(&meeting.quote, meeting.rule),
    }
}

fn official_fact<'p>(
    context: &Context,
    person: &Person,
    parts: impl Iterator<Item = &'p Participation>,
) -> OfficialFact {
    let analysis = context.analysis;
    OfficialFact {
        name: person.name.clone(),
        other_names: person.other_names.clone(),
        honorific: person.honorific.clone(),
        positions: person
            .posts
            .iter()
            .map(|post| PositionFact {
                label: analysis.slice(&post.tokens).to_owned(),
                title: analysis.slice(&post.title).to_owned(),
                organization: (post.title.end < post.tokens.end)
                    .then(|| analysis.slice(&(post.title.end..post.tokens.end)).to_owned()),
                area_id: None,
                status: post.status.to_owned(),
            })
            .collect(),
        roles: parts
            .map(|part| RoleFact {
                meeting: part.meeting as i32,
                role: part.role.as_str().to_owned(),
                evidence: context.evidence(&part.tokens, part.rule),
            })
            .collect(),
        evidence: context.evidence(&person.best, person.rule),
    }
}
