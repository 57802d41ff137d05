//! Exit codes: documented in `mainstay help exit-codes`, one place for all commands.

use mainstay_app::AppError;
use mainstay_core::Code;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Ok,
    Findings,
    Usage,
    Unreadable,
    Authentication,
    NotFound,
    Conflict,
    Unavailable,
    Internal,
    Interrupted,
}

impl Exit {
    /// All, in the order of the help topic.
    pub const ALL: [Self; 10] = [
        Self::Ok,
        Self::Findings,
        Self::Usage,
        Self::Unreadable,
        Self::Authentication,
        Self::NotFound,
        Self::Conflict,
        Self::Unavailable,
        Self::Internal,
        Self::Interrupted,
    ];

    /// The number the shell sees.
    pub fn number(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Unreadable => 3,
            Self::Authentication => 4,
            Self::NotFound => 5,
            Self::Conflict => 6,
            Self::Unavailable => 7,
            Self::Internal => 70,
            Self::Interrupted => 130,
        }
    }

    /// What it means.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Findings => {
                "findings at or above --fail-on, a check that did not hold, or a query that nothing passes"
            }
            Self::Usage => "usage: the command line or a value is wrong",
            Self::Unreadable => "input unreadable or read only in part",
            Self::Authentication => "authentication: nobody, or somebody who may not",
            Self::NotFound => "not found",
            Self::Conflict => "conflict: the thing is in another state or has changed",
            Self::Unavailable => "remote unavailable or busy: try again",
            Self::Internal => "internal: our fault, please report it",
            Self::Interrupted => "interrupted",
        }
    }

    /// The exit code of a use case's error.
    pub fn of(error: &AppError) -> Self {
        match error.code() {
            Code::Invalid | Code::TooLarge => Self::Usage,
            Code::Unauthenticated | Code::Forbidden => Self::Authentication,
            Code::NotFound => Self::NotFound,
            Code::Conflict | Code::Stale | Code::KeyReused => Self::Conflict,
            Code::Busy => Self::Unavailable,
            Code::Internal => Self::Internal,
        }
    }
}
