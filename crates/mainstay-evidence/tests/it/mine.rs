//! Mining: bodies in, templates out.

use std::collections::BTreeMap;
use std::path::PathBuf;

use mainstay_core::UtcMicros;
use mainstay_evidence::limits::Limits;
use mainstay_evidence::mine::{Dictionary, FormId, Miner, Seen};
use proptest::prelude::*;

use crate::shared::{read, shared};

fn seen(source: u32, line: u64) -> Seen {
    Seen { source, file: source, line, time: None, level: None }
}

fn mine(bodies: &[String]) -> (Dictionary, Vec<FormId>) {
    let mut miner = Miner::new(&Limits::default());
    let forms = bodies.iter().zip(1..).map(|(body, line)| miner.observe(body, seen(0, line)).form);
    let forms = forms.collect();
    (miner.finish(), forms)
}

/// The template texts of bodies, each with its count, in the order of the text.
fn check(bodies: &str, expect: &str) {
    let bodies: Vec<String> = bodies.trim().lines().map(|line| line.trim().to_owned()).collect();
    let (dictionary, _) = mine(&bodies);
    let mut lines: Vec<String> = dictionary
        .templates
        .iter()
        .map(|template| format!("{} {}", template.tally.count, template.text))
        .collect();
    lines.sort();
    let expect: Vec<&str> = expect.trim().lines().map(str::trim).collect();
    assert_eq!(lines, expect);
}

#[test]
fn a_name_behind_its_noun_varies_and_a_state_does_not() {
    check(
        "session opened for user cyrus
         session opened for user news
         link eth0 is up
         link eth0 is down
         feature enabled=true
         feature enabled=false",
        "1 feature enabled=false
         1 feature enabled=true
         1 link eth0 is down
         1 link eth0 is up
         2 session opened for user <*>",
    );
}

#[test]
fn a_few_plain_words_tell_events_apart() {
    check(
        "request 17 accepted by gateway
         request 18 rejected by gateway
         request 19 accepted by gateway",
        "1 request <*> rejected by gateway
         2 request <*> accepted by gateway",
    );
}

#[test]
fn lengths_join_over_units() {
    check(
        "a.example.com:443 close, 0 bytes sent, lifetime 00:01
         b.example.com:443 close, 934 bytes (1.2 KB) sent, lifetime <1 sec",
        "2 <*> close, <*> sent, lifetime <*>",
    );
}

#[test]
fn a_list_is_one_whatever_its_length() {
    check(
        "seats [Seat(no=1, from=a), Seat(no=2, from=a), Seat(no=3, from=a), Seat(no=4, from=a)] ok
         seats [Seat(no=1, from=a), Seat(no=7, from=a), Seat(no=3, from=a), Seat(no=9, from=a), Seat(no=4, from=a)] ok",
        "2 seats [Seat(no=<*>, from=a), Seat(no=<*>, from=a)] ok",
    );
}

#[test]
fn a_different_key_set_is_a_different_template() {
    check(
        "failure; uid=0 rhost=10.0.0.1
         failure; uid=0 rhost=10.0.0.2 user=root
         failure; uid=7 rhost=db.example.com user=guest",
        "1 failure; uid=<*> rhost=<*>
         2 failure; uid=<*> rhost=<*> user=<*>",
    );
}

#[test]
fn a_pseudonym_is_one_variable_and_a_code_none() {
    check(
        "login of <email-k3v9q2m4t7xa> with <password> failed with ORA-01017
         login of <email-abcdefghij23> with <password> failed with ORA-28000
         login of <email-abcdefghij24> with <private-key> failed with ORA-12541
         call failed with ECONNREFUSED for <init>",
        "1 call failed with ECONNREFUSED for <init>
         1 login of <*> with <*> failed with ORA-01017
         1 login of <*> with <*> failed with ORA-12541
         1 login of <*> with <*> failed with ORA-28000",
    );
}

/// The kinds of the variables of one body.
fn kinds(body: &str) -> String {
    let mut miner = Miner::new(&Limits::default());
    let form = miner.observe(body, seen(0, 1)).form;
    let dictionary = miner.finish();
    let kinds = dictionary.forms[&form].kinds.iter().map(|kinds| format!("{:?}", kinds[0]));
    kinds.collect::<Vec<_>>().join(" ")
}

#[test]
fn variables_have_kinds() {
    let bodies = "10.0.0.1 10.0.0.1:80 [fe80::1] db-7.example.com:5432 db.example.com
        at 2026-11-24T09:41:07Z 12:30 Fri Jun 17
        took 12ms 1h2m 10MB 3.5% -1.5e3 1,234 v1.2.3
        id=3f2a6c1e-9d3b-4c1a-8f57-0e6b2a9c4d11 0xdeadbeef 9f86d081884c7d65 52:54:00:ab:cd:ef
        user@example.com https://example.com/a?b=1 /var/log/x.log <ip-k3v9q2m4t7xa> ***HIDDEN***
        blk_38865049064139660 ssh2 tty1 md5 plain";
    let lines = bodies.lines().map(|body| format!("{}: {}", body.trim(), kinds(body.trim())));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_result_does_not_depend_on_order_or_threads() {
    let bodies: Vec<String> =
        SETS.iter().flat_map(|set| contents(set)).map(|(body, _)| body).collect();
    let at = |line: usize| {
        let line = u64::try_from(line).expect("a small number");
        Seen {
            time: Some(UtcMicros(i64::try_from(line * 7 % 1_000).unwrap_or(0))),
            ..seen(0, line)
        }
    };
    let (first, last) = bodies.split_at(bodies.len() / 3);
    let mut whole = Miner::new(&Limits::default());
    for (line, body) in bodies.iter().enumerate() {
        whole.observe(body, at(line));
    }
    let mut one = Miner::new(&Limits::default());
    let mut other = Miner::new(&Limits::default());
    for (line, body) in last.iter().enumerate().rev() {
        other.observe(body, at(line + first.len()));
    }
    for (line, body) in first.iter().enumerate().rev() {
        one.observe(body, at(line));
    }
    other.merge(one);
    let (whole, other) = (whole.finish(), other.finish());
    for (at, template) in whole.templates.iter().enumerate() {
        let forms = whole.forms.values().filter(|form| usize::try_from(form.template) == Ok(at));
        assert_eq!(forms.map(|form| form.count).sum::<u64>(), template.tally.count);
    }
    let json = |dictionary| serde_json::to_string(dictionary).expect("plain JSON");
    assert_eq!(json(&whole), json(&other));
}

#[test]
fn counts_add_up_beyond_the_limit_of_signatures() {
    let limits = Limits { signatures: 3, ..Limits::default() };
    let mut miner = Miner::new(&limits);
    let words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"];
    let mut restored = Vec::new();
    for (line, word) in words.iter().cycle().take(60).enumerate() {
        let source = u32::from(line % 2 == 0);
        let line = u64::try_from(line).expect("a small number");
        let mined = miner.observe(word, seen(source, line));
        restored.push((mined.form, mined.variables, *word));
    }
    assert_eq!(miner.overflowed(), 30);
    let dictionary = miner.finish();
    assert_eq!(dictionary.records(), 60);
    assert_eq!(dictionary.forms.values().map(|form| form.count).sum::<u64>(), 60);
    for template in &dictionary.templates {
        assert_eq!(template.tally.sources.values().sum::<u64>(), template.tally.count);
    }
    for (form, variables, word) in restored {
        assert_eq!(dictionary.forms[&form].fill(&variables), word);
    }
}

#[test]
fn ids_are_the_same_in_every_bundle() {
    let (one, _) = mine(&["took 12 ms for 10.0.0.1".to_owned()]);
    let (other, _) = mine(&["nothing else".to_owned(), "took 7 ms for 10.9.9.9".to_owned()]);
    let ids: Vec<&str> = other.templates.iter().map(|template| template.id.as_str()).collect();
    assert!(ids.contains(&one.templates[0].id.as_str()));
    insta::assert_snapshot!(one.templates[0].id);
}

const SETS: [&str; 8] =
    ["Apache", "HDFS", "Linux", "OpenSSH", "OpenStack", "Proxifier", "Spark", "Zookeeper"];

fn contents(set: &str) -> Vec<(String, String)> {
    let name = format!("data/loghub/{set}/{set}_2k.log_structured_corrected.csv");
    let mut reader = csv::Reader::from_path(shared().join(name)).expect("a labelled set");
    let headers = reader.headers().expect("a header line").clone();
    let column = |name: &str| headers.iter().position(|header| header == name).expect("a column");
    let (content, template) = (column("Content"), column("EventTemplate"));
    reader
        .records()
        .map(|record| record.expect("a row"))
        .map(|record| (record[content].to_owned(), record[template].to_owned()))
        .collect()
}

/// Group accuracy: the share of lines whose group is exactly the labelled group.
fn group_accuracy(predicted: &[String], truth: &[String]) -> f64 {
    let mut by_text: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_truth: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (line, (text, label)) in predicted.iter().zip(truth).enumerate() {
        by_text.entry(text).or_default().push(line);
        by_truth.entry(label).or_default().push(line);
    }
    let exact: usize =
        by_text.values().filter(|group| by_truth.values().any(|g| g == *group)).map(Vec::len).sum();
    let total = u32::try_from(predicted.len()).expect("a small set");
    f64::from(u32::try_from(exact).expect("a small set")) / f64::from(total)
}

/// Mines the sets and gives the mean group accuracy; `MAINSTAY_MINE_OUT` names a folder for the
/// predictions, which `shared/bench/logparse/evaluate.py` scores in full.
fn score(kind: &str, body_of_lines: &dyn Fn(&str) -> Vec<String>) -> f64 {
    let out = std::env::var_os("MAINSTAY_MINE_OUT").map(|out| PathBuf::from(out).join(kind));
    let mut sum = 0.0;
    for set in SETS {
        let truth: Vec<String> = contents(set).into_iter().map(|(_, label)| label).collect();
        let (dictionary, forms) = mine(&body_of_lines(set));
        let templates = || forms.iter().map(|form| dictionary.template_of(*form).expect("known"));
        let ids: Vec<String> = templates().map(|template| template.id.clone()).collect();
        sum += group_accuracy(&ids, &truth);
        if let Some(out) = &out {
            let lines = templates().zip(1..).map(|(template, line)| {
                let (text, id) = (&template.text, &template.id);
                serde_json::json!({"line": line, "template": text, "group": id}).to_string()
            });
            let text = lines.collect::<Vec<_>>().join("\n");
            std::fs::create_dir_all(out).expect("a writable folder");
            std::fs::write(out.join(format!("{set}.jsonl")), text).expect("a writable folder");
        }
    }
    sum / 8.0
}

#[test]
fn labelled_bodies_are_grouped() {
    let bodies = |set: &str| contents(set).into_iter().map(|(body, _)| body).collect();
    let mean = score("bodies", &bodies);
    assert!(mean >= 0.98, "mean group accuracy {mean:.3}");
}

#[test]
fn labelled_raw_lines_are_grouped() {
    let bodies = |set: &str| {
        let name = format!("{set}_2k.log");
        let bytes = std::fs::read(shared().join(format!("data/loghub/{set}/{name}")));
        let records = read(&name, &bytes.expect("a labelled set")).records;
        let lines = records.iter().flat_map(|record| {
            let lines = usize::try_from(record.lines).expect("a small record");
            std::iter::repeat_n(record.body.clone().into_owned(), lines)
        });
        lines.collect()
    };
    let mean = score("raw", &bodies);
    assert!(mean >= 0.98, "mean group accuracy {mean:.3}");
}

proptest! {
    #[test]
    fn a_form_gives_the_body_back(body in r#"[ -~äé\t]{0,60}"#, words in 0_usize..6) {
        let limits = Limits { tokens: words, ..Limits::default() };
        let mut miner = Miner::new(&limits);
        let mined = miner.observe(&body, seen(0, 1));
        let (form, variables) = (mined.form, mined.variables);
        let dictionary = miner.finish();
        prop_assert_eq!(dictionary.forms[&form].fill(&variables), body);
    }
}
