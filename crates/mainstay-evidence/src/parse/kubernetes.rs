//! Kubernetes objects as `kubectl get -o json` and support bundles write them: a `List`, a bare
//! array or one object, in JSON or YAML. Kept is what a person looks for first; events become
//! timed entries.

use std::io::Read;

use mainstay_core::UtcMicros;
use serde_json::Value;

use super::document::{self, integer};
use super::structured::{Context, Object, ObjectEvent};
use crate::problem::{Problem, ProblemCode};

/// YAML is held whole as text and as a tree, so it is bounded earlier than JSON.
const YAML_BYTES_MAX: u64 = 32 << 20;

/// Reads all objects of the file.
pub(super) fn read(reader: &mut dyn Read, context: &mut Context<'_>) {
    let path = context.path.to_ascii_lowercase();
    if path.ends_with(".yaml") || path.ends_with(".yml") {
        return read_yaml(reader, context);
    }
    let rest = document::elements(reader, &["items"], context, &mut |item, context| {
        // the kind of a list may stand behind its items, so the folder has to tell
        take(&item, kind_of_path(context.path), context);
    });
    if !rest.found && !rest.members.is_empty() {
        take(&Value::Object(rest.members), None, context);
    }
}

fn read_yaml(reader: &mut dyn Read, context: &mut Context<'_>) {
    let mut text = String::new();
    let path = context.path;
    let read = reader.take(YAML_BYTES_MAX + 1).read_to_string(&mut text);
    if read.is_ok_and(|bytes| u64::try_from(bytes).unwrap_or(u64::MAX) > YAML_BYTES_MAX) {
        let detail = "the YAML document is larger than the limit and was left out";
        return context.skip(Problem::new(ProblemCode::DocumentTooLarge, Some(path), detail));
    }
    let documents: Vec<Value> = match serde_saphyr::from_multiple(&text) {
        Ok(documents) => documents,
        Err(_) => return context.skip_object("the YAML document is broken and was left out"),
    };
    for document in documents {
        match (&document, document["items"].as_array()) {
            (_, Some(items)) => {
                let kind = list_kind(&document).or(kind_of_path(path));
                for item in items {
                    take(item, kind, context);
                }
            }
            (Value::Array(items), None) => {
                for item in items {
                    take(item, kind_of_path(path), context);
                }
            }
            (Value::Object(_), None) => take(&document, None, context),
            _ => {}
        }
    }
}

/// `PodList` holds pods; a plain `List` says nothing.
fn list_kind(list: &Value) -> Option<&str> {
    list["kind"].as_str()?.strip_suffix("List").filter(|kind| !kind.is_empty())
}

/// Items of a list that name no kind themselves stand in a folder or file that does
/// (`cluster-resources/pods/<namespace>.json`, `cluster-resources/nodes.json`).
fn kind_of_path(path: &str) -> Option<&'static str> {
    path.rsplit('/').take(2).find_map(|part| {
        let name = part.split('.').next().unwrap_or(part);
        KINDS.iter().find(|(folder, _)| *folder == name).map(|(_, kind)| *kind)
    })
}

const KINDS: [(&str, &str); 17] = [
    ("pods", "Pod"),
    ("nodes", "Node"),
    ("events", "Event"),
    ("services", "Service"),
    ("deployments", "Deployment"),
    ("replicasets", "ReplicaSet"),
    ("statefulsets", "StatefulSet"),
    ("daemonsets", "DaemonSet"),
    ("jobs", "Job"),
    ("cronjobs", "CronJob"),
    ("namespaces", "Namespace"),
    ("configmaps", "ConfigMap"),
    ("endpoints", "Endpoints"),
    ("ingress", "Ingress"),
    ("pvcs", "PersistentVolumeClaim"),
    ("pvs", "PersistentVolume"),
    ("storage-classes", "StorageClass"),
];

fn take(item: &Value, hint: Option<&str>, context: &mut Context<'_>) {
    let kind = item["kind"].as_str().or(hint).unwrap_or("Object");
    let Some(name) = item["metadata"]["name"].as_str() else {
        return context.skip_object("an object has no name and was left out");
    };
    let namespace = item["metadata"]["namespace"].as_str().unwrap_or_default();
    let namespace = context.redacted(namespace);
    if kind == "Event" {
        let event = event_of(item, namespace, context);
        context.counts.events += 1;
        return context.sink.event(event);
    }
    let state = state_of(item);
    let object = Object {
        kind: context.redacted(kind),
        name: context.redacted(name),
        namespace,
        phase: state.phase.map(|phase| context.redacted(&phase)),
        reason: state.reason.map(|reason| context.redacted(&reason)),
        restarts: state.restarts,
        image: state.image.map(|image| context.redacted(&image)),
        node: item["spec"]["nodeName"].as_str().map(|node| context.redacted(node)),
        ordinal: context.counts.objects,
        line: context.line,
    };
    context.counts.objects += 1;
    context.sink.object(object);
}

/// What the status of an object says, before redaction.
struct State {
    phase: Option<String>,
    reason: Option<String>,
    restarts: u64,
    image: Option<String>,
}

fn state_of(item: &Value) -> State {
    let status = &item["status"];
    let containers: Vec<&Value> = ["initContainerStatuses", "containerStatuses"]
        .iter()
        .flat_map(|name| array(&status[name]))
        .collect();
    let restarts = containers
        .iter()
        .filter_map(|container| container["restartCount"].as_u64())
        .fold(0_u64, u64::saturating_add);
    let template = &item["spec"]["template"]["spec"]["containers"];
    let specified = array(&item["spec"]["containers"]).iter().chain(array(template));
    let images: Vec<&str> = specified.filter_map(|spec| spec["image"].as_str()).collect();
    let reason = containers
        .iter()
        .find_map(|container| bad_reason(container))
        .or_else(|| status["reason"].as_str().map(str::to_owned));
    let phase = status["phase"].as_str().map(str::to_owned).or_else(|| condition_phase(status));
    State { phase, reason, restarts, image: (!images.is_empty()).then(|| images.join(", ")) }
}

/// The reason of a container that waits, or of one that ended badly now or the time before.
fn bad_reason(container: &Value) -> Option<String> {
    let waiting = &container["state"]["waiting"];
    let ended = [&container["state"]["terminated"], &container["lastState"]["terminated"]];
    let failed = ended.into_iter().find(|ended| ended["exitCode"].as_i64().unwrap_or(0) != 0);
    // why the run before ended says more than that the next one waits
    let told = failed.and_then(|state| state["reason"].as_str()).filter(|it| *it != "Error");
    let reason = told.or_else(|| waiting["reason"].as_str()).or_else(|| failed?["reason"].as_str());
    reason.map(str::to_owned)
}

/// Nodes have no phase; what they have is the `Ready` condition.
fn condition_phase(status: &Value) -> Option<String> {
    let conditions = array(&status["conditions"]);
    let ready = conditions.iter().find(|condition| condition["type"] == "Ready")?;
    let phase = if ready["status"] == "True" { "Ready" } else { "NotReady" };
    Some(phase.to_owned())
}

fn event_of(item: &Value, namespace: String, context: &mut Context<'_>) -> ObjectEvent {
    let about = match &item["involvedObject"] {
        Value::Null => &item["regarding"],
        about => about,
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let message = match &item["message"] {
        Value::Null => text(&item["note"]),
        message => text(message),
    };
    let object = format!("{}/{}", text(&about["kind"]), text(&about["name"]));
    let count = [&item["count"], &item["series"]["count"], &item["deprecatedCount"]]
        .into_iter()
        .find_map(integer)
        .and_then(|count| u64::try_from(count).ok());
    let first = first_time(item, &["firstTimestamp", "deprecatedFirstTimestamp", "eventTime"]);
    let observed = time(&item["series"]["lastObservedTime"]);
    let last = observed
        .or_else(|| first_time(item, &["lastTimestamp", "deprecatedLastTimestamp", "eventTime"]));
    let created = time(&item["metadata"]["creationTimestamp"]);
    ObjectEvent {
        namespace,
        object: context.redacted(&object),
        severity: context.redacted(&text(&item["type"])),
        reason: context.redacted(&text(&item["reason"])),
        message: context.redacted(&message),
        count: count.unwrap_or(1).max(1),
        first: first.or(last).or(created),
        last: last.or(first).or(created),
        ordinal: context.counts.events,
        line: context.line,
    }
}

fn first_time(item: &Value, names: &[&str]) -> Option<UtcMicros> {
    names.iter().find_map(|name| time(&item[*name]))
}

fn time(value: &Value) -> Option<UtcMicros> {
    value.as_str()?.parse().ok()
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
