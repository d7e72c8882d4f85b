//! From the mentions of a block to persons.
//!
//! First the mentions of one name in one body become profiles, by lookup; then the profiles of each name are joined as
//! far as their careers fit, then forms of names (`N.X. Phúc`) go to the one fuller name whose posts they share. Only
//! profiles are compared with each other, and at most [`WINDOW`] neighbours each, so that even the most frequent name
//! costs no more than its mentions times a constant.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::name::{Form, Name};
use super::profile::{Fit, Profile, days_apart};
use crate::stages::resolve::office::Office;

/// Profiles of one name with which each is compared.
const WINDOW: usize = 64;

/// A mention as persons are found by it.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub name: Name,
    pub person_key: String,
    pub document: String,
    pub day: Option<NaiveDate>,
    /// Posts, each with whether it is a former one.
    pub offices: Vec<(Office, bool)>,
    /// The person to whom an earlier run gave it.
    pub given_id: Option<String>,
}

/// The persons among `mentions`, which are one block in order of days and documents: for each the indices of its
/// mentions, ascending.
pub(super) fn persons(mentions: &[Mention]) -> Vec<Vec<usize>> {
    let mut names: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (index, mention) in mentions.iter().enumerate() {
        let order = (mention.name.rank(), mention.person_key.as_str());
        names.entry(order).or_default().push(index);
    }
    let mut found = Found::default();
    for indices in names.values() {
        found.add_name(mentions, indices);
    }
    let mut persons: Vec<Vec<usize>> = found.persons.into_iter().map(|person| person.mentions()).collect();
    join_given(mentions, &mut persons);
    persons.sort();
    persons
}

/// Persons as they are found, with the names under which a form of a name is looked up.
#[derive(Default)]
struct Found<'r> {
    persons: Vec<Person<'r>>,
    /// By family and given name without marks.
    by_ends: FxHashMap<(&'r str, &'r str), Vec<usize>>,
}

/// Profiles that are one person.
struct Person<'r> {
    name: &'r Name,
    profiles: Vec<Profile<'r>>,
}

impl Person<'_> {
    fn mentions(&self) -> Vec<usize> {
        let mut mentions: Vec<usize> = self
            .profiles
            .iter()
            .flat_map(|profile| profile.mentions.iter().copied())
            .collect();
        mentions.sort_unstable();
        mentions
    }

    fn fit(&self, profile: &Profile) -> Fit {
        let fits = || self.profiles.iter().map(|own| own.fit(profile, false));
        let best = fits().max().unwrap_or(Fit::Conflict);
        let conflict = fits().any(|fit| fit == Fit::Conflict);
        if conflict && best < Fit::Same {
            Fit::Conflict
        } else {
            best
        }
    }
}

impl<'r> Found<'r> {
    /// Adds the persons of one name, whose mentions are `indices`; fuller names have been added before.
    fn add_name(&mut self, mentions: &'r [Mention], indices: &[usize]) {
        let Some(&first) = indices.first() else { return };
        let name = &mentions[first].name;
        let fuller = self.fuller(name);
        let mut own = Vec::new();
        for profile in profiles(mentions, indices) {
            match self.holder(mentions, &fuller, &profile) {
                Some(person) => self.persons[person].profiles.push(profile),
                None => own.push(profile),
            }
        }
        let (silent, telling): (Vec<_>, Vec<_>) = own.into_iter().partition(Profile::is_silent);
        let (careers, shared) = careers(telling, name.is_common());
        let mut persons: Vec<Person> = careers.into_iter().map(|profiles| Person { name, profiles }).collect();
        for profile in silent {
            add_silent(&mut persons, name, profile, shared);
        }
        for person in persons {
            self.by_ends.entry(name.ends()).or_default().push(self.persons.len());
            self.persons.push(person);
        }
    }

    /// The persons under names of which `name` may be a form.
    fn fuller(&self, name: &Name) -> Vec<(Form, usize)> {
        let form = |person: usize| Some((name.form_of(self.persons[person].name)?, person));
        if name.opens_with_initial() {
            return (0..self.persons.len()).filter_map(form).collect();
        }
        let alike = self.by_ends.get(&name.ends());
        alike.into_iter().flatten().copied().filter_map(form).collect()
    }

    /// The one of `fuller` whom `profile` can mean: the shorter the form of the name, the more the posts must say.
    fn holder(&self, mentions: &[Mention], fuller: &[(Form, usize)], profile: &Profile) -> Option<usize> {
        let mut fits: Vec<(Fit, usize)> = Vec::new();
        for &(form, person) in fuller {
            let least = match form {
                Form::Unmarked => Fit::Open,
                Form::Initials => Fit::Near,
                Form::Shortened => Fit::Same,
            };
            let fit = self.persons[person].fit(profile);
            if fit >= least && (form == Form::Unmarked || !self.share_document(mentions, person, profile)) {
                fits.push((fit, person));
            }
        }
        let best = fits.iter().map(|(fit, _)| *fit).max()?;
        let mut at_best = fits.iter().filter(|(fit, _)| *fit == best);
        let (_, person) = at_best.next()?;
        let unique = at_best.next().is_none() && (best > Fit::Eminent || fits.len() == 1);
        unique.then_some(*person)
    }

    /// A document that names both by different names means two.
    fn share_document(&self, mentions: &[Mention], person: usize, profile: &Profile) -> bool {
        let own = self.persons[person]
            .profiles
            .iter()
            .flat_map(|profile| &profile.mentions);
        let documents: rustc_hash::FxHashSet<&str> = own.map(|&index| mentions[index].document.as_str()).collect();
        let mut theirs = profile.mentions.iter();
        theirs.any(|&index| documents.contains(mentions[index].document.as_str()))
    }
}

/// The mentions of one name, joined where they share a body in which they hold office, or a document.
fn profiles<'r>(mentions: &'r [Mention], indices: &[usize]) -> Vec<Profile<'r>> {
    let mut sets = Sets::new(indices.len());
    let mut anchors: FxHashMap<String, usize> = FxHashMap::default();
    let mut silent: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for (at, &index) in indices.iter().enumerate() {
        let mention = &mentions[index];
        let mut join = |anchor: String| {
            let first = *anchors.entry(anchor).or_insert(at);
            sets.join(first, at);
        };
        join(format!("document {}", mention.document));
        let mut anchored = false;
        for (office, _) in mention
            .offices
            .iter()
            .filter(|(office, _)| office.specific && !office.beside)
        {
            join(office.body_key());
            anchored = true;
        }
        // Mentions without a body of their own that say the same.
        if !anchored {
            let mut said: Vec<String> = mention.offices.iter().map(|(office, _)| office.key()).collect();
            said.sort();
            let first = *silent.entry(said).or_insert(at);
            sets.join(first, at);
        }
    }
    let joined = sets.members().into_iter().map(|members| {
        let mut profile = Profile::default();
        for at in members {
            let mention = &mentions[indices[at]];
            profile.mentions.push(indices[at]);
            for (office, former) in &mention.offices {
                profile.add(office, mention.day, *former);
            }
        }
        profile
    });
    joined.collect()
}

/// Adds to `persons` of one name a profile that names no body: to the only one whom it fits best, if any. Where the name is
/// `shared`, a bare title must be that of the person.
fn add_silent<'r>(persons: &mut Vec<Person<'r>>, name: &'r Name, profile: Profile<'r>, shared: bool) {
    let fits: Vec<Fit> = persons.iter().map(|person| person.fit(&profile)).collect();
    let best = fits.iter().max().copied().unwrap_or(Fit::Conflict);
    let alone = fits.iter().filter(|fit| **fit == best).count() == 1;
    let told = best >= Fit::Near || best > Fit::Conflict && persons.len() == 1 && (!shared || profile.is_beside());
    match fits.iter().position(|fit| *fit == best) {
        Some(person) if alone && told => persons[person].profiles.push(profile),
        _ => persons.push(Person {
            name,
            profiles: vec![profile],
        }),
    }
}

/// Profiles of one name, joined to persons as far as their posts can be one career, and whether the name is shared: it is
/// `common`, or two of the profiles are certainly two persons. Then something must speak for it that two are one.
fn careers(profiles: Vec<Profile<'_>>, common: bool) -> (Vec<Vec<Profile<'_>>>, bool) {
    let mut order: Vec<usize> = (0..profiles.len()).collect();
    let place = |&index: &usize| {
        let held = &profiles[index].held;
        let area = held.iter().find_map(|held| held.office.area);
        // Provinces that became one stand side by side.
        let area = area.map(|area| area.successor_ids.first().copied().unwrap_or(area.id));
        (area, held.iter().filter_map(|held| held.first).min(), index)
    };
    order.sort_by_key(place);
    let mut spans: Vec<_> = profiles.iter().map(Profile::span).collect();
    let mut links = Vec::new();
    let mut shared = common;
    for (at, &b) in order.iter().enumerate() {
        for &a in &order[at.saturating_sub(WINDOW)..at] {
            let fit = profiles[a].fit(&profiles[b], common);
            shared |= fit == Fit::Conflict;
            if fit > Fit::Conflict {
                let days = spans[a].zip(spans[b]).map_or(0, |(a, b)| days_apart(a, b));
                links.push((fit, days, a.min(b), a.max(b)));
            }
        }
    }
    let least = if shared { Fit::Eminent } else { Fit::Open };
    links.retain(|(fit, ..)| *fit >= least);
    links.sort_by_key(|&(fit, days, a, b)| (std::cmp::Reverse(fit), days, a, b));
    let mut sets = Sets::new(profiles.len());
    let mut members: Vec<Vec<usize>> = (0..profiles.len()).map(|index| vec![index]).collect();
    for (fit, _, a, b) in links {
        let (a, b) = (sets.first(a), sets.first(b));
        let apart = |x: &usize| {
            members[b]
                .iter()
                .any(|y| profiles[*x].fit(&profiles[*y], common) == Fit::Conflict)
        };
        // Who is seen in one place, then in another and again in the first is two.
        let mixed = fit < Fit::Near && spans[a].zip(spans[b]).is_some_and(|(a, b)| days_apart(a, b) == 0);
        if a == b || mixed || fit < Fit::Same && members[a].iter().any(apart) {
            continue;
        }
        let (keep, drop) = (a.min(b), a.max(b));
        let both = [spans[keep], spans[drop]].into_iter().flatten();
        spans[keep] = both.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        let moved = std::mem::take(&mut members[drop]);
        members[keep].extend(moved);
        sets.join(keep, drop);
    }
    let mut profiles: Vec<Option<Profile>> = profiles.into_iter().map(Some).collect();
    let groups = members.into_iter().filter(|group| !group.is_empty()).map(|mut group| {
        group.sort_unstable();
        group.iter().filter_map(|&index| profiles[index].take()).collect()
    });
    (groups.collect(), shared)
}

/// Persons to whom an earlier run gave one id stay one.
fn join_given(mentions: &[Mention], persons: &mut Vec<Vec<usize>>) {
    let mut sets = Sets::new(persons.len());
    let mut by_id: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, person) in persons.iter().enumerate() {
        for id in person.iter().filter_map(|&index| mentions[index].given_id.as_deref()) {
            let first = *by_id.entry(id).or_insert(at);
            sets.join(first, at);
        }
    }
    let joined = sets.members().into_iter().map(|group| {
        let mut person: Vec<usize> = group.iter().flat_map(|&at| persons[at].iter().copied()).collect();
        person.sort_unstable();
        person
    });
    *persons = joined.collect();
}

/// Disjoint sets of the numbers below a limit; the smallest number stands for its set.
struct Sets(Vec<usize>);

impl Sets {
    fn new(limit: usize) -> Sets {
        Sets((0..limit).collect())
    }

    fn first(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b)] = a.min(b);
    }

    /// Each set's numbers, ascending, in order of their first.
    fn members(mut self) -> Vec<Vec<usize>> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.0.len() {
            members.entry(self.first(at)).or_default().push(at);
        }
        members.into_values().collect()
    }
}
