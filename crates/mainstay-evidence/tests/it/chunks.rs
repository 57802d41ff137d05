//! A log is read by chunks on several threads: neither may be seen in what is stored.

use std::collections::BTreeMap;
use std::io::Cursor;

use mainstay_evidence::ingest::{Options, Redaction, mine};
use mainstay_evidence::limits::Limits;
use mainstay_evidence::open::Input;
use proptest::prelude::*;

use crate::ingest::packed;
use crate::shared_data::{Quiet, options, read_with};

/// Pieces of a log whose lines depend on lines before them: traces, blank lines inside and between
/// records, keys and values over several lines, other programs' headers, broken bytes.
const PIECES: [&[u8]; 18] = [
    b"2026-11-03T10:00:00.000Z  INFO 1 --- [main] c.e.Booking : booked 10.20.30.40\n",
    b"2026-11-03T10:00:01.000Z ERROR 1 --- [exec-7] c.e.Booking : could not book 4711\n",
    b"java.lang.IllegalStateException: no connection\n\tat c.e.Layer.call(Layer.java:42)\n\n\tat x\n",
    b"\n",
    b"   \n",
    b"-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAuW4\nqqqqqqqqqqqqqqqqqqqqqqqq\n",
    b"-----END RSA PRIVATE KEY-----\n",
    b"password:\n    \"correct horse battery\"\n",
    b"- name: API_TOKEN\n  value: 5f4dcc3b5aa765d61d8327deb882cf99\n",
    b"data:\n  key: aHVudGVyMi1hbmQtbW9yZQ==\n  other: aHVudGVyMi1hbmQtbGVzcw==\n",
    b"Nov  3 10:00:02 web1 sshd[77]: Failed password for root from 192.0.2.7 port 22 ssh2\n",
    b"Nov  3 10:00:02 web1 app[78]: \tat c.e.Layer.call(Layer.java:43)\n",
    b"{\"time\":\"2026-11-03T10:00:03Z\",\"level\":\"warn\",\"msg\":\"slow\",\"trace_id\":\"00f067aa0ba902b7\"}\n",
    b"no header at all, mail ann.lee@shop.test\n",
    b"bad \xff\xfe bytes and \0 nul\n",
    b"Traceback (most recent call last):\n  File \"x.py\", line 3\nValueError: 17 is odd\n",
    b"[2026-11-03 10:00:04] [error] upstream timed out\n",
    b"Dec 31 23:59:59 web1 cron[5]: last of the year\nJan  1 00:00:01 web1 cron[5]: first\n",
];

/// Lines of two streams of a container, some of them cut, and lines without any wrapper.
const WRAPPED: [&[u8]; 6] = [
    b"2026-11-03T10:00:00.000000001Z stdout F {\"level\":\"info\",\"message\":\"ready\"}\n",
    b"2026-11-03T10:00:00.100000001Z stderr P the first half, \n",
    b"2026-11-03T10:00:00.200000001Z stderr F the other half of 10.1.1.1\n",
    b"2026-11-03T10:00:00.300000001Z stderr F Traceback (most recent call last):\n",
    b"2026-11-03T10:00:00.300000001Z stderr F   File \"x.py\", line 3\n",
    b"lost line\n",
];

/// Columns that change within the file.
const COLUMNS: [&[u8]; 4] = [
    b"#Fields: date time c-ip cs-method sc-status\n",
    b"#Fields: date time sc-status cs-method\n",
    b"2026-11-03 10:00:00 192.0.2.9 GET 500\n",
    b"2026-11-03 10:00:01 404 POST\n",
];

fn log(pieces: &'static [&'static [u8]]) -> impl Strategy<Value = Vec<u8>> {
    // a header first, so that the file is a log whatever follows
    proptest::collection::vec(0..pieces.len(), 1..120).prop_map(move |picked| {
        let start = pieces[0].repeat(3);
        picked.iter().fold(start, |text, at| [&text, pieces[*at]].concat())
    })
}

fn input(archive: &[u8]) -> Input {
    let reader = Box::new(Cursor::new(archive.to_vec()));
    Input::Reader { name: "bundle.tar.gz".to_owned(), reader }
}

fn stored(archive: &[u8], threads: usize, chunk_bytes: usize) -> BTreeMap<String, Vec<u8>> {
    let limits = Limits { chunk_bytes, ..Limits::default() };
    let options = Options { limits, ..options(threads) };
    let input = input(archive);
    let read = read_with(vec![input], &options).expect("a bundle");
    let root = read.folder.path();
    crate::ingest::stored_bytes(root)
        .into_iter()
        .map(|(path, bytes)| (path.replace(&root.display().to_string(), ""), bytes))
        .collect()
}

/// Every physical line as `mainstay mine` prints it.
fn mined(archive: &[u8], threads: usize, chunk_bytes: usize) -> Vec<String> {
    let limits = Limits { chunk_bytes, ..Limits::default() };
    let options = Options { limits, ..options(threads) };
    let input = input(archive);
    let mined = mine(vec![input], &options, Redaction::On, &Quiet).expect("a bundle");
    let mut lines = Vec::new();
    for file in &mined.files {
        let shown: Result<(), ()> = mined.lines(file, |line| {
            lines.push(format!("{} {line:?}", file.path));
            Ok(())
        });
        shown.expect("no error of our own");
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn neither_chunks_nor_threads_are_seen_in_what_is_stored(
        mixed in log(&PIECES), wrapped in log(&WRAPPED), columns in log(&COLUMNS),
    ) {
        let archive =
            packed(&[("app.log", &mixed), ("pod.log", &wrapped), ("iis.log", &columns)]);
        let whole = stored(&archive, 1, 4 << 20);
        let lines = mined(&archive, 1, 4 << 20);
        for (threads, chunk_bytes) in [(1, 1), (2, 1), (8, 64), (2, 4 << 10), (8, 4 << 20)] {
            let parts = stored(&archive, threads, chunk_bytes);
            prop_assert!(whole.keys().eq(parts.keys()));
            for (path, bytes) in &whole {
                prop_assert!(parts[path] == *bytes, "{path}: {threads} threads, {chunk_bytes} bytes");
            }
            prop_assert_eq!(&mined(&archive, threads, chunk_bytes), &lines);
        }
    }
}
