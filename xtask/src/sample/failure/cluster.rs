//! Pods, deployments and events as `kubectl get -o json` prints them.

use serde_json::{Value, json};

use crate::sample::archive::Tree;
use crate::sample::clock::{DAY, Micros, iso_seconds};

/// A pod of a namespace with its only container.
pub(super) struct Pod {
    pub(super) name: &'static str,
    pub(super) app: &'static str,
    pub(super) image: String,
    pub(super) limit: &'static str,
    /// Restarts, and how the last run ended: reason, exit code, moment.
    pub(super) restarts: u32,
    pub(super) ended: Option<(&'static str, i32, Micros)>,
    pub(super) waiting: Option<&'static str>,
}

pub(super) fn pod(name: &'static str, app: &'static str, image: &str) -> Pod {
    let image = image.to_owned();
    Pod { name, app, image, limit: "512Mi", restarts: 0, ended: None, waiting: None }
}

/// One event about an object: kind and name, then what the table of `kubectl get events` shows.
pub(super) struct Event {
    pub(super) severity: &'static str,
    pub(super) object: (&'static str, &'static str),
    pub(super) reason: &'static str,
    pub(super) message: String,
    pub(super) first: Micros,
    pub(super) last: Micros,
    pub(super) count: u32,
}

pub(super) fn write(tree: &mut Tree, namespace: &str, now: Micros, pods: &[Pod], events: &[Event]) {
    let mut add = |path: &str, kind: &str, items: Vec<Value>| {
        let list = json!({"apiVersion": "v1", "kind": kind, "items": items});
        tree.add(&format!("cluster-resources/{path}/{namespace}.json"), format!("{list:#}\n"));
    };
    let all = pods.iter().map(|pod| pod_value(pod, namespace, now)).collect();
    add("pods", "PodList", all);
    add("events", "EventList", events.iter().map(|it| event_value(it, namespace)).collect());
}

fn pod_value(pod: &Pod, namespace: &str, now: Micros) -> Value {
    let started = iso_seconds(pod.ended.map_or(now - 12 * DAY, |ended| ended.2));
    let state = match pod.waiting {
        Some(reason) => json!({"waiting": {"reason": reason,
            "message": format!("back-off 1m20s restarting failed container={} pod={}_{namespace}", pod.app, pod.name)}}),
        None => json!({"running": {"startedAt": started}}),
    };
    let last = pod.ended.map_or(json!({}), |(reason, code, at)| {
        json!({"terminated": {"reason": reason, "exitCode": code, "finishedAt": iso_seconds(at)}})
    });
    json!({
        "metadata": {"name": pod.name, "namespace": namespace, "labels": {"app": pod.app},
            "creationTimestamp": iso_seconds(now - 12 * DAY)},
        "spec": {"nodeName": "worker-2", "containers": [{"name": pod.app, "image": pod.image,
            "resources": {"limits": {"memory": pod.limit}}}]},
        "status": {"phase": "Running", "containerStatuses": [{
            "name": pod.app, "image": pod.image, "ready": pod.waiting.is_none(),
            "restartCount": pod.restarts, "state": state, "lastState": last}]},
    })
}

fn event_value(event: &Event, namespace: &str) -> Value {
    json!({
        "metadata": {"name": format!("{}.{:x}", event.object.1, event.first), "namespace": namespace},
        "involvedObject": {"kind": event.object.0, "name": event.object.1, "namespace": namespace},
        "type": event.severity, "reason": event.reason, "message": event.message,
        "count": event.count, "firstTimestamp": iso_seconds(event.first),
        "lastTimestamp": iso_seconds(event.last), "source": {"component": "kubelet", "host": "worker-2"},
    })
}
