//! One pass over a line: which literals of the rules stand where, and which bytes it has at all.
//! Everything slower runs only where this pass points to.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::dfa::DFA;
use aho_corasick::{Anchored, MatchKind, StartKind};

use super::{
    account, encoded, family, host, identity, numbers, official, person, telling, tokens, vendor,
};

/// What a literal of the prefilter asks for.
#[derive(Clone, Copy)]
pub(super) enum Wanted {
    Name,
    Token(usize),
    Family(usize),
    /// Base64 of a document may begin.
    Encoded,
    PrivateKey,
    SecretObject,
    Host,
    Official {
        is_field_only: bool,
    },
    Introduction {
        needs_more: bool,
    },
    Here,
    Account,
    Home,
    DashedAddress,
    PhoneWord,
    SsnWord,
}

/// A literal in a line.
pub(super) struct Hit {
    pub(super) wanted: Wanted,
    pub(super) place: Range<usize>,
}

/// The bytes that one instruction compares on every machine of today.
const BLOCK_BYTES: usize = 16;

/// Which bytes a line has, as a set.
#[derive(Clone, Copy)]
pub(super) struct Seen(u8);

impl Seen {
    pub(super) const DIGIT: u8 = 1;
    pub(super) const COLON: u8 = 2;
    pub(super) const DASH: u8 = 4;
    pub(super) const AT: u8 = 8;
    pub(super) const PERCENT: u8 = 16;
    /// `+` and `(`: a telephone number may begin.
    pub(super) const OPENING: u8 = 32;

    pub(super) fn in_line(line: &str) -> Self {
        let bytes = line.as_bytes();
        let (blocks, rest) = bytes.as_chunks::<BLOCK_BYTES>();
        // the last block may look at some bytes again: that is cheaper than one by one
        let rest = bytes.last_chunk::<BLOCK_BYTES>().map_or(rest, |last| last.as_slice());
        let seen = blocks.iter().fold(0, |seen, block| seen | Self::in_block(block));
        Self(seen | Self::in_block(rest))
    }

    /// Without a branch, so that all bytes of a block are looked at together.
    fn in_block(block: &[u8]) -> u8 {
        block.iter().fold(0, |seen, byte| {
            seen | (u8::from(byte.is_ascii_digit()) * Self::DIGIT)
                | (u8::from(*byte == b':') * Self::COLON)
                | (u8::from(*byte == b'-') * Self::DASH)
                | (u8::from(*byte == b'@') * Self::AT)
                | (u8::from(*byte == b'%') * Self::PERCENT)
                | (u8::from(*byte == b'+' || *byte == b'(') * Self::OPENING)
        })
    }

    pub(super) fn has(self, class: u8) -> bool {
        self.0 & class != 0
    }
}

/// The automaton of all literals.
struct Prefilter {
    automaton: DFA,
    wanted: Vec<Wanted>,
    start: StateID,
    /// So many bytes before a place the automaton must begin to know every literal that ends there.
    run_up: usize,
}

fn prefilter() -> &'static Prefilter {
    static PREFILTER: OnceLock<Prefilter> = OnceLock::new();
    PREFILTER.get_or_init(|| {
        let asked = literals();
        // a table of states: four times the memory of the default and twice its speed; there is one
        // in a process
        let automaton = DFA::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .start_kind(StartKind::Unanchored)
            .prefilter(false)
            .build(asked.iter().map(|(literal, _)| literal))
            .expect("the literals are constants and far fewer than the automaton's limit");
        let start = automaton
            .start_state(Anchored::No)
            .expect("an automaton for unanchored search has an unanchored start");
        let longest = asked.iter().map(|(literal, _)| literal.len()).max().unwrap_or(1);
        let wanted = asked.into_iter().map(|(_, wanted)| wanted).collect();
        Prefilter { automaton, wanted, start, run_up: longest - 1 }
    })
}

fn literals() -> Vec<(&'static str, Wanted)> {
    let mut asked = vec![
        ("-----begin ", Wanted::PrivateKey),
        ("---- begin ssh2", Wanted::PrivateKey),
        ("putty-user-key-file-", Wanted::PrivateKey),
        ("\"kind\":\"secret\"", Wanted::SecretObject),
        (person::HERE, Wanted::Here),
        (identity::DASHED, Wanted::DashedAddress),
    ];
    asked.extend(identity::FOLDERS.iter().map(|folder| (*folder, Wanted::Home)));
    asked.extend(telling::WORDS.iter().map(|word| (*word, Wanted::Name)));
    asked.extend(host::ENDS.iter().map(|end| (*end, Wanted::Host)));
    asked.extend(numbers::PHONE_WORDS.iter().map(|word| (*word, Wanted::PhoneWord)));
    asked.extend(numbers::SSN_WORDS.iter().map(|word| (*word, Wanted::SsnWord)));
    asked.extend(
        official::WORDS.iter().map(|(word, is_field_only)| {
            (*word, Wanted::Official { is_field_only: *is_field_only })
        }),
    );
    asked.extend(
        person::INTRODUCTIONS
            .iter()
            .map(|(word, needs_more)| (*word, Wanted::Introduction { needs_more: *needs_more })),
    );
    asked.extend(account::PHRASES.iter().map(|phrase| (*phrase, Wanted::Account)));
    asked.extend(vendor::names().map(|name| (name, Wanted::Name)));
    asked.extend(encoded::HEADS.iter().map(|head| (*head, Wanted::Encoded)));
    let families = family::FAMILIES.iter().enumerate();
    asked.extend(families.map(|(index, family)| (family.prefix, Wanted::Family(index))));
    for (index, rule) in tokens::RULES.iter().enumerate() {
        asked.extend(rule.literals.iter().map(|literal| (*literal, Wanted::Token(index))));
    }
    asked
}

/// The automaton waits for its table at each byte. Four of them, each over a quarter of the line,
/// wait at the same time.
const LANES: usize = 4;
/// Bytes looked at before their hits are given out: bounds the memory for a very long line.
const PART_BYTES: usize = 16 << 10;
/// A quarter of fewer bytes is not worth its run-up.
const LANE_BYTES_MIN: usize = 4;

/// Places where literals end, kept from line to line for their memory.
#[derive(Debug, Default)]
pub(super) struct Marks {
    lanes: [Vec<Mark>; LANES],
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    end: usize,
    state: StateID,
}

/// The hits of a line in the order of their ends.
pub(super) struct Hits<'l, 'm> {
    prefilter: &'static Prefilter,
    bytes: &'l [u8],
    marks: &'m mut Marks,
    /// Where the automaton is, and its state there.
    at: usize,
    state: StateID,
    lane: usize,
    next_mark: usize,
    /// Literals of the mark before that are still to be told.
    pending: usize,
}

impl<'l, 'm> Hits<'l, 'm> {
    pub(super) fn of(line: &'l str, marks: &'m mut Marks) -> Self {
        let prefilter = prefilter();
        let (bytes, state) = (line.as_bytes(), prefilter.start);
        marks.lanes.iter_mut().for_each(Vec::clear);
        Self { prefilter, bytes, marks, at: 0, state, lane: 0, next_mark: 0, pending: 0 }
    }

    /// Marks the ends of the literals in the next part of the line.
    fn scan_part(&mut self) {
        self.marks.lanes.iter_mut().for_each(Vec::clear);
        (self.lane, self.next_mark) = (0, 0);
        let (start, run_up) = (self.at, self.prefilter.run_up);
        let end = self.bytes.len().min(start + PART_BYTES);
        let width = (end - start).saturating_sub(run_up) / LANES;
        if width >= LANE_BYTES_MIN {
            self.scan_lanes(width);
        }
        // what is left over after four equal lanes, or all of a short line
        let automaton = &self.prefilter.automaton;
        for (byte, end) in self.bytes[self.at..end].iter().zip(self.at + 1..) {
            self.state = automaton.next_state(Anchored::No, self.state, *byte);
            if automaton.is_special(self.state) {
                self.marks.lanes[LANES - 1].push(Mark { end, state: self.state });
            }
        }
        self.at = end;
    }

    /// Every lane but the first begins a run-up early, and what ends in its run-up is told by the
    /// lane before.
    fn scan_lanes(&mut self, width: usize) {
        let Prefilter { automaton, start: fresh, run_up, .. } = self.prefilter;
        let steps = width + run_up;
        let lane = |index: usize| &self.bytes[self.at + index * width..][..steps];
        let mut states = [self.state, *fresh, *fresh, *fresh];
        let bytes = lane(0).iter().zip(lane(1)).zip(lane(2)).zip(lane(3));
        for ((((first, second), third), fourth), step) in bytes.zip(0..) {
            states = [
                automaton.next_state(Anchored::No, states[0], *first),
                automaton.next_state(Anchored::No, states[1], *second),
                automaton.next_state(Anchored::No, states[2], *third),
                automaton.next_state(Anchored::No, states[3], *fourth),
            ];
            // special are the states where a literal ends: an automaton that is not anchored has no
            // dead ones
            if states.iter().any(|state| automaton.is_special(*state)) {
                for (index, state) in states.into_iter().enumerate() {
                    let is_new = index == 0 || step >= *run_up;
                    if is_new && automaton.is_special(state) {
                        let end = self.at + index * width + step + 1;
                        self.marks.lanes[index].push(Mark { end, state });
                    }
                }
            }
        }
        self.at += (LANES - 1) * width + steps;
        self.state = states[LANES - 1];
    }

    fn next_mark(&mut self) -> Option<Mark> {
        loop {
            if let Some(mark) = self.marks.lanes[self.lane].get(self.next_mark) {
                return Some(*mark);
            }
            if self.lane + 1 < LANES {
                (self.lane, self.next_mark) = (self.lane + 1, 0);
            } else if self.at < self.bytes.len() {
                self.scan_part();
            } else {
                return None;
            }
        }
    }
}

impl Iterator for Hits<'_, '_> {
    type Item = Hit;

    fn next(&mut self) -> Option<Hit> {
        let mark = self.next_mark()?;
        let automaton = &self.prefilter.automaton;
        if self.pending == 0 {
            self.pending = automaton.match_len(mark.state);
        }
        self.pending -= 1;
        let pattern = automaton.match_pattern(mark.state, self.pending);
        if self.pending == 0 {
            self.next_mark += 1;
        }
        let start = mark.end - automaton.pattern_len(pattern);
        Some(Hit { wanted: self.prefilter.wanted[pattern.as_usize()], place: start..mark.end })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(line: &str) -> Vec<Range<usize>> {
        let mut marks = Marks::default();
        Hits::of(line, &mut marks).map(|hit| hit.place).collect()
    }

    fn expected(line: &str) -> Vec<Range<usize>> {
        let lower = line.to_ascii_lowercase();
        let mut places: Vec<Range<usize>> = literals()
            .into_iter()
            .flat_map(|(literal, _)| {
                let literal = literal.to_ascii_lowercase();
                let starts = 0..(lower.len() + 1).saturating_sub(literal.len());
                let bytes = lower.as_bytes();
                let starts = starts.filter(|at| bytes[*at..].starts_with(literal.as_bytes()));
                starts.map(|at| at..at + literal.len()).collect::<Vec<_>>()
            })
            .collect();
        places.sort_by_key(|place| (place.end, place.start));
        places
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn four_lanes_find_what_one_search_finds(
            pieces in proptest::collection::vec(
                prop_oneof![
                    Just("krankenversicherten".to_owned()),
                    Just("PassWord".to_owned()),
                    Just("api_key".to_owned()),
                    Just("-----BEGIN ".to_owned()),
                    "[a-z .:=-]{0,30}",
                ],
                0..40,
            ),
        ) {
            let line = pieces.concat();
            let mut places = found(&line);
            prop_assert!(places.is_sorted_by_key(|place| place.end));
            places.sort_by_key(|place| (place.end, place.start));
            prop_assert_eq!(places, expected(&line));
        }
    }

    #[test]
    fn a_literal_over_the_edge_of_a_part_is_found() {
        for shift in 0..12 {
            let start = PART_BYTES - shift;
            let line = format!("{}password{}", "x".repeat(start), "x".repeat(99));
            let found = found(&line);
            assert!(found.contains(&(start..start + "pass".len())), "{shift}: {found:?}");
        }
    }
}
