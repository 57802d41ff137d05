//! Placeholders: a constant for credentials, a keyed pseudonym for identities.

use std::net::IpAddr;
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

/// The placeholder for `normal`, the one spelling that all spellings of a value share.
///
/// Parts that a diagnosis compares keep a part of their own: `<email-…>@<domain-…>`,
/// `<ip-NET-SUBNET-…>`, the vendor of a MAC address. An address that looked like one would be
/// hidden again by the next run, and people would take it for real.
pub(super) fn placeholder(key: &[u8; 32], kind: Kind, normal: &str) -> String {
    match kind {
        kind if !kind.is_identity() => format!("<{}>", kind.as_str()),
        Kind::Email => match normal.split_once('@') {
            Some((_, domain)) => {
                format!("{}@{}", plain(key, kind, normal), plain(key, Kind::Domain, domain))
            }
            None => plain(key, kind, normal),
        },
        Kind::Ip => match networks(normal) {
            Some((wide, narrow)) => format!(
                "<ip-{}-{}-{}>",
                letters(key, "net", &wide),
                letters(key, "subnet", &narrow),
                token(key, kind.as_str(), normal)
            ),
            None => plain(key, kind, normal),
        },
        Kind::Mac => {
            let vendor = |place: usize| normal.get(place..place + 2).unwrap_or_default();
            format!("{}:{}:{}:{}", vendor(0), vendor(2), vendor(4), plain(key, kind, normal))
        }
        kind => plain(key, kind, normal),
    }
}

fn plain(key: &[u8; 32], kind: Kind, normal: &str) -> String {
    format!("<{}-{}>", kind.as_str(), token(key, kind.as_str(), normal))
}

/// The networks of an address that people compare: /16 and /24, or /48 and /64.
fn networks(normal: &str) -> Option<(String, String)> {
    match normal.parse().ok()? {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            Some((format!("{a}.{b}"), format!("{a}.{b}.{c}")))
        }
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Some((format!("{a:x}:{b:x}:{c:x}"), format!("{a:x}:{b:x}:{c:x}:{d:x}")))
        }
    }
}

fn token(key: &[u8; 32], name: &str, normal: &str) -> String {
    let bits = keyed_bits(key, name, normal);
    (0..PSEUDONYM_LETTERS)
        .map(|place| char::from(BASE32[(bits >> (59 - 5 * place)) as usize & 31]))
        .collect()
}

/// Letters only, so that a network is never taken for the token of an address.
fn letters(key: &[u8; 32], name: &str, normal: &str) -> String {
    let bits = keyed_bits(key, name, normal);
    (0..NETWORK_LETTERS).map(|place| char::from(b'a' + (bits >> (13 * place)) as u8 % 26)).collect()
}

fn keyed_bits(key: &[u8; 32], name: &str, normal: &str) -> u64 {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(name.as_bytes());
    mac.update(&[0]);
    mac.update(normal.as_bytes());
    let digest = mac.finalize().into_bytes();
    digest.iter().take(8).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte))
}

/// The places of earlier placeholders; nothing inside them is ever hidden again.
pub(super) fn placeholders(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes)
        .filter_map(|start| Some(start..start + 1 + placeholder_length(&text[start + 1..])?))
        .collect()
}

fn placeholder_length(after_bracket: &str) -> Option<usize> {
    Kind::ALL.iter().find_map(|kind| {
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
        let of = |key, kind, value| placeholder(&[key; 32], kind, value);
        assert_eq!(of(1, Kind::Email, "a@b.de"), of(1, Kind::Email, "a@b.de"));
        assert_ne!(of(1, Kind::Email, "a@b.de"), of(2, Kind::Email, "a@b.de"));
        assert_ne!(of(1, Kind::Email, "a@b.de")[7..], of(1, Kind::User, "a@b.de")[6..]);
        assert_eq!(of(1, Kind::Password, "a"), "<password>");
        assert_eq!(of(1, Kind::Password, "b"), "<password>");
    }

    fn plain_or_word(kind: Kind) -> String {
        if kind == Kind::Ip {
            return placeholder(&[7; 32], kind, "10.1.2.3");
        }
        if kind.is_identity() {
            plain(&[7; 32], kind, "x")
        } else {
            placeholder(&[7; 32], kind, "x")
        }
    }

    #[test]
    fn parts_that_are_compared_keep_a_part() {
        let of = |kind, value| placeholder(&[7; 32], kind, value);
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
        for kind in Kind::ALL {
            let made = plain_or_word(kind);
            let text = format!("é {made} <{}>x", "other");
            assert_eq!(placeholders(&text).first(), Some(&(3..3 + made.len())), "{text}");
        }
    }
}
