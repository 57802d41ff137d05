//! A folder as input. Links are never followed, so no loop and no way out of it.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::unpack::{Item, Stop, Unpacker};
use crate::limits::Limits;
use crate::problem::{Problem, ProblemCode, Problems};

/// A regular file that was there when the folder was listed.
pub(super) struct Found {
    /// '/'-joined, as the file system says it.
    pub(super) relative: String,
    path: PathBuf,
    inode: (u64, u64),
}

impl Found {
    /// Opens the very file that was listed: a link put in its place would lead out of the folder.
    pub(super) fn open(&self) -> io::Result<File> {
        let file = File::open(&self.path)?;
        let metadata = file.metadata()?;
        if (metadata.dev(), metadata.ino()) == self.inode {
            Ok(file)
        } else {
            Err(io::ErrorKind::StaleNetworkFileHandle.into())
        }
    }
}

/// All regular files below `root`, sorted by path.
pub(super) fn find(
    root: &Path,
    limits: &Limits,
    problems: &mut Problems,
) -> io::Result<Vec<Found>> {
    let mut found = Vec::new();
    let mut folders = vec![(root.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let listing = match fs::read_dir(&folder) {
            Ok(listing) => listing,
            Err(error) if prefix.is_empty() => return Err(error),
            Err(error) => {
                note(problems, ProblemCode::UnreadableInput, &prefix, &error.kind().to_string());
                continue;
            }
        };
        for entry in listing.flatten() {
            let relative = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let metadata = match entry.metadata() {
                Ok(metadata) => metadata,
                Err(error) => {
                    note(
                        problems,
                        ProblemCode::UnreadableInput,
                        &relative,
                        &error.kind().to_string(),
                    );
                    continue;
                }
            };
            if metadata.is_symlink() {
                note(problems, ProblemCode::LinkNotFollowed, &relative, "a link, not followed");
            } else if metadata.is_dir() {
                folders.push((entry.path(), format!("{relative}/")));
            } else if !metadata.is_file() {
                note(problems, ProblemCode::SpecialFile, &relative, "a device, pipe or socket");
            } else if found.len() as u64 > limits.entries {
                // one more than allowed, so that opening reaches the limit and tells it
                return Ok(sorted(found));
            } else {
                let inode = (metadata.dev(), metadata.ino());
                found.push(Found { relative, path: entry.path(), inode });
            }
        }
    }
    Ok(sorted(found))
}

fn sorted(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|left, right| left.relative.cmp(&right.relative));
    found
}

fn note(problems: &mut Problems, code: ProblemCode, relative: &str, detail: &str) {
    problems.push(Problem::new(code, Some(relative.trim_end_matches('/')), detail));
}

/// Opens what was found.
pub(super) fn open(unpacker: &mut Unpacker<'_>, prefix: &str, found: &[Found]) -> Result<(), Stop> {
    for file in found {
        let path = unpacker.member_path(prefix, file.relative.as_bytes());
        unpacker.count_entry(&path)?;
        match file.open() {
            Ok(mut reader) => {
                let modified =
                    reader.metadata().ok().and_then(|metadata| super::modified(&metadata));
                unpacker.item(Item {
                    prefix: path.clone(),
                    path,
                    modified,
                    depth: 0,
                    compressed: false,
                    reader: &mut reader,
                })?;
            }
            Err(error) => {
                let detail = format!("cannot be read: {}", error.kind());
                unpacker.problem(ProblemCode::UnreadableInput, &path, detail);
            }
        }
    }
    Ok(())
}
