//! Why something stays that looks as if it should go: the other half of `--explain`.

use std::net::Ipv4Addr;
use std::ops::Range;

use super::address;
use super::keyed;
use super::numbers;
use super::resolve::touches;
use super::scan::{Hits, Marks, Wanted};
use super::telling::telling;
use super::text::{is_uuid, is_word};
use super::words::{is_path, is_placeholder};

/// A longer text is a file, and nobody reads so many reasons.
const KEPT_MAX: usize = 200;

/// A place that was looked at and stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub place: Range<usize>,
    pub reason: &'static str,
}

/// The places of a line that are not in `hidden` and yet were candidates.
pub(super) fn kept(line: &str, hidden: &[Range<usize>]) -> Vec<Kept> {
    let mut kept = Vec::new();
    names(line, &mut kept);
    words(line, &mut kept);
    kept.retain(|one| !one.place.is_empty() && !touches(hidden, &one.place));
    kept.sort_by_key(|one| (one.place.start, one.place.end));
    kept.dedup_by(|next, last| next.place.start < last.place.end);
    kept.truncate(KEPT_MAX);
    kept
}

/// Names that tell, with values that do not look like one.
fn names(line: &str, kept: &mut Vec<Kept>) {
    for hit in Hits::of(line, &mut Marks::default()) {
        if !matches!(hit.wanted, Wanted::Name) {
            continue;
        }
        let Some(name) = keyed::name_around(line, hit.place) else { continue };
        if telling(&line[name.clone()]).is_none() {
            continue;
        }
        let rest = line[name.end..].trim_start_matches(['"', '\'', ' ']);
        let Some(value) = rest.strip_prefix(['=', ':']) else {
            kept.push(Kept { place: name, reason: "a name without a value beside it" });
            continue;
        };
        let value = value.trim_start_matches(['"', '\'', ' ']);
        let start = line.len() - value.len();
        let length = value.find(['"', '\'', ' ', ',', ';', '&']).unwrap_or(value.len());
        let value = &value[..length];
        let reason = if is_placeholder(value) {
            "a placeholder: nothing is left to hide"
        } else if is_path(value) {
            "a path: where a secret is kept, not the secret"
        } else {
            "a value that its name does not make a secret: too short, a word, or not random"
        };
        kept.push(Kept { place: start..start + length, reason });
    }
}

/// Numbers and ids by their shape.
fn words(line: &str, kept: &mut Vec<Kept>) {
    let bytes = line.as_bytes();
    let belongs = |byte: u8| is_word(byte) || matches!(byte, b'.' | b'-');
    let mut at = 0;
    while at < bytes.len() {
        if !belongs(bytes[at]) {
            at += 1;
            continue;
        }
        let end = super::text::run_end(bytes, at, usize::MAX, belongs);
        let place = at..end;
        at = end;
        let Some(word) = line.get(place.clone()).map(|word| word.trim_end_matches(['.', '-']))
        else {
            continue;
        };
        if let Some(reason) = reason(word, line, place.start) {
            kept.push(Kept { place: place.start..place.start + word.len(), reason });
        }
    }
}

fn reason(word: &str, line: &str, start: usize) -> Option<&'static str> {
    if let Ok(address) = word.parse::<Ipv4Addr>() {
        return Some(if address::stays4(address) {
            "an address that is nobody's: loopback, documentation, link-local or a public resolver"
        } else {
            "four numbers of a version"
        });
    }
    if is_uuid(word) {
        return Some("a UUID: an id that correlates, not a secret");
    }
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    if digits && (13..=19).contains(&word.len()) {
        return Some(if !numbers::is_card(word) {
            "a long number without the checksum of a card: an id or a time"
        } else if numbers::is_named_id(line, start) {
            "the name beside it says that it is an id"
        } else {
            "a long number in a place where no card stands"
        });
    }
    let is_hex = word.bytes().all(|byte| byte.is_ascii_hexdigit());
    match word.len() {
        16 | 32 | 40 | 64 if is_hex && !digits => {
            Some("hexadecimal digits of an id: a span, a trace, a commit or a digest")
        }
        _ => None,
    }
}
