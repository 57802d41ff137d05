//! The domain of Mainstay as values and pure functions.
//!
//! Every aggregate is one file with the same two functions: `decide(&state, command, context)`
//! answers which events follow or why none may, and `evolve(state, &event)` folds an event in.
//! What is *not* here: I/O, clocks, randomness, HTTP, SQL. Time and ids are passed in, so a rule
//! cannot fail for outside reasons and is tested in microseconds.

pub mod account;
pub mod bundle;
pub mod calendar;
pub mod case;
pub mod citation;
pub mod contact;
pub mod customer;
pub mod event;
pub mod handoff;
pub mod id;
pub mod intake;
pub mod level;
pub mod link;
pub mod person;
pub mod policy;
pub mod redaction;
pub mod refusal;
pub mod severity;
pub mod signature;
pub mod sla;
pub mod status;
pub mod team;
pub mod time;

pub use citation::{CaseNumber, Citation, EvidenceNumber, HypothesisNumber, Item};
pub use id::{
    BundleId, CaseId, CustomerId, HandoffId, NoteId, SessionId, SignatureId, TeamId, UserId,
};
pub use level::Level;
pub use policy::{Action, Actor, Role};
pub use refusal::{Code, Refusal};
pub use severity::Severity;
pub use signature::SignatureNumber;
pub use status::Status;
pub use time::UtcMicros;

/// What a rule may know besides the state: who asks, and when.
#[derive(Debug, Clone)]
pub struct Context {
    /// Who asks. The policy has already been asked whether they may.
    pub actor: Actor,
    /// The moment the command is decided.
    pub at: UtcMicros,
}
