//! People and teams as both engines show them, and that who was removed does not come back in.

use mainstay_core::event::{Event, Stream};
use mainstay_core::person::{self, Command, Profile, Skill};
use mainstay_core::{Role, SessionId, TeamId, UserId, UtcMicros, team};
use mainstay_store::{NewSession, NewToken, StoreError};
use uuid::Uuid;

use crate::fixture::{ANN, BOB, Desk, MORNING, case_id, user};
use crate::store_suite;

store_suite! { person:
    everybody_with_an_account_is_a_person,
    who_was_removed_does_not_come_in,
    two_teams_never_have_one_name,
    the_load_is_counted_by_severity,
}

pub(crate) fn team_id(key: u128) -> TeamId {
    TeamId::from_uuid(Uuid::from_u128(0x7EA3_0000 + key))
}

pub(crate) async fn tell(desk: &Desk, id: UserId, command: Command) {
    let mut write = desk.write().await;
    let loaded = write.load_person(id).await.expect("loads");
    let events = person::decide(&loaded.state, command).expect("allowed");
    let events: Vec<Event> = events.into_iter().map(Event::Person).collect();
    write.append(Stream::Person(id), loaded.version, &events).await.expect("appended");
    write.commit().await.expect("committed");
}

pub(crate) async fn put_team(desk: &Desk, key: u128, name: &str) -> Result<(), StoreError> {
    let id = team_id(key);
    let members = vec![user(ANN), user(BOB)];
    let lead = Some(user(BOB));
    let profile = team::Profile { name: name.to_owned(), lead, members, ..Default::default() };
    let mut write = desk.write().await;
    let loaded = write.load_team(id).await.expect("loads");
    let command = match &loaded.state {
        None => team::Command::Add { team: id, profile },
        Some(_) => team::Command::Change { profile },
    };
    let events = team::decide(&loaded.state, command).expect("allowed");
    let events: Vec<Event> = events.into_iter().map(Event::Team).collect();
    write.append(Stream::Team(id), loaded.version, &events).await?;
    write.commit().await.map(|_| ())
}

async fn everybody_with_an_account_is_a_person(desk: Desk) {
    let found = desk.store.person_details().await.expect("asked");
    assert_eq!(found.iter().map(|it| it.version).collect::<Vec<_>>(), [0, 0]);
    assert_eq!(found[0].profile, Profile::default());
    // a shift begins before anything else is known of them
    tell(&desk, user(ANN), Command::StartShift).await;
    let skills = vec![Skill { name: "Shop".to_owned(), level: 2 }];
    let profile = Profile { skills, ..Profile::default() };
    tell(&desk, user(ANN), Command::Change { profile: profile.clone() }).await;
    let ann = desk.store.person_detail(user(ANN)).await.expect("asked").expect("there");
    assert_eq!((ann.version, &ann.profile), (2, &profile));
    assert_eq!((ann.on_shift_since, ann.left_at), (Some(MORNING), None));
    tell(&desk, user(ANN), Command::EndShift).await;
    let ann = desk.store.person_detail(user(ANN)).await.expect("asked").expect("there");
    assert_eq!((ann.on_shift_since, ann.left_at, ann.version), (None, Some(MORNING), 3));
    assert_eq!(ann.profile, profile);
    desk.assert_whole().await;
}

async fn who_was_removed_does_not_come_in(desk: Desk) {
    let later = UtcMicros(MORNING.0 + 3_600_000_000);
    let mut write = desk.write().await;
    let session = NewSession {
        id: SessionId::from_uuid(Uuid::from_u128(1)),
        token_hash: [1; 32],
        csrf_token: "c".to_owned(),
        user: user(ANN),
        expires_at: later,
    };
    write.create_session(&session).await.expect("created");
    let token = NewToken {
        id: "t".to_owned(),
        token_hash: [2; 32],
        label: "script".to_owned(),
        user: user(ANN),
        scopes: String::new(),
        expires_at: None,
    };
    write.create_token(&token).await.expect("created");
    write.commit().await.expect("committed");
    let comes_in = async || {
        let session = desk.store.session_by_token(&[1; 32], MORNING).await.expect("asked");
        let token = desk.store.token_by_hash(&[2; 32], MORNING).await.expect("asked");
        (session.is_some(), token.is_some())
    };
    assert_eq!(comes_in().await, (true, true));
    tell(&desk, user(ANN), Command::Remove { reason: "left".to_owned() }).await;
    // also a session that began in the same moment, and was deleted by nobody
    assert_eq!(comes_in().await, (false, false));
    let mut write = desk.write().await;
    assert_eq!(write.revoke_tokens_of(user(ANN)).await.expect("revoked"), 1);
    let held = write.hold_person(user(ANN)).await.expect("held").expect("there");
    assert!(held.removed, "whoever gives them something sees it");
    assert_eq!(held.person.name, "Ann Agent", "the name stays readable");
    assert_eq!(write.other_admins(user(ANN)).await.expect("counted"), 0);
    write.commit().await.expect("committed");
    assert_eq!(held.person.role, Role::Senior);
    desk.assert_whole().await;
}

async fn two_teams_never_have_one_name(desk: Desk) {
    put_team(&desk, 1, "L3 Asia").await.expect("added");
    put_team(&desk, 2, "l2").await.expect("added");
    let twin = put_team(&desk, 3, "l3  ASIA").await;
    assert!(matches!(twin, Err(StoreError::Raced(_))), "{twin:?}");
    put_team(&desk, 1, "L3 APAC").await.expect("changed");
    let names: Vec<String> =
        desk.store.teams().await.expect("asked").into_iter().map(|it| it.profile.name).collect();
    assert_eq!(names, ["l2", "L3 APAC"]);
    let found = desk.store.team_by_name(" l3 apac").await.expect("asked").expect("there");
    assert_eq!((found.id, found.version), (team_id(1), 2));
    desk.assert_whole().await;
}

async fn the_load_is_counted_by_severity(desk: Desk) {
    for key in 1..4 {
        desk.open_case(key, "Slow").await;
        let assignee = Some(user(if key == 3 { BOB } else { ANN }));
        desk.command(case_id(key), mainstay_core::case::Command::Assign { assignee }).await;
    }
    let loads = desk.store.loads().await.expect("counted");
    assert_eq!((loads[&user(ANN)], loads[&user(BOB)]), ([0, 2, 0, 0], [0, 1, 0, 0]));
    let mut write = desk.write().await;
    let open = write.open_cases_of(user(ANN)).await.expect("asked");
    assert_eq!(open.iter().map(|it| it.0).collect::<Vec<_>>(), [case_id(1), case_id(2)]);
    write.rollback().await.expect("nothing was done");
    let mine = desk.store.cases_of_owner(user(ANN), 10).await.expect("asked");
    assert_eq!(mine.len(), 2);
}
