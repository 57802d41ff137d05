//! The golden corpus: one file per kind and format, for ever. A file is never changed; a new shape
//! is a new format with a file of its own, and the old one is still read.

use std::collections::BTreeSet;
use std::path::PathBuf;

use mainstay_core::account::{Created, SignedIn, SignedOut};
use mainstay_core::case::{
    Assigned, Audience, Bell, BundleAttached, ClockRang, Closed, CustomerWrote, EvidencePinned,
    EvidenceUnpinned, HypothesisJudged, HypothesisPinned, Judgement, Noted, PoliciesPinned,
    ReferenceChosen, Reopened, Resolved, SeveritySet, StatusSet, UpdatePromised,
};
use mainstay_core::event::{self, Event, KINDS, Stream, Unreadable};
use mainstay_core::intake::{Checklist, Facts, assess};
use mainstay_core::redaction::{self, RulesPublished};
use mainstay_core::sla::event::PoliciesPublished;
use mainstay_core::sla::{self, Metric, PolicySetForm};
use mainstay_core::{
    EvidenceNumber, HypothesisNumber, Role, Severity, Status, account, bundle, case, customer,
    intake, signature,
};

use crate::bundle::{failed, look, read, received, redacted};
use crate::customer::{customer_id, profile};
use crate::fixture::{
    MOMENT, bundle_id, case_id, gate, note_id, opened, place, seen, session_id, user_id,
};
use crate::intake::complete;
use crate::signature::{answered, drafted, recognised, signature_id};

/// One of each kind, in the order of `KINDS`.
fn samples() -> Vec<Event> {
    let cases = [
        case::Event::Opened(opened()),
        case::Event::Assigned(Assigned { assignee: Some(user_id(1)) }),
        case::Event::SeveritySet(SeveritySet {
            from: Severity::P2,
            to: Severity::P1,
            reason: "shop is down".to_owned(),
        }),
        case::Event::Noted(Noted {
            note: note_id(1),
            audience: Audience::Public,
            text: "see [E1]".to_owned(),
            cites: vec![EvidenceNumber(1)],
        }),
        case::Event::BundleAttached(BundleAttached {
            bundle: bundle_id(1),
            name: "bundle-1.tar.gz".to_owned(),
        }),
        case::Event::EvidencePinned(EvidencePinned {
            evidence: EvidenceNumber(1),
            place: place(1, 17),
            seen: seen(),
        }),
        case::Event::EvidenceUnpinned(EvidenceUnpinned { evidence: EvidenceNumber(1) }),
        case::Event::Resolved(Resolved { resolution: "raised the pool".to_owned() }),
        case::Event::Reopened(Reopened { reason: "again".to_owned() }),
        case::Event::StatusSet(StatusSet {
            from: Status::Open,
            to: Status::Hold,
            waits_on: "database vendor".to_owned(),
            reason: "ticket 8812".to_owned(),
        }),
        case::Event::CustomerWrote(CustomerWrote {
            comment: note_id(2),
            contact: "Dana".to_owned(),
            text: "still broken".to_owned(),
            status: Status::Open,
        }),
        case::Event::UpdatePromised(UpdatePromised { by: MOMENT }),
        case::Event::Closed(Closed { reason: "confirmed".to_owned(), gate: Some(gate()) }),
        case::Event::PoliciesPinned(PoliciesPinned { version: 3 }),
        case::Event::ClockRang(ClockRang {
            metric: Metric::NextReplyTime,
            number: 2,
            bell: Bell::Breached,
            policies: 3,
            target_s: 3_600,
            due_at: MOMENT,
        }),
        case::Event::HypothesisPinned(HypothesisPinned {
            hypothesis: HypothesisNumber(1),
            bundle: bundle_id(2),
            reference: Some(bundle_id(1)),
            component: "ledger".to_owned(),
            kind: "config".to_owned(),
            statement: "a change came just before: pool 200 to 64".to_owned(),
        }),
        case::Event::HypothesisJudged(HypothesisJudged {
            hypothesis: HypothesisNumber(1),
            judgement: Judgement::Confirmed,
            reason: "raising the pool ended it, see [E1]".to_owned(),
        }),
        case::Event::ReferenceChosen(ReferenceChosen {
            bundle: bundle_id(2),
            reference: Some(bundle_id(1)),
        }),
        case::Event::CustomerSet(case::CustomerSet {
            customer: Some(customer_id()),
            name: "Acme Retail".to_owned(),
            tier: "platinum".to_owned(),
        }),
    ];
    let declined = case::SignatureDeclined { reason: "a question".to_owned() };
    let bundles = [
        bundle::Event::Received(received()),
        bundle::Event::Read(read()),
        bundle::Event::Failed(failed()),
        bundle::Event::Redacted(redacted()),
        bundle::Event::IdentityRevealed(look()),
        bundle::Event::Recognised(recognised()),
        bundle::Event::MatchAnswered(answered()),
    ];
    let (user, session) = (user_id(1), session_id());
    let accounts = [
        account::Event::Created(Created { user, role: Role::Senior }),
        account::Event::SignedIn(SignedIn { user, session }),
        account::Event::SignedOut(SignedOut { user, session }),
    ];
    let customers = [
        customer::Event::Added(customer::Added { customer: customer_id(), profile: profile() }),
        customer::Event::Changed(customer::Changed { profile: profile() }),
    ];
    let policies = [sla::event::Event::PoliciesPublished(policies())].map(Event::Sla);
    let checklists = [intake::event::Event::ChecklistsPublished(checklists())].map(Event::Intake);
    let declined = [case::Event::SignatureDeclined(declined)];
    let cases = cases.into_iter().chain(intakes()).chain(declined).chain(rooms()).map(Event::Case);
    let customers = customers.into_iter().map(Event::Customer);
    let bundles = bundles.into_iter().map(Event::Bundle);
    let accounts = accounts.into_iter().map(Event::Account);
    let rules = [redaction::Event::RulesPublished(rules())].map(Event::Redaction);
    let links = crate::link::samples().into_iter().map(Event::Link);
    cases
        .chain(links)
        .chain(customers)
        .chain(checklists)
        .chain(policies)
        .chain(rules)
        .chain(bundles)
        .chain(signatures())
        .chain(accounts)
        .chain(crate::handoff::steps().map(Event::Case))
        .chain(crate::person::people().map(Event::Person))
        .chain(crate::person::teams().map(Event::Team))
        .chain(crate::handoff::packets().map(Event::Handoff))
        .collect()
}

fn signatures() -> impl Iterator<Item = Event> {
    let reason = || "seen three times".to_owned();
    let events = [
        signature::Event::Drafted(drafted()),
        signature::Event::Edited(signature::Edited { text: drafted().text }),
        signature::Event::Activated(signature::Activated { reason: reason() }),
        signature::Event::Retired(signature::Retired { reason: reason() }),
    ];
    events.into_iter().map(Event::Signature)
}

fn intakes() -> [case::Event; 4] {
    let (built_in, report) = (Checklist::built_in(), complete());
    let assessment = assess((0, &built_in), Severity::P1, &report, &Facts::default(), MOMENT);
    [
        case::Event::IntakeReported(case::IntakeReported {
            revision: 1,
            report: report.into(),
            assessment,
        }),
        case::Event::IntakeSubmitted(case::IntakeSubmitted {
            round: 1,
            sender: user_id(1),
            team: "L1 EU".to_owned(),
            score: 85,
            threshold: None,
            override_reason: "P1 is never blocked".to_owned(),
            owed: vec!["evidence".to_owned()],
            owed_by: Some(MOMENT),
        }),
        case::Event::IntakeAccepted(case::IntakeAccepted { round: 1, score: 85 }),
        case::Event::IntakeReturned(case::IntakeReturned {
            round: 1,
            reason: case::ReturnReason::MissingEvidence,
            text: "the bundle of node 2, please".to_owned(),
            missing: vec!["evidence".to_owned()],
        }),
    ]
}

/// Decisions, swarms and mitigations.
fn rooms() -> [case::Event; 9] {
    let (swarm, mitigation, person) = (1, 1, user_id(1));
    [
        case::Event::Decided(case::Decided {
            decision: "fail over to the second site".to_owned(),
            reason: "the first does not answer".to_owned(),
        }),
        case::Event::SwarmOpened(case::SwarmOpened {
            swarm,
            question: "why does the pool not drain?".to_owned(),
            exit: "we know who holds the connections".to_owned(),
            box_minutes: 30,
            opened_at: MOMENT,
            people: vec![person],
            skills: vec!["postgresql".to_owned()],
        }),
        case::Event::SwarmJoined(case::SwarmJoined { swarm, person }),
        case::Event::SwarmLeft(case::SwarmLeft { swarm, person }),
        case::Event::SwarmTried(case::SwarmTried { swarm, text: "killed one session".to_owned() }),
        case::Event::SwarmRang(case::SwarmRang { swarm, boxes: 1 }),
        case::Event::SwarmClosed(case::SwarmClosed {
            swarm,
            outcome: case::SwarmOutcome::NextStep,
            decision: "raise the pool".to_owned(),
            owner: Some(person),
        }),
        case::Event::MitigationProposed(case::MitigationProposed {
            mitigation,
            what: "raise the pool to 200".to_owned(),
            risk: case::Risk::Medium,
            risk_why: "the database has 500 connections".to_owned(),
            rollback: "set it back when waits rise".to_owned(),
            change: "CHG-77".to_owned(),
            proposed_by: person,
        }),
        case::Event::MitigationMoved(case::MitigationMoved {
            mitigation,
            to: case::MitigationState::RolledBack,
            note: "waits rose".to_owned(),
        }),
    ]
}

fn checklists() -> intake::event::ChecklistsPublished {
    let set = serde_json::from_str(
        r#"{"checklists": [{"name": "shop", "position": 1, "thresholds": {"P2": 60},
            "filter": {"all": [{"field": "product", "is": ["Shop"]}]},
            "items": [{"check": "evidence", "weight": 40, "command": "shopctl bundle"},
                      {"check": "question", "weight": 10, "id": "licence", "text": "Which licence?",
                       "hint": "shopctl licence"}]}]}"#,
    )
    .expect("a form");
    intake::event::ChecklistsPublished { version: 2, set, reason: "asked by L3".to_owned() }
}

fn policies() -> PoliciesPublished {
    let set: PolicySetForm = serde_json::from_str(
        r#"{"calendars": {"london": {"tz": "Europe/London",
                "hours": {"mon": [["09:00", "17:00"]]},
                "holidays": ["2026-12-25", {"date": "2027-01-01", "name": "New Year"}]}},
            "policies": [{"name": "gold", "position": 1, "calendar": "london",
                "filter": {"all": [{"field": "customer", "is": ["Acme"]}]},
                "targets": [{"severity": "P1", "metric": "first_reply_time",
                             "target_s": 900, "hours": "calendar"}]}]}"#,
    )
    .expect("a form");
    PoliciesPublished { version: 3, set, reason: "new contract".to_owned() }
}

fn rules() -> RulesPublished {
    let text = "version: 1\nrules:\n  - name: projects # of ours\n    words: [bluebird]\n";
    RulesPublished { version: 2, text: text.to_owned(), reason: "a new project".to_owned() }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/events")
}

fn golden(kind: &str, format: u32) -> String {
    let path = folder().join(format!("{kind}.{format}.json"));
    let text = std::fs::read_to_string(&path);
    text.unwrap_or_else(|_| panic!("{} is missing", path.display())).trim_end().to_owned()
}

#[test]
fn every_kind_is_written_as_its_golden_file_says() {
    let samples = samples();
    assert_eq!(samples.len(), KINDS.len());
    for (sample, (kind, format)) in samples.iter().zip(KINDS) {
        let encoded = event::encode(sample).expect("plain data");
        assert_eq!((encoded.kind, encoded.format), (*kind, *format));
        assert_eq!(encoded.body, golden(kind, *format), "of {kind}");
    }
}

/// Also r17: whatever was once written is still read.
#[test]
fn r17_every_golden_file_is_read() {
    let mut known = BTreeSet::new();
    for (sample, (kind, newest)) in samples().iter().zip(KINDS) {
        for format in 1..=*newest {
            let decoded = event::decode(kind, format, &golden(kind, format));
            let expect = as_of(format, sample);
            assert_eq!(decoded.expect("it was written once"), expect, "{kind} format {format}");
            known.insert(format!("{kind}.{format}.json"));
        }
    }
    let entries = std::fs::read_dir(folder()).expect("the corpus is there");
    let files: BTreeSet<String> = entries
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(files, known, "a kind that is not written any more keeps its reader");
}

/// What an older format could say of the sample.
fn as_of(format: u32, sample: &Event) -> Event {
    match (format, sample.clone()) {
        (1, Event::Case(case::Event::Closed(closed))) => {
            Event::Case(case::Event::Closed(Closed { gate: None, ..closed }))
        }
        (_, same) => same,
    }
}

#[test]
fn what_is_not_known_is_refused_with_the_next_step() {
    let check = |kind: &str, format: u32, body: &str, expect: &str| {
        let refusal = event::decode(kind, format, body).expect_err("refused");
        assert_eq!(refusal.to_string(), expect);
    };
    let unknown =
        "event kind case.swallowed is not known to this version; use the version that wrote it";
    check("case.swallowed", 1, "{}", unknown);
    let newer = "event case.resolved has format 2, newer than this version reads; upgrade first";
    check("case.resolved", 2, "{}", newer);
    let misfit = "event case.resolved has a body that does not fit its format";
    for body in ["{}", "null", "", "{\"resolution\":\"x\",\"more\":1}"] {
        check("case.resolved", 1, body, misfit);
    }
    assert!(matches!(event::decode("case.resolved", 0, "{}"), Err(Unreadable::NewerFormat { .. })));
}

#[test]
fn streams_print_as_they_parse_and_sort_as_they_print() {
    let streams = [
        Stream::Admin,
        Stream::Bundle(bundle_id(1)),
        Stream::Case(case_id()),
        Stream::Checklists,
        Stream::Customer(customer_id()),
        Stream::Handoff(crate::handoff::handoff_id()),
        Stream::Person(user_id(1)),
        Stream::Policies,
        Stream::Redaction,
        Stream::Signature(signature_id()),
        Stream::Team(crate::person::team_id()),
    ];
    let printed: Vec<String> = streams.iter().map(ToString::to_string).collect();
    for (stream, text) in streams.iter().zip(&printed) {
        assert_eq!(text.parse(), Ok(*stream));
    }
    assert!(streams.is_sorted() && printed.is_sorted());
    for foreign in ["", "case", "case/", "case/7", "admin/1", "incident/x"] {
        assert!(foreign.parse::<Stream>().is_err(), "{foreign:?}");
    }
}

/// The documentation of the log names every kind that is written, and no other.
#[test]
fn the_documentation_names_every_kind() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/event-log.md");
    let page = std::fs::read_to_string(path).expect("docs/event-log.md");
    let table = page.split("## Kinds").nth(1).expect("kinds").split("Each has format 1").next();
    let named: BTreeSet<&str> = table
        .expect("a table")
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| word.contains('.'))
        .collect();
    let written: BTreeSet<&str> = KINDS.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(named, written);
}
