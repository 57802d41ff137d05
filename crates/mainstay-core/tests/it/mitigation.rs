//! Mitigations: none without risk and rollback, and high risk needs a second person.

use mainstay_core::case::{
    self, Command, MitigationCommand, MitigationProposed, MitigationState, Risk,
};
use mainstay_core::event::Event;
use mainstay_core::{Actor, Context, Role};

use crate::case::check;
use crate::fixture::{MOMENT, context, given, open, resolve, told, user_id};

fn propose_with(risk: Risk, risk_why: &str, rollback: &str) -> Command {
    Command::Mitigation(MitigationCommand::Propose {
        what: "raise the pool".to_owned(),
        risk,
        risk_why: risk_why.to_owned(),
        rollback: rollback.to_owned(),
        change: String::new(),
    })
}

fn propose(risk: Risk) -> Command {
    propose_with(risk, "the database may refuse", "set it back to 64")
}

fn to(state: MitigationState, note: &str) -> Command {
    Command::Mitigation(MitigationCommand::Move { mitigation: 1, to: state, note: note.to_owned() })
}

fn as_of(user: u128, role: Role, before: &[Command], command: Command) -> String {
    let context = Context { actor: Actor { user: user_id(user), role }, at: MOMENT };
    let events = case::decide(&given(before), command, &context);
    told(events.map(|events| events.into_iter().map(Event::Case).collect()))
}

#[test]
fn it_names_what_may_break_and_the_way_back() {
    let body = "case.mitigation_proposed {\"mitigation\":1,\"what\":\"raise the pool\",\
        \"risk\":\"low\",\"risk_why\":\"the database may refuse\",\
        \"rollback\":\"set it back to 64\",\"change\":\"\",\
        \"proposed_by\":\"00000000-0000-0000-0000-000000a00001\"}";
    check(&[open()], propose(Risk::Low), body);
    check(&[open()], propose_with(Risk::Low, " ", "x"), "invalid: risk_why is empty");
    check(&[open()], propose_with(Risk::Low, "x", ""), "invalid: rollback is empty");
    let refused = "conflict: MS-1042 is solved; reopen it first";
    check(&[open(), resolve()], propose(Risk::Low), refused);
}

/// Printed whole: a change of this table is a change of the rules.
#[test]
fn its_states_follow_one_another() {
    let mut text = format!("{:12}", "");
    for next in MitigationState::ALL {
        text.push_str(&format!(" {}", next.as_str()));
    }
    for state in MitigationState::ALL {
        text.push_str(&format!("\n{:12}", state.as_str()));
        for next in MitigationState::ALL {
            let allowed = Risk::ALL.map(|risk| state.may_become(next, risk));
            let mark = match allowed {
                [true, true, true] => "yes",
                [true, true, false] => "not high",
                _ => "-",
            };
            text.push_str(&format!(" {mark:width$}", width = next.as_str().len()));
        }
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    insta::assert_snapshot!("mitigation_states", lines.join("\n"));
}

#[test]
fn a_low_risk_is_taken_alone_and_a_high_one_is_not() {
    let applied = "case.mitigation_moved {\"mitigation\":1,\"to\":\"applied\",\"note\":\"\"}";
    check(&[open(), propose(Risk::Low)], to(MitigationState::Applied, ""), applied);
    check(&[open(), propose(Risk::Medium)], to(MitigationState::Applied, ""), applied);
    let high = [open(), propose(Risk::High)];
    let refused = "conflict: a mitigation of high risk that is proposed cannot be applied";
    check(&high, to(MitigationState::Applied, ""), refused);
    let approve = to(MitigationState::Approved, "");
    let approved = "case.mitigation_moved {\"mitigation\":1,\"to\":\"approved\",\"note\":\"\"}";
    assert_eq!(as_of(2, Role::Manager, &high, approve.clone()), approved);
    let own = "forbidden: somebody else than who proposed it approves a mitigation";
    assert_eq!(as_of(1, Role::Manager, &high, approve.clone()), own);
    let role = "forbidden: the role senior may not approve a mitigation";
    assert_eq!(as_of(2, Role::Senior, &high, approve), role);
    let mut state = given(&high);
    let moved =
        case::MitigationMoved { mitigation: 1, to: MitigationState::Approved, note: String::new() };
    state = case::evolve(state, &case::Event::MitigationMoved(moved));
    let apply = case::decide(&state, to(MitigationState::Applied, ""), &context());
    assert_eq!(apply.map(|events| events.len()), Ok(1));
}

#[test]
fn who_takes_it_back_says_why() {
    let applied = [open(), propose(Risk::Low), to(MitigationState::Applied, "")];
    check(&applied, to(MitigationState::RolledBack, " "), "invalid: note is empty");
    let body =
        "case.mitigation_moved {\"mitigation\":1,\"to\":\"rolled_back\",\"note\":\"waits rose\"}";
    check(&applied, to(MitigationState::RolledBack, "waits rose"), body);
    let solved = [&applied[..], &[resolve()]].concat();
    check(&solved, to(MitigationState::RolledBack, "waits rose"), body);
    let refused = "conflict: MS-1042 is solved; reopen it first";
    check(&solved, to(MitigationState::Helped, ""), refused);
    check(&applied, to(MitigationState::Applied, ""), "nothing");
    let never = "conflict: a mitigation that is applied cannot be dropped";
    check(&applied, to(MitigationState::Dropped, "no"), never);
    let missing = Command::Mitigation(MitigationCommand::Move {
        mitigation: 9,
        to: MitigationState::Applied,
        note: String::new(),
    });
    check(&applied, missing, "not_found: no mitigation 9 in MS-1042");
}

#[test]
fn numbers_are_given_once() {
    let dropped = [open(), propose(Risk::Low), to(MitigationState::Dropped, "no use")];
    let second = given(&[&dropped[..], &[propose(Risk::Low)]].concat()).expect("a case");
    let numbers: Vec<u32> = second.mitigations.iter().map(|it| it.number).collect();
    assert_eq!(numbers, [1, 2]);
    let proposed = MitigationProposed {
        mitigation: 3,
        what: "x".to_owned(),
        risk: Risk::High,
        risk_why: "x".to_owned(),
        rollback: "x".to_owned(),
        change: String::new(),
        proposed_by: user_id(2),
    };
    let third = case::evolve(Some(second), &case::Event::MitigationProposed(proposed));
    assert_eq!(third.map(|case| case.mitigations.len()), Some(3));
}
