//! Bundles as `tar.gz`, whole in memory: the visible ones are small.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::Files;

pub(super) fn read(path: &Path) -> Result<Files> {
    let file = File::open(path).with_context(|| format!("could not open {}", path.display()))?;
    let mut archive = tar::Archive::new(GzDecoder::new(file));
    let mut files = Files::new();
    for entry in archive.entries()? {
        let mut entry = entry?;
        if entry.header().entry_type().is_file() {
            let path = entry.path()?.to_string_lossy().into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            files.push((path, bytes));
        }
    }
    Ok(files)
}

pub(super) fn write(path: &Path, files: &Files) -> Result<()> {
    let mut archive = tar::Builder::new(GzEncoder::new(File::create(path)?, Compression::fast()));
    for (path, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append_data(&mut header, path, bytes.as_slice())?;
    }
    archive.into_inner()?.finish()?;
    Ok(())
}
