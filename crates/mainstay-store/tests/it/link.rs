//! Cases and each other: both streams or none, whoever is first, and back again as if nothing was.

use mainstay_core::case::{Audience, Command, Then};
use mainstay_core::event::{Event, Stream};
use mainstay_core::link::{self, Both, End, Relation, Taken};
use mainstay_core::{CaseId, EvidenceNumber, Refusal, Status, UtcMicros, case};

use crate::fixture::{Desk, MORNING, case_id, note, note_id, pin, policies};
use crate::store_suite;

store_suite! { link:
    a_link_stands_at_both_ends,
    two_writers_make_no_circle,
    one_of_two_opposite_merges_is_refused,
    a_merge_that_is_taken_back_leaves_the_cases_as_they_were,
    a_split_begins_with_the_first_word_that_came_along,
}

const HOUR_US: i64 = 3_600_000_000;

/// Does something to two cases as the use cases do; what the rules refuse leaves nothing behind.
pub(crate) async fn between(
    desk: &Desk,
    one: CaseId,
    two: CaseId,
    relation: Option<Relation>,
    decide: impl FnOnce(&case::Case, &case::Case, &Above) -> Result<Option<Both>, Refusal>,
) -> Result<(), Refusal> {
    let mut write = desk.write().await;
    write.lock_links().await.expect("locked");
    write.lock(&[Stream::Case(one), Stream::Case(two)]).await.expect("locked");
    let (from, to) =
        (write.load_case(one).await.expect("loads"), write.load_case(two).await.expect("loads"));
    let (Some(here), Some(there)) = (&from.state, &to.state) else {
        return Err(Refusal::not_found("no such case"));
    };
    let above = match relation {
        Some(relation) => write.above(two, relation).await.expect("asked"),
        None => Above::new(),
    };
    let Some((mine, theirs)) = decide(here, there, &above)? else { return Ok(()) };
    let append = [(two, to.version, theirs), (one, from.version, mine)];
    for (id, version, event) in append {
        write.append(Stream::Case(id), version, &[Event::Link(event)]).await.expect("appended");
    }
    write.commit().await.expect("committed");
    Ok(())
}

pub(crate) type Above = std::collections::BTreeSet<CaseId>;

pub(crate) async fn connect(
    desk: &Desk,
    one: CaseId,
    relation: Relation,
    two: CaseId,
) -> Result<(), Refusal> {
    between(desk, one, two, Some(relation), |a, b, above| link::link(a, b, relation, "why", above))
        .await
}

pub(crate) async fn merge(desk: &Desk, child: CaseId, parent: CaseId) -> Result<(), Refusal> {
    let started_at = UtcMicros(MORNING.0 - HOUR_US);
    let taken = Taken { started_at, promised: None, breached: vec![] };
    between(desk, child, parent, None, |a, b, _| link::merge(a, b, taken, "one").map(Some)).await
}

pub(crate) async fn unmerge(desk: &Desk, child: CaseId, parent: CaseId) -> Result<(), Refusal> {
    between(desk, child, parent, None, |a, b, _| link::unmerge(a, b, "two").map(Some)).await
}

async fn a_link_stands_at_both_ends(desk: Desk) {
    let (one, two) = (desk.open_case(1, "First").await, desk.open_case(2, "Second").await);
    connect(&desk, one, Relation::DuplicateOf, two).await.expect("allowed");
    connect(&desk, one, Relation::DuplicateOf, two).await.expect("there already");
    let here = desk.store.links(one).await.expect("asked");
    let there = desk.store.links(two).await.expect("asked");
    let told = |links: &[mainstay_store::Link]| {
        links
            .iter()
            .map(|it| format!("{} {}", it.end.word(it.relation), it.number))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (told(&here), told(&there)),
        (vec!["duplicate-of MS-1002".to_owned()], vec!["duplicated-by MS-1001".to_owned()])
    );
    assert_eq!(here[0].end, End::From);
    for case in [one, two] {
        let told = desk.store.timeline(case, 0, 10).await.expect("a page").entries;
        assert_eq!(told.last().map(|entry| entry.kind.as_str()), Some("linked"));
        assert_eq!(told.len(), 2, "told once");
    }
    let hit = desk.store.sufferers(two, 10).await.expect("asked");
    assert_eq!(hit.iter().map(|case| case.id).collect::<Vec<_>>(), [one]);
    between(&desk, one, two, None, |a, b, _| {
        link::unlink(a, b, Relation::DuplicateOf, "no").map(Some)
    })
    .await
    .expect("allowed");
    assert_eq!(desk.store.links(two).await.expect("asked"), vec![]);
    desk.assert_whole().await;
}

async fn two_writers_make_no_circle(desk: Desk) {
    let mut cases = Vec::new();
    for key in 1..=4 {
        cases.push(desk.open_case(key, "One of four").await);
    }
    connect(&desk, cases[0], Relation::CausedBy, cases[1]).await.expect("allowed");
    connect(&desk, cases[2], Relation::CausedBy, cases[3]).await.expect("allowed");
    // they share no case, so only the lock of all links keeps them apart
    let (a, b) = tokio::join!(
        connect(&desk, cases[1], Relation::CausedBy, cases[2]),
        connect(&desk, cases[3], Relation::CausedBy, cases[0])
    );
    assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
    desk.assert_whole().await;
}

async fn one_of_two_opposite_merges_is_refused(desk: Desk) {
    let (one, two) = (desk.open_case(1, "First").await, desk.open_case(2, "Second").await);
    let (a, b) = tokio::join!(merge(&desk, one, two), merge(&desk, two, one));
    assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
    desk.assert_whole().await;
}

async fn a_merge_that_is_taken_back_leaves_the_cases_as_they_were(desk: Desk) {
    desk.publish(policies()).await;
    let (child, parent) = (desk.open_case(1, "First").await, desk.open_case(2, "Second").await);
    for case in [child, parent] {
        desk.command(case, Command::PinPolicies { version: 1 }).await;
    }
    let bundle = desk.attach(child, 1).await;
    desk.command(child, pin(bundle, 7)).await;
    desk.command(child, note(1, "see [E1]")).await;
    let state = async |id| {
        let number = desk.store.case_number(id).await.expect("asked").expect("a case");
        let mut case = desk.store.case_by_number(number).await.expect("asked").expect("a case");
        // what a merge and its end leave are two more lines in the timeline
        case.summary.case_version = 0;
        let clocks = desk.store.deadlines(id).await.expect("asked");
        (case, clocks, desk.store.clock_history(id).await.expect("asked"))
    };
    let before = (state(child).await, state(parent).await);
    merge(&desk, child, parent).await.expect("allowed");
    let ((gone, none, _), (stays, clocks, _)) = (state(child).await, state(parent).await);
    assert_eq!(gone.summary.merged_into, Some(stays.summary.number));
    assert_eq!((none, gone.summary.clock, gone.summary.status), (vec![], None, Status::New));
    assert_eq!(clocks[0].due_at.0, before.1.1[0].due_at.0 - HOUR_US, "the earliest beginning wins");
    let pinned = desk.store.evidence(child, EvidenceNumber(1)).await.expect("asked");
    assert_eq!(pinned.map(|it| it.citation().to_string()).as_deref(), Some("MS-1001/E1"));
    let counts = desk.store.queue_counts(crate::fixture::user(1)).await.expect("asked");
    assert_eq!((counts.all, counts.resolved), (1, 1), "a merged case waits for nobody");
    assert_eq!(desk.store.merged_cases(parent).await.expect("asked").len(), 1);
    desk.assert_whole().await;
    unmerge(&desk, child, parent).await.expect("allowed");
    assert_eq!((state(child).await, state(parent).await), before);
    desk.assert_whole().await;
}

async fn a_split_begins_with_the_first_word_that_came_along(desk: Desk) {
    let first = desk.open_case(1, "Two things").await;
    let wrote = |text: &str| Command::CustomerWrote {
        comment: note_id(9),
        contact: "Dana".to_owned(),
        text: text.to_owned(),
    };
    desk.command(first, wrote("checkout fails")).await;
    let reply = Command::Note {
        note: note_id(3),
        audience: Audience::Public,
        text: "We look at it".to_owned(),
        then: Then::default(),
    };
    desk.command(first, reply).await;
    let new = desk.open_case(2, "The other thing").await;
    let mut write = desk.write().await;
    let mut messages = write.messages(first).await.expect("asked");
    for (minute, message) in messages.iter_mut().enumerate() {
        message.at.0 += 60_000_000 * (minute as i64 - 10);
    }
    let parts = link::Parts { messages, evidence: vec![] };
    let (one, two) =
        (write.load_case(first).await.expect("loads"), write.load_case(new).await.expect("loads"));
    let (here, there) =
        link::split(&one.state.expect("a case"), &two.state.expect("a case"), parts, "two things")
            .expect("allowed");
    let wrap = |events: Vec<link::Event>| events.into_iter().map(Event::Link).collect::<Vec<_>>();
    write.append(Stream::Case(first), one.version, &wrap(here)).await.expect("appended");
    write.append(Stream::Case(new), two.version, &wrap(there)).await.expect("appended");
    write.commit().await.expect("committed");
    let history = desk.store.clock_history(new).await.expect("asked");
    let minutes: Vec<i64> = history.iter().map(|it| (it.at.0 - MORNING.0) / 60_000_000).collect();
    assert_eq!(minutes, [-10, -9], "created by the customer's word, then answered");
    let told = desk.store.timeline(new, 0, 10).await.expect("a page").entries;
    let kinds: Vec<&str> = told.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["opened", "message_taken", "message_taken", "linked", "split_from"]);
    assert_eq!(told[1].text.as_deref(), Some("checkout fails"));
    let left = desk.store.timeline(first, 0, 10).await.expect("a page").entries;
    let kinds: Vec<&str> = left.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["opened", "customer_wrote", "noted", "split_off", "linked"]);
    assert_eq!(desk.store.writers(new).await.expect("asked"), ["Dana"]);
    desk.assert_whole().await;
    assert_eq!(case_id(1), first);
}
