//! A bundle: files from someone else's system, on their way from received to readable.

use serde::{Deserialize, Serialize};

use std::collections::BTreeMap;

use crate::Context;
use crate::case::{REASON_CHARACTERS_MAX, check_text};
use crate::id::{BundleId, CaseId, SignatureId};
use crate::redaction::RulesUsed;
use crate::refusal::Refusal;
use crate::time::UtcMicros;

mod recognised;

pub use recognised::{Answer, MATCHES_MAX, MatchAnswered, Recognised, Shared, SignatureMatch};

/// File names are shown in a line; longer ones are cut by the edge before they come here.
pub const NAME_CHARACTERS_MAX: usize = 200;

/// A bundle as folded from its stream; `None` before it was received.
pub type State = Option<Bundle>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    pub id: BundleId,
    pub case: CaseId,
    pub name: String,
    pub size_bytes: u64,
    pub progress: Progress,
    /// The signatures it was ever recognised by.
    pub recognised: Vec<SignatureId>,
}

/// How far reading has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    Reading,
    Ready(Read),
    Failed(Failed),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// The bytes are here; reading starts.
    Receive(Received),
    /// Reading ended; the evidence is stored under its address.
    Finish(Read),
    /// Reading ended with nothing to show.
    Fail(Failed),
    /// What was hidden, before reading ends.
    NoteRedaction(Redacted),
    /// Somebody looks whom a pseudonym stands for.
    Reveal(IdentityRevealed),
    /// It was set beside the active signatures.
    Recognise(Recognised),
    /// Somebody says whether a match is right.
    AnswerMatch(MatchAnswered),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Received(Received),
    Read(Read),
    Failed(Failed),
    Redacted(Redacted),
    IdentityRevealed(IdentityRevealed),
    Recognised(Recognised),
    MatchAnswered(MatchAnswered),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    pub bundle: BundleId,
    pub case: CaseId,
    pub name: String,
    pub size_bytes: u64,
    /// BLAKE3 of the bytes as received, in hex: tells the same bundle sent twice.
    pub content_hash: String,
}

/// What reading found, in numbers. The evidence itself lies in the blob store under `address`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// BLAKE3 of `manifest.json`, in hex. The manifest names the hash of every other file.
    pub address: String,
    pub files: u64,
    pub lines: u64,
    pub records: u64,
    pub templates: u64,
    pub errors: u64,
    pub problems: u64,
    pub redactions: u64,
    pub first: Option<UtcMicros>,
    pub last: Option<UtcMicros>,
}

/// By which rules the bundle was redacted and how much was hidden. Never a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redacted {
    /// The team's rules, besides those that are built in; `None` where none were published.
    pub rules: Option<RulesUsed>,
    /// How often each kind was hidden.
    pub kinds: BTreeMap<String, u64>,
    /// How many pseudonyms lead back by the sealed map; `None` where no map was kept.
    pub identities: Option<u64>,
}

/// One look at whom a pseudonym stands for. Written before the answer, and never with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityRevealed {
    pub pseudonym: String,
    pub reason: String,
    /// Was it in the map?
    pub found: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failed {
    pub reason: FailureReason,
}

/// Why a bundle could not be read at all. A bundle read in part is `Read` with problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureReason {
    /// Nothing in it could be opened.
    Unreadable,
    /// The program stopped while reading; the bytes were never kept in clear, so send them again.
    Interrupted,
    /// The evidence could not be stored.
    NotStored,
}

/// Which events follow from the command.
///
/// # Errors
/// `conflict` when the bundle is not in the state the command needs, `invalid` for bad values.
pub fn decide(state: &State, command: Command, _context: &Context) -> Result<Vec<Event>, Refusal> {
    match (state, command) {
        (None, Command::Receive(received)) => {
            if received.name.trim().is_empty()
                || received.name.chars().count() > NAME_CHARACTERS_MAX
            {
                return Err(Refusal::invalid(format!(
                    "bundle name must have 1 to {NAME_CHARACTERS_MAX} characters"
                )));
            }
            Ok(vec![Event::Received(received)])
        }
        (Some(_), Command::Receive(_)) => Err(Refusal::conflict("the bundle was received before")),
        (None, _) => Err(Refusal::not_found("no such bundle")),
        (Some(bundle), Command::Reveal(look)) => {
            if !matches!(bundle.progress, Progress::Ready(_)) {
                return Err(Refusal::conflict("the bundle is not readable yet"));
            }
            check_text("reason", &look.reason, REASON_CHARACTERS_MAX)?;
            Ok(vec![Event::IdentityRevealed(look)])
        }
        (Some(bundle), Command::Recognise(recognised)) => recognised::recognise(bundle, recognised),
        (Some(bundle), Command::AnswerMatch(answered)) => recognised::answer(bundle, answered),
        (Some(bundle), _) if bundle.progress != Progress::Reading => {
            Err(Refusal::conflict("the bundle is not being read"))
        }
        (Some(_), Command::Finish(read)) => Ok(vec![Event::Read(read)]),
        (Some(_), Command::Fail(failed)) => Ok(vec![Event::Failed(failed)]),
        (Some(_), Command::NoteRedaction(redacted)) => Ok(vec![Event::Redacted(redacted)]),
    }
}

/// The bundle after the event.
#[must_use]
pub fn evolve(state: State, event: &Event) -> State {
    match (state, event) {
        (_, Event::Received(received)) => Some(Bundle {
            id: received.bundle,
            case: received.case,
            name: received.name.clone(),
            size_bytes: received.size_bytes,
            progress: Progress::Reading,
            recognised: Vec::new(),
        }),
        (Some(bundle), Event::Read(read)) => {
            Some(Bundle { progress: Progress::Ready(read.clone()), ..bundle })
        }
        (Some(bundle), Event::Failed(failed)) => {
            Some(Bundle { progress: Progress::Failed(failed.clone()), ..bundle })
        }
        (Some(mut bundle), Event::Recognised(event)) => {
            recognised::evolve(&mut bundle, event);
            Some(bundle)
        }
        (state, Event::Redacted(_) | Event::IdentityRevealed(_) | Event::MatchAnswered(_)) => state,
        (None, _) => None,
    }
}
