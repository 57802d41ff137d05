//! `mainstay redaction`: the rules of the desk, and the way back from a pseudonym.

use anyhow::{Result, bail};
use mainstay_app::redaction::RedactionRules;
use mainstay_app::request::{Origin, Request};
use mainstay_evidence::redact::Policy;
use secrecy::ExposeSecret;
use serde_json::json;

use super::rules::read;
use crate::cli::RedactionCommand;
use crate::command::open_as;
use crate::exit::Exit;
use crate::output::Output;

pub async fn run(command: RedactionCommand, output: &Output) -> Result<Exit> {
    match command {
        RedactionCommand::Check { file } => {
            check(&read(&file)?, &file.display().to_string(), output)
        }
        RedactionCommand::Rules { desk, version } => {
            let (app, actor) = open_as(&desk).await?;
            let found = app.redaction_rules(&actor, version).await?;
            app.close().await;
            match found {
                Some(rules) if desk.json => output.json(&version_json(&rules, true))?,
                Some(rules) => output.result(rules.text.trim_end())?,
                None => {
                    output.note("no redaction rules were published; see mainstay redaction publish")
                }
            }
            Ok(Exit::Ok)
        }
        RedactionCommand::History { desk } => {
            let (app, actor) = open_as(&desk).await?;
            let versions = app.redaction_history(&actor).await?;
            app.close().await;
            history(&versions, desk.json, output)?;
            Ok(Exit::Ok)
        }
        RedactionCommand::Publish { desk, file, reason } => {
            let text = read(&file)?;
            let (app, actor) = open_as(&desk).await?;
            let request = Request::new(actor, Origin::Cli);
            let published = app.publish_redaction_rules(&request, text, reason).await?;
            app.close().await;
            output.note(&format!("published version {}", published.version));
            Ok(Exit::Ok)
        }
        RedactionCommand::Reveal { desk, case, pseudonym, bundle, reason } => {
            let (app, actor) = open_as(&desk).await?;
            let newest = app.bundles(&actor, case).await?.into_iter().next_back();
            let Some(bundle) = bundle.or(newest.map(|bundle| bundle.id)) else {
                bail!("{case} has no bundle");
            };
            let request = Request::new(actor, Origin::Cli);
            let value = app.reveal(&request, bundle, pseudonym.trim(), reason).await;
            app.close().await;
            output.result(value?.expose_secret())?;
            Ok(Exit::Ok)
        }
    }
}

/// `file:line:column: message`, as editors know it.
fn check(text: &str, name: &str, output: &Output) -> Result<Exit> {
    let outline = Policy::outline(text);
    for mistake in &outline.mistakes {
        let place = match mistake.line {
            0 => String::new(),
            line => format!("{line}:{}:", mistake.column),
        };
        output.result(&format!("{name}:{place} {}", mistake.message))?;
    }
    if !outline.mistakes.is_empty() {
        return Ok(Exit::Findings);
    }
    output.result(&format!("{} rules for every product", outline.rules))?;
    for (profile, rules) in &outline.profiles {
        output.result(&format!("{rules} more for {profile}"))?;
    }
    Ok(Exit::Ok)
}

fn history(versions: &[RedactionRules], as_json: bool, output: &Output) -> Result<()> {
    if as_json {
        let versions: Vec<_> = versions.iter().map(|rules| version_json(rules, false)).collect();
        return output.json(&json!({ "schema_version": 1, "versions": versions }));
    }
    let rows: Vec<Vec<String>> = versions
        .iter()
        .map(|rules| {
            vec![
                rules.version.to_string(),
                rules.published_at.to_string(),
                rules.published_by.name.clone(),
                rules.reason.clone(),
            ]
        })
        .collect();
    Ok(output.table(&["version", "published", "by", "why"], &rows)?)
}

fn version_json(rules: &RedactionRules, with_text: bool) -> serde_json::Value {
    let mut version = json!({
        "version": rules.version,
        "published_at": rules.published_at.to_string(),
        "published_by": rules.published_by.login,
        "reason": rules.reason,
    });
    if with_text {
        version["text"] = rules.text.as_str().into();
    }
    version
}
