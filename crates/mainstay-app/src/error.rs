//! One error of the use cases, with one of core's closed codes. What went wrong inside is logged
//! where it is handled and never shown; what the caller did wrong is a refusal with a sentence.

use mainstay_core::{Code, Refusal};
use mainstay_store::StoreError;

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A rule or the policy said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
    /// The evidence of a bundle could not be read back.
    #[error("the evidence could not be read")]
    Evidence(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The data folder could not be used.
    #[error("the data folder cannot be written; check its path and rights")]
    Data(#[source] std::io::Error),
    /// Something that should not happen, named for the log.
    #[error("{0}")]
    Internal(&'static str),
}

impl AppError {
    /// Our fault, in words for the log.
    #[must_use]
    pub fn internal(what: &'static str) -> Self {
        Self::Internal(what)
    }

    /// There is no such thing.
    #[must_use]
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::Refused(Refusal::not_found(detail))
    }

    /// The code for the wire and the exit code.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Refused(refusal) => refusal.code,
            Self::Store(error) => error.code(),
            Self::Evidence(_) | Self::Data(_) | Self::Internal(_) => Code::Internal,
        }
    }
}
