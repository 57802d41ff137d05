//! `mainstay case link`, `merge`, `split` and what shows them.

use anyhow::Result;
use mainstay_app::link::{SplitDraft, Tie};
use mainstay_core::CaseNumber;
use mainstay_core::link::parse_word;
use serde::Serialize;

use super::request;
use crate::cli::Desk;
use crate::command::open_as;
use crate::exit::Exit;
use crate::output::Output;

pub(super) struct Said {
    pub(super) case: CaseNumber,
    pub(super) relation: String,
    pub(super) other: CaseNumber,
    pub(super) reason: String,
}

pub(super) async fn tie(desk: &Desk, tie: Tie, said: Said, output: &Output) -> Result<Exit> {
    let Said { case, relation, other, reason } = said;
    let word = parse_word(&relation)?;
    let (app, actor) = open_as(desk).await?;
    app.tie_case(&request(actor), case, tie, word, other, &reason).await?;
    app.close().await;
    output.note(&match tie {
        Tie::Link => format!("{case} is {relation} {other}"),
        Tie::Unlink => format!("{case} is not {relation} {other} any more"),
    });
    Ok(Exit::Ok)
}

pub(super) async fn merge(
    desk: &Desk,
    case: CaseNumber,
    into: CaseNumber,
    reason: &str,
    output: &Output,
) -> Result<Exit> {
    let (app, actor) = open_as(desk).await?;
    app.merge_case(&request(actor), case, into, reason).await?;
    app.close().await;
    output.note(&format!("{case} went into {into} and leads there; its history stays readable"));
    Ok(Exit::Ok)
}

pub(super) async fn unmerge(
    desk: &Desk,
    case: CaseNumber,
    reason: &str,
    output: &Output,
) -> Result<Exit> {
    let (app, actor) = open_as(desk).await?;
    app.unmerge_case(&request(actor), case, reason).await?;
    app.close().await;
    output.note(&format!("{case} is a case of its own again"));
    Ok(Exit::Ok)
}

pub(super) async fn split(
    desk: &Desk,
    case: CaseNumber,
    draft: SplitDraft,
    output: &Output,
) -> Result<Exit> {
    let (app, actor) = open_as(desk).await?;
    let written = app.split_case(&request(actor), case, draft).await?;
    app.close().await;
    output.result(&written.number.to_string())?;
    output.note(&format!("split from {case}, where everything stays readable"));
    Ok(Exit::Ok)
}

/// What a case is to others, for a pipe.
#[derive(Serialize)]
struct Related {
    merged_into: Option<String>,
    merged: Vec<String>,
    links: Vec<(String, String)>,
    informed: Vec<(String, String, String)>,
    sufferers: Vec<String>,
}

pub(super) async fn show(desk: &Desk, case: CaseNumber, output: &Output) -> Result<Exit> {
    let (app, actor) = open_as(desk).await?;
    let view = app.related(&actor, case).await?;
    app.close().await;
    let related = Related {
        merged_into: view.merged_into.map(|it| it.to_string()),
        merged: view.merged.iter().map(|it| it.number.to_string()).collect(),
        links: view
            .links
            .iter()
            .map(|it| (it.end.word(it.relation).to_owned(), it.number.to_string()))
            .collect(),
        informed: view
            .informed
            .iter()
            .map(|it| (it.name.clone(), it.address.clone(), it.replies_to.to_string()))
            .collect(),
        sufferers: view.sufferers.iter().map(|it| it.number.to_string()).collect(),
    };
    if desk.json {
        output.json(&related)?;
        return Ok(Exit::Ok);
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row = |what: &str, number: &str, more: &str| {
        rows.push([what, number, more].map(str::to_owned).to_vec());
    };
    if let Some(into) = &related.merged_into {
        row("merged-into", into, "");
    }
    for it in &view.merged {
        row("merged", &it.number.to_string(), &it.subject);
    }
    for it in &view.links {
        row(it.end.word(it.relation), &it.number.to_string(), &it.subject);
    }
    for it in &view.sufferers {
        row("suffers", &it.number.to_string(), &it.subject);
    }
    for (name, address, replies_to) in &related.informed {
        row("hears", replies_to, &format!("{name} {address}"));
    }
    output.table(&["what", "case", "more"], &rows)?;
    Ok(Exit::Ok)
}
