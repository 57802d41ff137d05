//! A run of lines with all that can be known of each by itself: redacted, told, masked. Made on any
//! thread; what the lines are together is decided later, in their order.

use crate::mine::{FormId, MaskedBodies, Miner, Numbers, Seen};
use crate::parse::chunk::Chunk;
use crate::parse::decode::Flaws;
use crate::parse::lines::Line;
use crate::parse::log::LogReader;
use crate::parse::reader::{Placed, is_blank};
use crate::parse::told::{Shapes, Told};
use crate::recognise::Encoding;
use crate::record::Record;
use crate::redact::{RedactSession, Redactor};

use super::mined::Redaction;

/// How lines are prepared.
#[derive(Clone, Copy)]
pub(super) struct Preparation<'t> {
    pub(super) redactor: &'t Redactor,
    /// In the bundle: some rules are for some files.
    pub(super) path: &'t str,
    pub(super) redaction: Redaction,
    pub(super) encoding: Encoding,
    /// Are the lines that redaction changed wanted as they were?
    pub(super) edits: bool,
    /// Words of a body that are masked.
    pub(super) tokens: usize,
}

/// Lines that are ready to be made records of. Filled again and again.
pub(super) struct Passage<'t> {
    /// The redacted lines, a line feed after each.
    text: String,
    lines: Vec<PassageLine>,
    marks: Marks,
    /// Lines that redaction changed, if they are wanted, in order.
    pub(super) edits: Vec<Edit>,
    pub(super) flaws: Flaws,
    pub(super) session: RedactSession<'t>,
    /// Bytes of the lines in their file.
    pub(super) bytes: u64,
}

struct PassageLine {
    number: u64,
    offset: u64,
    length: u64,
    cut: bool,
    start: usize,
    end: usize,
    /// `None` for a blank line.
    told: Option<Told>,
}

/// What records are looked up in by their first lines.
struct Marks {
    first_line: u64,
    /// The body that the line would begin, if it begins a record.
    of_line: Vec<Option<Mark>>,
    bodies: MaskedBodies,
}

#[derive(Clone, Copy)]
struct Mark {
    /// Among the bodies.
    number: usize,
    /// In the text.
    start: usize,
    end: usize,
}

impl<'t> Passage<'t> {
    /// An empty one.
    pub(super) fn new(preparation: Preparation<'t>) -> Self {
        let bodies = MaskedBodies::new(preparation.tokens);
        Self {
            text: String::new(),
            lines: Vec::new(),
            marks: Marks { first_line: 1, of_line: Vec::new(), bodies },
            edits: Vec::new(),
            flaws: Flaws::default(),
            session: preparation.redactor.session(),
            bytes: 0,
        }
    }

    /// Prepares the lines of a chunk. `session` must have seen all lines before it, or nothing of
    /// them that tells about these.
    pub(super) fn fill(
        &mut self,
        chunk: &Chunk,
        shapes: &Shapes,
        preparation: Preparation<'_>,
        mut session: RedactSession<'t>,
    ) {
        self.text.clear();
        self.lines.clear();
        self.marks.first_line = chunk.first_line();
        self.marks.of_line.clear();
        self.marks.bodies.clear();
        self.edits.clear();
        self.session.give_memory_to(&mut session);
        self.session = session;
        self.bytes = 0;
        self.flaws = chunk.each(preparation.encoding, |line| self.add(&line, shapes, preparation));
    }

    fn add(&mut self, line: &Line<'_>, shapes: &Shapes, preparation: Preparation<'_>) {
        let start = self.text.len();
        match preparation.redaction {
            Redaction::On => self.text.push_str(&self.session.line(&line.text)),
            Redaction::Off => self.text.push_str(&line.text),
        }
        let end = self.text.len();
        self.text.push('\n');
        let text = &self.text[start..end];
        let told = (!is_blank(text)).then(|| shapes.tell(text));
        if preparation.edits && text != line.text {
            self.edits.push(Edit::new(line.number, line.text.clone().into_owned(), text));
        }
        let mark = told.as_ref().filter(|told| told.begins_a_record()).map(|told| {
            let (from, to) = told.body;
            let number = self.marks.bodies.add(&text[from..to]);
            Mark { number, start: start + from, end: start + to }
        });
        self.marks.of_line.push(mark);
        let Line { number, offset, length, cut, .. } = *line;
        self.bytes += length;
        self.lines.push(PassageLine { number, offset, length, cut, start, end, told });
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> u64 {
        self.lines.len() as u64
    }

    /// How many lines the text has after redaction, which must not make more of them.
    pub(super) fn lines_of_text(&self) -> u64 {
        memchr::memchr_iter(b'\n', self.text.as_bytes()).count() as u64
    }

    /// Makes records of the lines and shows each with its body's mask.
    pub(super) fn read(
        &mut self,
        reader: &mut LogReader,
        see: &mut dyn FnMut(Record<'_>, &mut Masks<'_>),
    ) {
        let Self { text, lines, marks, .. } = self;
        let mut masks = Masks { text, marks: Some(marks), numbers: Numbers::default() };
        for line in lines {
            let PassageLine { number, offset, length, cut, start, end, ref mut told } = *line;
            let placed = Placed { run: text, start, end, number, offset, length, cut };
            reader.take(&placed, told.as_mut(), &mut |record| see(record, &mut masks));
        }
        reader.keep(text);
    }
}

/// The masks of a passage, or none.
#[derive(Default)]
pub(super) struct Masks<'p> {
    text: &'p str,
    marks: Option<&'p Marks>,
    numbers: Numbers,
}

impl<'p> Masks<'p> {
    fn mark(&self, line: u64) -> Option<(&'p Marks, Mark)> {
        let marks = self.marks?;
        let place = usize::try_from(line.checked_sub(marks.first_line)?).ok()?;
        Some((marks, (*marks.of_line.get(place)?)?))
    }

    /// Counts the body of a record.
    pub(super) fn count<'b>(
        &mut self,
        body: &'b str,
        miner: &mut Miner,
        seen: Seen,
    ) -> (FormId, Vec<&'b str>) {
        if let Some((marks, mark)) = self.mark(seen.line)
            // lines that joined may have changed it
            && self.text[mark.start..mark.end] == *body
        {
            let mut variables = Vec::new();
            let numbers = &mut self.numbers;
            let form = miner.count(&marks.bodies, numbers, mark.number, body, seen, &mut variables);
            return (form, variables);
        }
        let mined = miner.observe(body, seen);
        (mined.form, mined.variables)
    }
}

/// A line that redaction changed.
pub(super) struct Edit {
    pub(super) line: u64,
    raw: String,
    /// Bytes in front of the first change.
    same: usize,
}

impl Edit {
    fn new(line: u64, raw: String, redacted: &str) -> Self {
        let pairs = raw.bytes().zip(redacted.bytes());
        let same = pairs.take_while(|(left, right)| left == right).count();
        Self { line, raw, same }
    }

    /// Where a place of the redacted line was before. Headers seldom hold a secret, so only then
    /// the line is searched again.
    pub(super) fn before(&self, place: usize, redactor: &Redactor) -> usize {
        if place <= self.same {
            return place;
        }
        let (mut raw, mut redacted) = (0, 0);
        for span in redactor.spans(&self.raw) {
            let next = redacted + (span.place.start - raw);
            if place <= next {
                break;
            }
            redacted = next + span.replacement.len();
            raw = span.place.end;
        }
        (raw + place.saturating_sub(redacted)).min(self.raw.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_before_redaction() {
        let redactor = Redactor::new([7; 32]);
        let check = |header: &str, body: &str| {
            let raw = format!("{header}{body}");
            let redacted = redactor.session().line(&raw).into_owned();
            let place = redactor.session().line(header).len();
            assert_eq!(Edit::new(1, raw, &redacted).before(place, &redactor), header.len());
        };
        check("up: ", "10.20.30.40 is ready");
        check("[10.20.30.40] up: ", "ready");
        check("[10.20.30.40] up: ", "mail to ann.lee@shop.test from 10.20.30.41");
        check("[10.20.30.40] [10.20.30.41] up: ", "from 10.20.30.42");
    }
}
