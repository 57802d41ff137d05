//! The answer of CloudWatch `get-metric-data`. `Label` is `<node> <metric> <statistic>`; names of
//! nodes may hold blanks, so it is split from the right.

use std::io::Read;

use mainstay_core::UtcMicros;
use serde_json::Value;

use super::document::{self, decimal};
use super::structured::{Context, series_text};

/// Reads all points of all results.
pub(super) fn read(reader: &mut dyn Read, context: &mut Context<'_>) {
    let path = ["MetricDataResults"];
    let rest = document::elements(reader, &path, context, &mut |result, context| {
        read_result(&result, context);
    });
    if !rest.found {
        context.skip_object("the document has no list under MetricDataResults");
    }
}

fn read_result(result: &Value, context: &mut Context<'_>) {
    let label = result["Label"].as_str().or_else(|| result["Id"].as_str()).unwrap_or_default();
    let mut parts = label.rsplitn(3, ' ');
    let (metric, series) = match (parts.next(), parts.next(), parts.next()) {
        (Some(statistic), Some(metric), Some(node)) => {
            (metric, series_text([("node", node), ("statistic", statistic)]))
        }
        _ => (label, String::new()),
    };
    let (metric, series) = (context.redacted(metric), context.redacted(&series));
    let times = result["Timestamps"].as_array().map_or(&[][..], Vec::as_slice);
    let values = result["Values"].as_array().map_or(&[][..], Vec::as_slice);
    if times.len() != values.len() {
        context.skip_object("a result has more times than values or fewer");
    }
    for (time, value) in times.iter().zip(values) {
        match time_of(time).zip(decimal(value)) {
            Some((time, value)) => context.point(&metric, &series, time, value),
            None => context.skip_object("a point lacks a time or a number and was left out"),
        }
    }
}

fn time_of(value: &Value) -> Option<UtcMicros> {
    match value {
        Value::String(text) => text.parse().ok(),
        other => super::structured::seconds_to_time(other.as_f64()?),
    }
}
