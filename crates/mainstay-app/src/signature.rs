//! Signatures: what a resolved case leaves behind, from its draft to its retirement. How a bundle is
//! set beside them is `recognition.rs`.

use mainstay_core::case::Judgement;
use mainstay_core::event::{Event, Stream};
use mainstay_core::signature::{self, Command, Document, Drafted, Origin, Stage};
use mainstay_core::{
    Action, Actor, BundleId, CaseNumber, HypothesisNumber, Refusal, SignatureId, SignatureNumber,
    policy,
};
use mainstay_evidence::signature::Beside;
use mainstay_store::BundleState;

use crate::case::Written;
use crate::line::blocking;
use crate::repeat::{check_version, first_result, remember};
use crate::request::{Request, fingerprint};
use crate::{App, AppError};

pub use mainstay_core::signature::{Feature, Mistakes, parse};
pub use mainstay_store::{Signature, SignatureMatch, SignaturePage, SignatureVersion};

/// A page of signatures: more is a search.
pub const PAGE_MAX: u32 = 200;
/// Versions and matches shown beside a signature.
const BESIDE_MAX: u32 = 200;

/// What a case could leave behind, before anybody said so.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The bundle it was drawn from; `None` with the reason why there is no text.
    pub bundle: Option<BundleId>,
    pub hypothesis: Option<HypothesisNumber>,
    pub text: String,
    pub features: usize,
    /// Why there is nothing to propose.
    pub none: Option<&'static str>,
}

/// A signature with its history and what it was matched with.
#[derive(Debug, Clone)]
pub struct SignatureDetail {
    pub signature: Signature,
    pub versions: Vec<SignatureVersion>,
    pub matches: Vec<SignatureMatch>,
}

impl App {
    /// Signatures whose name holds the text, newest first.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn signatures(
        &self,
        actor: &Actor,
        stage: Option<Stage>,
        text: &str,
        below: Option<u32>,
        limit: u32,
    ) -> Result<SignaturePage, AppError> {
        policy::authorise(actor, Action::ReadEvidence)?;
        Ok(self.store().signatures(stage, text, below, limit.clamp(1, PAGE_MAX)).await?)
    }

    /// One signature, with what was done to it and the bundles that look like it.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn signature(
        &self,
        actor: &Actor,
        number: SignatureNumber,
    ) -> Result<SignatureDetail, AppError> {
        policy::authorise(actor, Action::ReadEvidence)?;
        let found = self.store().signature(number).await?;
        let signature = found.ok_or_else(|| no_such_signature(number))?;
        let versions = self.store().signature_versions(signature.id, BESIDE_MAX).await?;
        let matches = self.store().matches_of_signature(signature.id, BESIDE_MAX).await?;
        Ok(SignatureDetail { signature, versions, matches })
    }

    /// The signatures that a case left.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn signatures_of_case(
        &self,
        actor: &Actor,
        number: CaseNumber,
    ) -> Result<Vec<Signature>, AppError> {
        policy::authorise(actor, Action::ReadEvidence)?;
        let case = self.case_id(number).await?;
        Ok(self.store().signatures_of_case(case).await?)
    }

    /// What the case could leave behind: drawn from the bundle of the hypothesis that was confirmed,
    /// or else from the newest that is no good bundle.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, and what reading the evidence answers.
    pub async fn propose_signature(
        &self,
        actor: &Actor,
        number: CaseNumber,
    ) -> Result<Proposal, AppError> {
        policy::authorise(actor, Action::DraftSignature)?;
        let case = self.case(actor, number).await?;
        let bundles = self.bundles(actor, number).await?;
        let all = self.hypotheses_of_case(actor, number).await?;
        let confirmed = all.into_iter().rev().find(|it| it.judgement == Some(Judgement::Confirmed));
        let is_good = |id: BundleId| bundles.iter().any(|bundle| bundle.reference == Some(id));
        let newest = bundles
            .iter()
            .rev()
            .find(|bundle| bundle.state == BundleState::Ready && !is_good(bundle.id));
        let of_hypothesis = confirmed.as_ref().map(|it| (it.bundle, it.reference));
        let Some((bundle, reference)) =
            of_hypothesis.or_else(|| newest.map(|bundle| (bundle.id, bundle.reference)))
        else {
            return Ok(Proposal::none("the case has no bundle that was read"));
        };
        let ranking = self.ranking(actor, bundle, reference).await?;
        let open = self.open_bundle(actor, bundle).await?;
        let good = match reference {
            Some(reference) => Some(self.open_bundle(actor, reference).await?),
            None => None,
        };
        let component = confirmed.as_ref().map(|it| it.component.clone());
        let history = self.history(actor).await?;
        let subject = case.summary.subject;
        let document = blocking(move || {
            let suspects = &ranking.diagnosis.hypotheses;
            let suspect = component.and_then(|own| suspects.iter().find(|it| it.component == own));
            let beside = Beside {
                suspect: suspect.or(suspects.first()),
                reference: good.as_deref(),
                history: Some(&history),
                diagnosis: Some(&ranking.diagnosis),
            };
            mainstay_evidence::signature::draft(&open, &subject, &beside)
        })
        .await?;
        let text = document.to_string();
        if signature::parse(&text).is_err() {
            let none = "the bundle has no error message, code or pattern to know the trouble by";
            return Ok(Proposal { bundle: Some(bundle), ..Proposal::none(none) });
        }
        Ok(Proposal {
            bundle: Some(bundle),
            hypothesis: confirmed.map(|it| it.number),
            features: document.features.len(),
            text,
            none: None,
        })
    }

    /// Drafts a signature: of a case, or one that comes from elsewhere.
    ///
    /// # Errors
    /// `forbidden`, `not_found` for the case or a bundle that is not its own, `invalid` names the
    /// lines of the text that are not understood.
    pub async fn draft_signature(
        &self,
        request: &Request,
        text: String,
        case: Option<CaseNumber>,
        bundle: Option<BundleId>,
    ) -> Result<Signature, AppError> {
        policy::authorise(&request.actor, Action::DraftSignature)?;
        let origin = match case {
            Some(number) => Some(self.origin(&request.actor, number, bundle).await?),
            None => None,
        };
        let named = |it: Option<String>| it.unwrap_or_default();
        let arguments = [
            named(case.map(|it| it.to_string())),
            named(bundle.map(|it| it.to_string())),
            text.clone(),
        ];
        let asked = fingerprint("signature.draft", &arguments.each_ref().map(String::as_str));
        let id = SignatureId::from_uuid(self.inner.clock.new_id());
        let meta = self.meta(request);
        let mut write = self.store().begin(&meta).await?;
        if let Some(first) = first_result(&mut write, request, &asked).await? {
            drop(write);
            return self.signature_now(first).await;
        }
        // refused before it takes a number
        signature::parse(&text).map_err(|mistakes| Refusal::invalid(mistakes.to_string()))?;
        let number = SignatureNumber(write.next_number("signature").await?);
        let drafted = Drafted { signature: id, number, text, origin };
        let context = request.context(meta.at);
        let events = signature::decide(&None, Command::Draft(drafted), &context)?;
        let events: Vec<Event> = events.into_iter().map(Event::Signature).collect();
        write.append(Stream::Signature(id), 0, &events).await?;
        remember(&mut write, request, &asked, &number.to_string()).await?;
        write.commit().await?;
        self.signature_now(number).await
    }

    /// Says that a case leaves no signature, and why.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid` without a reason, `conflict` before it is resolved.
    pub async fn decline_signature(
        &self,
        request: &Request,
        number: CaseNumber,
        reason: String,
    ) -> Result<Written, AppError> {
        policy::authorise(&request.actor, Action::DraftSignature)?;
        self.check_foreign_citations(number, &reason).await?;
        let asked = fingerprint("signature.decline", &[&number.to_string(), &reason]);
        let command = mainstay_core::case::Command::DeclineSignature { reason };
        self.command_case(request, number, asked, command).await
    }

    /// Changes the text; `expected_version` of the request is the version the caller saw. Who may
    /// draft may edit a draft; what is matched is for those who may activate it.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid`, `stale`.
    pub async fn edit_signature(
        &self,
        request: &Request,
        number: SignatureNumber,
        text: String,
    ) -> Result<Signature, AppError> {
        policy::authorise(&request.actor, Action::DraftSignature)?;
        self.command_signature(request, number, Command::Edit { text }).await
    }

    /// From now on bundles are matched with it.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid`, `stale`.
    pub async fn activate_signature(
        &self,
        request: &Request,
        number: SignatureNumber,
        reason: String,
    ) -> Result<Signature, AppError> {
        policy::authorise(&request.actor, Action::ManageSignatures)?;
        self.command_signature(request, number, Command::Activate { reason }).await
    }

    /// Bundles are matched with it no more.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid` without a reason, `stale`.
    pub async fn retire_signature(
        &self,
        request: &Request,
        number: SignatureNumber,
        reason: String,
    ) -> Result<Signature, AppError> {
        policy::authorise(&request.actor, Action::ManageSignatures)?;
        self.command_signature(request, number, Command::Retire { reason }).await
    }

    async fn command_signature(
        &self,
        request: &Request,
        number: SignatureNumber,
        command: Command,
    ) -> Result<Signature, AppError> {
        let asked = fingerprint("signature", &[&number.to_string(), &format!("{command:?}")]);
        let meta = self.meta(request);
        let mut write = self.store().begin(&meta).await?;
        if first_result::<String>(&mut write, request, &asked).await?.is_some() {
            drop(write);
            return self.signature_now(number).await;
        }
        let id = write.signature_id(number).await?.ok_or_else(|| no_such_signature(number))?;
        let loaded = write.load_signature(id).await?;
        check_version(request, number, loaded.version)?;
        let stage = loaded.state.as_ref().map(|signature| signature.stage);
        if stage != Some(Stage::Draft) {
            policy::authorise(&request.actor, Action::ManageSignatures)?;
        }
        let events = signature::decide(&loaded.state, command, &request.context(meta.at))?;
        let events: Vec<Event> = events.into_iter().map(Event::Signature).collect();
        write.append(Stream::Signature(id), loaded.version, &events).await?;
        remember(&mut write, request, &asked, "true").await?;
        write.commit().await?;
        self.signature_now(number).await
    }

    async fn signature_now(&self, number: SignatureNumber) -> Result<Signature, AppError> {
        let found = self.store().signature(number).await?;
        found.ok_or_else(|| no_such_signature(number))
    }

    async fn origin(
        &self,
        actor: &Actor,
        number: CaseNumber,
        bundle: Option<BundleId>,
    ) -> Result<Origin, AppError> {
        let case = self.case_id(number).await?;
        let all = self.hypotheses_of_case(actor, number).await?;
        let confirmed = all
            .iter()
            .rev()
            .filter(|it| bundle.is_none_or(|bundle| bundle == it.bundle))
            .find(|it| it.judgement == Some(Judgement::Confirmed));
        if let Some(bundle) = bundle
            && self.bundle(actor, bundle).await?.case != case
        {
            return Err(AppError::not_found(format!("the bundle is not attached to {number}")));
        }
        Ok(Origin { case, number, bundle, hypothesis: confirmed.map(|it| it.number) })
    }
}

impl Proposal {
    fn none(why: &'static str) -> Self {
        let (text, features) = (String::new(), 0);
        Self { bundle: None, hypothesis: None, text, features, none: Some(why) }
    }
}

/// What a stored text says; nothing for one that a newer version wrote.
#[must_use]
pub fn document_of(text: &str) -> Document {
    signature::parse(text).unwrap_or_default()
}

pub(crate) fn no_such_signature(number: SignatureNumber) -> AppError {
    AppError::not_found(format!("no signature {number}"))
}
