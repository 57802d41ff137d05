//! r14: a backup made while others write is a whole desk at one moment, and comes back on either
//! engine with an equal log.

use std::io::Cursor;

use mainstay_core::event::Stream;
use mainstay_core::{CaseNumber, UtcMicros};
use mainstay_store::{CheckpointKey, NewJob, NewToken, Store, StoreError, StoreUrl};

use crate::fixture::{ANN, Desk, Engine, MORNING, case_id, meta, note, run, user};
use crate::log::whole_story;
use crate::store_suite;

store_suite! { backup:
    r14_a_backup_comes_back_on_either_engine,
    r14_a_backup_during_writes_is_whole,
    a_cut_or_changed_backup_is_refused,
    a_used_store_is_not_overwritten,
}

async fn backed_up(desk: &Desk) -> String {
    let mut text = Vec::new();
    desk.store.backup(&mut text).await.expect("backed up");
    String::from_utf8(text).expect("JSON is UTF-8")
}

async fn restore(engine: Engine, text: &str) -> Result<(Store, tempfile::TempDir), StoreError> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = match engine {
        Engine::Sqlite => StoreUrl::file(folder.path().join("restored.db")),
        Engine::Postgres => mainstay_store::testing::cluster().new_database().await,
    };
    let store = Store::open(&url).await.expect("a new store opens");
    store.restore(Cursor::new(text.as_bytes())).await?;
    Ok((store, folder))
}

/// Something in every plain table.
async fn furnish(desk: &Desk) {
    whole_story(desk).await;
    let mut write = desk.write().await;
    write.set_setting("colour", "teal").await.expect("set");
    write.case_key(case_id(1), [5; 32]).await.expect("a key");
    write.remember("ann:1", &[1; 32], "{}").await.expect("remembered");
    let job = NewJob {
        kind: "watchdog",
        key: "watchdog/1".to_owned(),
        payload: "\"b\"".to_owned(),
        run_at: MORNING,
    };
    assert!(write.enqueue(&job).await.expect("enqueued"));
    let token = NewToken {
        id: "t1".to_owned(),
        token_hash: [3; 32],
        label: "ci".to_owned(),
        user: user(ANN),
        scopes: "read".to_owned(),
        expires_at: None,
    };
    write.create_token(&token).await.expect("created");
    write.commit().await.expect("committed");
    let key = "07".repeat(32).parse::<CheckpointKey>().expect("a key");
    desk.store.seal(&key, MORNING).await.expect("sealed").expect("something happened");
}

async fn r14_a_backup_comes_back_on_either_engine(desk: Desk) {
    furnish(&desk).await;
    desk.store.take_job(MORNING, 1_000_000).await.expect("asked").expect("a job that runs");
    let text = backed_up(&desk).await;
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (store, _folder) = restore(engine, &text).await.expect("restored");
        let report = store.verify().await.expect("verified");
        assert!(report.is_whole(), "{report:?}");
        assert_eq!(report.checkpoints, 1, "the log still fits what was signed");
        assert!(store.rebuild_check().await.expect("checked").is_equal());
        let again = {
            let mut text = Vec::new();
            store.backup(&mut text).await.expect("backed up");
            String::from_utf8(text).expect("JSON is UTF-8")
        };
        assert_eq!(again, text, "a backup of what was restored is the same text");
        let job = store.take_job(MORNING, 1_000_000).await.expect("asked");
        assert!(job.is_some_and(|job| job.kind == "watchdog"), "nobody does it any more");
        assert!(store.token_by_hash(&[3; 32], MORNING).await.expect("asked").is_some());
        assert_eq!(store.setting("colour").await.expect("asked").as_deref(), Some("teal"));
        // and it goes on: the next number, the next version
        let mut write = store.begin(&meta(MORNING)).await.expect("a writer");
        assert_eq!(write.next_number("case").await.expect("a number"), 1002);
        run(&mut write, case_id(1), note(50, "goes on")).await;
        write.commit().await.expect("committed");
        store.close().await;
    }
}

async fn r14_a_backup_during_writes_is_whole(desk: Desk) {
    let id = desk.open_case(1, "Slow search").await;
    let writer = tokio::spawn({
        let store = desk.store.clone();
        async move {
            for key in 1..=60 {
                let mut write = store.begin(&meta(UtcMicros(MORNING.0 + key))).await?;
                run(&mut write, id, note(u128::try_from(key).expect("positive"), "on")).await;
                write.commit().await?;
            }
            Ok::<(), StoreError>(())
        }
    });
    let mut texts = Vec::new();
    while !writer.is_finished() {
        texts.push(backed_up(&desk).await);
    }
    writer.await.expect("ran").expect("committed");
    texts.push(backed_up(&desk).await);
    let middle = &texts[texts.len() / 2];
    for text in [middle, &texts[texts.len() - 1]] {
        let (store, _folder) = restore(desk.engine, text).await.expect("restored");
        assert!(store.verify().await.expect("verified").is_whole());
        assert!(store.rebuild_check().await.expect("checked").is_equal());
        let mut log = Vec::new();
        store.export(&mut log).await.expect("exported");
        let log = String::from_utf8(log).expect("JSON is UTF-8");
        assert!(desk.exported().await.starts_with(&log), "the log as it was at one moment");
        store.close().await;
    }
}

async fn a_cut_or_changed_backup_is_refused(desk: Desk) {
    furnish(&desk).await;
    let text = backed_up(&desk).await;
    let lines: Vec<&str> = text.lines().collect();
    let without = |left_out: usize| {
        let kept = lines.iter().enumerate().filter(|(place, _)| *place != left_out);
        kept.map(|(_, line)| format!("{line}\n")).collect::<String>()
    };
    let last = lines.len() - 1;
    let cases = [
        ("the end is missing", without(last)),
        ("an account is missing", without(1)),
        ("an event is missing", without(last - 1)),
        ("the first line is missing", without(0)),
        ("a body is changed", text.replacen("It **fails**", "It **works**", 1)),
        ("there is more after the end", format!("{text}{}\n", lines[1])),
        ("of a newer version", text.replacen("{\"backup\":1}", "{\"backup\":2}", 1)),
        ("an unknown table", text.replacen("\"table\":\"setting\"", "\"table\":\"events\"", 1)),
        ("not a backup", "hello\n".to_owned()),
        ("nothing", String::new()),
    ];
    for (what, changed) in cases {
        assert_ne!(changed, text, "{what} changes it");
        let refused = restore(desk.engine, &changed).await;
        assert!(matches!(refused, Err(StoreError::Import { .. })), "{what}: {:?}", refused.err());
    }
}

async fn a_used_store_is_not_overwritten(desk: Desk) {
    furnish(&desk).await;
    let text = backed_up(&desk).await;
    let refused = desk.store.restore(Cursor::new(text.as_bytes())).await;
    assert!(matches!(refused, Err(StoreError::Used { .. })), "{refused:?}");
    let version = desk.store.case(case_id(1)).await.expect("loads").version;
    assert_eq!((version, Stream::Case(case_id(1)).to_string().len()), (11, 41));
    assert_eq!(desk.store.case_number(case_id(1)).await.expect("asked"), Some(CaseNumber(1001)));
}
