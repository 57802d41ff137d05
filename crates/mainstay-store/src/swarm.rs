//! Swarms of a case: their read table, with who was there and what was tried.

use mainstay_core::case::{self, SwarmOutcome};
use mainstay_core::{CaseId, UserId, UtcMicros};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::account::{Person, person, person_columns, person_or_none};
use crate::connection::Connection;
use crate::error::StoreError;
use crate::project::{Entry, Happened};
use crate::row::{FromColumn, FromRow, Row};
use crate::statement::swarm as statement;
use crate::store::Store;
use crate::value::values;

/// A swarm as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swarm {
    pub number: u32,
    pub question: String,
    pub exit: String,
    pub box_minutes: u32,
    pub opened_at: UtcMicros,
    pub opened_by: Person,
    pub invited: Vec<UserId>,
    pub skills: Vec<String>,
    /// In the order in which they first came.
    pub people: Vec<Stay>,
    pub tried: Vec<Attempt>,
    /// How many time boxes ran out and were told.
    pub rang: u32,
    /// `None` while it runs.
    pub closed: Option<SwarmEnd>,
}

/// Somebody in a swarm; who came back has the newest stay only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    pub person: UserId,
    pub joined_at: UtcMicros,
    /// `None` while they are there.
    pub left_at: Option<UtcMicros>,
}

/// What somebody tried, and what it showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    pub by: UserId,
    pub at: UtcMicros,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwarmEnd {
    pub outcome: SwarmOutcome,
    pub decision: String,
    pub owner: Option<Person>,
    pub at: UtcMicros,
    pub by: Person,
}

impl FromColumn for Option<SwarmOutcome> {
    fn from_column(row: &Row, column: &'static str) -> Result<Self, StoreError> {
        let Some(word) = row.get::<Option<String>>(column)? else { return Ok(None) };
        word.parse().map(Some).map_err(|_| StoreError::Column { column })
    }
}

fn json<T: DeserializeOwned>(row: &Row, column: &'static str) -> Result<T, StoreError> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|_| StoreError::Column { column })
}

fn text<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(StoreError::Encode)
}

impl FromRow for Swarm {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let ended = (
            row.get::<Option<SwarmOutcome>>("outcome")?,
            row.get::<Option<UtcMicros>>("closed_at_us")?,
            person_or_none(row, person_columns!("closed_by"))?,
        );
        let closed = match ended {
            (Some(outcome), Some(at), Some(by)) => {
                let decision: Option<String> = row.get("decision")?;
                let owner = person_or_none(row, person_columns!("owner"))?;
                Some(SwarmEnd { outcome, decision: decision.unwrap_or_default(), owner, at, by })
            }
            _ => None,
        };
        Ok(Self {
            number: row.get("number")?,
            question: row.get("question")?,
            exit: row.get("exit_criteria")?,
            box_minutes: row.get("box_minutes")?,
            opened_at: row.get("opened_at_us")?,
            opened_by: person(row, person_columns!("opened_by"))?,
            invited: json(row, "invited")?,
            skills: json(row, "skills")?,
            people: json(row, "people")?,
            tried: json(row, "tried")?,
            rang: row.get("rang")?,
            closed,
        })
    }
}

impl Store {
    /// The swarms of a case, the newest first.
    ///
    /// # Errors
    /// As every question.
    pub async fn swarms_of_case(&self, case: CaseId) -> Result<Vec<Swarm>, StoreError> {
        self.ask(statement::SWARMS_OF_CASE, values![case]).await
    }

    /// Every swarm that runs.
    ///
    /// # Errors
    /// As every question.
    pub async fn running_swarms(&self) -> Result<Vec<(CaseId, case::SwarmOpened)>, StoreError> {
        let running: Vec<Running> = self.ask(statement::RUNNING_SWARMS, vec![]).await?;
        Ok(running.into_iter().map(|Running(case, opened)| (case, opened)).collect())
    }
}

/// A swarm that runs, as it was opened.
struct Running(CaseId, case::SwarmOpened);

impl FromRow for Running {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let opened = case::SwarmOpened {
            swarm: row.get("number")?,
            question: row.get("question")?,
            exit: row.get("exit_criteria")?,
            box_minutes: row.get("box_minutes")?,
            opened_at: row.get("opened_at_us")?,
            people: json(row, "invited")?,
            skills: json(row, "skills")?,
        };
        Ok(Self(row.get("case_id")?, opened))
    }
}

/// Writes the row of the swarm.
pub(crate) async fn project_swarm(
    connection: &mut Connection<'_>,
    id: CaseId,
    happened: &Happened<'_>,
    event: &case::Event,
) -> Result<(), StoreError> {
    match event {
        case::Event::SwarmOpened(opened) => {
            let values = values![
                id,
                opened.swarm,
                opened.question.as_str(),
                opened.exit.as_str(),
                opened.box_minutes,
                opened.opened_at,
                happened.actor,
                text(&opened.people)?,
                text(&opened.skills)?,
            ];
            connection.execute(statement::OPEN_SWARM, values).await?;
        }
        case::Event::SwarmJoined(joined) => {
            let Some((mut people, _)) = lists(connection, id, joined.swarm).await? else {
                return Ok(());
            };
            let stay = Stay { person: joined.person, joined_at: happened.at, left_at: None };
            match people.iter_mut().find(|known| known.person == joined.person) {
                Some(known) => *known = stay,
                None => people.push(stay),
            }
            let values = values![id, joined.swarm, text(&people)?];
            connection.execute(statement::SET_SWARM_PEOPLE, values).await?;
        }
        case::Event::SwarmLeft(left) => {
            let Some((mut people, _)) = lists(connection, id, left.swarm).await? else {
                return Ok(());
            };
            for known in people.iter_mut().filter(|known| known.person == left.person) {
                known.left_at = Some(happened.at);
            }
            let values = values![id, left.swarm, text(&people)?];
            connection.execute(statement::SET_SWARM_PEOPLE, values).await?;
        }
        case::Event::SwarmTried(tried) => {
            let Some((_, mut all)) = lists(connection, id, tried.swarm).await? else {
                return Ok(());
            };
            all.push(Attempt { by: happened.actor, at: happened.at, text: tried.text.clone() });
            let values = values![id, tried.swarm, text(&all)?];
            connection.execute(statement::SET_SWARM_TRIED, values).await?;
        }
        case::Event::SwarmRang(rang) => {
            connection.execute(statement::RING_SWARM, values![id, rang.swarm, rang.boxes]).await?;
        }
        case::Event::SwarmClosed(closed) => close(connection, id, happened, closed).await?,
        _ => {}
    }
    Ok(())
}

/// Who is still there leaves with the end.
async fn close(
    connection: &mut Connection<'_>,
    id: CaseId,
    happened: &Happened<'_>,
    closed: &case::SwarmClosed,
) -> Result<(), StoreError> {
    let Some((mut people, _)) = lists(connection, id, closed.swarm).await? else { return Ok(()) };
    for known in people.iter_mut().filter(|known| known.left_at.is_none()) {
        known.left_at = Some(happened.at);
    }
    let values = values![
        id,
        closed.swarm,
        text(&people)?,
        closed.outcome.as_str(),
        closed.decision.as_str(),
        closed.owner,
        happened.at,
        happened.actor,
    ];
    connection.execute(statement::CLOSE_SWARM, values).await?;
    Ok(())
}

async fn lists(
    connection: &mut Connection<'_>,
    id: CaseId,
    swarm: u32,
) -> Result<Option<(Vec<Stay>, Vec<Attempt>)>, StoreError> {
    let row = connection.row(statement::SWARM_LISTS, values![id, swarm]).await?;
    row.map(|row| Ok((json(&row, "people")?, json(&row, "tried")?))).transpose()
}

/// The line in the timeline.
pub(crate) fn entry_of(event: &case::Event) -> Entry<'_> {
    let entry = Entry::default();
    match event {
        case::Event::SwarmOpened(opened) => Entry {
            kind: "swarm_opened",
            text: Some(&opened.question),
            title: Some(opened.swarm.to_string().into()),
            ..entry
        },
        case::Event::SwarmJoined(joined) => {
            Entry { kind: "swarm_joined", title: Some(joined.swarm.to_string().into()), ..entry }
        }
        case::Event::SwarmLeft(left) => {
            Entry { kind: "swarm_left", title: Some(left.swarm.to_string().into()), ..entry }
        }
        case::Event::SwarmTried(tried) => Entry {
            kind: "swarm_tried",
            text: Some(&tried.text),
            title: Some(tried.swarm.to_string().into()),
            ..entry
        },
        case::Event::SwarmRang(rang) => Entry {
            kind: if rang.boxes > 1 { "swarm_lead_told" } else { "swarm_asked" },
            title: Some(rang.swarm.to_string().into()),
            ..entry
        },
        case::Event::SwarmClosed(closed) => Entry {
            kind: match closed.outcome {
                SwarmOutcome::Solved => "swarm_solved",
                SwarmOutcome::NextStep => "swarm_next_step",
                SwarmOutcome::Escalate => "swarm_escalated",
                SwarmOutcome::Stop => "swarm_stopped",
            },
            text: Some(&closed.decision),
            title: Some(closed.swarm.to_string().into()),
            assignee: closed.owner,
            ..entry
        },
        _ => entry,
    }
}
