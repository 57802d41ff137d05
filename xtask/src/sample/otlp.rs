//! Traces as the OpenTelemetry collector's file exporter writes them: one batch a line, each of one
//! service. Sampled: every failed request, and one good one in six.

use serde_json::{Value, json};

use super::archive::Tree;
use super::clock::MINUTE;
use super::scene::Scene;
use super::secrets::SECOND_MAIL;
use super::traffic::{Failure, Request, Service, Step};

pub(crate) const TRACES: &str = "traces/otlp.jsonl";

const SERVICES: [Service; 5] =
    [Service::Ingress, Service::Storefront, Service::Checkout, Service::Ledger, Service::Payments];

pub(crate) fn write(scene: Scene, requests: &[Request], tree: &mut Tree) {
    let sampled: Vec<&Request> = requests
        .iter()
        .enumerate()
        .filter(|(index, request)| request.failed() || index % 6 == 0)
        .map(|(_, request)| request)
        .collect();
    let mut text = String::new();
    let minutes = (scene.until() - scene.from()) / MINUTE;
    for minute in 0..minutes {
        let from = scene.from() + minute * MINUTE;
        let batch: Vec<&Request> = sampled
            .iter()
            .copied()
            .filter(|request| (from..from + MINUTE).contains(&request.start()))
            .collect();
        for service in SERVICES {
            for lane in [0, 1] {
                write_batch(scene, &batch, service, lane, &mut text);
            }
        }
    }
    tree.add(TRACES, text);
}

fn write_batch(scene: Scene, batch: &[&Request], service: Service, lane: usize, text: &mut String) {
    let mut pods: Vec<(&str, Vec<Value>)> = Vec::new();
    for request in batch.iter().filter(|request| request.lane == lane) {
        for step in request.steps.iter().filter(|step| step.service == service) {
            let pod = service.pod(scene, step.start, lane);
            let span = span(request, step);
            match pods.iter_mut().find(|(known, _)| *known == pod) {
                Some((_, spans)) => spans.push(span),
                None => pods.push((pod, vec![span])),
            }
        }
    }
    for (pod, spans) in pods {
        let namespace = if service == Service::Ingress { "ingress-nginx" } else { "shop" };
        let batch = json!({"resourceSpans": [{
            "resource": {"attributes": [
                attribute("service.name", service.name()),
                attribute("k8s.namespace.name", namespace),
                attribute("k8s.pod.name", pod),
            ]},
            "scopeSpans": [{"scope": {"name": "shop.telemetry", "version": "1.9.0"}, "spans": spans}],
        }]});
        text.push_str(&batch.to_string());
        text.push('\n');
    }
}

fn span(request: &Request, step: &Step) -> Value {
    let client = step.operation.starts_with("INSERT");
    let mut attributes = vec![attribute(
        if client { "db.system" } else { "http.route" },
        if client { "postgresql" } else { step.operation.split(' ').nth(1).unwrap_or("/") },
    )];
    if step.service == Service::Checkout {
        attributes.push(attribute("shop.order", &format!("SO-{}", request.order)));
        if request.order % 50 == 0 {
            attributes.push(attribute("enduser.id", SECOND_MAIL));
        }
    }
    let mut span = json!({
        "traceId": request.trace_id(),
        "spanId": format!("{:016x}", step.id),
        "name": step.operation,
        "kind": if client { 3 } else { 2 },
        "startTimeUnixNano": format!("{}000", step.start),
        "endTimeUnixNano": format!("{}000", step.end()),
        "attributes": attributes,
        "status": {},
    });
    if let Some(parent) = step.parent {
        span["parentSpanId"] = json!(format!("{parent:016x}"));
    }
    if let Some(failure) = step.failure {
        span["status"] = json!({"code": 2, "message": message(failure)});
        if failure == Failure::PoolTimeout {
            span["events"] = json!([{
                "timeUnixNano": format!("{}000", step.end()),
                "name": "exception",
                "attributes": [
                    attribute("exception.type", "java.sql.SQLTransientConnectionException"),
                    attribute("exception.message", message(failure)),
                ],
            }]);
        }
    }
    span
}

fn message(failure: Failure) -> &'static str {
    match failure {
        Failure::PoolTimeout => "HikariPool-1 - Connection is not available",
        Failure::Refused => "connection refused",
        Failure::Reset => "connection reset by peer",
        Failure::Deadline => "context deadline exceeded",
        Failure::Upstream => "upstream failed",
        Failure::ProviderTimeout => "read timed out",
    }
}

fn attribute(key: &str, value: &str) -> Value {
    json!({"key": key, "value": {"stringValue": value}})
}
