//! `mainstay audit`: is everything as it was written?

use anyhow::Result;
use serde_json::json;

use crate::cli::AuditCommand;
use crate::command::open;
use crate::config;
use crate::exit::Exit;
use crate::output::Output;

pub async fn run(command: AuditCommand, output: &Output) -> Result<Exit> {
    let AuditCommand::Verify { place, json } = command;
    let app = open(config::storage(&place)?).await?;
    let audit = app.audit_here().await?;
    app.close().await;
    if json {
        output.json(&as_json(&audit))?;
    } else {
        output.result(&as_text(&audit))?;
    }
    Ok(if audit.is_clean() { Exit::Ok } else { Exit::Findings })
}

fn as_text(audit: &mainstay_app::audit::Audit) -> String {
    let mut lines = vec![format!(
        "{} events in {} streams, {} stored bundles",
        audit.log.events, audit.log.streams, audit.evidence_checked
    )];
    for broken in &audit.log.broken {
        lines.push(format!(
            "broken    {} version {}: {}",
            broken.stream, broken.version, broken.what
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
    let findings = audit.log.findings.iter().map(|it| json!({ "what": it.what, "id": it.id }));
    let evidence =
        audit.evidence.iter().map(|it| json!({ "address": it.address, "what": it.what }));
    json!({
        "schema_version": 1,
        "clean": audit.is_clean(),
        "events": audit.log.events,
        "streams": audit.log.streams,
        "bundles": audit.evidence_checked,
        "broken": broken.collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
        "evidence": evidence.collect::<Vec<_>>(),
    })
}
