//! What a variable looks like: hand-written tests on one token, first match wins.
//!
//! Kinds serve people and statistics of field values. They are *not* part of a template's
//! identity, so a test that errs here never splits or joins templates.

use std::net::Ipv6Addr;

use serde::{Deserialize, Serialize};

use super::vocabulary::{
    CALENDAR, ERRNO_NAMES, FIXED_NAMES, NAMED_THINGS, SIZE_UNITS, TIME_UNITS, TOP_LEVEL,
};

/// The kind of one variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Pseudo,
    Uuid,
    Url,
    Email,
    Time,
    Ip,
    IpPort,
    HostPort,
    Mac,
    Hash,
    Hex,
    Dur,
    Size,
    Pct,
    Num,
    Path,
    Version,
    Host,
    Id,
    /// What stands beyond the limits of mining.
    Rest,
}

/// Which signs a token holds: one look at its bytes that spares most of the tests.
#[derive(Default)]
struct Signs {
    digits: usize,
    colons: usize,
    slash: bool,
    dot: bool,
    at: bool,
}

impl Signs {
    fn of(bytes: &[u8]) -> Self {
        let mut signs = Self::default();
        for byte in bytes {
            match byte {
                b'0'..=b'9' => signs.digits += 1,
                b':' => signs.colons += 1,
                b'/' | b'\\' => signs.slash = true,
                b'.' => signs.dot = true,
                b'@' => signs.at = true,
                _ => {}
            }
        }
        signs
    }
}

/// The kind of a token that is a variable whatever stands around it; `None` for everything else.
pub(super) fn exact(token: &str) -> Option<Kind> {
    let signs = Signs::of(token.as_bytes());
    if signs.digits == token.len() && signs.digits > 0 {
        return Some(if signs.digits == 32 { Kind::Hash } else { Kind::Num });
    }
    if signs.colons > 0 && signs.slash && token.contains("://") {
        return Some(Kind::Url);
    }
    if signs.at && is_email(token) {
        return Some(Kind::Email);
    }
    if signs.digits > 0 {
        if let Some(kind) = with_digits(token, &signs) {
            return Some(kind);
        }
    } else if signs.colons > 1 && is_ipv6(token) {
        return Some(Kind::Ip);
    }
    if signs.slash && is_path(token) {
        return Some(Kind::Path);
    }
    (signs.dot && is_host(token)).then_some(Kind::Host)
}

fn with_digits(token: &str, signs: &Signs) -> Option<Kind> {
    let bytes = token.as_bytes();
    if is_uuid(bytes) {
        return Some(Kind::Uuid);
    }
    if (signs.colons > 0 || bytes.len() >= 10) && is_time(bytes) {
        return Some(Kind::Time);
    }
    if (signs.colons > 0 || signs.dot)
        && let Some(kind) = address(token)
    {
        return Some(kind);
    }
    if is_mac(bytes) {
        return Some(Kind::Mac);
    }
    if bytes.len() >= 8 && bytes.iter().all(u8::is_ascii_hexdigit) {
        return Some(if matches!(bytes.len(), 32 | 40 | 64) { Kind::Hash } else { Kind::Hex });
    }
    if let Some(rest) = token.strip_prefix("0x").or_else(|| token.strip_prefix("0X"))
        && !rest.is_empty()
        && rest.bytes().all(|byte| byte.is_ascii_hexdigit())
    {
        return Some(Kind::Hex);
    }
    number(token)
}

/// A number alone or with its unit.
fn number(token: &str) -> Option<Kind> {
    let bytes = token.as_bytes();
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let mut at = sign;
    let mut dots = 0;
    while at < bytes.len() && matches!(bytes[at], b'0'..=b'9' | b'.' | b',') {
        if !bytes[at].is_ascii_digit() {
            let between = at > sign && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            let fraction = bytes[at] == b'.' && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            if !between && !fraction {
                return None;
            }
            dots += usize::from(bytes[at] == b'.');
        }
        at += 1;
    }
    if at == sign {
        return version(token);
    }
    let unit = &token[at..];
    if unit.is_empty() {
        return Some(if dots > 1 { Kind::Version } else { Kind::Num });
    }
    if unit == "%" {
        return Some(Kind::Pct);
    }
    if is_exponent(unit) {
        return Some(Kind::Num);
    }
    if TIME_UNITS.contains(&unit) || is_compound_duration(token) {
        return Some(Kind::Dur);
    }
    if unit.len() <= 5 && SIZE_UNITS.contains(&unit.to_ascii_lowercase().as_str()) {
        return Some(Kind::Size);
    }
    (dots > 1).then_some(Kind::Version)
}

fn is_exponent(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['e', 'E']) else { return false };
    let rest = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1h2m3s`: digits and units of time in turns.
fn is_compound_duration(token: &str) -> bool {
    let mut rest = token;
    let mut parts = 0;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let letters = rest[digits..].bytes().take_while(|byte| byte.is_ascii_lowercase()).count();
        let unit = &rest[digits..digits + letters];
        if digits == 0 || letters == 0 || !TIME_UNITS.contains(&unit) {
            return false;
        }
        rest = &rest[digits + letters..];
        parts += 1;
    }
    parts > 0
}

/// `v1.2`, `v3`, `HTTP/1.1`.
fn version(token: &str) -> Option<Kind> {
    let rest = token
        .strip_prefix(['v', 'V'])
        .or_else(|| token.split_once('/').map(|(_, after)| after))
        .unwrap_or("");
    let numeric = rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (numeric && (rest.contains('.') || token.starts_with(['v', 'V']))).then_some(Kind::Version)
}

fn is_uuid(bytes: &[u8]) -> bool {
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// A date, a time of day or both, judged by the lengths of the digit runs.
fn is_time(bytes: &[u8]) -> bool {
    if !bytes[0].is_ascii_digit() || bytes.len() < 4 {
        return false;
    }
    let (date, rest) = match leading_date(bytes) {
        Some(length) => (true, &bytes[length..]),
        None => (false, bytes),
    };
    let clock = match rest.first() {
        None => return date,
        Some(b'T' | b'_') if date => &rest[1..],
        Some(_) if date => return false,
        Some(_) => rest,
    };
    is_clock(clock)
}

fn leading_date(bytes: &[u8]) -> Option<usize> {
    let separator = |byte: u8| matches!(byte, b'-' | b'/');
    let long = bytes.len() >= 10
        && bytes[..10].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => separator(*byte),
            _ => byte.is_ascii_digit(),
        });
    long.then_some(10)
}

fn is_clock(bytes: &[u8]) -> bool {
    let zone =
        bytes.iter().position(|byte| matches!(byte, b'Z' | b'+' | b'-')).unwrap_or(bytes.len());
    let zone_is_plain = bytes[zone..]
        .iter()
        .all(|byte| matches!(byte, b'Z' | b'+' | b'-' | b':') || byte.is_ascii_digit());
    let clock = &bytes[..zone];
    let whole = clock.iter().position(|byte| matches!(byte, b'.' | b',')).unwrap_or(clock.len());
    let fraction_is_plain = clock[whole..].iter().skip(1).all(u8::is_ascii_digit);
    let mut groups = 0;
    let groups_are_short = clock[..whole].split(|byte| *byte == b':').all(|group| {
        groups += 1;
        matches!(group.len(), 1 | 2) && group.iter().all(u8::is_ascii_digit)
    });
    zone_is_plain && fraction_is_plain && groups_are_short && (2..=3).contains(&groups)
}

fn address(token: &str) -> Option<Kind> {
    let token = token.strip_prefix('/').unwrap_or(token);
    let (host, port) = match token.rsplit_once(':') {
        Some((host, port)) if is_port(port) && !host.contains(':') => (host, true),
        _ => (token, false),
    };
    let (host, masked) = match host.split_once('/') {
        Some((host, bits)) if is_port(bits) || is_ipv4(bits) => (host, true),
        _ => (host, false),
    };
    if is_ipv4(host) {
        return Some(if port { Kind::IpPort } else { Kind::Ip });
    }
    if is_ipv6(host) || is_ipv6(token) {
        return Some(Kind::Ip);
    }
    let named = host.contains('.') || host.bytes().any(|byte| byte.is_ascii_digit());
    let named = named && host.bytes().any(|byte| byte.is_ascii_alphabetic());
    let plain = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    (port && !masked && named && plain).then_some(Kind::HostPort)
}

fn is_port(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_ipv4(text: &str) -> bool {
    let mut groups = 0;
    text.split('.').all(|group| {
        groups += 1;
        (1..=3).contains(&group.len()) && group.parse::<u16>().is_ok_and(|value| value < 256)
    }) && groups == 4
}

fn is_ipv6(text: &str) -> bool {
    text.bytes().filter(|byte| *byte == b':').count() >= 2
        && text.len() <= 45
        && text.parse::<Ipv6Addr>().is_ok()
}

fn is_mac(bytes: &[u8]) -> bool {
    bytes.len() == 17
        && bytes.iter().enumerate().all(|(at, byte)| match at % 3 {
            2 => matches!(byte, b':' | b'-'),
            _ => byte.is_ascii_hexdigit(),
        })
}

fn is_email(token: &str) -> bool {
    let Some((user, host)) = token.split_once('@') else { return false };
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+');
    !user.is_empty()
        && user.bytes().all(plain)
        && host.contains('.')
        && host.bytes().all(plain)
        && host.ends_with(|c: char| c.is_ascii_alphabetic())
}

fn is_path(token: &str) -> bool {
    let bytes = token.as_bytes();
    match bytes {
        [b'/', second, ..] => second.is_ascii_alphanumeric() || matches!(second, b'.' | b'_'),
        [b'~' | b'.', b'/', _, ..] | [b'.', b'.', b'/', ..] => true,
        [drive, b':', b'\\', ..] => drive.is_ascii_alphabetic(),
        [b'\\', b'\\', ..] => true,
        _ => bytes.iter().filter(|byte| **byte == b'/').count() >= 2 && !token.contains("//"),
    }
}

fn is_host(token: &str) -> bool {
    let Some((before, last)) = token.rsplit_once('.') else { return false };
    let label = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    TOP_LEVEL.contains(&last)
        && !before.is_empty()
        && !before.starts_with('.')
        && before.bytes().all(label)
        && !before.contains("..")
}

/// A token with digits that is an identifier by its looks. Exempt are names with a single digit
/// (`ssh2`, `tty1`): whether they vary is seen only when all lines are known.
pub(super) fn is_id(token: &str) -> bool {
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 {
        return false;
    }
    let name = token.bytes().all(|byte| {
        !byte.is_ascii() || byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$')
    });
    if name && digits == 1 && digits < token.len() {
        return !token.bytes().any(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii());
    }
    !FIXED_NAMES.contains(&token.to_ascii_lowercase().as_str()) && !is_code(token)
}

/// Words that carry the meaning of an error: never masked, never merged with each other.
pub(super) fn is_code(word: &str) -> bool {
    let digits_after = |prefix: &str| {
        word.strip_prefix(prefix)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    let upper_after = |prefix: &str, least: usize| {
        word.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() >= least && rest.bytes().all(|b| b.is_ascii_uppercase()))
    };
    digits_after("ORA-")
        || digits_after("MY-")
        || digits_after("TNS-")
        || word.starts_with("SQLSTATE")
        || upper_after("SIG", 3)
        || ERRNO_NAMES.contains(&word)
        || word.starts_with("ERR_")
}

impl Kind {
    /// All kinds; the index is the bit in a set of kinds.
    const ALL: [Self; 20] = [
        Self::Pseudo,
        Self::Uuid,
        Self::Url,
        Self::Email,
        Self::Time,
        Self::Ip,
        Self::IpPort,
        Self::HostPort,
        Self::Mac,
        Self::Hash,
        Self::Hex,
        Self::Dur,
        Self::Size,
        Self::Pct,
        Self::Num,
        Self::Path,
        Self::Version,
        Self::Host,
        Self::Id,
        Self::Rest,
    ];

    /// The kinds of a set of bits, in the order of the tests.
    pub(super) fn of_bits(bits: u32) -> Vec<Self> {
        Self::ALL.into_iter().filter(|kind| bits & 1 << (*kind as u32) != 0).collect()
    }
}

/// Does this word say that a name follows?
pub(super) fn names_things(word: &str) -> bool {
    NAMED_THINGS.contains(&word)
}

/// `Mon`, `Jan`, `Jan,`: one of the words that dates are written with.
pub(super) fn is_calendar(word: &[u8]) -> bool {
    let word = word.strip_suffix(b",").unwrap_or(word);
    word.len() == 3 && word[0].is_ascii_uppercase() && CALENDAR.iter().any(|known| *known == word)
}
