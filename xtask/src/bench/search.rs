//! How long a person waits: questions to stored evidence beside ripgrep on the raw text.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use mainstay_evidence::view::{Bundle, Filter};

use super::input::PHRASE;
use super::table::number;
use super::{cost, peers, table};

/// Bars of the histogram that the workbench shows.
const BUCKETS: usize = 240;
/// Rows of the first page of the workbench.
const PAGE_ROWS: usize = 200;
/// A value that is in variables only, so that no template can answer for its records.
const VALUE: &str = "customer 39";

pub(super) fn report(evidence: &Path, logs: &[PathBuf]) -> Result<()> {
    let (bundle, open_ms) = timed(|| Bundle::open(evidence));
    let bundle = bundle.context("could not open the evidence")?;
    let mut rows = vec![row("open the evidence", &bundle.records().to_string(), open_ms)];
    let (all, all_ms) = timed(|| bundle.select(&Filter::default()));
    let all = all.context("could not select")?;
    let (_, bars_ms) = timed(|| bundle.histogram(&all, None, None, BUCKETS));
    rows.push(row("histogram of all records", &all.len().to_string(), all_ms + bars_ms));
    for (what, text) in [("a phrase that a template holds", PHRASE), ("a part of a value", VALUE)] {
        let filter = Filter { text: Some(text.to_owned()), ..Filter::default() };
        let (found, count_ms) = timed(|| bundle.select(&filter));
        let found = found.context("could not search")?;
        rows.push(row(&format!("count of {what}"), &found.len().to_string(), count_ms));
        let (page, page_ms) = timed(|| bundle.window(&found, 0, PAGE_ROWS));
        page.context("could not read a page")?;
        let name = format!("its first page of {PAGE_ROWS}, count included");
        rows.push(row(&name, "", count_ms + page_ms));
        let (_, bars_ms) = timed(|| bundle.histogram(&found, None, None, BUCKETS));
        rows.push(row("its histogram", "", bars_ms));
    }
    match cost::of(|| peers::count(logs)) {
        Ok(cost) => {
            let ms = cost.wall_s * 1e3;
            rows.push(row("`rg -c` of the phrase, raw text, start included", "", ms));
        }
        Err(error) => rows.push(vec!["`rg -c`".to_owned(), format!("{error:#}"), String::new()]),
    }
    table::print("Search over the stored evidence (wall time)", &["what", "records", "ms"], &rows);
    Ok(())
}

fn row(what: &str, records: &str, ms: f64) -> Vec<String> {
    vec![what.to_owned(), records.to_owned(), number(ms)]
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed().as_secs_f64() * 1e3)
}
