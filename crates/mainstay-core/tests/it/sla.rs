//! Clocks: what the published examples (`mainstay sla check`) do not hold.

use mainstay_core::calendar::{Calendar, CalendarForm};
use mainstay_core::sla::{Clock, Ending, Entry, EntryKind, Metric, State, explain};
use mainstay_core::{Status, UtcMicros};
use proptest::prelude::*;

const MINUTE_US: i64 = 60_000_000;

fn at(text: &str) -> UtcMicros {
    format!("2026-11-{text}:00Z").parse().expect("a time")
}

fn entry(text: &str, kind: EntryKind, status: impl Into<Option<Status>>) -> Entry {
    Entry { at: at(text), kind, status: status.into() }
}

fn office() -> Calendar {
    let json = r#"{"tz": "Europe/London",
        "hours": {"mon": [["09:00","17:00"]], "tue": [["09:00","17:00"]], "wed": [["09:00","17:00"]]},
        "holidays": [{"date": "2026-11-10", "name": "Founders' Day"}],
        "shifts": {"2026-11-14": [["10:00", "12:00"]]},
        "breaks": {"2026-11-09": [["12:00", "12:30"]]}}"#;
    let form: CalendarForm = serde_json::from_str(json).expect("a form");
    Calendar::new(&form).expect("a calendar")
}

fn clocks(metric: Metric, history: &[Entry], hours: i64, now: &str) -> Vec<Clock> {
    let target_us = hours * 60 * MINUTE_US;
    metric
        .instances(history, at(now))
        .into_iter()
        .map(|instance| Clock::new(instance, target_us, &office(), at(now)))
        .collect()
}

/// What a person reads of a clock.
fn told(metric: Metric, history: &[Entry], hours: i64, now: &str) -> String {
    let mut text = String::new();
    for clock in clocks(metric, history, hours, now) {
        for row in explain::segments(&clock, history, &office(), at(now)) {
            let counted = if row.reason.is_counted() { "counts" } else { "stands" };
            text += &format!(
                "{} .. {} {counted} {} [{}] {}s\n",
                row.span.from,
                row.span.to,
                row.reason,
                row.status.as_str(),
                row.total_us / 1_000_000,
            );
        }
        text += &format!("{:?} after {}s, due {:?}\n", clock.state, clock.elapsed_s(), clock.due);
    }
    text
}

/// From Monday 11:00 over a break, a holiday, a wait for the customer and a Saturday shift.
#[test]
fn a_clock_is_laid_open() {
    let history = [
        entry("09T11:00", EntryKind::Create, Status::New),
        entry("09T13:00", EntryKind::Agent, Status::Open),
        entry("11T10:00", EntryKind::Agent, Status::Pending),
        entry("11T16:00", EntryKind::Customer, Status::Open),
        entry("14T11:00", EntryKind::Agent, Status::Solved),
    ];
    insta::assert_snapshot!(told(Metric::AgentWorkTime, &history, 8, "16T09:00"));
}

/// Solved without a word is no reply, and closed without a word is no verdict.
#[test]
fn a_solution_is_not_a_reply() {
    let mut history = vec![
        entry("09T09:00", EntryKind::Create, Status::New),
        entry("09T10:00", EntryKind::Status, Status::Solved),
    ];
    let solved = &clocks(Metric::FirstReplyTime, &history, 1, "09T10:30")[0];
    assert_eq!((solved.state, solved.instance.end), (State::Breached, None));
    history.push(entry("09T11:00", EntryKind::Status, Status::Closed));
    let closed = &clocks(Metric::FirstReplyTime, &history, 1, "09T12:00")[0];
    assert_eq!(closed.state, State::Cancelled);
    assert_eq!(closed.instance.end, Some((at("09T11:00"), Ending::ClosedUnanswered)));
}

/// Our own opening words are the first comment; the promise is kept by the second.
#[test]
fn a_case_that_we_open_is_replied_to_by_the_second_word() {
    let history = [
        entry("09T09:00", EntryKind::CreateByAgent, Status::Open),
        entry("09T09:10", EntryKind::Customer, None),
        entry("09T09:50", EntryKind::Agent, None),
    ];
    let first = &clocks(Metric::FirstReplyTime, &history, 1, "09T10:00")[0];
    assert_eq!((first.elapsed_s(), first.state), (50 * 60, State::Met));
    assert_eq!(clocks(Metric::NextReplyTime, &history, 1, "09T10:00"), []);
    let updates = clocks(Metric::PeriodicUpdateTime, &history, 1, "09T10:00");
    assert_eq!(updates.len(), 2, "the opening words promise the next");
}

#[test]
fn equal_is_in_time_and_closing_time_is_not_yet_late() {
    let history = [entry("09T16:00", EntryKind::Create, Status::New)];
    let state = |now: &str| clocks(Metric::TotalResolutionTime, &history, 1, now)[0].state;
    assert_eq!(state("09T16:30"), State::OnTrack);
    assert_eq!(state("09T16:45"), State::DueSoon);
    assert_eq!(state("09T16:59"), State::DueNow);
    // Tuesday is a holiday: nothing is late before Wednesday's opening
    assert_eq!(state("10T12:00"), State::DueNow);
    assert_eq!(state("11T09:01"), State::Breached);
    let late = &clocks(Metric::TotalResolutionTime, &history, 1, "11T09:01")[0];
    assert_eq!(late.breached_at, Some(at("11T09:00")));
    let due = clocks(Metric::TotalResolutionTime, &history, 1, "09T16:30")[0].due.expect("due");
    assert_eq!((due.at, due.reopens_at), (at("09T17:00"), Some(at("11T09:00"))));
}

/// Tuesday to Tuesday waiting for the customer costs nothing, and the pause survives whatever
/// target is asked for later.
#[test]
fn a_pause_counts_for_every_target() {
    let history = [
        entry("09T09:00", EntryKind::Create, Status::New),
        entry("09T10:00", EntryKind::Agent, Status::Pending),
    ];
    for hours in [1, 2, 8] {
        let clock = &clocks(Metric::AgentWorkTime, &history, hours, "18T10:00")[0];
        assert_eq!((clock.elapsed_s(), clock.state), (60 * 60, State::Paused));
        assert_eq!(clock.due, None);
    }
}

#[test]
fn a_reopened_case_resumes_its_count() {
    let history = [
        entry("09T09:00", EntryKind::Create, Status::New),
        entry("09T10:00", EntryKind::Agent, Status::Solved),
        entry("11T09:00", EntryKind::Customer, Status::Open),
    ];
    let clock = &clocks(Metric::TotalResolutionTime, &history, 8, "11T10:00")[0];
    assert_eq!((clock.elapsed_s(), clock.state), (2 * 60 * 60, State::OnTrack));
    let replies = clocks(Metric::NextReplyTime, &history, 1, "11T09:30");
    assert_eq!(replies.len(), 1);
    assert_eq!(replies[0].elapsed_s(), 30 * 60);
    let updates = clocks(Metric::PeriodicUpdateTime, &history, 1, "11T10:00");
    assert_eq!(updates, [], "the word that solved promised nothing");
}

fn histories() -> impl Strategy<Value = Vec<Entry>> {
    let kinds = prop::sample::select(vec![
        EntryKind::Customer,
        EntryKind::Agent,
        EntryKind::Note,
        EntryKind::Status,
    ]);
    let statuses = prop::option::of(prop::sample::select(vec![
        Status::Open,
        Status::Pending,
        Status::Hold,
        Status::Solved,
        Status::Closed,
    ]));
    prop::collection::vec((0_i64..3_000, kinds, statuses), 0..20).prop_map(|steps| {
        let mut now = at("02T08:00");
        let mut history =
            vec![Entry { at: now, kind: EntryKind::Create, status: Some(Status::New) }];
        for (minutes, kind, status) in steps {
            now = UtcMicros(now.0 + minutes * MINUTE_US);
            history.push(Entry { at: now, kind, status });
        }
        history
    })
}

proptest! {
    /// For any history: the segments tile the run and add up to the clock, nothing counts in a
    /// pause, and runs of one metric never overlap.
    #[test]
    fn segments_tile(history in histories(), later in 0_i64..10_000) {
        let calendar = office();
        let last = history.last().expect("a case").at;
        let now = UtcMicros(last.0 + later * MINUTE_US);
        for metric in Metric::ALL {
            let mut reached = UtcMicros(i64::MIN);
            for instance in metric.instances(&history, now) {
                prop_assert!(reached <= instance.activated);
                reached = instance.end.map_or(now, |(at, _)| at);
                let clock = Clock::new(instance.clone(), 8 * 60 * MINUTE_US, &calendar, now);
                let segments = explain::segments(&clock, &history, &calendar, now);
                let mut edge = instance.activated;
                let mut total_us = 0;
                for segment in &segments {
                    prop_assert_eq!(segment.span.from, edge);
                    edge = segment.span.to;
                    if segment.reason.is_counted() {
                        prop_assert!(metric.counts_in(segment.status));
                        total_us += segment.span.len_us();
                    }
                    prop_assert_eq!(segment.total_us, total_us);
                }
                prop_assert!(segments.is_empty() || edge == reached);
                prop_assert_eq!(total_us, clock.elapsed_us);
                prop_assert_eq!(clock.is_breached(), clock.breached_at.is_some());
            }
        }
    }
}
