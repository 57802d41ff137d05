//! Addresses of machines: IPv4, IPv6 and MAC, with those that say nothing about anyone left alone.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::identity::{Asked, DASHED};
use super::kind::Kind;
use super::numbers::phone;
use super::resolve::Candidate;
use super::text::{before, is_word, run_end, run_start};

/// IPv4 addresses, from the dot behind their first number.
pub(super) fn dotted_addresses<'l>(line: &'l str, found: &mut Vec<Candidate<'l>>) {
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

pub(super) const OCTET_DIGITS_MAX: usize = 3;

/// The IPv4 address that starts here; if there is none, a phone may. The end of what was looked at.
pub(super) fn ip4<'l>(
    line: &'l str,
    start: usize,
    asked: Asked,
    found: &mut Vec<Candidate<'l>>,
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
        found.push(Candidate::shape(start..end, Kind::Ip, &line[start..end]));
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
pub(super) fn stays4(address: Ipv4Addr) -> bool {
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
    let head = &bytes[start.saturating_sub(16)..start];
    let is_filler = |byte: &u8| matches!(byte, b'"' | b'\'' | b'=' | b':' | b' ' | b'\\' | b'(');
    let word_end = head.iter().rposition(|byte| !is_filler(byte)).map_or(0, |last| last + 1);
    let word = &head[..word_end];
    let ends = |name: &str| {
        let start = word.len().checked_sub(name.len());
        start.is_some_and(|start| word[start..].eq_ignore_ascii_case(name.as_bytes()))
    };
    if ["version", "ver", "release", "build", "driver", "firmware"].into_iter().any(ends) {
        return true;
    }
    let Some((b'/', product)) = head.split_last() else { return false };
    let product_start =
        product.iter().rposition(|byte| !byte.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
    product[product_start..].first().is_some_and(u8::is_ascii_uppercase)
}

/// IPv6 and MAC addresses with colons: two together or at least five, never far apart. The colons
/// of times and of sentences are passed over.
pub(super) fn colon_addresses<'l>(line: &'l str, found: &mut Vec<Candidate<'l>>) {
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
fn chained_addresses<'l>(line: &'l str, colons: Range<usize>, found: &mut Vec<Candidate<'l>>) {
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
            found.push(Candidate::shape(start..end, Kind::Ip, address.to_string()));
        } else if let Some(normal) = mac(text, ':') {
            found.push(Candidate::shape(start..end, Kind::Mac, normal));
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

/// MAC addresses with dashes.
pub(super) fn dashed_macs<'l>(line: &'l str, found: &mut Vec<Candidate<'l>>) {
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
            found.push(Candidate::shape(start..end, Kind::Mac, normal));
            at = end;
        }
    }
}

/// `ip-10-0-187-218`: an address in a host name is the same address.
pub(super) fn dashed_addresses<'l>(line: &'l str, found: &mut Vec<Candidate<'l>>) {
    let bytes = line.as_bytes();
    for at in memchr::memmem::find_iter(bytes, DASHED) {
        let start = at + 3;
        let end = run_end(bytes, start, 16, |byte| byte.is_ascii_digit() || byte == b'-');
        let address: Option<Ipv4Addr> = line[start..end].replace('-', ".").parse().ok();
        let is_whole = !bytes.get(end).copied().is_some_and(is_word);
        if let Some(address) = address.filter(|address| is_whole && !stays4(*address)) {
            found.push(Candidate::shape(start..end, Kind::Ip, address.to_string()));
        }
    }
}
