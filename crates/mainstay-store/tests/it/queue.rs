//! What the read tables answer: the queue and its pages, one case, its timeline, evidence, bundles.

use mainstay_core::case::{Command, Judgement, Suspicion};
use mainstay_core::status::Category;
use mainstay_core::{CaseNumber, Code, EvidenceNumber, HypothesisNumber, Severity};
use mainstay_store::{BundleState, CaseSummary, Owner, Queue, QueueCounts, QueueSort, StoreError};

use crate::fixture::{ANN, BOB, Desk, bundle_id, case_id, note, pin, run, unpin, user};
use crate::log::whole_story;
use crate::store_suite;

store_suite! { queue:
    the_queue_is_filtered_and_sorted,
    words_are_found_and_wildcards_are_words,
    words_of_the_timeline_are_found,
    a_search_without_words_filters_nothing,
    pages_stay_when_cases_arrive,
    a_foreign_cursor_is_refused,
    every_view_is_counted,
    a_case_shows_what_happened,
    the_timeline_comes_in_pages,
    evidence_is_found_by_number_and_by_place,
    hypotheses_keep_what_was_stated_and_judged,
    bundles_tell_how_far_they_are,
    a_write_sees_its_own_changes,
}

fn everything() -> Queue {
    Queue {
        category: Category::Open,
        owner: Owner::Anybody,
        severities: vec![],
        text: String::new(),
        sort: QueueSort::Severity,
        cursor: String::new(),
        limit: 50,
    }
}

async fn shown(desk: &Desk, queue: Queue) -> Vec<u32> {
    let page = desk.store.queue(&queue).await.expect("a page");
    assert_eq!(page.total, page.cases.len() as u64, "one page holds them all");
    page.cases.iter().map(|case| case.number.0).collect()
}

/// MS-1001 is Ann's P1, MS-1002 is Bob's P3, MS-1003 is nobody's P2, MS-1004 was Ann's and is done.
async fn four_cases(desk: &Desk) {
    for (key, subject) in
        [(1, "Checkout 502s"), (2, "Slow search"), (3, "100%_odd \\ ÄRGER"), (4, "Old login")]
    {
        desk.open_case(key, subject).await;
    }
    let reason = || "it is so".to_owned();
    for (key, severity) in [(1, Severity::P1), (2, Severity::P3)] {
        desk.command(case_id(key), Command::SetSeverity { severity, reason: reason() }).await;
    }
    for (key, who) in [(1, ANN), (2, BOB), (4, ANN)] {
        desk.command(case_id(key), Command::Assign { assignee: Some(user(who)) }).await;
    }
    desk.command(case_id(4), Command::Resolve { resolution: reason() }).await;
}

async fn the_queue_is_filtered_and_sorted(desk: Desk) {
    four_cases(&desk).await;
    assert_eq!(shown(&desk, everything()).await, [1001, 1003, 1002]);
    let updated = Queue { sort: QueueSort::Updated, ..everything() };
    assert_eq!(shown(&desk, updated).await, [1003, 1002, 1001]);
    let opened = Queue { sort: QueueSort::Opened, ..everything() };
    assert_eq!(shown(&desk, opened).await, [1003, 1002, 1001]);
    let mine = Queue { owner: Owner::User(user(ANN)), ..everything() };
    assert_eq!(shown(&desk, mine).await, [1001]);
    let unowned = Queue { owner: Owner::Nobody, ..everything() };
    assert_eq!(shown(&desk, unowned).await, [1003]);
    let resolved = Queue { category: Category::Done, ..everything() };
    assert_eq!(shown(&desk, resolved).await, [1004]);
    let urgent = Queue { severities: vec![Severity::P1, Severity::P3], ..everything() };
    assert_eq!(shown(&desk, urgent).await, [1001, 1002]);
}

async fn words_are_found_and_wildcards_are_words(desk: Desk) {
    four_cases(&desk).await;
    for (text, expect) in [
        ("CHECKOUT", vec![1001]),
        ("502s acme", vec![1001]),
        ("ms-1002", vec![1002]),
        ("ärger", vec![1003]),
        ("100%_", vec![1003]),
        ("\\", vec![1003]),
        ("%", vec![1003]),
        ("slow checkout", vec![]),
        ("shop 7.4 fails", vec![1001, 1003, 1002]),
    ] {
        let queue = Queue { text: text.to_owned(), ..everything() };
        assert_eq!(shown(&desk, queue).await, expect, "for {text:?}");
    }
}

async fn words_of_the_timeline_are_found(desk: Desk) {
    four_cases(&desk).await;
    desk.command(case_id(2), note(1, "The pool `db.primary:5432` is exhausted, \"why\"?")).await;
    desk.command(case_id(1), note(2, "db.replica is fine; ÄRGERLICH, 検索が遅い")).await;
    let bundle = desk.attach(case_id(2), 1).await;
    desk.command(case_id(2), pin(bundle, 17)).await;
    for (text, expect) in [
        ("exhausted", vec![1002]),
        ("EXHAUST", vec![1002]),
        ("primary:5432", vec![1002]),
        ("5432 slow", vec![1002]),
        ("db", vec![1001, 1002]),
        ("\"why", vec![1002]),
        ("fine.", vec![1001]),
        ("ärgerlich", vec![1001]),
        ("検索", vec![1001]),
        ("遅い", vec![1001]),
        ("bundle-1.tar", vec![1002]),
        ("haust", vec![]),
        ("' or 1=1 --", vec![]),
    ] {
        let queue = Queue { text: text.to_owned(), ..everything() };
        assert_eq!(shown(&desk, queue).await, expect, "for {text:?}");
    }
    let before = desk.store.dump_read_tables().await.expect("a dump");
    desk.store.rebuild().await.expect("rebuilt");
    assert_eq!(desk.store.dump_read_tables().await.expect("a dump"), before);
    let queue = Queue { text: "exhausted".to_owned(), ..everything() };
    assert_eq!(shown(&desk, queue).await, [1002], "also after a rebuild");
    desk.assert_whole().await;
}

async fn a_search_without_words_filters_nothing(desk: Desk) {
    four_cases(&desk).await;
    let queue = Queue { text: " \n\t ".to_owned(), ..everything() };
    assert_eq!(shown(&desk, queue).await, [1001, 1003, 1002]);
}

async fn pages_stay_when_cases_arrive(desk: Desk) {
    for key in 1..=5 {
        desk.open_case(key, "Slow search").await;
    }
    for sort in [QueueSort::Severity, QueueSort::Updated, QueueSort::Opened] {
        let mut queue = Queue { sort, limit: 2, ..everything() };
        let mut seen = Vec::new();
        loop {
            let page = desk.store.queue(&queue).await.expect("a page");
            assert!(page.total >= 5, "the total counts all pages");
            seen.extend(page.cases.iter().map(|case: &CaseSummary| case.number.0));
            let Some(cursor) = page.next_cursor else {
                break;
            };
            queue.cursor = cursor;
            // it belongs before what was shown, so it does not shift what comes
            desk.open_case(100 + seen.len() as u128 + 10 * sort as u128, "Arrived").await;
        }
        let number_of_the_first = seen[0];
        let expect: Vec<u32> = (1001..=number_of_the_first).rev().collect();
        assert_eq!(seen, expect, "by {sort:?}");
    }
}

async fn a_foreign_cursor_is_refused(desk: Desk) {
    let queue = Queue { cursor: "x'; drop table events; --".to_owned(), ..everything() };
    let refused = desk.store.queue(&queue).await;
    assert!(matches!(refused, Err(StoreError::Cursor)), "{refused:?}");
    assert_eq!(StoreError::Cursor.code(), Code::Invalid);
}

async fn every_view_is_counted(desk: Desk) {
    assert_eq!(desk.store.queue_counts(user(ANN)).await.expect("counts"), QueueCounts::default());
    four_cases(&desk).await;
    let counts = desk.store.queue_counts(user(ANN)).await.expect("counts");
    assert_eq!(counts, QueueCounts { all: 3, mine: 1, unowned: 1, waiting: 0, resolved: 1 });
    desk.store.rebuild().await.expect("rebuilt");
    assert_eq!(desk.store.queue_counts(user(ANN)).await.expect("counts"), counts);
    desk.sabotage("update case_count set cases = cases + 1").await.expect("counters are no log");
    let report = desk.store.verify().await.expect("verified");
    assert!(report.findings.iter().all(|finding| finding.what == "view with a wrong count"));
    assert_eq!(report.findings.len(), 2, "open and resolved");
}

async fn a_case_shows_what_happened(desk: Desk) {
    whole_story(&desk).await;
    let case = desk.store.case_by_number(CaseNumber(1001)).await.expect("asked").expect("there");
    insta::assert_debug_snapshot!("case", case);
    assert_eq!(desk.store.case_by_number(CaseNumber(7)).await.expect("asked"), None);
    assert_eq!(desk.store.case_number(case_id(1)).await.expect("asked"), Some(CaseNumber(1001)));
    assert_eq!(desk.store.sample_cases().await.expect("asked"), vec![]);
    let mut write = desk.write().await;
    let id = write.case_by_number(CaseNumber(1001)).await.expect("asked");
    assert_eq!(id, Some(case_id(1)));
    let last = write.last_entry(case_id(1)).await.expect("asked").expect("there");
    assert_eq!((last.sequence, last.kind.as_str()), (13, "bundle_failed"));
}

async fn the_timeline_comes_in_pages(desk: Desk) {
    whole_story(&desk).await;
    let id = case_id(1);
    let whole = desk.store.timeline(id, 0, 100).await.expect("a page");
    let told: Vec<String> = whole.entries.iter().map(|entry| format!("{entry:?}")).collect();
    insta::assert_snapshot!("timeline", told.join("\n"));
    assert_eq!((whole.next_after, whole.total), (None, 13));
    let mut after = Some(0);
    let mut entries = Vec::new();
    while let Some(sequence) = after {
        let page = desk.store.timeline(id, sequence, 5).await.expect("a page");
        entries.extend(page.entries);
        after = page.next_after;
    }
    assert_eq!(entries, whole.entries);
    let fourth = desk.store.timeline_entry(id, 4).await.expect("asked");
    assert_eq!(fourth.as_ref(), whole.entries.get(3));
    assert_eq!(desk.store.timeline_entry(id, 99).await.expect("asked"), None);
}

async fn hypotheses_keep_what_was_stated_and_judged(desk: Desk) {
    let id = desk.open_case(1, "Slow search").await;
    let (good, bad) = (desk.attach(id, 1).await, desk.attach(id, 2).await);
    let suspicion = Suspicion {
        bundle: bad,
        reference: Some(good),
        component: "ledger".to_owned(),
        kind: "config".to_owned(),
        statement: "a change came just before".to_owned(),
    };
    desk.command(id, Command::ChooseReference { bundle: bad, reference: Some(good) }).await;
    desk.command(id, Command::PinHypothesis { suspicion }).await;
    let hypothesis = HypothesisNumber(1);
    let pinned = desk.store.hypothesis(id, hypothesis).await.expect("asked").expect("there");
    assert_eq!((pinned.judgement, pinned.judged_by), (None, None));
    for (judgement, reason) in
        [(Judgement::Refuted, "not full"), (Judgement::Confirmed, "full at night")]
    {
        let reason = reason.to_owned();
        desk.command(id, Command::JudgeHypothesis { hypothesis, judgement, reason }).await;
    }
    let all = desk.store.hypotheses_of_case(id).await.expect("asked");
    let [it] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(it.citation().to_string(), "MS-1001/H1");
    assert_eq!((it.bundle, it.reference, it.component.as_str()), (bad, Some(good), "ledger"));
    assert_eq!(it.judgement, Some(Judgement::Confirmed), "the newest counts");
    assert_eq!(it.judged_by.as_ref().map(|person| person.name.as_str()), Some("Ann Agent"));
    let bundle = desk.store.bundle(bad).await.expect("asked").expect("there");
    assert_eq!(bundle.reference, Some(good));
    let timeline = desk.store.timeline(id, 3, 50).await.expect("a page");
    let said: Vec<String> = timeline
        .entries
        .iter()
        .map(|it| format!("{} {}", it.kind, it.title.as_deref().unwrap_or_default()))
        .collect();
    let expected = [
        "reference_chosen bundle-1.tar.gz",
        "hypothesis_pinned H1 ledger",
        "hypothesis_refuted H1 ledger",
        "hypothesis_confirmed H1 ledger",
    ];
    assert_eq!(said, expected);
    assert_eq!(timeline.entries[3].text.as_deref(), Some("full at night"));
    desk.command(id, Command::ChooseReference { bundle: bad, reference: None }).await;
    let bundle = desk.store.bundle(bad).await.expect("asked").expect("there");
    assert_eq!(bundle.reference, None);
    desk.assert_whole().await;
}

async fn evidence_is_found_by_number_and_by_place(desk: Desk) {
    let id = desk.open_case(1, "Slow search").await;
    let bundle = desk.attach(id, 1).await;
    for line in [17, 18] {
        desk.command(id, pin(bundle, line)).await;
    }
    desk.command(id, unpin(1)).await;
    desk.command(id, pin(bundle, 17)).await;
    let pinned = desk.store.evidence_of_case(id).await.expect("asked");
    let citations: Vec<String> = pinned.iter().map(|e| e.citation().to_string()).collect();
    assert_eq!(citations, ["MS-1001/E2", "MS-1001/E3"]);
    let first = desk.store.evidence(id, EvidenceNumber(1)).await.expect("asked").expect("there");
    assert!(!first.pinned, "it was unpinned and stays readable");
    assert_eq!((first.line, first.pinned_by.name.as_str()), (17, "Ann Agent"));
    let there = desk.store.evidence_at(bundle, 3, 17).await.expect("asked").expect("pinned");
    assert_eq!(there.number, EvidenceNumber(3));
    assert_eq!(desk.store.evidence_at(bundle, 3, 19).await.expect("asked"), None);
    let of_bundle = desk.store.evidence_of_bundle(bundle).await.expect("asked");
    let lines: Vec<u64> = of_bundle.iter().map(|evidence| evidence.line).collect();
    assert_eq!(lines, [17, 18]);
    desk.command(id, note(1, "\0 in a note is no reason to fail")).await;
    desk.assert_whole().await;
}

async fn bundles_tell_how_far_they_are(desk: Desk) {
    let id = desk.open_case(1, "Slow search").await;
    desk.attach(id, 7).await;
    let reading = desk.store.bundles_reading().await.expect("asked");
    assert_eq!(reading.iter().map(|bundle| bundle.id).collect::<Vec<_>>(), [bundle_id(7)]);
    let same = desk.store.bundle_with_content(id, "c0ffee").await.expect("asked");
    assert_eq!(same.map(|bundle| bundle.id), Some(bundle_id(7)));
    assert_eq!(desk.store.bundle_with_content(id, "tea").await.expect("asked"), None);
    assert_eq!(desk.store.addresses().await.expect("asked"), Vec::<String>::new());
    let finish = mainstay_core::bundle::Command::Finish(crate::fixture::read());
    desk.bundle_command(bundle_id(7), finish).await;
    let bundle = desk.store.bundle(bundle_id(7)).await.expect("asked").expect("there");
    assert_eq!((bundle.state, bundle.lines), (BundleState::Ready, 1200));
    assert_eq!(desk.store.bundles_reading().await.expect("asked"), vec![]);
    assert_eq!(desk.store.addresses().await.expect("asked"), ["ab".repeat(32)]);
    let state = desk.store.bundle_state(bundle_id(7)).await.expect("loads");
    assert_eq!(state.version, 2);
    assert_eq!(desk.store.bundles_of_case(id).await.expect("asked"), [bundle]);
}

async fn a_write_sees_its_own_changes(desk: Desk) {
    let id = desk.open_case(1, "Slow search").await;
    let bundle = desk.attach(id, 1).await;
    let mut write = desk.write().await;
    run(&mut write, id, pin(bundle, 17)).await;
    let case = write.case_detail(CaseNumber(1001)).await.expect("asked").expect("there");
    assert_eq!((case.summary.evidence, case.summary.case_version), (1, 3));
    let evidence = write.evidence(id, EvidenceNumber(1)).await.expect("asked").expect("there");
    assert_eq!(evidence.bundle, bundle);
    let bundles = write.bundles_of_case(id).await.expect("asked");
    assert_eq!(write.bundle(bundle).await.expect("asked").as_ref(), bundles.first());
    let meanwhile = desk.store.case_by_number(CaseNumber(1001)).await.expect("asked");
    assert_eq!(meanwhile.map(|case| case.summary.evidence), Some(0), "nobody else does yet");
    write.commit().await.expect("committed");
    assert_eq!(desk.store.case_by_number(CaseNumber(1001)).await.expect("asked"), Some(case));
}
