//! The offline page: everything static is plain HTML; the script only adds the line browser.

use askama::Template;
use base64::Engine;
use sha2::{Digest, Sha256};

use super::quantity::{count, duration, moment, size, span};
use super::summary::{FindingItem, Moment, PlaceItem, Summary};
use super::{ReportError, browser};
use crate::finding::Place;
use crate::query::Query;
use crate::view::{Bundle, Histogram};

const STYLE: &str = include_str!("../../templates/report.css");
const SCRIPT: &str = include_str!("../../templates/report.js");

/// Bars of the timeline; each is at least a few pixels wide on paper.
const BARS: usize = 120;

/// Height and width of the timeline in its own units.
const CHART_HEIGHT: u64 = 80;
const BAR_WIDTH: u64 = 8;

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    summary: &'a Summary,
    policy: String,
    style: &'static str,
    script: &'static str,
    verdict: Vec<String>,
    bars: Vec<Bar>,
    chart_width: u64,
    chart_height: u64,
    chart_label: String,
    lines_base64: String,
    lines_shown: u64,
    lines_hidden: u64,
    names_json: String,
    summary_json: String,
}

struct Bar {
    x: u64,
    width: u64,
    class: &'static str,
    y: u64,
    height: u64,
    title: String,
}

pub(super) fn page(bundle: &Bundle, summary: &Summary) -> Result<String, ReportError> {
    let lines = browser::pack(bundle)?;
    let all = bundle.select(&Query::default())?;
    let histogram = bundle.histogram(&all, None, None, BARS);
    let names = serde_json::json!({
        "files": summary.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(),
        "sources": summary.sources.iter().map(|source| source.name.as_str()).collect::<Vec<_>>(),
    });
    let page = Page {
        policy: policy(),
        style: STYLE,
        script: SCRIPT,
        verdict: verdict(summary),
        chart_width: histogram.buckets.len() as u64 * BAR_WIDTH,
        chart_height: CHART_HEIGHT,
        chart_label: chart_label(&histogram),
        bars: bars(&histogram),
        lines_hidden: bundle.records() - lines.shown,
        lines_shown: lines.shown,
        lines_base64: lines.base64,
        names_json: inert_json(&serde_json::to_string(&names)?),
        summary_json: inert_json(&super::diagnosis::document(bundle, summary)?.to_string()),
        summary,
    };
    Ok(page.render()?)
}

/// Only these two texts may act; the network is out of reach.
fn policy() -> String {
    let hash = |text: &str| {
        base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text.as_bytes()))
    };
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; img-src data:; \
         base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    )
}

/// JSON that cannot end its element, and that JavaScript reads like JSON.
fn inert_json(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// What a reader in a hurry needs, in at most three lines.
fn verdict(summary: &Summary) -> Vec<String> {
    let weighty = |it: &&FindingItem| matches!(it.severity, "high" | "medium");
    let mut lines: Vec<String> =
        summary.findings.iter().filter(weighty).take(3).map(|it| it.title.clone()).collect();
    if lines.is_empty() {
        lines.push("Nothing stands out in what was read.".to_owned());
    }
    lines
}

fn chart_label(histogram: &Histogram) -> String {
    let errors: u64 = histogram.buckets.iter().map(|bucket| bucket.error).sum();
    let warns: u64 = histogram.buckets.iter().map(|bucket| bucket.warn).sum();
    let timed: u64 = histogram.buckets.iter().map(|bucket| bucket.all).sum();
    format!(
        "{} records on the timeline, {} of them errors and {} warnings; {} without time",
        count(timed),
        count(errors),
        count(warns),
        count(histogram.untimed)
    )
}

fn bars(histogram: &Histogram) -> Vec<Bar> {
    let highest = histogram.buckets.iter().map(|bucket| bucket.all).max().unwrap_or(0).max(1);
    let Some(start) = histogram.start else { return Vec::new() };
    let mut bars = Vec::new();
    for (bucket, step) in histogram.buckets.iter().zip(0_i64..) {
        let at = mainstay_core::UtcMicros(start.0 + histogram.width_us * step);
        let title = format!(
            "{}: {} records, {} errors, {} warnings",
            moment(at),
            count(bucket.all),
            count(bucket.error),
            count(bucket.warn)
        );
        let classes =
            [("all", bucket.all), ("warn", bucket.warn + bucket.error), ("error", bucket.error)];
        for (class, value) in classes.into_iter().filter(|(_, value)| *value > 0) {
            // a single error must not vanish beside a thousand records
            let height = (value * CHART_HEIGHT / highest).max(2);
            bars.push(Bar {
                x: step as u64 * BAR_WIDTH,
                width: BAR_WIDTH - 1,
                class,
                y: CHART_HEIGHT - height,
                height,
                title: title.clone(),
            });
        }
    }
    bars
}

impl Page<'_> {
    fn span(&self) -> String {
        let (first, last) = (self.summary.first.map(|it| it.0), self.summary.last.map(|it| it.0));
        if first.is_none() {
            return "none found".to_owned();
        }
        format!("{} UTC ({})", span(first, last), duration(first, last))
    }

    fn moment(&self, moment_or_none: &Option<Moment>) -> String {
        moment_or_none.map_or_else(String::new, |it| moment(it.0))
    }

    fn at(&self, place: &Place) -> String {
        super::diagnosis::at(place)
    }

    fn utc(&self, at: &mainstay_core::UtcMicros) -> String {
        moment(*at)
    }

    fn seconds(&self, micros: &i64) -> String {
        format!("{:+.1}", *micros as f64 / 1e6)
    }

    fn signed(&self, value: &f64) -> String {
        format!("{value:+.1}")
    }

    fn percent(&self, share: &f64) -> String {
        format!("{:.0} %", share * 100.0)
    }

    fn count(&self, value: &u64) -> String {
        count(*value)
    }

    fn size(&self, bytes: &u64) -> String {
        size(*bytes)
    }

    fn place(&self, place: &PlaceItem) -> String {
        if place.line == 0 { place.path.clone() } else { format!("{}:{}", place.path, place.line) }
    }

    fn level(&self, level: &Option<mainstay_core::Level>) -> &'static str {
        level.map_or("", |level| level.as_str())
    }
}
