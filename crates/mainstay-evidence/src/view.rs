//! Questions to a stored bundle: select, show, count. Every answer comes from the stored files,
//! and every count adds up: shown + hidden = records.
//!
//! What is *not* here: HTTP, rights, and anything that changes a bundle.

mod bits;
mod contrast;
mod count;
mod digits;
mod elements;
mod evaluate;
mod facets;
mod gaps;
mod index;
mod named;
mod packed;
mod phrase;
mod place;
#[cfg(test)]
mod plain;
mod row;
mod seek;
mod select;
mod series;
mod templates;
mod text;
mod traces;
mod waterfall;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use serde::de::DeserializeOwned;

use crate::columns::ColumnsError;
use crate::finding::Finding;
use crate::ingest::FileRedactions;
use crate::manifest::{self, BundleFile, Manifest, Source};
use crate::mine::Dictionary;
use crate::problem::Problem;
use crate::rank::Diagnosis;
use crate::skew::Corrections;

pub use contrast::{Contrast, FieldContrast, ValueContrast};
pub use count::{Bucket, Histogram};
pub use facets::{FacetValue, Facets, FieldFacet};
pub use place::{Cited, Hint};
pub use row::{LineFull, LineRow, MORE_BYTES_MAX};
pub use seek::{Direction, Position, Seek};
pub use select::Selection;
pub use series::{
    SERIES_AT_ONCE_MAX, STEPS_MAX, SeriesAsk, SeriesChange, SeriesList, SeriesPoints, SeriesRow,
    SeriesStep,
};
pub use templates::{TemplateList, TemplateRow};
pub use traces::{TraceAsk, TraceList, TraceOrder, TraceRow};
pub use waterfall::{SpanRow, TRACE_SPANS_MAX, Waterfall};

pub(crate) use bits::Bits;
pub(crate) use index::Index;
use select::SelectionCache;
use text::GroupCache;

/// The ranked suspects in the stored folder.
pub(crate) const DIAGNOSIS: &str = "hypotheses.json";

/// Why a stored bundle cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A file of the folder is missing or unreadable.
    #[error("could not read {0} of the evidence folder: read the bundle again")]
    Read(&'static str, #[source] std::io::Error),
    /// A document of the folder is not what this version writes.
    #[error("{0} of the evidence folder is damaged: read the bundle again")]
    Parse(&'static str, #[source] serde_json::Error),
    /// The folder was written by a newer version.
    #[error("the evidence has format {0}, this version reads up to {max}: update mainstay", max = manifest::FORMAT)]
    Format(u32),
    /// A column file is damaged.
    #[error("could not read the columns of the evidence folder")]
    Columns(#[from] ColumnsError),
    /// The rows do not add up to the manifest.
    #[error("the evidence folder is damaged ({0}): read the bundle again")]
    Counts(String),
}

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// No such row in the bundle.
    #[error("no such line in this bundle")]
    NoSuchRow,
    /// The pattern cannot be compiled; a parsed query has none of this kind.
    #[error("the pattern is not valid")]
    Pattern,
    /// A stored file is damaged or gone.
    #[error("could not read the columns of the evidence folder")]
    Columns(#[from] ColumnsError),
}

/// A stored bundle, open for questions from many threads.
pub struct Bundle {
    folder: PathBuf,
    manifest: Manifest,
    problems: Vec<Problem>,
    findings: Vec<Finding>,
    redactions: BTreeMap<String, u64>,
    diagnosis: Option<Diagnosis>,
    dictionary: Dictionary,
    index: Index,
    groups: Mutex<GroupCache>,
    selections: Mutex<SelectionCache>,
    traces: OnceLock<traces::TraceIndex>,
    series: OnceLock<series::SeriesIndex>,
}

impl Bundle {
    /// Opens a folder that [`crate::ingest::ingest`] wrote, and checks that its counts add up.
    ///
    /// # Errors
    /// When a file is missing or damaged, or comes from a newer version.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let manifest: Manifest = read_json(folder, manifest::FILE_NAME)?;
        if manifest.format != manifest::FORMAT {
            return Err(OpenError::Format(manifest.format));
        }
        let dictionary: Dictionary = read_json(folder, "templates.json")?;
        let problems = read_json(folder, "problems.json")?;
        let findings = read_json(folder, "findings.json")?;
        let by_file: Vec<FileRedactions> = read_json(folder, "redactions.json")?;
        let mut redactions = BTreeMap::new();
        for (kind, counted) in by_file.into_iter().flat_map(|file| file.kinds.kinds) {
            *redactions.entry(kind).or_default() += counted.count;
        }
        // what another version thought can be thought again
        let diagnosis = fs::read(folder.join(DIAGNOSIS)).ok();
        let diagnosis = diagnosis.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let bundle = Self::assemble(folder, manifest, dictionary, problems)?;
        Ok(Self { findings, redactions, diagnosis, ..bundle })
    }

    /// Indexes the columns of a folder; the findings are not known yet.
    pub(crate) fn assemble(
        folder: &Path,
        manifest: Manifest,
        dictionary: Dictionary,
        problems: Vec<Problem>,
    ) -> Result<Self, OpenError> {
        let index = {
            let corrections = Corrections::of(&manifest.clocks);
            Index::load(folder, &manifest.stored, &dictionary, &corrections)?
        };
        index.check(&manifest, &dictionary).map_err(OpenError::Counts)?;
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
            problems,
            findings: Vec::new(),
            redactions: BTreeMap::new(),
            diagnosis: None,
            dictionary,
            index,
            groups: Mutex::new(GroupCache::default()),
            selections: Mutex::new(SelectionCache::default()),
            traces: OnceLock::new(),
            series: OnceLock::new(),
        })
    }

    /// The small columns, for what counts over all records.
    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    /// The manifest, when nothing more is asked.
    pub(crate) fn into_manifest(self) -> Manifest {
        self.manifest
    }

    /// The folder it was opened from.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the bundle is made of.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// All files, by id.
    #[must_use]
    pub fn files(&self) -> &[BundleFile] {
        &self.manifest.files
    }

    /// All sources, by id.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.manifest.sources
    }

    /// What could not be read, with places; `totals.problems` counts also those without.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What is worth a look, most urgent first.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How many values were replaced before anything was stored, by kind.
    #[must_use]
    pub fn redactions(&self) -> &BTreeMap<String, u64> {
        &self.redactions
    }

    /// The ranked suspects, as the bundle alone tells them; folders of older versions have none.
    #[must_use]
    pub fn diagnosis(&self) -> Option<&Diagnosis> {
        self.diagnosis.as_ref()
    }

    /// The same bundle with suspects that were ranked otherwise, against a reference.
    #[must_use]
    pub fn with_diagnosis(self, diagnosis: Diagnosis) -> Self {
        Self { diagnosis: Some(diagnosis), ..self }
    }

    /// The templates and their forms.
    #[must_use]
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// How many records the bundle has.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.index.len() as u64
    }
}

/// A panic of another question leaves a cache that is only a cache.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn read_json<T: DeserializeOwned>(folder: &Path, name: &'static str) -> Result<T, OpenError> {
    let bytes = fs::read(folder.join(name)).map_err(|error| OpenError::Read(name, error))?;
    serde_json::from_slice(&bytes).map_err(|error| OpenError::Parse(name, error))
}

/// Rows of a selection share their memory with the cache.
type Rows = Arc<[u32]>;
