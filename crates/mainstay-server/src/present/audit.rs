//! The log and its verification as they travel.

use mainstay_app::audit::{Audit, AuditEntry, AuditEvent, TrailPage};
use mainstay_app::checkpoint::Checkpoint;

use super::person;
use crate::dto::{audit as dto, maybe_time, time};

pub(crate) fn page(page: &TrailPage) -> dto::AuditPage {
    dto::AuditPage {
        items: page.entries.iter().map(entry).collect(),
        next_cursor: page.next_before.map(|seq| seq.to_string()),
    }
}

fn entry(entry: &AuditEntry) -> dto::AuditEntry {
    dto::AuditEntry {
        seq: entry.seq,
        stream: entry.stream.clone(),
        version: entry.version,
        kind: entry.kind.clone(),
        actor: person(&entry.actor),
        origin: entry.origin.clone(),
        at: time(entry.at),
        recorded_at: time(entry.recorded_at),
        correlation: entry.correlation.clone(),
        case_number: entry.case_number.map(|number| number.to_string()),
        hash: entry.hash.clone(),
    }
}

pub(crate) fn event(event: AuditEvent) -> dto::AuditEvent {
    dto::AuditEvent { entry: entry(&event.entry), prev_hash: event.prev_hash, body: event.body }
}

pub(crate) fn checkpoint(checkpoint: &Checkpoint) -> dto::Checkpoint {
    let covered = checkpoint.covered();
    dto::Checkpoint {
        number: checkpoint.number,
        made_at: maybe_time(covered.map(|covered| covered.made_at)),
        events: covered.map(|covered| covered.events),
        streams: covered.map(|covered| covered.streams),
        public_key: checkpoint.public_key.to_string(),
    }
}

pub(crate) fn report(audit: &Audit) -> dto::AuditReport {
    let fault = |place: &str, version: Option<u64>, what: String| dto::AuditFault {
        place: place.to_owned(),
        version,
        what,
    };
    let broken = audit.log.broken.iter();
    let broken = broken.map(|it| fault(&it.stream, Some(it.version), it.what.to_string()));
    let mismatches = audit.log.mismatches.iter().map(|it| {
        let what = format!("{} (checkpoint {})", it.what, it.checkpoint);
        match &it.place {
            Some((stream, version)) => fault(stream, Some(*version), what),
            None => fault(&format!("checkpoint {}", it.checkpoint), None, it.what.to_string()),
        }
    });
    let findings = audit.log.findings.iter().map(|it| fault(&it.id, None, it.what.clone()));
    let evidence = audit.evidence.iter().map(|it| fault(&it.address, None, it.what.clone()));
    dto::AuditReport {
        clean: audit.is_clean(),
        events: audit.log.events,
        streams: audit.log.streams,
        checkpoints: audit.log.checkpoints,
        bundles: audit.evidence_checked,
        faults: broken.chain(mismatches).chain(findings).chain(evidence).collect(),
    }
}
