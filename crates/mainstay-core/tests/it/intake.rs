//! Intake: what is judged of a report, printed, and who may do what to it in which state.

use mainstay_core::case::{self, Command, IntakeCommand, IntakeState, ReturnReason};
use mainstay_core::event::Event;
use mainstay_core::intake::{
    Assessment, BundleFacts, Checklist, ChecklistSet, ChecklistSetForm, Facts, Report, SourceSpan,
    Verdict, assess,
};
use mainstay_core::sla::Attributes;
use mainstay_core::{Action, Role, Severity, UtcMicros, policy};

use crate::fixture::{MOMENT, context, given, open, opened, resolve, told};

fn at(text: &str) -> UtcMicros {
    text.parse().expect("a time")
}

/// Everything a receiver asks for.
pub(crate) fn complete() -> Report {
    serde_json::from_str(
        r#"{"component": "checkout", "version": "7.4.1",
            "window": {"from": "2026-11-24T09:00:00Z", "to": "2026-11-24 10:30+01:00"},
            "identifiers": ["4bf92f35"],
            "steps": ["put something into the cart", "pay"],
            "expected": "an order", "actual": "a 502", "error_text": "pool exhausted",
            "impact": {"who": "all shops", "how_many": "one in ten", "effect": "orders are lost",
                       "workaround": "none"},
            "tried": [{"step": "restarted the ledger", "result": "no change"}],
            "changes": "7.4.1 was rolled out", "hypothesis": "the pool is too small",
            "ask": "find the cause", "owner": "Kim"}"#,
    )
    .expect("a report")
}

fn facts() -> Facts {
    let span = SourceSpan { first: at("2026-11-24T08:00:00Z"), last: at("2026-11-24T09:40:00Z") };
    let other = SourceSpan { first: at("2026-11-24T09:20:00Z"), ..span };
    let found = ["7.4.1", "4bf92f35", "pool exhausted"].map(str::to_owned).into();
    let read = vec![BundleFacts { spans: vec![span, other], records_in_window: 40 }];
    Facts { read, found, ..Facts::default() }
}

fn judge(severity: Severity, report: &Report, facts: &Facts) -> Assessment {
    assess((0, &Checklist::built_in()), severity, report, facts, MOMENT)
}

fn printed(assessment: &Assessment) -> String {
    let mark = |verdict| match verdict {
        Verdict::Yes => "yes",
        Verdict::No => "no ",
        Verdict::NotApplicable => "n/a",
    };
    let needs = assessment.threshold.map_or("nothing".to_owned(), |score| score.to_string());
    let mut lines = vec![format!("score {}, needs {needs}", assessment.score)];
    lines.extend(assessment.items.iter().map(|judged| {
        format!("{} {:13} {:>2}  {}", mark(judged.verdict), judged.item, judged.weight, judged.why)
    }));
    lines.join("\n")
}

#[test]
fn reports_are_judged() {
    let mut told = String::new();
    let mut tell = |title: &str, severity, change: &dyn Fn(&mut Report, &mut Facts)| {
        let (mut report, mut facts) = (complete(), facts());
        change(&mut report, &mut facts);
        told.push_str(&format!("# {title}\n{}\n\n", printed(&judge(severity, &report, &facts))));
    };
    tell("complete", Severity::P2, &|_, _| {});
    tell("nothing at all", Severity::P3, &|report, facts| {
        (*report, *facts) = (Report::default(), Facts::default());
    });
    tell("no evidence", Severity::P4, &|_, facts| *facts = Facts::default());
    tell("still being read, P1", Severity::P1, &|_, facts| {
        *facts = Facts { reading: 1, ..Facts::default() };
    });
    tell("evidence that ends too early", Severity::P2, &|_, facts| {
        let last = at("2026-11-24T08:59:00Z");
        for span in &mut facts.read[0].spans {
            span.last = last;
        }
    });
    tell("evidence that says nothing", Severity::P2, &|report, facts| {
        facts.read[0].records_in_window = 0;
        facts.found.clear();
        report.not_applicable.insert("changes".to_owned(), "a new system".to_owned());
        report.not_applicable.insert("tried".to_owned(), " ".to_owned());
    });
    tell("no zone, no number, no words", Severity::P2, &|report, _| {
        report.window.from = "2026-11-24 09:00".to_owned();
        report.version = "latest".to_owned();
        report.ask = "?".to_owned();
        report.steps.truncate(1);
        report.tried[0].result = "tbd".to_owned();
    });
    insta::assert_snapshot!("judged", told.trim_end());
}

#[test]
fn a_window_has_an_order_and_lies_in_the_past() {
    let said = |from: &str, to: &str, ongoing: bool| {
        let mut report = complete();
        (report.window.from, report.window.to) = (from.to_owned(), to.to_owned());
        report.window.ongoing = ongoing;
        let assessment = judge(Severity::P2, &report, &facts());
        assessment.items.iter().find(|it| it.item == "window").expect("judged").why.clone()
    };
    let nine = "2026-11-24T09:00:00Z";
    assert_eq!(said(nine, "", true), "from 2026-11-24T09:00:00Z to now; it goes on");
    assert_eq!(said(nine, "", false), "the end is missing");
    assert_eq!(said(nine, "2026-11-24T08:00:00Z", false), "the end is before the start");
    assert_eq!(said("2027-11-24T09:00:00Z", "", true), "the window lies in the future");
    assert_eq!(
        said("yesterday", nine, false),
        "the start is no moment; write 2026-11-24T09:41:00Z"
    );
    let berlin = "2026-11-24T10:00[Europe/Berlin]";
    assert_eq!(said(berlin, "", true), "from 2026-11-24T09:00:00Z to now; it goes on");
}

const SET: &str = r#"{"checklists": [
    {"name": "anything", "position": 9, "items": [{"check": "window", "weight": 10}]},
    {"name": "shop", "position": 1, "thresholds": {"P2": 90},
     "filter": {"all": [{"field": "product", "is": ["Shop"]}, {"field": "severity", "is": ["P1", "P2"]}]},
     "items": [{"check": "window", "weight": 10, "command": "mainstay inspect bundle.tar.gz"},
               {"check": "question", "id": "licence", "text": "Which licence?", "weight": 10}]}]}"#;

fn set(json: &str) -> Result<ChecklistSet, String> {
    let form: ChecklistSetForm = serde_json::from_str(json).map_err(|error| error.to_string())?;
    ChecklistSet::new(3, form).map_err(|error| error.to_string())
}

#[test]
fn the_checklist_is_chosen_by_product_and_severity() {
    let set = set(SET).expect("a set");
    let chosen = |severity, product| {
        let attributes = Attributes { severity, customer: "", product, version: "", tier: "" };
        let checklist = set.choose(attributes);
        format!("{} {:?}", checklist.name, checklist.threshold(severity))
    };
    assert_eq!(chosen(Severity::P2, "shop"), "shop Some(90)");
    assert_eq!(chosen(Severity::P1, "Shop"), "shop None");
    assert_eq!(chosen(Severity::P3, "Shop"), "anything Some(70)");
    let attributes =
        Attributes { severity: Severity::P2, customer: "", product: "Shop", version: "", tier: "" };
    let mut report = complete();
    let asked = (set.version(), set.choose(attributes));
    assert_eq!(assess(asked, Severity::P2, &report, &facts(), MOMENT).score, 50);
    report.answers.insert("licence".to_owned(), "enterprise".to_owned());
    let assessment = assess(asked, Severity::P2, &report, &facts(), MOMENT);
    assert_eq!((assessment.score, assessment.version, assessment.passes()), (100, 3, true));
}

#[test]
fn a_set_that_makes_no_sense_is_refused_by_name() {
    for (from, to, said) in [
        (r#""position": 9"#, r#""position": 1"#, "positions are unique"),
        ("\"anything\"", "\"built-in\"", "it is not \"built-in\""),
        ("\"anything\"", "\" \"", "has a name"),
        (r#"{"P2": 90}"#, r#"{"P1": 90}"#, "never blocked"),
        (r#"{"P2": 90}"#, r#"{"P2": 101}"#, "above 100"),
        (r#""weight": 10}"#, r#""weight": 0}"#, "weights are 1 to 100"),
        ("\"licence\"", "\"window\"", "an id of its own"),
        ("\"Which licence?\"", "\"\"", "without a text"),
        (r#"[{"check": "window", "weight": 10}]"#, "[]", "1 to 40 items"),
        (r#""is": ["Shop"]"#, r#""is": []"#, "without values"),
        ("\"question\", \"id\"", "\"evidence\", \"id\"", "only a question"),
        ("\"question\"", "\"guess\"", "unknown variant"),
    ] {
        let changed = SET.replacen(from, to, 1);
        assert_ne!(changed, SET, "{from}");
        let refused = set(&changed).expect_err(said);
        assert!(refused.contains(said), "{said}: {refused}");
    }
}

fn report(report: Report, seen: Option<u32>) -> Command {
    let assessment = judge(Severity::P2, &report, &facts());
    Command::Intake(Box::new(IntakeCommand::Report { report: report.into(), assessment, seen }))
}

fn submit(severity: Severity, report: Report, override_reason: &str) -> Command {
    let assessment = judge(severity, &report, &facts());
    Command::Intake(Box::new(IntakeCommand::Submit {
        report: report.into(),
        assessment,
        seen: None,
        team: "L1".to_owned(),
        override_reason: override_reason.to_owned(),
    }))
}

fn accept() -> Command {
    Command::Intake(Box::new(IntakeCommand::Accept))
}

fn send_back(reason: ReturnReason, text: &str) -> Command {
    Command::Intake(Box::new(IntakeCommand::Return { reason, text: text.to_owned() }))
}

fn kinds(before: &[Command], when: Command) -> String {
    let outcome = case::decide(&given(before), when, &context());
    let told = told(outcome.map(|events| events.into_iter().map(Event::Case).collect()));
    let refused = told.contains(": ") && !told.starts_with("case.");
    if refused {
        told
    } else {
        told.lines().map(|line| line.split(' ').next().unwrap_or("")).collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn what_happens_in_which_state() {
    let full = || submit(Severity::P2, complete(), "");
    let none = vec![open()];
    let draft = vec![open(), report(Report::default(), None)];
    let waiting = vec![open(), full()];
    let accepted = vec![open(), full(), accept()];
    let returned = vec![open(), full(), send_back(ReturnReason::WrongTeam, "")];
    let done = vec![open(), full(), resolve()];
    let states = [
        ("none", none),
        ("draft", draft),
        ("waiting", waiting),
        ("accepted", accepted),
        ("returned", returned),
        ("case resolved", done),
    ];
    let mut changed = complete();
    changed.changes = "none known".to_owned();
    let commands = [
        ("report", report(changed, None)),
        ("submit", full()),
        ("submit too little", submit(Severity::P2, Report::default(), "")),
        ("submit too little, overridden", submit(Severity::P2, Report::default(), "phone is dead")),
        ("accept", accept()),
        ("return", send_back(ReturnReason::NoClearAsk, "")),
        ("return for another reason, unsaid", send_back(ReturnReason::Other, " ")),
    ];
    let mut text = String::new();
    for (state, before) in &states {
        text.push_str(&format!("# {state}\n"));
        for (name, command) in &commands {
            text.push_str(&format!("{name}: {}\n", kinds(before, command.clone())));
        }
        text.push('\n');
    }
    text.push_str("# who\n");
    for action in [Action::ReportIntake, Action::DecideIntake, Action::PublishChecklists] {
        let may = Role::ALL.into_iter().filter(|role| policy::allowed(*role, action));
        let may: Vec<&str> = may.map(Role::as_str).collect();
        text.push_str(&format!("{}: {}\n", action.as_str(), may.join(" ")));
    }
    insta::assert_snapshot!("states", text.trim_end());
    let state = given(&[open(), full()]).expect("a case").intake.expect("an intake");
    assert_eq!((state.state, state.round, state.revision), (IntakeState::Waiting, 1, 1));
}

#[test]
fn a_p1_is_not_blocked_but_asked() {
    let mut urgent = opened();
    urgent.severity = Severity::P1;
    let before = given(&[Command::Open(urgent)]);
    let mut little = complete();
    (little.ask, little.identifiers) = (String::new(), vec![]);
    let events = case::decide(&before, submit(Severity::P1, little, ""), &context());
    let events = events.expect("allowed");
    let Some(case::Event::IntakeSubmitted(submitted)) = events.last() else { panic!("submitted") };
    assert_eq!(submitted.owed, ["identifiers", "ask"]);
    assert_eq!(submitted.override_reason, "P1 is never blocked");
    assert_eq!(submitted.owed_by, Some(UtcMicros(MOMENT.0 + 30 * 60 * 1_000_000)));
    let events = case::decide(&before, submit(Severity::P1, complete(), ""), &context());
    let Some(case::Event::IntakeSubmitted(complete)) = events.expect("allowed").pop() else {
        panic!("submitted")
    };
    assert_eq!((complete.owed.len(), complete.override_reason.as_str()), (0, ""));
}

#[test]
fn the_second_editor_gets_the_difference() {
    let mut mine = complete();
    mine.ask = "call me".to_owned();
    mine.window.ongoing = true;
    let theirs = report(complete(), None);
    let refused = kinds(&[open(), theirs.clone()], report(mine.clone(), Some(0)));
    assert_eq!(
        refused,
        "stale: the report has changed since you saw it; it differs from yours in: window, ask; \
         load it again"
    );
    assert_eq!(kinds(&[open(), theirs.clone()], report(mine, Some(1))), "case.intake_reported");
    assert_eq!(kinds(&[open(), theirs.clone()], theirs), "nothing");
}

#[test]
fn a_report_has_bounds() {
    let refused = |change: fn(&mut Report), expect: &str| {
        let mut huge = complete();
        change(&mut huge);
        assert_eq!(kinds(&[open()], report(huge, None)), expect);
    };
    refused(|it| it.actual = "x".repeat(10_001), "invalid: actual has more than 10000 characters");
    refused(|it| it.steps = vec![String::new(); 51], "invalid: steps has more than 50 entries");
    refused(
        |it| it.steps = vec!["\u{1F525}".repeat(9_000); 12],
        "invalid: a report has at most 100000 characters; attach a bundle instead",
    );
    refused(
        |it| it.actual = "x".repeat(10 << 20),
        "invalid: actual has more than 10000 characters",
    );
}
