//! Values that texts name. Where a shape's constants hold the name and the signs around the value,
//! only the value is read; otherwise the text of the record is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use super::bits::Bits;
use super::elements::{Element, elements};
use super::evaluate::{by_group, read_group_texts};
use super::gaps::GapReader;
use super::{Bundle, ViewError, lock};
use crate::columns::Shape;
use crate::query::{Named, Test, ends_value, holds, pattern};

/// Names in a list for people; a bundle of free texts has thousands.
const NAMES_MAX: usize = 200;

/// A value between constants of a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Slot {
    /// Index in [`Named::names`].
    name: usize,
    in_quotes: bool,
    parts: Vec<Element>,
}

/// How the records of a shape are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Plan {
    /// None has the name.
    Never,
    /// By the names' order, then by place.
    Slots(Vec<Slot>),
    /// The name may stand in a value, or across one.
    Open,
}

/// The rows of `within` that have a value of the name that passes.
pub(super) fn rows(
    bundle: &Bundle,
    name: &str,
    test: &Test,
    within: &Bits,
) -> Result<Bits, ViewError> {
    match test {
        Test::Pattern(text) => {
            let pattern = pattern(text).map_err(|_| ViewError::Pattern)?;
            ask(bundle, name, within, Asks::Test(&|_, value| pattern.is_match(value)))
        }
        test => ask(bundle, name, within, Asks::Test(&|name, value| test.passes(name, value))),
    }
}

/// The rows of `within` that have a value of the name.
pub(super) fn rows_with(bundle: &Bundle, name: &str, within: &Bits) -> Result<Bits, ViewError> {
    ask(bundle, name, within, Asks::Test(&|_, _| true))
}

/// Passes the first value of the name of each record that has one.
pub(super) fn each_value(
    bundle: &Bundle,
    name: &str,
    within: &Bits,
    see: impl FnMut(&str) + Send,
) -> Result<(), ViewError> {
    let see = Mutex::new(see);
    let see = |_: &str, value: &str| {
        lock(&see)(value);
        true
    };
    ask(bundle, name, within, Asks::Each(&see))?;
    Ok(())
}

impl Bundle {
    /// The names that the constants of the texts give to values, and how many records have a text
    /// with one, about; most records first.
    #[must_use]
    pub fn field_names(&self) -> Vec<(String, u64)> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for shape in self.index.parts().iter().flat_map(|part| part.lines.shapes()) {
            let mut of_shape = BTreeSet::new();
            for element in elements(shape) {
                if let Element::Constant(text) = element {
                    of_shape.extend(Named::names_in(&text).map(str::to_owned));
                }
            }
            for name in of_shape {
                *counts.entry(name).or_default() += shape.records;
            }
        }
        let mut names: Vec<(String, u64)> = counts.into_iter().collect();
        names.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        names.truncate(NAMES_MAX);
        names
    }
}

type Passes<'a> = &'a (dyn Fn(&str, &str) -> bool + Sync);

/// Who is asked about a name and a value.
#[derive(Clone, Copy)]
enum Asks<'a> {
    /// Equal values have equal answers: one of them is enough.
    Test(Passes<'a>),
    /// It wants to see each.
    Each(Passes<'a>),
}

fn ask(bundle: &Bundle, name: &str, within: &Bits, asks: Asks<'_>) -> Result<Bits, ViewError> {
    let (Asks::Test(passes) | Asks::Each(passes)) = asks;
    let named = Named::new(name);
    let index = &bundle.index;
    let shapes = index.parts().iter().flat_map(|part| part.lines.shapes());
    let plans: Vec<Plan> = shapes.map(|shape| plan(shape, &named)).collect();
    let of = |row: u32| &plans[index.shape(row) as usize];
    let open = within.filter(|row| *of(row) != Plan::Never);
    by_group(bundle, &open, &|part, group, rows| {
        let gaps = |shape: usize| match &plans[shape] {
            Plan::Slots(slots) => {
                let parts = slots.iter().flat_map(|slot| &slot.parts);
                let gaps = parts.filter_map(|part| match part {
                    Element::Gap(gap) => Some(*gap),
                    Element::Constant(_) => None,
                });
                gaps.collect()
            }
            Plan::Never | Plan::Open => Vec::new(),
        };
        let mut reader = GapReader::new(bundle, part, group, &gaps)?;
        let (mut found, mut unread, mut value) = (Vec::new(), Vec::new(), String::new());
        let mut known = KnownNumbers::default();
        for row in open.rows(rows.clone()) {
            let Plan::Slots(slots) = of(row) else {
                unread.push(row);
                continue;
            };
            let passes = slots.iter().any(|slot| {
                let number = match (asks, &slot.parts[..]) {
                    (Asks::Test(_), [Element::Gap(gap)]) => reader.number(row, *gap),
                    _ => None,
                };
                if let Some(number) = number {
                    let passes = |text: &str| passes(&named.names()[slot.name], text);
                    return known.passes(slot.name, number, &passes);
                }
                value.clear();
                for part in &slot.parts {
                    match part {
                        Element::Constant(text) => value.push_str(text),
                        Element::Gap(gap) => {
                            value.push_str(reader.value(row, *gap).unwrap_or_default());
                        }
                    }
                }
                let is_value = slot.in_quotes || !value.is_empty();
                is_value && passes(&named.names()[slot.name], &value)
            });
            if passes {
                found.push(row);
            }
        }
        if !unread.is_empty() {
            let passes = |text: &str| named.any(text, passes);
            let texts = unread.into_iter();
            found.extend(read_group_texts(bundle, part, group, rows.start, texts, &passes)?);
        }
        Ok(found)
    })
}

/// Numbers below this are remembered: durations, sizes and codes repeat.
const KNOWN_NUMBERS: usize = 1 << 14;

/// Which numbers pass, for each name that was asked: a test reads their text, which is dear.
#[derive(Default)]
struct KnownNumbers(BTreeMap<usize, Vec<Option<bool>>>);

impl KnownNumbers {
    fn passes(&mut self, name: usize, number: i64, passes: &dyn Fn(&str) -> bool) -> bool {
        let known = self.0.entry(name).or_insert_with(|| vec![None; KNOWN_NUMBERS]);
        let known = usize::try_from(number).ok().and_then(|number| known.get_mut(number));
        let ask = || passes(&number.to_string());
        match known {
            Some(known) => *known.get_or_insert_with(ask),
            None => ask(),
        }
    }
}

fn plan(shape: &Shape, named: &Named) -> Plan {
    let elements = elements(shape);
    let mut slots = Vec::new();
    for (number, name) in named.names().iter().enumerate() {
        for (at, element) in elements.iter().enumerate() {
            match element {
                Element::Gap(gap) if may_hold(shape, *gap, name) => return Plan::Open,
                Element::Gap(_) => {}
                Element::Constant(text) if holds(text, name) => {
                    match slots_of(shape, &elements, at, text, number, name) {
                        Some(found) => slots.extend(found),
                        None => return Plan::Open,
                    }
                }
                Element::Constant(_) => {}
            }
        }
        if may_cross(shape, &elements, name) {
            return Plan::Open;
        }
    }
    if slots.is_empty() { Plan::Never } else { Plan::Slots(slots) }
}

/// Can a value hold the name itself?
fn may_hold(shape: &Shape, gap: usize, name: &str) -> bool {
    let Some(mark) = shape.marks.get(gap) else { return true };
    name.len() <= mark.longest as usize && mark.allows(name.as_bytes())
}

/// Can the name begin in a constant and end in a value, or the other way round?
fn may_cross(shape: &Shape, elements: &[Element], name: &str) -> bool {
    let name = name.as_bytes();
    let allows = |element: Option<&Element>, part: &[u8]| match element {
        Some(Element::Gap(gap)) => shape.marks.get(*gap).is_none_or(|mark| mark.allows(part)),
        Some(Element::Constant(text)) => {
            let length = part.len().min(text.len());
            text.as_bytes()[..length].eq_ignore_ascii_case(&part[..length])
        }
        None => false,
    };
    let ends = |element: &Element, part: &[u8]| match element {
        Element::Gap(gap) => shape.marks.get(*gap).is_none_or(|mark| mark.allows(part)),
        Element::Constant(text) => {
            let length = part.len().min(text.len());
            text.as_bytes()[text.len() - length..]
                .eq_ignore_ascii_case(&part[part.len() - length..])
        }
    };
    (1..name.len()).any(|cut| {
        let (left, right) = name.split_at(cut);
        elements
            .iter()
            .enumerate()
            .any(|(at, element)| ends(element, left) && allows(elements.get(at + 1), right))
    })
}

/// The values after a name in a constant; `None` when their ends cannot be told.
fn slots_of(
    shape: &Shape,
    elements: &[Element],
    at: usize,
    text: &str,
    number: usize,
    name: &str,
) -> Option<Vec<Slot>> {
    let bytes = text.as_bytes();
    let mut slots = Vec::new();
    for start in 0..bytes.len().saturating_sub(name.len() - 1) {
        let end = start + name.len();
        if !bytes[start..end].eq_ignore_ascii_case(name.as_bytes()) {
            continue;
        }
        // what stands before it, or behind it, is a value and may be anything
        if (start == 0 && at > 0) || (end == bytes.len() && at + 1 < elements.len()) {
            return None;
        }
        let value = Named::value_start(bytes, start, end);
        let Some((value, in_quotes)) = value else {
            // a sign that the next value could bring
            let open = bytes[end..].iter().all(|byte| matches!(byte, b'"' | b':' | b' '));
            if open && at + 1 < elements.len() {
                return None;
            }
            continue;
        };
        let parts = parts_of(shape, &elements[at + 1..], &text[value..], in_quotes)?;
        slots.extend(parts.map(|mut parts| {
            parts.retain(|part| !matches!(part, Element::Constant(text) if text.is_empty()));
            Slot { name: number, in_quotes, parts }
        }));
    }
    Some(slots)
}

/// The constants and gaps of a value up to its end. Outer `None`: the end cannot be told; inner
/// `None`: there is no value.
#[expect(clippy::option_option, reason = "two questions with one answer each")]
fn parts_of(
    shape: &Shape,
    after: &[Element],
    first: &str,
    in_quotes: bool,
) -> Option<Option<Vec<Element>>> {
    let ends = |byte: u8| if in_quotes { byte == b'"' } else { ends_value(byte) };
    let mut parts = Vec::new();
    let first = Element::Constant(first.to_owned());
    for (at, element) in std::iter::once(&first).chain(after).enumerate() {
        match element {
            Element::Constant(text) => {
                if at == 0 && !in_quotes && text.starts_with('"') {
                    return None;
                }
                if in_quotes && text.contains('\\') {
                    return None;
                }
                if let Some(end) = text.bytes().position(ends) {
                    parts.push(Element::Constant(text[..end].to_owned()));
                    return Some(Some(parts));
                }
                parts.push(element.clone());
            }
            Element::Gap(gap) => {
                let mark = shape.marks.get(*gap)?;
                let bounded = if in_quotes {
                    !mark.allows(b"\"") && !mark.allows(b"\\")
                } else {
                    (0..128).filter(|byte| ends_value(*byte)).all(|byte| !mark.allows(&[byte]))
                };
                // the first sign of a value may open quotes, or the value may be empty
                if !bounded {
                    return None;
                }
                parts.push(element.clone());
            }
        }
    }
    Some((!in_quotes).then_some(parts))
}
