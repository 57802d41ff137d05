//! The first minute of a shift: what is due, what waits for me, what changed, and who is there.

use mainstay_core::{Action, Actor, UtcMicros, policy};

use crate::case::CaseSummary;
use crate::handoff::{HandoffView, Step};
use crate::person::AtWork;
use crate::{App, AppError};

pub use mainstay_store::Changed;

/// More than this is not a first minute; the queue has the rest.
const CASES_MAX: u32 = 50;
/// Who never said that a shift was over left a day ago.
const LEFT_US: i64 = 24 * 3_600 * 1_000_000;
/// A promise is at risk this long before it is due.
const SOON_US: i64 = 15 * 60 * 1_000_000;

/// What one person sees when they come in.
#[derive(Debug, Clone)]
pub struct Home {
    pub at: UtcMicros,
    pub me: AtWork,
    /// What changed is told since then.
    pub since: UtcMicros,
    /// My open cases, what is due first in front, with what is next on each.
    pub due: Vec<(CaseSummary, Option<Step>)>,
    pub inbox: Vec<HandoffView>,
    pub sent: Vec<HandoffView>,
    /// What nobody took in time, if I am to see to it.
    pub late: Vec<HandoffView>,
    pub changed: Vec<Changed>,
    /// Those in a team of mine; everybody while I am in none.
    pub team: Vec<AtWork>,
    pub unowned: u64,
    pub at_risk: u64,
}

impl App {
    /// The shift desk of whoever asks.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn home(&self, actor: &Actor) -> Result<Home, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let at = self.inner.clock.now();
        let everybody = self.at_work(actor, "").await?;
        let me = everybody.iter().find(|it| it.detail.person.id == actor.user).cloned();
        let me = me.ok_or_else(crate::person::no_such_person)?;
        let left = me.detail.left_at.unwrap_or(UtcMicros(at.0.saturating_sub(LEFT_US)));
        let mine = |it: &AtWork| me.teams.iter().any(|team| it.teams.contains(team));
        let there = everybody.into_iter().filter(|it| !it.detail.removed);
        let team = there.filter(|it| me.teams.is_empty() || mine(it)).collect();
        let mut due = Vec::new();
        for case in self.store().cases_of_owner(actor.user, CASES_MAX).await? {
            let step = self.store().next_step(case.id).await?;
            due.push((case, step));
        }
        Ok(Home {
            at,
            since: left,
            due,
            inbox: self.handoff_inbox(actor).await?,
            sent: self.handoff_outbox(actor).await?,
            late: self.handoffs_late(actor).await?,
            changed: self.store().changed_since(actor.user, left, CASES_MAX).await?,
            team,
            unowned: self.store().queue_counts(actor.user).await?.unowned,
            at_risk: self.store().at_risk(at, UtcMicros(at.0.saturating_add(SOON_US))).await?,
            me,
        })
    }
}
