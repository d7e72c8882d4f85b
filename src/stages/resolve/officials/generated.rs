//! A generated country: hundreds of officials with posts over years, named in many ways, and their namesakes.
//!
//! The generator knows who is who, so that pairs of mentions can be counted right or wrong.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::tests::{evidence, rows_of, tables};
use super::*;
use crate::lexicon::areas;

/// Numbers from a seed: the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

const FAMILIES: [&str; 12] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
];
const MIDDLES: [&str; 16] = [
    "Văn", "Thị", "Xuân", "Đức", "Minh", "Hữu", "Quốc", "Thanh", "Ngọc", "Hoài", "Kim", "Trọng", "Công", "Đình", "Thế",
    "Mạnh",
];
const GIVEN: [&str; 20] = [
    "Hoà", "Anh", "Hùng", "Phúc", "Dũng", "Lan", "Thuỷ", "Sơn", "Hải", "Bình", "Quý", "Tuấn", "Hương", "Nam", "Trà",
    "Long", "Phương", "Giang", "Khoa", "Tâm",
];
const DEPARTMENTS: [&str; 6] = ["Nội vụ", "Tài chính", "Y tế", "Xây dựng", "Tư pháp", "Công Thương"];
const MINISTRIES: [&str; 8] = [
    "Bộ Nội vụ",
    "Bộ Tài chính",
    "Bộ Y tế",
    "Bộ Xây dựng",
    "Bộ Tư pháp",
    "Bộ Công an",
    "Bộ Ngoại giao",
    "Bộ Công Thương",
];
const DISTRICTS: [&str; 6] = ["Đông Hà", "Tây Sơn", "Nam Trực", "Bắc Bình", "Hữu Lũng", "Cao Lộc"];

/// A post with the months (counted from January 2015) in which it is held.
struct Term {
    label: String,
    area: Option<&'static str>,
    months: std::ops::Range<usize>,
}

/// What somebody does in life: up through one province, perhaps to the next and to the centre.
fn career(dice: &mut Dice) -> Vec<Term> {
    let provinces: Vec<_> = areas::all()
        .iter()
        .filter(|area| area.valid_to.is_some() && area.kind == "tỉnh")
        .collect();
    let home = provinces[dice.below(provinces.len())];
    let mut terms = Vec::new();
    let mut month = dice.below(24);
    let mut hold = |dice: &mut Dice, label: String, area: Option<&'static str>| {
        let end = month + 12 + dice.below(30);
        terms.push(Term {
            label,
            area,
            months: month..end,
        });
        month = end + 1 + dice.below(3);
    };
    let district = format!("Ủy ban nhân dân huyện {}", dice.one(&DISTRICTS));
    let department = format!("Sở {}", dice.one(&DEPARTMENTS));
    let ministry = dice.one(&MINISTRIES);
    match dice.below(5) {
        0 => {
            hold(dice, format!("Phó Chủ tịch {district}"), Some(home.id));
            hold(dice, format!("Chủ tịch {district}"), Some(home.id));
        }
        1 => {
            hold(dice, format!("Phó Giám đốc {department}"), Some(home.id));
            hold(dice, format!("Giám đốc {department}"), Some(home.id));
            hold(dice, "Phó Chủ tịch Ủy ban nhân dân tỉnh".to_owned(), Some(home.id));
        }
        2 => {
            hold(dice, "Phó Chủ tịch Ủy ban nhân dân tỉnh".to_owned(), Some(home.id));
            hold(dice, "Chủ tịch Ủy ban nhân dân tỉnh".to_owned(), Some(home.id));
            hold(dice, format!("Bộ trưởng {ministry}"), None);
        }
        3 => {
            let next = provinces[dice.below(provinces.len())];
            hold(dice, "Chủ tịch Ủy ban nhân dân tỉnh".to_owned(), Some(home.id));
            hold(dice, "Bí thư Tỉnh ủy".to_owned(), Some(next.id));
        }
        _ => {
            hold(dice, format!("Vụ trưởng Vụ Pháp chế {ministry}"), None);
            hold(dice, format!("Thứ trưởng {ministry}"), None);
        }
    }
    terms
}

/// One way to write `name`; a form without its middle or with initials only where the post beside it tells who it is.
fn spelled(dice: &mut Dice, name: &str, shortened: bool) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let initial = |word: &str| {
        word.chars()
            .next()
            .map(|letter| format!("{letter}."))
            .unwrap_or_default()
    };
    match dice.below(12) {
        0 => name.to_uppercase(),
        1 => {
            let respelled = |word: &&str| match *word {
                "Hoà" => "Hòa".to_owned(),
                "Thuỷ" => "Thủy".to_owned(),
                "Quý" => "Quí".to_owned(),
                word => word.to_owned(),
            };
            words.iter().map(respelled).collect::<Vec<_>>().join(" ")
        }
        2 => name::without_marks(name).replace('Đ', "D"),
        3 if shortened => {
            let (given, rest) = words.split_last().unwrap();
            let initials: String = rest.iter().map(|word| initial(word)).collect();
            format!("{initials} {given}")
        }
        4 if shortened && words.len() == 4 => [words[0], words[2], words[3]].join(" "),
        _ => name.to_owned(),
    }
}

/// Mentions of many persons over ten years, with the number of the person whom each means.
fn country(seed: u64, n_persons: usize) -> Vec<(usize, OfficialEvidenceRow)> {
    let mut dice = Dice(seed);
    let mut mentions = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for person in 0..n_persons {
        // One in eight has a namesake.
        let name = if person > 0 && dice.chance(12) {
            names[dice.below(names.len())].clone()
        } else {
            let middle = dice.one(&MIDDLES);
            let second = if dice.chance(40) {
                format!(" {}", dice.one(&MIDDLES[2..]))
            } else {
                String::new()
            };
            format!("{} {middle}{second} {}", dice.one(&FAMILIES), dice.one(&GIVEN))
        };
        names.push(name.clone());
        let terms = career(&mut dice);
        for (index, term) in terms.iter().enumerate() {
            for report in 0..1 + dice.below(5) {
                let month = term.months.start + dice.below(term.months.len());
                let mut posts = vec![term.label.clone()];
                // The report of an appointment tells both posts.
                if index > 0 && report == 0 {
                    posts.push(format!("nguyên {}", placed(&terms[index - 1])));
                }
                let portal = dice.chance(70);
                if !portal {
                    posts[0] = placed(term);
                }
                let posts: Vec<&str> = posts.iter().map(String::as_str).collect();
                let month = format!("{}-{:02}", 2015 + month / 12, 1 + month % 12);
                let document = format!("d{:05}", mentions.len());
                let name = spelled(&mut dice, &name, true);
                mentions.push((
                    person,
                    evidence(&document, &name, &posts, &month, term.area.filter(|_| portal)),
                ));
            }
        }
    }
    mentions
}

/// The post with the name of its province: `Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn`.
fn placed(term: &Term) -> String {
    let Some(area) = term.area.and_then(areas::by_id) else {
        return term.label.clone();
    };
    let own = term.label.ends_with("tỉnh") || term.label.ends_with("Tỉnh ủy");
    match own {
        true => format!("{} {}", term.label, area.name),
        false => format!("{} tỉnh {}", term.label, area.name),
    }
}

/// Precision and recall of the pairs of mentions that the stage joins.
fn pairs(mentions: &[(usize, OfficialEvidenceRow)]) -> (f64, f64) {
    let rows: Vec<OfficialEvidenceRow> = mentions.iter().map(|(_, row)| row.clone()).collect();
    let person: BTreeMap<&str, usize> = mentions
        .iter()
        .map(|(person, row)| (row.document_id.as_str(), *person))
        .collect();
    let mut cells: BTreeMap<(usize, String), u64> = BTreeMap::new();
    for mention in rows_of::<OfficialMentionRow>(&rows, 1) {
        *cells
            .entry((person[mention.document_id.as_str()], mention.official_id))
            .or_default() += 1;
    }
    let choose = |n: u64| n * (n - 1) / 2;
    let (mut by_person, mut by_id): (BTreeMap<usize, u64>, BTreeMap<&str, u64>) = Default::default();
    for ((person, id), count) in &cells {
        *by_person.entry(*person).or_default() += count;
        *by_id.entry(id).or_default() += count;
    }
    let right: u64 = cells.values().copied().map(choose).sum();
    let found: u64 = by_id.into_values().map(choose).sum();
    let real: u64 = by_person.into_values().map(choose).sum();
    (right as f64 / found as f64, right as f64 / real as f64)
}

#[test]
fn persons_of_a_generated_country_are_found() {
    for seed in [1, 2, 3] {
        let mentions = country(seed, 600);
        let (precision, recall) = pairs(&mentions);
        let f1 = 2.0 * precision * recall / (precision + recall);
        assert!(
            f1 >= 0.98,
            "seed {seed}, {} mentions: {precision:.4} {recall:.4}",
            mentions.len()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn order_and_partitioning_do_not_count(seed in 0..1000u64, order in any::<u64>(), parts in 1..5usize) {
        let rows: Vec<OfficialEvidenceRow> = country(seed, 60).into_iter().map(|(_, row)| row).collect();
        let mut shuffled = rows.clone();
        let mut dice = Dice(order);
        for at in (1..shuffled.len()).rev() {
            shuffled.swap(at, dice.below(at + 1));
        }
        let whole = tables(&rows);
        prop_assert_eq!(&tables(&shuffled), &whole);
        // Any partitioning that keeps each block in one call.
        let mut split: Vec<Vec<OfficialEvidenceRow>> = vec![Vec::new(); parts];
        for row in shuffled {
            let part = row.official_key.bytes().map(usize::from).sum::<usize>() % parts;
            split[part].push(row);
        }
        let mut joined: Vec<Vec<String>> = vec![Vec::new(); whole.len()];
        for part in &split {
            for (all, rows) in joined.iter_mut().zip(tables(part)) {
                all.extend(rows);
            }
        }
        joined.iter_mut().for_each(|rows| rows.sort());
        prop_assert_eq!(joined, whole);
    }

    #[test]
    fn ids_are_unique_and_outlast_further_documents(seed in 0..1000u64, order in any::<u64>()) {
        let mut rows: Vec<OfficialEvidenceRow> = country(seed, 60).into_iter().map(|(_, row)| row).collect();
        let mut dice = Dice(order);
        for at in (1..rows.len()).rev() {
            rows.swap(at, dice.below(at + 1));
        }
        let mut given: BTreeMap<String, (String, i32)> = BTreeMap::new();
        for (run, end) in [rows.len() / 3, rows.len() / 2, rows.len()].into_iter().enumerate() {
            let mut batch = rows[..end].to_vec();
            for row in &mut batch {
                if let Some((id, since)) = given.get(&row.document_id) {
                    (row.given_id, row.given_in_run) = (Some(id.clone()), Some(*since));
                }
            }
            let aliases: BTreeMap<String, String> =
                rows_of::<IdAliasRow>(&batch, 5).into_iter().map(|row| (row.alias_id, row.id)).collect();
            let ids: FxHashSet<String> =
                rows_of::<OfficialRow>(&batch, 0).into_iter().map(|row| row.official_id).collect();
            prop_assert_eq!(ids.len(), rows_of::<OfficialRow>(&batch, 0).len());
            prop_assert!(aliases.keys().all(|alias| !ids.contains(alias)));
            for mention in rows_of::<OfficialMentionRow>(&batch, 1) {
                if let Some((before, _)) = given.get(&mention.document_id) {
                    prop_assert_eq!(aliases.get(before).unwrap_or(before), &mention.official_id);
                }
                given.entry(mention.document_id).or_insert((mention.official_id, run as i32));
            }
            for (id, _) in given.values_mut() {
                if let Some(kept) = aliases.get(id) {
                    id.clone_from(kept);
                }
            }
        }
    }
}
