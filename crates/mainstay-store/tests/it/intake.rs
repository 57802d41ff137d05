//! Checklists are versions, a report is kept with what was found of it, and waiting intake is a view.

use mainstay_core::case::{Command, IntakeCommand, IntakeState, ReturnReason};
use mainstay_core::event::{Event, Stream};
use mainstay_core::intake::{Checklist, Facts, Report, assess, event};
use mainstay_core::status::Category;
use mainstay_core::{Severity, UtcMicros};
use mainstay_store::{Owner, Queue, QueueSort};

use crate::fixture::{ANN, Desk, MORNING, case_id, user};
use crate::store_suite;

store_suite! { intake:
    checklists_are_versions,
    rounds_are_kept,
    waiting_intake_is_a_view,
}

pub(crate) fn report(ask: &str) -> Command {
    let (report, assessment) = judged(ask);
    Command::Intake(Box::new(IntakeCommand::Report { report, assessment, seen: None }))
}

pub(crate) fn submit(ask: &str) -> Command {
    let (report, assessment) = judged(ask);
    let (team, override_reason) = ("L1".to_owned(), "it burns".to_owned());
    let command = IntakeCommand::Submit { report, assessment, seen: None, team, override_reason };
    Command::Intake(Box::new(command))
}

pub(crate) fn accept() -> Command {
    Command::Intake(Box::new(IntakeCommand::Accept))
}

pub(crate) fn send_back(reason: ReturnReason) -> Command {
    let text = "the bundle of node 2, please".to_owned();
    Command::Intake(Box::new(IntakeCommand::Return { reason, text }))
}

fn judged(ask: &str) -> (Box<Report>, mainstay_core::intake::Assessment) {
    let report = Report { ask: ask.to_owned(), owner: "Kim".to_owned(), ..Report::default() };
    let checklist = Checklist::built_in();
    let found = assess((0, &checklist), Severity::P2, &report, &Facts::default(), MORNING);
    (report.into(), found)
}

async fn checklists_are_versions(desk: Desk) {
    assert_eq!(desk.store.checklists(None).await.expect("asked"), None);
    let form = |weight: u32| {
        let json = format!(
            r#"{{"checklists": [{{"name": "shop", "position": 1,
                "items": [{{"check": "window", "weight": {weight}}}]}}]}}"#
        );
        serde_json::from_str(&json).expect("a form")
    };
    for (last, weight) in [(0, 10), (1, 20)] {
        let mut write = desk.write().await;
        let version = write.load_version(Stream::Checklists).await.expect("a version");
        assert_eq!(version, u64::from(last), "a version of the stream is one of the checklists");
        let published = event::publish(last, form(weight), "L3 asked".to_owned()).expect("good");
        write.append(Stream::Checklists, version, &[Event::Intake(published)]).await.expect("new");
        write.commit().await.expect("committed");
    }
    let newest = desk.store.checklists(None).await.expect("asked").expect("published");
    assert_eq!((newest.version, &newest.set), (2, &form(20)));
    let first = desk.store.checklists(Some(1)).await.expect("asked").expect("published");
    assert_eq!((first.set, first.published_by.login.as_str()), (form(10), "ann"));
    desk.assert_whole().await;
}

async fn rounds_are_kept(desk: Desk) {
    let id = desk.open_case(1, "Checkout 502s").await;
    assert_eq!(desk.store.intake_report(id).await.expect("asked"), None);
    desk.command(id, report("find it")).await;
    desk.command(id, submit("find the cause")).await;
    desk.command(id, send_back(ReturnReason::MissingEvidence)).await;
    desk.command(id, submit("find the cause, please")).await;
    desk.command(id, accept()).await;
    let reported = desk.store.intake_report(id).await.expect("asked").expect("a report");
    assert_eq!((reported.revision, reported.report.ask.as_str()), (3, "find the cause, please"));
    let rounds = desk.store.intake_rounds(id).await.expect("asked");
    let told: Vec<String> = rounds
        .iter()
        .map(|round| {
            let decision = round.decision.as_ref().expect("decided");
            let (state, missing) = (decision.state.as_str(), decision.missing.len());
            format!(
                "{} {} {} {state} {} {missing}",
                round.round, round.team, round.score, decision.reason
            )
        })
        .collect();
    assert_eq!(told, ["1 L1 5 returned missing_evidence 9", "2 L1 5 accepted  0"]);
    assert_eq!(rounds[0].sender.login, "ann");
    let number = desk.store.case_number(id).await.expect("asked").expect("a case");
    let case = desk.store.case_by_number(number).await.expect("asked").expect("a case").summary;
    assert_eq!(case.intake, Some((IntakeState::Accepted, 5)));
    for (since, sender, expect) in [
        (MORNING, None, 1),
        (MORNING, Some(user(ANN)), 1),
        (MORNING, Some(user(0xFF)), 0),
        (UtcMicros(MORNING.0 + 1), None, 0),
    ] {
        let tallies = desk.store.intake_tallies(since, sender).await.expect("asked");
        assert_eq!(tallies.len(), expect, "{sender:?}");
        if let Some(tally) = tallies.get("L1") {
            assert_eq!(
                (tally.accepted, tally.returned, tally.reasons["missing_evidence"]),
                (1, 1, 1)
            );
        }
    }
    desk.assert_whole().await;
}

async fn waiting_intake_is_a_view(desk: Desk) {
    for key in 1..=4 {
        desk.open_case(key, "Slow export").await;
    }
    for key in [2, 4] {
        desk.command(case_id(key), submit("look")).await;
    }
    desk.command(case_id(3), report("look")).await;
    let queue = |sort, text: &str, limit| Queue {
        category: Category::Open,
        owner: Owner::Receiver,
        severities: vec![],
        text: text.to_owned(),
        sort,
        cursor: String::new(),
        limit,
    };
    for sort in [QueueSort::Severity, QueueSort::Updated, QueueSort::Opened, QueueSort::Due] {
        for text in ["", "export"] {
            let asked = queue(sort, text, 1);
            let first = desk.store.queue(&asked).await.expect("a page");
            assert_eq!((first.cases.len(), first.total), (1, 2), "{sort:?} {text}");
            let cursor = first.next_cursor.clone().expect("one more");
            let second = desk.store.queue(&Queue { cursor, ..asked }).await.expect("a page");
            let mut numbers = [first.cases[0].number.0, second.cases[0].number.0];
            numbers.sort_unstable();
            assert_eq!((numbers, second.next_cursor), ([1002, 1004], None), "{sort:?} {text}");
        }
    }
    assert_eq!(desk.store.queue_counts(user(ANN)).await.expect("counts").waiting, 2);
    desk.command(case_id(2), accept()).await;
    let resolution = "fixed".to_owned();
    desk.command(case_id(4), Command::Resolve { resolution }).await;
    assert_eq!(desk.store.queue_counts(user(ANN)).await.expect("counts").waiting, 0);
    let empty = desk.store.queue(&queue(QueueSort::Severity, "", 9)).await.expect("a page");
    assert_eq!((empty.cases.len(), empty.total), (0, 0));
    desk.assert_whole().await;
}
