//! Bundles beside each other: `compare`, `signature`, `patterns`, and `inspect --reference`.

use serde_json::Value;

use crate::harness::{expect, repository, run, stderr, stdout};

fn sample(name: &str) -> String {
    repository(&format!("examples/{name}.tar.gz")).to_string_lossy().into_owned()
}

fn document(arguments: &[&str]) -> Value {
    let output = run(arguments);
    serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)))
}

#[test]
fn a_bundle_does_not_differ_from_itself() {
    let good = sample("shop-good");
    let said = expect(&run(&["compare", "-q", &good, &good]), 0);
    assert!(said.contains("no difference beyond chance"), "{said}");
}

#[test]
fn differences_are_cited_and_add_up() {
    let (good, bad) = (sample("shop-good"), sample("shop-outage"));
    let compared = document(&["compare", "-q", "--json", &good, &bad]);
    let messages = &compared["messages"];
    let number = |value: &Value| value.as_u64().expect("a number");
    let only = |side: &str| {
        let list = messages[side].as_array().expect("a list").len() as u64;
        list + number(&messages[format!("{side}_others")])
    };
    let all = number(&messages["both"]) + only("only_left") + only("only_right");
    assert_eq!(all, number(&messages["all"]), "{messages}");
    let new = messages["only_right"].as_array().expect("a list");
    assert!(
        !new.is_empty() && new.iter().all(|it| !it["cites"][0]["path"].is_null()),
        "{messages}"
    );
}

#[test]
fn a_signature_proves_that_a_trouble_is_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let known = folder.path().join("known");
    std::fs::create_dir(&known).expect("a folder");
    let file = known.join("outage.signature");
    let file = file.to_string_lossy();
    let (good, bad) = (sample("shop-good"), sample("shop-outage"));
    expect(&run(&["signature", "-q", "--name", "the outage", "-o", &file, &bad]), 0);

    let quiet = ["compare", "-q", "--expect-quiet", &file];
    let said = expect(&run(&[&quiet[..], &[&bad, &good]].concat()), 0);
    assert!(said.contains("the outage: gone"), "{said}");
    expect(&run(&[&quiet[..], &[&bad, &bad]].concat()), 1);
    expect(&run(&[&quiet[..], &[&good, &good]].concat()), 1);

    let known = known.to_string_lossy();
    let hits = document(&["signature", "-q", "--json", "--against", &known, &bad]);
    assert_eq!(hits["hits"][0]["name"], "the outage", "{hits}");
    assert_eq!(hits["hits"][0]["share"].as_f64(), Some(1.0), "{hits}");
    let none = document(&["signature", "-q", "--json", "--against", &known, &good]);
    assert_eq!(none["hits"], Value::Array(Vec::new()));
}

#[test]
fn patterns_are_checked() {
    let library = repository("crates/mainstay-evidence/patterns/storage.toml");
    let said = expect(&run(&["patterns", "lint", &library.to_string_lossy()]), 0);
    assert!(said.contains("all sound"), "{said}");
    let folder = tempfile::tempdir().expect("a folder");
    let broken = folder.path().join("broken.toml");
    std::fs::write(&broken, "family = \"x\"\npattern = 3\n").expect("a file");
    expect(&run(&["patterns", "lint", &broken.to_string_lossy()]), 1);
}

#[test]
fn a_report_names_verdict_and_suspects() {
    let (good, bad) = (sample("shop-good"), sample("shop-outage"));
    for arguments in [
        &["inspect", "-q", "--json", &bad][..],
        &["inspect", "-q", "--json", "--reference", &good, &bad],
    ] {
        let report = document(arguments);
        assert!(!report["case_id"].as_str().expect("an id").is_empty());
        assert!(
            ["fault", "no_fault", "inconclusive"]
                .contains(&report["verdict"].as_str().expect("a word"))
        );
        assert!(report["elapsed_ms"].is_u64());
        for suspect in report["suspects"].as_array().expect("a list") {
            assert!(suspect["score"].is_f64() && suspect["kind"].is_string(), "{suspect}");
        }
        assert!(report["diagnosis"]["examined"].is_array());
    }
}
