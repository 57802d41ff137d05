//! The text of a record while lines may still join it: a place in the run of lines that is being
//! read, as long as all its lines are neighbours there, else a copy.

use super::ids::IdKind;
use super::reader::Placed;
use super::told::TextPlace;

/// Header, body and tail, and the ids that stand in them.
#[derive(Debug)]
pub(super) struct Held {
    /// Where the text stands in the run; `None` once it is a copy.
    run: Option<RunPlace>,
    own: Own,
    /// By kind; places in the first line.
    ids: [Option<TextPlace>; IdKind::ALL.len()],
}

#[derive(Debug, Clone, Copy)]
struct RunPlace {
    start: usize,
    body: usize,
    tail: usize,
    end: usize,
}

/// A copy.
#[derive(Debug, Default)]
pub(super) struct Own {
    pub(super) header: String,
    pub(super) body: String,
    tail: String,
}

impl Held {
    /// The line that starts a record, whose message is at `body` in it.
    pub(super) fn new(
        line: &Placed<'_>,
        body: (usize, usize),
        ids: [Option<TextPlace>; IdKind::ALL.len()],
    ) -> Self {
        let (start, end) = (line.start, line.end);
        let run = RunPlace { start, body: start + body.0, tail: start + body.1, end };
        Self { run: Some(run), own: Own::default(), ids }
    }

    pub(super) fn len(&self) -> usize {
        match &self.run {
            Some(place) => place.end - place.start,
            None => self.own.header.len() + self.own.body.len() + self.own.tail.len(),
        }
    }

    pub(super) fn header<'r>(&'r self, run: &'r str) -> &'r str {
        self.parts(run)[0]
    }

    /// Header, body and tail.
    pub(super) fn parts<'r>(&'r self, run: &'r str) -> [&'r str; 3] {
        match self.run {
            Some(RunPlace { start, body, tail, end }) => {
                [&run[start..body], &run[body..tail], &run[tail..end]]
            }
            None => [&self.own.header, &self.own.body, &self.own.tail],
        }
    }

    pub(super) fn ids<'r>(&'r self, run: &'r str) -> [Option<&'r str>; IdKind::ALL.len()] {
        // a copy has copies of its ids
        let first_line = self.run.map_or("", |place| &run[place.start..]);
        self.ids.each_ref().map(|id| id.as_ref().map(|place| place.of(first_line)))
    }

    /// Adds a line after blank ones.
    pub(super) fn append(&mut self, line: &Placed<'_>, blanks: &str) {
        if let Some(place) = &mut self.run {
            // what stands between them is their line breaks and the blank lines
            let between = line.run.get(place.end..line.start);
            if between.and_then(|between| between.strip_suffix('\n')) == Some(blanks) {
                place.end = line.end;
                return;
            }
        }
        let own = self.own(line.run);
        own.tail.push_str(blanks);
        own.tail.push('\n');
        own.tail.push_str(line.text());
    }

    /// Makes the text a copy, before the run goes away or the text no longer stands in it.
    pub(super) fn own(&mut self, run: &str) -> &mut Own {
        if let Some(place) = self.run {
            for id in self.ids.iter_mut().flatten() {
                *id = TextPlace::Own(id.of(&run[place.start..]).into());
            }
            let [header, body, tail] = self.parts(run).map(str::to_owned);
            self.own = Own { header, body, tail };
            self.run = None;
        }
        &mut self.own
    }
}
