//! Hand-offs: what a packet says, what is new since the last one, and who owns a case meanwhile.

use mainstay_core::case::{
    self, Assigned, Case, Command, HandedOff, HandoffAccepted, HandoffAnswered, HandoffAsked,
    HandoffCommand, HandoffRefused, Judgement, NextStep, NextStepSet, check_due, decide, evolve,
};
use mainstay_core::event::Event;
use mainstay_core::handoff::{
    self, ClockFact, Facts, HypothesisFact, Item, LastWord, LeadTold, Named, Parts, Receiver, Sent,
    Source, close, difference, draft, markdown,
};
use mainstay_core::sla::Metric;
use mainstay_core::{
    Actor, CaseNumber, Context, HandoffId, HypothesisNumber, Role, Severity, Status, UserId,
    UtcMicros,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::fixture::{MOMENT, case_id, opened, told, user_id};
use crate::person::team_id;

pub(crate) fn handoff_id() -> HandoffId {
    HandoffId::from_uuid(Uuid::from_u128(0x4A4D))
}

fn other_id() -> HandoffId {
    HandoffId::from_uuid(Uuid::from_u128(0x4A4E))
}

fn step() -> NextStep {
    NextStep {
        text: "compare the pool size".to_owned(),
        owner: Some(user_id(2)),
        due: Some(MOMENT),
    }
}

pub(crate) fn steps() -> [case::Event; 6] {
    let handoff = handoff_id();
    [
        case::Event::NextStepSet(NextStepSet { step: step() }),
        case::Event::HandedOff(HandedOff {
            handoff,
            giver: user_id(1),
            to: Receiver::Person(user_id(2)),
            team: String::new(),
            replaces: Some(other_id()),
        }),
        case::Event::HandoffAsked(HandoffAsked {
            handoff,
            number: 1,
            question: "which node?".to_owned(),
        }),
        case::Event::HandoffAnswered(HandoffAnswered {
            handoff,
            number: 1,
            answer: "node 2".to_owned(),
        }),
        case::Event::HandoffAccepted(HandoffAccepted { handoff }),
        case::Event::HandoffRefused(HandoffRefused { handoff, reason: "I am away".to_owned() }),
    ]
}

fn facts() -> Facts {
    Facts {
        severity: Severity::P1,
        status: Status::Hold,
        waits_on: "database vendor".to_owned(),
        clocks: vec![ClockFact { metric: Metric::NextReplyTime, due: MOMENT }],
        promised: Some(UtcMicros(MOMENT.0 + 3_600_000_000)),
        hypotheses: vec![HypothesisFact {
            number: HypothesisNumber(1),
            component: "ledger".to_owned(),
            statement: "pool 200 to 64".to_owned(),
            judgement: Some(Judgement::Refuted),
            reason: "the pool is never full".to_owned(),
        }],
        evidence: 2,
        notes: 3,
        bundles: 1,
        next_step: Some(step()),
    }
}

fn source(before: Option<Facts>) -> Source {
    Source {
        case: case_id(),
        number: CaseNumber(1042),
        subject: opened().subject,
        facts: facts(),
        before,
        last_word: Some(LastWord {
            at: MOMENT,
            kind: "reply",
            line: "we look at the pool".to_owned(),
        }),
        tried: vec!["restarted the ledger".to_owned(), "raised the pool".to_owned()],
        promise: "We tell you by noon.".to_owned(),
        open: vec![],
        people: vec!["Dana (operations), dana@acme.example".to_owned()],
        now: MOMENT,
    }
}

fn sent(items: Vec<Item>) -> Sent {
    let answer_by = UtcMicros(MOMENT.0 + handoff::ANSWER_US);
    let (handoff, giver, to) = (handoff_id(), user_id(1), Receiver::Team(team_id()));
    Sent { handoff, giver, to, note: "Quiet night.".to_owned(), items, answer_by }
}

pub(crate) fn packets() -> [handoff::Event; 2] {
    let packet = close(sent(vec![draft(source(None))])).expect("complete");
    let told = LeadTold { lead: Some(user_id(3)), cases: vec![CaseNumber(1042)], due_at: MOMENT };
    [handoff::Event::Sent(packet), handoff::Event::LeadTold(told)]
}

fn by(user: UserId) -> Context {
    Context { actor: Actor { user, role: Role::Senior }, at: MOMENT }
}

fn owned() -> Case {
    let begin = [
        case::Event::Opened(opened()),
        case::Event::Assigned(Assigned { assignee: Some(user_id(1)) }),
    ];
    begin.iter().fold(None, evolve).expect("a case")
}

fn after(events: &[case::Event]) -> Case {
    events.iter().fold(Some(owned()), evolve).expect("a case")
}

fn check(before: &[case::Event], who: u128, when: HandoffCommand, expect: &str) {
    let outcome = decide(&Some(after(before)), Command::Handoff(when), &by(user_id(who)));
    let outcome = outcome.map(|events| events.into_iter().map(Event::Case).collect());
    let told = told(outcome);
    assert!(told.starts_with(expect), "expected {expect}, got {told}");
}

#[test]
fn the_giver_owns_a_case_until_it_is_accepted() {
    let (handoff, to) = (handoff_id(), Receiver::Person(user_id(2)));
    let send = || HandoffCommand::Send { handoff, to, team: String::new() };
    let accept = || HandoffCommand::Accept { handoff };
    check(&[], 1, send(), "case.handed_off");
    check(&[], 2, send(), "conflict: MS-1042 is not yours");
    let itself =
        HandoffCommand::Send { handoff, to: Receiver::Person(user_id(1)), team: String::new() };
    check(&[], 1, itself, "invalid: a case is handed to somebody else");
    check(&[], 2, accept(), "conflict: MS-1042 waits in no hand-off");
    let [_, given, asked, answered, accepted, refused] = steps();
    assert_eq!(after(std::slice::from_ref(&given)).assignee, Some(user_id(1)));
    check(std::slice::from_ref(&given), 2, accept(), "case.handoff_accepted");
    let taken =
        [given.clone(), accepted, case::Event::Assigned(Assigned { assignee: Some(user_id(2)) })];
    assert_eq!(after(&taken).assignee, Some(user_id(2)));
    check(&taken, 2, accept(), "conflict: MS-1042 waits in no hand-off");
    check(&[given.clone(), refused], 2, accept(), "conflict");
    // a question stands alone until it is answered
    let ask = || HandoffCommand::Ask { question: "which?".to_owned() };
    check(&[given.clone(), asked.clone()], 2, ask(), "conflict: the question before it");
    check(&[given.clone(), asked.clone(), answered], 2, ask(), "case.handoff_asked");
    let answer = || HandoffCommand::Answer { answer: "node 2".to_owned() };
    check(&[given.clone(), asked.clone()], 1, answer(), "case.handoff_answered");
    check(std::slice::from_ref(&given), 1, answer(), "conflict: nothing is asked");
    check(&[given, asked], 2, accept(), "case.handoff_accepted");
}

#[test]
fn what_happens_meanwhile_takes_a_case_out_of_the_packet() {
    let [_, given, ..] = steps();
    let accept = |handoff| HandoffCommand::Accept { handoff };
    let elsewhere = case::Event::Assigned(Assigned { assignee: Some(user_id(3)) });
    check(&[given.clone(), elsewhere], 2, accept(handoff_id()), "conflict: MS-1042 waits in no");
    let solved = case::Event::Resolved(case::Resolved { resolution: "done".to_owned() });
    check(&[given.clone(), solved], 2, accept(handoff_id()), "conflict: MS-1042 is solved");
    // sent twice: only the newer packet counts
    let newer = case::Event::HandedOff(HandedOff {
        handoff: other_id(),
        giver: user_id(1),
        to: Receiver::Person(user_id(2)),
        team: String::new(),
        replaces: Some(handoff_id()),
    });
    check(&[given.clone(), newer.clone()], 2, accept(handoff_id()), "conflict: MS-1042 was handed");
    check(&[given.clone(), newer], 2, accept(other_id()), "case.handoff_accepted");
    let again = HandoffCommand::Send {
        handoff: other_id(),
        to: Receiver::Team(team_id()),
        team: "L3 Asia".to_owned(),
    };
    let outcome = decide(&Some(after(&[given])), Command::Handoff(again), &by(user_id(1)));
    let replaces = format!("\"replaces\":\"{}\"", handoff_id());
    let outcome = outcome.map(|events| events.into_iter().map(Event::Case).collect());
    assert!(told(outcome).contains(&replaces));
}

#[test]
fn a_next_step_is_one_thing_with_an_owner_and_a_moment() {
    let set = |step| decide(&Some(owned()), Command::SetNextStep(step), &by(user_id(1)));
    assert_eq!(set(step()).map(|events| events.len()), Ok(1));
    assert_eq!(set(NextStep::default()), Ok(vec![]), "nothing was set before");
    assert!(set(NextStep { text: " ".to_owned(), ..step() }).is_err());
    assert!(set(NextStep { text: "x".repeat(501), ..step() }).is_err());
    let [known, ..] = steps();
    let case = after(&[known]);
    assert_eq!(case.next_step, Some(step()));
    let cleared = decide(&Some(case), Command::SetNextStep(NextStep::default()), &by(user_id(1)));
    assert_eq!(cleared.map(|events| events.len()), Ok(1));
    for (due, fits) in [(None, true), (Some(1), true), (Some(0), false), (Some(1 << 50), false)] {
        let due = due.map(|us: i64| UtcMicros(MOMENT.0 + us));
        assert_eq!(check_due(due, MOMENT).is_ok(), fits, "{due:?}");
    }
}

#[test]
fn a_packet_reads_as_it_was_sent() {
    let mut item = draft(source(Some(Facts { notes: 1, hypotheses: vec![], ..facts() })));
    item.parts.risks = String::new();
    item.subject = "two\nlines".to_owned();
    let packet = close(sent(vec![item])).expect("complete");
    let text = markdown(
        &packet,
        &Named { giver: "Kim", receiver: "L3 Asia", sent_at: MOMENT, person: &|_| "Jo".to_owned() },
    );
    insta::assert_snapshot!("packet", text);
    assert_eq!(packet.items[0].missing, ["open", "risks"]);
    assert_eq!(packet.items[0].next_step(), Some(step()));
}

#[test]
fn a_packet_that_makes_no_sense_is_refused() {
    let refused = |items| close(sent(items)).expect_err("refused").to_string();
    let item = || draft(source(None));
    assert_eq!(refused(vec![]), "a packet needs at least one case");
    assert_eq!(refused(vec![item(), item()]), "MS-1042 stands in the packet twice");
    let mut long = item();
    long.parts = Parts { tried: "x".repeat(10_001), ..long.parts };
    assert!(refused(vec![long]).starts_with("tried of MS-1042 is too long"));
    assert!(refused(vec![item(); 201]).contains("at most 200"));
    let mut silent = item();
    silent.parts = Parts::default();
    let closed = close(sent(vec![silent])).expect("empty parts are said to be none");
    assert_eq!(closed.items[0].missing.len(), 9);
    assert!(closed.items[0].parts.named().iter().all(|(_, text)| *text == "none"));
    assert_eq!(closed.items[0].next_step(), None);
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let severity = prop::sample::select(Severity::ALL.to_vec());
    let status = prop::sample::select(vec![Status::New, Status::Open, Status::Hold]);
    let moment = || prop::option::of((0..1_000_i64).prop_map(UtcMicros));
    let counts = (0..5_u64, 0..5_u64, 0..5_u64);
    (severity, status, moment(), moment(), counts, prop::option::of("[a-c]{1,3}")).prop_map(
        |(severity, status, promised, due, (evidence, notes, bundles), step)| Facts {
            severity,
            status,
            promised,
            clocks: due
                .map(|due| ClockFact { metric: Metric::NextReplyTime, due })
                .into_iter()
                .collect(),
            evidence,
            notes,
            bundles,
            next_step: step.map(|text| NextStep { text, ..NextStep::default() }),
            ..facts()
        },
    )
}

proptest! {
    /// What did not change is not told, and what did is.
    #[test]
    fn the_difference_is_empty_for_an_unchanged_case_and_only_then(a in any_facts(), b in any_facts()) {
        prop_assert_eq!(difference(&a, &a), Vec::<String>::new());
        prop_assert_eq!(difference(&a, &b).is_empty(), a == b);
        prop_assert_eq!(draft(Source { facts: a.clone(), ..source(Some(a)) }).difference.len(), 0);
    }

    /// Whatever the giver leaves out: every case stands there once, every part says something.
    #[test]
    fn every_case_stands_in_a_packet_once(count in 1..20_u32, emptied in prop::collection::vec(any::<bool>(), 20)) {
        let items = (0..count).map(|at| {
            let mut item = draft(source(None));
            item.number = CaseNumber(at + 1);
            if emptied[at as usize] { item.parts.tried = " ".to_owned(); }
            item
        });
        let packet = close(sent(items.collect())).expect("a packet");
        let numbers: Vec<u32> = packet.items.iter().map(|item| item.number.0).collect();
        prop_assert_eq!(numbers, (1..=count).collect::<Vec<_>>());
        for item in &packet.items {
            prop_assert!(item.parts.named().iter().all(|(_, text)| !text.trim().is_empty()));
        }
    }
}
