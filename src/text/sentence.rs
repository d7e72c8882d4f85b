//! Sentence boundaries.
//!
//! A sentence ends at a line break, at `!`, `?`, `…` and `...`, and at a point that is neither part of an abbreviation
//! (`TP. HCM`, `GS.TS. Nguyễn`, `T.Ư`, `Đ/c.`) nor of an initial (`N. C`). Pages lose the space after a point
//! (`tài chính.Thu ngân sách`), so a small letter, a point and a capital end a sentence too.
//!
//! What never ends is cut: rules look through the sentence that they stand in.

use crate::text::analysis::TokenRange;
use crate::text::token::{Case, Kind, Token};

/// Words that end in a point without ending a sentence.
const ABBREVIATIONS: &[&str] = &[
    "tp", "tx", "tt", "q", "p", "h", "x", "gs", "pgs", "ts", "ths", "th", "bs", "ks", "cn", "ls", "ncs", "kts", "cv",
    "đ", "đc", "t", "st", "mr", "mrs", "ms", "dr", "no", "vs", "ubnd", "hđnd", "ttnd", "nsnd", "nsưt",
];

/// Words in which no name begins and many sentences do.
const OPENERS: &[&str] = &[
    "bên", "bởi", "các", "còn", "cùng", "cả", "cụ", "do", "dù", "hiện", "khi", "mặc", "ngay", "ngoài", "nhiều", "như",
    "nhưng", "nhờ", "những", "nếu", "qua", "riêng", "sau", "theo", "trong", "trên", "trước", "tuy", "tại", "từ", "vì",
    "với", "đây", "được", "đến", "để",
];

/// Words that no sentence ends with, and those before a name.
const LEADS_ON: &[&str] = &[
    "anh", "bà", "chị", "cho", "chú", "cô", "của", "em", "gọi", "là", "luật", "thầy", "trong", "tại", "và", "với",
    "án", "ông", "đạo", "để", "ở",
];

/// Agencies and papers that pictures are credited to.
const AGENCIES: &[&str] = &[
    "ttxvn", "vgp", "vov", "tto", "plo", "afp", "reuters", "epa", "ap", "qđnd",
];

/// Most tokens of a sentence; a list of all who attended has some hundreds.
const MAX_TOKENS: usize = 2000;

/// Splits `tokens` into sentences, into `out`.
pub(super) fn sentences(text: &str, folded: &str, tokens: &[Token], out: &mut Vec<TokenRange>) {
    out.clear();
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].kind == Kind::Break {
            close(start, at, out);
            start = at + 1;
        } else if at > start
            && tokens[at].case == Case::Title
            && (lost_its_line(folded, &tokens[at - 1..]) || follows_credit(folded, tokens, at))
        {
            close(start, at, out);
            start = at;
        } else if ends_sentence(text, folded, tokens, at) {
            let mut end = at + 1;
            while end < tokens.len() && !tokens[end].spaced && is_closing(&text[tokens[end].range()]) {
                end += 1;
            }
            close(start, end, out);
            start = end;
            at = end;
            continue;
        } else if at - start >= MAX_TOKENS {
            let end = cut(text, &tokens[start..at]) + start;
            close(start, end, out);
            start = end;
        }
        at += 1;
    }
    close(start, tokens.len(), out);
}

/// A word with a capital that opens sentences stands behind a word in small letters: `trong tương lai` | `Theo quy hoạch`.
/// Pages put heading and paragraph on one line.
fn lost_its_line(folded: &str, tokens: &[Token]) -> bool {
    let [before, opener, behind, ..] = tokens else {
        return false;
    };
    let word = |token: &Token| token.kind == Kind::Word;
    before.case == Case::Lower
        && behind.case == Case::Lower
        && [before, opener, behind].into_iter().all(word)
        && OPENERS.contains(&&folded[opener.range()])
        && !LEADS_ON.contains(&&folded[before.range()])
}

/// `Ảnh: Trí Dũng/TTXVN` | `Dự hội nghị có …`: a word with a capital behind the agency that a picture is credited to.
fn follows_credit(folded: &str, tokens: &[Token], at: usize) -> bool {
    let [.., mark, agency] = &tokens[..at] else {
        return false;
    };
    let credited = mark.kind == Kind::Punct && matches!(&folded[mark.range()], "/" | ":" | "-" | "–");
    tokens[at].spaced && agency.case == Case::Upper && credited && AGENCIES.contains(&&folded[agency.range()])
}

/// Where a sentence that is too long is cut: after its last comma or semicolon, unless that comes too early.
fn cut(text: &str, tokens: &[Token]) -> usize {
    let is_pause = |token: &Token| matches!(&text[token.range()], "," | ";");
    let pause = tokens.iter().rposition(is_pause).map(|pause| pause + 1);
    pause.filter(|end| *end > tokens.len() / 2).unwrap_or(tokens.len())
}

fn close(start: usize, end: usize, out: &mut Vec<TokenRange>) {
    if start < end {
        out.push(start..end);
    }
}

fn ends_sentence(text: &str, folded: &str, tokens: &[Token], at: usize) -> bool {
    let mark = &text[tokens[at].range()];
    if tokens[at].kind != Kind::Punct || !matches!(mark, "." | "!" | "?" | "…") {
        return false;
    }
    let next = tokens[at + 1..]
        .iter()
        .find(|token| !is_closing(&text[token.range()]) || token.spaced);
    let Some(next) = next else {
        return true;
    };
    if next.kind == Kind::Break {
        return false;
    }
    let opens = next.is_capitalized() || next.kind == Kind::Number || is_opening(&text[next.range()]);
    match mark {
        "!" | "?" => opens && next.spaced,
        "…" => opens && next.is_capitalized(),
        "." => {
            let Some(previous) = at.checked_sub(1).map(|index| &tokens[index]) else {
                return false;
            };
            if previous.kind == Kind::Punct && &text[previous.range()] == "." {
                return opens && next.is_capitalized();
            }
            if !next.spaced {
                return previous.kind == Kind::Word && previous.case == Case::Lower && next.case == Case::Title;
            }
            if !opens {
                return false;
            }
            let word = &folded[previous.range()];
            let initial = previous.is_capitalized() && word.chars().count() == 1;
            let abbreviation =
                previous.is_capitalized() && !previous_is_name(tokens, at) && ABBREVIATIONS.contains(&word);
            !(initial || abbreviation)
        }
        _ => false,
    }
}

/// The word before the point closes a run of capitalised words, like the last syllable of a name.
fn previous_is_name(tokens: &[Token], at: usize) -> bool {
    at >= 2 && tokens[at - 2].case == Case::Title && tokens[at - 1].case == Case::Title && tokens[at - 1].spaced
}

fn is_closing(mark: &str) -> bool {
    matches!(mark, "”" | "\"" | "’" | "'" | ")" | "]" | "»")
}

fn is_opening(mark: &str) -> bool {
    matches!(
        mark,
        "“" | "\"" | "‘" | "'" | "(" | "[" | "«" | "-" | "–" | "*" | "•" | "+"
    )
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;
    use crate::text::analysis::{Analysis, Scratch};

    fn check(text: &str, expected: &[&str]) {
        let (lexicon, mut scratch) = (Lexicon::embedded(), Scratch::default());
        let analysis = Analysis::new(text, &lexicon, &mut scratch);
        let found: Vec<&str> = analysis
            .sentences
            .iter()
            .map(|sentence| analysis.slice(sentence))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_without_end_are_cut_after_a_comma() {
        let (lexicon, mut scratch) = (Lexicon::embedded(), Scratch::default());
        let mut lengths = |text: &str| -> Vec<usize> {
            let analysis = Analysis::new(text, &lexicon, &mut scratch);
            analysis.sentences.iter().map(|sentence| sentence.len()).collect()
        };
        assert_eq!(lengths(&"a ".repeat(2000)), [2000]);
        assert_eq!(lengths(&"a ".repeat(4500)), [2000, 2000, 500]);
        assert_eq!(lengths(&"a b, ".repeat(1000)), [1998, 1002]);
    }

    #[test]
    fn points_of_abbreviations_end_no_sentence() {
        check("UBND TP. HCM họp. Ông nói.", &["UBND TP. HCM họp.", "Ông nói."]);
        check("GS.TS. Nguyễn Văn A dự. Hết.", &["GS.TS. Nguyễn Văn A dự.", "Hết."]);
        check(
            "Ban Tổ chức T.Ư họp ngày 3.4. Sau đó",
            &["Ban Tổ chức T.Ư họp ngày 3.4.", "Sau đó"],
        );
    }

    #[test]
    fn a_heading_on_the_line_of_its_paragraph_is_a_sentence() {
        check(
            "Giảm một nửa đầu mối Theo đề án, tỉnh giảm 12 phòng.",
            &["Giảm một nửa đầu mối", "Theo đề án, tỉnh giảm 12 phòng."],
        );
        check(
            "Thiết bị còn thiếu Cả nước có 12 trường.",
            &["Thiết bị còn thiếu", "Cả nước có 12 trường."],
        );
        check("họp tại Bộ phận Một cửa Từ Sơn.", &["họp tại Bộ phận Một cửa Từ Sơn."]);
        check("gặp ông Hiện ở xã", &["gặp ông Hiện ở xã"]);
        check(
            "Toàn cảnh hội nghị. Ảnh: Văn An/TTXVN Dự hội nghị có đại diện các sở.",
            &[
                "Toàn cảnh hội nghị.",
                "Ảnh: Văn An/TTXVN",
                "Dự hội nghị có đại diện các sở.",
            ],
        );
    }

    #[test]
    fn lost_spaces_and_quotes() {
        check("đạt 5%.Thu ngân sách tăng.", &["đạt 5%.Thu ngân sách tăng."]);
        check(
            "theo kế hoạch.Thu ngân sách tăng.",
            &["theo kế hoạch.", "Thu ngân sách tăng."],
        );
        check("“Phải làm.” Ông nói… Rồi họp", &["“Phải làm.”", "Ông nói…", "Rồi họp"]);
        check("dòng một\ndòng hai", &["dòng một", "dòng hai"]);
    }
}
