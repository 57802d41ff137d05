//! The order service, a Go program that logs with zap: JSON, ISO time, stack traces in a field. Its
//! start-up dump shows a private key and a basic credential, as such dumps do.

use serde_json::{Value, json};

use super::archive::Tree;
use super::clock::{MILLI, MINUTE, Micros, SECOND, iso};
use super::log::Log;
use super::random::Random;
use super::scene::{Phase, Scene};
use super::secrets::{BASIC_CREDENTIALS, PRIVATE_KEY_LINE};
use super::traffic::{Failure, Request, Service, Step};

pub(crate) const LOG_FIRST: &str =
    "cluster-resources/pods/logs/shop/checkout-6b7d9f8c4-d5m9t/checkout.log";
const LOG_SECOND: &str = "cluster-resources/pods/logs/shop/checkout-6b7d9f8c4-x2v7n/checkout.log";

const STACK: &str = "shop.example/checkout/internal/ledger.(*Client).Post\n\t/src/internal/ledger/client.go:121\nshop.example/checkout/internal/orders.(*Service).Place\n\t/src/internal/orders/service.go:88\nshop.example/checkout/internal/web.(*Handler).postOrder\n\t/src/internal/web/orders.go:54\nnet/http.HandlerFunc.ServeHTTP\n\t/usr/local/go/src/net/http/server.go:2294";

pub(crate) fn write(scene: Scene, requests: &[Request], tree: &mut Tree) {
    for (lane, path) in [LOG_FIRST, LOG_SECOND].into_iter().enumerate() {
        let mut log = Log::default();
        for request in requests.iter().filter(|request| request.lane == lane) {
            if let Some(step) = request.step(Service::Checkout) {
                write_order(request, step, &mut log);
            }
        }
        write_routine(scene, lane, &mut log);
        if lane == 0 {
            write_dump(scene.from() + 3 * MINUTE, &mut log);
        }
        tree.add(path, log.between(scene.from(), scene.until()));
    }
}

fn write_order(request: &Request, step: &Step, log: &mut Log) {
    let order = format!("SO-{}", request.order);
    let mut note = |level: &str, time: Micros, caller: &str, text: &str, detail: Value| {
        log.push(time, line(level, time, caller, text, Some((request, step)), &detail));
    };
    note(
        "info",
        step.start,
        "web/orders.go:47",
        "order received",
        json!({"order": order, "customer": request.customer, "total_cents": request.cents}),
    );
    let Some(failure) = step.failure else {
        note(
            "info",
            step.end() - 2 * MILLI,
            "orders/service.go:97",
            "payment authorised",
            json!({"order": order, "provider": "northpay"}),
        );
        note(
            "info",
            step.end(),
            "orders/service.go:112",
            "order placed",
            json!({"order": order, "ms": step.duration / MILLI}),
        );
        return;
    };
    let (caller, text) = match failure {
        Failure::Refused => (
            "ledger/client.go:121",
            "ledger call failed: dial tcp 10.43.118.9:8080: connect: connection refused",
        ),
        Failure::Reset => (
            "ledger/client.go:121",
            "ledger call failed: read tcp 10.42.2.31:51822->10.43.118.9:8080: read: connection reset by peer",
        ),
        Failure::Deadline => (
            "ledger/client.go:121",
            "ledger call failed: Post \"http://ledger:8080/postings\": context deadline exceeded",
        ),
        Failure::Upstream | Failure::PoolTimeout | Failure::ProviderTimeout => {
            ("payments/client.go:77", "payment failed: payments answered 504")
        }
    };
    note(
        "error",
        step.end() - MILLI,
        caller,
        text,
        json!({"order": order, "attempt": 1, "stacktrace": STACK}),
    );
    note(
        "warn",
        step.end(),
        "orders/service.go:131",
        "order parked",
        json!({"order": order, "reason": "dependency"}),
    );
}

fn write_routine(scene: Scene, lane: usize, log: &mut Log) {
    let mut random = Random::new(scene.seed() + 30 + lane as u64);
    for time in scene.every(10 * SECOND) {
        let phase = scene.phase(time);
        let health = match phase {
            Phase::Normal => ("info", "health ok", json!({"ledger": "up", "payments": "up"})),
            Phase::Strained | Phase::Recovering => {
                ("warn", "health degraded", json!({"ledger": "slow", "payments": "up"}))
            }
            Phase::Exhausted => {
                ("error", "health check failed", json!({"ledger": "down", "payments": "up"}))
            }
        };
        log.push(time, line(health.0, time, "health/health.go:33", health.1, None, &health.2));
        let parked = if phase == Phase::Normal { 0 } else { random.between(3, 400) };
        let detail = json!({"parked": parked, "published": random.between(2, 30)});
        let later = time + 4 * SECOND;
        log.push(later, line("info", later, "outbox/relay.go:58", "outbox flushed", None, &detail));
    }
}

fn write_dump(time: Micros, log: &mut Log) {
    let key = format!(
        "-----BEGIN PRIVATE KEY-----\n{PRIVATE_KEY_LINE}\nTUFERSBVUA==\n-----END PRIVATE KEY-----"
    );
    let detail = json!({
        "signing_key": key,
        "feature_flags": {"express": true, "gift_wrap": false},
        "catalogue_header": format!("Authorization: Basic {BASIC_CREDENTIALS}="),
    });
    log.push(
        time,
        line("info", time, "config/reload.go:29", "configuration reloaded", None, &detail),
    );
}

fn line(
    level: &str,
    time: Micros,
    caller: &str,
    text: &str,
    of: Option<(&Request, &Step)>,
    detail: &Value,
) -> String {
    let ids = of.map_or_else(String::new, |(request, step)| {
        format!(",\"trace_id\":\"{}\",\"span_id\":\"{:016x}\"", request.trace_id(), step.id)
    });
    let detail = detail.to_string();
    format!(
        "{{\"level\":\"{level}\",\"ts\":\"{}\",\"caller\":\"{caller}\",\"msg\":{},\"service\":\"checkout\"{ids},{}",
        iso(time),
        json!(text),
        detail.trim_start_matches('{'),
    )
}
