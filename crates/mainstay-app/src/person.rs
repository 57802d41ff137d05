//! People beyond signing in: who works now, who is away, who knows what, and how somebody leaves.

use std::collections::BTreeMap;

use mainstay_core::calendar::Calendar;
use mainstay_core::case::{self, Command as CaseCommand};
use mainstay_core::event::{Event, Stream};
use mainstay_core::person::{self, Absence, Command, Profile, WorkHours, weight};
use mainstay_core::sla::PolicySetForm;
use mainstay_core::{
    Action, Actor, Code, Refusal, Role, Severity, TeamId, UserId, UtcMicros, policy, team,
};
use mainstay_store::Write;

use crate::repeat::{check_version, first_result, remember};
use crate::request::{Request, fingerprint};
use crate::{App, AppError, sla};

pub use mainstay_store::{Load, PersonDetail};

/// The calendar that is always open; no version of the policies has it.
const ALWAYS: &str = "24x7";

/// A person as somebody sees them who looks for help now.
#[derive(Debug, Clone)]
pub struct AtWork {
    pub detail: PersonDetail,
    pub teams: Vec<(TeamId, String)>,
    /// By hours and absences; `None` when nobody knows their hours.
    pub works: Option<bool>,
    pub absence: Option<Absence>,
    /// When they are next there; now, if they are.
    pub next_work: Option<UtcMicros>,
    pub load: Load,
    /// The load with each case as heavy as its severity.
    pub weight: u64,
    /// How well they know the area that was asked for; 0 for not at all, or nothing asked.
    pub fit: u8,
}

/// What becomes of the open cases of somebody who leaves.
#[derive(Debug, Clone)]
pub enum Give {
    /// There are none, or the removal is refused.
    Nothing,
    To(UserId),
    /// To nobody, and why.
    Queue(String),
}

/// The calendars that working hours name, each version of the policies read once.
#[derive(Default)]
pub(crate) struct Calendars {
    sets: BTreeMap<u32, PolicySetForm>,
}

impl Calendars {
    pub(crate) async fn of(
        &mut self,
        app: &App,
        hours: Option<&WorkHours>,
    ) -> Result<Option<Calendar>, AppError> {
        let Some(hours) = hours else { return Ok(None) };
        if hours.calendar == ALWAYS {
            return Ok(Some(Calendar::always()));
        }
        if !self.sets.contains_key(&hours.policies)
            && let Some(policies) = app.store().policies(Some(hours.policies)).await?
        {
            self.sets.insert(hours.policies, policies.set);
        }
        let form =
            self.sets.get(&hours.policies).and_then(|set| set.calendars.get(&hours.calendar));
        Ok(form.and_then(|form| hours.calendar(form)))
    }
}

impl App {
    /// Everybody, with who works now and who fits an area best.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn at_work(&self, actor: &Actor, area: &str) -> Result<Vec<AtWork>, AppError> {
        policy::authorise(actor, Action::ReadAccounts)?;
        let now = self.inner.clock.now();
        let teams = self.store().teams().await?;
        let loads = self.store().loads().await?;
        let mut calendars = Calendars::default();
        let mut all = Vec::new();
        for detail in self.store().person_details().await? {
            let hours = calendars.of(self, detail.profile.hours.as_ref()).await?;
            let load = loads.get(&detail.person.id).copied().unwrap_or_default();
            let id = detail.person.id;
            let theirs = teams.iter().filter(|team| team.profile.members.contains(&id));
            let gone = detail.removed;
            all.push(AtWork {
                teams: theirs.map(|team| (team.id, team.profile.name.clone())).collect(),
                works: if gone {
                    Some(false)
                } else {
                    detail.profile.works_at(hours.as_ref(), now)
                },
                absence: detail.profile.absent_at(now).cloned(),
                next_work: detail.profile.next_work(hours.as_ref(), now).filter(|_| !gone),
                load,
                weight: load.iter().zip(Severity::ALL).map(|(count, it)| count * weight(it)).sum(),
                fit: if area.is_empty() { 0 } else { detail.profile.fit(area) },
                detail,
            });
        }
        Ok(all)
    }

    /// One of them.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn person_at_work(&self, actor: &Actor, id: UserId) -> Result<AtWork, AppError> {
        let all = self.at_work(actor, "").await?;
        all.into_iter().find(|it| it.detail.person.id == id).ok_or_else(no_such_person)
    }

    /// Changes what is known of a person, as a whole: managers everything, people of themselves
    /// everything but their hours. `expected_version` of the request is the version that was seen.
    /// Hours without a version of the policies get the newest one.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid` names the field, `stale`, `conflict` when they left.
    pub async fn change_person(
        &self,
        request: &Request,
        id: UserId,
        mut profile: Profile,
    ) -> Result<AtWork, AppError> {
        let manages = policy::allowed(request.actor.role, Action::ManagePeople);
        if !manages && request.actor.user != id {
            policy::authorise(&request.actor, Action::ManagePeople)?;
        }
        policy::authorise(&request.actor, Action::ReadAccounts)?;
        if let Some(hours) = &mut profile.hours {
            self.settle_hours(hours).await?;
        }
        let text = format!("{profile:?}");
        let asked = fingerprint("person.change", &[&id.to_string(), &text]);
        let meta = self.meta(request);
        let mut write = self.store().begin(&meta).await?;
        if first_result::<String>(&mut write, request, &asked).await?.is_some() {
            drop(write);
            return self.person_at_work(&request.actor, id).await;
        }
        for absence in &profile.absences {
            if let Some(cover) = absence.cover
                && write.person_detail(cover).await?.is_none()
            {
                return Err(AppError::not_found("no such person to cover"));
            }
        }
        write.hold_person(id).await?.ok_or_else(no_such_person)?;
        let loaded = write.load_person(id).await?;
        check_version(request, "the person", loaded.version)?;
        if !manages && !profile.keeps_hours_of(&loaded.state.profile) {
            let detail = "working hours are set by a manager or by operations; ask them";
            return Err(Refusal::new(Code::Forbidden, detail).into());
        }
        let events = person::decide(&loaded.state, Command::Change { profile })?;
        self.finish_person(write, request, &asked, id, loaded.version, events).await?;
        self.person_at_work(&request.actor, id).await
    }

    /// Begins or ends one's own shift.
    ///
    /// # Errors
    /// `conflict` when the person left.
    pub async fn say_shift(&self, request: &Request, command: Command) -> Result<(), AppError> {
        policy::authorise(&request.actor, Action::ReadAccounts)?;
        if !matches!(command, Command::StartShift | Command::EndShift) {
            return Err(AppError::internal("that says nothing of a shift"));
        }
        let id = request.actor.user;
        let asked = fingerprint("person.shift", &[&id.to_string(), &format!("{command:?}")]);
        let mut write = self.store().begin(&self.meta(request)).await?;
        if first_result::<String>(&mut write, request, &asked).await?.is_some() {
            return Ok(());
        }
        let loaded = write.load_person(id).await?;
        let events = person::decide(&loaded.state, command)?;
        self.finish_person(write, request, &asked, id, loaded.version, events).await
    }

    /// Takes somebody from the desk: their open cases go where it is said in the same moment, they
    /// leave their teams, their sessions and tokens end, and their name stays in the history.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `conflict` for open cases that were given to nobody, for oneself
    /// and for the last administrator.
    pub async fn remove_person(
        &self,
        request: &Request,
        id: UserId,
        reason: String,
        give: Give,
    ) -> Result<(), AppError> {
        policy::authorise(&request.actor, Action::ManagePeople)?;
        let text = format!("{reason:?} {give:?}");
        let asked = fingerprint("person.remove", &[&id.to_string(), &text]);
        let meta = self.meta(request);
        let mut write = self.store().begin(&meta).await?;
        if first_result::<String>(&mut write, request, &asked).await?.is_some() {
            return Ok(());
        }
        let held = write.hold_person(id).await?.ok_or_else(no_such_person)?;
        check_leave(&mut write, request, &held).await?;
        if let Give::To(heir) = give {
            if heir == id {
                return Err(Refusal::invalid("the cases must go to somebody else").into());
            }
            require_active(&mut write, heir).await?;
        }
        let loaded = write.load_person(id).await?;
        let mut events = person::decide(&loaded.state, Command::Remove { reason })?;
        let open = write.open_cases_of(id).await?;
        let assignee = heir_of(&give, &held, &open)?;
        for (case, _) in &open {
            let loaded = write.load_case(*case).await?;
            let command = CaseCommand::Assign { assignee };
            let given = case::decide(&loaded.state, command, &request.context(meta.at))?;
            let given: Vec<Event> = given.into_iter().map(Event::Case).collect();
            write.append(Stream::Case(*case), loaded.version, &given).await?;
        }
        for team in write.teams().await? {
            let profile = team.profile.without(id);
            let loaded = write.load_team(team.id).await?;
            let left = team::decide(&loaded.state, team::Command::Change { profile })?;
            let left: Vec<Event> = left.into_iter().map(Event::Team).collect();
            write.append(Stream::Team(team.id), loaded.version, &left).await?;
        }
        write.end_sessions_of(id).await?;
        write.revoke_tokens_of(id).await?;
        sla::set_bells(&mut write).await?;
        if let (Give::Queue(why), Some(person::Event::Removed(removed))) =
            (&give, events.first_mut())
        {
            removed.reason = format!("{}; cases to the queue: {why}", removed.reason);
        }
        self.finish_person(write, request, &asked, id, loaded.version, events).await
    }

    /// Somebody who can be named for something: known here, and not removed.
    pub(crate) async fn require_known(&self, user: UserId) -> Result<(), AppError> {
        let found = self.store().person_detail(user).await?;
        found.filter(|it| !it.removed).map(|_| ()).ok_or_else(no_such_person)
    }

    async fn finish_person(
        &self,
        mut write: Write,
        request: &Request,
        asked: &[u8; 32],
        id: UserId,
        version: u64,
        events: Vec<person::Event>,
    ) -> Result<(), AppError> {
        let events: Vec<Event> = events.into_iter().map(Event::Person).collect();
        write.append(Stream::Person(id), version, &events).await?;
        remember(&mut write, request, asked, "done").await?;
        write.commit().await?;
        Ok(())
    }

    /// A calendar that is there, of the version that was named or of the newest.
    pub(crate) async fn settle_hours(&self, hours: &mut WorkHours) -> Result<(), AppError> {
        if hours.calendar == ALWAYS {
            hours.policies = 0;
            return Ok(());
        }
        let named = (hours.policies > 0).then_some(hours.policies);
        let policies = self.store().policies(named).await?;
        let there = policies.filter(|it| it.set.calendars.contains_key(&hours.calendar));
        let Some(policies) = there else {
            let detail = "no published policies have this calendar; use one of theirs, or 24x7";
            return Err(Refusal::invalid(detail).into());
        };
        hours.policies = policies.version;
        Ok(())
    }
}

/// Somebody who can be given something: who was removed cannot. Nobody removes them meanwhile.
pub(crate) async fn require_active(write: &mut Write, user: UserId) -> Result<(), AppError> {
    let held = write.hold_person(user).await?;
    let held = held.ok_or_else(no_such_person)?;
    if held.removed {
        let detail =
            format!("{} was removed from the desk; choose somebody else", held.person.name);
        return Err(Refusal::conflict(detail).into());
    }
    Ok(())
}

async fn check_leave(
    write: &mut Write,
    request: &Request,
    held: &PersonDetail,
) -> Result<(), AppError> {
    let id = held.person.id;
    if id == request.actor.user {
        return Err(Refusal::conflict("somebody else has to remove you").into());
    }
    if held.person.role == Role::Admin {
        policy::authorise(&request.actor, Action::ManageAccounts)?;
        if write.other_admins(id).await? == 0 {
            return Err(Refusal::conflict("the last administrator stays").into());
        }
    }
    Ok(())
}

/// Who owns the cases next, if it was said.
fn heir_of(
    give: &Give,
    held: &PersonDetail,
    open: &[(mainstay_core::CaseId, mainstay_core::CaseNumber)],
) -> Result<Option<UserId>, AppError> {
    match give {
        Give::To(heir) => Ok(Some(*heir)),
        Give::Queue(why) if !why.trim().is_empty() => Ok(None),
        Give::Queue(_) => {
            Err(Refusal::invalid("say why the cases go to nobody; the reason is kept").into())
        }
        Give::Nothing if open.is_empty() => Ok(None),
        Give::Nothing => {
            let first: Vec<String> = open.iter().take(5).map(|it| it.1.to_string()).collect();
            let more = if open.len() > 5 { " and more" } else { "" };
            let detail = format!(
                "{} owns {} open cases ({}{more}); give them to somebody, or to the queue with a \
                 reason",
                held.person.name,
                open.len(),
                first.join(", ")
            );
            Err(Refusal::conflict(detail).into())
        }
    }
}

pub(crate) fn no_such_person() -> AppError {
    AppError::not_found("no such person")
}
