//! Signatures: the list, one of them with its history, the active ones as they are matched, and what
//! became of the bundles that look like them.

use mainstay_core::bundle::{Answer, Shared};
use mainstay_core::signature::{Seen, Stage};
use mainstay_core::{
    BundleId, CaseId, CaseNumber, HypothesisNumber, SignatureId, SignatureNumber, UtcMicros,
    signature,
};
use serde::{Deserialize, Serialize};

use crate::account::{Person, person, person_columns, person_or_none};
use crate::customer::holds;
use crate::error::StoreError;
use crate::log::{Loaded, fold_signature};
use crate::row::{FromRow, Row, from_row};
use crate::statement::signature as statement;
use crate::store::Store;
use crate::value::values;
use crate::write::Write;

/// A signature as the desk shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub id: SignatureId,
    pub number: SignatureNumber,
    pub name: String,
    pub kind: String,
    pub stage: Stage,
    pub text: String,
    /// The case, the bundle and the hypothesis it was drafted from.
    pub case: Option<CaseNumber>,
    pub bundle: Option<BundleId>,
    pub hypothesis: Option<HypothesisNumber>,
    pub drafted_at: UtcMicros,
    pub drafted_by: Person,
    pub changed_at: UtcMicros,
    pub changed_by: Person,
    /// Answers that say that a match was right, of all that were given.
    pub confirmed: u64,
    pub answered: u64,
    /// Bundles it was ever matched with, and their cases.
    pub bundles: u64,
    pub cases: u64,
    pub last_seen: Option<UtcMicros>,
    /// The version of its stream: what an edit expects.
    pub version: u64,
}

/// A page of signatures, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignaturePage {
    pub signatures: Vec<Signature>,
    /// The number to go on below.
    pub next_cursor: Option<u32>,
    pub total: u64,
}

/// What was done to a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureVersion {
    pub version: u64,
    /// `drafted`, `edited`, `activated`, `retired`.
    pub kind: String,
    /// Where the text was changed.
    pub text: Option<String>,
    pub reason: String,
    pub at: UtcMicros,
    pub actor: Person,
}

/// A signature that is matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveSignature {
    pub id: SignatureId,
    pub number: SignatureNumber,
    pub name: String,
    pub text: String,
    pub case_number: Option<CaseNumber>,
    pub signature_version: u64,
}
from_row!(ActiveSignature { id, number, name, text, case_number, signature_version });

/// Tells whether the active signatures are still those that were loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActiveStamp {
    pub count: u64,
    pub versions: i64,
    pub changed_at_us: i64,
}
from_row!(ActiveStamp { count, versions, changed_at_us });

/// A bundle that looks like a signature, and what somebody said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureMatch {
    pub bundle: BundleId,
    pub bundle_name: String,
    pub case: CaseNumber,
    pub subject: String,
    pub signature: SignatureId,
    pub number: SignatureNumber,
    /// The signature as it is now.
    pub name: String,
    pub stage: Stage,
    pub text: String,
    pub origin_case: Option<CaseNumber>,
    /// From 1; 0 for one that fits no more.
    pub rank: u32,
    /// The version that was matched.
    pub version: u64,
    /// In thousandths.
    pub score: u32,
    pub seen: Seen,
    pub shared: Vec<Shared>,
    pub lacking: Vec<String>,
    pub matched_at: UtcMicros,
    pub answer: Option<Answer>,
    pub reason: Option<String>,
    pub answered_by: Option<Person>,
    pub answered_at: Option<UtcMicros>,
    /// Of all answers to the signature.
    pub confirmed: u64,
    pub answered: u64,
}

/// A bundle that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadBundle {
    pub id: BundleId,
    pub case_id: CaseId,
    pub address: String,
}
from_row!(ReadBundle { id, case_id, address });

/// The reasons of a match as their column holds them.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MatchBody {
    pub(crate) shared: Vec<Shared>,
    pub(crate) lacking: Vec<String>,
}

impl FromRow for Signature {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.get("id")?,
            number: row.get("number")?,
            name: row.get("name")?,
            kind: row.get("kind")?,
            stage: row.get("stage")?,
            text: row.get("text")?,
            case: row.get("case_number")?,
            bundle: row.get("bundle_id")?,
            hypothesis: row.get("hypothesis")?,
            drafted_at: row.get("drafted_at_us")?,
            drafted_by: person(row, person_columns!("drafted_by"))?,
            changed_at: row.get("changed_at_us")?,
            changed_by: person(row, person_columns!("changed_by"))?,
            confirmed: row.get("confirmed")?,
            answered: row.get("answered")?,
            bundles: row.get("bundles")?,
            cases: row.get("cases")?,
            last_seen: row.get("last_seen_us")?,
            version: row.get("signature_version")?,
        })
    }
}

impl FromRow for SignatureVersion {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            version: row.get("version")?,
            kind: row.get("kind")?,
            text: row.get("text")?,
            reason: row.get("reason")?,
            at: row.get("at_us")?,
            actor: person(row, person_columns!("actor"))?,
        })
    }
}

impl FromRow for SignatureMatch {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let body: String = row.get("body")?;
        let body: MatchBody =
            serde_json::from_str(&body).map_err(|_| StoreError::Column { column: "body" })?;
        Ok(Self {
            bundle: row.get("bundle_id")?,
            bundle_name: row.get("bundle_name")?,
            case: row.get("case_number")?,
            subject: row.get("subject")?,
            signature: row.get("signature_id")?,
            number: row.get("number")?,
            name: row.get("name")?,
            stage: row.get("stage")?,
            text: row.get("text")?,
            origin_case: row.get("origin_case")?,
            rank: row.get("rank")?,
            version: row.get("version")?,
            score: row.get("score")?,
            seen: Seen { fitting: row.get("fitting")?, cases: row.get("cases")? },
            shared: body.shared,
            lacking: body.lacking,
            matched_at: row.get("matched_at_us")?,
            answer: row.get("answer")?,
            reason: row.get("reason")?,
            answered_by: person_or_none(row, person_columns!("answered_by"))?,
            answered_at: row.get("answered_at_us")?,
            confirmed: row.get("confirmed")?,
            answered: row.get("answered")?,
        })
    }
}

impl Store {
    /// Signatures whose name holds this text, newest first, below the cursor.
    ///
    /// # Errors
    /// As every question.
    pub async fn signatures(
        &self,
        stage: Option<Stage>,
        text: &str,
        below: Option<u32>,
        limit: u32,
    ) -> Result<SignaturePage, StoreError> {
        let (stage, like) = (stage.map_or("", Stage::as_str), holds(text));
        let row = self.ask_row(statement::SIGNATURES_TOTAL, values![stage, like.as_str()]).await?;
        let total = row.map_or(Ok(0), |row| row.get("total"))?;
        let below = below.unwrap_or(u32::MAX);
        let asked = values![stage, like, below, limit.saturating_add(1)];
        let mut signatures: Vec<Signature> = self.ask(statement::SIGNATURES, asked).await?;
        let more = signatures.len() > limit as usize;
        signatures.truncate(limit as usize);
        let next_cursor = signatures.last().filter(|_| more).map(|last| last.number.0);
        Ok(SignaturePage { signatures, next_cursor, total })
    }

    /// One signature.
    ///
    /// # Errors
    /// As every question.
    pub async fn signature(
        &self,
        number: SignatureNumber,
    ) -> Result<Option<Signature>, StoreError> {
        self.ask_one(statement::SIGNATURE_BY_NUMBER, values![number]).await
    }

    /// The signatures that a case left.
    ///
    /// # Errors
    /// As every question.
    pub async fn signatures_of_case(&self, case: CaseId) -> Result<Vec<Signature>, StoreError> {
        self.ask(statement::SIGNATURES_OF_CASE, values![case]).await
    }

    /// What was done to a signature, newest first.
    ///
    /// # Errors
    /// As every question.
    pub async fn signature_versions(
        &self,
        id: SignatureId,
        limit: u32,
    ) -> Result<Vec<SignatureVersion>, StoreError> {
        self.ask(statement::VERSIONS, values![id, limit]).await
    }

    /// The active signatures, by number.
    ///
    /// # Errors
    /// As every question.
    pub async fn active_signatures(&self, limit: u32) -> Result<Vec<ActiveSignature>, StoreError> {
        self.ask(statement::ACTIVE, values![limit]).await
    }

    /// Moves with every change of what is matched.
    ///
    /// # Errors
    /// As every question.
    pub async fn active_stamp(&self) -> Result<Option<ActiveStamp>, StoreError> {
        self.ask_one(statement::ACTIVE_STAMP, vec![]).await
    }

    /// The bundles that look like a signature, newest first.
    ///
    /// # Errors
    /// As every question.
    pub async fn matches_of_signature(
        &self,
        id: SignatureId,
        limit: u32,
    ) -> Result<Vec<SignatureMatch>, StoreError> {
        self.ask(statement::MATCHES_OF_SIGNATURE, values![id, limit]).await
    }

    /// The signatures that a bundle looks like, best first.
    ///
    /// # Errors
    /// As every question.
    pub async fn matches_of_bundle(
        &self,
        bundle: BundleId,
    ) -> Result<Vec<SignatureMatch>, StoreError> {
        self.ask(statement::MATCHES_OF_BUNDLE, values![bundle]).await
    }

    /// The cases that are known to have the trouble.
    ///
    /// # Errors
    /// As every question.
    pub async fn cases_with(&self, id: SignatureId) -> Result<Vec<String>, StoreError> {
        let mut held = self.reader().await?;
        let rows = held.connection().rows(statement::CASES_WITH, values![id]).await?;
        rows.iter().map(|row| row.get("case_id")).collect()
    }

    /// Bundles that were read, newest first.
    ///
    /// # Errors
    /// As every question.
    pub async fn bundles_read(&self, limit: u32) -> Result<Vec<ReadBundle>, StoreError> {
        self.ask(statement::BUNDLES_READ, values![limit]).await
    }
}

impl Write {
    /// The signature and the version to append after, checked and locked.
    ///
    /// # Errors
    /// As `load_case`.
    pub async fn load_signature(
        &mut self,
        id: SignatureId,
    ) -> Result<Loaded<signature::State>, StoreError> {
        let (events, version) = self.load(mainstay_core::event::Stream::Signature(id)).await?;
        Ok(Loaded { state: fold_signature(&events), version })
    }

    /// The id of the signature with this number.
    ///
    /// # Errors
    /// As every question.
    pub async fn signature_id(
        &mut self,
        number: SignatureNumber,
    ) -> Result<Option<SignatureId>, StoreError> {
        let row = self.ask_row(statement::SIGNATURE_ID, values![number]).await?;
        row.map(|row| row.get("id")).transpose()
    }
}
