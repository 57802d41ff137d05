//! Whatever is decided, the read tables are the fold of the log, byte for byte.

use mainstay_core::case::{
    self, Audience, Command, Confirmation, CustomerSet, Gate, HandoffCommand, Judgement, Kept,
    Left, MitigationCommand, MitigationState, Place, ReturnReason, Risk, Seen, Suspicion,
    SwarmCommand, SwarmOutcome, Then,
};
use mainstay_core::event::{Event, Stream};
use mainstay_core::link::Relation;
use mainstay_core::redaction::RulesUsed;
use mainstay_core::status::{Category, Status};
use mainstay_core::{CaseId, EvidenceNumber, HypothesisNumber, Severity, UtcMicros, bundle};
use mainstay_store::{Store, Write};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::customer::customer_id;
use crate::fixture::{
    ANN, Desk, Engine, MORNING, bundle_id, case_id, context, note, note_id, pin, policies, read,
    user,
};
use crate::handoff::{handoff_id, next_step, send};
use crate::intake::{accept, report, send_back, submit};
use crate::link;
use crate::signature::{answer, fits, life, take_command};

/// Cases with random words reach the corners of the rules; more of them only take longer.
const RUNS: u32 = 12;
const STEPS_MAX: usize = 25;

#[derive(Debug, Clone)]
enum Step {
    Open(u128),
    Case(u128, Command),
    Attach(u128, u128),
    Bundle(u128, bundle::Command),
    Signature(u128, mainstay_core::signature::Command),
    Link(u128, Relation, u128),
    Merge(u128, u128),
    Unmerge(u128, u128),
}

fn step() -> impl Strategy<Value = Step> {
    let key = 1_u128..4;
    prop_oneof![
        1 => key.clone().prop_map(Step::Open),
        1 => (key.clone(), 0_usize..6, key.clone())
            .prop_map(|(one, index, two)| Step::Link(one, Relation::ALL[index], two)),
        1 => (key.clone(), key.clone()).prop_map(|(one, two)| Step::Merge(one, two)),
        1 => (key.clone(), key.clone()).prop_map(|(one, two)| Step::Unmerge(one, two)),
        6 => (key.clone(), command()).prop_map(|(key, command)| Step::Case(key, command)),
        2 => (key.clone(), 1_u128..5).prop_map(|(case, bundle)| Step::Attach(case, bundle)),
        1 => (1_u128..5).prop_map(|key| Step::Bundle(key, bundle::Command::Finish(read()))),
        1 => (1_u128..5, prop::option::of(0_u64..9)).prop_map(|(key, identities)| {
            let rules = RulesUsed { version: 1, profile: identities.map(|it| it.to_string()) };
            let redacted = bundle::Redacted { rules: Some(rules), kinds: [].into(), identities };
            Step::Bundle(key, bundle::Command::NoteRedaction(redacted))
        }),
        1 => (1_u128..5, "\\PC{1,20}").prop_map(|(key, reason)| {
            let pseudonym = "<user-abcdefghijkl>".to_owned();
            let look = bundle::IdentityRevealed { pseudonym, reason, found: true };
            Step::Bundle(key, bundle::Command::Reveal(look))
        }),
        2 => (1_u128..5, prop::collection::btree_set(1_u128..4, 0..3)).prop_map(|(key, of)| {
            let of: Vec<u128> = of.into_iter().collect();
            Step::Bundle(key, bundle::Command::Recognise(fits(&of)))
        }),
        1 => (1_u128..5, 1_u128..4, "\\PC{0,9}").prop_map(|(key, of, reason)| {
            Step::Bundle(key, bundle::Command::AnswerMatch(answer(of, &reason)))
        }),
        2 => (1_u128..4, 0_usize..4).prop_map(|(key, at)| Step::Signature(key, life(key, at))),
        1 => (1_u128..5).prop_map(|key| {
            let reason = bundle::FailureReason::Interrupted;
            Step::Bundle(key, bundle::Command::Fail(bundle::Failed { reason }))
        }),
    ]
}

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        prop::option::of(Just(user(ANN))).prop_map(|assignee| Command::Assign { assignee }),
        ("\\PC{0,20}", 0_usize..4).prop_map(|(reason, index)| {
            Command::SetSeverity { severity: Severity::ALL[index], reason }
        }),
        (any::<u8>(), "[^\\PC]{0,5}\\PC{0,40}( \\[E[1-3]\\])?")
            .prop_map(|(key, text)| note(u128::from(key), &text)),
        (1_u128..5, 1_u64..4).prop_map(|(bundle, line)| pin(bundle_id(bundle), line)),
        (1_u128..5, any::<String>()).prop_map(|(bundle, excerpt)| {
            let place = Place { bundle: bundle_id(bundle), file: 0, line: 9 };
            let seen = Seen { source: String::new(), at: None, level: None, excerpt };
            Command::PinEvidence { place, seen }
        }),
        (1_u32..5).prop_map(|number| Command::UnpinEvidence { evidence: EvidenceNumber(number) }),
        (1_u128..5, prop::option::of(1_u128..5), "\\PC{1,20}").prop_map(
            |(bundle, reference, component)| {
                let (bundle, reference) = (bundle_id(bundle), reference.map(bundle_id));
                let (kind, statement) = ("cpu".to_owned(), "it needs more".to_owned());
                let suspicion = Suspicion { bundle, reference, component, kind, statement };
                Command::PinHypothesis { suspicion }
            }
        ),
        (1_u32..4, 0_usize..3, "\\PC{1,20}").prop_map(|(number, index, reason)| {
            let (hypothesis, judgement) = (HypothesisNumber(number), Judgement::ALL[index]);
            Command::JudgeHypothesis { hypothesis, judgement, reason }
        }),
        (1_u128..5, prop::option::of(1_u128..5)).prop_map(|(bundle, reference)| {
            let (bundle, reference) = (bundle_id(bundle), reference.map(bundle_id));
            Command::ChooseReference { bundle, reference }
        }),
        "\\PC{1,20}".prop_map(|resolution| Command::Resolve { resolution }),
        "\\PC{1,20}".prop_map(|reason| Command::Reopen { reason }),
        "\\PC{1,20}".prop_map(|reason| Command::Close { reason, gate: gate() }),
        ("\\PC{1,20}", "\\PC{1,20}")
            .prop_map(|(decision, reason)| Command::Decide { decision, reason }),
        swarm().prop_map(Command::Swarm),
        mitigation().prop_map(Command::Mitigation),
        (0_usize..6, "\\PC{0,9}").prop_map(|(index, waits_on)| {
            let (status, reason) = (Status::ALL[index], String::new());
            Command::SetStatus { status, waits_on, reason }
        }),
        "\\PC{1,20}".prop_map(|text| {
            Command::CustomerWrote { comment: note_id(9), contact: "Dana".to_owned(), text }
        }),
        (1_i64..90_000_000_000, prop::option::of(Just(Status::Pending))).prop_map(
            |(ahead, status)| {
                let then = Then { status, next_update_by: Some(UtcMicros(MORNING.0 + ahead)) };
                let (note, text) = (note_id(8), "We look at it".to_owned());
                Command::Note { note, audience: Audience::Public, text, then }
            }
        ),
        Just(Command::PinPolicies { version: 1 }),
        "\\PC{0,9}".prop_map(|name| {
            let (customer, tier) = (Some(customer_id(1)), "gold".to_owned());
            Command::SetCustomer(CustomerSet { customer, name, tier })
        }),
        "\\PC{0,9}".prop_map(|ask| report(&ask)),
        "\\PC{0,9}".prop_map(|ask| submit(&ask)),
        "\\PC{1,9}".prop_map(|reason| Command::DeclineSignature { reason }),
        Just(accept()),
        "[a-b]{0,1}".prop_map(|text| next_step(&text)),
        (1_u128..3).prop_map(send),
        "\\PC{1,9}".prop_map(|question| Command::Handoff(HandoffCommand::Ask { question })),
        "\\PC{1,9}".prop_map(|answer| Command::Handoff(HandoffCommand::Answer { answer })),
        (1_u128..3).prop_map(|key| {
            Command::Handoff(HandoffCommand::Accept { handoff: handoff_id(key) })
        }),
        (1_u128..3).prop_map(|key| {
            let reason = "away".to_owned();
            Command::Handoff(HandoffCommand::Refuse { handoff: handoff_id(key), reason })
        }),
        (0_usize..10).prop_map(|index| send_back(ReturnReason::ALL[index])),
    ]
}

fn swarm() -> impl Strategy<Value = SwarmCommand> {
    let swarm = 1_u32..3;
    prop_oneof![
        ("\\PC{1,20}", 1_u32..90).prop_map(|(question, box_minutes)| SwarmCommand::Open {
            question,
            exit: "we know".to_owned(),
            box_minutes,
            people: vec![user(ANN)],
            skills: vec!["sql".to_owned()],
        }),
        swarm.clone().prop_map(|swarm| SwarmCommand::Join { swarm }),
        swarm.clone().prop_map(|swarm| SwarmCommand::Leave { swarm }),
        (swarm.clone(), "\\PC{1,20}").prop_map(|(swarm, text)| SwarmCommand::Try { swarm, text }),
        (swarm, 0_usize..4, "\\PC{1,20}").prop_map(|(swarm, index, decision)| {
            let outcome = SwarmOutcome::ALL[index];
            SwarmCommand::Close { swarm, outcome, decision, owner: Some(user(ANN)) }
        }),
    ]
}

fn mitigation() -> impl Strategy<Value = MitigationCommand> {
    prop_oneof![
        ("\\PC{1,20}", 0_usize..3).prop_map(|(what, index)| MitigationCommand::Propose {
            what,
            risk: Risk::ALL[index],
            risk_why: "it may break".to_owned(),
            rollback: "undo it".to_owned(),
            change: String::new(),
        }),
        (1_u32..3, 0_usize..6, "\\PC{1,20}").prop_map(|(mitigation, index, note)| {
            MitigationCommand::Move { mitigation, to: MitigationState::ALL[index], note }
        }),
    ]
}

fn gate() -> Gate {
    let left = Left { kept: Kept::NotNeeded, text: "one of a kind".to_owned() };
    Gate {
        confirmed: Confirmation::Monitoring,
        confirmed_how: "quiet for a day".to_owned(),
        cause: "the pool".to_owned(),
        signature: left.clone(),
        article: left,
    }
}

/// Refusals are part of life: what is not allowed does not happen.
async fn try_case(write: &mut Write, id: CaseId, command: Command) {
    let loaded = write.load_case(id).await.expect("the case loads");
    if let Ok(events) = case::decide(&loaded.state, command, &context()) {
        let events: Vec<Event> = events.into_iter().map(Event::Case).collect();
        write.append(Stream::Case(id), loaded.version, &events).await.expect("appended");
    }
}

async fn take_step(desk: &Desk, step: Step) {
    match step {
        Step::Open(key) => {
            if desk.store.case(case_id(key)).await.expect("loads").version == 0 {
                desk.open_case(key, "Random").await;
            }
        }
        // what the rules refuse does not happen
        Step::Link(one, relation, two) => {
            let _ = link::connect(desk, case_id(one), relation, case_id(two)).await;
        }
        Step::Merge(one, two) => {
            let _ = link::merge(desk, case_id(one), case_id(two)).await;
        }
        Step::Unmerge(one, two) => {
            let _ = link::unmerge(desk, case_id(one), case_id(two)).await;
        }
        Step::Case(key, command) => {
            let mut write = desk.write().await;
            try_case(&mut write, case_id(key), command).await;
            write.commit().await.expect("committed");
        }
        Step::Attach(case, bundle) => {
            let open = desk.store.case(case_id(case)).await.expect("loads").state;
            let new = desk.store.bundle_state(bundle_id(bundle)).await.expect("loads").version == 0;
            let takes = |case: &case::Case| {
                case.status.category() == Category::Open && case.related.merged_into.is_none()
            };
            if new && open.as_ref().is_some_and(takes) {
                desk.attach(case_id(case), bundle).await;
            }
        }
        Step::Signature(key, command) => take_command(desk, key, command).await,
        Step::Bundle(key, command) => {
            let mut write = desk.write().await;
            let loaded = write.load_bundle(bundle_id(key)).await.expect("loads");
            if let Ok(events) = bundle::decide(&loaded.state, command, &context()) {
                let events: Vec<Event> = events.into_iter().map(Event::Bundle).collect();
                let stream = Stream::Bundle(bundle_id(key));
                write.append(stream, loaded.version, &events).await.expect("appended");
            }
            write.commit().await.expect("committed");
        }
    }
}

fn rebuild_equals_live(engine: Engine) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut runner = TestRunner::new(Config { cases: RUNS, ..Config::default() });
    let steps = prop::collection::vec(step(), 1..STEPS_MAX);
    let outcome = runner.run(&steps, |steps| {
        runtime.block_on(async {
            let desk = Desk::new(engine).await;
            desk.publish(policies()).await;
            desk.publish_rules("version: 1 # as it was written\n").await;
            desk.open_case(1, "First").await;
            for step in steps {
                take_step(&desk, step).await;
            }
            let live = desk.store.dump_read_tables().await.expect("a dump");
            desk.assert_whole().await;
            desk.store.rebuild().await.expect("rebuilt");
            assert_eq!(desk.store.dump_read_tables().await.expect("a dump"), live);
            Store::close(&desk.store).await;
        });
        Ok(())
    });
    outcome.expect("rebuilt tables equal the live ones");
}

#[test]
fn rebuild_equals_live_on_sqlite() {
    rebuild_equals_live(Engine::Sqlite);
}

#[test]
fn rebuild_equals_live_on_postgres() {
    rebuild_equals_live(Engine::Postgres);
}
