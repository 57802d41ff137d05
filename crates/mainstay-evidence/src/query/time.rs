//! Moments as people write them: a day, a minute, a second, each a span of its own length.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use mainstay_core::UtcMicros;

const SECOND_US: i64 = 1_000_000;

/// The span that a written moment covers: `2026-11-24` a day, `…T10:05` a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) start: UtcMicros,
    pub(super) end: UtcMicros,
    date: Date,
    offset: Offset,
}

/// Reads a moment; without a zone it is UTC, and without a day it is on the day of `before`.
pub(super) fn parse(text: &str, before: Option<&Written>) -> Option<Written> {
    let (date, clock) = match text.get(..10).and_then(parse_date) {
        Some(date) => (
            date,
            text[10..]
                .strip_prefix(['T', 't', ' ', '_'])
                .or_else(|| text[10..].is_empty().then_some(""))?,
        ),
        None => (before?.date, text),
    };
    let zone = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
    let offset = match &clock[zone..] {
        "" => before.map_or(Offset::UTC, |before| before.offset),
        zone => parse_zone(zone)?,
    };
    let (time, length_us) = parse_clock(&clock[..zone])?;
    let stamp = TimeZone::fixed(offset).to_timestamp(DateTime::from_parts(date, time)).ok()?;
    let start = UtcMicros::from_timestamp(stamp);
    Some(Written { start, end: UtcMicros(start.0.checked_add(length_us)?), date, offset })
}

fn parse_date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
    if bytes[4] != b'-' || bytes[7] != b'-' || !bytes[0].is_ascii_digit() {
        return None;
    }
    let (month, day) = (i8::try_from(part(5..7)?).ok()?, i8::try_from(part(8..10)?).ok()?);
    Date::new(part(0..4)?, month, day).ok()
}

/// The time and the length of its smallest unit.
fn parse_clock(text: &str) -> Option<(Time, i64)> {
    if text.is_empty() {
        return Some((Time::midnight(), 86_400 * SECOND_US));
    }
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(a, b)| (a, Some(b)));
    let mut parts = whole.split(':').map(|part| {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if digits { part.parse::<i8>().ok() } else { None }
    });
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = match parts.next() {
        Some(second) => Some(second?),
        None => None,
    };
    if parts.next().is_some() || (fraction.is_some() && second.is_none()) {
        return None;
    }
    let mut nanos = 0;
    let mut length_us = if second.is_some() { SECOND_US } else { 60 * SECOND_US };
    if let Some(fraction) = fraction {
        let digits =
            (1..=6).contains(&fraction.len()) && fraction.bytes().all(|b| b.is_ascii_digit());
        if !digits {
            return None;
        }
        length_us = 10_i64.pow(6 - u32::try_from(fraction.len()).ok()?);
        nanos = i32::try_from(fraction.parse::<i64>().ok()? * length_us * 1_000).ok()?;
    }
    Some((Time::new(hour, minute, second.unwrap_or(0), nanos).ok()?, length_us))
}

fn parse_zone(text: &str) -> Option<Offset> {
    if text.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let (sign, digits) = match text.split_at(1) {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    Offset::from_seconds(sign * (hours * 3_600 + minutes * 60)).ok()
}

/// A moment as the language writes it.
pub(super) fn written(time: UtcMicros) -> String {
    Timestamp::from_microsecond(time.0)
        .map_or_else(|_| time.to_string(), |stamp| format!("{stamp:.6}"))
}
