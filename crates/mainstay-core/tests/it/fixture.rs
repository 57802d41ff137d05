//! Ids, moments and commands that are the same in every run.

use mainstay_core::case::{
    self, Audience, Command, Confirmation, Gate, Judgement, Kept, Left, Opened, Place, Seen,
    Suspicion, Then,
};
use mainstay_core::event::{self, Event};
use mainstay_core::{
    Actor, BundleId, CaseId, CaseNumber, Context, EvidenceNumber, HypothesisNumber, Level, NoteId,
    Refusal, Role, SessionId, Severity, UserId, UtcMicros,
};
use uuid::Uuid;

/// 2026-11-24T09:41:07.118Z
pub(crate) const MOMENT: UtcMicros = UtcMicros(1_795_513_267_118_000);

pub(crate) fn case_id() -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(0xCA5E))
}

pub(crate) fn bundle_id(key: u128) -> BundleId {
    BundleId::from_uuid(Uuid::from_u128(0xB0_0000 + key))
}

pub(crate) fn user_id(key: u128) -> UserId {
    UserId::from_uuid(Uuid::from_u128(0xA0_0000 + key))
}

pub(crate) fn note_id(key: u128) -> NoteId {
    NoteId::from_uuid(Uuid::from_u128(0x0700_0000 + key))
}

pub(crate) fn session_id() -> SessionId {
    SessionId::from_uuid(Uuid::from_u128(0x5E55))
}

pub(crate) fn context() -> Context {
    Context { actor: Actor { user: user_id(1), role: Role::Senior }, at: MOMENT }
}

pub(crate) fn opened() -> Opened {
    Opened {
        case: case_id(),
        number: CaseNumber(1042),
        subject: "Checkout 502s after upgrade to 7.4".to_owned(),
        severity: Severity::P2,
        customer: "Acme".to_owned(),
        product: "Shop".to_owned(),
        version: "7.4".to_owned(),
        description: "It **fails** \u{1F525}".to_owned(),
        sample: false,
    }
}

pub(crate) fn seen() -> Seen {
    Seen {
        source: "api".to_owned(),
        at: Some(MOMENT),
        level: Some(Level::Error),
        excerpt: "pool exhausted: 20/20 \"busy\"".to_owned(),
    }
}

pub(crate) fn place(bundle: u128, line: u64) -> Place {
    Place { bundle: bundle_id(bundle), file: 3, line }
}

pub(crate) fn open() -> Command {
    Command::Open(opened())
}

pub(crate) fn attach(key: u128) -> Command {
    Command::AttachBundle { bundle: bundle_id(key), name: format!("bundle-{key}.tar.gz") }
}

pub(crate) fn pin(bundle: u128, line: u64) -> Command {
    Command::PinEvidence { place: place(bundle, line), seen: seen() }
}

pub(crate) fn unpin(number: u32) -> Command {
    Command::UnpinEvidence { evidence: EvidenceNumber(number) }
}

pub(crate) fn suspect(bundle: u128, component: &str) -> Command {
    let suspicion = Suspicion {
        bundle: bundle_id(bundle),
        reference: None,
        component: component.to_owned(),
        kind: "config".to_owned(),
        statement: "a change came just before".to_owned(),
    };
    Command::PinHypothesis { suspicion }
}

pub(crate) fn judge(number: u32, judgement: Judgement, reason: &str) -> Command {
    let hypothesis = HypothesisNumber(number);
    Command::JudgeHypothesis { hypothesis, judgement, reason: reason.to_owned() }
}

pub(crate) fn note(text: &str) -> Command {
    Command::Note {
        note: note_id(1),
        audience: Audience::Internal,
        text: text.to_owned(),
        then: Then::default(),
    }
}

pub(crate) fn resolve() -> Command {
    Command::Resolve { resolution: "raised the pool".to_owned() }
}

/// What a case may be closed with.
pub(crate) fn gate() -> Gate {
    Gate {
        confirmed: Confirmation::Customer,
        confirmed_how: "Dana saw no error for a day".to_owned(),
        cause: "the pool was too small".to_owned(),
        signature: Left { kept: Kept::NotNeeded, text: "one of a kind".to_owned() },
        article: Left { kept: Kept::Created, text: "KB-12".to_owned() },
    }
}

/// The case after commands that are all allowed.
pub(crate) fn given(commands: &[Command]) -> case::State {
    let mut state = None;
    for command in commands {
        let events = case::decide(&state, command.clone(), &context()).expect("given is allowed");
        for event in &events {
            state = case::evolve(state, event);
        }
    }
    state
}

/// What was decided as text: a line per event as the log keeps it, `nothing`, or the refusal.
pub(crate) fn told(outcome: Result<Vec<Event>, Refusal>) -> String {
    match outcome {
        Err(refusal) => format!("{}: {refusal}", refusal.code),
        Ok(events) if events.is_empty() => "nothing".to_owned(),
        Ok(events) => {
            let lines: Vec<String> = events
                .iter()
                .map(|event| {
                    let encoded = event::encode(event).expect("plain data");
                    format!("{} {}", encoded.kind, encoded.body)
                })
                .collect();
            lines.join("\n")
        }
    }
}
