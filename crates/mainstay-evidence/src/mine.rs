//! Mining: from bodies to templates. Pass 1 masks a body, on any thread (`MaskedBodies`), and counts
//! what is left as a form (`Miner::count`, or `Miner::observe` for both); pass 2 (`Miner::finish`) sees all forms at once and decides which of
//! them are the same event.
//!
//! The result does not depend on the order of lines, on chunks or on threads: pass 1 only counts,
//! and pass 2 works on sorted forms. What is *not* here: cutting headers (`parse`), redaction
//! (before), and the columns that store each record's form and variables (`columns`).

mod bodies;
mod counted;
mod dictionary;
mod group;
mod join;
mod kind;
mod mask;
mod rules;
mod signatures;
mod table;
mod vocabulary;
mod word;

use std::collections::BTreeMap;

use mainstay_core::{Level, UtcMicros};
use serde::{Deserialize, Serialize};

use crate::limits::Limits;
use bodies::Variable;
use counted::{Counted, Counts};
use mask::Masked;

pub(crate) use bodies::MaskedBodies;
pub use dictionary::{Dictionary, Form, Template};
pub use kind::Kind;
pub(crate) use signatures::{Signatures, hash as signature_hash};

/// Part of every template id: raised when masks change, so that old ids stay what they were.
pub const MASK_VERSION: u32 = 1;

/// Lines kept as examples of a form and of a template: enough to look, few enough to store.
const EXAMPLES_MAX: usize = 3;

/// The first 64 bits of BLAKE3 over a signature: the same in every thread, bundle and release of
/// one mask version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormId(pub u64);

impl FormId {
    fn of(signature: &[u8]) -> Self {
        let hash = blake3::hash(signature);
        let mut first = [0; 8];
        first.copy_from_slice(&hash.as_bytes()[..8]);
        Self(u64::from_be_bytes(first))
    }

    /// Where the bodies of `source` are counted once the limit of signatures is reached.
    fn overflow(source: u32) -> Self {
        let mut bytes = vec![mask::VARIABLE, mask::VARIABLE];
        bytes.extend_from_slice(&source.to_be_bytes());
        Self::of(&bytes)
    }
}

/// Where and when a body was seen.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    pub source: u32,
    pub file: u32,
    pub line: u64,
    pub time: Option<UtcMicros>,
    pub level: Option<Level>,
}

/// What a record keeps of its body: `Form::fill` of the dictionary gives the body back.
#[derive(Debug)]
pub struct Mined<'body> {
    pub form: FormId,
    pub variables: Vec<&'body str>,
}

/// Counts of one form or one template; adding two of them is commutative and associative.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub count: u64,
    /// By source; adds up to `count`.
    pub sources: BTreeMap<u32, u64>,
    /// By stated level; records without one are `count` minus the sum.
    pub levels: BTreeMap<Level, u64>,
    pub first: Option<UtcMicros>,
    pub last: Option<UtcMicros>,
    /// The first places by file and line.
    pub examples: Vec<(u32, u64)>,
}

impl Tally {
    fn merge(&mut self, other: &Self) {
        self.count += other.count;
        for (source, count) in &other.sources {
            *self.sources.entry(*source).or_default() += count;
        }
        for (level, count) in &other.levels {
            *self.levels.entry(*level).or_default() += count;
        }
        self.span(other.first, other.last);
        for example in &other.examples {
            self.example(*example);
        }
    }

    fn span(&mut self, first: Option<UtcMicros>, last: Option<UtcMicros>) {
        self.first = [self.first, first].into_iter().flatten().min();
        self.last = [self.last, last].into_iter().flatten().max();
    }

    fn example(&mut self, place: (u32, u64)) {
        if self.examples.len() == EXAMPLES_MAX && self.examples[EXAMPLES_MAX - 1] <= place {
            return;
        }
        if let Err(at) = self.examples.binary_search(&place) {
            self.examples.insert(at, place);
            self.examples.truncate(EXAMPLES_MAX);
        }
    }
}

/// Pass 1. One per thread; `merge` them, then `finish` once.
#[derive(Debug)]
pub struct Miner {
    signatures_max: usize,
    /// By number: a form is hashed for its id once, not at every line.
    signatures: Signatures,
    counted: Vec<Counted>,
    /// Records beyond the limit of signatures, by source.
    overflow: BTreeMap<u32, Counts>,
    tokens_max: usize,
    /// Of `observe`.
    masked: Masked,
}

/// Which number a miner has for each signature of a run of bodies; one for each run.
#[derive(Debug, Default)]
pub(crate) struct Numbers(Vec<Option<u32>>);

impl Miner {
    /// An empty miner. Its memory is bounded by the distinct signatures it may keep.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self {
            signatures_max: limits.signatures,
            signatures: Signatures::default(),
            counted: Vec::new(),
            overflow: BTreeMap::new(),
            tokens_max: limits.tokens,
            masked: Masked::default(),
        }
    }

    /// Masks and counts one body.
    pub fn observe<'body>(&mut self, body: &'body str, at: Seen) -> Mined<'body> {
        let mut masked = std::mem::take(&mut self.masked);
        masked.mask(body, self.tokens_max);
        let hash = signatures::hash(&masked.signature);
        let form = self.number_of(&masked.signature, hash, masked.variables.len());
        let mut variables = Vec::new();
        let form = self.add(form, &masked.variables, body, at, &mut variables);
        self.masked = masked;
        Mined { form, variables }
    }

    /// Counts the body of that number, and cuts its variables out.
    pub(crate) fn count<'body>(
        &mut self,
        bodies: &MaskedBodies,
        numbers: &mut Numbers,
        number: usize,
        body: &'body str,
        at: Seen,
        variables: &mut Vec<&'body str>,
    ) -> FormId {
        let cut = bodies.variables_of(number);
        let signature = bodies.signature_of(number);
        let place = signature as usize;
        if numbers.0.len() <= place {
            numbers.0.resize(place + 1, None);
        }
        if numbers.0[place].is_none() {
            let (text, hash) =
                (bodies.signatures.get(signature), bodies.signatures.hash_of(signature));
            numbers.0[place] = self.number_of(text, hash, cut.len());
        }
        self.add(numbers.0[place], cut, body, at, variables)
    }

    /// The form of a signature; `None` if there is no room for a new one.
    fn number_of(&mut self, signature: &[u8], hash: u64, variables: usize) -> Option<u32> {
        let known = self.signatures.find(signature, hash);
        if known.is_some() || self.signatures.len() >= self.signatures_max {
            return known;
        }
        self.counted.push(Counted::new(FormId::of(signature), variables));
        Some(self.signatures.add(signature, hash))
    }

    fn add<'body>(
        &mut self,
        form: Option<u32>,
        cut: &[Variable],
        body: &'body str,
        at: Seen,
        variables: &mut Vec<&'body str>,
    ) -> FormId {
        variables.clear();
        let Some(form) = form else {
            self.overflow.entry(at.source).or_default().add(at);
            variables.push(body);
            return FormId::overflow(at.source);
        };
        let counted = &mut self.counted[form as usize];
        counted.add(cut, at);
        variables.extend(cut.iter().map(|(start, end, _)| &body[*start..*end]));
        counted.id
    }

    /// Adds what another thread counted.
    pub fn merge(&mut self, other: Self) {
        for (counted, number) in other.counted.into_iter().zip(0..) {
            let (text, hash) = (other.signatures.get(number), other.signatures.hash_of(number));
            match self.signatures.find(text, hash) {
                Some(mine) => self.counted[mine as usize].merge(&counted),
                // kept beyond the limit: its records already carry this form
                None => {
                    self.signatures.add(text, hash);
                    self.counted.push(counted);
                }
            }
        }
        for (source, counts) in &other.overflow {
            self.overflow.entry(*source).or_default().merge(counts);
        }
    }

    /// How many records found no room for their signature. More than none is a `Problem`.
    #[must_use]
    pub fn overflowed(&self) -> u64 {
        self.overflow.values().map(Counts::count).sum()
    }

    /// Pass 2: decides on all forms at once which of them are one event.
    #[must_use]
    pub fn finish(self) -> Dictionary {
        let forms: BTreeMap<FormId, (Vec<u8>, Counted)> = self
            .counted
            .into_iter()
            .zip(0..)
            .map(|(counted, number)| (counted.id, (self.signatures.get(number).to_vec(), counted)))
            .collect();
        let overflow = self.overflow.iter();
        let overflow = overflow.map(|(source, counts)| (*source, counts.tally())).collect();
        dictionary::build(&forms, &overflow)
    }
}
