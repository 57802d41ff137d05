//! A small generator of repeatable numbers (SplitMix64): the sample must be the same bytes on every
//! machine, so neither the system's randomness nor a crate that may change its stream is used.

use std::cell::Cell;

thread_local! {
    /// What the committed samples are not made with: another day of the same systems.
    static VARIANT: Cell<u64> = const { Cell::new(0) };
}

/// From now on everything this thread makes is of another day; 0 is the committed one.
pub(crate) fn vary(seed: u64) {
    VARIANT.set(seed);
}

pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        // far from every seed of the samples, which lie side by side
        Self(seed ^ VARIANT.get().wrapping_mul(0xd6e8_feb8_6659_fd93))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number in `low..high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.abs_diff(low).max(1);
        low + i64::try_from(self.next() % width).expect("the width of two i64 seldom exceeds i64")
    }

    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.between(0, 100) < percent
    }

    pub(crate) fn pick<'list, T>(&mut self, list: &'list [T]) -> &'list T {
        let last = i64::try_from(list.len()).expect("lists of the sample are short");
        let index = usize::try_from(self.between(0, last)).expect("the range starts at zero");
        &list[index]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_fixed_by_the_seed() {
        let mut random = Random::new(1);
        assert_eq!(random.next(), 0x910a_2dec_8902_5cc1);
        let mut again = Random::new(7);
        assert!((0..1_000).all(|_| (3..9).contains(&again.between(3, 9))));
    }
}
