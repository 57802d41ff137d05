//! The values of some gaps of a row group: only those are unpacked.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use arrow_array::{Array, StringArray};

use super::{Bundle, ViewError};
use crate::columns::{Clock, Gap, Run, Runs, Values};

/// Reads single values of records of one row group.
pub(super) struct GapReader<'b> {
    bundle: &'b Bundle,
    part: usize,
    first_row: u32,
    /// By place in the row group, counted from the first of the part.
    shapes: Vec<u32>,
    runs: Runs,
    values: Values,
    /// By shape, then by gap: its run in `values`.
    runs_of: Vec<Vec<Range<usize>>>,
    ids: [Option<StringArray>; 3],
    clock: Clock,
    number: String,
}

const ID_COLUMNS: [&str; 3] = ["trace_id", "span_id", "request_id"];

fn id_of(gap: Gap) -> Option<usize> {
    match gap {
        Gap::Trace => Some(0),
        Gap::Span => Some(1),
        Gap::Request => Some(2),
        _ => None,
    }
}

impl<'b> GapReader<'b> {
    /// `wanted` names the gaps of a shape, counted over all parts.
    pub(super) fn new(
        bundle: &'b Bundle,
        part: usize,
        group: usize,
        wanted: &dyn Fn(usize) -> Vec<usize>,
    ) -> Result<Self, ViewError> {
        let index = &bundle.index;
        let stored = &index.parts()[part];
        let shapes = stored.lines.shapes();
        let rows = index.rows_of(part, group);
        let of_rows = index.shapes_of(part, group);
        let runs = Runs::of(shapes, &of_rows)?;
        let mut needed: BTreeMap<usize, (Run, u32, usize)> = BTreeMap::new();
        let mut id_columns = BTreeSet::new();
        for shape in runs.shapes() {
            for gap in wanted((shape + stored.first_shape) as usize) {
                if let Some(run) = runs.run(shapes, shape, gap) {
                    needed.insert(run.start, (run, shape, gap));
                }
                id_columns.extend(shapes[shape as usize].gaps.get(gap).and_then(|gap| id_of(*gap)));
            }
        }
        let mut runs_of: Vec<Vec<Range<usize>>> = vec![Vec::new(); shapes.len()];
        let (mut read, mut at) = (Vec::with_capacity(needed.len()), 0);
        for (run, shape, gap) in needed.into_values() {
            let of_shape = &mut runs_of[shape as usize];
            of_shape.resize(of_shape.len().max(gap + 1), 0..0);
            of_shape[gap] = at..at + run.len();
            at += run.len();
            read.push(run);
        }
        let values = stored.lines.values(group, &read)?;
        let mut ids = [None, None, None];
        for column in id_columns {
            ids[column] = Some(stored.lines.ids(group, ID_COLUMNS[column])?);
        }
        Ok(Self {
            bundle,
            part,
            first_row: rows.start,
            shapes: of_rows,
            runs,
            values,
            runs_of,
            ids,
            clock: Clock::default(),
            number: String::new(),
        })
    }

    /// The value of a gap of a record.
    pub(super) fn value(&mut self, row: u32, gap: usize) -> Option<&str> {
        let index = &self.bundle.index;
        let stored = &index.parts()[self.part];
        let place = (row - self.first_row) as usize;
        let shape = *self.shapes.get(place)?;
        match *stored.lines.shapes().get(shape as usize)?.gaps.get(gap)? {
            Gap::Join => None,
            Gap::Time(moment) => {
                let time = index.stated_time(row)?;
                Some(self.clock.write(time, moment))
            }
            kind if kind.is_stored() => {
                let at = self.place_of(shape, gap, self.runs.ordinal(place))?;
                match self.values.number(at) {
                    Some(_) => {
                        self.number.clear();
                        self.values.write(at, &mut self.number);
                        Some(&self.number)
                    }
                    None => self.values.text(at),
                }
            }
            id => {
                let ids = self.ids[id_of(id)?].as_ref()?;
                (place < ids.len() && ids.is_valid(place)).then(|| ids.value(place))
            }
        }
    }

    fn run(&self, shape: u32, gap: usize) -> Option<&Range<usize>> {
        self.runs_of.get(shape as usize)?.get(gap)
    }

    /// The row of `values` that a record of a shape has in a gap; gaps without a run have none.
    fn place_of(&self, shape: u32, gap: usize, ordinal: usize) -> Option<usize> {
        let run = self.run(shape, gap)?;
        let at = run.start + ordinal;
        run.contains(&at).then_some(at)
    }

    /// The shape of a record, counted from the first of its part.
    pub(super) fn shape(&self, row: u32) -> u32 {
        self.shapes[(row - self.first_row) as usize]
    }

    /// How many records of its shape stand before a record.
    pub(super) fn ordinal(&self, row: u32) -> u32 {
        self.runs.ordinal((row - self.first_row) as usize) as u32
    }

    /// The value of a gap of a record, if it is a number.
    pub(super) fn number(&self, row: u32, gap: usize) -> Option<i64> {
        let at = self.place_of(self.shape(row), gap, self.ordinal(row) as usize)?;
        self.values.number(at)
    }

    /// Which records of a shape have a value in a stored gap that passes: how many of the shape stand
    /// before each, in order. One run is read from its start to its end, which is much cheaper than
    /// to ask each record.
    pub(super) fn passing(
        &self,
        shape: u32,
        gap: usize,
        in_number: &dyn Fn(i64) -> bool,
        in_text: &dyn Fn(&str) -> bool,
    ) -> Vec<u32> {
        let run = self.run(shape, gap).cloned().unwrap_or_default();
        let passes = |at: &usize| match self.values.number(*at) {
            Some(number) => in_number(number),
            None => self.values.text(*at).is_some_and(in_text),
        };
        run.clone().filter(passes).map(|at| (at - run.start) as u32).collect()
    }
}
