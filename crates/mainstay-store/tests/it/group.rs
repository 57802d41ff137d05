//! Writes that share a commit: each is as alone as it would be with a commit of its own, and nobody
//! hears "done" before it is durable. On PostgreSQL the same holds without our doing.

use mainstay_core::CaseId;
use mainstay_core::case;
use mainstay_core::event::{Event, Stream};
use mainstay_store::{Store, StoreError};

use crate::fixture::{Desk, Engine, MORNING, case_id, context, meta, note, run};
use crate::store_suite;

store_suite! { group:
    writers_at_the_same_time_all_happen,
    a_write_that_fails_takes_nobody_with_it,
    a_write_that_is_given_up_leaves_nothing_behind,
    r06_a_repeated_request_is_answered_when_the_first_is_durable,
    r10_the_second_editor_gets_a_conflict,
}

const WRITERS: u128 = 24;

async fn write_note(store: Store, id: CaseId, key: u128) -> Result<(), StoreError> {
    let mut write = store.begin(&meta(MORNING)).await?;
    run(&mut write, id, note(key, &format!("note {key}"))).await;
    write.commit().await?;
    Ok(())
}

async fn texts(desk: &Desk, id: CaseId) -> Vec<String> {
    let page = desk.store.timeline(id, 0, 1_000).await.expect("a page");
    page.entries.into_iter().skip(1).filter_map(|entry| entry.text).collect()
}

async fn writers_at_the_same_time_all_happen(desk: Desk) {
    let id = desk.open_case(1, "Slow search").await;
    let writers: Vec<_> =
        (0..WRITERS).map(|key| tokio::spawn(write_note(desk.store.clone(), id, key))).collect();
    for writer in writers {
        writer.await.expect("ran").expect("committed");
    }
    assert_eq!(texts(&desk, id).await.len() as u128, WRITERS);
    desk.assert_whole().await;
}

/// Every third is rolled back, every third runs into a constraint.
async fn a_write_that_fails_takes_nobody_with_it(desk: Desk) {
    let id = desk.open_case(1, "Slow search").await;
    let writers: Vec<_> = (0..WRITERS)
        .map(|key| {
            let store = desk.store.clone();
            tokio::spawn(async move {
                if key % 3 == 0 {
                    return write_note(store, id, key).await;
                }
                let mut write = store.begin(&meta(MORNING)).await?;
                run(&mut write, id, note(key, "never kept")).await;
                if key % 3 == 1 {
                    return write.rollback().await;
                }
                let opened = run_opened_again(&mut write, id).await;
                assert!(opened.is_err(), "a number is given once");
                Ok(())
            })
        })
        .collect();
    for writer in writers {
        writer.await.expect("ran").expect("committed or rolled back");
    }
    let mut kept = texts(&desk, id).await;
    kept.sort();
    let mut expect: Vec<String> =
        (0..WRITERS).step_by(3).map(|key| format!("note {key}")).collect();
    expect.sort();
    assert_eq!(kept, expect);
    desk.assert_whole().await;
}

/// Another case with the number of an existing one: the database refuses it in mid-write.
async fn run_opened_again(
    write: &mut mainstay_store::Write,
    like: CaseId,
) -> Result<u64, StoreError> {
    let number = mainstay_core::CaseNumber(1001);
    let opened = case::Opened {
        case: case_id(99),
        number,
        subject: "again".to_owned(),
        severity: mainstay_core::Severity::P4,
        customer: like.to_string(),
        product: String::new(),
        version: String::new(),
        description: String::new(),
        sample: false,
    };
    let events = case::decide(&None, case::Command::Open(opened), &context()).expect("allowed");
    let events: Vec<Event> = events.into_iter().map(Event::Case).collect();
    write.append(Stream::Case(case_id(99)), 0, &events).await
}

async fn a_write_that_is_given_up_leaves_nothing_behind(desk: Desk) {
    let id = desk.open_case(1, "Slow search").await;
    let mut given_up = desk.write().await;
    run(&mut given_up, id, note(1, "never kept")).await;
    drop(given_up);
    // a caller who goes away in mid-wait, too
    let writer = tokio::spawn(write_note(desk.store.clone(), id, 2));
    writer.abort();
    let _ = writer.await;
    desk.command(id, note(3, "kept")).await;
    let kept = texts(&desk, id).await;
    assert!(kept.contains(&"kept".to_owned()) && !kept.contains(&"never kept".to_owned()));
    desk.assert_whole().await;
}

/// The second writer sees the first one's result before both are committed; its answer waits.
async fn r06_a_repeated_request_is_answered_when_the_first_is_durable(desk: Desk) {
    let id = desk.open_case(1, "Slow search").await;
    let keyed =
        || mainstay_store::Meta { idempotency_key: Some("ann:1".to_owned()), ..meta(MORNING) };
    // each holds two connections for a moment, of the sixteen there are
    let requests: Vec<_> = (0..WRITERS / 3)
        .map(|key| {
            let (store, meta) = (desk.store.clone(), keyed());
            tokio::spawn(async move {
                let mut write = store.begin(&meta).await?;
                if write.remembered("ann:1", &[1; 32]).await?.is_some() {
                    // what was answered is there for everybody, whatever becomes of this write
                    let version = store.case(id).await?.version;
                    return Ok::<u64, StoreError>(version);
                }
                run(&mut write, id, note(key, "said once")).await;
                write.remember("ann:1", &[1; 32], "{}").await?;
                write.commit().await?;
                Ok(2)
            })
        })
        .collect();
    for request in requests {
        assert_eq!(request.await.expect("ran").expect("answered"), 2);
    }
    assert_eq!(texts(&desk, id).await, ["said once"]);
}

async fn r10_the_second_editor_gets_a_conflict(desk: Desk) {
    let id = desk.open_case(1, "Slow search").await;
    let seen = desk.store.case(id).await.expect("loads");
    let decided = |text: &str| {
        let events = case::decide(&seen.state, note(1, text), &context()).expect("allowed");
        events.into_iter().map(Event::Case).collect::<Vec<_>>()
    };
    let mut first = desk.write().await;
    first.append(Stream::Case(id), seen.version, &decided("first")).await.expect("appended");
    first.commit().await.expect("committed");
    let mut second = desk.write().await;
    let refused = second.append(Stream::Case(id), seen.version, &decided("second")).await;
    assert!(matches!(refused, Err(StoreError::Conflict { expected: 1, found: 2, .. })));
    second.rollback().await.expect("rolled back");
    assert_eq!(texts(&desk, id).await, ["first"], "nothing was overwritten");
}

/// The disk is full: writers are told so, what was acknowledged stays, reading goes on, and writing
/// does as soon as there is space, without a restart.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r03_a_full_disk_loses_nothing_acknowledged() {
    let desk = Desk::new(Engine::Sqlite).await;
    let id = desk.open_case(1, "Slow search").await;
    desk.store.fill_disk(Some(24)).await.expect("limited");
    let (mut acknowledged, mut refused) = (Vec::new(), 0);
    let mut key = 0;
    while refused < 3 {
        let round: Vec<_> = (0..8)
            .map(|_| {
                key += 1;
                let (store, text) = (desk.store.clone(), format!("{key} {}", "long ".repeat(300)));
                let key = key;
                tokio::spawn(async move {
                    let mut write = store.begin(&meta(MORNING)).await?;
                    let loaded = write.load_case(id).await?;
                    let events = case::decide(&loaded.state, note(key, &text), &context());
                    let events: Vec<Event> =
                        events.expect("allowed").into_iter().map(Event::Case).collect();
                    write.append(Stream::Case(id), loaded.version, &events).await?;
                    write.commit().await.map(|_| text)
                })
            })
            .collect();
        for writer in round {
            match writer.await.expect("ran") {
                Ok(text) => acknowledged.push(text),
                Err(StoreError::NotCommitted(_) | StoreError::Database(_)) => refused += 1,
                Err(other) => panic!("a full disk is told as {other:?}"),
            }
        }
        assert!(key < 4_000, "the disk gets full");
    }
    let kept = texts(&desk, id).await;
    assert!(acknowledged.iter().all(|text| kept.contains(text)), "acknowledged and lost");
    assert_eq!(desk.store.verify().await.expect("reading goes on").broken, vec![]);
    desk.store.fill_disk(None).await.expect("space again");
    write_note(desk.store.clone(), id, 9_999).await.expect("writing goes on");
    desk.assert_whole().await;
}
