//! Mitigations as they travel.

use mainstay_app::App;
use mainstay_app::mitigation::Mitigation;
use mainstay_core::CaseNumber;
use mainstay_core::case::{MitigationState, Risk};

use super::person;
use crate::dto::{self, mitigation as wire, time};

dto::twin!(wire::Risk = Risk { Low, Medium, High });
dto::twin!(
    wire::MitigationState =
        MitigationState { Proposed, Approved, Applied, Helped, RolledBack, Dropped }
);

pub(crate) fn mitigation(app: &App, case: CaseNumber, it: &Mitigation) -> wire::Mitigation {
    let next = MitigationState::ALL.into_iter().filter(|next| it.state.may_become(*next, it.risk));
    wire::Mitigation {
        number: it.number,
        what: it.what.clone(),
        what_html: app.render(&it.what, case),
        risk: it.risk.into(),
        risk_why: it.risk_why.clone(),
        rollback: it.rollback.clone(),
        change: it.change.clone(),
        proposed_at: time(it.proposed_at),
        proposed_by: person(&it.proposed_by),
        approved_by: it.approved_by.as_ref().map(person),
        state: it.state.into(),
        next: next.map(Into::into).collect(),
        note: it.note.clone(),
        moved_at: time(it.moved_at),
        moved_by: person(&it.moved_by),
    }
}
