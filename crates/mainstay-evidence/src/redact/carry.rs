//! What one line leaves for the next: an open key, a name whose value is still to come, the
//! `data:` of a Kubernetes secret.

use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::keyed::{self, Found};
use super::kind::Kind;
use super::private_key::Block;
use super::telling::Telling;
use super::text::looks_random;
use super::words::is_placeholder;

/// Shorter values decode to text by chance.
const ENCODED_BYTES_MIN: usize = 8;
/// Longer ones are keys, which decode to no text.
const KEY_BYTES_MIN: usize = 24;

/// The state between lines.
#[derive(Debug, Default)]
pub(super) struct Carry {
    pub(super) block: Block,
    /// The line was `- name: SOMETHING_SECRET` of a name-value pair.
    pub(super) pair: Option<Telling>,
    /// The line ended with the name: its value is the next line.
    pub(super) dangling: Option<Telling>,
    /// Inside `variable "db_password" {` of Terraform: its default is still to come.
    pub(super) variable: Option<Telling>,
    /// The value goes on in the next line.
    pub(super) wrapped: Option<Kind>,
    data: Option<Data>,
}

/// Inside a `data:` that begins at this indentation.
#[derive(Debug, Clone, Copy)]
struct Data {
    indent: usize,
    is_plain: bool,
}

/// `password: |`, `mapboxApiKey:`, `--token \`: nothing but the separator follows.
pub(super) fn is_dangling(line: &str, name: &Range<usize>) -> bool {
    let tail = line[name.end..].trim_start_matches(['"', '\'']).trim();
    matches!(tail, ":" | "=" | ":=" | ": |" | ": >" | ": |-" | ": >-" | ": \\")
        || (tail == "\\" && line[..name.start].ends_with('-'))
}

/// `variable "db_password" {`: the value is the `default` of one of the next lines.
pub(super) fn is_variable(line: &str, name: &Range<usize>) -> bool {
    line[..name.start].trim_start() == "variable \"" && line.trim_end().ends_with('{')
}

/// `default = "…"`.
pub(super) fn default_value(line: &str, telling: Telling) -> Option<Found> {
    let start = line.len() - line.trim_start().len();
    let name = start..start + "default".len();
    let is_default = line.get(name.clone()) == Some("default");
    is_default.then(|| keyed::values(line, name, telling, false).into_iter().next()).flatten()
}

/// The value ends with the line and a backslash: it goes on in the next one.
pub(super) fn is_wrapped(line: &str, value_end: usize) -> bool {
    let text = line.trim_end();
    text.ends_with('\\') && value_end + 1 >= text.len()
}

/// What of a value stands on the next line.
pub(super) fn continued_value(line: &str) -> Option<Range<usize>> {
    let start = line.len() - line.trim_start().len();
    let text = &line[start..];
    let length = text.find(['"', '\'', ' ', ',', ';', '<']).unwrap_or(text.len());
    let text = text[..length].trim_end_matches(['\\', '\r']);
    let is_comment = text.starts_with('#') || text.starts_with("//");
    (!text.is_empty() && !is_comment && !is_placeholder(text)).then_some(start..start + text.len())
}

/// The value that is a whole line: quoted, or drawn at random.
pub(super) fn lone_value(line: &str) -> Option<Range<usize>> {
    let text = line.trim_end_matches(['\r', ' ', ',', ';', '\\']);
    let start = text.len() - text.trim_start().len();
    let text = &text[start..];
    let quote = text.chars().next().filter(|letter| matches!(letter, '"' | '\''));
    let is_quoted = quote.is_some_and(|quote| text.len() > 2 && text.ends_with(quote));
    let place =
        if is_quoted { start + 1..start + text.len() - 1 } else { start..start + text.len() };
    let value = &line[place.clone()];
    let is_one = !value.contains([' ', '\t', '"', '\'', '{', '[', '=', ':']) || is_quoted;
    let is_worth = value.len() >= 6 && !is_placeholder(value);
    let is_indented = start > 0 || is_quoted;
    (is_one && is_worth && is_indented && (is_quoted || looks_random(value))).then_some(place)
}

impl Carry {
    /// A value of a Kubernetes secret: under `data:` and encoded, or under `stringData:`.
    pub(super) fn data_value(&mut self, line: &str) -> Option<Range<usize>> {
        // almost every line of a log ends here
        if self.data.is_none() && !line.trim_end().ends_with([':', '{']) {
            return None;
        }
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        if let Some(data) = self.data
            && !text.is_empty()
        {
            if indent > data.indent {
                return data_value(line).filter(|place| {
                    let value = &line[place.clone()];
                    !is_placeholder(value) && (data.is_plain || is_encoded(value))
                });
            }
            self.data = None;
        }
        match text {
            "data:" | "\"data\": {" => self.data = Some(Data { indent, is_plain: false }),
            "stringData:" | "\"stringData\": {" => {
                self.data = Some(Data { indent, is_plain: true });
            }
            _ => {}
        }
        None
    }
}

/// `name: value` or `"name": "value",`.
fn data_value(line: &str) -> Option<Range<usize>> {
    let (head, tail) = line.split_once(": ")?;
    let value = tail.trim_start_matches([' ', '"', '\'']);
    let start = head.len() + 2 + (tail.len() - value.len());
    let value = value.trim_end_matches([' ', '\r', ',', '"', '\'']);
    (!value.is_empty() && !value.contains(' ')).then_some(start..start + value.len())
}

/// The values of `"data":{…}` in a secret written on one line.
pub(super) fn inline_data(line: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let Some(at) = line.find("\"data\":{") else { return places };
    let mut at = at + "\"data\":{".len();
    let end = at + line[at..].find('}').unwrap_or(line.len() - at);
    while let Some(offset) = line[at..end].find(":\"") {
        let start = at + offset + 2;
        let length = line[start..end].find('"').unwrap_or(end - start);
        if is_encoded(&line[start..start + length]) {
            places.push(start..start + length);
        }
        at = start + length;
    }
    places
}

fn is_encoded(value: &str) -> bool {
    if value.len() < ENCODED_BYTES_MIN || !value.len().is_multiple_of(4) {
        return false;
    }
    let Ok(bytes) = STANDARD.decode(value) else { return false };
    let is_text = std::str::from_utf8(&bytes).is_ok_and(|text| {
        !text.chars().any(|letter| letter.is_control() && !letter.is_whitespace())
    });
    let has = |test: fn(&u8) -> bool| value.as_bytes().iter().any(test);
    let is_mixed = has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
    (is_text && (is_mixed || has(u8::is_ascii_digit))) || (value.len() >= KEY_BYTES_MIN && is_mixed)
}
