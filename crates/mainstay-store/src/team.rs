//! Teams: the list, and one of them.

use mainstay_core::event::{Event, Stream};
use mainstay_core::team::{self, Profile};
use mainstay_core::{TeamId, UtcMicros, customer};

use crate::account::{Person, person, person_columns};
use crate::connection::Connection;
use crate::error::StoreError;
use crate::log::Loaded;
use crate::project::Happened;
use crate::row::{FromRow, Row};
use crate::statement::person as statement;
use crate::store::Store;
use crate::value::values;
use crate::write::Write;

/// A team as the desk shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    pub id: TeamId,
    pub profile: Profile,
    pub changed_at: UtcMicros,
    pub changed_by: Person,
    /// The version of the team's stream: what an edit expects.
    pub version: u64,
}

impl FromRow for Team {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let body: String = row.get("body")?;
        Ok(Self {
            id: row.get("id")?,
            profile: serde_json::from_str(&body)
                .map_err(|_| StoreError::Column { column: "body" })?,
            changed_at: row.get("changed_at_us")?,
            changed_by: person(row, person_columns!("changed_by"))?,
            version: row.get("team_version")?,
        })
    }
}

impl Store {
    /// All teams, by name.
    ///
    /// # Errors
    /// As every question.
    pub async fn teams(&self) -> Result<Vec<Team>, StoreError> {
        self.ask(statement::TEAMS, vec![]).await
    }

    /// One team.
    ///
    /// # Errors
    /// As every question.
    pub async fn team(&self, id: TeamId) -> Result<Option<Team>, StoreError> {
        self.ask_one(statement::TEAM, values![id]).await
    }

    /// The team with this name, however it is spelt.
    ///
    /// # Errors
    /// As every question.
    pub async fn team_by_name(&self, name: &str) -> Result<Option<Team>, StoreError> {
        self.ask_one(statement::TEAM_BY_KEY, values![customer::name_key(name)]).await
    }
}

impl Write {
    /// The team and the version to append after, checked and locked.
    ///
    /// # Errors
    /// As `load_case`.
    pub async fn load_team(&mut self, id: TeamId) -> Result<Loaded<team::State>, StoreError> {
        let (events, version) = self.load(Stream::Team(id)).await?;
        let mut state = None;
        for event in &events {
            if let Event::Team(event) = event {
                state = team::evolve(state, event);
            }
        }
        Ok(Loaded { state, version })
    }

    /// All teams as this write leaves them.
    ///
    /// # Errors
    /// As every question.
    pub async fn teams(&mut self) -> Result<Vec<Team>, StoreError> {
        self.ask(statement::TEAMS, vec![]).await
    }

    /// One team as this write leaves it.
    ///
    /// # Errors
    /// As every question.
    pub async fn team(&mut self, id: TeamId) -> Result<Option<Team>, StoreError> {
        self.ask_one(statement::TEAM, values![id]).await
    }

    /// The team with this name as this write leaves it.
    ///
    /// # Errors
    /// As every question.
    pub async fn team_by_name(&mut self, name: &str) -> Result<Option<Team>, StoreError> {
        self.ask_one(statement::TEAM_BY_KEY, values![customer::name_key(name)]).await
    }
}

pub(crate) async fn project_team(
    connection: &mut Connection<'_>,
    id: TeamId,
    happened: &Happened<'_>,
    event: &team::Event,
) -> Result<(), StoreError> {
    let (sql, profile) = match event {
        team::Event::Added(added) => (statement::ADD_TEAM, &added.profile),
        team::Event::Changed(changed) => (statement::CHANGE_TEAM, &changed.profile),
    };
    let body = serde_json::to_string(profile).map_err(StoreError::Encode)?;
    let values = values![
        id,
        profile.name.as_str(),
        customer::name_key(&profile.name),
        body,
        happened.at,
        happened.actor,
        happened.version,
    ];
    connection.execute(sql, values).await?;
    Ok(())
}
