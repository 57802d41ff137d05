//! Which component a name belongs to: a service, whatever its pods are called today.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

/// The two random parts Kubernetes puts behind the name of a deployment.
static POD_HASH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"-[0-9a-f]{6,10}-[0-9a-z]{5}$").expect("the pattern is constant and tested")
});

/// The name of the workload a pod belongs to; other names stay.
pub(crate) fn without_pod_hash(name: &str) -> &str {
    POD_HASH.find(name).map_or(name, |hash| &name[..hash.start()])
}

/// Components by number.
#[derive(Default)]
pub(crate) struct Components {
    names: Vec<String>,
    index: HashMap<String, u32>,
}

impl Components {
    /// The number of a component; a pod's name is that of its workload.
    pub(crate) fn intern(&mut self, name: &str) -> u32 {
        let name = without_pod_hash(name.trim());
        if let Some(id) = self.index.get(name) {
            return *id;
        }
        let id = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.index.insert(name.to_owned(), id);
        id
    }

    /// The number of a component that is known.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.index.get(without_pod_hash(name.trim())).copied()
    }

    pub(crate) fn name(&self, id: u32) -> &str {
        self.names.get(id as usize).map_or("", String::as_str)
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// The component that wrote a log: a part of its path that is a known component or a pod,
    /// else the component whose spans it speaks of, else the name of its source.
    pub(crate) fn of_log(&mut self, path: &str, source: &str, of_spans: Option<u32>) -> u32 {
        let parts = || path.split('/').rev().flat_map(|part| part.split('_'));
        // `pay.log`, and `pay-json.log` as docker's driver ends the names of its files
        let named = |part: &str| {
            let stem = part.split('.').next().unwrap_or_default();
            self.find(part).or_else(|| self.find(stem.strip_suffix("-json").unwrap_or(stem)))
        };
        if let Some(id) = parts().find_map(named) {
            return id;
        }
        match (parts().find(|part| POD_HASH.is_match(part)), of_spans) {
            (None, Some(component)) => component,
            (pod, _) => self.intern(pod.unwrap_or(source)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pod_is_its_workload() {
        assert_eq!(without_pod_hash("pay-64469b5b48-25zj6"), "pay");
        assert_eq!(without_pod_hash("pay-service"), "pay-service");
        assert_eq!(without_pod_hash("db-0"), "db-0");
    }

    #[test]
    fn a_log_belongs_to_the_known_part_of_its_path() {
        let mut components = Components::default();
        let pay = components.intern("pay");
        let path = "logs/pods/shop_pay-64469b5b48-25zj6/server/0.log";
        assert_eq!(components.of_log(path, "pay-64469b5b48-25zj6", None), pay);
        let other = components.of_log("var/log/nginx/access.log", "nginx/access.log", None);
        assert_eq!(components.name(other), "nginx/access.log");
        let by_name = components.of_log("docker/pay-json.log", "docker/pay-json.log", None);
        assert_eq!(by_name, pay);
        let by_spans = components.of_log("docker/3f2a-json.log", "docker/3f2a-json.log", Some(pay));
        assert_eq!(by_spans, pay);
    }
}
