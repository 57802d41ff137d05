//! One bit for each row.

use std::ops::Range;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

/// Words that one thread takes at a time: less is not worth a thread.
const WORDS_AT_ONCE: usize = 1_024;

/// A set of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    pub(crate) fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    pub(super) fn all(len: usize) -> Self {
        let mut bits = Self { words: vec![u64::MAX; len.div_ceil(64)], len };
        if let Some(last) = bits.words.last_mut()
            && !len.is_multiple_of(64)
        {
            *last = (1 << (len % 64)) - 1;
        }
        bits
    }

    pub(crate) fn has(&self, row: u32) -> bool {
        self.words.get(row as usize / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    pub(crate) fn set(&mut self, row: u32) {
        if let Some(word) = self.words.get_mut(row as usize / 64) {
            *word |= 1 << (row % 64);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub(super) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Rows that are in both.
    pub(super) fn and(mut self, other: &Self) -> Self {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
        self
    }

    /// Rows that are in one of them.
    pub(super) fn or(mut self, other: &Self) -> Self {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
        self
    }

    /// Rows that are here and not there.
    pub(super) fn without(mut self, other: &Self) -> Self {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
        self
    }

    /// The rows that pass, on all threads.
    pub(super) fn filter(&self, passes: impl Fn(u32) -> bool + Sync) -> Self {
        let words = self.words.par_iter().enumerate().with_min_len(WORDS_AT_ONCE);
        let words = words.map(|(at, word)| {
            let (mut rest, mut kept) = (*word, 0);
            while rest != 0 {
                let bit = rest.trailing_zeros();
                if passes(at as u32 * 64 + bit) {
                    kept |= 1 << bit;
                }
                rest &= rest - 1;
            }
            kept
        });
        Self { words: words.collect(), len: self.len }
    }

    /// The rows of a range.
    pub(crate) fn rows(&self, range: Range<u32>) -> impl Iterator<Item = u32> {
        let (first, last) = (range.start / 64, range.end.div_ceil(64));
        (first..last)
            .flat_map(move |at| {
                let mut rest = self.words.get(at as usize).copied().unwrap_or(0);
                std::iter::from_fn(move || {
                    let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                    rest &= rest - 1;
                    Some(at * 64 + bit)
                })
            })
            .filter(move |row| range.contains(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_add_up() {
        let all = Bits::all(130);
        assert_eq!(all.count(), 130);
        let even = all.filter(|row| row % 2 == 0);
        let odd = all.clone().without(&even);
        assert_eq!((even.count(), odd.count()), (65, 65));
        assert_eq!(even.clone().or(&odd), all);
        assert!(even.clone().and(&odd).is_empty());
        assert_eq!(even.rows(63..68).collect::<Vec<_>>(), [64, 66]);
        assert!(even.has(128) && !even.has(129) && !even.has(1_000));
    }
}
