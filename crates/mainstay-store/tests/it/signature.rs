//! Signatures are listed with what became of them, and a bundle that looks like one keeps what was
//! said of it.

use mainstay_core::bundle::{self, Answer, MatchAnswered, Recognised, Shared, SignatureMatch};
use mainstay_core::event::{Event, Stream};
use mainstay_core::signature::{self, Command, Drafted, Origin, Seen, SignatureNumber, Stage};
use mainstay_core::{CaseNumber, SignatureId};
use uuid::Uuid;

use crate::fixture::{Desk, bundle_id, case_id, context, read};
use crate::store_suite;

store_suite! { signature:
    a_signature_is_listed_with_its_history,
    a_bundle_that_is_recognised_keeps_its_answers,
    what_is_matched_has_a_stamp,
}

pub(crate) fn signature_id(key: u128) -> SignatureId {
    SignatureId::from_uuid(Uuid::from_u128(0x51_6000 + key))
}

fn number(key: u128) -> SignatureNumber {
    SignatureNumber(1000 + u32::try_from(key).expect("small"))
}

fn text(key: u128, name: &str) -> String {
    format!("mainstay-signature 2\nname: {name}\nkind: config\ncode X-{key}\n")
}

/// What can happen to a signature, by place.
pub(crate) fn life(key: u128, at: usize) -> Command {
    let reason = "because".to_owned();
    match at {
        0 => {
            let (case, number_of_case) = (case_id(key), CaseNumber(1000));
            let origin = Origin { case, number: number_of_case, bundle: None, hypothesis: None };
            let origin = (key != 2).then_some(origin);
            let (signature, number) = (signature_id(key), number(key));
            Command::Draft(Drafted { signature, number, text: text(key, "pool exhausted"), origin })
        }
        1 => Command::Edit { text: text(key, "pool <b>exhausted</b>") },
        2 => Command::Activate { reason },
        _ => Command::Retire { reason },
    }
}

pub(crate) fn fits(keys: &[u128]) -> Recognised {
    let found = |key: &u128| SignatureMatch {
        signature: signature_id(*key),
        number: number(*key),
        version: 2,
        name: "pool exhausted".to_owned(),
        case: Some(CaseNumber(1007)),
        score: 871,
        seen: Seen { fitting: 1, cases: 40 },
        shared: vec![Shared {
            feature: format!("code X-{key}"),
            words: String::new(),
            place: Some((3, 17)),
        }],
        lacking: vec!["shape failures".to_owned()],
    };
    Recognised { asked: 3, matches: keys.iter().map(found).collect() }
}

pub(crate) fn answer(key: u128, reason: &str) -> MatchAnswered {
    let answer = if reason.trim().is_empty() { Answer::Confirmed } else { Answer::NotThis };
    MatchAnswered {
        signature: signature_id(key),
        number: number(key),
        answer,
        reason: reason.to_owned(),
    }
}

/// What is not allowed does not happen.
pub(crate) async fn take_command(desk: &Desk, key: u128, command: Command) {
    let mut write = desk.write().await;
    let loaded = write.load_signature(signature_id(key)).await.expect("loads");
    if let Ok(events) = signature::decide(&loaded.state, command, &context()) {
        let events: Vec<Event> = events.into_iter().map(Event::Signature).collect();
        let stream = Stream::Signature(signature_id(key));
        write.append(stream, loaded.version, &events).await.expect("appended");
    }
    write.commit().await.expect("committed");
}

async fn titles(desk: &Desk) -> Vec<String> {
    let timeline = desk.store.timeline(case_id(1), 0, 99).await.expect("a timeline");
    let said = timeline.entries.into_iter();
    said.map(|it| format!("{} {}", it.kind, it.title.unwrap_or_default())).collect()
}

async fn a_signature_is_listed_with_its_history(desk: Desk) {
    desk.open_case(1, "First").await;
    for (key, at) in [(1, 0), (2, 0), (3, 0), (1, 1), (1, 2), (3, 3)] {
        take_command(&desk, key, life(key, at)).await;
    }
    let page = desk.store.signatures(None, "", None, 2).await.expect("a page");
    let numbers: Vec<u32> = page.signatures.iter().map(|it| it.number.0).collect();
    assert_eq!((numbers, page.next_cursor, page.total), (vec![1003, 1002], Some(1002), 3));
    let rest = desk.store.signatures(None, "", page.next_cursor, 2).await.expect("a page");
    let first = &rest.signatures[0];
    assert_eq!((first.number, first.stage, first.version), (number(1), Stage::Active, 3));
    assert_eq!(
        (first.name.as_str(), first.case),
        ("pool <b>exhausted</b>", Some(CaseNumber(1000)))
    );
    let drafts = desk.store.signatures(Some(Stage::Draft), "POOL", None, 9).await.expect("a page");
    assert_eq!((drafts.total, drafts.signatures[0].number), (1, number(2)));
    let versions = desk.store.signature_versions(first.id, 9).await.expect("versions");
    let kinds: Vec<&str> = versions.iter().map(|it| it.kind.as_str()).collect();
    assert_eq!(kinds, ["activated", "edited", "drafted"]);
    assert_eq!(desk.store.signatures_of_case(case_id(1)).await.expect("asked").len(), 1);
    let said = titles(&desk).await;
    assert_eq!(
        said[1..],
        [
            "signature_drafted SIG-1001 pool exhausted",
            "signature_activated SIG-1001 pool <b>exhausted</b>",
        ]
    );
    desk.assert_whole().await;
}

async fn a_bundle_that_is_recognised_keeps_its_answers(desk: Desk) {
    let case = desk.open_case(1, "First").await;
    desk.open_case(3, "Third").await;
    for key in [1, 3] {
        take_command(&desk, key, life(key, 0)).await;
        take_command(&desk, key, life(key, 2)).await;
    }
    let bundle = desk.attach(case, 1).await;
    desk.bundle_command(bundle, bundle::Command::Finish(read())).await;
    desk.bundle_command(bundle, bundle::Command::Recognise(fits(&[3, 1]))).await;
    let found = desk.store.matches_of_bundle(bundle).await.expect("matches");
    let numbers: Vec<u32> = found.iter().map(|it| it.number.0).collect();
    assert_eq!((numbers, found[0].score, found[0].seen.cases), (vec![1003, 1001], 871, 40));
    assert_eq!(found[0].shared[0].place, Some((3, 17)));
    assert_eq!(desk.store.cases_with(signature_id(3)).await.expect("asked").len(), 1);

    desk.bundle_command(bundle, bundle::Command::AnswerMatch(answer(3, ""))).await;
    desk.bundle_command(bundle, bundle::Command::AnswerMatch(answer(1, "another pool"))).await;
    let found = desk.store.matches_of_bundle(bundle).await.expect("matches");
    assert_eq!(
        (found[0].answer, found[0].confirmed, found[0].answered),
        (Some(Answer::Confirmed), 1, 1)
    );
    assert_eq!(
        (found[1].reason.as_deref(), found[1].confirmed, found[1].answered),
        (Some("another pool"), 0, 1)
    );
    let with: Vec<String> = desk.store.cases_with(signature_id(3)).await.expect("asked");
    assert_eq!(with.len(), 2, "its own, and the one where it was confirmed");

    // it fits no more: the card goes, the answer stays and counts
    desk.bundle_command(bundle, bundle::Command::Recognise(fits(&[1]))).await;
    let found = desk.store.matches_of_bundle(bundle).await.expect("matches");
    assert_eq!((found.len(), found[0].answer), (1, Some(Answer::NotThis)));
    let kept = desk.store.matches_of_signature(signature_id(3), 9).await.expect("matches");
    assert_eq!((kept[0].rank, kept[0].answer, kept[0].confirmed), (0, Some(Answer::Confirmed), 1));
    let said = titles(&desk).await;
    assert_eq!(
        said[said.len() - 4..],
        [
            "bundle_recognised SIG-1003 (MS-1007): pool exhausted, and 1 more",
            "match_confirmed SIG-1003",
            "match_not_this SIG-1001",
            "bundle_recognised SIG-1001 (MS-1007): pool exhausted",
        ]
    );
    assert_eq!(desk.store.bundles_read(9).await.expect("bundles")[0].id, bundle_id(1));
    desk.assert_whole().await;
}

async fn what_is_matched_has_a_stamp(desk: Desk) {
    desk.open_case(1, "First").await;
    let mut stamps = Vec::new();
    for at in [0, 2, 1, 3] {
        take_command(&desk, 1, life(1, at)).await;
        stamps.push(desk.store.active_stamp().await.expect("asked").expect("a row"));
        let active = desk.store.active_signatures(9).await.expect("asked");
        assert_eq!(active.len(), usize::from(matches!(at, 1 | 2)));
    }
    stamps.dedup();
    assert_eq!(stamps.len(), 4);
}
