//! The first multi-line records of a bundle, noted while they pass by, so that no stored line is read
//! back for them. What is noted does not depend on the order in which they come.

use std::collections::BTreeSet;

use super::platform::{FRAME, SIGNS};
use crate::record::Record;

/// Multi-line records that are kept; enough to see what kind they are.
const TRACES_MAX: usize = 2_000;

/// The first multi-line records, in the order of time.
#[derive(Debug, Default)]
pub(crate) struct Traces(BTreeSet<Trace>);

/// A multi-line record and what its continuation lines show. Untimed ones come last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Trace {
    untimed: bool,
    time: i64,
    source: u32,
    pub(super) file: u32,
    pub(super) line: u64,
    /// One bit for each of the signs.
    signs: u8,
    pub(super) is_stack: bool,
}

impl Trace {
    /// Does it show the sign of that number?
    pub(super) fn shows(&self, sign: u8) -> bool {
        self.signs >> sign & 1 == 1
    }
}

impl Traces {
    /// Notes a record if it has several lines and is among the first.
    pub(crate) fn note(&mut self, file: u32, source: u32, record: &Record<'_>) {
        if record.lines < 2 {
            return;
        }
        let mut trace = Trace {
            untimed: record.time.is_none(),
            time: record.time.map_or(0, |time| time.0),
            source,
            file,
            line: record.line,
            signs: 0,
            is_stack: false,
        };
        let is_full = self.0.len() >= TRACES_MAX;
        if is_full && self.0.last().is_some_and(|last| *last <= trace) {
            return;
        }
        let tail = record.tail.strip_prefix('\n').unwrap_or(&record.tail);
        trace.is_stack = FRAME.is_match(tail);
        for (sign, number) in SIGNS.iter().zip(0_u8..) {
            trace.signs |= u8::from(sign.pattern.is_match(tail)) << number;
        }
        self.keep(trace);
    }

    /// Adds what was noted elsewhere.
    pub(crate) fn merge(&mut self, other: Self) {
        other.0.into_iter().for_each(|trace| self.keep(trace));
    }

    fn keep(&mut self, trace: Trace) {
        self.0.insert(trace);
        if self.0.len() > TRACES_MAX {
            self.0.pop_last();
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Trace> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use mainstay_core::UtcMicros;

    use super::*;
    use crate::record::{Flags, TimeConfidence};

    fn record(line: u64, time: Option<i64>, tail: &str) -> Record<'_> {
        Record {
            line,
            lines: 2,
            offset: 0,
            length: 0,
            time: time.map(UtcMicros),
            confidence: TimeConfidence::Exact,
            level: None,
            header: "".into(),
            body: "".into(),
            tail: tail.into(),
            trace_id: None,
            span_id: None,
            request_id: None,
            flags: Flags::default(),
        }
    }

    #[test]
    fn the_first_in_time_are_kept_in_whatever_order_they_come() {
        let times = || (0..TRACES_MAX as i64 + 500).map(|at| at * 7_919 % 10_007);
        let (mut one, mut left, mut right) =
            (Traces::default(), Traces::default(), Traces::default());
        one.note(0, 0, &record(1, None, "\n\tat a.B.c(B.java:1)"));
        for (time, line) in times().zip(2..) {
            let record = record(line, Some(time), "\n\tat a.B.c(B.java:1)");
            one.note(0, 0, &record);
            if time % 2 == 0 { &mut left } else { &mut right }.note(0, 0, &record);
        }
        right.merge(left);
        assert_eq!(one.0.len(), TRACES_MAX);
        assert_eq!(one.0, right.0);
        assert!(one.iter().all(|trace| trace.is_stack && !trace.untimed));
    }

    #[test]
    fn the_signs_of_the_lines_are_noted() {
        let mut traces = Traces::default();
        traces.note(0, 0, &record(1, Some(1), "\njava.lang.OutOfMemoryError: Java heap space"));
        traces.note(0, 0, &record(3, Some(2), "\nnothing of the kind"));
        let shown: Vec<bool> = traces.iter().map(|trace| trace.shows(0)).collect();
        assert_eq!(shown, [true, false]);
    }
}
