//! Sketches: samples of sets that tell how much two sets have in common.
//!
//! The members of a set are hashes; its sketch is the smallest of them. Below the larger of the two that both sketches
//! reach, both sets are known in full there, so that not only the similarity of two sets can be told but also how much of
//! the smaller one the larger one contains.

/// The smallest members of a set, sorted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sketch<'a> {
    pub members: &'a [u32],
    /// Size of the whole set.
    pub size: usize,
}

/// What two sets have in common, as far as their sketches tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Overlap {
    /// Members of both.
    pub common: usize,
    /// Members of the set of which fewer members are known.
    pub smaller: usize,
    /// Members of one or both.
    pub union: usize,
}

impl Overlap {
    /// Jaccard similarity, 0 to 1.
    pub fn similarity(&self) -> f64 {
        self.common as f64 / self.union.max(1) as f64
    }

    /// Share of the smaller set that the larger one contains, 0 to 1.
    pub fn containment(&self) -> f64 {
        self.common as f64 / self.smaller.max(1) as f64
    }
}

/// The sketch of a sorted set: the upper halves of its `max_len` smallest members.
pub(super) fn sample(set: &[u64], max_len: usize) -> Vec<u32> {
    set.iter().take(max_len).map(|&member| (member >> 32) as u32).collect()
}

impl Sketch<'_> {
    /// What this set has in common with another.
    pub fn overlap(&self, other: &Sketch<'_>) -> Overlap {
        let limit = self.reach().min(other.reach());
        let (a, b) = (self.below(limit), other.below(limit));
        let mut common = 0;
        let mut rest = b.iter().peekable();
        for member in a {
            while rest.next_if(|next| *next < member).is_some() {}
            common += usize::from(rest.next_if_eq(&member).is_some());
        }
        Overlap {
            common,
            smaller: a.len().min(b.len()),
            union: a.len() + b.len() - common,
        }
    }

    /// The largest member that a sketch cut short holds: up to it the set is known.
    fn reach(&self) -> u32 {
        match self.members.last() {
            Some(&last) if self.members.len() < self.size => last,
            _ => u32::MAX,
        }
    }

    fn below(&self, limit: u32) -> &[u32] {
        &self.members[..self.members.partition_point(|&member| member <= limit)]
    }
}

#[cfg(test)]
mod tests {
    use super::super::features::mix;
    use super::*;

    fn overlap(a: std::ops::Range<u64>, b: std::ops::Range<u64>, max_len: usize) -> Overlap {
        let [(a, a_size), (b, b_size)] = [a, b].map(|range| {
            let mut set: Vec<u64> = range.map(mix).collect();
            set.sort_unstable();
            (sample(&set, max_len), set.len())
        });
        let a = Sketch {
            members: &a,
            size: a_size,
        };
        let b = Sketch {
            members: &b,
            size: b_size,
        };
        assert_eq!(a.overlap(&b), b.overlap(&a));
        a.overlap(&b)
    }

    #[test]
    fn small_sets_are_counted_exactly() {
        let found = overlap(0..40, 30..50, 64);
        assert_eq!((found.common, found.smaller, found.union), (10, 20, 50));
        assert_eq!((found.similarity(), found.containment()), (0.2, 0.5));
        assert_eq!(overlap(0..0, 0..10, 64).containment(), 0.0);
    }

    #[test]
    fn large_sets_are_estimated_also_where_one_is_a_small_part_of_the_other() {
        let check = |other: std::ops::Range<u64>, similarity: f64, containment: f64| {
            let found = overlap(0..10_000, other, 256);
            assert!((found.similarity() - similarity).abs() < 0.06, "{found:?}");
            assert!((found.containment() - containment).abs() < 0.06, "{found:?}");
        };
        check(0..10_000, 1.0, 1.0);
        check(5_000..15_000, 1.0 / 3.0, 0.5);
        check(0..2_000, 0.2, 1.0);
        check(9_000..11_000, 1.0 / 11.0, 0.5);
        check(20_000..30_000, 0.0, 0.0);
    }
}
