//! `mainstay person` and `mainstay team`: the same use cases as the web UI. Documents name people by
//! their login and moments by the clock, because people write them.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use mainstay_app::App;
use mainstay_app::person::{AtWork, Give};
use mainstay_app::request::{Origin, Request};
use mainstay_core::person::{Absence, AbsenceKind, Command, Profile, Skill, WorkHours};
use mainstay_core::{Actor, Code, UserId, UtcMicros, team};
use serde::{Deserialize, Serialize};

use crate::cli::{PersonCommand, TeamCommand};
use crate::command::{open_as, read_document};
use crate::exit::Exit;
use crate::output::Output;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonDocument {
    #[serde(default)]
    skills: Vec<Skill>,
    #[serde(default)]
    languages: Vec<String>,
    #[serde(default)]
    hours: Option<HoursDocument>,
    #[serde(default)]
    absences: Vec<AbsenceDocument>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HoursDocument {
    calendar: String,
    /// 0 is the newest version.
    #[serde(default)]
    policies: u32,
    zone: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AbsenceDocument {
    from: String,
    to: String,
    kind: AbsenceKind,
    #[serde(default)]
    cover: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TeamDocument {
    name: String,
    #[serde(default)]
    lead: Option<String>,
    #[serde(default)]
    members: Vec<String>,
    #[serde(default)]
    hours: Option<HoursDocument>,
    #[serde(default)]
    skills: Vec<String>,
    #[serde(default)]
    products: Vec<String>,
    #[serde(default)]
    queue: String,
}

/// Everybody's login, and back.
pub struct Logins {
    by_id: HashMap<UserId, String>,
}

impl Logins {
    pub async fn of(app: &App) -> Result<Self> {
        let people = app.local_people().await?;
        Ok(Self { by_id: people.into_iter().map(|it| (it.id, it.login)).collect() })
    }

    pub fn login(&self, id: UserId) -> String {
        self.by_id.get(&id).cloned().unwrap_or_else(|| "unknown".to_owned())
    }

    pub fn id(&self, login: &str) -> Result<UserId> {
        let found = self.by_id.iter().find(|(_, known)| *known == login);
        let missing = || {
            mainstay_app::AppError::not_found(format!(
                "no account {login}; see mainstay account list"
            ))
        };
        Ok(*found.ok_or_else(missing)?.0)
    }

    pub fn maybe_id(&self, login: Option<&str>) -> Result<Option<UserId>> {
        login.map(|login| self.id(login)).transpose()
    }
}

pub async fn run(command: PersonCommand, output: &Output) -> Result<Exit> {
    match command {
        PersonCommand::List { desk, area } => {
            let (app, actor) = open_as(&desk).await?;
            let people = app.at_work(&actor, &area).await?;
            app.close().await;
            let rows: Vec<Vec<String>> = people.iter().map(row).collect();
            let heads = ["login", "state", "zone", "load", "fit", "teams", "name"];
            if desk.json {
                let named = |row: &Vec<String>| {
                    heads.iter().zip(row).map(|(head, cell)| (*head, cell.clone())).collect()
                };
                output.json(&rows.iter().map(named).collect::<Vec<HashMap<&str, String>>>())?;
            } else {
                output.table(&heads, &rows)?;
            }
        }
        PersonCommand::Show { desk, person: login } => {
            let (app, actor) = open_as(&desk).await?;
            let logins = Logins::of(&app).await?;
            let person = app.person_at_work(&actor, logins.id(&login)?).await?;
            app.close().await;
            output.json(&document(&person.detail.profile, &logins))?;
        }
        PersonCommand::Put { desk, person: login, file } => {
            let document: PersonDocument = serde_json::from_str(&read_document(&file)?)
                .with_context(|| format!("{} is not a person", file.display()))?;
            let (app, actor) = open_as(&desk).await?;
            let logins = Logins::of(&app).await?;
            let profile = profile(document, &logins)?;
            let request = Request::new(actor, Origin::Cli);
            let person = app.change_person(&request, logins.id(&login)?, profile).await?;
            app.close().await;
            output.note(&format!("{login} is at version {}", person.detail.version));
        }
        PersonCommand::Remove { desk, person: login, reason, give_to, queue } => {
            let (app, actor) = open_as(&desk).await?;
            let logins = Logins::of(&app).await?;
            let give = match (logins.maybe_id(give_to.as_deref())?, queue) {
                (Some(heir), _) => Give::To(heir),
                (None, Some(why)) => Give::Queue(why),
                (None, None) => Give::Nothing,
            };
            let request = Request::new(actor, Origin::Cli);
            app.remove_person(&request, logins.id(&login)?, reason, give).await?;
            app.close().await;
            output.note(&format!("{login} was removed"));
        }
        PersonCommand::Start { desk } => {
            let (app, actor) = open_as(&desk).await?;
            shift(&app, actor, Command::StartShift).await?;
            output.note("your shift has begun");
        }
        PersonCommand::Leave { desk } => {
            let (app, actor) = open_as(&desk).await?;
            shift(&app, actor, Command::EndShift).await?;
            output.note("your shift is over");
        }
    }
    Ok(Exit::Ok)
}

async fn shift(app: &App, actor: Actor, command: Command) -> Result<()> {
    app.say_shift(&Request::new(actor, Origin::Cli), command).await?;
    app.close().await;
    Ok(())
}

pub async fn run_team(command: TeamCommand, output: &Output) -> Result<Exit> {
    match command {
        TeamCommand::List { desk } => {
            let (app, actor) = open_as(&desk).await?;
            let logins = Logins::of(&app).await?;
            let teams = app.teams(&actor).await?;
            app.close().await;
            if desk.json {
                let all = teams.iter().map(|team| team_document(&team.profile, &logins));
                output.json(&all.collect::<Vec<_>>())?;
            } else {
                let row = |team: &mainstay_app::team::Team| {
                    let it = &team.profile;
                    let lead = it.lead.map_or_else(|| "-".to_owned(), |lead| logins.login(lead));
                    let members = it.members.len().to_string();
                    vec![it.name.clone(), lead, members, it.queue.clone(), it.products.join(", ")]
                };
                let rows: Vec<Vec<String>> = teams.iter().map(row).collect();
                output.table(&["name", "lead", "members", "queue", "products"], &rows)?;
            }
        }
        TeamCommand::Show { desk, name } => {
            let (app, actor) = open_as(&desk).await?;
            let logins = Logins::of(&app).await?;
            let team = app.team_by_name(&actor, &name).await?;
            app.close().await;
            output.json(&team_document(&team.profile, &logins))?;
        }
        TeamCommand::Put { desk, file } => {
            let document: TeamDocument = serde_json::from_str(&read_document(&file)?)
                .with_context(|| format!("{} is not a team", file.display()))?;
            let (app, actor) = open_as(&desk).await?;
            let logins = Logins::of(&app).await?;
            let members = document.members.iter().map(|login| logins.id(login));
            let profile = team::Profile {
                lead: logins.maybe_id(document.lead.as_deref())?,
                members: members.collect::<Result<_>>()?,
                name: document.name,
                hours: document.hours.map(hours),
                skills: document.skills,
                products: document.products,
                queue: document.queue,
            };
            let request = Request::new(actor, Origin::Cli);
            let (what, team) = match app.team_by_name(&actor, &profile.name).await {
                Ok(there) => ("changed", app.change_team(&request, there.id, profile).await?),
                Err(error) if error.code() == Code::NotFound => {
                    ("added", app.add_team(&request, profile).await?)
                }
                Err(error) => return Err(error.into()),
            };
            app.close().await;
            output.result(&team.id.to_string())?;
            output.note(&format!("{what}, at version {}", team.version));
        }
    }
    Ok(Exit::Ok)
}

fn row(it: &AtWork) -> Vec<String> {
    let detail = &it.detail;
    let state = match (detail.removed, &it.absence, it.works) {
        (true, ..) => "removed".to_owned(),
        (false, Some(absence), _) => format!("away until {}", absence.to),
        (false, None, Some(true)) => "works".to_owned(),
        (false, None, Some(false)) => "off".to_owned(),
        (false, None, None) => "-".to_owned(),
    };
    let zone = detail.profile.hours.as_ref().map_or("-", |hours| hours.zone.as_str());
    let teams: Vec<&str> = it.teams.iter().map(|(_, name)| name.as_str()).collect();
    vec![
        detail.person.login.clone(),
        state,
        zone.to_owned(),
        it.weight.to_string(),
        it.fit.to_string(),
        teams.join(", "),
        detail.person.name.clone(),
    ]
}

fn document(profile: &Profile, logins: &Logins) -> PersonDocument {
    let absence = |it: &Absence| AbsenceDocument {
        from: it.from.to_string(),
        to: it.to.to_string(),
        kind: it.kind,
        cover: it.cover.map(|cover| logins.login(cover)),
    };
    PersonDocument {
        skills: profile.skills.clone(),
        languages: profile.languages.clone(),
        hours: profile.hours.as_ref().map(hours_document),
        absences: profile.absences.iter().map(absence).collect(),
    }
}

fn profile(document: PersonDocument, logins: &Logins) -> Result<Profile> {
    let mut absences = Vec::new();
    for it in document.absences {
        absences.push(Absence {
            from: moment(&it.from)?,
            to: moment(&it.to)?,
            kind: it.kind,
            cover: logins.maybe_id(it.cover.as_deref())?,
        });
    }
    let PersonDocument { skills, languages, .. } = document;
    Ok(Profile { skills, languages, hours: document.hours.map(hours), absences })
}

fn team_document(profile: &team::Profile, logins: &Logins) -> TeamDocument {
    TeamDocument {
        name: profile.name.clone(),
        lead: profile.lead.map(|lead| logins.login(lead)),
        members: profile.members.iter().map(|member| logins.login(*member)).collect(),
        hours: profile.hours.as_ref().map(hours_document),
        skills: profile.skills.clone(),
        products: profile.products.clone(),
        queue: profile.queue.clone(),
    }
}

fn hours(it: HoursDocument) -> WorkHours {
    WorkHours { calendar: it.calendar, policies: it.policies, zone: it.zone }
}

fn hours_document(it: &WorkHours) -> HoursDocument {
    let WorkHours { calendar, policies, zone } = it.clone();
    HoursDocument { calendar, policies, zone }
}

fn moment(text: &str) -> Result<UtcMicros> {
    match text.parse() {
        Ok(moment) => Ok(moment),
        Err(error) => bail!("{text:?} is {error}"),
    }
}
