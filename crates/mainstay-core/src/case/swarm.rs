//! Swarms: several people on one case for a bounded time, with a question and a way out. The owner
//! of the case stays its owner, and no swarm ends without a decision (`reference` of the desk: a
//! swarm asks after its time box, and after a second one the lead is told).

use serde::{Deserialize, Serialize};

use super::{
    Case, Event, LABEL_CHARACTERS_MAX, NOTE_CHARACTERS_MAX, REASON_CHARACTERS_MAX, check_text,
    require_open,
};
use crate::Context;
use crate::id::UserId;
use crate::refusal::Refusal;
use crate::time::UtcMicros;

/// A longer time box is a project.
pub const TIME_BOX_MINUTES_MAX: u32 = 8 * 60;
/// What a swarm lasts when nobody says.
pub const TIME_BOX_MINUTES: u32 = 30;
/// More are not invited, they are assembled.
pub const INVITED_MAX: usize = 50;
/// Swarms of one case; who opens more has no question.
const SWARMS_PER_CASE_MAX: u32 = 200;
const MINUTE_US: i64 = 60 * 1_000_000;

/// A swarm of the case, as its rules need to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swarm {
    /// Within the case, from 1.
    pub number: u32,
    pub box_minutes: u32,
    pub opened_at: UtcMicros,
    pub present: Vec<UserId>,
    /// How many time boxes ran out and were told.
    pub rang: u32,
    pub closed: bool,
}

/// What came of a swarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SwarmOutcome {
    Solved,
    /// Somebody does the next step.
    NextStep,
    Escalate,
    Stop,
}

impl SwarmOutcome {
    /// All of them, as they are offered.
    pub const ALL: [Self; 4] = [Self::Solved, Self::NextStep, Self::Escalate, Self::Stop];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Solved => "solved",
            Self::NextStep => "next_step",
            Self::Escalate => "escalate",
            Self::Stop => "stop",
        }
    }
}

/// A word that is no outcome of a swarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an outcome: solved, next_step, escalate or stop")]
pub struct NotAnOutcome;

impl std::str::FromStr for SwarmOutcome {
    type Err = NotAnOutcome;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text).ok_or(NotAnOutcome)
    }
}

/// What can be asked of the swarms of a case. The actor joins, leaves and tries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SwarmCommand {
    Open {
        question: String,
        exit: String,
        box_minutes: u32,
        people: Vec<UserId>,
        skills: Vec<String>,
    },
    Join {
        swarm: u32,
    },
    Leave {
        swarm: u32,
    },
    Try {
        swarm: u32,
        text: String,
    },
    Close {
        swarm: u32,
        outcome: SwarmOutcome,
        decision: String,
        owner: Option<UserId>,
    },
    /// The desk's own clockwork: the time box with this number ran out.
    Ring {
        swarm: u32,
        boxes: u32,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SwarmOpened {
    pub swarm: u32,
    pub question: String,
    /// When it may end.
    pub exit: String,
    pub box_minutes: u32,
    pub opened_at: UtcMicros,
    pub people: Vec<UserId>,
    /// Whoever can do one of these is asked as well.
    pub skills: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SwarmJoined {
    pub swarm: u32,
    pub person: UserId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SwarmLeft {
    pub swarm: u32,
    pub person: UserId,
}

/// What was tried, and what it showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SwarmTried {
    pub swarm: u32,
    pub text: String,
}

/// A time box ran out: after the first the swarm is asked for its decision, after the second the
/// lead is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SwarmRang {
    pub swarm: u32,
    pub boxes: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SwarmClosed {
    pub swarm: u32,
    pub outcome: SwarmOutcome,
    pub decision: String,
    /// Who does the next step.
    pub owner: Option<UserId>,
}

/// The bells of a swarm: after one time box, and after two.
#[must_use]
pub fn bells(opened: &SwarmOpened) -> [(u32, UtcMicros); 2] {
    [1, 2].map(|boxes| (boxes, box_end(opened.opened_at, opened.box_minutes, boxes)))
}

/// When the time box with this number, from 1, is over.
#[must_use]
pub fn box_end(opened_at: UtcMicros, box_minutes: u32, boxes: u32) -> UtcMicros {
    let length = i64::from(box_minutes) * i64::from(boxes) * MINUTE_US;
    UtcMicros(opened_at.0.saturating_add(length))
}

pub(super) fn decide(
    case: &Case,
    command: SwarmCommand,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    let person = context.actor.user;
    match command {
        SwarmCommand::Open { question, exit, box_minutes, people, skills } => {
            let opened_at = context.at;
            let swarm = next_number(case)?;
            open(
                case,
                SwarmOpened { swarm, question, exit, box_minutes, opened_at, people, skills },
            )
        }
        SwarmCommand::Join { swarm } => {
            require_open(case)?;
            let running = running(case, swarm)?;
            let event = Event::SwarmJoined(SwarmJoined { swarm, person });
            Ok(if running.present.contains(&person) { vec![] } else { vec![event] })
        }
        SwarmCommand::Leave { swarm } => {
            let running = running(case, swarm)?;
            let event = Event::SwarmLeft(SwarmLeft { swarm, person });
            Ok(if running.present.contains(&person) { vec![event] } else { vec![] })
        }
        SwarmCommand::Try { swarm, text } => {
            require_open(case)?;
            running(case, swarm)?;
            check_text("text", &text, NOTE_CHARACTERS_MAX)?;
            Ok(vec![Event::SwarmTried(SwarmTried { swarm, text })])
        }
        SwarmCommand::Close { swarm, outcome, decision, owner } => {
            running(case, swarm)?;
            check_text("decision", &decision, REASON_CHARACTERS_MAX)?;
            if outcome == SwarmOutcome::NextStep && owner.is_none() {
                return Err(Refusal::invalid("a next step needs somebody who does it"));
            }
            let owner = owner.filter(|_| outcome == SwarmOutcome::NextStep);
            Ok(vec![Event::SwarmClosed(SwarmClosed { swarm, outcome, decision, owner })])
        }
        SwarmCommand::Ring { swarm, boxes } => Ok(ring(case, swarm, boxes, context.at)),
    }
}

/// One swarm at a time: two at once are two conversations about one case.
fn open(case: &Case, opened: SwarmOpened) -> Result<Vec<Event>, Refusal> {
    require_open(case)?;
    require_none_running(case)?;
    check_text("question", &opened.question, REASON_CHARACTERS_MAX)?;
    check_text("exit", &opened.exit, REASON_CHARACTERS_MAX)?;
    if opened.box_minutes == 0 || opened.box_minutes > TIME_BOX_MINUTES_MAX {
        return Err(Refusal::invalid(format!(
            "a time box has 1 to {TIME_BOX_MINUTES_MAX} minutes"
        )));
    }
    if opened.people.len() + opened.skills.len() > INVITED_MAX {
        return Err(Refusal::invalid(format!("at most {INVITED_MAX} are invited")));
    }
    for skill in &opened.skills {
        check_text("skill", skill, LABEL_CHARACTERS_MAX)?;
    }
    Ok(vec![Event::SwarmOpened(opened)])
}

/// A swarm that still runs keeps the case from being resolved or merged: its decision would be lost.
pub(crate) fn require_none_running(case: &Case) -> Result<(), Refusal> {
    match case.swarms.iter().find(|swarm| !swarm.closed) {
        None => Ok(()),
        Some(swarm) => Err(Refusal::conflict(format!(
            "swarm {} of {} has no decision; close it first",
            swarm.number, case.number
        ))),
    }
}

fn running(case: &Case, number: u32) -> Result<&Swarm, Refusal> {
    match case.swarms.iter().find(|swarm| swarm.number == number) {
        None => Err(Refusal::not_found(format!("no swarm {number} in {}", case.number))),
        Some(swarm) if swarm.closed => {
            Err(Refusal::conflict(format!("swarm {number} of {} is closed", case.number)))
        }
        Some(swarm) => Ok(swarm),
    }
}

fn next_number(case: &Case) -> Result<u32, Refusal> {
    let last = case.swarms.iter().map(|swarm| swarm.number).max().unwrap_or(0);
    if last >= SWARMS_PER_CASE_MAX {
        return Err(Refusal::conflict(format!(
            "{} had {SWARMS_PER_CASE_MAX} swarms, the most a case may have",
            case.number
        )));
    }
    Ok(last + 1)
}

/// A bell that comes late rings once, and the second one says what the first would have said.
fn ring(case: &Case, number: u32, boxes: u32, at: UtcMicros) -> Vec<Event> {
    let Some(swarm) = case.swarms.iter().find(|swarm| swarm.number == number) else {
        return vec![];
    };
    let due = box_end(swarm.opened_at, swarm.box_minutes, boxes);
    if swarm.closed || swarm.rang >= boxes || at < due {
        return vec![];
    }
    vec![Event::SwarmRang(SwarmRang { swarm: number, boxes })]
}

pub(super) fn evolve(case: &mut Case, event: &Event) {
    let of = |case: &mut Case, number: u32, change: &dyn Fn(&mut Swarm)| {
        case.swarms.iter_mut().filter(|swarm| swarm.number == number).for_each(change);
    };
    match event {
        Event::SwarmOpened(opened) => case.swarms.push(Swarm {
            number: opened.swarm,
            box_minutes: opened.box_minutes,
            opened_at: opened.opened_at,
            present: Vec::new(),
            rang: 0,
            closed: false,
        }),
        Event::SwarmJoined(joined) => {
            of(case, joined.swarm, &|swarm| swarm.present.push(joined.person));
        }
        Event::SwarmLeft(left) => {
            of(case, left.swarm, &|swarm| swarm.present.retain(|person| *person != left.person));
        }
        Event::SwarmRang(rang) => of(case, rang.swarm, &|swarm| swarm.rang = rang.boxes),
        Event::SwarmClosed(closed) => of(case, closed.swarm, &|swarm| {
            swarm.closed = true;
            swarm.present.clear();
        }),
        _ => {}
    }
}
