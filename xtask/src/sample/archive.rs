//! The files of a bundle and their packing into a `tar.gz` that has the same bytes every time: fixed
//! owner, mode and time, names in order.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder};

use super::clock::{Micros, SECOND};

/// Paths below the root folder with their bytes.
pub(crate) struct Tree {
    root: &'static str,
    files: BTreeMap<String, Vec<u8>>,
}

impl Tree {
    pub(crate) fn new(root: &'static str) -> Self {
        Self { root, files: BTreeMap::new() }
    }

    pub(crate) fn add(&mut self, path: &str, content: impl Into<Vec<u8>>) {
        let before = self.files.insert(path.to_owned(), content.into());
        debug_assert!(before.is_none(), "two writers made {path}");
    }

    #[cfg(test)]
    pub(crate) fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    #[cfg(test)]
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, content)| (path.as_str(), content.as_slice()))
    }

    /// The archive; `collected` is the time that every entry carries.
    pub(crate) fn pack(&self, collected: Micros) -> Result<Vec<u8>> {
        let mut archive = tar::Builder::new(Vec::new());
        for (path, content) in &self.files {
            let mut header = tar::Header::new_gnu();
            header.set_size(u64::try_from(content.len())?);
            header.set_mode(0o644);
            header.set_mtime(u64::try_from(collected / SECOND)?);
            archive
                .append_data(&mut header, format!("{}/{path}", self.root), content.as_slice())
                .with_context(|| format!("could not pack {path}"))?;
        }
        gzip(&archive.into_inner()?)
    }
}

/// Packs without name and time in the header.
pub(crate) fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}
