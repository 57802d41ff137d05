//! Bundles that look like a known trouble: each bundle that was read is set beside the active
//! signatures, and again when somebody asks. The active ones are kept indexed in memory; what the desk
//! has seen is kept as one small file of hashes a bundle, below `fingerprints`, which can be lost and
//! worked out again.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::sync::Arc;

use mainstay_core::bundle::{
    Answer, Command, MATCHES_MAX, MatchAnswered, Recognised, Shared, SignatureMatch,
};
use mainstay_core::event::{Event, Stream};
use mainstay_core::{Action, Actor, BundleId, CaseId, SignatureNumber, bundle, policy};
use mainstay_evidence::signature::{Fingerprint, History, Library, Observed};
use mainstay_evidence::view::Bundle as OpenBundle;
use mainstay_store::{ActiveSignature, ActiveStamp, ReadBundle};

use crate::line::blocking;
use crate::ranking::keep;
use crate::repeat::{first_result, remember};
use crate::request::{Request, fingerprint};
use crate::signature::{document_of, no_such_signature};
use crate::{App, AppError, signature};

/// Active signatures that are matched; the newest beyond them are not, and that is logged.
const ACTIVE_MAX: u32 = 20_000;
/// Bundles whose features are counted, newest first: older ones tell of versions nobody runs.
const BUNDLES_MAX: u32 = 10_000;
/// Below the data folder. The name rises when what is kept changes.
const FOLDER: &str = "fingerprints-1";

/// What matching needs, loaded when it is first asked and kept up to date.
#[derive(Default)]
pub(crate) struct Recognition {
    known: tokio::sync::Mutex<Known>,
}

#[derive(Default)]
struct Known {
    stamp: Option<ActiveStamp>,
    active: Arc<Active>,
    counted: HashSet<BundleId>,
    history: Arc<History>,
}

/// The active signatures, in the order of the library.
struct Active {
    signatures: Arc<Vec<ActiveSignature>>,
    library: Library,
}

impl Default for Active {
    fn default() -> Self {
        Self { signatures: Arc::default(), library: Library::new(Vec::new(), &History::default()) }
    }
}

impl App {
    /// The signatures that a bundle looks like, best first.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn matches(
        &self,
        actor: &Actor,
        id: BundleId,
    ) -> Result<Vec<signature::SignatureMatch>, AppError> {
        policy::authorise(actor, Action::ReadEvidence)?;
        self.bundle(actor, id).await?;
        Ok(self.store().matches_of_bundle(id).await?)
    }

    /// Sets a bundle beside the active signatures again: some were activated or edited meanwhile, or
    /// a good bundle was chosen.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `conflict` while it is being read.
    pub async fn match_again(
        &self,
        request: &Request,
        id: BundleId,
    ) -> Result<Vec<signature::SignatureMatch>, AppError> {
        policy::authorise(&request.actor, Action::AttachBundle)?;
        let row = self.bundle(&request.actor, id).await?;
        let reference = row.reference;
        let open = self.open_bundle(&request.actor, id).await?;
        let diagnosis = match reference {
            Some(_) => Some(self.ranking(&request.actor, id, reference).await?.diagnosis),
            None => None,
        };
        let beside = open.clone();
        let observed = blocking(move || match &diagnosis {
            Some(diagnosis) => Observed::beside(&beside, diagnosis),
            None => Observed::of(&beside),
        })
        .await?;
        let recognised = self.recognise(&request.actor, row.case, open, observed).await?;
        let asked = fingerprint("bundle.recognise", &[&id.to_string()]);
        self.command_bundle(request, id, &asked, Command::Recognise(recognised)).await?;
        self.matches(&request.actor, id).await
    }

    /// Says whether a match is right.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid` without a reason for one that is not.
    pub async fn answer_match(
        &self,
        request: &Request,
        id: BundleId,
        number: SignatureNumber,
        answer: Answer,
        reason: String,
    ) -> Result<Vec<signature::SignatureMatch>, AppError> {
        policy::authorise(&request.actor, Action::JudgeHypothesis)?;
        let case = self.bundle(&request.actor, id).await?.case_number;
        self.check_foreign_citations(case, &reason).await?;
        let found = self.store().signature(number).await?;
        let signature = found.ok_or_else(|| no_such_signature(number))?.id;
        let arguments = [&id.to_string(), &number.to_string(), answer.as_str(), &reason];
        let asked = fingerprint("bundle.answer", &arguments);
        let command = Command::AnswerMatch(MatchAnswered { signature, number, answer, reason });
        self.command_bundle(request, id, &asked, command).await?;
        self.matches(&request.actor, id).await
    }

    async fn command_bundle(
        &self,
        request: &Request,
        id: BundleId,
        asked: &[u8; 32],
        command: Command,
    ) -> Result<(), AppError> {
        let meta = self.meta(request);
        let mut write = self.store().begin(&meta).await?;
        if first_result::<String>(&mut write, request, asked).await?.is_some() {
            return Ok(());
        }
        let loaded = write.load_bundle(id).await?;
        let events = bundle::decide(&loaded.state, command, &request.context(meta.at))?;
        let events: Vec<Event> = events.into_iter().map(Event::Bundle).collect();
        write.append(Stream::Bundle(id), loaded.version, &events).await?;
        remember(&mut write, request, asked, "true").await?;
        write.commit().await?;
        Ok(())
    }

    /// A bundle that was just read and lies in the blob store under its address. It never fails a
    /// reading: who was not recognised can be matched again.
    pub(crate) async fn recognise_on_arrival(
        &self,
        actor: &Actor,
        id: BundleId,
        address: &str,
    ) -> Option<Recognised> {
        match self.try_on_arrival(actor, id, address).await {
            Ok(recognised) => Some(recognised),
            Err(error) => {
                tracing::warn!(%error, bundle.id = %id, "a bundle was not set beside the signatures");
                None
            }
        }
    }

    async fn try_on_arrival(
        &self,
        actor: &Actor,
        id: BundleId,
        address: &str,
    ) -> Result<Recognised, AppError> {
        let folder = self.inner.blobs.local_folder(address).await?;
        let open = blocking(move || OpenBundle::open(&folder)).await??;
        let open = self.inner.open_bundles.put(id, Arc::new(open));
        let bundle = open.clone();
        let observed = blocking(move || Observed::of(&bundle)).await?;
        let path = self.fingerprint_path(address);
        let hex = Fingerprint::of(&observed).to_hex();
        blocking(move || keep(&path, hex.as_bytes())).await?.map_err(AppError::Data)?;
        let case = self.bundle(actor, id).await?.case;
        self.recognise(actor, case, open, observed).await
    }

    /// The active signatures that fit, with their reasons.
    async fn recognise(
        &self,
        actor: &Actor,
        case: CaseId,
        open: Arc<OpenBundle>,
        observed: Observed,
    ) -> Result<Recognised, AppError> {
        let (active, history) = self.known(actor).await?;
        if active.signatures.is_empty() {
            return Ok(Recognised { asked: 0, matches: Vec::new() });
        }
        let asked = active.signatures.len() as u64;
        let looked = active.clone();
        let mut hits = blocking(move || looked.library.find(&observed)).await?;
        hits.truncate(MATCHES_MAX);
        let mut matches = Vec::with_capacity(hits.len());
        for hit in hits {
            let known = active.signatures[hit.signature].clone();
            let mut with_it: BTreeSet<String> =
                self.store().cases_with(known.id).await?.into_iter().collect();
            // what is being asked about is no witness
            with_it.insert(case.to_string());
            let (active, history, open) = (active.clone(), history.clone(), open.clone());
            let found = blocking(move || -> Result<SignatureMatch, AppError> {
                let places = hit.places(&open)?;
                let document = active.library.get(hit.signature);
                let shared = hit.shared.iter().map(|feature| Shared {
                    feature: feature.to_string(),
                    words: document.words(feature).to_owned(),
                    place: places.get(feature).map(|place| (place.file, place.line)),
                });
                Ok(SignatureMatch {
                    signature: known.id,
                    number: known.number,
                    version: known.signature_version,
                    name: known.name,
                    case: known.case_number,
                    score: (hit.share * 1000.0).round() as u32,
                    seen: active.library.seen(hit.signature, &history, &with_it),
                    shared: shared.collect(),
                    lacking: hit.lacking.iter().map(ToString::to_string).collect(),
                })
            });
            matches.push(found.await??);
        }
        Ok(Recognised { asked, matches })
    }

    /// What the desk has seen.
    pub(crate) async fn history(&self, actor: &Actor) -> Result<Arc<History>, AppError> {
        Ok(self.known(actor).await?.1)
    }

    /// Brings what is kept in memory up to date: a changed signature, a bundle that was read since.
    async fn known(&self, actor: &Actor) -> Result<(Arc<Active>, Arc<History>), AppError> {
        let mut known = self.inner.recognition.known.lock().await;
        let stamp = self.store().active_stamp().await?;
        let read = self.store().bundles_read(BUNDLES_MAX).await?;
        let new: Vec<ReadBundle> =
            read.into_iter().filter(|bundle| !known.counted.contains(&bundle.id)).collect();
        if stamp == known.stamp && new.is_empty() {
            return Ok((known.active.clone(), known.history.clone()));
        }
        let mut history = History::clone(&known.history);
        for bundle in new {
            if let Some(fingerprint) = self.fingerprint(actor, &bundle).await {
                history.add(&bundle.case_id.to_string(), &fingerprint);
            }
            // one that cannot be read is not asked again until the next start
            known.counted.insert(bundle.id);
        }
        let history = Arc::new(history);
        let beside = history.clone();
        if stamp == known.stamp {
            // the same signatures; only what is rare has changed
            let old = known.active.clone();
            let weighed = blocking(move || Active {
                library: old.library.weighed(&beside),
                signatures: old.signatures.clone(),
            });
            known.active = Arc::new(weighed.await?);
            known.history = history;
            return Ok((known.active.clone(), known.history.clone()));
        }
        let signatures = self.store().active_signatures(ACTIVE_MAX).await?;
        if signatures.len() as u32 == ACTIVE_MAX {
            tracing::warn!(
                max = ACTIVE_MAX,
                "there may be more active signatures than are matched"
            );
        }
        let active = blocking(move || {
            let documents = signatures.iter().map(|it| document_of(&it.text)).collect();
            Active { library: Library::new(documents, &beside), signatures: Arc::new(signatures) }
        });
        known.active = Arc::new(active.await?);
        known.stamp = stamp;
        known.history = history;
        Ok((known.active.clone(), known.history.clone()))
    }

    /// As it was kept, or worked out of the evidence and kept.
    async fn fingerprint(&self, actor: &Actor, bundle: &ReadBundle) -> Option<Fingerprint> {
        let path = self.fingerprint_path(&bundle.address);
        let kept = blocking({
            let path = path.clone();
            move || std::fs::read_to_string(path).ok().and_then(|it| Fingerprint::from_hex(&it))
        });
        if let Ok(Some(kept)) = kept.await {
            return Some(kept);
        }
        let open = match self.open_bundle(actor, bundle.id).await {
            Ok(open) => open,
            Err(error) => {
                tracing::warn!(%error, bundle.id = %bundle.id, "the features of a bundle are not counted");
                return None;
            }
        };
        let worked_out = blocking(move || {
            let fingerprint = Fingerprint::of(&Observed::of(&open));
            // it can be worked out again
            let _ = keep(&path, fingerprint.to_hex().as_bytes());
            fingerprint
        });
        worked_out.await.ok()
    }

    fn fingerprint_path(&self, address: &str) -> std::path::PathBuf {
        let name = Path::new(address).file_name().unwrap_or_default();
        self.inner.data.join(FOLDER).join(name).with_extension("hex")
    }
}
