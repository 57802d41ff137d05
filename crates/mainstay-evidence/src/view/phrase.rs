//! Words in texts. The shapes are asked first: words inside a constant are in every record of the
//! shape, words that fit nowhere are in none, and for the rest it is known which gaps would have to
//! hold which part of them. Only those values are read.

use std::ops::{Range, RangeInclusive};

use super::bits::Bits;
use super::digits::Digits;
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
    let years = index.years();
    let answers: Vec<Answer> = shapes.map(|shape| answer(shape, words, years.as_ref())).collect();
    let of = |row: u32| &answers[index.shape(row) as usize];
    let is_open = |answer: &Answer| matches!(answer, Answer::Sometimes(_) | Answer::Open);
    let found = within.filter(|row| *of(row) == Answer::Always);
    if !answers.iter().any(is_open) {
        return Ok(found);
    }
    let open = within.filter(|row| is_open(of(row)));
    let more = by_group(bundle, &open, &|part, group, rows| {
        rows_of_group(bundle, (part, group), rows, &open, words, &answers)
    })?;
    Ok(found.or(&more))
}

/// One row in so many must be asked for whole runs of values to be read.
const DENSE_ONE_IN: usize = 8;

/// The rows of `open` in a row group whose text holds the words.
fn rows_of_group(
    bundle: &Bundle,
    (part, group): (usize, usize),
    rows: Range<u32>,
    open: &Bits,
    words: &str,
    answers: &[Answer],
) -> Result<Vec<u32>, ViewError> {
    let first_shape = bundle.index.parts()[part].first_shape;
    let asked: Vec<u32> = open.rows(rows.clone()).collect();
    let gaps = |shape: usize| match &answers[shape] {
        Answer::Sometimes(ways) => ways.iter().flatten().map(|(gap, _)| *gap).collect(),
        _ => Vec::new(),
    };
    let mut reader = GapReader::new(bundle, part, group, &gaps)?;
    let is_dense = asked.len() * DENSE_ONE_IN >= rows.len();
    let shapes = bundle.index.parts()[part].lines.shapes();
    let mut plans: Vec<Plan> = Vec::new();
    plans.resize_with(shapes.len(), || Plan::Unasked);
    let (mut unread, mut found) = (Vec::new(), Vec::new());
    for row in asked {
        let shape = reader.shape(row);
        let Answer::Sometimes(ways) = &answers[(first_shape + shape) as usize] else {
            unread.push(row);
            continue;
        };
        let plan = &mut plans[shape as usize];
        if matches!(plan, Plan::Unasked) {
            let passing = || Passing::of(&reader, shape, &shapes[shape as usize], ways, words);
            *plan = is_dense.then(passing).flatten().map_or(Plan::ByRow, Plan::ByRun);
        }
        let is_found = match plan {
            Plan::ByRun(passing) => {
                passing.has(reader.ordinal(row))
                    || passing.ids.iter().any(|(gap, part)| {
                        reader.value(row, *gap).is_some_and(|value| part.holds(value, words))
                    })
            }
            Plan::ByRow | Plan::Unasked => ways.iter().any(|way| {
                way.iter().all(|(gap, part)| {
                    reader.value(row, *gap).is_some_and(|value| part.holds(value, words))
                })
            }),
        };
        if is_found {
            found.push(row);
        }
    }
    if !unread.is_empty() {
        let passes = |text: &str| holds(text, words);
        let texts = unread.into_iter();
        found.extend(read_group_texts(bundle, part, group, rows.start, texts, &passes)?);
    }
    Ok(found)
}

/// How the records of a shape in a row group are asked.
enum Plan {
    Unasked,
    /// Each by itself.
    ByRow,
    ByRun(Passing),
}

/// The records of a shape that hold the words, where single values decide: how many of the
/// shape stand before each, in order.
struct Passing {
    ordinals: Vec<u32>,
    next: usize,
    /// Ids decide, too; they stand by record.
    ids: Vec<(usize, Holds)>,
}

impl Passing {
    /// `None` where other gaps have a say.
    fn of(
        reader: &GapReader<'_>,
        number: u32,
        shape: &Shape,
        ways: &[Way],
        words: &str,
    ) -> Option<Self> {
        let digits = Digits::of(words);
        let (mut ordinals, mut ids) = (Vec::new(), Vec::new());
        for way in ways {
            let [(gap, part)] = &way[..] else { return None };
            match shape.gaps.get(*gap)? {
                Gap::Trace | Gap::Span | Gap::Request => {
                    ids.push((*gap, part.clone()));
                    continue;
                }
                kind if kind.is_stored() => {}
                _ => return None,
            }
            let in_number = |number: i64| match (part, &digits) {
                (Holds::All, Some(digits)) => digits.are_in(number.unsigned_abs()),
                // no number holds anything but digits
                (Holds::All, None) => false,
                _ => part.holds(&number.to_string(), words),
            };
            let in_text = |text: &str| part.holds(text, words);
            ordinals.extend(reader.passing(number, *gap, &in_number, &in_text));
        }
        if ways.len() > 1 {
            ordinals.sort_unstable();
        }
        Some(Self { ordinals, next: 0, ids })
    }

    /// Is a record among them? Records must be asked in order.
    fn has(&mut self, ordinal: u32) -> bool {
        let later = self.ordinals[self.next..].iter().take_while(|known| **known < ordinal);
        self.next += later.count();
        self.ordinals.get(self.next) == Some(&ordinal)
    }
}

/// How many records hold the words, when their shapes say it alone.
pub(super) fn count(bundle: &Bundle, words: &str) -> Option<u64> {
    let mut count = 0;
    let years = bundle.index.years();
    for shape in bundle.index.parts().iter().flat_map(|part| part.lines.shapes()) {
        match answer(shape, words, years.as_ref()) {
            Answer::Always => count += shape.records,
            Answer::Never => {}
            Answer::Sometimes(_) | Answer::Open => return None,
        }
    }
    Some(count)
}

impl Holds {
    fn holds(&self, value: &str, words: &str) -> bool {
        let (bytes, wanted) = (value.as_bytes(), words.as_bytes());
        let same = |left: Option<&[u8]>, right: &[u8]| {
            left.is_some_and(|left| left.eq_ignore_ascii_case(right))
        };
        match self {
            Self::All => holds(value, words),
            Self::Begins(part) => same(bytes.get(..part.len()), &wanted[part.clone()]),
            Self::Ends(part) => {
                let start = bytes.len().checked_sub(part.len());
                same(start.map(|start| &bytes[start..]), &wanted[part.clone()])
            }
            Self::Is(part) => same(Some(bytes), &wanted[part.clone()]),
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
    years: Option<&'s RangeInclusive<i16>>,
}

fn answer(shape: &Shape, words: &str, years: Option<&RangeInclusive<i16>>) -> Answer {
    let elements = elements(shape);
    let constants = elements.iter().filter_map(|element| match element {
        Element::Constant(text) => Some(text),
        Element::Gap(_) => None,
    });
    if constants.into_iter().any(|text| holds(text, words)) {
        return Answer::Always;
    }
    let words = words.as_bytes();
    let mut search =
        Search { shape, elements: &elements, words, ways: Vec::new(), steps: 0, years };
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
        let places = moment.places(self.years);
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
