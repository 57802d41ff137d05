//! People and machines by the shape of what names them: mail addresses, payment cards, IBAN, SSN,
//! phones; the addresses of machines are in `address`.
//!
//! Scanners by hand, linear in the line. Each value is checked (range, checksum, context), because
//! a log is full of numbers that must stay: ids, times, versions.

use std::ops::Range;

use super::address::{
    OCTET_DIGITS_MAX, colon_addresses, dashed_addresses, dashed_macs, dotted_addresses, ip4,
};
use super::kind::Kind;
use super::numbers::{card, iban, phone, ssn};
use super::resolve::Candidate;
use super::scan::Seen;
use super::text::{before, is_word, run_end, run_start};
use super::words::is_user;

/// What the literals of a line ask for.
#[derive(Clone, Copy, Default)]
pub(super) struct Asked {
    pub(super) home: bool,
    pub(super) dashed: bool,
    pub(super) phone: bool,
    pub(super) ssn: bool,
    pub(super) secret_object: bool,
}

/// What the prefilter looks for before the slower scanners run.
pub(super) const FOLDERS: [&str; 3] = ["home/", "Users/", "Users\\"];
pub(super) const DASHED: &str = "ip-";

/// Every identity of a line that is known by its own shape.
pub(super) fn find<'l>(line: &'l str, asked: Asked, found: &mut Vec<Candidate<'l>>) {
    let seen = Seen::in_line(line);
    if seen.has(Seen::AT | Seen::PERCENT) {
        emails(line, found);
    }
    if asked.phone || asked.ssn {
        numbers(line, 0..line.len(), asked, found);
    } else {
        rare_numbers(line, seen, found);
    }
    if seen.has(Seen::COLON) {
        colon_addresses(line, found);
    }
    if seen.has(Seen::DASH) {
        dashed_macs(line, found);
    }
    if asked.home {
        home_folders(line, found);
    }
    if asked.dashed {
        dashed_addresses(line, found);
    }
}

/// The numbers of a line without a word for a telephone or a social security number, which is
/// nearly every line: addresses have dots, cards and IBAN are long, and a telephone number begins
/// with `+` or `(`. A number that is none of these is not even looked at.
fn rare_numbers<'l>(line: &'l str, seen: Seen, found: &mut Vec<Candidate<'l>>) {
    let bytes = line.as_bytes();
    if seen.has(Seen::DIGIT) {
        dotted_addresses(line, found);
        // every run of so many bytes has one of them at a multiple of its length
        let mut at = LONG_NUMBER_BYTES - 1;
        while let Some(byte) = bytes.get(at) {
            if !is_of_long_number(*byte) {
                at += LONG_NUMBER_BYTES;
                continue;
            }
            let start = run_start(bytes, at, LONG_NUMBER_BYTES, is_of_long_number);
            let end = run_end(bytes, at, usize::MAX, is_of_long_number);
            let digits = || bytes[start..end].iter().filter(|byte| byte.is_ascii_digit()).count();
            if end - start >= IBAN_BYTES_MIN || digits() >= LONG_NUMBER_BYTES {
                numbers(line, start..end, Asked::default(), found);
            }
            at = end + LONG_NUMBER_BYTES;
        }
    }
    if seen.has(Seen::OPENING) {
        let mut until = 0;
        for at in memchr::memchr2_iter(b'+', b'(', bytes) {
            if at >= until && !before(bytes, at).is_some_and(is_word) {
                until = phone(line, at, Asked::default(), found).unwrap_or_default();
            }
        }
    }
}

/// The shortest card has so many digits.
const LONG_NUMBER_BYTES: usize = 13;
/// The shortest IBAN, and the shortest card in groups is longer.
const IBAN_BYTES_MIN: usize = 15;

fn is_of_long_number(byte: u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_uppercase() || matches!(byte, b' ' | b'-')
}

/// Everything in a part of the line that begins with a digit, or with `+`, `(` or the two letters of
/// an IBAN.
fn numbers<'l>(line: &'l str, part: Range<usize>, asked: Asked, found: &mut Vec<Candidate<'l>>) {
    let bytes = line.as_bytes();
    let mut at = part.start;
    while at < part.end
        && let Some(offset) = bytes[at..part.end]
            .iter()
            .position(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'('))
    {
        at += offset;
        let joined = before(bytes, at).is_some_and(is_word);
        let end = match bytes[at] {
            b'0'..=b'9' if !joined => number(line, at, asked, found),
            b'0'..=b'9' => iban_around(line, at, found)
                .or_else(|| Some(run_end(bytes, at, usize::MAX, |byte| byte.is_ascii_digit()))),
            _ if !joined => phone(line, at, asked, found),
            _ => None,
        };
        at = end.unwrap_or(at + 1);
    }
}

/// An IBAN whose two letters stand right before the digits at `at`.
fn iban_around<'l>(line: &'l str, at: usize, found: &mut Vec<Candidate<'l>>) -> Option<usize> {
    let bytes = line.as_bytes();
    let start = at.checked_sub(2)?;
    let is_head = bytes[start..at].iter().all(u8::is_ascii_uppercase);
    let starts_here = !before(bytes, start).is_some_and(is_word);
    (is_head && starts_here).then(|| iban(line, start, found)).flatten()
}

/// `/home/NAME/`, `C:\\Users\\NAME\\`: the folder is named after the person.
fn home_folders<'l>(line: &'l str, found: &mut Vec<Candidate<'l>>) {
    let bytes = line.as_bytes();
    for folder in FOLDERS {
        for at in memchr::memmem::find_iter(bytes, folder) {
            // below a root, or the path of a member of a bundle
            if at > 0 && !matches!(bytes[at - 1], b'/' | b'\\') {
                continue;
            }
            // in JSON the backslash is doubled
            let start = run_end(bytes, at + folder.len(), 8, |byte| byte == b'\\');
            let end =
                run_end(bytes, start, 64, |byte| is_word(byte) || matches!(byte, b'.' | b'-'));
            let Some(name) = line.get(start..end) else { continue };
            if is_user(name) {
                found.push(Candidate::shape(start..end, Kind::User, name.to_lowercase()));
            }
        }
    }
}

fn emails<'l>(line: &'l str, found: &mut Vec<Candidate<'l>>) {
    const UNITS: [&str; 14] = [
        "service", "socket", "timer", "target", "mount", "slice", "scope", "device", "swap",
        "path", "png", "jpg", "svg", "js",
    ];
    let bytes = line.as_bytes();
    let escaped = memchr::memchr_iter(b'%', bytes)
        .filter(|at| bytes[*at..].starts_with(b"%40"))
        .map(|at| (at, at + 3));
    let plain = memchr::memchr_iter(b'@', bytes).map(|at| (at, at + 1));
    for (at, after) in plain.chain(escaped) {
        let is_local = |byte: u8| is_word(byte) || matches!(byte, b'.' | b'+' | b'-' | b'%');
        let start = run_start(bytes, at, 64, is_local);
        let mut end = run_end(bytes, after, 253, |byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')
        });
        while end > after && matches!(bytes[end - 1], b'.' | b'-') {
            end -= 1;
        }
        let Some(local) = line.get(start..at) else { continue };
        let domain = &line[after..end];
        let top = domain.rsplit_once('.').map_or("", |(_, top)| top).to_ascii_lowercase();
        let is_top =
            (2..=24).contains(&top.len()) && top.bytes().all(|byte| byte.is_ascii_alphabetic());
        // `database@host` is how X-Ray and Kubernetes name a thing
        let is_machine = [".amazonaws.com", ".internal", ".local", ".svc"]
            .iter()
            .any(|end| domain.ends_with(end));
        let stays = local == "git" || is_machine || UNITS.contains(&top.as_str());
        if is_top && !local.is_empty() && !stays && !domain.starts_with('.') {
            found.push(Candidate::shape(
                start..end,
                Kind::Email,
                format!("{local}@{domain}").to_lowercase(),
            ));
        }
    }
}

/// A number that starts here: an address, a card, an SSN or a phone. The end of what it took.
fn number<'l>(
    line: &'l str,
    start: usize,
    asked: Asked,
    found: &mut Vec<Candidate<'l>>,
) -> Option<usize> {
    let bytes = line.as_bytes();
    let end = run_end(bytes, start, 64, |byte| byte.is_ascii_digit());
    let length = end - start;
    let next = bytes.get(end);
    if next == Some(&b'.') && length <= OCTET_DIGITS_MAX {
        return ip4(line, start, asked, found);
    }
    let dashed_before = matches!(before(bytes, start), Some(b'-' | b'.'));
    if dashed_before {
        return Some(end);
    }
    // most numbers of a log are short: the cheap question first
    let maybe_card = length >= 13 || (length == 4 && matches!(next, Some(b' ' | b'-')));
    let card = if maybe_card { card(line, start, found) } else { None };
    card.or_else(|| if asked.ssn { ssn(line, start, found) } else { None })
        .or_else(|| if asked.phone { phone(line, start, asked, found) } else { None })
        .or(Some(end))
}
