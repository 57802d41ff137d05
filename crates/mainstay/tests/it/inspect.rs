//! `mainstay inspect` on real and on hostile input.

use std::process::Stdio;

use crate::harness::{expect, mainstay, repository, run, run_with_input, stderr, stdout};

const LOG: &[u8] = b"2026-11-24T09:41:05.000Z INFO checkout order 1 placed\n\
2026-11-24T09:41:07.118Z ERROR checkout pool exhausted: 64/64 connections in use\n";

#[test]
fn the_sample_outage_is_told() {
    let sample = repository("examples/shop-outage.tar.gz");
    let output = run(&["inspect", &sample.to_string_lossy()]);
    insta::assert_snapshot!(expect(&output, 0));
}

#[test]
fn json_is_one_document_with_a_version() {
    let sample = repository("examples/shop-good.tar.gz");
    let output = run(&["inspect", "--json", &sample.to_string_lossy()]);
    let json: serde_json::Value = serde_json::from_str(&expect(&output, 0)).expect("JSON");
    assert_eq!(json["schema_version"], 1);
}

#[test]
fn stdin_and_several_inputs_are_read() {
    let read = run_with_input(&["inspect", "-"], LOG);
    assert!(expect(&read, 0).contains("1 error"), "{}", stdout(&read));
    let folder = tempfile::tempdir().expect("a folder");
    let (one, two) = (folder.path().join("one.log"), folder.path().join("two.log"));
    std::fs::write(&one, LOG).expect("a file");
    std::fs::write(&two, LOG).expect("a file");
    let read = run(&["inspect", &one.to_string_lossy(), &two.to_string_lossy()]);
    assert!(expect(&read, 0).contains("2 errors"), "{}", stdout(&read));
    expect(&run_with_input(&["inspect", "-", "-"], LOG), 2);
}

#[test]
fn a_finding_can_fail_a_script() {
    let sample = repository("examples/shop-outage.tar.gz");
    let sample = sample.to_string_lossy();
    expect(&run(&["inspect", "-q", "--fail-on", "high", &sample]), 1);
    let good = repository("examples/shop-good.tar.gz");
    expect(&run(&["inspect", "-q", "--fail-on", "high", &good.to_string_lossy()]), 0);
}

#[test]
fn the_html_report_is_one_safe_file_and_the_same_every_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let sample = repository("examples/shop-outage.tar.gz");
    let sample = sample.to_string_lossy();
    let pages: Vec<String> = ["a.html", "b.html"]
        .iter()
        .zip(["1", "2"])
        .map(|(name, threads)| {
            let path = folder.path().join(name);
            let arguments =
                ["inspect", "--threads", threads, "--html", &path.to_string_lossy(), &sample];
            expect(&run(&arguments), 0);
            std::fs::read_to_string(&path).expect("a page")
        })
        .collect();
    assert!(pages[0] == pages[1], "the same input gives the same bytes");
    assert!(
        pages[0].contains("Content-Security-Policy")
            && pages[0].contains("default-src &#39;none&#39;")
    );
    assert!(!pages[0].contains("src=\"http"), "nothing comes from elsewhere");
}

#[test]
fn planted_secrets_are_in_no_output() {
    let folder = tempfile::tempdir().expect("a folder");
    let keep = folder.path().join("evidence");
    let html = folder.path().join("report.html");
    let sample = repository("examples/shop-outage.tar.gz");
    let output = run(&[
        "inspect",
        "--json",
        "--keep",
        &keep.to_string_lossy(),
        "--html",
        &html.to_string_lossy(),
        &sample.to_string_lossy(),
    ]);
    let said = expect(&output, 0);
    let page = std::fs::read_to_string(&html).expect("a page");
    let planted = std::fs::read_to_string(repository("examples/planted-secrets.txt"));
    let planted = planted.expect("the list");
    let values: Vec<&str> = planted
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').nth(1).expect("a value"))
        .collect();
    assert!(values.len() >= 12, "there is something to look for");
    for value in values {
        assert!(!said.contains(value), "stdout shows {value}");
        assert!(!page.contains(value), "the report shows {value}");
        assert!(!stderr(&output).contains(value), "stderr shows {value}");
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("missing.tar.gz");
    let output = run(&["inspect", &missing.to_string_lossy()]);
    expect(&output, 3);
    assert!(stderr(&output).contains("unreadable_input"), "{}", stderr(&output));
    assert!(stderr(&output).contains("hint:"), "{}", stderr(&output));

    let whole = std::fs::read(repository("examples/shop-good.tar.gz")).expect("a file");
    let cut = folder.path().join("cut.tar.gz");
    std::fs::write(&cut, &whole[..whole.len() / 2]).expect("a file");
    let output = run(&["inspect", &cut.to_string_lossy()]);
    let said = expect(&output, 3);
    assert!(said.contains("cut_archive"), "{said}");
    assert!(said.contains("records"), "the part before the cut is read: {said}");
}

#[test]
fn terminal_escapes_in_a_log_do_not_reach_the_terminal() {
    let log = b"2026-11-24T09:41:05.000Z ERROR \x1b]0;owned\x07\x1b[2Jgone \xe2\x80\xaetxt\n";
    let said = run_with_input(&["inspect", "--color", "always", "-"], log);
    let said = stdout(&said);
    assert!(!said.contains('\u{7}') && !said.contains("\u{1b}]") && !said.contains("\u{1b}[2J"));
    assert!(!said.contains('\u{202e}'), "bidi overrides are made visible");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let sample = repository("examples/shop-outage.tar.gz");
    let mut child = mainstay()
        .args(["inspect", "--json", &sample.to_string_lossy()])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    assert!(child.wait().expect("it ends").success());
}
