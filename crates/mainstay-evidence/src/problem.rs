//! What could not be read, and why. Evidence is dirty, and that is not an error: a broken line, a
//! cut archive or a wrong encoding becomes a `Problem`, and the rest is still read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The closed list of what can be wrong with foreign bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    // opening
    UnreadableInput,
    NoTemporarySpace,
    CutArchive,
    CorruptArchive,
    EncryptedArchive,
    UnsupportedArchive,
    EmptyArchive,
    UnsafePath,
    LinkNotFollowed,
    SpecialFile,
    DuplicatePath,
    PathTooLong,
    LimitBytes,
    LimitRatio,
    LimitEntries,
    LimitDepth,
    LimitWindow,
    // reading bytes
    EmptyFile,
    BinaryFile,
    WrongExtension,
    InvalidUtf8,
    NulBytes,
    LongLine,
    LongRecord,
    // understanding
    MalformedDocument,
    DocumentTooLarge,
    DocumentTooDeep,
    MalformedLine,
    AmbiguousDateOrder,
    NoTime,
    TooManyLayouts,
    TooManySignatures,
    // time
    ClockBackwards,
    ClockStep,
    ClocksDisagree,
    // reading
    LayoutDrift,
}

impl ProblemCode {
    /// The word in JSON and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnreadableInput => "unreadable_input",
            Self::NoTemporarySpace => "no_temporary_space",
            Self::CutArchive => "cut_archive",
            Self::CorruptArchive => "corrupt_archive",
            Self::EncryptedArchive => "encrypted_archive",
            Self::UnsupportedArchive => "unsupported_archive",
            Self::EmptyArchive => "empty_archive",
            Self::UnsafePath => "unsafe_path",
            Self::LinkNotFollowed => "link_not_followed",
            Self::SpecialFile => "special_file",
            Self::DuplicatePath => "duplicate_path",
            Self::PathTooLong => "path_too_long",
            Self::LimitBytes => "limit_bytes",
            Self::LimitRatio => "limit_ratio",
            Self::LimitEntries => "limit_entries",
            Self::LimitDepth => "limit_depth",
            Self::LimitWindow => "limit_window",
            Self::EmptyFile => "empty_file",
            Self::BinaryFile => "binary_file",
            Self::WrongExtension => "wrong_extension",
            Self::InvalidUtf8 => "invalid_utf8",
            Self::NulBytes => "nul_bytes",
            Self::LongLine => "long_line",
            Self::LongRecord => "long_record",
            Self::MalformedDocument => "malformed_document",
            Self::DocumentTooLarge => "document_too_large",
            Self::DocumentTooDeep => "document_too_deep",
            Self::MalformedLine => "malformed_line",
            Self::AmbiguousDateOrder => "ambiguous_date_order",
            Self::NoTime => "no_time",
            Self::TooManyLayouts => "too_many_layouts",
            Self::TooManySignatures => "too_many_signatures",
            Self::ClockBackwards => "clock_backwards",
            Self::ClockStep => "clock_step",
            Self::ClocksDisagree => "clocks_disagree",
            Self::LayoutDrift => "layout_drift",
        }
    }
}

impl ProblemCode {
    /// Is something of the input missing from what was read? The others are worth knowing only.
    #[must_use]
    pub fn loses_data(self) -> bool {
        !matches!(
            self,
            Self::EmptyFile
                | Self::WrongExtension
                | Self::DuplicatePath
                | Self::AmbiguousDateOrder
                | Self::NoTime
                | Self::TooManySignatures
                | Self::ClockBackwards
                | Self::ClockStep
                | Self::ClocksDisagree
                | Self::LayoutDrift
                | Self::BinaryFile
        )
    }
}

/// One thing that was wrong, where, and in words. `detail` never quotes the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub code: ProblemCode,
    /// Redacted path inside the bundle.
    pub path: Option<String>,
    /// Physical line, from 1.
    pub line: Option<u64>,
    /// Byte offset in the unpacked file.
    pub offset: Option<u64>,
    pub detail: String,
    /// How many times; more than one when the same thing went on.
    pub count: u64,
}

impl Problem {
    /// A problem of a whole file or of the whole input.
    #[must_use]
    pub fn new(code: ProblemCode, path: Option<&str>, detail: impl Into<String>) -> Self {
        Self {
            code,
            path: path.map(str::to_owned),
            line: None,
            offset: None,
            detail: detail.into(),
            count: 1,
        }
    }

    /// The same problem at a line.
    #[must_use]
    pub fn at_line(mut self, line: u64, offset: u64) -> Self {
        self.line = Some(line);
        self.offset = Some(offset);
        self
    }
}

/// A bounded list: the first few of each code keep their place, all are counted.
#[derive(Debug, Clone)]
pub struct Problems {
    per_code_max: usize,
    kept: Vec<Problem>,
    counts: BTreeMap<ProblemCode, u64>,
}

impl Problems {
    /// An empty list that keeps `per_code_max` places for each code.
    #[must_use]
    pub fn new(per_code_max: usize) -> Self {
        Self { per_code_max, kept: Vec::new(), counts: BTreeMap::new() }
    }

    /// Notes a problem.
    pub fn push(&mut self, problem: Problem) {
        *self.counts.entry(problem.code).or_default() += problem.count;
        let same_code = self.kept.iter().filter(|kept| kept.code == problem.code).count();
        if same_code < self.per_code_max {
            self.kept.push(problem);
        }
    }

    /// Adds another list, in its order.
    pub fn merge(&mut self, other: Self) {
        let kept_counts = count_by_code(&other.kept);
        for problem in other.kept {
            self.push(problem);
        }
        for (code, count) in other.counts {
            let beyond = count - kept_counts.get(&code).copied().unwrap_or(0);
            if beyond > 0 {
                *self.counts.entry(code).or_default() += beyond;
            }
        }
    }

    /// Rewrites every path: opening meets problems before there is a redactor.
    pub fn rewrite_paths(&mut self, mut rewrite: impl FnMut(&str) -> String) {
        for path in self.kept.iter_mut().filter_map(|problem| problem.path.as_mut()) {
            *path = rewrite(path);
        }
    }

    /// The problems whose place is known, in the order they were met.
    #[must_use]
    pub fn kept(&self) -> &[Problem] {
        &self.kept
    }

    /// How many of each code there were, kept or not.
    #[must_use]
    pub fn counts(&self) -> &BTreeMap<ProblemCode, u64> {
        &self.counts
    }

    /// How many there were in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }
}

fn count_by_code(problems: &[Problem]) -> BTreeMap<ProblemCode, u64> {
    let mut counts = BTreeMap::new();
    for problem in problems {
        *counts.entry(problem.code).or_default() += problem.count;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_bounded_and_the_count_is_not() {
        let mut all = Problems::new(2);
        for _ in 0..3 {
            let mut part = Problems::new(2);
            for _ in 0..5 {
                part.push(Problem::new(ProblemCode::LongLine, Some("a.log"), "cut at 1 MiB"));
            }
            all.merge(part);
        }
        assert_eq!(all.kept().len(), 2);
        assert_eq!(all.total(), 15);
    }
}
