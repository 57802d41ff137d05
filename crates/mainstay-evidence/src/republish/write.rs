//! Writes a clean bundle: beside its place first, then by one rename, so that no half of it is ever
//! there.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};

use super::{CleanBundle, CleanFile, FileReport, REPORT_NAME, RepublishError};

/// The time of every member: the copy says nothing about when the files were touched.
const MEMBER_TIME: u64 = 0;
const FILE_MODE: u32 = 0o644;

impl CleanBundle {
    /// Writes a `.tar.gz` or `.tgz`, or else a folder.
    ///
    /// # Errors
    /// When the place is taken or cannot be written.
    pub fn write(&self, place: &Path) -> Result<(), RepublishError> {
        if place.symlink_metadata().is_ok() {
            return Err(RepublishError::Exists(place.display().to_string()));
        }
        let name = place.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        if name.ends_with(".tar.gz") || name.ends_with(".tgz") {
            return self.write_archive(place);
        }
        self.write_folder(place)
    }

    fn write_folder(&self, place: &Path) -> Result<(), RepublishError> {
        let folder =
            tempfile::Builder::new().prefix(".mainstay-redact-").tempdir_in(parent(place))?;
        let root = folder.path().join("clean");
        fs::create_dir(&root)?;
        for (path, file) in self.members() {
            let target = root.join(&path);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(target, self.bytes(file)?)?;
        }
        fs::rename(&root, place)?;
        Ok(())
    }

    fn write_archive(&self, place: &Path) -> Result<(), RepublishError> {
        let file =
            tempfile::Builder::new().prefix(".mainstay-redact-").tempfile_in(parent(place))?;
        let packer = GzBuilder::new().write(file.as_file(), Compression::default());
        let mut archive = tar::Builder::new(packer);
        for (path, file) in self.members() {
            let bytes = self.bytes(file)?;
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(FILE_MODE);
            header.set_mtime(MEMBER_TIME);
            archive.append_data(&mut header, &path, bytes.as_slice())?;
        }
        archive.into_inner()?.finish()?.sync_all()?;
        file.persist_noclobber(place).map_err(|error| error.error)?;
        Ok(())
    }

    /// Every file and, as `None`, the report. A name that is taken gets a number.
    fn members(&self) -> Vec<(PathBuf, Option<&CleanFile>)> {
        let mut taken = BTreeSet::new();
        let files = self.files.iter().map(|file| (safe_path(&file.path), Some(file)));
        files
            .chain([(PathBuf::from(REPORT_NAME), None)])
            .map(|(path, file)| (free_name(path, &mut taken), file))
            .collect()
    }

    fn bytes(&self, file: Option<&CleanFile>) -> io::Result<Vec<u8>> {
        if let Some(file) = file {
            return file.bytes();
        }
        let reports: Vec<FileReport<'_>> = self.files.iter().map(CleanFile::report).collect();
        Ok(serde_json::to_vec_pretty(&reports)?)
    }
}

impl CleanFile {
    fn report(&self) -> FileReport<'_> {
        FileReport {
            path: &self.path,
            withheld: self.is_withheld(),
            cut_lines: self.cut_lines,
            sha256_before: &self.before,
            sha256_after: self.after.as_deref(),
            hidden: &self.counts,
            rules: &self.audit,
        }
    }

    fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let Some(content) = &self.content else {
            writeln!(
                bytes,
                "withheld by mainstay redact: {} bytes that are no text",
                self.size_bytes
            )?;
            return Ok(bytes);
        };
        let is_packed = Path::new(&self.path).extension().is_some_and(|end| end == "gz");
        if is_packed {
            let mut packer = GzBuilder::new().write(&mut bytes, Compression::default());
            io::copy(&mut content.reader(), &mut packer)?;
            packer.finish()?;
        } else {
            io::copy(&mut content.reader(), &mut bytes)?;
        }
        Ok(bytes)
    }
}

fn parent(place: &Path) -> &Path {
    place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Only names below the root. A file packed in a form that we do not write loses that ending.
fn safe_path(path: &str) -> PathBuf {
    let path = path
        .strip_suffix(".zst")
        .or(path.strip_suffix(".xz"))
        .or(path.strip_suffix(".bz2"))
        .unwrap_or(path);
    let parts = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    // a placeholder's brackets are no names on some systems
    let parts = parts.map(|part| part.replace(['<', '>', ':'], "_"));
    parts.collect()
}

fn free_name(path: PathBuf, taken: &mut BTreeSet<PathBuf>) -> PathBuf {
    let mut free = path.clone();
    let mut number = 2;
    while !taken.insert(free.clone()) {
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(format!("-{number}"));
        free = path.with_file_name(name);
        number += 1;
    }
    free
}
