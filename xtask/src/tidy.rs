//! The house rules that a machine can see, each one small function over the repository's files or
//! its dependency graph. Run by `cargo xtask tidy` and as tests. What the compiler and clippy see is
//! left to them.

mod addresses;
mod dependencies;
mod docs;
mod edges;
mod length;
mod licence;
mod packaged;
mod pins;
mod snapshots;
mod words;
mod workspace;

use std::fmt;
use std::fs;

use anyhow::{Context, Result};

use crate::repository;

/// A tracked file.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

impl File {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn has_extension(&self, extensions: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
    }
}

/// What a rule looks at: a list, so that a rule's own test can make one up.
pub(crate) struct Files(Vec<File>);

impl Files {
    pub(crate) fn read() -> Result<Self> {
        let mut files = Vec::new();
        for path in repository::files()? {
            let bytes = fs::read(repository::root().join(&path))
                .with_context(|| format!("could not read {path}"))?;
            files.push(File { path, bytes });
        }
        Ok(Self(files))
    }

    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File {
            path: (*path).to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        Self(files.iter().map(file).collect())
    }

    pub(crate) fn all(&self) -> &[File] {
        &self.0
    }

    pub(crate) fn rust(&self) -> impl Iterator<Item = &File> {
        self.0.iter().filter(|file| file.has_extension(&["rs"]))
    }

    pub(crate) fn get(&self, path: &str) -> Option<&File> {
        self.0.iter().find(|file| file.path == path)
    }
}

/// A broken rule, at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    path: String,
    line: Option<usize>,
    text: String,
}

impl Finding {
    pub(crate) fn file(path: &str, text: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: None, text: text.into() }
    }

    pub(crate) fn line(path: &str, line: usize, text: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: Some(line), text: text.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}: {}", self.path, self.text),
            None => write!(formatter, "{}: {}", self.path, self.text),
        }
    }
}

type Rule = fn(&Files) -> Result<Vec<Finding>>;

const RULES: &[(&str, Rule)] = &[
    ("crate edges are those of ARCHITECTURE.md", edges::check),
    ("files stay readable in length", length::check),
    ("finished code only", words::unfinished),
    ("no mod.rs", words::module_files),
    ("time is jiff", words::other_time),
    ("core and evidence have no clock", words::clocks),
    ("only the bounded readers open compressed data", words::decoders),
    ("SQL lives in the store", words::sql),
    ("no address of a registry and no path of a machine", addresses::check),
    ("nothing of the shared data is packaged", packaged::check),
    ("the columnar crates are those of the query engine", pins::check),
    ("dependencies come from the workspace's table", workspace::check),
    ("snapshots are referenced", snapshots::check),
    ("every module says what it is", docs::check),
    ("dependencies obey deny.toml", dependencies::check),
];

/// All findings of all rules, as lines for people.
pub(crate) fn check() -> Result<Vec<String>> {
    let files = Files::read()?;
    let mut lines = Vec::new();
    for (name, rule) in RULES {
        for finding in rule(&files).with_context(|| format!("could not check: {name}"))? {
            lines.push(format!("{finding} ({name})"));
        }
    }
    Ok(lines)
}

/// Every place where one of the words stands, outside `except`.
pub(crate) fn places<'files>(
    files: impl Iterator<Item = &'files File>,
    words: &[&str],
    text: &str,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for (index, line) in file.text().lines().enumerate() {
            if let Some(word) = words.iter().find(|word| line.contains(**word)) {
                findings.push(Finding::line(&file.path, index + 1, format!("{word}: {text}")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_keeps_the_house_rules() {
        let broken = check().expect("the rules can be checked");
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }
}
