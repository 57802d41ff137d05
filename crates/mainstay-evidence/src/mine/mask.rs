//! Masking: one pass over a body that keeps constants and cuts variables out, on bytes and
//! without regular expressions. What is *not* here: the decision which words vary between lines;
//! that needs all signatures and is in `group`.

use super::bodies::Variable;
use super::kind::{self, Kind};

/// Stands for a variable in a signature; no UTF-8 text contains this byte.
pub(super) const VARIABLE: u8 = 0xFF;

/// Parts of one word (`a=1,b=2,…`) that are looked at; the rest is one variable. Keeps a word of
/// a megabyte from costing a square of its length.
const PARTS_MAX: usize = 64;

/// A longer token is no address, time or name; it is not compared with them.
const EXACT_BYTES_MAX: usize = 4_096;

const BLANK: u8 = 1;
const DIGIT: u8 = 2;
/// Peeled off the ends of a word.
const GLUE: u8 = 4;
/// Makes a word worth a closer look even without a digit.
const MARK: u8 = 8;

const CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0_u8; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => BLANK,
            b'0'..=b'9' => DIGIT,
            b'<' => GLUE | MARK,
            b'[' | b']' | b'(' | b')' | b'{' | b'}' | b'>' | b'"' | b'\'' | b',' | b';' => GLUE,
            b'/' | b'@' | b'=' | b':' | b'.' | b'*' | b'\\' => MARK,
            _ => 0,
        };
        byte += 1;
    }
    table
}

/// The result of masking, reused from line to line.
#[derive(Debug, Default)]
pub(super) struct Masked {
    /// The body with every variable replaced by [`VARIABLE`].
    pub(super) signature: Vec<u8>,
    /// Byte ranges of the variables in the body, ascending, with their kinds.
    pub(super) variables: Vec<Variable>,
}

impl Masked {
    /// Masks `body`; of its words the first `tokens_max` are looked at.
    pub(super) fn mask(&mut self, body: &str, tokens_max: usize) {
        self.signature.clear();
        self.variables.clear();
        let bytes = body.as_bytes();
        let mut at = 0;
        let mut words = 0;
        loop {
            let word = at + bytes[at..].iter().take_while(|b| class(**b) & BLANK != 0).count();
            self.literal(bytes, at, word);
            if word == bytes.len() {
                return;
            }
            if words == tokens_max {
                return self.variable(word, bytes.len(), Kind::Rest);
            }
            let mut seen = 0;
            let mut end = word;
            while end < bytes.len() && class(bytes[end]) & BLANK == 0 {
                seen |= class(bytes[end]);
                end += 1;
            }
            if seen & (DIGIT | MARK) == 0 {
                if end - word <= 4 && is_date_word(&bytes[word..end], &bytes[end..]) {
                    self.variable(word, end, Kind::Time);
                } else {
                    self.literal(bytes, word, end);
                }
            } else {
                self.word(body, word, end);
            }
            words += 1;
            at = end;
        }
    }

    fn literal(&mut self, bytes: &[u8], start: usize, end: usize) {
        self.signature.extend_from_slice(&bytes[start..end]);
    }

    fn variable(&mut self, start: usize, end: usize, kind: Kind) {
        self.signature.push(VARIABLE);
        self.variables.push((start, end, kind));
    }

    /// One word that holds a digit or a mark: glue off the ends, keys kept, values classified.
    fn word(&mut self, body: &str, start: usize, end: usize) {
        let bytes = body.as_bytes();
        let mut at = start;
        for _ in 0..PARTS_MAX {
            if at < end
                && matches!(bytes[at], b'<' | b'*')
                && let Some(stop) = pseudonym_end(&bytes[at..end])
            {
                self.variable(at, at + stop, Kind::Pseudo);
                at += stop;
                continue;
            }
            let glue = bytes[at..end].iter().take_while(|byte| is_lead_glue(**byte)).count();
            if glue > 0 {
                // one at a time before '<', which may open a pseudonym
                let lead = bytes[at + 1..at + glue].iter().position(|byte| *byte == b'<');
                let step = lead.map_or(glue, |position| position + 1);
                self.literal(bytes, at, at + step);
                at += step;
                continue;
            }
            let stop = end - trailing_glue(&bytes[at..end]);
            if at >= stop {
                return self.literal(bytes, at, end);
            }
            let core = &body[at..stop];
            match split(core) {
                Split::Whole(kind) => {
                    self.variable(at, stop, kind);
                    at = stop;
                }
                Split::Key(length) => {
                    self.literal(bytes, at, at + length);
                    at += length;
                    let names = bytes[at - 1] == b'=' && kind::names_things(&core[..length - 1]);
                    if names && is_plain_name(&bytes[at..stop]) {
                        self.variable(at, stop, Kind::Id);
                        at = stop;
                    }
                }
                Split::Part(length) => {
                    self.leaf(body, at, at + length);
                    at += length;
                }
                Split::Plain => {
                    self.literal(bytes, at, stop);
                    at = stop;
                }
            }
            if at == stop {
                return self.literal(bytes, at, end);
            }
        }
        if at < end {
            self.variable(at, end, Kind::Rest);
        }
    }

    fn leaf(&mut self, body: &str, start: usize, end: usize) {
        let token = &body[start..end];
        match whole(token) {
            Some(kind) => self.variable(start, end, kind),
            None if kind::is_id(token) => self.variable(start, end, Kind::Id),
            None => self.literal(body.as_bytes(), start, end),
        }
    }
}

/// A weekday or month before a number or before another of them, as in `Fri Jun 17 20:55`.
fn is_date_word(word: &[u8], rest: &[u8]) -> bool {
    if !kind::is_calendar(word) {
        return false;
    }
    let blanks = rest.iter().take_while(|byte| class(**byte) & BLANK != 0).count();
    let next = &rest[blanks..];
    let length = next.iter().take_while(|byte| class(**byte) & BLANK == 0).count();
    next.first().is_some_and(u8::is_ascii_digit) || kind::is_calendar(&next[..length])
}

fn class(byte: u8) -> u8 {
    CLASS[usize::from(byte)]
}

fn is_lead_glue(byte: u8) -> bool {
    class(byte) & GLUE != 0
}

fn trailing_glue(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .rev()
        .take_while(|byte| class(**byte) & GLUE != 0 || matches!(byte, b':' | b'.'))
        .count()
}

/// How a glue-free token goes on.
enum Split {
    /// It is one variable.
    Whole(Kind),
    /// `key=` or `key:` of this many bytes is constant.
    Key(usize),
    /// A part of this many bytes ends at inner glue.
    Part(usize),
    /// It is one constant.
    Plain,
}

fn whole(token: &str) -> Option<Kind> {
    if token.len() > EXACT_BYTES_MAX { None } else { kind::exact(token) }
}

fn split(core: &str) -> Split {
    let bytes = core.as_bytes();
    let sign = bytes.iter().position(|byte| matches!(byte, b'=' | b':'));
    // a key is looked for first where the whole cannot be an address, a time or a path
    if let Some(at) = sign
        && bytes[at] == b'='
        && is_key(&core[..at])
    {
        return Split::Key(at + 1);
    }
    let inner = bytes.iter().position(|byte| class(*byte) & GLUE != 0);
    let opens = bytes.iter().any(|byte| matches!(byte, b'(' | b'[' | b'{' | b'<' | b'"'));
    if !opens && let Some(kind) = whole(core) {
        return Split::Whole(kind);
    }
    if let Some(at) = sign
        && is_key(&core[..at])
    {
        return Split::Key(at + 1);
    }
    if let Some(at) = inner {
        return Split::Part(at);
    }
    if kind::is_id(core) { Split::Whole(Kind::Id) } else { Split::Plain }
}

/// A value that would stay a constant, but for the key that says it is a name.
fn is_plain_name(value: &[u8]) -> bool {
    !value.is_empty() && value.iter().all(|byte| class(*byte) == 0)
}

/// A name before `=` or `:`.
fn is_key(text: &str) -> bool {
    let name =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'$' | b'@');
    text.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '-' | '@'))
        && text.bytes().all(name)
        && !kind::is_id(text)
}

/// The length of a pseudonym at the start: our own `<email-k3v9q2m4t7xa>` and `<password>`, and
/// foreign ones like `***HIDDEN***`.
fn pseudonym_end(bytes: &[u8]) -> Option<usize> {
    if let Some(rest) = bytes.strip_prefix(b"***") {
        let name = rest
            .iter()
            .take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || **b == b'_')
            .count();
        return (name > 0 && rest[name..].starts_with(b"***")).then_some(name + 6);
    }
    let rest = bytes.strip_prefix(b"<")?;
    let close = rest.iter().position(|byte| *byte == b'>')?;
    let inside = std::str::from_utf8(&rest[..close]).ok()?;
    let keyed = inside.rsplit_once('-').is_some_and(|(kind, key)| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_');
        !kind.is_empty()
            && kind.bytes().all(plain)
            && key.len() == PSEUDONYM_LETTERS
            && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    });
    (keyed || HARD_TYPES.contains(&inside)).then_some(close + 2)
}

/// Letters and digits of a pseudonym's key.
const PSEUDONYM_LETTERS: usize = 12;

/// Pseudonyms without a key: what they hid has no value-derived part.
const HARD_TYPES: [&str; 6] = ["password", "token", "jwt", "cookie", "secret", "private-key"];
