//! The lists below the text: each fact's fields, its words, the rule that found it and how sure that is.

use anstyle::Style;
use chrono::NaiveDate;

use super::flow::Flow;
use super::marks::Kind;
use crate::schema::rows::{
    CitationFact, Evidence, ExtractionRow, IndicatorFact, MeetingFact, OfficialFact, PositionFact, PostFact, RoleFact,
};

/// Indent of everything under a fact's first line.
const INDENT: &str = "     ";

/// Longer quotations are shown without their middle.
const MAX_QUOTE_CHARS: usize = 100;

/// Appends the lists of all kinds that were found to `out`.
pub(super) fn write(extraction: &ExtractionRow, width: usize, out: &mut String) {
    let mut list = List { width, out };
    list.section("Meetings", extraction.meetings.len());
    for (index, meeting) in extraction.meetings.iter().enumerate() {
        list.meeting(index, meeting);
    }
    list.section("Officials", extraction.officials.len());
    let mut roles = 0;
    for (index, official) in extraction.officials.iter().enumerate() {
        list.official(index, official, roles);
        roles += official.roles.len();
    }
    list.section("Posts without a name", extraction.posts_mentioned.len());
    for post in &extraction.posts_mentioned {
        list.post_alone(post);
    }
    list.section("Indicators", extraction.indicators.len());
    for (index, indicator) in extraction.indicators.iter().enumerate() {
        list.indicator(index, indicator);
    }
    list.section("Cited documents", extraction.citations.len());
    for (index, citation) in extraction.citations.iter().enumerate() {
        list.citation(index, citation);
    }
}

struct List<'o> {
    width: usize,
    out: &'o mut String,
}

impl List<'_> {
    fn section(&mut self, title: &str, count: usize) {
        if count > 0 {
            self.out.push('\n');
            let title = Flow::default().with(Style::new().bold().underline(), title);
            title.wrap_into(self.out, self.width, "", "");
        }
    }

    fn meeting(&mut self, index: usize, fact: &MeetingFact) {
        self.first_line(Kind::Meeting, index, &fact.name);
        let mut fields = vec![fact.kind.clone()];
        fields.push(
            if fact.is_primary {
                "reported on"
            } else {
                "only mentioned"
            }
            .to_owned(),
        );
        fields.extend(fact.session_number.map(|number| format!("session {number}")));
        let day = [fact.date_edtf.as_deref(), fact.part_of_day.as_deref()];
        let day = day.into_iter().flatten().collect::<Vec<_>>().join(" ");
        match fact.date_basis.as_deref().filter(|_| fact.date_edtf.is_some()) {
            Some(basis) => fields.push(format!("on {day} ({basis})")),
            None if day.is_empty() => fields.push("day unknown".to_owned()),
            None => fields.push(format!("{day}, day unknown")),
        }
        fields.extend(fact.format.as_deref().map(|format| format.replace('_', " ")));
        fields.extend(fact.level.as_deref().map(|level| format!("level {level}")));
        fields.extend(fact.host.as_deref().map(|host| format!("host {host}")));
        fields.extend(listed("chaired by", &fact.chairs));
        let places = fact.places.iter().zip(&fact.place_area_ids);
        let places: Vec<String> = places
            .map(|(place, area_id)| in_area(place, area_id.as_deref()))
            .collect();
        fields.extend(listed("at", &places));
        self.fields(&fields);
        self.evidence(&fact.evidence, &fact.name);
    }

    fn official(&mut self, index: usize, fact: &OfficialFact, roles_before: usize) {
        let mut name = fact.name.clone();
        let honorific = fact.honorific.iter().cloned();
        let others = fact.other_names.iter().map(|other| format!("also {other}"));
        let extra: Vec<String> = honorific.chain(others).collect();
        if !extra.is_empty() {
            name.push_str(&format!(" ({})", extra.join("; ")));
        }
        self.first_line(Kind::Official, index, &name);
        for position in &fact.positions {
            self.line(Flow::default().with(Kind::Post.style(), &post(position)));
        }
        self.evidence(&fact.evidence, &fact.name);
        for (number, role) in fact.roles.iter().enumerate() {
            self.role(roles_before + number, role);
        }
    }

    fn post_alone(&mut self, fact: &PostFact) {
        let title = understood(&fact.label, &fact.title, fact.organization.as_deref());
        self.line(Flow::default().with(Kind::Post.style(), &title));
        self.evidence(&fact.evidence, &fact.label);
        for role in &fact.roles {
            let what = format!("{} of {}", role.role, Kind::Meeting.tag(role.meeting as usize));
            let grounds = format!(": {}", grounds(&role.evidence, ""));
            let flow = Flow::default().with(Style::new(), &what);
            self.line(flow.with(Style::new().dimmed(), &grounds));
        }
    }

    fn role(&mut self, index: usize, fact: &RoleFact) {
        let what = format!("{} of {}", fact.role, Kind::Meeting.tag(fact.meeting as usize));
        let flow = Flow::default()
            .with(Kind::Role.style(), &format!("{} ", Kind::Role.tag(index)))
            .with(Style::new(), &what)
            .with(Style::new().dimmed(), &format!(": {}", grounds(&fact.evidence, "")));
        self.line(flow);
    }

    fn indicator(&mut self, index: usize, fact: &IndicatorFact) {
        self.first_line(Kind::Indicator, index, &format!("{}: {}", quantity(fact), fact.label));
        let mut fields = Vec::new();
        fields.extend(fact.is_target.then(|| "target".to_owned()));
        fields.extend(fact.direction.clone());
        fields.extend(fact.period.as_deref().map(|period| {
            let days = days(fact.period_start, fact.period_end);
            format!("period {period}{days}")
        }));
        let place = |place: &str| format!("place {}", in_area(place, fact.area_id.as_deref()));
        fields.extend(fact.place.as_deref().map(place));
        fields.extend(fact.indicator.as_deref().map(|indicator| match &fact.pillar {
            Some(pillar) => format!("indicator {indicator}, pillar {pillar}"),
            None => format!("indicator {indicator}"),
        }));
        fields.push(format!("measured in {}", fact.unit_kind));
        fields.extend(
            fact.meeting
                .map(|meeting| format!("told at {}", Kind::Meeting.tag(meeting as usize))),
        );
        self.fields(&fields);
        self.evidence(&fact.evidence, "");
    }

    fn citation(&mut self, index: usize, fact: &CitationFact) {
        let number = fact.number.as_deref().map(|number| format!("{} {number}", fact.kind));
        let title = match (&number, &fact.name) {
            (Some(number), Some(name)) => format!("{number}, {name}"),
            (Some(title), None) | (None, Some(title)) => title.clone(),
            (None, None) => fact.kind.clone(),
        };
        self.first_line(Kind::Citation, index, &title);
        let mut fields = vec![fact.kind.clone()];
        fields.extend(fact.issuer.as_deref().map(|issuer| format!("issued by {issuer}")));
        fields.extend(fact.date_edtf.as_deref().map(|date| format!("of {date}")));
        self.fields(&fields);
        self.evidence(&fact.evidence, &title);
    }

    fn first_line(&mut self, kind: Kind, index: usize, text: &str) {
        let width = INDENT.len();
        Flow::default()
            .with(kind.style(), &format!("{:<width$}", kind.tag(index)))
            .with(Style::new().bold(), text)
            .wrap_into(self.out, self.width, "", INDENT);
    }

    fn fields(&mut self, fields: &[String]) {
        if !fields.is_empty() {
            self.line(Flow::default().with(Style::new(), &fields.join(" · ")));
        }
    }

    fn evidence(&mut self, evidence: &Evidence, shown: &str) {
        self.line(Flow::default().with(Style::new().dimmed(), &grounds(evidence, shown)));
    }

    fn line(&mut self, flow: Flow) {
        flow.wrap_into(self.out, self.width, INDENT, INDENT);
    }
}

/// The words of a fact, where they stand, the rule and its confidence. Words that are `shown` already are left out.
fn grounds(evidence: &Evidence, shown: &str) -> String {
    let Evidence {
        start,
        end,
        quote,
        rule,
        confidence,
    } = evidence;
    let place = format!("at {start}–{end}, rule {rule}, confidence {confidence:.2}");
    if quote == shown {
        return place;
    }
    format!("“{}” {place}", shortened(&quote.replace('\n', " ")))
}

/// A long quotation without its middle; the whole of it stands marked in the text.
fn shortened(quote: &str) -> String {
    let chars: Vec<char> = quote.chars().collect();
    if chars.len() <= MAX_QUOTE_CHARS {
        return quote.to_owned();
    }
    let half = MAX_QUOTE_CHARS / 2;
    let head: String = chars[..half].iter().collect();
    let tail: String = chars[chars.len() - half..].iter().collect();
    let head = head.rsplit_once(' ').map_or(head.as_str(), |(words, _)| words);
    let tail = tail.split_once(' ').map_or(tail.as_str(), |(_, words)| words);
    format!("{head} … {tail}")
}

fn listed(label: &str, items: &[String]) -> Option<String> {
    (!items.is_empty()).then(|| format!("{label} {}", items.join(", ")))
}

/// A place with the area that it is or lies in.
fn in_area(place: &str, area_id: Option<&str>) -> String {
    match area_id {
        Some(area_id) => format!("{place} ({area_id})"),
        None => place.to_owned(),
    }
}

/// A label, and the title and organisation that it is understood as where that differs.
fn understood(label: &str, title: &str, organization: Option<&str>) -> String {
    let parts: Vec<&str> = [Some(title), organization].into_iter().flatten().collect();
    match parts.join(" ") == label {
        true => label.to_owned(),
        false => format!("{label} = {}", parts.join(", ")),
    }
}

/// A post as written and understood, with its status where that is not current.
fn post(position: &PositionFact) -> String {
    let mut text = understood(&position.label, &position.title, position.organization.as_deref());
    if position.status != "current" {
        text.push_str(&format!(" ({})", position.status));
    }
    in_area(&text, position.area_id.as_deref())
}

/// `nearly 5800 lượt`, `7–9 %`, `16 of 16 mục tiêu`.
fn quantity(fact: &IndicatorFact) -> String {
    let mut text = match fact.qualifier.as_deref() {
        Some(qualifier) => format!("{} ", qualifier.replace('_', " ")),
        None => String::new(),
    };
    text.push_str(&fact.value.to_string());
    if let Some(value_max) = fact.value_max {
        text.push_str(&format!("–{value_max}"));
    }
    if let Some(denominator) = fact.denominator {
        text.push_str(&format!(" of {denominator}"));
    }
    if !fact.unit.is_empty() {
        text.push_str(&format!(" {}", fact.unit));
    }
    text
}

fn days(start: Option<NaiveDate>, end: Option<NaiveDate>) -> String {
    match (start, end) {
        (Some(start), Some(end)) => format!(" ({start} to {end})"),
        (Some(start), None) => format!(" (from {start})"),
        (None, Some(end)) => format!(" (to {end})"),
        (None, None) => String::new(),
    }
}
