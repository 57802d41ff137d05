//! How fast a kept evidence folder answers: `search_speed FOLDER QUERY…`. Prints for each query the
//! records, the shortest of some counts and of some first pages (wall time, nothing cached but the
//! index and the system's files), and the processor time of a count.

#![expect(clippy::print_stdout, reason = "an example speaks to a person")]

use std::path::Path;
use std::time::Instant;

use mainstay_evidence::query::Query;
use mainstay_evidence::view::Bundle;

const ROUNDS: u32 = 10;
const PAGE_ROWS: usize = 200;

/// User and system time of this process, from `/proc`.
fn cpu_ms() -> f64 {
    let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = status.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks.filter_map(|text| text.parse::<f64>().ok()).sum::<f64>() * 10.0
}

/// The shortest of some rounds, and the processor time of one.
fn rounds<T>(mut work: impl FnMut() -> T) -> (T, f64, f64) {
    let (mut shortest, cpu) = (f64::MAX, cpu_ms());
    let mut last = None;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        last = Some(work());
        shortest = shortest.min(start.elapsed().as_secs_f64() * 1e3);
    }
    (last.expect("there are rounds"), shortest, (cpu_ms() - cpu) / f64::from(ROUNDS))
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("search_speed FOLDER QUERY…");
    let (start, cpu) = (Instant::now(), cpu_ms());
    let bundle = Bundle::open(Path::new(&folder)).expect("an evidence folder");
    let (ms, cpu) = (start.elapsed().as_secs_f64() * 1e3, cpu_ms() - cpu);
    println!("open: {} records, {ms:.0} ms, {cpu:.0} ms of processor", bundle.records());
    let all = bundle.select(&Query::default()).expect("all");
    let (_, ms, cpu) = rounds(|| bundle.histogram(&all, None, None, 240));
    println!("histogram of all: {ms:.1} ms, {cpu:.1} ms of processor");
    let start = Instant::now();
    bundle.window(&all, all.len() / 2, PAGE_ROWS).expect("a page");
    println!("a page in the middle: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    for text in arguments {
        let query: Query = text.parse().expect("a query");
        let (count, ms, cpu) = rounds(|| bundle.count(&query).expect("a count"));
        println!("{text}: {count} records, {ms:.1} ms, {cpu:.1} ms of processor");
        // a new bundle each time: no row group and no selection is known
        let mut page_ms = f64::MAX;
        for _ in 0..3 {
            let fresh = Bundle::open(Path::new(&folder)).expect("an evidence folder");
            let start = Instant::now();
            let found = fresh.select(&query).expect("a selection");
            fresh.window(&found, 0, PAGE_ROWS).expect("a page");
            page_ms = page_ms.min(start.elapsed().as_secs_f64() * 1e3);
        }
        println!("  first page: {page_ms:.1} ms");
    }
}
