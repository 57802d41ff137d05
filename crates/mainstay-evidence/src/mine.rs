//! Mining: from bodies to templates. Pass 1 (`Miner::observe`) masks a body, hashes what is left
//! and counts it as a form; pass 2 (`Miner::finish`) sees all forms at once and decides which of
//! them are the same event.
//!
//! The result does not depend on the order of lines, on chunks or on threads: pass 1 only counts,
//! and pass 2 works on sorted forms. What is *not* here: cutting headers (`parse`), redaction
//! (before), and the columns that store each record's form and variables (`columns`).

mod dictionary;
mod group;
mod join;
mod kind;
mod mask;
mod rules;
mod table;
mod vocabulary;
mod word;

use std::collections::{BTreeMap, HashMap};

use mainstay_core::{Level, UtcMicros};
use serde::{Deserialize, Serialize};

use crate::limits::Limits;
use mask::Masked;

pub use dictionary::{Dictionary, Form, Template};
pub use kind::Kind;

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
    fn add(&mut self, at: Seen) {
        self.count += 1;
        *self.sources.entry(at.source).or_default() += 1;
        if let Some(level) = at.level {
            *self.levels.entry(level).or_default() += 1;
        }
        self.span(at.time, at.time);
        self.example((at.file, at.line));
    }

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

/// One form while it is counted.
#[derive(Debug)]
struct Counted {
    id: FormId,
    /// The kinds met at each variable, as bits, so that merging does not depend on order.
    kinds: Vec<u32>,
    tally: Tally,
}

/// Pass 1. One per thread; `merge` them, then `finish` once.
#[derive(Debug)]
pub struct Miner {
    signatures_max: usize,
    tokens_max: usize,
    /// By signature: a form is hashed for its id once, not at every line.
    forms: HashMap<Vec<u8>, Counted>,
    /// Records beyond the limit of signatures, by source.
    overflow: BTreeMap<u32, Tally>,
    masked: Masked,
}

impl Miner {
    /// An empty miner. Its memory is bounded by the distinct signatures it may keep.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self {
            signatures_max: limits.signatures,
            tokens_max: limits.tokens,
            forms: HashMap::new(),
            overflow: BTreeMap::new(),
            masked: Masked::default(),
        }
    }

    /// Masks and counts one body.
    pub fn observe<'body>(&mut self, body: &'body str, at: Seen) -> Mined<'body> {
        self.masked.mask(body, self.tokens_max);
        let room = self.forms.len() < self.signatures_max;
        let form = match self.forms.get_mut(&self.masked.signature) {
            Some(counted) => {
                counted.add(&self.masked, at);
                counted.id
            }
            None if room => {
                let counted = Counted::first(&self.masked, at);
                let form = counted.id;
                self.forms.insert(self.masked.signature.clone(), counted);
                form
            }
            None => {
                self.overflow.entry(at.source).or_default().add(at);
                return Mined { form: FormId::overflow(at.source), variables: vec![body] };
            }
        };
        let variables = self.masked.variables.iter();
        let variables = variables.map(|(start, end, _)| &body[*start..*end]).collect();
        Mined { form, variables }
    }

    /// Adds what another thread counted.
    pub fn merge(&mut self, other: Self) {
        for (signature, counted) in other.forms {
            match self.forms.get_mut(&signature) {
                Some(mine) => mine.merge(&counted),
                // kept beyond the limit: its records already carry this form
                None => {
                    self.forms.insert(signature, counted);
                }
            }
        }
        for (source, tally) in &other.overflow {
            self.overflow.entry(*source).or_default().merge(tally);
        }
    }

    /// How many records found no room for their signature. More than none is a `Problem`.
    #[must_use]
    pub fn overflowed(&self) -> u64 {
        self.overflow.values().map(|tally| tally.count).sum()
    }

    /// Pass 2: decides on all forms at once which of them are one event.
    #[must_use]
    pub fn finish(self) -> Dictionary {
        let forms: BTreeMap<FormId, (Vec<u8>, Counted)> = self
            .forms
            .into_iter()
            .map(|(signature, counted)| (counted.id, (signature, counted)))
            .collect();
        dictionary::build(&forms, &self.overflow)
    }
}

impl Counted {
    fn first(masked: &Masked, at: Seen) -> Self {
        let kinds = vec![0; masked.variables.len()];
        let id = FormId::of(&masked.signature);
        let mut counted = Self { id, kinds, tally: Tally::default() };
        counted.add(masked, at);
        counted
    }

    fn add(&mut self, masked: &Masked, at: Seen) {
        debug_assert_eq!(self.kinds.len(), masked.variables.len());
        for (bits, (_, _, kind)) in self.kinds.iter_mut().zip(&masked.variables) {
            *bits |= 1 << (*kind as u32);
        }
        self.tally.add(at);
    }

    fn merge(&mut self, other: &Self) {
        debug_assert_eq!(self.id, other.id);
        for (bits, more) in self.kinds.iter_mut().zip(&other.kinds) {
            *bits |= more;
        }
        self.tally.merge(&other.tally);
    }
}
