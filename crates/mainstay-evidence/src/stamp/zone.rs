//! Zones as texts state them: `Z`, `±hh:mm`, `±hhmm`, `±hh`, and abbreviations that mean one
//! offset everywhere. Names that several places use stay open.

use super::{Place, Zone};

/// Abbreviations with one meaning, in minutes east of UTC.
const NAMES: [(&str, i32); 40] = [
    ("UTC", 0),
    ("GMT", 0),
    ("UCT", 0),
    ("WET", 0),
    ("WEST", 60),
    ("CET", 60),
    ("CEST", 120),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("SAST", 120),
    ("PKT", 300),
    ("HKT", 480),
    ("SGT", 480),
    ("AWST", 480),
    ("JST", 540),
    ("KST", 540),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
    ("EDT", -240),
    ("CDT", -300),
    ("MDT", -360),
    ("PDT", -420),
    ("PST", -480),
    ("AKDT", -480),
    ("AKST", -540),
    ("HST", -600),
    ("HDT", -540),
    ("NDT", -150),
    ("BRT", -180),
    ("ART", -180),
    ("TRT", 180),
    ("NPT", 345),
    ("ICT", 420),
    ("WIB", 420),
    ("WITA", 480),
    ("WIT", 540),
    ("ACDT", 630),
];

/// Abbreviations with several meanings: they are read, and say nothing.
const AMBIGUOUS: [&str; 7] = ["IST", "CST", "BST", "AST", "EST", "MST", "ECT"];

/// Reads a zone at `at`, glued or after one blank. Returns it with the place after it; `None` if
/// there is none.
pub(crate) fn scan(text: &[u8], at: usize) -> Option<(Zone, usize)> {
    let spaced = text.get(at) == Some(&b' ');
    let start = at + usize::from(spaced);
    let (zone, end) = match text.get(start)? {
        b'Z' => (Zone::Offset(0), start + 1),
        sign @ (b'+' | b'-') => {
            let (minutes, end) = offset(text, start + 1, spaced)?;
            (Zone::Offset(if *sign == b'-' { -minutes } else { minutes }), end)
        }
        byte if byte.is_ascii_uppercase() => name(text, start)?,
        _ => return None,
    };
    let ends = text.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    ends.then_some((zone, end))
}

/// `hh:mm`, `hhmm` or, glued only, `hh`: after a blank two digits are too often something else.
fn offset(text: &[u8], at: usize, spaced: bool) -> Option<(i32, usize)> {
    let hours = two_digits(text, at)?;
    let (minutes, end) = match text.get(at + 2) {
        Some(b':') => (two_digits(text, at + 3)?, at + 5),
        Some(byte) if byte.is_ascii_digit() => (two_digits(text, at + 2)?, at + 4),
        _ if spaced => return None,
        _ => (0, at + 2),
    };
    (hours <= 14 && minutes < 60).then_some((hours * 60 + minutes, end))
}

fn name(text: &[u8], at: usize) -> Option<(Zone, usize)> {
    let length = text[at..].iter().take(5).take_while(|byte| byte.is_ascii_uppercase()).count();
    let word = &text[at..at + length];
    let known = NAMES.iter().find(|(name, _)| name.as_bytes() == word);
    if let Some((_, minutes)) = known {
        return Some((Zone::Offset(*minutes), at + length));
    }
    if let Some(name) = AMBIGUOUS.iter().find(|name| name.as_bytes() == word) {
        return Some((Zone::Ambiguous(name), at + length));
    }
    place(text, at)
}

/// `Area/City`.
fn place(text: &[u8], at: usize) -> Option<(Zone, usize)> {
    /// The longest name of the database has 32 bytes.
    const LENGTH_MAX: usize = 40;
    let part_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"/_-+".contains(byte);
    let rest = &text[at..];
    let length = rest.iter().take(LENGTH_MAX).take_while(|byte| part_of_name(byte)).count();
    let name = &rest[..length];
    let named = name.get(1).is_some_and(u8::is_ascii_lowercase) && name.contains(&b'/');
    let place = Place::named(std::str::from_utf8(name).ok().filter(|_| named)?)?;
    Some((Zone::Place(place), at + length))
}

fn two_digits(text: &[u8], at: usize) -> Option<i32> {
    let pair = text.get(at..at + 2)?;
    pair.iter()
        .all(u8::is_ascii_digit)
        .then(|| i32::from(pair[0] - b'0') * 10 + i32::from(pair[1] - b'0'))
}
