//! The hosts and people that a bundle lists itself: `/etc/hosts`, `hostname`, `/etc/passwd`, the
//! nodes of a cluster, a kubeconfig. Collected before anything is redacted, so that the order of the
//! files does not matter. What is *not* here: looking for the names (`known`), and the subjects of
//! certificates, which are in a binary form.

use std::collections::BTreeSet;

/// Longer lists are cut; a cluster has fewer machines.
const NAMES_MAX: usize = 20_000;
/// Accounts below belong to the system.
const FIRST_PERSON: u32 = 1_000;
/// `nobody` and those above are nobody.
const LAST_PERSON: u32 = 59_999;

/// Names of hosts and of users, in order.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    pub(crate) hosts: BTreeSet<String>,
    pub(crate) users: BTreeSet<String>,
}

/// The lists that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Hosts,
    Hostname,
    Passwd,
    Nodes,
    Kubeconfig,
}

impl List {
    /// Which list a file is, by its path.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let lower = path.to_ascii_lowercase();
        let (folder, name) = lower.rsplit_once('/').unwrap_or(("", lower.as_str()));
        let stem = name.split('.').next().unwrap_or_default();
        let is_document =
            name.ends_with(".json") || name.ends_with(".yaml") || name.ends_with(".yml");
        match stem {
            "hosts" if folder.ends_with("etc") => Some(Self::Hosts),
            "hostname" => Some(Self::Hostname),
            "passwd" if folder.ends_with("etc") => Some(Self::Passwd),
            "nodes" | "node" if is_document => Some(Self::Nodes),
            _ if is_document && folder.ends_with("/nodes") => Some(Self::Nodes),
            "config" if folder.ends_with(".kube") => Some(Self::Kubeconfig),
            "kubeconfig" => Some(Self::Kubeconfig),
            _ => None,
        }
    }
}

impl Listed {
    /// Adds what a list names.
    pub(crate) fn read(&mut self, list: List, text: &str) {
        for line in text.lines() {
            if self.hosts.len() + self.users.len() >= NAMES_MAX {
                return;
            }
            match list {
                List::Hosts => self.hosts_line(line),
                List::Hostname => self.host(line.trim()),
                List::Passwd => self.passwd_line(line),
                List::Nodes => self.after(line, "kubernetes.io/hostname"),
                List::Kubeconfig => {
                    let address = value_of(line, "server").and_then(|url| url.split_once("://"));
                    if let Some((_, rest)) = address {
                        self.host(rest.split([':', '/']).next().unwrap_or_default());
                    }
                    if let Some(user) = value_of(line, "user").filter(|user| !user.is_empty()) {
                        self.users.insert(user.to_owned());
                    }
                }
            }
        }
    }

    fn hosts_line(&mut self, line: &str) {
        let line = line.split('#').next().unwrap_or_default();
        for name in line.split_whitespace().skip(1) {
            self.host(name);
        }
    }

    fn passwd_line(&mut self, line: &str) {
        let mut fields = line.split(':');
        let (name, id) = (fields.next(), fields.nth(1).and_then(|id| id.parse().ok()));
        if let (Some(name), Some(id)) = (name, id)
            && (FIRST_PERSON..=LAST_PERSON).contains(&id)
        {
            self.users.insert(name.to_owned());
        }
    }

    fn after(&mut self, line: &str, name: &str) {
        let mut rest = line;
        while let Some((_, tail)) = rest.split_once(name) {
            let value = tail.trim_start_matches(['"', '\'', ':', ' ', '=']);
            let length = value.find(|letter: char| !is_of_host(letter)).unwrap_or(value.len());
            self.host(&value[..length]);
            rest = &value[length..];
        }
    }

    /// Addresses have a rule of their own, also as `ip-10-0-0-1`.
    fn host(&mut self, name: &str) {
        let is_name = !name.is_empty()
            && name.len() <= 253
            && name.chars().all(is_of_host)
            && name.contains(|letter: char| letter.is_ascii_alphabetic())
            && !name.starts_with("ip-")
            && !name.starts_with("ip6-");
        if is_name {
            self.hosts.insert(name.to_owned());
        }
    }
}

fn is_of_host(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.')
}

fn value_of<'t>(line: &'t str, key: &str) -> Option<&'t str> {
    let rest = line.trim().trim_start_matches("- ").strip_prefix(key)?.strip_prefix(':')?;
    Some(rest.trim().trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::{List, Listed};

    #[test]
    fn each_list_gives_its_names() {
        let mut listed = Listed::default();
        for (path, text) in [
            ("b/etc/hosts", "127.0.0.1 localhost\n10.1.2.3 shop-db-1.corp shop-db-1 # main\n"),
            ("b/hostname", "gate-3\n"),
            ("etc/passwd", "root:x:0:0::/root:/bin/sh\nmsample:x:1001:1001:M:/home/m:/bin/sh\n"),
            ("cluster/nodes.json", "{\"labels\":{\"kubernetes.io/hostname\":\"shop-node-7\"}}"),
            ("home/x/.kube/config", "  server: https://api.shop.test:6443\n  user: jdoe\n"),
        ] {
            listed.read(List::of(path).expect(path), text);
        }
        let hosts: Vec<_> = listed.hosts.iter().map(String::as_str).collect();
        let expect =
            ["api.shop.test", "gate-3", "localhost", "shop-db-1", "shop-db-1.corp", "shop-node-7"];
        assert_eq!(hosts, expect);
        assert_eq!(listed.users.iter().collect::<Vec<_>>(), ["jdoe", "msample"]);
        assert!(List::of("src/hosts.rs").is_none() && List::of("nodes.log").is_none());
    }
}
