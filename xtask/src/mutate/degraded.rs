//! The promise that the ranking degrades slowly, as a test: every condition of the issue on the
//! visible bundles, in this process, each beside the reference that its case names.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use mainstay_evidence::ingest::{Options, ingest};
use mainstay_evidence::limits::Limits;
use mainstay_evidence::open::{Input, Phase, Progress};
use mainstay_evidence::rank::{self, Ticket};
use mainstay_evidence::view::Bundle;
use serde_json::Value;

use super::{CONDITIONS, Condition, Files, LOSS_MAX, WHOLE, archive, has_evidence};

/// Nobody watches.
struct Quiet;

impl Progress for Quiet {
    fn report(&self, _: Phase, _: u64, _: u64, _: u64, _: Option<&str>) {}
}

fn read(path: &Path, folder: &Path) -> Bundle {
    let options = Options {
        limits: Limits::default(),
        now: mainstay_core::UtcMicros(0),
        // one key, so that hidden names are the same in a case and its reference
        pseudonym_key: Some([7; 32]),
        identities: None,
        rules: None,
        correct_clocks: true,
        threads: 1,
    };
    ingest(vec![Input::Path(path.to_owned())], &options, folder, &Quiet).expect("a bundle");
    Bundle::open(folder).expect("what was stored opens")
}

/// Place of the true component among the suspects, from 1; `None` if it is not listed.
fn place(files: &Files, reference: &Bundle, cause: &str) -> Option<usize> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("case.tar.gz");
    archive::write(&path, files).expect("an archive");
    let bundle = read(&path, &folder.path().join("read"));
    let said = rank::diagnose(&bundle, Some(reference), &Ticket::default()).expect("a diagnosis");
    said.hypotheses.iter().position(|it| it.component == cause).map(|at| at + 1)
}

/// A case with its cause, whole.
struct Case {
    name: String,
    cause: String,
    reference: String,
    files: Files,
}

fn cases(data: &Path) -> Vec<Case> {
    let text = std::fs::read(data.join("truth.json")).expect("the list of cases");
    let list: Value = serde_json::from_slice(&text).expect("JSON");
    let cases = list["cases"].as_object().expect("cases").iter();
    let case = |(name, case): (&String, &Value)| {
        let cause = case["root_cause"]["service"].as_str()?.to_owned();
        let path = data.join("bundles").join(format!("{name}.tar.gz"));
        Some(Case {
            name: name.clone(),
            cause,
            reference: case["reference"].as_str()?.to_owned(),
            files: archive::read(&path).expect("a bundle"),
        })
    };
    cases.filter_map(case).collect()
}

/// Place of the true component, by condition and case.
type Found = BTreeMap<(&'static str, String), Option<usize>>;

/// Looks at every case that a condition changes and leaves something of; two at a time, because a
/// case is read by one thread.
fn look(cases: &[Case], references: &BTreeMap<String, Bundle>) -> Found {
    let promised = CONDITIONS.iter().filter(|it| it.promised);
    let todo: Vec<(&Case, &Condition)> =
        promised.flat_map(|condition| cases.iter().map(move |case| (case, condition))).collect();
    let next = Mutex::new(todo.iter());
    let found = Mutex::new(Found::new());
    let work = || {
        while let Some((case, condition)) = { next.lock().expect("no panic").next() } {
            let files = (condition.apply)(case.files.clone());
            let key = (condition.name, case.name.clone());
            if (files == case.files && condition.name != WHOLE) || !has_evidence(&files) {
                continue;
            }
            let place = place(&files, &references[&case.reference], &case.cause);
            found.lock().expect("no panic").insert(key, place);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
    });
    found.into_inner().expect("no panic")
}

#[test]
fn no_condition_costs_more_than_it_may() {
    let data = crate::repository::shared().join("data/rca");
    let cases = cases(&data);
    let folder = tempfile::tempdir().expect("a folder");
    let mut references = BTreeMap::new();
    for case in &cases {
        references.entry(case.reference.clone()).or_insert_with(|| {
            let path = data.join("bundles").join(format!("{}.tar.gz", case.reference));
            read(&path, &folder.path().join(&case.reference))
        });
    }
    let found = look(&cases, &references);
    let is_third = |place: &Option<usize>| place.is_some_and(|place| place <= 3);
    for condition in CONDITIONS.iter().filter(|it| it.promised) {
        let (mut measured, mut lost) = (0, Vec::new());
        for case in &cases {
            let whole = &found[&(WHOLE, case.name.clone())];
            match found.get(&(condition.name, case.name.clone())) {
                Some(place) => {
                    measured += 1;
                    if is_third(whole) && !is_third(place) {
                        lost.push(format!("{} {place:?}", case.name));
                    }
                }
                // as it was: nothing is lost; without evidence: none of the promise
                None => {
                    measured += usize::from(has_evidence(&(condition.apply)(case.files.clone())));
                }
            }
        }
        assert!(measured * 2 >= cases.len(), "{} leaves too little to measure", condition.name);
        let loss = lost.len() as f64 / measured as f64;
        assert!(loss <= LOSS_MAX, "{} costs {loss:.2}: {}", condition.name, lost.join(", "));
    }
}
