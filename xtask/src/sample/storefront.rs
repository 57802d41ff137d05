//! The shop's front end, a Node program that logs with pino: one JSON object a line, numeric levels,
//! time in milliseconds.

use serde_json::{Value, json};

use super::archive::Tree;
use super::clock::{MILLI, MINUTE, Micros, SECOND};
use super::log::Log;
use super::nginx::{request_line, status};
use super::random::Random;
use super::scene::Scene;
use super::secrets::BEARER_JWT;
use super::traffic::{Page, Request, Service, Step};

pub(crate) const LOG_FIRST: &str =
    "cluster-resources/pods/logs/shop/storefront-7f9c6d5b8-4hj2k/storefront.log";
const LOG_SECOND: &str =
    "cluster-resources/pods/logs/shop/storefront-7f9c6d5b8-p8s6w/storefront.log";

const INFO: u8 = 30;
const WARN: u8 = 40;
const ERROR: u8 = 50;

pub(crate) fn write(scene: Scene, requests: &[Request], tree: &mut Tree) {
    for (lane, path) in [LOG_FIRST, LOG_SECOND].into_iter().enumerate() {
        let mut log = Log::default();
        for request in requests.iter().filter(|request| request.lane == lane) {
            write_request(scene, request, &mut log);
        }
        write_routine(scene, lane, &mut log);
        tree.add(path, log.between(scene.from(), scene.until()));
    }
}

fn write_request(scene: Scene, request: &Request, log: &mut Log) {
    let step = request.step(Service::Storefront).expect("every request passes the storefront");
    let pod = Service::Storefront.pod(scene, step.start, request.lane);
    let detail = match request.page {
        Page::Product => {
            json!({"msg": "product rendered", "sku": format!("SKU-{}", request.item), "cache": "hit"})
        }
        Page::Search => json!({"msg": "search answered", "hits": request.item % 37}),
        Page::Cart => {
            json!({"msg": "cart updated", "customer": request.customer, "sku": format!("SKU-{}", request.item)})
        }
        Page::Order => {
            json!({"msg": "order submitted", "customer": request.customer, "order": format!("SO-{}", request.order)})
        }
    };
    log.push(step.start, line(INFO, step.start, pod, Some((request, step)), &detail));
    let (method, address) = request_line(request)
        .split_once(' ')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap_or_default();
    let status = status(request);
    let mut end = json!({
        "req": {"method": method, "url": address},
        "res": {"statusCode": status},
        "responseTime": step.duration / MILLI,
        "msg": "request completed",
    });
    if step.failure.is_some() {
        let cause = failure(status, request);
        log.push(step.end(), line(ERROR, step.end(), pod, Some((request, step)), &cause));
        end["msg"] = json!("request errored");
    }
    let level = if step.failure.is_some() { ERROR } else { INFO };
    log.push(step.end(), line(level, step.end(), pod, Some((request, step)), &end));
}

fn failure(status: u16, request: &Request) -> Value {
    let stack = format!(
        "UpstreamError: checkout answered {status}\n    at placeOrder (/app/dist/orders/client.js:118:13)\n    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)\n    at async Object.handler (/app/dist/routes/checkout.js:42:18)"
    );
    json!({
        "err": {"type": "UpstreamError", "message": format!("checkout answered {status}"), "stack": stack},
        "order": format!("SO-{}", request.order),
        "msg": "order failed",
    })
}

fn write_routine(scene: Scene, lane: usize, log: &mut Log) {
    let mut random = Random::new(scene.seed() + 20 + lane as u64);
    for time in scene.every(10 * SECOND) {
        let pod = Service::Storefront.pod(scene, time, lane);
        let heap = random.between(118, 164);
        log.push(time, line(INFO, time, pod, None, &json!({"msg": "health ok", "heap_mb": heap})));
    }
    for time in scene.every(4 * MINUTE) {
        let pod = Service::Storefront.pod(scene, time, lane);
        let detail = json!({"msg": "slow image transform", "ms": random.between(410, 900)});
        log.push(time + 1_300 * MILLI, line(WARN, time + 1_300 * MILLI, pod, None, &detail));
    }
    if lane == 0 {
        let time = scene.from() + 11 * MINUTE;
        let pod = Service::Storefront.pod(scene, time, lane);
        let headers =
            json!({"host": "shop.example", "authorization": format!("Bearer {BEARER_JWT}")});
        let detail = json!({"msg": "unexpected header size", "headers": headers});
        log.push(time, line(WARN, time, pod, None, &detail));
    }
}

fn line(
    level: u8,
    time: Micros,
    pod: &str,
    of: Option<(&Request, &Step)>,
    detail: &Value,
) -> String {
    let ids = of.map_or_else(String::new, |(request, step)| {
        format!(",\"trace_id\":\"{}\",\"span_id\":\"{:016x}\"", request.trace_id(), step.id)
    });
    let detail = detail.to_string();
    format!(
        "{{\"level\":{level},\"time\":{},\"pid\":1,\"hostname\":\"{pod}\"{ids},{}",
        time / MILLI,
        detail.trim_start_matches('{'),
    )
}
