//! `manifest.json`: what a bundle is made of, in numbers that add up. Its BLAKE3 is the address of
//! the bundle, and it names the BLAKE3 of every other stored file.
//!
//! Not here: wall-clock time and the machine. The same input gives the same manifest.

use std::io;
use std::path::Path;

use mainstay_core::UtcMicros;
use serde::{Deserialize, Serialize};

use crate::recognise::Kind;
use crate::skew::Clock;

/// The number of this layout of the stored folder; a reader refuses what it does not know.
pub const FORMAT: u32 = 2;

/// The name of the manifest in the stored folder.
pub const FILE_NAME: &str = "manifest.json";

/// A read bundle in numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: u32,
    /// Redacted name of the input.
    pub name: String,
    pub input_bytes: u64,
    /// BLAKE3 of the input as received, in hex.
    pub input_blake3: String,
    pub totals: Totals,
    /// In the order of their ids.
    pub files: Vec<BundleFile>,
    /// In the order of their ids.
    pub sources: Vec<Source>,
    /// What the sender said, when the bundle carries it.
    pub ticket: Option<Ticket>,
    /// The clocks that saw the same requests, and how far they are apart. Absent where none did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Clock>,
    /// The equations that were checked; every one holds, or the ingest would have failed.
    pub equations: Vec<Equation>,
    /// Every other file of the folder, by path.
    pub stored: Vec<StoredFile>,
}

/// Sums over the whole bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    pub files: u64,
    pub files_read: u64,
    /// Unpacked.
    pub bytes: u64,
    /// Physical lines of the files that were read as lines.
    pub lines: u64,
    pub blank_lines: u64,
    pub records: u64,
    /// Records on the timeline; the others have `time_confidence` "none".
    pub timed: u64,
    pub templates: u64,
    /// Records of level error or fatal.
    pub errors: u64,
    pub warns: u64,
    pub spans: u64,
    /// Metric points.
    pub samples: u64,
    /// Kubernetes objects.
    pub objects: u64,
    /// Kubernetes events; one may stand for many occurrences.
    pub events: u64,
    /// Edges of service graphs.
    pub edges: u64,
    pub problems: u64,
    pub redactions: u64,
    /// Earliest and latest moment of records, spans and samples.
    pub first: Option<UtcMicros>,
    pub last: Option<UtcMicros>,
}

/// One file of the bundle, read or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleFile {
    pub id: u32,
    /// Redacted, `/` between folders and between an archive and what is in it.
    pub path: String,
    pub size_bytes: u64,
    pub kind: Kind,
    /// For people: "CRI › log4j".
    pub format: String,
    /// Share of sampled lines the format explains, 0 to 1.
    pub confidence: f32,
    pub source: Option<u32>,
    pub lines: u64,
    pub blank_lines: u64,
    pub records: u64,
    /// Spans, samples, objects or edges.
    pub items: u64,
    pub timed: u64,
    pub first: Option<UtcMicros>,
    pub last: Option<UtcMicros>,
    pub problems: u64,
    pub redactions: u64,
    /// Was its content read? If not, `note` says why.
    pub read: bool,
    pub note: Option<String>,
}

/// Who wrote log lines: a container, or a log file with its rotated parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub id: u32,
    pub name: String,
    pub records: u64,
    pub errors: u64,
    pub warns: u64,
    pub first: Option<UtcMicros>,
    pub last: Option<UtcMicros>,
}

/// What the sender of the bundle reported with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticket {
    pub file: u32,
    /// Absent in folders of older versions.
    #[serde(default)]
    pub case_id: Option<String>,
    pub system: Option<String>,
    pub entrypoint: Option<String>,
    pub reported_at: Option<UtcMicros>,
    pub symptom_start_about: Option<UtcMicros>,
    pub text: Option<String>,
}

/// Two counts that were taken on different ways and must be equal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equation {
    /// In words: "records = sum over templates".
    pub name: String,
    pub left: u64,
    pub right: u64,
}

impl Equation {
    /// Do both sides agree?
    #[must_use]
    pub fn holds(&self) -> bool {
        self.left == self.right
    }
}

/// A file of the stored folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredFile {
    /// Relative to the folder, `/` between folders.
    pub path: String,
    pub bytes: u64,
    /// In hex.
    pub blake3: String,
}

/// The bytes of a JSON document of the folder: readable, and equal for equal values.
pub(crate) fn json_bytes<T: Serialize>(value: &T) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Hash and size of a stored file.
pub(crate) fn stored_file(folder: &Path, path: &str) -> io::Result<StoredFile> {
    let mut hasher = blake3::Hasher::new();
    let mut file = std::fs::File::open(folder.join(path))?;
    let bytes = io::copy(&mut file, &mut hasher)?;
    Ok(StoredFile { path: path.to_owned(), bytes, blake3: hasher.finalize().to_hex().to_string() })
}

/// How a stored folder differs from what was stored.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    #[error("{FILE_NAME} is not the one that was stored")]
    Manifest,
    #[error("{0} cannot be read")]
    Missing(String, #[source] io::Error),
    #[error("{0} is not the file that was stored")]
    Changed(String),
}

/// Compares every file of a stored folder with the hashes that lead from its address.
///
/// # Errors
/// Names the first file that is missing or not what was stored.
pub fn verify(folder: &Path, address: &str) -> Result<(), Damage> {
    let missing = |path: &str| {
        let path = path.to_owned();
        move |error| Damage::Missing(path, error)
    };
    let bytes = std::fs::read(folder.join(FILE_NAME)).map_err(missing(FILE_NAME))?;
    if blake3::hash(&bytes).to_hex().as_str() != address {
        return Err(Damage::Manifest);
    }
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|_| Damage::Manifest)?;
    for stored in &manifest.stored {
        let found = stored_file(folder, &stored.path).map_err(missing(&stored.path))?;
        if found != *stored {
            return Err(Damage::Changed(stored.path.clone()));
        }
    }
    Ok(())
}
