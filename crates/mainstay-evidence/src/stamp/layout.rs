//! Time layouts as small patterns, read by one hand-written scanner: no regular expression runs
//! per line, and a file's layout is an index that is tried first.
//!
//! Letters of a pattern: `Y` year, `y` two-digit year, `m` month, `b` month name, `d` day, `e` day
//! of one or two digits or padded by a blank, `j` day of the year, `a` weekday name, `H` hour, `k`
//! hour of one or two digits or padded, `M` minute, `S` second, `f` fraction if there, `z` zone if
//! there, `Z` zone, `w` minutes east of UTC if there, `p` AM or PM if there, `P` AM or PM, `q` and
//! `s` minute and second of one or two digits, `i` milliseconds of one to three digits, `A` and `B` and `C` short numbers whose order is open. A quote
//! makes the next byte literal; everything else is literal.

use std::sync::OnceLock;

use super::scanner::{self, Element};
use super::{Date, Order, Stamp, Zone, epoch};

/// The patterns in the order they are tried: of two that fit, the one that reads more is first.
const PATTERNS: [&str; 64] = [
    "Y-m-d H:M:Sfz",
    "Y-m-d'TH:M:Sfz",
    "H:M:Sfp",
    "b e k:M:SfP",
    "b e k:MP",
    "b e H:M:Sf Y",
    "b e H:M:Sf",
    "b e k:M:Sf",
    "Y/m/d H:M:Sfz",
    "d/b/Y:H:M:Sfz",
    "ymd HMS",
    "ymd k:M:Sf",
    "A/B/C H:M:Sfz",
    "A.B H:M:Sf",
    "a b e k:M:SfP Z Y",
    "a b e k:M:SfP Y",
    "a b e H:M:Sf Z Y",
    "a b e H:M:Sf Y",
    "a b e Y H:M:Sf",
    "a b e H:M:Sf",
    "a, e b Y H:M:Sfz",
    "a, d-b-y H:M:SZ",
    "md H:M:Sf",
    "A/B/Y H:M:Sfpz",
    "A/B/Y k:M:Sfpz",
    "A/B/Y, k:M:Sfpz",
    "A/B/C k:M:Sfpz",
    "A.B.Y H:M:Sf",
    "A/B H:M:Sf",
    "A-B H:M:Sf",
    "Y-m-d H:M",
    "Y-m-d'TH:Mz",
    "Y-j'TH:M:Sfz",
    "y-m-d'TH:M:Sfz",
    "y-m-d H:M:Sfz",
    "Y-m-d-H.M.Sfw",
    "Y-m-d_H:M:Sf",
    "Y/m/d H:M",
    "Y.m.d H:M:Sfz",
    "Y b d a H:M:Sf",
    "Y b d H:M:Sf",
    "d/b/Y H:M:Sfz",
    "d/b/y H:M:Sf",
    "e-b-Y::H:M:Sf",
    "d-b-Y H:M:Sfz",
    "e b Y H:M:Sfz",
    "e b H:M:Sf",
    "b e, Y k:M:Sfp",
    "b-d H:M:Sf",
    "Ymd'TH:M:Sfz",
    "Ymd'THMSfz",
    "Ymd H:M:Sf",
    "Ymd HMS",
    "Ymd.HMS",
    "Ymd-k:q:s:i",
    "Ymd-H:M:Sf",
    "Ymd-HMSf",
    "Y-m-d'T k:M:Sfpz",
    "Y-j'T k:M:Sfpz",
    "a b e H:M",
    "e b Y H:Mz",
    "A/B/Y k:MP",
    "A/B/Y H:M",
    "k:M:SfP",
];

/// Days without a time of day. Too many other things look like these, so only who expects one asks.
const DAYS: [&str; 5] = ["Y-m-d", "Y/m/d", "Y-m", "Y/m", "b e"];
/// Of them, those that stand in front of messages.
const HEADER_DAYS: u8 = 2;

/// Layouts that are not patterns.
const DAY: u8 = 0xF0;
const DAY_LAST: u8 = 0xFC;
const UPTIME: u8 = 0xFD;
const EPOCH: u8 = 0xFE;
const TAI64N: u8 = 0xFF;

/// One shape of a written time; cheap to keep per file and to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeLayout(u8);

impl TimeLayout {
    /// The pattern, for reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.0 {
            UPTIME => "uptime",
            EPOCH => "epoch",
            TAI64N => "TAI64N",
            DAY..=DAY_LAST => DAYS.get(usize::from(self.0 - DAY)).copied().unwrap_or("unknown"),
            index => PATTERNS.get(usize::from(index)).copied().unwrap_or("unknown"),
        }
    }
}

/// How a pattern opens: what most texts fail at, compared before anything is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    Word,
    /// So many digits, then the byte.
    Digits {
        least: usize,
        most: usize,
        mark: u8,
    },
}

struct Compiled {
    elements: Vec<Element>,
    opening: Opening,
}

fn compiled() -> &'static [Compiled] {
    static COMPILED: OnceLock<Vec<Compiled>> = OnceLock::new();
    COMPILED.get_or_init(|| compile_all(&PATTERNS))
}

/// The patterns that a text with this opening may fit, in their order.
fn fitting(opening: Opening) -> &'static [u8] {
    /// By the digits before it, each byte that ends them.
    type ByDigits = Vec<Vec<(u8, Vec<u8>)>>;
    static FITTING: OnceLock<ByDigits> = OnceLock::new();
    let known = FITTING.get_or_init(|| {
        let mut known = ByDigits::new();
        for text in compiled().iter().flat_map(|held| held.opening.texts()) {
            let (digits, mark) = text.key();
            known.resize(known.len().max(digits + 1), Vec::new());
            if known[digits].iter().all(|(other, _)| *other != mark) {
                let held = compiled().iter().zip(0_u8..);
                let fitting = held.filter(|(held, _)| held.opening.admits(text));
                known[digits].push((mark, fitting.map(|(_, index)| index).collect()));
            }
        }
        known
    });
    let (digits, mark) = opening.key();
    let of_digits = known.get(digits).map_or(&[][..], Vec::as_slice);
    of_digits.iter().find(|(known, _)| *known == mark).map_or(&[], |(_, fitting)| fitting)
}

fn compiled_days() -> &'static [Compiled] {
    static COMPILED: OnceLock<Vec<Compiled>> = OnceLock::new();
    COMPILED.get_or_init(|| compile_all(&DAYS))
}

fn compile_all(patterns: &[&str]) -> Vec<Compiled> {
    let compiled = patterns.iter().map(|pattern| {
        let elements = compile(pattern);
        let opening = opening_of(&elements);
        Compiled { elements, opening }
    });
    compiled.collect()
}

fn opening_of(elements: &[Element]) -> Opening {
    let (mut least, mut most) = (0, 0);
    for element in elements {
        let (fewest, greatest) = match element {
            Element::Year => (4, 4),
            Element::DayOfYear => (3, 3),
            Element::DayPadded | Element::HourPadded | Element::Short(_) => (1, 2),
            Element::MinuteShort | Element::SecondShort => (1, 2),
            Element::MonthName | Element::Weekday => return Opening::Word,
            Element::Byte(mark) => return Opening::Digits { least, most, mark: *mark },
            _ => (2, 2),
        };
        least += fewest;
        most += greatest;
    }
    Opening::Word
}

impl Opening {
    /// How a text opens, in the same terms.
    fn of(text: &[u8]) -> Self {
        let digits = text.iter().take(20).take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return Self::Word;
        }
        let mark = text.get(digits).copied().unwrap_or(b' ');
        Self::Digits { least: digits, most: digits, mark }
    }

    /// Every opening of a text that it admits.
    fn texts(self) -> Vec<Self> {
        match self {
            Self::Word => vec![self],
            Self::Digits { least, most, mark } => (least..=most)
                .map(|digits| Self::Digits { least: digits, most: digits, mark })
                .collect(),
        }
    }

    /// The digits of a text, and the byte that ends them.
    fn key(self) -> (usize, u8) {
        match self {
            Self::Word => (0, 0),
            Self::Digits { least, mark, .. } => (least, mark),
        }
    }

    fn admits(self, text: Self) -> bool {
        match (self, text) {
            (Self::Word, Self::Word) => true,
            (
                Self::Digits { least, most, mark },
                Self::Digits { least: digits, mark: found, .. },
            ) => (least..=most).contains(&digits) && mark == found,
            _ => false,
        }
    }
}

fn compile(pattern: &str) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut bytes = pattern.bytes();
    while let Some(byte) = bytes.next() {
        elements.push(match byte {
            b'Y' => Element::Year,
            b'y' => Element::YearShort,
            b'm' => Element::Month,
            b'b' => Element::MonthName,
            b'd' => Element::Day,
            b'e' => Element::DayPadded,
            b'j' => Element::DayOfYear,
            b'a' => Element::Weekday,
            b'H' => Element::Hour,
            b'k' => Element::HourPadded,
            b'M' => Element::Minute,
            b'S' => Element::Second,
            b'f' => Element::Fraction,
            b'z' => Element::ZoneMaybe,
            b'Z' => Element::Zone,
            b'w' => Element::ZoneMinutes,
            b'p' => Element::MeridiemMaybe,
            b'P' => Element::Meridiem,
            b'q' => Element::MinuteShort,
            b's' => Element::SecondShort,
            b'i' => Element::Millis,
            b'A' | b'B' | b'C' => Element::Short(usize::from(byte - b'A')),
            b'\'' => Element::Byte(bytes.next().unwrap_or(b'\'')),
            other => Element::Byte(other),
        });
    }
    elements
}

/// Reads a time at the start of `text`, whatever its layout. Returns it, its layout and the bytes
/// read.
#[must_use]
pub fn scan(text: &[u8]) -> Option<(Stamp, TimeLayout, usize)> {
    // a day may be padded by a blank
    let opening = Opening::of(text.strip_prefix(b" ").unwrap_or(text));
    for index in fitting(opening).iter().copied().chain([EPOCH, TAI64N]) {
        let layout = TimeLayout(index);
        if let Some((stamp, end)) = scan_as(layout, text) {
            return Some((stamp, layout, end));
        }
    }
    None
}

/// Reads a time of one layout at the start of `text`. Returns it and the bytes read.
#[must_use]
pub fn scan_as(layout: TimeLayout, text: &[u8]) -> Option<(Stamp, usize)> {
    let (stamp, end) = match layout.0 {
        EPOCH => instant(epoch::scan(text)?),
        TAI64N => instant(epoch::scan_tai64n(text)?),
        day @ DAY..=DAY_LAST => {
            scanner::run(&compiled_days().get(usize::from(day - DAY))?.elements, text)?
        }
        index => scanner::run(&compiled().get(usize::from(index))?.elements, text)?,
    };
    // a longer number or word is no time
    let ends = text.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    ends.then_some((stamp, end))
}

/// Reads seconds since a start: `12.345678`, `12.345s`. Returns them, their layout and the bytes
/// read; only a layout that expects an uptime may ask.
#[must_use]
pub(crate) fn scan_uptime(text: &[u8]) -> Option<(Stamp, TimeLayout, usize)> {
    let (micros, length) = epoch::scan_uptime(text)?;
    let stamp = Stamp { date: Date::Uptime(micros), micros_of_day: 0, zone: Zone::Unstated };
    Some((stamp, TimeLayout(UPTIME), length))
}

/// Reads a day or a month without a time of day.
#[must_use]
pub fn scan_day(text: &[u8]) -> Option<(Stamp, TimeLayout, usize)> {
    first_of((DAY..=DAY_LAST).map(TimeLayout), text)
}

/// Reads a whole day that may stand in front of a message.
#[must_use]
pub(crate) fn scan_header_day(text: &[u8]) -> Option<(Stamp, TimeLayout, usize)> {
    first_of((DAY..DAY + HEADER_DAYS).map(TimeLayout), text)
}

fn first_of(
    mut layouts: impl Iterator<Item = TimeLayout>,
    text: &[u8],
) -> Option<(Stamp, TimeLayout, usize)> {
    layouts.find_map(|layout| scan_as(layout, text).map(|(stamp, end)| (stamp, layout, end)))
}

/// Reads an epoch and no other time.
#[must_use]
pub(crate) fn scan_epoch(text: &[u8]) -> Option<(Stamp, TimeLayout, usize)> {
    let layout = TimeLayout(EPOCH);
    scan_as(layout, text).map(|(stamp, end)| (stamp, layout, end))
}

fn instant((micros, end): (i64, usize)) -> (Stamp, usize) {
    let stamp = Stamp { date: Date::Instant(micros), micros_of_day: 0, zone: Zone::Offset(0) };
    (stamp, end)
}

/// The order a layout's own marks suggest when neither the file nor the bundle decides: dots are
/// written day first, slashes month first.
#[must_use]
pub(crate) fn habitual_order(layout: TimeLayout) -> Order {
    match layout.name() {
        name if name.starts_with("A.B.Y") => Order::DayFirst,
        name if name.starts_with("A/B/C") => Order::YearFirst,
        _ => Order::MonthFirst,
    }
}

/// The layout of RFC 3339, which transports write.
#[must_use]
pub(crate) fn rfc3339() -> TimeLayout {
    TimeLayout(1)
}
