//! People and machines: mail addresses, IP and MAC addresses, payment cards, IBAN, SSN, phones.
//!
//! Scanners by hand, linear in the line. Each value is checked (range, checksum, context), because
//! a log is full of numbers that must stay: ids, times, versions.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::kind::Kind;
use super::numbers::{card, iban, phone, ssn};
use super::scan::Seen;
use super::text::{before, is_word, run_end, run_start};
use super::words::is_user;

/// An identity and the spelling that all its spellings share.
pub(super) struct Identity<'l> {
    pub(super) place: Range<usize>,
    pub(super) kind: Kind,
    pub(super) normal: Cow<'l, str>,
}

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
pub(super) fn find<'l>(line: &'l str, seen: Seen, asked: Asked, found: &mut Vec<Identity<'l>>) {
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
fn rare_numbers<'l>(line: &'l str, seen: Seen, found: &mut Vec<Identity<'l>>) {
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
            if end - start >= LONG_NUMBER_BYTES {
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

/// The shortest card has so many digits; an IBAN is longer.
const LONG_NUMBER_BYTES: usize = 13;

fn is_of_long_number(byte: u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_uppercase() || matches!(byte, b' ' | b'-')
}

/// IPv4 addresses, from the dot behind their first number.
fn dotted_addresses<'l>(line: &'l str, found: &mut Vec<Identity<'l>>) {
    let bytes = line.as_bytes();
    let mut until = 0;
    for dot in memchr::memchr_iter(b'.', bytes) {
        let is_between = dot > until
            && bytes[dot - 1].is_ascii_digit()
            && bytes.get(dot + 1).is_some_and(u8::is_ascii_digit);
        if !is_between {
            continue;
        }
        let start = run_start(bytes, dot, OCTET_DIGITS_MAX + 1, |byte| byte.is_ascii_digit());
        let is_octet = dot - start <= OCTET_DIGITS_MAX && start < dot;
        if is_octet && !before(bytes, start).is_some_and(is_word) {
            until = ip4(line, start, Asked::default(), found).unwrap_or_default();
        }
    }
}

const OCTET_DIGITS_MAX: usize = 3;

/// Everything in a part of the line that begins with a digit, or with `+`, `(` or the two letters of
/// an IBAN.
fn numbers<'l>(line: &'l str, part: Range<usize>, asked: Asked, found: &mut Vec<Identity<'l>>) {
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
fn iban_around<'l>(line: &'l str, at: usize, found: &mut Vec<Identity<'l>>) -> Option<usize> {
    let bytes = line.as_bytes();
    let start = at.checked_sub(2)?;
    let is_head = bytes[start..at].iter().all(u8::is_ascii_uppercase);
    let starts_here = !before(bytes, start).is_some_and(is_word);
    (is_head && starts_here).then(|| iban(line, start, found)).flatten()
}

/// `/home/NAME/`, `C:\\Users\\NAME\\`: the folder is named after the person.
fn home_folders<'l>(line: &'l str, found: &mut Vec<Identity<'l>>) {
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
                found.push(Identity {
                    place: start..end,
                    kind: Kind::User,
                    normal: name.to_lowercase().into(),
                });
            }
        }
    }
}

fn emails<'l>(line: &'l str, found: &mut Vec<Identity<'l>>) {
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
            found.push(Identity {
                place: start..end,
                kind: Kind::Email,
                normal: format!("{local}@{domain}").to_lowercase().into(),
            });
        }
    }
}

/// A number that starts here: an address, a card, an SSN or a phone. The end of what it took.
fn number<'l>(
    line: &'l str,
    start: usize,
    asked: Asked,
    found: &mut Vec<Identity<'l>>,
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

fn ip4<'l>(
    line: &'l str,
    start: usize,
    asked: Asked,
    found: &mut Vec<Identity<'l>>,
) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut end = run_end(bytes, start, 64, |byte| byte.is_ascii_digit() || byte == b'.');
    let run = end;
    if bytes[end - 1] == b'.' {
        end -= 1;
    }
    let follows = bytes.get(run).copied().is_some_and(|byte| is_word(byte) && run == end);
    let Some(address) = parse_ip4(&bytes[start..end]) else {
        return phone(line, start, asked, found).or(Some(run));
    };
    if !follows
        && before(bytes, start) != Some(b'.')
        && !stays4(address)
        && !is_version(line, start, end)
    {
        // an address has one spelling
        found.push(Identity { place: start..end, kind: Kind::Ip, normal: line[start..end].into() });
    }
    Some(run)
}

/// As the standard library reads it, without its parser for every form of address.
fn parse_ip4(text: &[u8]) -> Option<Ipv4Addr> {
    let mut octets = [0_u8; 4];
    let mut parts = text.split(|byte| *byte == b'.');
    for octet in &mut octets {
        let part = parts.next()?;
        let is_plain = part.len() == 1 || part.first() != Some(&b'0');
        if part.is_empty() || part.len() > 3 || !is_plain {
            return None;
        }
        let value = part.iter().try_fold(0_u16, |value, digit| {
            digit.is_ascii_digit().then(|| value * 10 + u16::from(digit - b'0'))
        })?;
        *octet = u8::try_from(value).ok()?;
    }
    parts.next().is_none().then(|| octets.into())
}

/// Addresses that say nothing about anyone and much about a fault.
fn stays4(address: Ipv4Addr) -> bool {
    const RESOLVERS: [[u8; 4]; 8] = [
        [1, 1, 1, 1],
        [1, 0, 0, 1],
        [8, 8, 8, 8],
        [8, 8, 4, 4],
        [9, 9, 9, 9],
        [149, 112, 112, 112],
        [208, 67, 222, 222],
        [208, 67, 220, 220],
    ];
    address.is_loopback()
        || address.is_unspecified()
        || address.is_link_local()
        || address.is_documentation()
        || address.octets()[0] == 255
        || RESOLVERS.contains(&address.octets())
}

/// `version 1.2.3.4`, `v1.2.3.4`, `Chrome/1.2.3.4`.
fn is_version(line: &str, start: usize, end: usize) -> bool {
    let bytes = line.as_bytes();
    let has_port =
        bytes.get(end) == Some(&b':') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    if has_port {
        return false;
    }
    let head_start = run_start(bytes, start, 16, |byte| byte.is_ascii());
    let head = line.get(head_start..start).unwrap_or_default();
    let word = head.trim_end_matches(['"', '\'', '=', ':', ' ', '\\', '(']).as_bytes();
    let ends = |name: &&str| {
        let at = word.len().checked_sub(name.len());
        at.is_some_and(|at| word[at..].eq_ignore_ascii_case(name.as_bytes()))
    };
    if ["version", "ver", "release", "build", "driver", "firmware"].iter().any(|name| ends(&name)) {
        return true;
    }
    let product = head.strip_suffix('/').unwrap_or_default();
    let product_start =
        product.rfind(|letter: char| !letter.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
    product[product_start..].starts_with(|letter: char| letter.is_ascii_uppercase())
}

/// IPv6 and MAC addresses with colons: two together or at least five, never far apart. The colons
/// of times and of sentences are passed over.
fn colon_addresses<'l>(line: &'l str, found: &mut Vec<Identity<'l>>) {
    const APART_MAX: usize = 5;
    let bytes = line.as_bytes();
    let mut colons = memchr::memchr_iter(b':', bytes).peekable();
    while let Some(first) = colons.next() {
        let (mut last, mut count, mut is_double) = (first, 1, false);
        while let Some(next) = colons.next_if(|next| next - last <= APART_MAX) {
            is_double |= next == last + 1;
            count += 1;
            last = next;
        }
        if is_double || count >= 5 {
            chained_addresses(line, first..last + 1, found);
        }
    }
}

/// The addresses whose colons are in this part of the line.
fn chained_addresses<'l>(line: &'l str, colons: Range<usize>, found: &mut Vec<Identity<'l>>) {
    let bytes = line.as_bytes();
    let belongs = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    let (mut at, mut floor) = (colons.start, 0);
    while at < colons.end
        && let Some(offset) = memchr::memchr(b':', &bytes[at..colons.end])
    {
        let colon = at + offset;
        let start = run_start(bytes, colon, 48, belongs).max(floor);
        let mut end = run_end(bytes, colon, 48, belongs);
        at = end.max(colon + 1);
        floor = at;
        let cut_word = before(bytes, start).is_some_and(is_word)
            || bytes.get(end).copied().is_some_and(is_word);
        if cut_word || end - start < 6 {
            continue;
        }
        // a sentence or a header may go on with a colon
        while end > start && matches!(bytes[end - 1], b'.' | b':') && !line[..end].ends_with("::") {
            end -= 1;
        }
        let text = line[start..end].trim_start_matches('.');
        let start = end - text.len();
        if let Some(address) = parse_ip6(text) {
            found.push(Identity {
                place: start..end,
                kind: Kind::Ip,
                normal: address.to_string().into(),
            });
        } else if let Some(normal) = mac(text, ':') {
            found.push(Identity { place: start..end, kind: Kind::Mac, normal: normal.into() });
        }
    }
}

fn parse_ip6(text: &str) -> Option<Ipv6Addr> {
    let address: Ipv6Addr = text.parse().ok()?;
    let colons = text.bytes().filter(|byte| *byte == b':').count();
    let is_name = colons < 3 && !text.bytes().any(|byte| byte.is_ascii_digit());
    // link-local addresses hold the number of the machine's card: they are no less of a name
    let stays = address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || address.to_ipv4_mapped().is_some_and(stays4);
    (!is_name && !stays).then_some(address)
}

fn mac(text: &str, separator: char) -> Option<String> {
    let pairs: Vec<&str> = text.split(separator).collect();
    let is_pair =
        |pair: &&str| pair.len() == 2 && pair.bytes().all(|byte| byte.is_ascii_hexdigit());
    if pairs.len() != 6 || !pairs.iter().all(is_pair) {
        return None;
    }
    let normal = pairs.concat().to_ascii_lowercase();
    let is_nobody = normal == "000000000000" || normal == "ffffffffffff";
    (!is_nobody).then_some(normal)
}

fn dashed_macs<'l>(line: &'l str, found: &mut Vec<Identity<'l>>) {
    let bytes = line.as_bytes();
    let mut at = 2;
    while let Some(offset) = bytes.get(at..).and_then(|rest| memchr::memchr(b'-', rest)) {
        let dash = at + offset;
        at = dash + 1;
        let (start, end) = (dash - 2, dash + 15);
        if (1..5).any(|pair| bytes.get(dash + 3 * pair) != Some(&b'-')) {
            continue;
        }
        let Some(text) = line.get(start..end) else { continue };
        let continues = |byte: Option<u8>| byte.is_some_and(|byte| is_word(byte) || byte == b'-');
        if continues(before(bytes, start)) || continues(bytes.get(end).copied()) {
            continue;
        }
        if let Some(normal) = mac(text, '-') {
            found.push(Identity { place: start..end, kind: Kind::Mac, normal: normal.into() });
            at = end;
        }
    }
}

/// `ip-10-0-187-218`: an address in a host name is the same address.
fn dashed_addresses<'l>(line: &'l str, found: &mut Vec<Identity<'l>>) {
    let bytes = line.as_bytes();
    for at in memchr::memmem::find_iter(bytes, DASHED) {
        let start = at + 3;
        let end = run_end(bytes, start, 16, |byte| byte.is_ascii_digit() || byte == b'-');
        let address: Option<Ipv4Addr> = line[start..end].replace('-', ".").parse().ok();
        if let Some(address) = address.filter(|address| !stays4(*address)) {
            found.push(Identity {
                place: start..end,
                kind: Kind::Ip,
                normal: address.to_string().into(),
            });
        }
    }
}
