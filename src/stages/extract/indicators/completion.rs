//! What completes a subject that says too little: the aim or frame with which its sentence opens, what an amount belongs
//! to, and the sentence before.

use super::Reading;
use super::agent::without_person;
use super::clause::{clause_before, trim_to_last};
use super::compose::{MAX_VERB, Surroundings};
use super::figure::Figure;
use super::parts::Parts;
use crate::text::analysis::TokenRange;

/// Longest aim with which a sentence opens, to its comma.
const MAX_AIM: usize = 30;
/// How many tokens back the subject of the sentence before may stand.
pub const EARLIER_REACH: usize = 80;

/// `Để hoàn chỉnh hạ tầng giao thông, thành phố cần …`: the aim with which the sentence opens.
pub fn aim_before(reading: Reading, figure: &Figure) -> TokenRange {
    let start = figure.sentence.start;
    if reading.word(start) != "để" {
        return start..start;
    }
    let limit = figure.tokens.start.min(start + MAX_AIM);
    let comma = (start..limit).find(|&at| reading.word(at) == ",");
    comma.map_or(start..start, |comma| {
        trim_to_last(reading, start + 1..comma, 2 * MAX_VERB)
    })
}

/// `các bãi đậu xe` | `với tổng kinh phí 71 tỉ đồng`: what the amount belongs to stands before it.
pub fn carrier(reading: Reading, figure: &Figure, around: &Surroundings) -> TokenRange {
    let before = around.before;
    if !before.is_attached {
        return 0..0;
    }
    let clause = clause_before(reading, around.floor(figure), before.subject.start - 1);
    without_person(reading, clause)
}

/// `Đối với các đơn vị sự nghiệp, Hà Nội giảm …`: what the sentence says first that it is about.
pub fn frame(reading: Reading, figure: &Figure) -> Parts {
    let start = figure.sentence.start;
    let mut parts = Parts::default();
    if reading.analysis.matches(start, &["đối", "với"]) {
        let limit = figure.tokens.start.min(start + 2 + MAX_VERB);
        let comma = (start + 2..limit).find(|&at| reading.word(at) == ",");
        parts.push(trim_to_last(reading, start + 2..comma.unwrap_or(start + 2), MAX_VERB));
    }
    parts
}

/// `8 dự án chậm triển khai. Thành phố Vũng Tàu có 4 dự án`: the sentence before counted the same.
pub fn counted_earlier(reading: Reading, figure: &Figure, around: &Surroundings) -> bool {
    let noun = reading.word(figure.unit.tokens.start);
    let mut earlier = around.earlier.iter();
    around.topic.parts.is_empty() && earlier.any(|part| part.clone().any(|at| reading.word(at) == noun))
}

/// The start of the sentence before the figure's.
pub fn earlier_sentence(reading: Reading, figure: &Figure) -> usize {
    let sentences = reading.analysis.sentences;
    let index = sentences.partition_point(|sentence| sentence.start < figure.sentence.start);
    index
        .checked_sub(1)
        .map_or(figure.sentence.start, |before| sentences[before].start)
        .max(figure.tokens.start.saturating_sub(EARLIER_REACH))
}
