//! Whose turn it is: what changes the status, what the clocks see of it, and which bells ring.

use mainstay_core::case::{self, Audience, Bell, ClockRang, Command, Event, Gate, Then, history};
use mainstay_core::sla::deadline::{Deadline, deadlines};
use mainstay_core::sla::{Attributes, EntryKind, Metric, PolicySet, PolicySetForm, event};
use mainstay_core::{Severity, Status, UtcMicros};

use crate::case::check;
use crate::fixture::{MOMENT, context, gate, given, note, note_id, open, resolve, user_id};

const HOUR_US: i64 = 3_600_000_000;

fn set(status: Status, waits_on: &str) -> Command {
    Command::SetStatus { status, waits_on: waits_on.to_owned(), reason: String::new() }
}

fn customer(text: &str) -> Command {
    let (contact, text) = ("Dana".to_owned(), text.to_owned());
    Command::CustomerWrote { comment: note_id(2), contact, text }
}

fn close() -> Command {
    Command::Close { reason: "confirmed".to_owned(), gate: gate() }
}

fn say(audience: Audience, then: Then) -> Command {
    Command::Note { note: note_id(1), audience, text: "we look at it".to_owned(), then }
}

fn status(commands: &[Command]) -> Status {
    given(commands).expect("a case").status
}

#[test]
fn work_begins_with_an_owner_or_a_word_to_the_customer() {
    assert_eq!(status(&[open()]), Status::New);
    assert_eq!(status(&[open(), note("internal")]), Status::New);
    let assigned = Command::Assign { assignee: Some(user_id(1)) };
    assert_eq!(status(&[open(), assigned]), Status::Open);
    assert_eq!(status(&[open(), say(Audience::Public, Then::default())]), Status::Open);
}

#[test]
fn whoever_holds_a_case_up_is_named() {
    let body = r#"case.status_set {"from":"new","to":"hold","waits_on":"vendor","reason":""}"#;
    check(&[open()], set(Status::Hold, "vendor"), body);
    check(&[open()], set(Status::Hold, " "), "invalid: waits_on is empty");
    let body = r#"case.status_set {"from":"new","to":"pending","waits_on":"","reason":""}"#;
    check(&[open()], set(Status::Pending, "nobody asked"), body);
    check(&[open(), set(Status::Pending, "")], set(Status::Pending, ""), "nothing");
    check(
        &[open()],
        set(Status::Solved, ""),
        "invalid: to solve a case, resolve it with its resolution",
    );
    check(&[open()], set(Status::Closed, ""), "invalid: to close a case, resolve it first");
    let refused = "conflict: MS-1042 is solved; reopen it first";
    check(&[open(), resolve()], set(Status::Open, ""), refused);
}

#[test]
fn an_answer_makes_it_our_turn() {
    assert_eq!(status(&[open(), customer("hello?")]), Status::New);
    assert_eq!(status(&[open(), set(Status::Pending, ""), customer("here")]), Status::Open);
    assert_eq!(status(&[open(), set(Status::Hold, "vendor"), customer("and?")]), Status::Hold);
    assert_eq!(status(&[open(), resolve(), customer("still broken")]), Status::Open);
    let refused = "conflict: MS-1042 is closed; open a follow-up case";
    check(&[open(), resolve(), close()], customer("late"), refused);
    check(&[open()], customer(" "), "invalid: text is empty");
}

#[test]
fn closed_is_final() {
    check(&[open()], close(), "conflict: MS-1042 is not solved; resolve it first");
    let body = concat!(
        r#"case.closed {"reason":"confirmed","gate":{"confirmed":"customer","#,
        r#""confirmed_how":"Dana saw no error for a day","cause":"the pool was too small","#,
        r#""signature":{"kept":"not_needed","text":"one of a kind"},"#,
        r#""article":{"kept":"created","text":"KB-12"}}}"#,
    );
    check(&[open(), resolve()], close(), body);
    check(&[open(), resolve(), close()], close(), "nothing");
    let without = |change: &dyn Fn(&mut Gate)| {
        let mut gate = gate();
        change(&mut gate);
        Command::Close { reason: String::new(), gate }
    };
    let solved = [open(), resolve()];
    check(&solved, without(&|gate| gate.cause.clear()), "invalid: cause is empty");
    let no_word = without(&|gate| gate.confirmed_how = " ".to_owned());
    check(&solved, no_word, "invalid: confirmed_how is empty");
    let no_why = without(&|gate| gate.signature.text.clear());
    check(&solved, no_why, "invalid: say why no signature is needed");
    let no_name = without(&|gate| gate.article.text.clear());
    check(&solved, no_name, "invalid: name the article");
    let reopen = Command::Reopen { reason: "again".to_owned() };
    let refused = "conflict: MS-1042 is closed; open a follow-up case";
    check(&[open(), resolve(), close()], reopen, refused);
}

#[test]
fn the_next_update_is_promised_in_words_and_ahead() {
    let promise = |audience, by| say(audience, Then { next_update_by: Some(by), status: None });
    let soon = UtcMicros(MOMENT.0 + HOUR_US);
    let events = case::decide(&given(&[open()]), promise(Audience::Public, soon), &context());
    assert!(
        matches!(&events.expect("allowed")[..], [Event::Noted(_), Event::UpdatePromised(it)] if it.by == soon)
    );
    let refused = "invalid: the next update is promised to the customer; use a public note";
    check(&[open()], promise(Audience::Internal, soon), refused);
    let refused = "invalid: the next update must be promised for a moment within a year";
    check(&[open()], promise(Audience::Public, MOMENT), refused);
    check(&[open()], promise(Audience::Public, UtcMicros(i64::MAX)), refused);
}

#[test]
fn a_bell_rings_once() {
    let rang = |bell| ClockRang {
        metric: Metric::FirstReplyTime,
        number: 1,
        bell,
        policies: 1,
        target_s: 3_600,
        due_at: MOMENT,
    };
    let ring = |bell| Command::RingClock(rang(bell));
    let rung = [open(), ring(Bell::DueSoon)];
    check(&rung, ring(Bell::DueSoon), "nothing");
    let events = case::decide(&given(&rung), ring(Bell::Breached), &context());
    assert_eq!(events, Ok(vec![Event::ClockRang(rang(Bell::Breached))]));
}

/// The clocks see words and turns; a status at the instant of a word belongs to the word.
#[test]
fn clocks_see_words_and_turns() {
    let mut status = Status::New;
    let mut seen = Vec::new();
    let mut state = None;
    let steps = [
        (0, open()),
        (1, note("internal")),
        (2, say(Audience::Public, Then { status: Some(Status::Pending), next_update_by: None })),
        (3, Command::PinPolicies { version: 1 }),
        (4, customer("here")),
        (5, set(Status::Open, "")),
        (6, resolve()),
    ];
    for (hour, command) in steps {
        let at = UtcMicros(MOMENT.0 + hour * HOUR_US);
        for event in case::decide(&state, command, &context()).expect("allowed") {
            if let Some(entry) = history::entry(status, &event, at) {
                history::add(&mut seen, entry);
            }
            status = history::status_after(status, &event);
            state = case::evolve(state, &event);
        }
    }
    let told: Vec<_> = seen
        .iter()
        .map(|entry| ((entry.at.0 - MOMENT.0) / HOUR_US, entry.kind, entry.status))
        .collect();
    assert_eq!(
        told,
        [
            (0, EntryKind::Create, Some(Status::New)),
            (1, EntryKind::Note, None),
            (2, EntryKind::Agent, Some(Status::Pending)),
            (4, EntryKind::Customer, Some(Status::Open)),
            (6, EntryKind::Status, Some(Status::Solved)),
        ]
    );
    assert_eq!(Some(status), state.map(|case| case.status));
}

fn policies() -> PolicySetForm {
    serde_json::from_str(
        r#"{"policies": [{"name": "all", "position": 1, "calendar": "24x7", "targets": [
            {"severity": "P2", "metric": "first_reply_time", "target_s": 3600},
            {"severity": "P2", "metric": "agent_work_time", "target_s": 28800},
            {"severity": "P2", "metric": "pausable_update_time", "target_s": 7200}]}]}"#,
    )
    .expect("a form")
}

#[test]
fn deadlines_stand_until_something_happens() {
    let set = PolicySet::new(policies()).expect("a set");
    let attributes =
        Attributes { severity: Severity::P2, customer: "", product: "", version: "", tier: "" };
    let mut seen = Vec::new();
    let mut due = |hours: i64, event: &Event, before: Status| {
        let at = UtcMicros(MOMENT.0 + hours * HOUR_US);
        history::add(&mut seen, history::entry(before, event, at).expect("seen by clocks"));
        let told = |it: &Deadline| (it.metric, (it.due_at.0 - MOMENT.0) / HOUR_US);
        deadlines(&set, attributes, &seen).iter().map(told).collect::<Vec<_>>()
    };
    let first =
        |command| case::decide(&given(&[open()]), command, &context()).expect("allowed").remove(0);
    let opened = Event::Opened(crate::fixture::opened());
    assert_eq!(
        due(0, &opened, Status::New),
        [(Metric::FirstReplyTime, 1), (Metric::AgentWorkTime, 8)]
    );
    // a late reply ends one clock and starts another; what passed before stays passed
    let said = first(say(Audience::Public, Then::default()));
    assert_eq!(
        due(3, &said, Status::New),
        [(Metric::PausableUpdateTime, 5), (Metric::AgentWorkTime, 8)]
    );
    let pending = first(set_pending());
    assert_eq!(due(4, &pending, Status::Open), [], "nothing runs while the customer thinks");
    let answered = first(customer("here"));
    assert_eq!(
        due(10, &answered, Status::Pending),
        [(Metric::PausableUpdateTime, 11), (Metric::AgentWorkTime, 14)]
    );
}

fn set_pending() -> Command {
    set(Status::Pending, "")
}

#[test]
fn a_set_that_makes_no_sense_is_not_published() {
    let event::Event::PoliciesPublished(published) =
        event::publish(2, policies(), "new contract".to_owned()).expect("a good set");
    assert_eq!(published.version, 3);
    let mut bad = policies();
    bad.policies[0].calendar = "mars".to_owned();
    let refused = event::publish(2, bad, String::new()).expect_err("refused");
    assert!(refused.detail.contains("does not have"), "{refused}");
}
