//! What happens to hypotheses and to the choice of a good bundle, folded into the read tables.

use mainstay_core::CaseId;
use mainstay_core::case::{self, Judgement};

use super::{Entry, Happened, first_line};
use crate::connection::Connection;
use crate::error::StoreError;
use crate::statement::project as statement;
use crate::value::values;

/// Writes the rows; the title of the line in the timeline.
pub(super) async fn project(
    connection: &mut Connection<'_>,
    id: CaseId,
    happened: &Happened<'_>,
    event: &case::Event,
) -> Result<Option<String>, StoreError> {
    match event {
        case::Event::HypothesisPinned(pinned) => {
            let values = values![
                id,
                pinned.hypothesis,
                pinned.bundle,
                pinned.reference,
                pinned.component.as_str(),
                pinned.kind.as_str(),
                pinned.statement.as_str(),
                happened.actor,
                happened.at,
            ];
            connection.execute(statement::PIN_HYPOTHESIS, values).await?;
            Ok(Some(format!("{} {}", pinned.hypothesis, first_line(&pinned.component))))
        }
        case::Event::HypothesisJudged(judged) => {
            let values = values![
                id,
                judged.hypothesis,
                judged.judgement.as_str(),
                judged.reason.as_str(),
                happened.actor,
                happened.at,
            ];
            let row = connection.row(statement::JUDGE_HYPOTHESIS, values).await?;
            let component: Option<String> = row.map(|row| row.get("component")).transpose()?;
            let component = component.unwrap_or_default();
            Ok(Some(format!("{} {}", judged.hypothesis, first_line(&component))))
        }
        case::Event::ReferenceChosen(chosen) => {
            let values = values![chosen.bundle, chosen.reference];
            connection.execute(statement::CHOOSE_REFERENCE, values).await?;
            let Some(reference) = chosen.reference else { return Ok(None) };
            let row = connection.row(statement::NAME_OF_BUNDLE, values![reference]).await?;
            row.map(|row| row.get("name")).transpose()
        }
        _ => Ok(None),
    }
}

/// What of the line in the timeline the event alone gives.
pub(super) fn entry_of(event: &case::Event) -> Entry<'_> {
    let entry = Entry::default();
    match event {
        case::Event::HypothesisPinned(pinned) => Entry {
            kind: "hypothesis_pinned",
            bundle: Some(pinned.bundle),
            text: Some(&pinned.statement),
            ..entry
        },
        case::Event::HypothesisJudged(judged) => Entry {
            kind: match judged.judgement {
                Judgement::Confirmed => "hypothesis_confirmed",
                Judgement::Refuted => "hypothesis_refuted",
                Judgement::Inconclusive => "hypothesis_inconclusive",
            },
            text: Some(&judged.reason),
            ..entry
        },
        case::Event::ReferenceChosen(chosen) => {
            Entry { kind: "reference_chosen", bundle: Some(chosen.bundle), ..entry }
        }
        _ => entry,
    }
}
