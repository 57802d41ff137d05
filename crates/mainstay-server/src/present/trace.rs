//! Traces.

use mainstay_app::line::{SpanRow, TraceList, TraceRow, Waterfall};

use super::line::counted;
use super::place;
use crate::dto::time;
use crate::dto::trace as dto;

pub(crate) fn window(list: &TraceList, offset: u64) -> dto::TraceWindow {
    dto::TraceWindow {
        total: list.total,
        hidden: list.hidden,
        beyond: list.beyond,
        offset,
        traces: list.traces.iter().map(trace).collect(),
        services: list.services.iter().map(counted).collect(),
    }
}

fn trace(row: &TraceRow) -> dto::Trace {
    dto::Trace {
        id: row.id.clone(),
        start: time(row.start),
        duration_us: row.duration_us,
        usual_us: row.usual_us,
        spans: row.spans,
        failed: row.failed,
        service: row.service.clone(),
        operation: row.operation.clone(),
    }
}

pub(crate) fn waterfall(trace: &Waterfall) -> dto::Waterfall {
    dto::Waterfall {
        id: trace.id.clone(),
        start: time(trace.start),
        duration_us: trace.duration_us,
        spans: trace.spans.iter().map(span).collect(),
        others: trace.others,
        orphans: trace.orphans,
    }
}

fn span(row: &SpanRow) -> dto::Span {
    dto::Span {
        id: row.id.clone(),
        parent: row.parent,
        depth: row.depth,
        service: row.service.clone(),
        operation: row.operation.clone(),
        pod: row.pod.clone(),
        offset_us: row.offset_us,
        moved_us: row.moved_us,
        duration_us: row.duration_us,
        self_us: row.self_us,
        critical_us: row.critical_us,
        failed: row.failed,
        origin: row.origin,
        attributes: row.attributes.clone(),
        place: place(&row.place),
    }
}
