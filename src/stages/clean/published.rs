//! Times of publication: in fields and attributes, in the date lines of pages, in addresses.
//!
//! Only places where a page tells of itself are read, never the sentences of the article: an event's date is not the
//! day on which it was published.

use std::sync::LazyLock;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use regex::{Captures, Regex};

use crate::text::fold::fold;

/// A local time of publication as precisely as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    pub date: NaiveDate,
    pub time: Option<NaiveTime>,
}

impl Published {
    /// EDTF text: `2021-03-18` or `2024-02-02T17:38`.
    pub fn edtf(&self) -> String {
        match self.time {
            Some(time) => format!("{}T{}", self.date, time.format("%H:%M")),
            None => self.date.to_string(),
        }
    }
}

/// A piece of a date line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stamp {
    Date(NaiveDate),
    Time(NaiveTime),
}

/// Reads a field or attribute such as `2021-03-18T08:45:00+07:00` or `08:45 15/09/2022`.
///
/// A time with an offset from UTC is given in Vietnam's.
pub fn from_field(value: &str) -> Option<Published> {
    let value = value.trim();
    if let Ok(time) = DateTime::parse_from_rfc3339(value).or_else(|_| DateTime::parse_from_rfc2822(value)) {
        let vietnam = FixedOffset::east_opt(7 * 3600)?;
        let local = time.with_timezone(&vietnam).naive_local();
        return checked(local.date(), Some(local.time()));
    }
    let folded = fold(value);
    let (mut date, mut time) = (None, None);
    let mut at = 0;
    while at < folded.len() {
        match stamp_at(&folded[at..]) {
            Some((Stamp::Date(found), len)) => {
                date = date.or(Some(found));
                at += len;
            }
            Some((Stamp::Time(found), len)) => {
                time = time.or(Some(found));
                at += len;
            }
            // A number that is no stamp is skipped whole, so that none of its digits starts one.
            None if folded.as_bytes()[at].is_ascii_digit() => {
                at += folded.as_bytes()[at..]
                    .iter()
                    .take_while(|byte| byte.is_ascii_digit())
                    .count();
            }
            None => at += folded[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    checked(date?, time)
}

/// The day in an address: `/2021/03/18/`, `/2021-03-18/`, `-20210318084512345.htm`.
pub fn from_url(url: &str) -> Option<Published> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[/_-](20\d\d)(?:[/-](\d{1,2})[/-](\d{1,2})(?:\D|$)|(\d\d)(\d\d)(?:\D|$|\d{4,11}(?:\D|$)))")
            .expect("a constant pattern")
    });
    let path = url.split(['?', '#']).next()?;
    DAY.captures_iter(path).find_map(|found| {
        let number = |a, b| found.get(a).or_else(|| found.get(b))?.as_str().parse().ok();
        checked(
            NaiveDate::from_ymd_opt(found[1].parse().ok()?, number(2, 4)?, number(3, 5)?)?,
            None,
        )
    })
}

/// The date or time with which `folded` starts, and its length in bytes.
pub(super) fn stamp_at(folded: &str) -> Option<(Stamp, usize)> {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        let month = r"(\d{1,2}|giêng|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười một|mười hai|mười|chạp)";
        Regex::new(&format!(
            r"^(?:(\d{{1,2}}) ?[/.-] ?(\d{{1,2}}) ?[/.-] ?(\d{{4}})|(\d{{4}})[-/](\d{{1,2}})[-/](\d{{1,2}})t?|(?:ngày )?(\d{{1,2}}),? tháng {month}(?: năm |, ?năm |, ?| )(\d{{4}})|tháng {month} (\d{{1,2}}), (\d{{4}}))"
        ))
        .expect("a constant pattern")
    });
    static TIME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(\d{1,2})(?: ?: ?|h|g| ?giờ ?)(\d{2})(?::\d{2}(?:\.\d+)?)?(?: ?phút)?(?: ?(am|pm|sa|ch)\b)?")
            .expect("a constant pattern")
    });
    let digit = folded.as_bytes().first()?.is_ascii_digit();
    if !(digit || folded.starts_with("ngày ") || folded.starts_with("tháng ")) {
        return None;
    }
    if let Some(found) = DATE.captures(folded) {
        let len = found[0].len();
        if !folded[len..].starts_with(|c: char| c.is_ascii_digit()) {
            return date_of(&found).map(|date| (Stamp::Date(date), len));
        }
    }
    let found = TIME.captures(folded)?;
    let len = found[0].len();
    if folded[len..].starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let mut hour: u32 = found[1].parse().ok()?;
    match found.get(3).map(|half| half.as_str()) {
        Some("pm" | "ch") if hour < 12 => hour += 12,
        Some("am" | "sa") if hour == 12 => hour = 0,
        _ => {}
    }
    let time = NaiveTime::from_hms_opt(hour, found[2].parse().ok()?, 0)?;
    Some((Stamp::Time(time), len))
}

fn date_of(found: &Captures) -> Option<NaiveDate> {
    let text = |group| found.get(group).map(|found| found.as_str());
    let groups = [(3, 2, 1), (4, 5, 6), (9, 8, 7), (12, 10, 11)];
    let (year, month, day) = groups
        .into_iter()
        .find_map(|(year, month, day)| Some((text(year)?, text(month)?, text(day)?)))?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month_of(month)?, day.parse().ok()?).filter(|date| plausible(*date))
}

fn month_of(text: &str) -> Option<u32> {
    Some(match text {
        "giêng" | "một" => 1,
        "hai" => 2,
        "ba" => 3,
        "tư" | "bốn" => 4,
        "năm" => 5,
        "sáu" => 6,
        "bảy" => 7,
        "tám" => 8,
        "chín" => 9,
        "mười" => 10,
        "mười một" => 11,
        "mười hai" | "chạp" => 12,
        number => number.parse().ok()?,
    })
}

/// Web pages of this kind exist since the nineties.
fn plausible(date: NaiveDate) -> bool {
    use chrono::Datelike;
    (1995..=2099).contains(&date.year())
}

fn checked(date: NaiveDate, time: Option<NaiveTime>) -> Option<Published> {
    plausible(date).then_some(Published { date, time })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_forms_of_fields() {
        for (value, expected) in [
            ("2021-03-18T08:45:00+07:00", "2021-03-18T08:45"),
            ("2021-03-17T20:15:30Z", "2021-03-18T03:15"),
            ("2021-03-18 08:45", "2021-03-18T08:45"),
            ("2021-03-18", "2021-03-18"),
            ("18/03/2021", "2021-03-18"),
            ("8:05 | 18/3/2021", "2021-03-18T08:05"),
            ("18.03.2021 8h05", "2021-03-18T08:05"),
            ("18-03-2021 02:15:00 CH", "2021-03-18T14:15"),
            ("Thứ Sáu, 12/05/2023, 14:30 (GMT+7)", "2023-05-12T14:30"),
            ("Ngày 5 tháng 6 năm 2021", "2021-06-05"),
            ("12 Tháng Năm, 2023", "2023-05-12"),
            ("Tháng Mười Hai 1, 2020", "2020-12-01"),
            ("Thứ sáu, 12 Tháng 5 2023 16:20", "2023-05-12T16:20"),
            ("Tue, 02 Mar 2021 01:00:00 +0700", "2021-03-02T01:00"),
        ] {
            assert_eq!(
                from_field(value).map(|found| found.edtf()).as_deref(),
                Some(expected),
                "{value}"
            );
        }
    }

    #[test]
    fn refuses_what_is_no_time() {
        for value in [
            "",
            "hôm qua",
            "31/02/2021",
            "18/03",
            "2021",
            "35/2021/QH15",
            "12/05/1823",
            "1113",
        ] {
            assert_eq!(from_field(value), None, "{value}");
        }
    }

    #[test]
    fn finds_the_day_in_an_address() {
        for (url, expected) in [
            ("https://baoabc.vn/2021/03/18/hop-bao.html", Some("2021-03-18")),
            ("https://abc.vn/tin/hop-bao-20210318084512345.htm", Some("2021-03-18")),
            ("https://abc.vn/tin/hop-20210318.htm", Some("2021-03-18")),
            ("https://abc.gov.vn/2021-3-8/tin", Some("2021-03-08")),
            ("https://abc.vn/nghi-quyet-2021-2030-cua-chinh-phu.html", None),
            ("https://abc.vn/tin-37324.html", None),
            ("https://abc.vn/hop?d=/2021/03/18/", None),
        ] {
            assert_eq!(from_url(url).map(|found| found.edtf()).as_deref(), expected, "{url}");
        }
    }
}
