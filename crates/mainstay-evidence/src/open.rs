//! Inputs of any packing become a flat, sorted list of re-readable files, inside hard limits.
//!
//! Every hostile or broken thing is a `Problem` and as much as possible is kept. Nothing is written
//! to the file system but the sealed file of a `Spool`. What is *not* here: what the files mean
//! (`recognise`), and redaction: paths and contents are as the customer sent them.

mod compressed;
mod folder;
mod meter;
mod order;
mod packing;
mod path;
mod seven_zip;
mod spool;
mod tar_walk;
mod unpack;
mod zip_walk;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use mainstay_core::UtcMicros;

use crate::limits::Limits;
use crate::problem::{Problem, ProblemCode, Problems};

pub use spool::{Spool, SpoolReader, SpoolSpace, SpoolWriter};

use unpack::{Stop, Unpacker};

/// Separates the pseudonym key from every other use of BLAKE3 on the same bytes.
const PSEUDONYM_CONTEXT: &str = "mainstay 2026-11-24 pseudonyms of one bundle";

/// A reader that can go back: an archive's list of members may be at its end.
pub trait ReadSeek: Read + Seek {}

impl<R: Read + Seek> ReadSeek for R {}

/// What someone hands in.
pub enum Input {
    /// A file, a folder or anything else a path may name.
    Path(PathBuf),
    /// Standard input, read once.
    Stdin,
    /// Bytes from elsewhere, such as a finished upload.
    Reader { name: String, reader: Box<dyn ReadSeek + Send> },
}

/// One file of the bundle, unpacked.
#[derive(Debug)]
pub struct OpenedFile {
    /// '/'-joined path inside the bundle; members of an inner archive are below its name. Not
    /// redacted.
    pub path: String,
    /// Unpacked size.
    pub size_bytes: u64,
    /// From the archive or the file system; `None` when it says 1970-01-01.
    pub modified: Option<UtcMicros>,
    pub content: Spool,
}

/// Everything that could be opened.
#[derive(Debug)]
pub struct Opened {
    /// The name of the input, without folders.
    pub name: String,
    /// Sorted by path, the parts of one log as they were written.
    pub files: Vec<OpenedFile>,
    pub input_bytes: u64,
    pub input_hash: blake3::Hash,
    /// The same for the same input, and secret to who lacks the input.
    pub pseudonym_key: [u8; 32],
}

/// The steps of an ingest, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Opening,
    Reading,
    Mining,
    Storing,
}

/// Who watches an ingest, and may end it.
pub trait Progress: Sync {
    /// Something was done since the last call.
    fn report(
        &self,
        phase: Phase,
        delta_bytes: u64,
        delta_files: u64,
        delta_lines: u64,
        current: Option<&str>,
    );

    /// Should the work end here?
    fn cancelled(&self) -> bool {
        false
    }
}

/// Opens every input. Whatever cannot be read is noted in `problems`, and the rest is returned.
pub fn open(
    inputs: Vec<Input>,
    limits: &Limits,
    problems: &mut Problems,
    progress: &dyn Progress,
) -> Opened {
    let space = SpoolSpace::new(limits);
    let several = inputs.len() > 1;
    let mut sources = Vec::new();
    let mut identity = Identity::new();
    for input in inputs {
        match Source::new(input, limits, &space, problems, progress) {
            Ok(source) => sources.push(source),
            Err(problem) => problems.push(problem),
        }
    }
    for source in &mut sources {
        source.identify(several, &mut identity, problems);
    }
    let name = match sources.as_slice() {
        [] => "nothing".to_owned(),
        [only] => only.name.clone(),
        [first, rest @ ..] => format!("{} and {} more", first.name, rest.len()),
    };
    let input_bytes = identity.input_bytes;
    let mut unpacker = Unpacker::new(limits, problems, progress, space, input_bytes);
    for source in sources {
        if source.open(&mut unpacker, several).is_err() {
            break;
        }
    }
    let mut files = unpacker.into_files();
    files.sort_by(|left, right| order::key(&left.path).cmp(&order::key(&right.path)));
    let (input_hash, pseudonym_key) = identity.finish();
    Opened { name, files, input_bytes, input_hash, pseudonym_key }
}

/// An input that is there.
struct Source {
    name: String,
    modified: Option<UtcMicros>,
    bytes: Bytes,
}

enum Bytes {
    Reader(Box<dyn ReadSeek>),
    Folder(Vec<folder::Found>),
}

impl Source {
    fn new(
        input: Input,
        limits: &Limits,
        space: &SpoolSpace,
        problems: &mut Problems,
        progress: &dyn Progress,
    ) -> Result<Self, Problem> {
        match input {
            Input::Path(given) => {
                let name = path::safe_name(&given.to_string_lossy());
                Self::from_path(&given, name.clone(), limits, space, problems, progress)
                    .map_err(|error| unreadable(&name, &error))
            }
            Input::Stdin => {
                let spool = spool_all(&mut io::stdin().lock(), limits, space, problems, progress)
                    .map_err(|error| unreadable("stdin", &error))?;
                Ok(Self::from_reader("stdin".to_owned(), Box::new(spool.reader()), None))
            }
            Input::Reader { name, reader } => {
                Ok(Self::from_reader(path::safe_name(&name), reader, None))
            }
        }
    }

    fn from_reader(name: String, reader: Box<dyn ReadSeek>, modified: Option<UtcMicros>) -> Self {
        Self { name, modified, bytes: Bytes::Reader(reader) }
    }

    fn from_path(
        given: &Path,
        name: String,
        limits: &Limits,
        space: &SpoolSpace,
        problems: &mut Problems,
        progress: &dyn Progress,
    ) -> io::Result<Self> {
        let metadata = std::fs::metadata(given)?;
        if metadata.is_dir() {
            let found = folder::find(given, limits, problems)?;
            return Ok(Self { name, modified: None, bytes: Bytes::Folder(found) });
        }
        let mut file = File::open(given)?;
        if metadata.is_file() {
            return Ok(Self::from_reader(name, Box::new(file), modified(&metadata)));
        }
        // a pipe: cannot be read twice
        let spool = spool_all(&mut file, limits, space, problems, progress)?;
        Ok(Self::from_reader(name, Box::new(spool.reader()), None))
    }

    fn identify(&mut self, several: bool, identity: &mut Identity, problems: &mut Problems) {
        match &mut self.bytes {
            Bytes::Reader(reader) => {
                if several {
                    identity.name(self.name.as_bytes());
                }
                if let Err(error) = identity.content(reader) {
                    problems.push(unreadable(&self.name, &error));
                }
            }
            Bytes::Folder(found) => {
                for file in found {
                    identity.name(file.relative.as_bytes());
                    // a file that cannot be read is told when it is opened
                    if let Ok(mut reader) = file.open() {
                        let _ = identity.content(&mut reader);
                    }
                }
            }
        }
    }

    fn open(self, unpacker: &mut Unpacker<'_>, several: bool) -> Result<(), Stop> {
        let prefix = if several { self.name.clone() } else { String::new() };
        match self.bytes {
            Bytes::Reader(mut reader) => {
                unpacker.count_entry(&self.name)?;
                unpacker.root(&self.name, prefix, self.modified, reader.as_mut())
            }
            Bytes::Folder(found) => folder::open(unpacker, &prefix, &found),
        }
    }
}

/// The hash of the whole input and the key for its pseudonyms, in one pass.
struct Identity {
    hash: blake3::Hasher,
    key: blake3::Hasher,
    input_bytes: u64,
}

impl Identity {
    fn new() -> Self {
        Self {
            hash: blake3::Hasher::new(),
            key: blake3::Hasher::new_derive_key(PSEUDONYM_CONTEXT),
            input_bytes: 0,
        }
    }

    /// The length comes first, so that `a` + `bc` is not `ab` + `c`.
    fn name(&mut self, name: &[u8]) {
        self.update(&(name.len() as u64).to_le_bytes());
        self.update(name);
    }

    fn content(&mut self, reader: &mut (impl ReadSeek + ?Sized)) -> io::Result<()> {
        reader.seek(SeekFrom::Start(0))?;
        let mut buffer = vec![0; 128 << 10];
        loop {
            let count = match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            self.update(&buffer[..count]);
            self.input_bytes += count as u64;
        }
        reader.seek(SeekFrom::Start(0))?;
        Ok(())
    }

    fn update(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.key.update(bytes);
    }

    fn finish(self) -> (blake3::Hash, [u8; 32]) {
        (self.hash.finalize(), *self.key.finalize().as_bytes())
    }
}

fn spool_all(
    reader: &mut dyn Read,
    limits: &Limits,
    space: &SpoolSpace,
    problems: &mut Problems,
    progress: &dyn Progress,
) -> io::Result<Spool> {
    let mut writer = space.writer();
    let taken = io::copy(&mut reader.take(limits.unpacked_bytes), &mut writer)?;
    progress.report(Phase::Opening, taken, 0, 0, None);
    if taken == limits.unpacked_bytes {
        let detail = format!("only the first {taken} bytes of the stream were read");
        problems.push(Problem::new(ProblemCode::LimitBytes, None, detail));
    }
    writer.finish()
}

fn unreadable(name: &str, error: &io::Error) -> Problem {
    let detail = format!("cannot be read: {}", error.kind());
    Problem::new(ProblemCode::UnreadableInput, Some(name), detail)
}

fn modified(metadata: &std::fs::Metadata) -> Option<UtcMicros> {
    let since = metadata.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    let micros = i64::try_from(since.as_micros()).ok()?;
    Some(UtcMicros(micros)).filter(|_| since.as_secs() > 0)
}
