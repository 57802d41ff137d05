//! Tar, read block by block.
//!
//! Not by `tar::Archive`: that holds a whole extension header in memory, whatever its size, and
//! gives up at the first damaged header. Its `Header` reads the fields. What is *not* here:
//! permissions, owners, extended attributes; nothing is ever written out.

use std::io::{self, Read};

use mainstay_core::UtcMicros;
use tar::{EntryType, Header};

use super::packing::checksum_fits;
use super::unpack::{Item, Stop, Unpacker};
use crate::problem::ProblemCode;

const BLOCK_BYTES: usize = 512;
/// A long name or a pax record list; longer ones are hostile.
const EXTENSION_BYTES: u64 = 1 << 20;
/// Pieces of one sparse file; each costs memory before the first byte is read.
const SPARSE_PIECES: usize = 65_536;

/// What extension headers said about the next member.
#[derive(Default)]
struct Ahead {
    path: Option<Vec<u8>>,
    size: Option<u64>,
    modified_seconds: Option<i64>,
    sparse: bool,
}

/// Walks the members of a tar.
pub(super) fn walk(unpacker: &mut Unpacker<'_>, archive: Item<'_>) -> Result<(), Stop> {
    let Item { path: name, prefix, depth, reader, .. } = archive;
    let mut blocks = Blocks { reader, ended: false };
    let mut ahead = Ahead::default();
    let (mut members, mut zero_blocks, mut damaged) = (0_u64, 0_u64, false);
    loop {
        let block = match blocks.next() {
            Ok(Some(block)) => block,
            Ok(None) => break,
            Err(error) => return unpacker.read_error(&name, &error),
        };
        if block.iter().all(|byte| *byte == 0) {
            zero_blocks += 1;
            continue;
        }
        if !checksum_fits(&block) {
            // go on to the next good header, so that one bad block costs one member
            if !damaged {
                damaged = true;
                unpacker.problem(
                    ProblemCode::CorruptArchive,
                    &name,
                    "a damaged header, members may be missing",
                );
            }
            continue;
        }
        let header = Header::from_byte_slice(&block);
        let kind = header.entry_type();
        let size = ahead.size.or_else(|| header.entry_size().ok());
        let Some(size) = size else {
            damaged = true;
            unpacker.problem(ProblemCode::CorruptArchive, &name, "a member without a size");
            continue;
        };
        let mut data = Data { blocks: &mut blocks, left: size };
        if let Some(extension) = Extension::of(kind) {
            if let Err(error) = extension.read(&mut data, &mut ahead) {
                return unpacker.read_error(&name, &error);
            }
        } else {
            members += 1;
            let about = std::mem::take(&mut ahead);
            member(unpacker, &prefix, depth, header, about, &mut data)?;
        }
        if let Err(error) = data.skip(size) {
            return unpacker.read_error(&name, &error);
        }
    }
    if members == 0 && !damaged {
        unpacker.problem(ProblemCode::EmptyArchive, &name, "an archive without members");
    } else if zero_blocks == 0 || blocks.ended {
        unpacker.problem(ProblemCode::CutArchive, &name, "cut: the end mark is missing");
    }
    Ok(())
}

fn member(
    unpacker: &mut Unpacker<'_>,
    prefix: &str,
    depth: u32,
    header: &Header,
    about: Ahead,
    data: &mut Data<'_, '_>,
) -> Result<(), Stop> {
    let raw_path = about.path.unwrap_or_else(|| header.path_bytes().into_owned());
    let path = unpacker.member_path(prefix, &raw_path);
    unpacker.count_entry(&path)?;
    let kind = header.entry_type();
    if kind.is_symlink() || kind.is_hard_link() {
        unpacker.problem(ProblemCode::LinkNotFollowed, &path, "a link, not followed");
        return Ok(());
    }
    if kind.is_dir() || (kind.is_file() && raw_path.ends_with(b"/")) {
        return Ok(());
    }
    let seconds = about.modified_seconds.or_else(|| header.mtime().ok()?.try_into().ok());
    let modified = seconds
        .filter(|seconds| *seconds > 0)
        .and_then(|seconds| seconds.checked_mul(1_000_000))
        .map(UtcMicros);
    let item = |reader| Item {
        prefix: path.clone(),
        path: path.clone(),
        modified,
        depth,
        compressed: false,
        reader,
    };
    if kind.is_gnu_sparse() {
        return match Sparse::new(header, data) {
            Ok(mut sparse) => unpacker.item(item(&mut sparse)),
            Err(error) => unpacker.read_error(&path, &error),
        };
    }
    if !kind.is_file() && kind != EntryType::Continuous {
        unpacker.problem(ProblemCode::SpecialFile, &path, "a device or another special file");
        return Ok(());
    }
    if about.sparse {
        let detail = "a sparse file in pax form: its data is kept without the holes";
        unpacker.problem(ProblemCode::UnsupportedArchive, &path, detail);
    }
    unpacker.item(item(data))
}

/// Headers that speak about the next member.
enum Extension {
    LongName,
    Pax,
    Ignored,
}

impl Extension {
    fn of(kind: EntryType) -> Option<Self> {
        match kind {
            EntryType::GNULongName => Some(Self::LongName),
            EntryType::XHeader => Some(Self::Pax),
            // link targets are not used; a global path would rename every member
            EntryType::GNULongLink | EntryType::XGlobalHeader => Some(Self::Ignored),
            _ => None,
        }
    }

    fn read(&self, data: &mut Data<'_, '_>, ahead: &mut Ahead) -> io::Result<()> {
        let mut bytes = Vec::new();
        match self {
            Self::Ignored => {}
            Self::LongName => {
                data.by_ref().take(EXTENSION_BYTES).read_to_end(&mut bytes)?;
                bytes.truncate(bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len()));
                ahead.path = Some(bytes);
            }
            Self::Pax => {
                data.by_ref().take(EXTENSION_BYTES).read_to_end(&mut bytes)?;
                ahead.read_pax(&bytes);
            }
        }
        Ok(())
    }
}

impl Ahead {
    /// Records are `LENGTH KEY=VALUE\n`; reading ends at the first that is not.
    fn read_pax(&mut self, mut bytes: &[u8]) {
        while let Some(space) = bytes.iter().position(|byte| *byte == b' ') {
            let length =
                std::str::from_utf8(&bytes[..space]).ok().and_then(|text| text.parse().ok());
            let Some(length) = length.filter(|length| *length > space + 1) else { return };
            let Some(record) = bytes.get(space + 1..length) else { return };
            let record = record.strip_suffix(b"\n").unwrap_or(record);
            if let Some(equals) = record.iter().position(|byte| *byte == b'=') {
                self.pax_record(&record[..equals], &record[equals + 1..]);
            }
            bytes = &bytes[length..];
        }
    }

    fn pax_record(&mut self, key: &[u8], value: &[u8]) {
        let text = std::str::from_utf8(value).unwrap_or_default();
        match key {
            b"path" | b"GNU.sparse.name" => self.path = Some(value.to_vec()),
            b"size" => self.size = text.parse().ok(),
            b"mtime" => {
                self.modified_seconds = text.split('.').next().and_then(|text| text.parse().ok());
            }
            _ if key.starts_with(b"GNU.sparse.") => self.sparse = true,
            _ => {}
        }
    }
}

/// The archive in blocks.
struct Blocks<'a> {
    reader: &'a mut dyn Read,
    /// It ended inside a block or a member.
    ended: bool,
}

impl Blocks<'_> {
    fn next(&mut self) -> io::Result<Option<[u8; BLOCK_BYTES]>> {
        let mut block = [0; BLOCK_BYTES];
        let mut filled = 0;
        while filled < BLOCK_BYTES {
            match self.reader.read(&mut block[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        if filled == 0 || self.ended {
            return Ok(None);
        }
        if filled < BLOCK_BYTES {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Some(block))
    }
}

/// The bytes of one member, without its padding.
struct Data<'a, 'b> {
    blocks: &'a mut Blocks<'b>,
    left: u64,
}

impl Data<'_, '_> {
    /// Goes to the next header.
    fn skip(&mut self, size: u64) -> io::Result<()> {
        io::copy(self, &mut io::sink())?;
        let padding = size.next_multiple_of(BLOCK_BYTES as u64).saturating_sub(size);
        io::copy(&mut (&mut *self.blocks.reader).take(padding), &mut io::sink())?;
        Ok(())
    }
}

impl Read for Data<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 || into.is_empty() || self.blocks.ended {
            return Ok(0);
        }
        let wanted = into.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let count = self.blocks.reader.read(&mut into[..wanted])?;
        if count == 0 {
            self.blocks.ended = true;
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= count as u64;
        Ok(count)
    }
}

/// A file with holes, as GNU tar wrote them before pax: holes read as zeros.
struct Sparse<'c, 'a, 'b> {
    data: &'c mut Data<'a, 'b>,
    /// The last first.
    pieces: Vec<Piece>,
}

struct Piece {
    is_hole: bool,
    left: u64,
}

impl<'c, 'a, 'b> Sparse<'c, 'a, 'b> {
    fn new(header: &Header, data: &'c mut Data<'a, 'b>) -> io::Result<Self> {
        let gnu = header.as_gnu().ok_or(io::ErrorKind::InvalidData)?;
        let mut pieces = Vec::new();
        let mut end = 0;
        let mut more = gnu.is_extended();
        for piece in &gnu.sparse {
            add_piece(&mut pieces, &mut end, piece)?;
        }
        while more {
            let block = data.blocks.next()?.ok_or(io::ErrorKind::UnexpectedEof)?;
            let mut extended = tar::GnuExtSparseHeader::new();
            extended.as_mut_bytes().copy_from_slice(&block);
            for piece in &extended.sparse {
                add_piece(&mut pieces, &mut end, piece)?;
            }
            more = extended.is_extended();
        }
        let real_size = gnu.real_size()?;
        let left = real_size.checked_sub(end).ok_or(io::ErrorKind::InvalidData)?;
        pieces.push(Piece { is_hole: true, left });
        pieces.reverse();
        Ok(Self { data, pieces })
    }
}

fn add_piece(
    pieces: &mut Vec<Piece>,
    end: &mut u64,
    piece: &tar::GnuSparseHeader,
) -> io::Result<()> {
    if piece.is_empty() {
        return Ok(());
    }
    let (offset, length) = (piece.offset()?, piece.length()?);
    let hole = offset.checked_sub(*end).ok_or(io::ErrorKind::InvalidData)?;
    *end = offset.checked_add(length).ok_or(io::ErrorKind::InvalidData)?;
    if pieces.len() >= SPARSE_PIECES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    pieces.push(Piece { is_hole: true, left: hole });
    pieces.push(Piece { is_hole: false, left: length });
    Ok(())
}

impl Read for Sparse<'_, '_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while let Some(piece) = self.pieces.last_mut() {
            if piece.left == 0 {
                self.pieces.pop();
                continue;
            }
            let wanted = into.len().min(usize::try_from(piece.left).unwrap_or(usize::MAX));
            let count = if piece.is_hole {
                into[..wanted].fill(0);
                wanted
            } else {
                self.data.read(&mut into[..wanted])?
            };
            piece.left -= count as u64;
            return Ok(count);
        }
        Ok(0)
    }
}
