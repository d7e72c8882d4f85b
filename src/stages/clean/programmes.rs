//! Multi-year programmes that an article is about.
//!
//! `Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2011 - 2020`: a noun for a programme, its name, two
//! years. Missed: programmes with an end but no start (`đến năm 2030`), and a second period of one name.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use regex::Regex;

use crate::schema::rows::ProgrammeRow;
use crate::text::fold::fold;

/// Length of a name without its noun.
const NAME_CHARS: RangeInclusive<usize> = 3..=160;

/// Programmes named in `texts` (title, lead), each once, in the order of their first mention.
pub(super) fn find<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<ProgrammeRow> {
    static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r",?(?: trong)?(?: giai đoạn| thời kỳ)?(?: từ)?(?: năm)? \(?([0-9]{4}) ?(?:[-–—]|đến|đến năm) ?([0-9]{4})(?-u:\b)",
        )
        .expect("a constant pattern")
    });
    let mut found: Vec<(String, ProgrammeRow)> = Vec::new();
    for text in texts {
        let mut begin = 0;
        for captures in PERIOD.captures_iter(text) {
            let period = captures.get(0).expect("the whole match");
            let Some(name) = named(&text[begin..period.start()]) else {
                continue;
            };
            begin = period.end();
            let (Ok(start), Ok(end)) = (captures[1].parse(), captures[2].parse()) else {
                continue;
            };
            if !(1990..2100).contains(&start) || !(start..start + 60).contains(&end) {
                continue;
            }
            let name = name_of(name);
            let key = format!("{} {start}", fold(&name));
            if name.split(' ').count() >= 4 && found.iter().all(|(known, _)| *known != key) {
                found.push((key, ProgrammeRow { name, start, end }));
            }
        }
    }
    found.into_iter().map(|(_, row)| row).collect()
}

/// What stands before a period from a noun for a programme on, in its sentence.
fn named(before: &str) -> Option<&str> {
    static NOUN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:[Cc]hương trình|[Đđ]ề án|[Cc]hiến lược|Kế hoạch|Quy hoạch|Dự án) ").expect("a constant pattern")
    });
    let sentence = before.rfind(['.', ';', ':', '!', '?', '\n']).map_or(0, |stop| stop + 1);
    let sentence = &before[sentence..];
    NOUN.find_iter(sentence).find_map(|noun| {
        let name = sentence[noun.end()..].chars().count();
        NAME_CHARS.contains(&name).then(|| &sentence[noun.start()..])
    })
}

/// The name from its last noun on, abbreviations written out, without parentheses.
fn name_of(text: &str) -> String {
    let mut start = 0;
    for noun in ["Chương trình ", "chương trình ", "Đề án ", "Chiến lược "] {
        start = start.max(text.rfind(noun).unwrap_or(0));
    }
    let mut name = String::new();
    let mut depth = 0;
    for c in text[start..].chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth > 0 => {}
            ' ' if name.ends_with(' ') => {}
            _ => name.push(c),
        }
    }
    let mut words: Vec<&str> = Vec::new();
    for word in name.split(' ') {
        words.push(match word {
            "CCHC" => "cải cách hành chính",
            "TTHC" => "thủ tục hành chính",
            "MTQG" => "mục tiêu quốc gia",
            "NTM" => "nông thôn mới",
            "CNTT" => "công nghệ thông tin",
            word => word,
        });
    }
    let mut name = words.join(" ").trim().to_owned();
    if name.starts_with('c') {
        name.replace_range(..1, "C");
    } else if let Some(rest) = name.strip_prefix('đ') {
        name = format!("Đ{rest}");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expected: &[(&str, i32, i32)]) {
        let found = find(texts.iter().copied());
        let found: Vec<(&str, i32, i32)> = found.iter().map(|row| (&*row.name, row.start, row.end)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn finds_names_and_years() {
        check(
            &["Sơ kết Đề án chuyển đổi số ngành y tế giai đoạn 2021 - 2025"],
            &[("Đề án chuyển đổi số ngành y tế", 2021, 2025)],
        );
        check(
            &["Họp bàn chương trình MTQG xây dựng NTM 2016-2020"],
            &[("Chương trình mục tiêu quốc gia xây dựng nông thôn mới", 2016, 2020)],
        );
        check(
            &["triển khai Chương trình phát triển nhà ở (CTPT) đô thị, thời kỳ 2021 – 2030, định hướng 2031 – 2050"],
            &[("Chương trình phát triển nhà ở đô thị", 2021, 2030)],
        );
    }

    #[test]
    fn names_each_programme_once() {
        check(
            &[
                "Tổng kết Chương trình tổng thể CCHC tỉnh giai đoạn 2011 - 2020",
                "Tổng kết Chương trình tổng thể Cải cách hành chính tỉnh giai đoạn 2011-2020 và Chương trình tổng thể cải cách hành chính tỉnh giai đoạn 2021-2030.",
            ],
            &[
                ("Chương trình tổng thể cải cách hành chính tỉnh", 2011, 2020),
                ("Chương trình tổng thể cải cách hành chính tỉnh", 2021, 2030),
            ],
        );
    }

    #[test]
    fn periods_without_a_programme_are_none() {
        check(
            &[
                "Nhiệm vụ trọng tâm giai đoạn 2022-2025",
                "năm 2020 - 2021",
                "chương trình năm 2021",
            ],
            &[],
        );
    }
}
