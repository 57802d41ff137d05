//! What Kubernetes and the service graph say: states of objects, events, who calls whom.

use std::fs;

use serde::Deserialize;

use super::Components;
use crate::columns::ColumnsError;
use crate::columns::table_reader::{self, StoredEvent, StoredObject};
use crate::view::Bundle;

/// Objects and events kept, each; a cluster of ten thousand pods is far below.
const OBJECTS_MAX: usize = 200_000;

/// Objects, events and the stored service graph.
#[derive(Default)]
pub(crate) struct Cluster {
    /// Those that run a component, and which.
    pub(crate) objects: Vec<(u32, StoredObject)>,
    pub(crate) events: Vec<StoredEvent>,
    /// Caller and callee.
    pub(crate) calls: Vec<(u32, u32)>,
    /// Nodes that the graph knows only from their callers.
    pub(crate) seen_from_outside: Vec<u32>,
    /// What kind of thing a node of the graph is, as the graph says it.
    pub(crate) kinds: Vec<(u32, String)>,
}

#[derive(Deserialize)]
struct Graph {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

#[derive(Deserialize)]
struct Node {
    name: String,
    kind: String,
}

#[derive(Deserialize)]
struct Edge {
    from: String,
    to: String,
}

impl Cluster {
    pub(super) fn read(bundle: &Bundle, components: &mut Components) -> Result<Self, ColumnsError> {
        let mut cluster = Self::default();
        cluster.read_graph(bundle, components);
        table_reader::objects(bundle.folder(), &mut |object| {
            let workload = matches!(
                object.kind.as_str(),
                "Pod" | "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "Job"
            );
            if workload && cluster.objects.len() < OBJECTS_MAX {
                cluster.objects.push((components.intern(&object.name), object));
            }
        })?;
        table_reader::events(bundle.folder(), &mut |event| {
            if cluster.events.len() < OBJECTS_MAX {
                cluster.events.push(event);
            }
        })?;
        Ok(cluster)
    }

    /// The graph is a document of ours; without one there are no such calls.
    fn read_graph(&mut self, bundle: &Bundle, components: &mut Components) {
        let Ok(bytes) = fs::read(bundle.folder().join("graph.json")) else { return };
        let Ok(graph) = serde_json::from_slice::<Graph>(&bytes) else { return };
        for node in &graph.nodes {
            let id = components.intern(&node.name);
            if node.kind.eq_ignore_ascii_case("remote") {
                self.seen_from_outside.push(id);
            }
            self.kinds.push((id, node.kind.clone()));
        }
        for edge in &graph.edges {
            let pair = (components.intern(&edge.from), components.intern(&edge.to));
            self.calls.push(pair);
        }
    }
}
