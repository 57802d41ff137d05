//! The values of some gaps of a row group: only those are unpacked.

use std::collections::{BTreeMap, BTreeSet};

use arrow_array::{Array, StringArray};

use super::{Bundle, ViewError};
use crate::columns::{Clock, Gap, Run, Runs, Values};

/// Reads single values of records of one row group.
pub(super) struct GapReader<'b> {
    bundle: &'b Bundle,
    part: usize,
    first_row: u32,
    runs: Runs,
    values: Values,
    /// Where in `values` the run of a shape's gap begins.
    starts: BTreeMap<(u32, usize), usize>,
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
        let of_rows: Vec<u32> =
            index.shapes(rows.clone()).iter().map(|shape| shape - stored.first_shape).collect();
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
        let mut starts = BTreeMap::new();
        let (mut read, mut at) = (Vec::with_capacity(needed.len()), 0);
        for (run, shape, gap) in needed.into_values() {
            starts.insert((shape, gap), at);
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
            runs,
            values,
            starts,
            ids,
            clock: Clock::default(),
            number: String::new(),
        })
    }

    /// The value of a gap of a record.
    pub(super) fn value(&mut self, row: u32, gap: usize) -> Option<&str> {
        let index = &self.bundle.index;
        let stored = &index.parts()[self.part];
        let shape = index.shapes(row..row + 1)[0] - stored.first_shape;
        let place = (row - self.first_row) as usize;
        match *stored.lines.shapes().get(shape as usize)?.gaps.get(gap)? {
            Gap::Join => None,
            Gap::Time(moment) => {
                let time = index.stated_time(row)?;
                Some(self.clock.write(time, moment))
            }
            kind if kind.is_stored() => {
                let at = self.starts.get(&(shape, gap))? + self.runs.ordinal(place);
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
}
