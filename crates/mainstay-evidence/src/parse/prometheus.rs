//! The answer of Prometheus `query_range` (and of an instant query): `resultType` matrix or
//! vector, values as texts.

use std::io::Read;

use serde_json::Value;

use super::document::{self, decimal};
use super::structured::{Context, seconds_to_time, series_text};

/// Reads all points of all series.
pub(super) fn read(reader: &mut dyn Read, context: &mut Context<'_>) {
    let rest = document::elements(reader, &["data", "result"], context, &mut |series, context| {
        read_series(&series, context);
    });
    if !rest.found {
        context.skip_object("the document has no list of series under data.result");
    }
}

fn read_series(series: &Value, context: &mut Context<'_>) {
    let Some(labels) = series["metric"].as_object() else {
        return context.skip_object("a series has no labels and was left out");
    };
    let texts = labels.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)));
    let text = series_text(texts.filter(|(name, _)| *name != "__name__"));
    let text = context.redacted(&text);
    let metric = match labels.get("__name__").and_then(Value::as_str) {
        Some(name) => name.to_owned(),
        None => file_stem(context.path).to_owned(),
    };
    let metric = context.redacted(&metric);
    let values = series["values"].as_array().map_or(&[][..], Vec::as_slice);
    let single = series["value"].is_array().then_some(&series["value"]);
    for pair in values.iter().chain(single) {
        let time = pair[0].as_f64().and_then(seconds_to_time);
        match time.zip(decimal(&pair[1])) {
            Some((time, value)) => context.point(&metric, &text, time, value),
            None => context.skip_object("a point lacks a time or a number and was left out"),
        }
    }
}

/// The name of a file without folder and extension.
pub(super) fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split_once('.').map_or(name, |(stem, _)| stem)
}
