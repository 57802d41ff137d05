//! One blank-separated word of a pattern, with what grouping must know about it.

use super::dictionary::HOLE;
use super::kind;

/// Properties of a word, computed once when it is interned.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) text: String,
    /// It holds a variable.
    pub(super) hole: bool,
    /// It is nothing but variables, glue and signs between them, or brackets around nothing,
    /// which is how an empty value is written.
    pub(super) bare: bool,
    /// Letters only, perhaps joined by `.`, `-` or `_`: such words tell events apart.
    pub(super) plain: bool,
    /// An error code that must stay.
    pub(super) code: bool,
    /// A unit such as `MB` or `seconds)`.
    pub(super) unit: bool,
    /// It says that the next word names something (`user`, `host`) or is an argument (`for`).
    pub(super) announces: Announces,
    /// Bytes of `key=` or `key:` with the glue before it; 0 when there is none.
    pub(super) key: usize,
}

/// What a word says of the word behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Announces {
    Nothing,
    /// A preposition: an argument follows.
    Argument,
    /// A noun of things that have names: a name follows.
    Name,
}

const PREPOSITIONS: [&str; 10] = ["for", "from", "to", "by", "of", "on", "at", "in", "with", "as"];

const GLUE: [char; 12] = ['[', ']', '(', ')', '{', '}', '<', '>', '"', '\'', ',', ';'];

/// Words that say how much of what a number before them is.
const UNITS: [&str; 36] = [
    "b", "byte", "bytes", "kb", "kib", "mb", "mib", "gb", "gib", "tb", "tib", "pb", "bit", "bits",
    "ns", "us", "ms", "s", "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes",
    "h", "hour", "hours", "day", "days", "msec", "msecs", "millis", "hz", "mhz",
];

impl Word {
    pub(super) fn new(text: String) -> Self {
        let hole = text.contains(HOLE);
        let rest = text.replace(HOLE, "");
        let letters = rest.chars().any(|c| c.is_alphanumeric() || c == '=');
        let bare = if hole { !letters } else { is_empty_value(&text) };
        let core = text.trim_matches(|c| GLUE.contains(&c) || matches!(c, ':' | '.'));
        let joined = |c: char| matches!(c, '.' | '-' | '_' | '/');
        let plain = !hole
            && core.starts_with(char::is_alphabetic)
            && core.chars().all(|c| c.is_alphabetic() || joined(c));
        let unit = !hole && UNITS.contains(&core.to_ascii_lowercase().as_str());
        let code = kind::is_code(core);
        let announces = match core {
            _ if core.len() < text.len() => Announces::Nothing,
            _ if kind::names_things(core) => Announces::Name,
            _ if PREPOSITIONS.contains(&core) => Announces::Argument,
            _ => Announces::Nothing,
        };
        let key = key_length(&text);
        Self { text, hole, bare, plain, code, unit, announces, key }
    }

    /// `key=`, with the glue before it.
    pub(super) fn key(&self) -> &str {
        &self.text[..self.key]
    }

    /// The key as far as it tells columns apart: `name:<*>` may be a host and its port, so it
    /// stands in a column with other variables.
    pub(super) fn column_key(&self) -> &str {
        if self.hole && self.key().ends_with(':') { "" } else { self.key() }
    }

    /// The word without key and glue.
    pub(super) fn value(&self) -> &str {
        self.text[self.key..].trim_matches(|c: char| !c.is_alphanumeric())
    }
}

fn is_empty_value(text: &str) -> bool {
    matches!(text.trim_end_matches([',', ';', ':', '.']), "()" | "[]" | "{}" | "\"\"" | "''")
}

/// One variable for a stretch of them; brackets stay only when both ends are there.
pub(super) fn between(lead: &str, tail: &str) -> String {
    let bracket = |c: &char| matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>');
    if lead.chars().filter(bracket).count() == tail.chars().filter(bracket).count() {
        return format!("{lead}{HOLE}{tail}");
    }
    let keep = |text: &str| text.chars().filter(|c| !bracket(c)).collect::<String>();
    format!("{}{HOLE}{}", keep(lead), keep(tail))
}

/// The length of a leading `key=` or `key:` that has something behind it.
fn key_length(text: &str) -> usize {
    let start = text.find(|c| !GLUE.contains(&c)).unwrap_or(text.len());
    let Some(sign) = text[start..].find(['=', ':']).map(|at| at + start) else { return 0 };
    let name = &text[start..sign];
    let is_name = name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$'));
    let valued = text[sign + 1..].chars().any(|c| c.is_alphanumeric() || c == '*');
    if is_name && valued { sign + 1 } else { 0 }
}

/// The word that stands for several: their common key and the glue they share at both ends.
pub(super) fn merge(words: &[&Word]) -> String {
    let Some((first, others)) = words.split_first() else { return HOLE.to_owned() };
    let same_key = others.iter().all(|word| word.key() == first.key());
    let lead = if same_key && first.key > 0 {
        first.key
    } else {
        others.iter().map(|word| shared_glue(&first.text, &word.text)).min().unwrap_or(0)
    };
    let tail = others
        .iter()
        .map(|word| shared_tail(&first.text[lead..], &word.text[lead.min(word.text.len())..]))
        .min()
        .unwrap_or(0);
    format!("{}{HOLE}{}", &first.text[..lead], &first.text[first.text.len() - tail..])
}

fn shared_glue(one: &str, other: &str) -> usize {
    let one = one.strip_prefix(HOLE).map_or(one, |_| "");
    one.bytes()
        .zip(other.bytes())
        .take_while(|(a, b)| a == b && GLUE.contains(&char::from(*a)))
        .count()
}

fn shared_tail(one: &str, other: &str) -> usize {
    let at_end = |text: &str| {
        let hole_end = text.rfind(HOLE).map_or(0, |at| at + HOLE.len());
        text.len() - hole_end
    };
    let most = at_end(one).min(at_end(other));
    one.bytes()
        .rev()
        .zip(other.bytes().rev())
        .take(most)
        .take_while(|(a, b)| a == b && (GLUE.contains(&char::from(*a)) || matches!(a, b':' | b'.')))
        .count()
}
