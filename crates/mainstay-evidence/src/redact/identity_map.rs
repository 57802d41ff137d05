//! The way back from a pseudonym to the identity behind it, for those who may. Kept apart from the
//! clean copy and sealed. Credentials are never in it: from their placeholders nothing leads back.

mod age;
mod bech32;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

pub use age::{AgeError, Identity, Recipient};

use super::kind::Kind;

/// A bundle with more different identities keeps the first ones.
const IDENTITIES_MAX: usize = 1 << 20;

/// Pseudonyms and what they stand for.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityMap {
    identities: BTreeMap<String, String>,
}

impl std::fmt::Debug for IdentityMap {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "IdentityMap({} identities)", self.len())
    }
}

/// The identities of many sessions on many threads.
#[derive(Debug, Clone, Default)]
pub struct Collected(Arc<Mutex<IdentityMap>>);

impl Collected {
    pub(super) fn add(&self, identities: IdentityMap) {
        if !identities.is_empty() {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).merge(identities);
        }
    }

    /// What was collected so far.
    #[must_use]
    pub fn take(&self) -> IdentityMap {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Why a map cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum IdentityMapError {
    #[error(transparent)]
    Age(#[from] AgeError),
    #[error("what is in the file is no map of identities")]
    Content(#[from] serde_json::Error),
}

impl IdentityMap {
    /// Remembers an identity; a session opens doors, so it counts as a credential.
    pub(super) fn note(&mut self, kind: Kind, placeholder: &str, value: &str) {
        let may_return = kind.is_identity() && kind != Kind::Session;
        if may_return && self.identities.len() < IDENTITIES_MAX {
            let placeholder = placeholder.trim_matches(['"', '\\']);
            if !self.identities.contains_key(placeholder) {
                self.identities.insert(placeholder.to_owned(), value.to_owned());
            }
        }
    }

    /// Adds what another file held.
    pub fn merge(&mut self, other: Self) {
        for (placeholder, value) in other.identities {
            if self.identities.len() < IDENTITIES_MAX {
                self.identities.entry(placeholder).or_insert(value);
            }
        }
    }

    /// The identity behind a pseudonym.
    #[must_use]
    pub fn reveal(&self, placeholder: &str) -> Option<&str> {
        self.identities.get(placeholder.trim()).map(String::as_str)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.identities.len()
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.identities.is_empty()
    }

    /// Seals the map for those who may look back.
    ///
    /// # Errors
    /// When there is no recipient, or no random bytes.
    pub fn seal(&self, recipients: &[Recipient]) -> Result<Vec<u8>, IdentityMapError> {
        Ok(age::encrypt(&serde_json::to_vec(self)?, recipients)?)
    }

    /// Opens a sealed map.
    ///
    /// # Errors
    /// When it is not one, or not for this identity.
    pub fn open(sealed: &[u8], identity: &Identity) -> Result<Self, IdentityMapError> {
        Ok(serde_json::from_slice(&age::decrypt(sealed, identity)?)?)
    }
}
