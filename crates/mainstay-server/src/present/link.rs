//! How cases belong together.

use mainstay_app::link::{Link, Merged, RelatedView};

use super::{case_summary, person};
use crate::dto::link as dto;
use crate::dto::{maybe_time, time};

pub(crate) fn related(view: &RelatedView) -> dto::RelatedCases {
    dto::RelatedCases {
        links: view.links.iter().map(link).collect(),
        merged_into: view.merged_into.map(|number| number.to_string()),
        merged: view.merged.iter().map(merged).collect(),
        informed: view
            .informed
            .iter()
            .map(|it| dto::Informed {
                name: it.name.clone(),
                address: it.address.clone(),
                replies_to: it.replies_to.to_string(),
            })
            .collect(),
        sufferers: view.sufferers.iter().map(case_summary).collect(),
    }
}

fn link(it: &Link) -> dto::CaseLink {
    dto::CaseLink {
        relation: it.end.word(it.relation).to_owned(),
        number: it.number.to_string(),
        subject: it.subject.clone(),
        severity: it.severity.into(),
        status: it.status.into(),
        customer: it.customer.clone(),
        merged_into: it.merged_into.map(|number| number.to_string()),
        reason: it.reason.clone(),
        linked_at: time(it.linked_at),
        linked_by: person(&it.linked_by),
    }
}

fn merged(it: &Merged) -> dto::MergedCase {
    dto::MergedCase {
        number: it.number.to_string(),
        subject: it.subject.clone(),
        severity: it.severity.into(),
        status: it.status.into(),
        started_at: time(it.started_at),
        promised_at: maybe_time(it.promised),
        breached: it
            .breached
            .iter()
            .map(|late| dto::CarriedBreach {
                metric: late.metric.as_str().to_owned(),
                number: late.number,
                target_s: late.target_s,
                elapsed_s: late.elapsed_s,
            })
            .collect(),
        reason: it.reason.clone(),
        merged_at: time(it.merged_at),
        merged_by: person(&it.merged_by),
    }
}
