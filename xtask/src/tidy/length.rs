//! A file that does not fit a reader's head is two files. Tables and tests may be longer.

use anyhow::Result;

use super::{File, Files, Finding};

/// House style says about 400; this is where it stops.
const LINES_MAX: usize = 450;

pub(super) fn check(files: &Files) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for file in files.all().iter().filter(|file| is_ours_to_read(file)) {
        let lines = file.text().lines().count();
        if lines > LINES_MAX {
            let text = format!("{lines} lines, at most {LINES_MAX}: split by noun");
            findings.push(Finding::file(&file.path, text));
        }
    }
    Ok(findings)
}

fn is_ours_to_read(file: &File) -> bool {
    let other = ["/tests/", "/snapshots/", "/generated/", "schema.d.ts"];
    file.has_extension(&["rs", "ts", "tsx", "css"])
        && !other.iter().any(|part| file.path.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_seen_and_a_long_test_is_not() {
        let long = "line\n".repeat(LINES_MAX + 1);
        let files = Files::of(&[
            ("crates/a/src/long.rs", long.as_str()),
            ("crates/a/tests/it/long.rs", long.as_str()),
            ("crates/a/src/short.rs", "line\n"),
        ]);
        let findings = check(&files).expect("lengths can be read");
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].path, "crates/a/src/long.rs");
    }
}
