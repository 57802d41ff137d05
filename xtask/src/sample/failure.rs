//! Four more systems, each on a good day and on the day that one thing broke: what a customer's
//! bundle looks like when the fault is of another kind than the shop's. One system, one file. What
//! they share is here and below: a request and its spans, and how exporters and clusters write them.

mod certificate;
mod cluster;
mod disk;
mod leak;
mod metric;
mod quota;
mod span;

use anyhow::Result;
use serde_json::json;

use super::archive::Tree;
use super::clock::{DAY, MINUTE, Micros, SECOND, iso_seconds};

/// The day a bundle tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    Good,
    Bad,
}

/// How long the calm and the fault are told, on the bad day.
const CALM: Micros = 12 * MINUTE;
const FAULT: Micros = 8 * MINUTE;

impl Day {
    /// First moment of the bundle, where the fault begins at `onset`.
    fn from(self, onset: Micros) -> Micros {
        match self {
            Self::Good => onset - DAY - CALM,
            Self::Bad => onset - CALM,
        }
    }

    fn until(self, onset: Micros) -> Micros {
        match self {
            Self::Good => onset - DAY,
            Self::Bad => onset + FAULT,
        }
    }
}

/// A planted secret: the bundle, the kind, the value and the file.
pub(crate) type Planted = (&'static str, &'static str, &'static str, &'static str);

/// One system.
struct Story {
    good: &'static str,
    bad: &'static str,
    onset: Micros,
    tree: fn(Day, &mut Tree),
    planted: &'static [(&'static str, &'static str, &'static str)],
}

const STORIES: [Story; 4] = [certificate::STORY, leak::STORY, disk::STORY, quota::STORY];

/// The bundles by name, and the list of what redaction must hide in them.
pub(crate) fn files() -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for (root, tree, collected) in trees() {
        files.push((format!("{root}.tar.gz"), tree.pack(collected)?));
    }
    let mut text =
        String::from("# bundle\tkind\tvalue\tfile; made by `cargo xtask sample`, all invented\n");
    for (bundle, kind, value, file) in planted() {
        text.push_str(&format!("{bundle}\t{kind}\t{value}\t{file}\n"));
    }
    files.push((String::from("planted-secrets-failures.txt"), text.into_bytes()));
    Ok(files)
}

pub(crate) fn planted() -> impl Iterator<Item = Planted> {
    STORIES.iter().flat_map(|story| {
        story.planted.iter().map(|(kind, value, file)| (story.bad, *kind, *value, *file))
    })
}

/// Every bundle with the time it was collected.
pub(crate) fn trees() -> impl Iterator<Item = (&'static str, Tree, Micros)> {
    STORIES.iter().flat_map(|story| {
        [(story.good, Day::Good), (story.bad, Day::Bad)].map(|(root, day)| {
            let mut tree = Tree::new(root);
            (story.tree)(day, &mut tree);
            (root, tree, day.until(story.onset) + 3 * MINUTE)
        })
    })
}

/// The customer's words; people round the minute.
fn ticket(tree: &mut Tree, id: &str, system: &str, entry: &str, onset: Micros, text: &str) {
    let ticket = json!({
        "case_id": id,
        "system": system,
        "timezone": "UTC",
        "entrypoint": entry,
        "reported_at": iso_seconds(onset + 5 * MINUTE),
        "symptom_start_about": iso_seconds(onset - onset % MINUTE + 30 * SECOND),
        "text": text,
    });
    tree.add("ticket.json", format!("{ticket:#}\n"));
}
