//! Zip, by its list of members; when the list is cut off, by the members themselves.

use std::cell::Cell;
use std::io::{Read, Seek, SeekFrom};
use std::rc::Rc;

use jiff::civil;
use mainstay_core::UtcMicros;

use zip::read::{Config, ZipFile, ZipReadOptions, read_zipfile_from_stream};
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use super::ReadSeek;
use super::meter::Metered;
use super::unpack::{Item, Stop, Unpacker};
use crate::problem::ProblemCode;

/// Walks the members of a zip of `packed_bytes`.
pub(super) fn walk(
    unpacker: &mut Unpacker<'_>,
    name: &str,
    prefix: &str,
    depth: u32,
    packed_bytes: u64,
    mut reader: &mut dyn ReadSeek,
) -> Result<(), Stop> {
    unpacker.container(Rc::new(Cell::new(packed_bytes)), |unpacker, layer| {
        let place = Place { prefix, depth, layer };
        let members = match ZipIterable::try_new(&mut reader, Config::default()) {
            Ok(mut list) => from_list(unpacker, name, place, &mut list)?,
            Err(error) => {
                note(unpacker, name, &error, "cut: the list of members is missing");
                match reader.seek(SeekFrom::Start(0)) {
                    Ok(_) => from_stream(unpacker, name, place, &mut reader)?,
                    Err(_) => 1,
                }
            }
        };
        if members == 0 {
            unpacker.problem(ProblemCode::EmptyArchive, name, "an archive without members");
        }
        Ok(())
    })
}

#[derive(Clone, Copy)]
struct Place<'a> {
    prefix: &'a str,
    depth: u32,
    layer: usize,
}

fn from_list<R: Read + Seek>(
    unpacker: &mut Unpacker<'_>,
    name: &str,
    place: Place<'_>,
    list: &mut ZipIterable<R>,
) -> Result<u64, Stop> {
    let files = match list.files() {
        Ok(files) => files,
        Err(error) => {
            note(unpacker, name, &error, "damaged");
            return Ok(1);
        }
    };
    let mut members = 0;
    while let Some(entry) = files.next() {
        members += 1;
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                note(unpacker, name, &error, "damaged, the other members are missing");
                break;
            }
        };
        let path = unpacker.member_path(place.prefix, entry.name_raw());
        unpacker.count_entry(&path)?;
        if entry.is_dir() {
            continue;
        }
        if entry.is_symlink() {
            unpacker.problem(ProblemCode::LinkNotFollowed, &path, "a link, not followed");
            continue;
        }
        if entry.encrypted() {
            unpacker.problem(ProblemCode::EncryptedArchive, &path, "needs a password, not opened");
            continue;
        }
        match entry.with_reader(files.reader_mut(), ZipReadOptions::new()) {
            Ok(file) => member(unpacker, path, place, file)?,
            Err(error) => note(unpacker, &path, &error, "damaged"),
        }
    }
    Ok(members)
}

/// Reads local headers one after another: what is left of a zip whose end is cut off.
fn from_stream<R: Read>(
    unpacker: &mut Unpacker<'_>,
    name: &str,
    place: Place<'_>,
    reader: &mut R,
) -> Result<u64, Stop> {
    let mut members = 0;
    loop {
        let file = match read_zipfile_from_stream(reader) {
            Ok(Some(file)) => file,
            Ok(None) => break,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                unpacker.problem(ProblemCode::EncryptedArchive, name, "needs a password");
                break;
            }
            // already told: the archive is cut
            Err(_) => break,
        };
        members += 1;
        let path = unpacker.member_path(place.prefix, file.name_raw());
        unpacker.count_entry(&path)?;
        if !file.is_dir() {
            member(unpacker, path, place, file)?;
        }
    }
    // the problem of the cut stands for an archive cut before its first member
    Ok(members.max(1))
}

fn member<R: Read>(
    unpacker: &mut Unpacker<'_>,
    path: String,
    place: Place<'_>,
    file: ZipFile<'_, R>,
) -> Result<(), Stop> {
    let modified = file.last_modified().and_then(modified);
    let mut metered = Metered::new(file, unpacker.meter.clone(), place.layer);
    unpacker.item(Item {
        prefix: path.clone(),
        path,
        modified,
        depth: place.depth,
        compressed: false,
        reader: &mut metered,
    })
}

/// Zip times have no zone; off by a day at most is good enough to find a year.
fn modified(time: zip::DateTime) -> Option<UtcMicros> {
    let signed = |number: u8| i8::try_from(number).ok();
    let civil = civil::DateTime::new(
        i16::try_from(time.year()).ok()?,
        signed(time.month())?,
        signed(time.day())?,
        signed(time.hour())?,
        signed(time.minute())?,
        signed(time.second())?,
        0,
    );
    let zoned = civil.ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    // 1980 is what programs write that do not know the time
    Some(UtcMicros::from_timestamp(zoned.timestamp())).filter(|_| time.year() > 1980)
}

fn note(unpacker: &mut Unpacker<'_>, path: &str, error: &ZipError, damage: &str) {
    let (code, detail) = match error {
        ZipError::CompressionMethodNotSupported(method) => (
            ProblemCode::UnsupportedArchive,
            format!("zip compression method {method} is not read"),
        ),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            (ProblemCode::EncryptedArchive, "needs a password, not opened".to_owned())
        }
        ZipError::UnsupportedArchive(_) => {
            (ProblemCode::UnsupportedArchive, "a kind of zip that is not read".to_owned())
        }
        _ if damage.starts_with("cut") => (ProblemCode::CutArchive, damage.to_owned()),
        _ => (ProblemCode::CorruptArchive, damage.to_owned()),
    };
    unpacker.problem(code, path, detail);
}
