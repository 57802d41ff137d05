//! Given how far a bundle is, when this is asked, then that follows.

use std::collections::BTreeMap;

use mainstay_core::bundle::{
    self, Command, Failed, FailureReason, IdentityRevealed, Read, Received, Redacted,
};
use mainstay_core::event::Event;
use mainstay_core::redaction::{self, RulesUsed};

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

pub(crate) fn redacted() -> Redacted {
    Redacted {
        rules: Some(RulesUsed { version: 3, profile: Some("shop".to_owned()) }),
        kinds: BTreeMap::from([("email".to_owned(), 2), ("password".to_owned(), 10)]),
        identities: Some(2),
    }
}

pub(crate) fn look() -> IdentityRevealed {
    IdentityRevealed {
        pseudonym: "<email-abcdefghijkl>@<domain-abcdefghijkl>".to_owned(),
        reason: "whom to call back".to_owned(),
        found: true,
    }
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

#[test]
fn what_was_hidden_is_noted_while_reading() {
    let receive = || Command::Receive(received());
    let note = || Command::NoteRedaction(redacted());
    let noted = "bundle.redacted {\"rules\":{\"version\":3,\"profile\":\"shop\"},\
        \"kinds\":{\"email\":2,\"password\":10},\"identities\":2}";
    check(&[receive()], note(), noted);
    check(&[receive(), Command::Finish(read())], note(), NOT_READING);
    check(&[], note(), "not_found: no such bundle");
}

#[test]
fn a_look_at_an_identity_needs_a_reason_and_a_bundle_that_was_read() {
    let receive = || Command::Receive(received());
    let reveal = || Command::Reveal(look());
    let looked = "bundle.identity_revealed {\"pseudonym\":\"<email-abcdefghijkl>@<domain-abcdefghijkl>\",\
        \"reason\":\"whom to call back\",\"found\":true}";
    check(&[receive(), Command::Finish(read())], reveal(), looked);
    check(&[receive()], reveal(), "conflict: the bundle is not readable yet");
    check(
        &[receive(), Command::Fail(failed())],
        reveal(),
        "conflict: the bundle is not readable yet",
    );
    check(&[], reveal(), "not_found: no such bundle");
    let silent = Command::Reveal(IdentityRevealed { reason: " ".to_owned(), ..look() });
    check(&[receive(), Command::Finish(read())], silent, "invalid: reason is empty");
}

#[test]
fn rules_are_published_with_a_reason() {
    let publish =
        |text: &str, reason: &str| redaction::publish(6, text.to_owned(), reason.to_owned());
    let redaction::Event::RulesPublished(published) =
        publish("version: 1", "a new project").expect("published");
    assert_eq!((published.version, published.text.as_str()), (7, "version: 1"));
    let refused = |text: &str, reason: &str| publish(text, reason).expect_err("refused").detail;
    assert_eq!(refused("version: 1", " "), "reason is empty");
    assert_eq!(refused(&"#".repeat(300 << 10), "x"), "the rules have more than 256 KiB");
}
