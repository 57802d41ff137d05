//! A bundle that somebody looks at before it joins its case: sealed as every upload, read once for
//! what would be hidden, and forgotten when they say so, when time is up, or with the process.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use mainstay_core::redaction::RulesUsed;
use mainstay_core::{Action, Actor, BundleId, CaseNumber, Code, Refusal, UserId, policy};
use mainstay_evidence::open::{Phase, Progress};
use mainstay_evidence::republish::{self, RepublishError};

use crate::request::Request;
use crate::secret::random_bytes;
use crate::upload::Uploaded;
use crate::{App, AppError};

pub use mainstay_evidence::redact::KindCount;
pub use mainstay_evidence::republish::{Preview, PreviewFile};

/// Time to look; a forgotten page must not hold a bundle for ever.
const HELD: Duration = Duration::from_secs(15 * 60);
/// Sealed bundles lie on the disk of temporary files.
const HELD_MAX: usize = 16;

/// What would be hidden in a bundle that waits for a decision.
#[derive(Debug)]
pub struct Previewed {
    pub id: String,
    pub size_bytes: u64,
    pub rules: Option<RulesUsed>,
    pub preview: Preview,
}

#[derive(Default)]
pub(crate) struct Previews(Mutex<HashMap<String, Held>>);

struct Held {
    user: UserId,
    case: CaseNumber,
    name: String,
    uploaded: Uploaded,
}

impl Previews {
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Held>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_full(&self) -> bool {
        self.lock().len() >= HELD_MAX
    }

    /// Only who sent it, and for the case it was sent to.
    fn take(&self, id: &str, user: UserId, case: CaseNumber) -> Option<Held> {
        let mut held = self.lock();
        let found = held.get(id)?;
        if found.user != user || found.case != case {
            return None;
        }
        held.remove(id)
    }
}

struct Quiet;

impl Progress for Quiet {
    fn report(&self, _: Phase, _: u64, _: u64, _: u64, _: Option<&str>) {}

    fn cancelled(&self) -> bool {
        false
    }
}

impl App {
    /// Says what would be hidden in an uploaded bundle and holds it, sealed, for a decision.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid` when nothing in it can be opened, `busy` when too many
    /// wait.
    pub async fn preview_bundle(
        &self,
        request: &Request,
        number: CaseNumber,
        name: &str,
        uploaded: Uploaded,
    ) -> Result<Previewed, AppError> {
        policy::authorise(&request.actor, Action::AttachBundle)?;
        if self.inner.previews.is_full() {
            let detail = "too many bundles are being looked at; try again later or attach at once";
            return Err(Refusal::new(Code::Busy, detail).into());
        }
        let found = self.store().case_by_number(number).await?;
        let case = found.ok_or_else(|| crate::case::no_such_case(number))?.summary;
        let rules = self.rules_in_force(&case.product).await?;
        let key = self.case_key(request, case.id).await?;
        let place = self.inner.reading.places.acquire().await;
        let input = uploaded.input(name.to_owned());
        let policy = rules.policy;
        let work = move || republish::preview(input, Some(key), policy.as_ref(), &Quiet);
        let preview = tokio::task::spawn_blocking(work).await;
        drop(place);
        let preview = match preview {
            Ok(Ok(preview)) => preview,
            Ok(Err(error @ RepublishError::Unreadable)) => {
                return Err(Refusal::invalid(error.to_string()).into());
            }
            Ok(Err(error)) => return Err(AppError::Evidence(Box::new(error))),
            Err(_) => {
                return Err(AppError::internal("reading a bundle panicked; please report it"));
            }
        };
        let (id, size_bytes) = (self.inner.clock.new_id().to_string(), uploaded.size_bytes);
        let (user, name) = (request.actor.user, name.to_owned());
        let held = Held { user, case: number, name, uploaded };
        self.inner.previews.lock().insert(id.clone(), held);
        self.forget_in_time(id.clone());
        Ok(Previewed { id, size_bytes, rules: rules.used, preview })
    }

    /// Attaches a bundle that was looked at.
    ///
    /// # Errors
    /// As `attach_bundle`; `not_found` when it was forgotten.
    pub async fn attach_previewed(
        &self,
        request: &Request,
        number: CaseNumber,
        id: &str,
    ) -> Result<BundleId, AppError> {
        policy::authorise(&request.actor, Action::AttachBundle)?;
        let held = self.inner.previews.take(id, request.actor.user, number);
        let held = held.ok_or_else(forgotten)?;
        self.attach_bundle(request, number, &held.name, held.uploaded).await
    }

    /// Forgets a bundle that was looked at.
    ///
    /// # Errors
    /// `not_found` when it was forgotten already.
    pub fn forget_preview(
        &self,
        actor: &Actor,
        number: CaseNumber,
        id: &str,
    ) -> Result<(), AppError> {
        let held = self.inner.previews.take(id, actor.user, number);
        held.map(drop).ok_or_else(forgotten)
    }

    fn forget_in_time(&self, id: String) {
        let app = self.clone();
        self.inner.tasks.spawn(async move {
            tokio::select! {
                () = app.inner.stop.cancelled() => {}
                () = tokio::time::sleep(HELD) => {}
            }
            app.inner.previews.lock().remove(&id);
        });
    }

    /// The key of the case: what is previewed has the pseudonyms that it would have.
    async fn case_key(
        &self,
        request: &Request,
        case: mainstay_core::CaseId,
    ) -> Result<[u8; 32], AppError> {
        let mut write = self.store().begin(&self.meta(request)).await?;
        let key = write.case_key(case, random_bytes()?).await?;
        write.commit().await?;
        Ok(key)
    }
}

fn forgotten() -> AppError {
    AppError::not_found("this preview was attached, cancelled or forgotten; send the bundle again")
}
