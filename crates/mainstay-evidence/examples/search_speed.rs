//! How fast a kept evidence folder answers: `search_speed FOLDER QUERY…`. Prints for each query the
//! records, and for a count and for a first page the time and the processor time of one of ten.
//! Nothing is cached but the index and the system's files.

#![expect(clippy::print_stdout, reason = "an example speaks to a person")]

use std::path::Path;

use mainstay_evidence::query::Query;
use mainstay_evidence::view::Bundle;

const ROUNDS: u32 = 10;
const PAGE_ROWS: usize = 200;

/// User and system time of this process, from `/proc`, in hundredths of a second.
fn cpu_ms() -> f64 {
    let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = status.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks.filter_map(|text| text.parse::<f64>().ok()).sum::<f64>() * 10.0
}

/// How long the system runs, in hundredths of a second: this crate has no clock.
fn wall_ms() -> f64 {
    let uptime = std::fs::read_to_string("/proc/uptime").unwrap_or_default();
    let seconds = uptime.split_whitespace().next().and_then(|text| text.parse::<f64>().ok());
    seconds.unwrap_or_default() * 1e3
}

/// Prints what one of some rounds takes.
fn measure<T>(what: &str, rounds: u32, mut work: impl FnMut() -> T) -> T {
    let (wall, cpu) = (wall_ms(), cpu_ms());
    let mut result = work();
    for _ in 1..rounds {
        result = work();
    }
    let one = |ms: f64| ms / f64::from(rounds);
    let (wall, cpu) = (one(wall_ms() - wall), one(cpu_ms() - cpu));
    println!("{what}: {wall:.0} ms, {cpu:.0} ms of processor");
    result
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("search_speed FOLDER QUERY…");
    let open = || Bundle::open(Path::new(&folder)).expect("an evidence folder");
    let bundle = measure("open", 1, open);
    println!("{} records", bundle.records());
    let all = bundle.select(&Query::default()).expect("all");
    measure("histogram of all", ROUNDS, || bundle.histogram(&all, None, None, 240));
    measure("a page in the middle", 1, || bundle.window(&all, all.len() / 2, PAGE_ROWS))
        .expect("a page");
    for text in arguments {
        let query: Query = text.parse().expect("a query");
        let count = measure(&text, ROUNDS, || bundle.count(&query)).expect("a count");
        println!("  {count} records");
        // no row group and no selection is known
        let fresh = open();
        measure("  first page", 1, || {
            let found = fresh.select(&query).expect("a selection");
            fresh.window(&found, 0, PAGE_ROWS).expect("a page")
        });
    }
}
