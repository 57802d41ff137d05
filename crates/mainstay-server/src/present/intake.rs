//! Intake as it travels.

use mainstay_app::intake::{Checklists, IntakeView, Round, TeamRate};
use mainstay_core::CaseNumber;
use mainstay_core::case::{IntakeState, ReturnReason};
use mainstay_core::intake::{Assessment, Checklist, Verdict};

use super::{person, same};
use crate::dto::{self, intake as wire, maybe_time, time};
use crate::problem::Failure;

dto::twin!(wire::IntakeState = IntakeState { Draft, Waiting, Accepted, Returned });
dto::twin!(wire::IntakeVerdict = Verdict { Yes, No, NotApplicable });
dto::twin!(
    wire::ReturnReason = ReturnReason {
        MissingEvidence,
        WindowNotCovered,
        NoReproduction,
        WrongComponent,
        WrongTeam,
        KnownIssue,
        NoClearAsk,
        NoImpact,
        NeedsCustomer,
        Other
    }
);

pub(crate) fn intake(number: CaseNumber, view: &IntakeView) -> Result<wire::Intake, Failure> {
    let reported = view.reported.as_ref();
    Ok(wire::Intake {
        case_number: number.to_string(),
        state: view.state.map(Into::into),
        report: reported.map(|it| same(&it.report)).transpose()?.unwrap_or_default(),
        revision: reported.map_or(0, |it| it.revision),
        reported_at: reported.map(|it| time(it.at)),
        reported_by: reported.map(|it| person(&it.by)),
        assessment: assessment(&view.assessment, &view.checklist),
        rounds: view.rounds.iter().map(round).collect(),
    })
}

pub(crate) fn assessment(found: &Assessment, checklist: &Checklist) -> wire::IntakeAssessment {
    let items = found.items.iter().map(|judged| {
        let item = checklist.items.iter().find(|item| item.name() == judged.item);
        let said = |text: fn(&mainstay_core::intake::Item) -> &String| {
            item.map(|item| text(item).clone()).unwrap_or_default()
        };
        wire::IntakeItem {
            item: judged.item.clone(),
            weight: judged.weight,
            verdict: judged.verdict.into(),
            why: judged.why.clone(),
            text: said(|item| &item.text),
            hint: said(|item| &item.hint),
            command: said(|item| &item.command),
        }
    });
    wire::IntakeAssessment {
        version: found.version,
        checklist: found.checklist.clone(),
        items: items.collect(),
        score: found.score,
        threshold: found.threshold,
        passes: found.passes(),
    }
}

fn round(round: &Round) -> wire::IntakeRound {
    wire::IntakeRound {
        round: round.round,
        sender: person(&round.sender),
        team: round.team.clone(),
        score: round.score,
        threshold: round.threshold,
        override_reason: round.override_reason.clone(),
        owed: round.owed.clone(),
        owed_by: maybe_time(round.owed_by),
        submitted_at: time(round.submitted_at),
        decision: round.decision.as_ref().map(|decision| wire::IntakeDecision {
            state: decision.state.into(),
            reason: decision.reason.clone(),
            note: decision.note.clone(),
            missing: decision.missing.clone(),
            at: time(decision.at),
            by: person(&decision.by),
        }),
    }
}

pub(crate) fn checklists(checklists: Option<&Checklists>) -> Result<wire::Checklists, Failure> {
    let Some(checklists) = checklists else {
        let set = serde_json::json!({ "checklists": [] });
        return Ok(wire::Checklists {
            version: 0,
            set,
            reason: String::new(),
            published_at: None,
            published_by: None,
        });
    };
    Ok(wire::Checklists {
        version: checklists.version,
        set: same(&checklists.set)?,
        reason: checklists.reason.clone(),
        published_at: Some(time(checklists.published_at)),
        published_by: Some(person(&checklists.published_by)),
    })
}

pub(crate) fn rate(rate: &TeamRate) -> wire::ReturnRate {
    wire::ReturnRate {
        team: rate.team.clone(),
        accepted: rate.tally.accepted,
        returned: rate.tally.returned,
        share: rate.rate.map(|it| it.share),
        low: rate.rate.map(|it| it.low),
        high: rate.rate.map(|it| it.high),
        reasons: rate.tally.reasons.clone(),
    }
}
