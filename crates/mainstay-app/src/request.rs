//! One request to do something: who, from where, under which key, expecting which version.

use mainstay_core::{Actor, Context, UtcMicros};
use sha2::{Digest, Sha256};

pub use mainstay_store::Origin;

/// Who asks for a write, and under which conditions it may happen.
#[derive(Debug, Clone)]
pub struct Request {
    pub actor: Actor,
    pub origin: Origin,
    /// The client's name for this write: the same key answers with the first result.
    pub key: Option<String>,
    /// The version the client saw; another one is a conflict.
    pub expected_version: Option<u64>,
}

impl Request {
    /// A request with no conditions.
    #[must_use]
    pub fn new(actor: Actor, origin: Origin) -> Self {
        Self { actor, origin, key: None, expected_version: None }
    }

    /// The same request under a key.
    #[must_use]
    pub fn with_key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// The key as the log knows it: two people may choose the same one.
    pub(crate) fn own_key(&self) -> Option<String> {
        self.key.as_ref().map(|key| format!("{}:{key}", self.actor.user))
    }

    /// What the rules may know.
    #[must_use]
    pub fn context(&self, at: UtcMicros) -> Context {
        Context { actor: self.actor, at }
    }
}

/// Tells whether two requests under one key are the same: SHA-256 over the use case's name and
/// its arguments, each with its length in front, so that no two splits look alike.
pub(crate) fn fingerprint(use_case: &str, arguments: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in std::iter::once(&use_case).chain(arguments) {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().into()
}
