//! A column of numbers in little memory: neighbours stand in a block, each as its distance from the
//! smallest of them, in as few bytes as the block needs. What is the same for a whole block costs
//! nothing.

/// Neighbours of a block: few enough that one odd number makes only these wide.
const BLOCK: usize = 512;

/// Bytes of the widest distance. So many are read at once, whatever is wanted of them.
const WIDE: usize = 8;

/// Numbers that are added one after the other and then only read.
#[derive(Debug, Default)]
pub(super) struct Packed {
    blocks: Vec<Block>,
    /// The last ones, until they are a block.
    open: Vec<i64>,
}

#[derive(Debug)]
struct Block {
    smallest: i64,
    width: usize,
    /// The distances, and bytes enough behind them to read the last one like any other.
    distances: Box<[u8]>,
}

impl Packed {
    pub(super) fn len(&self) -> usize {
        self.blocks.len() * BLOCK + self.open.len()
    }

    pub(super) fn push(&mut self, number: i64) {
        self.open.push(number);
        if self.open.len() == BLOCK {
            self.blocks.push(Block::of(&self.open));
            self.open.clear();
        }
    }

    /// The number at a place; there must be one.
    pub(super) fn get(&self, at: usize) -> i64 {
        match self.blocks.get(at / BLOCK) {
            Some(block) => block.get(at % BLOCK),
            None => self.open[at - self.blocks.len() * BLOCK],
        }
    }

    /// A column that begins like this one.
    pub(super) fn copied(&self) -> Self {
        let mut copy = Self::default();
        (0..self.len()).for_each(|at| copy.push(self.get(at)));
        copy
    }
}

impl Block {
    fn of(numbers: &[i64]) -> Self {
        let smallest = numbers.iter().copied().min().unwrap_or(0);
        let distance = |number: &i64| number.wrapping_sub(smallest) as u64;
        let longest = numbers.iter().map(distance).max().unwrap_or(0);
        let width = (u64::BITS - longest.leading_zeros()).div_ceil(u8::BITS) as usize;
        let mut distances = Vec::with_capacity(if width == 0 { 0 } else { Self::bytes(width) });
        if width > 0 {
            for number in numbers {
                distances.extend_from_slice(&distance(number).to_le_bytes()[..width]);
            }
            distances.resize(Self::bytes(width), 0);
        }
        Self { smallest, width, distances: distances.into_boxed_slice() }
    }

    fn bytes(width: usize) -> usize {
        BLOCK * width + WIDE - width
    }

    fn get(&self, at: usize) -> i64 {
        if self.width == 0 {
            return self.smallest;
        }
        let start = at * self.width;
        let mut eight = [0; WIDE];
        eight.copy_from_slice(&self.distances[start..start + WIDE]);
        let unused = u64::BITS - self.width as u32 * u8::BITS;
        let distance = u64::from_le_bytes(eight) << unused >> unused;
        self.smallest.wrapping_add(distance as i64)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn packed(numbers: &[i64]) -> Packed {
        let mut packed = Packed::default();
        numbers.iter().for_each(|number| packed.push(*number));
        packed
    }

    fn bytes(packed: &Packed) -> usize {
        packed.blocks.iter().map(|block| block.distances.len()).sum()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn every_number_comes_back(
            numbers in proptest::collection::vec(any::<i64>(), 0..1_400),
            bits in 0_u32..64,
        ) {
            let numbers: Vec<i64> = numbers.into_iter().map(|number| number >> bits).collect();
            for packed in [packed(&numbers), packed(&numbers).copied()] {
                prop_assert_eq!(packed.len(), numbers.len());
                let back: Vec<i64> = (0..packed.len()).map(|at| packed.get(at)).collect();
                prop_assert_eq!(&back, &numbers);
            }
        }
    }

    #[test]
    fn a_block_is_as_wide_as_its_numbers_are_apart() {
        let far = 1_700_000_000_000_000;
        assert_eq!(bytes(&packed(&[far; BLOCK])), 0);
        let steps =
            |step: i64| packed(&Vec::from_iter((0..BLOCK as i64).map(|at| far + at * step)));
        assert_eq!(bytes(&steps(1)), BLOCK * 2 + 6);
        assert_eq!(bytes(&steps(1_000)), BLOCK * 3 + 5);
        let mut extremes = [0; BLOCK];
        (extremes[0], extremes[1]) = (i64::MIN, i64::MAX);
        let extremes = packed(&extremes);
        assert_eq!((extremes.get(0), extremes.get(1), extremes.get(2)), (i64::MIN, i64::MAX, 0));
    }
}
