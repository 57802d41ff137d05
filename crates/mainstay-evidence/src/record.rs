//! A record: one header and its body with all continuation lines. The unit that is counted, timed
//! and mined; its text is already redacted.

use std::borrow::Cow;

use mainstay_core::{Level, UtcMicros};
use serde::{Deserialize, Serialize};

/// How a record came to its time; the worst reason wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeConfidence {
    /// Date and zone, or epoch.
    Exact,
    /// Date without zone.
    ZoneAssumed,
    /// Day and time without year.
    YearInferred,
    /// Time of day only.
    DateInferred,
    /// No time of its own: taken from the record before in the same file.
    Inherited,
    /// Only the file's name, the archive entry's time or the time of collection.
    FileOnly,
    /// Not placed on the timeline; counted and listed.
    None,
}

impl TimeConfidence {
    /// All classes, best first; the index is what the columns store.
    pub const ALL: [Self; 7] = [
        Self::Exact,
        Self::ZoneAssumed,
        Self::YearInferred,
        Self::DateInferred,
        Self::Inherited,
        Self::FileOnly,
        Self::None,
    ];

    /// The word in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::ZoneAssumed => "zone_assumed",
            Self::YearInferred => "year_inferred",
            Self::DateInferred => "date_inferred",
            Self::Inherited => "inherited",
            Self::FileOnly => "file_only",
            Self::None => "none",
        }
    }
}

/// What is special about a record. Bit flags, stored as one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags(pub u8);

impl Flags {
    /// The file begins in the middle of this record (rotation cuts records).
    pub const HEAD_CUT: Self = Self(1);
    /// No layout of a one-line format fits this line.
    pub const UNMATCHED: Self = Self(1 << 1);
    /// A limit cut this record.
    pub const OVERSIZE: Self = Self(1 << 2);
    /// The body speaks of an error that the level does not state.
    pub const MENTIONS_ERROR: Self = Self(1 << 3);

    /// Both sets of flags.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Is every flag of `other` set?
    #[must_use]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// One record of a log. `header + body + tail` is its redacted text, byte for byte. `tail` begins
/// with the line break when there is one, except where the message stands inside a line (a field
/// of a JSON or logfmt line, a docker json-file line): there `header` is the line up to the
/// message, `body` the message as it stands, escapes included, and `tail` the rest of the line,
/// then the continuation lines. Texts are borrowed from the lines that were read, where they stand
/// in one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<'t> {
    /// First physical line, from 1.
    pub line: u64,
    /// Physical lines, at least 1.
    pub lines: u32,
    /// Byte offset of the first line in the unpacked file, before redaction.
    pub offset: u64,
    /// Bytes in the unpacked file including line ends.
    pub length: u64,
    pub time: Option<UtcMicros>,
    pub confidence: TimeConfidence,
    pub level: Option<Level>,
    /// Wrapper and header: everything before the message.
    pub header: Cow<'t, str>,
    /// The message of the first line; what is mined.
    pub body: Cow<'t, str>,
    /// What follows the message on its line, then the continuation lines, each after a `\n`;
    /// empty for most records.
    pub tail: Cow<'t, str>,
    pub trace_id: Option<Cow<'t, str>>,
    pub span_id: Option<Cow<'t, str>>,
    pub request_id: Option<Cow<'t, str>>,
    pub flags: Flags,
}

impl Record<'_> {
    /// The record with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> Record<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Record {
            line: self.line,
            lines: self.lines,
            offset: self.offset,
            length: self.length,
            time: self.time,
            confidence: self.confidence,
            level: self.level,
            header: own(self.header),
            body: own(self.body),
            tail: own(self.tail),
            trace_id: self.trace_id.map(own),
            span_id: self.span_id.map(own),
            request_id: self.request_id.map(own),
            flags: self.flags,
        }
    }
}
