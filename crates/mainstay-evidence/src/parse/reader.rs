//! From lines to records: one header, its message and all continuation lines. One pass, one open
//! record, counts that add up.

use mainstay_core::UtcMicros;

use super::block;
use super::detect::{self, Shape};
use super::ids::{self, IdFinder};
use super::layout::Message;
use super::layout::columns::Columns;
use super::lines::Line;
use super::log::LogPlan;
use super::open_record::{Awaits, Blanks, Open, OpenRecords, RecordLimits, complete};
use super::said::{Joining, Said, said_by};
use super::wrapper::{Inner, Wrapped};
use crate::limits::Limits;
use crate::problem::{Problem, ProblemCode, Problems};
use crate::record::{Flags, Record, TimeConfidence};
use crate::stamp::{Clock, Stamp};

/// A step back of more than this, in a file otherwise in order, is the clock's.
const CLOCK_STEP_US: i64 = 60_000_000;
/// A file with more than one step back in so many records is simply not in order.
const IN_ORDER_RECORDS: u64 = 100;
/// Unmatched lines that are tried against every known layout before the reader gives up on that.
const NEW_SHAPE_TRIES: u32 = 500;
/// More unmatched records than one in so many are no stray lines.
const UNMATCHED_ONE_IN: u64 = 5;
/// Lines of a new shape before it is locked.
const NEW_SHAPE_LINES: u32 = 3;

/// What reading a log added up to. `lines` = lines of records + `blank_lines`; bytes likewise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogSummary {
    pub records: u64,
    pub lines: u64,
    pub bytes: u64,
    pub blank_lines: u64,
    pub blank_bytes: u64,
    /// Records whose line fits no layout of a one-line format.
    pub unmatched: u64,
    /// Records with a time of their own.
    pub timed: u64,
    /// The largest step back between neighbours.
    pub clock_backwards_max_us: i64,
    pub label: String,
}

/// Turns the redacted lines of one file, in order, into records.
pub struct LogReader {
    plan: LogPlan,
    clock: Clock,
    finder: IdFinder,
    limits: RecordLimits,
    layouts: usize,
    open: OpenRecords,
    blanks: Blanks,
    /// A line had a header.
    matched: bool,
    previous: Option<UtcMicros>,
    tries_left: u32,
    candidates: Vec<(Shape, u32)>,
    too_many_layouts: bool,
    /// Layouts that were learned inside the file, and the line that locked the first.
    learned: u64,
    oversize: u64,
    steps_back: u64,
    step_back_line: Option<(u64, u64)>,
    summary: LogSummary,
}

impl LogReader {
    /// A reader at the start of a file.
    #[must_use]
    pub fn new(plan: LogPlan, limits: &Limits) -> Self {
        Self {
            clock: Clock::new(plan.clock.clone()),
            finder: IdFinder::new(),
            limits: RecordLimits { lines: limits.record_lines, bytes: limits.record_bytes },
            layouts: limits.layouts,
            open: OpenRecords::default(),
            blanks: Blanks::default(),
            matched: false,
            previous: None,
            tries_left: NEW_SHAPE_TRIES,
            candidates: Vec::new(),
            too_many_layouts: false,
            learned: 0,
            oversize: 0,
            steps_back: 0,
            step_back_line: None,
            summary: LogSummary { label: plan.label.clone(), ..LogSummary::default() },
            plan,
        }
    }

    /// Takes the next line; calls `sink` for each record that is complete.
    pub fn push(&mut self, line: Line, sink: &mut dyn FnMut(Record)) {
        self.summary.lines += 1;
        self.summary.bytes += line.length;
        if line.text.trim_ascii().is_empty() {
            self.blanks.take(&line);
            return;
        }
        let text = line.text.as_str();
        let (inner, wrapped) = detect::peel(&self.plan.wrappers, text);
        if self.open.of_stream(wrapped.stream).is_some_and(|open| open.wrapped.partial) {
            self.join(&line, wrapped, wrapped.stream);
            return;
        }
        match self.read(&inner.text) {
            Some(said) => self.take(&line, &inner, wrapped, said, sink),
            None if self.joins(&inner, &wrapped) => self.join(&line, wrapped, wrapped.stream),
            None => {
                let said = self.said_by_nothing(&inner);
                self.start(&line, &inner, wrapped, said, sink);
            }
        }
    }

    /// A line with a header starts a record, unless its message goes on with another.
    fn take(
        &mut self,
        line: &Line,
        inner: &Inner<'_>,
        wrapped: Wrapped,
        said: Said,
        sink: &mut dyn FnMut(Record),
    ) {
        self.matched = true;
        let stream = wrapped.stream ^ said.process;
        let joins = match self.open.of_stream(stream) {
            None => false,
            Some(open) if said.goes_on || open.takes_preamble(&inner.text) => true,
            Some(open) => said.process != 0 && open.takes_frame(&inner.text[said.body.0..]),
        };
        if joins {
            self.join(line, wrapped, stream);
        } else {
            self.start(line, inner, wrapped, said, sink);
        }
    }

    /// Hands over the last record and what was wrong.
    pub fn finish(
        mut self,
        sink: &mut dyn FnMut(Record),
        path: &str,
        problems: &mut Problems,
    ) -> LogSummary {
        let (summary, oversize) = (&mut self.summary, &mut self.oversize);
        self.open.finish(&mut |record| hand_over(record, summary, oversize, sink));
        self.drop_blanks();
        let mut note = |code, detail: &str, count, place: Option<(u64, u64)>| {
            let mut problem = Problem::new(code, Some(path), detail);
            problem.count = count;
            if let Some((line, offset)) = place {
                problem = problem.at_line(line, offset);
            }
            problems.push(problem);
        };
        if self.oversize > 0 {
            note(ProblemCode::LongRecord, "a record is longer than the limit", self.oversize, None);
        }
        if self.too_many_layouts {
            note(
                ProblemCode::TooManyLayouts,
                "lines of further layouts were not told apart",
                1,
                None,
            );
        }
        if self.learned > 0 {
            let detail = "lines of another layout begin inside the file";
            note(ProblemCode::LayoutDrift, detail, self.learned, None);
        }
        if self.summary.unmatched * UNMATCHED_ONE_IN > self.summary.records {
            let detail = "many lines fit no layout of the file";
            note(ProblemCode::LayoutDrift, detail, self.summary.unmatched, None);
        }
        if self.plan.order_guessed {
            note(
                ProblemCode::AmbiguousDateOrder,
                "no date tells day from month: the order nearest to the bundle was taken",
                1,
                None,
            );
        }
        if self.summary.timed == 0 && self.summary.records > 0 {
            note(ProblemCode::NoTime, "no line states a time", 1, None);
        }
        let in_order = self.steps_back * IN_ORDER_RECORDS <= self.summary.records;
        if self.summary.clock_backwards_max_us > CLOCK_STEP_US && in_order {
            let place = self.step_back_line;
            note(ProblemCode::ClockBackwards, "the clock went backwards", self.steps_back, place);
        }
        self.summary
    }

    /// What the line says if it starts a record.
    fn read(&mut self, text: &str) -> Option<Said> {
        if let [Shape::Columns(columns), ..] = self.plan.shapes.as_mut_slice()
            && let Some(named) = Columns::of_directive(text)
        {
            *columns = named;
        }
        if let Some(said) = self.plan.shapes.iter().find_map(|shape| said_by(shape, text)) {
            return Some(said);
        }
        if let Some(shape) = detect::sibling_of_line(&self.plan.shapes, text) {
            return said_by(&shape, text);
        }
        let known_file = !self.plan.shapes.is_empty();
        if !known_file || self.tries_left == 0 || block::only_goes_on(text) {
            return None;
        }
        self.tries_left -= 1;
        let shape = detect::shape_of_line(text)?;
        let said = said_by(&shape, text);
        self.learn(shape);
        said
    }

    /// Locks a shape after a few lines of it.
    fn learn(&mut self, shape: Shape) {
        self.tries_left += 1;
        let place = self.candidates.iter().position(|(held, _)| *held == shape);
        match place {
            None if self.candidates.len() < self.layouts => self.candidates.push((shape, 1)),
            None => {}
            Some(place) => {
                self.candidates[place].1 += 1;
                if self.candidates[place].1 >= NEW_SHAPE_LINES {
                    if self.plan.shapes.len() < self.layouts {
                        self.plan.shapes.push(self.candidates.swap_remove(place).0);
                        self.learned += 1;
                    } else {
                        self.too_many_layouts = true;
                        self.tries_left = 0;
                    }
                }
            }
        }
    }

    /// Does a line that starts nothing belong to the open record of its stream?
    fn joins(&mut self, inner: &Inner<'_>, wrapped: &Wrapped) -> bool {
        let stream = wrapped.stream;
        self.open.of_stream(stream).is_some_and(|open| open.takes(&inner.text, wrapped))
    }

    /// A line that starts nothing and joins nothing is a record of its own.
    fn said_by_nothing(&self, inner: &Inner<'_>) -> Said {
        let mut said = Said { body: (0, inner.text.len()), ..Said::default() };
        match self.plan.shapes.first() {
            None => {}
            // the file begins inside a record: all up to the first header is its rest
            Some(shape) if !shape.is_one_line() && !self.matched => {
                let first = self.open.is_empty();
                said.flags = if first { Flags::HEAD_CUT } else { Flags::UNMATCHED };
                said.joining = if first { Joining::All } else { Joining::Blocks };
            }
            Some(_) => said.flags = Flags::UNMATCHED,
        }
        said
    }

    fn start(
        &mut self,
        line: &Line,
        inner: &Inner<'_>,
        wrapped: Wrapped,
        said: Said,
        sink: &mut dyn FnMut(Record),
    ) {
        self.drop_blanks();
        let ids_length = ids::leading_pairs(&inner.text[said.body.0..said.body.1]);
        let body_start = inner.place(said.body.0 + ids_length);
        let body_end = inner.place(said.body.1).max(body_start);
        let (header, rest) = line.text.split_at(body_start);
        let (body, tail) = rest.split_at(body_end - body_start);
        let mut ids = said.ids;
        self.finder.find(&line.text, &mut ids);
        let (time, confidence) = self.time(said.stamp, &wrapped);
        self.note_time(line, time, confidence);
        let mut flags = said.flags;
        if line.cut {
            flags = flags.with(Flags::OVERSIZE);
        }
        let record = Record {
            line: line.number,
            lines: 1,
            offset: line.offset,
            length: line.length,
            time,
            confidence,
            level: said.level.or(wrapped.level),
            header: header.to_owned(),
            body: body.to_owned(),
            tail: tail.to_owned(),
            trace_id: ids.trace,
            span_id: ids.span,
            request_id: ids.request,
            flags,
        };
        let empty = record.body.is_empty() && record.tail.is_empty();
        let mut open = Open::new(record, wrapped.stream ^ said.process, wrapped, said.joining);
        open.block.goes_on(&inner.text[said.body.0..]);
        open.awaits = match said.message {
            Message::AfterPreamble => Awaits::Preamble,
            _ if empty && said.joining == Joining::All => Awaits::Message,
            _ => Awaits::Nothing,
        };
        let (summary, oversize) = (&mut self.summary, &mut self.oversize);
        self.open.push(open, &mut |record| hand_over(record, summary, oversize, sink));
    }

    /// The surest time that the line and its wrappers state, else the one before it.
    fn time(
        &mut self,
        stamp: Option<Stamp>,
        wrapped: &Wrapped,
    ) -> (Option<UtcMicros>, TimeConfidence) {
        let own = stamp.and_then(|stamp| self.clock.read(stamp));
        match (own, wrapped.time) {
            (Some((time, TimeConfidence::Exact)), _) => (Some(time), TimeConfidence::Exact),
            (_, Some(time)) => (Some(time), TimeConfidence::Exact),
            (Some((time, confidence)), None) => (Some(time), confidence),
            (None, None) => match (self.previous, self.plan.modified) {
                (Some(time), _) => (Some(time), TimeConfidence::Inherited),
                (None, Some(time)) => (Some(time), TimeConfidence::FileOnly),
                (None, None) => (None, TimeConfidence::None),
            },
        }
    }

    fn note_time(&mut self, line: &Line, time: Option<UtcMicros>, confidence: TimeConfidence) {
        let Some(time) = time.filter(|_| confidence < TimeConfidence::Inherited) else { return };
        self.summary.timed += 1;
        if let Some(previous) = self.previous
            && time < previous
        {
            self.steps_back += 1;
            let step = previous.0 - time.0;
            if step > self.summary.clock_backwards_max_us {
                self.summary.clock_backwards_max_us = step;
                self.step_back_line = Some((line.number, line.offset));
            }
        }
        self.previous = Some(time);
    }

    fn join(&mut self, line: &Line, wrapped: Wrapped, stream: u64) {
        let blanks = std::mem::take(&mut self.blanks);
        if let Some(open) = self.open.of_stream(stream) {
            open.join(line, wrapped, &blanks, self.limits);
        }
    }

    fn drop_blanks(&mut self) {
        let blanks = std::mem::take(&mut self.blanks);
        self.summary.blank_lines += u64::from(blanks.lines);
        self.summary.blank_bytes += blanks.bytes;
    }
}

fn hand_over(
    mut record: Record,
    summary: &mut LogSummary,
    oversize: &mut u64,
    sink: &mut dyn FnMut(Record),
) {
    complete(&mut record);
    summary.records += 1;
    summary.unmatched += u64::from(record.flags.has(Flags::UNMATCHED));
    *oversize += u64::from(record.flags.has(Flags::OVERSIZE));
    sink(record);
}
