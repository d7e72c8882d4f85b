//! MinHash and its bands: which texts to compare at all.
//!
//! A minimum keeps of each set of shingles the member with the smallest hash; two sets keep the same one as often as they
//! have members in common (Jaccard). Some of these minima together make a band. Texts that agree in one of their bands are
//! compared; with `b` bands of `r` minima two texts of similarity `s` do so with probability `1 - (1 - s^r)^b`.
//!
//! One pass over a set gives all of its minima: its members are dealt out to bins, and each bin has its own minimum (one
//! permutation hashing). A bin without members takes the minimum of another, the same one in every set.

use super::features::mix;

/// Fixed, so that signatures are equal in every run.
const SEED: u64 = 0x7061_7263_2d65_746c;

/// How many further minima a band's witness holds, one byte each.
const WITNESSES: usize = 8;

/// The minimum of a bin without members.
const EMPTY: u64 = u64::MAX;

/// The bins and how they are filled.
#[derive(Clone, Debug)]
pub(super) struct MinHash {
    /// How far a bin's minimum is carried to bins without members: all distances but none, in an order of no meaning, so that
    /// neighbours, which make a band, are not filled from one bin more often than others.
    shifts: Vec<usize>,
    bins: usize,
    hashes_per_band: usize,
}

/// One band of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Band {
    /// Equal where all minima of the band are equal.
    pub key: u64,
    /// The last bytes of the minima that follow, the first of them most significant: what else two texts that meet in
    /// this band have in common.
    pub witness: u64,
}

impl MinHash {
    /// `bands` bands of `hashes_per_band` minima each.
    pub fn new(bands: usize, hashes_per_band: usize) -> Self {
        let bins = bands * hashes_per_band;
        let mut shifts: Vec<usize> = (1..bins).collect();
        shifts.sort_by_key(|&shift| mix(SEED ^ shift as u64));
        MinHash {
            shifts,
            bins,
            hashes_per_band,
        }
    }

    /// The bands of a set of shingles; none for the empty set.
    pub fn bands(&self, shingles: &[u64]) -> Vec<Band> {
        if shingles.is_empty() {
            return Vec::new();
        }
        let minima = self.minima(shingles);
        let bands = minima.chunks(self.hashes_per_band).enumerate();
        bands
            .map(|(number, band)| {
                let key = band
                    .iter()
                    .fold(mix(number as u64), |key, &next| mix(key.rotate_left(23) ^ next));
                let after = (number + 1) * self.hashes_per_band;
                let witness = (0..WITNESSES).fold(0, |witness, offset| {
                    witness << 8 | minima[(after + offset) % minima.len()] & 0xff
                });
                Band { key, witness }
            })
            .collect()
    }

    /// The minimum of each bin. Shingles are hashes: their upper half tells the bin, their lower half comes first in order.
    fn minima(&self, shingles: &[u64]) -> Vec<u64> {
        let mut minima = vec![EMPTY; self.bins];
        for &shingle in shingles {
            let bin = ((shingle >> 32) * self.bins as u64) >> 32;
            let minimum = &mut minima[bin as usize];
            *minimum = shingle.rotate_left(32).min(*minimum);
        }
        let filled = minima.iter().copied().enumerate();
        let filled: Vec<_> = filled.filter(|&(_, minimum)| minimum != EMPTY).collect();
        let mut n_empty = self.bins - filled.len();
        let mut shifts = self.shifts.iter();
        while n_empty > 0
            && let Some(shift) = shifts.next()
        {
            for &(bin, minimum) in &filled {
                let taker = &mut minima[(bin + shift) % self.bins];
                if *taker == EMPTY {
                    *taker = minimum;
                    n_empty -= 1;
                }
            }
        }
        minima
    }
}

/// In how many of their minima two witnesses agree, 0 to 8.
pub(super) fn agreement(a: u64, b: u64) -> usize {
    let (a, b) = (a.to_be_bytes(), b.to_be_bytes());
    a.iter().zip(&b).filter(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hashes that stand for shingles.
    fn set(range: std::ops::Range<u64>) -> Vec<u64> {
        range.map(mix).collect()
    }

    /// In how many of 400 bands of one minimum two sets agree.
    fn agreeing(a: &[u64], b: &[u64]) -> usize {
        let minhash = MinHash::new(400, 1);
        let bands = minhash.bands(a).into_iter().zip(minhash.bands(b));
        bands.filter(|(a, b)| a.key == b.key).count()
    }

    #[test]
    fn minima_agree_as_often_as_sets_have_members_in_common() {
        let check = |other: std::ops::Range<u64>, expected: std::ops::Range<usize>| {
            let found = agreeing(&set(0..600), &set(other));
            assert!(expected.contains(&found), "{found}");
        };
        check(0..600, 400..401);
        check(200..800, 175..225);
        check(0..60, 25..56);
        check(600..1200, 0..1);
    }

    #[test]
    fn the_order_of_members_does_not_matter_and_the_empty_set_has_no_bands() {
        let minhash = MinHash::new(8, 2);
        let mut members = set(0..50);
        let bands = minhash.bands(&members);
        members.reverse();
        assert_eq!(minhash.bands(&members), bands);
        assert_eq!(minhash.bands(&[]), []);
    }

    #[test]
    fn witnesses_agree_byte_by_byte() {
        assert_eq!(agreement(0x0102, 0x0102), 8);
        assert_eq!(agreement(0x0102, 0x0202), 7);
        assert_eq!(agreement(u64::MAX, 0), 0);
    }
}
