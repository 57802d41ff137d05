//! Signatures as they travel.

use mainstay_app::signature::{
    Proposal, Signature, SignatureDetail, SignatureMatch, SignatureVersion, document_of,
};
use mainstay_core::bundle::{Answer, Shared};
use mainstay_core::signature::{CASES_MIN, Document, Stage};

use super::person;
use crate::dto::{maybe_time, signature as dto, time};

crate::dto::twin!(dto::SignatureStage = Stage { Draft, Active, Retired });
crate::dto::twin!(dto::MatchAnswer = Answer { Confirmed, NotThis });

pub(crate) fn summary(it: &Signature) -> dto::SignatureSummary {
    dto::SignatureSummary {
        number: it.number.to_string(),
        name: it.name.clone(),
        kind: it.kind.clone(),
        stage: it.stage.into(),
        case_number: it.case.map(|case| case.to_string()),
        drafted_at: time(it.drafted_at),
        drafted_by: person(&it.drafted_by),
        changed_at: time(it.changed_at),
        changed_by: person(&it.changed_by),
        confirmed: it.confirmed,
        answered: it.answered,
        bundles: it.bundles,
        cases: it.cases,
        last_seen_at: maybe_time(it.last_seen),
        version: it.version,
    }
}

pub(crate) fn detail(it: &SignatureDetail) -> dto::SignatureDetail {
    let signature = &it.signature;
    let document = document_of(&signature.text);
    let described = document.features.iter();
    dto::SignatureDetail {
        summary: summary(signature),
        text: signature.text.clone(),
        features: described
            .map(|(feature, words)| dto::SignatureFeature {
                feature: feature.to_string(),
                words: words.clone(),
            })
            .collect(),
        affects: document.affects,
        fixed_in: document.fixed_in,
        cause: document.cause,
        workaround: document.workaround,
        fix: document.fix,
        verify: document.verify,
        bundle_id: signature.bundle.map(|bundle| bundle.to_string()),
        hypothesis: signature.hypothesis.map(|hypothesis| hypothesis.to_string()),
        versions: it.versions.iter().map(version).collect(),
        matches: it.matches.iter().map(matched).collect(),
    }
}

fn version(it: &SignatureVersion) -> dto::SignatureVersion {
    dto::SignatureVersion {
        version: it.version,
        kind: it.kind.clone(),
        text: it.text.clone(),
        reason: it.reason.clone(),
        at: time(it.at),
        actor: person(&it.actor),
    }
}

pub(crate) fn matched(it: &SignatureMatch) -> dto::SignatureMatch {
    let document = document_of(&it.text);
    let lacking = it.lacking.iter().map(|feature| lacking(feature, &document)).collect();
    dto::SignatureMatch {
        signature: it.number.to_string(),
        name: it.name.clone(),
        stage: it.stage.into(),
        origin_case: it.origin_case.map(|case| case.to_string()),
        bundle_id: it.bundle.to_string(),
        bundle_name: it.bundle_name.clone(),
        case_number: it.case.to_string(),
        subject: it.subject.clone(),
        rank: it.rank,
        score: f64::from(it.score) / 1000.0,
        false_match: it.seen.false_match(),
        other_cases: it.seen.cases,
        other_cases_fitting: it.seen.fitting,
        other_cases_min: CASES_MIN,
        shared: it.shared.iter().map(reason).collect(),
        lacking,
        affects: document.affects,
        fixed_in: document.fixed_in,
        cause: document.cause,
        workaround: document.workaround,
        fix: document.fix,
        verify: document.verify,
        matched_at: time(it.matched_at),
        answer: it.answer.map(Into::into),
        reason: it.reason.clone(),
        answered_by: it.answered_by.as_ref().map(person),
        answered_at: maybe_time(it.answered_at),
        confirmed: it.confirmed,
        answered: it.answered,
    }
}

fn reason(shared: &Shared) -> dto::MatchReason {
    dto::MatchReason {
        feature: shared.feature.clone(),
        words: shared.words.clone(),
        file: shared.place.map(|(file, _)| file),
        line: shared.place.map(|(_, line)| line),
    }
}

/// With the words that the signature has for it now.
fn lacking(feature: &str, document: &Document) -> dto::SignatureFeature {
    let known = document.features.iter().find(|(own, _)| own.to_string() == feature);
    dto::SignatureFeature {
        feature: feature.to_owned(),
        words: known.map_or_else(String::new, |(_, words)| words.clone()),
    }
}

pub(crate) fn proposal(it: Proposal) -> dto::SignatureProposal {
    dto::SignatureProposal {
        bundle_id: it.bundle.map(|bundle| bundle.to_string()),
        hypothesis: it.hypothesis.map(|hypothesis| hypothesis.to_string()),
        text: it.text,
        features: it.features,
        none: it.none.map(str::to_owned),
    }
}
