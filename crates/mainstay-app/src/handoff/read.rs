//! Packets as people read them: what waits for me, what I gave, and the text of one.

use std::collections::HashMap;

use mainstay_core::handoff::{Named, Receiver, Sent, difference, markdown};
use mainstay_core::{Action, Actor, HandoffId, UserId, policy};
use mainstay_store::PersonDetail;

use super::{Handoff, HandoffItem, ItemState, Question};
use crate::{App, AppError, markdown as html};

/// Packets of one giver that are looked back at.
const SENT_MAX: u32 = 20;

/// A packet with its cases.
#[derive(Debug, Clone)]
pub struct HandoffView {
    pub handoff: Handoff,
    pub items: Vec<ItemView>,
    /// Every part of every case was said, also if only "none".
    pub complete: bool,
    /// How often somebody had to ask.
    pub questions: usize,
}

/// A case of a packet, and what became of it.
#[derive(Debug, Clone)]
pub struct ItemView {
    pub item: HandoffItem,
    /// What changed since it was sent, while it waits.
    pub changed: Vec<String>,
    pub questions: Vec<Question>,
}

impl App {
    /// One packet.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn handoff(&self, actor: &Actor, id: HandoffId) -> Result<HandoffView, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let found = self.store().handoff(id).await?;
        self.viewed(found.ok_or_else(no_such_handoff)?).await
    }

    /// What waits for whoever asks: given to them, to a team of theirs, or to whom they cover.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn handoff_inbox(&self, actor: &Actor) -> Result<Vec<HandoffView>, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let teams = self.store().teams().await?;
        let people = self.people_by_id().await?;
        let now = self.inner.clock.now();
        let mine = |to: Receiver| match to {
            Receiver::Person(user) if user == actor.user => true,
            Receiver::Person(user) => {
                let away = people.get(&user).and_then(|it| it.profile.absent_at(now));
                away.and_then(|it| it.cover) == Some(actor.user)
            }
            Receiver::Team(id) => {
                teams.iter().any(|team| team.id == id && team.profile.members.contains(&actor.user))
            }
        };
        let mut inbox = Vec::new();
        for handoff in self.store().open_handoffs().await? {
            if mine(handoff.to) && handoff.giver.id != actor.user {
                inbox.push(self.viewed(handoff).await?);
            }
        }
        Ok(inbox)
    }

    /// What whoever asks gave lately, the newest in front.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn handoff_outbox(&self, actor: &Actor) -> Result<Vec<HandoffView>, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let mut sent = Vec::new();
        for handoff in self.store().handoffs_of(actor.user, SENT_MAX).await? {
            sent.push(self.viewed(handoff).await?);
        }
        Ok(sent)
    }

    /// What nobody took in time, for the lead who was told; without a lead, for managers.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn handoffs_late(&self, actor: &Actor) -> Result<Vec<HandoffView>, AppError> {
        let manages = policy::allowed(actor.role, Action::ManagePeople);
        let mut late = Vec::new();
        for handoff in self.store().open_handoffs().await? {
            let lead = handoff.lead.as_ref().map(|lead| lead.id);
            let told = handoff.told_at.is_some();
            if told && (lead == Some(actor.user) || (lead.is_none() && manages)) {
                late.push(self.viewed(handoff).await?);
            }
        }
        Ok(late)
    }

    /// The packet as it was sent, as Markdown.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn handoff_markdown(&self, actor: &Actor, id: HandoffId) -> Result<String, AppError> {
        let view = self.handoff(actor, id).await?;
        let people = self.people_by_id().await?;
        let name = |user: UserId| {
            people.get(&user).map_or_else(|| "unknown".to_owned(), |it| it.person.name.clone())
        };
        let HandoffView { handoff, items, .. } = view;
        let sent = Sent {
            handoff: handoff.id,
            giver: handoff.giver.id,
            to: handoff.to,
            note: handoff.note,
            items: items.into_iter().map(|it| it.item.item).collect(),
            answer_by: handoff.answer_by,
        };
        let named = Named {
            giver: &handoff.giver.name,
            receiver: &handoff.receiver,
            sent_at: handoff.sent_at,
            person: &name,
        };
        Ok(markdown(&sent, &named))
    }

    /// The same as a page of its own: cleaned, without scripts, with a policy that loads nothing.
    ///
    /// # Errors
    /// As `handoff_markdown`.
    pub async fn handoff_html(&self, actor: &Actor, id: HandoffId) -> Result<String, AppError> {
        let text = self.handoff_markdown(actor, id).await?;
        let first = self.store().handoff_items(id).await?.into_iter().next();
        let home = first.ok_or_else(no_such_handoff)?.number;
        Ok(PAGE.replace("{body}", &html::render(&text, home)))
    }

    async fn viewed(&self, handoff: Handoff) -> Result<HandoffView, AppError> {
        let mut questions = self.store().handoff_questions(handoff.id).await?;
        let asked = questions.len();
        let mut items = Vec::new();
        for item in self.store().handoff_items(handoff.id).await? {
            let changed = if item.state == ItemState::Waiting {
                let case = self.store().case_by_number(item.number).await?;
                let case = case.ok_or_else(|| crate::case::no_such_case(item.number))?;
                let mut now = self.handoff_facts(&case.summary).await?;
                // the packet itself wrote its next step down
                if now.next_step == item.item.next_step() {
                    now.next_step.clone_from(&item.item.facts.next_step);
                }
                difference(&item.item.facts, &now)
            } else {
                Vec::new()
            };
            let (of_case, others) = questions.into_iter().partition(|it| it.case == item.case);
            questions = others;
            items.push(ItemView { item, changed, questions: of_case });
        }
        let complete = items.iter().all(|it| it.item.item.missing.is_empty());
        Ok(HandoffView { handoff, items, complete, questions: asked })
    }

    async fn people_by_id(&self) -> Result<HashMap<UserId, PersonDetail>, AppError> {
        let people = self.store().person_details().await?;
        Ok(people.into_iter().map(|it| (it.person.id, it)).collect())
    }
}

fn no_such_handoff() -> AppError {
    AppError::not_found("no such hand-off")
}

const PAGE: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
    <meta name=\"viewport\" content=\"width=device-width\">\n<title>Hand-off</title>\n\
    <style>:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:46rem;\
    margin:2rem auto;padding:0 1rem}h2{border-top:1px solid;padding-top:1rem}h3{font-size:1rem;\
    margin-bottom:.25rem}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n";
