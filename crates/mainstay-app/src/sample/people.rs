//! When the people of the sample desk work: three regions, so that one hands to the next.

use mainstay_core::case::NextStep;
use mainstay_core::person::{Absence, AbsenceKind, Profile, Skill, WorkHours};
use mainstay_core::{Actor, CaseNumber, UtcMicros, team};

use crate::request::{Origin, Request};
use crate::{App, AppError};

const DAY_US: i64 = 24 * 3_600 * 1_000_000;

/// Zone, languages, and skills with their levels, in the order of `PEOPLE`.
type Known = (&'static str, &'static [&'static str], &'static [(&'static str, u8)]);
const KNOWN: [Known; 6] = [
    ("Europe/Stockholm", &["Swedish", "English"], &[("Shop", 3), ("Accounts", 2)]),
    ("Europe/Lisbon", &["Portuguese", "English"], &[("Reports", 2), ("Webhooks", 1)]),
    ("Asia/Tokyo", &["Japanese", "English"], &[("Accounts", 3), ("Search", 3), ("Shop", 2)]),
    ("Europe/London", &["English"], &[("Shop", 1)]),
    ("America/Denver", &["English", "Spanish"], &[("Shop", 3), ("Webhooks", 3)]),
    ("America/Sao_Paulo", &["Portuguese", "Spanish"], &[("Reports", 3), ("Search", 1)]),
];

/// Name, queue, who belongs to it (the first leads), products.
type SampleTeam = (&'static str, &'static str, &'static [usize], &'static [&'static str]);
const TEAMS: [SampleTeam; 3] = [
    ("Support Europe", "l3-europe", &[3, 0, 1], &["Shop", "Accounts", "Reports"]),
    ("Support Asia", "l3-asia", &[2], &["Accounts", "Search", "Shop"]),
    ("Support Americas", "l3-americas", &[4, 5], &["Shop", "Webhooks", "Reports"]),
];

impl App {
    /// Whoever is known already stays as they are.
    pub(super) async fn sample_team(&self, people: &[Actor]) -> Result<(), AppError> {
        let manager = people[3];
        let request = || Request::new(manager, Origin::Import);
        let calendar = "support-europe";
        let has = |set: &mainstay_core::sla::PolicySetForm| set.calendars.contains_key(calendar);
        // a desk of one's own has calendars of its own
        let policies = self.store().policies(None).await?.filter(|it| has(&it.set));
        let now = self.inner.clock.now();
        for (place, (actor, (zone, languages, skills))) in people.iter().zip(KNOWN).enumerate() {
            let known = self.store().person_detail(actor.user).await?;
            if known.is_none_or(|it| it.version > 0) {
                continue;
            }
            let skill =
                |(name, level): &(&str, u8)| Skill { name: (*name).to_owned(), level: *level };
            let hours = policies.as_ref().map(|policies| WorkHours {
                calendar: calendar.to_owned(),
                policies: policies.version,
                zone: zone.to_owned(),
            });
            let profile = Profile {
                skills: skills.iter().map(skill).collect(),
                languages: languages.iter().map(|it| (*it).to_owned()).collect(),
                hours,
                absences: if place == 1 { vec![training(now, people[0])] } else { vec![] },
            };
            self.change_person(&request(), actor.user, profile).await?;
        }
        for (name, queue, members, products) in TEAMS {
            if self.store().team_by_name(name).await?.is_some() {
                continue;
            }
            let profile = team::Profile {
                name: name.to_owned(),
                lead: members.first().map(|place| people[*place].user),
                members: members.iter().map(|place| people[*place].user).collect(),
                hours: None,
                skills: Vec::new(),
                products: products.iter().map(|it| (*it).to_owned()).collect(),
                queue: queue.to_owned(),
            };
            self.add_team(&request(), profile).await?;
        }
        Ok(())
    }

    /// What the owner of the outage does next.
    pub(super) async fn sample_next_step(
        &self,
        senior: Actor,
        number: CaseNumber,
    ) -> Result<(), AppError> {
        let request = Request::new(senior, Origin::Import).with_key("sample/next-step");
        if self.next_step(&senior, number).await?.is_some() {
            return Ok(());
        }
        let text = "Ask Acme for the pool size of 7.3 and raise it on one node".to_owned();
        let step = NextStep { text, owner: Some(senior.user), due: None };
        self.set_next_step(&request, number, step).await?;
        Ok(())
    }
}

fn training(now: UtcMicros, cover: Actor) -> Absence {
    let from = now.0 - now.0.rem_euclid(DAY_US) + 3 * DAY_US;
    Absence {
        from: UtcMicros(from),
        to: UtcMicros(from + 2 * DAY_US),
        kind: AbsenceKind::Training,
        cover: Some(cover.user),
    }
}
