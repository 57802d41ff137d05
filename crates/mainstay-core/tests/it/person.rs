//! People and teams: what is written down, who works when, and how well somebody fits.

use mainstay_core::calendar::CalendarForm;
use mainstay_core::person::{
    self, Absence, AbsenceKind, Changed, Command, Event, Profile, Removed, ShiftEnded,
    ShiftStarted, Skill, State, WorkHours, decide, evolve,
};
use mainstay_core::{TeamId, UtcMicros, team};
use uuid::Uuid;

use crate::fixture::{MOMENT, user_id};

pub(crate) fn team_id() -> TeamId {
    TeamId::from_uuid(Uuid::from_u128(0x7EA3))
}

fn hours() -> WorkHours {
    WorkHours { calendar: "week".to_owned(), policies: 3, zone: "Asia/Tokyo".to_owned() }
}

fn away(from: i64, to: i64) -> Absence {
    let at = |hours: i64| UtcMicros(MOMENT.0 + hours * 3_600_000_000);
    Absence { from: at(from), to: at(to), kind: AbsenceKind::Leave, cover: Some(user_id(2)) }
}

fn profile() -> Profile {
    Profile {
        skills: vec![Skill { name: "Shop".to_owned(), level: 3 }],
        languages: vec!["Portuguese".to_owned()],
        hours: Some(hours()),
        absences: vec![away(0, 24)],
    }
}

pub(crate) fn people() -> [Event; 4] {
    [
        Event::Changed(Changed { profile: profile() }),
        Event::Removed(Removed { reason: "left the company".to_owned() }),
        Event::ShiftStarted(ShiftStarted {}),
        Event::ShiftEnded(ShiftEnded {}),
    ]
}

fn of_team() -> team::Profile {
    team::Profile {
        name: "L3 Asia".to_owned(),
        lead: Some(user_id(1)),
        members: vec![user_id(1), user_id(2)],
        hours: None,
        skills: vec!["Shop".to_owned()],
        products: vec!["Shop".to_owned()],
        queue: "l3-asia".to_owned(),
    }
}

pub(crate) fn teams() -> [team::Event; 2] {
    [
        team::Event::Added(team::Added { team: team_id(), profile: of_team() }),
        team::Event::Changed(team::Changed { profile: of_team() }),
    ]
}

fn refused(change: impl FnOnce(&mut Profile)) -> String {
    let mut changed = profile();
    change(&mut changed);
    let outcome = decide(&State::default(), Command::Change { profile: changed });
    outcome.expect_err("refused").to_string()
}

#[test]
fn what_makes_no_sense_of_a_person_is_refused_by_name() {
    let level = refused(|it| it.skills[0].level = 4);
    assert_eq!(level, "a level of a skill is 1, 2 or 3");
    let twice = Skill { name: " shop".to_owned(), level: 1 };
    assert!(refused(|it| it.skills.push(twice)).contains("twice"));
    assert!(refused(|it| it.languages.push(" ".to_owned())).contains("language is empty"));
    assert!(refused(|it| it.absences[0].to = it.absences[0].from).contains("ends after"));
    assert!(refused(|it| it.absences.push(away(23, 30))).contains("overlap"));
    assert!(refused(|it| it.absences[0] = away(0, 24 * 900)).contains("within two years"));
    let zone = WorkHours { zone: "Mars/Base".to_owned(), ..hours() };
    assert!(refused(|it| it.hours = Some(zone)).contains("the zone is not known"));
    assert!(refused(|it| it.skills = vec![it.skills[0].clone(); 51]).contains("more than 50"));
}

#[test]
fn a_removed_person_stays_removed_and_shifts_are_said_once() {
    let told = |state: &State, command| decide(state, command).map(|events| events.len());
    let mut state = State::default();
    assert_eq!(told(&state, Command::EndShift), Ok(1));
    state = evolve(state, &people()[2]);
    assert_eq!(told(&state, Command::StartShift), Ok(0));
    state = evolve(state, &people()[3]);
    assert!(!state.on_shift);
    state = evolve(state, &people()[0]);
    assert_eq!(told(&state, Command::Change { profile: profile() }), Ok(0));
    assert!(decide(&state, Command::Remove { reason: " ".to_owned() }).is_err());
    state = evolve(state, &people()[1]);
    for command in [Command::StartShift, Command::Change { profile: Profile::default() }] {
        assert!(decide(&state, command).is_err());
    }
    assert_eq!(state.profile, profile(), "what was known of them stays readable");
}

/// 2026-11-24T09:41Z is 18:41 in Tokyo: they went home, and tomorrow they are away.
#[test]
fn hours_are_read_in_the_zone_of_the_person_and_absences_win() {
    let form: CalendarForm = serde_json::from_str(
        r#"{"tz": "Europe/London", "hours": {"mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]],
            "wed": [["09:00", "17:00"]], "thu": [["09:00", "17:00"]], "fri": [["09:00", "17:00"]]}}"#,
    )
    .expect("a form");
    let tokyo = hours().calendar(&form).expect("a zone");
    let mut person = profile();
    person.absences = vec![];
    assert_eq!(person.works_at(Some(&tokyo), MOMENT), Some(false));
    let next = |person: &Profile| person.next_work(Some(&tokyo), MOMENT).expect("some day");
    assert_eq!(next(&person).to_string(), "2026-11-25T00:00:00.000000Z");
    person.absences = vec![away(0, 24), away(24, 48)];
    assert_eq!(next(&person).to_string(), "2026-11-27T00:00:00.000000Z");
    assert_eq!(person.next_work(None, MOMENT), Some(away(24, 48).to));
    assert_eq!(Profile::default().works_at(None, MOMENT), None, "without hours nobody knows");
    assert_eq!(person.works_at(None, MOMENT), Some(false));
    assert_eq!((person.fit("SHOP"), person.fit("Reports")), (3, 0));
    let weights: Vec<u64> = mainstay_core::Severity::ALL.into_iter().map(person::weight).collect();
    assert_eq!(weights, [8, 4, 2, 1]);
}

#[test]
fn a_team_is_led_by_one_of_its_own_and_loses_who_left() {
    let add = |profile| team::decide(&None, team::Command::Add { team: team_id(), profile });
    let mut stranger = of_team();
    stranger.lead = Some(user_id(9));
    assert!(add(stranger).expect_err("refused").to_string().contains("one of its members"));
    let twice = team::Profile { members: vec![user_id(1), user_id(1)], ..of_team() };
    assert!(add(twice).expect_err("refused").to_string().contains("twice"));
    let added = add(of_team()).expect("added");
    let state = team::evolve(None, &added[0]);
    let left = of_team().without(user_id(1));
    assert_eq!((left.lead, left.members.as_slice()), (None, [user_id(2)].as_slice()));
    let changed = team::decide(&state, team::Command::Change { profile: left });
    assert_eq!(changed.map(|events| events.len()), Ok(1));
    let same = team::decide(&state, team::Command::Change { profile: of_team() });
    assert_eq!(same, Ok(vec![]));
    assert!(team::decide(&None, team::Command::Change { profile: of_team() }).is_err());
}
