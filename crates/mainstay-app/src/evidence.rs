//! Pinned evidence: a line of a bundle gets a number, and the number stays readable for ever.

use mainstay_core::case::{Command, EXCERPT_CHARACTERS_MAX, Place, Seen};
use mainstay_core::{Action, Actor, BundleId, CaseNumber, EvidenceNumber, policy};
use mainstay_evidence::view::LineFull;

use crate::request::{Request, fingerprint};
use crate::{App, AppError};

pub use mainstay_store::Evidence;

impl App {
    /// Pins the record that begins at a line. The same line twice gives the same evidence.
    ///
    /// # Errors
    /// `forbidden`, `not_found` for the case, the bundle or the line, `conflict`.
    pub async fn pin_evidence(
        &self,
        request: &Request,
        number: CaseNumber,
        place: Place,
    ) -> Result<Evidence, AppError> {
        policy::authorise(&request.actor, Action::PinEvidence)?;
        let line = self.line_at(&request.actor, place.bundle, place.file, place.line).await?;
        let seen = self.seen(&request.actor, place.bundle, &line).await?;
        let arguments = [
            number.to_string(),
            place.bundle.to_string(),
            place.file.to_string(),
            place.line.to_string(),
        ];
        let asked = fingerprint("evidence.pin", &arguments.each_ref().map(String::as_str));
        let command = Command::PinEvidence { place, seen };
        self.command_case(request, number, asked, command).await?;
        let found = self.store().evidence_at(place.bundle, place.file, place.line).await?;
        found.ok_or_else(|| AppError::not_found("the line was pinned and taken off again"))
    }

    /// Takes a pin off. The number stays taken, and citations of it stay readable.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn unpin_evidence(
        &self,
        request: &Request,
        number: CaseNumber,
        evidence: EvidenceNumber,
    ) -> Result<(), AppError> {
        policy::authorise(&request.actor, Action::PinEvidence)?;
        let asked = fingerprint("evidence.unpin", &[&number.to_string(), &evidence.to_string()]);
        let command = Command::UnpinEvidence { evidence };
        self.command_case(request, number, asked, command).await?;
        Ok(())
    }

    /// Where the message begins in each excerpt, in UTF-16 units; 0 where the bundle cannot be asked.
    pub async fn body_starts(&self, actor: &Actor, items: &[Evidence]) -> Vec<u32> {
        let mut starts = Vec::with_capacity(items.len());
        for item in items {
            let line = self.line_at(actor, item.bundle, item.file, item.line).await;
            let start = line.map_or(0, |line| line.line.body_start);
            let length = item.excerpt.encode_utf16().count();
            starts.push(if (start as usize) < length { start } else { 0 });
        }
        starts
    }

    /// What is pinned to a case, by number.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn evidence_of_case(
        &self,
        actor: &Actor,
        number: CaseNumber,
    ) -> Result<Vec<Evidence>, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let case = self.case_id(number).await?;
        Ok(self.store().evidence_of_case(case).await?)
    }

    /// What a citation leads to, pinned or not.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn evidence(
        &self,
        actor: &Actor,
        number: CaseNumber,
        evidence: EvidenceNumber,
    ) -> Result<Evidence, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let case = self.case_id(number).await?;
        let found = self.store().evidence(case, evidence).await?;
        found.ok_or_else(|| AppError::not_found(format!("no evidence {evidence} in {number}")))
    }

    /// The evidence that is pinned at a line of a bundle.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn evidence_at(
        &self,
        actor: &Actor,
        bundle: BundleId,
        file: u32,
        line: u64,
    ) -> Result<Option<Evidence>, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        Ok(self.store().evidence_at(bundle, file, line).await?)
    }

    async fn seen(
        &self,
        actor: &Actor,
        bundle: BundleId,
        line: &LineFull,
    ) -> Result<Seen, AppError> {
        let open = self.open_bundle(actor, bundle).await?;
        let source = open.sources().iter().find(|source| source.id == line.line.source);
        Ok(Seen {
            source: source.map_or_else(|| line.path.clone(), |source| source.name.clone()),
            at: line.line.time,
            level: line.line.level,
            excerpt: excerpt(&line.line.text, &line.more_full),
        })
    }
}

/// The first line and as much of what follows as a citation shows.
fn excerpt(first: &str, more: &str) -> String {
    let whole = if more.is_empty() { first.to_owned() } else { format!("{first}\n{more}") };
    whole.chars().take(EXCERPT_CHARACTERS_MAX).collect()
}
