//! The sample failures, as a customer would send them: `inspect --json` names the cause with and
//! without the good bundle, and its first citation is a raw line that shows it.

use std::collections::BTreeMap;
use std::io::Read as _;

use serde_json::Value;

use crate::harness::{expect, repository, run};
use crate::redact::files;

/// A failure: bundle, its good day, who broke, how, and what the first cited line says.
type Failure = (&'static str, &'static str, &'static str, &'static str, &'static str);

const FAILURES: [Failure; 5] = [
    ("shop-outage", "shop-good", "ledger", "config", "restarting failed container ledger"),
    ("boxoffice-certificate", "boxoffice-good", "seats", "config", "tls: bad certificate"),
    ("fleet-memory", "fleet-good", "tracker", "memory", TRACKER_POD),
    ("clinic-disk", "clinic-good", "db-1", "disk", "No space left on device"),
    ("parcels-quota", "parcels-good", "carrier-proxy", "overload", "429 Too Many Requests"),
];

/// The restart loop is told by the cluster, as an object: its name stands on the cited line.
const TRACKER_POD: &str = "tracker-84d6b7c9f5-h2k9m";

/// An object of the cluster says within so many lines which it is.
const OBJECT_LINES: usize = 20;

fn is_object(cite: &Value) -> bool {
    cite["path"]
        .as_str()
        .is_some_and(|path| path.contains("/cluster-resources/") && path.ends_with(".json"))
}

fn sample(name: &str) -> String {
    repository(&format!("examples/{name}.tar.gz")).to_string_lossy().into_owned()
}

fn inspect(arguments: &[&str]) -> Value {
    let mut all = vec!["inspect", "-qq", "--json"];
    all.extend(arguments);
    serde_json::from_str(&expect(&run(&all), 0)).expect("JSON")
}

/// The files of a bundle as they came, by path.
fn raw(name: &str) -> BTreeMap<String, String> {
    let file = std::fs::File::open(sample(name)).expect("a sample");
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
    let mut files = BTreeMap::new();
    for entry in archive.entries().expect("an archive") {
        let mut entry = entry.expect("an entry");
        let path = entry.path().expect("a path").to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("a file");
        files.insert(path, String::from_utf8_lossy(&bytes).into_owned());
    }
    files
}

#[test]
fn every_failure_is_told_with_and_without_its_good_day() {
    for (bad, good, component, kind, shown) in FAILURES {
        let (bad_path, good_path) = (sample(bad), sample(good));
        let files = raw(bad);
        for arguments in [vec![bad_path.as_str()], vec![&bad_path, "--reference", &good_path]] {
            let said = inspect(&arguments);
            let best = &said["suspects"][0];
            assert_eq!(said["verdict"], "fault", "{bad}: {}", said["diagnosis"]["reason"]);
            assert_eq!(
                (best["component"].as_str(), best["kind"].as_str()),
                (Some(component), Some(kind)),
                "{bad}"
            );
            let first = &best["evidence"][0];
            let text = &files[first["path"].as_str().expect("a path")];
            let line = usize::try_from(first["line"].as_u64().expect("a line")).expect("small");
            // an object of the cluster is many lines, and cited by one of them
            let around = if is_object(first) { OBJECT_LINES } else { 0 };
            let skip = (line - 1).saturating_sub(around);
            let told: Vec<&str> = text.lines().skip(skip).take(2 * around + 1).collect();
            let told = told.concat();
            assert!(told.contains(shown), "{bad}: {first}: {told}");
        }
    }
}

#[test]
fn a_good_day_accuses_nobody() {
    for (_, good, ..) in FAILURES {
        let said = inspect(&[&sample(good)]);
        assert_ne!(said["verdict"], "fault", "{good}: {}", said["diagnosis"]["reason"]);
    }
}

#[test]
fn planted_secrets_of_the_failures_are_hidden() {
    let list = std::fs::read_to_string(repository("examples/planted-secrets-failures.txt"));
    let list = list.expect("the list");
    let planted: Vec<Vec<&str>> = list
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(planted.len(), 8, "two in each bundle");
    for (bad, ..) in &FAILURES[1..] {
        let folder = tempfile::tempdir().expect("a folder");
        let keep = folder.path().join("evidence");
        let output = run(&["inspect", "--json", "--keep", &keep.to_string_lossy(), &sample(bad)]);
        let said = expect(&output, 0);
        let clean = folder.path().join("clean");
        expect(&run(&["redact", &sample(bad), "-o", &clean.to_string_lossy()]), 0);
        let published: Vec<u8> = files(&clean).into_values().flatten().collect();
        let published = String::from_utf8_lossy(&published);
        for secret in planted.iter().filter(|it| it[0] == *bad) {
            assert!(!said.contains(secret[2]), "{bad}: stdout shows {}", secret[2]);
            assert!(!published.contains(secret[2]), "{bad}: the copy shows {}", secret[2]);
        }
    }
}
