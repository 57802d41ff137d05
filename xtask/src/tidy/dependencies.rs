//! `deny.toml`, applied: one version of each crate, allowed licences, banned crates, one registry.
//! It reads cargo-deny's own file in the parts that we use; advisories are not here, they need a
//! network.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use cargo_metadata::{Metadata, MetadataCommand};
use toml::{Table, Value};

use super::licence::holds;
use super::{Files, Finding};
use crate::repository;

const SETTINGS: &str = "deny.toml";

/// What is judged of one crate of the graph.
struct Package {
    name: String,
    version: String,
    licence: String,
    source: Option<String>,
    used_by: BTreeSet<String>,
}

pub(super) fn check(files: &Files) -> Result<Vec<Finding>> {
    let settings = files.get(SETTINGS).context("the repository has no deny.toml")?;
    let settings: Table = settings.text().parse().context("could not read deny.toml")?;
    let packages = graph(&settings)?;
    let mut findings = duplicates(&packages, &settings);
    findings.extend(licences(&packages, &settings));
    findings.extend(banned(&packages, &settings));
    findings.extend(sources(&packages));
    Ok(findings)
}

fn graph(settings: &Table) -> Result<Vec<Package>> {
    let target = list(settings, "graph", "targets")
        .first()
        .and_then(Value::as_str)
        .context("deny.toml names no target")?;
    let metadata = MetadataCommand::new()
        .manifest_path(repository::root().join("Cargo.toml"))
        .other_options(["--locked".into(), format!("--filter-platform={target}")])
        .exec()
        .context("could not ask cargo for the dependency graph; is Cargo.lock up to date?")?;
    Ok(packages(&metadata))
}

fn packages(metadata: &Metadata) -> Vec<Package> {
    let name_of: BTreeMap<_, _> =
        metadata.packages.iter().map(|package| (&package.id, package.name.to_string())).collect();
    let mut used_by: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
    for node in nodes {
        used_by.entry(&node.id).or_default();
        for used in &node.deps {
            used_by.entry(&used.pkg).or_default().insert(name_of[&node.id].clone());
        }
    }
    let package = |package: &cargo_metadata::Package| {
        Some(Package {
            name: package.name.to_string(),
            version: package.version.to_string(),
            licence: package.license.clone().unwrap_or_default(),
            source: package.source.as_ref().map(ToString::to_string),
            used_by: used_by.get(&package.id)?.clone(),
        })
    };
    metadata.packages.iter().filter_map(package).collect()
}

fn duplicates(packages: &[Package], settings: &Table) -> Vec<Finding> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages {
        versions.entry(&package.name).or_default().insert(&package.version);
    }
    let mut findings = Vec::new();
    for skipped in list(settings, "bans", "skip").iter().filter_map(|entry| text(entry, "crate")) {
        let (name, version) = skipped.split_once('@').unwrap_or((skipped, ""));
        let removed = versions.get_mut(name).is_some_and(|all| all.remove(version));
        if !removed {
            findings
                .push(Finding::file(SETTINGS, format!("skip of {skipped} is no longer needed")));
        }
    }
    for (name, versions) in versions.iter().filter(|(_, versions)| versions.len() > 1) {
        let text = format!("{name} is there as {versions:?}: align, or skip one with a reason");
        findings.push(Finding::file(SETTINGS, text));
    }
    findings
}

fn licences(packages: &[Package], settings: &Table) -> Vec<Finding> {
    let allow: BTreeSet<&str> =
        list(settings, "licenses", "allow").iter().filter_map(Value::as_str).collect();
    let mut findings = Vec::new();
    for package in packages {
        let own: BTreeSet<&str> = list(settings, "licenses", "exceptions")
            .iter()
            .filter(|entry| text(entry, "crate") == Some(&package.name))
            .filter_map(|entry| entry.get("allow").and_then(Value::as_array))
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        if !holds(&package.licence, &|name| allow.contains(name) || own.contains(name)) {
            let text = format!("{} has the licence `{}`", package.name, package.licence);
            findings.push(Finding::file(SETTINGS, text));
        }
    }
    findings
}

fn banned(packages: &[Package], settings: &Table) -> Vec<Finding> {
    let mut findings = Vec::new();
    for entry in list(settings, "bans", "deny") {
        let wrappers: BTreeSet<&str> = entry
            .get("wrappers")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let there = packages.iter().filter(|package| text(entry, "crate") == Some(&package.name));
        for package in there {
            let others: Vec<&String> = package
                .used_by
                .iter()
                .filter(|parent| !wrappers.contains(parent.as_str()))
                .collect();
            if wrappers.is_empty() || !others.is_empty() {
                let text = format!("{} is banned and used by {others:?}", package.name);
                findings.push(Finding::file(SETTINGS, text));
            }
        }
    }
    findings
}

fn sources(packages: &[Package]) -> Vec<Finding> {
    let registries: BTreeSet<&str> = packages
        .iter()
        .filter_map(|package| package.source.as_deref())
        .filter(|source| source.starts_with("registry+") || source.starts_with("sparse+"))
        .collect();
    let mut findings = Vec::new();
    for package in packages {
        let Some(source) = package.source.as_deref() else { continue };
        if !registries.contains(source) {
            let text = format!("{} does not come from the registry", package.name);
            findings.push(Finding::file(SETTINGS, text));
        }
    }
    if registries.len() > 1 {
        findings.push(Finding::file(SETTINGS, "the crates come from more than one registry"));
    }
    findings
}

fn list<'table>(settings: &'table Table, section: &str, name: &str) -> &'table [Value] {
    let list = settings.get(section).and_then(|section| section.get(name));
    list.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'entry>(entry: &'entry Value, name: &str) -> Option<&'entry str> {
    entry.get(name).and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGISTRY: &str = "registry+the one";

    fn package(name: &str, version: &str, licence: &str) -> Package {
        Package {
            name: name.to_owned(),
            version: version.to_owned(),
            licence: licence.to_owned(),
            source: Some(REGISTRY.to_owned()),
            used_by: BTreeSet::from([String::from("parent")]),
        }
    }

    fn settings(text: &str) -> Table {
        text.parse().expect("valid TOML")
    }

    fn texts(findings: Vec<Finding>) -> Vec<String> {
        findings.into_iter().map(|finding| finding.text).collect()
    }

    #[test]
    fn a_duplicate_is_seen_and_so_is_a_skip_without_need() {
        let packages = [package("syn", "2.0.0", "MIT"), package("syn", "3.0.0", "MIT")];
        assert_eq!(duplicates(&packages, &settings("")).len(), 1);
        let skip = settings("[bans]\nskip = [{ crate = \"syn@2.0.0\", reason = \"moving\" }]");
        assert!(duplicates(&packages, &skip).is_empty());
        let stale = texts(duplicates(&packages[1..], &skip));
        assert_eq!(stale, ["skip of syn@2.0.0 is no longer needed"]);
    }

    #[test]
    fn a_licence_is_allowed_for_all_or_by_name() {
        let text = "[licenses]\nallow = [\"MIT\"]\n\
                    exceptions = [{ crate = \"css\", allow = [\"MPL-2.0\"] }]";
        let packages = [
            package("css", "1.0.0", "MPL-2.0"),
            package("other", "1.0.0", "MPL-2.0"),
            package("free", "1.0.0", "GPL-3.0 OR MIT"),
        ];
        let findings = texts(licences(&packages, &settings(text)));
        assert_eq!(findings, ["other has the licence `MPL-2.0`"]);
    }

    #[test]
    fn a_banned_crate_is_seen_unless_only_its_wrappers_use_it() {
        let packages = [package("chrono", "0.4.0", "MIT"), package("openssl", "0.10.0", "MIT")];
        let wrapped = "[bans]\ndeny = [{ crate = \"chrono\", wrappers = [\"parent\"] }]";
        assert!(banned(&packages, &settings(wrapped)).is_empty());
        let plain = "[bans]\ndeny = [{ crate = \"openssl\" }, { crate = \"chrono\", wrappers = [\"arrow\"] }]";
        assert_eq!(banned(&packages, &settings(plain)).len(), 2);
    }

    #[test]
    fn a_source_outside_the_registry_is_seen() {
        let mut packages = [package("a", "1.0.0", "MIT"), package("b", "1.0.0", "MIT")];
        assert!(sources(&packages).is_empty());
        packages[1].source = Some(String::from("git+somewhere"));
        assert_eq!(texts(sources(&packages)), ["b does not come from the registry"]);
    }
}
