//! `mainstay intake`: the same judgement as every other door.

use anyhow::{Context, Result};
use mainstay_app::intake::{Hand, IntakeView};
use mainstay_app::request::{Origin, Request};
use mainstay_core::CaseNumber;
use mainstay_core::case::IntakeState;
use mainstay_core::intake::{ChecklistSetForm, Mail, Verdict};
use serde_json::{Value, json};

use crate::cli::{Desk, IntakeCommand};
use crate::command::{case, open_as, read_document};
use crate::exit::Exit;
use crate::output::Output;

pub async fn run(command: IntakeCommand, output: &Output) -> Result<Exit> {
    match command {
        IntakeCommand::Take { desk, file, bundle } => {
            let mail: Mail = serde_json::from_str(&read_document(&file)?)
                .with_context(|| format!("{} is not a mail with a report", file.display()))?;
            let (app, actor) = open_as(&desk).await?;
            let request = Request::new(actor, Origin::Mail);
            let number = app.open_mail(&request, &mail).await?;
            for (place, path) in bundle.iter().enumerate() {
                let key = format!("mail/{}/bundle/{place}", mail.message_id);
                let request = request.clone().with_key(key);
                case::attach_here(&app, &request, number, path, output).await?;
            }
            let view = app.take_mail(&request, number, &mail).await?;
            app.close().await;
            show(&desk, number, &view, output)?;
            Ok(if view.state == Some(IntakeState::Draft) { Exit::Findings } else { Exit::Ok })
        }
        IntakeCommand::Show { desk, case } => {
            let (app, actor) = open_as(&desk).await?;
            let view = app.intake(&actor, case).await?;
            app.close().await;
            show(&desk, case, &view, output)?;
            Ok(Exit::Ok)
        }
        IntakeCommand::Submit { desk, case, team, override_reason } => {
            let (app, actor) = open_as(&desk).await?;
            let before = app.intake(&actor, case).await?.reported;
            let (report, seen) =
                before.map_or_else(Default::default, |it| (it.report, Some(it.revision)));
            let hand = Hand::Over { team, override_reason };
            let request = Request::new(actor, Origin::Cli);
            app.report_intake(&request, case, report, seen, hand).await?;
            let view = app.intake(&actor, case).await?;
            app.close().await;
            show(&desk, case, &view, output)?;
            Ok(Exit::Ok)
        }
        IntakeCommand::Accept { desk, case } => {
            let (app, actor) = open_as(&desk).await?;
            app.accept_intake(&Request::new(actor, Origin::Cli), case).await?;
            app.close().await;
            output.note(&format!("{case} is yours"));
            Ok(Exit::Ok)
        }
        IntakeCommand::Return { desk, case, reason, text } => {
            let (app, actor) = open_as(&desk).await?;
            app.return_intake(&Request::new(actor, Origin::Cli), case, reason, text).await?;
            app.close().await;
            output.note(&format!("{case} went back to its sender"));
            Ok(Exit::Ok)
        }
        IntakeCommand::Checklists { desk, version } => {
            let (app, actor) = open_as(&desk).await?;
            let found = app.checklists(&actor, version).await?;
            app.close().await;
            match found {
                Some(checklists) => output.json(&checklists.set)?,
                None => output.note("no checklists were published; the built-in one holds"),
            }
            Ok(Exit::Ok)
        }
        IntakeCommand::Publish { desk, file, reason } => {
            let set: ChecklistSetForm = serde_json::from_str(&read_document(&file)?)
                .with_context(|| format!("{} is not a set of checklists", file.display()))?;
            let (app, actor) = open_as(&desk).await?;
            let request = Request::new(actor, Origin::Cli);
            let published = app.publish_checklists(&request, set, reason).await?;
            app.close().await;
            output.note(&format!("published version {}", published.version));
            Ok(Exit::Ok)
        }
        IntakeCommand::Rates { desk } => rates(&desk, output).await,
    }
}

async fn rates(desk: &Desk, output: &Output) -> Result<Exit> {
    let (app, actor) = open_as(desk).await?;
    let rates = app.return_rates(&actor).await?;
    app.close().await;
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let rows: Vec<Vec<String>> = rates
        .iter()
        .map(|rate| {
            let share = rate.rate.map_or_else(
                || "too few".to_owned(),
                |it| format!("{} ({} to {})", percent(it.share), percent(it.low), percent(it.high)),
            );
            let reasons: Vec<String> = rate
                .tally
                .reasons
                .iter()
                .map(|(reason, count)| format!("{reason} {count}"))
                .collect();
            vec![rate.team.clone(), rate.tally.decided().to_string(), share, reasons.join(", ")]
        })
        .collect();
    output.table(&["team", "decided", "returned", "reasons"], &rows)?;
    Ok(Exit::Ok)
}

fn show(desk: &Desk, number: CaseNumber, view: &IntakeView, output: &Output) -> Result<()> {
    if desk.json {
        return output.json(&intake_json(number, view));
    }
    let found = &view.assessment;
    let needs = found.threshold.map_or("nothing blocks P1".to_owned(), |it| format!("needs {it}"));
    let state = view.state.map_or("not reported", IntakeState::as_str);
    output.result(&format!(
        "{number}: {state}, score {} ({needs}), checklist {} version {}",
        found.score, found.checklist, found.version
    ))?;
    let rows: Vec<Vec<String>> = found
        .items
        .iter()
        .map(|judged| {
            let verdict = word(judged.verdict).to_owned();
            vec![verdict, judged.weight.to_string(), judged.item.clone(), judged.why.clone()]
        })
        .collect();
    Ok(output.table(&["there", "weight", "item", "why"], &rows)?)
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Yes => "yes",
        Verdict::No => "no",
        Verdict::NotApplicable => "n/a",
    }
}

fn intake_json(number: CaseNumber, view: &IntakeView) -> Value {
    json!({
        "schema_version": 1,
        "case": number.to_string(),
        "state": view.state.map(IntakeState::as_str),
        "revision": view.reported.as_ref().map(|it| it.revision),
        "assessment": view.assessment,
        "rounds": view.rounds.len(),
    })
}
