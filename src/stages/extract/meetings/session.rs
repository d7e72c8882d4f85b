//! Session numbers: `Phiên họp thứ bảy`, `kỳ họp thứ 4`, `Phiên họp lần thứ XII`.

use crate::text::analysis::{Analysis, TokenRange};

const ORDINALS: &[(&str, i32)] = &[
    ("nhất", 1),
    ("một", 1),
    ("hai", 2),
    ("nhì", 2),
    ("ba", 3),
    ("tư", 4),
    ("bốn", 4),
    ("năm", 5),
    ("sáu", 6),
    ("bảy", 7),
    ("bẩy", 7),
    ("tám", 8),
    ("chín", 9),
    ("mười", 10),
    ("mươi", 10),
];

/// The number after `thứ` in `tokens`.
pub fn number(analysis: &Analysis, tokens: &TokenRange) -> Option<i32> {
    let at = tokens.clone().find(|&token| analysis.word(token) == "thứ")? + 1;
    let word = analysis.word(at);
    if let Ok(number) = word.parse() {
        return Some(number);
    }
    if let Some(number) = roman(analysis.surface(at)) {
        return Some(number);
    }
    let first = ordinal(word)?;
    match (first, ordinal(analysis.word(at + 1))) {
        (10, Some(unit)) if unit < 10 => Some(10 + unit),
        (tens, Some(10)) if analysis.word(at + 1) == "mươi" => {
            Some(tens * 10 + ordinal(analysis.word(at + 2)).filter(|&unit| unit < 10).unwrap_or(0))
        }
        _ => Some(first),
    }
}

fn ordinal(word: &str) -> Option<i32> {
    ORDINALS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|&(_, number)| number)
}

fn roman(word: &str) -> Option<i32> {
    if word.is_empty() || word.len() > 6 {
        return None;
    }
    let value = |letter: char| match letter {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let digits: Vec<i32> = word.chars().map(value).collect::<Option<_>>()?;
    Some(digits.iter().enumerate().fold(0, |sum, (index, &digit)| {
        if digits.get(index + 1).is_some_and(|&next| next > digit) {
            sum - digit
        } else {
            sum + digit
        }
    }))
}
