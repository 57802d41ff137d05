//! People beyond signing in: everybody with an account, and what the log knows of them.

use std::collections::BTreeMap;

use mainstay_core::event::{Event, Stream};
use mainstay_core::person::{self, Profile};
use mainstay_core::{CaseId, CaseNumber, Severity, UserId, UtcMicros};

use crate::account::Person;
use crate::connection::Connection;
use crate::dialect::LOCK_KEY;
use crate::error::StoreError;
use crate::log::Loaded;
use crate::project::Happened;
use crate::row::{FromRow, Row};
use crate::statement::person as statement;
use crate::statement::plain;
use crate::store::Store;
use crate::value::values;
use crate::write::Write;

/// A person as the desk shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonDetail {
    pub person: Person,
    pub profile: Profile,
    pub removed: bool,
    pub removed_reason: Option<String>,
    /// Since when they are on shift, if they said so.
    pub on_shift_since: Option<UtcMicros>,
    pub left_at: Option<UtcMicros>,
    /// The version of the person's stream: what an edit expects.
    pub version: u64,
}

/// Open cases by severity, in the order of `Severity::ALL`.
pub type Load = [u64; 4];

impl FromRow for PersonDetail {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let profile: Option<String> = row.get("profile")?;
        let profile = profile.as_deref().map(serde_json::from_str).transpose();
        Ok(Self {
            person: Person {
                id: row.get("id")?,
                login: row.get("login")?,
                name: row.get("name")?,
                role: row.get("role")?,
            },
            profile: profile
                .map_err(|_| StoreError::Column { column: "profile" })?
                .unwrap_or_default(),
            removed: row.get("removed")?,
            removed_reason: row.get("removed_reason")?,
            on_shift_since: row.get("shift_started_us")?,
            left_at: row.get("shift_ended_us")?,
            version: row.get("person_version")?,
        })
    }
}

impl Store {
    /// Everybody with an account, by login, also who was removed.
    ///
    /// # Errors
    /// As every question.
    pub async fn person_details(&self) -> Result<Vec<PersonDetail>, StoreError> {
        self.ask(statement::PEOPLE, vec![]).await
    }

    /// One of them.
    ///
    /// # Errors
    /// As every question.
    pub async fn person_detail(&self, id: UserId) -> Result<Option<PersonDetail>, StoreError> {
        self.ask_one(statement::PERSON, values![id]).await
    }

    /// How many open cases of each severity everybody has.
    ///
    /// # Errors
    /// As every question.
    pub async fn loads(&self) -> Result<BTreeMap<UserId, Load>, StoreError> {
        let mut loads: BTreeMap<UserId, Load> = BTreeMap::new();
        for row in self.reader().await?.connection().rows(statement::LOADS, vec![]).await? {
            let severity: Severity = row.get("severity")?;
            let place = Severity::ALL.iter().position(|it| *it == severity).unwrap_or_default();
            loads.entry(row.get("assignee")?).or_default()[place] = row.get("cases")?;
        }
        Ok(loads)
    }
}

impl Write {
    /// The person and the version to append after, checked and locked.
    ///
    /// # Errors
    /// As `load_case`.
    pub async fn load_person(&mut self, id: UserId) -> Result<Loaded<person::State>, StoreError> {
        let (events, version) = self.load(Stream::Person(id)).await?;
        let mut state = person::State::default();
        for event in &events {
            if let Event::Person(event) = event {
                state = person::evolve(state, event);
            }
        }
        Ok(Loaded { state, version })
    }

    /// Keeps everybody else from removing this person, or from giving them something, until the end
    /// of this write. Their stream may not be there yet, so its head cannot be what is locked.
    ///
    /// # Errors
    /// As every write.
    pub async fn hold_person(&mut self, id: UserId) -> Result<Option<PersonDetail>, StoreError> {
        let sql = LOCK_KEY.of(&self.connection());
        self.ask_row(sql, values![format!("person/{id}")]).await?;
        self.person_detail(id).await
    }

    /// One person as this write leaves them.
    ///
    /// # Errors
    /// As every question.
    pub async fn person_detail(&mut self, id: UserId) -> Result<Option<PersonDetail>, StoreError> {
        self.ask_one(statement::PERSON, values![id]).await
    }

    /// The open cases of an owner, in the order in which they are locked.
    ///
    /// # Errors
    /// As every question.
    pub async fn open_cases_of(
        &mut self,
        id: UserId,
    ) -> Result<Vec<(CaseId, CaseNumber)>, StoreError> {
        let rows = self.connection().rows(statement::OPEN_CASES_OF, values![id]).await?;
        rows.iter().map(|row| Ok((row.get("id")?, row.get("number")?))).collect()
    }

    /// How many administrators are left beside this person.
    ///
    /// # Errors
    /// As every question.
    pub async fn other_admins(&mut self, id: UserId) -> Result<u64, StoreError> {
        let row = self.ask_row(statement::ADMINS_LEFT, values![id]).await?;
        row.map_or(Ok(0), |row| row.get("left_over"))
    }

    /// Takes back every token that acts as this account; how many.
    ///
    /// # Errors
    /// As every write.
    pub async fn revoke_tokens_of(&mut self, id: UserId) -> Result<u64, StoreError> {
        self.execute(plain::REVOKE_TOKENS_OF, values![id]).await
    }
}

pub(crate) async fn project_person(
    connection: &mut Connection<'_>,
    id: UserId,
    happened: &Happened<'_>,
    event: &person::Event,
) -> Result<(), StoreError> {
    let Happened { version, at, actor, .. } = *happened;
    if let person::Event::Changed(changed) = event {
        let profile = serde_json::to_string(&changed.profile).map_err(StoreError::Encode)?;
        let values = values![id, profile, at, actor, version];
        connection.execute(statement::CHANGE_PERSON, values).await?;
        return Ok(());
    }
    connection.execute(statement::TOUCH_PERSON, values![id, at, actor, version]).await?;
    let (sql, values) = match event {
        person::Event::Changed(_) => return Ok(()),
        person::Event::Removed(removed) => {
            (statement::REMOVE_PERSON, values![id, removed.reason.as_str(), at, actor])
        }
        person::Event::ShiftStarted(_) => (statement::START_SHIFT, values![id, at]),
        person::Event::ShiftEnded(_) => (statement::END_SHIFT, values![id, at]),
    };
    connection.execute(sql, values).await?;
    Ok(())
}
