//! How fast lines are read, split into records and timed: `read_speed [MB] [syslog|log4j|cri|json|access]`.
//! Writes a log of its own into memory and prints MB per CPU-second of one thread for each step.

#![expect(clippy::print_stdout, reason = "an example speaks to a person")]

use std::fmt::Write as _;
use std::hint::black_box;

use mainstay_core::UtcMicros;
use mainstay_evidence::limits::Limits;
use mainstay_evidence::parse::lines::{Line, Lines};
use mainstay_evidence::parse::log::{self, Anchors, LogReader};
use mainstay_evidence::recognise::{Sample, recognise};
use mainstay_evidence::record::Record;

const SHAPES: [&str; 5] = ["syslog", "log4j", "cri", "json", "access"];

fn write_line(text: &mut String, shape: &str, number: u64) {
    let (hour, minute, second) = (number / 3_600 % 24, number / 60 % 60, number % 60);
    let address = format!("192.0.2.{}", number % 250);
    let port = 1_024 + number % 60_000;
    let (clock, milli) = (format!("{hour:02}:{minute:02}:{second:02}"), number % 1_000);
    let written = match shape {
        "syslog" => writeln!(
            text,
            "May  1 {clock} web1 sshd[{}]: Failed password for invalid user admin from {address} port {port} ssh2",
            number % 30_000
        ),
        "log4j" => writeln!(
            text,
            "2024-05-01 {clock},{milli:03} INFO  [worker-{}] com.example.shop.Orders - paid order {number} from {address}:{port} in {milli} ms",
            number % 8
        ),
        "cri" => writeln!(
            text,
            "2024-05-01T{clock}.{milli:03}456789Z stdout F 2024-05-01 {clock},{milli:03} INFO  [worker-1] com.example.shop.Orders - paid order {number} from {address}:{port}"
        ),
        "json" => writeln!(
            text,
            "{{\"time\":\"2024-05-01T{clock}.{milli:03}Z\",\"level\":\"INFO\",\"logger\":\"shop.Orders\",\"msg\":\"paid order {number} from {address}:{port}\",\"took\":{milli}}}"
        ),
        _ => writeln!(
            text,
            "{address} - - [01/May/2024:{clock} +0200] \"GET /api/v1/orders/{number} HTTP/1.1\" 200 {port} \"-\" \"curl/8\""
        ),
    };
    written.expect("a String takes all text");
}

/// User and system time of this process, from `/proc`, in hundredths of a second.
fn cpu_seconds() -> f64 {
    let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = status.rsplit(')').next().unwrap_or_default();
    // the fields before the times are eleven words
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks.filter_map(|text| text.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let megabytes: usize = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(100);
    let only = arguments.next();
    for shape in SHAPES.iter().filter(|shape| only.as_deref().is_none_or(|only| only == **shape)) {
        measure(shape, megabytes << 20);
    }
}

fn measure(shape: &str, size: usize) {
    let mut text = String::with_capacity(size + 512);
    let mut number = 0;
    while text.len() < size {
        write_line(&mut text, shape, number);
        number += 1;
    }
    let bytes = text.as_bytes();
    let limits = Limits::default();
    let sample = Sample { head: &bytes[..64 << 10], ..Sample::default() };
    let recognition = recognise("bench.log", bytes.len() as u64, &sample);
    let lines = || Lines::new(bytes, recognition.encoding, &limits);
    let rate = |start: f64| bytes.len() as f64 / 1e6 / (cpu_seconds() - start).max(0.01);

    let start = cpu_seconds();
    let mut reader = lines();
    while let Some(line) = reader.next() {
        black_box(&line);
    }
    let split = rate(start);

    let start = cpu_seconds();
    let mut reader = lines();
    let first: Vec<String> =
        std::iter::from_fn(|| reader.next().map(|line| line.text.into_owned())).take(200).collect();
    let mut survey = |visit: &mut dyn FnMut(&Line<'_>)| {
        let mut reader = lines();
        while let Some(line) = reader.next() {
            visit(&line);
        }
    };
    let anchors = Anchors {
        path: "bench.log",
        modified: None,
        not_after: UtcMicros(1_800_000_000_000_000),
        near: None,
        zone: None,
        span_start: &|_| None,
    };
    let plan = log::plan(&recognition, &first, &mut survey, &anchors);
    let planned = cpu_seconds() - start;

    let start = cpu_seconds();
    let mut reader = LogReader::new(plan, &limits);
    let mut records = 0_u64;
    let mut sink = |record: Record<'_>| {
        black_box(&record);
        records += 1;
    };
    let mut source = lines();
    while let Some(line) = source.next() {
        reader.push(&line, &mut sink);
    }
    let read = rate(start);
    println!(
        "{shape:8} {:24} split {split:5.0} MB/s, split + records + time {read:5.0} MB/s, plan {:.2} s, {records} records",
        recognition.label, planned,
    );
}
