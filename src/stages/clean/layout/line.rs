//! What a line looks like: a paragraph, a file name, a breadcrumb, an office.

use super::SHORT;
use crate::stages::clean::byline;
use crate::stages::clean::furniture::{Effect, Furniture};
use crate::text::fold::fold;

/// A line that runs on like a sentence.
pub(super) fn is_paragraph(line: &str) -> bool {
    line.len() > SHORT || (line.len() > 90 && line.ends_with(['.', '!', '…', ';', ':']))
}

/// File names, paths and addresses of pictures: `172712Quang%20c%E1%BA%A3nh.jpg`, `(Nguồn: /upload/1/2.png)`.
pub(super) fn is_asset(line: &str) -> bool {
    let bytes = line.as_bytes();
    let escapes = bytes
        .windows(3)
        .filter(|window| window[0] == b'%' && window[1..].iter().all(u8::is_ascii_hexdigit))
        .count();
    if escapes >= 2 && line.split(' ').count() <= 4 {
        return true;
    }
    let bare = line.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | ' '));
    let value = bare.split_once(": ").map_or(bare, |(_, value)| value);
    if value.starts_with('/') && value.matches('/').count() >= 2 && !value.contains(' ') {
        return true;
    }
    let lower = value.to_ascii_lowercase();
    let file = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".mp4", ".mp3"];
    file.iter().any(|end| lower.ends_with(end)) && value.split(' ').count() <= 6
}

/// `Trang chủ » Tin tức » Cải cách hành chính`
pub(super) fn is_breadcrumb(folded: &str) -> bool {
    let marks = [" > ", " » ", " / ", " >> ", " › ", " | ", "→", " - "];
    let home = [
        "trang chủ",
        "trang nhất",
        "home",
        "bạn đang ở",
        "bạn đang xem",
        "vị trí hiện tại",
    ];
    home.iter().any(|start| folded.starts_with(start)) && marks.iter().any(|mark| folded.contains(mark))
        || folded.matches(" » ").count() + folded.matches(" › ").count() >= 2
}

/// The office that stands below an author's name: `PHÒNG TCBC&CCHC`, `Văn phòng UBND huyện`.
pub(super) fn is_office(line: &str, folded: &str, furniture: &Furniture) -> bool {
    let short = line.split(' ').count() <= 8 && !line.ends_with(['.', '!', '?', ':', ';', '…']);
    let capitals = !line.chars().any(char::is_lowercase);
    short
        && (capitals
            || (furniture.starts(folded, Effect::Organization).is_some() && !furniture.holds(folded, Effect::Verb)))
}

/// The agency's tag with which a first paragraph starts: `(BNP) - Chiều…`, `Hà Nội (TTXVN) –…`, `TTO - …`.
pub(super) fn agency_tag<'t>(paragraph: &'t str, furniture: &Furniture) -> Option<&'t str> {
    let dash = |rest: &str| rest.trim_start().starts_with(['-', '–', '—', ':']);
    if let Some(open) = paragraph.find('(').filter(|&open| open <= 30) {
        let close = open + paragraph[open..].find(')')?;
        let tag = &paragraph[open + 1..close];
        let before = paragraph[..open].trim_end();
        let capitals = (2..=12).contains(&tag.len())
            && tag
                .chars()
                .all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '/') || c.is_ascii_digit());
        let fits = before.is_empty() || byline::is_name(before);
        let known = capitals || byline::is_host(tag) || furniture.is(&fold(tag), Effect::Agency);
        return (fits && known && dash(&paragraph[close + 1..])).then_some(tag);
    }
    let end = paragraph.find([' ', '-', '–']).filter(|&end| end <= 16)?;
    let tag = &paragraph[..end];
    let capitals = tag.chars().all(|c| c.is_uppercase() || c == '.');
    (capitals && furniture.is(&fold(tag), Effect::Agency) && dash(&paragraph[end..])).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_paths_are_assets() {
        for line in [
            "172712Quang%20c%E1%BA%A3nh%20h%E1%BB%8Dp",
            "(Nguồn: /upload/105/2023/a5d07.vn)",
            "z123_abc.jpg",
            "Ảnh hội nghị.JPG",
        ] {
            assert!(is_asset(line), "{line}");
        }
        for line in ["Tỷ lệ 5%/năm, 20% và 30% trong kỳ", "Nguồn: Báo Hà Nam", "và/hoặc"] {
            assert!(!is_asset(line), "{line}");
        }
    }

    #[test]
    fn breadcrumbs_lead_from_home() {
        for line in [
            "trang chủ » tin tức",
            "trang chủ > tin tức > cải cách",
            "tin » huyện » xã",
        ] {
            assert!(is_breadcrumb(line), "{line}");
        }
        assert!(!is_breadcrumb("trang chủ của tỉnh thay áo mới"));
    }

    #[test]
    fn tags_stand_before_a_dash() {
        let furniture = Furniture::new(&[]).unwrap();
        for (paragraph, tag) in [
            ("(BNP) - Chiều 2/3, tỉnh họp", Some("BNP")),
            ("Hà Nội (TTXVN) – Sáng 2/3", Some("TTXVN")),
            ("TTO - Sáng 2/3", Some("TTO")),
            ("(CCHC) của Chính phủ", None),
            ("Ban Chỉ đạo cải cách hành chính (CCHC) - Sáng 2/3", None),
            ("CCHC - khâu đột phá", None),
        ] {
            assert_eq!(agency_tag(paragraph, &furniture), tag, "{paragraph}");
        }
    }
}
