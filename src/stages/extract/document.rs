//! All facts of one document, from its analysed text to table rows.

use chrono::NaiveDate;

use super::citations;
use super::context::Context;
use super::indicators;
use super::meetings::{self, Meeting, Site};
use super::people::{self, People, Person, Post};
use super::places::Locator;
use super::roles::{self, Participation, Role};
use crate::lexicon::Lexicon;
use crate::lexicon::areas::Area;
use crate::schema::rows::{ExtractionRow, MeetingFact, OfficialFact, PositionFact, PostFact, RoleFact};
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
        posts_mentioned: posts_mentioned(&context, &locator, people, &meetings),
        ..Default::default()
    }
}

/// Posts that stand for holders whom the document does not name, with their parts in its meetings.
fn posts_mentioned(context: &Context, locator: &Locator, people: People, meetings: &[Meeting]) -> Vec<PostFact> {
    if people.unnamed.is_empty() {
        return Vec::new();
    }
    let named = people.persons.len();
    let everybody = people.with_unnamed(context.analysis);
    let participations = roles::find(&context.analysis.untraced(), &everybody, meetings);
    let posts = everybody.persons.iter().enumerate().skip(named);
    posts
        .map(|(index, holder)| {
            let parts = participations.iter().filter(|part| part.person == index);
            post_fact(context, locator, holder, parts)
        })
        .collect()
}

fn post_fact<'p>(
    context: &Context,
    locator: &Locator,
    holder: &Person,
    parts: impl Iterator<Item = &'p Participation>,
) -> PostFact {
    let post = position_fact(context, locator, &holder.posts[0], true);
    PostFact {
        label: post.label,
        title: post.title,
        organization: post.organization,
        area_id: post.area_id,
        roles: role_facts(context, parts),
        evidence: context.evidence(&holder.best, holder.rule),
    }
}

fn position_fact(context: &Context, locator: &Locator, post: &Post, is_vietnamese: bool) -> PositionFact {
    let analysis = context.analysis;
    PositionFact {
        label: analysis.slice(&post.tokens).to_owned(),
        title: people::normal_title(analysis, post),
        organization: people::normal_organization(analysis, post),
        area_id: locator
            .of_post(&post.tokens, is_vietnamese)
            .map(|area| area.id.to_owned()),
        status: post.status.to_owned(),
    }
}

fn role_facts<'p>(context: &Context, parts: impl Iterator<Item = &'p Participation>) -> Vec<RoleFact> {
    parts
        .map(|part| RoleFact {
            meeting: part.meeting as i32,
            role: part.role.as_str().to_owned(),
            evidence: context.evidence(&part.tokens, part.rule),
        })
        .collect()
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
    let is_vietnamese = fold(&person.name).split(' ').all(is_vietnamese);
    OfficialFact {
        name: person.name.clone(),
        other_names: person.other_names.clone(),
        honorific: person.honorific.clone(),
        positions: person
            .posts
            .iter()
            .map(|post| position_fact(context, locator, post, is_vietnamese))
            .collect(),
        roles: role_facts(context, parts),
        evidence: context.evidence(&person.best, person.rule),
    }
}
