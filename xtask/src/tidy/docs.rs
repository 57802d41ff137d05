//! Every Rust file opens with a sentence about itself.

use anyhow::Result;

use super::{Files, Finding};

pub(super) fn check(files: &Files) -> Result<Vec<Finding>> {
    Ok(files
        .rust()
        .filter(|file| !file.text().trim_start().starts_with("//!"))
        .map(|file| Finding::file(&file.path, "begin with `//!`: what it is, and what is not here"))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_file_is_seen() {
        let files = Files::of(&[
            ("crates/a/src/a.rs", "//! Says what it is.\n"),
            ("crates/a/src/b.rs", "use std::fs;\n"),
        ]);
        let findings = check(&files).expect("texts can be read");
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].path, "crates/a/src/b.rs");
    }
}
