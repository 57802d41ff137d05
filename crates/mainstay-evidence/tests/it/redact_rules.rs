//! Rules of a customer: our own file, and specs of troubleshoot.sh as they are.

use std::sync::Arc;

use mainstay_evidence::redact::{Collected, Policy, Redactor};
use proptest::prelude::*;

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

/// `line:column message` of everything that is wrong.
fn mistakes(rules: &str) -> Vec<String> {
    let outline = Policy::outline(rules);
    let said = outline.mistakes.iter();
    said.map(|mistake| format!("{}:{} {}", mistake.line, mistake.column, mistake.message)).collect()
}

#[test]
fn every_mistake_is_named_at_its_place() {
    let outline = Policy::outline(OWN);
    assert_eq!((outline.rules, outline.mistakes.as_slice()), (5, [].as_slice()));
    assert_eq!(outline.profiles, [("ledger".to_owned(), 1)]);
    let wrong = "version: 1
rules:
  - name: open
    pattern: '(a'
  - name: fine
    words: [bluebird]
  - name: greedy
    pattern: '.+'
profiles:
  ledger:
    rules:
      - name: nothing
        kind: token
  Ledger: {}
";
    let said = mistakes(wrong);
    let places: Vec<&str> = said.iter().map(|said| said.split(' ').next().unwrap_or("")).collect();
    assert_eq!(places, ["3:5", "7:5", "12:9", "14:11"], "{said:?}");
    assert!(said[1].contains("rule greedy: it would hide 100 % of an ordinary log"), "{said:?}");
    assert!(said[2].contains("each of pattern, words, keys and path is empty"), "{said:?}");
    assert!(said[3].contains("two profiles named"), "{said:?}");
    let syntax = mistakes("version: 1\nrules:\n  - name: x\n    wrods: [a]\n");
    assert!(syntax[0].starts_with("4:5 ") && syntax[0].contains("wrods"), "{syntax:?}");
    assert_eq!(mistakes(&"#".repeat(2 << 20)), ["0:0 the rules are larger than 1 MiB"]);
    let spec = mistakes(&TROUBLESHOOT.replace("(another)(", "(another)(("));
    assert!(spec[0].starts_with("8:5 rule all files: the pattern is not valid"), "{spec:?}");
}

#[test]
fn what_costs_too_much_is_refused_with_its_cost() {
    let rules = |lines: &str| mistakes(&format!("version: 1\nrules:\n{lines}")).join("\n");
    let place = rules("  - name: all\n    path: '*'\n");
    assert!(place.contains("100 % of the values of ordinary settings (46 of 46 bytes)"), "{place}");
    let after = rules("  - name: all\n    pattern: '.+'\n    after: '.'\n");
    assert!(after.contains("% of an ordinary log"), "{after}");
    let thirds = ["a-h", "i-q", "r-z"];
    let letters = thirds
        .map(|third| format!("  - {{name: '{third}', files: [x], pattern: '[{third}]+'}}\n"))
        .concat();
    let everywhere = rules(&letters.replace("files: [x], ", ""));
    let together = "0:0 all rules together would hide";
    assert!(everywhere.contains(together), "{everywhere}");
    let many: String = (0..1_001).map(|n| format!("  - name: n\n    words: [w{n}]\n")).collect();
    assert!(rules(&many).contains("1001 rules: every line is asked"), "{}", rules(&many));
    // of some files only, they take nothing from the others
    assert_eq!(rules(&letters), "");
}

#[test]
fn a_product_chooses_its_profile() {
    let of = |product: &str| {
        let (policy, used) = Policy::for_product(OWN, product).expect("rules");
        (policy.len(), used)
    };
    assert_eq!(of("Ledger "), (6, Some("ledger".to_owned())));
    assert_eq!(of("Shop"), (5, None));
    assert_eq!(of(""), (5, None));
}

#[test]
fn a_line_is_laid_open_with_the_rules_that_hit() {
    let redactor = redactor(OWN, None);
    let text = "nothing here\nCUST-123456 and password=geheim12\nroom 17";
    let lines = redactor.lay_open(Some("notes/a.txt"), text);
    let told = |line: usize| -> Vec<(&str, Option<(&str, &str)>)> {
        let parts = lines[line].parts.iter();
        parts
            .map(|part| {
                let hit = part.hit.as_ref().map(|hit| (hit.kind, hit.rule.as_str()));
                (part.text.as_str(), hit)
            })
            .collect()
    };
    assert_eq!(told(0), [("nothing here", None)]);
    let customer = ("CUST-123456", Some(("official-number", "customer numbers")));
    let password = ("geheim12", Some(("password", "name")));
    assert_eq!(told(1), [customer, (" and password=", None), password]);
    assert_eq!(told(2), [("room ", None), ("17", Some(("hidden", "rooms")))]);
    assert!(!lines[0].is_hit() && lines[1].is_hit());
    let elsewhere = redactor.lay_open(Some("other.log"), text);
    assert!(!elsewhere[2].is_hit());
    assert!(!format!("{lines:?}").contains("geheim12"), "a debug print holds no value");
}

#[test]
fn every_session_leaves_its_identities() {
    let collected = Collected::default();
    let redactor = Redactor::new([7; 32]).with_collected(collected.clone());
    let mut session = redactor.session();
    let line = session.line("user=msample from 10.1.2.3 password=geheim12").into_owned();
    drop(session);
    let _ = redactor.session().text("mail to jo@example.com\nand sid=q7Vx2LkP9sTnB4wZ8mRc");
    let map = collected.take();
    let token = &line[line.find("<user-").expect("a pseudonym")..];
    let token = &token[..=token.find('>').expect("its end")];
    assert_eq!(map.reveal(token), Some("msample"));
    assert_eq!(map.len(), 3, "no credentials and no sessions");
    assert!(collected.take().is_empty());
    assert_eq!(format!("{map:?}"), "IdentityMap(3 identities)");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// With a team's rules as without: what is redacted stays as it is, and nothing planted is left.
    #[test]
    fn redacting_twice_by_rules_is_redacting_once(
        parts in prop::collection::vec(prop_oneof![
            "CUST-[0-9]{6}",
            "password=[a-z0-9]{6,12}",
            "Bluebird|SPARROW",
            "acme_pin[:=] ?[0-9]{4}",
            "from 10\\.[0-9]{1,2}\\.3\\.4",
            "user=[a-z]{4,8}",
            "[a-z ]{0,12}",
        ], 0..8),
        joint in "[ ,;]",
    ) {
        let redactor = redactor(OWN, Some("ledger"));
        let text = parts.join(&joint);
        let once = redactor.session_for("notes/a.txt").text(&text).into_owned();
        let twice = redactor.session_for("notes/a.txt").text(&once).into_owned();
        prop_assert_eq!(&once, &twice, "{}", text);
        for part in parts.iter().filter(|part| part.starts_with("CUST-")) {
            prop_assert!(!once.contains(part.as_str()), "{} {}", text, once);
        }
        let laid_open = redactor.lay_open(Some("notes/a.txt"), &text);
        let whole: String = laid_open.iter().flat_map(|line| &line.parts).map(|part| part.text.as_str()).collect();
        prop_assert_eq!(whole, text, "the parts are the line");
    }
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
