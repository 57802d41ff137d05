//! `mainstay redact`: nothing planted survives, names and structure do.

use std::collections::BTreeMap;
use std::path::Path;

use crate::harness::{expect, repository, run, run_with_input, stderr};

/// The planted values of the sample, each with what may stand around it.
fn planted() -> Vec<String> {
    let text = std::fs::read_to_string(repository("examples/planted-secrets.txt")).expect("a file");
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').nth(1).map(str::to_owned))
        .collect()
}

pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(at).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                found.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

#[test]
fn a_clean_bundle_keeps_its_names_and_loses_every_planted_value() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("clean");
    let sample = repository("examples/shop-outage.tar.gz");
    let arguments = ["redact", &sample.to_string_lossy(), "-o", &out.to_string_lossy()];
    let output = run(&arguments);
    expect(&output, 0);
    assert!(stderr(&output).contains("a second pass found nothing left"), "{}", stderr(&output));
    let clean = files(&out);
    assert!(clean.keys().any(|name| name.ends_with("app.log.1.gz")), "{:?}", clean.keys());
    assert!(clean.contains_key("mainstay-redaction.json"));
    let access = clean.iter().find(|(name, _)| name.ends_with("access.log")).expect("a log").1;
    assert!(String::from_utf8_lossy(access).contains("reset_token=<secret>&next="));
    let secrets = planted();
    assert!(secrets.len() > 10);
    for (name, bytes) in &clean {
        let text = String::from_utf8_lossy(bytes);
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{name} holds a planted value");
        }
    }
    // what is there is not overwritten
    assert!(stderr(&run(&arguments)).contains("exists"));
}

/// A small bundle with a binary file, and a file in a folder named after a person.
fn small(folder: &Path) -> String {
    let bundle = folder.join("bundle");
    std::fs::create_dir_all(bundle.join("home/msample")).expect("a folder");
    let log = "2026-11-24T09:41:05Z INFO user=msample password=geheim12 from 10.1.2.3\n\
               2026-11-24T09:41:06Z INFO all is well\n";
    std::fs::write(bundle.join("app.log"), log.repeat(20)).expect("a file");
    std::fs::write(bundle.join("home/msample/note.txt"), "call +49 30 5838907\n").expect("a file");
    std::fs::write(bundle.join("core.bin"), [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0])
        .expect("a file");
    bundle.to_string_lossy().into_owned()
}

#[test]
fn a_clean_archive_reads_like_the_original_and_is_clean() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("clean.tar.gz");
    let out = out.to_string_lossy();
    let source = small(folder.path());
    expect(&run(&["redact", &source, "-o", &out]), 0);
    let records_of_log = |path: &str| {
        let output = run(&["inspect", "--json", path]);
        let json: serde_json::Value = serde_json::from_str(&expect(&output, 0)).expect("JSON");
        let files = json["files"].as_array().expect("a list").clone();
        let is_log = |file: &&serde_json::Value| {
            file["path"].as_str().is_some_and(|path| path.ends_with("app.log"))
        };
        files.iter().find(is_log).expect("the log")["records"].clone()
    };
    assert_eq!(records_of_log(&out), records_of_log(&source));
    let again = expect(&run(&["redact", "--preview", &out]), 0);
    assert!(again.contains("\n0 values") || again.starts_with("0 values"), "{again}");
}

#[test]
fn a_preview_shows_kinds_and_lines_and_no_value() {
    let folder = tempfile::tempdir().expect("a folder");
    let shown = expect(&run(&["redact", "--preview", &small(folder.path())]), 0);
    assert!(shown.contains("  password 20\n"), "{shown}");
    assert!(shown.contains("1: 2026-11-24T09:41:05Z INFO user=<user-"), "{shown}");
    assert!(shown.contains("core.bin\n  no text: withheld"), "{shown}");
    for value in ["msample", "geheim12", "10.1.2.3", "5838907"] {
        assert!(!shown.contains(value), "{shown}");
    }
}

#[test]
fn explain_says_why_and_does_not_repeat_the_value() {
    let line = "password=geheim12 from jo@example.com";
    let shown = expect(&run(&["redact", "--explain", line]), 0);
    assert!(
        shown.contains("10-17  password  name: the name beside it tells what it is"),
        "{shown}"
    );
    assert!(shown.contains("24-37  email  shape: "), "{shown}");
    assert!(!shown.contains("geheim12") && !shown.contains("jo@example"), "{shown}");
    let nothing = expect(&run(&["redact", "--explain", "all is well"]), 0);
    assert_eq!(nothing, "nothing is hidden\nall is well\n");
}

#[test]
fn spans_are_code_points() {
    let input = "{\"id\":7,\"text\":\"é password=geheim12\"}\n\n{\"id\":\"b\",\"text\":\"ok\"}\n";
    let output = run_with_input(&["redact", "--spans", "-"], input.as_bytes());
    assert_eq!(
        expect(&output, 0),
        "{\"id\":7,\"spans\":[{\"start\":11,\"end\":19,\"type\":\"password\",\"rule\":\"name\",\
         \"replacement\":\"<password>\"}],\"text\":\"é password=<password>\"}\n\
         {\"id\":\"b\",\"spans\":[],\"text\":\"ok\"}\n"
    );
    let broken = run_with_input(&["redact", "--spans", "-"], b"{}");
    expect(&broken, 2);
    assert!(stderr(&broken).contains("line 1"), "{}", stderr(&broken));
}

#[test]
fn explain_says_what_stays_and_why() {
    let line = "trace 4bf92f3577b34da6a3ce929d0e0e4736 from 127.0.0.1 password=${DB_PASSWORD}";
    let shown = expect(&run(&["redact", "--explain", line]), 0);
    assert!(shown.starts_with("nothing is hidden\n"), "{shown}");
    for reason in ["hexadecimal digits of an id", "an address that is nobody's", "a placeholder"] {
        assert!(shown.contains(reason), "{shown}");
    }
}

#[test]
fn verify_names_places_and_never_values() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = small(folder.path());
    let output = run(&["redact", "--verify", &source]);
    let shown = expect(&output, 1);
    assert!(shown.contains("app.log:1: password (rule name)"), "{shown}");
    assert!(shown.contains("core.bin: no text, not looked into"), "{shown}");
    let out = folder.path().join("clean");
    let out = out.to_string_lossy();
    expect(&run(&["redact", &source, "-o", &out]), 0);
    let again = run(&["redact", "--verify", &out]);
    assert!(expect(&again, 0).contains("0 places left"), "{}", stderr(&again));
    for value in ["msample", "geheim12", "10.1.2.3"] {
        assert!(!shown.contains(value), "{shown}");
    }
}

#[test]
fn the_record_says_which_rule_where_and_the_hashes() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("clean");
    expect(&run(&["redact", &small(folder.path()), "-o", &out.to_string_lossy()]), 0);
    let text = std::fs::read_to_string(out.join("mainstay-redaction.json")).expect("the record");
    let record: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let files = record.as_array().expect("a list");
    let log = files
        .iter()
        .find(|file| file["path"].as_str().is_some_and(|path| path.ends_with("app.log")));
    let log = log.expect("the log");
    for hash in ["sha256_before", "sha256_after"] {
        assert_eq!(log[hash].as_str().map(str::len), Some(64), "{log}");
    }
    assert_ne!(log["sha256_before"], log["sha256_after"]);
    let rules = log["rules"].as_array().expect("rules");
    let password = rules.iter().find(|rule| rule["kind"] == "password").expect("a password");
    assert_eq!(password["rule"], "name");
    assert_eq!(password["count"], 20);
    assert_eq!(password["places"][0], serde_json::json!({"line": 1, "offset": 48}));
    assert!(!text.contains("geheim12") && !text.contains("10.1.2.3"));
}

#[test]
fn rules_of_a_file_are_used_and_refused_with_the_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = folder.path().join("rules.yaml");
    std::fs::write(&rules, "version: 1\nrules:\n- name: projects\n  words: [bluebird]\n")
        .expect("a file");
    let rules = rules.to_string_lossy();
    let shown = expect(&run(&["redact", "--explain", "for bluebird", "--rules", &rules]), 0);
    assert!(shown.contains("5-12  hidden  projects: a rule of your own says so"), "{shown}");
    std::fs::write(&*rules, "version: 1\nrules:\n- name: all\n  pattern: '.+'\n").expect("a file");
    let output = run(&["redact", "--explain", "x", "--rules", &rules]);
    expect(&output, 2);
    assert!(stderr(&output).contains("% of an ordinary log"), "{}", stderr(&output));
}

#[test]
fn a_map_leads_back_one_by_one_with_a_reason_that_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let recipient = expect(&run(&["reveal", "--new-identity", &at("key.txt")]), 0);
    let (source, clean, map) = (small(folder.path()), at("clean"), at("map.age"));
    let arguments = ["redact", &source, "-o", &clean, "--map", &map];
    expect(&run(&arguments), 2);
    let sealed = [&arguments[..], &["--map-recipient", recipient.trim()]].concat();
    expect(&run(&sealed), 0);
    let bytes = std::fs::read(&map).expect("the map");
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    let log = std::fs::read_to_string(folder.path().join("clean/app.log")).unwrap_or_else(|_| {
        let files = files(&folder.path().join("clean"));
        let log = files.into_iter().find(|(name, _)| name.ends_with("app.log")).expect("the log");
        String::from_utf8(log.1).expect("text")
    });
    let start = log.find("<ip-").expect("an address");
    let token = &log[start..=start + log[start..].find('>').expect("its end")];
    let reveal = |token: &str, reason: &str| {
        let identity = at("key.txt");
        run(&["reveal", "--map", &map, "--identity", &identity, "--reason", reason, token])
    };
    assert_eq!(expect(&reveal(token, "case 7: whose gateway"), 0), "10.1.2.3\n");
    expect(&reveal("<password>", "curious"), 5);
    expect(&reveal(token, " "), 2);
    let record = std::fs::read_to_string(at("map.age.reveals.jsonl")).expect("the record");
    assert_eq!(record.lines().count(), 2, "{record}");
    assert!(record.contains("case 7: whose gateway") && !record.contains("10.1.2.3"), "{record}");
    // credentials are not in it, whoever asks
    let other = at("other.txt");
    expect(&run(&["reveal", "--new-identity", &other]), 0);
    let closed = run(&["reveal", "--map", &map, "--identity", &other, "--reason", "x", token]);
    assert!(stderr(&closed).contains("was not made for this identity"), "{}", stderr(&closed));
}

#[test]
fn one_task_at_a_time_and_a_key_that_is_one() {
    expect(&run(&["redact"]), 2);
    expect(&run(&["redact", "x"]), 2);
    expect(&run(&["redact", "--preview", "--explain", "x"]), 2);
    expect(&run(&["redact", "--explain", "x", "--key", "short"]), 2);
    expect(&run(&["redact", "--preview", "nowhere-at-all"]), 3);
    let of = |key: &str| expect(&run(&["redact", "--explain", "jo@example.com", "--key", key]), 0);
    let (one, two) = ("01".repeat(32), "02".repeat(32));
    assert_eq!(of(&one), of(&one));
    assert_ne!(of(&one), of(&two));
}
