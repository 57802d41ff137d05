//! Given how far a bundle is, when this is asked, then that follows.

use mainstay_core::bundle::{self, Command, Failed, FailureReason, Read, Received};
use mainstay_core::event::Event;

use crate::fixture::{MOMENT, bundle_id, case_id, context, told};

pub(crate) fn received() -> Received {
    Received {
        bundle: bundle_id(1),
        case: case_id(),
        name: "bundle-1.tar.gz".to_owned(),
        size_bytes: 4096,
        content_hash: "c0ffee".repeat(10),
    }
}

pub(crate) fn read() -> Read {
    Read {
        address: "ab".repeat(32),
        files: 3,
        lines: 1200,
        records: 1100,
        templates: 40,
        errors: 7,
        problems: 1,
        redactions: 12,
        first: Some(MOMENT),
        last: None,
    }
}

pub(crate) fn failed() -> Failed {
    Failed { reason: FailureReason::Interrupted }
}

fn check(given: &[Command], when: Command, expect: &str) {
    let mut state = None;
    for command in given {
        for event in bundle::decide(&state, command.clone(), &context()).expect("allowed") {
            state = bundle::evolve(state, &event);
        }
    }
    let outcome = bundle::decide(&state, when.clone(), &context());
    let outcome = outcome.map(|events| events.into_iter().map(Event::Bundle).collect());
    assert_eq!(told(outcome), expect, "given {given:?}, when {when:?}");
}

#[test]
fn a_bundle_is_received_and_read_once() {
    let receive = || Command::Receive(received());
    let ready = "bundle.read {\"address\":\"abababababababababababababababababababababababababababab\
        abababab\",\"files\":3,\"lines\":1200,\"records\":1100,\"templates\":40,\"errors\":7,\
        \"problems\":1,\"redactions\":12,\"first\":1795513267118000,\"last\":null}";
    check(&[receive()], Command::Finish(read()), ready);
    check(&[receive()], receive(), "conflict: the bundle was received before");
    check(&[receive(), Command::Finish(read())], Command::Finish(read()), NOT_READING);
    check(&[receive(), Command::Finish(read())], Command::Fail(failed()), NOT_READING);
}

const NOT_READING: &str = "conflict: the bundle is not being read";

#[test]
fn a_bundle_fails_once() {
    let receive = || Command::Receive(received());
    check(&[receive()], Command::Fail(failed()), "bundle.failed {\"reason\":\"interrupted\"}");
    check(&[receive(), Command::Fail(failed())], Command::Fail(failed()), NOT_READING);
    check(&[receive(), Command::Fail(failed())], Command::Finish(read()), NOT_READING);
    check(&[], Command::Fail(failed()), "not_found: no such bundle");
    check(&[], Command::Finish(read()), "not_found: no such bundle");
}

#[test]
fn a_bundle_has_a_name_of_one_line() {
    for name in [" ".to_owned(), "x".repeat(201)] {
        let nameless = Command::Receive(Received { name, ..received() });
        check(&[], nameless, "invalid: bundle name must have 1 to 200 characters");
    }
}
