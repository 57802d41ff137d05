//! Changes beside suspects: what the platform states as a signal, what somebody decided as an
//! explanation only if it touches the suspect and came shortly before.

use std::collections::BTreeSet;

use super::constant::{CHANGE_REACH_US, STATED};
use super::signal::{Group, Signal};
use super::window::Window;
use crate::change::{Change, ChangeKind};
use crate::observation::Vocabulary;

/// Statements of the platform about components, as signals.
pub(super) fn statements(
    changes: &[Change],
    window: &Window,
    vocabulary: &Vocabulary,
) -> Vec<Signal> {
    let mut signals = Vec::new();
    for change in changes.iter().filter(|change| change.kind.states_a_fault()) {
        let Some(component) = vocabulary.components.find(&change.about) else { continue };
        let time = change.at.map(|at| at.0);
        // what ended long before the window is another story
        if time.is_some_and(|time| time < window.start.saturating_sub(CHANGE_REACH_US)) {
            continue;
        }
        let group = match change.kind {
            ChangeKind::OutOfMemory => Group::Memory,
            ChangeKind::Eviction => Group::Disk,
            _ => Group::Failures,
        };
        let signal = |group: Group| Signal {
            component,
            group,
            name: change.kind.as_str().replace('_', " "),
            value: STATED,
            detail: change.detail.clone(),
            cites: change.cites.clone(),
            onset: time.map(|time| (time, time)),
            seconds: None,
        };
        signals.extend([signal(Group::Statement), signal(group)]);
    }
    signals
}

/// A change that does not explain the symptom, and why not.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unrelated {
    pub change: Change,
    pub reason: String,
}

/// Components with a decided change that can explain them, and the changes that explain nothing.
pub(super) fn relate(
    changes: &[Change],
    suspects: &[(u32, Option<i64>)],
    window: &Window,
    vocabulary: &Vocabulary,
) -> (BTreeSet<u32>, Vec<Unrelated>) {
    let mut explains = BTreeSet::new();
    let mut unrelated = Vec::new();
    for change in changes.iter().filter(|change| change.kind.is_decided()) {
        let about = vocabulary.components.find(&change.about);
        let suspect = suspects.iter().find(|(component, _)| Some(*component) == about);
        let onset = suspect.and_then(|suspect| suspect.1).unwrap_or(window.start);
        let reason = match (suspect, change.at.map(|at| at.0)) {
            (None, _) => Some("it is about something that is not suspected".to_owned()),
            (Some(_), Some(at)) if at > onset => {
                Some(format!("it came {} s after the trouble began", (at - onset) / 1_000_000))
            }
            (Some(_), Some(at)) if onset - at > CHANGE_REACH_US => {
                Some(format!("it came {} s before the trouble began", (onset - at) / 1_000_000))
            }
            _ => None,
        };
        match (reason, suspect) {
            (None, Some((component, _))) => {
                explains.insert(*component);
            }
            (reason, _) => unrelated
                .push(Unrelated { change: change.clone(), reason: reason.unwrap_or_default() }),
        }
    }
    (explains, unrelated)
}
