//! What a query answers, for people and programs: lines with their places, counts, facets, bars.

use mainstay_core::Level;
use serde::Serialize;

use super::clean;
use super::markdown::{escaped, put};
use super::quantity::{count, counted, moment};
use super::summary::{Moment, Templates};
use super::{ReportError, summary};
use crate::query::Query;
use crate::view::{Bundle, FacetValue, LineRow};

/// The number of this shape.
const SCHEMA_VERSION: u32 = 1;

/// Values of a facet; the list says how many there are besides.
const FACET_VALUES_MAX: usize = 20;

/// Bars of a histogram in a terminal.
const BARS: usize = 40;

/// Letters of the longest bar.
const BAR_LETTERS: u64 = 50;

/// What is asked besides which records.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Records in the list; the answer says how many there are besides.
    pub limit: usize,
    /// Records of the same file to show before and after each.
    pub context: usize,
    /// Fields whose values are counted.
    pub facets: Vec<String>,
    pub histogram: bool,
    /// Templates in the list.
    pub templates: usize,
}

/// The answer; its names are those of `--json`.
#[derive(Debug, Serialize)]
pub struct Answer {
    schema_version: u32,
    /// As it was understood.
    query: String,
    records: u64,
    shown: u64,
    hidden: u64,
    lines: Vec<Line>,
    /// Records that pass and are not in `lines`.
    others: u64,
    facets: Vec<Facet>,
    histogram: Option<Bars>,
    templates: Option<Templates>,
}

#[derive(Debug, Serialize)]
struct Line {
    /// `path:line`.
    place: String,
    file: u32,
    path: String,
    line: u64,
    lines: u32,
    source: String,
    time: Option<Moment>,
    time_confidence: &'static str,
    level: Option<Level>,
    template: String,
    text: String,
    more: Option<String>,
    /// Does it pass, or does it stand around one that does?
    passes: bool,
}

#[derive(Debug, Serialize)]
struct Facet {
    field: String,
    values: Vec<Value>,
    others: u64,
    others_records: u64,
    without: u64,
}

#[derive(Debug, Serialize)]
struct Value {
    value: String,
    count: u64,
}

#[derive(Debug, Serialize)]
struct Bars {
    start: Option<Moment>,
    width_us: i64,
    buckets: Vec<Bar>,
    untimed: u64,
    outside: u64,
    total: u64,
}

#[derive(Debug, Serialize)]
struct Bar {
    all: u64,
    error: u64,
    warn: u64,
}

/// Asks a bundle.
///
/// # Errors
/// When a stored file is damaged.
pub fn answer(bundle: &Bundle, query: &Query, wanted: &Wanted) -> Result<Answer, ReportError> {
    let selection = bundle.select(query)?;
    let hits = bundle.window(&selection, 0, wanted.limit)?;
    let others = selection.len() - hits.len() as u64;
    let mut lines = Vec::new();
    if wanted.context == 0 {
        lines.extend(hits.iter().map(|row| line(bundle, row, true)));
    } else {
        for row in bundle.with_context(&hits, wanted.context)? {
            let passes = hits.iter().any(|hit| hit.row == row.row);
            lines.push(line(bundle, &row, passes));
        }
    }
    let mut facets = Vec::new();
    for field in &wanted.facets {
        let facet = bundle.field_facet(&selection, field, FACET_VALUES_MAX)?;
        let value = |it: &FacetValue| Value { value: text(&it.value), count: it.count };
        facets.push(Facet {
            field: field.clone(),
            values: facet.values.iter().map(value).collect(),
            others: facet.others,
            others_records: facet.others_records,
            without: facet.without,
        });
    }
    let histogram = wanted.histogram.then(|| {
        let (from, to) = query.time_span();
        let bars = bundle.histogram(&selection, from, to, BARS);
        let bar = |it: &crate::view::Bucket| Bar { all: it.all, error: it.error, warn: it.warn };
        Bars {
            start: bars.start.map(Moment),
            width_us: bars.width_us,
            buckets: bars.buckets.iter().map(bar).collect(),
            untimed: bars.untimed,
            outside: bars.outside,
            total: bars.total,
        }
    });
    let templates = (wanted.templates > 0)
        .then(|| summary::templates(bundle.templates(&selection, wanted.templates)));
    Ok(Answer {
        schema_version: SCHEMA_VERSION,
        query: query.to_string(),
        records: bundle.records(),
        shown: selection.len(),
        hidden: selection.hidden(),
        lines,
        others,
        facets,
        histogram,
        templates,
    })
}

fn text(text: &str) -> String {
    clean::line(text).into_owned()
}

fn line(bundle: &Bundle, row: &LineRow, passes: bool) -> Line {
    let path = bundle.files().get(row.file as usize).map_or("", |file| file.path.as_str());
    Line {
        place: format!("{}:{}", text(path), row.line),
        file: row.file,
        path: text(path),
        line: row.line,
        lines: row.lines,
        source: text(bundle.source_name(row.source)),
        time: row.time.map(Moment),
        time_confidence: row.time_confidence.as_str(),
        level: row.level,
        template: row.template.clone(),
        text: text(&row.text),
        more: row.more.as_deref().map(clean::lines),
        passes,
    }
}

impl Answer {
    /// How many records pass.
    #[must_use]
    pub fn shown(&self) -> u64 {
        self.shown
    }

    /// For a terminal or a pipe: `path:line: text`, a dash where a record stands around another.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        for line in &self.lines {
            let sign = if line.passes { ':' } else { '-' };
            put(&mut out, format_args!("{}{sign} {}\n", line.place, line.text));
            for more in line.more.iter().flat_map(|more| more.split('\n')) {
                put(&mut out, format_args!("    {more}\n"));
            }
        }
        self.counts(&mut out, "");
        out
    }

    /// As Markdown, with the same places.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        put(&mut out, format_args!("# {}\n\n", escaped(&self.query)));
        if !self.lines.is_empty() {
            out.push_str("| time (UTC) | level | place | text |\n|---|---|---|---|\n");
        }
        for line in &self.lines {
            let time = line.time.map_or_else(String::new, |Moment(time)| moment(time));
            let level = line.level.map_or("", |level| level.as_str());
            let more = line.more.as_deref().map_or_else(String::new, |more| format!(" {more}"));
            let text = escaped(&format!("{}{more}", line.text));
            let place = escaped(&line.place);
            put(&mut out, format_args!("| {time} | {level} | {place} | {text} |\n"));
        }
        self.counts(&mut out, "\n");
        out
    }

    fn counts(&self, out: &mut String, before: &str) {
        for facet in &self.facets {
            put(out, format_args!("{before}\n{}\n{before}", facet.field));
            for value in &facet.values {
                put(out, format_args!("{:>11}  {}\n", count(value.count), value.value));
            }
            if facet.others > 0 {
                let others = counted(facet.others, "other value");
                put(out, format_args!("{:>11}  in {others}\n", count(facet.others_records)));
            }
            if facet.without > 0 {
                put(out, format_args!("{:>11}  without it\n", count(facet.without)));
            }
        }
        if let Some(bars) = &self.histogram {
            bars.write(out, before);
        }
        if let Some(templates) = &self.templates {
            put(out, format_args!("{before}\ntemplates\n{before}"));
            for item in &templates.items {
                let level = item.level.map_or("", |level| level.as_str());
                let text = &item.text;
                put(out, format_args!("{:>11}  {level:<6}  {text}\n", count(item.count)));
            }
            if templates.others > 0 {
                let others = counted(templates.others, "other template");
                put(out, format_args!("{:>11}  in {others}\n", count(templates.others_records)));
            }
        }
        if self.others > 0 && !self.lines.is_empty() {
            put(out, format_args!("{before}\n{} more\n", counted(self.others, "record")));
        }
    }

    /// As CSV: the lines. A cell that a spreadsheet would run gets an apostrophe in front.
    ///
    /// # Errors
    /// Never for a text in memory; the writer says so.
    pub fn csv(&self) -> Result<String, ReportError> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let heads =
            ["time", "level", "source", "path", "line", "lines", "template", "passes", "text"];
        writer.write_record(heads).map_err(csv_error)?;
        for line in &self.lines {
            let time = line.time.map_or_else(String::new, |Moment(time)| time.to_string());
            let level = line.level.map_or("", |level| level.as_str());
            let more = line.more.as_deref().map_or_else(String::new, |more| format!("\n{more}"));
            let cells = [
                time,
                level.to_owned(),
                harmless(&line.source),
                harmless(&line.path),
                line.line.to_string(),
                line.lines.to_string(),
                line.template.clone(),
                line.passes.to_string(),
                harmless(&format!("{}{more}", line.text)),
            ];
            writer.write_record(&cells).map_err(csv_error)?;
        }
        let bytes = writer.into_inner().map_err(|error| csv_error(error.into_error().into()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

fn csv_error(error: csv::Error) -> ReportError {
    ReportError::Write(std::io::Error::other(error))
}

/// Spreadsheets run what begins with one of these signs.
fn harmless(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if runs { format!("'{text}") } else { text.to_owned() }
}

impl Bars {
    fn write(&self, out: &mut String, before: &str) {
        put(out, format_args!("{before}\nrecords over time\n{before}"));
        let most = self.buckets.iter().map(|bar| bar.all).max().unwrap_or(0).max(1);
        let start = self.start.map_or(0, |Moment(start)| start.0);
        for (bar, place) in self.buckets.iter().zip(0_i64..) {
            let time = moment(mainstay_core::UtcMicros(start + place * self.width_us));
            let letters = (bar.all * BAR_LETTERS).div_ceil(most) as usize;
            let errors = if bar.error > 0 {
                format!("  {}", counted(bar.error, "error"))
            } else {
                String::new()
            };
            let line = format!("{time}  {:>9}  {}{errors}", count(bar.all), "#".repeat(letters));
            put(out, format_args!("{}\n", line.trim_end()));
        }
        for (records, name) in [(self.untimed, "without time"), (self.outside, "outside")] {
            if records > 0 {
                put(out, format_args!("{:>9}  {name}\n", count(records)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(harmless("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(harmless("@x"), "'@x");
        assert_eq!(harmless("a=b"), "a=b");
    }
}
