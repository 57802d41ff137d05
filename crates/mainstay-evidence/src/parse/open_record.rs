//! Records that lines may still join: one for each stream of a file, handed over in the order in
//! which they began.

use std::collections::VecDeque;

use mainstay_core::{Level, UtcMicros};

use super::block::Block;
use super::held::Held;
use super::hints::mentions_error;
use super::layout::{is_preamble, stated_timestamp};
use super::level;
use super::reader::Placed;
use super::said::Joining;
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

/// What of a record is known before its text is complete.
#[derive(Debug, Clone, Copy)]
pub(super) struct Begun {
    pub(super) line: u64,
    pub(super) lines: u32,
    pub(super) offset: u64,
    pub(super) length: u64,
    pub(super) time: Option<UtcMicros>,
    pub(super) confidence: TimeConfidence,
    pub(super) level: Option<Level>,
    pub(super) flags: Flags,
    /// Body or tail speak of an error.
    pub(super) mentions_error: bool,
}

/// The record that lines may still join.
pub(super) struct Open {
    pub(super) begun: Begun,
    pub(super) held: Held,
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

    /// Where the oldest begins; the records stand in the order of their first lines.
    pub(super) fn first_line(&self) -> Option<u64> {
        self.open.front().map(|open| open.begun.line)
    }

    /// The open record of a stream.
    pub(super) fn of_stream(&mut self, stream: u64) -> Option<&mut Open> {
        self.open.iter_mut().rev().find(|open| !open.closed && open.stream == stream)
    }

    /// Opens a record; the one of its stream ends.
    pub(super) fn push(&mut self, open: Open, sink: &mut dyn FnMut(&Open)) {
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
            sink(&open);
        }
    }

    /// Ends and hands over all.
    pub(super) fn finish(&mut self, sink: &mut dyn FnMut(&Open)) {
        for open in self.open.drain(..) {
            sink(&open);
        }
    }

    /// Copies what is still open out of the run of lines, which goes away.
    pub(super) fn keep(&mut self, run: &str) {
        for open in &mut self.open {
            open.held.own(run);
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
    pub(super) fn new(
        begun: Begun,
        held: Held,
        stream: u64,
        wrapped: Wrapped,
        joining: Joining,
    ) -> Self {
        Self {
            begun,
            held,
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
    pub(super) fn takes_preamble(&self, run: &str, text: &str) -> bool {
        self.awaits == Awaits::Preamble
            && !text.starts_with("# Time:")
            && !self.held.header(run).contains("# User@Host:")
    }

    /// Adds a line that speaks of an error or not.
    pub(super) fn join(
        &mut self,
        line: &Placed<'_>,
        wrapped: Wrapped,
        blanks: &Blanks,
        limits: RecordLimits,
    ) {
        let begun = &mut self.begun;
        let text = line.text();
        begun.lines = begun.lines.saturating_add(1 + blanks.lines);
        begun.length += line.length + blanks.bytes;
        let fits = begun.lines <= limits.lines
            && self.held.len() + blanks.text.len() + text.len() < limits.bytes;
        if line.cut || !fits {
            begun.flags = begun.flags.with(Flags::OVERSIZE);
        }
        if fits && self.awaits == Awaits::Preamble && is_preamble(text) {
            self.take_setting(line.run, blanks, text);
        } else if fits && self.awaits != Awaits::Nothing {
            self.take_message(line.run, blanks, text);
            self.awaits = Awaits::Nothing;
        } else if fits {
            begun.mentions_error =
                begun.mentions_error || (begun.level < Some(Level::Error) && mentions_error(text));
            self.held.append(line, &blanks.text);
        }
        self.wrapped = Wrapped { level: self.wrapped.level, ..wrapped };
    }

    fn take_setting(&mut self, run: &str, blanks: &Blanks, text: &str) {
        self.held.change(run, |own| {
            own.header.push_str(&blanks.text);
            own.header.push('\n');
            own.header.push_str(text);
        });
        let begun = &mut self.begun;
        let Some(stated) = stated_timestamp(text).filter(|_| !is_stated(begun.confidence)) else {
            return;
        };
        let micros =
            stated.parse().ok().and_then(|whole| stamp::from_number(whole, stated.len(), 0));
        if let Some(micros) = micros {
            begun.time = Some(UtcMicros(micros));
            begun.confidence = TimeConfidence::Exact;
        }
    }

    /// A header that fills its line has its message on the next: `java.util.logging` (which states
    /// the level there), the .NET console and blocks with a banner.
    fn take_message(&mut self, run: &str, blanks: &Blanks, text: &str) {
        let begun = &mut self.begun;
        let mut cut = text.len() - text.trim_start().len();
        if begun.level.is_none()
            && let Some((level, length)) = level::scan(&text.as_bytes()[cut..])
            && text[cut + length..].starts_with(": ")
        {
            begun.level = Some(level);
            cut += length + 2;
        }
        self.held.change(run, |own| {
            own.header.push_str(&blanks.text);
            own.header.push('\n');
            own.header.push_str(&text[..cut]);
            own.body.push_str(&text[cut..]);
        });
        begun.mentions_error |= mentions_error(&text[cut..]);
    }

    /// The record as it is now, with what it says besides its level.
    pub(super) fn record<'r>(&'r self, run: &'r str) -> Record<'r> {
        let begun = &self.begun;
        let mentions = begun.level < Some(Level::Error) && begun.mentions_error;
        let flags = if mentions { begun.flags.with(Flags::MENTIONS_ERROR) } else { begun.flags };
        let [header, body, tail] = self.held.parts(run);
        let [trace_id, span_id, request_id] = self.held.ids(run);
        Record {
            line: begun.line,
            lines: begun.lines,
            offset: begun.offset,
            length: begun.length,
            time: begun.time,
            confidence: begun.confidence,
            level: begun.level,
            header: header.into(),
            body: body.into(),
            tail: tail.into(),
            trace_id: trace_id.map(Into::into),
            span_id: span_id.map(Into::into),
            request_id: request_id.map(Into::into),
            flags,
        }
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

fn is_stated(confidence: TimeConfidence) -> bool {
    confidence < TimeConfidence::Inherited
}

impl Blanks {
    pub(super) fn take(&mut self, line: &Placed<'_>) {
        /// Blank lines carry no text worth more than this.
        const TEXT_MAX: usize = 4_096;
        self.lines = self.lines.saturating_add(1);
        self.bytes += line.length;
        let text = line.text();
        if self.text.len() + text.len() < TEXT_MAX {
            self.text.push('\n');
            self.text.push_str(text);
        }
    }
}
