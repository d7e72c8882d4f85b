//! Ids: opaque, stable for equal content.

/// An id of `kind` (`m` for meetings, …) from the parts that make the thing what it is.
///
/// Parts are separated by their lengths, so that `["ab", "c"]` and `["a", "bc"]` differ.
pub(super) fn id(kind: &str, parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    format!("{kind}-{}", &hasher.finalize().to_hex()[..16])
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn the_border_between_parts_counts() {
        assert_ne!(id("m", &["ab", "c"]), id("m", &["a", "bc"]));
        assert_eq!(id("m", &["a"]), id("m", &["a"]));
        assert_ne!(id("m", &["a"]), id("p", &["a"]));
    }
}
