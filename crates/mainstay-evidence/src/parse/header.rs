//! The generic header finder: what stands before the message in a log of an unknown program.
//!
//! Each sample line is taken apart into fields of the few kinds that a header may hold; a field is
//! header as long as the same kind stands at the same place, with the same delimiter, on nearly
//! every record start. A text that is merely constant is message, not header.

use std::collections::BTreeMap;

use super::layout::{HeaderLayout, Step, text};
use super::level;
use crate::stamp;

/// Percent of record starts that must agree on a field.
const AGREE_PERCENT: usize = 95;
/// More fields than this are a table, not a header.
const FIELDS_MAX: usize = 10;

/// The layout that the lines share, if they have one that holds a time or a level.
pub(crate) fn find(lines: &[&str]) -> Option<HeaderLayout> {
    let mut open: Vec<Vec<Vec<Step>>> =
        lines.iter().map(|line| fields(line)).filter(|fields| !fields.is_empty()).collect();
    let starts = open.len();
    if starts == 0 {
        return None;
    }
    let mut accepted: Vec<Vec<Step>> = Vec::new();
    loop {
        let place = accepted.len();
        let mut votes: BTreeMap<&[Step], usize> = BTreeMap::new();
        for field in open.iter().filter_map(|fields| fields.get(place)) {
            *votes.entry(field.as_slice()).or_default() += 1;
        }
        let Some((field, count)) = votes.into_iter().max_by_key(|(_, count)| *count) else { break };
        // the first field only has to stand before all others: other programs may write here too
        let needed =
            if place == 0 { starts.div_ceil(2) } else { (starts * AGREE_PERCENT).div_ceil(100) };
        if count < needed.max(1) {
            break;
        }
        let field = field.to_vec();
        open.retain(|fields| fields.get(place) == Some(&field));
        accepted.push(field);
    }
    while accepted.last().is_some_and(|field| is_weak(field)) {
        accepted.pop();
    }
    let steps: Vec<Step> = accepted.into_iter().flatten().collect();
    let states = |wanted: &[Step]| steps.iter().any(|step| wanted.contains(step));
    if !states(&[Step::Time, Step::Date, Step::Level, Step::Letter]) {
        return None;
    }
    Some(HeaderLayout::of(name_of(&steps), steps))
}

/// A number or a plain word at the end of a header is as likely the start of the message.
fn is_weak(field: &[Step]) -> bool {
    matches!(field.first(), Some(Step::Number | Step::Word(_) | Step::Letter))
}

fn name_of(steps: &[Step]) -> &'static str {
    let has = |step: &Step| steps.contains(step);
    match (has(&Step::Time) || has(&Step::Date), has(&Step::Level)) {
        (true, true) => "time and level",
        (true, false) => "time",
        (false, true) => "level",
        (false, false) => "letter",
    }
}

/// The header fields of one line, each with its delimiter, as far as they are of a known kind.
fn fields(line: &str) -> Vec<Vec<Step>> {
    let text = line.as_bytes();
    let mut found: Vec<Vec<Step>> = Vec::new();
    let mut at = 0;
    let mut timed = false;
    let mut leveled = false;
    while found.len() < FIELDS_MAX && at < text.len() {
        let rest = &text[at..];
        let time = if timed { None } else { time_field(rest) };
        let field = if let Some(field) = time {
            timed = true;
            Some(field)
        } else if let Some(field) = if leveled { None } else { level_field(rest) } {
            leveled = true;
            Some(field)
        } else if found.is_empty() {
            word_before_time(rest)
        } else {
            other_field(rest)
        };
        let Some((mut steps, length)) = field else { break };
        let (delimiter, after) = delimiter(&rest[length..]);
        // glued to what follows: only brackets may be
        if delimiter.is_empty() && !matches!(steps.last(), Some(Step::Byte(_) | Step::Bracket)) {
            break;
        }
        steps.extend(delimiter);
        found.push(steps);
        at += length + after;
    }
    found
}

type Field = (Vec<Step>, usize);

fn time_field(rest: &[u8]) -> Option<Field> {
    if let Some((_, _, length)) = stamp::scan(rest) {
        return Some((vec![Step::Time], length));
    }
    if let Some((_, _, length)) = stamp::scan_header_day(rest) {
        return Some((vec![Step::Date], length));
    }
    let (open, close) = pair_of(*rest.first()?)?;
    let (_, _, length) = stamp::scan(&rest[1..])?;
    (rest.get(1 + length) == Some(&close))
        .then(|| (vec![Step::Byte(open), Step::Time, Step::Byte(close)], length + 2))
}

fn level_field(rest: &[u8]) -> Option<Field> {
    if let Some((_, length)) = level::scan(rest) {
        return Some((vec![Step::Level], length));
    }
    if let Some((open, close)) = pair_of(*rest.first()?) {
        let before = text::blanks(&rest[1..]);
        let (_, length) = level::scan(&rest[1 + before..])?;
        let end = 1 + before + length;
        let after = text::blanks(&rest[end..]);
        let steps = vec![
            Step::Byte(open),
            Step::MaybeBlank,
            Step::Level,
            Step::MaybeBlank,
            Step::Byte(close),
        ];
        return (rest.get(end + after) == Some(&close)).then_some((steps, end + after + 1));
    }
    let letter = level::from_letter(*rest.first()?).is_some();
    (letter && rest.get(1) == Some(&b' ')).then_some((vec![Step::Letter], 1))
}

/// A file name or host that stands before the time, as a collector writes it.
fn word_before_time(rest: &[u8]) -> Option<Field> {
    let length = text::word(rest, None)?;
    let after = length + text::blanks(&rest[length..]);
    stamp::scan(rest.get(after..)?)?;
    Some((vec![Step::Word(None)], length))
}

fn other_field(rest: &[u8]) -> Option<Field> {
    if let Some(length) = text::bracket(rest) {
        return Some((vec![Step::Bracket], length));
    }
    if rest[0] == b'(' {
        let length = text::word(&rest[1..], Some(b')'))?;
        return (rest.get(1 + length) == Some(&b')')).then(|| {
            let steps = vec![Step::Byte(b'('), Step::Word(Some(b')')), Step::Byte(b')')];
            (steps, length + 2)
        });
    }
    if let Some(length) = text::number(rest)
        && matches!(rest.get(length), Some(b' ' | b'\t'))
    {
        return Some((vec![Step::Number], length));
    }
    if let Some(length) = text::program(rest)
        && rest[..length].ends_with(b"]")
    {
        return Some((vec![Step::Program], length));
    }
    let end = text::word(rest, Some(b':'))?;
    let colon = rest.get(end) == Some(&b':');
    let terminator = colon.then_some(b':');
    let length = text::logger(rest, terminator)?;
    Some((vec![Step::Logger(terminator)], length))
}

fn pair_of(open: u8) -> Option<(u8, u8)> {
    match open {
        b'[' => Some((b'[', b']')),
        b'(' => Some((b'(', b')')),
        b'<' => Some((b'<', b'>')),
        _ => None,
    }
}

/// Blanks, and one mark that stands alone: ` - `, ` | `, `: `, `, `.
fn delimiter(rest: &[u8]) -> (Vec<Step>, usize) {
    let before = text::blanks(rest);
    let mark = rest.get(before).copied().unwrap_or(b' ');
    let after = rest.get(before + 1..).map_or(0, text::blanks);
    let glued_mark = before == 0 && matches!(mark, b':' | b',' | b';' | b'|');
    let spaced_mark = before > 0 && matches!(mark, b'-' | b'|' | b':');
    if after > 0 && (glued_mark || spaced_mark) {
        let mut steps = vec![Step::Byte(mark), Step::Blank];
        if spaced_mark {
            steps.insert(0, Step::Blank);
        }
        return (steps, before + 1 + after);
    }
    if before > 0 || rest.is_empty() { (vec![Step::Blank], before) } else { (Vec::new(), 0) }
}
