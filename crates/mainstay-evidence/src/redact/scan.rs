//! One pass over a line: which literals of the rules stand where, and which bytes it has at all.
//! Everything slower runs only where this pass points to.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::dfa::DFA;
use aho_corasick::{Anchored, MatchKind, StartKind};

use super::{host, identity, numbers, official, person, telling, tokens};

/// What a literal of the prefilter asks for.
#[derive(Clone, Copy)]
pub(super) enum Wanted {
    Name,
    Token(usize),
    PrivateKey,
    SecretObject,
    Host,
    Official { is_field_only: bool },
    Introduction { needs_more: bool },
    Here,
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

/// Which bytes a line has, as a set.
#[derive(Clone, Copy, Default)]
pub(super) struct Seen(u8);

impl Seen {
    pub(super) const DIGIT: u8 = 1;
    pub(super) const COLON: u8 = 2;
    pub(super) const DASH: u8 = 4;
    pub(super) const AT: u8 = 8;
    pub(super) const PERCENT: u8 = 16;
    /// `+` and `(`: a telephone number may begin.
    pub(super) const OPENING: u8 = 32;

    pub(super) fn has(self, class: u8) -> bool {
        self.0 & class != 0
    }
}

/// The classes of each byte.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut digit = b'0';
    while digit <= b'9' {
        classes[digit as usize] = Seen::DIGIT;
        digit += 1;
    }
    classes[b':' as usize] = Seen::COLON;
    classes[b'-' as usize] = Seen::DASH;
    classes[b'@' as usize] = Seen::AT;
    classes[b'%' as usize] = Seen::PERCENT;
    classes[b'+' as usize] = Seen::OPENING;
    classes[b'(' as usize] = Seen::OPENING;
    classes
};

/// The automaton of all literals.
struct Prefilter {
    automaton: DFA,
    wanted: Vec<Wanted>,
    start: StateID,
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
        let wanted = asked.into_iter().map(|(_, wanted)| wanted).collect();
        Prefilter { automaton, wanted, start }
    })
}

fn literals() -> Vec<(&'static str, Wanted)> {
    let mut asked = vec![
        ("-----begin ", Wanted::PrivateKey),
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
    for (index, rule) in tokens::RULES.iter().enumerate() {
        asked.extend(rule.literals.iter().map(|literal| (*literal, Wanted::Token(index))));
    }
    asked
}

/// The hits of a line in the order of their ends.
pub(super) struct Hits<'l> {
    prefilter: &'static Prefilter,
    bytes: &'l [u8],
    at: usize,
    state: StateID,
    /// Literals that end here and are still to be told.
    pending: usize,
    seen: u8,
}

impl<'l> Hits<'l> {
    pub(super) fn of(line: &'l str) -> Self {
        let prefilter = prefilter();
        Self {
            prefilter,
            bytes: line.as_bytes(),
            at: 0,
            state: prefilter.start,
            pending: 0,
            seen: 0,
        }
    }

    /// The bytes of the line; complete after the last hit.
    pub(super) fn seen(&self) -> Seen {
        Seen(self.seen)
    }
}

impl Iterator for Hits<'_> {
    type Item = Hit;

    fn next(&mut self) -> Option<Hit> {
        let automaton = &self.prefilter.automaton;
        if self.pending == 0 {
            let (mut state, mut seen) = (self.state, self.seen);
            let mut rest = self.bytes[self.at..].iter();
            let mut found = false;
            for byte in rest.by_ref() {
                seen |= CLASSES[usize::from(*byte)];
                state = automaton.next_state(Anchored::No, state, *byte);
                if automaton.is_special(state) && automaton.is_match(state) {
                    found = true;
                    break;
                }
            }
            self.at = self.bytes.len() - rest.len();
            (self.state, self.seen) = (state, seen);
            if !found {
                return None;
            }
            self.pending = automaton.match_len(state);
        }
        self.pending -= 1;
        let pattern = automaton.match_pattern(self.state, self.pending);
        let start = self.at - automaton.pattern_len(pattern);
        Some(Hit { wanted: self.prefilter.wanted[pattern.as_usize()], place: start..self.at })
    }
}
