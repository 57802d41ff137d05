//! Suspects and differences.

use mainstay_app::ranking::{self, Library, Place, Reference};
use mainstay_core::{BundleId, UtcMicros};

use crate::dto::ranking as dto;
use crate::dto::{maybe_time, time};

/// Between the name of a reference and a path in it.
const ELSEWHERE: char = '!';

/// Who is looked at, and beside whom: citations lead into either.
struct Here<'r> {
    bundle: String,
    reference: Option<(String, &'r str)>,
}

pub(crate) fn ranking(id: BundleId, ranking: &ranking::Ranking) -> dto::Ranking {
    let reference = ranking.reference.as_ref();
    let here = Here {
        bundle: id.to_string(),
        reference: reference.map(|it| (it.bundle.to_string(), it.name.as_str())),
    };
    let diagnosis = &ranking.diagnosis;
    let window = diagnosis.window.as_ref();
    dto::Ranking {
        verdict: diagnosis.verdict.as_str().to_owned(),
        reason: diagnosis.reason.clone(),
        confidence: diagnosis.confidence,
        why_not_higher: diagnosis.why_not_higher.clone(),
        window: window.map(|it| moments(it.start, it.end)),
        window_why: window.map(|it| it.why.clone()),
        entry: diagnosis.entry.clone(),
        baseline: diagnosis.baseline.clone(),
        suspects: diagnosis.hypotheses.iter().map(|it| here.suspect(it)).collect(),
        others: diagnosis.others,
        excluded: diagnosis.excluded.iter().map(excluded).collect(),
        changes: diagnosis.changes.iter().map(|it| here.change(it)).collect(),
        unrelated: diagnosis
            .unrelated
            .iter()
            .map(|it| dto::UnrelatedChange {
                change: here.change(&it.change),
                reason: it.reason.clone(),
            })
            .collect(),
        examined: diagnosis.examined.clone(),
        missing: diagnosis.missing.clone(),
        reference: here.reference.map(|(id, _)| id),
    }
}

fn moments(from: UtcMicros, to: UtcMicros) -> dto::Moments {
    dto::Moments { from: time(from), to: time(to) }
}

fn excluded(it: &mainstay_app::ranking::Excluded) -> dto::Excluded {
    dto::Excluded {
        component: it.component.clone(),
        what: it.what.clone(),
        from: time(it.from),
        until: time(it.until),
    }
}

/// The pattern of the library by the id it is written down with.
fn known_cause(written: &str) -> Option<dto::KnownCause> {
    let (id, _) = written.split_once(':')?;
    let pattern = Library::built_in().by_id(id)?;
    Some(dto::KnownCause {
        id: pattern.id.clone(),
        cause: pattern.cause.clone(),
        check: pattern.check.clone(),
        fix: pattern.fix.clone(),
        article: pattern.article.clone(),
    })
}

impl Here<'_> {
    fn suspect(&self, it: &ranking::Hypothesis) -> dto::Suspect {
        dto::Suspect {
            component: it.component.clone(),
            kind: it.kind.as_str().to_owned(),
            statement: it.statement.clone(),
            score: it.score,
            own_score: it.own_score,
            confidence: it.confidence,
            status: it.status.as_str().to_owned(),
            contributions: it.contributions.iter().map(|it| self.contribution(it)).collect(),
            supporting: it.supporting.clone(),
            against: it.against.clone(),
            missing: it.missing.clone(),
            onset: it.onset.map(|(from, to)| moments(from, to)),
            next_check: it.next_check.clone(),
            mitigation: ranking::safe_mitigation(it.kind).to_owned(),
            known_causes: it.patterns.iter().filter_map(|it| known_cause(it)).collect(),
            cites: self.cites(&it.cites),
        }
    }

    fn contribution(&self, it: &ranking::Contribution) -> dto::Contribution {
        dto::Contribution {
            group: it.group.clone(),
            name: it.name.clone(),
            value: it.value,
            detail: it.detail.clone(),
            cites: self.cites(&it.cites),
        }
    }

    fn change(&self, it: &ranking::Change) -> dto::Change {
        dto::Change {
            kind: it.kind.as_str().to_owned(),
            about: it.about.clone(),
            detail: it.detail.clone(),
            at: maybe_time(it.at),
            cites: self.cites(&it.cites),
        }
    }

    fn cites(&self, places: &[Place]) -> Vec<dto::Cite> {
        places.iter().map(|it| self.cite(it)).collect()
    }

    /// A path that begins with the reference's name lies in the reference.
    fn cite(&self, place: &Place) -> dto::Cite {
        let elsewhere = self.reference.as_ref().and_then(|(id, name)| {
            let path = place.path.strip_prefix(*name)?.strip_prefix(ELSEWHERE)?;
            Some((id.clone(), path.to_owned()))
        });
        let (bundle_id, path) =
            elsewhere.unwrap_or_else(|| (self.bundle.clone(), place.path.clone()));
        dto::Cite { bundle_id, file: place.file, path, line: place.line }
    }
}

pub(crate) fn comparison(id: BundleId, reference: &Reference) -> dto::Comparison {
    let bad = Here { bundle: id.to_string(), reference: None };
    let good = Here { bundle: reference.bundle.to_string(), reference: None };
    let of = |is_in_bad: bool| if is_in_bad { &bad } else { &good };
    let shifts = |list: &[ranking::MessageShift]| -> Vec<dto::MessageShift> {
        list.iter().map(|it| message(it, of(it.right > 0))).collect()
    };
    let found = &reference.comparison;
    let messages = &found.messages;
    let side = |here: &Here<'_>, side: &ranking::Side| dto::ComparedSide {
        bundle_id: here.bundle.clone(),
        name: side.name.clone(),
        records: side.records,
        messages: side.messages,
        errors: side.errors,
    };
    dto::Comparison {
        good: side(&good, &found.left),
        bad: side(&bad, &found.right),
        messages: messages.all,
        both: messages.both,
        gone: shifts(&messages.only_left),
        gone_others: messages.only_left_others,
        new: shifts(&messages.only_right),
        new_others: messages.only_right_others,
        shifted: shifts(&messages.shifted),
        shifted_others: messages.shifted_others,
        values: found.values.iter().map(|it| value(it, of(it.right > 0.0))).collect(),
        metrics: found.metrics.iter().map(|it| metric(it, &bad)).collect(),
        gone_components: found.only_left_components.clone(),
        new_components: found.only_right_components.clone(),
        changes: found.changes.iter().map(|it| bad.change(it)).collect(),
    }
}

fn message(it: &ranking::MessageShift, here: &Here<'_>) -> dto::MessageShift {
    dto::MessageShift {
        text: it.text.clone(),
        component: it.component.clone(),
        level: it.level.map(Into::into),
        good: it.left,
        bad: it.right,
        ratio: it.ratio,
        false_discovery: it.false_discovery,
        cites: here.cites(&it.cites),
    }
}

fn value(it: &ranking::ValueShift, here: &Here<'_>) -> dto::ValueShift {
    dto::ValueShift {
        message: it.message.clone(),
        value: it.value.clone(),
        good: it.left,
        bad: it.right,
        cites: here.cites(&it.cites),
    }
}

fn metric(it: &ranking::MetricShift, here: &Here<'_>) -> dto::MetricShift {
    dto::MetricShift {
        component: it.component.clone(),
        metric: it.metric.clone(),
        good: it.left,
        bad: it.right,
        score: it.score,
        cites: here.cites(&it.cites),
    }
}
