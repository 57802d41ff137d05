//! Records that lines may still join: one for each stream of a file, handed over in the order in
//! which they began.

use std::collections::VecDeque;

use mainstay_core::{Level, UtcMicros};

use super::block::Block;
use super::layout::{is_preamble, stated_timestamp};
use super::level;
use super::lines::Line;
use super::said::{Joining, mentions_error};
use super::wrapper::Wrapped;
use crate::record::{Flags, Record, TimeConfidence};
use crate::stamp;

/// Lines of one wrapped stream further apart than this belong to different records.
const JOIN_GAP_US: i64 = 1_000_000;
/// Records that wait for a slower stream's record to end; beyond it that one ends.
const OPEN_MAX: usize = 64;

/// What an open record lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Awaits {
    #[default]
    Nothing,
    /// The header filled its line: `java.util.logging` and the .NET console.
    Message,
    /// Settings, then a statement.
    Preamble,
}

/// The record that lines may still join.
pub(super) struct Open {
    pub(super) record: Record,
    pub(super) block: Block,
    pub(super) wrapped: Wrapped,
    pub(super) joining: Joining,
    pub(super) awaits: Awaits,
    /// Tells the streams and processes of one file apart.
    pub(super) stream: u64,
    closed: bool,
}

/// Blank lines whose place is open: inside a record if it goes on, else between records.
#[derive(Default)]
pub(super) struct Blanks {
    pub(super) lines: u32,
    pub(super) bytes: u64,
    text: String,
}

/// The limits of one record.
#[derive(Debug, Clone, Copy)]
pub(super) struct RecordLimits {
    pub(super) lines: u32,
    pub(super) bytes: usize,
}

/// All open records of a file, the oldest first.
#[derive(Default)]
pub(super) struct OpenRecords {
    open: VecDeque<Open>,
}

impl OpenRecords {
    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// The open record of a stream.
    pub(super) fn of_stream(&mut self, stream: u64) -> Option<&mut Open> {
        self.open.iter_mut().rev().find(|open| !open.closed && open.stream == stream)
    }

    /// Opens a record; the one of its stream ends.
    pub(super) fn push(&mut self, open: Open, sink: &mut dyn FnMut(Record)) {
        if let Some(before) = self.of_stream(open.stream) {
            before.closed = true;
        }
        let now = open.wrapped.time;
        self.open.push_back(open);
        if let Some(first) = self.open.front_mut() {
            first.closed |= !is_close(first.wrapped.time, now);
        }
        while self.open.len() > OPEN_MAX || self.open.front().is_some_and(|open| open.closed) {
            let Some(open) = self.open.pop_front() else { break };
            sink(open.record);
        }
    }

    /// Ends and hands over all.
    pub(super) fn finish(&mut self, sink: &mut dyn FnMut(Record)) {
        for open in self.open.drain(..) {
            sink(open.record);
        }
    }
}

fn is_close(before: Option<UtcMicros>, now: Option<UtcMicros>) -> bool {
    match (before, now) {
        (Some(before), Some(now)) => (now.0 - before.0).abs() <= JOIN_GAP_US,
        _ => true,
    }
}

impl Open {
    pub(super) fn new(record: Record, stream: u64, wrapped: Wrapped, joining: Joining) -> Self {
        Self {
            record,
            block: Block::default(),
            wrapped,
            joining,
            awaits: Awaits::default(),
            stream,
            closed: false,
        }
    }

    /// Does a line that starts nothing belong here? Takes the block on.
    pub(super) fn takes(&mut self, text: &str, wrapped: &Wrapped) -> bool {
        if !is_close(self.wrapped.time, wrapped.time) {
            return false;
        }
        let goes_on = self.block.goes_on(text);
        match self.joining {
            Joining::Never => false,
            Joining::Blocks => goes_on,
            Joining::All => true,
        }
    }

    /// Does a line with a header of its own go on with a stack trace here? Syslog gives every line
    /// of a trace a header.
    pub(super) fn takes_frame(&mut self, text: &str) -> bool {
        let text = text.strip_prefix("#011").unwrap_or(text);
        let inside = self.block.is_trace();
        let goes_on = self.block.goes_on(text);
        is_frame(text) || (inside && goes_on)
    }

    /// Does a block's own start still belong to it? `# Time:` comes before `# User@Host:`.
    pub(super) fn takes_preamble(&self, text: &str) -> bool {
        self.awaits == Awaits::Preamble
            && !text.starts_with("# Time:")
            && !self.record.header.contains("# User@Host:")
    }

    /// Adds a line.
    pub(super) fn join(
        &mut self,
        line: &Line,
        wrapped: Wrapped,
        blanks: &Blanks,
        limits: RecordLimits,
    ) {
        let record = &mut self.record;
        record.lines = record.lines.saturating_add(1 + blanks.lines);
        record.length += line.length + blanks.bytes;
        let held = record.header.len() + record.body.len() + record.tail.len();
        let fits = record.lines <= limits.lines
            && held + blanks.text.len() + line.text.len() < limits.bytes;
        if line.cut || !fits {
            record.flags = record.flags.with(Flags::OVERSIZE);
        }
        if fits && self.awaits == Awaits::Preamble && is_preamble(&line.text) {
            take_setting(record, blanks, &line.text);
        } else if fits && self.awaits != Awaits::Nothing {
            take_message(record, blanks, &line.text);
            self.awaits = Awaits::Nothing;
        } else if fits {
            record.tail.push_str(&blanks.text);
            record.tail.push('\n');
            record.tail.push_str(&line.text);
        }
        self.wrapped = Wrapped { level: self.wrapped.level, ..wrapped };
    }
}

/// A line that only a stack trace has; the header before it may have taken its indentation.
fn is_frame(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with("at ") && text.contains('(') && text.ends_with(')'))
        || text.starts_with("Caused by: ")
        || text.starts_with("Suppressed: ")
        || (text.starts_with("... ") && text.ends_with(" more"))
}

fn take_setting(record: &mut Record, blanks: &Blanks, text: &str) {
    record.header.push_str(&blanks.text);
    record.header.push('\n');
    record.header.push_str(text);
    let Some(stated) = stated_timestamp(text).filter(|_| !is_stated(record.confidence)) else {
        return;
    };
    let micros = stated.parse().ok().and_then(|whole| stamp::from_number(whole, stated.len(), 0));
    if let Some(micros) = micros {
        record.time = Some(UtcMicros(micros));
        record.confidence = TimeConfidence::Exact;
    }
}

fn is_stated(confidence: TimeConfidence) -> bool {
    confidence < TimeConfidence::Inherited
}

/// A header that fills its line has its message on the next: `java.util.logging` (which states the
/// level there), the .NET console and blocks with a banner.
fn take_message(record: &mut Record, blanks: &Blanks, text: &str) {
    let mut cut = text.len() - text.trim_start().len();
    if record.level.is_none()
        && let Some((level, length)) = level::scan(&text.as_bytes()[cut..])
        && text[cut + length..].starts_with(": ")
    {
        record.level = Some(level);
        cut += length + 2;
    }
    record.header.push_str(&blanks.text);
    record.header.push('\n');
    record.header.push_str(&text[..cut]);
    record.body.push_str(&text[cut..]);
}

/// Marks what a complete record says besides its level.
pub(super) fn complete(record: &mut Record) {
    if record.level < Some(Level::Error)
        && (mentions_error(&record.body) || mentions_error(&record.tail))
    {
        record.flags = record.flags.with(Flags::MENTIONS_ERROR);
    }
}

impl Blanks {
    pub(super) fn take(&mut self, line: &Line) {
        /// Blank lines carry no text worth more than this.
        const TEXT_MAX: usize = 4_096;
        self.lines = self.lines.saturating_add(1);
        self.bytes += line.length;
        if self.text.len() + line.text.len() < TEXT_MAX {
            self.text.push('\n');
            self.text.push_str(&line.text);
        }
    }
}
