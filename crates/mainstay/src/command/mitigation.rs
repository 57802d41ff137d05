//! `mainstay mitigation`: the same use cases as the web UI.

use anyhow::Result;
use mainstay_app::App;
use mainstay_app::mitigation::Mitigation;
use mainstay_app::request::{Origin, Request};
use mainstay_core::case::MitigationCommand as Command;
use mainstay_core::{Actor, CaseNumber};

use crate::cli::MitigationCommand;
use crate::command::open_as;
use crate::exit::Exit;
use crate::output::Output;

pub async fn run(command: MitigationCommand, output: &Output) -> Result<Exit> {
    match command {
        MitigationCommand::List { desk, case } => {
            let (app, actor) = open_as(&desk).await?;
            let all = app.mitigations(&actor, case).await?;
            app.close().await;
            if desk.json {
                output.json(&all.iter().map(json).collect::<Vec<_>>())?;
            } else {
                let rows: Vec<Vec<String>> = all.iter().map(row).collect();
                output.table(&["mitigation", "risk", "state", "by", "what"], &rows)?;
            }
            Ok(Exit::Ok)
        }
        MitigationCommand::Propose { desk, case, what, risk, risk_why, rollback, change } => {
            let (app, actor) = open_as(&desk).await?;
            let command = Command::Propose { what, risk, risk_why, rollback, change };
            ask(app, actor, case, command, output).await
        }
        MitigationCommand::Set { desk, case, mitigation, state, note } => {
            let (app, actor) = open_as(&desk).await?;
            ask(app, actor, case, Command::Move { mitigation, to: state, note }, output).await
        }
    }
}

async fn ask(
    app: App,
    actor: Actor,
    case: CaseNumber,
    command: Command,
    output: &Output,
) -> Result<Exit> {
    let written = app.ask_mitigation(&Request::new(actor, Origin::Cli), case, command).await?;
    app.close().await;
    output.note(&format!("{case} is at version {}", written.version));
    Ok(Exit::Ok)
}

fn row(it: &Mitigation) -> Vec<String> {
    vec![
        it.number.to_string(),
        it.risk.as_str().to_owned(),
        it.state.as_str().to_owned(),
        it.moved_by.login.clone(),
        it.what.clone(),
    ]
}

fn json(it: &Mitigation) -> serde_json::Value {
    serde_json::json!({
        "number": it.number,
        "what": it.what,
        "risk": it.risk.as_str(),
        "risk_why": it.risk_why,
        "rollback": it.rollback,
        "change": it.change,
        "state": it.state.as_str(),
        "proposed_by": it.proposed_by.login,
        "approved_by": it.approved_by.as_ref().map(|person| &person.login),
        "note": it.note,
    })
}
