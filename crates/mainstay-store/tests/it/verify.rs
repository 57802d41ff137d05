//! Damage is found and named: whoever owns the database can do it, and cannot hide it.

use mainstay_store::{Damage, StoreError};

use crate::fixture::{Desk, case_id};
use crate::log::whole_story;
use crate::store_suite;

store_suite! { verify:
    an_edited_body_is_named,
    an_edited_field_is_named,
    a_rehashed_event_is_named_by_the_next,
    a_deleted_event_is_named,
    swapped_events_are_named,
    an_inserted_event_is_named,
    a_changed_head_is_named,
    a_lost_head_is_named,
    a_lost_stream_is_named,
    damage_is_not_loaded,
    a_tail_cut_with_its_head_is_not_seen_without_checkpoints,
    references_that_lead_nowhere_are_found,
    a_changed_read_table_is_found_and_rebuilt,
}

const CASE: &str = "case/00000000-0000-0000-0000-0000ca5e0001";

/// Does the damage and compares what the verification says: `stream version what`, one per line.
async fn check(desk: Desk, damage: &'static str, expect: &[(&str, u64, Damage)]) {
    whole_story(&desk).await;
    desk.unlock_log().await;
    desk.sabotage(damage).await.expect("the owner may do it");
    let report = desk.store.verify().await.expect("verified");
    let named: Vec<(&str, u64, Damage)> = report
        .broken
        .iter()
        .map(|broken| (broken.stream.as_str(), broken.version, broken.what))
        .collect();
    assert_eq!(named, expect, "after {damage}");
}

async fn an_edited_body_is_named(desk: Desk) {
    let damage = "update events set body = replace(body, 'down', 'fine') \
        where kind = 'case.severity_set'";
    check(desk, damage, &[(CASE, 3, Damage::Body)]).await;
}

async fn an_edited_field_is_named(desk: Desk) {
    let damage = "update events set occurred_at_us = occurred_at_us - 3600000000 \
        where kind = 'case.resolved'";
    check(desk, damage, &[(CASE, 9, Damage::Fields)]).await;
}

/// The hash is consistent in itself; the link to it is not.
async fn a_rehashed_event_is_named_by_the_next(desk: Desk) {
    let damage = "update events set prev_hash = (select e.hash from events e \
        where e.kind = 'case.opened') where kind = 'case.noted'";
    check(desk, damage, &[(CASE, 7, Damage::Link)]).await;
}

async fn a_deleted_event_is_named(desk: Desk) {
    let damage = "delete from events where kind = 'case.noted'";
    check(desk, damage, &[(CASE, 8, Damage::Gap)]).await;
}

async fn swapped_events_are_named(desk: Desk) {
    let damage = "update events set version = 100 where stream like 'case/%' and version = 2; \
        update events set version = 2 where stream like 'case/%' and version = 3; \
        update events set version = 3 where stream like 'case/%' and version = 100";
    check(desk, damage, &[(CASE, 2, Damage::Link)]).await;
}

async fn an_inserted_event_is_named(desk: Desk) {
    let damage = "insert into events (tenant, stream, version, kind, format, actor, origin, \
        occurred_at_us, recorded_at_us, correlation, body, body_hash, prev_hash, hash, xact) \
        select tenant, stream, 12, kind, format, actor, origin, occurred_at_us, recorded_at_us, \
        correlation, body, body_hash, prev_hash, hash, xact from events \
        where kind = 'case.reopened'";
    check(desk, damage, &[(CASE, 12, Damage::Link)]).await;
}

async fn a_changed_head_is_named(desk: Desk) {
    let damage = "update stream_head set version = 10 where stream like 'case/%'";
    check(desk, damage, &[(CASE, 11, Damage::Head)]).await;
}

async fn a_lost_head_is_named(desk: Desk) {
    let damage = "delete from stream_head where stream like 'case/%'";
    check(desk, damage, &[(CASE, 11, Damage::NoHead)]).await;
}

async fn a_lost_stream_is_named(desk: Desk) {
    let damage = "delete from events where stream like 'case/%'";
    check(desk, damage, &[(CASE, 11, Damage::NoEvents)]).await;
}

/// The chain is checked on read too, not only when somebody asks for a verification.
async fn damage_is_not_loaded(desk: Desk) {
    whole_story(&desk).await;
    desk.unlock_log().await;
    let damage = "update events set body = replace(body, 'down', 'fine') \
        where kind = 'case.severity_set'";
    desk.sabotage(damage).await.expect("the owner may do it");
    let mut write = desk.write().await;
    let loaded = write.load_case(case_id(1)).await;
    assert!(
        matches!(loaded, Err(StoreError::Damaged { version: 3, what: Damage::Body, .. })),
        "{loaded:?}"
    );
}

/// Not a wish but a fact: this is what exported checkpoints will be for.
async fn a_tail_cut_with_its_head_is_not_seen_without_checkpoints(desk: Desk) {
    let damage = "delete from events where stream like 'case/%' and version = 11; \
        update stream_head set version = 10, hash = (select e.hash from events e \
        where e.stream like 'case/%' and e.version = 10) where stream like 'case/%'";
    check(desk, damage, &[]).await;
}

async fn references_that_lead_nowhere_are_found(desk: Desk) {
    whole_story(&desk).await;
    let damage = "delete from bundle_row where state = 'ready'; \
        update bundle_row set case_id = 'nobody'; \
        delete from timeline_row where sequence = 3; \
        update case_row set assignee = '00000000-0000-0000-0000-00000000dead'";
    desk.sabotage(damage).await.expect("read tables may be changed");
    let report = desk.store.verify().await.expect("verified");
    let found: Vec<&str> = report.findings.iter().map(|finding| finding.what.as_str()).collect();
    insta::assert_snapshot!("findings", found.join("\n"));
}

async fn a_changed_read_table_is_found_and_rebuilt(desk: Desk) {
    whole_story(&desk).await;
    let before = desk.store.dump_read_tables().await.expect("a dump");
    let damage = "update timeline_row set text = 'shop is fine' where sequence = 3; \
        delete from evidence_row where number = 2";
    desk.sabotage(damage).await.expect("read tables may be changed");
    let report = desk.store.rebuild_check().await.expect("checked");
    let differences: Vec<String> = report
        .tables
        .iter()
        .map(|table| {
            let key = table.first_difference.as_deref().unwrap_or("equal");
            format!("{} {}/{} {key}", table.table, table.rows_live, table.rows_rebuilt)
        })
        .collect();
    insta::assert_snapshot!("differences", differences.join("\n"));
    assert_ne!(desk.store.dump_read_tables().await.expect("a dump"), before, "only checked");
    desk.store.rebuild().await.expect("rebuilt");
    assert_eq!(desk.store.dump_read_tables().await.expect("a dump"), before);
}
