//! A row group in memory: from a record's place in it to its text.

use arrow_array::types::{Int64Type, UInt64Type};
use arrow_array::{Array, Int64Array, RecordBatch, StringArray};
use mainstay_core::UtcMicros;

use super::array::{numbers, texts};
use super::moment::Clock;
use super::shape::{Gap, Shape};
use super::{ColumnsError, Run};

/// Which rows of `values/` belong to which shape. Nothing of it is stored: it follows from the
/// shapes of the records.
#[derive(Debug)]
pub(crate) struct Runs {
    /// By number.
    of_shapes: Vec<OfShape>,
    /// Where the runs of the stored gaps begin, shape after shape.
    starts: Vec<usize>,
    /// For each record how many of its shape stand before it.
    ordinals: Vec<u32>,
    values: usize,
}

#[derive(Debug, Clone, Copy)]
struct OfShape {
    number: u32,
    records: usize,
    /// Index of its first run in `starts`.
    first: usize,
}

impl Runs {
    /// # Errors
    /// When a record names a shape that is not there.
    pub(crate) fn of(shapes: &[Shape], of_rows: &[u32]) -> Result<Self, ColumnsError> {
        let mut counts = vec![0_u32; shapes.len()];
        let mut ordinals = Vec::with_capacity(of_rows.len());
        for shape in of_rows {
            let count = counts.get_mut(*shape as usize).ok_or(ColumnsError::Column("shape"))?;
            ordinals.push(*count);
            *count += 1;
        }
        let mut of_shapes = Vec::new();
        let mut starts = Vec::new();
        for ((shape, count), number) in shapes.iter().zip(counts).zip(0..) {
            if count > 0 {
                of_shapes.push(OfShape { number, records: count as usize, first: starts.len() });
                starts.resize(starts.len() + stored(shape).count(), 0);
            }
        }
        let mut values = 0;
        for kind in Gap::STORED {
            for of in &of_shapes {
                let runs = stored(&shapes[of.number as usize]).zip(&mut starts[of.first..]);
                for (_, start) in runs.filter(|(gap, _)| *gap == kind) {
                    *start = values;
                    values += of.records;
                }
            }
        }
        Ok(Self { of_shapes, starts, ordinals, values })
    }

    /// How many values the row group has.
    pub(crate) fn values(&self) -> usize {
        self.values
    }

    /// The shapes of the row group.
    pub(crate) fn shapes(&self) -> impl Iterator<Item = u32> {
        self.of_shapes.iter().map(|of| of.number)
    }

    /// How many records stand before one of a row group and have its shape.
    pub(crate) fn ordinal(&self, place: usize) -> usize {
        self.ordinals.get(place).map_or(0, |ordinal| *ordinal as usize)
    }

    /// The rows of the values of a gap; `None` when the shape or a value is not there.
    pub(crate) fn run(&self, shapes: &[Shape], shape: u32, gap: usize) -> Option<Run> {
        let of = self.of_shape(shape)?;
        let gaps = &shapes.get(shape as usize)?.gaps;
        gaps.get(gap).filter(|gap| gap.is_stored())?;
        let before = gaps[..gap].iter().filter(|gap| gap.is_stored()).count();
        let start = *self.starts.get(of.first + before)?;
        Some(start..start + of.records)
    }

    fn of_shape(&self, shape: u32) -> Option<OfShape> {
        let at = self.of_shapes.binary_search_by_key(&shape, |of| of.number).ok()?;
        self.of_shapes.get(at).copied()
    }
}

fn stored(shape: &Shape) -> impl Iterator<Item = Gap> {
    shape.gaps.iter().copied().filter(|gap| gap.is_stored())
}

/// Rows of `values/`: a number or a text each.
pub(crate) struct Values {
    numbers: Int64Array,
    texts: StringArray,
}

impl Values {
    pub(super) fn new(batch: &RecordBatch) -> Result<Self, ColumnsError> {
        let numbers = numbers::<Int64Type>(batch, "number")?.clone();
        Ok(Self { numbers, texts: texts(batch, "value")?.clone() })
    }

    pub(super) fn empty() -> Self {
        Self { numbers: Int64Array::new_null(0), texts: StringArray::new_null(0) }
    }

    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The number at a row, if it is one.
    pub(crate) fn number(&self, row: usize) -> Option<i64> {
        let is_number = row < self.numbers.len() && self.numbers.is_valid(row);
        is_number.then(|| self.numbers.value(row))
    }

    /// The text at a row; `None` where a number stands.
    pub(crate) fn text(&self, row: usize) -> Option<&str> {
        (row < self.texts.len() && self.texts.is_valid(row)).then(|| self.texts.value(row))
    }

    /// Adds the value at a row to a text.
    pub(crate) fn write(&self, row: usize, out: &mut String) {
        match self.number(row) {
            Some(number) => write_number(number, out),
            None => out.push_str(self.text(row).unwrap_or_default()),
        }
    }
}

/// A number that is not negative, in decimal.
fn write_number(number: i64, out: &mut String) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    let mut rest = number.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits[at..].iter().map(|digit| char::from(*digit)));
}

/// The values and ids of the records of a row group.
pub(crate) struct Group {
    runs: Runs,
    values: Values,
    ids: [StringArray; 3],
    offsets: Vec<Option<u64>>,
    lengths: Vec<u64>,
}

/// The text of a record, and where its parts are.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pub(crate) text: String,
    /// Where the header ends and what follows the message begins.
    pub(crate) body: std::ops::Range<usize>,
    /// The variables of the form, in order.
    pub(crate) variables: Vec<std::ops::Range<usize>>,
}

impl Group {
    pub(super) fn new(
        runs: Runs,
        values: Values,
        batch: &RecordBatch,
    ) -> Result<Self, ColumnsError> {
        let ids = [
            texts(batch, "trace_id")?.clone(),
            texts(batch, "span_id")?.clone(),
            texts(batch, "request_id")?.clone(),
        ];
        let offsets = numbers::<UInt64Type>(batch, "offset")?.iter().collect();
        let lengths = numbers::<UInt64Type>(batch, "length")?.values().to_vec();
        if runs.ordinals.len() != lengths.len() {
            return Err(ColumnsError::Column("length"));
        }
        Ok(Self { runs, values, ids, offsets, lengths })
    }

    /// Bytes in memory, about.
    pub(crate) fn bytes(&self) -> usize {
        let texts = self.ids.iter().chain([&self.values.texts]);
        let texts: usize = texts.map(|array| array.get_array_memory_size()).sum();
        texts + self.values.numbers.get_array_memory_size() + self.lengths.len() * 28
    }

    /// An id of a record.
    pub(crate) fn id(&self, gap: Gap, place: usize) -> Option<&str> {
        let ids = match gap {
            Gap::Trace => &self.ids[0],
            Gap::Span => &self.ids[1],
            Gap::Request => &self.ids[2],
            _ => return None,
        };
        (place < ids.len() && ids.is_valid(place)).then(|| ids.value(place))
    }

    /// Where the record is in its file: offset and length.
    pub(crate) fn bytes_of(&self, place: usize) -> Option<(u64, u64)> {
        let known = self.offsets.get(..=place)?.iter().rposition(Option::is_some)?;
        let before: u64 = self.lengths[known..place].iter().sum();
        Some((self.offsets[known]? + before, self.lengths[place]))
    }

    /// Writes the text of a record of `shape` into `out`.
    pub(crate) fn write(
        &self,
        shapes: &[Shape],
        number: u32,
        place: usize,
        time: Option<UtcMicros>,
        clock: &mut Clock,
        out: &mut Text,
    ) {
        out.text.clear();
        out.variables.clear();
        let Some(shape) = shapes.get(number as usize) else { return };
        let of = self.runs.of_shape(number);
        let mut starts =
            of.and_then(|of| self.runs.starts.get(of.first..)).unwrap_or_default().iter();
        let ordinal = self.runs.ordinal(place);
        // header, join, piece, join, variable, join, piece, …, join, rest
        let mut joins = 0;
        let mut variable = 0;
        for (gap, piece) in shape.pieces.iter().enumerate() {
            out.text.push_str(piece);
            let Some(kind) = shape.gaps.get(gap) else { break };
            match kind {
                stored if stored.is_stored() => {
                    if let Some(start) = starts.next() {
                        self.values.write(start + ordinal, &mut out.text);
                    }
                }
                Gap::Time(moment) => {
                    if let Some(time) = time {
                        out.text.push_str(clock.write(time, *moment));
                    }
                }
                Gap::Join => {
                    let at = out.text.len();
                    if joins == 0 {
                        out.body.start = at;
                    } else if joins % 2 == 1 {
                        variable = at;
                        out.body.end = at;
                    } else {
                        out.variables.push(variable..at);
                    }
                    joins += 1;
                }
                id => out.text.push_str(self.id(*id, place).unwrap_or_default()),
            }
        }
        debug_assert_eq!(out.variables.len(), shape.variables());
    }
}
