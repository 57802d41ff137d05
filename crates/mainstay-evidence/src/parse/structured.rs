//! What structured files hold (spans, metric points, a service graph, Kubernetes objects, a
//! ticket), and the one way to read them.
//!
//! Every text that is kept passes the `redact` callback. A bad line or object is a `Problem` and
//! the rest is read. What is *not* here: the layouts, one file each beside this one, and logs.

use std::io::Read;

use mainstay_core::UtcMicros;

use super::{
    cloudwatch, jaeger, kubernetes, metric_csv, openmetrics, otlp, prometheus, service_graph,
    ticket, transcode::Transcode, xray, zipkin,
};
use crate::limits::Limits;
use crate::problem::{Problem, ProblemCode, Problems};

/// The structured formats this crate reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StructuredFormat {
    /// The collector's file exporter: one `{"resourceSpans": …}` a line.
    OtlpJsonLines,
    /// The answer of a Jaeger query.
    JaegerJson,
    /// Zipkin's list of spans.
    ZipkinJson,
    /// X-Ray's `batch-get-traces`.
    XrayTraces,
    /// The answer of Prometheus `query_range`.
    PrometheusRange,
    /// OpenMetrics, and the Prometheus exposition text.
    OpenMetrics,
    /// `time,<metric>,<metric>…`; the pod is the file's name.
    WideMetricCsv,
    /// `time,node,metric,statistic,value`.
    LongMetricCsv,
    /// The answer of CloudWatch `get-metric-data`.
    CloudWatchMetrics,
    /// `{"Services": …}` as X-Ray gives it.
    ServiceGraph,
    /// A `List`, a bare array or one object, in JSON or YAML.
    Kubernetes,
    /// `ticket.json`, the intake form of a case.
    Ticket,
}

/// What a span says of its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpanStatus {
    Unset,
    Ok,
    Error,
}

/// One operation of one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Lower-case hex, as logs write it.
    pub trace_id: String,
    pub span_id: String,
    pub parent_id: Option<String>,
    pub service: String,
    pub operation: String,
    pub start: UtcMicros,
    pub duration_us: i64,
    pub pod: Option<String>,
    pub status: SpanStatus,
    /// A JSON object of the span's own attributes.
    pub attributes: Option<String>,
    /// Place in the file, from 0.
    pub ordinal: u64,
    /// Line of the file that holds it, from 1; 0 when the format has no lines.
    pub line: u64,
}

/// One sample of one series.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    pub metric: String,
    /// `k=v,k=v`, sorted by key.
    pub series: String,
    pub time: UtcMicros,
    /// `NaN` is kept: it means "no value", which is not "no sample".
    pub value: f64,
    pub ordinal: u64,
    /// As in [`Span::line`].
    pub line: u64,
}

/// One service of a graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphNode {
    pub name: String,
    pub kind: String,
    pub ordinal: u64,
    /// As in [`Span::line`].
    pub line: u64,
}

/// A caller and what it calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphEdge {
    pub from: String,
    pub to: String,
    pub ordinal: u64,
    /// As in [`Span::line`].
    pub line: u64,
}

/// A Kubernetes object and the state it was in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Object {
    pub kind: String,
    pub namespace: String,
    pub name: String,
    pub phase: Option<String>,
    /// Why it is not well: the reason of the first container that waits or ended badly.
    pub reason: Option<String>,
    /// Of all containers together.
    pub restarts: u64,
    /// Of all containers, joined by `, `.
    pub image: Option<String>,
    pub node: Option<String>,
    pub ordinal: u64,
    /// As in [`Span::line`].
    pub line: u64,
}

/// A Kubernetes event: one entry that stands for `count` occurrences from `first` to `last`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectEvent {
    pub namespace: String,
    /// `Kind/name` of what it is about.
    pub object: String,
    /// `Normal` or `Warning`.
    pub severity: String,
    pub reason: String,
    pub message: String,
    pub count: u64,
    pub first: Option<UtcMicros>,
    pub last: Option<UtcMicros>,
    pub ordinal: u64,
    /// As in [`Span::line`].
    pub line: u64,
}

/// What the person who asks for help wrote.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ticket {
    pub case_id: Option<String>,
    pub system: Option<String>,
    pub timezone: Option<String>,
    pub entrypoint: Option<String>,
    pub reported_at: Option<UtcMicros>,
    pub symptom_start_about: Option<UtcMicros>,
    pub symptom_metric: Option<String>,
    pub symptom_statistic: Option<String>,
    pub text: Option<String>,
}

/// Takes what a file holds, in the order of the file.
pub trait StructuredSink {
    /// One span.
    fn span(&mut self, span: Span);
    /// One metric point.
    fn point(&mut self, point: Point);
    /// One node of a service graph.
    fn node(&mut self, node: GraphNode);
    /// One edge of a service graph.
    fn edge(&mut self, edge: GraphEdge);
    /// One Kubernetes object.
    fn object(&mut self, object: Object);
    /// One Kubernetes event.
    fn event(&mut self, event: ObjectEvent);
    /// The ticket.
    fn ticket(&mut self, ticket: Ticket);
}

/// How much of each was handed on, and how much could not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub spans: u64,
    pub points: u64,
    pub nodes: u64,
    pub edges: u64,
    pub objects: u64,
    pub events: u64,
    pub tickets: u64,
    /// Lines, rows or objects that were not understood; each is a `Problem`.
    pub skipped: u64,
}

impl Counts {
    /// Everything that was handed on.
    #[must_use]
    pub fn items(&self) -> u64 {
        self.spans
            + self.points
            + self.nodes
            + self.edges
            + self.objects
            + self.events
            + self.tickets
    }
}

/// What a reader of one layout works with.
pub(super) struct Context<'run> {
    pub(super) path: &'run str,
    pub(super) limits: &'run Limits,
    pub(super) redact: &'run mut dyn FnMut(&str) -> String,
    pub(super) problems: &'run mut Problems,
    pub(super) sink: &'run mut dyn StructuredSink,
    pub(super) counts: Counts,
    /// Line of the file that is being read, from 1.
    pub(super) line: u64,
}

/// Reads one structured file. `path` is its place in the bundle; it names the pod of a wide CSV
/// and stands in problems, so it is already redacted.
pub fn read(
    format: StructuredFormat,
    reader: &mut dyn Read,
    redact: &mut dyn FnMut(&str) -> String,
    limits: &Limits,
    path: &str,
    problems: &mut Problems,
    sink: &mut dyn StructuredSink,
) -> Counts {
    let mut context =
        Context { path, limits, redact, problems, sink, counts: Counts::default(), line: 0 };
    let reader: &mut dyn Read = &mut Transcode::new(reader);
    match format {
        StructuredFormat::OtlpJsonLines => otlp::read(reader, &mut context),
        StructuredFormat::JaegerJson => jaeger::read(reader, &mut context),
        StructuredFormat::ZipkinJson => zipkin::read(reader, &mut context),
        StructuredFormat::XrayTraces => xray::read(reader, &mut context),
        StructuredFormat::PrometheusRange => prometheus::read(reader, &mut context),
        StructuredFormat::OpenMetrics => openmetrics::read(reader, &mut context),
        StructuredFormat::WideMetricCsv => metric_csv::read_wide(reader, &mut context),
        StructuredFormat::LongMetricCsv => metric_csv::read_long(reader, &mut context),
        StructuredFormat::CloudWatchMetrics => cloudwatch::read(reader, &mut context),
        StructuredFormat::ServiceGraph => service_graph::read(reader, &mut context),
        StructuredFormat::Kubernetes => kubernetes::read(reader, &mut context),
        StructuredFormat::Ticket => ticket::read(reader, &mut context),
    }
    context.counts
}

impl Context<'_> {
    pub(super) fn redacted(&mut self, text: &str) -> String {
        (self.redact)(text)
    }

    /// A value whose name may be the only sign that it is a secret (`password`, `api_key`).
    pub(super) fn redacted_member(&mut self, name: &str, text: &str) -> String {
        let alone = self.redacted(text);
        let pair = self.redacted(&format!("{name}={alone}"));
        let Some(value) = pair.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')) else {
            return alone;
        };
        match value.find('>') {
            // what the rule left over behind a blank belongs to the secret as well
            Some(end) if value != alone && value.starts_with('<') => value[..=end].to_owned(),
            _ => value.to_owned(),
        }
    }

    pub(super) fn span(&mut self, mut span: Span) {
        span.ordinal = self.counts.spans;
        span.line = self.line;
        self.counts.spans += 1;
        self.sink.span(span);
    }

    pub(super) fn point(&mut self, metric: &str, series: &str, time: UtcMicros, value: f64) {
        let (metric, series) = (metric.to_owned(), series.to_owned());
        let ordinal = self.counts.points;
        self.counts.points += 1;
        self.sink.point(Point { metric, series, time, value, ordinal, line: self.line });
    }

    /// Something of the file that is left out: an object, a row, a line.
    pub(super) fn skip(&mut self, problem: Problem) {
        self.counts.skipped += 1;
        self.problems.push(problem);
    }

    /// The same for an object without a line of its own.
    pub(super) fn skip_object(&mut self, what: &str) {
        let problem = Problem::new(ProblemCode::MalformedDocument, Some(self.path), what);
        self.skip(problem);
    }

    /// The same at a line.
    pub(super) fn skip_line(&mut self, line: u64, offset: u64, what: &str) {
        let problem = Problem::new(ProblemCode::MalformedLine, Some(self.path), what);
        self.skip(problem.at_line(line, offset));
    }
}

/// The canonical text of a series: `k=v,k=v`, sorted by key.
pub(super) fn series_text<'pair>(
    pairs: impl IntoIterator<Item = (&'pair str, &'pair str)>,
) -> String {
    let mut pairs: Vec<(&str, &str)> = pairs.into_iter().collect();
    pairs.sort_unstable();
    let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
    pairs.join(",")
}

/// Seconds since 1970 with a fraction, as metrics write time.
pub(super) fn seconds_to_time(seconds: f64) -> Option<UtcMicros> {
    const SECONDS_MAX: f64 = 253_402_207_200.0;
    let known = seconds.is_finite() && seconds.abs() <= SECONDS_MAX;
    #[expect(clippy::cast_possible_truncation, reason = "bounded by the year 9999 just above")]
    known.then(|| UtcMicros((seconds * 1e6).round() as i64))
}
