//! A team: who belongs together, what they know and when somebody of them is there.

use serde::{Deserialize, Serialize};

use crate::customer::{check_count, check_line, require};
use crate::id::{TeamId, UserId};
use crate::person::{SKILLS_MAX, WorkHours};
use crate::refusal::Refusal;

/// More than this is a department.
pub const MEMBERS_MAX: usize = 200;
/// Areas of products that one team looks after.
pub const PRODUCTS_MAX: usize = 50;

/// A team as folded from its stream; `None` before it was added.
pub type State = Option<Team>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    pub id: TeamId,
    pub profile: Profile,
}

/// What is known of a team: one document, changed as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    pub name: String,
    #[serde(default)]
    pub lead: Option<UserId>,
    #[serde(default)]
    pub members: Vec<UserId>,
    /// When the team as such is there; without it, when one of the members is.
    #[serde(default)]
    pub hours: Option<WorkHours>,
    #[serde(default)]
    pub skills: Vec<String>,
    /// The products, or parts of them, whose cases are theirs.
    #[serde(default)]
    pub products: Vec<String>,
    /// Where cases for the team arrive: the name that intake uses.
    #[serde(default)]
    pub queue: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Add { team: TeamId, profile: Profile },
    Change { profile: Profile },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Added(Added),
    Changed(Changed),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Added {
    pub team: TeamId,
    pub profile: Profile,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changed {
    pub profile: Profile,
}

/// Which events follow from the command. That no two teams have one name is the desk's to see.
///
/// # Errors
/// `invalid` names the field, `conflict` for a team that is there, `not_found` for one that is not.
pub fn decide(state: &State, command: Command) -> Result<Vec<Event>, Refusal> {
    match (state, command) {
        (None, Command::Add { team, profile }) => {
            profile.check()?;
            Ok(vec![Event::Added(Added { team, profile })])
        }
        (Some(_), Command::Add { .. }) => Err(Refusal::conflict("the team was added before")),
        (None, Command::Change { .. }) => Err(Refusal::not_found("no such team")),
        (Some(team), Command::Change { profile }) => {
            profile.check()?;
            let unchanged = team.profile == profile;
            Ok(if unchanged { vec![] } else { vec![Event::Changed(Changed { profile })] })
        }
    }
}

/// The team after the event.
#[must_use]
pub fn evolve(state: State, event: &Event) -> State {
    match (state, event) {
        (_, Event::Added(added)) => Some(Team { id: added.team, profile: added.profile.clone() }),
        (Some(team), Event::Changed(changed)) => {
            Some(Team { profile: changed.profile.clone(), ..team })
        }
        (None, Event::Changed(_)) => None,
    }
}

impl Profile {
    /// The team without somebody who left.
    #[must_use]
    pub fn without(&self, user: UserId) -> Self {
        let mut left = self.clone();
        left.members.retain(|member| *member != user);
        left.lead = left.lead.filter(|lead| *lead != user);
        left
    }

    fn check(&self) -> Result<(), Refusal> {
        require("name", &self.name)?;
        check_line("queue", &self.queue)?;
        check_count("members", self.members.len(), MEMBERS_MAX)?;
        check_count("skills", self.skills.len(), SKILLS_MAX)?;
        check_count("products", self.products.len(), PRODUCTS_MAX)?;
        let mut members = self.members.clone();
        members.sort_unstable();
        if members.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(Refusal::invalid("a member stands there twice; keep one"));
        }
        if self.lead.is_some_and(|lead| !self.members.contains(&lead)) {
            return Err(Refusal::invalid("the lead of a team is one of its members"));
        }
        for skill in &self.skills {
            require("skill", skill)?;
        }
        for product in &self.products {
            require("product", product)?;
        }
        self.hours.as_ref().map_or(Ok(()), WorkHours::check)
    }
}
