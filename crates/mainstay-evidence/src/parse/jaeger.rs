//! The answer of a Jaeger query: `{"data": [{"traceID", "spans", "processes"}]}`, times in
//! microseconds, the parent as a `CHILD_OF` reference.

use std::io::Read;

use mainstay_core::UtcMicros;
use serde_json::{Map, Value};

use super::document::{self, integer};
use super::structured::{Context, Span, SpanStatus};

/// Reads all spans of all traces.
pub(super) fn read(reader: &mut dyn Read, context: &mut Context<'_>) {
    let rest = document::elements(reader, &["data"], context, &mut |trace, context| {
        read_trace(&trace, context);
    });
    if !rest.found {
        context.skip_object("the document has no list of traces under data");
    }
}

fn read_trace(trace: &Value, context: &mut Context<'_>) {
    let Some(spans) = trace["spans"].as_array() else {
        return context.skip_object("a trace has no list of spans and was left out");
    };
    for span in spans {
        match span_of(span, trace, context) {
            Some(span) => context.span(span),
            None => context.skip_object("a span lacks an id or a time and was left out"),
        }
    }
}

fn span_of(span: &Value, trace: &Value, context: &mut Context<'_>) -> Option<Span> {
    let trace_id = id(&span["traceID"], 32).or_else(|| id(&trace["traceID"], 32))?;
    let span_id = id(&span["spanID"], 16)?;
    let start = UtcMicros(integer(&span["startTime"])?);
    let duration_us = integer(&span["duration"]).unwrap_or(0);
    let process = match span["processID"].as_str() {
        Some(name) => &trace["processes"][name],
        None => &span["process"],
    };
    let service = process["serviceName"].as_str().unwrap_or_default();
    let pod = ["k8s.pod.name", "hostname", "host.name"]
        .iter()
        .find_map(|name| tag(&process["tags"], name)?.as_str());
    // a span that names itself would be a loop
    let parent_id = parent(span, &trace_id).filter(|parent| *parent != span_id);
    Some(Span {
        trace_id: context.redacted(&trace_id),
        span_id: context.redacted(&span_id),
        parent_id: parent_id.map(|id| context.redacted(&id)),
        service: context.redacted(service),
        operation: context.redacted(span["operationName"].as_str().unwrap_or_default()),
        start,
        duration_us,
        pod: pod.map(|pod| context.redacted(pod)),
        status: status(&span["tags"]),
        attributes: attributes(&span["tags"], context),
        ordinal: 0,
        line: 0,
    })
}

/// Jaeger drops leading zeros of ids; logs and other exporters do not.
fn id(value: &Value, digits: usize) -> Option<String> {
    let text = value.as_str().filter(|text| !text.is_empty())?;
    // a trace id of 64 bits is a kind of its own
    let digits = if digits == 32 && text.len() <= 16 { 16 } else { digits };
    Some(format!("{:0>digits$}", text.to_ascii_lowercase()))
}

/// The `CHILD_OF` reference of the same trace, else any reference, else the old member.
fn parent(span: &Value, trace_id: &str) -> Option<String> {
    let references = span["references"].as_array().map_or(&[][..], Vec::as_slice);
    let of_trace =
        |reference: &&Value| id(&reference["traceID"], 32).is_none_or(|other| other == trace_id);
    let reference = references
        .iter()
        .filter(of_trace)
        .find(|reference| reference["refType"] == "CHILD_OF")
        .or_else(|| references.iter().find(of_trace));
    let parent = reference.map_or(&span["parentSpanID"], |reference| &reference["spanID"]);
    id(parent, 16).filter(|id| id.bytes().any(|byte| byte != b'0'))
}

fn tag<'tags>(tags: &'tags Value, name: &str) -> Option<&'tags Value> {
    tags.as_array()?.iter().find(|tag| tag["key"] == name).map(|tag| &tag["value"])
}

fn status(tags: &Value) -> SpanStatus {
    let error = tag(tags, "error").is_some_and(|value| *value == true || *value == "true");
    let code = tag(tags, "otel.status_code").and_then(Value::as_str);
    match code {
        _ if error => SpanStatus::Error,
        Some("ERROR") => SpanStatus::Error,
        Some("OK") => SpanStatus::Ok,
        _ => SpanStatus::Unset,
    }
}

fn attributes(tags: &Value, context: &mut Context<'_>) -> Option<String> {
    let tags = tags.as_array().filter(|tags| !tags.is_empty())?;
    let mut members = Map::new();
    for tag in tags {
        if let Some(name) = tag["key"].as_str() {
            let value = match &tag["value"] {
                plain @ (Value::Bool(_) | Value::Number(_) | Value::Null) => plain.clone(),
                Value::String(text) => Value::String(context.redacted_member(name, text)),
                nested => Value::String(context.redacted_member(name, &nested.to_string())),
            };
            members.insert(context.redacted(name), value);
        }
    }
    Some(Value::Object(members).to_string())
}
