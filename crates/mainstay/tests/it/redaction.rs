//! The desk and redaction, from the command line: rules that are published, every container that is
//! attached, and then the whole data folder, every log and every export searched for what was planted.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Arc;

use mainstay_evidence::query::Query;
use mainstay_evidence::redact::{Policy, Redactor};
use mainstay_evidence::report;
use mainstay_evidence::view::Bundle;
use serde_json::Value;

use crate::harness::{expect, mainstay, repository, run_with_input, stderr, stdout};

const RULES: &str = "version: 1
rules:
  - name: projects
    pattern: 'PRJ-[A-Za-z0-9]{12}'
profiles:
  shop:
    rules:
      - name: baskets
        pattern: 'BSK-[A-Za-z0-9]{12}'
";

/// A desk whose every word is kept, to be searched in the end.
struct Desk {
    folder: tempfile::TempDir,
    said: String,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let desk = Self { folder, said: String::new() };
        let data = desk.data().to_string_lossy().into_owned();
        let arguments = ["account", "create", "sam", "--name", "Sam", "--role", "security"];
        let arguments: Vec<&str> = arguments.into_iter().chain(["--data", &data]).collect();
        expect(&run_with_input(&arguments, b"correct horse battery"), 0);
        let key = desk.key().to_string_lossy().into_owned();
        expect(&desk.ask(&["reveal", "--new-identity", &key]), 0);
        desk
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("reveal.key")
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path.to_string_lossy().into_owned()
    }

    fn ask(&self, arguments: &[&str]) -> Output {
        mainstay().args(arguments).env("MAINSTAY_LOG", "trace").output().expect("the binary runs")
    }

    /// A command on the desk, as talkative as it can be.
    fn on(&mut self, arguments: &[&str]) -> Output {
        let output = self.quietly(arguments);
        self.said.push_str(&stdout(&output));
        self.said.push_str(&stderr(&output));
        output
    }

    /// The same for an answer that may hold what is hidden elsewhere.
    fn quietly(&self, arguments: &[&str]) -> Output {
        let (data, key) = (self.data(), self.key());
        let (data, key) = (data.to_string_lossy(), key.to_string_lossy());
        let mut all = arguments.to_vec();
        all.extend(["--data", &data, "--reveal-key", &key]);
        self.ask(&all)
    }

    fn bundles(&self) -> Vec<(PathBuf, Bundle)> {
        let mut found = Vec::new();
        for (path, _) in files(&self.data().join("evidence")) {
            if path.ends_with("manifest.json") {
                let folder = path.parent().expect("a folder").to_owned();
                found.push((folder.clone(), Bundle::open(&folder).expect("a bundle")));
            }
        }
        found
    }

    /// Everything that was kept, said, exported or can be read back, by where it is.
    fn everything(&mut self) -> BTreeMap<String, String> {
        // a backup never overwrites another
        let backup = self.folder.path().join(format!("{}.backup", self.said.len()));
        expect(&self.on(&["db", "backup", &backup.to_string_lossy()]), 0);
        expect(&self.on(&["db", "export"]), 0);
        expect(&self.on(&["case", "show", "MS-1001", "--json"]), 0);
        expect(&self.on(&["audit", "verify"]), 0);
        let mut all = BTreeMap::from([("what was said".to_owned(), self.said.clone())]);
        let kept = files(&self.data())
            .into_iter()
            .chain([(backup.clone(), std::fs::read(&backup).expect("a backup"))]);
        for (path, bytes) in kept {
            let name = path.to_string_lossy().into_owned();
            all.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        }
        for (folder, bundle) in self.bundles() {
            let name = folder.to_string_lossy().into_owned();
            all.insert(format!("lines of {name}"), lines(&bundle).join("\n"));
            all.insert(format!("report of {name}"), report::html(&bundle).expect("a page"));
        }
        all
    }
}

fn lines(bundle: &Bundle) -> Vec<String> {
    let all = bundle.select(&Query::default()).expect("all rows");
    let rows = bundle.window(&all, 0, usize::try_from(all.len()).expect("few")).expect("rows");
    let whole = rows.iter().map(|row| {
        let line = bundle.line(row.row).expect("a row");
        format!("{}\n{}", line.line.text, line.more_full)
    });
    whole.collect()
}

fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = std::fs::read(&path).expect("a file");
            found.push((path, bytes));
        }
    }
    found
}

fn assert_nowhere(values: &[String], everything: &BTreeMap<String, String>) {
    for (place, text) in everything {
        for value in values {
            assert!(!text.contains(value.as_str()), "{value} is in {place}");
        }
    }
}

/// Drawn anew in every run: nothing can be tuned to it.
fn drawn(length: usize) -> String {
    const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let random = RandomState::new();
    let letter = |place| LETTERS[random.hash_one(place) as usize % LETTERS.len()];
    // a digit and both cases, as every drawn credential has
    (0..length.saturating_sub(3)).map(letter).chain(*b"7kQ").map(char::from).collect()
}

struct Planted {
    password: String,
    bearer: String,
    project: String,
    basket: String,
    mail: String,
}

impl Planted {
    fn draw() -> Self {
        Self {
            password: drawn(20),
            bearer: drawn(32),
            project: format!("PRJ-{}", drawn(12)),
            basket: format!("BSK-{}", drawn(12)),
            mail: format!("{}@example.net", drawn(10)),
        }
    }

    fn log(&self, of: &str) -> String {
        let Self { password, bearer, project, basket, mail } = self;
        format!(
            "2026-11-24T09:41:05Z INFO {of} login from 10.42.3.17 with password={password}\n\
             2026-11-24T09:41:06Z WARN {of} sent Authorization: Bearer {bearer}\n\
             2026-11-24T09:41:07Z INFO {of} {project} has {basket} of {mail}\n\
             2026-11-24T09:41:08Z INFO {of} all is well\n"
        )
    }

    fn values(&self) -> Vec<String> {
        let Self { password, bearer, project, basket, mail } = self;
        [password, bearer, project, basket, mail].map(Clone::clone).to_vec()
    }
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (path, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, path, *content).expect("a member");
    }
    builder.into_inner().expect("an archive")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("gzip");
    encoder.finish().expect("gzip")
}

fn zip(path: &str, content: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(path, zip::write::SimpleFileOptions::default()).expect("a zip");
    writer.write_all(content).expect("a zip");
    writer.finish().expect("a zip").into_inner()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).expect("bzip2");
    encoder.finish().expect("bzip2")
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(1);
    let mut writer = lzma_rust2::XzWriter::new(Vec::new(), options).expect("xz");
    writer.write_all(bytes).expect("xz");
    writer.finish().expect("xz")
}

/// Every container that is read, but 7z, which nothing here writes.
fn containers(log: &str) -> Vec<(&'static str, Vec<u8>)> {
    let log = log.as_bytes();
    let packed = tar(&[("bundle/app.log", log)]);
    vec![
        ("plain.log", log.to_vec()),
        ("one.log.gz", gzip(log)),
        ("plain.tar", packed.clone()),
        ("a.tar.gz", gzip(&packed)),
        ("a.tar.bz2", bzip2(&packed)),
        ("a.tar.xz", xz(&packed)),
        ("a.tar.zst", zstd::encode_all(packed.as_slice(), 1).expect("zstd")),
        ("a.zip", zip("bundle/app.log", log)),
        ("nested.tar.gz", gzip(&tar(&[("inner.zip", &zip("deep/app.log.gz", &gzip(log)))]))),
    ]
}

#[test]
fn what_is_planted_survives_in_no_container_no_log_and_no_export() {
    let mut desk = Desk::new();
    let rules = desk.file("rules.yaml", RULES.as_bytes());
    expect(&desk.on(&["redaction", "publish", &rules, "--reason", "projects and baskets"]), 0);
    expect(&desk.on(&["case", "open", "Containers", "--product", "Shop"]), 0);
    let mut values = Vec::new();
    let mut mails = Vec::new();
    for (name, _) in containers("") {
        let planted = Planted::draw();
        let of = name.split('.').next().unwrap_or(name);
        let made = containers(&planted.log(of)).into_iter().find(|(other, _)| *other == name);
        let path = desk.file(name, &made.expect("the same list").1);
        expect(&desk.on(&["case", "attach", "MS-1001", &path]), 0);
        values.extend(planted.values());
        mails.push(planted.mail);
    }
    let everything = desk.everything();
    let kept = everything.values().filter(|text| text.contains("all is well")).count();
    assert!(kept >= values.len() / 5, "each bundle is read back: {kept}");
    assert_nowhere(&values, &everything);

    // redacting twice is redacting once, with other pseudonyms of its own too
    let policy = Arc::new(Policy::for_product(RULES, "Shop").expect("rules").0);
    let again = Redactor::new([1; 32]).with_policy(policy);
    let mut revealed = Vec::new();
    for (_, bundle) in desk.bundles() {
        for line in lines(&bundle) {
            assert_eq!(again.session().text(&line), line);
            if let Some(start) = line.find("<email-") {
                revealed.push(line[start..].trim_end().to_owned());
            }
        }
    }
    assert_eq!(revealed.len(), mails.len());
    reveals(&mut desk, &revealed, &mails);
    assert_nowhere(&values, &desk.everything());
}

/// Each mail address comes back by its pseudonym, and the log holds every look and no value.
fn reveals(desk: &mut Desk, pseudonyms: &[String], mails: &[String]) {
    let shown = expect(&desk.on(&["case", "show", "MS-1001", "--json"]), 0);
    let shown: Value = serde_json::from_str(&shown).expect("JSON");
    let entries = shown["timeline"].as_array().expect("entries");
    let read = entries.iter().filter(|entry| entry["kind"] == "bundle_read");
    let bundles: Vec<&str> = read.filter_map(|entry| entry["bundle"].as_str()).collect();
    assert_eq!(bundles.len(), mails.len());
    let mut found = Vec::new();
    for bundle in bundles {
        for pseudonym in pseudonyms {
            let mut asked = vec!["redaction", "reveal", "MS-1001", pseudonym];
            asked.extend(["--bundle", bundle, "--reason", "call back"]);
            let output = desk.quietly(&asked);
            if output.status.success() {
                found.push(stdout(&output).trim().to_owned());
            } else {
                assert!(stderr(&output).contains("does not hold"), "{}", stderr(&output));
            }
        }
    }
    found.sort();
    let mut mails = mails.to_vec();
    mails.sort();
    assert_eq!(found, mails);
    let log = expect(&desk.on(&["db", "export"]), 0);
    let looks = log.lines().filter(|line| line.contains("bundle.identity_revealed")).count();
    assert_eq!(looks, mails.len() * mails.len());
}

#[test]
fn the_planted_values_of_the_sample_are_nowhere_in_a_desk() {
    let mut desk = Desk::new();
    expect(&desk.on(&["case", "open", "Checkout 502s", "--product", "Shop"]), 0);
    let sample = repository("examples/shop-outage.tar.gz").to_string_lossy().into_owned();
    expect(&desk.on(&["case", "attach", "MS-1001", &sample]), 0);
    let planted = std::fs::read_to_string(repository("examples/planted-secrets.txt"));
    let planted: Vec<String> = planted
        .expect("the list")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').nth(1).map(str::to_owned))
        .collect();
    assert!(planted.len() > 10);
    assert_nowhere(&planted, &desk.everything());
}

#[test]
fn rules_of_the_desk_are_checked_published_and_listed() {
    let mut desk = Desk::new();
    let none = desk.on(&["redaction", "rules"]);
    assert!(stderr(&none).contains("mainstay redaction publish"), "{}", stderr(&none));
    let wrong = RULES.replace("'PRJ-[A-Za-z0-9]{12}'", "'.+'");
    let wrong = desk.file("wrong.yaml", wrong.as_bytes());
    let said = expect(&desk.ask(&["redaction", "check", &wrong]), 1);
    assert!(said.contains("wrong.yaml:3:5: rule projects: it would hide 100 %"), "{said}");
    let refused = desk.on(&["redaction", "publish", &wrong, "--reason", "x"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("line 3, column 5: rule projects"), "{}", stderr(&refused));
    let rules = desk.file("rules.yaml", RULES.as_bytes());
    let said = expect(&desk.ask(&["redaction", "check", &rules]), 0);
    assert_eq!(said, "1 rules for every product\n1 more for shop\n");
    expect(&desk.on(&["redaction", "publish", &rules, "--reason", "projects"]), 0);
    assert_eq!(expect(&desk.on(&["redaction", "rules"]), 0), RULES);
    let history = expect(&desk.on(&["redaction", "history"]), 0);
    assert!(history.starts_with("1\t") && history.contains("projects"), "{history}");
    let silent = desk.on(&["redaction", "publish", &rules, "--reason", " "]);
    assert!(stderr(&silent).contains("reason is empty"), "{}", stderr(&silent));
}
