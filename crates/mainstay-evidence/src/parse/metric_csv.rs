//! Metrics as CSV: *wide* (`time` and one column a metric, the pod in the file's name) and *long*
//! (`time,node,metric,statistic,value`).

use std::io::Read;

use mainstay_core::UtcMicros;

use super::document::{self, TextLine, decimal_text};
use super::prometheus::file_stem;
use super::structured::{Context, seconds_to_time, series_text};

/// Names of the columns of the long form.
const LONG_COLUMNS: [&str; 5] = ["time", "node", "metric", "statistic", "value"];

/// One column of the wide form.
struct Column {
    metric: String,
    series: String,
}

/// Reads the wide form. A column like `latency_seconds_p95` is the metric and its quantile, a
/// column like `a->b` is an edge and the metric is the file's name.
pub(super) fn read_wide(reader: &mut dyn Read, context: &mut Context<'_>) {
    let stem = file_stem(context.path).to_owned();
    let mut columns: Vec<Column> = Vec::new();
    rows(reader, context, &mut |row, line, context| {
        if columns.is_empty() {
            columns = row.iter().skip(1).map(|name| column(name, &stem, context)).collect();
            return;
        }
        let Some(time) = row.get(0).and_then(time_of) else {
            return context.skip_line(line.number, line.offset, "the row has no time");
        };
        for (column, cell) in columns.iter().zip(row.iter().skip(1)) {
            let cell = cell.trim();
            match decimal_text(cell) {
                Some(value) => context.point(&column.metric, &column.series, time, value),
                // an empty cell is a sample that was not taken
                None if cell.is_empty() => {}
                None => context.skip_line(line.number, line.offset, "a cell is no number"),
            }
        }
        if row.len() > columns.len() + 1 {
            context.skip_line(line.number, line.offset, "the row has more cells than the header");
        }
    });
}

fn column(name: &str, stem: &str, context: &mut Context<'_>) -> Column {
    let (metric, series) = match name.split_once("->") {
        Some((from, to)) => (stem, series_text([("source", from), ("destination", to)])),
        None => {
            let (metric, quantile) = quantile(name).unzip();
            // `frontend.csv` with `frontend_latency`: the file is named after its metrics
            let pod = (!name.starts_with(stem)).then_some(("pod", stem));
            let quantile = quantile.as_deref().map(|quantile| ("quantile", quantile));
            (metric.unwrap_or(name), series_text(pod.into_iter().chain(quantile)))
        }
    };
    Column { metric: context.redacted(metric), series: context.redacted(&series) }
}

/// `_p` and the digits of the quantile behind `0.`: `_p5` is the median, `_p95` is 0.95.
fn quantile(name: &str) -> Option<(&str, String)> {
    let (metric, digits) = name.rsplit_once("_p")?;
    let digits_only = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits_only.then(|| (metric, format!("0.{digits}")))
}

/// Reads the long form.
pub(super) fn read_long(reader: &mut dyn Read, context: &mut Context<'_>) {
    let mut places: Option<[usize; 5]> = None;
    rows(reader, context, &mut |row, line, context| {
        let Some(places) = places else {
            places = Some(LONG_COLUMNS.map(|name| {
                row.iter().position(|cell| cell.eq_ignore_ascii_case(name)).unwrap_or(usize::MAX)
            }));
            return;
        };
        let [time, node, metric, statistic, value] = places.map(|at| row.get(at));
        let numbers = time.and_then(time_of).zip(value.and_then(|text| decimal_text(text.trim())));
        match (numbers, node, metric) {
            (Some((time, value)), Some(node), Some(metric)) => {
                let statistic = statistic.unwrap_or_default();
                let series = series_text([("node", node), ("statistic", statistic)]);
                let (metric, series) = (context.redacted(metric), context.redacted(&series));
                context.point(&metric, &series, time, value);
            }
            _ => context.skip_line(line.number, line.offset, "the row lacks a time or a number"),
        }
    });
}

fn time_of(text: &str) -> Option<UtcMicros> {
    let text = text.trim();
    text.parse().ok().or_else(|| seconds_to_time(text.parse().ok()?))
}

fn rows(
    reader: &mut dyn Read,
    context: &mut Context<'_>,
    take: &mut dyn FnMut(&csv::StringRecord, &TextLine<'_>, &mut Context<'_>),
) {
    // line by line, because an open quote would make the rest of the file one row
    document::lines(reader, context, &mut |line, context| match cells(line.text) {
        Some(row) => take(&row, line, context),
        None => context.skip_line(line.number, line.offset, "the row is no CSV"),
    });
}

fn cells(text: &str) -> Option<csv::StringRecord> {
    if !text.contains('"') {
        return Some(text.split(',').collect());
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut row = csv::StringRecord::new();
    reader.read_record(&mut row).is_ok_and(|read| read).then_some(row)
}
