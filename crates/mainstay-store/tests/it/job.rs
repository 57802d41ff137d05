//! Jobs: enqueued with the write, taken once, tried again, and kept when they cannot be done.

use std::collections::BTreeSet;

use mainstay_core::UtcMicros;
use mainstay_store::{Job, JobState, NewJob, Store};

use crate::fixture::{Desk, MORNING};
use crate::store_suite;

store_suite! { job:
    a_job_comes_with_its_write,
    a_key_is_enqueued_once,
    each_job_is_taken_by_one_worker,
    a_slow_worker_is_fenced_off,
    what_fails_is_tried_later_and_then_dead,
    a_worker_that_never_comes_back_ends_as_a_dead_letter,
}

const MINUTE_US: i64 = 60_000_000;

fn later(us: i64) -> UtcMicros {
    UtcMicros(MORNING.0 + us)
}

fn job(key: &str) -> NewJob {
    NewJob { kind: "read_bundle", key: key.to_owned(), payload: "{}".to_owned(), run_at: MORNING }
}

async fn enqueue(desk: &Desk, key: &str) -> bool {
    let mut write = desk.write().await;
    let new = write.enqueue(&job(key)).await.expect("enqueued");
    write.commit().await.expect("committed");
    new
}

async fn take(store: &Store, now: UtcMicros) -> Option<Job> {
    store.take_job(now, MINUTE_US).await.expect("asked")
}

async fn a_job_comes_with_its_write(desk: Desk) {
    let mut write = desk.write().await;
    write.enqueue(&job("never")).await.expect("enqueued");
    write.rollback().await.expect("rolled back");
    assert_eq!(take(&desk.store, MORNING).await, None);
    enqueue(&desk, "a").await;
    assert_eq!(take(&desk.store, later(-1)).await, None, "it is not due yet");
    assert_eq!(desk.store.next_job_at().await.expect("asked"), Some(MORNING));
    let taken = take(&desk.store, MORNING).await.expect("due");
    assert_eq!((taken.key.as_str(), taken.attempts, taken.state), ("a", 1, JobState::Running));
    assert_eq!(desk.store.next_job_at().await.expect("asked"), Some(later(MINUTE_US)));
    assert!(desk.store.finish_job(&taken).await.expect("finished"));
    assert!(!desk.store.finish_job(&taken).await.expect("asked"), "only once");
    assert_eq!(desk.store.next_job_at().await.expect("asked"), None);
}

async fn a_key_is_enqueued_once(desk: Desk) {
    assert!(enqueue(&desk, "a").await);
    assert!(!enqueue(&desk, "a").await);
    let taken = take(&desk.store, MORNING).await.expect("due");
    assert_eq!(take(&desk.store, MORNING).await, None);
    assert!(desk.store.finish_job(&taken).await.expect("finished"));
    assert!(!enqueue(&desk, "a").await, "what was done is not done again");
}

async fn each_job_is_taken_by_one_worker(desk: Desk) {
    const JOBS: usize = 24;
    for key in 0..JOBS {
        enqueue(&desk, &key.to_string()).await;
    }
    let workers: Vec<_> = (0..6)
        .map(|_| {
            let store = desk.store.clone();
            tokio::spawn(async move {
                let mut keys = Vec::new();
                while let Some(taken) = take(&store, MORNING).await {
                    keys.push(taken.key.clone());
                    assert!(store.finish_job(&taken).await.expect("finished"));
                }
                keys
            })
        })
        .collect();
    let mut keys = Vec::new();
    for worker in workers {
        keys.extend(worker.await.expect("ran"));
    }
    assert_eq!(keys.len(), JOBS, "none twice");
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), JOBS, "none lost");
}

async fn a_slow_worker_is_fenced_off(desk: Desk) {
    enqueue(&desk, "a").await;
    let slow = take(&desk.store, MORNING).await.expect("due");
    assert_eq!(take(&desk.store, later(MINUTE_US - 1)).await, None, "it is locked");
    let second = take(&desk.store, later(MINUTE_US)).await.expect("the lock has run out");
    assert_eq!(second.attempts, 2);
    assert!(!desk.store.finish_job(&slow).await.expect("asked"));
    assert_eq!(desk.store.fail_job(&slow, MORNING, "late").await.expect("asked"), None);
    assert!(desk.store.finish_job(&second).await.expect("finished"));
}

async fn what_fails_is_tried_later_and_then_dead(desk: Desk) {
    enqueue(&desk, "a").await;
    let mut now = MORNING;
    let mut waits = Vec::new();
    loop {
        let taken = take(&desk.store, now).await.expect("due");
        let state = desk.store.fail_job(&taken, now, "no answer").await.expect("failed");
        if state == Some(JobState::Dead) {
            break;
        }
        assert_eq!(take(&desk.store, now).await, None, "it waits");
        let next = desk.store.next_job_at().await.expect("asked").expect("it waits");
        waits.push((next.0 - now.0) / 1_000_000);
        now = next;
    }
    assert_eq!(waits, [1, 4, 16, 64, 256, 1024, 4096, 16384, 21600]);
    let dead = desk.store.dead_jobs(10).await.expect("asked");
    assert_eq!(dead.len(), 1);
    assert_eq!((dead[0].attempts, dead[0].last_error.as_deref()), (10, Some("no answer")));
    assert!(desk.store.revive_job(dead[0].id, now).await.expect("revived"));
    assert!(!desk.store.revive_job(dead[0].id, now).await.expect("asked"), "it is not dead");
    assert_eq!(take(&desk.store, now).await.map(|job| job.attempts), Some(1));
}

async fn a_worker_that_never_comes_back_ends_as_a_dead_letter(desk: Desk) {
    enqueue(&desk, "a").await;
    let mut now = MORNING;
    let mut taken = 0;
    while take(&desk.store, now).await.is_some() {
        taken += 1;
        now = UtcMicros(now.0 + MINUTE_US);
    }
    assert_eq!(taken, 10);
    let dead = desk.store.dead_jobs(10).await.expect("asked");
    let reasons: Vec<Option<&str>> = dead.iter().map(|job| job.last_error.as_deref()).collect();
    assert_eq!(reasons, [Some("the worker did not come back")]);
}
