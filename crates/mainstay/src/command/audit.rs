//! `mainstay audit`: is everything as it was written?

use anyhow::{Context, Result};
use mainstay_app::checkpoint::Beliefs;
use serde_json::json;

use crate::cli::{AuditCommand, Believed};
use crate::command::open;
use crate::config;
use crate::exit::Exit;
use crate::output::Output;

pub async fn run(command: AuditCommand, output: &Output) -> Result<Exit> {
    match command {
        AuditCommand::Verify { place, believed, json } => {
            let beliefs = beliefs(believed)?;
            let app = open(config::storage(&place)?).await?;
            let audit = app.audit_here(&beliefs).await?;
            app.close().await;
            if json {
                output.json(&as_json(&audit))?;
            } else {
                output.result(&as_text(&audit))?;
            }
            Ok(if audit.is_clean() { Exit::Ok } else { Exit::Findings })
        }
        AuditCommand::Checkpoint { place } => {
            let app = open(config::storage(&place)?).await?;
            let made = app.checkpoint_here().await?;
            app.close().await;
            match made {
                Some(checkpoint) => output.result(&checkpoint.to_file())?,
                None => output.note("nothing happened since the last checkpoint"),
            }
            Ok(Exit::Ok)
        }
        AuditCommand::Key { place } => {
            let app = open(config::storage(&place)?).await?;
            let key = app.checkpoint_public_key()?;
            app.close().await;
            output.result(&key.to_string())?;
            Ok(Exit::Ok)
        }
    }
}

/// What the flags say is to be believed.
pub fn beliefs(believed: Believed) -> Result<Beliefs> {
    let keys = believed.key.iter().map(|key| key.parse()).collect::<Result<_, _>>();
    Ok(Beliefs { keys: keys.context("--key")?, files: believed.against })
}

/// An audit, a line for each thing it found.
pub fn as_text(audit: &mainstay_app::audit::Audit) -> String {
    let mut lines = vec![format!(
        "{} events in {} streams, {} checkpoints, {} stored bundles",
        audit.log.events, audit.log.streams, audit.log.checkpoints, audit.evidence_checked
    )];
    for broken in &audit.log.broken {
        lines.push(format!(
            "broken    {} version {}: {}",
            broken.stream, broken.version, broken.what
        ));
    }
    for mismatch in &audit.log.mismatches {
        let place = mismatch.place.as_ref();
        let place = place.map(|(stream, version)| format!(", {stream} version {version}"));
        lines.push(format!(
            "signed    checkpoint {}{}: {}",
            mismatch.checkpoint,
            place.unwrap_or_default(),
            mismatch.what
        ));
    }
    for finding in &audit.log.findings {
        lines.push(format!("finding   {}: {}", finding.what, finding.id));
    }
    for finding in &audit.evidence {
        lines.push(format!("evidence  {}: {}", finding.address, finding.what));
    }
    if audit.is_clean() {
        lines.push("everything is as it was written".to_owned());
    }
    lines.join("\n")
}

fn as_json(audit: &mainstay_app::audit::Audit) -> serde_json::Value {
    let broken = audit.log.broken.iter().map(
        |it| json!({ "stream": it.stream, "version": it.version, "what": it.what.to_string() }),
    );
    let mismatches = audit.log.mismatches.iter().map(|it| {
        let place = it.place.as_ref();
        json!({
            "checkpoint": it.checkpoint,
            "stream": place.map(|(stream, _)| stream),
            "version": place.map(|(_, version)| version),
            "what": it.what.to_string(),
        })
    });
    let findings = audit.log.findings.iter().map(|it| json!({ "what": it.what, "id": it.id }));
    let evidence =
        audit.evidence.iter().map(|it| json!({ "address": it.address, "what": it.what }));
    json!({
        "schema_version": 1,
        "clean": audit.is_clean(),
        "events": audit.log.events,
        "streams": audit.log.streams,
        "bundles": audit.evidence_checked,
        "checkpoints": audit.log.checkpoints,
        "mismatches": mismatches.collect::<Vec<_>>(),
        "broken": broken.collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
        "evidence": evidence.collect::<Vec<_>>(),
    })
}
