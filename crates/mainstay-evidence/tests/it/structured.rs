//! Structured files: bytes in, spans, points, graphs, objects and tickets out.

use std::collections::BTreeSet;
use std::io::Read;

use mainstay_core::UtcMicros;
use mainstay_evidence::limits::Limits;
use mainstay_evidence::parse::structured::{
    self, Counts, GraphEdge, GraphNode, Object, ObjectEvent, Point, Span, StructuredFormat,
    StructuredSink, Ticket,
};
use mainstay_evidence::problem::{ProblemCode, Problems};
use proptest::prelude::{any, prop_assert_eq, proptest};

#[derive(Default)]
struct Collected {
    spans: Vec<Span>,
    points: Vec<Point>,
    nodes: Vec<GraphNode>,
    edges: Vec<GraphEdge>,
    objects: Vec<Object>,
    events: Vec<ObjectEvent>,
    tickets: Vec<Ticket>,
}

impl StructuredSink for Collected {
    fn span(&mut self, span: Span) {
        self.spans.push(span);
    }
    fn point(&mut self, point: Point) {
        self.points.push(point);
    }
    fn node(&mut self, node: GraphNode) {
        self.nodes.push(node);
    }
    fn edge(&mut self, edge: GraphEdge) {
        self.edges.push(edge);
    }
    fn object(&mut self, object: Object) {
        self.objects.push(object);
    }
    fn event(&mut self, event: ObjectEvent) {
        self.events.push(event);
    }
    fn ticket(&mut self, ticket: Ticket) {
        self.tickets.push(ticket);
    }
}

struct Outcome {
    collected: Collected,
    counts: Counts,
    problems: Problems,
}

fn read_with(format: StructuredFormat, bytes: &[u8], path: &str, limits: &Limits) -> Outcome {
    let mut collected = Collected::default();
    let mut problems = Problems::new(100);
    let mut redact = |text: &str| text.replace("s3cret", "<password>");
    let mut reader = bytes;
    let counts = structured::read(
        format,
        &mut reader,
        &mut redact,
        limits,
        path,
        &mut problems,
        &mut collected,
    );
    Outcome { collected, counts, problems }
}

fn read(format: StructuredFormat, text: &str, path: &str) -> Outcome {
    read_with(format, text.as_bytes(), path, &Limits::default())
}

fn time(text: &str) -> UtcMicros {
    text.parse().expect("a time")
}

fn problems(outcome: &Outcome) -> String {
    let line = |problem: &mainstay_evidence::problem::Problem| {
        format!("{} line {:?}: {}", problem.code.as_str(), problem.line, problem.detail)
    };
    outcome.problems.kept().iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn otlp_takes_hex_and_base64_ids_and_a_bad_line_costs_only_itself() {
    let text = r#"{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},"scopeSpans":[{"spans":[{"traceId":"AB51F0BBCFB19D1342BA4EF83DC1A8C5","spanId":"6dbd7853e0d673f6","parentSpanId":"","name":"GET /","startTimeUnixNano":"1675002128932000000","endTimeUnixNano":1675002129204554551,"status":{"code":2},"attributes":[{"key":"pw","value":{"stringValue":"s3cret"}},{"key":"n","value":{"intValue":"7"}}]}]}]}]}
{"resourceSpans": broken
{"resource_spans":[{"resource":{},"scope_spans":[{"spans":[{"trace_id":"q1Hwu8+xnRNCuk74PcGoxQ==","span_id":"bb14U+DWc/Y=","parent_span_id":"bb14U+DWc/Y=","name":"s3cret","start_time_unix_nano":1000,"end_time_unix_nano":"0"},{"spanId":"x"}]}]}]}
"#;
    let outcome = read(StructuredFormat::OtlpJsonLines, text, "otlp.jsonl");
    insta::assert_debug_snapshot!(outcome.collected.spans);
    insta::assert_snapshot!(problems(&outcome));
    assert_eq!((outcome.counts.spans, outcome.counts.skipped), (2, 2));
}

#[test]
fn jaeger_takes_the_parent_of_the_same_trace_and_keeps_what_stands_before_a_cut() {
    let text = r#"{"data":[{"traceID":"a1","spans":[{"traceID":"a1","spanID":"b2","operationName":"op","references":[{"refType":"FOLLOWS_FROM","traceID":"ff","spanID":"c3"},{"refType":"CHILD_OF","traceID":"a1","spanID":"c3"}],"startTime":1675087673359000,"duration":156184,"tags":[{"key":"error","value":true}],"processID":"p1"},{"spanID":""}],"processes":{"p1":{"serviceName":"cart","tags":[{"key":"hostname","value":"cart-0"}]}}},{"traceID":"#;
    let outcome = read(StructuredFormat::JaegerJson, text, "jaeger.json");
    insta::assert_debug_snapshot!(outcome.collected.spans);
    insta::assert_snapshot!(problems(&outcome));
}

/// The points of a file, one a line, and the problems behind them.
fn points(format: StructuredFormat, text: &str, path: &str) -> String {
    let outcome = read(format, text, path);
    let point = |point: &Point| {
        format!("{}{{{}}} {} {}\n", point.metric, point.series, point.value, point.time)
    };
    outcome.collected.points.iter().map(point).collect::<String>() + &problems(&outcome)
}

#[test]
fn query_range_keeps_nan() {
    let text = r#"{"data":{"result":[{"metric":{"__name__":"up","pod":"s3cret","job":"a"},"values":[[1675087013,"1.5"],[1675087073.5,"NaN"],["x","1"]]},{"values":[]}],"resultType":"matrix"}}"#;
    insta::assert_snapshot!(points(StructuredFormat::PrometheusRange, text, "up.json"));
}

#[test]
fn openmetrics_seconds_and_milliseconds_and_no_time_at_all() {
    let text = "# TYPE up gauge\nup{pod=\"a\",q=\"x,\\\"y}\"} 1 1675001529\nup 2 1675001529000\nup 3\nup{pod=\"a\"} 4 1.5 # {trace=\"1\"} 2\nbroken\nup{pod= 1\n# EOF\nup 9 1\n";
    insta::assert_snapshot!(points(StructuredFormat::OpenMetrics, text, "m.txt"));
}

#[test]
fn wide_csv_names_the_pod_by_its_file() {
    let text = "time,cpu,latency_seconds_p5,latency_seconds_p95\n2023-01-29T13:20:09Z,1,,NaN\nyesterday,1,2,3\n2023-01-29T13:21:09Z,x,2,3,4\n";
    insta::assert_snapshot!(points(StructuredFormat::WideMetricCsv, text, "m/cart-0.csv"));
    let text = "time,front_rate,a->b\n2023-01-29T13:20:09Z,1,2\n";
    insta::assert_snapshot!(points(StructuredFormat::WideMetricCsv, text, "m/front.csv"));
}

#[test]
fn long_csv_and_cloudwatch_name_the_node() {
    let text = "time,node,metric,statistic,value\n2023-04-18T22:42:00Z,\"PGSQL, Query\",latency,p50,0.5\n2023-04-18T22:42:00Z,a,latency,p50,\n";
    insta::assert_snapshot!(points(StructuredFormat::LongMetricCsv, text, "m.csv"));
    let text = r#"{"MetricDataResults":[{"Id":"m0","Label":"PGSQL Query_remote latency p50","Timestamps":["2023-04-18T21:42:00Z","x"],"Values":[1.5,2.5]},{"Label":"odd","Timestamps":["2023-04-18T21:42:00Z"],"Values":[]}]}"#;
    insta::assert_snapshot!(points(StructuredFormat::CloudWatchMetrics, text, "m.json"));
}

#[test]
fn kubernetes_lists_arrays_and_yaml() {
    let list = r#"{"apiVersion":"v1","items":[{"metadata":{"name":"cart-0","namespace":"shop"},"spec":{"nodeName":"n1","containers":[{"image":"cart:1.2"}]},"status":{"phase":"Running","containerStatuses":[{"restartCount":3,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}},{"spec":{}}],"kind":"PodList"}"#;
    let outcome = read(StructuredFormat::Kubernetes, list, "b/cluster-resources/pods/shop.json");
    insta::assert_debug_snapshot!("kubernetes_list", outcome.collected.objects);
    insta::assert_snapshot!(problems(&outcome));
    let array = r#"[{"kind":"Node","metadata":{"name":"n1"},"status":{"conditions":[{"type":"Ready","status":"False"}]}},{"kind":"Event","type":"Warning","reason":"BackOff","message":"s3cret","count":12,"metadata":{"name":"e","namespace":"shop"},"involvedObject":{"kind":"Pod","name":"cart-0"},"firstTimestamp":"2026-11-24T09:00:00Z","lastTimestamp":"2026-11-24T09:41:07Z"}]"#;
    let outcome = read(StructuredFormat::Kubernetes, array, "all.json");
    insta::assert_debug_snapshot!(
        "kubernetes_array",
        (outcome.collected.objects, outcome.collected.events)
    );
    let yaml = "apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n  metadata: {name: a, namespace: b}\n---\nkind: Service\nmetadata:\n  name: web\n";
    let outcome = read(StructuredFormat::Kubernetes, yaml, "all.yaml");
    let names: Vec<String> =
        outcome.collected.objects.iter().map(|o| format!("{}/{}", o.kind, o.name)).collect();
    assert_eq!(names, ["Pod/a", "Service/web"]);
}

#[test]
fn a_ticket_and_a_graph() {
    let text = r#"{"case_id":"c1","reported_at":"2023-01-29T14:26:51Z","symptom_start_about":"soon","text":"my s3cret"}"#;
    let outcome = read(StructuredFormat::Ticket, text, "ticket.json");
    let ticket = &outcome.collected.tickets[0];
    assert_eq!(ticket.text.as_deref(), Some("my <password>"));
    assert_eq!(ticket.reported_at, Some(time("2023-01-29T14:26:51Z")));
    assert_eq!(ticket.symptom_start_about, None);
    let text = r#"{"Services":[{"ReferenceId":0,"Name":"a","Edges":[{"ReferenceId":1},{"ReferenceId":9}]},{"ReferenceId":1,"Name":"b"},{"Name":"c"}]}"#;
    let outcome = read(StructuredFormat::ServiceGraph, text, "g.json");
    let edges: Vec<(&str, &str)> =
        outcome.collected.edges.iter().map(|e| (e.from.as_str(), e.to.as_str())).collect();
    assert_eq!(edges, [("a", "b")]);
    assert_eq!((outcome.counts.nodes, outcome.counts.skipped), (2, 2));
}

#[test]
fn limits_bite() {
    let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
    let cases = [
        (StructuredFormat::Kubernetes, deep.clone(), ProblemCode::DocumentTooDeep),
        (StructuredFormat::Kubernetes, " ".repeat(2_000), ProblemCode::DocumentTooLarge),
        (StructuredFormat::OtlpJsonLines, deep, ProblemCode::MalformedLine),
    ];
    let limits = Limits { document_bytes: 1_000, ..Limits::default() };
    for (format, text, code) in cases {
        let outcome = read_with(format, text.as_bytes(), "x", &limits);
        assert_eq!(outcome.problems.kept()[0].code, code);
    }
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        text in r#"[\[\]{}":,a-z0-9=# \n<>.-]{0,200}"#,
    ) {
        for format in ALL {
            for input in [bytes.as_slice(), text.as_bytes()] {
                let outcome = read_with(format, input, "a.yaml", &Limits::default());
                prop_assert_eq!(outcome.problems.total() > 0, outcome.counts.skipped > 0);
            }
        }
    }
}

const ALL: [StructuredFormat; 10] = [
    StructuredFormat::OtlpJsonLines,
    StructuredFormat::JaegerJson,
    StructuredFormat::PrometheusRange,
    StructuredFormat::OpenMetrics,
    StructuredFormat::WideMetricCsv,
    StructuredFormat::LongMetricCsv,
    StructuredFormat::CloudWatchMetrics,
    StructuredFormat::ServiceGraph,
    StructuredFormat::Kubernetes,
    StructuredFormat::Ticket,
];

/// Which layout a file of the visible bundles has; recognition is tested elsewhere.
fn format_of(path: &str) -> Option<StructuredFormat> {
    let tail = path.split_once('/')?.1;
    Some(match tail {
        "traces/otlp.jsonl" => StructuredFormat::OtlpJsonLines,
        "traces/jaeger.json" => StructuredFormat::JaegerJson,
        "traces/service-graph.json" => StructuredFormat::ServiceGraph,
        "metrics/metrics.om.txt" => StructuredFormat::OpenMetrics,
        "metrics/metrics.csv" => StructuredFormat::LongMetricCsv,
        "metrics/get-metric-data.json" => StructuredFormat::CloudWatchMetrics,
        "ticket.json" => StructuredFormat::Ticket,
        _ if tail.starts_with("metrics/query_range/") => StructuredFormat::PrometheusRange,
        _ if tail.ends_with(".csv") => StructuredFormat::WideMetricCsv,
        _ if tail.starts_with("cluster-resources/") => StructuredFormat::Kubernetes,
        _ => return None,
    })
}

/// One line of facts about a bundle: what section 10.3 of the reference on bundles lists.
fn facts(name: &str) -> String {
    let path = crate::shared::shared().join(format!("data/rca/bundles/{name}.tar.gz"));
    let file = std::fs::File::open(path).expect("a visible bundle");
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
    let (mut logs, mut problems) = (0, 0);
    let mut all = Collected::default();
    let mut series: BTreeSet<(String, String)> = BTreeSet::new();
    for entry in archive.entries().expect("a readable archive") {
        let mut entry = entry.expect("an entry");
        let path = entry.path().expect("a path").to_string_lossy().into_owned();
        if path.contains("/logs/") && !path.ends_with('/') {
            logs += 1;
        }
        let Some(format) = format_of(&path) else { continue };
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("readable bytes");
        let outcome = read_with(format, &bytes, &path, &Limits::default());
        problems += outcome.problems.total();
        all.spans.extend(outcome.collected.spans);
        series
            .extend(outcome.collected.points.iter().map(|p| (p.metric.clone(), p.series.clone())));
        all.points.extend(outcome.collected.points);
        all.nodes.extend(outcome.collected.nodes);
        all.edges.extend(outcome.collected.edges);
        all.objects.extend(outcome.collected.objects);
        all.tickets.extend(outcome.collected.tickets);
    }
    let traces: BTreeSet<&str> = all.spans.iter().map(|span| span.trace_id.as_str()).collect();
    let ids: BTreeSet<(&str, &str)> =
        all.spans.iter().map(|span| (span.trace_id.as_str(), span.span_id.as_str())).collect();
    let orphans = all.spans.iter().filter(|span| {
        let parent = span.parent_id.as_deref();
        parent.is_some_and(|parent| !ids.contains(&(span.trace_id.as_str(), parent)))
    });
    let roots = all.spans.iter().filter(|span| span.parent_id.is_none()).count();
    assert_eq!((orphans.count(), roots), (0, traces.len()), "{name}: one root, no orphan");
    assert!(all.spans.iter().all(|span| !span.service.is_empty() && span.pod.is_some()), "{name}");
    let first = all.spans.iter().map(|span| span.start).min();
    let last = all.spans.iter().map(|s| UtcMicros(s.start.0 + s.duration_us)).max();
    let span = first.zip(last).map_or_else(
        || "no spans".to_owned(),
        |(first, last)| format!("{:.19} to {:.19}", first.to_string(), last.to_string()),
    );
    format!(
        "{logs} logs, {}/{} spans, {}/{} points, {}/{} graph, {} objects, {} tickets, {problems} problems, {span}",
        all.spans.len(),
        traces.len(),
        series.len(),
        all.points.len(),
        all.nodes.len(),
        all.edges.len(),
        all.objects.len(),
        all.tickets.len(),
    )
}

#[test]
fn the_visible_bundles_hold_what_the_reference_says() {
    let names = [
        "nz-07d646",
        "nz-1b94a4",
        "nz-3284a8",
        "nz-7e6c05",
        "nz-dcccf5",
        "nz-910905",
        "nz-916b8d",
        "reference-train-ticket-2023-01-29",
        "reference-train-ticket-2023-01-30",
        "reference-online-boutique-2022-08-22",
        "ps-2436f7",
        "ps-49d20e",
        "ps-5d5cf2",
        "ps-8763bd",
        "ps-d0472d",
        "reference-petshop-low_traffic",
    ];
    let lines: Vec<String> = names.iter().map(|name| format!("{name}: {}", facts(name))).collect();
    insta::assert_snapshot!(lines.join("\n"));
}
