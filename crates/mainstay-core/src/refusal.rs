//! Why something was not done: a small closed set of codes, mapped once to HTTP, exit code and MCP.

use std::fmt;

/// The closed set. A new code is a change of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// The request is not well formed, or a value is out of bounds.
    Invalid,
    /// Nobody is signed in, or the session has ended.
    Unauthenticated,
    /// The policy does not let this actor do it.
    Forbidden,
    /// There is no such thing, or the actor may not know that there is.
    NotFound,
    /// The thing is in a state that does not allow this, or somebody wrote at the same time.
    Conflict,
    /// The thing changed since the caller saw it: load it again.
    Stale,
    /// The same idempotency key came with another request.
    KeyReused,
    /// More bytes than a limit allows.
    TooLarge,
    /// Too many requests, or the queue is full: try again later.
    Busy,
    /// Our fault.
    Internal,
}

impl Code {
    /// All codes, for documentation and tests.
    pub const ALL: [Self; 10] = [
        Self::Invalid,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NotFound,
        Self::Conflict,
        Self::Stale,
        Self::KeyReused,
        Self::TooLarge,
        Self::Busy,
        Self::Internal,
    ];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::Conflict => "conflict",
            Self::Stale => "stale",
            Self::KeyReused => "key_reused",
            Self::TooLarge => "too_large",
            Self::Busy => "busy",
            Self::Internal => "internal",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A rule said no. `detail` names the thing and the next step, never customer content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct Refusal {
    pub code: Code,
    pub detail: String,
}

impl Refusal {
    /// A refusal with its sentence.
    #[must_use]
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }

    /// A value is out of bounds or the request makes no sense.
    #[must_use]
    pub fn invalid(detail: impl Into<String>) -> Self {
        Self::new(Code::Invalid, detail)
    }

    /// The state does not allow it.
    #[must_use]
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(Code::Conflict, detail)
    }

    /// There is no such thing.
    #[must_use]
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(Code::NotFound, detail)
    }
}
