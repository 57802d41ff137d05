//! Hostile and broken inputs, planted secrets, and the same bytes for the same input.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use mainstay_evidence::ingest::{IngestError, ingest};
use mainstay_evidence::manifest::Equation;
use mainstay_evidence::open::{Input, Phase, Progress};
use mainstay_evidence::query::Query;
use mainstay_evidence::report::{self, Style};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use proptest::prelude::*;

use crate::shared;
use crate::shared_data::{Quiet, Read, options, read_bytes, read_with};

/// A `.tar.gz` of files.
pub(crate) fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut archive = tar::Builder::new(gzip);
    for (path, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, *bytes).expect("an entry");
    }
    archive.into_inner().expect("an archive").finish().expect("a stream")
}

/// Files and problems of a bundle, and that its text report and page can be built.
fn outcome(read: &Read) -> String {
    let mut text = String::new();
    for file in read.bundle.files() {
        writeln!(
            text,
            "{} | {} | {} lines | {} records | {} timed | read: {}",
            file.path, file.format, file.lines, file.records, file.timed, file.read
        )
        .expect("a string");
    }
    for problem in read.bundle.problems() {
        writeln!(
            text,
            "{} | {} | {:?} | {} times",
            problem.code.as_str(),
            problem.path.as_deref().unwrap_or("-"),
            problem.line,
            problem.count
        )
        .expect("a string");
    }
    report::text(&read.bundle, &mut Vec::new(), Style::Coloured).expect("a text");
    report::html(&read.bundle).expect("a page");
    text
}

fn log_of(lines: u32) -> String {
    (0..lines).fold(String::new(), |mut text, number| {
        writeln!(
            text,
            "2026-11-24T09:{:02}:{:02}Z INFO shop.Cart - item {number} added",
            number / 60 % 60,
            number % 60
        )
        .expect("a string");
        text
    })
}

#[test]
fn a_cut_archive_gives_what_stands_before_the_cut() {
    let log = log_of(4_000);
    let mut bytes = packed(&[("b/a.log", log.as_bytes()), ("b/b.log", log.as_bytes())]);
    bytes.truncate(bytes.len() * 3 / 4);
    let read = read_bytes("cut.tar.gz", bytes);
    let codes: Vec<&str> = read.bundle.problems().iter().map(|it| it.code.as_str()).collect();
    assert!(codes.contains(&"cut_archive"), "{codes:?}");
    assert_eq!(read.bundle.files()[0].records, 4_000);
    assert!(read.bundle.findings().iter().any(|it| it.kind.as_str() == "unread_part"));
}

#[test]
fn broken_bytes_are_named_and_the_rest_is_read() {
    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend(log_of(20).encode_utf16().flat_map(u16::to_le_bytes));
    let nul = log_of(20).replace("item 7 ", "item\0\0\0 7 ");
    let mut invalid = log_of(20).into_bytes();
    invalid[40] = 0xff;
    let long = format!("{}{}\n{}", log_of(3), "x".repeat(3 << 20), log_of(2));
    let bytes = packed(&[
        ("b/empty.log", b""),
        ("b/invalid.log", &invalid),
        ("b/long.log", long.as_bytes()),
        ("b/nul.log", nul.as_bytes()),
        ("b/picture.log", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"),
        ("b/utf16.log", &utf16),
    ]);
    insta::assert_snapshot!(outcome(&read_bytes("broken.tar.gz", bytes)));
}

#[test]
fn a_wrong_extension_is_no_obstacle() {
    let log = log_of(20);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(log.as_bytes()).expect("a stream");
    let gzip = gzip.finish().expect("a stream");
    let inner = packed(&[("deep/a.log", log.as_bytes())]);
    let bytes = packed(&[("b/really-gzip.txt", &gzip), ("b/really-tar.log", &inner)]);
    insta::assert_snapshot!(outcome(&read_bytes("wrong.zip", bytes)));
}

/// A zip with one entry whose header says that it is encrypted.
fn locked_zip() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("secret.log", stored).expect("an entry");
    archive.write_all(log_of(5).as_bytes()).expect("an entry");
    let mut bytes = archive.finish().expect("an archive").into_inner();
    for (signature, flags_at) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = bytes.windows(4).position(|window| window == signature).expect("a header");
        bytes[at + flags_at] |= 1;
    }
    bytes
}

#[test]
fn a_log_without_days_takes_them_from_its_neighbours() {
    let full =
        "2026-03-05T09:00:00Z INFO shop.Cart - open\n2026-03-05T09:10:00Z INFO shop.Cart - shut\n";
    let clock = "09:00:01.500 INFO  - begin\n09:00:02.500 INFO  - end\n";
    let read = read_bytes(
        "days.tar.gz",
        packed(&[("b/a.log", full.as_bytes()), ("b/b.log", clock.as_bytes())]),
    );
    let first = read.bundle.files()[1].first.map(|time| time.to_string());
    assert_eq!(first.as_deref(), Some("2026-03-05T09:00:01.500000Z"));
}

#[test]
fn a_locked_archive_in_a_bundle_is_named() {
    let bytes = packed(&[("b/locked.zip", &locked_zip()), ("b/open.log", log_of(5).as_bytes())]);
    let read = read_bytes("half.tar.gz", bytes);
    let problem = &read.bundle.problems()[0];
    assert_eq!(problem.code.as_str(), "encrypted_archive");
    let open = read.bundle.files().iter().find(|file| file.path == "b/open.log");
    assert_eq!(open.map(|file| file.records), Some(5));
}

#[test]
fn a_bundle_of_which_nothing_opens_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let reader = Box::new(Cursor::new(locked_zip()));
    let input = Input::Reader { name: "locked.zip".to_owned(), reader };
    let error = ingest(vec![input], &options(1), &out, &Quiet).expect_err("nothing opens");
    let IngestError::Unreadable(problems) = error else { panic!("{error}") };
    assert_eq!(problems[0].code.as_str(), "encrypted_archive");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

struct Impatient;

impl Progress for Impatient {
    fn report(&self, _: Phase, _: u64, _: u64, _: u64, _: Option<&str>) {}
    fn cancelled(&self) -> bool {
        true
    }
}

#[test]
fn a_cancelled_ingest_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let reader = Box::new(Cursor::new(packed(&[("a.log", log_of(5).as_bytes())])));
    let input = Input::Reader { name: "a.tar.gz".to_owned(), reader };
    let result = ingest(vec![input], &options(1), &folder.path().join("out"), &Impatient);
    assert!(matches!(result, Err(IngestError::Cancelled)));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("mine.txt"), "mine").expect("a file");
    let reader = Box::new(Cursor::new(log_of(5).into_bytes()));
    let input = Input::Reader { name: "a.log".to_owned(), reader };
    let result = ingest(vec![input], &options(1), folder.path(), &Quiet);
    assert!(matches!(result, Err(IngestError::OutNotEmpty)));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

/// Fragments that decide how a file is read, and bytes that break them.
fn fragments() -> impl Strategy<Value = Vec<u8>> {
    let known: Vec<&'static [u8]> = vec![
        b"2026-11-24T09:00:00Z INFO shop.Cart - added\n",
        b"2026-11-24 09:00:00,123 ERROR [main] shop.Pay - failed\r\n",
        b"java.lang.IllegalStateException: shut\n\tat a.B.c(B.java:1)\n",
        b"Nov 24 09:00:00 host sshd[42]: Failed password for root\n",
        b"{\"time\":\"2026-11-24T09:00:00Z\",\"level\":\"warn\",\"msg\":\"x\"}\n",
        b"{\"log\":\"09:00 INFO a\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-24T09:00:00Z\"}\n",
        b"2026-11-24T09:00:00.1Z stdout P half a line\n",
        b"2026-11-24T09:00:00.2Z stdout F  and the rest\n",
        b"level=info ts=1700000000 msg=\"hello\"\n",
        b"time,cpu,mem\n2026-11-24T09:00:00Z,1,2\n",
        b"{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{}]}]}]}\n",
        b"apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n",
        b"password=hunter2 -----BEGIN RSA PRIVATE KEY-----\n",
        b"\n\n \n\r\r\n",
        b"\0\0\0",
        b"\xff\xfe",
        b"\xc3\x28 \xe2\x82",
        b"\x1b[31mred\x1b[0m\n",
        b"\x1f\x8b\x08\0",
    ];
    let piece = prop_oneof![
        8 => proptest::sample::select(known).prop_map(<[u8]>::to_vec),
        1 => proptest::collection::vec(any::<u8>(), 0..40),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_are_read_and_their_counts_add_up(files in proptest::collection::vec(fragments(), 1..4)) {
        let names = ["b/a.log", "b/b.json", "b/c"];
        // with one whole file: a bundle in which nothing at all can be opened is an error
        let whole: &[u8] = b"2026-11-24T09:41:05Z INFO whole\n";
        let files: Vec<(&str, &[u8])> = names
            .iter()
            .copied()
            .zip(files.iter().map(Vec::as_slice))
            .chain([("b/whole.log", whole)])
            .collect();
        let read = read_bytes("any.tar.gz", packed(&files));
        let manifest = &read.stored.manifest;
        prop_assert!(manifest.equations.iter().all(Equation::holds));
        prop_assert_eq!(manifest.files.len(), files.len());
        let all = read.bundle.select(&Query::default()).expect("all rows");
        let rows = read.bundle.window(&all, 0, usize::MAX).expect("rows");
        prop_assert_eq!(rows.len() as u64, manifest.totals.records);
        report::text(&read.bundle, &mut Vec::new(), Style::Plain).expect("a text");
        report::html(&read.bundle).expect("a page");
    }
}

/// Every stored file by path.
pub(crate) fn stored_bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(stored_bytes(&path));
        } else {
            files.push((path.display().to_string(), fs::read(&path).expect("a file")));
        }
    }
    files.sort();
    files
}

#[test]
fn the_same_input_gives_the_same_bytes_for_any_number_of_threads() {
    let path = shared::shared().join("data/rca/bundles/nz-dcccf5.tar.gz");
    let run =
        |threads| read_with(vec![Input::Path(path.clone())], &options(threads)).expect("a bundle");
    let (one, four) = (run(1), run(4));
    assert_eq!(one.stored.address, four.stored.address);
    let names = |read: &Read| {
        let root = read.folder.path().display().to_string();
        let files = stored_bytes(read.folder.path()).into_iter();
        files.map(|(path, bytes)| (path.replace(&root, ""), bytes)).collect::<Vec<_>>()
    };
    let (left, right) = (names(&one), names(&four));
    assert!(left.len() > 8, "{} files", left.len());
    for (left, right) in left.iter().zip(&right) {
        assert_eq!(left.0, right.0);
        assert!(left.1 == right.1, "{} differs", left.0);
    }
    assert_eq!(
        report::html(&one.bundle).expect("a page"),
        report::html(&four.bundle).expect("a page")
    );
}

/// What must not be anywhere in what is stored or reported.
const SECRETS: [&str; 6] = [
    "hunter2-and-more",
    "AKIAIOSFODNN7EXAMPLQ",
    "grace.hopper@navy.example",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    "MIIEowIBAAKCAQEAxFunnyLookingKeyMaterialThatIsLong",
    "4111111111111111",
];

fn with_secrets() -> Vec<u8> {
    let [password, access_key, email, jwt, key, card] = SECRETS;
    let log = format!(
        "2026-11-24T09:00:00Z INFO shop.Db - connect jdbc:postgresql://db/shop?password={password}\n\
         2026-11-24T09:00:01Z ERROR shop.Mail - no such user {email}\n\
         java.lang.IllegalStateException: cannot mail {email}\n\
         \tat shop.Mail.send(Mail.java:1)\n\
         2026-11-24T09:00:02Z INFO shop.S3 - aws_access_key_id={access_key}\n\
         2026-11-24T09:00:03Z INFO shop.Http - Authorization: Bearer {jwt}\n\
         2026-11-24T09:00:04Z INFO shop.Key - -----BEGIN RSA PRIVATE KEY-----\n\
         {key}\n\
         -----END RSA PRIVATE KEY-----\n\
         2026-11-24T09:00:05Z INFO shop.Pay - card {card} charged\n"
    );
    let spans = format!(
        r#"{{"resourceSpans":[{{"resource":{{"attributes":[{{"key":"service.name","value":{{"stringValue":"shop"}}}}]}},"scopeSpans":[{{"spans":[{{"traceId":"c96151c7def6c87ff7d693ee5cef4b47","spanId":"407707b536c68690","name":"mail {email}","startTimeUnixNano":"1661145500847000147","endTimeUnixNano":"1661145500853230301","attributes":[{{"key":"http.url","value":{{"stringValue":"https://x/?password={password}"}}}}],"status":{{}}}}]}}]}}]}}"#
    );
    let ticket = format!(
        r#"{{"case_id":"c","system":"shop","text":"call me: {email}, password: {password}","reported_at":"2026-11-24T10:00:00Z","timezone":"UTC"}}"#
    );
    let config = format!("database:\n  user: shop\n  password: {password}\n  token: \"{jwt}\"\n");
    packed(&[
        ("b/config.yaml", config.as_bytes()),
        (&format!("b/home/{email}/app.log"), log.as_bytes()),
        ("b/ticket.json", ticket.as_bytes()),
        ("b/traces/otlp.jsonl", spans.as_bytes()),
    ])
}

/// The texts of all columns of a Parquet file.
fn column_texts(path: &Path, texts: &mut Vec<String>) {
    let file = fs::File::open(path).expect("a file");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("a Parquet file");
    for batch in reader.build().expect("a reader") {
        let batch: RecordBatch = batch.expect("rows");
        for column in batch.columns() {
            let lists = column.as_list_opt::<i32>().map(|lists| lists.values());
            if let Some(strings) = lists.unwrap_or(column).as_string_opt::<i32>() {
                texts.extend(strings.iter().flatten().map(str::to_owned));
            }
        }
    }
}

#[test]
fn no_planted_secret_is_in_anything_stored_or_reported() {
    let read = read_bytes(&format!("{}.tar.gz", SECRETS[2]), with_secrets());
    let mut texts = Vec::new();
    for (path, bytes) in stored_bytes(read.folder.path()) {
        if path.ends_with(".parquet") {
            column_texts(Path::new(&path), &mut texts);
        }
        texts.push(String::from_utf8_lossy(&bytes).into_owned());
    }
    let all = read.bundle.select(&Query::default()).expect("all rows");
    for row in read.bundle.window(&all, 0, 1_000).expect("rows") {
        let line = read.bundle.line(row.row).expect("a row");
        texts.push(format!("{line:?}"));
    }
    let mut text = Vec::new();
    report::text(&read.bundle, &mut text, Style::Plain).expect("a text");
    texts.push(String::from_utf8_lossy(&text).into_owned());
    texts.push(report::json(&read.bundle).expect("a summary").to_string());
    texts.push(report::html(&read.bundle).expect("a page"));
    assert!(texts.iter().any(|text| text.contains("<password>")), "nothing was redacted");
    for secret in SECRETS {
        let found = texts.iter().find(|text| text.contains(secret));
        assert!(found.is_none(), "{secret} is in {}", found.map_or("", |text| text));
    }
    assert!(read.stored.manifest.totals.redactions >= 8);
}
