//! People beyond signing in, and teams, as they travel.

use mainstay_app::person::AtWork;
use mainstay_app::team::Team;
use mainstay_core::person::{Absence, AbsenceKind, Profile, Skill, WorkHours};
use mainstay_core::{UserId, UtcMicros, team};

use super::person as person_dto;
use crate::dto::{self, maybe_time, person as wire, time};
use crate::problem::Failure;
use crate::query::bad;

dto::twin!(wire::AbsenceKind = AbsenceKind { Leave, Sick, Training, Duty, Other });

pub(crate) fn at_work(it: &AtWork) -> wire::PersonAtWork {
    let detail = &it.detail;
    wire::PersonAtWork {
        person: person_dto(&detail.person),
        profile: profile(&detail.profile),
        removed: detail.removed,
        removed_reason: detail.removed_reason.clone(),
        on_shift_since: maybe_time(detail.on_shift_since),
        left_at: maybe_time(detail.left_at),
        teams: it
            .teams
            .iter()
            .map(|(id, name)| wire::TeamName { id: id.to_string(), name: name.clone() })
            .collect(),
        works: it.works,
        absence: it.absence.as_ref().map(absence),
        next_work_at: maybe_time(it.next_work),
        load: it.load.to_vec(),
        weight: it.weight,
        fit: it.fit,
        version: detail.version,
    }
}

fn profile(profile: &Profile) -> wire::PersonProfile {
    let skill = |it: &Skill| wire::Skill { name: it.name.clone(), level: it.level };
    wire::PersonProfile {
        skills: profile.skills.iter().map(skill).collect(),
        languages: profile.languages.clone(),
        hours: profile.hours.as_ref().map(hours),
        absences: profile.absences.iter().map(absence).collect(),
    }
}

fn hours(hours: &WorkHours) -> wire::WorkHours {
    let WorkHours { calendar, policies, zone } = hours.clone();
    wire::WorkHours { calendar, policies, zone }
}

fn absence(absence: &Absence) -> wire::Absence {
    wire::Absence {
        from: time(absence.from),
        to: time(absence.to),
        kind: absence.kind.into(),
        cover: absence.cover.map(|cover| cover.to_string()),
    }
}

/// A document of a person, read.
pub(crate) fn read_profile(body: wire::PersonProfile) -> Result<Profile, Failure> {
    let absences = body.absences.into_iter().map(|it| {
        Ok(Absence {
            from: read_time(&it.from, "from")?,
            to: read_time(&it.to, "to")?,
            kind: it.kind.into(),
            cover: read_user(it.cover.as_deref(), "cover")?,
        })
    });
    let skill = |it: wire::Skill| Skill { name: it.name, level: it.level };
    Ok(Profile {
        skills: body.skills.into_iter().map(skill).collect(),
        languages: body.languages,
        hours: body.hours.map(read_hours),
        absences: absences.collect::<Result<_, Failure>>()?,
    })
}

fn read_hours(hours: wire::WorkHours) -> WorkHours {
    let wire::WorkHours { calendar, policies, zone } = hours;
    WorkHours { calendar, policies, zone }
}

pub(crate) fn read_time(text: &str, field: &'static str) -> Result<UtcMicros, Failure> {
    text.parse().map_err(|_| bad(field))
}

pub(crate) fn read_user(
    text: Option<&str>,
    field: &'static str,
) -> Result<Option<UserId>, Failure> {
    text.map(|text| text.parse().map_err(|_| bad(field))).transpose()
}

pub(crate) fn team(it: &Team) -> wire::Team {
    let known = &it.profile;
    wire::Team {
        id: it.id.to_string(),
        profile: wire::TeamProfile {
            name: known.name.clone(),
            lead: known.lead.map(|lead| lead.to_string()),
            members: known.members.iter().map(ToString::to_string).collect(),
            hours: known.hours.as_ref().map(hours),
            skills: known.skills.clone(),
            products: known.products.clone(),
            queue: known.queue.clone(),
        },
        changed_at: time(it.changed_at),
        changed_by: person_dto(&it.changed_by),
        version: it.version,
    }
}

/// A document of a team, read.
pub(crate) fn read_team(body: wire::TeamProfile) -> Result<team::Profile, Failure> {
    let members = body.members.iter().map(|id| id.parse().map_err(|_| bad("members")));
    Ok(team::Profile {
        name: body.name,
        lead: read_user(body.lead.as_deref(), "lead")?,
        members: members.collect::<Result<_, Failure>>()?,
        hours: body.hours.map(read_hours),
        skills: body.skills,
        products: body.products,
        queue: body.queue,
    })
}
