//! Bundles: receive, read, store, and say so in the log. The watchdog job enqueued with the
//! arrival marks a bundle whose reader did not come back, so that none stays "reading" for ever.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;

use mainstay_core::bundle::{self, Command, Failed, FailureReason, Read, Received, Redacted};
use mainstay_core::event::{Event, Stream};
use mainstay_core::{
    Action, Actor, BundleId, CaseNumber, Code, Context, Refusal, UtcMicros, case, policy,
};
use mainstay_evidence::ingest::{self, IngestError, Options, Stored};
use mainstay_evidence::limits::Limits;
use mainstay_evidence::open::Input;
use mainstay_evidence::redact::Collected;
use mainstay_store::{NewJob, Origin, Write};

use crate::case::{load, no_such_case};
use crate::reading::{self, Watch};
use crate::redaction::RulesInForce;
use crate::repeat::{check_version, first_result, remember};
use crate::request::{Request, fingerprint};
use crate::secret::random_bytes;
use crate::upload::Uploaded;
use crate::{App, AppError};

pub use crate::reading::Step;
pub use mainstay_evidence::open::Phase;
pub use mainstay_store::{Bundle, BundleState};

/// The kind of the watchdog's jobs.
pub(crate) const WATCHDOG: &str = "bundle.watchdog";
/// A reader that gives no sign of life for this long is gone.
const WATCHDOG_US: i64 = 60 * 1_000_000;
/// How often a reader gives one.
const HEARTBEAT: std::time::Duration = std::time::Duration::from_secs(20);

impl App {
    /// Attaches an uploaded bundle to a case and starts reading it. The answer comes before the
    /// reading ends; progress and result come as live events.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `conflict` for a resolved case or when the team's redaction rules
    /// cannot be used, `busy` when too many wait.
    pub async fn attach_bundle(
        &self,
        request: &Request,
        number: CaseNumber,
        name: &str,
        uploaded: Uploaded,
    ) -> Result<BundleId, AppError> {
        policy::authorise(&request.actor, Action::AttachBundle)?;
        if self.inner.reading.count() >= reading::WAITING_MAX {
            let detail = "too many bundles are waiting to be read; try again in a minute";
            return Err(Refusal::new(Code::Busy, detail).into());
        }
        let found = self.store().case_by_number(number).await?;
        let case = found.ok_or_else(|| no_such_case(number))?;
        let rules = self.rules_in_force(&case.summary.product).await?;
        let name = bundle_name(name);
        let asked =
            fingerprint("bundle.attach", &[&number.to_string(), &name, &uploaded.content_hash]);
        let received = Arrival { name, number, asked, uploaded };
        let (bundle, started) = self.receive(request, received).await?;
        if let Some((input, key)) = started {
            let watch = self.inner.reading.start(bundle, number);
            let reader = Reader { app: self.clone(), bundle, actor: request.actor, watch, rules };
            self.inner.tasks.spawn(reader.run(input, key));
        }
        Ok(bundle)
    }

    /// One transaction: the bundle is received, the case knows it, the watchdog is set.
    async fn receive(
        &self,
        request: &Request,
        arrival: Arrival,
    ) -> Result<(BundleId, Option<(Input, [u8; 32])>), AppError> {
        let meta = self.meta(request);
        let bundle = BundleId::from_uuid(self.inner.clock.new_id());
        let mut write = self.store().begin(&meta).await?;
        if let Some(first) = first_result(&mut write, request, &arrival.asked).await? {
            return Ok((first, None));
        }
        write.lock(&[Stream::Bundle(bundle)]).await?;
        let (case_id, case) = load(&mut write, arrival.number).await?;
        check_version(request, arrival.number, case.version)?;
        let context = request.context(meta.at);
        let attach = case::Command::AttachBundle { bundle, name: arrival.name.clone() };
        let attached = case::decide(&case.state, attach, &context)?;
        let received = Received {
            bundle,
            case: case_id,
            name: arrival.name.clone(),
            size_bytes: arrival.uploaded.size_bytes,
            content_hash: arrival.uploaded.content_hash.clone(),
        };
        let received = bundle::decide(&None, Command::Receive(received), &context)?;
        append(&mut write, Stream::Bundle(bundle), 0, received, Event::Bundle).await?;
        append(&mut write, Stream::Case(case_id), case.version, attached, Event::Case).await?;
        let key = write.case_key(case_id, random_bytes()?).await?;
        write.enqueue(&watchdog(bundle, meta.at)).await?;
        remember(&mut write, request, &arrival.asked, &bundle.to_string()).await?;
        write.commit().await?;
        Ok((bundle, Some((arrival.uploaded.input(arrival.name), key))))
    }

    /// One bundle.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn bundle(&self, actor: &Actor, id: BundleId) -> Result<Bundle, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let found = self.store().bundle(id).await?;
        found.ok_or_else(|| AppError::not_found("no such bundle"))
    }

    /// The bundles of a case, in the order they came.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn bundles(
        &self,
        actor: &Actor,
        number: CaseNumber,
    ) -> Result<Vec<Bundle>, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let case = self.case_id(number).await?;
        Ok(self.store().bundles_of_case(case).await?)
    }

    /// How far reading has come, if it happens on this node.
    #[must_use]
    pub fn step(&self, bundle: BundleId) -> Option<Step> {
        self.inner.reading.step(bundle)
    }

    /// Waits until the bundle is not being read any more.
    ///
    /// # Errors
    /// As `bundle`.
    pub async fn wait_for_bundle(&self, actor: &Actor, id: BundleId) -> Result<Bundle, AppError> {
        let mut changes = self.store().subscribe();
        loop {
            changes.mark_unchanged();
            let bundle = self.bundle(actor, id).await?;
            if bundle.state != BundleState::Reading {
                return Ok(bundle);
            }
            changes.changed().await.map_err(|_| AppError::internal("the store was closed"))?;
        }
    }

    /// Marks a bundle whose reader did not come back; what the watchdog does.
    pub(crate) async fn mark_interrupted(&self, bundle: BundleId) -> Result<(), AppError> {
        if self.inner.reading.step(bundle).is_some() {
            return Ok(());
        }
        let found = self.store().bundle(bundle).await?;
        let found = found.ok_or_else(|| AppError::not_found("no such bundle"))?;
        if found.state != BundleState::Reading {
            return Ok(());
        }
        let actor = Actor { user: found.received_by.id, role: found.received_by.role };
        let failed = Command::Fail(Failed { reason: FailureReason::Interrupted });
        self.end_reading(actor, bundle, [failed]).await
    }

    async fn end_reading(
        &self,
        actor: Actor,
        bundle: BundleId,
        commands: impl IntoIterator<Item = Command>,
    ) -> Result<(), AppError> {
        let meta = self.meta(&Request::new(actor, Origin::Automation));
        let mut write = self.store().begin(&meta).await?;
        let loaded = write.load_bundle(bundle).await?;
        let context = Context { actor, at: meta.at };
        let mut events = Vec::new();
        let mut state = loaded.state;
        for command in commands {
            let next = bundle::decide(&state, command, &context)?;
            state = next.iter().fold(state, bundle::evolve);
            events.extend(next);
        }
        append(&mut write, Stream::Bundle(bundle), loaded.version, events, Event::Bundle).await?;
        write.drop_job(&watchdog_key(bundle)).await?;
        write.commit().await?;
        Ok(())
    }

    async fn heartbeat(&self, bundle: BundleId) -> Infallible {
        loop {
            tokio::time::sleep(HEARTBEAT).await;
            let due = UtcMicros(self.inner.clock.now().0 + WATCHDOG_US);
            if let Err(error) = self.store().postpone_job(&watchdog_key(bundle), due).await {
                tracing::warn!(%error, bundle.id = %bundle, "the reader could not give a sign of life");
            }
        }
    }
}

/// A bundle that has come, and the request it came with.
struct Arrival {
    name: String,
    number: CaseNumber,
    asked: [u8; 32],
    uploaded: Uploaded,
}

/// Reads one bundle in the background, from the queue to the log.
struct Reader {
    app: App,
    bundle: BundleId,
    actor: Actor,
    watch: Arc<Watch>,
    rules: RulesInForce,
}

impl Reader {
    async fn run(self, input: Input, key: [u8; 32]) {
        let bundle = self.bundle;
        let result = tokio::select! {
            result = self.read_and_store(input, key) => result,
            never = self.app.heartbeat(bundle) => match never {},
        };
        if let Err(error) = &result {
            tracing::error!(%error, bundle.id = %bundle, "a bundle was read but its end could not be written");
        }
        self.app.inner.reading.end(bundle);
    }

    async fn read_and_store(&self, input: Input, key: [u8; 32]) -> Result<(), AppError> {
        let place = self.app.inner.reading.places.acquire().await;
        let out = self.app.inner.staging.join(self.bundle.to_string());
        let stored = self.read(input, key, out.clone()).await;
        drop(place);
        let fail = |reason| vec![Command::Fail(Failed { reason })];
        let commands = match stored {
            Ok((stored, collected)) => {
                match self.app.inner.blobs.put_folder(&stored.address, &out).await {
                    Ok(()) => self.finish(&stored, collected).await,
                    Err(error) => {
                        tracing::error!(%error, bundle.id = %self.bundle, "evidence could not be stored");
                        fail(FailureReason::NotStored)
                    }
                }
            }
            Err(reason) => fail(reason),
        };
        self.app.end_reading(self.actor, self.bundle, commands).await
    }

    /// How it was redacted, with the way back where the desk keeps one, and what was found.
    async fn finish(&self, stored: &Stored, collected: Option<Collected>) -> Vec<Command> {
        let identities = match collected {
            Some(collected) => self.app.keep_identities(self.bundle, collected.take()).await,
            None => None,
        };
        let (rules, kinds) = (self.rules.used.clone(), stored.hidden.clone());
        let redacted = Redacted { rules, kinds, identities };
        let mut commands = vec![Command::NoteRedaction(redacted), Command::Finish(numbers(stored))];
        let recognised =
            self.app.recognise_on_arrival(&self.actor, self.bundle, &stored.address).await;
        commands.extend(recognised.map(Command::Recognise));
        commands
    }

    /// A panic in a parser is our bug; the bundle fails, the desk does not.
    async fn read(
        &self,
        input: Input,
        key: [u8; 32],
        out: PathBuf,
    ) -> Result<(Stored, Option<Collected>), FailureReason> {
        let collected = self.app.inner.reveal_key.as_ref().map(|_| Collected::default());
        let options = Options {
            limits: Limits::default(),
            now: self.app.inner.clock.now(),
            pseudonym_key: Some(key),
            rules: self.rules.policy.clone(),
            identities: collected.clone(),
            correct_clocks: true,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
        };
        let watch = self.watch.clone();
        let work = move || ingest::ingest(vec![input], &options, &out, &*watch);
        match tokio::task::spawn_blocking(work).await {
            Ok(Ok(stored)) => Ok((stored, collected)),
            Ok(Err(IngestError::Unreadable(_))) => Err(FailureReason::Unreadable),
            Ok(Err(IngestError::Cancelled)) => Err(FailureReason::Interrupted),
            Ok(Err(error)) => {
                tracing::error!(%error, bundle.id = %self.bundle, "a bundle could not be stored");
                Err(FailureReason::NotStored)
            }
            Err(_) => {
                tracing::error!(bundle.id = %self.bundle, "reading a bundle panicked; please report it");
                Err(FailureReason::Unreadable)
            }
        }
    }
}

fn numbers(stored: &Stored) -> Read {
    let totals = &stored.manifest.totals;
    Read {
        address: stored.address.clone(),
        files: totals.files,
        lines: totals.lines,
        records: totals.records,
        templates: totals.templates,
        errors: totals.errors,
        problems: totals.problems,
        redactions: totals.redactions,
        first: totals.first,
        last: totals.last,
    }
}

pub(crate) async fn append<E>(
    write: &mut Write,
    stream: Stream,
    version: u64,
    events: Vec<E>,
    wrap: fn(E) -> Event,
) -> Result<(), AppError> {
    let events: Vec<Event> = events.into_iter().map(wrap).collect();
    write.append(stream, version, &events).await?;
    Ok(())
}

fn watchdog_key(bundle: BundleId) -> String {
    format!("{WATCHDOG}/{bundle}")
}

fn watchdog(bundle: BundleId, now: UtcMicros) -> NewJob {
    NewJob {
        kind: WATCHDOG,
        key: watchdog_key(bundle),
        payload: format!("\"{bundle}\""),
        run_at: UtcMicros(now.0 + WATCHDOG_US),
    }
}

/// The last part of whatever path the sender used, without what a terminal or a page would obey.
fn bundle_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|character| !character.is_control())
        .take(bundle::NAME_CHARACTERS_MAX)
        .collect();
    if clean.trim().is_empty() { "bundle".to_owned() } else { clean }
}
