//! Packets as both engines keep them: what waits, what was taken, and what replaced what.

use mainstay_core::case::{Command, HandoffCommand, NextStep};
use mainstay_core::event::{Event, Stream};
use mainstay_core::handoff::{self, Facts, Item, LeadTold, Parts, Receiver, Sent, close};
use mainstay_core::{CaseId, CaseNumber, HandoffId, Severity, Status, UtcMicros};
use mainstay_store::ItemState;
use uuid::Uuid;

use crate::fixture::{ANN, BOB, Desk, MORNING, case_id, note, user};
use crate::person::{put_team, team_id};
use crate::store_suite;

store_suite! { handoff:
    a_packet_waits_until_each_case_is_taken,
    the_newer_packet_replaces_the_older,
    what_happens_elsewhere_ends_the_waiting,
    the_desk_knows_what_is_next_and_what_changed,
}

pub(crate) fn handoff_id(key: u128) -> HandoffId {
    HandoffId::from_uuid(Uuid::from_u128(0x4A4D_0000 + key))
}

pub(crate) fn send(key: u128) -> Command {
    let (handoff, to) = (handoff_id(key), Receiver::Person(user(BOB)));
    Command::Handoff(HandoffCommand::Send { handoff, to, team: String::new() })
}

pub(crate) fn next_step(text: &str) -> Command {
    Command::SetNextStep(NextStep { text: text.to_owned(), ..NextStep::default() })
}

fn item(case: CaseId, key: u128) -> Item {
    Item {
        case,
        number: CaseNumber(1000 + u32::try_from(key).expect("a small key")),
        subject: "Slow".to_owned(),
        severity: Severity::P2,
        parts: Parts { state: "P2, open".to_owned(), ..Parts::default() },
        step_owner: None,
        step_due: None,
        promised: None,
        difference: vec![],
        missing: vec![],
        facts: Facts {
            severity: Severity::P2,
            status: Status::Open,
            waits_on: String::new(),
            clocks: vec![],
            promised: None,
            hypotheses: vec![],
            evidence: 0,
            notes: 0,
            bundles: 0,
            next_step: None,
        },
    }
}

/// A packet and its cases in one write, as the desk sends it.
async fn pack(desk: &Desk, key: u128, to: Receiver, cases: &[u128]) {
    let id = handoff_id(key);
    let items = cases.iter().map(|case| item(case_id(*case), *case)).collect();
    let note = "Quiet.".to_owned();
    let answer_by = UtcMicros(MORNING.0 + handoff::ANSWER_US);
    let sent = close(Sent { handoff: id, giver: user(ANN), to, note, items, answer_by });
    let mut write = desk.write().await;
    let event = Event::Handoff(handoff::Event::Sent(sent.expect("complete")));
    write.append(Stream::Handoff(id), 0, &[event]).await.expect("appended");
    for case in cases {
        let team = "L3".to_owned();
        let send = Command::Handoff(HandoffCommand::Send { handoff: id, to, team });
        crate::fixture::run(&mut write, case_id(*case), send).await;
    }
    write.commit().await.expect("committed");
}

async fn owned(desk: &Desk, keys: &[u128]) {
    for key in keys {
        desk.open_case(*key, "Slow").await;
        desk.command(case_id(*key), Command::Assign { assignee: Some(user(ANN)) }).await;
    }
}

async fn states(desk: &Desk, key: u128) -> Vec<&'static str> {
    let items = desk.store.handoff_items(handoff_id(key)).await.expect("asked");
    items.iter().map(|it| it.state.as_str()).collect()
}

async fn kinds(desk: &Desk, key: u128) -> Vec<String> {
    let page = desk.store.timeline(case_id(key), 0, 50).await.expect("a page");
    page.entries.into_iter().map(|it| it.kind).collect()
}

async fn a_packet_waits_until_each_case_is_taken(desk: Desk) {
    owned(&desk, &[1, 2]).await;
    put_team(&desk, 1, "L3").await.expect("added");
    pack(&desk, 1, Receiver::Team(team_id(1)), &[1, 2]).await;
    let open = desk.store.open_handoffs().await.expect("asked");
    assert_eq!(open.len(), 1);
    assert_eq!((open[0].receiver.as_str(), open[0].giver.name.as_str()), ("L3", "Ann Agent"));
    let handoff = |command| Command::Handoff(command);
    let ask = HandoffCommand::Ask { question: "which node?".to_owned() };
    desk.command(case_id(1), handoff(ask)).await;
    let answer = HandoffCommand::Answer { answer: "node 2".to_owned() };
    desk.command(case_id(1), handoff(answer)).await;
    let accept = HandoffCommand::Accept { handoff: handoff_id(1) };
    desk.command(case_id(1), handoff(accept)).await;
    assert_eq!(states(&desk, 1).await, ["accepted", "waiting"]);
    let reason = "not ours".to_owned();
    let refuse = HandoffCommand::Refuse { handoff: handoff_id(1), reason };
    desk.command(case_id(2), handoff(refuse)).await;
    assert_eq!(states(&desk, 1).await, ["accepted", "refused"]);
    assert_eq!(desk.store.open_handoffs().await.expect("asked"), []);
    let questions = desk.store.handoff_questions(handoff_id(1)).await.expect("asked");
    assert_eq!((questions.len(), questions[0].answer.as_deref()), (1, Some("node 2")));
    assert_eq!(
        kinds(&desk, 1).await[2..],
        ["handed_off", "handoff_asked", "handoff_answered", "handoff_accepted", "assigned"]
    );
    let items = desk.store.handoff_items(handoff_id(1)).await.expect("asked");
    assert_eq!(items[1].reason.as_deref(), Some("not ours"));
    assert_eq!(items[0].item.parts.risks, "none", "as it was sent");
    desk.assert_whole().await;
}

async fn the_newer_packet_replaces_the_older(desk: Desk) {
    owned(&desk, &[1]).await;
    pack(&desk, 1, Receiver::Person(user(BOB)), &[1]).await;
    pack(&desk, 2, Receiver::Person(user(BOB)), &[1]).await;
    assert_eq!(
        (states(&desk, 1).await, states(&desk, 2).await),
        (vec!["replaced"], vec!["waiting"])
    );
    let open = desk.store.open_handoffs().await.expect("asked");
    assert_eq!(open.iter().map(|it| it.id).collect::<Vec<_>>(), [handoff_id(2)]);
    let last = desk.store.last_handoff_item(case_id(1)).await.expect("asked").expect("there");
    assert_eq!((last.handoff, last.state), (handoff_id(2), ItemState::Waiting));
    assert_eq!(desk.store.handoffs_of(user(ANN), 9).await.expect("asked").len(), 2);
    let mut write = desk.write().await;
    let version = write.load_handoff(handoff_id(2)).await.expect("loads");
    let told = LeadTold { lead: Some(user(BOB)), cases: vec![CaseNumber(1001)], due_at: MORNING };
    let event = Event::Handoff(handoff::Event::LeadTold(told));
    write.append(Stream::Handoff(handoff_id(2)), version, &[event]).await.expect("appended");
    write.commit().await.expect("committed");
    let told = desk.store.handoff(handoff_id(2)).await.expect("asked").expect("there");
    assert_eq!((told.told_at, told.lead.map(|it| it.id)), (Some(MORNING), Some(user(BOB))));
    desk.assert_whole().await;
}

async fn what_happens_elsewhere_ends_the_waiting(desk: Desk) {
    owned(&desk, &[1, 2]).await;
    pack(&desk, 1, Receiver::Person(user(BOB)), &[1, 2]).await;
    desk.command(case_id(1), Command::Assign { assignee: None }).await;
    let resolution = "done".to_owned();
    desk.command(case_id(2), Command::Resolve { resolution }).await;
    assert_eq!(states(&desk, 1).await, ["void", "void"]);
    desk.assert_whole().await;
}

async fn the_desk_knows_what_is_next_and_what_changed(desk: Desk) {
    owned(&desk, &[1]).await;
    assert_eq!(desk.store.next_step(case_id(1)).await.expect("asked"), None);
    let due = Some(UtcMicros(MORNING.0 + 1));
    let step = NextStep { text: "call them".to_owned(), owner: Some(user(BOB)), due };
    desk.command(case_id(1), Command::SetNextStep(step)).await;
    let known = desk.store.next_step(case_id(1)).await.expect("asked").expect("there");
    assert_eq!((known.text.as_str(), known.due), ("call them", due));
    assert_eq!(known.owner.map(|it| it.id), Some(user(BOB)));
    desk.command(case_id(1), next_step("")).await;
    assert_eq!(desk.store.next_step(case_id(1)).await.expect("asked"), None);
    desk.command(case_id(1), note(1, "first line\nsecond")).await;
    let words = desk.store.words_of_case(case_id(1), 5).await.expect("asked");
    assert_eq!(words[0].text, "first line\nsecond");
    // all of it was Ann's own work
    let before = UtcMicros(MORNING.0 - 1);
    assert_eq!(desk.store.changed_since(user(ANN), before, 9).await.expect("asked"), []);
    desk.command(case_id(1), Command::Assign { assignee: Some(user(BOB)) }).await;
    let changed = desk.store.changed_since(user(BOB), before, 9).await.expect("asked");
    assert_eq!((changed.len(), changed[0].kind.as_str()), (1, "assigned"));
    assert!(changed[0].entries > 3);
    assert_eq!(desk.store.changed_since(user(BOB), MORNING, 9).await.expect("asked"), []);
    assert_eq!(desk.store.at_risk(MORNING, MORNING).await.expect("counted"), 0);
    desk.assert_whole().await;
}
