//! Distinct signatures, each with a number in the order they came. One allocation for all of them:
//! most bodies have a signature that is known, and are only looked up.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

/// Slots of the smallest table; a power of two.
const SLOTS_MIN: usize = 64;
/// No signature.
const EMPTY: u32 = u32::MAX;

/// A set of signatures, looked up by their hashes.
#[derive(Debug, Default)]
pub(crate) struct Signatures {
    bytes: Vec<u8>,
    known: Vec<Known>,
    /// Numbers; at most half of the slots are taken.
    slots: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Known {
    hash: u64,
    start: usize,
    end: usize,
}

impl Signatures {
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.known.clear();
        self.slots.fill(EMPTY);
    }

    pub(super) fn get(&self, number: u32) -> &[u8] {
        let known = self.known[number as usize];
        &self.bytes[known.start..known.end]
    }

    pub(super) fn hash_of(&self, number: u32) -> u64 {
        self.known[number as usize].hash
    }

    /// The number of a signature that is known.
    pub(crate) fn find(&self, signature: &[u8], hash: u64) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mut slot = self.slot(hash);
        loop {
            let number = self.slots[slot];
            if number == EMPTY {
                return None;
            }
            if self.known[number as usize].hash == hash && self.get(number) == signature {
                return Some(number);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// Adds a signature that is not known yet.
    pub(crate) fn add(&mut self, signature: &[u8], hash: u64) -> u32 {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(signature);
        let number = self.known.len() as u32;
        self.known.push(Known { hash, start, end: self.bytes.len() });
        if self.known.len() * 2 > self.slots.len() {
            self.grow();
        } else {
            self.put(number, hash);
        }
        number
    }

    fn grow(&mut self) {
        let wanted = (self.slots.len() * 2).max(SLOTS_MIN);
        self.slots = vec![EMPTY; wanted];
        for number in 0..self.known.len() as u32 {
            self.put(number, self.hash_of(number));
        }
    }

    fn put(&mut self, number: u32, hash: u64) {
        let mut slot = self.slot(hash);
        while self.slots[slot] != EMPTY {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        self.slots[slot] = number;
    }

    fn slot(&self, hash: u64) -> usize {
        hash as usize & (self.slots.len() - 1)
    }
}

/// A hash for tables of this process only. Its seed is drawn anew, so that nobody can write a log
/// whose signatures all fall into one slot.
pub(crate) fn hash(signature: &[u8]) -> u64 {
    static SEEDS: LazyLock<[u64; 2]> = LazyLock::new(|| {
        let random = RandomState::new();
        [random.hash_one(0_u8), random.hash_one(1_u8) | 1]
    });
    let [first, second] = *SEEDS;
    let mut state = first ^ signature.len() as u64;
    let mut chunks = signature.chunks_exact(8);
    for chunk in &mut chunks {
        let mut eight = [0; 8];
        eight.copy_from_slice(chunk);
        state = fold(state ^ u64::from_le_bytes(eight), second);
    }
    let rest = chunks.remainder();
    let mut eight = [0; 8];
    eight[..rest.len()].copy_from_slice(rest);
    fold(fold(state ^ u64::from_le_bytes(eight), second), first | 1)
}

/// Both halves of the product: every bit of the factors reaches the low bits.
fn fold(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    (product as u64) ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_keep_their_numbers_while_the_table_grows() {
        let mut signatures = Signatures::default();
        let texts: Vec<String> = (0..1_000).map(|number| format!("signature {number}")).collect();
        for text in &texts {
            let hash = hash(text.as_bytes());
            assert_eq!(signatures.find(text.as_bytes(), hash), None);
            signatures.add(text.as_bytes(), hash);
        }
        for (number, text) in texts.iter().enumerate() {
            let found = signatures.find(text.as_bytes(), hash(text.as_bytes()));
            assert_eq!(found, Some(number as u32), "{text}");
            assert_eq!(signatures.get(number as u32), text.as_bytes());
        }
    }

    #[test]
    fn equal_hashes_are_told_apart() {
        let mut signatures = Signatures::default();
        assert_eq!(signatures.add(b"one", 7), 0);
        assert_eq!(signatures.add(b"two", 7), 1);
        assert_eq!(signatures.find(b"two", 7), Some(1));
        assert_eq!(signatures.find(b"three", 7), None);
    }
}
