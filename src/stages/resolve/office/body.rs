//! The body in which a post is held: what it is called without its province, how high it stands and where it is.

use super::words::{AREA_KINDS, NATIONAL, OF_PROVINCES, PARTY, PROVINCE_HEADS, UNNAMED_AREAS, UNNAMED_BODIES};
use crate::lexicon::areas::Area;

/// The body of an office while it is understood.
pub(super) struct Body {
    pub name: String,
    pub area: Option<&'static Area>,
    pub level: Option<&'static str>,
    /// A body of the province itself: `UBND tỉnh`, `Sở Nội vụ`, `Tỉnh ủy`.
    provincial: bool,
    /// The text tells that it is local, though not always where.
    local: bool,
}

impl Body {
    /// The body that the words `rest` behind `title` name, in the area of the text or else of the portal; `implied` is the word
    /// with which its name begins where the text leaves it out.
    pub fn new(
        title: &str,
        rest: &[&str],
        implied: &str,
        text_area: Option<&'static Area>,
        portal_area: Option<&'static Area>,
    ) -> Body {
        let mut rest = rest.to_vec();
        let municipal = text_area.or(portal_area).is_none_or(|area| area.kind != "tỉnh");
        // "UBND thành phố" of a province's portal is that of its chief town.
        let mut provincial = match rest[..] {
            [.., "tỉnh"] => {
                rest.pop();
                true
            }
            [.., "thành", "phố"] if municipal => {
                rest.truncate(rest.len() - 2);
                true
            }
            _ => false,
        };
        let mut name = rest.join(" ");
        if !implied.is_empty() && !name.starts_with(implied) {
            name = format!("{implied} {name}").trim().to_owned();
        }
        // "ban chấp hành trung ương đảng", "trung ương đảng"
        if let Some(behind) = name.strip_prefix("ban chấp hành trung ương") {
            name = format!("trung ương{behind}");
        }
        if name == "qh" || name.starts_with("qh ") {
            name.replace_range(.."qh".len(), "quốc hội");
        }
        for state in [" việt nam", " vn"] {
            if let Some(before) = name.strip_suffix(state) {
                name = before.to_owned();
            }
        }
        if title.ends_with("chủ tịch") && AREA_KINDS.iter().any(|kind| starts_with_words(&name, kind)) {
            name = format!("ủy ban nhân dân {name}");
        }
        if name.is_empty() && (provincial || text_area.is_some()) {
            provincial = true;
            let committee = if municipal { "thành ủy" } else { "tỉnh ủy" };
            if title.ends_with("chủ tịch") {
                "ủy ban nhân dân".clone_into(&mut name);
            } else if title.ends_with("bí thư") {
                committee.clone_into(&mut name);
            }
        }
        let mut body = Body {
            level: None,
            local: false,
            area: None,
            provincial,
            name,
        };
        body.place(text_area, portal_area);
        body
    }

    /// Level and area.
    fn place(&mut self, text_area: Option<&'static Area>, portal_area: Option<&'static Area>) {
        let opens = |phrases: &[&str]| phrases.iter().any(|phrase| starts_with_words(&self.name, phrase));
        let (commune, district) = (names_commune(&self.name), names_district(&self.name));
        let committee = opens(&["tỉnh ủy", "thành ủy"]);
        self.provincial |= committee || opens(&["sở", "đoàn đại biểu quốc hội"]);
        self.provincial |= text_area.is_some() && opens(&PROVINCE_HEADS) && !district && !commune;
        let of_assembly = self.name.contains("quốc hội") && !opens(&["đoàn đại biểu"]);
        let of_centre = opens(&["ban"]) && self.name.ends_with("trung ương");
        self.level = if NATIONAL.contains(&self.name.as_str()) || of_assembly || self.name.contains("tối cao") {
            Some("national")
        } else if opens(&PARTY) || of_centre {
            Some("party")
        } else if commune {
            Some("commune")
        } else if district {
            Some("district")
        } else if self.provincial {
            Some("province")
        } else if is_central(&self.name) && text_area.is_none() {
            Some("ministry")
        } else if text_area.is_some() && opens(&OF_PROVINCES) {
            Some("province")
        } else {
            None
        };
        self.local = self.provincial || commune || district;
        let central = matches!(self.level, Some("national" | "ministry")) || self.level == Some("party") && !self.local;
        self.area = match central {
            true => None,
            false => text_area.or(portal_area.filter(|_| self.local)),
        };
    }

    /// Height of the post `title` on the ladder of the state.
    pub fn standing(&self, title: &str) -> Option<u8> {
        let top = self.provincial && PROVINCE_HEADS.iter().any(|name| self.name == *name);
        let deputy = title.starts_with("phó") || title.starts_with("thứ trưởng");
        let ministerial = ["bộ trưởng", "thứ trưởng", "thống đốc", "chủ nhiệm"]
            .iter()
            .any(|head| title.ends_with(head))
            || title.ends_with("tổng thanh tra")
            || title.ends_with("tổng kiểm toán");
        match self.level {
            Some("national") => Some(5),
            _ if top => Some(4),
            Some("ministry") if ministerial => Some(if deputy { 4 } else { 5 }),
            Some("ministry") => Some(3),
            Some("party") if !self.local && !self.name.starts_with("đảng ủy") && !self.name.contains("bộ ") => {
                Some(5)
            }
            Some("province") => Some(3),
            Some("district") => Some(2),
            Some("commune") => Some(1),
            Some("party") if self.provincial => Some(3),
            Some("party") if self.local => Some(2),
            _ => None,
        }
    }

    /// It has a name of its own.
    pub fn is_named(&self) -> bool {
        let bare = UNNAMED_AREAS.iter().any(|kind| ends_with_words(&self.name, kind))
            || UNNAMED_BODIES.contains(&self.name.as_str());
        !bare && (self.name.contains(' ') || matches!(self.name.as_str(), "đảng" | "nước"))
    }

    /// It is known which body it is: `UBND tỉnh` of a known province; `UBND` alone may be anybody's.
    pub fn is_specific(&self) -> bool {
        let placed = match self.level {
            Some("national" | "ministry") => true,
            _ if self.provincial => self.area.is_some(),
            Some("province") => self.area.is_some(),
            Some("district" | "commune" | "party") => true,
            _ => !PROVINCE_HEADS.iter().any(|name| self.name == *name),
        };
        self.is_named() && placed
    }
}

/// `ủy ban nhân dân xã đông cứu`, but not `bảo hiểm xã hội`, `thị xã` or `hợp tác xã`.
fn names_commune(name: &str) -> bool {
    let mut before = "";
    let mut words = name.split(' ').peekable();
    while let Some(word) = words.next() {
        let found = match word {
            "phường" | "ấp" => true,
            "thôn" => before != "nông",
            "trấn" => before == "thị",
            "khu" => before == "đặc",
            "xã" => !matches!(before, "thị" | "tác" | "hợp" | "tấn") && words.peek() != Some(&"hội"),
            _ => false,
        };
        if found {
            return true;
        }
        before = word;
    }
    false
}

fn names_district(name: &str) -> bool {
    let mut before = "";
    name.split(' ').any(|word| {
        let found = match word {
            "huyện" | "quận" => true,
            "ủy" | "xã" => before == "thị",
            "phố" => before == "thành",
            _ => false,
        };
        before = word;
        found
    })
}

/// `bộ nội vụ`, `cục thuế`: bodies of the central government, but not `bộ đội` or `bộ phận`.
fn is_central(name: &str) -> bool {
    let mut words = name.split(' ');
    match (words.next(), words.next()) {
        (Some("bộ"), Some(next)) => !matches!(next, "đội" | "phận" | "môn" | "chỉ"),
        (Some("bộ" | "cục" | "vụ"), _) => true,
        (Some("tổng"), Some("cục")) | (Some("ngân"), Some("hàng")) => {
            name == "ngân hàng nhà nước" || name.starts_with("tổng")
        }
        (Some("thanh"), Some("tra")) => name == "thanh tra chính phủ",
        (Some("ủy"), Some("ban")) => name == "ủy ban dân tộc",
        _ => name.contains(" bộ ") || name.contains("tổng cục "),
    }
}

fn starts_with_words(text: &str, words: &str) -> bool {
    text.strip_prefix(words)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn ends_with_words(text: &str, words: &str) -> bool {
    text.strip_suffix(words)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
}
