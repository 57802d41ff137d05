//! Swarms: one at a time, with a question, an exit and a decision.

use mainstay_core::case::{self, Command, SwarmCommand, SwarmOpened, SwarmOutcome, swarm};
use mainstay_core::event::Event;
use mainstay_core::{Actor, Context, Role, UserId, UtcMicros};

use crate::case::check;
use crate::fixture::{MOMENT, context, given, open, resolve, told, user_id};

const MINUTE_US: i64 = 60_000_000;

fn swarm_with(question: &str, exit: &str, box_minutes: u32) -> Command {
    Command::Swarm(SwarmCommand::Open {
        question: question.to_owned(),
        exit: exit.to_owned(),
        box_minutes,
        people: vec![user_id(2)],
        skills: vec!["postgresql".to_owned()],
    })
}

fn call() -> Command {
    swarm_with("why?", "we know who", 30)
}

fn join() -> Command {
    Command::Swarm(SwarmCommand::Join { swarm: 1 })
}

fn leave() -> Command {
    Command::Swarm(SwarmCommand::Leave { swarm: 1 })
}

fn tried(text: &str) -> Command {
    Command::Swarm(SwarmCommand::Try { swarm: 1, text: text.to_owned() })
}

fn close(outcome: SwarmOutcome, decision: &str, owner: Option<UserId>) -> Command {
    Command::Swarm(SwarmCommand::Close { swarm: 1, outcome, decision: decision.to_owned(), owner })
}

/// What rings at a moment.
fn ring(before: &[Command], boxes: u32, after_us: i64) -> String {
    let context = Context {
        actor: Actor { user: user_id(1), role: Role::Senior },
        at: UtcMicros(MOMENT.0 + after_us),
    };
    let command = Command::Swarm(SwarmCommand::Ring { swarm: 1, boxes });
    let events = case::decide(&given(before), command, &context);
    told(events.map(|events| events.into_iter().map(Event::Case).collect()))
}

#[test]
fn a_swarm_has_a_question_an_exit_and_a_time_box() {
    let body = "case.swarm_opened {\"swarm\":1,\"question\":\"why?\",\"exit\":\"we know who\",\
        \"box_minutes\":30,\"opened_at\":1795513267118000,\
        \"people\":[\"00000000-0000-0000-0000-000000a00002\"],\"skills\":[\"postgresql\"]}";
    check(&[open()], call(), body);
    check(&[open()], swarm_with(" ", "exit", 30), "invalid: question is empty");
    check(&[open()], swarm_with("why?", "", 30), "invalid: exit is empty");
    check(&[open()], swarm_with("why?", "x", 0), "invalid: a time box has 1 to 480 minutes");
    check(&[open()], swarm_with("why?", "x", 481), "invalid: a time box has 1 to 480 minutes");
    let many = Command::Swarm(SwarmCommand::Open {
        question: "why?".to_owned(),
        exit: "x".to_owned(),
        box_minutes: 30,
        people: vec![user_id(2); swarm::INVITED_MAX + 1],
        skills: Vec::new(),
    });
    check(&[open()], many, "invalid: at most 50 are invited");
    let running = "conflict: swarm 1 of MS-1042 has no decision; close it first";
    check(&[open(), call()], call(), running);
    check(&[open(), resolve()], call(), "conflict: MS-1042 is solved; reopen it first");
}

#[test]
fn people_come_and_go_and_the_owner_stays() {
    let body =
        "case.swarm_joined {\"swarm\":1,\"person\":\"00000000-0000-0000-0000-000000a00001\"}";
    check(&[open(), call()], join(), body);
    check(&[open(), call(), join()], join(), "nothing");
    check(&[open(), call()], leave(), "nothing");
    let left = "case.swarm_left {\"swarm\":1,\"person\":\"00000000-0000-0000-0000-000000a00001\"}";
    check(&[open(), call(), join()], leave(), left);
    check(&[open(), call(), join(), leave()], join(), body);
    check(&[open()], join(), "not_found: no swarm 1 in MS-1042");
    let owner = Command::Assign { assignee: Some(user_id(7)) };
    let case = given(&[open(), owner, call(), join()]).expect("a case");
    assert_eq!(case.assignee, Some(user_id(7)));
}

#[test]
fn what_was_tried_is_kept() {
    let body = "case.swarm_tried {\"swarm\":1,\"text\":\"killed a session: no change\"}";
    check(&[open(), call()], tried("killed a session: no change"), body);
    check(&[open(), call()], tried(" "), "invalid: text is empty");
}

#[test]
fn no_swarm_closes_without_a_decision() {
    let solved = SwarmOutcome::Solved;
    check(&[open(), call()], close(solved, " ", None), "invalid: decision is empty");
    let body = "case.swarm_closed {\"swarm\":1,\"outcome\":\"solved\",\
        \"decision\":\"it was the pool\",\"owner\":null}";
    check(&[open(), call()], close(solved, "it was the pool", Some(user_id(3))), body);
    let next = SwarmOutcome::NextStep;
    let refused = "invalid: a next step needs somebody who does it";
    check(&[open(), call()], close(next, "raise the pool", None), refused);
    let body = "case.swarm_closed {\"swarm\":1,\"outcome\":\"next_step\",\
        \"decision\":\"raise the pool\",\"owner\":\"00000000-0000-0000-0000-000000a00003\"}";
    check(&[open(), call()], close(next, "raise the pool", Some(user_id(3))), body);
    let closed = [open(), call(), close(solved, "it was the pool", None)];
    check(&closed, join(), "conflict: swarm 1 of MS-1042 is closed");
    check(&closed, tried("more"), "conflict: swarm 1 of MS-1042 is closed");
    let second = given(&[&closed[..], &[call()]].concat()).expect("a case");
    assert_eq!(second.swarms.last().map(|swarm| swarm.number), Some(2));
}

#[test]
fn a_case_is_not_resolved_over_a_running_swarm() {
    let refused = "conflict: swarm 1 of MS-1042 has no decision; close it first";
    check(&[open(), call()], resolve(), refused);
    let body = "case.resolved {\"resolution\":\"raised the pool\"}";
    check(&[open(), call(), close(SwarmOutcome::Stop, "no use", None)], resolve(), body);
}

#[test]
fn it_asks_after_one_time_box_and_tells_the_lead_after_two() {
    let before = [open(), call()];
    let one = "case.swarm_rang {\"swarm\":1,\"boxes\":1}";
    let two = "case.swarm_rang {\"swarm\":1,\"boxes\":2}";
    assert_eq!(ring(&before, 1, 30 * MINUTE_US), one);
    assert_eq!(ring(&before, 2, 60 * MINUTE_US), two);
    assert_eq!(ring(&before, 1, 30 * MINUTE_US - 1), "nothing", "the clock was set back");
    assert_eq!(ring(&before, 2, 59 * MINUTE_US), "nothing");
    assert_eq!(ring(&before, 1, 400 * MINUTE_US), one, "late, after a restart");
    let closed = [open(), call(), close(SwarmOutcome::Stop, "no use", None)];
    assert_eq!(ring(&closed, 1, 30 * MINUTE_US), "nothing");
    assert_eq!(ring(&[open()], 1, 30 * MINUTE_US), "nothing");
    let mut state = given(&before);
    state = case::evolve(state, &case::Event::SwarmRang(case::SwarmRang { swarm: 1, boxes: 2 }));
    let again = Command::Swarm(SwarmCommand::Ring { swarm: 1, boxes: 1 });
    let context = Context { at: UtcMicros(MOMENT.0 + 90 * MINUTE_US), ..context() };
    assert_eq!(case::decide(&state, again, &context), Ok(vec![]), "the lead knows already");
}

#[test]
fn its_bells_lie_one_and_two_boxes_after_its_start() {
    let opened = SwarmOpened {
        swarm: 1,
        question: "why?".to_owned(),
        exit: "x".to_owned(),
        box_minutes: 20,
        opened_at: UtcMicros(5),
        people: Vec::new(),
        skills: Vec::new(),
    };
    let moments = [(1, UtcMicros(5 + 20 * MINUTE_US)), (2, UtcMicros(5 + 40 * MINUTE_US))];
    assert_eq!(swarm::bells(&opened), moments);
}
