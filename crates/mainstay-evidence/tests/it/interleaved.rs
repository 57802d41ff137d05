//! Records survive when the lines of several streams stand between each other.

use std::fmt::Write as _;

use crate::shared::read;

fn check(text: &str) -> String {
    let reading = read("x.log", text.as_bytes());
    let mut golden = format!("{}\n", reading.summary.label);
    let mut lines = 0;
    for record in &reading.records {
        let level = record.level.map_or("-", |level| level.as_str());
        let _ = writeln!(golden, "{} +{} {level}", record.line, record.lines);
        let _ = writeln!(golden, "   {:?} {:?}", record.body, record.tail);
        lines += u64::from(record.lines);
    }
    let in_order = reading.records.windows(2).all(|pair| pair[0].line < pair[1].line);
    assert!(in_order, "records come in the order of their first lines");
    assert_eq!(lines + reading.summary.blank_lines, reading.counts.lines);
    golden
}

#[test]
fn cri_parts_and_traces_of_two_streams() {
    insta::assert_snapshot!(check(
        "2024-05-01T12:00:00.000000001Z stdout P 2024-05-01 12:00:00 INFO a.B: first half,\n\
         2024-05-01T12:00:00.000000002Z stderr F 2024-05-01 12:00:00 ERROR a.B: no card\n\
         2024-05-01T12:00:00.000000003Z stdout F  second half\n\
         2024-05-01T12:00:00.000000004Z stderr F java.lang.IllegalStateException: x\n\
         2024-05-01T12:00:00.000000005Z stdout F 2024-05-01 12:00:00 INFO a.B: between\n\
         2024-05-01T12:00:00.000000006Z stderr F \tat a.B.c(B.java:1)\n\
         2024-05-01T12:00:00.000000007Z stderr F 2024-05-01 12:00:01 INFO a.B: after\n\
         2024-05-01T12:00:09.000000007Z stdout F late line without a header\n",
    ));
}

#[test]
fn traces_of_two_services() {
    insta::assert_snapshot!(check(
        "web-1  | 2024-05-01T12:00:00Z ERROR a.B: no\n\
         db-1   | 2024-05-01T12:00:00Z ERROR c.D: no\n\
         web-1  | java.io.IOException: web\n\
         db-1   | java.io.IOException: db\n\
         web-1  | \tat a.B.c(B.java:1)\n\
         db-1   | \tat c.D.e(D.java:2)\n\
         db-1   | 2024-05-01T12:00:01Z INFO c.D: fine\n\
         web-1  | 2024-05-01T12:00:01Z INFO a.B: fine\n",
    ));
}

#[test]
fn syslog_lines_of_a_trace_have_headers_of_their_own() {
    insta::assert_snapshot!(check(
        "May  1 12:00:00 web1 shop[42]: java.lang.IllegalStateException: no card\n\
         May  1 12:00:00 web1 sshd[7]: Accepted publickey for root\n\
         May  1 12:00:00 web1 shop[42]: #011at a.B.c(B.java:1)\n\
         May  1 12:00:00 web1 shop[43]: paid\n\
         May  1 12:00:00 web1 shop[42]: \tat a.B.d(B.java:2)\n\
         May  1 12:00:00 web1 shop[42]: Caused by: java.io.IOException: closed\n\
         May  1 12:00:01 web1 shop[42]: paid\n",
    ));
}
