//! From lines to records: one header, its message and all continuation lines. One pass, one open
//! record, counts that add up.

use std::sync::Arc;

use mainstay_core::UtcMicros;

use super::block;
use super::detect::{self, Shape};
use super::held::Held;
use super::layout::Message;
use super::layout::columns::Columns;
use super::lines::Line;
use super::log::LogPlan;
use super::open_record::{Awaits, Begun, Blanks, Open, OpenRecords, RecordLimits};
use super::said::{Joining, Said};
use super::told::{Shapes, Told};
use super::wrapper::Wrapped;
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

/// A line and the run of lines that it stands in, one after the other with a line feed between.
pub(crate) struct Placed<'r> {
    pub(crate) run: &'r str,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) number: u64,
    pub(crate) offset: u64,
    pub(crate) length: u64,
    pub(crate) cut: bool,
}

impl<'r> Placed<'r> {
    pub(crate) fn text(&self) -> &'r str {
        &self.run[self.start..self.end]
    }

    /// Does it say nothing?
    pub(crate) fn is_blank(&self) -> bool {
        is_blank(self.text())
    }
}

/// Does a line say nothing?
pub(crate) fn is_blank(text: &str) -> bool {
    text.trim_ascii().is_empty()
}

/// Turns the redacted lines of one file, in order, into records.
pub struct LogReader {
    shapes: Arc<Shapes>,
    order_guessed: bool,
    modified: Option<UtcMicros>,
    clock: Clock,
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
            clock: Clock::new(plan.clock),
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
            summary: LogSummary { label: plan.label, ..LogSummary::default() },
            shapes: Arc::new(Shapes::new(plan.wrappers, plan.shapes)),
            order_guessed: plan.order_guessed,
            modified: plan.modified,
        }
    }

    /// The shapes as they are known now; lines may be asked by them on any thread.
    pub(crate) fn shapes(&self) -> Arc<Shapes> {
        Arc::clone(&self.shapes)
    }

    /// Takes the next line; calls `sink` for each record that is complete.
    pub fn push(&mut self, line: &Line<'_>, sink: &mut dyn FnMut(Record<'_>)) {
        let run = line.text.as_ref();
        let Line { number, offset, length, cut, .. } = *line;
        let placed = Placed { run, start: 0, end: run.len(), number, offset, length, cut };
        let mut told = (!placed.is_blank()).then(|| self.shapes.tell(run));
        self.take(&placed, told.as_mut(), sink);
        self.keep(run);
    }

    /// Takes the next line of a run with what it told by itself, nothing if it is blank. Before
    /// another run begins, `keep` must be called.
    pub(crate) fn take(
        &mut self,
        line: &Placed<'_>,
        told: Option<&mut Told>,
        sink: &mut dyn FnMut(Record<'_>),
    ) {
        self.summary.lines += 1;
        self.summary.bytes += line.length;
        let Some(told) = told else {
            self.blanks.take(line);
            return;
        };
        let stream = told.wrapped.stream;
        if self.open.of_stream(stream).is_some_and(|open| open.wrapped.partial) {
            self.join(line, told.wrapped, stream);
            return;
        }
        self.read(line.text(), told);
        if let Some(said) = &told.said {
            let stream = stream ^ said.process;
            if self.goes_on(line, told, said, stream) {
                self.join(line, told.wrapped, stream);
            } else {
                self.start(line, told, sink);
            }
        } else if self.joins(line, told) {
            self.join(line, told.wrapped, stream);
        } else {
            told.said = Some(self.said_by_nothing(told.inner(line.text())));
            self.start(line, told, sink);
        }
    }

    /// Where the oldest record begins that lines may still join.
    pub(crate) fn first_open_line(&self) -> Option<u64> {
        self.open.first_line()
    }

    /// The run that the lines stood in goes away.
    pub(crate) fn keep(&mut self, run: &str) {
        self.open.keep(run);
    }

    /// A line with a header starts a record, unless its message goes on with another.
    fn goes_on(&mut self, line: &Placed<'_>, told: &Told, said: &Said, stream: u64) -> bool {
        self.matched = true;
        let inner = told.inner(line.text());
        match self.open.of_stream(stream) {
            None => false,
            Some(open) if said.goes_on || open.takes_preamble(line.run, inner) => true,
            Some(open) => said.process != 0 && open.takes_frame(&inner[said.body.0..]),
        }
    }

    /// Hands over the last record and what was wrong.
    pub fn finish(
        mut self,
        sink: &mut dyn FnMut(Record<'_>),
        path: &str,
        problems: &mut Problems,
    ) -> LogSummary {
        let (summary, oversize) = (&mut self.summary, &mut self.oversize);
        // what is open stands in no run any more
        self.open.finish(&mut |open| hand_over(open.record(""), summary, oversize, sink));
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
        if self.order_guessed {
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

    /// What the line tells under the shapes that are known now; where it tells nothing, a new shape
    /// is looked for.
    fn read(&mut self, line: &str, told: &mut Told) {
        if !self.shapes.agree(told) {
            if let Some(columns) = Arc::make_mut(&mut self.shapes).columns()
                && let Some(named) = Columns::of_directive(told.inner(line))
            {
                *columns = named;
            }
            *told = self.shapes.tell_in_order(line);
        }
        let inner = told.inner(line);
        let known_file = !self.shapes.locked().is_empty();
        let open = told.said.is_none() && known_file && self.tries_left > 0;
        if !open || block::only_goes_on(inner) {
            return;
        }
        self.tries_left -= 1;
        if let Some(shape) = detect::shape_of_line(inner) {
            *told = self.shapes.tell_by(&shape, line);
            self.learn(shape);
        }
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
                    if self.shapes.locked().len() < self.layouts {
                        let shape = self.candidates.swap_remove(place).0;
                        self.shapes = Arc::new(self.shapes.with(shape));
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
    fn joins(&mut self, line: &Placed<'_>, told: &Told) -> bool {
        let open = self.open.of_stream(told.wrapped.stream);
        open.is_some_and(|open| open.takes(told.inner(line.text()), &told.wrapped))
    }

    /// A line that starts nothing and joins nothing is a record of its own.
    fn said_by_nothing(&self, inner: &str) -> Said {
        let mut said = Said { body: (0, inner.len()), ..Said::default() };
        match self.shapes.locked().first() {
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

    fn start(&mut self, line: &Placed<'_>, told: &mut Told, sink: &mut dyn FnMut(Record<'_>)) {
        let Told { wrapped, body, mentions_error, .. } = *told;
        let Some(said) = &told.said else { return };
        self.drop_blanks();
        let (time, confidence) = self.time(said.stamp, &wrapped);
        self.note_time(line, time, confidence);
        let cut = if line.cut { Flags::OVERSIZE } else { Flags::default() };
        let begun = Begun {
            line: line.number,
            lines: 1,
            offset: line.offset,
            length: line.length,
            time,
            confidence,
            level: said.level.or(wrapped.level),
            flags: said.flags.with(cut),
            mentions_error,
        };
        let text = line.text();
        let empty = body.0 == text.len();
        let stream = wrapped.stream ^ said.process;
        let mut block = block::Block::default();
        block.goes_on(&told.inner(text)[said.body.0..]);
        let awaits = match said.message {
            Message::AfterPreamble => Awaits::Preamble,
            _ if empty && said.joining == Joining::All => Awaits::Message,
            _ => Awaits::Nothing,
        };
        let joining = said.joining;
        let held = Held::new(line, body, std::mem::take(&mut told.ids));
        let mut open = Open::new(begun, held, stream, wrapped, joining);
        open.block = block;
        open.awaits = awaits;
        let (summary, oversize) = (&mut self.summary, &mut self.oversize);
        let mut hand = |open: &Open| hand_over(open.record(line.run), summary, oversize, sink);
        self.open.push(open, &mut hand);
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
            (None, None) => match (self.previous, self.modified) {
                (Some(time), _) => (Some(time), TimeConfidence::Inherited),
                (None, Some(time)) => (Some(time), TimeConfidence::FileOnly),
                (None, None) => (None, TimeConfidence::None),
            },
        }
    }

    fn note_time(
        &mut self,
        line: &Placed<'_>,
        time: Option<UtcMicros>,
        confidence: TimeConfidence,
    ) {
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

    fn join(&mut self, line: &Placed<'_>, wrapped: Wrapped, stream: u64) {
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
    record: Record<'_>,
    summary: &mut LogSummary,
    oversize: &mut u64,
    sink: &mut dyn FnMut(Record<'_>),
) {
    summary.records += 1;
    summary.unmatched += u64::from(record.flags.has(Flags::UNMATCHED));
    *oversize += u64::from(record.flags.has(Flags::OVERSIZE));
    sink(record);
}
