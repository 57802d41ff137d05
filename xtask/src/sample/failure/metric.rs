//! Metrics as exporters write them: a number every half minute.

use serde_json::json;

use crate::sample::clock::{Micros, SECOND, written};

const STEP: Micros = 30 * SECOND;

pub(super) fn steps(from: Micros, until: Micros) -> impl Iterator<Item = Micros> {
    (0..(until - from) / STEP).map(move |step| from + step * STEP)
}

/// One series with its labels, in the order they are written.
pub(super) struct Series<'a> {
    pub(super) labels: &'a [(&'a str, &'a str)],
    pub(super) points: Vec<(Micros, String)>,
}

/// Prometheus' answer to `query_range`.
pub(super) fn query_range(metric: &str, series: &[Series<'_>]) -> String {
    let result: Vec<_> = series
        .iter()
        .map(|it| {
            let mut labels = json!({"__name__": metric});
            for (key, value) in it.labels {
                labels[*key] = json!(value);
            }
            let values: Vec<_> =
                it.points.iter().map(|(time, value)| json!([time / SECOND, value])).collect();
            json!({"metric": labels, "values": values})
        })
        .collect();
    json!({"status": "success", "data": {"resultType": "matrix", "result": result}}).to_string()
}

/// OpenMetrics text of one metric; `unit` is its type line.
pub(super) fn open_metrics(metric: &str, kind: &str, series: &[Series<'_>]) -> String {
    let mut text = format!("# TYPE {metric} {kind}\n");
    for it in series {
        let labels: Vec<String> =
            it.labels.iter().map(|(key, value)| format!("{key}=\"{value}\"")).collect();
        for (time, value) in &it.points {
            let seconds = time / SECOND;
            text.push_str(&format!("{metric}{{{}}} {value} {seconds}\n", labels.join(",")));
        }
    }
    text
}

/// CSV with a column for each name.
pub(super) fn csv(names: &[&str], rows: &[(Micros, Vec<String>)]) -> String {
    let mut text = format!("time,{}\n", names.join(","));
    for (time, cells) in rows {
        let time = written(*time, "%Y-%m-%dT%H:%M:%SZ");
        text.push_str(&format!("{time},{}\n", cells.join(",")));
    }
    text
}
