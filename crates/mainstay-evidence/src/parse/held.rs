//! The text of a record while lines may still join it: a place in the run of lines that is being
//! read, as long as all its lines are neighbours there, else a copy.

use super::ids::IdKind;
use super::reader::Placed;
use super::told::TextPlace;

/// Header, body and tail, and the ids that stand in them.
#[derive(Debug)]
pub(super) struct Held {
    text: Text,
    /// By kind; places in the first line.
    ids: [Option<TextPlace>; IdKind::ALL.len()],
}

#[derive(Debug)]
enum Text {
    Run(RunPlace),
    Own(Box<Own>),
}

/// Where the text stands in the run.
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
        Self { text: Text::Run(run), ids }
    }

    pub(super) fn len(&self) -> usize {
        match &self.text {
            Text::Run(place) => place.end - place.start,
            Text::Own(own) => own.header.len() + own.body.len() + own.tail.len(),
        }
    }

    pub(super) fn header<'r>(&'r self, run: &'r str) -> &'r str {
        self.parts(run)[0]
    }

    /// Header, body and tail.
    pub(super) fn parts<'r>(&'r self, run: &'r str) -> [&'r str; 3] {
        match &self.text {
            Text::Run(RunPlace { start, body, tail, end }) => {
                [&run[*start..*body], &run[*body..*tail], &run[*tail..*end]]
            }
            Text::Own(own) => [&own.header, &own.body, &own.tail],
        }
    }

    pub(super) fn ids<'r>(&'r self, run: &'r str) -> [Option<&'r str>; IdKind::ALL.len()] {
        let first_line = match &self.text {
            Text::Run(place) => &run[place.start..],
            // a copy has copies of its ids
            Text::Own(_) => "",
        };
        self.ids.each_ref().map(|id| id.as_ref().map(|place| place.of(first_line)))
    }

    /// Adds a line after blank ones.
    pub(super) fn append(&mut self, line: &Placed<'_>, blanks: &str) {
        if let Text::Run(place) = &mut self.text {
            // what stands between them is their line breaks and the blank lines
            let between = line.run.get(place.end..line.start);
            if between.and_then(|between| between.strip_suffix('\n')) == Some(blanks) {
                place.end = line.end;
                return;
            }
        }
        self.change(line.run, |own| {
            own.tail.push_str(blanks);
            own.tail.push('\n');
            own.tail.push_str(line.text());
        });
    }

    /// Makes the text a copy, before the run goes away.
    pub(super) fn own(&mut self, run: &str) {
        self.change(run, |_| {});
    }

    /// Changes a copy of the text, which then stands in the run no more.
    pub(super) fn change(&mut self, run: &str, how: impl FnOnce(&mut Own)) {
        if let Text::Run(place) = self.text {
            for id in self.ids.iter_mut().flatten() {
                *id = TextPlace::Own(id.of(&run[place.start..]).into());
            }
            let [header, body, tail] = self.parts(run).map(str::to_owned);
            self.text = Text::Own(Box::new(Own { header, body, tail }));
        }
        if let Text::Own(own) = &mut self.text {
            how(own);
        }
    }
}
