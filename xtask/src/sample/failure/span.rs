//! A request as a tree of work, laid out in time, and three ways in which it is exported.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::sample::clock::Micros;
use crate::sample::random::Random;

/// What a service does for a request: its own work, then its calls one after the other.
pub(super) struct Work {
    service: &'static str,
    operation: &'static str,
    own: Micros,
    error: Option<&'static str>,
    calls: Vec<Work>,
}

pub(super) fn work(service: &'static str, operation: &'static str, own: Micros) -> Work {
    Work { service, operation, own, error: None, calls: Vec::new() }
}

impl Work {
    pub(super) fn calls(mut self, callee: Work) -> Self {
        self.calls.push(callee);
        self
    }

    pub(super) fn fails(mut self, error: Option<&'static str>) -> Self {
        self.error = error;
        self
    }
}

/// One span.
pub(super) struct Span {
    pub(super) id: u64,
    parent: Option<u64>,
    pub(super) service: &'static str,
    pub(super) operation: String,
    pub(super) start: Micros,
    pub(super) duration: Micros,
    pub(super) error: Option<&'static str>,
    is_client: bool,
}

impl Span {
    pub(super) fn end(&self) -> Micros {
        self.start + self.duration
    }

    pub(super) fn id(&self) -> String {
        format!("{:016x}", self.id)
    }
}

/// One request.
pub(super) struct Trace {
    id: [u64; 2],
    /// The first is what the user asked for.
    pub(super) spans: Vec<Span>,
}

impl Trace {
    pub(super) fn of(root: &Work, start: Micros, random: &mut Random) -> Self {
        let mut trace = Self { id: [random.next(), random.next()], spans: Vec::new() };
        trace.lay(root, start, None, random);
        trace
    }

    pub(super) fn id(&self) -> String {
        format!("{:016x}{:016x}", self.id[0], self.id[1])
    }

    /// The span in which a service serves, if it was reached.
    pub(super) fn served(&self, service: &str) -> Option<&Span> {
        self.spans.iter().find(|span| span.service == service && !span.is_client)
    }

    /// The span in which a service waits for another.
    pub(super) fn waits(&self, service: &str, operation: &str) -> Option<&Span> {
        self.spans
            .iter()
            .find(|span| span.service == service && span.is_client && span.operation == operation)
    }

    fn lay(
        &mut self,
        work: &Work,
        start: Micros,
        parent: Option<u64>,
        random: &mut Random,
    ) -> Micros {
        let (id, place) = (random.next(), self.spans.len());
        self.push(id, parent, work, start, false);
        let mut now = start + work.own / 2;
        for call in &work.calls {
            let client = random.next();
            let at = self.spans.len();
            self.push(client, Some(id), call, now, true);
            self.spans[at].service = work.service;
            let way = random.between(300, 1_200);
            // a callee of no name is known only from its caller
            now = match call.service {
                "" => now + call.own,
                _ => self.lay(call, now + way, Some(client), random) + way,
            };
            self.spans[at].duration = now - self.spans[at].start;
        }
        let end = now + work.own / 2;
        self.spans[place].duration = end - start;
        end
    }

    fn push(&mut self, id: u64, parent: Option<u64>, work: &Work, start: Micros, client: bool) {
        self.spans.push(Span {
            id,
            parent,
            service: work.service,
            operation: work.operation.to_owned(),
            start,
            duration: 0,
            error: work.error,
            is_client: client,
        });
    }
}

/// As the OpenTelemetry collector's file exporter writes it: a batch a line.
pub(super) fn otlp(traces: &[Trace]) -> String {
    let mut text = String::new();
    for batch in traces.chunks(20) {
        let mut by_service: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        for trace in batch {
            for span in &trace.spans {
                let mut value = json!({
                    "traceId": trace.id(), "spanId": span.id(), "name": span.operation,
                    "kind": if span.is_client { 3 } else { 2 },
                    "startTimeUnixNano": format!("{}000", span.start),
                    "endTimeUnixNano": format!("{}000", span.end()),
                    "status": span.error.map_or(json!({}), |error| json!({"code": 2, "message": error})),
                });
                if let Some(parent) = span.parent {
                    value["parentSpanId"] = json!(format!("{parent:016x}"));
                }
                by_service.entry(span.service).or_default().push(value);
            }
        }
        for (service, spans) in by_service {
            let name = json!({"key": "service.name", "value": {"stringValue": service}});
            let line = json!({"resourceSpans": [{"resource": {"attributes": [name]},
                "scopeSpans": [{"scope": {"name": "telemetry"}, "spans": spans}]}]});
            text.push_str(&format!("{line}\n"));
        }
    }
    text
}

/// As Jaeger answers a query.
pub(super) fn jaeger(traces: &[Trace]) -> String {
    let data: Vec<Value> = traces.iter().map(jaeger_trace).collect();
    json!({"data": data, "total": 0, "limit": 0, "offset": 0, "errors": null}).to_string()
}

fn jaeger_trace(trace: &Trace) -> Value {
    let mut processes: Vec<&str> = Vec::new();
    let mut spans = Vec::new();
    for span in &trace.spans {
        let process = processes.iter().position(|it| *it == span.service).unwrap_or_else(|| {
            processes.push(span.service);
            processes.len() - 1
        });
        let references: Vec<Value> = span
            .parent
            .iter()
            .map(|parent| {
                json!({"refType": "CHILD_OF", "traceID": trace.id(), "spanID": format!("{parent:016x}")})
            })
            .collect();
        let kind = if span.is_client { "client" } else { "server" };
        let mut tags = vec![json!({"key": "span.kind", "type": "string", "value": kind})];
        if let Some(error) = span.error {
            tags.push(json!({"key": "error", "type": "bool", "value": true}));
            tags.push(json!({"key": "otel.status_description", "type": "string", "value": error}));
        }
        spans.push(json!({
            "traceID": trace.id(), "spanID": span.id(), "operationName": span.operation,
            "references": references, "startTime": span.start, "duration": span.duration,
            "tags": tags, "logs": [], "processID": format!("p{}", process + 1),
        }));
    }
    let processes: serde_json::Map<String, Value> = (1..)
        .zip(processes)
        .map(|(number, name)| (format!("p{number}"), json!({"serviceName": name, "tags": []})))
        .collect();
    json!({"traceID": trace.id(), "spans": spans, "processes": processes})
}

/// As Zipkin answers for traces: a list of lists.
pub(super) fn zipkin(traces: &[Trace]) -> String {
    let span = |trace: &Trace, span: &Span| {
        let mut value = json!({
            "traceId": trace.id(), "id": span.id(), "name": span.operation.to_lowercase(),
            "kind": if span.is_client { "CLIENT" } else { "SERVER" },
            "timestamp": span.start, "duration": span.duration,
            "localEndpoint": {"serviceName": span.service}, "tags": {},
        });
        if let Some(parent) = span.parent {
            value["parentId"] = json!(format!("{parent:016x}"));
        }
        if let Some(error) = span.error {
            value["tags"] = json!({"error": error});
        }
        value
    };
    let list: Vec<Vec<Value>> =
        traces.iter().map(|trace| trace.spans.iter().map(|it| span(trace, it)).collect()).collect();
    json!(list).to_string()
}
