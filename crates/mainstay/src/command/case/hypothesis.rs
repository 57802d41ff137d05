//! `mainstay case hypotheses`, `judge` and `reference`: what broke, and what people found out.

use anyhow::{Context, Result};
use mainstay_app::App;
use mainstay_app::bundle::Bundle;
use mainstay_app::hypothesis::Hypothesis;
use mainstay_app::ranking::Ranking;
use mainstay_core::case::Judgement;
use mainstay_core::{Actor, CaseNumber, HypothesisNumber};
use serde_json::{Value, json};

use super::show::visible;
use super::{newest, request};
use crate::cli::Desk;
use crate::command::open_as;
use crate::exit::Exit;
use crate::output::Output;

/// The suspects of the newest bundle beside what was chosen as good, and what was taken up.
pub async fn list(desk: &Desk, case: CaseNumber, output: &Output) -> Result<Exit> {
    let (app, actor) = open_as(desk).await?;
    let taken = app.hypotheses_of_case(&actor, case).await?;
    let bundle = newest(&app, &actor, case).await?;
    let ranking = app.ranking(&actor, bundle.id, bundle.reference).await?;
    app.close().await;
    if desk.json {
        output.json(&json!({
            "schema_version": 1,
            "bundle": bundle.id.to_string(),
            "reference": bundle.reference.map(|it| it.to_string()),
            "diagnosis": ranking.diagnosis,
            "taken_up": taken.iter().map(taken_json).collect::<Vec<_>>(),
        }))?;
    } else {
        output.result(&text(&bundle, &ranking, &taken))?;
    }
    Ok(Exit::Ok)
}

fn taken_json(it: &Hypothesis) -> Value {
    json!({
        "citation": it.citation().to_string(),
        "bundle": it.bundle.to_string(),
        "component": it.component,
        "kind": it.kind,
        "statement": it.statement,
        "judgement": it.judgement.map(Judgement::as_str),
        "reason": it.reason,
    })
}

fn text(bundle: &Bundle, ranking: &Ranking, taken: &[Hypothesis]) -> String {
    let diagnosis = &ranking.diagnosis;
    let sure = diagnosis.confidence * 100.0;
    let verdict = diagnosis.verdict.as_str().replace('_', " ");
    let mut lines = vec![
        visible(&bundle.name),
        format!("{verdict} ({sure:.0} %): {}", visible(&diagnosis.reason)),
        format!("beside {}", visible(&diagnosis.baseline)),
    ];
    for (suspect, rank) in diagnosis.hypotheses.iter().zip(1..) {
        let known = taken.iter().find(|it| {
            (it.bundle, it.component.as_str(), it.kind.as_str())
                == (bundle.id, suspect.component.as_str(), suspect.kind.as_str())
        });
        let number = known.map_or_else(|| rank.to_string(), |it| it.number.to_string());
        let judged = known.and_then(|it| it.judgement).map_or("", Judgement::as_str);
        lines.push(format!(
            "  {number:<4} {:.2}  {}  {}  {judged}",
            suspect.score,
            visible(&suspect.component),
            suspect.kind.as_str()
        ));
        lines.push(format!("       next: {}", visible(&suspect.next_check)));
    }
    if !taken.is_empty() {
        lines.push("\nTAKEN UP".to_owned());
    }
    for it in taken {
        let judged = it.judgement.map_or("not judged", Judgement::as_str);
        let reason = it.reason.as_deref().unwrap_or_default().replace('\n', " ");
        lines.push(format!(
            "  {}  {}  {}  {judged}  {}",
            it.citation(),
            visible(&it.component),
            it.kind,
            visible(&reason)
        ));
    }
    lines.join("\n")
}

/// What is said of a suspect.
pub struct Judged {
    pub suspect: String,
    pub judgement: Judgement,
    pub reason: String,
}

/// Judges a hypothesis by its number, or a suspect of the newest bundle by its name.
pub async fn judge(desk: &Desk, case: CaseNumber, judged: Judged, output: &Output) -> Result<Exit> {
    let (app, actor) = open_as(desk).await?;
    let number = number_of(&app, actor, case, &judged.suspect).await?;
    let (judgement, reason) = (judged.judgement, judged.reason);
    let it = app.judge_hypothesis(&request(actor), case, number, judgement, reason).await?;
    app.close().await;
    output.result(&format!("{} {}", it.citation(), judgement.as_str()))?;
    Ok(Exit::Ok)
}

/// A component may be called like a number; a number that was taken up goes first.
async fn number_of(
    app: &App,
    actor: Actor,
    case: CaseNumber,
    suspect: &str,
) -> Result<HypothesisNumber> {
    if let Ok(number) = suspect.parse::<HypothesisNumber>()
        && app.hypothesis(&actor, case, number).await.is_ok()
    {
        return Ok(number);
    }
    let bundle = newest(app, &actor, case).await?;
    let pinned =
        app.pin_hypothesis(&request(actor), case, bundle.id, bundle.reference, suspect).await?;
    Ok(pinned.number)
}

/// Chooses the bundle without fault by its name or id.
pub async fn choose(
    desk: &Desk,
    case: CaseNumber,
    good: Option<&str>,
    output: &Output,
) -> Result<Exit> {
    let (app, actor) = open_as(desk).await?;
    let bundle = newest(&app, &actor, case).await?;
    let good = match good {
        None => None,
        Some(named) => {
            let bundles = app.bundles(&actor, case).await?;
            let found = bundles
                .into_iter()
                .rev()
                .find(|it| it.id != bundle.id && (it.name == named || it.id.to_string() == named));
            Some(found.with_context(|| format!("{case} has no other bundle {named}"))?)
        }
    };
    let id = good.as_ref().map(|it| it.id);
    app.choose_reference(&request(actor), bundle.id, id).await?;
    app.close().await;
    output.note(&match good {
        Some(good) => format!("{} is compared with {}", visible(&bundle.name), visible(&good.name)),
        None => format!("{} is looked at alone", visible(&bundle.name)),
    });
    Ok(Exit::Ok)
}
