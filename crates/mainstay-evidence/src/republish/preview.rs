//! What would be hidden in a bundle, for the person who has it in hand and is about to send it. Reads
//! every file once and keeps nothing but counts and a few lines.

use std::collections::BTreeSet;
use std::io::BufReader;
use std::sync::Arc;

use rayon::prelude::*;

use super::{EXAMPLES_MAX, LINE_BYTES_MAX, RepublishError, opened, text_encoding};
use crate::limits::Limits;
use crate::open::{Input, OpenedFile, Phase, Progress};
use crate::parse::lines::Lines;
use crate::problem::Problems;
use crate::redact::{Policy, RedactionCounts, Redactor, ShownLine, ShownPart};

/// Files that are named one by one, those with the most hidden first; the counts hold all.
const FILES_MAX: usize = 500;
/// Letters before the first hidden place of a line that is shown, and from there on.
const SHOWN_BEFORE: usize = 60;
const SHOWN_LETTERS: usize = 240;

/// What would be hidden.
#[derive(Debug)]
pub struct Preview {
    /// Every file there is.
    pub files_total: u64,
    /// Those with something hidden or withheld, the most first.
    pub files: Vec<PreviewFile>,
    /// By kind, over all files.
    pub counts: RedactionCounts,
    /// What could not be opened or read.
    pub problems: u64,
}

/// One file of it.
#[derive(Debug)]
pub struct PreviewFile {
    /// Redacted too.
    pub path: String,
    /// No text: nothing of its content is kept.
    pub is_withheld: bool,
    pub counts: RedactionCounts,
    /// A few lines, from different kinds, cut to what is around the first hidden place.
    pub examples: Vec<ShownLine>,
}

/// Says what redaction would hide in everything in `input`.
///
/// # Errors
/// When nothing could be opened or the caller asked to stop.
pub fn preview(
    input: Input,
    pseudonym_key: Option<[u8; 32]>,
    rules: Option<&Arc<Policy>>,
    progress: &dyn Progress,
) -> Result<Preview, RepublishError> {
    let limits = Limits { line_bytes: LINE_BYTES_MAX, ..Limits::default() };
    let mut problems = Problems::new(limits.problems_per_code);
    let (opened, redactor) = opened(input, pseudonym_key, rules, &limits, &mut problems, progress)?;
    let files: Vec<PreviewFile> = opened
        .files
        .par_iter()
        .map(|file| {
            let seen = look(file, &redactor, &limits);
            progress.report(Phase::Reading, file.size_bytes, 1, 0, None);
            seen
        })
        .collect::<std::io::Result<_>>()?;
    let mut counts = RedactionCounts::default();
    files.iter().for_each(|file| counts.merge(&file.counts));
    let files_total = files.len() as u64;
    let mut shown: Vec<PreviewFile> =
        files.into_iter().filter(|file| file.is_withheld || file.counts.total() > 0).collect();
    shown.sort_by_key(|file| std::cmp::Reverse(file.counts.total()));
    shown.truncate(FILES_MAX);
    let problems = problems.kept().iter().filter(|problem| problem.code.loses_data()).count();
    Ok(Preview { files_total, files: shown, counts, problems: problems as u64 })
}

fn look(file: &OpenedFile, redactor: &Redactor, limits: &Limits) -> std::io::Result<PreviewFile> {
    let mut seen = PreviewFile {
        path: redactor.session().text(&file.path).into_owned(),
        is_withheld: false,
        counts: RedactionCounts::default(),
        examples: Vec::new(),
    };
    let Some(encoding) = text_encoding(file)? else {
        seen.is_withheld = true;
        return Ok(seen);
    };
    let mut lines = Lines::new(BufReader::new(file.content.reader()), encoding, limits);
    let mut session = redactor.session_for(&file.path);
    let mut kinds: BTreeSet<&'static str> = BTreeSet::new();
    while let Some(line) = lines.next() {
        if seen.examples.len() == EXAMPLES_MAX {
            let _ = session.line(&line.text);
            continue;
        }
        let Some(shown) = session.line_shown(&line.text) else { continue };
        let hits = shown.parts.iter().filter_map(|part| part.hit.as_ref());
        let before = kinds.len();
        kinds.extend(hits.map(|hit| hit.kind));
        // a line that is made anew as a whole shows nothing side by side
        if kinds.len() > before && shown.after.is_none() {
            seen.examples.push(cut(shown));
        }
    }
    seen.counts = session.finish();
    Ok(seen)
}

/// The first hidden place with a little before it, and as much as a line of a page holds.
fn cut(line: ShownLine) -> ShownLine {
    let mut parts = line.parts.into_iter().peekable();
    let mut kept = Vec::new();
    if let Some(first) = parts.next_if(|part| part.hit.is_none()) {
        let letters = first.text.chars().count();
        let start = letters.saturating_sub(SHOWN_BEFORE);
        let shown: String = first.text.chars().skip(start).collect();
        let text = if start > 0 { format!("…{shown}") } else { shown };
        kept.push(ShownPart { text, hit: None });
    }
    let mut room = SHOWN_LETTERS;
    for mut part in parts {
        let letters = part.text.chars().count();
        if letters > room {
            part.text = part.text.chars().take(room).chain(Some('…')).collect();
        }
        room = room.saturating_sub(letters);
        kept.push(part);
        if room == 0 {
            break;
        }
    }
    ShownLine { parts: kept, ..line }
}
