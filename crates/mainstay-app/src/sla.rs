//! What is promised: the versions of the policies, the clocks of a case, and the bells they ring.

use mainstay_core::case::{Bell, ClockRang, Command};
use mainstay_core::event::{Event, Stream};
use mainstay_core::sla::deadline::Deadline;
use mainstay_core::sla::explain::{self, Segment};
use mainstay_core::sla::simulate::Simulation;
use mainstay_core::sla::{
    Attributes, Clock, Entry, Metric, PolicySet, PolicySetForm, board, event,
};
use mainstay_core::{Action, Actor, CaseId, CaseNumber, Refusal, UtcMicros, case, policy};
use mainstay_store::{CaseDetail, Job, NewJob, Write};
use serde::{Deserialize, Serialize};

use crate::request::{Origin, Request, fingerprint};
use crate::{App, AppError};

pub use mainstay_store::{NextClock, Policies};

/// The kind of the jobs that ring bells.
pub(crate) const BELL: &str = "bell";

/// A clock laid open.
#[derive(Debug, Clone)]
pub struct ClockView {
    pub metric: Metric,
    /// The run of the metric, from 1.
    pub number: usize,
    pub policy: String,
    pub calendar: String,
    pub clock: Clock,
    pub segments: Vec<Segment>,
}

/// The clocks of a case at a moment.
#[derive(Debug, Clone)]
pub struct CaseClocks {
    /// The version of the policies whose promises hold; `None` while nothing is promised.
    pub policies: Option<u32>,
    /// The newest version there is.
    pub newest: Option<u32>,
    pub at: UtcMicros,
    pub clocks: Vec<ClockView>,
}

/// What a bell remembers until it rings.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BellJob {
    case: CaseId,
    metric: Metric,
    number: u32,
    bell: Bell,
    at: UtcMicros,
}

impl App {
    /// A version of the policies; without a number the newest. `None` when none was published.
    ///
    /// # Errors
    /// `forbidden`, `not_found` for a version that does not exist.
    pub async fn policies(
        &self,
        actor: &Actor,
        version: Option<u32>,
    ) -> Result<Option<Policies>, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let found = self.store().policies(version).await?;
        if found.is_none() && version.is_some() {
            return Err(AppError::not_found("no such version of the policies"));
        }
        Ok(found)
    }

    /// Publishes the next version; `expected_version` of the request is the newest one the caller
    /// saw. New cases follow it, running clocks keep theirs.
    ///
    /// # Errors
    /// `forbidden`, `invalid` names what is wrong, `stale` when somebody published meanwhile.
    pub async fn publish_policies(
        &self,
        request: &Request,
        set: PolicySetForm,
        reason: String,
    ) -> Result<Policies, AppError> {
        policy::authorise(&request.actor, Action::PublishPolicies)?;
        let text = serde_json::to_string(&set)
            .map_err(|_| AppError::internal("policies could not be written down"))?;
        let asked = fingerprint("sla.publish", &[&text, &reason]);
        let next = |last| Ok(Event::Sla(event::publish(last, set, reason)?));
        let version = self.publish(request, Stream::Policies, &asked, next).await?;
        self.published(version).await
    }

    async fn published(&self, version: u32) -> Result<Policies, AppError> {
        let found = self.store().policies(Some(version)).await?;
        found.ok_or_else(|| AppError::internal("published policies are not there"))
    }

    /// The clocks of a case, each laid open segment by segment.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn clocks(&self, actor: &Actor, number: CaseNumber) -> Result<CaseClocks, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let found = self.store().case_by_number(number).await?;
        let CaseDetail { summary, .. } = found.ok_or_else(|| crate::case::no_such_case(number))?;
        let newest = self.store().policies(None).await?.map(|policies| policies.version);
        let at = self.inner.clock.now();
        let pinned = match summary.policies {
            Some(version) => self.store().policies(Some(version)).await?,
            None => None,
        };
        let Some(pinned) = pinned else {
            return Ok(CaseClocks { policies: None, newest, at, clocks: Vec::new() });
        };
        let set = PolicySet::new(pinned.set)
            .map_err(|_| AppError::internal("published policies are not readable"))?;
        let attributes = Attributes {
            severity: summary.severity,
            customer: &summary.customer,
            product: &summary.product,
            version: &summary.version,
            tier: &summary.tier,
        };
        let history = self.store().clock_history(summary.id).await?;
        let clocks = laid_open(&set, attributes, &history, at);
        Ok(CaseClocks { policies: summary.policies, newest, at, clocks })
    }

    /// The clocks of a made-up history, as `docs/sla.md` describes it.
    ///
    /// # Errors
    /// `forbidden`, `invalid` names what makes no sense.
    pub fn simulate_clocks(
        &self,
        actor: &Actor,
        question: &str,
    ) -> Result<Vec<ClockView>, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let simulation =
            Simulation::read(question).map_err(|error| Refusal::invalid(error.to_string()))?;
        Ok(simulated(&simulation))
    }

    /// Moves a case to the newest policies; its clocks keep what has passed.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `conflict` when nothing was published.
    pub async fn re_evaluate(
        &self,
        request: &Request,
        number: CaseNumber,
    ) -> Result<crate::case::Written, AppError> {
        policy::authorise(&request.actor, Action::PublishPolicies)?;
        let newest = self.store().policies(None).await?;
        let Some(newest) = newest else {
            return Err(Refusal::conflict("no policies were published").into());
        };
        let version = newest.version;
        let asked = fingerprint("sla.re_evaluate", &[&number.to_string(), &version.to_string()]);
        self.command_case(request, number, asked, Command::PinPolicies { version }).await
    }

    /// Sets the bells of every running clock: an imported log has none. One that rang stays silent.
    pub(crate) async fn set_all_bells(&self) -> Result<(), AppError> {
        for case in self.store().clocked_cases().await? {
            for job in bells(case, &self.store().deadlines(case).await?)? {
                self.store().enqueue(&job).await?;
            }
        }
        Ok(())
    }

    /// Rings, if the clock still runs towards this very instant.
    pub(crate) async fn ring_bell(&self, job: &Job) -> Result<(), AppError> {
        let bell: BellJob = serde_json::from_str(&job.payload)
            .map_err(|_| AppError::internal("a job names no clock"))?;
        let Some(request) = self.clockwork(bell.case).await? else { return Ok(()) };
        let meta = self.meta(&request);
        let mut write = self.store().begin(&meta).await?;
        let loaded = write.load_case(bell.case).await?;
        let Some(policies) = loaded.state.as_ref().and_then(|case| case.policies) else {
            return Ok(());
        };
        let deadlines = write.deadlines(bell.case).await?;
        let Some(deadline) = deadlines.into_iter().find(|deadline| bell.is_of(deadline)) else {
            return Ok(());
        };
        let rang = ClockRang {
            metric: bell.metric,
            number: bell.number,
            bell: bell.bell,
            policies,
            target_s: deadline.target_us.div_euclid(1_000_000),
            due_at: bell.at,
        };
        let context = request.context(meta.at);
        let events = case::decide(&loaded.state, Command::RingClock(rang), &context)?;
        self.append_to_case(write, bell.case, loaded.version, events).await
    }

    /// A request of the desk's own clockwork about a case: whoever opened it stands for it. `None`
    /// when the case is gone.
    pub(crate) async fn clockwork(&self, case: CaseId) -> Result<Option<Request>, AppError> {
        let Some(number) = self.store().case_number(case).await? else { return Ok(None) };
        let Some(case) = self.store().case_by_number(number).await? else { return Ok(None) };
        let opener = case.opened_by;
        let actor = Actor { user: opener.id, role: opener.role };
        Ok(Some(Request::new(actor, Origin::Automation)))
    }

    pub(crate) async fn append_to_case(
        &self,
        mut write: Write,
        case: CaseId,
        version: u64,
        events: Vec<case::Event>,
    ) -> Result<(), AppError> {
        let events: Vec<Event> = events.into_iter().map(Event::Case).collect();
        write.append(Stream::Case(case), version, &events).await?;
        write.commit().await?;
        Ok(())
    }
}

impl BellJob {
    fn of(case: CaseId, deadline: &Deadline, bell: Bell) -> Self {
        let Deadline { metric, number, .. } = *deadline;
        Self { case, metric, number, bell, at: moment(deadline, bell) }
    }

    fn is_of(&self, deadline: &Deadline) -> bool {
        (deadline.metric, deadline.number) == (self.metric, self.number)
            && moment(deadline, self.bell) == self.at
    }

    /// One bell of one run at one instant is set once, however often it is said.
    fn key(&self) -> String {
        let Self { case, metric, number, bell, at } = self;
        format!("bell/{case}/{}/{number}/{}/{}", metric.as_str(), bell.as_str(), at.0)
    }
}

fn moment(deadline: &Deadline, bell: Bell) -> UtcMicros {
    match bell {
        Bell::DueSoon => deadline.warn_at,
        Bell::Breached => deadline.due_at,
    }
}

/// Sets the bells of the clocks that the write moved, in the same transaction. A bell that no longer
/// fits when its time comes does not ring.
pub(crate) async fn set_bells(write: &mut Write) -> Result<(), AppError> {
    for (case, deadlines) in write.take_moved() {
        for job in bells(case, &deadlines)? {
            write.enqueue(&job).await?;
        }
    }
    Ok(())
}

fn bells(case: CaseId, deadlines: &[Deadline]) -> Result<Vec<NewJob>, AppError> {
    let mut jobs = Vec::new();
    for deadline in deadlines {
        for bell in [Bell::DueSoon, Bell::Breached] {
            let job = BellJob::of(case, deadline, bell);
            let payload = serde_json::to_string(&job)
                .map_err(|_| AppError::internal("a bell could not be set"))?;
            jobs.push(NewJob { kind: BELL, key: job.key(), payload, run_at: job.at });
        }
    }
    Ok(jobs)
}

/// The clocks of a question, each laid open.
#[must_use]
pub fn simulated(simulation: &Simulation) -> Vec<ClockView> {
    let attributes = Attributes {
        severity: simulation.severity,
        customer: &simulation.customer,
        product: &simulation.product,
        version: &simulation.version,
        tier: &simulation.tier,
    };
    laid_open(&simulation.set, attributes, &simulation.history, simulation.at)
}

fn laid_open(
    set: &PolicySet,
    attributes: Attributes<'_>,
    history: &[Entry],
    at: UtcMicros,
) -> Vec<ClockView> {
    board::board(set, attributes, history, at)
        .into_iter()
        .map(|row| ClockView {
            metric: row.clock.instance.metric,
            number: row.number,
            policy: row.promise.policy.to_owned(),
            calendar: row.promise.calendar_name.to_owned(),
            segments: explain::segments(&row.clock, history, row.promise.calendar, at),
            clock: row.clock,
        })
        .collect()
}
