//! Where a line is, and where the next interesting one is.

use mainstay_core::Level;

use super::{Bundle, Selection, ViewError};

/// Where a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub row: u64,
    /// `None` when the filter hides it.
    pub position: Option<u64>,
}

/// Which way to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Next,
    Previous,
}

/// What to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seek<'t> {
    /// This level or a more urgent one.
    Level(Level),
    /// Words in the text, as [`crate::query::Term::Text`].
    Text(&'t str),
}

impl Bundle {
    /// The record that covers a line of a file; `None` when no record does.
    #[must_use]
    pub fn position_of(&self, selection: &Selection, file: u32, line: u64) -> Option<Position> {
        let row = self.index.row_at(file, line)?;
        let found = self.index.rank_in(&selection.rows, row);
        Some(Position { row: u64::from(row), position: found.map(|place| place as u64) })
    }

    /// The nearest hit after (or before) `from`, which itself is no hit. `from: None` begins at
    /// the end one looks from.
    ///
    /// # Errors
    /// When the text is too long or a stored file is damaged.
    pub fn next(
        &self,
        selection: &Selection,
        from: Option<u64>,
        direction: Direction,
        seek: Seek<'_>,
    ) -> Result<Option<u64>, ViewError> {
        let hits = match seek {
            Seek::Text(text) => Some(self.rows_with(text)?),
            Seek::Level(_) => None,
        };
        let is_hit = |row: u32| match (seek, &hits) {
            (Seek::Level(level), _) => self.index.level(row).is_some_and(|own| own >= level),
            (Seek::Text(_), Some(hits)) => hits.has(row),
            (Seek::Text(_), None) => false,
        };
        let rows = &selection.rows;
        let from = from.map(|from| usize::try_from(from).unwrap_or(usize::MAX).min(rows.len()));
        let found = match direction {
            Direction::Next => {
                let start = from.map_or(0, |from| from.saturating_add(1)).min(rows.len());
                rows[start..].iter().position(|row| is_hit(*row)).map(|place| start + place)
            }
            Direction::Previous => {
                let end = from.unwrap_or(rows.len());
                rows[..end].iter().rposition(|row| is_hit(*row))
            }
        };
        Ok(found.map(|position| position as u64))
    }
}
