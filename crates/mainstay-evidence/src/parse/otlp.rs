//! OTLP traces as JSON lines (the collector's file exporter). Ids come as hex or, from encoders
//! that follow protobuf's JSON to the letter, as base64; 64-bit numbers as texts or numbers; names
//! in lower camel case or as in the protobuf file.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mainstay_core::UtcMicros;
use serde_json::{Map, Value};

use super::document::{self, integer};
use super::structured::{Context, Span, SpanStatus};

/// Bytes of the two kinds of ids.
const TRACE_ID_BYTES: usize = 16;
const SPAN_ID_BYTES: usize = 8;

/// Reads all spans of the file.
pub(super) fn read(reader: &mut dyn Read, context: &mut Context<'_>) {
    document::lines(reader, context, &mut |line, context| match document::json_line(
        line.text,
        context.limits.document_depth,
    ) {
        Ok(batch) => {
            let skipped = read_batch(&batch, context);
            if skipped > 0 {
                let what = format!("{skipped} spans lack an id or a time and were left out");
                context.skip_line(line.number, line.offset, &what);
            }
        }
        Err(what) => context.skip_line(line.number, line.offset, what),
    });
}

/// Gives the number of spans that could not be read.
fn read_batch(batch: &Value, context: &mut Context<'_>) -> u64 {
    let mut skipped = 0;
    for group in list(batch, "resourceSpans", "resource_spans") {
        let resource = member(&group["resource"], "attributes", "attributes");
        let service = attribute(resource, "service.name").unwrap_or_default();
        let pod = ["k8s.pod.name", "host.name", "service.instance.id"]
            .iter()
            .find_map(|name| attribute(resource, name));
        let service = context.redacted(&service);
        let pod = pod.map(|pod| context.redacted(&pod));
        let scopes = list(group, "scopeSpans", "scope_spans");
        let old_scopes =
            list(group, "instrumentationLibrarySpans", "instrumentation_library_spans");
        for span in scopes.iter().chain(old_scopes).flat_map(|scope| list(scope, "spans", "spans"))
        {
            match span_of(span, &service, pod.as_deref(), context) {
                Some(span) => context.span(span),
                None => skipped += 1,
            }
        }
    }
    skipped
}

fn span_of(
    span: &Value,
    service: &str,
    pod: Option<&str>,
    context: &mut Context<'_>,
) -> Option<Span> {
    let trace_id = id(member(span, "traceId", "trace_id"), TRACE_ID_BYTES)?;
    let span_id = id(member(span, "spanId", "span_id"), SPAN_ID_BYTES)?;
    let parent_id = id(member(span, "parentSpanId", "parent_span_id"), SPAN_ID_BYTES);
    // a span that names itself would be a loop
    let parent_id = parent_id.filter(|parent| *parent != span_id);
    let start_ns = integer(member(span, "startTimeUnixNano", "start_time_unix_nano"))?;
    let end_ns = integer(member(span, "endTimeUnixNano", "end_time_unix_nano"));
    let end_ns = end_ns.filter(|end| *end > 0).unwrap_or(start_ns);
    let start = UtcMicros(start_ns.div_euclid(1_000));
    let operation = span["name"].as_str().unwrap_or_default();
    Some(Span {
        trace_id: context.redacted(&trace_id),
        span_id: context.redacted(&span_id),
        parent_id: parent_id.map(|id| context.redacted(&id)),
        service: service.to_owned(),
        operation: context.redacted(operation),
        start,
        duration_us: end_ns.saturating_sub(start_ns).div_euclid(1_000),
        pod: pod.map(str::to_owned),
        status: status(&span["status"]["code"]),
        attributes: attributes(span["attributes"].as_array(), context),
        ordinal: 0,
        line: 0,
    })
}

/// Hex as it is, base64 decoded to hex; all zeros and the empty text mean "none".
fn id(value: &Value, bytes: usize) -> Option<String> {
    let text = value.as_str()?;
    let hex = text.len() == bytes * 2 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let id = if hex {
        text.to_ascii_lowercase()
    } else {
        let decoded = STANDARD.decode(text).ok().filter(|decoded| decoded.len() == bytes)?;
        decoded.iter().map(|byte| format!("{byte:02x}")).collect()
    };
    id.bytes().any(|byte| byte != b'0').then_some(id)
}

fn status(code: &Value) -> SpanStatus {
    match (code.as_i64(), code.as_str()) {
        (Some(1), _) | (_, Some("STATUS_CODE_OK")) => SpanStatus::Ok,
        (Some(2), _) | (_, Some("STATUS_CODE_ERROR")) => SpanStatus::Error,
        _ => SpanStatus::Unset,
    }
}

fn attributes(pairs: Option<&Vec<Value>>, context: &mut Context<'_>) -> Option<String> {
    let pairs = pairs.filter(|pairs| !pairs.is_empty())?;
    let mut members = Map::new();
    for pair in pairs {
        if let Some(name) = pair["key"].as_str() {
            let value = any_value(name, &pair["value"], context);
            members.insert(context.redacted(name), value);
        }
    }
    Some(Value::Object(members).to_string())
}

/// OTLP's `AnyValue` as plain JSON, its texts redacted.
fn any_value(name: &str, value: &Value, context: &mut Context<'_>) -> Value {
    let Some((kind, inner)) = value.as_object().and_then(|members| members.iter().next()) else {
        return Value::Null;
    };
    match kind.as_str() {
        "intValue" | "int_value" => integer(inner).map_or(Value::Null, Value::from),
        "boolValue" | "bool_value" | "doubleValue" | "double_value" if !inner.is_string() => {
            inner.clone()
        }
        _ => {
            let text = inner.as_str().map_or_else(|| inner.to_string(), str::to_owned);
            Value::String(context.redacted_member(name, &text))
        }
    }
}

fn attribute(pairs: &Value, name: &str) -> Option<String> {
    let pair = pairs.as_array()?.iter().find(|pair| pair["key"] == name)?;
    let value = member(&pair["value"], "stringValue", "string_value").as_str()?;
    Some(value.to_owned())
}

fn member<'value>(value: &'value Value, camel: &str, snake: &str) -> &'value Value {
    match &value[camel] {
        Value::Null => &value[snake],
        found => found,
    }
}

fn list<'value>(value: &'value Value, camel: &str, snake: &str) -> &'value [Value] {
    member(value, camel, snake).as_array().map_or(&[], Vec::as_slice)
}
