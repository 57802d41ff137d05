//! What a write does besides appending: idempotency, numbers, locks.

use mainstay_core::Code;
use mainstay_core::event::Stream;
use mainstay_store::{Meta, StoreError};

use crate::fixture::{Desk, MORNING, case_id, meta, note, run};
use crate::store_suite;

store_suite! { write:
    the_same_request_is_done_once,
    a_key_used_for_another_request_is_refused,
    the_same_request_at_the_same_time_is_done_once,
    numbers_are_given_once,
    streams_are_locked_in_one_order,
}

const REQUEST: [u8; 32] = [7; 32];

fn keyed() -> Meta {
    Meta { idempotency_key: Some("ann:4711".to_owned()), ..meta(MORNING) }
}

/// What a use case does with a key.
async fn note_once(store: mainstay_store::Store, text: &'static str) -> Result<String, StoreError> {
    let mut write = store.begin(&keyed()).await?;
    if let Some(result) = write.remembered("ann:4711", &REQUEST).await? {
        return Ok(result);
    }
    run(&mut write, case_id(1), note(1, text)).await;
    let result = format!("{{\"said\":\"{text}\"}}");
    write.remember("ann:4711", &REQUEST, &result).await?;
    write.commit().await?;
    Ok(result)
}

async fn the_same_request_is_done_once(desk: Desk) {
    let id = desk.open_case(1, "Slow search").await;
    let first = note_once(desk.store.clone(), "first").await.expect("done");
    let again = note_once(desk.store.clone(), "second").await.expect("remembered");
    assert_eq!((first.as_str(), again.as_str()), ("{\"said\":\"first\"}", "{\"said\":\"first\"}"));
    assert_eq!(desk.store.case(id).await.expect("loads").version, 2);
    assert!(desk.exported().await.contains("\"idempotency_key\":\"ann:4711\""));
    desk.assert_whole().await;
}

async fn a_key_used_for_another_request_is_refused(desk: Desk) {
    desk.open_case(1, "Slow search").await;
    note_once(desk.store.clone(), "first").await.expect("done");
    let mut write = desk.write().await;
    let refused = write.remembered("ann:4711", &[8; 32]).await;
    assert!(matches!(refused, Err(StoreError::KeyReused)), "{refused:?}");
    assert_eq!(refused.expect_err("refused").code(), Code::KeyReused);
}

async fn the_same_request_at_the_same_time_is_done_once(desk: Desk) {
    let id = desk.open_case(1, "Slow search").await;
    let writers: Vec<_> =
        (0..8).map(|_| tokio::spawn(note_once(desk.store.clone(), "said"))).collect();
    for writer in writers {
        assert_eq!(writer.await.expect("ran").expect("done or remembered"), "{\"said\":\"said\"}");
    }
    assert_eq!(desk.store.case(id).await.expect("loads").version, 2);
}

async fn numbers_are_given_once(desk: Desk) {
    let givers: Vec<_> = (0..8)
        .map(|_| {
            let store = desk.store.clone();
            tokio::spawn(async move {
                let mut write = store.begin(&meta(MORNING)).await.expect("a writer");
                let number = write.next_number("case").await.expect("a number");
                write.commit().await.expect("committed");
                number
            })
        })
        .collect();
    let mut numbers = Vec::new();
    for giver in givers {
        numbers.push(giver.await.expect("ran"));
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1001..1009).collect::<Vec<u32>>());
    // a number that was taken and not kept is given again: no case is missing from the count
    let mut write = desk.write().await;
    assert_eq!(write.next_number("case").await.expect("a number"), 1009);
    write.rollback().await.expect("rolled back");
    let mut write = desk.write().await;
    assert_eq!(write.next_number("case").await.expect("a number"), 1009);
}

async fn streams_are_locked_in_one_order(desk: Desk) {
    for key in 1..=2 {
        desk.open_case(key, "Slow search").await;
    }
    let writers: Vec<_> = (0..8_u128)
        .map(|key| {
            let store = desk.store.clone();
            tokio::spawn(async move {
                let (first, second) = (case_id(1 + key % 2), case_id(2 - key % 2));
                let mut write = store.begin(&meta(MORNING)).await?;
                write.lock(&[Stream::Case(first), Stream::Case(second)]).await?;
                run(&mut write, first, note(2 * key, "one")).await;
                run(&mut write, second, note(2 * key + 1, "two")).await;
                write.commit().await
            })
        })
        .collect();
    for writer in writers {
        writer.await.expect("ran").expect("no deadlock, no conflict");
    }
    assert_eq!(desk.store.case(case_id(1)).await.expect("loads").version, 9);
    desk.assert_whole().await;
}
