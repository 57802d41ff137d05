//! A transaction that commits late must not be passed by: its events have lower numbers than what
//! a follower could already have seen. Only PostgreSQL has writers at the same time.

use mainstay_store::Cursor;

use crate::fixture::{Desk, Engine, case_id, note, run};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r09_a_late_commit_is_never_missed() {
    let desk = Desk::new(Engine::Postgres).await;
    for key in 1..=2 {
        desk.open_case(key, "Slow search").await;
    }
    let before = desk.changes(Cursor::default(), 2).await[1].cursor;

    let mut late = desk.write().await;
    run(&mut late, case_id(1), note(1, "inserted first, committed last")).await;
    desk.command(case_id(2), note(2, "inserted last, committed first")).await;

    // a reader that trusts the sequence would see the second event now and never the first
    assert_eq!(desk.exported().await.lines().count(), 3);
    assert_eq!(desk.store.changes_after(before, 10).await.expect("asked"), vec![]);
    assert_eq!(desk.store.cursor().await.expect("asked"), before);

    late.commit().await.expect("committed");
    let after = desk.changes(before, 2).await;
    let told: Vec<String> = after.iter().map(|change| change.stream.to_string()).collect();
    let expect = [case_id(1), case_id(2)].map(|id| format!("case/{id}"));
    assert_eq!(told, expect);
    desk.assert_whole().await;
}
