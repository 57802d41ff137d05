//! What the log says of a case, as a packet needs it.

use mainstay_core::case::{Audience, NextStep};
use mainstay_core::handoff::{
    CASES_PER_PACKET_MAX, ClockFact, Facts, HypothesisFact, Item, LastWord, Source, draft,
};
use mainstay_core::{Action, Actor, Refusal, UtcMicros, policy};
use mainstay_store::{CaseSummary, Word};

use super::ItemEdit;
use crate::case::no_such_case;
use crate::{App, AppError};

/// Words of a case that are looked through.
const WORDS_MAX: u32 = 50;
/// Notes that say what was tried.
const TRIED_MAX: usize = 5;
/// Contacts that are named.
const CONTACTS_MAX: usize = 5;
/// A line of a list.
const LINE_CHARACTERS_MAX: usize = 240;

impl App {
    /// The open cases of whoever asks, as they would stand in a packet now.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn prepare_handoff(&self, actor: &Actor) -> Result<Vec<Item>, AppError> {
        policy::authorise(actor, Action::HandOff)?;
        let now = self.inner.clock.now();
        let limit = u32::try_from(CASES_PER_PACKET_MAX).unwrap_or(u32::MAX);
        let mut items = Vec::new();
        for case in self.store().cases_of_owner(actor.user, limit).await? {
            items.push(self.drafted(&case, now).await?);
        }
        Ok(items)
    }

    /// The cases of a packet as they are now, with what the giver wrote.
    pub(super) async fn edited(
        &self,
        edits: Vec<ItemEdit>,
        now: UtcMicros,
    ) -> Result<Vec<Item>, AppError> {
        if edits.len() > CASES_PER_PACKET_MAX {
            let detail = format!("a packet has at most {CASES_PER_PACKET_MAX} cases");
            return Err(Refusal::invalid(detail).into());
        }
        let mut items = Vec::with_capacity(edits.len());
        for edit in edits {
            let found = self.store().case_by_number(edit.number).await?;
            let case = found.ok_or_else(|| no_such_case(edit.number))?.summary;
            let item = self.drafted(&case, now).await?;
            if edit.step_due != item.step_due {
                mainstay_core::case::check_due(edit.step_due, now)?;
            }
            let ItemEdit { parts, step_owner, step_due, .. } = edit;
            items.push(Item { parts, step_owner, step_due, ..item });
        }
        Ok(items)
    }

    async fn drafted(&self, case: &CaseSummary, now: UtcMicros) -> Result<Item, AppError> {
        let facts = self.handoff_facts(case).await?;
        let before = self.store().last_handoff_item(case.id).await?.map(|it| it.item.facts);
        let words = self.store().words_of_case(case.id, WORDS_MAX).await?;
        let new = before.as_ref().map_or(facts.notes, |it| facts.notes.saturating_sub(it.notes));
        let mut tried: Vec<String> = words
            .iter()
            .filter(|word| word.kind == "noted")
            .take(usize::try_from(new).unwrap_or(TRIED_MAX))
            .filter(|word| word.audience == Some(Audience::Internal))
            .take(TRIED_MAX)
            .map(|word| first_line(&word.text))
            .collect();
        tried.reverse();
        let reply = words
            .iter()
            .find(|word| word.audience == Some(Audience::Public) && word.kind == "noted");
        Ok(draft(Source {
            case: case.id,
            number: case.number,
            subject: case.subject.clone(),
            before,
            last_word: words.first().map(last_word),
            tried,
            promise: reply.map_or(String::new(), |word| first_line(&word.text)),
            open: open(case),
            people: self.contacts(case).await?,
            now,
            facts,
        }))
    }

    /// What can be compared of a case.
    pub(super) async fn handoff_facts(&self, case: &CaseSummary) -> Result<Facts, AppError> {
        let deadlines = self.store().deadlines(case.id).await?;
        let hypotheses = self.store().hypotheses_of_case(case.id).await?;
        let step = self.store().next_step(case.id).await?;
        Ok(Facts {
            severity: case.severity,
            status: case.status,
            waits_on: case.waits_on.clone(),
            clocks: deadlines
                .iter()
                .map(|it| ClockFact { metric: it.metric, due: it.due_at })
                .collect(),
            promised: case.promised_at,
            hypotheses: hypotheses
                .into_iter()
                .map(|it| HypothesisFact {
                    number: it.number,
                    component: first_line(&it.component),
                    statement: first_line(&it.statement),
                    judgement: it.judgement,
                    reason: it.reason.as_deref().map(first_line).unwrap_or_default(),
                })
                .collect(),
            evidence: case.evidence,
            notes: case.notes,
            bundles: case.bundles,
            next_step: step.map(|step| NextStep {
                text: step.text,
                owner: step.owner.map(|owner| owner.id),
                due: step.due,
            }),
        })
    }

    async fn contacts(&self, case: &CaseSummary) -> Result<Vec<String>, AppError> {
        let Some(id) = case.customer_id else { return Ok(Vec::new()) };
        let Some(customer) = self.store().customer(id).await? else { return Ok(Vec::new()) };
        let contacts = customer.profile.contacts.into_iter().take(CONTACTS_MAX);
        let told = contacts.map(|it| {
            let role = if it.role.is_empty() { String::new() } else { format!(" ({})", it.role) };
            let mail = if it.email.is_empty() { String::new() } else { format!(", {}", it.email) };
            format!("{}{role}{mail}", it.name)
        });
        Ok(told.collect())
    }
}

fn open(case: &CaseSummary) -> Vec<String> {
    let mut open = Vec::new();
    if !case.waits_on.is_empty() {
        open.push(format!("waits on {}", case.waits_on));
    }
    if case.intake.is_some_and(|(state, _)| state == mainstay_core::case::IntakeState::Waiting) {
        open.push("the intake waits to be accepted or returned".to_owned());
    }
    if case.bundles_reading > 0 {
        open.push(format!("{} bundles are being read", case.bundles_reading));
    }
    open
}

fn last_word(word: &Word) -> LastWord {
    let kind = match (word.kind.as_str(), word.audience) {
        ("customer_wrote", _) => "word of the customer",
        (_, Some(Audience::Public)) => "reply",
        _ => "note",
    };
    LastWord { at: word.at, kind, line: first_line(&word.text) }
}

fn first_line(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    line.trim().chars().take(LINE_CHARACTERS_MAX).collect()
}
