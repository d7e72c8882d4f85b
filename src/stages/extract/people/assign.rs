//! Which post belongs to which name.
//!
//! What: walks the names and posts of a sentence and attaches posts to names by what stands between them.
//! Why: the same text has titles before names, posts after names, and lists of both.
//! Examples: `Thủ tướng Chính phủ Phạm Minh Chính` (post first); `đồng chí A - Ủy viên …, Phó Chủ tịch …` (name first);
//! `A, Bí thư Tỉnh ủy; B, Chủ tịch UBND tỉnh` (list); `các Phó Chủ tịch UBND tỉnh: A, B, C` (shared post).
//! Known misses: a post after a comma that could belong to either neighbour goes to the name it touches.

use super::names::NameSpan;
use super::positions::PositionSpan;
use super::posts;
use crate::lexicon::Class;
use crate::text::analysis::{Analysis, TokenRange};
use crate::text::token::{Case, Kind};

/// Names with their posts, and the posts that stand alone.
#[derive(Debug, Default)]
pub struct Assignment {
    /// For each name the indices of its posts.
    pub of_name: Vec<Vec<usize>>,
    /// Posts without a name.
    pub alone: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    Name(usize),
    Position(usize),
}

/// What stands between two items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing, or an honorific.
    Adjacent,
    /// A comma or a dash; `true` with an honorific behind it.
    Comma(bool),
    Dash(bool),
    /// `kiêm`, `là`, `làm`, an opening bracket: more posts of the same person follow.
    SamePerson,
    /// Words like `được bầu giữ chức`; with the last of them `SamePerson`.
    Appointed,
    /// `đối với`, `cho`: who gets or loses the post.
    For,
    And,
    Colon,
    Semicolon,
    Other,
}

/// Longest aside in brackets between a name and its post, in tokens.
const MAX_ASIDE: usize = 20;

/// Words of which `được bầu giữ chức vụ` and the like are made.
const APPOINTING: &[&str] = &[
    "được", "bầu", "bổ", "nhiệm", "giữ", "chức", "vụ", "danh", "vị", "trí", "nhận", "đảm", "hiện", "đang", "đã", "vừa",
    "tái", "cử", "trúng", "chỉ", "định", "điều", "động", "luân", "chuyển", "phân", "công", "về", "đến", "tham", "gia",
    "từng", "các", "cương",
];

/// Attaches `positions` to `names`; both in text order.
pub fn assign(analysis: &Analysis, names: &[NameSpan], positions: &[PositionSpan]) -> Assignment {
    let mut assignment = Assignment {
        of_name: vec![Vec::new(); names.len()],
        alone: Vec::new(),
    };
    let mut items: Vec<(TokenRange, Item)> = Vec::with_capacity(names.len() + positions.len());
    items.extend(
        names
            .iter()
            .enumerate()
            .map(|(index, name)| (name.tokens.clone(), Item::Name(index))),
    );
    items.extend(
        positions
            .iter()
            .enumerate()
            .map(|(index, position)| (position.tokens.clone(), Item::Position(index))),
    );
    items.sort_by_key(|(tokens, _)| tokens.start);
    let mut walk = Walk {
        analysis,
        names,
        positions,
        out: &mut assignment,
        open: None,
        chain: Vec::new(),
        shared: None,
    };
    let mut previous_end = 0;
    let mut previous: Option<Item> = None;
    for (tokens, item) in items {
        let gap = match previous {
            Some(_) => gap(analysis, previous_end, tokens.start),
            None => Gap::Other,
        };
        match item {
            Item::Position(index) => walk.position(index, gap, previous),
            Item::Name(index) => walk.name(index, gap, previous),
        }
        previous = Some(item);
        previous_end = tokens.end;
    }
    walk.flush();
    assignment
}

struct Walk<'a> {
    analysis: &'a Analysis<'a>,
    names: &'a [NameSpan],
    positions: &'a [PositionSpan],
    out: &'a mut Assignment,
    /// The name that may still take posts.
    open: Option<usize>,
    /// Posts in a row that nobody has taken yet.
    chain: Vec<usize>,
    /// A plural post that each name of the list that follows shares.
    shared: Option<usize>,
}

impl Walk<'_> {
    fn position(&mut self, index: usize, gap: Gap, previous: Option<Item>) {
        let continues = match previous {
            Some(Item::Name(_)) => {
                self.open.is_some() && matches!(gap, Gap::Comma(false) | Gap::Dash(false) | Gap::SamePerson)
            }
            Some(Item::Position(_)) => {
                matches!(
                    gap,
                    Gap::Comma(false) | Gap::Dash(false) | Gap::SamePerson | Gap::Adjacent
                )
            }
            None => false,
        };
        if !continues || self.is_subject_behind_object(index) {
            self.flush();
            self.open = None;
            self.shared = None;
        }
        if self.is_principal(index) {
            self.out.alone.push(index);
            return;
        }
        self.chain.push(index);
    }

    /// `Thừa ủy quyền của` | `Chủ tịch nước`, `thừa lệnh` | `Thủ tướng`: in whose name somebody acts.
    fn is_principal(&self, index: usize) -> bool {
        let start = self.positions[index].tokens.start;
        let before = |back: usize, words: &[&str]| start >= back && self.analysis.matches(start - back, words);
        let end = self.positions[index].tokens.end;
        let named = self.names.iter().any(|name| name.tokens.start == end);
        !named && (before(3, &["ủy", "quyền", "của"]) || before(2, &["ủy", "quyền"]) || before(2, &["thừa", "lệnh"]))
    }

    /// `Tiếp bà A, Phó Chủ tịch WB,` | `Thủ tướng đề nghị`: who receives A speaks, by the title alone.
    fn is_subject_behind_object(&self, index: usize) -> bool {
        let position = &self.positions[index];
        let bare = position.denotes_person && position.tokens == position.title;
        let verb = self.analysis.longest(position.tokens.end, Class::RoleVerb);
        let speaks = verb.is_some_and(|(_, entry)| &*entry.tag == "speaker");
        let object = self
            .open
            .and_then(|open| self.names[open].start().checked_sub(1))
            .is_some_and(|before| {
                matches!(
                    self.analysis.word(before),
                    "tiếp" | "gặp" | "với" | "của" | "cho" | "đón" | "nghe" | "hợp" | "việc" | "lý" | "về" | "đến"
                )
            });
        bare && speaks && object
    }

    fn name(&mut self, index: usize, gap: Gap, previous: Option<Item>) {
        match (previous, gap) {
            (Some(Item::Position(_)), Gap::For) if self.chain_is_conferred() => self.take_before(index),
            (Some(Item::Position(_)), Gap::Comma(true)) if self.chain_is_of_another() => {
                self.out.alone.append(&mut self.chain);
                self.shared = None;
            }
            (Some(Item::Position(last)), Gap::Adjacent | Gap::Comma(true) | Gap::Dash(true)) => {
                self.take_before(index);
                self.shared = self.positions[last].plural.then_some(last);
            }
            (Some(Item::Position(last)), Gap::Colon) if self.positions[last].plural => {
                self.take_before(index);
                self.shared = Some(last);
            }
            (Some(Item::Name(_)), Gap::Comma(_) | Gap::And | Gap::Semicolon) if self.shared.is_some() => {
                self.flush();
                self.out.of_name[index].extend(self.shared);
            }
            // "các đại biểu: A, Phó Trưởng đoàn; B, Phó Chủ tịch": the shared post holds on.
            (Some(Item::Position(_)), Gap::Semicolon) if self.shared.is_some() => {
                self.flush();
                self.out.of_name[index].extend(self.shared);
            }
            _ => {
                self.flush();
                self.shared = None;
            }
        }
        self.open = Some(index);
    }

    /// `Thừa ủy quyền của Thủ tướng Chính phủ, đồng chí A`: the post before the comma is somebody else's.
    fn chain_is_of_another(&self) -> bool {
        let first = self.chain.first().map(|&index| self.positions[index].tokens.start);
        first.is_some_and(|start| {
            start > 0 && matches!(self.analysis.word(start - 1), "của" | "với" | "cho" | "bởi" | "tới")
        })
    }

    /// `bổ nhiệm chức danh Phó Giám đốc Sở đối với bà B`: the post is given or taken.
    fn chain_is_conferred(&self) -> bool {
        let first = self.chain.first().map(|&index| self.positions[index].tokens.start);
        first.is_some_and(|start| {
            // "bỏ phiếu kiện toàn chức danh Phó Chủ nhiệm đối với bà B": a candidate.
            let candidate = (1..=5.min(start)).any(|back| self.analysis.matches(start - back, &["kiện", "toàn"]));
            start > 0 && !candidate && matches!(self.analysis.word(start - 1), "chức" | "danh" | "vụ" | "nhiệm" | "làm")
        })
    }

    /// `Thừa ủy quyền của Thủ tướng Chính phủ, Phó Thủ tướng A`: nobody is deputy to himself, so the posts up to that of
    /// his superior are not his.
    fn leave_superiors(&mut self) {
        let deputy_of = |superior: &usize, rest: &[usize]| {
            rest.iter()
                .any(|deputy| posts::is_deputy_of(self.analysis, &self.positions[*deputy], &self.positions[*superior]))
        };
        let last = (0..self.chain.len()).rfind(|&at| deputy_of(&self.chain[at], &self.chain[at + 1..]));
        if let Some(last) = last {
            self.out.alone.extend(self.chain.drain(..=last));
        }
    }

    /// The chain stands right before the name: it is the name's, except for what the open name before it needs.
    fn take_before(&mut self, name: usize) {
        self.leave_superiors();
        let chain = std::mem::take(&mut self.chain);
        let keep = match self.open {
            Some(open) if self.out.of_name[open].is_empty() => chain.len().saturating_sub(1),
            _ => 0,
        };
        if let Some(open) = self.open {
            self.out.of_name[open].extend(&chain[..keep]);
        }
        self.out.of_name[name].extend(&chain[keep..]);
    }

    fn flush(&mut self) {
        match self.open {
            Some(open) => self.out.of_name[open].append(&mut self.chain),
            None => self.out.alone.append(&mut self.chain),
        }
    }
}

/// Between `from`, where a name ends, and `to`, where a post starts, the text says that the post is that person's.
pub(super) fn tells_post(analysis: &Analysis, from: usize, to: usize) -> bool {
    gap(analysis, from, to) == Gap::SamePerson
}

fn gap(analysis: &Analysis, from: usize, to: usize) -> Gap {
    let mut gap = Gap::Adjacent;
    let mut at = from;
    while at < to {
        // "Vụ trưởng (Bộ Nội vụ) A", "A (Hà Nam), Phó Trưởng đoàn": an aside.
        if at == from && analysis.surface(at) == "(" {
            let close = (at..to.min(at + MAX_ASIDE)).find(|&token| analysis.surface(token) == ")");
            if let Some(close) = close {
                at = close + 1;
                continue;
            }
        }
        if let Some(end) = term_end(analysis, at).filter(|&end| end <= to) {
            at = end;
            continue;
        }
        if let Some((len, entry)) = analysis.longest(at, Class::Honorific)
            && at + len <= to
        {
            gap = match gap {
                Gap::Comma(_) => Gap::Comma(true),
                Gap::Dash(_) => Gap::Dash(true),
                Gap::Adjacent if &*entry.tag == "plural" && analysis.word(at + len) == ":" => Gap::Colon,
                other => other,
            };
            at += len;
            continue;
        }
        gap = match (analysis.kind(at), analysis.word(at), gap) {
            (Kind::Break, ..) => return Gap::Other,
            (_, ",", Gap::Adjacent | Gap::SamePerson) => Gap::Comma(false),
            (_, "-" | "–" | "—", Gap::Adjacent | Gap::Comma(false)) => Gap::Dash(false),
            (_, "kiêm" | "là" | "làm" | "(", Gap::Adjacent | Gap::Comma(false) | Gap::Dash(false)) => {
                Gap::SamePerson
            }
            (_, "là" | "làm", Gap::Appointed) => Gap::SamePerson,
            (_, "đối", Gap::Adjacent) if analysis.word(at + 1) == "với" => Gap::For,
            (_, "cho", Gap::Adjacent) | (_, "với", Gap::For) => Gap::For,
            (_, word, Gap::Adjacent | Gap::Comma(false) | Gap::SamePerson | Gap::Appointed)
                if APPOINTING.contains(&word) || leaves(analysis, at) =>
            {
                Gap::Appointed
            }
            // "điều động ông A (Phó Chủ tịch UBND tỉnh) giữ chức Bí thư Huyện ủy", "giữ các chức vụ: Bí thư Huyện ủy"
            (_, ",", Gap::Appointed) if APPOINTING.contains(&analysis.word(at + 1)) => Gap::Appointed,
            (_, ")", Gap::Adjacent) if APPOINTING.contains(&analysis.word(at + 1)) => Gap::Appointed,
            (_, ":", Gap::Appointed) if at + 1 == to => Gap::Appointed,
            (_, "và" | "cùng", Gap::Adjacent | Gap::Comma(false)) => Gap::And,
            (_, ":", Gap::Adjacent) => Gap::Colon,
            (_, ";", Gap::Adjacent) => Gap::Semicolon,
            (_, "và" | "cùng", Gap::Semicolon) => Gap::Semicolon,
            _ => return Gap::Other,
        };
        at += 1;
    }
    let last = if analysis.word(to - 1) == ":" {
        to.saturating_sub(2)
    } else {
        to - 1
    };
    match (gap, analysis.word(last)) {
        (Gap::Appointed, "chức" | "vụ" | "danh" | "trí" | "nhiệm") => Gap::SamePerson,
        (Gap::Appointed, _) => Gap::Other,
        (gap, _) => gap,
    }
}

/// `từ chức`, `từ nhiệm`: who leaves a post has it when the text is written.
fn leaves(analysis: &Analysis, at: usize) -> bool {
    analysis.word(at) == "từ" && matches!(analysis.word(at + 1), "chức" | "nhiệm")
}

/// Behind `nhiệm kỳ 2016-2021`, `khóa XII`, `sinh ngày 4/8/1970`, `29 tuổi`, which stand between a name or a post and what follows.
fn term_end(analysis: &Analysis, at: usize) -> Option<usize> {
    let mut end = match (analysis.word(at), analysis.word(at + 1)) {
        (",", _) if analysis.kind(at + 1) == Kind::Number && analysis.word(at + 2) == "tuổi" => return Some(at + 3),
        ("nhiệm", "kỳ") | ("sinh", "ngày" | "năm") => at + 2,
        (",", "sinh") if matches!(analysis.word(at + 2), "ngày" | "năm") => at + 3,
        ("khóa", _) => at + 1,
        _ => return None,
    };
    let from = end;
    while analysis.kind(end) == Kind::Number
        || analysis.case(end) == Case::Upper && analysis.kind(end) == Kind::Word
        || end > from && matches!(analysis.surface(end), "-" | "–" | "/") && analysis.kind(end + 1) == Kind::Number
    {
        end += 1;
    }
    (end > from).then_some(end)
}
