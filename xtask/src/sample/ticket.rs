//! The customer's words, the bundle's own description and the odd files of every real bundle.

use serde_json::json;

use super::archive::Tree;
use super::clock::iso_seconds;
use super::random::Random;
use super::scene::{EXHAUSTED, Scene};
use super::secrets::PHONE;

pub(crate) const TICKET: &str = "ticket.json";
const HEAP_DUMP: &str = "attachments/ledger-heap.hprof";

pub(crate) fn write(scene: Scene, tree: &mut Tree) {
    tree.add(
        "version.yaml",
        "apiVersion: troubleshoot.sh/v1beta2\nkind: SupportBundle\nspec:\n  versionNumber: 0.123.5\n",
    );
    if scene == Scene::Good {
        return;
    }
    let ticket = json!({
        "case_id": "shop-outage",
        "system": "Example Shop 7.4.1",
        "timezone": "UTC",
        "entrypoint": "ingress-nginx",
        "reported_at": iso_seconds(EXHAUSTED + 6 * 60 * 1_000_000),
        "symptom_start_about": "2026-11-17T14:11:00Z",
        "text": format!("Customers cannot place orders since about 14:10 UTC. The checkout page waits ten seconds and then shows an error. Product pages work. We released 7.4.1 at 14:02. Please call back at {PHONE}."),
    });
    tree.add(TICKET, format!("{ticket:#}\n"));
    tree.add(HEAP_DUMP, heap_dump());
}

/// The first bytes of a Java heap dump: binary, nothing to read.
fn heap_dump() -> Vec<u8> {
    let mut random = Random::new(1_616);
    let mut bytes = b"JAVA PROFILE 1.0.2\0".to_vec();
    for _ in 0..512 {
        bytes.extend(random.next().to_be_bytes());
    }
    bytes
}
