//! How long a person waits: questions to stored evidence beside ripgrep on the raw text.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use mainstay_evidence::query::Query;
use mainstay_evidence::view::Bundle;

use super::input::PHRASE;
use super::table::number;
use super::{cost, peers, table};

/// Bars of the histogram that the workbench shows.
const BUCKETS: usize = 240;
/// Rows of the first page of the workbench.
const PAGE_ROWS: usize = 200;

/// What is asked, and what makes it easy or hard.
const QUESTIONS: [(&str, &str); 6] = [
    ("a phrase inside a template", ""),
    ("a phrase across template and value", "\"customer 39\""),
    ("digits that may be in any value", "4711"),
    ("a number in a named value", "duration_ms:>1990"),
    ("level and phrase", "level:error.. connection"),
    ("a word that is nowhere", "nowhere-to-be-found"),
];

pub(super) fn report(evidence: &Path, logs: &[PathBuf]) -> Result<()> {
    let (bundle, open_ms) = timed(|| Bundle::open(evidence));
    let bundle = bundle.context("could not open the evidence")?;
    let mut rows = vec![row("open the evidence", &bundle.records().to_string(), open_ms, None)];
    let (all, all_ms) = timed(|| bundle.select(&Query::default()));
    let all = all.context("could not select")?;
    let (_, bars_ms) = timed(|| bundle.histogram(&all, None, None, BUCKETS));
    rows.push(row("histogram of all records", &all.len().to_string(), all_ms + bars_ms, None));
    let (middle, page_ms) = timed(|| bundle.window(&all, all.len() / 2, PAGE_ROWS));
    middle.context("could not read a page")?;
    rows.push(row("a page in the middle of all", "", page_ms, None));
    let raw = cost::of(|| peers::count(logs)).map(|cost| cost.wall_s * 1e3).ok();
    for (what, text) in QUESTIONS {
        let text = if text.is_empty() { format!("\"{PHRASE}\"") } else { text.to_owned() };
        let query: Query = text.parse().context("a question is no query")?;
        let (count, count_ms) = timed(|| bundle.count(&query));
        let count = count.context("could not count")?;
        let of_raw = raw.map(|raw| raw / count_ms);
        rows.push(row(&format!("count: {what} (`{text}`)"), &count.to_string(), count_ms, of_raw));
        let (page, page_ms) = timed(|| {
            let found = bundle.select(&query)?;
            bundle.window(&found, 0, PAGE_ROWS)
        });
        page.context("could not read a page")?;
        rows.push(row(&format!("first page of {PAGE_ROWS}, from nothing"), "", page_ms, None));
    }
    match raw {
        Some(raw) => rows.push(row(&format!("`rg -c \"{PHRASE}\"`, raw text"), "", raw, None)),
        None => rows.push(row("`rg -c`: not measured", "", 0.0, None)),
    }
    let heads = ["what", "records", "ms", "times as fast as `rg -c`"];
    table::print("Search over the stored evidence (wall time)", &heads, &rows);
    Ok(())
}

fn row(what: &str, records: &str, ms: f64, of_raw: Option<f64>) -> Vec<String> {
    let of_raw = of_raw.map_or_else(String::new, number);
    vec![what.to_owned(), records.to_owned(), number(ms), of_raw]
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed().as_secs_f64() * 1e3)
}
