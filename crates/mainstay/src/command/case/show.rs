//! How a case looks in a terminal and as JSON.

use anyhow::Result;
use mainstay_app::case::{CaseDetail, CaseSummary, PAGE_MAX, TimelineEntry};
use mainstay_app::evidence::Evidence;
use mainstay_core::CaseNumber;
use mainstay_core::case::Audience;
use serde_json::{Value, json};

use crate::cli::Desk;
use crate::command::open_as;
use crate::exit::Exit;
use crate::output::Output;

pub async fn run(desk: &Desk, number: CaseNumber, output: &Output) -> Result<Exit> {
    let (app, actor) = open_as(desk).await?;
    let case = app.case(&actor, number).await?;
    let evidence = app.evidence_of_case(&actor, number).await?;
    let mut entries = Vec::new();
    let mut after = 0;
    loop {
        let page = app.timeline(&actor, number, after, PAGE_MAX).await?;
        entries.extend(page.entries);
        match page.next_after {
            Some(next) => after = next,
            None => break,
        }
    }
    app.close().await;
    if desk.json {
        output.json(&json!({
            "schema_version": 1,
            "case": case_json(&case.summary),
            "description": case.description,
            "resolution": case.resolution,
            "evidence": evidence.iter().map(evidence_json).collect::<Vec<_>>(),
            "timeline": entries.iter().map(entry_json).collect::<Vec<_>>(),
        }))?;
    } else {
        output.result(&text(&case, &evidence, &entries))?;
    }
    Ok(Exit::Ok)
}

/// A row of the list.
pub fn row(case: &CaseSummary) -> Vec<String> {
    vec![
        case.number.to_string(),
        case.severity.to_string(),
        case.status.as_str().to_owned(),
        case.assignee.as_ref().map_or("-".to_owned(), |person| person.login.clone()),
        case.bundles.to_string(),
        case.updated_at.to_string(),
        case.customer.clone(),
        case.subject.clone(),
    ]
}

/// The list as one document.
pub fn list_json(cases: &[CaseSummary]) -> Value {
    json!({ "schema_version": 1, "cases": cases.iter().map(case_json).collect::<Vec<_>>() })
}

fn case_json(case: &CaseSummary) -> Value {
    json!({
        "number": case.number.to_string(),
        "id": case.id.to_string(),
        "subject": case.subject,
        "severity": case.severity.to_string(),
        "status": case.status.as_str(),
        "customer": case.customer,
        "product": case.product,
        "version": case.version,
        "assignee": case.assignee.as_ref().map(|person| person.login.clone()),
        "opened_at": case.opened_at.to_string(),
        "updated_at": case.updated_at.to_string(),
        "bundles": case.bundles,
        "evidence": case.evidence,
        "notes": case.notes,
    })
}

fn evidence_json(evidence: &Evidence) -> Value {
    json!({
        "citation": evidence.citation().to_string(),
        "bundle": evidence.bundle.to_string(),
        "source": evidence.source,
        "line": evidence.line,
        "at": evidence.at.map(|at| at.to_string()),
        "level": evidence.level.map(|level| level.to_string()),
        "excerpt": evidence.excerpt,
    })
}

fn entry_json(entry: &TimelineEntry) -> Value {
    json!({
        "sequence": entry.sequence,
        "at": entry.at.to_string(),
        "kind": entry.kind,
        "actor": entry.actor.login,
        "audience": entry.audience.map(audience),
        "title": entry.title,
        "text": entry.text,
        "bundle": entry.bundle.map(|bundle| bundle.to_string()),
    })
}

fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Internal => "internal",
        Audience::Public => "public",
    }
}

fn text(case: &CaseDetail, evidence: &[Evidence], entries: &[TimelineEntry]) -> String {
    let summary = &case.summary;
    let owner = summary.assignee.as_ref().map_or("nobody", |person| &person.name);
    let mut lines = vec![
        format!("{}  {}", summary.number, visible(&summary.subject)),
        format!(
            "{} · {} · owner {owner} · {} {} {}",
            summary.severity,
            summary.status.as_str(),
            visible(&summary.customer),
            visible(&summary.product),
            visible(&summary.version)
        ),
    ];
    if !case.description.is_empty() {
        lines.push(String::new());
        lines.push(visible(&case.description));
    }
    if !evidence.is_empty() {
        lines.push("\nEVIDENCE".to_owned());
    }
    for pin in evidence {
        let at = pin.at.map_or("-".to_owned(), |at| at.to_string());
        let first = pin.excerpt.lines().next().unwrap_or_default();
        lines.push(format!("  {}  {at}  {}", pin.citation(), visible(first)));
    }
    lines.push("\nTIMELINE".to_owned());
    lines.extend(entries.iter().map(entry_line));
    lines.join("\n")
}

fn entry_line(entry: &TimelineEntry) -> String {
    let mark = match entry.audience {
        Some(Audience::Public) => " PUBLIC",
        Some(Audience::Internal) => " internal",
        None => "",
    };
    let words = match (&entry.title, &entry.text) {
        (_, Some(text)) if entry.kind != "opened" => text.as_str(),
        (Some(title), _) => title.as_str(),
        _ => "",
    };
    let words = visible(words).replace('\n', "\n    ");
    format!("  {}  {}  {}{mark}  {words}", entry.at, entry.actor.name, entry.kind)
}

/// What somebody wrote must not steer the terminal.
pub fn visible(text: &str) -> String {
    let keep = |character: char| character == '\n' || !character.is_control();
    text.chars().map(|it| if keep(it) { it } else { char::REPLACEMENT_CHARACTER }).collect()
}
