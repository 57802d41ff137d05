//! The filter language: one line of text says which records are shown. `docs/query.md` explains it
//! to people.
//!
//! A query is parsed in linear time within fixed bounds, and written again it is the same query.
//! What is *not* here: which records a stored bundle answers with (`view`).

mod condition;
mod field;
mod named;
mod parse;
mod print;
mod quantity;
mod scan;
mod time;

use std::str::FromStr;

use mainstay_core::{Level, UtcMicros};
use regex::{Regex, RegexBuilder};

use crate::record::Flags;

pub use field::{FieldHelp, fields};
pub(crate) use named::{Named, ends_value};
pub use quantity::Quantity;

/// Nobody types more; a query that a machine writes names a few hundred values.
pub const QUERY_BYTES_MAX: usize = 8 << 10;

/// Parentheses and negations inside each other: reading them needs the stack.
pub const DEPTH_MAX: usize = 32;

/// Conditions and alternatives of one query: each may cost a walk over all records.
pub const TERMS_MAX: usize = 512;

/// A compiled pattern. The engine is linear in the text; this bounds the factor.
const REGEX_BYTES_MAX: usize = 1 << 20;

/// Which records are shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Query {
    expression: Expression,
}

/// A condition on a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Expression {
    /// Every record.
    #[default]
    Any,
    /// At least two.
    And(Vec<Expression>),
    /// At least two.
    Or(Vec<Expression>),
    Not(Box<Expression>),
    Term(Term),
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Term {
    /// The text holds these words, ASCII letters in either case.
    Text(String),
    /// The text fits a pattern.
    Pattern(String),
    /// One of these levels; `None` is no level.
    Level(Vec<Option<Level>>),
    /// From the first moment up to, not including, the second.
    Time { from: Option<UtcMicros>, to: Option<UtcMicros> },
    /// A whole number in a range, both ends included.
    Number { field: NumberField, from: Option<u64>, to: Option<u64> },
    /// A name is one of these.
    Name { field: NameField, any_of: Vec<Match> },
    /// A value that the text of the record gives a name to.
    Named { name: String, test: Test },
    /// The record has a field at all.
    Has(String),
    /// A property without a value.
    Is(Property),
}

/// Numbers that every record has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberField {
    /// The physical line it begins with.
    Line,
    /// How many physical lines it has.
    Lines,
}

/// Names that a record has of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameField {
    Source,
    File,
    Template,
    Confidence,
    Trace,
    Span,
    Request,
}

/// How a name or value must look, ASCII letters in either case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Match {
    /// Exactly this.
    Exact(String),
    /// `*` stands for anything.
    Glob(String),
    /// The source or file with this number.
    Number(u32),
}

/// What is asked of a named value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Test {
    AnyOf(Vec<Match>),
    /// A number in a range.
    Range {
        from: Option<Bound>,
        to: Option<Bound>,
    },
    Pattern(String),
}

/// An end of a range as it is written: `1.5s`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Bound {
    pub text: String,
    pub included: bool,
}

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Property {
    MultiLine,
    Unmatched,
    MentionsError,
    HeadCut,
    Oversize,
    Timed,
    Error,
}

impl Property {
    /// All properties.
    pub const ALL: [Self; 7] = [
        Self::MultiLine,
        Self::Unmatched,
        Self::MentionsError,
        Self::HeadCut,
        Self::Oversize,
        Self::Timed,
        Self::Error,
    ];

    /// The word after `is:`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MultiLine => "multi-line",
            Self::Unmatched => "unmatched",
            Self::MentionsError => "mentions-error",
            Self::HeadCut => "head-cut",
            Self::Oversize => "oversize",
            Self::Timed => "timed",
            Self::Error => "error",
        }
    }

    /// Does a record have it?
    #[must_use]
    pub fn holds(self, flags: Flags, level: Option<Level>, lines: u32, timed: bool) -> bool {
        match self {
            Self::MultiLine => lines > 1,
            Self::Unmatched => flags.has(Flags::UNMATCHED),
            Self::MentionsError => flags.has(Flags::MENTIONS_ERROR),
            Self::HeadCut => flags.has(Flags::HEAD_CUT),
            Self::Oversize => flags.has(Flags::OVERSIZE),
            Self::Timed => timed,
            Self::Error => level.is_some_and(|level| level >= Level::Error),
        }
    }
}

/// Why a text is no query: where, what, and what would be one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}{}", suggestion.as_ref().map(|it| format!(": {it}")).unwrap_or_default())]
pub struct QueryError {
    /// Byte of the text where it goes wrong.
    pub start: usize,
    /// Byte after it.
    pub end: usize,
    pub message: String,
    /// What to write instead.
    pub suggestion: Option<String>,
}

impl FromStr for Query {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        parse::parse(text).map(|expression| Self { expression })
    }
}

impl From<Expression> for Query {
    fn from(expression: Expression) -> Self {
        Self { expression }
    }
}

impl Query {
    /// The condition.
    #[must_use]
    pub fn expression(&self) -> &Expression {
        &self.expression
    }

    /// Records that pass this and another query.
    #[must_use]
    pub fn and(&self, other: Expression) -> Self {
        let mut all = self.conditions().to_vec();
        match other {
            Expression::Any => {}
            Expression::And(more) => all.extend(more),
            one => all.push(one),
        }
        Self { expression: joined(all) }
    }

    /// Without the conditions on a field that stand at the top: what the field's other values are
    /// counted under.
    #[must_use]
    pub fn without(&self, of: impl Fn(&Term) -> bool) -> Self {
        let keeps =
            |expression: &&Expression| !matches!(expression, Expression::Term(term) if of(term));
        Self { expression: joined(self.conditions().iter().filter(keeps).cloned().collect()) }
    }

    /// The conditions that all must hold.
    fn conditions(&self) -> &[Expression] {
        match &self.expression {
            Expression::Any => &[],
            Expression::And(all) => all,
            one => std::slice::from_ref(one),
        }
    }

    /// The span of time that the conditions at the top leave.
    #[must_use]
    pub fn time_span(&self) -> (Option<UtcMicros>, Option<UtcMicros>) {
        let mut span = (None, None);
        for condition in self.conditions() {
            if let Expression::Term(Term::Time { from, to }) = condition {
                span.0 = span.0.max(*from);
                span.1 = [span.1, *to].into_iter().flatten().min();
            }
        }
        span
    }

    /// The words that a record must hold: what a list may highlight.
    #[must_use]
    pub fn words(&self) -> Vec<&str> {
        let words = self.conditions().iter().filter_map(|condition| match condition {
            Expression::Term(Term::Text(text)) => Some(text.as_str()),
            _ => None,
        });
        words.collect()
    }
}

/// One condition of several.
fn joined(mut all: Vec<Expression>) -> Expression {
    match all.len() {
        0 => Expression::Any,
        1 => all.remove(0),
        _ => Expression::And(all),
    }
}

/// The pattern of a query; it was checked when the query was parsed.
pub(crate) fn pattern(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).size_limit(REGEX_BYTES_MAX).build()
}

/// Does a text hold the words? ASCII letters match in either case, everything else as it is.
pub(crate) fn holds(text: &str, words: &str) -> bool {
    let (text, words) = (text.as_bytes(), words.as_bytes());
    let Some((first, rest)) = words.split_first() else { return true };
    let mut at = 0;
    while let Some(found) =
        memchr::memchr2(first.to_ascii_lowercase(), first.to_ascii_uppercase(), &text[at..])
    {
        let next = at + found + 1;
        if text.get(next..next + rest.len()).is_some_and(|part| part.eq_ignore_ascii_case(rest)) {
            return true;
        }
        at = next;
    }
    false
}

impl Match {
    /// Does a name or value look like this?
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        match self {
            Self::Exact(wanted) => text.eq_ignore_ascii_case(wanted),
            Self::Glob(glob) => scan::glob_fits(glob.as_bytes(), text.as_bytes()),
            Self::Number(_) => false,
        }
    }
}

impl Test {
    /// Does a value of the field `name` pass?
    pub(crate) fn passes(&self, name: &str, value: &str) -> bool {
        match self {
            Self::AnyOf(matches) => matches.iter().any(|wanted| {
                wanted.fits(value)
                    || matches!(wanted, Match::Exact(text) if quantity::equal(name, text, value))
            }),
            Self::Range { from, to } => {
                let above = from.as_ref().is_none_or(|from| {
                    quantity::compare(name, value, &from.text)
                        .is_some_and(|order| order.is_gt() || (from.included && order.is_eq()))
                });
                let below = to.as_ref().is_none_or(|to| {
                    quantity::compare(name, value, &to.text)
                        .is_some_and(|order| order.is_lt() || (to.included && order.is_eq()))
                });
                above && below
            }
            // compiling is for the caller that has many values
            Self::Pattern(text) => pattern(text).is_ok_and(|pattern| pattern.is_match(value)),
        }
    }
}
