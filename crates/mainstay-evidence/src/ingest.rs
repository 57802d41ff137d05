//! Reads a bundle into a folder: `open` → `recognise` → structured files (their spans give time
//! anchors) → logs → `columns` → `finding` → `manifest`.
//!
//! The folder is complete or absent. The same input gives the same bytes, whatever the number of
//! threads, the clock or the machine. What is *not* here: how anything is read; this only runs
//! the steps and checks that their counts add up.

mod balance;
mod draft;
mod host;
pub(crate) mod identities;
mod logs;
mod mined;
mod passage;
mod pipe;
mod plan;
mod redactions;
mod source;
mod store;
mod structured;
mod survey;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use mainstay_core::UtcMicros;

use crate::columns::ColumnsError;
use crate::finding::{self, Traces};
use crate::limits::Limits;
use crate::manifest::{self, Manifest};
use crate::mine::{Dictionary, Miner};
use crate::open::{self, Input, Phase, Progress};
use crate::problem::{Problem, ProblemCode, Problems};
use crate::rank;
use crate::redact::{Collected, Policy};
use crate::view::{Bundle, OpenError, ViewError};

use draft::Draft;
use host::Hosts;
use logs::{Logs, Noted};
use store::Staging;
use structured::KnownTimes;
pub(crate) use structured::Unwell;

pub use mined::{Mined, MinedFile, MinedLine, Redaction, mine};
pub use redactions::FileRedactions;

/// What an ingest needs besides its input.
#[derive(Debug, Clone)]
pub struct Options {
    pub limits: Limits,
    /// Nothing of the bundle can have happened two days after this; guards inferred years.
    pub now: UtcMicros,
    /// `None`: derived from the input's bytes.
    pub pseudonym_key: Option<[u8; 32]>,
    /// Rules for redaction besides our own.
    pub rules: Option<Arc<Policy>>,
    /// Where to leave whom the pseudonyms stand for, if somebody may look back.
    pub identities: Option<Collected>,
    /// Are times shown without the offset of a clock that goes wrong? It is estimated in any case.
    pub correct_clocks: bool,
    /// Threads for reading logs; the result does not depend on it.
    pub threads: usize,
}

/// A bundle that was read and stored.
#[derive(Debug, Clone)]
pub struct Stored {
    pub manifest: Manifest,
    /// BLAKE3 of `manifest.json`, in hex.
    pub address: String,
    /// How often each kind was hidden.
    pub hidden: BTreeMap<String, u64>,
    /// The key its pseudonyms were made with: a bundle that is compared with it is read with the
    /// same. Never stored.
    pub pseudonym_key: [u8; 32],
}

/// Why no bundle was stored. What is wrong *inside* a bundle is a `Problem`, not an error.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// No file could be opened; the problems say why.
    #[error("nothing in the input could be opened: check that the file is complete and readable")]
    Unreadable(Vec<Problem>),
    /// The caller asked to stop.
    #[error("reading was cancelled")]
    Cancelled,
    /// There is something in the way.
    #[error("the evidence folder is not empty: choose another folder")]
    OutNotEmpty,
    /// A bug of ours: two counts that must agree do not.
    #[error("counts do not add up ({0}): please report this as a bug")]
    Counts(String),
    /// The folder could not be written.
    #[error("could not write the evidence: check the free space and the rights of the folder")]
    Write(#[source] std::io::Error),
    /// The columns could not be written.
    #[error("could not write the columns of the evidence")]
    Columns(#[from] ColumnsError),
    /// What was written could not be read back.
    #[error("could not read back the evidence that was just written")]
    ReadBack(#[source] OpenError),
    /// A line could not be read back while looking for findings and causes.
    #[error("could not read back a line that was just written")]
    Findings(#[source] ViewError),
    /// The threads could not be started.
    #[error("could not start the threads that read: use fewer threads")]
    Threads(#[source] rayon::ThreadPoolBuildError),
}

impl From<std::io::Error> for IngestError {
    fn from(error: std::io::Error) -> Self {
        Self::Write(error)
    }
}

/// Reads the inputs as one bundle and stores it in `out`, which must be absent or empty.
///
/// # Errors
/// See [`IngestError`]; nothing is left in `out` then.
pub fn ingest(
    inputs: Vec<Input>,
    options: &Options,
    out: &Path,
    progress: &dyn Progress,
) -> Result<Stored, IngestError> {
    let staging = Staging::beside(out)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads.max(1))
        .build()
        .map_err(IngestError::Threads)?;
    let stored = pool.install(|| run(inputs, options, &staging, progress))?;
    staging.publish(out)?;
    Ok(stored)
}

fn run(
    inputs: Vec<Input>,
    options: &Options,
    staging: &Staging,
    progress: &dyn Progress,
) -> Result<Stored, IngestError> {
    let limits = &options.limits;
    let mut problems = Problems::new(limits.problems_per_code);
    let opened = open::open(inputs, limits, &mut problems, progress);
    stop_if_cancelled(progress)?;
    let nothing = opened.files.iter().all(|file| file.size_bytes == 0);
    let lost = problems.kept().iter().any(|problem| problem.code.loses_data());
    if opened.files.is_empty() || (nothing && lost) {
        return Err(IngestError::Unreadable(problems.kept().to_vec()));
    }
    let pseudonym_key = options.pseudonym_key.unwrap_or(opened.pseudonym_key);
    let mut redactor = identities::redactor(&opened, Some(pseudonym_key), options.rules.as_ref());
    if let Some(collected) = &options.identities {
        redactor = redactor.with_collected(collected.clone());
    }
    problems.rewrite_paths(|path| redactor.session().text(path).into_owned());
    let survey = survey::survey(&opened.files, &redactor, &mut problems);
    let structured =
        structured::read(&survey, &redactor, limits, staging, &mut problems, progress)?;
    stop_if_cancelled(progress)?;
    let span_start = |span: &str| structured.times.span_start(span);
    let mut times = structured.times.span();
    let hosts = Hosts::of(&survey);
    let task = |times| logs::Task {
        redactor: &redactor,
        options,
        times,
        span_start: &span_start,
        progress,
        hosts: &hosts,
    };
    if times.near().is_none() {
        times.extend(plan::stated_times(&survey, &task(times)));
    }
    let Logs { parts, noted } = logs::read(&survey, &task(times), staging)?;
    stop_if_cancelled(progress)?;
    progress.report(Phase::Mining, 0, 0, 0, None);

    let unwell = structured.unwell;
    let mut draft = Draft::new(&survey);
    draft.add_structured(structured.files, structured.ticket);
    for part in parts {
        problems.merge(part.problems);
        draft.add_lines(part.files, &part.flow);
    }
    let Noted { miner, traces } = noted;
    note_overflow(&miner, &mut problems);
    draft.compare_clocks(&hosts, options.correct_clocks, &mut problems);
    let dictionary = miner.finish();
    progress.report(Phase::Storing, 0, 0, 0, None);
    let name = redactor.session().text(&opened.name).into_owned();
    let redactions = draft.sorted_redactions();
    let mut hidden = BTreeMap::new();
    for (kind, counted) in redactions.iter().flat_map(|file| &file.kinds.kinds) {
        *hidden.entry(kind.clone()).or_default() += counted.count;
    }
    let manifest = draft.manifest(name, &opened, &dictionary, &problems)?;
    // what was read is stored: its memory is free for what comes
    drop(opened);
    let noted = (&unwell, &traces);
    let (manifest, address) = finish(staging, manifest, dictionary, &problems, &redactions, noted)?;
    Ok(Stored { manifest, address, hidden, pseudonym_key })
}

/// Records whose message was one too many to be told apart.
fn note_overflow(miner: &Miner, problems: &mut Problems) {
    if miner.overflowed() > 0 {
        let detail = "more distinct messages than the limit: the rest share one template a source";
        let mut problem = Problem::new(ProblemCode::TooManySignatures, None, detail);
        problem.count = miner.overflowed();
        problems.push(problem);
    }
}

/// Writes the documents, looks for findings in what was stored, and seals it with the manifest.
fn finish(
    staging: &Staging,
    mut manifest: Manifest,
    dictionary: Dictionary,
    problems: &Problems,
    redactions: &[FileRedactions],
    (unwell, traces): (&Unwell, &Traces),
) -> Result<(Manifest, String), IngestError> {
    staging.write_json("templates.json", &dictionary)?;
    staging.write_json("problems.json", &problems.kept())?;
    staging.write_json("redactions.json", &redactions)?;
    crate::columns::write_forms(&staging.path("forms.parquet"), &dictionary)?;
    manifest.stored = staging.stored_files(&[])?;
    let bundle = Bundle::assemble(staging.folder(), manifest, dictionary, problems.kept().to_vec())
        .map_err(|error| match error {
            OpenError::Counts(what) => IngestError::Counts(what),
            other => IngestError::ReadBack(other),
        })?;
    staging.write_json(
        "findings.json",
        &finding::find(&bundle, unwell, traces).map_err(IngestError::Findings)?,
    )?;
    let diagnosis =
        rank::diagnose(&bundle, None, &rank::Ticket::default()).map_err(IngestError::Findings)?;
    staging.write_json(crate::view::DIAGNOSIS, &diagnosis)?;
    let mut manifest = bundle.into_manifest();
    manifest.stored = staging.stored_files(&manifest.stored)?;
    let bytes = manifest::json_bytes(&manifest)?;
    staging.write(manifest::FILE_NAME, &bytes)?;
    Ok((manifest, blake3::hash(&bytes).to_hex().to_string()))
}

fn stop_if_cancelled(progress: &dyn Progress) -> Result<(), IngestError> {
    if progress.cancelled() { Err(IngestError::Cancelled) } else { Ok(()) }
}
