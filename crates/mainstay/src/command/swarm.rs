//! `mainstay swarm`: the same use cases as the web UI.

use anyhow::Result;
use mainstay_app::App;
use mainstay_app::request::{Origin, Request};
use mainstay_app::swarm::Swarm;
use mainstay_core::case::SwarmCommand as Command;
use mainstay_core::{Actor, CaseNumber, Refusal};

use crate::cli::SwarmCommand;
use crate::command::open_as;
use crate::exit::Exit;
use crate::output::Output;

pub async fn run(command: SwarmCommand, output: &Output) -> Result<Exit> {
    match command {
        SwarmCommand::List { desk, case } => {
            let (app, actor) = open_as(&desk).await?;
            let swarms = app.swarms(&actor, case).await?;
            app.close().await;
            if desk.json {
                output.json(&swarms.iter().map(json).collect::<Vec<_>>())?;
            } else {
                let rows: Vec<Vec<String>> = swarms.iter().map(row).collect();
                output.table(&["swarm", "opened", "people", "tried", "end", "question"], &rows)?;
            }
            Ok(Exit::Ok)
        }
        SwarmCommand::Open { desk, case, question, exit, minutes, people, skills } => {
            let (app, actor) = open_as(&desk).await?;
            let mut invited = Vec::new();
            for login in &people {
                invited.push(app.local_actor(login).await?.user);
            }
            let command =
                Command::Open { question, exit, box_minutes: minutes, people: invited, skills };
            ask(app, actor, case, command, output).await
        }
        SwarmCommand::Join { desk, case } => {
            let (app, actor) = open_as(&desk).await?;
            let swarm = running(&app, &actor, case).await?;
            ask(app, actor, case, Command::Join { swarm }, output).await
        }
        SwarmCommand::Leave { desk, case } => {
            let (app, actor) = open_as(&desk).await?;
            let swarm = running(&app, &actor, case).await?;
            ask(app, actor, case, Command::Leave { swarm }, output).await
        }
        SwarmCommand::Tried { desk, case, text } => {
            let (app, actor) = open_as(&desk).await?;
            let swarm = running(&app, &actor, case).await?;
            ask(app, actor, case, Command::Try { swarm, text }, output).await
        }
        SwarmCommand::Close { desk, case, outcome, decision, owner } => {
            let (app, actor) = open_as(&desk).await?;
            let swarm = running(&app, &actor, case).await?;
            let owner = match &owner {
                Some(login) => Some(app.local_actor(login).await?.user),
                None => None,
            };
            ask(app, actor, case, Command::Close { swarm, outcome, decision, owner }, output).await
        }
    }
}

/// One swarm runs at a time, so nobody has to name it.
async fn running(app: &App, actor: &Actor, case: CaseNumber) -> Result<u32> {
    let swarms = app.swarms(actor, case).await?;
    let running = swarms.iter().find(|swarm| swarm.closed.is_none());
    let none = || Refusal::conflict(format!("no swarm runs on {case}; open one first"));
    Ok(running.map(|swarm| swarm.number).ok_or_else(none).map_err(mainstay_app::AppError::from)?)
}

async fn ask(
    app: App,
    actor: Actor,
    case: CaseNumber,
    command: Command,
    output: &Output,
) -> Result<Exit> {
    let written = app.ask_swarm(&Request::new(actor, Origin::Cli), case, command).await?;
    app.close().await;
    output.note(&format!("{case} is at version {}", written.version));
    Ok(Exit::Ok)
}

fn row(swarm: &Swarm) -> Vec<String> {
    let end = swarm.closed.as_ref().map_or("runs", |end| end.outcome.as_str());
    vec![
        swarm.number.to_string(),
        swarm.opened_at.to_string(),
        swarm.people.len().to_string(),
        swarm.tried.len().to_string(),
        end.to_owned(),
        swarm.question.clone(),
    ]
}

fn json(swarm: &Swarm) -> serde_json::Value {
    serde_json::json!({
        "number": swarm.number,
        "question": swarm.question,
        "exit": swarm.exit,
        "box_minutes": swarm.box_minutes,
        "opened_at": swarm.opened_at.to_string(),
        "opened_by": swarm.opened_by.login,
        "tried": swarm.tried.iter().map(|it| &it.text).collect::<Vec<_>>(),
        "outcome": swarm.closed.as_ref().map(|end| end.outcome.as_str()),
        "decision": swarm.closed.as_ref().map(|end| &end.decision),
        "owner": swarm.closed.as_ref().and_then(|end| end.owner.as_ref()).map(|it| &it.login),
    })
}
