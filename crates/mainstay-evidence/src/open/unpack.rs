//! The walk through packings: each member is sniffed, unpacked further or kept.
//!
//! What is *not* here: the formats (`tar_walk`, `zip_walk`, `seven_zip`, `compressed`).

use std::cell::Cell;
use std::collections::HashSet;
use std::io::{self, Cursor, Read, SeekFrom};
use std::rc::Rc;

use mainstay_core::UtcMicros;

use super::meter::{Meter, RatioReached};
use super::packing::{self, HEAD_BYTES, Packing};
use super::spool::{Spool, SpoolSpace, SpoolWriter};
use super::{
    OpenedFile, Phase, Progress, ReadSeek, compressed, path, seven_zip, tar_walk, zip_walk,
};
use crate::limits::Limits;
use crate::problem::{Problem, ProblemCode, Problems};

/// Bytes of all paths together: a million names of 4 KiB would be the bomb.
const PATH_BYTES_TOTAL: u64 = 256 << 20;

/// The walk ends in every container from `layer` inwards; layer 0 is the whole input.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stop {
    pub(super) layer: usize,
}

/// One thing met on the walk.
pub(super) struct Item<'a> {
    /// Safe path inside the bundle.
    pub(super) path: String,
    /// What stands before the paths of members, if it has any.
    pub(super) prefix: String,
    pub(super) modified: Option<UtcMicros>,
    pub(super) depth: u32,
    /// The bytes come from a single-stream compression of the same name.
    pub(super) compressed: bool,
    pub(super) reader: &'a mut dyn Read,
}

pub(super) struct Unpacker<'a> {
    pub(super) limits: &'a Limits,
    pub(super) problems: &'a mut Problems,
    progress: &'a dyn Progress,
    space: SpoolSpace,
    pub(super) meter: Rc<Meter>,
    input_bytes: u64,
    unpacked: u64,
    entries: u64,
    path_bytes: u64,
    files: Vec<OpenedFile>,
    names: HashSet<[u8; 32]>,
    folded_names: HashSet<[u8; 32]>,
}

impl<'a> Unpacker<'a> {
    pub(super) fn new(
        limits: &'a Limits,
        problems: &'a mut Problems,
        progress: &'a dyn Progress,
        space: SpoolSpace,
        input_bytes: u64,
    ) -> Self {
        let meter = Rc::new(Meter::new(limits));
        meter.enter(Rc::new(Cell::new(input_bytes)));
        Self {
            limits,
            problems,
            progress,
            space,
            meter,
            input_bytes,
            unpacked: 0,
            entries: 0,
            path_bytes: 0,
            files: Vec::new(),
            names: HashSet::new(),
            folded_names: HashSet::new(),
        }
    }

    pub(super) fn into_files(self) -> Vec<OpenedFile> {
        self.files
    }

    pub(super) fn problem(&mut self, code: ProblemCode, path: &str, detail: impl Into<String>) {
        self.problems.push(Problem::new(code, Some(path), detail));
    }

    /// Counts a member of an archive or a folder, kept or not.
    pub(super) fn count_entry(&mut self, path: &str) -> Result<(), Stop> {
        self.entries += 1;
        self.path_bytes += path.len() as u64;
        if self.entries > self.limits.entries || self.path_bytes > PATH_BYTES_TOTAL {
            let detail = format!("only the first {} entries were read", self.entries - 1);
            self.problem(ProblemCode::LimitEntries, path, detail);
            return Err(Stop { layer: 0 });
        }
        Ok(())
    }

    /// The safe path of a member, with a problem when the archive's name was not.
    pub(super) fn member_path(&mut self, prefix: &str, raw: &[u8]) -> String {
        let safe = path::safe(raw, self.limits.path_bytes);
        let full = if prefix.is_empty() { safe.text } else { format!("{prefix}/{}", safe.text) };
        if let Some(reason) = safe.unsafe_because {
            self.problem(ProblemCode::UnsafePath, &full, format!("{reason}, made harmless"));
        }
        if safe.cut {
            self.problem(ProblemCode::PathTooLong, &full, "the path was cut");
        }
        full
    }

    /// The outermost file. Archives that are read from their end need no copy here.
    pub(super) fn root(
        &mut self,
        name: &str,
        prefix: String,
        modified: Option<UtcMicros>,
        reader: &mut dyn ReadSeek,
    ) -> Result<(), Stop> {
        let (head, _) = read_head(reader);
        if let Err(error) = reader.seek(SeekFrom::Start(0)) {
            self.problem(ProblemCode::UnreadableInput, name, error.kind().to_string());
            return Ok(());
        }
        match Packing::of(&head, name).filter(|_| !packing::is_document(name)) {
            Some(Packing::Zip) => {
                self.check_extension(name, Some(Packing::Zip));
                zip_walk::walk(self, name, &prefix, 1, self.input_bytes, reader)
            }
            Some(Packing::SevenZip) => {
                self.check_extension(name, Some(Packing::SevenZip));
                seven_zip::walk(self, name, &prefix, 1, self.input_bytes, reader)
            }
            _ => {
                let mut stream: &mut dyn ReadSeek = reader;
                let path = name.to_owned();
                self.item(Item {
                    path,
                    prefix,
                    modified,
                    depth: 0,
                    compressed: false,
                    reader: &mut stream,
                })
            }
        }
    }

    /// Unpacks an item further, or keeps it.
    pub(super) fn item(&mut self, item: Item<'_>) -> Result<(), Stop> {
        let (head, error) = read_head(item.reader);
        let packing = Packing::of(&head, &item.path)
            .filter(|_| error.is_none() && !packing::is_document(&item.path));
        if !item.compressed {
            self.check_extension(&item.path, packing);
        }
        let failed = FailingAfter(error);
        let mut reader = Cursor::new(head).chain(failed).chain(item.reader);
        let Some(packing) = packing else {
            return self.keep(&item.path, item.modified, &mut reader);
        };
        // a compressed tar is one archive to everyone who made one
        let inner_depth =
            if packing == Packing::Tar && item.compressed { item.depth } else { item.depth + 1 };
        if inner_depth > self.limits.depth {
            let detail =
                format!("not opened: more than {} archives in archives", self.limits.depth);
            self.problem(ProblemCode::LimitDepth, &item.path, detail);
            return self.keep(&item.path, item.modified, &mut reader);
        }
        let inner = Item { depth: inner_depth, reader: &mut reader, ..item };
        match packing {
            Packing::Tar => tar_walk::walk(self, inner),
            Packing::Zip | Packing::SevenZip => self.seekable(packing, inner),
            Packing::Gzip | Packing::Zstd | Packing::Bzip2 | Packing::Xz => {
                compressed::walk(self, packing, inner)
            }
        }
    }

    fn check_extension(&mut self, path: &str, packing: Option<Packing>) {
        let Some(promised) = Packing::promised(path) else { return };
        let fits = packing.map_or(promised.is_empty(), |packing| promised.contains(&packing));
        if !fits {
            let found = packing.map_or("not an archive", Packing::name);
            let detail = format!("the content is {found}, whatever the extension says");
            self.problem(ProblemCode::WrongExtension, path, detail);
        }
    }

    fn seekable(&mut self, packing: Packing, item: Item<'_>) -> Result<(), Stop> {
        let mut writer = self.space.writer();
        let poured = self.pour(&item.path, item.reader, &mut writer);
        let Some(spool) = self.finish(&item.path, writer)? else { return poured };
        // what was cut is still an archive with members before the cut
        let mut reader = spool.reader();
        let walked = match packing {
            Packing::Zip => {
                zip_walk::walk(self, &item.path, &item.prefix, item.depth, spool.len(), &mut reader)
            }
            _ => seven_zip::walk(
                self,
                &item.path,
                &item.prefix,
                item.depth,
                spool.len(),
                &mut reader,
            ),
        };
        poured.and(walked)
    }

    /// Keeps all that `reader` gives, also when it breaks off.
    pub(super) fn keep(
        &mut self,
        path: &str,
        modified: Option<UtcMicros>,
        reader: &mut dyn Read,
    ) -> Result<(), Stop> {
        let path = self.unique(path);
        let mut writer = self.space.writer();
        let poured = self.pour(&path, reader, &mut writer);
        if let Some(content) = self.finish(&path, writer)? {
            let size_bytes = content.len();
            self.progress.report(Phase::Opening, 0, 1, 0, None);
            self.files.push(OpenedFile { path, size_bytes, modified, content });
        }
        poured
    }

    fn finish(&mut self, path: &str, writer: SpoolWriter) -> Result<Option<Spool>, Stop> {
        match writer.finish() {
            Ok(spool) => Ok(Some(spool)),
            Err(error) => Err(self.no_room(path, &error)),
        }
    }

    fn no_room(&mut self, path: &str, error: &io::Error) -> Stop {
        let detail = format!("no room in the temporary folder, free some: {}", error.kind());
        self.problem(ProblemCode::NoTemporarySpace, path, detail);
        Stop { layer: 0 }
    }

    /// Copies until the end, an error or a limit. Only a limit stops the walk.
    fn pour(
        &mut self,
        path: &str,
        reader: &mut dyn Read,
        writer: &mut SpoolWriter,
    ) -> Result<(), Stop> {
        let mut buffer = vec![0; 64 << 10];
        loop {
            if self.progress.cancelled() {
                return Err(Stop { layer: 0 });
            }
            let count = match reader.read(&mut buffer) {
                Ok(0) => return Ok(()),
                Ok(count) => count as u64,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return self.read_error(path, &error),
            };
            let room = self.limits.unpacked_bytes.saturating_sub(self.unpacked);
            let taken = count.min(room);
            if let Err(error) = io::Write::write_all(writer, &buffer[..taken as usize]) {
                return Err(self.no_room(path, &error));
            }
            self.unpacked += taken;
            self.progress.report(Phase::Opening, taken, 0, 0, None);
            if taken < count {
                let detail =
                    format!("cut: the bundle is larger than {} bytes", self.limits.unpacked_bytes);
                self.problem(ProblemCode::LimitBytes, path, detail);
                return Err(Stop { layer: 0 });
            }
            if !self.meter.count(0, taken) {
                return Err(self.ratio_reached(path, 0));
            }
        }
    }

    fn ratio_reached(&mut self, path: &str, layer: usize) -> Stop {
        let detail = format!("cut: unpacks to more than {} times its size", self.limits.ratio);
        self.problem(ProblemCode::LimitRatio, path, detail);
        Stop { layer }
    }

    /// Names what broke a read: a limit stops the walk, anything else is damage.
    pub(super) fn read_error(&mut self, path: &str, error: &io::Error) -> Result<(), Stop> {
        if let Some(reached) = find_ratio(error) {
            return Err(self.ratio_reached(path, reached.layer));
        }
        let (code, detail) = match error.kind() {
            io::ErrorKind::UnexpectedEof => {
                (ProblemCode::CutArchive, "cut: ends before its end, what came before is kept")
            }
            io::ErrorKind::OutOfMemory => {
                (ProblemCode::LimitWindow, "asks for more memory than allowed to unpack")
            }
            io::ErrorKind::PermissionDenied => (ProblemCode::UnreadableInput, "permission denied"),
            _ if compressed::is_window(error) => {
                (ProblemCode::LimitWindow, "asks for more memory than allowed to unpack")
            }
            _ => (ProblemCode::CorruptArchive, "damaged, what came before is kept"),
        };
        self.problem(code, path, detail);
        Ok(())
    }

    /// Runs `body` inside a container of its own and absorbs the stop that is meant for it.
    pub(super) fn container(
        &mut self,
        packed: Rc<Cell<u64>>,
        body: impl FnOnce(&mut Self, usize) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let layer = self.meter.enter(packed);
        let outcome = body(self, layer);
        self.meter.leave(layer);
        match outcome {
            Err(stop) if stop.layer == layer => Ok(()),
            other => other,
        }
    }

    fn unique(&mut self, path: &str) -> String {
        let mut name = path.to_owned();
        let mut number = 1_u64;
        while !self.names.insert(*blake3::hash(name.as_bytes()).as_bytes()) {
            number += 1;
            name = format!("{path} ({number})");
        }
        let folded = *blake3::hash(name.to_lowercase().as_bytes()).as_bytes();
        let new_when_folded = self.folded_names.insert(folded);
        if number > 1 {
            self.problem(
                ProblemCode::DuplicatePath,
                &name,
                "the archive has this path more than once",
            );
        } else if !new_when_folded {
            self.problem(
                ProblemCode::DuplicatePath,
                &name,
                "differs from another path only in case",
            );
        }
        name
    }
}

/// The first bytes, and the error that ended them early.
fn read_head(reader: &mut (impl Read + ?Sized)) -> (Vec<u8>, Option<io::Error>) {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    let mut buffer = [0; HEAD_BYTES];
    while head.len() < HEAD_BYTES {
        match reader.read(&mut buffer[..HEAD_BYTES - head.len()]) {
            Ok(0) => break,
            Ok(count) => head.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (head, Some(error)),
        }
    }
    (head, None)
}

/// Gives the error that was met while sniffing at the place where it was met.
struct FailingAfter(Option<io::Error>);

impl Read for FailingAfter {
    fn read(&mut self, _into: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Decoders wrap the errors of the reader below them, sometimes twice.
fn find_ratio(error: &io::Error) -> Option<&RatioReached> {
    let mut source: Option<&(dyn std::error::Error + 'static)> =
        error.get_ref().map(|inner| inner as &(dyn std::error::Error + 'static));
    while let Some(inner) = source {
        if let Some(found) = inner.downcast_ref::<RatioReached>() {
            return Some(found);
        }
        source = match inner.downcast_ref::<io::Error>() {
            Some(wrapped) => wrapped.get_ref().map(|inner| inner as _),
            None => inner.source(),
        };
    }
    None
}
