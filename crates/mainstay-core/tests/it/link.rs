//! Cases and each other: whatever is asked in whatever order, links have no circle, merges end, and
//! everybody hears once.

use std::collections::{BTreeMap, BTreeSet};

use mainstay_core::case::{self, Audience, Case, Command, CustomerSet, HandoffWait, SwarmCommand};
use mainstay_core::contact::{Side, informed, seen_by};
use mainstay_core::customer::Contact;
use mainstay_core::event::Event;
use mainstay_core::handoff::Receiver;
use mainstay_core::link::{
    self, Breached, End, Event as Between, Message, Parts, Relation, Taken, evolve, parse_word,
};
use mainstay_core::sla::{Ending, Entry, EntryKind, Metric};
use mainstay_core::{
    CaseId, CaseNumber, CustomerId, EvidenceNumber, HandoffId, Refusal, Status, UtcMicros,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::fixture::{MOMENT, attach, context, opened, pin, told, user_id};

pub(crate) fn other_id(key: u128) -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(0xCA5E + key))
}

fn of(key: u128, customer: &str, commands: &[Command]) -> Case {
    let new = case::Opened {
        case: other_id(key),
        number: CaseNumber(1042 + u32::try_from(key).expect("small")),
        customer: customer.to_owned(),
        ..opened()
    };
    let mut state = None;
    for command in [&[Command::Open(new)], commands].concat() {
        let events = case::decide(&state, command, &context()).expect("given is allowed");
        state = events.iter().fold(state, case::evolve);
    }
    state.expect("opened")
}

fn taken() -> Taken {
    let late =
        Breached { metric: Metric::FirstReplyTime, number: 1, target_s: 900, elapsed_s: 1000 };
    Taken { started_at: MOMENT, promised: Some(MOMENT), breached: vec![late] }
}

fn both(outcome: Result<Option<link::Both>, Refusal>) -> String {
    told(outcome.map(|both| {
        both.map_or(vec![], |(here, there)| vec![Event::Link(here), Event::Link(there)])
    }))
}

/// One of each kind, in the order of `KINDS`; MS-1043 and MS-1042 stand at the other end.
pub(crate) fn samples() -> Vec<Between> {
    let (number, other) = (CaseNumber(1043), other_id(2));
    let reason = |text: &str| text.to_owned();
    vec![
        Between::Linked(link::Linked {
            relation: Relation::DuplicateOf,
            end: End::From,
            other,
            number,
            reason: reason("same error"),
        }),
        Between::Unlinked(link::Unlinked {
            relation: Relation::AffectedBy,
            end: End::To,
            other,
            number,
            reason: reason("another cause"),
        }),
        Between::MergedInto(link::MergedInto {
            into: other,
            number,
            reason: reason("one problem"),
        }),
        Between::MergeTook(link::MergeTook {
            child: other,
            number,
            reason: reason("one problem"),
            started_at: MOMENT,
            promised: Some(MOMENT),
            breached: taken().breached,
        }),
        Between::Unmerged(link::Unmerged { from: other, number, reason: reason("two problems") }),
        Between::MergeReleased(link::MergeReleased {
            child: other,
            number,
            reason: reason("two problems"),
        }),
        Between::SplitOff(link::SplitOff {
            into: other,
            number,
            messages: vec![3, 5],
            evidence: vec![EvidenceNumber(2)],
            reason: reason("another problem"),
        }),
        Between::SplitFrom(link::SplitFrom {
            from: other,
            number,
            started_at: Some(MOMENT),
            evidence: vec![EvidenceNumber(2)],
            reason: reason("another problem"),
        }),
        Between::MessageTaken(link::MessageTaken {
            from: number,
            sequence: 3,
            at: MOMENT,
            author: user_id(1),
            audience: Audience::Public,
            contact: "Dana".to_owned(),
            text: "see MS-1043/E2".to_owned(),
            counts: true,
        }),
    ]
}

#[test]
fn a_link_is_told_from_both_ends() {
    let (one, two) = (of(0, "Acme", &[]), of(1, "Birch", &[]));
    let said = both(link::link(&one, &two, Relation::DuplicateOf, "same", &BTreeSet::new()));
    assert_eq!(
        said,
        "case.linked {\"relation\":\"duplicate-of\",\"end\":\"from\",\
         \"other\":\"00000000-0000-0000-0000-00000000ca5f\",\"number\":1043,\"reason\":\"same\"}\n\
         case.linked {\"relation\":\"duplicate-of\",\"end\":\"to\",\
         \"other\":\"00000000-0000-0000-0000-00000000ca5e\",\"number\":1042,\"reason\":\"same\"}"
    );
    let itself = both(link::link(&one, &one, Relation::AffectedBy, "", &BTreeSet::new()));
    assert_eq!(itself, "invalid: MS-1042 cannot be linked to itself");
    let missing = link::unlink(&one, &two, Relation::ParentOf, "").expect_err("no link");
    assert_eq!(missing.detail, "MS-1042 is not parent-of MS-1043");
    for relation in Relation::ALL {
        assert_eq!(relation.as_str().parse(), Ok(relation));
        assert_eq!(parse_word(relation.inverse()), Ok((relation, End::To)));
    }
    assert!(parse_word("friend-of").is_err());
}

#[test]
fn only_open_cases_of_one_customer_are_merged() {
    let merge =
        |child: &Case, parent: &Case| both(link::merge(child, parent, taken(), "one").map(Some));
    let resolve = Command::Resolve { resolution: "done".to_owned() };
    let closed = [resolve, Command::Close { reason: String::new(), gate: crate::fixture::gate() }];
    let (one, two) = (of(0, "Acme", &[]), of(1, " ACME ", &[]));
    assert!(merge(&one, &two).starts_with("case.merged_into"), "{}", merge(&one, &two));
    assert_eq!(merge(&one, &one), "invalid: MS-1042 cannot be merged into itself");
    let strange = "conflict: MS-1042 and MS-1043 are not known to be of one customer; link them \
                   instead, or choose the customer first";
    assert_eq!(merge(&one, &of(1, "Birch", &[])), strange);
    assert_eq!(merge(&of(0, "", &[]), &of(1, "", &[])), strange, "nobody is not one customer");
    let chosen = |key| {
        let customer = Some(CustomerId::from_uuid(Uuid::from_u128(key)));
        let set = CustomerSet { customer, name: "Acme".to_owned(), tier: String::new() };
        of(1, "Acme", &[Command::SetCustomer(set)])
    };
    assert_eq!(merge(&one, &chosen(7)), strange, "a name alone may be another Acme");
    assert_eq!(
        merge(&one, &of(1, "Acme", &closed)),
        "conflict: MS-1043 is closed; link the cases instead"
    );
    let swarm = Command::Swarm(SwarmCommand::Open {
        question: "why?".to_owned(),
        exit: "we know".to_owned(),
        box_minutes: 30,
        people: Vec::new(),
        skills: Vec::new(),
    });
    assert_eq!(
        merge(&of(0, "Acme", &[swarm]), &two),
        "conflict: swarm 1 of MS-1042 has no decision; close it first"
    );
    let mut waits = one.clone();
    waits.handoff = Some(HandoffWait {
        handoff: HandoffId::from_uuid(Uuid::from_u128(9)),
        giver: user_id(1),
        to: Receiver::Person(user_id(2)),
        questions: 0,
        asked: false,
    });
    assert_eq!(
        merge(&waits, &two),
        "conflict: MS-1042 waits to be taken by the next shift; let it be accepted or refused first"
    );
    assert_eq!(
        merge(&of(0, "Acme", &closed), &two),
        "conflict: MS-1042 is closed; link the cases instead"
    );
}

#[test]
fn a_merged_case_is_written_to_no_more_until_it_is_taken_back() {
    let (mut one, mut two) = (of(0, "Acme", &[]), of(1, "Acme", &[]));
    let before = (one.clone(), two.clone());
    let (here, there) = link::merge(&one, &two, taken(), "one").expect("allowed");
    evolve(&mut one, &here);
    evolve(&mut two, &there);
    let note = crate::fixture::note("hello");
    let refused = case::decide(&Some(one.clone()), note, &context()).expect_err("refused");
    let into = "MS-1042 was merged into MS-1043; write there, or un-merge it first";
    assert_eq!(refused.detail, into);
    let again = link::merge(&one, &two, taken(), "again").expect_err("refused");
    assert_eq!(again.detail, into);
    let back = link::merge(&two, &one, taken(), "back").expect_err("refused");
    assert_eq!(back.detail, "MS-1042 was merged into MS-1043; merge into that one");
    let (here, there) = link::unmerge(&one, &two, "two problems").expect("allowed");
    evolve(&mut one, &here);
    evolve(&mut two, &there);
    assert_eq!((one, two), before);
}

#[test]
fn a_split_takes_copies_and_cites_what_stays() {
    let first = of(0, "Acme", &[attach(1), pin(1, 3)]);
    let new = of(1, "Acme", &[]);
    let message = |sequence, minutes: i64, contact: Option<&str>, text: &str| Message {
        sequence,
        at: UtcMicros(MOMENT.0 + minutes * 60_000_000),
        author: user_id(1),
        audience: Audience::Public,
        contact: contact.map(str::to_owned),
        text: text.to_owned(),
    };
    let messages = vec![
        message(2, 0, None, "before"),
        message(4, 5, Some("Dana"), "and the export is slow [E1]"),
        message(5, 9, None, "which export?"),
    ];
    let parts = Parts { messages, evidence: vec![EvidenceNumber(1)] };
    let (here, there) = link::split(&first, &new, parts.clone(), "another problem").expect("split");
    assert_eq!(here.len(), 2);
    let taken: Vec<(bool, &str)> = there
        .iter()
        .filter_map(|event| match event {
            Between::MessageTaken(taken) => Some((taken.counts, taken.text.as_str())),
            _ => None,
        })
        .collect();
    let cited = "and the export is slow [MS-1042/E1]";
    assert_eq!(taken, [(false, "before"), (false, cited), (true, "which export?")]);
    let Some(Between::SplitFrom(from)) = there.last() else { panic!("the beginning is told last") };
    assert_eq!(from.started_at, Some(UtcMicros(MOMENT.0 + 300_000_000)));
    let refused = |parts, expect: &str| {
        let refusal = link::split(&first, &new, parts, "why").expect_err("refused");
        assert_eq!(refusal.detail, expect);
    };
    let nothing = Parts { messages: vec![], evidence: vec![] };
    refused(nothing, "choose the messages or the evidence that the split is about");
    refused(Parts { evidence: vec![EvidenceNumber(9)], ..parts }, "no evidence E9 in MS-1042");
}

#[test]
fn the_clocks_of_a_merged_case_end_without_a_verdict() {
    let at = |minutes: i64| UtcMicros(MOMENT.0 + minutes * 60_000_000);
    let history = [
        Entry { at: at(0), kind: EntryKind::Create, status: Some(Status::New) },
        Entry { at: at(9), kind: EntryKind::Merged, status: None },
    ];
    for metric in [Metric::FirstReplyTime, Metric::AgentWorkTime, Metric::TotalResolutionTime] {
        let instances = metric.instances(&history, at(60));
        assert_eq!(instances[0].end, Some((at(9), Ending::Merged)), "{}", metric.as_str());
    }
}

#[test]
fn people_of_another_customer_have_no_address_here() {
    let customer = |key| Some(CustomerId::from_uuid(Uuid::from_u128(key)));
    let side = |key, name: &str| Side {
        number: Some(CaseNumber(1042)),
        customer: customer(key),
        contacts: vec![Contact {
            name: name.to_owned(),
            email: format!("{name}@{key}.example"),
            role: String::new(),
        }],
        writers: vec![],
    };
    let all = [informed(&[side(1, "dana")]), informed(&[side(2, "eli")])].concat();
    let seen = seen_by(customer(1), &all);
    let addresses: Vec<&str> = seen.iter().map(|it| it.address.as_str()).collect();
    assert_eq!(addresses, ["dana@1.example", ""]);
    assert!(seen_by(None, &all).iter().all(|it| it.address.is_empty()));
}

/// What a desk of a few cases does to its links and merges.
#[derive(Debug, Clone)]
enum Step {
    Link(usize, usize, usize),
    Unlink(usize, usize, usize),
    Merge(usize, usize),
    Unmerge(usize),
}

const CASES: usize = 5;

fn step() -> impl Strategy<Value = Step> {
    let pair = || (0..CASES, 0..CASES);
    prop_oneof![
        4 => (pair(), 0..6_usize).prop_map(|((a, b), kind)| Step::Link(a, b, kind)),
        1 => (pair(), 0..6_usize).prop_map(|((a, b), kind)| Step::Unlink(a, b, kind)),
        3 => pair().prop_map(|(a, b)| Step::Merge(a, b)),
        1 => (0..CASES).prop_map(Step::Unmerge),
    ]
}

fn above(cases: &[Case], start: CaseId, relation: Relation) -> BTreeSet<CaseId> {
    let by_id: BTreeMap<CaseId, &Case> = cases.iter().map(|case| (case.id, case)).collect();
    let (mut found, mut open) = (BTreeSet::new(), vec![start]);
    while let Some(id) = open.pop() {
        for (of, end, other) in &by_id[&id].related.links {
            if *of == relation && *end == End::From && found.insert(*other) {
                open.push(*other);
            }
        }
    }
    found
}

fn take(cases: &mut [Case], step: &Step) {
    let reason = "why";
    let (one, two, outcome) = match *step {
        Step::Link(a, b, kind) => {
            let relation = Relation::ALL[kind];
            let above = above(cases, cases[b].id, relation);
            (a, b, link::link(&cases[a], &cases[b], relation, reason, &above))
        }
        Step::Unlink(a, b, kind) => {
            (a, b, link::unlink(&cases[a], &cases[b], Relation::ALL[kind], reason).map(Some))
        }
        Step::Merge(a, b) => (a, b, link::merge(&cases[a], &cases[b], taken(), reason).map(Some)),
        Step::Unmerge(a) => {
            let Some((into, _)) = cases[a].related.merged_into else { return };
            let b = cases.iter().position(|case| case.id == into).expect("it is there");
            (a, b, link::unmerge(&cases[a], &cases[b], reason).map(Some))
        }
    };
    if let Ok(Some((here, there))) = outcome {
        evolve(&mut cases[one], &here);
        evolve(&mut cases[two], &there);
    }
}

proptest! {
    #[test]
    fn no_sequence_makes_a_circle(steps in prop::collection::vec(step(), 0..60)) {
        let mut cases: Vec<Case> = (0..CASES as u128).map(|key| of(key, "Acme", &[])).collect();
        for step in &steps {
            take(&mut cases, step);
            for case in &cases {
                for relation in Relation::ALL.into_iter().filter(|it| it.is_acyclic()) {
                    prop_assert!(!above(&cases, case.id, relation).contains(&case.id));
                }
                // a chain of merges ends, and both ends of it agree
                let (mut root, mut hops) = (case, 0);
                while let Some((into, _)) = root.related.merged_into {
                    let parent = cases.iter().find(|it| it.id == into).expect("it is there");
                    prop_assert!(parent.related.merged.contains(&root.id));
                    (root, hops) = (parent, hops + 1);
                    prop_assert!(hops <= CASES);
                }
            }
        }
    }

    #[test]
    fn everybody_hears_exactly_once(
        sides in prop::collection::vec(
            (prop::collection::vec(0..4_usize, 0..4), prop::collection::vec(0..6_usize, 0..4)),
            1..4,
        ),
    ) {
        let customer = Some(CustomerId::from_uuid(Uuid::from_u128(7)));
        let sides: Vec<Side> = sides.into_iter().enumerate().map(|(index, (contacts, writers))| {
            let contact = |it: usize| Contact {
                name: format!("Person {it}"),
                email: format!("p{it}@acme.example"),
                role: String::new(),
            };
            Side {
                number: Some(CaseNumber(1042 + u32::try_from(index).expect("few"))),
                customer,
                contacts: contacts.into_iter().map(contact).collect(),
                writers: writers.into_iter().map(|it| format!("person {it}")).collect(),
            }
        }).collect();
        let all = informed(&sides);
        let addresses: Vec<&str> =
            all.iter().map(|it| it.address.as_str()).filter(|it| !it.is_empty()).collect();
        let distinct: BTreeSet<&str> = addresses.iter().copied().collect();
        prop_assert_eq!(addresses.len(), distinct.len(), "nobody twice");
        for side in &sides {
            for contact in &side.contacts {
                prop_assert!(distinct.contains(contact.email.as_str()), "nobody is left out");
            }
            for writer in &side.writers {
                let key = writer.to_lowercase();
                prop_assert!(all.iter().any(|it| it.name.to_lowercase() == key));
            }
        }
    }
}
