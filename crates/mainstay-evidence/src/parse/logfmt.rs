//! logfmt: a whole line of `key=value`, values with blanks in quotes.

use mainstay_core::Level;

use super::ids::{self, Ids};
use super::level;
use crate::stamp::{self, Stamp};

/// One pair; a quoted value's place is inside the quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair<'t> {
    pub(crate) key: &'t str,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Calls `visit` for each pair; `false` if the line is not logfmt from start to end.
pub(crate) fn pairs<'t>(text: &'t str, visit: &mut dyn FnMut(Pair<'t>)) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut count = 0;
    loop {
        at += bytes[at..].iter().take_while(|byte| **byte == b' ').count();
        if at == bytes.len() {
            return count >= 2;
        }
        let key = key_length(&bytes[at..]);
        if key == 0 || bytes.get(at + key) != Some(&b'=') {
            return false;
        }
        let Some((start, end, next)) = value(bytes, at + key + 1) else { return false };
        visit(Pair { key: &text[at..at + key], start, end });
        count += 1;
        at = next;
    }
}

fn key_length(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"_.-@/#".contains(byte)).count()
}

fn value(bytes: &[u8], at: usize) -> Option<(usize, usize, usize)> {
    if bytes.get(at) != Some(&b'"') {
        let length = bytes[at..].iter().take_while(|byte| **byte != b' ').count();
        return Some((at, at + length, at + length));
    }
    let mut end = at + 1;
    loop {
        end += memchr::memchr2(b'"', b'\\', bytes.get(end..)?)?;
        if bytes[end] == b'"' {
            return Some((at + 1, end, end + 1));
        }
        end += 2;
    }
}

/// What a logfmt line said.
#[derive(Debug, Clone, Default)]
pub(crate) struct LogfmtLine {
    pub(crate) stamp: Option<Stamp>,
    pub(crate) level: Option<Level>,
    pub(crate) message: Option<(usize, usize)>,
    pub(crate) ids: Ids,
}

/// Reads a line; `None` if it is not logfmt.
pub(crate) fn read(text: &str) -> Option<LogfmtLine> {
    let mut line = LogfmtLine::default();
    let whole = pairs(text, &mut |pair| {
        let value = &text[pair.start..pair.end];
        match pair.key {
            "timestamp" | "time" | "ts" | "t" if line.stamp.is_none() => {
                line.stamp = stamp::scan(value.as_bytes())
                    .filter(|(_, _, end)| *end == value.len())
                    .map(|(stamp, _, _)| stamp);
            }
            "level" | "lvl" | "severity" if line.level.is_none() => {
                line.level = level::from_product_word(value);
            }
            "message" | "msg" if line.message.is_none() => {
                line.message = Some((pair.start, pair.end));
            }
            key => {
                if let Some(kind) = ids::kind_of_key(key) {
                    line.ids.slot(kind).get_or_insert((pair.start, pair.end));
                }
            }
        }
    });
    whole.then_some(line)
}
