//! People beyond signing in, and teams.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::session::Person;

/// What is known of a person: one document, changed as a whole.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonProfile {
    #[serde(default)]
    pub skills: Vec<Skill>,
    #[serde(default)]
    pub languages: Vec<String>,
    #[serde(default)]
    pub hours: Option<WorkHours>,
    #[serde(default)]
    pub absences: Vec<Absence>,
}

/// A word and how well: 1 knows it, 2 works alone, 3 teaches it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Skill {
    pub name: String,
    pub level: u8,
}

/// A calendar of the published policies, read in this zone.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkHours {
    /// A name in the policies, or `24x7`.
    pub calendar: String,
    /// The version of the policies; 0 for the newest.
    #[serde(default)]
    pub policies: u32,
    /// `Europe/London`
    pub zone: String,
}

/// A time away.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    pub from: String,
    /// From here on they are back.
    pub to: String,
    pub kind: AbsenceKind,
    /// The id of whoever is asked meanwhile.
    #[serde(default)]
    pub cover: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AbsenceKind {
    Leave,
    Sick,
    Training,
    Duty,
    Other,
}

/// A person as somebody sees them who looks for help now.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonAtWork {
    pub person: Person,
    pub profile: PersonProfile,
    pub removed: bool,
    pub removed_reason: Option<String>,
    pub on_shift_since: Option<String>,
    pub left_at: Option<String>,
    pub teams: Vec<TeamName>,
    /// By hours and absences; null when nobody knows their hours.
    pub works: Option<bool>,
    /// The absence that runs now.
    pub absence: Option<Absence>,
    /// When they are next there.
    pub next_work_at: Option<String>,
    /// Open cases, P1 to P4.
    pub load: Vec<u64>,
    /// The same with P1 as 8, P2 as 4, P3 as 2 and P4 as 1.
    pub weight: u64,
    /// How well they know the area that was asked for, 0 to 3.
    pub fit: u8,
    /// For `If-Match`.
    pub version: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TeamName {
    pub id: String,
    pub name: String,
}

/// Takes somebody from the desk. Open cases need `give_to`, or `queue_reason` for nobody.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemovePerson {
    pub reason: String,
    #[serde(default)]
    pub give_to: Option<String>,
    #[serde(default)]
    pub queue_reason: Option<String>,
}

/// What is known of a team: one document, changed as a whole.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamProfile {
    pub name: String,
    /// The id of one of the members.
    #[serde(default)]
    pub lead: Option<String>,
    #[serde(default)]
    pub members: Vec<String>,
    /// Without them the team is there when one of its members is.
    #[serde(default)]
    pub hours: Option<WorkHours>,
    #[serde(default)]
    pub skills: Vec<String>,
    #[serde(default)]
    pub products: Vec<String>,
    /// Where cases for the team arrive.
    #[serde(default)]
    pub queue: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Team {
    pub id: String,
    pub profile: TeamProfile,
    pub changed_at: String,
    pub changed_by: Person,
    /// For `If-Match`.
    pub version: u64,
}
