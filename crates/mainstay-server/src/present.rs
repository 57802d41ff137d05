//! From what the use cases answer to what travels.

pub(crate) mod audit;
pub(crate) mod cited;
pub(crate) mod contrast;
pub(crate) mod customer;
pub(crate) mod gate;
pub(crate) mod handoff;
pub(crate) mod hypothesis;
pub(crate) mod intake;
pub(crate) mod line;
pub(crate) mod link;
pub(crate) mod mitigation;
pub(crate) mod person;
pub(crate) mod ranking;
pub(crate) mod redaction;
pub(crate) mod series;
pub(crate) mod signature;
pub(crate) mod sla;
pub(crate) mod swarm;
pub(crate) mod trace;

use mainstay_app::account::{Person, SignedIn};
use mainstay_app::bundle::{Bundle, BundleState, Phase, Step};
use mainstay_app::case::{CaseDetail, CaseSummary, QueueCounts, TimelineEntry};
use mainstay_app::evidence::Evidence;
use mainstay_app::{App, line as lines};
use mainstay_core::bundle::FailureReason;
use mainstay_core::case::Audience;
use mainstay_core::{Action, CaseNumber, Code, Status, policy};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::dto::{self, maybe_time, time};
use crate::problem::Failure;
use crate::state::Server;

pub(crate) fn person(person: &Person) -> dto::session::Person {
    dto::session::Person {
        id: person.id.to_string(),
        name: person.name.clone(),
        login: person.login.clone(),
        role: person.role.into(),
    }
}

/// A document that has the same shape on the wire as in core; a field that only one of them has is
/// refused, and a test reads every document in both directions.
pub(crate) fn same<T: DeserializeOwned>(document: &impl Serialize) -> Result<T, Failure> {
    let unlike = |_| Failure::refused(Code::Invalid, "the document does not fit");
    serde_json::from_value(serde_json::to_value(document).map_err(unlike)?).map_err(unlike)
}

pub(crate) fn session(server: &Server, signed_in: &SignedIn) -> dto::session::Session {
    let role = signed_in.user.role;
    let may = Action::ALL.into_iter().filter(|action| policy::allowed(role, *action));
    dto::session::Session {
        user: person(&signed_in.user),
        role: role.into(),
        csrf_token: signed_in.csrf_token.clone(),
        expires_at: time(signed_in.expires_at),
        demo: server.options.demo_user.is_some(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        may: may.map(|action| action.name().to_owned()).collect(),
    }
}

dto::twin!(dto::case::CaseStatus = Status { New, Open, Pending, Hold, Solved, Closed });
dto::twin!(dto::case::Audience = Audience { Internal, Public });

pub(crate) fn case_summary(case: &CaseSummary) -> dto::case::CaseSummary {
    dto::case::CaseSummary {
        number: case.number.to_string(),
        id: case.id.to_string(),
        subject: case.subject.clone(),
        severity: case.severity.into(),
        status: case.status.into(),
        waits_on: case.waits_on.clone(),
        promised_at: maybe_time(case.promised_at),
        clock: case.clock.map(|clock| dto::case::NextClock {
            metric: clock.metric.as_str().to_owned(),
            warn_at: time(clock.warn_at),
            due_at: time(clock.due_at),
        }),
        customer: case.customer.clone(),
        product: case.product.clone(),
        version: case.version.clone(),
        customer_id: case.customer_id.map(|id| id.to_string()),
        tier: case.tier.clone(),
        intake: case
            .intake
            .map(|(state, score)| dto::intake::CaseIntake { state: state.into(), score }),
        assignee: case.assignee.as_ref().map(person),
        opened_at: time(case.opened_at),
        updated_at: time(case.updated_at),
        bundles: case.bundles,
        bundles_reading: case.bundles_reading,
        evidence: case.evidence,
        notes: case.notes,
        sample: case.sample,
        merged_into: case.merged_into.map(|number| number.to_string()),
        case_version: case.case_version,
    }
}

pub(crate) fn case_detail(
    app: &App,
    case: &CaseDetail,
    bundles: &[Bundle],
) -> dto::case::CaseDetail {
    dto::case::CaseDetail {
        summary: case_summary(&case.summary),
        description: case.description.clone(),
        description_html: app.render(&case.description, case.summary.number),
        opened_by: person(&case.opened_by),
        resolution: case.resolution.clone(),
        gate: case.gate.as_ref().map(gate::gate),
        bundle_list: bundles.iter().map(|it| bundle(it, app.step(it.id).as_ref())).collect(),
    }
}

pub(crate) fn case_counts(counts: QueueCounts) -> dto::case::CaseCounts {
    let QueueCounts { all, mine, unowned, waiting, resolved } = counts;
    dto::case::CaseCounts { all, mine, unowned, waiting, resolved }
}

/// Texts of people are Markdown; the reason of a failed bundle is a word of ours, and so is what a
/// ranking states.
pub(crate) fn timeline_entry(
    app: &App,
    number: CaseNumber,
    entry: &TimelineEntry,
) -> dto::case::TimelineEntry {
    let ours = ["bundle", "clock", "hypothesis_pinned"];
    let is_markdown = !ours.iter().any(|kind| entry.kind.starts_with(kind));
    let text = entry.text.as_ref().filter(|text| is_markdown && !text.is_empty());
    dto::case::TimelineEntry {
        sequence: entry.sequence,
        at: time(entry.at),
        kind: entry.kind.clone(),
        actor: person(&entry.actor),
        audience: entry.audience.map(Into::into),
        title: entry.title.clone(),
        text: entry.text.clone(),
        html: text.map(|text| app.render(text, number)),
        evidence: entry.evidence.map(|evidence| evidence.to_string()),
        bundle: entry.bundle.map(|bundle| bundle.to_string()),
        assignee: entry.assignee.as_ref().map(person),
        from: entry.from.map(Into::into),
        to: entry.to.map(Into::into),
        status: entry.status.map(Into::into),
        due_at: maybe_time(entry.due_at),
        cites: entry.cites.iter().map(ToString::to_string).collect(),
    }
}

pub(crate) fn evidence(evidence: &Evidence, body_start: u32) -> dto::case::Evidence {
    dto::case::Evidence {
        number: evidence.number.to_string(),
        citation: evidence.citation().to_string(),
        bundle_id: evidence.bundle.to_string(),
        file: evidence.file,
        line: evidence.line,
        source: evidence.source.clone(),
        at: maybe_time(evidence.at),
        level: evidence.level.map(Into::into),
        excerpt: evidence.excerpt.clone(),
        body_start,
        pinned: evidence.pinned,
        pinned_by: person(&evidence.pinned_by),
        pinned_at: time(evidence.pinned_at),
    }
}

pub(crate) fn bundle(bundle: &Bundle, step: Option<&Step>) -> dto::bundle::Bundle {
    dto::bundle::Bundle {
        id: bundle.id.to_string(),
        case_number: bundle.case_number.to_string(),
        name: bundle.name.clone(),
        size_bytes: bundle.size_bytes,
        state: match bundle.state {
            BundleState::Reading => dto::bundle::BundleState::Reading,
            BundleState::Ready => dto::bundle::BundleState::Ready,
            BundleState::Failed => dto::bundle::BundleState::Failed,
        },
        failure: bundle.failure.map(|reason| failure(reason).to_owned()),
        received_at: time(bundle.received_at),
        received_by: person(&bundle.received_by),
        files: bundle.files,
        lines: bundle.lines,
        records: bundle.records,
        templates: bundle.templates,
        errors: bundle.errors,
        problems: bundle.problems,
        redactions: bundle.redactions,
        rules: bundle.rules.as_ref().map(redaction::used),
        identities: bundle.identities,
        first: maybe_time(bundle.first),
        last: maybe_time(bundle.last),
        reference: bundle.reference.map(|it| it.to_string()),
        progress: step.map(progress),
    }
}

/// What happened and what to do.
fn failure(reason: FailureReason) -> &'static str {
    match reason {
        FailureReason::Unreadable => {
            "Nothing in it could be opened. Check that the file is complete and not encrypted, \
             and send it again."
        }
        FailureReason::Interrupted => {
            "The program stopped while reading. The bytes were never kept in clear, so please \
             send the file again."
        }
        FailureReason::NotStored => {
            "It was read but could not be stored. Check the space on the server's disk, and send \
             the file again."
        }
    }
}

pub(crate) fn progress(step: &Step) -> dto::bundle::Progress {
    dto::bundle::Progress {
        phase: match step.phase {
            Phase::Opening => dto::bundle::Phase::Opening,
            Phase::Reading => dto::bundle::Phase::Reading,
            Phase::Mining => dto::bundle::Phase::Mining,
            Phase::Storing => dto::bundle::Phase::Storing,
        },
        done_bytes: step.done_bytes,
        total_bytes: None,
        files: step.files,
        lines: step.lines,
        current: step.current.clone(),
    }
}

pub(crate) fn file(file: &lines::BundleFile) -> dto::bundle::BundleFile {
    dto::bundle::BundleFile {
        id: file.id,
        path: file.path.clone(),
        size_bytes: file.size_bytes,
        kind: file.kind.as_str().to_owned(),
        format: file.format.clone(),
        confidence: file.confidence,
        source: file.source,
        lines: file.lines,
        records: file.records,
        items: file.items,
        first: maybe_time(file.first),
        last: maybe_time(file.last),
        problems: file.problems,
        redactions: file.redactions,
        read: file.read,
        note: file.note.clone(),
    }
}

pub(crate) fn source(source: &lines::Source) -> dto::bundle::Source {
    dto::bundle::Source {
        id: source.id,
        name: source.name.clone(),
        records: source.records,
        errors: source.errors,
        warns: source.warns,
        first: maybe_time(source.first),
        last: maybe_time(source.last),
    }
}

pub(crate) fn problem(problem: &lines::Problem) -> dto::bundle::ReadProblem {
    dto::bundle::ReadProblem {
        code: problem.code.as_str().to_owned(),
        file: problem.path.clone(),
        line: problem.line,
        offset: problem.offset,
        detail: problem.detail.clone(),
        count: problem.count,
    }
}

pub(crate) fn place(place: &mainstay_app::ranking::Place) -> dto::bundle::Place {
    dto::bundle::Place { file: place.file, path: place.path.clone(), line: place.line }
}

pub(crate) fn finding(finding: &lines::Finding) -> dto::bundle::Finding {
    let cites = finding.cites.iter().map(place);
    dto::bundle::Finding {
        id: finding.id,
        kind: finding.kind.as_str().to_owned(),
        severity: finding.severity.as_str().to_owned(),
        title: finding.title.clone(),
        detail: finding.detail.clone(),
        at: maybe_time(finding.at),
        until: maybe_time(finding.until),
        cites: cites.collect(),
    }
}
