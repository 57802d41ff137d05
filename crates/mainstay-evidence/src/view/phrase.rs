//! Words in texts. The shapes are asked first: words inside a constant are in every record of the
//! shape, words that fit nowhere are in none, and for the rest it is known which gaps would have to
//! hold which part of them. Only those values are read.

use std::ops::Range;

use super::bits::Bits;
use super::elements::{Element, elements};
use super::evaluate::{by_group, read_group_texts};
use super::gaps::GapReader;
use super::{Bundle, ViewError};
use crate::columns::{Gap, Shape};
use crate::query::holds;

/// Steps of the search for ways that words can lie in a shape; beyond it the texts are read.
const STEPS_MAX: usize = 4_096;

/// Ways that words can lie in a shape; beyond it the texts are read.
const WAYS_MAX: usize = 64;

/// What of the words a gap must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Holds {
    All,
    /// It begins with this part of the words.
    Begins(Range<usize>),
    Ends(Range<usize>),
    Is(Range<usize>),
}

/// All of these gaps must hold what they must.
type Way = Vec<(usize, Holds)>;

/// What a shape says about its records.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    Always,
    Never,
    /// When one of the ways holds.
    Sometimes(Vec<Way>),
    /// Too many ways: read the text.
    Open,
}

/// The rows of `within` whose text holds the words.
pub(super) fn rows(bundle: &Bundle, words: &str, within: &Bits) -> Result<Bits, ViewError> {
    if words.is_empty() {
        return Ok(within.clone());
    }
    let index = &bundle.index;
    let shapes = index.parts().iter().flat_map(|part| part.lines.shapes());
    let answers: Vec<Answer> = shapes.map(|shape| answer(shape, words)).collect();
    let of = |row: u32| &answers[index.shapes(row..row + 1)[0] as usize];
    let is_open = |answer: &Answer| matches!(answer, Answer::Sometimes(_) | Answer::Open);
    let found = within.filter(|row| *of(row) == Answer::Always);
    if !answers.iter().any(is_open) {
        return Ok(found);
    }
    let open = within.filter(|row| is_open(of(row)));
    let more = by_group(bundle, &open, &|part, group, rows| {
        let (mut unread, mut some) = (Vec::new(), Vec::new());
        for row in open.rows(rows.clone()) {
            match of(row) {
                Answer::Sometimes(ways) => some.push((row, ways)),
                _ => unread.push(row),
            }
        }
        let mut found = Vec::new();
        if !some.is_empty() {
            let gaps = |shape: usize| match &answers[shape] {
                Answer::Sometimes(ways) => ways.iter().flatten().map(|(gap, _)| *gap).collect(),
                _ => Vec::new(),
            };
            let mut reader = GapReader::new(bundle, part, group, &gaps)?;
            for (row, ways) in some {
                let mut way_holds = |way: &Way| {
                    way.iter().all(|(gap, part)| {
                        reader.value(row, *gap).is_some_and(|value| part.holds(value, words))
                    })
                };
                if ways.iter().any(&mut way_holds) {
                    found.push(row);
                }
            }
        }
        if !unread.is_empty() {
            let passes = |text: &str| holds(text, words);
            let texts = unread.into_iter();
            found.extend(read_group_texts(bundle, part, group, rows.start, texts, &passes)?);
        }
        Ok(found)
    })?;
    Ok(found.or(&more))
}

/// How many records hold the words, when their shapes say it alone.
pub(super) fn count(bundle: &Bundle, words: &str) -> Option<u64> {
    let mut count = 0;
    for shape in bundle.index.parts().iter().flat_map(|part| part.lines.shapes()) {
        match answer(shape, words) {
            Answer::Always => count += shape.records,
            Answer::Never => {}
            Answer::Sometimes(_) | Answer::Open => return None,
        }
    }
    Some(count)
}

impl Holds {
    fn holds(&self, value: &str, words: &str) -> bool {
        let (value, words) = (value.as_bytes(), words.as_bytes());
        let same = |left: Option<&[u8]>, right: &[u8]| {
            left.is_some_and(|left| left.eq_ignore_ascii_case(right))
        };
        match self {
            Self::All => {
                // the caller has whole characters; a part of them is never asked for
                std::str::from_utf8(value).is_ok_and(|value| {
                    std::str::from_utf8(words).is_ok_and(|words| holds(value, words))
                })
            }
            Self::Begins(part) => same(value.get(..part.len()), &words[part.clone()]),
            Self::Ends(part) => {
                let start = value.len().checked_sub(part.len());
                same(start.map(|start| &value[start..]), &words[part.clone()])
            }
            Self::Is(part) => same(Some(value), &words[part.clone()]),
        }
    }
}

/// Looks for all ways that the words can lie in a shape.
struct Search<'s> {
    shape: &'s Shape,
    elements: &'s [Element],
    words: &'s [u8],
    ways: Vec<Way>,
    steps: usize,
}

fn answer(shape: &Shape, words: &str) -> Answer {
    let elements = elements(shape);
    let constants = elements.iter().filter_map(|element| match element {
        Element::Constant(text) => Some(text),
        Element::Gap(_) => None,
    });
    if constants.into_iter().any(|text| holds(text, words)) {
        return Answer::Always;
    }
    let mut search =
        Search { shape, elements: &elements, words: words.as_bytes(), ways: Vec::new(), steps: 0 };
    for (at, element) in elements.iter().enumerate() {
        search.begin(at, element);
    }
    if search.steps > STEPS_MAX || search.ways.len() > WAYS_MAX {
        Answer::Open
    } else if search.ways.is_empty() {
        Answer::Never
    } else {
        Answer::Sometimes(search.ways)
    }
}

impl Search<'_> {
    /// Ways that begin inside an element.
    fn begin(&mut self, at: usize, element: &Element) {
        let count = self.words.len();
        match element {
            Element::Constant(text) => {
                let text = text.as_bytes();
                for length in 1..count.min(text.len() + 1) {
                    let end = &text[text.len() - length..];
                    if end.eq_ignore_ascii_case(&self.words[..length]) {
                        self.go_on(at + 1, length, &mut Vec::new());
                    }
                }
            }
            Element::Gap(gap) => {
                if self.fits(*gap, Holds::All) {
                    self.ways.push(vec![(*gap, Holds::All)]);
                }
                for length in 1..count {
                    let ends = Holds::Ends(0..length);
                    if self.fits(*gap, ends.clone()) {
                        self.go_on(at + 1, length, &mut vec![(*gap, ends)]);
                    }
                }
            }
        }
    }

    /// Ways whose next element is `at` and that still need the words from `from` on.
    fn go_on(&mut self, at: usize, from: usize, way: &mut Way) {
        self.steps += 1;
        if self.steps > STEPS_MAX || self.ways.len() > WAYS_MAX {
            return;
        }
        let rest = &self.words[from..];
        match self.elements.get(at) {
            None => {}
            Some(Element::Constant(text)) => {
                let text = text.as_bytes();
                let same = rest.len().min(text.len());
                if !text[..same].eq_ignore_ascii_case(&rest[..same]) {
                } else if same == rest.len() {
                    self.ways.push(way.clone());
                } else {
                    self.go_on(at + 1, from + same, way);
                }
            }
            Some(Element::Gap(gap)) => {
                let begins = Holds::Begins(from..self.words.len());
                if self.fits(*gap, begins.clone()) {
                    way.push((*gap, begins));
                    self.ways.push(way.clone());
                    way.pop();
                }
                for end in from..self.words.len() {
                    let is = Holds::Is(from..end);
                    if self.fits(*gap, is.clone()) {
                        way.push((*gap, is));
                        self.go_on(at + 1, end, way);
                        way.pop();
                    }
                }
            }
        }
    }

    /// Has any value of the gap the length and the bytes for this?
    fn fits(&self, gap: usize, part: Holds) -> bool {
        let Some(mark) = self.shape.marks.get(gap) else { return false };
        let range = match &part {
            Holds::All => 0..self.words.len(),
            Holds::Begins(range) | Holds::Ends(range) | Holds::Is(range) => range.clone(),
        };
        let length = range.len();
        let long_enough = length <= mark.longest as usize;
        let exact = !matches!(part, Holds::Is(_)) || length >= mark.shortest as usize;
        let words = &self.words[range];
        if !long_enough || !exact || !mark.allows(words) {
            return false;
        }
        let Some(Gap::Time(moment)) = self.shape.gaps.get(gap) else { return true };
        let places = moment.places();
        let at = |start: usize| {
            let fit = |(place, byte): (&Vec<u8>, &u8)| {
                place.iter().any(|known| known.eq_ignore_ascii_case(byte))
            };
            start + length <= places.len() && places[start..].iter().zip(words).all(fit)
        };
        match part {
            Holds::All => (0..places.len()).any(at),
            Holds::Begins(_) => at(0),
            Holds::Ends(_) => places.len().checked_sub(length).is_some_and(at),
            Holds::Is(_) => length == places.len() && at(0),
        }
    }
}
