//! Makes a clean copy of a bundle: the same files by the same names, with everything hidden that
//! `redact` finds. Fails closed: a file that still holds something in the second pass is an error
//! and nothing is written.
//!
//! What is *not* here: what is hidden (`redact`). Binary files cannot be redacted, so their content
//! is withheld; members of inner archives stand in folders named after the archive.

mod write;

use std::io::{self, BufReader, Read, Write};

use serde::Serialize;

use crate::limits::Limits;
use crate::open::{self, Input, OpenedFile, Phase, Progress, Spool, SpoolSpace};
use crate::parse::lines::Lines;
use crate::problem::{Problem, Problems};
use crate::recognise::{self, Encoding, Kind as FileKind, Sample};
use crate::redact::{RedactionCounts, Redactor};

/// A longer line is cut, and the file says so in the report.
const LINE_BYTES_MAX: usize = 64 << 20;
/// What recognition looks at.
const SAMPLE_BYTES: u64 = 64 << 10;
/// Redacted lines shown for each file; a person reads a few.
const EXAMPLES_MAX: usize = 4;
/// Letters of such a line.
const EXAMPLE_LETTERS_MAX: usize = 160;
/// The report's place in the clean bundle.
const REPORT_NAME: &str = "mainstay-redaction.json";

/// A clean copy, not yet written.
#[derive(Debug)]
pub struct CleanBundle {
    pub files: Vec<CleanFile>,
    /// What could not be opened or read; its content is not in the copy.
    pub problems: Vec<Problem>,
}

/// One file of it.
#[derive(Debug)]
pub struct CleanFile {
    /// Redacted too: a name may hold a person or an address.
    pub path: String,
    pub counts: RedactionCounts,
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
        "{path} still holds {count} values after redaction, so nothing was written: please report it"
    )]
    Remains { path: String, count: u64 },
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
    hidden: &'a RedactionCounts,
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
    progress: &dyn Progress,
) -> Result<CleanBundle, RepublishError> {
    let limits = Limits { line_bytes: LINE_BYTES_MAX, ..Limits::default() };
    let mut problems = Problems::new(limits.problems_per_code);
    let opened = open::open(vec![input], &limits, &mut problems, progress);
    if opened.files.is_empty() {
        return Err(RepublishError::Unreadable);
    }
    let redactor = Redactor::new(pseudonym_key.unwrap_or(opened.pseudonym_key));
    problems.rewrite_paths(|path| redactor.session().text(path).into_owned());
    let cleaner = Cleaner { redactor: &redactor, limits: &limits, space: SpoolSpace::new(&limits) };
    let mut files = Vec::with_capacity(opened.files.len());
    for file in &opened.files {
        let clean = cleaner.clean(file, &mut problems)?;
        cleaner.check(&clean)?;
        progress.report(Phase::Reading, file.size_bytes, 1, 0, None);
        files.push(clean);
    }
    Ok(CleanBundle { files, problems: problems.kept().to_vec() })
}

struct Cleaner<'a> {
    redactor: &'a Redactor,
    limits: &'a Limits,
    space: SpoolSpace,
}

impl Cleaner<'_> {
    fn clean(&self, file: &OpenedFile, problems: &mut Problems) -> io::Result<CleanFile> {
        let path = self.redactor.session().text(&file.path).into_owned();
        let mut clean = CleanFile {
            path,
            counts: RedactionCounts::default(),
            examples: Vec::new(),
            content: None,
            size_bytes: file.size_bytes,
            cut_lines: 0,
        };
        let Some(encoding) = text_encoding(file)? else { return Ok(clean) };
        let mut lines = Lines::new(BufReader::new(file.content.reader()), encoding, self.limits);
        let mut writer = self.space.writer();
        let mut session = self.redactor.session();
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
        clean.counts = session.finish();
        clean.content = Some(writer.finish()?);
        Ok(clean)
    }

    /// The second pass: what is about to be given away holds nothing that the rules would hide.
    fn check(&self, file: &CleanFile) -> Result<(), RepublishError> {
        let mut session = self.redactor.session();
        let _ = session.text(&file.path);
        if let Some(content) = &file.content {
            let reader = BufReader::new(content.reader());
            let mut lines = Lines::new(reader, Encoding::default(), self.limits);
            while let Some(line) = lines.next() {
                let _ = session.line(&line.text);
            }
        }
        match session.finish().total() {
            0 => Ok(()),
            count => Err(RepublishError::Remains { path: file.path.clone(), count }),
        }
    }
}

/// How the text of a file is written; `None` when it is no text.
fn text_encoding(file: &OpenedFile) -> io::Result<Option<Encoding>> {
    let mut head = Vec::new();
    file.content.reader().take(SAMPLE_BYTES).read_to_end(&mut head)?;
    let sample = Sample { head: &head, ..Sample::default() };
    let recognition = recognise::recognise(&file.path, file.size_bytes, &sample);
    Ok((recognition.kind != FileKind::Binary).then_some(recognition.encoding))
}
