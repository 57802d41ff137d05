//! Which machine a file comes from, and the zone that this machine states. Containers keep a zone
//! of their own, so a host's zone is for its own files only.

use std::io::Read;

use super::source;
use super::survey::{Survey, Surveyed};
use crate::stamp;

/// Files that state a zone are one line or a screen; a longer one is something else.
const STATEMENT_BYTES_MAX: u64 = 4 << 10;

/// Folders in which collectors put what commands printed; the host's own folder is above them.
const COMMAND_FOLDERS: [&str; 8] =
    ["commands", "command", "cmd", "sos_commands", "systemd", "date", "host", "system"];

/// The hosts of a bundle that say something of themselves.
#[derive(Debug, Clone, Default)]
pub(super) struct Hosts {
    hosts: Vec<Host>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Host {
    /// Where its files are: empty, or up to and with a `/`.
    root: String,
    zone: Option<String>,
}

impl Hosts {
    pub(super) fn of(survey: &Survey<'_>) -> Self {
        let mut hosts: Vec<Host> = Vec::new();
        for file in survey.files.iter().filter(|file| file.has_lines()) {
            let Some(root) = root_stated_by(&file.path) else { continue };
            let zone = statement(file).and_then(|text| stamp::zone_in_file(&file.path, &text));
            match hosts.iter_mut().find(|host| host.root == root) {
                Some(host) => host.zone = host.zone.take().or(zone),
                None => hosts.push(Host { root: root.to_owned(), zone }),
            }
        }
        // the innermost folder is a file's host
        hosts.sort_by_key(|host| (std::cmp::Reverse(host.root.len()), host.root.clone()));
        Self { hosts }
    }

    /// The zone of the machine that wrote a file.
    pub(super) fn zone_of(&self, path: &str) -> Option<&str> {
        self.host_of(path)?.zone.as_deref()
    }

    /// The clock that a file was written by; the name of its source where no host is known.
    pub(super) fn clock_of(&self, path: &str, source: &str) -> String {
        match (source::pod_of(path), self.host_of(path)) {
            (Some(pod), _) => pod,
            (None, Some(host)) if !host.root.is_empty() => {
                let root = host.root.trim_end_matches('/');
                root.rsplit('/').next().unwrap_or(root).to_owned()
            }
            _ => source.to_owned(),
        }
    }

    fn host_of(&self, path: &str) -> Option<&Host> {
        if source::pod_of(path).is_some() {
            return None;
        }
        self.hosts.iter().find(|host| path.starts_with(&host.root))
    }
}

/// The folder of the host of which a file tells the zone or the name.
fn root_stated_by(path: &str) -> Option<&str> {
    for end in ["etc/timezone", "etc/hostname"] {
        if let Some(root) = path.strip_suffix(end).filter(|it| it.is_empty() || it.ends_with('/')) {
            return Some(root);
        }
    }
    let start = path.rfind('/').map_or(0, |at| at + 1);
    let name = &path[start..];
    if !name.contains("timedatectl") && !matches!(name, "date" | "date.txt" | "hostname") {
        return None;
    }
    let mut root = &path[..start];
    loop {
        let folder = root.trim_end_matches('/');
        let start = folder.rfind('/').map_or(0, |at| at + 1);
        if !COMMAND_FOLDERS.contains(&&folder[start..]) {
            return Some(root);
        }
        root = &root[..start];
    }
}

fn statement(file: &Surveyed<'_>) -> Option<String> {
    if file.file.size_bytes > STATEMENT_BYTES_MAX {
        return None;
    }
    let mut bytes = Vec::new();
    file.file.content.reader().take(STATEMENT_BYTES_MAX).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_of_the_host_whose_folder_it_is_in() {
        let check =
            |path: &str, root: Option<&str>| assert_eq!(root_stated_by(path), root, "{path}");
        check("etc/timezone", Some(""));
        check("case/web1/etc/timezone", Some("case/web1/"));
        check("case/web1/commands/timedatectl.txt", Some("case/web1/"));
        check("sos-web1/sos_commands/systemd/timedatectl", Some("sos-web1/"));
        check("sos-web1/sos_commands/date/date", Some("sos-web1/"));
        check("case/web1/notes/update.txt", None);
        check("case/web1/my-etc/timezone", None);
    }

    #[test]
    fn a_zone_is_for_the_own_files_of_its_host() {
        let host =
            |root: &str, zone: &str| Host { root: root.to_owned(), zone: Some(zone.to_owned()) };
        let hosts = Hosts { hosts: vec![host("c/web1/", "Europe/Berlin"), host("", "Asia/Tokyo")] };
        assert_eq!(hosts.zone_of("c/web1/var/log/app.log"), Some("Europe/Berlin"));
        assert_eq!(hosts.zone_of("c/web2/var/log/app.log"), Some("Asia/Tokyo"));
        assert_eq!(hosts.zone_of("c/web1/var/log/pods/shop_cart-1_0a/cart/0.log"), None);
        assert_eq!(hosts.clock_of("c/web1/var/log/app.log", "log/app.log"), "web1");
        assert_eq!(hosts.clock_of("x/var/log/app.log", "log/app.log"), "log/app.log");
        assert_eq!(
            hosts.clock_of("c/web1/var/log/pods/shop_cart-1_0a/cart/0.log", "x"),
            "shop/cart-1"
        );
    }
}
