//! A desk worked from the command line, and its log audited.

use std::path::Path;

use crate::harness::{expect, repository, run, run_with_input, stderr};

/// Runs a command on a desk in this folder.
pub fn on(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let folder = folder.to_string_lossy();
    let mut all = arguments.to_vec();
    all.extend(["--data", &folder]);
    run(&all)
}

pub fn create(folder: &Path, login: &str, role: &str, password: &str) -> std::process::Output {
    let folder = folder.to_string_lossy();
    let arguments =
        ["account", "create", login, "--name", login, "--role", role, "--data", &folder];
    run_with_input(&arguments, password.as_bytes())
}

#[test]
fn a_case_is_worked_from_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = folder.path();
    assert!(stderr(&on(desk, &["case", "list"])).contains("mainstay account create"));
    expect(&create(desk, "kim", "senior", "correct horse battery\n"), 0);
    expect(&create(desk, "short", "agent", "too short"), 2);
    expect(&create(desk, "kim", "agent", "correct horse battery"), 6);

    let sample = repository("examples/shop-good.tar.gz");
    let sample = sample.to_string_lossy();
    let open =
        on(desk, &["case", "open", "Checkout 502s", "--severity", "P1", "--bundle", &sample]);
    assert_eq!(expect(&open, 0), "MS-1001\n");
    let listed = expect(&on(desk, &["case", "list"]), 0);
    assert!(listed.starts_with("MS-1001\tP1\tnew\t-\t1\t"), "{listed}");

    expect(&on(desk, &["case", "assign", "MS-1001", "kim"]), 0);
    expect(&on(desk, &["case", "note", "MS-1001", "nothing in here [E1]"]), 5);
    expect(&on(desk, &["case", "note", "MS-1001", "we look at it", "--public"]), 0);
    expect(&on(desk, &["case", "severity", "MS-1001", "p2", "--reason", "workaround"]), 0);
    expect(&on(desk, &["case", "resolve", "MS-1001", "nothing was wrong"]), 0);
    expect(&on(desk, &["case", "assign", "MS-1001"]), 6);
    expect(&on(desk, &["case", "reopen", "MS-1001", "it is back"]), 0);
    expect(&on(desk, &["case", "show", "MS-9"]), 5);
    let shown = expect(&on(desk, &["case", "show", "MS-1001", "--json"]), 0);
    let shown: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
    let kinds: Vec<&str> = shown["timeline"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|entry| entry["kind"].as_str().expect("a kind"))
        .collect();
    assert_eq!(
        kinds,
        [
            "opened",
            "bundle_attached",
            "bundle_read",
            "assigned",
            "noted",
            "severity_set",
            "resolved",
            "reopened"
        ]
    );

    assert!(expect(&on(desk, &["audit", "verify"]), 0).contains("everything is as it was written"));
    expect(&on(desk, &["db", "rebuild", "--check"]), 0);
    expect(&on(desk, &["db", "rebuild"]), 0);
    let exported = expect(&on(desk, &["db", "export"]), 0);
    assert!(exported.lines().all(|line| line.starts_with('{')), "JSON lines");
    assert!(!exported.contains("correct horse"), "no password is in the log");
}

/// A suspect is judged by its name and by its number, beside a good bundle and alone.
#[test]
fn a_cause_is_judged_from_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = folder.path();
    expect(&create(desk, "kim", "senior", "correct horse battery\n"), 0);
    expect(&on(desk, &["case", "open", "Checkout 502s"]), 0);
    let none = on(desk, &["case", "hypotheses", "MS-1001"]);
    assert!(stderr(&none).contains("no bundle that was read"), "{}", stderr(&none));
    for name in ["examples/shop-good.tar.gz", "examples/shop-outage.tar.gz"] {
        let path = repository(name);
        expect(&on(desk, &["case", "attach", "MS-1001", &path.to_string_lossy()]), 0);
    }
    let alone = expect(&on(desk, &["case", "hypotheses", "MS-1001"]), 0);
    assert!(alone.starts_with("shop-outage.tar.gz\nfault"), "{alone}");
    assert!(alone.contains("ledger"), "{alone}");

    let judge = |suspect: &str, word: &str, reason: &str| {
        on(desk, &["case", "judge", "MS-1001", suspect, word, "--reason", reason])
    };
    expect(&judge("nobody", "confirmed", "x"), 5);
    expect(&judge("ledger", "perhaps", "x"), 2);
    expect(&judge("ledger", "confirmed", " "), 2);
    let judged = expect(&judge("ledger", "inconclusive", "looked at one pod"), 0);
    assert_eq!(judged, "MS-1001/H1 inconclusive\n");
    assert_eq!(expect(&judge("H1", "confirmed", "the pool"), 0), "MS-1001/H1 confirmed\n");
    expect(&on(desk, &["case", "note", "MS-1001", "see [H1]"]), 0);
    expect(&on(desk, &["case", "note", "MS-1001", "see [H7]"]), 5);

    expect(&on(desk, &["case", "reference", "MS-1001", "no-such.tar.gz"]), 2);
    expect(&on(desk, &["case", "reference", "MS-1001", "shop-good.tar.gz"]), 0);
    let beside = expect(&on(desk, &["case", "hypotheses", "MS-1001", "--json"]), 0);
    let beside: serde_json::Value = serde_json::from_str(&beside).expect("JSON");
    let baseline = beside["diagnosis"]["baseline"].as_str().unwrap_or_default();
    assert!(baseline.contains("the reference"), "{baseline}");
    assert_eq!(beside["taken_up"][0]["judgement"], "confirmed");
    expect(&on(desk, &["case", "reference", "MS-1001"]), 0);
    assert!(expect(&on(desk, &["audit", "verify"]), 0).contains("everything is as it was written"));
    expect(&on(desk, &["db", "rebuild", "--check"]), 0);
}

/// Policies are published, a case runs under them, and its clocks say why they stand still.
#[test]
fn promises_are_kept_from_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = folder.path();
    expect(&create(desk, "lee", "manager", "correct horse battery"), 0);
    let policies = repository("examples/policies.json");
    let policies = policies.to_string_lossy();
    let none = on(desk, &["sla", "policies"]);
    assert!(stderr(&none).contains("mainstay sla publish"), "{}", stderr(&none));
    expect(&on(desk, &["sla", "publish", &policies, "--reason", "new contract"]), 0);
    expect(&on(desk, &["sla", "publish", &repository("README.md").to_string_lossy()]), 2);
    let printed = expect(&on(desk, &["sla", "policies", "--version", "1"]), 0);
    let again = serde_json::from_str::<serde_json::Value>(&printed).expect("JSON");
    assert_eq!(again["policies"][0]["name"], "Premium");
    expect(&on(desk, &["sla", "policies", "--version", "2"]), 5);

    expect(&on(desk, &["case", "open", "Checkout 502s", "--severity", "P2"]), 0);
    let reply = ["case", "note", "MS-1001", "what changed?", "--public", "--status", "pending"];
    expect(&on(desk, &reply), 0);
    let clocks = expect(&on(desk, &["case", "clocks", "MS-1001"]), 0);
    assert!(clocks.contains("first_reply_time 1: met"), "{clocks}");
    assert!(clocks.contains("agent_work_time 1: paused"), "{clocks}");
    expect(&on(desk, &["case", "customer", "MS-1001", "nothing", "--from", "Dana"]), 0);
    expect(&on(desk, &["case", "status", "MS-1001", "hold"]), 2);
    expect(&on(desk, &["case", "status", "MS-1001", "hold", "--on", "vendor"]), 0);
    let listed = expect(&on(desk, &["case", "list"]), 0);
    assert!(listed.starts_with("MS-1001\tP2\thold\t"), "{listed}");
    expect(&on(desk, &["case", "close", "MS-1001"]), 2);
    let close = "case close MS-1001 --confirmed customer --how Dana --cause pool \
        --no-signature unique --new-article KB-12";
    let close: Vec<&str> = close.split_whitespace().collect();
    expect(&on(desk, &close), 6);
    expect(&on(desk, &["case", "resolve", "MS-1001", "raised the pool"]), 0);
    let both = [&close[..], &["--signature", "pool"]].concat();
    expect(&on(desk, &both), 2);
    expect(&on(desk, &close), 0);
    expect(&on(desk, &["sla", "re-evaluate", "MS-1001"]), 0);
    assert!(expect(&on(desk, &["audit", "verify"]), 0).contains("everything is as it was written"));
    expect(&on(desk, &["db", "rebuild", "--check"]), 0);
}

/// A swarm and its decision, a mitigation and its second person, by people of the command line.
#[test]
fn people_come_together_on_a_case() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = folder.path();
    expect(&create(desk, "kim", "senior", "correct horse battery"), 0);
    expect(&create(desk, "max", "manager", "correct horse battery"), 0);
    let as_of = |login: &str, words: &[&str]| on(desk, &[words, &["--as", login]].concat());
    expect(&as_of("kim", &["case", "open", "Checkout 502s"]), 0);
    expect(&as_of("kim", &["swarm", "join", "MS-1001"]), 6);
    let open = ["swarm", "open", "MS-1001", "who holds the pool?", "--exit", "we know"];
    expect(&as_of("kim", &[&open[..], &["--invite", "nobody"]].concat()), 5);
    expect(&as_of("kim", &[&open[..], &["--minutes", "0"]].concat()), 2);
    expect(&as_of("kim", &[&open[..], &["--invite", "max"]].concat()), 0);
    expect(&as_of("max", &["swarm", "join", "MS-1001"]), 0);
    expect(&as_of("max", &["swarm", "tried", "MS-1001", "killed a session"]), 0);
    expect(&as_of("kim", &["case", "resolve", "MS-1001", "done"]), 6);
    expect(&as_of("kim", &["swarm", "close", "MS-1001", "next_step", "raise it"]), 2);
    let close = ["swarm", "close", "MS-1001", "next_step", "raise it", "--owner", "max"];
    expect(&as_of("kim", &close), 0);
    let listed = expect(&as_of("kim", &["swarm", "list", "MS-1001"]), 0);
    assert!(listed.contains("\tnext_step\twho holds the pool?"), "{listed}");

    let propose = ["mitigation", "propose", "MS-1001", "raise the pool", "--risk", "high"];
    let named = ["--because", "it may refuse", "--rollback", "set it back"];
    expect(&as_of("kim", &propose), 2);
    expect(&as_of("kim", &[&propose[..], &named[..]].concat()), 0);
    expect(&as_of("kim", &["mitigation", "set", "MS-1001", "1", "approved"]), 4);
    expect(&as_of("max", &["mitigation", "set", "MS-1001", "1", "approved"]), 0);
    expect(&as_of("kim", &["mitigation", "set", "MS-1001", "1", "applied"]), 0);
    let listed = expect(&as_of("kim", &["mitigation", "list", "MS-1001"]), 0);
    assert_eq!(listed, "1\thigh\tapplied\tkim\traise the pool\n");
    let decide = ["case", "decide", "MS-1001", "wait a day", "--reason", "it is quiet"];
    expect(&as_of("kim", &decide), 0);
    expect(&on(desk, &["db", "rebuild", "--check"]), 0);
}

#[test]
fn a_desk_is_signed_backed_up_and_restored() {
    let folder = tempfile::tempdir().expect("a folder");
    let (desk, outside) = (folder.path().join("desk"), folder.path());
    expect(&create(&desk, "kim", "senior", "correct horse battery"), 0);
    expect(&on(&desk, &["case", "open", "Checkout 502s"]), 0);
    let key = expect(&on(&desk, &["audit", "key"]), 0);
    let key = key.trim();
    assert!(key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit()), "{key}");
    let signed = expect(&on(&desk, &["audit", "checkpoint"]), 0);
    assert!(signed.starts_with("mainstay.checkpoint.v1\nnumber 1\n"), "{signed}");
    assert_eq!(expect(&on(&desk, &["audit", "checkpoint"]), 0), "", "nothing happened since");
    let copy = outside.join("copy");
    std::fs::write(&copy, &signed).expect("kept elsewhere");
    let copy = copy.to_string_lossy();
    let verified = expect(&on(&desk, &["audit", "verify", "--key", key, "--against", &copy]), 0);
    assert!(verified.contains(" 1 checkpoints"), "{verified}");

    let backup = outside.join("desk.backup");
    let backup = backup.to_string_lossy();
    expect(&on(&desk, &["db", "backup", &backup]), 0);
    let refused = on(&desk, &["db", "backup", &backup]);
    assert!(stderr(&refused).contains("a backup replaces nothing"), "{}", stderr(&refused));
    let restored = outside.join("restored");
    let said = expect(&on(&restored, &["db", "restore", &backup, "--key", key]), 0);
    assert!(said.contains("everything is as it was written"), "{said}");
    assert!(expect(&on(&restored, &["case", "list"]), 0).starts_with("MS-1001\t"));
    expect(&on(&restored, &["db", "restore", &backup]), 6);
    let stranger = "58".repeat(32);
    let doubted = outside.join("doubted");
    let said = expect(&on(&doubted, &["db", "restore", &backup, "--key", &stranger]), 1);
    assert!(said.contains("signed with a key that is not trusted"), "{said}");

    let log = expect(&on(&desk, &["db", "export"]), 0);
    let imported = outside.join("imported");
    let data = imported.to_string_lossy();
    expect(&run_with_input(&["db", "import", "--data", &data], log.as_bytes()), 0);
    assert_eq!(expect(&on(&imported, &["db", "export"]), 0), log);
    // the log of before the checkpoint, somewhere else: the copy shows that the rest is missing
    let first = log.lines().next().expect("an event");
    let cut = outside.join("cut");
    let data = cut.to_string_lossy();
    expect(&run_with_input(&["db", "import", "--data", &data], first.as_bytes()), 0);
    let said = expect(&on(&cut, &["audit", "verify", "--against", &copy]), 1);
    assert!(said.contains("it is missing from the database"), "{said}");
    assert!(said.contains("the stream was there, and is gone"), "{said}");
}

#[test]
fn damaged_evidence_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = folder.path();
    expect(&create(desk, "kim", "senior", "correct horse battery"), 0);
    let sample = repository("examples/shop-good.tar.gz");
    let sample = sample.to_string_lossy();
    expect(&on(desk, &["case", "open", "x", "--bundle", &sample]), 0);
    let templates = find(&desk.join("evidence"), "templates.json");
    let mut bytes = std::fs::read(&templates).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&templates, bytes).expect("a file");
    let said = expect(&on(desk, &["audit", "verify"]), 1);
    assert!(said.contains("templates.json is not the file that was stored"), "{said}");
}

fn find(folder: &Path, name: &str) -> std::path::PathBuf {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.ends_with(name) {
                return path;
            }
        }
    }
    panic!("no {name}");
}
