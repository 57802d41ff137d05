//! The texts of records, by row group.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::{Bundle, ViewError, lock};
use crate::columns::{Clock, ColumnsError, Group, Text};

/// Bytes of row groups kept in memory: a screen of a bundle with many sources touches one of each.
const BYTES_KEPT: usize = 128 << 20;

/// Which part and which row group of it.
type Key = (usize, usize);

/// Row groups, newest last.
#[derive(Default)]
pub(super) struct GroupCache {
    kept: VecDeque<(Key, Arc<Group>)>,
    bytes: usize,
}

impl GroupCache {
    fn get(&mut self, key: Key) -> Option<Arc<Group>> {
        let at = self.kept.iter().position(|(known, _)| *known == key)?;
        let (key, group) = self.kept.remove(at)?;
        self.kept.push_back((key, Arc::clone(&group)));
        Some(group)
    }

    fn put(&mut self, key: Key, group: Arc<Group>) {
        self.bytes += group.bytes();
        self.kept.push_back((key, group));
        while self.bytes > BYTES_KEPT && self.kept.len() > 1 {
            if let Some((_, oldest)) = self.kept.pop_front() {
                self.bytes -= oldest.bytes();
            }
        }
    }
}

/// Reads one record after the other; remembers the row group of the last one.
pub(super) struct TextReader<'b> {
    bundle: &'b Bundle,
    group: Option<(Key, Arc<Group>)>,
    clock: Clock,
    pub(super) text: Text,
}

impl<'b> TextReader<'b> {
    pub(super) fn new(bundle: &'b Bundle) -> Self {
        Self { bundle, group: None, clock: Clock::default(), text: Text::default() }
    }

    /// Puts the text of a row into `text`; answers its row group and its place there.
    pub(super) fn read(&mut self, row: u32) -> Result<(&Group, usize), ViewError> {
        let index = &self.bundle.index;
        let (part, group, place) = index.place_of(row).ok_or(ViewError::NoSuchRow)?;
        let key = (part, group);
        if self.group.as_ref().is_none_or(|(known, _)| *known != key) {
            self.group = Some((key, self.bundle.group(key)?));
        }
        let (_, group) = self.group.as_ref().ok_or(ViewError::NoSuchRow)?;
        let stored = &index.parts()[part];
        let shape = index.shape(row) - stored.first_shape;
        let shapes = stored.lines.shapes();
        let time = index.stated_time(row);
        group.write(shapes, shape, place, time, &mut self.clock, &mut self.text);
        Ok((group, place))
    }
}

impl Bundle {
    /// A row group, from memory if it was read lately.
    fn group(&self, key: Key) -> Result<Arc<Group>, ColumnsError> {
        if let Some(known) = lock(&self.groups).get(key) {
            return Ok(known);
        }
        let group = Arc::new(self.read_group(key)?);
        lock(&self.groups).put(key, Arc::clone(&group));
        Ok(group)
    }

    /// The text of every record, in stored order.
    pub(crate) fn texts(&self, sink: &mut dyn FnMut(u32, &Text)) -> Result<(), ViewError> {
        let mut reader = TextReader::new(self);
        for row in 0..u32::try_from(self.index.len()).unwrap_or(u32::MAX) {
            reader.read(row)?;
            sink(row, &reader.text);
        }
        Ok(())
    }

    /// A row group from its file; not kept.
    pub(super) fn read_group(&self, (part, group): Key) -> Result<Group, ColumnsError> {
        let stored = &self.index.parts()[part];
        stored.lines.group(group, &self.index.shapes_of(part, group))
    }

    /// Reads the row groups that some rows need, at once.
    pub(super) fn prefetch(&self, rows: &[u32]) -> Result<(), ColumnsError> {
        let keys = rows.iter().filter_map(|row| self.index.place_of(*row));
        let keys: BTreeSet<Key> = keys.map(|(part, group, _)| (part, group)).collect();
        if keys.len() > 1 {
            keys.into_par_iter().try_for_each(|key| self.group(key).map(drop))?;
        }
        Ok(())
    }
}
