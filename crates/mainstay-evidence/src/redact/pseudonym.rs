//! Placeholders: a constant for credentials, a keyed pseudonym for identities.

use std::borrow::Cow;
use std::fmt;
use std::net::Ipv6Addr;
use std::ops::Range;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::kind::Kind;

/// Lower base32 without padding (RFC 4648): readable, and the same in every case-folding.
const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// 60 bits: an even chance of one collision needs a thousand million values.
const PSEUDONYM_LETTERS: usize = 12;

/// Letters for a network: enough for the few hundred that a bundle has.
const NETWORK_LETTERS: usize = 4;

/// Placeholders made a moment ago: a log repeats its addresses.
const REMEMBERED: usize = 1_024;
/// Longer values are rare and would only fill the memory.
const REMEMBERED_BYTES_MAX: usize = 64;
/// The longest placeholder without letters of a pseudonym is `<private-key>`.
const CONSTANT_BYTES_MAX: usize = 13;

/// The key, ready for use: half of the work for a short value is to prepare it.
#[derive(Clone)]
pub(super) struct Key(Hmac<Sha256>);

impl Key {
    pub(super) fn new(key: &[u8; 32]) -> Self {
        Self(Hmac::new_from_slice(key).expect("HMAC takes keys of any length"))
    }

    fn bits(&self, name: &str, normal: &str) -> u64 {
        let mut mac = self.0.clone();
        mac.update(name.as_bytes());
        mac.update(&[0]);
        mac.update(normal.as_bytes());
        let digest = mac.finalize().into_bytes();
        digest.iter().take(8).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Key(..)")
    }
}

/// Makes placeholders and remembers the last ones.
#[derive(Debug)]
pub(super) struct Pseudonyms<'r> {
    key: &'r Key,
    /// One place for each remainder of a hash; empty until the first identity.
    remembered: Vec<Option<Remembered>>,
}

#[derive(Debug, Clone)]
struct Remembered {
    kind: Kind,
    /// The value, and from `value_bytes` on what stands instead.
    text: String,
    value_bytes: usize,
}

impl<'r> Pseudonyms<'r> {
    pub(super) fn new(key: &'r Key) -> Self {
        Self { key, remembered: Vec::new() }
    }

    /// The other ones, of the same key, remember what was made here.
    pub(super) fn give_memory_to(&mut self, other: &mut Self) {
        debug_assert!(std::ptr::eq(self.key, other.key));
        if other.remembered.is_empty() {
            std::mem::swap(&mut self.remembered, &mut other.remembered);
        }
    }

    /// The placeholder for `normal`, the one spelling that all spellings of a value share.
    pub(super) fn placeholder(&mut self, kind: Kind, normal: &str) -> String {
        if kind == Kind::Dropped {
            return String::new();
        }
        if !kind.is_identity() {
            return format!("<{}>", kind.as_str());
        }
        if normal.len() > REMEMBERED_BYTES_MAX {
            let mut text = String::new();
            placeholder(self.key, kind, normal, &mut text);
            return text;
        }
        if self.remembered.is_empty() {
            self.remembered.resize(REMEMBERED, None);
        }
        let slot = self.remembered[slot_of(kind, normal)].get_or_insert_with(|| Remembered {
            kind,
            text: String::new(),
            value_bytes: 0,
        });
        let (value, made) = slot.text.split_at(slot.value_bytes);
        if slot.kind == kind && value == normal && !made.is_empty() {
            return made.to_owned();
        }
        slot.kind = kind;
        slot.value_bytes = normal.len();
        slot.text.clear();
        slot.text.push_str(normal);
        placeholder(self.key, kind, normal, &mut slot.text);
        slot.text[normal.len()..].to_owned()
    }
}

/// FNV-1a: only where a value is remembered depends on it.
fn slot_of(kind: Kind, normal: &str) -> usize {
    let hash = normal.bytes().fold(0xcbf2_9ce4_8422_2325 ^ kind as u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 32) as usize % REMEMBERED
}

/// Parts that a diagnosis compares keep a part of their own: `<email-…>@<domain-…>`,
/// `<ip-NET-SUBNET-…>`, the vendor of a MAC address. An address that looked like one would be
/// hidden again by the next run, and people would take it for real.
fn placeholder(key: &Key, kind: Kind, normal: &str, text: &mut String) {
    match kind {
        Kind::Email => {
            plain(key, kind, normal, text);
            if let Some((_, domain)) = normal.split_once('@') {
                text.push('@');
                plain(key, Kind::Domain, domain, text);
            }
        }
        Kind::Ip => match networks(normal) {
            Some((wide, narrow)) => {
                text.push_str("<ip-");
                letters(key.bits("net", &wide), text);
                text.push('-');
                letters(key.bits("subnet", &narrow), text);
                text.push('-');
                token(key.bits(kind.as_str(), normal), text);
                text.push('>');
            }
            None => plain(key, kind, normal, text),
        },
        Kind::Mac => {
            for place in [0, 2, 4] {
                text.push_str(normal.get(place..place + 2).unwrap_or_default());
                text.push(':');
            }
            plain(key, kind, normal, text);
        }
        kind => plain(key, kind, normal, text),
    }
}

fn plain(key: &Key, kind: Kind, normal: &str, text: &mut String) {
    text.push('<');
    text.push_str(kind.as_str());
    text.push('-');
    token(key.bits(kind.as_str(), normal), text);
    text.push('>');
}

/// The networks of an address that people compare: /16 and /24, or /48 and /64.
fn networks(normal: &str) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
    if !normal.contains(':') {
        let mut dots = memchr::memchr_iter(b'.', normal.as_bytes()).skip(1);
        let (wide, narrow) = (dots.next()?, dots.next()?);
        return Some((normal[..wide].into(), normal[..narrow].into()));
    }
    let [a, b, c, d, ..] = normal.parse::<Ipv6Addr>().ok()?.segments();
    Some((format!("{a:x}:{b:x}:{c:x}").into(), format!("{a:x}:{b:x}:{c:x}:{d:x}").into()))
}

fn token(bits: u64, text: &mut String) {
    let letters: [u8; PSEUDONYM_LETTERS] =
        std::array::from_fn(|place| BASE32[(bits >> (59 - 5 * place)) as usize & 31]);
    text.extend(letters.map(char::from));
}

/// Letters only, so that a network is never taken for the token of an address.
fn letters(bits: u64, text: &mut String) {
    let letters: [u8; NETWORK_LETTERS] =
        std::array::from_fn(|place| b'a' + (bits >> (13 * place)) as u8 % 26);
    text.extend(letters.map(char::from));
}

/// The places of earlier placeholders; nothing inside them is ever hidden again.
pub(super) fn placeholders(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes)
        .filter_map(|start| Some(start..start + 1 + placeholder_length(&text[start + 1..])?))
        .collect()
}

/// Is the text one pseudonym of an identity as it stands in a redacted text, and nothing else? Who
/// writes one down cannot write down anything else by it.
#[must_use]
pub fn is_pseudonym(text: &str) -> bool {
    let places = placeholders(text);
    let is_identity = |place: &Range<usize>| has_letters(&text[place.clone()]);
    let whole = |from: usize| match places.as_slice() {
        [one] => (one.start, one.end) == (from, text.len()) && is_identity(one),
        [name, domain] => {
            (name.start, domain.end) == (from, text.len())
                && &text[name.end..domain.start] == "@"
                && [name, domain].into_iter().all(is_identity)
        }
        _ => false,
    };
    let vendor = text.find('<').unwrap_or(0);
    let is_vendor = vendor == "00:1a:2b:".len()
        && text[..vendor]
            .split(':')
            .take(3)
            .all(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_hexdigit()));
    whole(0) || (is_vendor && text[vendor..].starts_with("<mac-") && whole(vendor))
}

/// Is it the placeholder of an identity? Its letters are drawn at random and mean nothing.
pub(super) fn has_letters(placeholder: &str) -> bool {
    placeholder.len() > CONSTANT_BYTES_MAX
}

fn placeholder_length(after_bracket: &str) -> Option<usize> {
    let first = after_bracket.as_bytes().first()?;
    let kinds = Kind::ALL.iter().filter(|kind| kind.as_str().as_bytes()[0] == *first);
    kinds.into_iter().find_map(|kind| {
        let rest = after_bracket.strip_prefix(kind.as_str())?;
        let length = kind.as_str().len();
        if !kind.is_identity() {
            return rest.starts_with('>').then_some(length + 1);
        }
        let rest = rest.strip_prefix('-')?;
        let networks = if *kind == Kind::Ip { networks_length(rest) } else { 0 };
        let letters = rest.as_bytes().get(networks..=networks + PSEUDONYM_LETTERS)?;
        let (last, letters) = letters.split_last()?;
        let fits = *last == b'>' && letters.iter().all(|letter| BASE32.contains(letter));
        fits.then_some(length + networks + PSEUDONYM_LETTERS + 2)
    })
}

/// `abcd-efgh-` of an address.
fn networks_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_group = |at: usize| {
        bytes.get(at..=at + NETWORK_LETTERS).is_some_and(|group| {
            group[..NETWORK_LETTERS].iter().all(u8::is_ascii_lowercase)
                && group[NETWORK_LETTERS] == b'-'
        })
    };
    let both = is_group(0) && is_group(NETWORK_LETTERS + 1);
    if both { 2 * (NETWORK_LETTERS + 1) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pseudonyms_depend_on_key_kind_and_value_only() {
        let of = |key, kind, value| made(&[key; 32], kind, value);
        assert_eq!(of(1, Kind::Email, "a@b.de"), of(1, Kind::Email, "a@b.de"));
        assert_ne!(of(1, Kind::Email, "a@b.de"), of(2, Kind::Email, "a@b.de"));
        assert_ne!(of(1, Kind::Email, "a@b.de")[7..], of(1, Kind::User, "a@b.de")[6..]);
        assert_eq!(of(1, Kind::Password, "a"), "<password>");
        assert_eq!(of(1, Kind::Password, "b"), "<password>");
    }

    fn made(key: &[u8; 32], kind: Kind, normal: &str) -> String {
        let key = Key::new(key);
        let mut pseudonyms = Pseudonyms::new(&key);
        let first = pseudonyms.placeholder(kind, normal);
        assert_eq!(pseudonyms.placeholder(kind, normal), first, "remembered");
        first
    }

    #[test]
    fn parts_that_are_compared_keep_a_part() {
        let of = |kind, value| made(&[7; 32], kind, value);
        let (one, two) = (of(Kind::Ip, "10.42.3.17"), of(Kind::Ip, "10.42.3.23"));
        let (other, far) = (of(Kind::Ip, "10.42.9.17"), of(Kind::Ip, "10.43.3.17"));
        assert_eq!(one[..14], two[..14], "one subnet");
        assert_ne!(one, two);
        assert_eq!(one[..9], other[..9], "one network");
        assert_ne!(one[..14], other[..14]);
        assert_ne!(one[..9], far[..9]);
        let domain = |text: String| text.split_once('@').map(|(_, domain)| domain.to_owned());
        assert_eq!(domain(of(Kind::Email, "a@b.de")), domain(of(Kind::Email, "c@b.de")));
        assert!(of(Kind::Mac, "001a2b3c4d5e").starts_with("00:1a:2b:<mac-"));
    }

    #[test]
    fn a_placeholder_is_known_again() {
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Dropped) {
            let value = if kind == Kind::Mac { "001a2b3c4d5e" } else { "10.1.2.3" };
            let made = made(&[7; 32], kind, value);
            let text = format!("é {made} <{}>x", "other");
            let places = placeholders(&text);
            let whole = if kind == Kind::Mac { 12..3 + made.len() } else { 3..3 + made.len() };
            assert_eq!(places.first(), Some(&whole), "{text}");
            assert_eq!(has_letters(&text[whole]), kind.is_identity(), "{text}");
            assert_eq!(is_pseudonym(&made), kind.is_identity(), "{made}");
            for more in [format!("{made} "), format!("x{made}"), format!("{made}{made}")] {
                assert!(!is_pseudonym(&more), "{more}");
            }
        }
    }
}
