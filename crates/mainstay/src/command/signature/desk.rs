//! The signatures that a desk keeps: the same use cases as the web UI.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use mainstay_app::request::{Origin, Request};
use mainstay_app::signature::{PAGE_MAX, Signature, SignatureDetail};
use mainstay_app::{App, signature};
use mainstay_core::signature::Stage;
use mainstay_core::{Actor, SignatureNumber};
use serde_json::json;

use crate::cli::SignatureOfDesk;
use crate::command::{open_as, read_document};
use crate::exit::Exit;
use crate::output::Output;

pub async fn run(command: SignatureOfDesk, output: &Output) -> Result<Exit> {
    match command {
        SignatureOfDesk::List { desk, stage, text } => {
            let stage = stage.map(|word| word.parse::<Stage>()).transpose();
            let stage = stage.context("a stage is draft, active or retired")?;
            let (app, actor) = open_as(&desk).await?;
            let all = every(&app, &actor, stage, &text).await?;
            app.close().await;
            if desk.json {
                output.json(&all.iter().map(summary).collect::<Vec<_>>())?;
            } else {
                let rows: Vec<Vec<String>> = all.iter().map(row).collect();
                output.table(&["number", "stage", "case", "right", "bundles", "name"], &rows)?;
            }
            Ok(Exit::Ok)
        }
        SignatureOfDesk::Show { desk, number } => {
            let (app, actor) = open_as(&desk).await?;
            let detail = app.signature(&actor, parse(&number)?).await?;
            app.close().await;
            if desk.json {
                output.json(&document(&detail))?
            } else {
                output.result(&told(&detail))?
            }
            Ok(Exit::Ok)
        }
        SignatureOfDesk::Import { desk, activate, files } => {
            // all of them are read before the first is kept
            let mut texts = Vec::with_capacity(files.len());
            for file in &files {
                let text = read_document(file)?;
                signature::parse(&text)
                    .with_context(|| format!("{} is no signature", file.display()))?;
                texts.push(text);
            }
            let (app, actor) = open_as(&desk).await?;
            let request = Request::new(actor, Origin::Cli);
            for text in texts {
                let drafted = app.draft_signature(&request, text, None, None).await?;
                if activate {
                    app.activate_signature(&request, drafted.number, String::new()).await?;
                }
                output.result(&drafted.number.to_string())?;
            }
            app.close().await;
            Ok(Exit::Ok)
        }
        SignatureOfDesk::Export { desk, number, all } => {
            let (app, actor) = open_as(&desk).await?;
            let exported = match (&number, &all) {
                (Some(number), _) => {
                    let detail = app.signature(&actor, parse(number)?).await?;
                    output.result(detail.signature.text.trim_end()).map_err(Into::into)
                }
                (None, Some(folder)) => export(&app, &actor, folder, output).await,
                (None, None) => unreachable!("clap asks for one of them"),
            };
            app.close().await;
            exported.map(|()| Exit::Ok)
        }
    }
}

async fn export(app: &App, actor: &Actor, folder: &Path, output: &Output) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let all = every(app, actor, Some(Stage::Active), "").await?;
    for signature in &all {
        let path = folder.join(format!("{}.signature", signature.number));
        ensure!(!path.exists(), "{} exists: choose another folder", path.display());
        std::fs::write(&path, &signature.text)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    output.note(&format!("{} signatures in {}", all.len(), folder.display()));
    Ok(())
}

async fn every(
    app: &App,
    actor: &Actor,
    stage: Option<Stage>,
    text: &str,
) -> Result<Vec<Signature>> {
    let (mut all, mut below) = (Vec::new(), None);
    loop {
        let page = app.signatures(actor, stage, text, below, PAGE_MAX).await?;
        all.extend(page.signatures);
        below = page.next_cursor;
        if below.is_none() {
            return Ok(all);
        }
    }
}

fn parse(number: &str) -> Result<SignatureNumber> {
    Ok(number.parse::<SignatureNumber>()?)
}

/// Signatures of other desks are other people's text.
fn visible(text: &str) -> String {
    text.replace(|c: char| c.is_control() && c != '\n', " ")
}

fn row(it: &Signature) -> Vec<String> {
    let case = it.case.map_or_else(String::new, |case| case.to_string());
    let right = format!("{}/{}", it.confirmed, it.answered);
    let (number, stage) = (it.number.to_string(), it.stage.as_str().to_owned());
    vec![number, stage, case, right, it.bundles.to_string(), visible(&it.name)]
}

fn summary(it: &Signature) -> serde_json::Value {
    json!({
        "number": it.number.to_string(),
        "name": it.name,
        "kind": it.kind,
        "stage": it.stage.as_str(),
        "case": it.case.map(|case| case.to_string()),
        "confirmed": it.confirmed,
        "answered": it.answered,
        "bundles": it.bundles,
        "version": it.version,
    })
}

fn document(detail: &SignatureDetail) -> serde_json::Value {
    let matches = detail.matches.iter().map(|it| {
        json!({
            "case": it.case.to_string(),
            "bundle": it.bundle.to_string(),
            "score": f64::from(it.score) / 1000.0,
            "false_match": it.seen.false_match(),
            "other_cases": it.seen.cases,
            "answer": it.answer.map(|answer| answer.as_str()),
        })
    });
    let mut document = summary(&detail.signature);
    document["text"] = detail.signature.text.clone().into();
    document["matches"] = matches.collect::<Vec<_>>().into();
    document
}

fn told(detail: &SignatureDetail) -> String {
    let it = &detail.signature;
    let mut lines = vec![
        format!("{} {}, version {}", it.number, it.stage.as_str(), it.version),
        visible(it.text.trim_end()),
    ];
    for version in &detail.versions {
        let reason = visible(&version.reason.replace('\n', " "));
        lines.push(format!("# {} {} by {} {reason}", version.at, version.kind, version.actor.name));
    }
    for found in &detail.matches {
        let answer = found.answer.map_or("not answered", |answer| answer.as_str());
        let score = f64::from(found.score) / 10.0;
        lines.push(format!("# looks like it: {} {score:.0} %, {answer}", found.case));
    }
    lines.join("\n")
}
