//! Appending, reading, the chain, and the order in which followers see it.

use mainstay_core::case::{self, Audience, Command};
use mainstay_core::event::{Event, Stream};
use mainstay_core::{Code, Severity, account, bundle};
use mainstay_store::{Cursor, Store, StoreError, StoreUrl};

use crate::fixture::{
    ANN, Desk, Engine, MORNING, case_id, meta, note, note_id, pin, read, run, unpin, user,
};
use crate::store_suite;

store_suite! { log:
    every_statement_prepares,
    what_is_acknowledged_is_durable,
    a_case_is_told,
    hashes_are_the_same_everywhere,
    two_writers_on_one_stream_make_one_conflict,
    a_dropped_write_leaves_nothing,
    the_log_cannot_be_changed,
    an_event_stays_in_its_kind_of_stream,
    what_a_newer_version_wrote_is_not_written_to,
    a_store_of_a_newer_version_is_not_opened,
    a_new_store_is_opened_by_many_at_once,
    followers_see_every_change_once,
    a_commit_wakes_who_waits,
    the_log_moves_to_another_store,
    a_damaged_export_is_refused_as_a_whole,
}

async fn every_statement_prepares(desk: Desk) {
    let refused = desk.store.prepare_all().await.expect("the database answers");
    assert_eq!(refused, Vec::<String>::new(), "on {:?}", desk.engine);
}

async fn what_is_acknowledged_is_durable(desk: Desk) {
    let settings = desk.store.durability().await.expect("the database answers");
    let expect: &[&str] = match desk.engine {
        // 2 is FULL
        Engine::Sqlite => &["journal_mode wal", "synchronous 2", "foreign_keys 1"],
        Engine::Postgres => &[
            "fsync on",
            "idle_in_transaction_session_timeout 15000",
            "lock_timeout 5000",
            "statement_timeout 10000",
            "synchronous_commit on",
        ],
    };
    assert_eq!(settings, expect);
}

/// Everything that can happen to a case happens to MS-1001.
pub(crate) async fn whole_story(desk: &Desk) {
    let id = desk.open_case(1, "Checkout 502s after upgrade").await;
    desk.command(id, Command::Assign { assignee: Some(user(ANN)) }).await;
    let reason = "shop is down".to_owned();
    desk.command(id, Command::SetSeverity { severity: Severity::P1, reason }).await;
    let bundle = desk.attach(id, 1).await;
    desk.bundle_command(bundle, bundle::Command::Finish(read())).await;
    desk.command(id, pin(bundle, 17)).await;
    desk.command(id, pin(bundle, 18)).await;
    desk.command(id, note(1, "pool is exhausted, see [E1]")).await;
    desk.command(id, unpin(2)).await;
    desk.command(id, Command::Resolve { resolution: "raised the pool".to_owned() }).await;
    desk.command(id, Command::Reopen { reason: "again".to_owned() }).await;
    let broken = desk.attach(id, 2).await;
    let failed = bundle::Failed { reason: bundle::FailureReason::Unreadable };
    desk.bundle_command(broken, bundle::Command::Fail(failed)).await;
}

async fn a_case_is_told(desk: Desk) {
    whole_story(&desk).await;
    insta::assert_snapshot!("read_tables", desk.store.dump_read_tables().await.expect("a dump"));
    let report = desk.store.verify().await.expect("verified");
    assert_eq!((report.events, report.streams), (15, 3));
    desk.assert_whole().await;
}

/// Fixed input, fixed hashes: a change of this file is a log that nobody can verify any more.
async fn hashes_are_the_same_everywhere(desk: Desk) {
    whole_story(&desk).await;
    insta::assert_snapshot!("log", desk.exported().await);
}

async fn two_writers_on_one_stream_make_one_conflict(desk: Desk) {
    let id = desk.open_case(1, "Slow search").await;
    let stream = Stream::Case(id);
    let event = |key| {
        let (audience, text) = (Audience::Internal, "mine".to_owned());
        let noted = case::Noted { note: note_id(key), audience, text, cites: vec![] };
        [Event::Case(case::Event::Noted(noted))]
    };
    let writer = |key| {
        let (store, events) = (desk.store.clone(), event(key));
        tokio::spawn(async move {
            let mut write = store.begin(&meta(MORNING)).await?;
            write.append(stream, 1, &events).await?;
            write.commit().await
        })
    };
    let (first, second) = (writer(1), writer(2));
    let outcomes = [first.await.expect("ran"), second.await.expect("ran")];
    let conflicts: Vec<&StoreError> =
        outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
    assert!(
        matches!(conflicts[..], [StoreError::Conflict { expected: 1, found: 2, .. }]),
        "{outcomes:?}"
    );
    assert_eq!(conflicts[0].code(), Code::Conflict);
    assert_eq!(desk.store.case(id).await.expect("loads").version, 2);
    desk.assert_whole().await;
}

async fn a_dropped_write_leaves_nothing(desk: Desk) {
    let id = desk.open_case(1, "Slow search").await;
    let before = desk.exported().await;
    let mut write = desk.write().await;
    run(&mut write, id, note(1, "never said")).await;
    drop(write);
    assert_eq!(desk.exported().await, before);
    desk.command(id, note(2, "said")).await;
    desk.assert_whole().await;
}

async fn the_log_cannot_be_changed(desk: Desk) {
    desk.open_case(1, "Slow search").await;
    for sql in [
        "update events set body = '{}'",
        "delete from events",
        "delete from stream_head",
        "update stream_head set version = version",
        "update stream_head set stream = 'admin', version = version + 1",
    ] {
        assert!(desk.sabotage(sql).await.is_err(), "{sql} must be refused");
    }
    if let StoreUrl::Postgres(_) = desk.url {
        assert!(desk.sabotage("truncate events").await.is_err());
        assert!(desk.sabotage("truncate stream_head").await.is_err());
    }
    desk.assert_whole().await;
}

async fn an_event_stays_in_its_kind_of_stream(desk: Desk) {
    let mut write = desk.write().await;
    let signed_in = account::SignedOut {
        user: user(ANN),
        session: mainstay_core::SessionId::from_uuid(uuid::Uuid::from_u128(1)),
    };
    let event = Event::Account(account::Event::SignedOut(signed_in));
    let refused = write.append(Stream::Case(case_id(1)), 0, &[event]).await;
    assert!(matches!(refused, Err(StoreError::WrongStream { .. })), "{refused:?}");
}

async fn what_a_newer_version_wrote_is_not_written_to(desk: Desk) {
    let id = desk.open_case(1, "Slow search").await;
    desk.unlock_log().await;
    desk.sabotage("update events set format = 99").await.expect("updated");
    let mut write = desk.write().await;
    let loaded = write.load_case(id).await;
    // the chain is checked first, so that a changed format is damage unless it was written so
    assert!(matches!(loaded, Err(StoreError::Damaged { version: 1, .. })), "{loaded:?}");
    drop(write);

    let newer = Desk::new(desk.engine).await;
    let text = include_str!("golden/newer_format.jsonl");
    let refused = newer.store.import(text.as_bytes()).await;
    let text = refused.expect_err("a newer format is not folded").to_string();
    assert!(text.contains("cannot be read by this version"), "{text}");
}

async fn a_store_of_a_newer_version_is_not_opened(desk: Desk) {
    let sql = "insert into _sqlx_migrations (version, description, success, checksum, \
        execution_time) values (9999, 'later', true, 'x', 1)";
    desk.sabotage(sql).await.expect("inserted");
    let opened = Store::open(&desk.url).await;
    assert!(matches!(opened, Err(StoreError::NewerStore { .. })), "{opened:?}");
}

async fn a_new_store_is_opened_by_many_at_once(desk: Desk) {
    let folder = tempfile::tempdir().expect("made");
    let url = match desk.engine {
        Engine::Sqlite => StoreUrl::file(folder.path().join("mainstay.db")),
        Engine::Postgres => mainstay_store::testing::cluster().new_database().await,
    };
    let openings: Vec<_> = (0..6)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move { Store::open(&url).await })
        })
        .collect();
    for opening in openings {
        let store = opening.await.expect("ran").expect("it opens");
        assert!(store.verify().await.expect("verified").is_whole());
        store.close().await;
    }
}

async fn followers_see_every_change_once(desk: Desk) {
    let beginning = desk.store.cursor().await.expect("a cursor");
    assert_eq!(beginning, Cursor::default());
    whole_story(&desk).await;
    let all = desk.changes(Cursor::default(), 15).await;
    let told: Vec<String> = all
        .iter()
        .map(|change| {
            let number = change.case_number.map(|number| number.to_string());
            let stream = change.stream.to_string();
            let what = stream.split('/').next().unwrap_or_default();
            format!("{what} {} {} {}", change.version, change.kind, number.unwrap_or_default())
        })
        .collect();
    insta::assert_snapshot!("changes", told.join("\n"));
    let middle: Cursor = all[6].cursor.to_string().parse().expect("a cursor reads as it prints");
    assert_eq!(desk.changes(middle, 8).await, all[7..]);
    assert_eq!(desk.store.changes_after(all[14].cursor, 10).await.expect("asked"), vec![]);
    assert_eq!(desk.store.changes_after(Cursor::default(), 3).await.expect("asked"), all[..3]);
}

async fn a_commit_wakes_who_waits(desk: Desk) {
    let elsewhere = Store::open(&desk.url).await.expect("another node");
    let mut here = desk.store.subscribe();
    here.mark_unchanged();
    desk.open_case(1, "Slow search").await;
    here.changed().await.expect("woken");
    if let StoreUrl::Postgres(_) = desk.url {
        // the other node first says that it listens, then what it hears
        let mut there = elsewhere.subscribe();
        let waiting = async {
            while desk.store.cursor().await.expect("a cursor") == Cursor::default() {
                there.changed().await.expect("woken");
                desk.open_case(2, "Another").await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), waiting).await.expect("in time");
    }
    elsewhere.close().await;
    desk.store.close().await;
}

async fn the_log_moves_to_another_store(desk: Desk) {
    whole_story(&desk).await;
    let text = desk.exported().await;
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let other = Desk::new(engine).await;
        assert_eq!(other.store.import(text.as_bytes()).await.expect("imported"), 15);
        assert_eq!(other.exported().await, text);
        let (here, there) = (&desk.store, &other.store);
        assert_eq!(
            here.dump_read_tables().await.expect("a dump"),
            there.dump_read_tables().await.expect("a dump")
        );
        other.assert_whole().await;
    }
}

async fn a_damaged_export_is_refused_as_a_whole(desk: Desk) {
    whole_story(&desk).await;
    let text = desk.exported().await;
    let other = Desk::new(desk.engine).await;
    for (from, to) in [
        ("shop is down", "shop is fine"),
        ("\"origin\":\"ui\"", "\"origin\":\"cli\""),
        ("\"log\":1", "\"log\":2"),
        ("{", ""),
    ] {
        let damaged = text.replacen(from, to, 1);
        let refused = other.store.import(damaged.as_bytes()).await;
        assert!(matches!(refused, Err(StoreError::Import { .. })), "{from}: {refused:?}");
    }
    assert_eq!(other.exported().await, "");
}
