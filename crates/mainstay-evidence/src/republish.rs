//! Makes a clean copy of a bundle: the same files by the same names, with everything hidden that
//! `redact` finds. Fails closed: a file that still holds something in the second pass is an error
//! and nothing is written.
//!
//! What is *not* here: what is hidden (`redact`). Binary files cannot be redacted, so their content
//! is withheld; members of inner archives stand in folders named after the archive.

mod preview;
mod write;

use std::io::{self, BufReader, Read, Write};
use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest, Sha256};

pub use preview::{Preview, PreviewFile, preview};

use crate::ingest::identities;
use crate::limits::Limits;
use crate::open::{
    self, Input, Opened, OpenedFile, Phase, Progress, Spool, SpoolReader, SpoolSpace,
};
use crate::parse::lines::Lines;
use crate::problem::{Problem, Problems};
use crate::recognise::{self, Encoding, Kind as FileKind, Sample};
use crate::redact::{AuditEntry, IdentityMap, Policy, RedactionCounts, Redactor};

/// A longer line is cut, and the file says so in the report.
const LINE_BYTES_MAX: usize = 64 << 20;
/// What recognition looks at.
const SAMPLE_BYTES: u64 = 64 << 10;
/// Redacted lines shown for each file; a person reads a few.
const EXAMPLES_MAX: usize = 4;
/// Letters of such a line.
const EXAMPLE_LETTERS_MAX: usize = 160;
/// Read at once while hashing.
const HASHED_BYTES: usize = 64 << 10;
/// The report's place in the clean bundle.
const REPORT_NAME: &str = "mainstay-redaction.json";

/// A clean copy, not yet written.
#[derive(Debug)]
pub struct CleanBundle {
    pub files: Vec<CleanFile>,
    /// What stands behind the pseudonyms; to be kept apart from the copy, and sealed.
    pub identities: IdentityMap,
    /// What could not be opened or read; its content is not in the copy.
    pub problems: Vec<Problem>,
}

/// One file of it.
#[derive(Debug)]
pub struct CleanFile {
    /// Redacted too: a name may hold a person or an address.
    pub path: String,
    pub counts: RedactionCounts,
    /// What was hidden where and why.
    pub audit: Vec<AuditEntry>,
    /// SHA-256 of the content before and after, in hex; none after for what is withheld.
    pub before: String,
    pub after: Option<String>,
    /// Redacted lines, by line number, from different kinds.
    pub examples: Vec<(u64, String)>,
    /// `None` when the content is withheld.
    content: Option<Spool>,
    size_bytes: u64,
    cut_lines: u64,
}

impl CleanFile {
    /// Is the content left out, because it is no text?
    #[must_use]
    pub fn is_withheld(&self) -> bool {
        self.content.is_none()
    }
}

/// Why there is no clean copy.
#[derive(Debug, thiserror::Error)]
pub enum RepublishError {
    #[error("nothing in the input could be opened: check that it is complete and not encrypted")]
    Unreadable,
    #[error("{0} exists: name a path that is free")]
    Exists(String),
    #[error(
        "{path}, line {line}: still holds a {kind} (rule {rule}) after redaction, so nothing was \
         written: please report it"
    )]
    Remains { path: String, line: u64, kind: String, rule: String },
    #[error("cannot read the bundle or write the copy")]
    Io(#[from] io::Error),
}

/// One line of the report in the copy. Never a value.
#[derive(Debug, Serialize)]
struct FileReport<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    withheld: bool,
    #[serde(skip_serializing_if = "is_zero")]
    cut_lines: u64,
    sha256_before: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256_after: Option<&'a str>,
    hidden: &'a RedactionCounts,
    rules: &'a [AuditEntry],
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(value: &u64) -> bool {
    *value == 0
}

/// Redacts everything in `input` and checks the result with a second pass.
///
/// # Errors
/// When nothing could be opened, or something is left.
pub fn clean(
    input: Input,
    pseudonym_key: Option<[u8; 32]>,
    rules: Option<&Arc<Policy>>,
    progress: &dyn Progress,
) -> Result<CleanBundle, RepublishError> {
    let limits = Limits { line_bytes: LINE_BYTES_MAX, ..Limits::default() };
    let mut problems = Problems::new(limits.problems_per_code);
    let (opened, redactor) = opened(input, pseudonym_key, rules, &limits, &mut problems, progress)?;
    let cleaner = Cleaner { redactor: &redactor, limits: &limits, space: SpoolSpace::new(&limits) };
    let mut identities = IdentityMap::default();
    let mut files = Vec::with_capacity(opened.files.len());
    for file in &opened.files {
        let clean = cleaner.clean(file, &mut problems, &mut identities)?;
        if let Some(left) = cleaner.check(&clean)? {
            return Err(left.into());
        }
        progress.report(Phase::Reading, file.size_bytes, 1, 0, None);
        files.push(clean);
    }
    Ok(CleanBundle { files, identities, problems: problems.kept().to_vec() })
}

/// A place that should have been hidden. Never the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    pub path: String,
    /// From 1; 0 is the path itself.
    pub line: u64,
    pub kind: String,
    pub rule: String,
}

impl From<Left> for RepublishError {
    fn from(left: Left) -> Self {
        Self::Remains { path: left.path, line: left.line, kind: left.kind, rule: left.rule }
    }
}

/// What is verified and what was left over.
#[derive(Debug)]
pub struct Verified {
    pub files: usize,
    /// Files that are no text, which nobody looked into.
    pub unread: Vec<String>,
    /// The first place of each rule in each file.
    pub left: Vec<Left>,
    pub problems: Vec<Problem>,
}

/// The second pass over something that is to be stored or sent: what the rules would still hide.
///
/// # Errors
/// When nothing could be opened.
pub fn verify(
    input: Input,
    pseudonym_key: Option<[u8; 32]>,
    rules: Option<&Arc<Policy>>,
    progress: &dyn Progress,
) -> Result<Verified, RepublishError> {
    let limits = Limits { line_bytes: LINE_BYTES_MAX, ..Limits::default() };
    let mut problems = Problems::new(limits.problems_per_code);
    let (opened, redactor) = opened(input, pseudonym_key, rules, &limits, &mut problems, progress)?;
    let cleaner = Cleaner { redactor: &redactor, limits: &limits, space: SpoolSpace::new(&limits) };
    let mut verified = Verified {
        files: opened.files.len(),
        unread: Vec::new(),
        left: Vec::new(),
        problems: Vec::new(),
    };
    for file in &opened.files {
        let path = redactor.session().text(&file.path).into_owned();
        match text_encoding(file)? {
            None => verified.unread.push(path),
            Some(encoding) => {
                let reader = BufReader::new(file.content.reader());
                let lines = Lines::new(reader, encoding, &limits);
                verified.left.extend(cleaner.left(&file.path, &path, lines));
            }
        }
        progress.report(Phase::Reading, file.size_bytes, 1, 0, None);
    }
    verified.problems = problems.kept().to_vec();
    Ok(verified)
}

/// The files of an input and what hides their secrets.
fn opened(
    input: Input,
    pseudonym_key: Option<[u8; 32]>,
    rules: Option<&Arc<Policy>>,
    limits: &Limits,
    problems: &mut Problems,
    progress: &dyn Progress,
) -> Result<(Opened, Redactor), RepublishError> {
    let opened = open::open(vec![input], limits, problems, progress);
    if opened.files.is_empty() {
        return Err(RepublishError::Unreadable);
    }
    let redactor = identities::redactor(&opened, pseudonym_key, rules);
    problems.rewrite_paths(|path| redactor.session().text(path).into_owned());
    Ok((opened, redactor))
}

struct Cleaner<'a> {
    redactor: &'a Redactor,
    limits: &'a Limits,
    space: SpoolSpace,
}

impl Cleaner<'_> {
    fn clean(
        &self,
        file: &OpenedFile,
        problems: &mut Problems,
        identities: &mut IdentityMap,
    ) -> io::Result<CleanFile> {
        let path = self.redactor.session().text(&file.path).into_owned();
        let mut clean = CleanFile {
            path,
            counts: RedactionCounts::default(),
            audit: Vec::new(),
            before: sha256(file.content.reader())?,
            after: None,
            examples: Vec::new(),
            content: None,
            size_bytes: file.size_bytes,
            cut_lines: 0,
        };
        let Some(encoding) = text_encoding(file)? else { return Ok(clean) };
        let mut lines = Lines::new(BufReader::new(file.content.reader()), encoding, self.limits);
        let mut writer = self.space.writer();
        let mut session = self.redactor.session_for(&file.path);
        session.keep_record();
        session.keep_identities();
        while let Some(line) = lines.next() {
            let text = session.line(&line.text);
            if clean.examples.len() < EXAMPLES_MAX && text != line.text {
                let shown = text.trim().chars().take(EXAMPLE_LETTERS_MAX).collect();
                clean.examples.push((line.number, shown));
            }
            writer.write_all(text.as_bytes())?;
            writer.write_all(b"\n")?;
        }
        clean.cut_lines = lines.finish(&clean.path, problems).cut_lines;
        identities.merge(session.take_identities());
        (clean.counts, clean.audit) = session.finish_audited();
        let content = writer.finish()?;
        clean.after = Some(sha256(content.reader())?);
        clean.content = Some(content);
        Ok(clean)
    }

    /// The second pass: what is about to be given away holds nothing that the rules would hide.
    fn check(&self, file: &CleanFile) -> io::Result<Option<Left>> {
        let Some(content) = &file.content else { return Ok(None) };
        let reader = BufReader::new(content.reader());
        let lines = Lines::new(reader, Encoding::default(), self.limits);
        Ok(self.left(&file.path, &file.path, lines).into_iter().next())
    }

    /// What the rules would hide in a file and its path. Rules that look at more than a line judge
    /// what they hid by its placeholder, so they find nothing twice.
    fn left(&self, path: &str, shown: &str, mut lines: Lines<BufReader<SpoolReader>>) -> Vec<Left> {
        let mut session = self.redactor.session_for(path);
        session.keep_record();
        let _ = session.text(path);
        while let Some(line) = lines.next() {
            let _ = session.line(&line.text);
        }
        let (_, entries) = session.finish_audited();
        let left = |entry: AuditEntry| Left {
            path: shown.to_owned(),
            line: entry.places.first().map_or(0, |place| place.line),
            kind: entry.kind,
            rule: entry.rule,
        };
        entries.into_iter().map(left).collect()
    }
}

fn sha256(mut reader: impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut block = vec![0; HASHED_BYTES];
    loop {
        match reader.read(&mut block)? {
            0 => break,
            length => hash.update(&block[..length]),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// How the text of a file is written; `None` when it is no text.
fn text_encoding(file: &OpenedFile) -> io::Result<Option<Encoding>> {
    let mut head = Vec::new();
    file.content.reader().take(SAMPLE_BYTES).read_to_end(&mut head)?;
    let sample = Sample { head: &head, ..Sample::default() };
    let recognition = recognise::recognise(&file.path, file.size_bytes, &sample);
    Ok((recognition.kind != FileKind::Binary).then_some(recognition.encoding))
}
