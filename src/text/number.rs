//! Numerals: digits and number words at a token, as values.
//!
//! Vietnamese writes `6.124` for thousands and `86,1` for decimals, scales with words (`5,4 triệu`, `1,2 nghìn tỷ`),
//! and spells small numbers out (`hai`, `mười lăm`). A numeral here is only a reading of the tokens; whether it
//! measures anything is for the rules of extraction to say.

use crate::lexicon::{Class, Entry};
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::token::Kind;

/// A numeral and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Numeral {
    pub tokens: TokenRange,
    pub value: f64,
    /// Upper end of a range (`7-9 %`).
    pub value_max: Option<f64>,
    /// What stands below the stroke (`16/16`) or after `phần` (`một phần ba`).
    pub denominator: Option<f64>,
    /// Written in words.
    pub spelled: bool,
    /// Multiplied by a word such as `triệu`.
    pub scaled: bool,
}

/// Reads the numeral that starts at token `at`, longest reading first.
///
/// None where no numeral starts, or where the digits cannot be a quantity (`3.4.2019`, `0912345678`).
pub fn numeral_at(analysis: &Analysis, at: usize) -> Option<Numeral> {
    match analysis.kind(at) {
        Kind::Number => digits_at(analysis, at),
        Kind::Word => spelled_at(analysis, at),
        _ => None,
    }
}

/// Reads a token of digits with inner points and commas.
///
/// A point before three digits parts thousands, a comma starts decimals; one comma before three zeros parts
/// thousands too, as in texts that follow the English habit.
pub fn parse_digits(token: &str) -> Option<f64> {
    let points = token.bytes().filter(|&b| b == b'.').count();
    let commas = token.bytes().filter(|&b| b == b',').count();
    let leading_zero = token.starts_with('0') && token.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    if leading_zero && token.len() > 4 {
        return None;
    }
    let (thousands, decimal) = match (points, commas) {
        (0, 0) => (None, None),
        (_, 0) if in_thousands(token, '.') => (Some('.'), None),
        (1, 0) => (None, Some('.')),
        (0, 1) if token.ends_with(",000") => (Some(','), None),
        (0, 1) => (None, Some(',')),
        (0, _) if in_thousands(token, ',') => (Some(','), None),
        (_, 1) if token.find(',') > token.rfind('.') => (Some('.'), Some(',')),
        (1, _) if token.find('.') > token.rfind(',') => (Some(','), Some('.')),
        _ => return None,
    };
    let whole_end = decimal.and_then(|mark| token.find(mark)).unwrap_or(token.len());
    if let Some(mark) = thousands
        && !in_thousands(&token[..whole_end], mark)
    {
        return None;
    }
    let mut plain = [0_u8; 24];
    let mut len = 0;
    for byte in token.bytes() {
        if Some(byte as char) == thousands {
            continue;
        }
        *plain.get_mut(len)? = if Some(byte as char) == decimal { b'.' } else { byte };
        len += 1;
    }
    // `parse` would also take "nan", "inf" and "1e5".
    let is_plain = plain[..len].iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    let digits = std::str::from_utf8(&plain[..len]).ok().filter(|_| is_plain)?;
    digits.parse().ok()
}

/// One to three digits, then groups of exactly three behind each `mark`.
fn in_thousands(token: &str, mark: char) -> bool {
    let mut groups = token.split(mark);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|group| group.len() == 3)
}

fn digits_at(analysis: &Analysis, at: usize) -> Option<Numeral> {
    let first = parse_digits(analysis.surface(at))?;
    if is_stroke(analysis, at + 1) && analysis.kind(at + 2) == Kind::Number {
        return fraction_at(analysis, at, first);
    }
    let (value, scale, end) = scaled(analysis, at + 1, first);
    let mut numeral = Numeral {
        tokens: at..end,
        value,
        value_max: None,
        denominator: None,
        spelled: false,
        scaled: scale.is_some(),
    };
    if let Some((max, low_scale, end)) = range_end(analysis, end, first, scale) {
        numeral.value = first * low_scale;
        numeral.value_max = Some(max);
        numeral.scaled |= low_scale > 1.0;
        numeral.tokens.end = end;
    }
    Some(numeral)
}

/// `16/16`: a whole, not the beginning of a date or of a symbol.
fn fraction_at(analysis: &Analysis, at: usize, value: f64) -> Option<Numeral> {
    let denominator = parse_digits(analysis.surface(at + 2))?;
    let followed = matches!(analysis.word(at + 3), "/" | "-" | "–") && !analysis.tokens[at + 3].spaced;
    if followed || denominator <= 0.0 {
        return None;
    }
    let (_, scale, end) = scaled(analysis, at + 3, denominator);
    let scale = scale.unwrap_or(1.0);
    Some(Numeral {
        tokens: at..end,
        value: value * scale,
        value_max: None,
        denominator: Some(denominator * scale),
        spelled: false,
        scaled: scale > 1.0,
    })
}

fn is_stroke(analysis: &Analysis, at: usize) -> bool {
    analysis.word(at) == "/"
}

/// Multiplies `value` by the scale words from token `at` on and adds smaller parts (`2 tỷ 300 triệu`).
/// Gives the value, the first scale and the end.
fn scaled(analysis: &Analysis, at: usize, value: f64) -> (f64, Option<f64>, usize) {
    let Some((mut scale, mut end)) = scale_at(analysis, at) else {
        return (value, None, at);
    };
    let first = scale;
    let mut total = value * scale;
    loop {
        if analysis.word(end) == "rưỡi" {
            return (total + scale / 2.0, Some(first), end + 1);
        }
        let part = (analysis.kind(end) == Kind::Number)
            .then(|| parse_digits(analysis.surface(end)))
            .flatten();
        match (part, scale_at(analysis, end + 1)) {
            (Some(part), Some((smaller, next))) if smaller < scale && part < 1000.0 => {
                total += part * smaller;
                (scale, end) = (smaller, next);
            }
            _ => return (total, Some(first), end),
        }
    }
}

/// The product of the scale words at `at` (`nghìn tỷ`) and where they end.
fn scale_at(analysis: &Analysis, at: usize) -> Option<(f64, usize)> {
    let (mut product, mut end) = (None, at);
    while let Some((len, entry)) = number_word(analysis, end)
        && &*entry.tag == "scale"
    {
        // `tỷ lệ` and `tỷ số` are nouns.
        if matches!(analysis.word(end), "tỷ" | "tỉ") && matches!(analysis.word(end + 1), "lệ" | "số" | "trọng" | "giá")
        {
            break;
        }
        product = Some(product.unwrap_or(1.0) * entry.value.parse::<f64>().unwrap_or(1.0));
        end += len;
    }
    product.map(|product| (product, end))
}

/// The second half of `7-9`, `2 - 3 triệu`, `7%-9`, `18 đến 20`: its value, the first half's scale and its end.
fn range_end(analysis: &Analysis, at: usize, low: f64, low_scale: Option<f64>) -> Option<(f64, f64, usize)> {
    let percent = usize::from(analysis.word(at) == "%");
    let at = at + percent;
    if !matches!(analysis.word(at), "-" | "–" | "—" | "đến" | "tới") || analysis.kind(at + 1) != Kind::Number {
        return None;
    }
    let dashed = analysis.kind(at) == Kind::Punct;
    let high = parse_digits(analysis.surface(at + 1))?;
    let next = at + 2;
    let chained = dashed && matches!(analysis.word(next), "-" | "–" | "/") && !analysis.tokens[next].spaced;
    let (value, scale, end) = scaled(analysis, next, high);
    let percent_fits = percent == 0 || analysis.word(end) == "%";
    // Two years make a period, and a falling pair is a score or a date.
    let years = low >= 1900.0 && high <= 2100.0 && low_scale.is_none() && scale.is_none() && low.fract() == 0.0;
    let low_scale = low_scale.or(scale.filter(|_| low < high)).unwrap_or(1.0);
    (!chained && percent_fits && !years && low * low_scale < value).then_some((value, low_scale, end))
}

fn number_word<'a>(analysis: &Analysis<'a>, at: usize) -> Option<(usize, &'a Entry)> {
    analysis.longest(at, Class::NumberWord)
}

/// Numbers in words: `hai`, `mười lăm`, `hai trăm`, `ba nghìn`, `một nửa`, `hai phần ba`.
fn spelled_at(analysis: &Analysis, at: usize) -> Option<Numeral> {
    let mut numeral = Numeral {
        tokens: at..at,
        value: 0.0,
        value_max: None,
        denominator: None,
        spelled: true,
        scaled: false,
    };
    let (len, entry) = number_word(analysis, at)?;
    // `thứ nhất`, `dẫn đầu`: ranks in words.
    let rank = match &*entry.tag {
        "leader" => true,
        "ordinal" => at > 0 && analysis.word(at - 1) == "thứ",
        _ => false,
    };
    if rank || &*entry.tag == "part" {
        numeral.value = entry.value.parse().ok()?;
        numeral.tokens.end = at + len;
        return Some(numeral);
    }
    let (value, end) = cardinal_at(analysis, at)?;
    numeral.value = value;
    numeral.tokens.end = end;
    if analysis.word(end) == "phần"
        && let Some((below, end)) = cardinal_at(analysis, end + 1)
    {
        numeral.denominator = Some(below);
        numeral.tokens.end = end;
    }
    Some(numeral)
}

/// A cardinal in words: its value and its end. `năm` counts only before `mươi`, `trăm` and scales: else it is a year.
fn cardinal_at(analysis: &Analysis, at: usize) -> Option<(f64, usize)> {
    // `total` holds what scales have closed, `group` the hundreds and tens, `digit` what may still be multiplied.
    let (mut total, mut group, mut digit) = (0.0, 0.0, None::<f64>);
    let (mut end, mut last_scale) = (at, None::<f64>);
    while let Some((len, entry)) = number_word(analysis, end) {
        let value = entry.value.parse::<f64>().unwrap_or(0.0);
        match &*entry.tag {
            "digit" if digit.is_none() && last_scale.is_none_or(|_| total > 0.0) => digit = Some(value),
            "five" if digit.is_none() && multiplied(analysis, end + len) => digit = Some(value),
            "ending" if group >= 10.0 && digit.is_none() => digit = Some(value),
            "ten" if digit.is_none() && group % 100.0 == 0.0 => group += 10.0,
            "times" if digit.is_some() => group += digit.take().unwrap_or(0.0) * value,
            "link" if group >= 100.0 && digit.is_none() => {}
            "scale" if digit.is_some() || group > 0.0 => {
                total += (group + digit.take().unwrap_or(0.0)) * value;
                group = 0.0;
                last_scale = Some(value);
            }
            "scale" if total > 0.0 => {
                total *= value;
                last_scale = last_scale.map(|scale| scale * value);
            }
            "half" if last_scale.is_some() && digit.is_none() && group == 0.0 => {
                total += last_scale.unwrap_or(0.0) / 2.0;
            }
            _ => break,
        }
        end += len;
    }
    let value = total + group + digit.unwrap_or(0.0);
    (value > 0.0).then_some((value, end))
}

fn multiplied(analysis: &Analysis, at: usize) -> bool {
    number_word(analysis, at).is_some_and(|(_, entry)| matches!(&*entry.tag, "times" | "scale"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::text::analysis::Scratch;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<(f64, Option<f64>, Option<f64>, String)> {
        let (lexicon, mut scratch) = (Lexicon::embedded(), Scratch::default());
        let analysis = Analysis::new(text, &lexicon, &mut scratch);
        numeral_at(&analysis, 0).map(|n| {
            (
                n.value,
                n.value_max,
                n.denominator,
                analysis.slice(&n.tokens).to_owned(),
            )
        })
    }

    #[test]
    fn reads_points_and_commas_the_vietnamese_way() {
        for (token, value) in [
            ("6.124", Some(6124.0)),
            ("86,1", Some(86.1)),
            ("1.234,5", Some(1234.5)),
            ("1,234.5", Some(1234.5)),
            ("15,000", Some(15000.0)),
            ("0,125", Some(0.125)),
            ("12.5", Some(12.5)),
            ("1.234.567", Some(1234567.0)),
            ("05", Some(5.0)),
            ("3.4.2019", None),
            ("0912345678", None),
            ("0912.345.678", None),
            ("nan", None),
            ("inf", None),
            ("1e5", None),
        ] {
            assert_eq!(parse_digits(token), value, "{token}");
        }
    }

    #[test]
    fn multiplies_by_scale_words() {
        for (text, value, tokens) in [
            ("5,4 triệu lượt", 5.4e6, "5,4 triệu"),
            ("1,2 nghìn tỷ đồng", 1.2e12, "1,2 nghìn tỷ"),
            ("35 ngàn tỷ", 35e12, "35 ngàn tỷ"),
            ("2 tỷ 300 triệu đồng", 2.3e9, "2 tỷ 300 triệu"),
            ("1 triệu rưỡi", 1.5e6, "1 triệu rưỡi"),
            ("100 tỷ lệ", 100.0, "100"),
        ] {
            assert_eq!(read(text), Some((value, None, None, tokens.to_owned())), "{text}");
        }
    }

    #[test]
    fn reads_ranges_and_fractions() {
        for (text, value, max, below, tokens) in [
            ("7-9 %", 7.0, Some(9.0), None, "7-9"),
            ("18% - 20%", 18.0, Some(20.0), None, "18% - 20"),
            ("2-3 triệu đồng", 2e6, Some(3e6), None, "2-3 triệu"),
            ("10 đến 15 người", 10.0, Some(15.0), None, "10 đến 15"),
            ("3-1 bàn", 3.0, None, None, "3"),
            ("2011-2020", 2011.0, None, None, "2011"),
            ("16/16 mục tiêu", 16.0, None, Some(16.0), "16/16"),
            ("1/3 số xã", 1.0, None, Some(3.0), "1/3"),
        ] {
            assert_eq!(read(text), Some((value, max, below, tokens.to_owned())), "{text}");
        }
        assert_eq!(read("18/3/2021"), None);
        assert_eq!(read("64/2007-NĐ"), None);
    }

    #[test]
    fn reads_number_words() {
        for (text, value, tokens) in [
            ("hai nghị định", 2.0, "hai"),
            ("mười lăm người", 15.0, "mười lăm"),
            ("hai mươi mốt xã", 21.0, "hai mươi mốt"),
            ("hai trăm linh ba hộ", 203.0, "hai trăm linh ba"),
            ("ba nghìn hồ sơ", 3000.0, "ba nghìn"),
            ("năm mươi xã", 50.0, "năm mươi"),
            ("mười năm qua", 10.0, "mười"),
            ("một nửa số xã", 0.5, "một nửa"),
        ] {
            assert_eq!(read(text), Some((value, None, None, tokens.to_owned())), "{text}");
        }
        assert_eq!(read("dẫn đầu cả nước").map(|found| found.0), Some(1.0));
        assert_eq!(read("nhất là"), None);
        assert_eq!(read("năm nay"), None);
        assert_eq!(read("triệu người"), None);
        assert_eq!(
            read("hai phần ba số xã").map(|found| (found.0, found.2)),
            Some((2.0, Some(3.0)))
        );
    }

    proptest! {
        #[test]
        fn never_panics_and_stays_in_the_text(text in "[0-9.,/%\\- a-zđêáỷ]{0,40}") {
            let (lexicon, mut scratch) = (Lexicon::embedded(), Scratch::default());
            let analysis = Analysis::new(&text, &lexicon, &mut scratch);
            for at in 0..analysis.len() {
                if let Some(numeral) = numeral_at(&analysis, at) {
                    prop_assert!(numeral.tokens.start == at && numeral.tokens.end <= analysis.len() && at < numeral.tokens.end);
                    prop_assert!(numeral.value.is_finite());
                }
            }
        }
    }
}
