//! Zipkin's JSON, version 2: a list of spans, or a list of such lists; times in microseconds.

use std::io::Read;

use mainstay_core::UtcMicros;
use serde_json::{Map, Value};

use super::document::{self, integer};
use super::structured::{Context, Span, SpanStatus};

/// What is put behind the id of a server span that shares it with its client.
const SHARED_END: &str = "s";

/// Reads all spans.
pub(super) fn read(reader: &mut dyn Read, context: &mut Context<'_>) {
    let rest = document::elements(reader, &[], context, &mut |element, context| match &element {
        Value::Array(trace) => trace.iter().for_each(|span| take(span, context)),
        span => take(span, context),
    });
    if !rest.found {
        context.skip_object("the document has no list of spans");
    }
}

fn take(span: &Value, context: &mut Context<'_>) {
    match span_of(span, context) {
        Some(span) => context.span(span),
        None => context.skip_object("a span lacks an id or a time and was left out"),
    }
}

fn span_of(span: &Value, context: &mut Context<'_>) -> Option<Span> {
    let trace_id = id(&span["traceId"])?;
    let own_id = id(&span["id"])?;
    let start = UtcMicros(integer(&span["timestamp"])?);
    let parent_id = id(&span["parentId"]).filter(|parent| *parent != own_id);
    // both ends of a call may have one id: the server is the child of the client
    let shared = span["shared"] == true;
    let (span_id, parent_id) =
        if shared { (format!("{own_id}{SHARED_END}"), Some(own_id)) } else { (own_id, parent_id) };
    let service = span["localEndpoint"]["serviceName"].as_str().unwrap_or_default();
    let tags = span["tags"].as_object();
    let failed = tags.is_some_and(|tags| tags.contains_key("error"));
    Some(Span {
        trace_id: context.redacted(&trace_id),
        span_id: context.redacted(&span_id),
        parent_id: parent_id.map(|id| context.redacted(&id)),
        service: context.redacted(service),
        operation: context.redacted(span["name"].as_str().unwrap_or_default()),
        start,
        duration_us: integer(&span["duration"]).unwrap_or(0).max(0),
        pod: None,
        status: if failed { SpanStatus::Error } else { SpanStatus::Unset },
        attributes: tags.filter(|tags| !tags.is_empty()).map(|tags| attributes(tags, context)),
        ordinal: 0,
        line: 0,
    })
}

fn id(value: &Value) -> Option<String> {
    let text = value.as_str().filter(|text| text.bytes().any(|byte| byte != b'0'))?;
    Some(text.to_ascii_lowercase())
}

fn attributes(tags: &Map<String, Value>, context: &mut Context<'_>) -> String {
    let mut members = Map::new();
    for (name, value) in tags {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let value = context.redacted_member(name, &text);
        members.insert(context.redacted(name), Value::String(value));
    }
    Value::Object(members).to_string()
}
