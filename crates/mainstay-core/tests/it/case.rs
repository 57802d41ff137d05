//! Given what happened, when this is asked, then that follows.

use std::collections::BTreeSet;

use mainstay_core::case::{self, Command, Opened, Seen};
use mainstay_core::event::{self, Event};
use mainstay_core::{EvidenceNumber, Severity};
use proptest::prelude::*;

use crate::fixture::{
    attach, bundle_id, context, given, note, open, opened, pin, place, resolve, seen, told, unpin,
    user_id,
};

pub(crate) fn check(before: &[Command], when: Command, expect: &str) {
    let outcome = case::decide(&given(before), when.clone(), &context());
    let outcome = outcome.map(|events| events.into_iter().map(Event::Case).collect());
    assert_eq!(told(outcome), expect, "given {before:?}, when {when:?}");
}

fn open_with(change: impl FnOnce(&mut Opened)) -> Command {
    let mut opened = opened();
    change(&mut opened);
    Command::Open(opened)
}

#[test]
fn a_case_is_opened_once() {
    let body = "case.opened {\"case\":\"00000000-0000-0000-0000-00000000ca5e\",\"number\":1042,\
        \"subject\":\"Checkout 502s after upgrade to 7.4\",\"severity\":\"P2\",\
        \"customer\":\"Acme\",\"product\":\"Shop\",\"version\":\"7.4\",\
        \"description\":\"It **fails** \u{1F525}\",\"sample\":false}";
    check(&[], open(), body);
    check(&[open()], open(), "conflict: the case was opened before");
}

#[test]
fn a_case_has_a_subject_of_one_line() {
    check(&[], open_with(|new| new.subject = " ".to_owned()), "invalid: subject is empty");
    let long = open_with(|new| new.subject = "x".repeat(501));
    check(&[], long, "invalid: subject has more than 500 characters");
    let long = open_with(|new| new.product = "\u{1F525}".repeat(121));
    check(&[], long, "invalid: product has more than 120 characters");
    let long = open_with(|new| new.description = "x".repeat(100_001));
    check(&[], long, "invalid: description has more than 100000 characters");
}

#[test]
fn nothing_happens_to_a_case_that_is_not_there() {
    for command in [note("hello"), resolve(), pin(1, 1), unpin(1), attach(1)] {
        check(&[], command, "not_found: no such case");
    }
}

#[test]
fn a_case_is_assigned_and_given_back() {
    let ann = Command::Assign { assignee: Some(user_id(1)) };
    let nobody = Command::Assign { assignee: None };
    let body = "case.assigned {\"assignee\":\"00000000-0000-0000-0000-000000a00001\"}";
    check(&[open()], ann.clone(), body);
    check(&[open(), ann.clone()], ann.clone(), "nothing");
    check(&[open()], nobody.clone(), "nothing");
    check(&[open(), ann.clone()], nobody, "case.assigned {\"assignee\":null}");
    check(&[open(), resolve()], ann, "conflict: MS-1042 is solved; reopen it first");
}

#[test]
fn a_severity_changes_with_a_reason() {
    let set = |severity, reason: &str| Command::SetSeverity { severity, reason: reason.to_owned() };
    check(
        &[open()],
        set(Severity::P1, "shop is down"),
        "case.severity_set {\"from\":\"P2\",\"to\":\"P1\",\"reason\":\"shop is down\"}",
    );
    check(&[open()], set(Severity::P2, ""), "nothing");
    check(&[open()], set(Severity::P1, "\n"), "invalid: reason is empty");
    check(
        &[open(), resolve()],
        set(Severity::P1, "late"),
        "conflict: MS-1042 is solved; reopen it first",
    );
}

#[test]
fn a_note_cites_what_is_there() {
    let before = [open(), attach(1), pin(1, 17), pin(1, 18), unpin(2)];
    check(
        &before,
        note("see [E2], [E1], MS-1042/E1 and MS-7/E9"),
        "case.noted {\"note\":\"00000000-0000-0000-0000-000007000001\",\"audience\":\"internal\",\
         \"text\":\"see [E2], [E1], MS-1042/E1 and MS-7/E9\",\"cites\":[1,2]}",
    );
    check(
        &before,
        note("see [E3]"),
        "not_found: the note cites MS-1042/E3, which does not exist; pin the line first",
    );
    check(&before, note("\t"), "invalid: note is empty");
    check(&before, note(&"x".repeat(100_001)), "invalid: note has more than 100000 characters");
}

#[test]
fn a_resolved_case_can_still_be_written_about() {
    check(
        &[open(), resolve()],
        note("thanks"),
        "case.noted {\"note\":\"00000000-0000-0000-0000-000007000001\",\"audience\":\"internal\",\
         \"text\":\"thanks\",\"cites\":[]}",
    );
}

#[test]
fn a_bundle_is_attached_once() {
    check(
        &[open()],
        attach(1),
        "case.bundle_attached {\"bundle\":\"00000000-0000-0000-0000-000000b00001\",\
         \"name\":\"bundle-1.tar.gz\"}",
    );
    check(&[open(), attach(1)], attach(1), "nothing");
    check(&[open(), resolve()], attach(1), "conflict: MS-1042 is solved; reopen it first");
}

#[test]
fn a_line_is_pinned_once_and_numbers_are_never_given_again() {
    let pinned = |number: u32, line: u64| {
        format!(
            "case.evidence_pinned {{\"evidence\":{number},\"place\":{{\"bundle\":\
             \"00000000-0000-0000-0000-000000b00001\",\"file\":3,\"line\":{line}}},\"seen\":\
             {{\"source\":\"api\",\"at\":1795513267118000,\"level\":\"error\",\"excerpt\":\
             \"pool exhausted: 20/20 \\\"busy\\\"\"}}}}"
        )
    };
    check(&[open(), attach(1)], pin(1, 17), &pinned(1, 17));
    check(&[open(), attach(1), pin(1, 17)], pin(1, 17), "nothing");
    check(&[open(), attach(1), pin(1, 17)], pin(1, 18), &pinned(2, 18));
    check(&[open(), attach(1), pin(1, 17), unpin(1)], pin(1, 17), &pinned(2, 17));
}

#[test]
fn only_lines_of_the_case_are_pinned() {
    check(&[open()], pin(1, 17), "not_found: the bundle is not attached to MS-1042");
    let excerpt = "x".repeat(2001);
    let long = Command::PinEvidence { place: place(1, 17), seen: Seen { excerpt, ..seen() } };
    check(&[open(), attach(1)], long, "invalid: an excerpt has at most 2000 characters");
    check(
        &[open(), attach(1), resolve()],
        pin(1, 17),
        "conflict: MS-1042 is solved; reopen it first",
    );
}

#[test]
fn evidence_is_unpinned_once() {
    let before = [open(), attach(1), pin(1, 17)];
    check(&before, unpin(1), "case.evidence_unpinned {\"evidence\":1}");
    check(&before, unpin(2), "not_found: no evidence E2 in MS-1042");
    check(&[open(), attach(1), pin(1, 17), unpin(1)], unpin(1), "nothing");
}

#[test]
fn a_case_is_resolved_and_reopened() {
    let reopen = || Command::Reopen { reason: "again".to_owned() };
    check(&[open()], resolve(), "case.resolved {\"resolution\":\"raised the pool\"}");
    check(&[open(), resolve()], resolve(), "conflict: MS-1042 is solved; reopen it first");
    check(&[open(), resolve()], reopen(), "case.reopened {\"reason\":\"again\"}");
    check(&[open()], reopen(), "conflict: MS-1042 is open");
    let silent = Command::Reopen { reason: String::new() };
    check(&[open(), resolve()], silent, "invalid: reason is empty");
    let silent = Command::Resolve { resolution: String::new() };
    check(&[open(), resolve(), reopen()], silent, "invalid: resolution is empty");
}

fn any_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        1 => any::<String>().prop_map(|subject| open_with(|new| new.subject = subject)),
        2 => prop::option::of(0_u128..3)
            .prop_map(|key| Command::Assign { assignee: key.map(user_id) }),
        2 => (0_usize..4, any::<String>()).prop_map(|(index, reason)| Command::SetSeverity {
            severity: Severity::ALL[index],
            reason
        }),
        3 => "\\PC{0,30}( \\[E[0-9]{1,2}\\])?".prop_map(|text| note(&text)),
        3 => (0_u128..3).prop_map(attach),
        8 => (0_u128..3, 0_u64..4).prop_map(|(bundle, line)| pin(bundle, line)),
        4 => (0_u32..8).prop_map(unpin),
        1 => any::<String>().prop_map(|resolution| Command::Resolve { resolution }),
        1 => any::<String>().prop_map(|reason| Command::Reopen { reason }),
    ]
}

proptest! {
    #[test]
    fn whatever_is_decided_folds(commands in prop::collection::vec(any_command(), 0..60)) {
        let mut state = given(&[open(), attach(0)]);
        let mut numbers = BTreeSet::new();
        for command in commands {
            let Ok(events) = case::decide(&state, command, &context()) else {
                continue;
            };
            for event in events {
                if let case::Event::EvidencePinned(pinned) = &event {
                    prop_assert!(numbers.insert(pinned.evidence), "{} again", pinned.evidence);
                }
                let encoded = event::encode(&Event::Case(event.clone())).expect("plain data");
                let decoded = event::decode(encoded.kind, encoded.format, &encoded.body);
                prop_assert_eq!(decoded.expect("it was just written"), Event::Case(event.clone()));
                state = case::evolve(state, &event);
            }
        }
        let case = state.expect("an opened case stays one");
        let given: BTreeSet<EvidenceNumber> = case.evidence.iter().map(|pin| pin.number).collect();
        prop_assert_eq!(given, numbers);
        prop_assert!(case.bundles.contains(&bundle_id(0)));
    }

    #[test]
    fn what_is_pinned_at_a_place_is_pinned_once(
        commands in prop::collection::vec(any_command(), 0..60)
    ) {
        let mut state = given(&[open(), attach(0)]);
        for command in commands {
            for event in case::decide(&state, command, &context()).unwrap_or_default() {
                state = case::evolve(state, &event);
            }
            let case = state.as_ref().expect("an opened case stays one");
            let pinned: Vec<_> = case.evidence.iter().filter(|pin| pin.pinned).collect();
            let places: BTreeSet<String> =
                pinned.iter().map(|pin| format!("{:?}", pin.place)).collect();
            prop_assert_eq!(places.len(), pinned.len());
        }
    }
}
