//! Trace, span and request ids in a line's text: `TraceID: … SpanID: …`, `trace_id=…`,
//! `"traceId":"…"`, `[req-…]`. Spelled in many ways, found by the letters they all share.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Input};

use super::hints::ID_STEMS;

/// Where an id stands in its text.
pub(crate) type Place = (usize, usize);

/// The ids of one text, by their places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Ids {
    pub(crate) trace: Option<Place>,
    pub(crate) span: Option<Place>,
    pub(crate) request: Option<Place>,
}

impl Ids {
    /// The place for an id of a kind.
    pub(crate) fn slot(&mut self, kind: IdKind) -> &mut Option<Place> {
        match kind {
            IdKind::Trace => &mut self.trace,
            IdKind::Span => &mut self.span,
            IdKind::Request => &mut self.request,
        }
    }
}

/// An id that is longer is a token or a text.
const ID_LENGTH_MAX: usize = 64;
/// A shorter value is a number or a word.
const ID_LENGTH_MIN: usize = 8;

/// Which id a key names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IdKind {
    Trace,
    Span,
    Request,
}

impl IdKind {
    pub(crate) const ALL: [Self; 3] = [Self::Trace, Self::Span, Self::Request];
}

/// The id that a JSON or logfmt key names.
pub(crate) fn kind_of_key(key: &str) -> Option<IdKind> {
    Some(match key {
        "trace_id"
        | "traceId"
        | "trace.id"
        | "traceid"
        | "traceID"
        | "TraceId"
        | "TraceID"
        | "dd.trace_id"
        | "X-B3-TraceId"
        | "otelTraceID"
        | "logging.googleapis.com/trace" => IdKind::Trace,
        "span_id"
        | "spanId"
        | "span.id"
        | "spanid"
        | "spanID"
        | "SpanId"
        | "SpanID"
        | "dd.span_id"
        | "X-B3-SpanId"
        | "otelSpanID"
        | "logging.googleapis.com/spanId" => IdKind::Span,
        "request_id" | "requestId" | "requestID" | "RequestId" | "RequestID" | "req_id"
        | "reqId" | "x-request-id" | "X-Request-Id" | "correlation_id" | "correlationId"
        | "CorrelationId" | "http.req.id" | "http.request.id" | "request-id" => IdKind::Request,
        _ => return None,
    })
}

/// All ids of `text`, the first of each kind; those that `ids` has stay. Before `from` no part of a
/// name stands.
pub(crate) fn find(text: &str, from: usize, ids: &mut Ids) {
    static STEMS: LazyLock<AhoCorasick> = LazyLock::new(|| {
        AhoCorasick::new(ID_STEMS).expect("five short literals build an automaton")
    });
    let bytes = text.as_bytes();
    for stem in STEMS.find_iter(Input::new(bytes).range(from..)) {
        if let Some((kind, start, end)) = id_at(bytes, stem.start(), stem.end()) {
            ids.slot(kind).get_or_insert((start, end));
        }
    }
}

/// The length of the `TraceID: … SpanID: …` pairs that stand at the start of `text`, with the
/// blanks after them; 0 if there are none.
pub(crate) fn leading_pairs(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(end) = leading_pair(bytes, at) {
        at = end;
    }
    at
}

fn leading_pair(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..at + 5)?;
    let stem = if rest[1..5] == *b"race" {
        4
    } else if rest[1..4] == *b"pan" {
        3
    } else {
        return None;
    };
    let (_, _, end) = id_at(bytes, at + 1, at + 1 + stem)?;
    let separators = bytes[end..].iter().take_while(|byte| matches!(byte, b' ' | b',')).count();
    let ends_text = end == bytes.len();
    (separators > 0 || ends_text).then_some(end + separators)
}

/// The value of the key around a stem.
fn id_at(bytes: &[u8], stem: usize, after_stem: usize) -> Option<(IdKind, usize, usize)> {
    let first = *bytes.get(stem.wrapping_sub(1)).unwrap_or(&b' ');
    // the shorter stem is found first in `request`
    let spelled = bytes[stem..after_stem] == *b"req" && bytes[after_stem..].starts_with(b"uest");
    let (first, stem, after_stem) =
        if spelled { (b'r', stem + 1, after_stem + 4) } else { (first, stem, after_stem) };
    let stem_text = &bytes[stem..after_stem];
    let kind = match (first.to_ascii_lowercase(), stem_text) {
        (b't', b"race") => IdKind::Trace,
        (b's', b"pan") => IdKind::Span,
        (b'r', b"equest") | (b'c', b"orrelation") => IdKind::Request,
        (b'[' | b'(' | b' ' | b'"' | b'.' | b'-', b"req") => IdKind::Request,
        _ => return None,
    };
    if kind == IdKind::Request && stem_text == b"req" && bytes.get(after_stem) == Some(&b'-') {
        // OpenStack writes the id itself: `req-` and a UUID
        let end = value_end(bytes, after_stem + 1);
        return (end - after_stem > 36).then_some((kind, stem, end));
    }
    let mut at = after_stem;
    at += usize::from(matches!(bytes.get(at)?, b'_' | b'.' | b'-' | b' '));
    let word = bytes.get(at..at + 2)?;
    if !word.eq_ignore_ascii_case(b"id") {
        return None;
    }
    at += 2;
    at += bytes[at..].iter().take_while(|byte| matches!(byte, b'"' | b'\\' | b'\'')).count();
    if !matches!(bytes.get(at)?, b':' | b'=') {
        return None;
    }
    at += 1;
    at += bytes[at..]
        .iter()
        .take(4)
        .take_while(|byte| matches!(byte, b' ' | b'"' | b'\\' | b'\'' | b'['))
        .count();
    let end = value_end(bytes, at);
    let value = &bytes[at..end];
    let long_enough = (ID_LENGTH_MIN..=ID_LENGTH_MAX).contains(&value.len());
    let plausible = long_enough && value.iter().any(u8::is_ascii_digit);
    plausible.then_some((kind, at, end))
}

fn value_end(bytes: &[u8], at: usize) -> usize {
    let length = bytes[at.min(bytes.len())..]
        .iter()
        .take(ID_LENGTH_MAX + 1)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        .count();
    at + length
}
