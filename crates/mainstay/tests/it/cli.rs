//! What the command line says about itself.

use crate::harness::{expect, run, stderr, stdout};

#[test]
fn the_exit_codes_are_documented() {
    insta::assert_snapshot!(expect(&run(&["help", "exit-codes"]), 0));
}

#[test]
fn every_command_has_help() {
    let mut text = expect(&run(&["--help"]), 0);
    for command in [
        "inspect",
        "query",
        "compare",
        "signature",
        "patterns",
        "mine",
        "redact",
        "reveal",
        "serve",
        "demo",
        "case",
        "sla",
        "account",
        "db",
        "audit",
    ] {
        text.push_str(&format!("\n==> {command}\n"));
        text.push_str(&expect(&run(&[command, "--help"]), 0));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn usage_errors_say_what_is_wrong_on_stderr() {
    for arguments in [&["inspect"][..], &["nonsense"], &["case", "show", "seven"], &[]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stdout(&output).is_empty(), "{arguments:?}");
        assert!(!stderr(&output).is_empty(), "{arguments:?}");
    }
    assert!(stderr(&run(&["help", "nonsense"])).contains("topics: exit-codes"));
}

#[test]
fn completions_and_man_pages_come_from_the_same_definitions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(expect(&run(&["completions", shell]), 0).contains("inspect"), "{shell}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("man");
    expect(&run(&["man", "--out", &out.to_string_lossy()]), 0);
    let page = std::fs::read_to_string(out.join("mainstay-inspect.1")).expect("a page");
    assert!(page.contains("fail") && page.contains("html"), "{page}");
}

#[test]
fn the_description_of_the_interface_is_printed() {
    let text = expect(&run(&["openapi"]), 0);
    let checked_in =
        std::fs::read_to_string(crate::harness::repository("crates/mainstay-server/openapi.json"));
    assert!(text == checked_in.expect("openapi.json"), "the printed description is another one");
}
