//! From one shift to the next: the packet from the log, what the receiver decides case by case, and
//! the lead who is told of what nobody took.

use mainstay_core::case::{self, Command, HandoffCommand, HandoffWait, NextStep, check_due};
use mainstay_core::event::{Event, Stream};
use mainstay_core::handoff::{ANSWER_US, LeadTold, Parts, Receiver, Sent, close};
use mainstay_core::{
    Action, Actor, CaseNumber, Code, HandoffId, Refusal, UserId, UtcMicros, handoff, policy,
};
use mainstay_store::{Job, NewJob, Write};

use crate::case::{Target, Written, finish, load, remembered};
use crate::person::{Calendars, require_active};
use crate::repeat::{first_result, remember};
use crate::request::{Origin, Request, fingerprint};
use crate::{App, AppError, sla, team};

mod draft;
mod read;

pub use mainstay_core::handoff::Item;
pub use mainstay_store::{Handoff, HandoffItem, ItemState, Question, Step};
pub use read::{HandoffView, ItemView};

/// The kind of the jobs that tell a lead.
pub(crate) const HANDOFF: &str = "handoff";

/// A case of a packet as the giver edited it; the rest comes from the log.
#[derive(Debug, Clone)]
pub struct ItemEdit {
    pub number: CaseNumber,
    pub parts: Parts,
    pub step_owner: Option<UserId>,
    pub step_due: Option<UtcMicros>,
}

/// What is said about one case of a packet.
#[derive(Debug, Clone)]
pub enum Decision {
    /// The packet that was read; without it, the one that waits.
    Accept(Option<HandoffId>),
    Refuse(Option<HandoffId>, String),
    Ask(String),
    Answer(String),
}

impl App {
    /// Says what is done next on a case, by whom and until when; an empty text takes it back.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid`, `conflict`.
    pub async fn set_next_step(
        &self,
        request: &Request,
        number: CaseNumber,
        step: NextStep,
    ) -> Result<Option<Step>, AppError> {
        policy::authorise(&request.actor, Action::SetNextStep)?;
        check_due(step.due, self.inner.clock.now())?;
        if let Some(owner) = step.owner {
            self.require_known(owner).await?;
        }
        let asked = fingerprint("case.next_step", &[&number.to_string(), &format!("{step:?}")]);
        self.command_case(request, number, asked, Command::SetNextStep(step)).await?;
        self.next_step(&request.actor, number).await
    }

    /// What is done next on a case.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn next_step(
        &self,
        actor: &Actor,
        number: CaseNumber,
    ) -> Result<Option<Step>, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let case = self.case_id(number).await?;
        Ok(self.store().next_step(case).await?)
    }

    /// Sends a packet. The giver owns each case until the receiver accepts it; a case that waits in
    /// an older packet waits in this one instead.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid`, `conflict` for a case that is not the giver's.
    pub async fn send_handoff(
        &self,
        request: &Request,
        to: Receiver,
        note: String,
        edits: Vec<ItemEdit>,
    ) -> Result<HandoffView, AppError> {
        policy::authorise(&request.actor, Action::HandOff)?;
        let asked = fingerprint("handoff.send", &[&format!("{to:?} {note:?} {edits:?}")]);
        let id = HandoffId::from_uuid(self.inner.clock.new_id());
        let meta = self.meta(request);
        let items = self.edited(edits, meta.at).await?;
        let (name, answer_by) = self.answer_by(to, meta.at).await?;
        let giver = request.actor.user;
        let sent = close(Sent { handoff: id, giver, to, note, items, answer_by })?;
        let mut write = self.store().begin(&meta).await?;
        if let Some(first) = first_result(&mut write, request, &asked).await? {
            drop(write);
            return self.handoff(&request.actor, first).await;
        }
        if let Receiver::Person(user) = to {
            require_active(&mut write, user).await?;
        }
        let mut streams: Vec<Stream> = sent.items.iter().map(|it| Stream::Case(it.case)).collect();
        streams.push(Stream::Handoff(id));
        write.lock(&streams).await?;
        let packet = Event::Handoff(handoff::Event::Sent(sent.clone()));
        write.append(Stream::Handoff(id), 0, &[packet]).await?;
        for item in &sent.items {
            let loaded = write.load_case(item.case).await?;
            let context = request.context(meta.at);
            let give = HandoffCommand::Send { handoff: id, to, team: name.clone() };
            let mut events = case::decide(&loaded.state, Command::Handoff(give), &context)?;
            if let Some(step) = item.next_step() {
                events.extend(case::decide(&loaded.state, Command::SetNextStep(step), &context)?);
            }
            let events: Vec<Event> = events.into_iter().map(Event::Case).collect();
            write.append(Stream::Case(item.case), loaded.version, &events).await?;
        }
        let payload = serde_json::to_string(&id)
            .map_err(|_| AppError::internal("a packet could not be named"))?;
        let key = format!("handoff/{id}");
        write.enqueue(&NewJob { kind: HANDOFF, key, payload, run_at: answer_by }).await?;
        sla::set_bells(&mut write).await?;
        remember(&mut write, request, &asked, &id.to_string()).await?;
        write.commit().await?;
        self.handoff(&request.actor, id).await
    }

    /// Says something about a case that waits in a packet. On acceptance the owner changes in the
    /// same transaction.
    ///
    /// # Errors
    /// `forbidden` for who is not asked, `not_found`, `invalid`, `conflict` when the case went
    /// elsewhere meanwhile.
    pub async fn decide_handoff(
        &self,
        request: &Request,
        number: CaseNumber,
        decision: Decision,
    ) -> Result<Written, AppError> {
        policy::authorise(&request.actor, Action::HandOff)?;
        let asked = fingerprint("handoff.decide", &[&number.to_string(), &format!("{decision:?}")]);
        let meta = self.meta(request);
        let mut write = self.store().begin(&meta).await?;
        if let Some(written) = remembered(&mut write, request, &asked).await? {
            return Ok(written);
        }
        require_active(&mut write, request.actor.user).await?;
        let (id, loaded) = load(&mut write, number).await?;
        let wait = loaded.state.as_ref().and_then(|case| case.handoff.clone());
        if let Some(wait) = &wait {
            may_say(&mut write, &request.actor, wait, &decision, meta.at).await?;
        }
        let newest = |seen: Option<HandoffId>| {
            let waiting = wait.as_ref().map(|wait| wait.handoff);
            // without a packet the case itself refuses
            seen.or(waiting).unwrap_or_else(|| HandoffId::from_uuid(self.inner.clock.new_id()))
        };
        let command = match decision {
            Decision::Accept(seen) => HandoffCommand::Accept { handoff: newest(seen) },
            Decision::Refuse(seen, reason) => {
                HandoffCommand::Refuse { handoff: newest(seen), reason }
            }
            Decision::Ask(question) => HandoffCommand::Ask { question },
            Decision::Answer(answer) => HandoffCommand::Answer { answer },
        };
        let context = request.context(meta.at);
        let events = case::decide(&loaded.state, Command::Handoff(command), &context)?;
        let target = Target { id, number, version: loaded.version };
        finish(write, request, &asked, target, events).await
    }

    /// What the receiver is called as a team, and when the lead is told: a quarter of an hour after
    /// the receiver's next working moment.
    async fn answer_by(
        &self,
        to: Receiver,
        now: UtcMicros,
    ) -> Result<(String, UtcMicros), AppError> {
        let mut calendars = Calendars::default();
        let (name, start) = match to {
            Receiver::Person(user) => {
                let person = self.store().person_detail(user).await?;
                let profile = person.ok_or_else(crate::person::no_such_person)?.profile;
                let hours = calendars.of(self, profile.hours.as_ref()).await?;
                (String::new(), profile.next_work(hours.as_ref(), now))
            }
            Receiver::Team(id) => {
                let team = self.store().team(id).await?.ok_or_else(team::no_such_team)?;
                let start = match calendars.of(self, team.profile.hours.as_ref()).await? {
                    Some(hours) => hours.after(now, 0),
                    None => self.first_of(&mut calendars, &team.profile.members, now).await?,
                };
                (team.profile.name, start)
            }
        };
        Ok((name, UtcMicros(start.unwrap_or(now).0.saturating_add(ANSWER_US))))
    }

    /// When the first of these people works.
    async fn first_of(
        &self,
        calendars: &mut Calendars,
        members: &[UserId],
        now: UtcMicros,
    ) -> Result<Option<UtcMicros>, AppError> {
        let mut first = None;
        for member in members {
            let Some(person) = self.store().person_detail(*member).await? else { continue };
            let hours = calendars.of(self, person.profile.hours.as_ref()).await?;
            let start = person.profile.next_work(hours.as_ref(), now).filter(|_| !person.removed);
            first = first.into_iter().chain(start).min();
        }
        Ok(first)
    }

    /// Tells the lead, once, of the cases that nobody took by now.
    pub(crate) async fn tell_lead(&self, job: &Job) -> Result<(), AppError> {
        let unnamed = |_| AppError::internal("a job names no packet");
        let id: HandoffId = serde_json::from_str(&job.payload).map_err(unnamed)?;
        let Some(packet) = self.store().handoff(id).await? else { return Ok(()) };
        // whoever gave stands for the desk's own clockwork
        let actor = Actor { user: packet.giver.id, role: packet.giver.role };
        let mut write =
            self.store().begin(&self.meta(&Request::new(actor, Origin::Automation))).await?;
        let version = write.load_handoff(id).await?;
        let Some(packet) = write.handoff(id).await? else { return Ok(()) };
        let items = write.handoff_items(id).await?;
        let waiting = items.iter().filter(|item| item.state == ItemState::Waiting);
        let cases: Vec<CaseNumber> = waiting.map(|item| item.number).collect();
        if cases.is_empty() || packet.told_at.is_some() {
            return Ok(());
        }
        let lead = lead_of(&mut write, &packet).await?;
        let told = LeadTold { lead, cases, due_at: packet.answer_by };
        let told = Event::Handoff(handoff::Event::LeadTold(told));
        write.append(Stream::Handoff(id), version, &[told]).await?;
        write.commit().await?;
        Ok(())
    }
}

/// The lead of the receiving team, of a team of the receiver, or else of the giver.
async fn lead_of(write: &mut Write, packet: &Handoff) -> Result<Option<UserId>, AppError> {
    let teams = write.teams().await?;
    let of = |user: UserId| {
        let theirs = teams.iter().filter(move |team| team.profile.members.contains(&user));
        theirs.filter_map(|team| team.profile.lead).next()
    };
    let receiving = match packet.to {
        Receiver::Person(user) => of(user),
        Receiver::Team(id) => {
            teams.iter().find(|team| team.id == id).and_then(|team| team.profile.lead)
        }
    };
    Ok(receiving.or_else(|| of(packet.giver.id)))
}

/// The receiver takes, asks and refuses; the giver answers.
async fn may_say(
    write: &mut Write,
    actor: &Actor,
    wait: &HandoffWait,
    decision: &Decision,
    now: UtcMicros,
) -> Result<(), AppError> {
    let may = match decision {
        Decision::Answer(_) => wait.giver == actor.user,
        _ => receives(write, actor.user, wait.to, now).await?,
    };
    if may {
        return Ok(());
    }
    let who = if matches!(decision, Decision::Answer(_)) { "giver" } else { "receiver" };
    let detail = format!("only the {who} of the hand-off may do this");
    Err(Refusal::new(Code::Forbidden, detail).into())
}

/// The person, whoever covers them while they are away, or a member of the team.
async fn receives(
    write: &mut Write,
    user: UserId,
    to: Receiver,
    now: UtcMicros,
) -> Result<bool, AppError> {
    Ok(match to {
        Receiver::Person(person) if person == user => true,
        Receiver::Person(person) => {
            let away = write.person_detail(person).await?;
            let cover = away.and_then(|it| it.profile.absent_at(now).and_then(|it| it.cover));
            cover == Some(user)
        }
        Receiver::Team(id) => {
            write.team(id).await?.is_some_and(|team| team.profile.members.contains(&user))
        }
    })
}
