//! r18: what only a checkpoint shows. Whoever owns the database can cut, remove and rewrite so that
//! every chain holds; a signed checkpoint names the first place that is not what it was.

use mainstay_store::{Checkpoint, CheckpointFault, CheckpointKey, StoreError, Trust, VerifyReport};

use crate::fixture::{Desk, MORNING, case_id, note};
use crate::log::whole_story;
use crate::store_suite;

store_suite! { checkpoint:
    a_checkpoint_says_what_moved,
    a_log_that_only_grew_fits_every_checkpoint,
    r18_a_cut_tail_is_named,
    r18_a_removed_stream_is_named,
    r18_a_rewritten_stream_is_named,
    r18_a_checkpoint_of_another_key_is_named,
    r18_a_forged_or_lost_checkpoint_is_named_by_its_copy,
    checkpoints_are_never_changed,
}

const CASE: &str = "case/00000000-0000-0000-0000-0000ca5e0001";

fn key() -> CheckpointKey {
    "07".repeat(32).parse::<CheckpointKey>().expect("a key")
}

async fn seal(desk: &Desk) -> Checkpoint {
    desk.store.seal(&key(), MORNING).await.expect("sealed").expect("something happened")
}

fn trusted() -> Trust {
    Trust { keys: vec![key().public()], exported: vec![] }
}

/// `checkpoint stream version what`, one for each mismatch.
fn told(report: &VerifyReport) -> Vec<String> {
    let tell = |mismatch: &mainstay_store::Mismatch| {
        let place = mismatch.place.as_ref();
        let place = place.map(|(stream, version)| format!("{stream} {version} "));
        format!("{} {}{:?}", mismatch.checkpoint, place.unwrap_or_default(), mismatch.what)
    };
    report.mismatches.iter().map(tell).collect()
}

async fn a_checkpoint_says_what_moved(desk: Desk) {
    assert_eq!(desk.store.seal(&key(), MORNING).await.expect("asked"), None, "nothing happened");
    whole_story(&desk).await;
    let first = seal(&desk).await;
    insta::assert_snapshot!("first", first.to_file());
    assert_eq!(desk.store.seal(&key(), MORNING).await.expect("asked"), None, "nothing moved");
    desk.open_case(2, "Another").await;
    let second = seal(&desk).await;
    assert_eq!(second.number, 2);
    let heads = second.to_file().lines().filter(|line| line.starts_with("head ")).count();
    assert_eq!(heads, 1, "only the new case moved");
    assert_eq!(Checkpoint::from_file(&second.to_file()).expect("ours"), second);
    assert_eq!(desk.store.checkpoints().await.expect("asked"), [first, second]);
}

async fn a_log_that_only_grew_fits_every_checkpoint(desk: Desk) {
    whole_story(&desk).await;
    let mut exported = Vec::new();
    for round in 1..=3 {
        exported.push(seal(&desk).await);
        desk.command(case_id(1), note(100 + round, "and on it goes")).await;
    }
    let trust = Trust { exported, ..trusted() };
    let report = desk.store.verify_against(&trust).await.expect("verified");
    assert!(report.is_whole(), "{report:?}");
    assert_eq!(report.checkpoints, 3);
}

async fn r18_a_cut_tail_is_named(desk: Desk) {
    whole_story(&desk).await;
    seal(&desk).await;
    desk.unlock_log().await;
    let damage = "delete from events where stream like 'case/%' and version = 11; \
        update stream_head set version = 10, hash = (select e.hash from events e \
        where e.stream like 'case/%' and e.version = 10) where stream like 'case/%'";
    desk.sabotage(damage).await.expect("the owner may do it");
    let report = desk.store.verify_against(&trusted()).await.expect("verified");
    assert_eq!(report.broken, vec![], "the chain alone does not see it");
    assert_eq!(told(&report), [format!("1 {CASE} 11 Cut")]);
}

async fn r18_a_removed_stream_is_named(desk: Desk) {
    whole_story(&desk).await;
    seal(&desk).await;
    desk.unlock_log().await;
    let damage = "delete from events where stream like 'case/%'; \
        delete from stream_head where stream like 'case/%'";
    desk.sabotage(damage).await.expect("the owner may do it");
    let report = desk.store.verify().await.expect("verified");
    assert_eq!(report.broken, vec![], "the chain alone does not see it");
    assert_eq!(told(&report), [format!("1 {CASE} 11 Removed")]);
}

/// The database's owner writes the same case anew, with a chain that holds.
async fn r18_a_rewritten_stream_is_named(desk: Desk) {
    whole_story(&desk).await;
    seal(&desk).await;
    desk.command(case_id(1), note(99, "after the first checkpoint")).await;
    seal(&desk).await;
    desk.unlock_log().await;
    let damage = "delete from events where stream like 'case/%'; \
        delete from stream_head where stream like 'case/%'; delete from case_row; \
        delete from timeline_row; delete from evidence_row; delete from case_word; \
        delete from clock_entry_row";
    desk.sabotage(damage).await.expect("the owner may do it");
    desk.open_case(1, "A better story").await;
    for key in 1..=14 {
        desk.command(case_id(1), note(key, "all was well")).await;
    }
    let report = desk.store.verify_against(&trusted()).await.expect("verified");
    assert_eq!(report.broken, vec![], "the chain alone does not see it");
    assert_eq!(told(&report), [format!("1 {CASE} 11 Rewritten")], "the first place is named");
}

async fn r18_a_checkpoint_of_another_key_is_named(desk: Desk) {
    whole_story(&desk).await;
    let forger = "08".repeat(32).parse::<CheckpointKey>().expect("a key");
    desk.store.seal(&forger, MORNING).await.expect("sealed").expect("something happened");
    assert_eq!(told(&desk.store.verify().await.expect("verified")), Vec::<String>::new());
    let report = desk.store.verify_against(&trusted()).await.expect("verified");
    assert_eq!(told(&report), ["1 Key"]);
}

async fn r18_a_forged_or_lost_checkpoint_is_named_by_its_copy(desk: Desk) {
    whole_story(&desk).await;
    let first = seal(&desk).await;
    desk.command(case_id(1), note(99, "more")).await;
    let second = seal(&desk).await;
    let trust = Trust { exported: vec![first, second], ..trusted() };
    let unlock = match desk.engine {
        crate::fixture::Engine::Sqlite => {
            "drop trigger checkpoint_no_update; drop trigger checkpoint_no_delete"
        }
        crate::fixture::Engine::Postgres => "alter table checkpoint disable trigger all",
    };
    desk.sabotage(unlock).await.expect("the owner may do it");
    let forge = "update checkpoint set text = replace(text, 'version 11', 'version 10') \
        where number = 1; update checkpoint set text = replace(text, 'events', 'event') \
        where number = 2";
    desk.sabotage(forge).await.expect("the owner may do it");
    let report = desk.store.verify().await.expect("verified");
    assert_eq!(told(&report), ["2 Unreadable"], "a forged text has no signature that fits");
    let report = desk.store.verify_against(&trust).await.expect("verified");
    assert_eq!(told(&report), ["2 Replaced"]);
    desk.sabotage("delete from checkpoint where number = 2").await.expect("the owner may do it");
    let report = desk.store.verify_against(&trust).await.expect("verified");
    assert_eq!(told(&report), ["2 Missing"]);
}

async fn checkpoints_are_never_changed(desk: Desk) {
    whole_story(&desk).await;
    seal(&desk).await;
    for change in ["update checkpoint set text = ''", "delete from checkpoint"] {
        assert!(desk.sabotage(change).await.is_err(), "{change}");
    }
    for file in ["", "public_key 00\nsignature 00\n", "mainstay.checkpoint.v1\nnumber 1\n"] {
        assert!(matches!(Checkpoint::from_file(file), Err(StoreError::Checkpoint)), "{file:?}");
    }
    assert!("00".parse::<mainstay_store::PublicKey>().is_err());
    assert_eq!(CheckpointFault::Cut.to_string(), "the stream was longer; its end was cut off");
}
