//! `mainstay handoff`: the same use cases as the web UI.

use anyhow::{Context, Result, bail};
use mainstay_app::handoff::{Decision, HandoffView, Item, ItemEdit, ItemState};
use mainstay_app::request::{Origin, Request};
use mainstay_core::case::NextStep;
use mainstay_core::handoff::{Parts, Receiver};
use mainstay_core::{CaseNumber, UtcMicros};
use serde::{Deserialize, Serialize};

use crate::cli::{Desk, HandoffCommand, HandoffTo, Which};
use crate::command::person::Logins;
use crate::command::{open_as, read_document};
use crate::exit::Exit;
use crate::output::Output;

/// What prepare writes and send reads.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Packet {
    #[serde(default)]
    note: String,
    cases: Vec<PacketCase>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PacketCase {
    number: String,
    /// To read by; send takes it from the log.
    #[serde(default)]
    subject: String,
    #[serde(default)]
    difference: Vec<String>,
    #[serde(default)]
    parts: Parts,
    #[serde(default)]
    step_owner: Option<String>,
    #[serde(default)]
    step_due: Option<String>,
}

pub async fn run(command: HandoffCommand, output: &Output) -> Result<Exit> {
    match command {
        HandoffCommand::Prepare { desk } => {
            let (app, actor) = open_as(&desk).await?;
            let logins = Logins::of(&app).await?;
            let items = app.prepare_handoff(&actor).await?;
            app.close().await;
            let cases = items.iter().map(|item| prepared(item, &logins)).collect();
            output.json(&Packet { note: String::new(), cases })?;
        }
        HandoffCommand::Send { desk, file, to } => send(&desk, &file, to, output).await?,
        HandoffCommand::Inbox { desk, of } => {
            let (app, actor) = open_as(&desk).await?;
            let views = match of {
                Which::Inbox => app.handoff_inbox(&actor).await?,
                Which::Sent => app.handoff_outbox(&actor).await?,
                Which::Late => app.handoffs_late(&actor).await?,
            };
            app.close().await;
            let rows: Vec<Vec<String>> = views.iter().flat_map(rows).collect();
            let heads = ["packet", "case", "state", "from", "to", "changed", "question", "next"];
            output.table(&heads, &rows)?;
        }
        HandoffCommand::Accept { desk, case } => {
            decide(&desk, case, Decision::Accept(None), output).await?;
        }
        HandoffCommand::Ask { desk, case, question } => {
            decide(&desk, case, Decision::Ask(question), output).await?;
        }
        HandoffCommand::Answer { desk, case, answer } => {
            decide(&desk, case, Decision::Answer(answer), output).await?;
        }
        HandoffCommand::Refuse { desk, case, reason } => {
            decide(&desk, case, Decision::Refuse(None, reason), output).await?;
        }
        HandoffCommand::Export { desk, packet, html } => {
            let (app, actor) = open_as(&desk).await?;
            let text = if html {
                app.handoff_html(&actor, packet).await?
            } else {
                app.handoff_markdown(&actor, packet).await?
            };
            app.close().await;
            output.result(&text)?;
        }
        HandoffCommand::Next { desk, case, text, owner, due } => {
            let (app, actor) = open_as(&desk).await?;
            let owner = Logins::of(&app).await?.maybe_id(owner.as_deref())?;
            let request = Request::new(actor, Origin::Cli);
            app.set_next_step(&request, case, NextStep { text, owner, due }).await?;
            app.close().await;
            output.result(&case.to_string())?;
        }
    }
    Ok(Exit::Ok)
}

async fn send(desk: &Desk, file: &std::path::Path, to: HandoffTo, output: &Output) -> Result<()> {
    let packet: Packet = serde_json::from_str(&read_document(file)?)
        .with_context(|| format!("{} is not a packet", file.display()))?;
    let (app, actor) = open_as(desk).await?;
    let logins = Logins::of(&app).await?;
    let receiver = match (&to.to, &to.to_team) {
        (Some(login), _) => Receiver::Person(logins.id(login)?),
        (None, Some(team)) => Receiver::Team(app.team_by_name(&actor, team).await?.id),
        (None, None) => bail!("say who receives it with --to or --to-team"),
    };
    let edits = packet.cases.into_iter().map(|case| edit(case, &logins));
    let edits = edits.collect::<Result<Vec<ItemEdit>>>()?;
    let request = Request::new(actor, Origin::Cli);
    let view = app.send_handoff(&request, receiver, packet.note, edits).await?;
    app.close().await;
    output.result(&view.handoff.id.to_string())?;
    let HandoffView { handoff, items, complete, .. } = view;
    let said = if complete { "complete" } else { "with parts that read \"none\"" };
    output.note(&format!("{} cases to {}, {said}", items.len(), handoff.receiver));
    Ok(())
}

async fn decide(desk: &Desk, case: CaseNumber, decision: Decision, output: &Output) -> Result<()> {
    let (app, actor) = open_as(desk).await?;
    app.decide_handoff(&Request::new(actor, Origin::Cli), case, decision).await?;
    app.close().await;
    output.result(&case.to_string())?;
    Ok(())
}

fn prepared(item: &Item, logins: &Logins) -> PacketCase {
    PacketCase {
        number: item.number.to_string(),
        subject: item.subject.clone(),
        difference: item.difference.clone(),
        parts: item.parts.clone(),
        step_owner: item.step_owner.map(|owner| logins.login(owner)),
        step_due: item.step_due.map(|due| due.to_string()),
    }
}

fn edit(case: PacketCase, logins: &Logins) -> Result<ItemEdit> {
    let number = case.number.parse();
    let due = case.step_due.as_deref().map(str::parse::<UtcMicros>).transpose();
    Ok(ItemEdit {
        number: number.map_err(|_| anyhow::anyhow!("{:?} is no case number", case.number))?,
        parts: case.parts,
        step_owner: logins.maybe_id(case.step_owner.as_deref())?,
        step_due: due.context("step_due")?,
    })
}

fn rows(view: &HandoffView) -> Vec<Vec<String>> {
    let packet = &view.handoff;
    let row = |it: &mainstay_app::handoff::ItemView| {
        let open = it.questions.iter().rfind(|question| question.answer.is_none());
        let question = open.map_or("-", |question| question.question.as_str());
        let changed = if it.item.state == ItemState::Waiting && !it.changed.is_empty() {
            it.changed.join("; ")
        } else {
            "-".to_owned()
        };
        vec![
            packet.id.to_string(),
            it.item.number.to_string(),
            it.item.state.as_str().to_owned(),
            packet.giver.login.clone(),
            packet.receiver.clone(),
            changed,
            line(question),
            line(&it.item.item.parts.next_step),
        ]
    };
    view.items.iter().map(row).collect()
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
