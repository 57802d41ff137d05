//! 7z: block by block, so that one damaged block costs its own members only.

use std::cell::Cell;
use std::io::Read;
use std::rc::Rc;

use mainstay_core::UtcMicros;
use sevenz_rust2::{Archive, ArchiveEntry, BlockDecoder, Error, Password};

use super::ReadSeek;
use super::meter::Metered;
use super::unpack::{Item, Stop, Unpacker};
use crate::problem::ProblemCode;

/// 7z counts in steps of 100 ns from 1601.
const STEPS_TO_1970: u64 = 116_444_736_000_000_000;
/// The attribute bits of Unix modes, as 7-Zip for Unix stores them.
const UNIX_MODE: u32 = 0x8000;
const TYPE_MASK: u32 = 0o170_000;
const TYPE_LINK: u32 = 0o120_000;

/// Walks the members of a 7z of `packed_bytes`.
pub(super) fn walk(
    unpacker: &mut Unpacker<'_>,
    name: &str,
    prefix: &str,
    depth: u32,
    packed_bytes: u64,
    mut reader: &mut dyn ReadSeek,
) -> Result<(), Stop> {
    let password = Password::empty();
    let memory_kb = usize::try_from(unpacker.limits.zstd_window_bytes >> 10).unwrap_or(usize::MAX);
    unpacker.container(Rc::new(Cell::new(packed_bytes)), |unpacker, layer| {
        let archive = match Archive::read_with_memory_limit(&mut reader, &password, memory_kb) {
            Ok(archive) => archive,
            Err(error) => {
                note(unpacker, name, &error);
                return Ok(());
            }
        };
        if archive.files.is_empty() {
            unpacker.problem(ProblemCode::EmptyArchive, name, "an archive without members");
        }
        for block in 0..archive.blocks.len() {
            let decoder = BlockDecoder::new_with_memory_limit(
                1,
                memory_kb,
                block,
                &archive,
                &password,
                &mut reader,
            );
            let mut stopped = None;
            let decoded = decoder.for_each_entries(&mut |entry, data| {
                let outcome = member(unpacker, prefix, depth, layer, entry, data);
                stopped = outcome.err();
                Ok(stopped.is_none())
            });
            if let Some(stop) = stopped {
                return Err(stop);
            }
            if let Err(error) = decoded {
                note(unpacker, name, &error);
            }
        }
        for entry in archive.files.iter().filter(|entry| !entry.has_stream()) {
            member(unpacker, prefix, depth, layer, entry, &mut std::io::empty())?;
        }
        Ok(())
    })
}

fn member(
    unpacker: &mut Unpacker<'_>,
    prefix: &str,
    depth: u32,
    layer: usize,
    entry: &ArchiveEntry,
    data: &mut dyn Read,
) -> Result<(), Stop> {
    let path = unpacker.member_path(prefix, entry.name().as_bytes());
    unpacker.count_entry(&path)?;
    let attributes = entry.windows_attributes();
    if attributes & UNIX_MODE != 0 && (attributes >> 16) & TYPE_MASK == TYPE_LINK {
        unpacker.problem(ProblemCode::LinkNotFollowed, &path, "a link, not followed");
        return Ok(());
    }
    if entry.is_directory() || entry.is_anti_item() {
        return Ok(());
    }
    let steps = u64::from(entry.last_modified_date()).checked_sub(STEPS_TO_1970);
    let micros = steps.filter(|steps| *steps > 0).and_then(|steps| i64::try_from(steps / 10).ok());
    let mut metered = Metered::new(data, unpacker.meter.clone(), layer);
    unpacker.item(Item {
        prefix: path.clone(),
        path,
        modified: micros.map(UtcMicros),
        depth,
        compressed: false,
        reader: &mut metered,
    })
}

fn note(unpacker: &mut Unpacker<'_>, path: &str, error: &Error) {
    let (code, detail) = match error {
        Error::PasswordRequired | Error::MaybeBadPassword(_) => {
            (ProblemCode::EncryptedArchive, "needs a password, not opened")
        }
        // without the cipher compiled in, an encrypted block is an unknown method
        Error::UnsupportedCompressionMethod(method) if method.contains("AES") => {
            (ProblemCode::EncryptedArchive, "needs a password, not opened")
        }
        Error::UnsupportedCompressionMethod(_)
        | Error::Unsupported(_)
        | Error::ExternalUnsupported => {
            (ProblemCode::UnsupportedArchive, "a 7z method that is not read")
        }
        Error::MaxMemLimited { .. } => {
            (ProblemCode::LimitWindow, "asks for more memory than allowed to unpack")
        }
        Error::Io(error, _) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            (ProblemCode::CutArchive, "cut: the list of members is missing")
        }
        _ => (ProblemCode::CorruptArchive, "damaged, what came before is kept"),
    };
    unpacker.problem(code, path, detail);
}
