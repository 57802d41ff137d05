//! What stands at a line of a file: a record, a span, a metric point, or nothing but the file.
//! Hypotheses cite lines of any file; this is how a citation finds what it means.

use mainstay_core::UtcMicros;

use super::{Bundle, ViewError};
use crate::columns::table_reader;
use crate::observation::without_pod_hash;
use crate::recognise::Kind;

/// What is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cited {
    /// The record that covers the line.
    Line {
        row: u64,
        line: u64,
    },
    Span {
        trace: String,
        span: String,
    },
    Sample {
        series: u32,
        metric: String,
        at: UtcMicros,
    },
    /// No record of ours begins there; the file is all there is to show.
    File,
}

/// Of several things at one line, those a claim is about.
#[derive(Debug, Clone, Default)]
pub struct Hint {
    pub component: Option<String>,
    /// A metric or an operation.
    pub name: Option<String>,
}

impl Bundle {
    /// What stands at a line of a file.
    ///
    /// # Errors
    /// `NoSuchRow` for a file that is not in the bundle, or when a stored file is damaged.
    pub fn cited(&self, file: u32, line: u64, hint: &Hint) -> Result<Cited, ViewError> {
        let Some(known) = self.files().get(file as usize) else {
            return Err(ViewError::NoSuchRow);
        };
        if let Some(row) = self.index.row_at(file, line) {
            return Ok(Cited::Line { row: u64::from(row), line: self.index.line(row) });
        }
        let found = match known.kind {
            Kind::Spans => self.cited_span(file, line, hint)?,
            Kind::Metrics => self.cited_sample(file, line, hint)?,
            _ => None,
        };
        Ok(found.unwrap_or(Cited::File))
    }

    /// Of the spans of a line the one of the component and operation, failed or long before others.
    fn cited_span(&self, file: u32, line: u64, hint: &Hint) -> Result<Option<Cited>, ViewError> {
        let mut best: Option<((bool, bool, bool, i64), Cited)> = None;
        table_reader::spans(self.folder(), &mut |span| {
            if span.file != file || span.line.max(1) != line {
                return;
            }
            let is_of = hint.component.as_ref().is_some_and(|it| same(it, span.service));
            let named = hint.name.as_ref().is_some_and(|it| it.contains(span.operation));
            let rank = (is_of, is_of && named, span.failed, span.duration_us);
            if best.as_ref().is_none_or(|(before, _)| rank > *before) {
                let (trace, span) = (span.trace_id.to_owned(), span.span_id.to_owned());
                best = Some((rank, Cited::Span { trace, span }));
            }
        })?;
        Ok(best.map(|(_, cited)| cited))
    }

    /// Of the samples of a line the one of the metric and component.
    fn cited_sample(&self, file: u32, line: u64, hint: &Hint) -> Result<Option<Cited>, ViewError> {
        let mut best: Option<((bool, bool), String, String, UtcMicros)> = None;
        table_reader::samples(self.folder(), &mut |sample| {
            if sample.file != file || sample.line.max(1) != line {
                return;
            }
            let named = hint.name.as_ref().is_some_and(|it| it.contains(sample.metric));
            let is_of = hint.component.as_ref().is_some_and(|it| {
                let mut labels = sample.series.split(',').filter_map(|label| label.split_once('='));
                labels.any(|(_, value)| same(it, value))
            });
            let rank = (named, is_of);
            if best.as_ref().is_none_or(|(before, ..)| rank > *before) {
                let (metric, series) = (sample.metric.to_owned(), sample.series.to_owned());
                best = Some((rank, metric, series, UtcMicros(sample.time)));
            }
        })?;
        let Some((_, metric, labels, at)) = best else { return Ok(None) };
        let series = self.series_id(&metric, &labels)?;
        Ok(series.map(|series| Cited::Sample { series, metric, at }))
    }
}

/// A pod is its workload.
fn same(component: &str, name: &str) -> bool {
    without_pod_hash(component) == without_pod_hash(name)
}
