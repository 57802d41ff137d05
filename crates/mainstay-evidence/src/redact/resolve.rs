//! Many candidates, some of them over each other, become places in order, each with what stands
//! there instead.

use std::borrow::Cow;
use std::ops::Range;

use super::kind::Kind;
use super::pseudonym::Pseudonyms;
use super::rule::Rule;

/// A place of a line and what stands there instead.
#[derive(Debug)]
pub(super) struct Hidden {
    pub(super) place: Range<usize>,
    pub(super) kind: Kind,
    pub(super) rule: Rule,
    pub(super) replacement: String,
}

/// What one detector found.
pub(super) struct Candidate<'l> {
    pub(super) place: Range<usize>,
    pub(super) kind: Kind,
    pub(super) rule: Rule,
    /// The one spelling that all spellings of the value share.
    pub(super) normal: Cow<'l, str>,
}

impl<'l> Candidate<'l> {
    /// Known by its own shape.
    pub(super) fn shape(place: Range<usize>, kind: Kind, normal: impl Into<Cow<'l, str>>) -> Self {
        Self { place, kind, rule: Rule::Shape, normal: normal.into() }
    }
}

/// Joins what overlaps, leaves earlier placeholders alone, and makes the replacements.
pub(super) fn resolve(
    line: &str,
    mut candidates: Vec<Candidate<'_>>,
    done: &[Range<usize>],
    is_json: bool,
    pseudonyms: &mut Pseudonyms<'_>,
) -> Vec<Hidden> {
    if is_json {
        candidates.iter_mut().for_each(|candidate| whole_escapes(line, &mut candidate.place));
    }
    candidates.retain(|candidate| {
        let place = &candidate.place;
        place.start < place.end && line.get(place.clone()).is_some() && !touches(done, place)
    });
    candidates.sort_by_key(|candidate| (candidate.place.start, candidate.kind));
    candidates.dedup_by(|next, last| {
        let joins = next.place.start < last.place.end;
        if joins {
            last.place.end = last.place.end.max(next.place.end);
            if next.kind < last.kind {
                last.kind = next.kind;
                last.rule = next.rule;
                std::mem::swap(&mut last.normal, &mut next.normal);
            }
        }
        joins
    });
    let mut strings = Strings { bytes: line.as_bytes(), at: 0, inside: false };
    candidates
        .into_iter()
        .map(|candidate| {
            let mut replacement = pseudonyms.placeholder(candidate.kind, &candidate.normal);
            // a bare number in JSON: the placeholder must be a string
            if candidate.kind != Kind::Ip && is_json_number(line, &candidate.place) {
                let is_bare = is_json && !strings.is_inside(candidate.place.start);
                let fallback = if is_bare { "\"" } else { "" };
                let quote = name_quote(line, candidate.place.start).unwrap_or(fallback);
                replacement = format!("{quote}{replacement}{quote}");
            }
            Hidden {
                place: candidate.place,
                kind: candidate.kind,
                rule: candidate.rule,
                replacement,
            }
        })
        .collect()
}

/// Does a place overlap one of these, which are in order?
pub(super) fn touches(sorted: &[Range<usize>], place: &Range<usize>) -> bool {
    let next = sorted.partition_point(|other| other.end <= place.start);
    sorted.get(next).is_some_and(|other| other.start < place.end)
}

/// A number as JSON writes it, from the first byte on: most values are none.
fn is_json_number(line: &str, place: &Range<usize>) -> bool {
    let text = &line[place.clone()];
    let can_start = |byte: &u8| byte.is_ascii_digit() || b"+-.iInN".contains(byte);
    text.as_bytes().first().is_some_and(can_start) && text.parse::<f64>().is_ok()
}

/// Moves the edges of a place out of the middle of an escape, or JSON would break.
fn whole_escapes(line: &str, place: &mut Range<usize>) {
    let bytes = line.as_bytes();
    let run = bytes[..place.start].iter().rev().take_while(|byte| **byte == b'\\').count();
    let is_escape = |byte: &u8| b"nrtbfu/\"\\".contains(byte);
    if run % 2 == 1 && bytes.get(place.start).is_some_and(is_escape) {
        place.start -= 1;
    }
    if matches!(bytes.get(place.end), Some(b'\\' | b'"')) {
        while place.end > place.start && bytes[place.end - 1] == b'\\' {
            place.end -= 1;
        }
    }
}

/// The quote, with its backslashes, of the name before a bare value: `\\"card\\": 4111…`.
fn name_quote(line: &str, value_start: usize) -> Option<&str> {
    let name = line[..value_start].trim_end().strip_suffix(':')?.trim_end();
    let body = name.strip_suffix('"')?.trim_end_matches('\\');
    Some(&name[body.len()..])
}

/// Walks over a line of JSON and knows whether a place is inside a string.
struct Strings<'a> {
    bytes: &'a [u8],
    at: usize,
    inside: bool,
}

impl Strings<'_> {
    fn is_inside(&mut self, place: usize) -> bool {
        while self.at < place {
            match self.bytes[self.at] {
                b'\\' if self.inside => self.at += 1,
                b'"' => self.inside = !self.inside,
                _ => {}
            }
            self.at += 1;
        }
        self.inside
    }
}
