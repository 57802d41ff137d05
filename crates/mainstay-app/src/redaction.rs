//! The team's rules for redaction: their versions, a box to try them in, and which of them hold for
//! a bundle that comes now. What a rule means is not here: `mainstay-evidence` reads the text.

use std::sync::Arc;

use mainstay_core::event::{Event, Stream};
use mainstay_core::redaction::{self, RulesUsed};
use mainstay_core::{Action, Actor, Code, Refusal, policy};
use mainstay_evidence::redact::{Policy, Redactor};

use crate::request::{Request, fingerprint};
use crate::{App, AppError};

pub use mainstay_evidence::redact::{Mistake, RulesOutline, ShownHit, ShownLine, ShownPart};
pub use mainstay_store::RedactionRules;

/// Lines to try rules on; more is a bundle.
const TRIED_BYTES_MAX: usize = 256 << 10;
/// Versions in a list; a team publishes a few in a year.
const HISTORY_MAX: u32 = 200;

/// What rules make of a few lines.
#[derive(Debug)]
pub struct Tried {
    pub outline: RulesOutline,
    /// The profile that the product chose.
    pub profile: Option<String>,
    /// Empty when the rules cannot be used.
    pub lines: Vec<ShownLine>,
}

/// What is tried. It is kept nowhere.
pub struct Trial {
    pub rules: String,
    /// Whose profile is used too.
    pub product: String,
    /// The path of the file that the lines would stand in.
    pub path: Option<String>,
    pub text: String,
}

/// The rules that hold for a bundle that comes now.
#[derive(Debug, Clone, Default)]
pub(crate) struct RulesInForce {
    pub(crate) policy: Option<Arc<Policy>>,
    pub(crate) used: Option<RulesUsed>,
}

impl App {
    /// A version of the rules; without a number the newest. `None` when none was published.
    ///
    /// # Errors
    /// `forbidden`, `not_found` for a version that does not exist.
    pub async fn redaction_rules(
        &self,
        actor: &Actor,
        version: Option<u32>,
    ) -> Result<Option<RedactionRules>, AppError> {
        policy::authorise(actor, Action::ReadEvidence)?;
        let found = self.store().redaction_rules(version).await?;
        if found.is_none() && version.is_some() {
            return Err(AppError::not_found("no such version of the redaction rules"));
        }
        Ok(found)
    }

    /// The versions of the rules, the newest first.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn redaction_history(&self, actor: &Actor) -> Result<Vec<RedactionRules>, AppError> {
        policy::authorise(actor, Action::ReadEvidence)?;
        Ok(self.store().redaction_history(HISTORY_MAX).await?)
    }

    /// Publishes the next version; `expected_version` of the request is the newest one the caller
    /// saw. Bundles that come from now on are read with it.
    ///
    /// # Errors
    /// `forbidden`, `invalid` names the first mistake at its place, `stale` when somebody published
    /// meanwhile.
    pub async fn publish_redaction_rules(
        &self,
        request: &Request,
        text: String,
        reason: String,
    ) -> Result<RedactionRules, AppError> {
        policy::authorise(&request.actor, Action::PublishRedaction)?;
        let outline = outline(text.clone()).await?;
        if let Some(first) = outline.mistakes.first() {
            return Err(Refusal::invalid(told(first, outline.mistakes.len())).into());
        }
        let asked = fingerprint("redaction.publish", &[&text, &reason]);
        let next = |last| Ok(Event::Redaction(redaction::publish(last, text, reason)?));
        let version = self.publish(request, Stream::Redaction, &asked, next).await?;
        let found = self.store().redaction_rules(Some(version)).await?;
        found.ok_or_else(|| AppError::internal("published redaction rules are not there"))
    }

    /// What rules make of a few lines, with every mistake of the rules at its place.
    ///
    /// # Errors
    /// `forbidden`, `too_large`.
    pub async fn try_redaction(&self, actor: &Actor, trial: Trial) -> Result<Tried, AppError> {
        policy::authorise(actor, Action::ReadEvidence)?;
        if trial.text.len() > TRIED_BYTES_MAX {
            let detail = format!("try at most {} KiB of lines", TRIED_BYTES_MAX >> 10);
            return Err(Refusal::new(Code::TooLarge, detail).into());
        }
        let work = tokio::task::spawn_blocking(move || tried(&trial));
        work.await.map_err(|_| AppError::internal("a worker was lost"))
    }

    /// The newest rules with the profile of this product.
    ///
    /// # Errors
    /// `conflict` when this version of the program cannot use them: nothing is read then, because
    /// what the team wants hidden would show.
    pub(crate) async fn rules_in_force(&self, product: &str) -> Result<RulesInForce, AppError> {
        let Some(rules) = self.store().redaction_rules(None).await? else {
            return Ok(RulesInForce::default());
        };
        let (text, product) = (rules.text, product.to_owned());
        let work = tokio::task::spawn_blocking(move || Policy::for_product(&text, &product));
        let parsed = work.await.map_err(|_| AppError::internal("a worker was lost"))?;
        let (policy, profile) = parsed.map_err(|error| {
            let version = rules.version;
            Refusal::conflict(format!(
                "version {version} of the redaction rules cannot be used any more ({error}); \
                 publish them again"
            ))
        })?;
        let used = Some(RulesUsed { version: rules.version, profile });
        Ok(RulesInForce { policy: Some(Arc::new(policy)), used })
    }
}

async fn outline(text: String) -> Result<RulesOutline, AppError> {
    let work = tokio::task::spawn_blocking(move || Policy::outline(&text));
    work.await.map_err(|_| AppError::internal("a worker was lost"))
}

/// A mistake with its place, and how many there are.
fn told(first: &Mistake, count: usize) -> String {
    let place = match first.line {
        0 => String::new(),
        line => format!("line {line}, column {}: ", first.column),
    };
    let more = if count > 1 { format!(" (and {} more)", count - 1) } else { String::new() };
    format!("{place}{}{more}", first.message)
}

fn tried(trial: &Trial) -> Tried {
    let outline = Policy::outline(&trial.rules);
    if !outline.mistakes.is_empty() {
        return Tried { outline, profile: None, lines: Vec::new() };
    }
    let Ok((policy, profile)) = Policy::for_product(&trial.rules, &trial.product) else {
        return Tried { outline, profile: None, lines: Vec::new() };
    };
    // lines that belong to no case have the pseudonyms of no case
    let redactor = Redactor::new([0; 32]).with_policy(Arc::new(policy));
    let path = trial.path.as_deref().filter(|path| !path.trim().is_empty());
    Tried { outline, profile, lines: redactor.lay_open(path, &trial.text) }
}
