//! The lines of a bundle and the numbers around them: windows, histograms, facets, templates.
//! Opened bundles are kept for a while; everything runs on the blocking pool.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use mainstay_core::{Action, Actor, BundleId, Refusal, policy};
use mainstay_evidence::view::{OpenError, ViewError};
use mainstay_store::BundleState;

use crate::{App, AppError};

pub use mainstay_evidence::finding::Finding;
pub use mainstay_evidence::manifest::{BundleFile, Source};
pub use mainstay_evidence::problem::Problem;
pub use mainstay_evidence::query::{
    Expression, FieldHelp, Match, NameField, Query, QueryError, Term, fields,
};
pub use mainstay_evidence::view::{
    Bundle as OpenBundle, Cited, Contrast, Direction, FacetValue, Facets, FieldContrast,
    FieldFacet, Hint, Histogram, LineFull, LineRow, Position, SERIES_AT_ONCE_MAX, STEPS_MAX, Seek,
    Selection, SeriesAsk, SeriesList, SeriesPoints, SeriesRow, SpanRow, TemplateList, TemplateRow,
    TraceAsk, TraceList, TraceOrder, TraceRow, ValueContrast, Waterfall,
};

/// Lines in one window: three screens.
pub const WINDOW_MAX: usize = 500;
/// Buckets in one histogram: one per pixel of a wide screen.
pub const BUCKETS_MAX: usize = 2_000;
/// Templates in one list.
pub const TEMPLATES_MAX: usize = 1_000;
/// Bundles kept open: each holds its index in memory.
const OPEN_MAX: usize = 8;

/// A window of a selection.
pub struct Window {
    pub total: u64,
    pub hidden: u64,
    pub offset: u64,
    pub lines: Vec<LineRow>,
}

impl App {
    /// The stored bundle, opened once and kept.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `conflict` while it is being read.
    pub async fn open_bundle(
        &self,
        actor: &Actor,
        id: BundleId,
    ) -> Result<Arc<OpenBundle>, AppError> {
        policy::authorise(actor, Action::ReadEvidence)?;
        if let Some(open) = self.inner.open_bundles.get(id) {
            return Ok(open);
        }
        let bundle = self.bundle(actor, id).await?;
        let address = match (bundle.state, bundle.address) {
            (BundleState::Ready, Some(address)) => address,
            (BundleState::Reading, _) => {
                return Err(Refusal::conflict("the bundle is still being read").into());
            }
            _ => return Err(Refusal::conflict("the bundle could not be read").into()),
        };
        let folder = self.inner.blobs.local_folder(&address).await?;
        let open = blocking(move || OpenBundle::open(&folder)).await??;
        Ok(self.inner.open_bundles.put(id, Arc::new(open)))
    }

    /// Asks an open bundle something, off the async threads.
    ///
    /// # Errors
    /// As `open_bundle`, and what the question itself answers.
    pub async fn ask_bundle<T: Send + 'static>(
        &self,
        actor: &Actor,
        id: BundleId,
        question: impl FnOnce(&OpenBundle) -> Result<T, ViewError> + Send + 'static,
    ) -> Result<T, AppError> {
        let open = self.open_bundle(actor, id).await?;
        Ok(blocking(move || question(&open)).await??)
    }

    /// A window of the lines that pass the query.
    ///
    /// # Errors
    /// As `ask_bundle`.
    pub async fn window(
        &self,
        actor: &Actor,
        id: BundleId,
        query: Query,
        offset: u64,
        limit: usize,
    ) -> Result<Window, AppError> {
        self.ask_bundle(actor, id, move |bundle| {
            let selection = bundle.select(&query)?;
            let lines = bundle.window(&selection, offset, limit.min(WINDOW_MAX))?;
            let total = selection.len();
            Ok(Window { total, hidden: bundle.records() - total, offset, lines })
        })
        .await
    }

    /// The record that begins at a line of a file.
    ///
    /// # Errors
    /// As `ask_bundle`; `not_found` when no record begins there.
    pub async fn line_at(
        &self,
        actor: &Actor,
        id: BundleId,
        file: u32,
        line: u64,
    ) -> Result<LineFull, AppError> {
        self.ask_bundle(actor, id, move |bundle| {
            let everything = bundle.select(&Query::default())?;
            let position = bundle.position_of(&everything, file, line);
            bundle.line(position.ok_or(ViewError::NoSuchRow)?.row)
        })
        .await
    }

    /// How many records fall into each bucket of time.
    ///
    /// # Errors
    /// As `ask_bundle`.
    pub async fn histogram(
        &self,
        actor: &Actor,
        id: BundleId,
        query: Query,
        buckets: usize,
    ) -> Result<Histogram, AppError> {
        let span = query.time_span();
        self.ask_bundle(actor, id, move |bundle| {
            let selection = bundle.select(&query)?;
            Ok(bundle.histogram(&selection, span.0, span.1, buckets.clamp(1, BUCKETS_MAX)))
        })
        .await
    }
}

impl App {
    /// The offline HTML report of a bundle.
    ///
    /// # Errors
    /// As `open_bundle`.
    pub async fn report(&self, actor: &Actor, id: BundleId) -> Result<String, AppError> {
        let open = self.open_bundle(actor, id).await?;
        let page = blocking(move || mainstay_evidence::report::html(&open)).await?;
        page.map_err(|error| AppError::Evidence(Box::new(error)))
    }
}

/// The most recently asked bundles.
#[derive(Default)]
pub(crate) struct OpenBundles {
    recent: Mutex<VecDeque<(BundleId, Arc<OpenBundle>)>>,
}

impl OpenBundles {
    fn get(&self, id: BundleId) -> Option<Arc<OpenBundle>> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let place = recent.iter().position(|(known, _)| *known == id)?;
        let found = recent.remove(place)?;
        let open = found.1.clone();
        recent.push_front(found);
        Some(open)
    }

    /// Two requests may open the same bundle at once; the first one stays.
    pub(crate) fn put(&self, id: BundleId, open: Arc<OpenBundle>) -> Arc<OpenBundle> {
        if let Some(first) = self.get(id) {
            return first;
        }
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.push_front((id, open.clone()));
        recent.truncate(OPEN_MAX);
        open
    }
}

/// Runs work that takes its time off the async threads.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| AppError::internal("a worker was lost"))
}

impl From<ViewError> for AppError {
    fn from(error: ViewError) -> Self {
        match error {
            ViewError::NoSuchRow => Self::not_found(error.to_string()),
            other => Self::Evidence(Box::new(other)),
        }
    }
}

impl From<OpenError> for AppError {
    fn from(error: OpenError) -> Self {
        Self::Evidence(Box::new(error))
    }
}
