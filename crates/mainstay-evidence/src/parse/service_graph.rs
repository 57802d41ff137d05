//! A service graph in the shape of X-Ray: `{"Services": [{ReferenceId, Name, Type, Edges}]}`.

use std::collections::BTreeMap;
use std::io::Read;

use serde_json::Value;

use super::document;
use super::structured::{Context, GraphEdge, GraphNode};

/// Reads all nodes, then all edges: an edge may point to a node that comes later.
pub(super) fn read(reader: &mut dyn Read, context: &mut Context<'_>) {
    let mut names: BTreeMap<i64, String> = BTreeMap::new();
    let mut pairs: Vec<(i64, i64, u64)> = Vec::new();
    let rest = document::elements(reader, &["Services"], context, &mut |service, context| {
        let known = service["ReferenceId"].as_i64().zip(service["Name"].as_str());
        let Some((id, name)) = known else {
            return context.skip_object("a service has no name or number and was left out");
        };
        let name = context.redacted(name);
        let kind = context.redacted(service["Type"].as_str().unwrap_or_default());
        names.insert(id, name.clone());
        let line = context.line;
        let edges = service["Edges"].as_array().map_or(&[][..], Vec::as_slice);
        pairs.extend(edges.iter().filter_map(|edge| Some((id, reference(edge)?, line))));
        let ordinal = context.counts.nodes;
        context.counts.nodes += 1;
        context.sink.node(GraphNode { name, kind, ordinal, line: context.line });
    });
    if !rest.found {
        context.skip_object("the document has no list under Services");
    }
    for (from, to, line) in pairs {
        match names.get(&from).zip(names.get(&to)) {
            Some((from, to)) => {
                let ordinal = context.counts.edges;
                context.counts.edges += 1;
                context.sink.edge(GraphEdge { from: from.clone(), to: to.clone(), ordinal, line });
            }
            None => context.skip_object("an edge points to a service that is not in the document"),
        }
    }
}

fn reference(edge: &Value) -> Option<i64> {
    edge["ReferenceId"].as_i64()
}
