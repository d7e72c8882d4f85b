//! All facts of one document, from its analysed text to table rows.

use chrono::NaiveDate;

use super::citations;
use super::context::Context;
use super::indicators;
use super::meetings::{self, Meeting, Site};
use super::people::{self, Person};
use super::places::Locator;
use super::roles::{self, Participation, Role};
use crate::lexicon::Lexicon;
use crate::lexicon::areas::Area;
use crate::schema::rows::{ExtractionRow, MeetingFact, OfficialFact, PositionFact, RoleFact};
use crate::text::analysis::{Analysis, Scratch};
use crate::text::date::DateIndex;
use crate::text::fold::fold;
use crate::text::syllable::is_vietnamese;

/// Finds everything in `text` (NFC), published on `published` by a portal or newspaper of the province `publisher`. The
/// row's document columns are left empty.
pub fn extract(
    text: &str,
    published: Option<NaiveDate>,
    publisher: Option<&'static Area>,
    lexicon: &Lexicon,
    scratch: &mut Scratch,
) -> ExtractionRow {
    facts(&Analysis::new(text, lexicon, scratch), published, publisher)
}

/// Finds everything in an analysed text.
pub(super) fn facts(
    analysis: &Analysis,
    published: Option<NaiveDate>,
    publisher: Option<&'static Area>,
) -> ExtractionRow {
    let context = Context::new(analysis, published);
    let locator = Locator::new(analysis, publisher, published);
    let dates = DateIndex::find(analysis, published);
    let people = people::find(&context);
    let meetings = meetings::find(&context, &people, &dates);
    let participations = roles::find(analysis, &people, &meetings);
    let reported = meetings.iter().take_while(|meeting| meeting.is_primary);
    let starts: Vec<i32> = reported.map(|meeting| context.start(&meeting.anchor)).collect();
    let citations = citations::find(&context, &dates);
    let mut indicators = indicators::find(&context, &dates, &citations, &people, &locator);
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
                meeting_fact(&context, &locator, meeting, &chairs)
            })
            .collect(),
        officials: people
            .persons
            .iter()
            .enumerate()
            .map(|(index, person)| {
                let roles = participations.iter().filter(|part| part.person == index);
                official_fact(&context, &locator, person, roles)
            })
            .collect(),
        ..Default::default()
    }
}

fn meeting_fact(context: &Context, locator: &Locator, meeting: &Meeting, chairs: &[&Person]) -> MeetingFact {
    let analysis = context.analysis;
    let posts = chairs.iter().flat_map(|person| &person.posts);
    let date = meeting.date.as_ref().filter(|date| date.is_known());
    let day = date.and_then(|date| date.day_date());
    let site_area = |site: &Site| locator.at(site.at, day.or(context.published));
    MeetingFact {
        name: meeting.name.clone(),
        kind: meeting.kind.clone(),
        session_number: meeting.session_number,
        level: meetings::level(analysis, &meeting.quote, meeting.host.as_ref(), posts).map(str::to_owned),
        date: day,
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
        places: meeting.places.iter().map(|site| site.name.clone()).collect(),
        place_area_ids: meeting
            .places
            .iter()
            .map(|site| site_area(site).map(|area| area.id.to_owned()))
            .collect(),
        is_primary: meeting.is_primary,
        evidence: context.evidence(&meeting.quote, meeting.rule),
    }
}

fn official_fact<'p>(
    context: &Context,
    locator: &Locator,
    person: &Person,
    parts: impl Iterator<Item = &'p Participation>,
) -> OfficialFact {
    let analysis = context.analysis;
    let is_vietnamese = fold(&person.name).split(' ').all(is_vietnamese);
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
                area_id: locator
                    .of_post(&post.tokens, is_vietnamese)
                    .map(|area| area.id.to_owned()),
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
