//! Accounts, sessions, tokens, keys and settings.

use mainstay_core::{Role, SessionId, UtcMicros};
use mainstay_store::{NewAccount, NewSession, NewToken, StoreError};
use uuid::Uuid;

use crate::fixture::{ANN, BOB, Desk, MORNING, case_id, user};
use crate::store_suite;

store_suite! { session:
    accounts_are_found_and_logins_are_unique,
    a_session_lives_until_it_ends,
    a_token_lives_until_it_is_revoked,
    a_case_keeps_its_key,
    settings_are_kept,
}

fn session_id(key: u128) -> SessionId {
    SessionId::from_uuid(Uuid::from_u128(key))
}

fn new_session(key: u8) -> NewSession {
    NewSession {
        id: session_id(u128::from(key)),
        token_hash: [key; 32],
        csrf_token: "csrf".to_owned(),
        user: user(ANN),
        expires_at: UtcMicros(MORNING.0 + 1000),
    }
}

async fn accounts_are_found_and_logins_are_unique(desk: Desk) {
    let people = desk.store.people().await.expect("asked");
    let logins: Vec<&str> = people.iter().map(|person| person.login.as_str()).collect();
    assert_eq!(logins, ["ann", "bob"]);
    let ann = desk.store.account_by_login("ann").await.expect("asked").expect("there");
    assert_eq!((ann.id, ann.role, ann.created_at), (user(ANN), Role::Senior, MORNING));
    assert!(!format!("{ann:?}").contains("argon"), "a hash is never printed");
    assert_eq!(desk.store.account_by_login("ANN").await.expect("asked"), None);

    let mut write = desk.write().await;
    let (login, name) = ("ann".to_owned(), "Another Ann".to_owned());
    let twin = NewAccount { id: user(0xC3), login, name, role: Role::Admin, password_hash: None };
    let refused = write.create_account(&twin).await;
    assert!(matches!(refused, Err(StoreError::LoginTaken)), "{refused:?}");
    write.set_password(user(BOB), "new hash").await.expect("set");
    write.set_role(user(BOB), Role::Admin).await.expect("set");
    let bob = write.account(user(BOB)).await.expect("asked").expect("there");
    assert_eq!((bob.role, bob.password_hash.as_deref()), (Role::Admin, Some("new hash")));
    write.commit().await.expect("a refused login does not spoil the rest");
    let bob = desk.store.account(user(BOB)).await.expect("asked").expect("there");
    assert_eq!(bob.person().role, Role::Admin);
}

async fn a_session_lives_until_it_ends(desk: Desk) {
    let mut write = desk.write().await;
    for key in 1..=3 {
        write.create_session(&new_session(key)).await.expect("created");
    }
    write.commit().await.expect("committed");
    let at = |us| UtcMicros(MORNING.0 + us);
    let found = desk.store.session_by_token(&[1; 32], at(999)).await.expect("asked");
    let found = found.expect("it lives");
    assert_eq!((found.id, found.user.login.as_str()), (session_id(1), "ann"));
    desk.store.touch_session(found.id, at(5)).await.expect("touched");
    let found = desk.store.session_by_token(&[1; 32], at(999)).await.expect("asked");
    assert_eq!(found.map(|session| session.last_seen_at), Some(at(5)));
    assert_eq!(desk.store.session_by_token(&[1; 32], at(1000)).await.expect("asked"), None);
    assert_eq!(desk.store.session_by_token(&[9; 32], at(0)).await.expect("asked"), None);

    let mut write = desk.write().await;
    assert!(write.end_session(session_id(1)).await.expect("ended"));
    assert!(!write.end_session(session_id(1)).await.expect("asked"));
    assert_eq!(write.end_sessions_of(user(ANN)).await.expect("ended"), 2);
    write.create_session(&new_session(4)).await.expect("created");
    write.commit().await.expect("committed");
    assert_eq!(desk.store.session_by_token(&[2; 32], at(0)).await.expect("asked"), None);
    assert_eq!(desk.store.end_expired_sessions(at(999)).await.expect("ended"), 0);
    assert_eq!(desk.store.end_expired_sessions(at(1000)).await.expect("ended"), 1);
}

async fn a_token_lives_until_it_is_revoked(desk: Desk) {
    let mut write = desk.write().await;
    for (key, expires_at) in [(1, None), (2, Some(UtcMicros(MORNING.0 + 1000)))] {
        let token = NewToken {
            id: format!("token-{key}"),
            token_hash: [key; 32],
            label: "CI".to_owned(),
            user: user(BOB),
            scopes: "read write".to_owned(),
            expires_at,
        };
        write.create_token(&token).await.expect("created");
    }
    write.commit().await.expect("committed");
    let late = UtcMicros(MORNING.0 + 1000);
    let token = desk.store.token_by_hash(&[1; 32], late).await.expect("asked").expect("lives");
    assert_eq!((token.user.login.as_str(), token.scopes.as_str()), ("bob", "read write"));
    assert!(desk.store.token_by_hash(&[2; 32], MORNING).await.expect("asked").is_some());
    assert!(desk.store.token_by_hash(&[2; 32], late).await.expect("asked").is_none());
    let mut write = desk.write().await;
    assert!(write.revoke_token("token-1").await.expect("revoked"));
    write.commit().await.expect("committed");
    assert!(desk.store.token_by_hash(&[1; 32], late).await.expect("asked").is_none());
}

async fn a_case_keeps_its_key(desk: Desk) {
    for fresh in [[1; 32], [2; 32]] {
        let mut write = desk.write().await;
        assert_eq!(write.case_key(case_id(1), fresh).await.expect("a key"), [1; 32]);
        write.commit().await.expect("committed");
    }
}

async fn settings_are_kept(desk: Desk) {
    assert_eq!(desk.store.setting("desk.name").await.expect("asked"), None);
    for name in ["Acme", "Acme Support"] {
        let mut write = desk.write().await;
        write.set_setting("desk.name", name).await.expect("set");
        write.commit().await.expect("committed");
    }
    let name = desk.store.setting("desk.name").await.expect("asked");
    assert_eq!(name.as_deref(), Some("Acme Support"));
    desk.store.ping().await.expect("it answers");
}
