//! The way back from a pseudonym: a sealed map for each bundle, apart from its evidence, opened for
//! one value at a time, for who may, with a reason, and never without an event before the answer.
//!
//! Maps are files in the format of age, sealed for the desk's reveal key (ADR 10). Without a key
//! there are no maps. Credentials are in none.

use std::io::Write as _;
use std::path::PathBuf;

use mainstay_core::bundle::{self, Command, IdentityRevealed};
use mainstay_core::event::{Event, Stream};
use mainstay_core::redaction::RulesUsed;
use mainstay_core::{Action, Actor, BundleId, Refusal, Role, policy};
use mainstay_evidence::redact::{IdentityMap, IdentityMapError, is_pseudonym};
use secrecy::SecretString;

use crate::bundle::append;
use crate::request::Request;
use crate::{App, AppError, create_private};

/// The folder of the maps, beside the evidence.
const FOLDER: &str = "identities";
/// A map of a million identities is smaller.
const MAP_BYTES_MAX: u64 = 512 << 20;

/// How a bundle was redacted, and the way back.
#[derive(Debug, Clone)]
pub struct BundleRedaction {
    pub rules: Option<RulesUsed>,
    /// How often each kind was hidden.
    pub kinds: Vec<(String, u64)>,
    /// How many pseudonyms lead back; `None` where no map was kept.
    pub identities: Option<u64>,
    /// Has the desk a key now?
    pub has_key: bool,
    pub may_reveal: Vec<Role>,
}

impl App {
    /// By which rules a bundle was redacted, how much was hidden, and who may look behind it.
    ///
    /// # Errors
    /// As `open_bundle`.
    pub async fn bundle_redaction(
        &self,
        actor: &Actor,
        id: BundleId,
    ) -> Result<BundleRedaction, AppError> {
        let open = self.open_bundle(actor, id).await?;
        let found = self.bundle(actor, id).await?;
        let kinds = open.redactions().iter().map(|(kind, count)| (kind.clone(), *count));
        Ok(BundleRedaction {
            rules: found.rules,
            kinds: kinds.collect(),
            identities: found.identities,
            has_key: self.inner.reveal_key.is_some(),
            may_reveal: policy::roles(Action::RevealIdentity).collect(),
        })
    }

    /// Whom a pseudonym of a bundle stands for. The look is written down first; every one is, so an
    /// idempotency key changes nothing.
    ///
    /// # Errors
    /// `forbidden`; `invalid` for what is no pseudonym or without a reason; `conflict` where there is
    /// no map or no key for it; `not_found` for a pseudonym that is not in the map.
    pub async fn reveal(
        &self,
        request: &Request,
        id: BundleId,
        pseudonym: &str,
        reason: String,
    ) -> Result<SecretString, AppError> {
        policy::authorise(&request.actor, Action::RevealIdentity)?;
        // the text goes into the log, so it must be nothing but a pseudonym
        if !is_pseudonym(pseudonym) {
            let detail = "this is no pseudonym of an identity; copy one as <email-…> from a line";
            return Err(Refusal::invalid(detail).into());
        }
        let bundle = self.bundle(&request.actor, id).await?;
        if bundle.identities.is_none() {
            let detail = "no map of identities was kept for this bundle: the desk had no reveal \
                          key when it was read";
            return Err(Refusal::conflict(detail).into());
        }
        let value = self.look_up(id, pseudonym.to_owned()).await?;
        let request = Request { key: None, ..request.clone() };
        let meta = self.meta(&request);
        let mut write = self.store().begin(&meta).await?;
        let loaded = write.load_bundle(id).await?;
        let pseudonym = pseudonym.to_owned();
        let look = IdentityRevealed { pseudonym, reason, found: value.is_some() };
        let events =
            bundle::decide(&loaded.state, Command::Reveal(look), &request.context(meta.at))?;
        append(&mut write, Stream::Bundle(id), loaded.version, events, Event::Bundle).await?;
        write.commit().await?;
        value.ok_or_else(|| {
            AppError::not_found("the map of this bundle does not hold this pseudonym")
        })
    }

    async fn look_up(
        &self,
        id: BundleId,
        pseudonym: String,
    ) -> Result<Option<SecretString>, AppError> {
        let Some(key) = self.inner.reveal_key.clone() else {
            let detail = "this desk has no reveal key any more; start it with --reveal-key FILE";
            return Err(Refusal::conflict(detail).into());
        };
        let path = self.map_path(id);
        let work = move || -> Result<Option<SecretString>, AppError> {
            let length = std::fs::metadata(&path).map_err(|_| no_map())?.len();
            if length > MAP_BYTES_MAX {
                return Err(AppError::internal("a map of identities is too large to be one"));
            }
            let sealed = std::fs::read(&path).map_err(|_| no_map())?;
            let map = IdentityMap::open(&sealed, &key).map_err(|error| not_opened(&error))?;
            Ok(map.reveal(&pseudonym).map(SecretString::from))
        };
        let work = tokio::task::spawn_blocking(work);
        work.await.map_err(|_| AppError::internal("a worker was lost"))?
    }

    /// Seals and keeps the map of a bundle; how many identities it holds. `None` where nothing is
    /// kept: without a key, or because it could not be written, which must not cost the bundle.
    pub(crate) async fn keep_identities(&self, id: BundleId, map: IdentityMap) -> Option<u64> {
        let key = self.inner.reveal_key.clone()?;
        let path = self.map_path(id);
        let work = move || -> Result<u64, AppError> {
            let count = map.len() as u64;
            let sealed = map.seal(&[key.recipient()]);
            let sealed = sealed.map_err(|_| AppError::internal("a map could not be sealed"))?;
            create_private(path.parent().unwrap_or(&path))?;
            write_private(&path, &sealed).map_err(AppError::Data)?;
            Ok(count)
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(Ok(count)) => Some(count),
            Ok(Err(error)) => {
                tracing::error!(%error, bundle.id = %id, "the way back from pseudonyms was not kept");
                None
            }
            Err(_) => {
                tracing::error!(bundle.id = %id, "sealing a map of identities panicked; please report it");
                None
            }
        }
    }

    fn map_path(&self, id: BundleId) -> PathBuf {
        self.inner.data.join(FOLDER).join(format!("{id}.age"))
    }
}

/// Complete or not there, and for the owner only.
fn write_private(path: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    let unfinished = path.with_extension("part");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&unfinished, path)
}

fn no_map() -> AppError {
    let detail = "the map of this bundle is not in the data folder; restore it from a backup";
    Refusal::conflict(detail).into()
}

fn not_opened(error: &IdentityMapError) -> AppError {
    Refusal::conflict(format!("the map of this bundle cannot be opened: {error}")).into()
}
