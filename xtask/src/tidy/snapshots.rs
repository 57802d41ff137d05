//! A golden file that no test reads is a promise nobody keeps. The file names its source; the source
//! must be there and speak of the snapshot.

use anyhow::Result;

use super::{File, Files, Finding};

pub(super) fn check(files: &Files) -> Result<Vec<Finding>> {
    Ok(files
        .all()
        .iter()
        .filter(|file| file.has_extension(&["snap"]) && !is_referenced(file, files))
        .map(|file| Finding::file(&file.path, "no test refers to this snapshot; delete it"))
        .collect())
}

fn is_referenced(snapshot: &File, files: &Files) -> bool {
    let text = snapshot.text();
    let Some(source) = field(&text, "source").and_then(|path| files.get(path)) else {
        return false;
    };
    let source = source.text();
    let expression = field(&text, "expression").map(without_blanks);
    source.contains(name(&snapshot.path))
        || expression.is_some_and(|words| without_blanks(&source).contains(&words))
}

/// The last part of `crate__module__name@suffix-2.snap`, without suffix and number.
fn name(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".snap");
    let name = file.rsplit("__").next().unwrap_or(file);
    let name = name.split('@').next().unwrap_or(name);
    match name.rsplit_once('-') {
        Some((base, number)) if number.chars().all(|digit| digit.is_ascii_digit()) => base,
        _ => name,
    }
}

fn field<'text>(text: &'text str, name: &str) -> Option<&'text str> {
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))?;
    Some(value.trim_matches('"'))
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_orphan_is_seen() {
        let snapshot = "---\nsource: crates/a/tests/it/report.rs\nexpression: report\n---\n";
        let path = "crates/a/tests/it/snapshots/it__report__as_text.snap";
        let kept = Files::of(&[
            (path, snapshot),
            ("crates/a/tests/it/report.rs", "fn as_text() { insta::assert_snapshot!(text()) }"),
        ]);
        assert!(check(&kept).expect("texts can be read").is_empty());
        let orphan =
            Files::of(&[(path, snapshot), ("crates/a/tests/it/report.rs", "fn other() {}")]);
        assert_eq!(check(&orphan).expect("texts can be read").len(), 1);
    }

    #[test]
    fn the_name_has_neither_suffix_nor_number() {
        assert_eq!(name("a/snapshots/it__report__as_text@sqlite-2.snap"), "as_text");
    }
}
