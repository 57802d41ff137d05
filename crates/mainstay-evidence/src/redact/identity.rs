//! People and machines: mail addresses, IP and MAC addresses, payment cards, IBAN, SSN, phones.
//!
//! Scanners by hand, linear in the line. Each value is checked (range, checksum, context), because
//! a log is full of numbers that must stay: ids, times, versions.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::kind::Kind;
use super::numbers::{card, iban, phone, ssn};
use super::text::{before, is_word, run_end, run_start};
use super::words::is_user;

/// An identity and the spelling that all its spellings share.
pub(super) struct Identity {
    pub(super) place: Range<usize>,
    pub(super) kind: Kind,
    pub(super) normal: String,
}

/// What the prefilter looks for before the slower scanners run.
pub(super) const FOLDERS: [&str; 3] = ["home/", "Users/", "Users\\"];
pub(super) const DASHED: &str = "ip-";

/// Every identity of a line that is known by its own shape.
pub(super) fn find(line: &str, found: &mut Vec<Identity>) {
    let bytes = line.as_bytes();
    emails(line, found);
    let mut at = 0;
    let mut colons = 0_u32;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_lowercase() || byte == b' ' {
            at += 1;
            continue;
        }
        colons += u32::from(byte == b':');
        let starts_here = || !before(bytes, at).is_some_and(is_word);
        let end = match byte {
            b'0'..=b'9' if starts_here() => number(line, at, found),
            b'+' | b'(' if starts_here() => phone(line, at, found),
            b'A'..=b'Z' if is_iban_head(&bytes[at..]) && starts_here() => iban(line, at, found),
            _ => None,
        };
        at = end.unwrap_or(at + 1);
    }
    if colons >= 2 {
        colon_addresses(line, found);
    }
    dashed_macs(line, found);
}

/// Two capitals and two digits.
fn is_iban_head(bytes: &[u8]) -> bool {
    matches!(bytes, [_, b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9', ..])
}

/// `/home/NAME/`, `C:\\Users\\NAME\\`: the folder is named after the person.
pub(super) fn home_folders(line: &str, found: &mut Vec<Identity>) {
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
                    normal: name.to_lowercase(),
                });
            }
        }
    }
}

fn emails(line: &str, found: &mut Vec<Identity>) {
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
                normal: format!("{local}@{domain}").to_lowercase(),
            });
        }
    }
}

/// A number that starts here: an address, a card, an SSN or a phone. The end of what it took.
fn number(line: &str, start: usize, found: &mut Vec<Identity>) -> Option<usize> {
    let bytes = line.as_bytes();
    let end = run_end(bytes, start, 64, |byte| byte.is_ascii_digit());
    if bytes.get(end) == Some(&b'.') && end - start <= 3 {
        return ip4(line, start, found);
    }
    let dashed_before = matches!(before(bytes, start), Some(b'-' | b'.'));
    if !dashed_before {
        return card(line, start, found)
            .or_else(|| ssn(line, start, found))
            .or_else(|| phone(line, start, found))
            .or(Some(end.max(start + 1)));
    }
    Some(end.max(start + 1))
}

fn ip4(line: &str, start: usize, found: &mut Vec<Identity>) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut end = run_end(bytes, start, 64, |byte| byte.is_ascii_digit() || byte == b'.');
    let run = end;
    if bytes[end - 1] == b'.' {
        end -= 1;
    }
    let follows = bytes.get(run).copied().is_some_and(|byte| is_word(byte) && run == end);
    let text = &line[start..end];
    let address: Option<Ipv4Addr> = text.parse().ok();
    if let Some(address) = address
        && !follows
        && before(bytes, start) != Some(b'.')
        && !stays4(address)
        && !is_version(line, start, end)
    {
        found.push(Identity { place: start..end, kind: Kind::Ip, normal: address.to_string() });
    }
    if address.is_none() {
        return phone(line, start, found).or(Some(run));
    }
    Some(run)
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
    let word = head.trim_end_matches(['"', '\'', '=', ':', ' ', '\\', '(']).to_ascii_lowercase();
    if ["version", "ver", "release", "build", "driver", "firmware"]
        .iter()
        .any(|name| word.ends_with(name))
    {
        return true;
    }
    let product = head.strip_suffix('/').unwrap_or_default();
    let product_start =
        product.rfind(|letter: char| !letter.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
    product[product_start..].starts_with(|letter: char| letter.is_ascii_uppercase())
}

/// IPv6 and MAC addresses with colons.
fn colon_addresses(line: &str, found: &mut Vec<Identity>) {
    let bytes = line.as_bytes();
    let belongs = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    let mut at = 0;
    while let Some(offset) = memchr::memchr(b':', &bytes[at..]) {
        let colon = at + offset;
        let start = run_start(bytes, colon, 48, belongs).max(at);
        let mut end = run_end(bytes, colon, 48, belongs);
        at = end.max(colon + 1);
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
            found.push(Identity { place: start..end, kind: Kind::Ip, normal: address.to_string() });
        } else if let Some(normal) = mac(text, ':') {
            found.push(Identity { place: start..end, kind: Kind::Mac, normal });
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

fn dashed_macs(line: &str, found: &mut Vec<Identity>) {
    let bytes = line.as_bytes();
    let mut at = 2;
    while let Some(offset) = bytes.get(at..).and_then(|rest| memchr::memchr(b'-', rest)) {
        let dash = at + offset;
        at = dash + 1;
        let (start, end) = (dash - 2, dash + 15);
        let Some(text) = line.get(start..end) else { continue };
        let continues = |byte: Option<u8>| byte.is_some_and(|byte| is_word(byte) || byte == b'-');
        if continues(before(bytes, start)) || continues(bytes.get(end).copied()) {
            continue;
        }
        if let Some(normal) = mac(text, '-') {
            found.push(Identity { place: start..end, kind: Kind::Mac, normal });
            at = end;
        }
    }
}

/// `ip-10-0-187-218`: an address in a host name is the same address.
pub(super) fn dashed_addresses(line: &str, found: &mut Vec<Identity>) {
    let bytes = line.as_bytes();
    for at in memchr::memmem::find_iter(bytes, DASHED) {
        let start = at + 3;
        let end = run_end(bytes, start, 16, |byte| byte.is_ascii_digit() || byte == b'-');
        let address: Option<Ipv4Addr> = line[start..end].replace('-', ".").parse().ok();
        if let Some(address) = address.filter(|address| !stays4(*address)) {
            found.push(Identity { place: start..end, kind: Kind::Ip, normal: address.to_string() });
        }
    }
}
