//! The folder while it is being written: beside its place, and moved there when it is complete.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tempfile::TempDir;

use super::IngestError;
use crate::manifest::{self, StoredFile};

/// A folder that vanishes unless it is published.
pub(super) struct Staging {
    folder: TempDir,
}

impl Staging {
    /// On the same file system as `out`, so that moving it is one step.
    pub(super) fn beside(out: &Path) -> Result<Self, IngestError> {
        if is_occupied(out)? {
            return Err(IngestError::OutNotEmpty);
        }
        let parent = match out.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent)?;
        let folder = tempfile::Builder::new().prefix(".mainstay-").tempdir_in(parent)?;
        fs::create_dir(folder.path().join("lines"))?;
        Ok(Self { folder })
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = fs::File::create(self.path(name))?;
        file.write_all(bytes)
    }

    pub(super) fn write_json<T: Serialize>(&self, name: &str, value: &T) -> io::Result<()> {
        self.write(name, &manifest::json_bytes(value)?)
    }

    /// Every file so far, by path; those `known` have not changed and are not hashed again.
    pub(super) fn stored_files(&self, known: &[StoredFile]) -> io::Result<Vec<StoredFile>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.folder.path())? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_file() {
                names.push(name);
                continue;
            }
            for inner in fs::read_dir(entry.path())? {
                names.push(format!("{name}/{}", inner?.file_name().to_string_lossy()));
            }
        }
        names.sort_unstable();
        let stored = |name: &String| match known.binary_search_by(|file| file.path.cmp(name)) {
            Ok(at) => Ok(known[at].clone()),
            Err(_) => manifest::stored_file(self.folder.path(), name),
        };
        names.iter().map(stored).collect()
    }

    /// Moves the complete folder to its place.
    pub(super) fn publish(self, out: &Path) -> Result<(), IngestError> {
        if is_occupied(out)? {
            return Err(IngestError::OutNotEmpty);
        }
        if out.exists() {
            fs::remove_dir(out)?;
        }
        fs::rename(self.folder.path(), out)?;
        // its content has moved; nothing is left to remove
        let _ = self.folder.keep();
        Ok(())
    }
}

fn is_occupied(out: &Path) -> io::Result<bool> {
    match fs::read_dir(out) {
        Ok(mut entries) => Ok(entries.next().is_some()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}
