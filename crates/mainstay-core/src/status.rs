//! Whose turn it is in a case.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A status holds from its instant on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody has worked on it.
    New,
    /// The ball is with us.
    Open,
    /// Waiting on the customer.
    Pending,
    /// Waiting on a vendor, engineering, a change or another internal party.
    Hold,
    /// A solution was given; a customer's comment reopens.
    Solved,
    /// Final.
    Closed,
}

/// Whether there is work left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Category {
    Open,
    Done,
}

impl Status {
    /// All of them, in the order of a case's life.
    pub const ALL: [Self; 6] =
        [Self::New, Self::Open, Self::Pending, Self::Hold, Self::Solved, Self::Closed];

    /// Whether there is work left.
    #[must_use]
    pub fn category(self) -> Category {
        match self {
            Self::New | Self::Open | Self::Pending | Self::Hold => Category::Open,
            Self::Solved | Self::Closed => Category::Done,
        }
    }

    /// The word stored and shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Pending => "pending",
            Self::Hold => "hold",
            Self::Solved => "solved",
            Self::Closed => "closed",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// A word that names no status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a status: use open, pending or hold")]
pub struct NotAStatus;

impl FromStr for Status {
    type Err = NotAStatus;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(NotAStatus)
    }
}
