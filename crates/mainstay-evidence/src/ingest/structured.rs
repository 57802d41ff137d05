//! Reads traces, metrics, graphs, cluster objects and the ticket, before the logs: the spans give
//! log lines without date their moment.

use std::collections::HashMap;

use mainstay_core::UtcMicros;
use serde::Serialize;

use super::draft::{earliest, latest};
use super::redactions::FileRedactions;
use super::store::Staging;
use super::survey::{Survey, Surveyed};
use super::{IngestError, stop_if_cancelled};
use crate::columns::{ColumnsError, Row, Table};
use crate::limits::Limits;
use crate::manifest;
use crate::open::{Phase, Progress};
use crate::parse::structured::{
    self, Counts, GraphEdge, GraphNode, Object, ObjectEvent, Point, Span, StructuredFormat,
    StructuredSink, Ticket,
};
use crate::problem::Problems;
use crate::recognise::Format;
use crate::redact::Redactor;

/// Spans whose start is remembered for the logs; beyond it only the span of time is.
const SPAN_ANCHORS_MAX: usize = 2_000_000;

/// Objects and events remembered for the findings, each; the tables hold all.
const UNWELL_MAX: usize = 10_000;

/// From the first to the last moment that is known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct KnownTimes {
    first: Option<UtcMicros>,
    last: Option<UtcMicros>,
}

impl KnownTimes {
    /// The middle.
    pub(super) fn near(self) -> Option<UtcMicros> {
        let (first, last) = (self.first?.0, self.last?.0);
        Some(UtcMicros(first + (last - first) / 2))
    }

    pub(super) fn extend(&mut self, times: impl IntoIterator<Item = UtcMicros>) {
        for time in times {
            self.first = earliest(self.first, Some(time));
            self.last = latest(self.last, Some(time));
        }
    }
}

/// What the logs need to know of the other files.
#[derive(Default)]
pub(super) struct Times {
    span_starts: HashMap<String, UtcMicros>,
    known: KnownTimes,
}

impl Times {
    /// When the span began.
    pub(super) fn span_start(&self, span_id: &str) -> Option<UtcMicros> {
        self.span_starts.get(span_id).copied()
    }

    /// Everything that has a time of its own.
    pub(super) fn span(&self) -> KnownTimes {
        self.known
    }
}

/// What a structured file held.
pub(super) struct StructuredCounts {
    pub(super) file: u32,
    pub(super) counts: Counts,
    pub(super) first: Option<UtcMicros>,
    pub(super) last: Option<UtcMicros>,
    pub(super) redactions: Option<FileRedactions>,
}

/// What all structured files held.
pub(super) struct Structured {
    pub(super) files: Vec<StructuredCounts>,
    pub(super) ticket: Option<manifest::Ticket>,
    pub(super) times: Times,
    /// Objects and events that are not well, for the findings.
    pub(super) unwell: Unwell,
}

/// What a cluster says of its own troubles.
#[derive(Default)]
pub(crate) struct Unwell {
    pub(crate) objects: Vec<(u32, Object)>,
    pub(crate) events: Vec<(u32, ObjectEvent)>,
}

/// `graph.json`: who calls whom.
#[derive(Default, Serialize)]
struct Graph {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

#[derive(Serialize)]
struct Node {
    name: String,
    kind: String,
    file: u32,
    line: u64,
}

#[derive(Serialize)]
struct Edge {
    from: String,
    to: String,
    file: u32,
    line: u64,
}

pub(super) fn read(
    survey: &Survey<'_>,
    redactor: &Redactor,
    limits: &Limits,
    staging: &Staging,
    problems: &mut Problems,
    progress: &dyn Progress,
) -> Result<Structured, IngestError> {
    let mut sink = Sink::new(staging);
    let mut files = Vec::new();
    for file in &survey.files {
        if let Some(format) = structured_format(file.recognition.format) {
            stop_if_cancelled(progress)?;
            progress.report(Phase::Reading, 0, 0, 0, Some(&file.path));
            sink.start(file);
            let mut session = redactor.session_for(&file.file.path);
            let mut redact = |text: &str| session.text(text).into_owned();
            let mut reader = file.file.content.reader();
            let counts = structured::read(
                format,
                &mut reader,
                &mut redact,
                limits,
                &file.path,
                problems,
                &mut sink,
            );
            progress.report(Phase::Reading, file.file.size_bytes, 1, 0, Some(&file.path));
            files.push(StructuredCounts {
                file: file.id,
                counts,
                first: sink.first,
                last: sink.last,
                redactions: FileRedactions::of(file.id, session.finish()),
            });
        }
    }
    let (ticket, times, unwell) = sink.finish(staging)?;
    Ok(Structured { files, ticket, times, unwell })
}

/// The reader of a format that is more than lines.
fn structured_format(format: Format) -> Option<StructuredFormat> {
    Some(match format {
        Format::OtlpJsonLines => StructuredFormat::OtlpJsonLines,
        Format::JaegerQuery => StructuredFormat::JaegerJson,
        Format::ZipkinSpans => StructuredFormat::ZipkinJson,
        Format::XrayTraces => StructuredFormat::XrayTraces,
        Format::XrayServiceGraph => StructuredFormat::ServiceGraph,
        Format::PrometheusQueryRange => StructuredFormat::PrometheusRange,
        Format::OpenMetrics => StructuredFormat::OpenMetrics,
        Format::WideCsv => StructuredFormat::WideMetricCsv,
        Format::LongCsv => StructuredFormat::LongMetricCsv,
        Format::CloudWatchMetricData => StructuredFormat::CloudWatchMetrics,
        Format::KubernetesJson | Format::KubernetesYaml => StructuredFormat::Kubernetes,
        Format::TicketJson => StructuredFormat::Ticket,
        _ => return None,
    })
}

/// Stores what comes, and remembers what logs and findings need of it.
struct Sink {
    file: u32,
    first: Option<UtcMicros>,
    last: Option<UtcMicros>,
    spans: Table<Span>,
    points: Table<Point>,
    objects: Table<Object>,
    events: Table<ObjectEvent>,
    graph: Graph,
    ticket: Option<manifest::Ticket>,
    times: Times,
    unwell: Unwell,
    /// The first failure to write; nothing is written after it.
    failed: Option<ColumnsError>,
}

impl Sink {
    fn new(staging: &Staging) -> Self {
        Self {
            file: 0,
            first: None,
            last: None,
            spans: Table::new(staging.path("spans.parquet")),
            points: Table::new(staging.path("samples.parquet")),
            objects: Table::new(staging.path("objects.parquet")),
            events: Table::new(staging.path("events.parquet")),
            graph: Graph::default(),
            ticket: None,
            times: Times::default(),
            unwell: Unwell::default(),
            failed: None,
        }
    }

    fn start(&mut self, file: &Surveyed<'_>) {
        self.file = file.id;
        self.first = None;
        self.last = None;
    }

    fn see(&mut self, time: UtcMicros) {
        self.first = earliest(self.first, Some(time));
        self.last = latest(self.last, Some(time));
        self.times.known.extend([time]);
    }

    fn finish(
        self,
        staging: &Staging,
    ) -> Result<(Option<manifest::Ticket>, Times, Unwell), IngestError> {
        if let Some(error) = self.failed {
            return Err(error.into());
        }
        self.spans.finish()?;
        self.points.finish()?;
        self.objects.finish()?;
        self.events.finish()?;
        if !self.graph.nodes.is_empty() || !self.graph.edges.is_empty() {
            staging.write_json("graph.json", &self.graph)?;
        }
        Ok((self.ticket, self.times, self.unwell))
    }
}

/// Writes a row unless writing failed before.
fn store<R: Row>(failed: &mut Option<ColumnsError>, table: &mut Table<R>, file: u32, row: R) {
    if failed.is_none() {
        *failed = table.push(file, row).err();
    }
}

impl StructuredSink for Sink {
    fn span(&mut self, span: Span) {
        self.see(span.start);
        self.see(UtcMicros(span.start.0.saturating_add(span.duration_us.max(0))));
        if self.times.span_starts.len() < SPAN_ANCHORS_MAX {
            self.times.span_starts.insert(span.span_id.clone(), span.start);
        }
        store(&mut self.failed, &mut self.spans, self.file, span);
    }

    fn point(&mut self, point: Point) {
        self.see(point.time);
        store(&mut self.failed, &mut self.points, self.file, point);
    }

    fn node(&mut self, node: GraphNode) {
        self.graph.nodes.push(Node {
            name: node.name,
            kind: node.kind,
            file: self.file,
            line: node.line,
        });
    }

    fn edge(&mut self, edge: GraphEdge) {
        self.graph.edges.push(Edge {
            from: edge.from,
            to: edge.to,
            file: self.file,
            line: edge.line,
        });
    }

    fn object(&mut self, object: Object) {
        let is_unwell = object.restarts > 0 || object.reason.is_some();
        if is_unwell && self.unwell.objects.len() < UNWELL_MAX {
            self.unwell.objects.push((self.file, object.clone()));
        }
        store(&mut self.failed, &mut self.objects, self.file, object);
    }

    fn event(&mut self, event: ObjectEvent) {
        for time in [event.first, event.last].into_iter().flatten() {
            self.see(time);
        }
        if event.severity == "Warning" && self.unwell.events.len() < UNWELL_MAX {
            self.unwell.events.push((self.file, event.clone()));
        }
        store(&mut self.failed, &mut self.events, self.file, event);
    }

    fn ticket(&mut self, ticket: Ticket) {
        for time in [ticket.symptom_start_about, ticket.reported_at].into_iter().flatten() {
            self.times.known.extend([time]);
        }
        self.ticket.get_or_insert(manifest::Ticket {
            file: self.file,
            case_id: ticket.case_id,
            system: ticket.system,
            entrypoint: ticket.entrypoint,
            reported_at: ticket.reported_at,
            symptom_start_about: ticket.symptom_start_about,
            text: ticket.text,
        });
    }
}
