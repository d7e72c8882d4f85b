//! Byte offsets to code-point offsets.

/// Answers how many code points stand before a byte offset, in constant time.
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before byte `STEP * i`.
    before: Vec<u32>,
}

const STEP: usize = 64;

impl<'t> CodePoints<'t> {
    /// Counts `text` once.
    pub fn new(text: &'t str) -> Self {
        let mut before = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            before.push(count);
            count += count_starts(chunk);
        }
        if text.len().is_multiple_of(STEP) {
            before.push(count);
        }
        CodePoints { text, before }
    }

    /// Code points before byte offset `at`, which must lie on a character boundary.
    pub fn at(&self, at: usize) -> i32 {
        let chunk = at / STEP;
        let count = self.before[chunk] + count_starts(&self.text.as_bytes()[chunk * STEP..at]);
        i32::try_from(count).unwrap_or(i32::MAX)
    }
}

/// Bytes that start a character.
fn count_starts(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| u32::from((byte as i8) >= -0x40)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn counts_like_chars(text in "[aàạ€😀 ]{0,300}") {
            let points = CodePoints::new(&text);
            for (count, (at, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.at(at), count as i32);
            }
            prop_assert_eq!(points.at(text.len()), text.chars().count() as i32);
        }
    }
}
