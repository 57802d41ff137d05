//! Hypotheses that people took up.

use mainstay_app::App;
use mainstay_app::hypothesis::Hypothesis;
use mainstay_core::case::Judgement;

use super::person;
use crate::dto::{self, maybe_time, time};

dto::twin!(dto::hypothesis::Judgement = Judgement { Confirmed, Refuted, Inconclusive });

pub(crate) fn hypothesis(app: &App, it: &Hypothesis) -> dto::hypothesis::Hypothesis {
    dto::hypothesis::Hypothesis {
        number: it.number.to_string(),
        citation: it.citation().to_string(),
        bundle_id: it.bundle.to_string(),
        reference: it.reference.map(|it| it.to_string()),
        component: it.component.clone(),
        kind: it.kind.clone(),
        statement: it.statement.clone(),
        pinned_by: person(&it.pinned_by),
        pinned_at: time(it.pinned_at),
        judgement: it.judgement.map(Into::into),
        reason: it.reason.clone(),
        reason_html: it.reason.as_ref().map(|reason| app.render(reason, it.case_number)),
        judged_by: it.judged_by.as_ref().map(person),
        judged_at: maybe_time(it.judged_at),
    }
}
