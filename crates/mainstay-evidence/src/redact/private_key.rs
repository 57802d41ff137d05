//! PEM blocks with a private key, over several lines or escaped into one.

use std::ops::Range;

/// A key has a few dozen lines; a block that never ends must not swallow a log.
const LINES_MAX: u32 = 200;

/// Lines of a PuTTY or SSH2 key that are no base64.
const PUTTY_HEADERS: [&str; 8] = [
    "Encryption:",
    "Comment:",
    "Public-Lines:",
    "Private-Lines:",
    "Key-Derivation:",
    "Argon2-",
    "Subject:",
    "x-",
];

/// Inside a block since how many lines.
#[derive(Debug, Default)]
pub(super) struct Block {
    lines: Option<u32>,
}

impl Block {
    /// Is the next line inside a block?
    pub(super) fn is_open(&self) -> bool {
        self.lines.is_some()
    }

    /// The parts of a line that belong to a key.
    pub(super) fn find(&mut self, line: &str) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        let mut at = 0;
        if let Some(lines) = self.lines {
            match end_of_block(line) {
                Some(end) => {
                    places.push(body_start(line)..end);
                    at = end;
                    self.lines = None;
                }
                None if lines < LINES_MAX && is_body(line) => {
                    self.lines = Some(lines + 1);
                    let start = body_start(line);
                    places.extend(
                        Some(start..line.trim_end().len()).filter(|place| !place.is_empty()),
                    );
                    return places;
                }
                None => self.lines = None,
            }
        }
        while let Some(begin) = find_begin(line, at) {
            let in_one_string = |length: &usize| !line[begin..begin + length].contains('"');
            match end_of_block(&line[begin..]).filter(in_one_string) {
                Some(length) => {
                    places.push(begin..begin + length);
                    at = begin + length;
                }
                None => {
                    self.lines = Some(0);
                    at = end_of_rest(line, begin);
                    places.push(begin..at);
                }
            }
        }
        places
    }
}

fn find_begin(line: &str, from: usize) -> Option<usize> {
    let bytes = line.as_bytes();
    let rest = &bytes[from..];
    let other = ["PuTTY-User-Key-File-", "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY"];
    let other = other.iter().filter_map(|begin| memchr::memmem::find(rest, begin.as_bytes())).min();
    let pem = find_pem(bytes, from);
    match (other.map(|at| from + at), pem) {
        (Some(other), Some(pem)) => Some(other.min(pem)),
        (other, pem) => other.or(pem),
    }
}

fn find_pem(bytes: &[u8], from: usize) -> Option<usize> {
    memchr::memmem::find_iter(&bytes[from..], b"-----BEGIN ").map(|at| from + at).find(|at| {
        let head = &bytes[*at..bytes.len().min(at + 64)];
        memchr::memmem::find(head, b"PRIVATE KEY").is_some()
    })
}

fn end_of_block(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    // the last line of a PuTTY key
    if memchr::memmem::find(bytes, b"Private-MAC:").is_some() {
        return Some(line.trim_end().len());
    }
    if let Some(at) = memchr::memmem::find(bytes, b"---- END SSH2") {
        let rest = at + b"---- END".len();
        return memchr::memmem::find(&bytes[rest..], b"----").map(|length| rest + length + 4);
    }
    let at = memchr::memmem::find(bytes, b"-----END ")?;
    let rest = &bytes[at + 9..bytes.len().min(at + 64)];
    let length = memchr::memmem::find(rest, b"-----")?;
    Some(at + 9 + length + 5)
}

/// Without an end in the line the key goes to the closing quote, or to the end.
fn end_of_rest(line: &str, begin: usize) -> usize {
    let rest = &line[begin..];
    let length = memchr::memchr3(b'"', b'\'', b'<', rest.as_bytes()).unwrap_or(rest.len());
    // the quote's own backslashes stay with the quote
    begin
        + rest[..length]
            .trim_end_matches(|letter: char| letter == '\\' || letter.is_whitespace())
            .len()
}

/// Indentation stays, so that YAML stays readable.
fn body_start(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Base64, a header of the block, or nothing.
fn is_body(line: &str) -> bool {
    let text = line.trim().trim_matches(['"', '\'', ',', '+', '\\', ' ']);
    let is_base64 = text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\\'));
    is_base64
        || text.starts_with("Proc-Type:")
        || text.starts_with("DEK-Info:")
        || PUTTY_HEADERS.iter().any(|header| text.starts_with(header))
        || text == "<private-key>"
}
