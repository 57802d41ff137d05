//! The log as auditors page through it.

use mainstay_store::{AuditEntry, AuditFilter};

use crate::fixture::{ANN, Desk, user};
use crate::log::whole_story;
use crate::store_suite;

store_suite! { audit:
    pages_go_from_the_newest_to_the_oldest,
    filters_leave_what_they_name,
    an_event_is_shown_as_it_was_hashed,
}

async fn trail(desk: &Desk, filter: &AuditFilter) -> Vec<AuditEntry> {
    desk.store.audit_trail(filter, None, 100).await.expect("a trail")
}

async fn pages_go_from_the_newest_to_the_oldest(desk: Desk) {
    whole_story(&desk).await;
    let all = trail(&desk, &AuditFilter::default()).await;
    assert_eq!(all.len(), 15);
    assert!(all.is_sorted_by(|newer, older| newer.seq > older.seq));
    let mut pages = Vec::new();
    let mut before = None;
    loop {
        let page = desk.store.audit_trail(&AuditFilter::default(), before, 4).await.expect("page");
        let Some(last) = page.last() else { break };
        before = Some(last.seq);
        pages.extend(page);
    }
    assert_eq!(pages, all);
}

async fn filters_leave_what_they_name(desk: Desk) {
    whole_story(&desk).await;
    let case = desk.open_case(2, "Another").await;
    desk.attach(case, 3).await;
    let of_case = trail(&desk, &AuditFilter { case: Some(case), ..Default::default() }).await;
    let kinds: Vec<&str> = of_case.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["case.bundle_attached", "bundle.received", "case.opened"]);
    assert!(of_case.iter().all(|entry| entry.case_number == of_case[0].case_number));
    let begins = AuditFilter { kind: "case.evidence_".to_owned(), ..Default::default() };
    assert_eq!(trail(&desk, &begins).await.len(), 3);
    // a filter is a text and no pattern
    let wild = AuditFilter { kind: "case.%".to_owned(), ..Default::default() };
    assert_eq!(trail(&desk, &wild).await, []);
    let by = |id| AuditFilter { actor: Some(user(id)), ..Default::default() };
    assert_eq!(trail(&desk, &by(ANN)).await.len(), 18);
    assert_eq!(trail(&desk, &by(ANN + 1)).await, []);
}

async fn an_event_is_shown_as_it_was_hashed(desk: Desk) {
    whole_story(&desk).await;
    let noted = AuditFilter { kind: "case.noted".to_owned(), ..Default::default() };
    let entry = trail(&desk, &noted).await.remove(0);
    let event = desk.store.audit_event(entry.seq).await.expect("asked").expect("there");
    assert_eq!(event.entry, entry);
    assert!(event.body.expect("a body").contains("pool is exhausted"));
    let exported = desk.exported().await;
    let line = exported.lines().find(|line| line.contains(&entry.hash)).expect("the same hash");
    assert!(line.contains(&format!("\"prev_hash\":\"{}\"", event.prev_hash)));
    assert_eq!(desk.store.audit_event(entry.seq + 1_000).await.expect("asked"), None);
}
