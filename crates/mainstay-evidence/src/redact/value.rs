//! Where a named value begins and ends, and whether it is worth hiding.

use std::ops::Range;

use super::keyed::Found;
use super::kind::Kind;
use super::person;
use super::telling::Telling;
use super::text::{is_unpronounceable, is_uuid, looks_random};
use super::words::{is_path, is_placeholder, is_user};

/// A longer value is hidden without a look at what it is.
const JUDGED_BYTES: usize = 4_096;
/// A longer word is none.
const WORD_BYTES_MAX: usize = 20;

/// The place of a value and how it is written.
pub(super) struct Setting {
    place: Range<usize>,
    quoted: bool,
    /// The name was quoted and the value is not: a number in JSON.
    bare_in_json: bool,
    /// No separator but a blank.
    pub(super) by_blank: bool,
    /// After a colon and a blank in the middle of a line.
    pub(super) prose: bool,
    /// `NAME=value` on a line of its own.
    pub(super) to_line_end: bool,
    pub(super) yaml: bool,
    /// The name ends in capitals.
    pub(super) is_shouted: bool,
    is_json: bool,
}

impl Setting {
    /// The value that starts at `at`, quoted or not.
    pub(super) fn new(line: &str, at: usize, is_json: bool, quoted_name: bool) -> Option<Self> {
        if let Some(quoted) = Self::quoted(line, at, is_json) {
            // a plain name inside a string: this quote ends the string, it opens no value
            let is_string_end =
                !quoted_name && line[quoted.place.start..].starts_with([',', '}', ']', ':']);
            return (!is_string_end).then_some(quoted);
        }
        let bytes = line.as_bytes();
        bytes.get(at).filter(|byte| !byte.is_ascii_whitespace())?;
        let mut setting = Self::at(at..at, is_json);
        setting.bare_in_json = quoted_name;
        Some(setting)
    }

    /// The value in quotes that starts at `at`; without the closing quote it ends with the line.
    pub(super) fn quoted(line: &str, at: usize, is_json: bool) -> Option<Self> {
        let bytes = line.as_bytes();
        if let Some(rest) = line.get(at..).and_then(|rest| rest.strip_prefix("%22")) {
            let length = rest.find("%22").unwrap_or_else(|| rest.find(' ').unwrap_or(rest.len()));
            let mut setting = Self::at(at + 3..at + 3 + length, is_json);
            setting.quoted = true;
            return Some(setting);
        }
        let mut start = at;
        while bytes.get(start) == Some(&b'\\') {
            start += 1;
        }
        let escapes = start - at;
        let quote = *bytes.get(start).filter(|byte| matches!(byte, b'"' | b'\'' | b'`'))?;
        start += 1;
        let mut setting = Self::at(start..quote_end(bytes, start, quote, escapes), is_json);
        setting.quoted = true;
        Some(setting)
    }

    /// The text of an XML element that starts at `at`.
    pub(super) fn element(line: &str, at: usize) -> Option<Self> {
        let length = memchr::memchr(b'<', &line.as_bytes()[at..]).unwrap_or(line.len() - at);
        let mut setting = Self::at(at..at + length, false);
        setting.quoted = true;
        (length > 0).then_some(setting)
    }

    pub(super) fn into_place(self) -> Range<usize> {
        self.place
    }

    fn at(place: Range<usize>, is_json: bool) -> Self {
        Self {
            place,
            quoted: false,
            bare_in_json: false,
            by_blank: false,
            prose: false,
            to_line_end: false,
            yaml: false,
            is_shouted: false,
            is_json,
        }
    }
}

/// The closing quote has as many backslashes before it as the opening one, or the value's own
/// quotes would end it.
fn quote_end(bytes: &[u8], start: usize, quote: u8, escapes: usize) -> usize {
    let mut from = start;
    while let Some(found) = memchr::memchr(quote, &bytes[from..]) {
        let at = from + found;
        let run = bytes[start..at].iter().rev().take_while(|byte| **byte == b'\\').count();
        if run <= escapes && (escapes > 0 || run == 0) || (escapes == 0 && run % 2 == 0) {
            return at - run.min(escapes);
        }
        from = at + 1;
    }
    bytes.len()
}

/// The one value of a setting.
pub(super) fn single(line: &str, setting: &Setting, telling: Telling) -> Option<Found> {
    let mut place = setting.place.clone();
    if !setting.quoted {
        place.end = bare_end(line.as_bytes(), place.start, setting);
    }
    if telling == Telling::Authorization {
        place = after_scheme(line, place, setting);
    } else {
        place = after_bearer(line, place, setting);
    }
    let text = line.get(place.clone())?;
    let worth = place.len() > JUDGED_BYTES || is_worth_hiding(text, line, &place, setting, telling);
    let kind = match telling {
        Telling::Password => Kind::Password,
        Telling::User => Kind::User,
        Telling::Session | Telling::WeakSession => Kind::Session,
        _ => Kind::Secret,
    };
    (worth && !place.is_empty()).then_some(Found { place, kind })
}

/// The name of a person, of at least so many words.
pub(super) fn person(line: &str, setting: &Setting, least: usize) -> Option<Found> {
    let place = if setting.quoted {
        setting.place.clone()
    } else {
        person::words(line, setting.place.start)
    };
    let is_name = person::is_name(line.get(place.clone())?, least);
    is_name.then_some(Found { place, kind: Kind::Person })
}

/// Every cookie's value; names stay, they tell which session system was there.
pub(super) fn cookies(line: &str, setting: &Setting) -> Vec<Found> {
    const ATTRIBUTES: [&str; 6] = ["path", "domain", "expires", "max-age", "samesite", "version"];
    let mut place = setting.place.clone();
    if !setting.quoted {
        let rest = &line.as_bytes()[place.start..];
        place.end = place.start + memchr::memchr3(b'"', b'\'', b'<', rest).unwrap_or(rest.len());
    }
    let mut found = Vec::new();
    let Some(text) = line.get(place.clone()) else { return found };
    let mut start = place.start;
    for part in text.split(';') {
        let pair = part.split_once('=').filter(|(name, value)| {
            !value.trim().is_empty()
                && !ATTRIBUTES.contains(&name.trim().to_ascii_lowercase().as_str())
        });
        if let Some((name, value)) = pair {
            let value_start = start + name.len() + 1;
            let value_end = value_start + value.trim_end_matches(['\\', ' ']).len();
            if value_end > value_start && is_credential(name.trim(), &line[value_start..value_end])
            {
                found.push(Found { place: value_start..value_end, kind: Kind::Cookie });
            }
        }
        start += part.len() + 1;
    }
    found
}

/// `theme=dark` may stay, it may even be the fault.
fn is_credential(name: &str, value: &str) -> bool {
    let tells = super::telling::telling(name).is_some();
    !is_placeholder(value) && (tells || value.len() >= 8)
}

fn bare_end(bytes: &[u8], start: usize, setting: &Setting) -> usize {
    let mut at = start;
    let mut open = 0_u32;
    while let Some(byte) = bytes.get(at) {
        let ends = match byte {
            // `{SSHA}…`: a bracket of the value's own
            b'(' | b'[' | b'{' => {
                open += 1;
                false
            }
            b')' | b']' | b'}' if open > 0 => {
                open -= 1;
                false
            }
            b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'`' => true,
            b'\'' => at > start && !setting.to_line_end,
            b'%' => bytes[at..].starts_with(b"%26") || bytes[at..].starts_with(b"%22"),
            b',' | b';' | b'&' | b'<' | b'>' | b')' | b']' | b'}' | b'|' => !setting.to_line_end,
            b'\\' => match bytes.get(at + 1) {
                Some(b'"') => true,
                Some(b'n' | b'r' | b't' | b'u') => setting.is_json,
                _ => false,
            },
            _ => false,
        };
        if ends {
            break;
        }
        at += 1;
    }
    while at > start && matches!(bytes[at - 1], b',' | b';') {
        at -= 1;
    }
    // a full stop ends the sentence, not the value
    let ends_text = bytes.get(at).is_none_or(u8::is_ascii_whitespace);
    if at > start + 1 && bytes[at - 1] == b'.' && ends_text && !setting.to_line_end {
        at -= 1;
    }
    at
}

/// `Bearer x`, `Basic x`, `Token x`, `Digest a=…, b=…`: the scheme stays.
fn after_scheme(line: &str, place: Range<usize>, setting: &Setting) -> Range<usize> {
    let whole = if setting.quoted {
        place
    } else {
        let rest = &line.as_bytes()[place.start..];
        let length =
            rest.iter().position(|byte| matches!(byte, b'"' | b'\'' | b'<')).unwrap_or(rest.len());
        place.start..place.start + length
    };
    let Some(text) = line.get(whole.clone()) else { return whole };
    let text = text.trim_end_matches(['\\', ' ', '\r', ',']);
    let (scheme, credentials) = text.split_once([' ', '+']).unwrap_or((text, ""));
    let is_scheme = scheme.len() <= 20
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !credentials.is_empty();
    if !is_scheme {
        // a scheme alone has no credentials
        let is_alone = ["bearer", "basic", "digest", "negotiate", "token"]
            .iter()
            .any(|word| scheme.eq_ignore_ascii_case(word));
        let length = if is_alone { 0 } else { scheme.len() };
        return whole.start..whole.start + length;
    }
    let has_fields = scheme.eq_ignore_ascii_case("digest") || scheme.starts_with("AWS4");
    let length = if setting.quoted || has_fields {
        credentials.len()
    } else {
        credentials.find(' ').unwrap_or(credentials.len())
    };
    let start = whole.start + scheme.len() + 1;
    start..start + length
}

/// `token: Bearer x`: the value is the second word.
fn after_bearer(line: &str, place: Range<usize>, setting: &Setting) -> Range<usize> {
    let text = line.get(place.clone()).unwrap_or_default();
    let scheme = text.split(' ').next().unwrap_or_default();
    let is_scheme =
        ["bearer", "basic", "token", "oauth"].iter().any(|word| scheme.eq_ignore_ascii_case(word));
    let start = place.start + scheme.len() + 1;
    if !is_scheme || start >= line.len() || line.as_bytes()[start - 1] != b' ' {
        return place;
    }
    if setting.quoted {
        return start.min(place.end)..place.end;
    }
    start..bare_end(line.as_bytes(), start, setting)
}

fn is_worth_hiding(
    text: &str,
    line: &str,
    place: &Range<usize>,
    setting: &Setting,
    telling: Telling,
) -> bool {
    // ZooKeeper's sessions and every pointer: an id, never a credential
    let is_hex_id = text.starts_with("0x") && text.len() <= 32;
    // `"password": {` opens an object, `password: |` a block of lines
    let is_bracket = !setting.quoted && text.bytes().all(|byte| b"{[(|>-+".contains(&byte));
    if is_bracket || text.trim().is_empty() || is_placeholder(text) || is_path(text) || is_hex_id {
        return false;
    }
    let is_words = text
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_' | b'.' | b' '));
    let is_sql = setting.quoted && telling == Telling::Password;
    if setting.by_blank && !is_sql {
        // `cache key 5f2a…`: after a blank and a common word an id is an id
        let is_shouted = setting.is_shouted && text.len() >= 20;
        if is_shouted && is_unpronounceable(text) {
            return true;
        }
        let is_id = !is_shouted
            && matches!(telling, Telling::Weak | Telling::WeakSession)
            && (text.len() < 16
                || is_uuid(text)
                || text.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if is_id || !looks_random(text) {
            return false;
        }
    }
    if setting.prose && is_words && line[place.end..].starts_with(' ') {
        return false;
    }
    match telling {
        Telling::Password => true,
        Telling::Authorization => text.len() >= 4,
        Telling::Secret | Telling::Session => {
            let is_name = is_words
                && text.split(['-', '_', '.', ' ']).all(|word| word.len() <= WORD_BYTES_MAX)
                && (text.len() < 8 || (setting.yaml && text.contains(['-', '_', '.', ' '])));
            text.len() >= 6 && !is_name
        }
        Telling::Weak | Telling::WeakSession => {
            let is_random = looks_random(text) || (setting.is_shouted && is_uuid(text));
            text.len() >= 10 && !text.contains(' ') && is_random && !is_java_object(text)
        }
        Telling::User => !setting.by_blank && !setting.prose && is_user(text),
        Telling::Cookie | Telling::Person | Telling::Name => false,
    }
}

fn is_java_object(text: &str) -> bool {
    text.contains('@') && text.contains('.')
}
