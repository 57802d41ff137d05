//! Swarms: people come together on a case, try, and decide; and the bells that ask them to.

use mainstay_core::case::{self, Command, SwarmCommand, SwarmOpened, swarm};
use mainstay_core::{Action, Actor, CaseId, CaseNumber, UtcMicros, policy};
use mainstay_store::{Job, NewJob, Write};
use serde::{Deserialize, Serialize};

use crate::case::Written;
use crate::request::{Request, fingerprint};
use crate::{App, AppError};

pub use mainstay_store::{Attempt, Stay, Swarm, SwarmEnd};

/// The kind of the jobs that ask a swarm for its decision.
pub(crate) const SWARM_BELL: &str = "swarm_bell";

/// What a bell remembers until it rings.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SwarmBell {
    case: CaseId,
    swarm: u32,
    boxes: u32,
    at: UtcMicros,
}

impl App {
    /// The swarms of a case, the newest first.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn swarms(&self, actor: &Actor, number: CaseNumber) -> Result<Vec<Swarm>, AppError> {
        policy::authorise(actor, Action::ReadCase)?;
        let case = self.case_id(number).await?;
        Ok(self.store().swarms_of_case(case).await?)
    }

    /// Opens a swarm, joins it, tries something, or closes it with its decision.
    ///
    /// # Errors
    /// `forbidden`, `not_found` for a case, a swarm or a person, `invalid`, `conflict`.
    pub async fn ask_swarm(
        &self,
        request: &Request,
        number: CaseNumber,
        command: SwarmCommand,
    ) -> Result<Written, AppError> {
        policy::authorise(&request.actor, Action::Swarm)?;
        let (people, text) = match &command {
            SwarmCommand::Open { people, question, .. } => (people.clone(), question.as_str()),
            SwarmCommand::Try { text, .. } => (Vec::new(), text.as_str()),
            SwarmCommand::Close { owner, decision, .. } => {
                (owner.iter().copied().collect(), decision.as_str())
            }
            SwarmCommand::Join { .. } | SwarmCommand::Leave { .. } => (Vec::new(), ""),
            SwarmCommand::Ring { .. } => {
                return Err(AppError::internal("only the desk's own clockwork rings"));
            }
        };
        for person in people.iter().take(swarm::INVITED_MAX + 1) {
            self.require_known(*person).await?;
        }
        self.check_foreign_citations(number, text).await?;
        let asked = fingerprint("swarm", &[&number.to_string(), &format!("{command:?}")]);
        self.command_case(request, number, asked, Command::Swarm(command)).await
    }

    /// Asks the swarm for its decision, or tells the lead, if it still runs.
    pub(crate) async fn ring_swarm(&self, job: &Job) -> Result<(), AppError> {
        let bell: SwarmBell = serde_json::from_str(&job.payload)
            .map_err(|_| AppError::internal("a job names no swarm"))?;
        let Some(request) = self.clockwork(bell.case).await? else { return Ok(()) };
        let meta = self.meta(&request);
        let mut write = self.store().begin(&meta).await?;
        let loaded = write.load_case(bell.case).await?;
        // a clock that was set back since the job was taken must not lose the bell
        let at = meta.at.max(bell.at);
        let ring = Command::Swarm(SwarmCommand::Ring { swarm: bell.swarm, boxes: bell.boxes });
        let events = case::decide(&loaded.state, ring, &request.context(at))?;
        self.append_to_case(write, bell.case, loaded.version, events).await
    }

    /// Sets the bells of every swarm that runs: an imported log has none.
    pub(crate) async fn set_all_swarm_bells(&self) -> Result<(), AppError> {
        for (case, opened) in self.store().running_swarms().await? {
            for job in bells(case, &opened)? {
                self.store().enqueue(&job).await?;
            }
        }
        Ok(())
    }
}

/// Sets the bells of a swarm that the write opened, in the same transaction.
pub(crate) async fn set_bells(
    write: &mut Write,
    case: CaseId,
    events: &[case::Event],
) -> Result<(), AppError> {
    for event in events {
        let case::Event::SwarmOpened(opened) = event else { continue };
        for job in bells(case, opened)? {
            write.enqueue(&job).await?;
        }
    }
    Ok(())
}

fn bells(case: CaseId, opened: &SwarmOpened) -> Result<Vec<NewJob>, AppError> {
    let job = |(boxes, at): (u32, UtcMicros)| {
        let bell = SwarmBell { case, swarm: opened.swarm, boxes, at };
        let payload = serde_json::to_string(&bell)
            .map_err(|_| AppError::internal("a bell could not be set"))?;
        let key = format!("swarm_bell/{case}/{}/{boxes}", opened.swarm);
        Ok(NewJob { kind: SWARM_BELL, key, payload, run_at: at })
    };
    swarm::bells(opened).into_iter().map(job).collect()
}
