//! Values beside a telling name: `password=…`, `"secret": "…"`, `--token …`, `<pwd>…</pwd>`,
//! `"name":"API_KEY","value":"…"`.
//!
//! A scanner, not an expression: the same name is written in a dozen syntaxes, and quotes,
//! escapes and the end of the value depend on which one. What is *not* here: what makes a value
//! worth hiding (`value`).

use std::ops::Range;

use super::kind::Kind;
use super::telling::{Telling, telling};
use super::value::{self, Setting};

/// A value to hide, and where to go on.
pub(super) struct Found {
    pub(super) place: Range<usize>,
    pub(super) kind: Kind,
}

/// Settings files where only a blank stands between name and value: Redis, keepalived, OpenLDAP,
/// kickstart. In prose these words do not stand.
const DIRECTIVES: [&str; 9] = [
    "requirepass",
    "masterauth",
    "auth-pass",
    "auth_pass",
    "tls-key-file-pass",
    "rootpw",
    "bindpw",
    "secretpw",
    "dbpass",
];

/// How far before its name a value may stand.
const OBJECT_BYTES_MAX: usize = 4_096;
/// A longer word after a name is looked at as a value.
const WORD_BYTES_MAX: usize = 16;
/// Words before a value: `token bearer x`.
const SCHEMES: [&str; 4] = ["bearer", "basic", "token", "oauth"];

/// The name around the hit.
pub(super) fn name_around(line: &str, hit: Range<usize>) -> Option<Range<usize>> {
    let bytes = line.as_bytes();
    let start = super::text::run_start(bytes, hit.start, 64, is_name);
    let end = super::text::run_end(bytes, hit.end, 64, is_name);
    line.is_char_boundary(start).then_some(start..end).filter(|_| line.is_char_boundary(end))
}

/// Can a value follow the name at all? Most words of a log that look like a name stand in a
/// sentence; this is asked before what the name tells.
pub(super) fn may_hold(line: &str, name: &Range<usize>) -> bool {
    let bytes = line.as_bytes();
    let before = name.start.checked_sub(1).map(|at| bytes[at]);
    let mut at = name.end;
    match bytes.get(at) {
        // the value may be on the next line
        None => return true,
        Some(b' ' | b'\t') => skip_blanks(bytes, &mut at),
        Some(b'=' | b':' | b'"' | b'\'' | b'\\' | b'%' | b'?' | b']') => return true,
        Some(b'>') => return matches!(before, Some(b'<' | b':')),
        Some(b',') if is_first_column(line, name) => return true,
        Some(b',' | b'\r') => return line[at..].trim_end_matches([',', '\r', ' ']).is_empty(),
        Some(b'<') => return bytes[at..].starts_with(b"</"),
        Some(_) => return false,
    }
    let is_plain = |byte: &u8| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_' | b',');
    let word_end = super::text::run_end(bytes, at, WORD_BYTES_MAX, |byte| is_plain(&byte));
    let word = &bytes[at..word_end];
    let ends_word = matches!(bytes.get(word_end), Some(b' '));
    let is_option = before == Some(b'-') || bytes[name.start] == b'-';
    // after a blank only an option or a directive has a value that is a plain word
    !(ends_word
        && !word.is_empty()
        && !is_option
        && !matches!(before, Some(b'<' | b':'))
        && !ends_in_capitals(&bytes[name.clone()])
        && !SCHEMES.iter().any(|scheme| scheme.as_bytes() == word)
        && !DIRECTIVES.iter().any(|word| line[name.clone()].eq_ignore_ascii_case(word)))
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// The values that belong to a name, if there are any worth hiding.
pub(super) fn values(
    line: &str,
    name: Range<usize>,
    telling: Telling,
    is_json: bool,
) -> Vec<Found> {
    let Some(setting) = setting(line, name, telling, is_json) else { return Vec::new() };
    match telling {
        Telling::Person | Telling::Name => {
            let least = if telling == Telling::Person { 1 } else { 2 };
            value::person(line, &setting, least).into_iter().collect()
        }
        Telling::Cookie => value::cookies(line, &setting),
        _ => value::single(line, &setting, telling).into_iter().collect(),
    }
}

/// Reads from the end of the name over separator and quotes to the value.
fn setting(line: &str, name: Range<usize>, telling: Telling, is_json: bool) -> Option<Setting> {
    let bytes = line.as_bytes();
    let starts_line = line[..name.start].trim_start_matches(['-', ' ', '\t', '>']).is_empty()
        || line[..name.start].trim_start() == "export ";
    let mut at = name.end;
    let quoted_name = skip_quote(bytes, &mut at);
    if quoted_name && (skip_pair(bytes, &mut at) || skip_default(line, &name, &mut at)) {
        return Setting::quoted(line, at, is_json);
    }
    if let Some(at) = skip_element_pair(bytes, name.end) {
        return Setting::element(line, at);
    }
    if is_tag(bytes, name.start) {
        // attributes may stand between the name and the bracket
        let tag = &bytes[at..bytes.len().min(at + 256)];
        let is_end = matches!(tag.first(), Some(b'>' | b' '));
        let bracket = memchr::memchr(b'>', tag).filter(|_| is_end);
        if let Some(bracket) = bracket {
            let text_at = at + bracket + 1;
            // `<password>` is our own placeholder too; an element has an end
            let next = memchr::memchr(b'<', &bytes[text_at..]).map(|next| text_at + next);
            let closes = next.is_some_and(|next| is_end_tag(&bytes[next..], &bytes[name]));
            return closes.then(|| Setting::element(line, text_at)).flatten();
        }
    }
    if bytes.get(at) == Some(&b']') {
        at += 1;
    }
    let is_shouted = ends_in_capitals(&bytes[name.clone()]);
    let after_name = at;
    skip_blanks(bytes, &mut at);
    let separator_at = at;
    // a cell of a table, or the second column of two
    let is_cell = at > after_name && bytes[at..].starts_with(b"| ");
    if is_cell || (bytes.get(at) == Some(&b',') && is_first_column(line, &name)) {
        at += 1;
        skip_blanks(bytes, &mut at);
        let mut setting = Setting::new(line, at, is_json, false)?;
        setting.by_blank = true;
        return Some(setting);
    }
    if !skip_separator(bytes, &mut at) {
        let is_option = line[..name.start].ends_with('-')
            || name_is_option(line, &name)
            || DIRECTIVES.iter().any(|word| line[name.clone()].eq_ignore_ascii_case(word));
        let strong = matches!(
            telling,
            Telling::Password
                | Telling::Secret
                | Telling::Weak
                | Telling::Session
                | Telling::WeakSession
        );
        if at == after_name || !(is_option || strong) {
            return None;
        }
        if is_shouted {
            skip_filler(bytes, &mut at);
        }
        let mut setting = Setting::new(line, at, is_json, false)?;
        setting.by_blank = !is_option;
        setting.is_shouted = is_shouted;
        return Some(setting);
    }
    let separator = if at - separator_at == 1 { bytes[separator_at] } else { b'=' };
    let after_separator = at;
    skip_blanks(bytes, &mut at);
    let mut setting = Setting::new(line, at, is_json, quoted_name)?;
    setting.prose = separator == b':' && at > after_separator && !quoted_name && !starts_line;
    setting.to_line_end = starts_line
        && (separator == b'=' || (separator == b':' && at > after_separator && !quoted_name));
    setting.yaml = separator == b':' && !quoted_name;
    setting.is_shouted = is_shouted;
    Some(setting)
}

fn name_is_option(line: &str, name: &Range<usize>) -> bool {
    line[name.clone()].starts_with('-')
}

fn is_tag(bytes: &[u8], start: usize) -> bool {
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    matches!(before, Some(b'<' | b':'))
}

/// `</name>` or `</prefix:name>`.
fn is_end_tag(bytes: &[u8], name: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(b"</") else { return false };
    let Some(length) = memchr::memchr(b'>', &rest[..rest.len().min(256)]) else { return false };
    let tag = rest[..length].trim_ascii();
    tag.rsplit(|byte| *byte == b':').next() == Some(name)
}

/// Skips one quote, escaped any number of times (JSON in JSON).
fn skip_quote(bytes: &[u8], at: &mut usize) -> bool {
    if bytes[*at..].starts_with(b"%22") {
        *at += 3;
        return true;
    }
    let mut end = *at;
    while bytes.get(end) == Some(&b'\\') {
        end += 1;
    }
    let is_quote = matches!(bytes.get(end), Some(b'"' | b'\''));
    if is_quote {
        *at = end + 1;
    }
    is_quote
}

/// `","value":` of a name-value pair, as in HAR and Kubernetes.
fn skip_pair(bytes: &[u8], at: &mut usize) -> bool {
    let mut end = *at;
    skip_blanks(bytes, &mut end);
    if end > *at && bytes[end..].starts_with(b"value=") {
        // `<add key="DbPassword" value="…"/>`
        *at = end + b"value=".len();
        return true;
    }
    if bytes.get(end) != Some(&b',') {
        return false;
    }
    end += 1;
    skip_blanks(bytes, &mut end);
    if !skip_quote(bytes, &mut end) || !bytes[end..].starts_with(b"value") {
        return false;
    }
    end += b"value".len();
    if !skip_quote(bytes, &mut end) {
        return false;
    }
    skip_blanks(bytes, &mut end);
    if bytes.get(end) != Some(&b':') {
        return false;
    }
    end += 1;
    skip_blanks(bytes, &mut end);
    *at = end;
    true
}

/// `NAME</name><value>` of a Hadoop property.
fn skip_element_pair(bytes: &[u8], name_end: usize) -> Option<usize> {
    let rest = bytes.get(name_end..)?.strip_prefix(b"</name>")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"<value>")?;
    Some(bytes.len() - rest.len())
}

/// `NAME,value` and no more: a table of two columns.
fn is_first_column(line: &str, name: &Range<usize>) -> bool {
    name.start == 0 && memchr::memchr(b',', &line.as_bytes()[name.end + 1..]).is_none()
}

/// `getenv("API_KEY", "the default")`, `["--password", "…"]`: the second of two is the value.
fn skip_default(line: &str, name: &Range<usize>, at: &mut usize) -> bool {
    let bytes = line.as_bytes();
    let is_argument = line[..name.start].trim_end_matches(['"', '\'', '\\']).ends_with('(')
        || name_is_option(line, name);
    if !is_argument || bytes.get(*at) != Some(&b',') {
        return false;
    }
    let mut end = *at + 1;
    skip_blanks(bytes, &mut end);
    let quote = end + bytes[end..].iter().take_while(|byte| **byte == b'\\').count();
    let is_quote = matches!(bytes.get(quote), Some(b'"' | b'\''));
    if is_quote {
        *at = end;
    }
    is_quote
}

/// `SECRET key …`, `ACCESS token …`: the second word belongs to the name.
fn skip_filler(bytes: &[u8], at: &mut usize) {
    for word in ["key ", "token ", "code "] {
        let is_here = bytes
            .get(*at..*at + word.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()));
        if is_here {
            *at += word.len();
            return;
        }
    }
}

/// `API_KEY`, `infuraSECRET`: nobody shouts in prose.
fn ends_in_capitals(name: &[u8]) -> bool {
    name.iter().rev().take_while(|byte| byte.is_ascii_uppercase()).count() >= 3
}

/// `acme-secret-key-5e1f…`: the value is glued to its name.
pub(super) fn glued(line: &str, hit: Range<usize>) -> Option<Range<usize>> {
    let bytes = line.as_bytes();
    bytes.get(hit.end).filter(|byte| matches!(byte, b'-' | b'_' | b'.'))?;
    let mut at = hit.end;
    for word in ["key", "token", "code"] {
        let next = bytes.get(at + 1..at + 1 + word.len());
        let is_separated = matches!(bytes.get(at), Some(b'-' | b'_' | b'.'));
        if is_separated && next.is_some_and(|next| next.eq_ignore_ascii_case(word.as_bytes())) {
            at += 1 + word.len();
        }
    }
    bytes.get(at).filter(|byte| matches!(byte, b'-' | b'.'))?;
    let start = at + 1;
    let end = super::text::run_end(bytes, start, 512, |byte| is_name(byte) && byte != b'.');
    let text = line.get(start..end)?;
    if !(super::text::is_uuid(text) || super::text::starts_with_long_run(text.as_bytes())) {
        return None;
    }
    let name_start = super::text::run_start(bytes, hit.start, 64, is_name);
    let tells = telling(line.get(name_start..at)?)?;
    matches!(tells, Telling::Secret | Telling::Weak | Telling::Password).then_some(start..end)
}

fn skip_blanks(bytes: &[u8], at: &mut usize) {
    loop {
        match bytes.get(*at) {
            Some(b' ' | b'\t') => *at += 1,
            Some(b'%') if bytes[*at..].starts_with(b"%20") => *at += 3,
            _ => return,
        }
    }
}

/// `{"value": "…", "name": "X-Api-Key"}`: the value stands before its name, in the same object.
pub(super) fn value_before(line: &str, name: &Range<usize>, is_json: bool) -> Option<Range<usize>> {
    let bytes = line.as_bytes();
    let head = line[..name.start].strip_suffix('"')?.trim_end_matches('\\').trim_end();
    let head = head.strip_suffix(':')?.trim_end().strip_suffix('"')?.trim_end_matches('\\');
    let head = head.strip_suffix("name").or_else(|| head.strip_suffix("key"))?;
    let head = head.strip_suffix('"')?.trim_end_matches('\\').trim_end().strip_suffix(',')?;
    let from = head.len().saturating_sub(OBJECT_BYTES_MAX);
    let open = from + memchr::memrchr(b'{', &bytes[from..head.len()])?;
    let mut at = open + 1;
    skip_blanks(bytes, &mut at);
    let is_value = skip_quote(bytes, &mut at) && bytes[at..].starts_with(b"value");
    at += b"value".len();
    if !is_value || !skip_quote(bytes, &mut at) || !skip_separator(bytes, &mut at) {
        return None;
    }
    skip_blanks(bytes, &mut at);
    let place = Setting::quoted(line, at, is_json)?.into_place();
    (place.end < name.start && !place.is_empty()).then_some(place)
}

fn skip_separator(bytes: &[u8], at: &mut usize) -> bool {
    let rest = bytes.get(*at..).unwrap_or_default();
    let length = match rest {
        [b'=', b'>', ..] | [b':' | b'?', b'=', ..] | [b'=', b'=', b' ', ..] => 2,
        // `::` is a path in a program
        [b':', b':', ..] => 0,
        [b'=' | b':', ..] => 1,
        [b'%', b'3', b'D' | b'd' | b'A' | b'a', ..] => 3,
        _ => 0,
    };
    *at += length;
    length > 0
}
