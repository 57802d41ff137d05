//! Traces as X-Ray's `batch-get-traces` answers: `{"Traces": [{"Id", "Segments": [{"Document"}]}]}`,
//! each document a text of JSON with nested subsegments; times in seconds.

use std::io::Read;

use serde_json::Value;

use super::document;
use super::structured::{Context, Span, SpanStatus, seconds_to_time};

/// Reads all segments and their subsegments.
pub(super) fn read(reader: &mut dyn Read, context: &mut Context<'_>) {
    let rest = document::elements(reader, &["Traces"], context, &mut |trace, context| {
        for segment in trace["Segments"].as_array().map_or(&[][..], Vec::as_slice) {
            read_segment(&segment["Document"], &trace["Id"], context);
        }
    });
    if !rest.found {
        context.skip_object("the document has no list under Traces");
    }
}

fn read_segment(document: &Value, trace: &Value, context: &mut Context<'_>) {
    let parsed = match document {
        Value::String(text) => document::json_line(text, context.limits.document_depth),
        nested => Ok(nested.clone()),
    };
    let Ok(segment) = parsed else {
        return context.skip_object("a segment is no JSON and was left out");
    };
    let trace = segment["trace_id"].as_str().or(trace.as_str()).unwrap_or_default();
    let trace = context.redacted(&trace.replace('-', ""));
    let service = context.redacted(segment["name"].as_str().unwrap_or_default());
    // depth is bounded by the parser
    let mut open = vec![(&segment, segment["parent_id"].as_str())];
    while let Some((part, parent)) = open.pop() {
        match span_of(part, parent, &trace, &service, context) {
            Some(span) => context.span(span),
            None => context.skip_object("a segment lacks an id or a time and was left out"),
        }
        let children = part["subsegments"].as_array().map_or(&[][..], Vec::as_slice);
        open.extend(children.iter().rev().map(|child| (child, part["id"].as_str())));
    }
}

fn span_of(
    part: &Value,
    parent: Option<&str>,
    trace: &str,
    service: &str,
    context: &mut Context<'_>,
) -> Option<Span> {
    let id = part["id"].as_str().filter(|id| !id.is_empty())?;
    let start = part["start_time"].as_f64().and_then(seconds_to_time)?;
    let end = part["end_time"].as_f64().and_then(seconds_to_time).unwrap_or(start);
    let failed = ["fault", "error", "throttle"].iter().any(|name| part[*name] == true);
    let parent = parent.filter(|parent| *parent != id);
    Some(Span {
        trace_id: trace.to_owned(),
        span_id: context.redacted(id),
        parent_id: parent.map(|parent| context.redacted(parent)),
        service: service.to_owned(),
        operation: context.redacted(part["name"].as_str().unwrap_or_default()),
        start,
        duration_us: (end.0 - start.0).max(0),
        pod: None,
        status: if failed { SpanStatus::Error } else { SpanStatus::Unset },
        attributes: None,
        ordinal: 0,
        line: 0,
    })
}
