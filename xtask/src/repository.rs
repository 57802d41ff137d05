//! Where the repository is and what git tracks in it.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The root of the repository: the parent of this crate. Cargo says where that is now; the place
/// that was compiled in may be another clone's, when both share a target folder.
pub(crate) fn root() -> PathBuf {
    let now = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    now.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")))
        .parent()
        .expect("the crate lies in a folder of the repository")
        .to_owned()
}

/// Data and scorers that are not in the repository: beside it, or where `MAINSTAY_SHARED` says.
pub(crate) fn shared() -> PathBuf {
    let named = std::env::var_os("MAINSTAY_SHARED").map(PathBuf::from);
    named.unwrap_or_else(|| root().join("../shared"))
}

/// Every file that git tracks or would add, as `/`-joined paths from the root, in order.
pub(crate) fn files() -> Result<Vec<String>> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .current_dir(root())
        .output()
        .context("could not run git; tidy reads the list of files from it")?;
    ensure!(listed.status.success(), "git ls-files failed; is this a clone of the repository?");
    let mut files: Vec<String> = String::from_utf8_lossy(&listed.stdout)
        .split('\0')
        .filter(|path| !path.is_empty() && root().join(path).is_file())
        .map(str::to_owned)
        .collect();
    files.sort();
    files.dedup();
    Ok(files)
}
