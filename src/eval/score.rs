//! The counting: which entries of a document are right, wrong or missed.

use std::collections::{BTreeMap, BTreeSet};

use super::annotations::{Annotations, Citation, Figure, Meeting, Official};
use super::compare::{assign, fold, given, same_number, same_unit, token_f1};
use super::similarity::{citation_key, citation_similarity, distinct, figure_similarity, meeting_similarity};
use super::{Mistake, Tally};

/// The fields in the order of reports; the first ones are always reported.
const FIELDS: [&str; 21] = [
    "meetings",
    "officials",
    "positions",
    "roles",
    "indicators.value",
    "indicators.value+unit",
    "indicators.full",
    "citations",
    "meeting.date",
    "meeting.part_of_day",
    "meeting.format",
    "meeting.chairs",
    "meeting.places",
    "meeting.host",
    "indicator.qualifier",
    "indicator.of",
    "indicator.target",
    "indicator.label",
    "indicator.period",
    "indicator.place",
    "coreference",
];

/// Number of fields that are reported even without entries.
const ALWAYS_REPORTED: usize = 8;

/// The scores so far.
#[derive(Default)]
pub(super) struct Scores {
    tallies: BTreeMap<&'static str, Tally>,
    errors: Vec<Mistake>,
    /// `document#ref` of the gold's primary meetings to the meeting of the output.
    links: BTreeMap<String, String>,
}

impl Scores {
    /// Compares one document.
    pub(super) fn document(&mut self, name: &str, gold: &Annotations, found: &Annotations) {
        self.officials(name, gold, found);
        self.meetings(name, &gold.meetings, &found.meetings);
        self.figures(name, &gold.indicators, &found.indicators);
        self.citations(name, &gold.citations, &found.citations);
    }

    /// The counts in the order of reports, and the mistakes.
    pub(super) fn finish(self) -> (Vec<(&'static str, Tally)>, Vec<Mistake>) {
        let tallies = FIELDS
            .iter()
            .enumerate()
            .filter_map(|(index, field)| match self.tallies.get(field) {
                Some(tally) => Some((*field, *tally)),
                None => (index < ALWAYS_REPORTED).then(|| (*field, Tally::default())),
            })
            .collect();
        (tallies, self.errors)
    }

    fn add(&mut self, field: &'static str, true_positives: usize, false_positives: usize, false_negatives: usize) {
        let tally = self.tallies.entry(field).or_default();
        tally.add(true_positives, false_positives, false_negatives);
    }

    fn mistake(&mut self, document: &str, kind: impl Into<String>, detail: impl Into<String>) {
        self.errors.push(Mistake {
            document: document.to_owned(),
            kind: kind.into(),
            detail: detail.into(),
        });
    }

    fn officials(&mut self, name: &str, gold: &Annotations, found: &Annotations) {
        let by_name = |officials: &'_ [Official]| -> BTreeMap<String, Official> {
            officials
                .iter()
                .map(|official| (fold(&official.name), official.clone()))
                .collect()
        };
        let (expected, got) = (by_name(&gold.officials), by_name(&found.officials));
        let both: Vec<&String> = expected.keys().filter(|key| got.contains_key(*key)).collect();
        self.add(
            "officials",
            both.len(),
            got.len() - both.len(),
            expected.len() - both.len(),
        );
        let described = |official: &Official| format!("{} | {}", official.name, official.positions.join("; "));
        for (_, official) in expected.iter().filter(|(key, _)| !got.contains_key(*key)) {
            self.mistake(name, "official missed", described(official));
        }
        for (_, official) in got.iter().filter(|(key, _)| !expected.contains_key(*key)) {
            self.mistake(name, "official wrong", described(official));
        }
        for key in both {
            let (a, b) = (&expected[key].positions, &got[key].positions);
            let pairs = assign(a, b, |a, b| token_f1(a, b), 0.7);
            self.add("positions", pairs.len(), b.len() - pairs.len(), a.len() - pairs.len());
            for i in left_over(a.len(), pairs.iter().map(|pair| pair.0)) {
                self.mistake(name, "position missed", format!("{} | {}", expected[key].name, a[i]));
            }
            for j in left_over(b.len(), pairs.iter().map(|pair| pair.1)) {
                self.mistake(name, "position wrong", format!("{} | {}", expected[key].name, b[j]));
            }
        }
        self.roles(name, &gold.meetings, &expected, &got);
    }

    fn roles(
        &mut self,
        name: &str,
        meetings: &[Meeting],
        expected: &BTreeMap<String, Official>,
        got: &BTreeMap<String, Official>,
    ) {
        let secondary: BTreeSet<&str> = meetings
            .iter()
            .filter(|meeting| meeting.secondary)
            .map(|meeting| meeting.reference.as_str())
            .collect();
        let roles =
            |officials: &BTreeMap<String, Official>, wanted: &dyn Fn(&str) -> bool| -> BTreeSet<(String, String)> {
                officials
                    .iter()
                    .flat_map(|(key, official)| official.roles.iter().map(move |role| (key, role)))
                    .filter(|(_, role)| wanted(&role.meeting))
                    .map(|(key, role)| (key.clone(), role.role.clone()))
                    .collect()
            };
        let asked = roles(expected, &|meeting| !secondary.contains(meeting));
        let optional: BTreeSet<_> = roles(expected, &|_| true).difference(&asked).cloned().collect();
        let given: BTreeSet<_> = roles(got, &|_| true).difference(&optional).cloned().collect();
        let right = asked.intersection(&given).count();
        self.add("roles", right, given.len() - right, asked.len() - right);
        for (person, role) in asked.difference(&given) {
            self.mistake(name, "role missed", format!("{person} {role}"));
        }
        for (person, role) in given.difference(&asked) {
            self.mistake(name, "role wrong", format!("{person} {role}"));
        }
    }

    fn meetings(&mut self, name: &str, gold: &[Meeting], found: &[Meeting]) {
        let pairs = assign(gold, found, meeting_similarity, 0.6);
        let primary: Vec<(usize, usize)> = pairs.iter().copied().filter(|&(i, _)| !gold[i].secondary).collect();
        let matched_gold: BTreeSet<usize> = primary.iter().map(|pair| pair.0).collect();
        let matched_found: BTreeSet<usize> = pairs.iter().map(|pair| pair.1).collect();
        let missed: Vec<&Meeting> = (0..gold.len())
            .filter(|i| !gold[*i].secondary && !matched_gold.contains(i))
            .map(|i| &gold[i])
            .collect();
        let wrong: Vec<&Meeting> = (0..found.len())
            .filter(|j| !found[*j].secondary && !matched_found.contains(j))
            .map(|j| &found[j])
            .collect();
        self.add("meetings", primary.len(), wrong.len(), missed.len());
        for (meetings, kind) in [(missed, "meeting missed"), (wrong, "meeting wrong")] {
            for meeting in meetings {
                let date = meeting.date.as_deref().unwrap_or("-");
                self.mistake(name, kind, format!("{date} {}", meeting.name));
            }
        }
        for (i, j) in primary {
            self.links
                .insert(format!("{name}#{}", gold[i].reference), found[j].reference.clone());
            self.meeting(name, &gold[i], &found[j]);
        }
    }

    /// The fields of a meeting that was found.
    fn meeting(&mut self, name: &str, gold: &Meeting, found: &Meeting) {
        for (field, a, b) in [
            ("meeting.date", &gold.date, &found.date),
            ("meeting.part_of_day", &gold.part_of_day, &found.part_of_day),
            ("meeting.format", &gold.format, &found.format),
        ] {
            let right = given(a) == given(b);
            self.add(
                field,
                usize::from(right),
                usize::from(!right && b.is_some()),
                usize::from(!right && a.is_some()),
            );
            if !right {
                self.mistake(
                    name,
                    field.replace('.', " "),
                    format!("gold {a:?} got {b:?}: {}", gold.name),
                );
            }
        }
        for (field, a, b) in [
            ("meeting.chairs", &gold.chairs, &found.chairs),
            ("meeting.places", &gold.places, &found.places),
        ] {
            let folded = |names: &[String]| -> BTreeSet<String> { names.iter().map(|name| fold(name)).collect() };
            let (a, b) = (folded(a), folded(b));
            self.add(
                field,
                a.intersection(&b).count(),
                b.difference(&a).count(),
                a.difference(&b).count(),
            );
            if a != b {
                self.mistake(
                    name,
                    field.replace('.', " "),
                    format!("gold {a:?} got {b:?}: {}", gold.name),
                );
            }
        }
        if let Some(host) = given(&gold.host) {
            let got = given(&found.host);
            let right = got.is_some_and(|got| token_f1(host, got) >= 0.6);
            self.add(
                "meeting.host",
                usize::from(right),
                usize::from(!right && got.is_some()),
                usize::from(!right),
            );
        }
    }

    fn figures(&mut self, name: &str, gold: &[Figure], found: &[Figure]) {
        let pairs = assign(gold, found, figure_similarity, 1.0);
        let core: Vec<(usize, usize)> = pairs.iter().copied().filter(|&(i, _)| !gold[i].optional).collect();
        let matched_gold: BTreeSet<usize> = pairs.iter().map(|pair| pair.0).collect();
        let matched_found: BTreeSet<usize> = pairs.iter().map(|pair| pair.1).collect();
        let extra: Vec<&Figure> = (0..found.len())
            .filter(|j| !found[*j].optional && !matched_found.contains(j))
            .map(|j| &found[j])
            .collect();
        let missed: Vec<&Figure> = (0..gold.len())
            .filter(|i| !gold[*i].optional && !matched_gold.contains(i))
            .map(|i| &gold[i])
            .collect();
        let (n_found, n_gold) = (extra.len() + core.len(), missed.len() + core.len());
        self.add("indicators.value", core.len(), extra.len(), missed.len());
        for (figures, kind) in [(missed, "indicator missed"), (extra, "indicator wrong")] {
            for figure in figures {
                let value = figure.value.unwrap_or(f64::NAN);
                let unit = figure.unit.as_deref().unwrap_or("-");
                self.mistake(name, kind, format!("{value} {unit} | {}", figure.quote));
            }
        }
        let (mut units_right, mut wholly_right) = (0, 0);
        for (i, j) in core {
            let (a, b) = (&gold[i], &found[j]);
            let unit = same_unit(
                a.unit.as_deref().unwrap_or_default(),
                b.unit.as_deref().unwrap_or_default(),
            );
            let fields = self.figure(name, a, b);
            if !unit {
                self.mistake(
                    name,
                    "indicator unit",
                    format!("gold {:?} got {:?} | {}", a.unit, b.unit, a.quote),
                );
            }
            units_right += usize::from(unit);
            wholly_right += usize::from(unit && fields);
        }
        self.add(
            "indicators.value+unit",
            units_right,
            n_found - units_right,
            n_gold - units_right,
        );
        self.add(
            "indicators.full",
            wholly_right,
            n_found - wholly_right,
            n_gold - wholly_right,
        );
    }

    /// The fields of a figure that was found; whether those that make the whole fact are right.
    fn figure(&mut self, name: &str, gold: &Figure, found: &Figure) -> bool {
        let label = |figure: &Figure| figure.label.clone().unwrap_or_default();
        let flags = [
            (
                "indicator.qualifier",
                given(&gold.qualifier) == given(&found.qualifier),
                format!("gold {:?} got {:?}", gold.qualifier, found.qualifier),
            ),
            (
                "indicator.of",
                same_number(gold.of, found.of),
                format!("gold {:?} got {:?}", gold.of, found.of),
            ),
            (
                "indicator.target",
                gold.target == found.target,
                format!("gold {} got {}", gold.target, found.target),
            ),
            (
                "indicator.label",
                token_f1(&label(gold), &label(found)) >= 0.5,
                format!("gold {:?} got {:?}", label(gold), label(found)),
            ),
        ];
        let whole = flags.iter().all(|(_, right, _)| *right);
        for (field, right, difference) in flags {
            self.add(field, usize::from(right), usize::from(!right), usize::from(!right));
            if !right {
                self.mistake(name, field.replace('.', " "), format!("{difference} | {}", gold.quote));
            }
        }
        for (field, a, b) in [
            ("indicator.period", given(&gold.period), given(&found.period)),
            ("indicator.place", given(&gold.place), given(&found.place)),
        ] {
            let right = a.zip(b).is_some_and(|(a, b)| token_f1(a, b) >= 0.5);
            self.add(
                field,
                usize::from(right),
                usize::from(b.is_some() && !right),
                usize::from(a.is_some() && !right),
            );
        }
        whole
    }

    fn citations(&mut self, name: &str, gold: &[Citation], found: &[Citation]) {
        let (a, b) = (distinct(gold), distinct(found));
        let pairs = assign(&a, &b, |a, b| citation_similarity(a, b), 0.7);
        self.add("citations", pairs.len(), b.len() - pairs.len(), a.len() - pairs.len());
        for i in left_over(a.len(), pairs.iter().map(|pair| pair.0)) {
            self.mistake(name, "citation missed", citation_key(a[i]));
        }
        for j in left_over(b.len(), pairs.iter().map(|pair| pair.1)) {
            self.mistake(name, "citation wrong", citation_key(b[j]));
        }
    }

    /// Links between reports of different documents: in one cluster of the gold, under one meeting of the output.
    pub(super) fn coreference(&mut self, gold: &BTreeMap<String, Annotations>, clusters: &[Vec<String>]) {
        let cluster_of: BTreeMap<&str, usize> = clusters
            .iter()
            .enumerate()
            .flat_map(|(index, reports)| reports.iter().map(move |report| (report.as_str(), index)))
            .collect();
        let mut reports: Vec<String> = gold
            .iter()
            .flat_map(|(name, annotations)| {
                let primary = annotations.meetings.iter().filter(|meeting| !meeting.secondary);
                primary.map(move |meeting| format!("{name}#{}", meeting.reference))
            })
            .collect();
        reports.sort_unstable();
        let (mut right, mut wrong, mut missed) = (0, 0, 0);
        for (index, a) in reports.iter().enumerate() {
            for b in &reports[index + 1..] {
                let cluster = |report: &String| cluster_of.get(report.as_str());
                let same = cluster(a).is_some() && cluster(a) == cluster(b);
                let said = self.links.contains_key(a) && self.links.get(a) == self.links.get(b);
                right += usize::from(same && said);
                wrong += usize::from(said && !same);
                missed += usize::from(same && !said);
                if same != said {
                    let kind = if same {
                        "coreference missed"
                    } else {
                        "coreference wrong"
                    };
                    self.errors.push(Mistake {
                        document: a.clone(),
                        kind: kind.to_owned(),
                        detail: b.clone(),
                    });
                }
            }
        }
        self.add("coreference", right, wrong, missed);
    }
}

/// Indices below `len` that are not used, ascending.
fn left_over(len: usize, used: impl Iterator<Item = usize>) -> Vec<usize> {
    let used: BTreeSet<usize> = used.collect();
    (0..len).filter(|index| !used.contains(index)).collect()
}
