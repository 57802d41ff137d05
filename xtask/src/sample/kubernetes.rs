//! What the cluster said about itself: pods, deployments, nodes, events and settings, as Kubernetes
//! lists in troubleshoot's layout.

use serde_json::{Value, json};

use super::archive::Tree;
use super::clock::{DAY, HOUR, Micros, SECOND, iso_seconds};
use super::config::settings;
use super::scene::{
    EXHAUSTED, KILLED, RESTARTED, ROLLED_OUT, ROLLOUT, Scene, VERSION_AFTER, VERSION_BEFORE,
};
use super::secrets::FORGE_TOKEN;
use super::traffic::Service;

pub(crate) const DEPLOYMENTS: &str = "cluster-resources/deployments/shop.json";

pub(crate) fn write(scene: Scene, tree: &mut Tree) {
    let mut add = |path: &str, kind: &str, items: Vec<Value>| {
        let list = json!({"apiVersion": "v1", "kind": kind, "items": items});
        tree.add(path, format!("{list:#}\n"));
    };
    add("cluster-resources/pods/shop.json", "PodList", pods(scene));
    add(DEPLOYMENTS, "DeploymentList", deployments(scene));
    add("cluster-resources/nodes.json", "NodeList", nodes(scene));
    add("cluster-resources/events/shop.json", "EventList", events(scene));
    add("cluster-resources/configmaps/shop.json", "ConfigMapList", config_maps(scene));
    let version = json!({"info": {"major": "1", "minor": "33", "gitVersion": "v1.33.5"}, "string": "v1.33.5"});
    tree.add("cluster-info/cluster_version.json", format!("{version:#}\n"));
}

fn ledger_version(scene: Scene) -> &'static str {
    match scene {
        Scene::Good => VERSION_BEFORE,
        Scene::Outage => VERSION_AFTER,
    }
}

fn pods(scene: Scene) -> Vec<Value> {
    let now = scene.until();
    let mut all = Vec::new();
    for lane in [0, 1] {
        let ledger = Service::Ledger.pod(scene, now, lane);
        let restarted = scene == Scene::Outage && lane == 0;
        let started = if scene == Scene::Good { now - 9 * DAY } else { ROLLOUT + 12 * SECOND };
        all.push(pod(ledger, "ledger", ledger_version(scene), "node-b", started, restarted));
        for service in [Service::Storefront, Service::Checkout] {
            let name = service.pod(scene, now, lane);
            all.push(pod(name, service.name(), VERSION_BEFORE, "node-a", now - 9 * DAY, false));
        }
    }
    let payments = Service::Payments.pod(scene, now, 0);
    all.push(pod(payments, "payments", VERSION_BEFORE, "node-a", now - 9 * DAY, false));
    all.push(pod("postgres-0", "postgres", "17.6", "node-c", now - 41 * DAY, false));
    all.push(pod("redis-0", "redis", "8.2.2", "node-c", now - 41 * DAY, false));
    all
}

fn pod(name: &str, app: &str, version: &str, node: &str, started: Micros, killed: bool) -> Value {
    let mut container = json!({
        "name": app,
        "image": format!("images.shop.example/{app}:{version}"),
        "ready": true,
        "restartCount": 0,
        "state": {"running": {"startedAt": iso_seconds(started)}},
        "lastState": {},
    });
    if killed {
        container["restartCount"] = json!(1);
        container["state"] =
            json!({"running": {"startedAt": iso_seconds(RESTARTED - 16 * SECOND)}});
        container["lastState"] = json!({"terminated": {
            "exitCode": 137, "reason": "OOMKilled",
            "startedAt": iso_seconds(started), "finishedAt": iso_seconds(KILLED),
        }});
    }
    json!({
        "metadata": {"name": name, "namespace": "shop", "labels": {"app": app, "version": version}, "creationTimestamp": iso_seconds(started)},
        "spec": {"nodeName": node, "containers": [{
            "name": app,
            "image": format!("images.shop.example/{app}:{version}"),
            "resources": {"limits": {"memory": "2Gi", "cpu": "2"}, "requests": {"memory": "1Gi", "cpu": "500m"}},
        }]},
        "status": {"phase": "Running", "startTime": iso_seconds(started), "containerStatuses": [container]},
    })
}

fn deployments(scene: Scene) -> Vec<Value> {
    let mut all = Vec::new();
    for (app, replicas) in [("storefront", 2), ("checkout", 2), ("ledger", 2), ("payments", 1)] {
        let ledger = app == "ledger";
        let version = if ledger { ledger_version(scene) } else { VERSION_BEFORE };
        let revision = if ledger && scene == Scene::Outage { "42" } else { "41" };
        let changed =
            if ledger && scene == Scene::Outage { ROLLED_OUT } else { scene.from() - 9 * DAY };
        all.push(json!({
            "metadata": {"name": app, "namespace": "shop", "annotations": {
                "deployment.kubernetes.io/revision": revision,
                "meta.helm.sh/release-name": format!("shop-{version}"),
            }},
            "spec": {"replicas": replicas, "template": {"spec": {"containers": [{
                "name": app,
                "image": format!("images.shop.example/{app}:{version}"),
                "env": [
                    {"name": "FORGE_TOKEN", "value": FORGE_TOKEN},
                    {"name": "LOG_LEVEL", "value": "info"},
                ],
            }]}}},
            "status": {"replicas": replicas, "readyReplicas": replicas, "updatedReplicas": replicas, "conditions": [
                {"type": "Available", "status": "True", "lastUpdateTime": iso_seconds(changed)},
            ]},
        }));
    }
    all
}

fn nodes(scene: Scene) -> Vec<Value> {
    let all = ["node-a", "node-b", "node-c"].map(|name| {
        json!({
            "metadata": {"name": name, "labels": {"topology.kubernetes.io/zone": "eu-1"}},
            "status": {
                "capacity": {"cpu": "8", "memory": "32779428Ki"},
                "conditions": [{"type": "Ready", "status": "True", "lastHeartbeatTime": iso_seconds(scene.until())}],
                "nodeInfo": {"kubeletVersion": "v1.33.5", "osImage": "Debian GNU/Linux 13"},
            },
        })
    });
    all.into()
}

fn events(scene: Scene) -> Vec<Value> {
    let now = scene.until();
    let mut all = vec![event(
        "Normal",
        "CronJob",
        "settlement-report",
        "SuccessfulCreate",
        "Created job settlement-report-29388",
        now - HOUR,
        now - HOUR,
        1,
    )];
    if scene == Scene::Good {
        return all;
    }
    let pod = Service::Ledger.pod(scene, now, 0);
    let other = Service::Ledger.pod(scene, now, 1);
    let ready = KILLED - 20 * SECOND;
    all.extend([
        event(
            "Normal",
            "Deployment",
            "ledger",
            "ScalingReplicaSet",
            "Scaled up replica set ledger-79c6b5f4d8 from 0 to 1",
            ROLLOUT,
            ROLLOUT,
            1,
        ),
        event(
            "Normal",
            "Pod",
            pod,
            "Pulled",
            "Successfully pulled image \"images.shop.example/ledger:7.4.1\" in 3.118s",
            ROLLOUT + 9 * SECOND,
            ROLLOUT + 9 * SECOND,
            1,
        ),
        event(
            "Normal",
            "Pod",
            other,
            "Started",
            "Started container ledger",
            ROLLOUT + 25 * SECOND,
            ROLLOUT + 25 * SECOND,
            1,
        ),
        event(
            "Normal",
            "Deployment",
            "ledger",
            "ScalingReplicaSet",
            "Scaled down replica set ledger-6d5f8c7b94 from 1 to 0",
            ROLLED_OUT,
            ROLLED_OUT,
            1,
        ),
        event(
            "Warning",
            "Pod",
            pod,
            "Unhealthy",
            "Readiness probe failed: HTTP probe failed with statuscode: 503",
            EXHAUSTED,
            ready,
            30,
        ),
        event(
            "Warning",
            "Pod",
            pod,
            "BackOff",
            "Back-off restarting failed container ledger in pod",
            KILLED,
            KILLED + 9 * SECOND,
            2,
        ),
        event(
            "Normal",
            "Pod",
            pod,
            "Started",
            "Started container ledger",
            KILLED + 31 * SECOND,
            RESTARTED,
            2,
        ),
    ]);
    all
}

#[expect(clippy::too_many_arguments, reason = "one row of the table above, in its columns' order")]
fn event(
    severity: &str,
    kind: &str,
    name: &str,
    reason: &str,
    message: &str,
    first: Micros,
    last: Micros,
    count: u32,
) -> Value {
    json!({
        "metadata": {"name": format!("{name}.{:x}", first / SECOND), "namespace": "shop"},
        "involvedObject": {"kind": kind, "name": name, "namespace": "shop"},
        "type": severity, "reason": reason, "message": message, "count": count,
        "firstTimestamp": iso_seconds(first), "lastTimestamp": iso_seconds(last),
        "source": {"component": "kubelet", "host": "node-b"},
    })
}

fn config_maps(scene: Scene) -> Vec<Value> {
    vec![json!({
        "metadata": {"name": "ledger", "namespace": "shop"},
        "data": {"application.yaml": settings(ledger_version(scene))},
    })]
}
