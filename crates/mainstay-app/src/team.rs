//! Teams: who belongs together.

use mainstay_core::event::{Event, Stream};
use mainstay_core::team::{self, Command, Profile};
use mainstay_core::{Action, Actor, Refusal, TeamId, policy};

use crate::repeat::{check_version, first_result, remember};
use crate::request::{Request, fingerprint};
use crate::{App, AppError};

pub use mainstay_store::Team;

impl App {
    /// All teams, by name.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn teams(&self, actor: &Actor) -> Result<Vec<Team>, AppError> {
        policy::authorise(actor, Action::ReadAccounts)?;
        Ok(self.store().teams().await?)
    }

    /// The team with this name, however it is spelt.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn team_by_name(&self, actor: &Actor, name: &str) -> Result<Team, AppError> {
        policy::authorise(actor, Action::ReadAccounts)?;
        self.store().team_by_name(name).await?.ok_or_else(no_such_team)
    }

    /// Adds a team.
    ///
    /// # Errors
    /// `forbidden`, `invalid` names the field, `conflict` when the name is taken.
    pub async fn add_team(&self, request: &Request, profile: Profile) -> Result<Team, AppError> {
        let id = TeamId::from_uuid(self.inner.clock.new_id());
        let asked = fingerprint("team.add", &[&format!("{profile:?}")]);
        self.put_team(request, id, asked, Command::Add { team: id, profile }).await
    }

    /// Changes a team as a whole; `expected_version` of the request is the version that was seen.
    ///
    /// # Errors
    /// `forbidden`, `not_found`, `invalid`, `conflict` when the name is taken, `stale`.
    pub async fn change_team(
        &self,
        request: &Request,
        id: TeamId,
        profile: Profile,
    ) -> Result<Team, AppError> {
        let asked = fingerprint("team.change", &[&id.to_string(), &format!("{profile:?}")]);
        self.put_team(request, id, asked, Command::Change { profile }).await
    }

    async fn put_team(
        &self,
        request: &Request,
        id: TeamId,
        asked: [u8; 32],
        mut command: Command,
    ) -> Result<Team, AppError> {
        policy::authorise(&request.actor, Action::ManagePeople)?;
        let (Command::Add { profile, .. } | Command::Change { profile }) = &mut command;
        if let Some(hours) = &mut profile.hours {
            self.settle_hours(hours).await?;
        }
        let (name, members) = (profile.name.clone(), profile.members.clone());
        let mut write = self.store().begin(&self.meta(request)).await?;
        if let Some(first) = first_result(&mut write, request, &asked).await? {
            return write.team(first).await?.ok_or_else(no_such_team);
        }
        let loaded = write.load_team(id).await?;
        check_version(request, "the team", loaded.version)?;
        let before = loaded.state.as_ref().map_or(&[][..], |team| &team.profile.members);
        for member in members.iter().filter(|member| !before.contains(member)) {
            crate::person::require_active(&mut write, *member).await?;
        }
        if write.team_by_name(&name).await?.is_some_and(|other| other.id != id) {
            return Err(Refusal::conflict("another team has this name; choose another").into());
        }
        let events = team::decide(&loaded.state, command)?;
        let events: Vec<Event> = events.into_iter().map(Event::Team).collect();
        write.append(Stream::Team(id), loaded.version, &events).await?;
        remember(&mut write, request, &asked, &id.to_string()).await?;
        let team = write.team(id).await?.ok_or_else(no_such_team)?;
        write.commit().await?;
        Ok(team)
    }
}

pub(crate) fn no_such_team() -> AppError {
    AppError::not_found("no such team")
}
