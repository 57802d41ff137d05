//! Files of the shared data belong to others or to the benches; none of them is in the repository.
//! Where there is no shared folder there is nothing to compare, and nothing that could be copied.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Files, Finding};
use crate::repository;

/// Below this size two files are alike by chance.
const SIZE_BYTES_MIN: u64 = 64;

pub(super) fn check(files: &Files) -> Result<Vec<Finding>> {
    let data = repository::shared().join("data");
    if data.is_dir() { copies(files, &data) } else { Ok(Vec::new()) }
}

fn copies(files: &Files, data: &Path) -> Result<Vec<Finding>> {
    let mut by_size: BTreeMap<u64, Vec<PathBuf>> = BTreeMap::new();
    collect(data, &mut by_size)?;
    let mut findings = Vec::new();
    for file in files.all() {
        for path in by_size.get(&(file.bytes.len() as u64)).into_iter().flatten() {
            let other =
                fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
            if other == file.bytes {
                findings.push(Finding::file(&file.path, "a copy of shared data; read it in place"));
            }
        }
    }
    Ok(findings)
}

fn collect(folder: &Path, by_size: &mut BTreeMap<u64, Vec<PathBuf>>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let kind = entry.metadata()?;
        if kind.is_dir() {
            collect(&entry.path(), by_size)?;
        } else if kind.len() >= SIZE_BYTES_MIN {
            by_size.entry(kind.len()).or_default().push(entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copied_file_is_seen() {
        let folder = repository::root().join("examples");
        let text = fs::read_to_string(folder.join("planted-secrets.txt")).expect("it is committed");
        let files = Files::of(&[("tests/copy.txt", text.as_str()), ("tests/own.txt", "own")]);
        let findings = copies(&files, &folder).expect("the folder can be read");
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].path, "tests/copy.txt");
    }
}
