//! What a line tells by itself, under the shapes that are known of its file: wrappers, header, ids.
//! It needs no line before it, so any thread may ask; what lines are together is decided in their
//! order by `reader`.

use mainstay_core::Level;

use super::detect::{self, Shape};
use super::hints;
use super::ids::{self, IdKind, Ids, Place};
use super::layout::columns::Columns;
use super::said::{Said, said_by};
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
    by: By,
}

/// What the line was read by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// Nothing yet: it must be read in its order.
    Order,
    /// A locked shape, from which no further one can take it.
    Locked,
    /// None of so many locked shapes.
    Others(u32),
}

/// A part of a line, or a text of its own: a wrapper had escaped it, or the line is gone.
#[derive(Debug, Clone)]
pub(super) enum TextPlace {
    /// Narrow: there is one for each id of each line.
    Line(u32, u32),
    Own(Box<str>),
}

impl TextPlace {
    /// A place in a line, which the limits keep far below 4 GiB.
    pub(super) fn at(start: usize, end: usize) -> Self {
        Self::Line(start as u32, end as u32)
    }

    pub(super) fn of<'t>(&'t self, line: &'t str) -> &'t str {
        match self {
            Self::Line(start, end) => &line[*start as usize..*end as usize],
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
        Told::of(line, &inner, wrapped, None, By::Order)
    }

    /// The same by the thread that knows all lines before.
    pub(super) fn tell_in_order(&self, line: &str) -> Told {
        let (inner, wrapped) = self.peel(line);
        let mut said = self.locked.iter().find_map(|shape| said_by(shape, &inner.text));
        let mut by = By::Locked;
        if said.is_none() {
            by = By::Others(self.locked.len() as u32);
            let sibling = self.siblings.iter().find(|shape| detect::matches(shape, &inner.text));
            said = sibling.and_then(|shape| said_by(shape, &inner.text));
        }
        Told::of(line, &inner, wrapped, said, by)
    }

    /// What a line tells under a shape that is not locked yet.
    pub(super) fn tell_by(&self, shape: &Shape, line: &str) -> Told {
        let (inner, wrapped) = self.peel(line);
        let said = said_by(shape, &inner.text);
        Told::of(line, &inner, wrapped, said, By::Order)
    }

    /// Would the line tell the same under these shapes?
    pub(super) fn agree(&self, told: &Told) -> bool {
        match told.by {
            By::Order => false,
            By::Locked => true,
            By::Others(known) => known as usize == self.locked.len(),
        }
    }
}

impl Told {
    fn of(
        line: &str,
        inner: &Inner<'_>,
        wrapped: Wrapped,
        said: Option<(Said, Ids)>,
        by: By,
    ) -> Self {
        let (said, stated) = said.unzip();
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
            by,
            said,
        };
        let hints = hints::look(line, body);
        told.find_ids(line, inner, stated.unwrap_or_default(), hints.id);
        let level = told.said.as_ref().and_then(|said| said.level).or(wrapped.level);
        told.mentions_error = hints.error && level < Some(Level::Error);
        told
    }

    /// Those that fields of the line state, then those that stand in its text from a place on.
    fn find_ids(&mut self, line: &str, inner: &Inner<'_>, stated: Ids, in_text: Option<usize>) {
        let mut ids = stated;
        for kind in IdKind::ALL {
            let stated = *ids.slot(kind);
            self.ids[kind as usize] =
                stated.map(|(start, end)| inner.slice(start, end).text_place());
        }
        let Some(from) = in_text else { return };
        ids::find(line, from, &mut ids);
        for kind in IdKind::ALL {
            let found = *ids.slot(kind);
            let slot = &mut self.ids[kind as usize];
            *slot = slot.take().or(found.map(|(start, end)| TextPlace::at(start, end)));
        }
    }

    /// Is the line likely the first of a record? Where no shape is known, each may be.
    pub(crate) fn begins_a_record(&self) -> bool {
        self.said.is_some() || self.by == By::Others(0)
    }

    /// The text inside the wrappers.
    pub(super) fn inner<'t>(&'t self, line: &'t str) -> &'t str {
        self.inner.of(line)
    }
}
