//! What the cluster itself says: objects that are not well, and warning events.

use super::platform::SIGNS;
use super::{Finding, FindingKind, Place, Weight, counted, quote};
use crate::ingest::Unwell;
use crate::parse::structured::{Object, ObjectEvent};
use crate::view::Bundle;

/// Names listed in a detail.
const NAMES_MAX: usize = 5;

pub(super) fn find(bundle: &Bundle, unwell: &Unwell, found: &mut Vec<Finding>) {
    for sign in SIGNS.iter() {
        let objects: Vec<&(u32, Object)> = unwell
            .objects
            .iter()
            .filter(|(_, it)| it.reason.as_deref().is_some_and(|it| names(sign.kind, it)))
            .collect();
        let events: Vec<&(u32, ObjectEvent)> = unwell
            .events
            .iter()
            .filter(|(_, it)| names(sign.kind, &it.reason) || sign.pattern.is_match(&it.message))
            .collect();
        if objects.is_empty() && events.is_empty() {
            continue;
        }
        let who = objects.iter().map(|(_, it)| it.name.clone());
        let who: Vec<String> = who.chain(events.iter().map(|(_, it)| it.object.clone())).collect();
        let occurrences: u64 = events.iter().map(|(_, it)| it.count.max(1)).sum();
        let stated: Vec<String> = [(objects.len() as u64, "object"), (occurrences, "event")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| counted(count, noun))
            .collect();
        let detail = format!("stated by {}: {}", stated.join(" and "), listed(who));
        let files = objects.iter().map(|(file, _)| *file).chain(events.iter().map(|it| it.0));
        let title = format!("{}, by the state of the cluster", sign.title);
        let first = events.iter().filter_map(|(_, it)| it.first.or(it.last)).min();
        found.push(
            Finding::new(sign.kind, sign.weight, title, detail)
                .at(first)
                .citing(places(bundle, files)),
        );
    }
    restarts(bundle, unwell, found);
}

/// Restarts that no reason explains.
fn restarts(bundle: &Bundle, unwell: &Unwell, found: &mut Vec<Finding>) {
    let restarted: Vec<&(u32, Object)> =
        unwell.objects.iter().filter(|(_, it)| it.restarts > 0).collect();
    if restarted.is_empty() {
        return;
    }
    let total: u64 = restarted.iter().map(|(_, it)| it.restarts).sum();
    let times = counted(total, "time");
    let title = format!("Containers restarted {times} before the bundle was taken");
    let who = restarted.iter().map(|(_, it)| format!("{} ({})", it.name, it.restarts)).collect();
    let files = restarted.iter().map(|(file, _)| *file);
    found.push(
        Finding::new(FindingKind::Restart, Weight::Low, title, listed(who))
            .citing(places(bundle, files)),
    );
}

/// The reasons that Kubernetes gives in one word.
fn names(kind: FindingKind, reason: &str) -> bool {
    match kind {
        FindingKind::OutOfMemory => matches!(reason, "OOMKilled" | "OOMKilling" | "SystemOOM"),
        FindingKind::Eviction => matches!(reason, "Evicted" | "Preempted"),
        FindingKind::CrashLoop => matches!(reason, "CrashLoopBackOff" | "BackOff"),
        _ => false,
    }
}

fn listed(mut names: Vec<String>) -> String {
    names.sort_unstable();
    names.dedup();
    let rest = names.len().saturating_sub(NAMES_MAX);
    names.truncate(NAMES_MAX);
    let names = quote(&names.join(", "));
    if rest == 0 { names } else { format!("{names} and {}", counted(rest as u64, "more name")) }
}

fn places(bundle: &Bundle, files: impl Iterator<Item = u32>) -> Vec<Place> {
    let mut files: Vec<u32> = files.collect();
    files.sort_unstable();
    files.dedup();
    let place = |id: u32| {
        let file = bundle.files().get(id as usize)?;
        Some(Place { file: id, path: file.path.clone(), line: 0 })
    };
    files.into_iter().filter_map(place).collect()
}
