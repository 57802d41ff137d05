//! Splits the text around a message into what stays and what varies, in one pass over its bytes.
//!
//! Nothing is decided about meaning here: a wrong cut costs space, never a byte of the text.

use std::ops::Range;

use super::moment::{Clock, Moment};
use super::shape::{GAP, KEY, MOMENT, NETWORK, REQUEST, SEGMENT, SPAN, TRACE, VALUE};
use crate::record::Record;

/// Gaps of a segment; the rest is one value. Each gap is a run of its own in the files.
const GAPS_MAX: usize = 48;

/// Layouts of times of a part; more are stored as values. One byte of a signature holds them.
const MOMENTS_MAX: usize = 200;

/// Inside `<` and `>` of a pseudonym.
const PSEUDONYM_BYTES_MAX: usize = 48;

/// The key of a pseudonym, and the key of its networks.
const KEY_LETTERS: usize = 12;
const NETWORK_LETTERS: usize = 4;

/// A value as a piece of a text of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Header,
    Variable(u32),
    Tail,
}

/// The result of splitting one record, reused from record to record.
#[derive(Debug, Default)]
pub(super) struct Splitter {
    pub(super) signature: Vec<u8>,
    /// Every gap in order: a range of a text of the record.
    pub(super) gaps: Vec<(Of, Range<usize>)>,
    pub(super) moments: Vec<Moment>,
    clock: Clock,
}

impl Splitter {
    /// Splits a record whose body is `form` filled with `variables`.
    pub(super) fn split(&mut self, record: &Record, form: u64, variables: &[&str]) {
        self.signature.clear();
        self.gaps.clear();
        self.signature.extend_from_slice(&form.to_be_bytes());
        let time = record.time.and_then(|time| self.clock.find(&record.header, time));
        let time = time.and_then(|(start, end, moment)| Some((start, end, self.number(moment)?)));
        let ids = Ids::of(record);
        self.segment(Of::Header, &record.header, record.header.len(), time, ids);
        for (variable, number) in variables.iter().zip(0..) {
            self.signature.push(SEGMENT);
            self.value(Of::Variable(number), variable, 0..variable.len(), ids);
        }
        self.signature.push(SEGMENT);
        let line = memchr::memchr(b'\n', record.tail.as_bytes()).unwrap_or(record.tail.len());
        self.segment(Of::Tail, &record.tail, line, None, ids);
    }

    /// The same with as few constants as there can be: for shapes beyond the limit.
    pub(super) fn split_plainly(&mut self, record: &Record, form: u64, variables: &[&str]) {
        self.signature.clear();
        self.gaps.clear();
        self.signature.extend_from_slice(&form.to_be_bytes());
        self.gap(Of::Header, 0..record.header.len(), VALUE);
        for (variable, number) in variables.iter().zip(0..) {
            self.signature.push(SEGMENT);
            self.gap(Of::Variable(number), 0..variable.len(), VALUE);
        }
        self.signature.push(SEGMENT);
        self.gap(Of::Tail, 0..record.tail.len(), VALUE);
    }

    fn number(&mut self, moment: Moment) -> Option<u8> {
        let known = self.moments.iter().position(|known| *known == moment);
        let number = known.unwrap_or(self.moments.len());
        if known.is_none() {
            if number >= MOMENTS_MAX {
                return None;
            }
            self.moments.push(moment);
        }
        u8::try_from(number).ok().map(|number| number + MOMENT)
    }

    fn gap(&mut self, of: Of, range: Range<usize>, kind: u8) {
        self.signature.extend_from_slice(&[GAP, kind]);
        self.gaps.push((of, range));
    }

    /// A text up to `line`, and what follows it as one value.
    fn segment(
        &mut self,
        of: Of,
        text: &str,
        line: usize,
        time: Option<(usize, usize, u8)>,
        ids: Ids<'_>,
    ) {
        let bytes = text.as_bytes();
        let first = self.gaps.len();
        let mut at = 0;
        while at < line {
            if self.gaps.len() - first >= GAPS_MAX {
                break;
            }
            if let Some((start, end, kind)) = time
                && start == at
            {
                self.gap(of, start..end, kind);
                at = end;
                continue;
            }
            let before_time =
                time.map_or(line, |(start, _, _)| if start > at { start } else { line });
            let end = value_end(bytes, at, before_time);
            if end > at {
                self.value(of, text, at..end, ids);
                at = end;
                continue;
            }
            let end = word_end(bytes, at, before_time);
            let varies = bytes[at..end].iter().any(u8::is_ascii_digit);
            if varies {
                self.value(of, text, at..end, ids);
            } else {
                self.signature.extend_from_slice(&bytes[at..end]);
            }
            at = end;
        }
        if at < text.len() {
            self.gap(of, at..text.len(), VALUE);
        }
    }

    /// Something that varies: an id of the record, a pseudonym with a constant part, or a value.
    fn value(&mut self, of: Of, text: &str, range: Range<usize>, ids: Ids<'_>) {
        let value = &text[range.clone()];
        if let Some(kind) = ids.kind(value) {
            return self.gap(of, range, kind);
        }
        let Some(keys) = pseudonym(value.as_bytes()) else {
            return self.gap(of, range, VALUE);
        };
        let mut at = 0;
        let kinds = if keys[0].is_some() { [NETWORK, NETWORK, KEY] } else { [KEY; 3] };
        for (key, kind) in keys.into_iter().zip(kinds) {
            let Some(key) = key else { continue };
            self.signature.extend_from_slice(&value.as_bytes()[at..key.start]);
            at = key.end;
            self.gap(of, range.start + key.start..range.start + key.end, kind);
        }
        self.signature.extend_from_slice(&value.as_bytes()[at..]);
    }
}

/// The ids that have columns of their own.
#[derive(Debug, Clone, Copy)]
struct Ids<'a> {
    trace: &'a str,
    span: &'a str,
    request: &'a str,
}

impl<'a> Ids<'a> {
    fn of(record: &'a Record) -> Self {
        Self {
            trace: record.trace_id.as_deref().unwrap_or_default(),
            span: record.span_id.as_deref().unwrap_or_default(),
            request: record.request_id.as_deref().unwrap_or_default(),
        }
    }

    fn kind(&self, value: &str) -> Option<u8> {
        if value.is_empty() {
            return None;
        }
        [(self.trace, TRACE), (self.span, SPAN), (self.request, REQUEST)]
            .into_iter()
            .find(|(id, _)| *id == value)
            .map(|(_, kind)| kind)
    }
}

/// Where a value ends that begins here whatever it is: a pseudonym, what follows `=`, or a JSON
/// string after its key. `at` itself when none does.
fn value_end(bytes: &[u8], at: usize, end: usize) -> usize {
    if bytes[at] == b'<' {
        let window = &bytes[at..end.min(at + PSEUDONYM_BYTES_MAX)];
        return match memchr::memchr(b'>', window) {
            Some(close) if pseudonym(&window[..=close]).is_some() => at + close + 1,
            _ => at,
        };
    }
    let before = &bytes[..at];
    if !matches!(before.last(), Some(b'=' | b'"')) {
        return at;
    }
    let stop = |byte: &u8| {
        matches!(byte, b' ' | b'\t' | b'"' | b',' | b';' | b')' | b']' | b'}' | b'&' | b'<')
    };
    if before.ends_with(b"=") && !matches!(bytes[at], b'=' | b'"' | b'>') {
        return bytes[at..end].iter().position(stop).map_or(end, |length| at + length);
    }
    if before.ends_with(b"=\"") || before.ends_with(b"\":\"") || before.ends_with(b"\": \"") {
        let mut close = at;
        while close < end && bytes[close] != b'"' && bytes[close] != b'<' {
            close += if bytes[close] == b'\\' && close + 1 < end { 2 } else { 1 };
        }
        return boundary(bytes, close.min(end));
    }
    at
}

/// An escape may have been half of a longer character.
fn boundary(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] & 0xC0 == 0x80 {
        at += 1;
    }
    at
}

/// The end of a word, or of the signs up to the next word.
fn word_end(bytes: &[u8], at: usize, end: usize) -> usize {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 128;
    if !is_word(bytes[at]) {
        return at + 1;
    }
    let mut last = at;
    let mut next = at + 1;
    while next < end {
        if is_word(bytes[next]) {
            last = next;
        } else if !matches!(bytes[next], b'-' | b'.') || next > last + 1 {
            break;
        }
        next += 1;
    }
    last + 1
}

/// The keys inside a pseudonym that hides an identity: `<ip-abcd-efgh-KEY>`, `<email-KEY>`.
fn pseudonym(value: &[u8]) -> Option<[Option<Range<usize>>; 3]> {
    let inside = value.strip_prefix(b"<")?.strip_suffix(b">")?;
    let key = inside.len().checked_sub(KEY_LETTERS)?;
    let is_key = |byte: &u8| byte.is_ascii_lowercase() || (b'2'..=b'7').contains(byte);
    if key < 2 || inside[key - 1] != b'-' || !inside[key..].iter().all(is_key) {
        return None;
    }
    let kind = &inside[..key - 1];
    if !kind.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b'-' || *byte == b'_') {
        return None;
    }
    // behind the opening sign
    let range = |start: usize, length: usize| Some(start + 1..start + 1 + length);
    let nets = 2 * (NETWORK_LETTERS + 1);
    let network = key.checked_sub(nets).filter(|at| {
        *at > 0
            && inside[at - 1] == b'-'
            && inside[at + NETWORK_LETTERS] == b'-'
            && !inside[*at..at + NETWORK_LETTERS].contains(&b'-')
            && !inside[at + NETWORK_LETTERS + 1..key - 1].contains(&b'-')
    });
    Some(match network {
        Some(at) => [
            range(at, NETWORK_LETTERS),
            range(at + NETWORK_LETTERS + 1, NETWORK_LETTERS),
            range(key, KEY_LETTERS),
        ],
        None => [None, None, range(key, KEY_LETTERS)],
    })
}
