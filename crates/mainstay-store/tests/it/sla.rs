//! Policies are versions, a case pins one, and its next deadline stands in the queue.

use mainstay_core::case::{Audience, Command, Then};
use mainstay_core::sla::Metric;
use mainstay_core::status::{Category, Status};
use mainstay_core::{Severity, UtcMicros};
use mainstay_store::{CaseSummary, Meta, Owner, Queue, QueueSort};

use crate::fixture::{Desk, MORNING, case_id, meta, note_id, policies, run};
use crate::store_suite;

store_suite! { sla:
    policies_are_versions,
    a_case_shows_its_next_deadline,
    the_queue_is_sorted_by_what_is_due,
    a_rebuild_sets_the_same_deadlines,
}

const HOUR_US: i64 = 3_600_000_000;

fn hour(hours: i64) -> UtcMicros {
    UtcMicros(MORNING.0 + hours * HOUR_US)
}

async fn at(desk: &Desk, hours: i64, key: u128, command: Command) {
    let later = Meta { at: hour(hours), ..meta(MORNING) };
    let mut write = desk.store.begin(&later).await.expect("a writer");
    run(&mut write, case_id(key), command).await;
    write.commit().await.expect("committed");
}

async fn case(desk: &Desk, key: u128) -> CaseSummary {
    let number = desk.store.case_number(case_id(key)).await.expect("asked").expect("a case");
    desk.store.case_by_number(number).await.expect("asked").expect("a case").summary
}

fn say(status: Option<Status>, next_update_by: Option<UtcMicros>) -> Command {
    let then = Then { status, next_update_by };
    let text = "We look at it".to_owned();
    Command::Note { note: note_id(1), audience: Audience::Public, text, then }
}

async fn policies_are_versions(desk: Desk) {
    assert_eq!(desk.store.policies(None).await.expect("asked"), None);
    desk.publish(policies()).await;
    let mut second = policies();
    second.policies[0].targets.truncate(1);
    desk.publish(second.clone()).await;
    let newest = desk.store.policies(None).await.expect("asked").expect("published");
    assert_eq!((newest.version, &newest.set), (2, &second));
    assert_eq!(newest.published_by.login, "ann");
    let first = desk.store.policies(Some(1)).await.expect("asked").expect("published");
    assert_eq!(first.set, policies());
    assert_eq!(desk.store.policies(Some(3)).await.expect("asked"), None);
    desk.assert_whole().await;
}

async fn a_case_shows_its_next_deadline(desk: Desk) {
    desk.publish(policies()).await;
    desk.open_case(1, "Checkout 502s").await;
    assert_eq!(case(&desk, 1).await.clock, None, "nothing is promised yet");
    at(&desk, 0, 1, Command::PinPolicies { version: 1 }).await;
    let told = |case: &CaseSummary| {
        case.clock.map(|it| (it.metric, it.warn_at.0 - MORNING.0, it.due_at.0 - MORNING.0))
    };
    let quarter = HOUR_US / 4;
    let first = Some((Metric::FirstReplyTime, 3 * quarter, 4 * quarter));
    assert_eq!(told(&case(&desk, 1).await), first);
    let reason = "shop is down".to_owned();
    at(&desk, 0, 1, Command::SetSeverity { severity: Severity::P1, reason }).await;
    let sooner = told(&case(&desk, 1).await).expect("a clock");
    assert_eq!(sooner, (Metric::FirstReplyTime, quarter * 3 / 4, quarter));
    let reason = "not so bad".to_owned();
    at(&desk, 0, 1, Command::SetSeverity { severity: Severity::P2, reason }).await;
    at(&desk, 1, 1, say(None, Some(hour(2)))).await;
    let open = case(&desk, 1).await;
    assert_eq!(told(&open).map(|it| it.0), Some(Metric::PausableUpdateTime));
    assert_eq!((open.status, open.promised_at), (Status::Open, Some(hour(2))));
    at(&desk, 2, 1, say(Some(Status::Pending), None)).await;
    let pending = case(&desk, 1).await;
    assert_eq!(
        (pending.status, told(&pending), pending.promised_at),
        (Status::Pending, None, None)
    );
    let hold = Command::SetStatus {
        status: Status::Hold,
        waits_on: "vendor".to_owned(),
        reason: String::new(),
    };
    at(&desk, 3, 1, hold).await;
    let held = case(&desk, 1).await;
    assert_eq!((held.status, held.waits_on.as_str()), (Status::Hold, "vendor"));
    assert_eq!(told(&held).map(|it| it.0), Some(Metric::PausableUpdateTime));
    at(&desk, 4, 1, Command::Resolve { resolution: "fixed".to_owned() }).await;
    let solved = case(&desk, 1).await;
    assert_eq!(
        (solved.status, solved.waits_on.as_str(), told(&solved)),
        (Status::Solved, "", None)
    );
    desk.assert_whole().await;
}

async fn the_queue_is_sorted_by_what_is_due(desk: Desk) {
    desk.publish(policies()).await;
    for key in 1..=4 {
        desk.open_case(key, "Slow").await;
    }
    // the second is due in an hour, the third was promised sooner, the fourth waits
    for key in 2..=4 {
        at(&desk, 0, key, Command::PinPolicies { version: 1 }).await;
    }
    at(&desk, 0, 3, say(None, Some(UtcMicros(MORNING.0 + HOUR_US / 2)))).await;
    at(&desk, 0, 4, say(Some(Status::Pending), None)).await;
    let queue = Queue {
        category: Category::Open,
        owner: Owner::Anybody,
        severities: vec![],
        text: String::new(),
        sort: QueueSort::Due,
        cursor: String::new(),
        limit: 3,
    };
    let page = desk.store.queue(&queue).await.expect("a page");
    let numbers: Vec<u32> = page.cases.iter().map(|case| case.number.0).collect();
    assert_eq!(numbers, [1003, 1002, 1004]);
    let cursor = page.next_cursor.expect("one more");
    let rest = desk.store.queue(&Queue { cursor, ..queue }).await.expect("a page");
    assert_eq!(rest.cases.iter().map(|case| case.number.0).collect::<Vec<_>>(), [1001]);
}

async fn a_rebuild_sets_the_same_deadlines(desk: Desk) {
    desk.publish(policies()).await;
    desk.open_case(1, "Slow").await;
    at(&desk, 0, 1, Command::PinPolicies { version: 1 }).await;
    at(&desk, 2, 1, say(Some(Status::Pending), None)).await;
    let answer = "here".to_owned();
    let contact = "Dana".to_owned();
    at(&desk, 9, 1, Command::CustomerWrote { comment: note_id(2), contact, text: answer }).await;
    let before = case(&desk, 1).await;
    assert_eq!(before.clock.expect("runs").due_at, hour(11));
    let report = desk.store.rebuild().await.expect("rebuilt");
    assert!(report.is_equal(), "{report:?}");
    assert_eq!(case(&desk, 1).await, before);
}
