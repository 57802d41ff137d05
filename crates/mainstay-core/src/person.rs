//! What an account is to the desk beyond signing in: when they work, when they are away, what they
//! know. Login, name, role and password are the plain account; whom a team has, the team says.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::Severity;
use crate::calendar::{Calendar, CalendarForm};
use crate::case::{REASON_CHARACTERS_MAX, check_text};
use crate::customer::{check_count, check_line, name_key, require};
use crate::id::UserId;
use crate::refusal::Refusal;
use crate::time::UtcMicros;

/// More words than this describe nobody.
pub const SKILLS_MAX: usize = 50;
/// Languages that somebody supports customers in.
pub const LANGUAGES_MAX: usize = 20;
/// Some years of holidays; older ones may go.
pub const ABSENCES_MAX: usize = 200;
/// Somebody who is away for longer has left.
const ABSENCE_US_MAX: i64 = 2 * 366 * 24 * 3_600 * 1_000_000;
/// How often the search for a working hour steps over an absence.
const STEPS_MAX: usize = ABSENCES_MAX + 1;

/// A person as folded from their stream; every account begins as this.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    pub profile: Profile,
    pub removed: bool,
    /// They said that their shift has begun, and not yet that it is over.
    pub on_shift: bool,
}

/// What is known of a person: one document, changed as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    #[serde(default)]
    pub skills: Vec<Skill>,
    #[serde(default)]
    pub languages: Vec<String>,
    /// Without hours nobody knows when they work.
    #[serde(default)]
    pub hours: Option<WorkHours>,
    #[serde(default)]
    pub absences: Vec<Absence>,
}

/// A word and how well: 1 knows it, 2 works alone, 3 teaches it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skill {
    pub name: String,
    pub level: u8,
}

/// A calendar of the published policies, read in the person's own zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkHours {
    pub calendar: String,
    /// The version of the policies whose calendar it is; 0 for the one that is built in.
    pub policies: u32,
    pub zone: String,
}

/// A time away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    pub from: UtcMicros,
    /// From here on they are back.
    pub to: UtcMicros,
    pub kind: AbsenceKind,
    /// Who is asked meanwhile.
    #[serde(default)]
    pub cover: Option<UserId>,
}

/// Why somebody is away, in no more words than colleagues need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbsenceKind {
    Leave,
    Sick,
    Training,
    Duty,
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Change { profile: Profile },
    Remove { reason: String },
    StartShift,
    EndShift,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Changed(Changed),
    Removed(Removed),
    ShiftStarted(ShiftStarted),
    ShiftEnded(ShiftEnded),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changed {
    pub profile: Profile,
}

/// They do not work here any more; their name stays in the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removed {
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftStarted {}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftEnded {}

/// Which events follow from the command.
///
/// # Errors
/// `invalid` names the field, `conflict` for somebody who was removed.
pub fn decide(state: &State, command: Command) -> Result<Vec<Event>, Refusal> {
    if state.removed {
        return Err(Refusal::conflict("the person was removed; create a new account"));
    }
    Ok(match command {
        Command::Change { profile } => {
            profile.check()?;
            let unchanged = state.profile == profile;
            if unchanged { vec![] } else { vec![Event::Changed(Changed { profile })] }
        }
        Command::Remove { reason } => {
            check_text("reason", &reason, REASON_CHARACTERS_MAX)?;
            vec![Event::Removed(Removed { reason })]
        }
        Command::StartShift if state.on_shift => vec![],
        Command::StartShift => vec![Event::ShiftStarted(ShiftStarted {})],
        // who never said that it began may still say that it is over: it is what they leave by
        Command::EndShift => vec![Event::ShiftEnded(ShiftEnded {})],
    })
}

/// The person after the event.
#[must_use]
pub fn evolve(mut state: State, event: &Event) -> State {
    match event {
        Event::Changed(changed) => state.profile = changed.profile.clone(),
        Event::Removed(_) => (state.removed, state.on_shift) = (true, false),
        Event::ShiftStarted(_) => state.on_shift = true,
        Event::ShiftEnded(_) => state.on_shift = false,
    }
    state
}

impl Profile {
    /// The parts that are the desk's to set, as they are in `other`: hours.
    #[must_use]
    pub fn keeps_hours_of(&self, other: &Self) -> bool {
        self.hours == other.hours
    }

    /// The absence at this moment.
    #[must_use]
    pub fn absent_at(&self, at: UtcMicros) -> Option<&Absence> {
        self.absences.iter().find(|absence| absence.from <= at && at < absence.to)
    }

    /// How well they know a product or an area, 0 for not at all.
    #[must_use]
    pub fn fit(&self, area: &str) -> u8 {
        let key = name_key(area);
        let known = self.skills.iter().filter(|skill| name_key(&skill.name) == key);
        known.map(|skill| skill.level).max().unwrap_or(0)
    }

    /// Whether they work at this moment by their hours and absences; without hours nobody knows.
    #[must_use]
    pub fn works_at(&self, hours: Option<&Calendar>, at: UtcMicros) -> Option<bool> {
        if self.absent_at(at).is_some() {
            return Some(false);
        }
        hours.map(|hours| hours.is_open(at))
    }

    /// The first instant from `at` on at which they work; without hours the end of an absence.
    #[must_use]
    pub fn next_work(&self, hours: Option<&Calendar>, at: UtcMicros) -> Option<UtcMicros> {
        let mut moment = at;
        for _ in 0..STEPS_MAX {
            moment = hours.map_or(Some(moment), |hours| hours.after(moment, 0))?;
            match self.absent_at(moment) {
                None => return Some(moment),
                Some(absence) => moment = absence.to,
            }
        }
        None
    }

    fn check(&self) -> Result<(), Refusal> {
        check_count("skills", self.skills.len(), SKILLS_MAX)?;
        check_count("languages", self.languages.len(), LANGUAGES_MAX)?;
        check_count("absences", self.absences.len(), ABSENCES_MAX)?;
        for (place, skill) in self.skills.iter().enumerate() {
            require("skill", &skill.name)?;
            if !(1..=3).contains(&skill.level) {
                return Err(Refusal::invalid("a level of a skill is 1, 2 or 3"));
            }
            let key = name_key(&skill.name);
            if self.skills[..place].iter().any(|other| name_key(&other.name) == key) {
                return Err(Refusal::invalid("a skill stands there twice; keep one"));
            }
        }
        for language in &self.languages {
            require("language", language)?;
        }
        if let Some(hours) = &self.hours {
            hours.check()?;
        }
        let mut spans: Vec<_> = self.absences.iter().map(|it| (it.from, it.to)).collect();
        spans.sort_unstable();
        if spans.iter().any(|(from, to)| to <= from || to.0 - from.0 > ABSENCE_US_MAX) {
            return Err(Refusal::invalid("an absence ends after it begins, and within two years"));
        }
        if spans.windows(2).any(|pair| pair[1].0 < pair[0].1) {
            return Err(Refusal::invalid("two absences overlap; join them"));
        }
        Ok(())
    }
}

impl WorkHours {
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        require("calendar", &self.calendar)?;
        check_line("zone", &self.zone)?;
        TimeZone::get(&self.zone).map(|_| ()).map_err(|_| {
            Refusal::invalid("the zone is not known; use an IANA name like Europe/London")
        })
    }

    /// These hours, from the form of the calendar that they name.
    #[must_use]
    pub fn calendar(&self, form: &CalendarForm) -> Option<Calendar> {
        Calendar::new(&CalendarForm { tz: self.zone.clone(), ..form.clone() }).ok()
    }
}

/// What an open case weighs in somebody's load: one P1 is as much as eight questions.
#[must_use]
pub fn weight(severity: Severity) -> u64 {
    match severity {
        Severity::P1 => 8,
        Severity::P2 => 4,
        Severity::P3 => 2,
        Severity::P4 => 1,
    }
}
