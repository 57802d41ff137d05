//! First look at every file: what it is, told from its path and three samples.

use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom};

use crate::open::OpenedFile;
use crate::problem::{Problem, ProblemCode, Problems};
use crate::recognise::{self, Charset, Kind, Recognition, Sample};
use crate::redact::Redactor;

use super::source;

/// Bytes looked at in the beginning, the middle and the end of a file.
const SAMPLE_BYTES: u64 = 64 << 10;

/// A file and what it was recognised as.
pub(super) struct Surveyed<'a> {
    pub(super) id: u32,
    /// Redacted.
    pub(super) path: String,
    pub(super) file: &'a OpenedFile,
    pub(super) recognition: Recognition,
    /// For what is read as lines.
    pub(super) source: Option<u32>,
}

impl Surveyed<'_> {
    /// Is it read line by line?
    pub(super) fn has_lines(&self) -> bool {
        matches!(self.recognition.kind, Kind::Log | Kind::Text | Kind::Config)
    }
}

/// All files, by id, and the names of the sources.
pub(super) struct Survey<'a> {
    pub(super) files: Vec<Surveyed<'a>>,
    pub(super) source_names: Vec<String>,
}

pub(super) fn survey<'a>(
    opened: &'a [OpenedFile],
    redactor: &Redactor,
    problems: &mut Problems,
) -> Survey<'a> {
    let mut files = Vec::with_capacity(opened.len());
    for (file, id) in opened.iter().zip(0..) {
        let path = redactor.session().text(&file.path).into_owned();
        let recognition = recognise_file(file, &path, problems);
        note_kind(&recognition, &path, problems);
        files.push(Surveyed { id, path, file, recognition, source: None });
    }
    let with_lines: Vec<u32> =
        files.iter().filter(|file| file.has_lines()).map(|file| file.id).collect();
    let paths: Vec<&str> = with_lines.iter().map(|id| files[*id as usize].path.as_str()).collect();
    let (numbers, source_names) = source::name_sources(&paths);
    let of_file: HashMap<u32, u32> = with_lines.into_iter().zip(numbers).collect();
    for file in &mut files {
        file.source = of_file.get(&file.id).copied();
    }
    Survey { files, source_names }
}

fn recognise_file(file: &OpenedFile, path: &str, problems: &mut Problems) -> Recognition {
    let size = file.size_bytes;
    let middle = (size / 2).saturating_sub(SAMPLE_BYTES / 2);
    let tail = size.saturating_sub(SAMPLE_BYTES);
    let mut part = |start, wanted: bool| {
        let bytes = if wanted { read_part(file, start) } else { Ok(Vec::new()) };
        bytes.unwrap_or_else(|_| {
            let detail = "could not read back the unpacked file";
            problems.push(Problem::new(ProblemCode::UnreadableInput, Some(path), detail));
            Vec::new()
        })
    };
    let long = size > SAMPLE_BYTES;
    let (head, middle, tail) = (part(0, true), part(middle, long), part(tail, long));
    let sample = Sample { head: &head, middle: &middle, tail: &tail };
    recognise::recognise(&file.path, size, &sample)
}

/// What of a file is not text as it should be, before anything of it is read.
fn note_kind(recognition: &Recognition, path: &str, problems: &mut Problems) {
    let (code, detail) = match recognition.kind {
        Kind::Empty => (ProblemCode::EmptyFile, "the file is empty"),
        Kind::Binary => (ProblemCode::BinaryFile, "no text: listed, not read"),
        _ if recognition.encoding.charset == Charset::Latin1 => {
            (ProblemCode::InvalidUtf8, "not UTF-8: read as Windows-1252")
        }
        _ => return,
    };
    problems.push(Problem::new(code, Some(path), detail));
}

fn read_part(file: &OpenedFile, start: u64) -> io::Result<Vec<u8>> {
    let mut reader = file.content.reader();
    reader.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    reader.take(SAMPLE_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}
