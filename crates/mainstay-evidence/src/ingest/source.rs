//! Who wrote a log file, told from its path: a container, or a log with its rotated parts.
//!
//! Paths of clusters come in a few shapes (kubelet, docker, `kubectl logs` dumps); everything else
//! is named by the end of its path that tells it from the others.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A container of a pod.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Container {
    namespace: String,
    pod: String,
    name: String,
}

/// The source of each path, and the names of the sources in the order of their numbers.
pub(super) fn name_sources(paths: &[&str]) -> (Vec<u32>, Vec<String>) {
    let found: Vec<Option<Container>> = paths.iter().map(|path| container(path)).collect();
    let pods = Pods::of(&found);
    let logs = Logs::of(paths.iter().zip(&found).filter(|(_, it)| it.is_none()).map(|(it, _)| *it));
    let names: Vec<String> = paths
        .iter()
        .zip(&found)
        .map(|(path, container)| match container {
            Some(container) => pods.shortest_name(container),
            None => logs.shortest_end(path),
        })
        .collect();
    let distinct: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let numbers: BTreeMap<&str, u32> = distinct.iter().copied().zip(0..).collect();
    let of_path = names.iter().map(|name| numbers[name.as_str()]).collect();
    (of_path, distinct.into_iter().map(str::to_owned).collect())
}

/// The containers of each pod name. A bundle may hold a hundred thousand: no pairwise comparing.
struct Pods<'a> {
    containers: BTreeMap<&'a str, BTreeSet<&'a Container>>,
}

impl<'a> Pods<'a> {
    fn of(found: &'a [Option<Container>]) -> Self {
        let mut containers: BTreeMap<&str, BTreeSet<&Container>> = BTreeMap::new();
        for container in found.iter().flatten() {
            containers.entry(&container.pod).or_default().insert(container);
        }
        Self { containers }
    }

    /// The pod alone if that tells it from all others, else with its container or namespace.
    fn shortest_name(&self, own: &Container) -> String {
        let same_pod = &self.containers[own.pod.as_str()];
        if same_pod.len() == 1 {
            return own.pod.clone();
        }
        if same_pod.iter().any(|other| other.namespace != own.namespace) {
            return format!("{}/{}/{}", own.namespace, own.pod, own.name);
        }
        format!("{}/{}", own.pod, own.name)
    }
}

/// How many logs end in the same parts of a path.
struct Logs {
    ends: HashMap<String, u32>,
}

/// A log's name and its folder say what it is to people; more only where two are called the same.
const PARTS_MIN: usize = 2;

impl Logs {
    fn of<'p>(paths: impl Iterator<Item = &'p str>) -> Self {
        let logs: BTreeSet<String> = paths.map(without_rotation).collect();
        let mut ends = HashMap::new();
        for end in logs.iter().flat_map(|log| ends_of(log)) {
            *ends.entry(end.to_owned()).or_default() += 1;
        }
        Self { ends }
    }

    fn shortest_end(&self, path: &str) -> String {
        let log = without_rotation(path);
        let own = ends_of(&log).find(|end| self.ends.get(*end) == Some(&1));
        own.unwrap_or(&log).to_owned()
    }
}

/// The ends of a path at its folders, shortest first, the whole path last.
fn ends_of(path: &str) -> impl Iterator<Item = &str> {
    let starts = path.rmatch_indices('/').map(|(at, _)| at + 1).skip(PARTS_MIN - 1);
    starts.chain(std::iter::once(0)).map(|start| &path[start..])
}

/// `namespace/pod` of a container's log.
pub(super) fn pod_of(path: &str) -> Option<String> {
    container(path).map(|container| format!("{}/{}", container.namespace, container.pod))
}

fn container(path: &str) -> Option<Container> {
    let parts: Vec<&str> = path.split('/').collect();
    let after = |folders: &[&str]| {
        parts
            .windows(folders.len())
            .position(|window| window == folders)
            .map(|at| &parts[at + folders.len()..])
    };
    // /var/log/containers/<pod>_<namespace>_<container>-<id or "json">.log
    if let Some([file]) = after(&["containers"]) {
        let stem = file.strip_suffix(".log")?;
        let [pod, namespace, rest] = *stem.splitn(3, '_').collect::<Vec<_>>() else { return None };
        let name = rest.rsplit_once('-').map_or(rest, |(name, _)| name);
        return Some(new_container(namespace, pod, name));
    }
    // /var/log/pods/<namespace>_<pod>[_<uid>]/<container>/<restart>.log, under whatever folder a
    // collector copied it to
    if let [.., pod_folder, name, file] = parts.as_slice()
        && (after(&["pods"]).is_some_and(|rest| rest.len() == 3) || is_restart(file))
        && pod_folder.contains('_')
    {
        let mut words = pod_folder.split('_');
        let (namespace, pod) = (words.next()?, words.next()?);
        return Some(new_container(namespace, pod, name));
    }
    // <root>/logs/<namespace>/<pod>/<container>.log
    if let Some([namespace, pod, file]) = after(&["logs"]) {
        let name = file.strip_suffix(".log").or_else(|| file.strip_suffix(".txt"))?;
        return Some(new_container(namespace, pod, name));
    }
    None
}

/// `0.log`, `3.log`: the kubelet counts restarts.
fn is_restart(file: &str) -> bool {
    let number = file.strip_suffix(".log").unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn new_container(namespace: &str, pod: &str, name: &str) -> Container {
    Container { namespace: namespace.to_owned(), pod: pod.to_owned(), name: name.to_owned() }
}

/// `app.log.2.gz/app.log.2`, `app.log.1` and `app-2026-11-24.log` are one log.
fn without_rotation(path: &str) -> String {
    let mut name = path;
    if let Some((archive, member)) = path.rsplit_once('/') {
        let packed =
            [".gz", ".zst", ".bz2", ".xz"].iter().find_map(|end| archive.strip_suffix(end));
        if packed.is_some_and(|stem| stem.ends_with(member)) {
            name = packed.unwrap_or(path);
        }
    }
    for end in [".gz", ".zst", ".bz2", ".xz"] {
        name = name.strip_suffix(end).unwrap_or(name);
    }
    if let Some((stem, number)) = name.rsplit_once('.')
        && !number.is_empty()
        && number.len() <= 4
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && stem.contains('.')
    {
        name = stem;
    }
    if let Some((stem, part)) = name.rsplit_once(".part")
        && !part.is_empty()
        && part.bytes().all(|byte| byte.is_ascii_digit())
    {
        name = stem;
    }
    for end in ["-previous.log", ".previous.log"] {
        if let Some(stem) = name.strip_suffix(end) {
            return format!("{stem}.log");
        }
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paths: &[&str], expect: &[&str]) {
        let (numbers, names) = name_sources(paths);
        let of_path: Vec<&str> =
            numbers.iter().map(|number| names[*number as usize].as_str()).collect();
        assert_eq!(of_path, expect);
    }

    #[test]
    fn containers_are_named_by_their_pod() {
        check(
            &[
                "b/logs/containers/cart-7d_shop_server-json.log",
                "b/logs/pods/shop_pay-1_0a1b/server/0.log",
                "b/logs/pods/shop_pay-1_0a1b/server/1.log",
                "b/logs/shop/user-5/server.log",
            ],
            &["cart-7d", "pay-1", "pay-1", "user-5"],
        );
    }

    #[test]
    fn two_containers_of_a_pod_are_two_sources() {
        check(
            &["logs/pods/shop_pay-1/server/0.log", "logs/pods/shop_pay-1/proxy/0.log"],
            &["pay-1/server", "pay-1/proxy"],
        );
    }

    #[test]
    fn rotated_parts_are_one_source() {
        check(
            &["b/app.log", "b/app.log.1", "b/app.log.2.gz", "b/app.log.3.gz/app.log.3", "b/v1.2"],
            &["b/app.log", "b/app.log", "b/app.log", "b/app.log", "b/v1.2"],
        );
    }

    #[test]
    fn a_log_is_named_by_the_end_of_its_path_that_is_its_own() {
        check(
            &[
                "shop/nginx/controller-5b8c/access.log",
                "shop/node-a/var/messages",
                "shop/node-b/var/messages",
                "shop/copy/var-log-pods/shop_ledger-6d5f_5c1f6a52/ledger/0.log",
            ],
            &[
                "controller-5b8c/access.log",
                "node-a/var/messages",
                "node-b/var/messages",
                "ledger-6d5f",
            ],
        );
    }
}
