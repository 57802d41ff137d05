//! What a line tells by itself, under the shapes that are known of its file: wrappers, header, ids.
//! It needs no line before it, so any thread may ask; what lines are together is decided in their
//! order by `reader`.

use mainstay_core::Level;

use super::detect::{self, Shape};
use super::ids::{self, IdKind, Place};
use super::layout::columns::Columns;
use super::said::{Said, mentions_error, said_by};
use super::wrapper::{Inner, Wrapped, Wrapper};

/// The wrappers and shapes of a file, as far as they are known.
#[derive(Debug, Clone)]
pub(crate) struct Shapes {
    wrappers: Vec<Wrapper>,
    locked: Vec<Shape>,
    /// The other layouts of the formats that are locked.
    siblings: Vec<Shape>,
}

/// What a line told.
#[derive(Debug)]
pub(crate) struct Told {
    pub(super) wrapped: Wrapped,
    pub(super) said: Option<Said>,
    /// The message, if the line starts a record; a place in the line.
    pub(crate) body: Place,
    /// By kind.
    pub(super) ids: [Option<TextPlace>; IdKind::ALL.len()],
    /// The body or what follows it speaks of an error, and the level does not.
    pub(super) mentions_error: bool,
    inner: TextPlace,
    /// How many shapes were known; `None` for a line that must be read in its order.
    shapes: Option<usize>,
    by_locked: bool,
}

/// A part of a line, or a text of its own: a wrapper had escaped it, or the line is gone.
#[derive(Debug, Clone)]
pub(super) enum TextPlace {
    Line(usize, usize),
    Own(Box<str>),
}

impl TextPlace {
    pub(super) fn of<'t>(&'t self, line: &'t str) -> &'t str {
        match self {
            Self::Line(start, end) => &line[*start..*end],
            Self::Own(text) => text,
        }
    }
}

impl Shapes {
    pub(super) fn new(wrappers: Vec<Wrapper>, locked: Vec<Shape>) -> Self {
        let siblings = detect::siblings(&locked);
        Self { wrappers, locked, siblings }
    }

    pub(super) fn locked(&self) -> &[Shape] {
        &self.locked
    }

    /// Locks one more.
    pub(super) fn with(&self, shape: Shape) -> Self {
        let locked = self.locked.iter().cloned().chain([shape]).collect();
        Self::new(self.wrappers.clone(), locked)
    }

    /// The columns that a directive in the file may change.
    pub(super) fn columns(&mut self) -> Option<&mut Columns> {
        match self.locked.first_mut() {
            Some(Shape::Columns(columns)) => Some(columns),
            _ => None,
        }
    }

    /// Is a line read the same wherever in the file it stands?
    fn are_fixed(&self) -> bool {
        !matches!(self.locked.first(), Some(Shape::Columns(_)))
    }

    pub(super) fn peel<'t>(&self, line: &'t str) -> (Inner<'t>, Wrapped) {
        detect::peel(&self.wrappers, line)
    }

    /// What a line that is not blank tells, on any thread.
    pub(crate) fn tell(&self, line: &str) -> Told {
        if self.are_fixed() {
            return self.tell_in_order(line);
        }
        let (inner, wrapped) = self.peel(line);
        let told = Told::of(line, &inner, wrapped, None);
        Told { shapes: None, ..told }
    }

    /// The same by the thread that knows all lines before.
    pub(super) fn tell_in_order(&self, line: &str) -> Told {
        let (inner, wrapped) = self.peel(line);
        let mut said = self.locked.iter().find_map(|shape| said_by(shape, &inner.text));
        let by_locked = said.is_some();
        if !by_locked {
            let sibling = self.siblings.iter().find(|shape| detect::matches(shape, &inner.text));
            said = sibling.and_then(|shape| said_by(shape, &inner.text));
        }
        let told = Told::of(line, &inner, wrapped, said);
        Told { shapes: Some(self.locked.len()), by_locked, ..told }
    }

    /// Would the line tell the same under these shapes?
    pub(super) fn agree(&self, told: &Told) -> bool {
        told.shapes.is_some_and(|known| told.by_locked || known == self.locked.len())
    }
}

impl Told {
    pub(super) fn of(line: &str, inner: &Inner<'_>, wrapped: Wrapped, said: Option<Said>) -> Self {
        let (start, end) = said.as_ref().map_or((0, inner.text.len()), |said| said.body);
        let pairs = ids::leading_pairs(&inner.text[start..end]);
        let body_start = inner.place(start + pairs);
        let body = (body_start, inner.place(end).max(body_start));
        let mut told = Self {
            wrapped,
            body,
            ids: Default::default(),
            mentions_error: false,
            inner: inner.text_place(),
            shapes: None,
            by_locked: false,
            said,
        };
        told.find_ids(line, inner);
        let level = told.said.as_ref().and_then(|said| said.level).or(wrapped.level);
        told.mentions_error = level < Some(Level::Error)
            && (mentions_error(&line[body.0..body.1]) || mentions_error(&line[body.1..]));
        told
    }

    /// Those that fields of the line state, then those that stand in its text.
    fn find_ids(&mut self, line: &str, inner: &Inner<'_>) {
        let mut ids = self.said.as_ref().map(|said| said.ids).unwrap_or_default();
        for kind in IdKind::ALL {
            let stated = *ids.slot(kind);
            self.ids[kind as usize] =
                stated.map(|(start, end)| inner.slice(start, end).text_place());
        }
        ids::find(line, &mut ids);
        for kind in IdKind::ALL {
            let found = *ids.slot(kind);
            let slot = &mut self.ids[kind as usize];
            *slot = slot.take().or(found.map(|(start, end)| TextPlace::Line(start, end)));
        }
    }

    /// Is the line likely the first of a record? Where no shape is known, each may be.
    pub(crate) fn begins_a_record(&self) -> bool {
        self.said.is_some() || self.shapes == Some(0)
    }

    /// The text inside the wrappers.
    pub(super) fn inner<'t>(&'t self, line: &'t str) -> &'t str {
        self.inner.of(line)
    }
}
