//! Rules of a customer: our own file, and specs of troubleshoot.sh as they are.

use std::sync::Arc;

use mainstay_evidence::redact::{Policy, Redactor};

fn redactor(rules: &str, profile: Option<&str>) -> Redactor {
    let policy = Policy::parse(rules, profile).expect("rules that can be used");
    Redactor::new([7; 32]).with_policy(Arc::new(policy))
}

fn refused(rules: &str, profile: Option<&str>) -> String {
    Policy::parse(rules, profile).expect_err("refused").to_string()
}

fn lines(redactor: &Redactor, path: &str, text: &str) -> String {
    let mut session = redactor.session_for(path);
    let lines: Vec<String> = text.lines().map(|line| session.line(line).into_owned()).collect();
    lines.join("\n")
}

const OWN: &str = "
version: 1
rules:
  - name: customer numbers
    pattern: 'CUST-[0-9]{6}'
    kind: official-number
  - name: projects
    words: [bluebird, sparrow]
  - name: rooms
    files: ['notes/**']
    pattern: 'room (?P<hide>\\d+)'
  - name: mails of users
    path: users.*.mail
keys: [acme_pin]
allow:
  values: [hunter2]
  patterns: ['10\\.0\\.0\\.\\d+']
  keys: [demo_token]
profiles:
  ledger:
    rules:
      - name: ledgers
        words: [general-ledger-7]
";

#[test]
fn own_rules_hide_and_allow() {
    let redactor = redactor(OWN, None);
    let of = |text: &str| lines(&redactor, "a/notes/x.log", text);
    assert!(of("for CUST-123456 now").starts_with("for <official-number-"));
    assert_eq!(of("CUST-123456"), of("CUST-123456"));
    assert_eq!(of("Bluebird and bluebirds"), "<hidden> and bluebirds");
    assert_eq!(of("acme_pin=4711"), "acme_pin=<hidden>");
    assert_eq!(of("room 17"), "room <hidden>");
    assert_eq!(lines(&redactor, "a/other.log", "room 17"), "room 17");
    assert_eq!(of("password=hunter2 password=hunter3"), "password=hunter2 password=<password>");
    assert_eq!(of("from 10.0.0.7"), "from 10.0.0.7");
    assert_eq!(of("demo_token=q7Vx2LkP9sTnB4wZ"), "demo_token=q7Vx2LkP9sTnB4wZ");
    assert_eq!(of("users:\n- mail: x\n  id: 7"), "users:\n- mail: <hidden>\n  id: 7");
    let once = of("CUST-123456 sparrow acme_pin: 4711 room 17");
    assert_eq!(of(&once), once);
}

#[test]
fn a_profile_adds_the_rules_of_a_product() {
    assert_eq!(lines(&redactor(OWN, None), "x", "general-ledger-7"), "general-ledger-7");
    assert_eq!(lines(&redactor(OWN, Some("ledger")), "x", "general-ledger-7"), "<hidden>");
    assert_eq!(refused(OWN, Some("shop")), "there is no profile shop: the file has ledger");
}

#[test]
fn rules_that_cannot_be_meant_are_refused_with_the_reason() {
    let with =
        |rule: &str| refused(&format!("version: 1\nrules:\n  - name: r\n    {rule}\n"), None);
    assert!(with("pattern: '.*'").contains("matches the empty text"), "{}", with("pattern: '.*'"));
    let everything = with("pattern: '.+'");
    assert!(
        everything.contains("% of an ordinary log") && everything.contains("bytes"),
        "{everything}"
    );
    assert!(with("pattern: '(a'").contains("is not valid"));
    assert!(with("pattern: '(?:a{1000}){1000}'").contains("is not valid"));
    assert!(with("words: ['']").contains("words is empty"));
    assert!(with("kind: secret").contains("each of pattern, words, keys and path is empty"));
    assert!(with("words: [a]\n    kind: nothing").contains("there is no kind nothing"));
    assert!(with("wrods: [a]").contains("unknown field"), "{}", with("wrods: [a]"));
    assert!(refused("version: 2\n", None).contains("write version: 1"));
    assert!(refused(&"#".repeat(2 << 20), None).contains("larger than"));
}

const TROUBLESHOOT: &str = r#"
apiVersion: troubleshoot.sh/v1beta2
kind: Redactor
metadata:
  name: my-redactor
spec:
  redactors:
  - name: all files
    removals:
      values:
      - bluebird
      regex:
      - redactor: '(another)(?P<mask>.*)(here)'
      - selector: 'S3_ENDPOINT'
        redactor: '("value": ").*(")'
      - redactor: '(id=)(?P<mask>\d+)(;old=)(?P<drop>\d+)(;twice=)(?P<mask>\d+)'
      yamlPath:
      - "abc.xyz.*"
  - name: one file
    fileSelector:
      file: data/my-manifest.yaml
    removals:
      values: [only-here]
  - name: some files
    fileSelector:
      files: ['logs/**/*.log']
    removals:
      values: [in-logs]
"#;

#[test]
fn specs_of_troubleshoot_are_used_as_they_are() {
    let redactor = redactor(TROUBLESHOOT, None);
    let of = |path: &str, text: &str| lines(&redactor, path, text);
    assert_eq!(of("x", "a bluebirds nest"), "a <hidden>s nest");
    assert_eq!(of("x", "another thing here"), "another<hidden>here");
    assert_eq!(of("x", "id=17;old=18;twice=19"), "id=<hidden>;old=;twice=<hidden>");
    assert_eq!(
        of("x", "\"name\": \"S3_ENDPOINT\",\n\"value\": \"abc\"\n\"value\": \"abc\""),
        "\"name\": \"S3_ENDPOINT\",\n<hidden>\n\"value\": \"abc\""
    );
    assert_eq!(
        of("x", "abc:\n  xyz:\n  - one\n  - two\n  uvw: three"),
        "abc:\n  xyz:\n  - <hidden>\n  - <hidden>\n  uvw: three"
    );
    assert_eq!(of("bundle/data/my-manifest.yaml", "a: only-here"), "a: <hidden>");
    assert_eq!(of("bundle/data/other.yaml", "a: only-here"), "a: only-here");
    assert_eq!(of("logs/a/b.log", "in-logs"), "<hidden>");
    assert_eq!(of("logs/b.txt", "in-logs"), "in-logs");
    // and what we hide by ourselves
    assert_eq!(of("x", "password=geheim12"), "password=<password>");
    assert!(refused("apiVersion: v1\nkind: Pod\n", None).contains("must be a Redactor"));
}

/// The kinds of values that troubleshoot hides by itself, in its own samples' form.
#[test]
fn what_troubleshoot_hides_by_itself_is_hidden_too() {
    let redactor = Redactor::new([7; 32]);
    for (text, value) in [
        (r#"{\"name\":\"SECRET_ACCESS_KEY\",\"value\":\"q7Vx2LkP9sTn\"}"#, "q7Vx2LkP9sTn"),
        (r#"{\"name\":\"DB_PASSWORD\",\"value\":\"geheim12\"}"#, "geheim12"),
        ("\"name\": \"API_TOKEN\",\n\"value\": \"q7Vx2LkP9sTn\"", "q7Vx2LkP9sTn"),
        ("postgres://jo:geheim12@db:5432/shop", "geheim12"),
        ("user:geheim12@tcp(db:3306)/shop", "geheim12"),
        ("user:geheim12@unix(/run/mysqld.sock)", "geheim12"),
        ("Data Source=db;User ID=jdoe;Password=geheim12;", "geheim12"),
        ("Server=db;Uid=jdoe;Pwd=geheim12;", "geheim12"),
        (
            "\"entity\": \"client.admin\",\n\"key\": \"AQBq7Vx2LkP9sTnB4wZ8mRcq7Vx2LkP9sTnB4w==\"",
            "AQBq7Vx2Lk",
        ),
    ] {
        let result = redactor.session().text(text).into_owned();
        assert!(!result.contains(value), "{text}\n{result}");
    }
}
