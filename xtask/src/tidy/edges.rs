//! The edges between our crates are those that the table in ARCHITECTURE.md allows, no more and no
//! fewer: a new edge is the most expensive change there is.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, MetadataCommand};

use super::{Files, Finding};
use crate::repository;

const PAGE: &str = "ARCHITECTURE.md";

type Edges = BTreeMap<String, BTreeSet<String>>;

pub(super) fn check(files: &Files) -> Result<Vec<Finding>> {
    let page = files.get(PAGE).context("the repository has no ARCHITECTURE.md")?;
    Ok(compare(&written(&page.text()), &built()?))
}

/// The rows `| crate | what | may use | …` of the page, names in backticks.
fn written(page: &str) -> Edges {
    let mut edges = Edges::new();
    for line in page.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if cells.len() < 5 {
            continue;
        }
        let names = quoted(cells[1]);
        let [name] = names.as_slice() else { continue };
        if name == "xtask" || name.starts_with("mainstay") {
            edges.insert(name.clone(), quoted(cells[3]).into_iter().collect());
        }
    }
    edges
}

fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The edges of the manifests; those that only tests need are left out.
fn built() -> Result<Edges> {
    let metadata = MetadataCommand::new()
        .manifest_path(repository::root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .context("could not ask cargo for the workspace's crates")?;
    let ours: BTreeSet<String> =
        metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let mut edges = Edges::new();
    for package in &metadata.packages {
        let used = package
            .dependencies
            .iter()
            .filter(|used| used.kind != DependencyKind::Development && ours.contains(&used.name))
            .map(|used| used.name.clone())
            .collect();
        edges.insert(package.name.to_string(), used);
    }
    Ok(edges)
}

fn compare(written: &Edges, built: &Edges) -> Vec<Finding> {
    let mut findings = Vec::new();
    let names: BTreeSet<&String> = written.keys().chain(built.keys()).collect();
    for name in names {
        match (written.get(name), built.get(name)) {
            (Some(may), Some(does)) if may == does => {}
            (Some(may), Some(does)) => {
                let text = format!("{name} may use {may:?} and uses {does:?}");
                findings.push(Finding::file(PAGE, text));
            }
            (Some(_), None) => findings.push(Finding::file(PAGE, format!("{name} is no crate"))),
            (None, _) => findings.push(Finding::file(PAGE, format!("{name} has no row"))),
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_edge_and_a_missing_row_are_seen() {
        let page = "| crate | what | may use | must not |\n|---|---|---|---|\n\
                    | `mainstay-core` | values | nothing | clocks |\n\
                    | `mainstay-app` | use cases | `mainstay-core` | axum |\n";
        let page = written(page);
        let mut real = page.clone();
        assert!(compare(&page, &real).is_empty());
        real.insert(String::from("mainstay-app"), BTreeSet::from([String::from("mainstay-store")]));
        real.insert(String::from("mainstay-store"), BTreeSet::new());
        let texts: Vec<String> =
            compare(&page, &real).into_iter().map(|finding| finding.text).collect();
        assert_eq!(
            texts,
            [
                "mainstay-app may use {\"mainstay-core\"} and uses {\"mainstay-store\"}",
                "mainstay-store has no row"
            ]
        );
    }
}
