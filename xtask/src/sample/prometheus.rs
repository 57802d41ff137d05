//! Metrics as Prometheus answers `query_range`: one file for each metric, a sample every 30 s.

use serde_json::{Value, json};

use super::archive::Tree;
use super::clock::{Micros, SECOND};
use super::random::Random;
use super::scene::{EXHAUSTED, KILLED, Phase, RESTARTED, Scene};
use super::traffic::Service;

const STEP: Micros = 30 * SECOND;

pub(crate) fn write(scene: Scene, tree: &mut Tree) {
    let mut random = Random::new(scene.seed() + 110);
    let mut add = |metric: &str, series: Vec<Value>| {
        let answer =
            json!({"status": "success", "data": {"resultType": "matrix", "result": series}});
        tree.add(&format!("metrics/query_range/{metric}.json"), answer.to_string());
    };
    let requests = |code: &str, random: &mut Random| {
        let labels = json!({"service": "storefront", "code": code});
        let good = code == "200";
        series("http_requests_per_second", labels, scene, |time| {
            let failing = match scene.phase(time) {
                Phase::Normal => 0,
                Phase::Strained | Phase::Recovering => 4,
                Phase::Exhausted => 74,
            };
            let orders = random.between(1_010, 1_190);
            let value = if good {
                3 * orders + orders * (100 - failing) / 100
            } else {
                orders * failing / 100
            };
            Some(hundredths(value))
        })
    };
    let counted = ["200", "502"].map(|code| requests(code, &mut random));
    add("http_requests_per_second", counted.into());
    add(
        "hikaricp_connections_max",
        of_ledger("hikaricp_connections_max", scene, |time, _| scene.pool(time)),
    );
    add(
        "hikaricp_connections_active",
        of_ledger("hikaricp_connections_active", scene, |time, lane| {
            let pool = scene.pool(time);
            if scene.phase(time) == Phase::Normal {
                pool.min(random.between(54, 63)) + lane
            } else {
                pool
            }
        }),
    );
    add(
        "hikaricp_connections_pending",
        of_ledger("hikaricp_connections_pending", scene, |time, _| match scene.phase(time) {
            Phase::Normal => 0,
            Phase::Strained | Phase::Recovering => random.between(4, 60),
            Phase::Exhausted => random.between(140, 238),
        }),
    );
    add(
        "container_memory_working_set_bytes",
        of_ledger("container_memory_working_set_bytes", scene, |time, lane| {
            let quiet = random.between(1_010, 1_090) << 20;
            if scene == Scene::Outage && lane == 0 && (EXHAUSTED..KILLED).contains(&time) {
                return quiet + (960 << 20) * (time - EXHAUSTED) / (KILLED - EXHAUSTED);
            }
            quiet
        }),
    );
    add(
        "kube_pod_container_status_restarts_total",
        of_ledger("kube_pod_container_status_restarts_total", scene, |time, lane| {
            i64::from(scene == Scene::Outage && lane == 0 && time >= KILLED)
        }),
    );
    let clients = series("redis_connected_clients", json!({"pod": "redis-0"}), scene, |_| {
        Some(random.between(40, 52).to_string())
    });
    add("redis_connected_clients", vec![clients]);
}

/// One series for each ledger pod; a pod that is down has a gap.
fn of_ledger(metric: &str, scene: Scene, mut value: impl FnMut(Micros, i64) -> i64) -> Vec<Value> {
    let mut all = Vec::new();
    for lane in [0, 1] {
        let pods = [scene.from(), scene.until()].map(|time| Service::Ledger.pod(scene, time, lane));
        for (index, pod) in pods.iter().enumerate() {
            if index == 1 && pods[0] == pods[1] {
                continue;
            }
            let labels = json!({"namespace": "shop", "pod": pod, "container": "ledger"});
            all.push(series(metric, labels, scene, |time| {
                let down =
                    scene == Scene::Outage && lane == 0 && (KILLED..RESTARTED).contains(&time);
                let here = Service::Ledger.pod(scene, time, lane) == *pod && !down;
                here.then(|| value(time, lane as i64).to_string())
            }));
        }
    }
    all
}

fn series(
    metric: &str,
    mut labels: Value,
    scene: Scene,
    mut value: impl FnMut(Micros) -> Option<String>,
) -> Value {
    labels["__name__"] = json!(metric);
    let mut values = Vec::new();
    for time in scene.every(STEP) {
        if let Some(value) = value(time) {
            values.push(json!([time / SECOND, value]));
        }
    }
    json!({"metric": labels, "values": values})
}

fn hundredths(value: i64) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}
