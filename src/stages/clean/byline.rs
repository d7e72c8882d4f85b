//! Bylines and credits: who wrote the article and where it was taken from.
//!
//! `Trần Văn Phúc`, `Dương Minh – Quý Hà`, `Tin, ảnh: T.H`, `Thu Hà (theo TTXVN)`, `Vũ Dũng/VOV`, `Nguồn: Báo Cà Mau`.
//! They stand at the end of an article, on lines of their own or behind its last sentence, or under its title.
//! The office behind a name goes.
//! Missed: names in small letters.

use super::furniture::{Effect, Furniture};
use crate::text::fold::fold;

/// What a byline says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Byline {
    pub authors: Vec<String>,
    /// The article was taken from there.
    pub source: Option<String>,
    /// The agency for which the author writes.
    pub agency: Option<String>,
}

impl Byline {
    fn is_empty(&self) -> bool {
        self.authors.is_empty() && self.source.is_none() && self.agency.is_none()
    }

    /// Takes over what `other` says where this one says nothing.
    pub fn fill_from(&mut self, other: Byline) {
        if self.authors.is_empty() {
            self.authors = other.authors;
        }
        self.source = self.source.take().or(other.source);
        self.agency = self.agency.take().or(other.agency);
    }
}

/// Longest byline, in bytes.
const MAX_BYTES: usize = 130;

/// Reads `line` as a byline or credit; nothing if anything else stands in it.
pub(super) fn parse(line: &str, furniture: &Furniture) -> Option<Byline> {
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '|' | ';'));
    let line = once(line.trim_end_matches([' ', '-', '–']));
    if line.is_empty() || line.len() > MAX_BYTES {
        return None;
    }
    let mut byline = Byline::default();
    let rest = match labelled(line, furniture) {
        Some((Effect::Source, value)) => {
            // `Theo P.V (Dân trí)`
            if let (name, Some(inside)) = split_parenthesis(value)
                && is_name(name)
            {
                byline.source = source_name(inside);
                byline.authors.push(name.to_owned());
            } else {
                byline.source = source_name(value);
            }
            return byline.source.is_some().then_some(byline);
        }
        Some((_, value)) => value,
        None => line,
    };
    let (names, inside) = split_parenthesis(rest);
    if let Some(inside) = inside {
        parse_parenthesis(inside, furniture, &mut byline)?;
    }
    if names.is_empty() {
        return (!byline.is_empty() || inside.is_some()).then_some(byline);
    }
    // `Trân Châu theo báo Dân trí`, `Theo Hoàng Hải`
    let folded = fold(names);
    let names = match folded.find(" theo ") {
        Some(at) => {
            byline.source = Some(source_name(&names[at + " theo ".len()..])?);
            names[..at].trim_end_matches([' ', '-', '–'])
        }
        None => names,
    };
    let is_agency = |name: &str| furniture.is(&fold(name), Effect::Agency);
    if is_agency(names) {
        byline.agency = Some(names.to_owned());
        return Some(byline);
    }
    for part in names.split('/') {
        for name in people(part, furniture)? {
            if is_agency(&name) {
                byline.agency.get_or_insert(name);
            } else {
                byline.authors.push(name);
            }
        }
    }
    (byline.authors.len() <= 6 && !byline.is_empty()).then_some(byline)
}

/// Finds a byline behind the last sentence of `paragraph`: where it starts, in bytes, and what it says.
pub(super) fn at_end(paragraph: &str, furniture: &Furniture) -> Option<(usize, Byline)> {
    let mut window = paragraph.len().saturating_sub(MAX_BYTES);
    while !paragraph.is_char_boundary(window) {
        window += 1;
    }
    paragraph[window..].match_indices(' ').find_map(|(at, _)| {
        let (before, tail) = (&paragraph[..window + at], &paragraph[window + at + 1..]);
        if !closes_sentence(before) {
            return None;
        }
        if tail.len() <= 40 && is_furniture(tail, furniture) {
            return Some((window + at + 1, Byline::default()));
        }
        let byline = parse(tail, furniture).filter(|_| !tail.ends_with(['.', ':', '!', '?']) || tail.len() <= 6)?;
        Some((window + at + 1, byline))
    })
}

/// `Xem thêm:` behind the last sentence.
fn is_furniture(tail: &str, furniture: &Furniture) -> bool {
    let tiling = furniture.tile(&fold(tail));
    tiling.phrases > 0 && tiling.uncovered.is_none() && tiling.date.is_none()
}

/// `Mai Lan/VOV Mai Lan/VOV` stands twice on some pages.
fn once(line: &str) -> &str {
    match line.split_at_checked(line.len() / 2) {
        Some((first, second)) if second.strip_prefix(' ') == Some(first) => first,
        _ => line,
    }
}

/// `before` ends a sentence, not an abbreviation (`TP.`) or an initial (`N.`).
fn closes_sentence(before: &str) -> bool {
    let before = before.trim_end();
    if before.ends_with(['!', '?', '…', '”', '"', '/', ')', '’', '\'']) {
        return true;
    }
    let Some(words) = before.strip_suffix('.') else {
        return false;
    };
    let word = words.rsplit([' ', '.']).next().unwrap_or_default();
    let letters = word.chars().count();
    let before_word = words[..words.len() - word.len()]
        .trim_end()
        .rsplit(' ')
        .next()
        .unwrap_or_default();
    let end_of_name = letters == 2 && word.ends_with(char::is_lowercase) && before_word.starts_with(char::is_uppercase);
    word.is_empty()
        || end_of_name
        || word.ends_with(['/', '”', '"', '%', ')'])
        || word.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
        || (letters >= 3 && word.chars().skip(1).all(char::is_lowercase))
        || (letters >= 3 && word.chars().all(char::is_uppercase))
}

/// `Tác giả: …`, `Viết bởi …`, whatever follows.
pub(super) fn is_author_label(line: &str, furniture: &Furniture) -> bool {
    matches!(labelled(line, furniture), Some((Effect::Author, _))) || furniture.is(&fold(line), Effect::Author)
}

/// Splits `Tin, ảnh: T.H` and `Theo Báo Cà Mau` into the label's effect and the value.
///
/// Most labels need a colon; `Theo`, `Nguồn` and `Viết bởi` do without.
fn labelled<'t>(line: &'t str, furniture: &Furniture) -> Option<(Effect, &'t str)> {
    let folded = fold(line);
    let bare = folded.trim_start_matches(['(', '[', '-', '–', '•', ' ']);
    let skipped = folded.len() - bare.len();
    for effect in [Effect::Source, Effect::Author] {
        let Some(len) = furniture.starts(bare, effect) else {
            continue;
        };
        let rest = line[skipped + len..].trim_start();
        if let Some(value) = rest.strip_prefix([':', '：']) {
            return Some((effect, value.trim()));
        }
        let label = &bare[..len];
        let unmarked = matches!(label, "theo" | "nguồn" | "trích nguồn" | "by") || label.ends_with(" bởi");
        if unmarked && !rest.is_empty() {
            return Some((effect, rest));
        }
    }
    None
}

/// A source as it may be named: an address, or a few words that start with a capital.
fn source_name(value: &str) -> Option<String> {
    let value = value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ')' | ']' | '(' | ';' | ',' | '-'));
    if value.is_empty() || value.starts_with('/') || value.len() > MAX_BYTES {
        return None;
    }
    if is_address(value) || is_host(value) {
        return Some(value.to_owned());
    }
    let words = value.split(' ').count();
    let capital = value.starts_with(|c: char| c.is_uppercase());
    let newspaper = ["báo ", "cổng ", "trang ", "đài ", "tạp chí "];
    let named = newspaper.iter().any(|start| fold(value).starts_with(start));
    (words <= 10 && (capital || named) && !value.contains(". ")).then(|| value.to_owned())
}

/// `value` is a web address.
pub(super) fn is_address(value: &str) -> bool {
    (value.starts_with("http://") || value.starts_with("https://") || value.starts_with("www.")) && !value.contains(' ')
}

/// `value` is a lone host name such as `baokontum.com.vn`.
pub(super) fn is_host(value: &str) -> bool {
    let Some((name, top)) = value.trim_end_matches('/').rsplit_once('.') else {
        return false;
    };
    let known = ["vn", "com", "net", "org", "info", "edu", "gov", "asia"];
    known.contains(&top.to_ascii_lowercase().as_str())
        && name.len() >= 2
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
}

/// `Thu Hà (TTXVN)` into the names and what the parentheses hold.
fn split_parenthesis(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    match (text.strip_suffix(')'), text.find('(')) {
        (Some(open), Some(at)) => (text[..at].trim(), Some(open[at + 1..].trim())),
        _ => (text, None),
    }
}

/// `(TTXVN)`, `(theo Mirror)`, `(tổng hợp)`, `(Dân trí)`; nothing for any other parenthesis.
fn parse_parenthesis(inside: &str, furniture: &Furniture, byline: &mut Byline) -> Option<()> {
    let folded = fold(inside);
    if let Some(at) = folded.find("theo ") {
        byline.source = source_name(&inside[at + "theo ".len()..]);
        return Some(());
    }
    if let Some(value) = folded.strip_prefix("nguồn").and_then(|_| inside.split_once(':')) {
        byline.source = source_name(value.1);
        return byline.source.is_some().then_some(());
    }
    if furniture.is(&folded, Effect::Agency) {
        byline.agency = Some(inside.to_owned());
        return Some(());
    }
    if furniture.starts(&folded, Effect::Organization).is_some() {
        return Some(());
    }
    const HOW: [&str; 14] = [
        "tổng hợp",
        "t/h",
        "th",
        "t.h",
        "t.hợp",
        "thực hiện",
        "ghi",
        "lược ghi",
        "sưu tầm",
        "st",
        "dịch",
        "lược dịch",
        "biên soạn",
        "trích",
    ];
    HOW.contains(&folded.as_str()).then_some(())
}

/// Splits a list of names at ` - `, commas, `và` and `&`; nothing unless each part is shaped like a name.
fn people(text: &str, furniture: &Furniture) -> Option<Vec<String>> {
    // An office, even where `&` joins parts of its name: `PHÒNG TCBC&CCHC`.
    if furniture
        .starts(&fold(text.trim_start()), Effect::Organization)
        .is_some()
    {
        return None;
    }
    let mut names = Vec::new();
    let text = text
        .replace(" và ", ",")
        .replace(" - ", ",")
        .replace(" – ", ",")
        .replace(" — ", ",");
    for part in text.split([',', '&', ';', '+', '–']) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        // `Thu-Hà` joins two authors; `H-Quân Niê` is one.
        let halves: Vec<&str> = part.split('-').map(str::trim).collect();
        if halves.len() == 2 && halves.iter().all(|half| half.contains(' ') || half.contains('.')) {
            names.extend(halves.into_iter().map(str::to_owned));
        } else {
            names.push(part.to_owned());
        }
    }
    // The office behind a name (`Lê Nam - Văn phòng UBND tỉnh`) is no author.
    if names.first().is_some_and(|name| is_name(name)) {
        let is_office = |name: &str| furniture.starts(&fold(name), Effect::Organization).is_some();
        names.retain(|name| !is_office(name));
    }
    let folded_ok = |name: &str| {
        let folded = fold(name);
        furniture.starts(&folded, Effect::Organization).is_none() && furniture.starts(&folded, Effect::Header).is_none()
    };
    let shaped = names
        .iter()
        .all(|name| furniture.is(&fold(name), Effect::Agency) || (is_name(name) && folded_ok(name)));
    (shaped && !names.is_empty()).then_some(names)
}

/// One to five words, each with a capital first; initials with points (`N. C`, `S.T`, `N.Văn`).
pub(super) fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let words = name.split(' ').count();
    let plain = name
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’'));
    let host = is_host(name);
    (2..=40).contains(&letters)
        && words <= 5
        && (host || (plain && name.split([' ', '.']).filter(|word| !word.is_empty()).all(starts_upper)))
        && !(words == 1 && letters > 8 && !host)
}

fn starts_upper(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn furniture() -> Furniture {
        Furniture::new(&[]).unwrap()
    }

    fn check(line: &str, authors: &[&str], source: Option<&str>, agency: Option<&str>) {
        let byline = parse(line, &furniture()).unwrap_or_else(|| panic!("no byline: {line}"));
        assert_eq!(byline.authors, authors, "{line}");
        assert_eq!(byline.source.as_deref(), source, "{line}");
        assert_eq!(byline.agency.as_deref(), agency, "{line}");
    }

    #[test]
    fn names_and_lists_of_names() {
        check("Lê Thị Hoa", &["Lê Thị Hoa"], None, None);
        check("Minh Anh – Đức Quý", &["Minh Anh", "Đức Quý"], None, None);
        check("Thu Hà-Văn Nam", &["Thu Hà", "Văn Nam"], None, None);
        check("P.V", &["P.V"], None, None);
        check("K. L (T.Hợp)", &["K. L"], None, None);
        check("Lê Nam - Văn phòng UBND tỉnh", &["Lê Nam"], None, None);
        check("Tin, ảnh : Hồng Nga ( Văn phòng Huyện ủy )", &["Hồng Nga"], None, None);
        check("NGỌC MAI", &["NGỌC MAI"], None, None);
        check("Tin, ảnh: Hồng Vân, T.H", &["Hồng Vân", "T.H"], None, None);
        check("Viết bởi Lê Nam", &["Lê Nam"], None, None);
        check("Tác giả: Nguyễn Văn An", &["Nguyễn Văn An"], None, None);
    }

    #[test]
    fn agencies_and_sources() {
        check("Mai Lan (TTXVN)", &["Mai Lan"], None, Some("TTXVN"));
        check("Quốc Bảo/VOV", &["Quốc Bảo"], None, Some("VOV"));
        check("Hà My (theo Mirror)", &["Hà My"], Some("Mirror"), None);
        check("TTXVN/Tin Tức", &[], None, Some("TTXVN/Tin Tức"));
        check("Theo P.V (Dân trí)", &["P.V"], Some("Dân trí"), None);
        check("Theo Báo Lào Cai", &[], Some("Báo Lào Cai"), None);
        check("Nguồn: Cổng TTĐT tỉnh Hà Nam", &[], Some("Cổng TTĐT tỉnh Hà Nam"), None);
        check(
            "Nguồn bài viết: https://abc.gov.vn/tin-1.html",
            &[],
            Some("https://abc.gov.vn/tin-1.html"),
            None,
        );
        check("TTXVN", &[], None, Some("TTXVN"));
        check("Mai Lan/VOV Mai Lan/VOV", &["Mai Lan"], None, Some("VOV"));
        check("Hồng Nga - Theo VnExpress", &["Hồng Nga"], Some("VnExpress"), None);
    }

    #[test]
    fn everything_else_is_no_byline() {
        for line in [
            "Quang cảnh hội nghị",
            "Sở Nội vụ",
            "PHÒNG KSTT&CCHC",
            "UBND tỉnh Hà Nam",
            "Theo báo cáo của UBND tỉnh, năm 2020 đạt 95% kế hoạch đề ra trong toàn tỉnh",
            "(Nguồn: /upload/1/2.jpg)",
            "Chủ tịch UBND tỉnh Lê Văn An phát biểu.",
            "Ảnh minh họa tại bộ phận một cửa",
            "- Số lượng: 15",
            "Ảnh: Lê Nam",
        ] {
            assert_eq!(parse(line, &furniture()), None, "{line}");
        }
    }

    fn check_end(paragraph: &str, kept: &str, authors: &[&str]) {
        let (at, byline) = at_end(paragraph, &furniture()).unwrap_or_else(|| panic!("no byline: {paragraph}"));
        assert_eq!(paragraph[..at].trim_end(), kept);
        assert_eq!(byline.authors, authors);
    }

    #[test]
    fn bylines_behind_the_last_sentence() {
        check_end("Hội nghị kết thúc./. Thu Trang", "Hội nghị kết thúc./.", &["Thu Trang"]);
        check_end(
            "Phải làm ngay trong nội bộ. K. L (T.Hợp)",
            "Phải làm ngay trong nội bộ.",
            &["K. L"],
        );
        check_end("“Cần quyết liệt” Văn Hải/VOV.VN", "“Cần quyết liệt”", &["Văn Hải"]);
        check_end(
            "Việc này đang diễn ra ở tỉnh Nghệ An. Văn Hải",
            "Việc này đang diễn ra ở tỉnh Nghệ An.",
            &["Văn Hải"],
        );
        check_end("Hội nghị kết thúc./. Xem thêm:", "Hội nghị kết thúc./.", &[]);
        check_end(
            "Lễ trao giải diễn ra tại Hà Nội. Theo Báo Tin Mới",
            "Lễ trao giải diễn ra tại Hà Nội.",
            &[],
        );
    }

    #[test]
    fn abbreviations_do_not_end_the_last_sentence() {
        for paragraph in [
            "Ông dự họp tại TP. Hồ Chí Minh",
            "Chủ trì là GS.TS. Nguyễn Văn An",
            "Chủ tịch UBND TP. HCM Lê Văn An.",
            "Hội nghị kết thúc. Mọi việc xong.",
        ] {
            assert_eq!(at_end(paragraph, &furniture()), None, "{paragraph}");
        }
    }
}
