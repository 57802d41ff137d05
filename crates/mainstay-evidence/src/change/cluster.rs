//! Changes that Kubernetes tells: states of pods, events, images beside another bundle.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, ChangeKind};
use crate::observation::{Observation, Vocabulary};

/// Reasons as the platform writes them, in states and in events.
const REASONS: [(&str, ChangeKind); 16] = [
    ("OOMKilled", ChangeKind::OutOfMemory),
    ("OOMKilling", ChangeKind::OutOfMemory),
    ("SystemOOM", ChangeKind::OutOfMemory),
    ("Evicted", ChangeKind::Eviction),
    ("EvictionThresholdMet", ChangeKind::Eviction),
    ("NodeHasDiskPressure", ChangeKind::Eviction),
    ("CrashLoopBackOff", ChangeKind::CrashLoop),
    ("BackOff", ChangeKind::CrashLoop),
    ("ImagePullBackOff", ChangeKind::ImageMissing),
    ("ErrImagePull", ChangeKind::ImageMissing),
    ("InvalidImageName", ChangeKind::ImageMissing),
    ("FailedScheduling", ChangeKind::Unschedulable),
    ("Killing", ChangeKind::Restart),
    ("Unhealthy", ChangeKind::Restart),
    ("ScalingReplicaSet", ChangeKind::Deploy),
    ("SuccessfulRescale", ChangeKind::Replicas),
];

fn kind_of(reason: &str) -> Option<ChangeKind> {
    REASONS.iter().find(|(name, _)| *name == reason).map(|(_, kind)| *kind)
}

/// Pods that are not as they should be.
pub(super) fn states(case: &Observation<'_>, vocabulary: &Vocabulary) -> Vec<Change> {
    let mut changes = Vec::new();
    for (component, object) in &case.cluster.objects {
        let stated = object.reason.as_deref().and_then(kind_of);
        let kind = stated.or((object.restarts > 0).then_some(ChangeKind::Restart));
        let Some(kind) = kind else { continue };
        let reason = object.reason.as_deref().unwrap_or("no reason kept");
        let node = object.node.as_deref().map_or_else(String::new, |node| format!(" on {node}"));
        let phase = object.phase.as_deref().unwrap_or("unknown");
        changes.push(Change {
            kind,
            about: vocabulary.components.name(*component).to_owned(),
            detail: format!(
                "{} {}{node}: {reason}, {} restarts, phase {phase}",
                object.kind, object.name, object.restarts
            ),
            at: None,
            cites: vec![case.place(object.file, object.line)],
        });
    }
    changes
}

/// What happened to objects.
pub(super) fn events(case: &Observation<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for event in &case.cluster.events {
        let Some(kind) = kind_of(&event.reason) else { continue };
        let name = event.object.split_once('/').map_or(event.object.as_str(), |it| it.1);
        changes.push(Change {
            kind,
            about: crate::observation::without_pod_hash(name).to_owned(),
            detail: format!("{} ({}): {}", event.reason, event.severity, event.message),
            at: event.first,
            cites: vec![case.place(event.file, event.line)],
        });
    }
    changes
}

/// Components that run other images than in the reference.
pub(super) fn images(
    case: &Observation<'_>,
    reference: &Observation<'_>,
    vocabulary: &Vocabulary,
) -> Vec<Change> {
    let (here, there) = (images_of(case), images_of(reference));
    let mut changes = Vec::new();
    for (component, (images, place)) in &here {
        let Some((before, _)) = there.get(component) else { continue };
        if images != before {
            let list = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(", ");
            changes.push(Change {
                kind: ChangeKind::Image,
                about: vocabulary.components.name(*component).to_owned(),
                detail: format!("image was {}, is {}", list(before), list(images)),
                at: None,
                cites: vec![case.place(place.0, place.1)],
            });
        }
    }
    changes
}

/// By component: its images and where one of them is written.
type Images = BTreeMap<u32, (BTreeSet<String>, (u32, u64))>;

fn images_of(observation: &Observation<'_>) -> Images {
    let mut images = Images::new();
    for (component, object) in &observation.cluster.objects {
        if let Some(image) = &object.image {
            let place = (object.file, object.line);
            let entry = images.entry(*component).or_insert_with(|| (BTreeSet::new(), place));
            entry.0.insert(image.clone());
        }
    }
    images
}
