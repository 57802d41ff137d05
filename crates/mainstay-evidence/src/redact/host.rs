//! Names of the customer's machines, by shape: `db84.corp.example.com`, `vpn-3.acme.io`,
//! `mailbox.internal`. What is *not* here: names without a domain, which only the bundle's own
//! lists tell (`known`), and services of a cluster, which are no machines.

use std::ops::Range;

use super::text::run_start;

/// The ends of a name that the prefilter looks for.
pub(super) const ENDS: [&str; 44] = [
    ".internal",
    ".intern",
    ".intra",
    ".intranet",
    ".corp",
    ".lan",
    ".local",
    ".localdomain",
    ".home",
    ".ad",
    ".com",
    ".net",
    ".org",
    ".info",
    ".biz",
    ".io",
    ".co",
    ".dev",
    ".cloud",
    ".app",
    ".tech",
    ".eu",
    ".de",
    ".at",
    ".ch",
    ".fr",
    ".it",
    ".es",
    ".nl",
    ".be",
    ".uk",
    ".ie",
    ".se",
    ".no",
    ".dk",
    ".fi",
    ".pl",
    ".us",
    ".ca",
    ".au",
    ".nz",
    ".jp",
    ".in",
    ".br",
];
/// These are nowhere on the Internet: whatever ends so is a machine at home.
const PRIVATE: [&str; 10] = [
    "internal",
    "intern",
    "intra",
    "intranet",
    "corp",
    "lan",
    "local",
    "localdomain",
    "home",
    "ad",
];
/// Zones that a company has inside its own domain.
const ZONES: [&str; 12] = [
    "corp", "internal", "intern", "intra", "intranet", "lan", "ad", "hq", "dc", "mgmt", "oob",
    "office",
];
/// Everybody's machines, and names that a cluster makes.
const EVERYBODY: [&str; 44] = [
    "amazonaws.com",
    "compute.internal",
    "ec2.internal",
    "docker.internal",
    "google.internal",
    "googleapis.com",
    "google.com",
    "googleusercontent.com",
    "googlevideo.com",
    "ggpht.com",
    "googlesyndication.com",
    "fbcdn.net",
    "gstatic.com",
    "gcr.io",
    "k8s.io",
    "kubernetes.io",
    "docker.io",
    "docker.com",
    "quay.io",
    "ghcr.io",
    "github.com",
    "githubusercontent.com",
    "gitlab.com",
    "cloudfront.net",
    "akamai.net",
    "akamaiedge.net",
    "windows.net",
    "azure.com",
    "azurewebsites.net",
    "microsoft.com",
    "microsoftonline.com",
    "office.com",
    "apple.com",
    "cloudflare.com",
    "letsencrypt.org",
    "apache.org",
    "ntp.org",
    "debian.org",
    "ubuntu.com",
    "redhat.com",
    "fedoraproject.org",
    "datadoghq.com",
    "sentry.io",
    "newrelic.com",
];
const NAME_BYTES_MAX: usize = 253;

/// The host name that ends where the prefilter met its end.
pub(super) fn host_at(line: &str, hit: Range<usize>) -> Option<Range<usize>> {
    let bytes = line.as_bytes();
    let belongs = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    let next = bytes.get(hit.end).copied();
    let goes_on = next.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"-_(".contains(&byte))
        || (next == Some(b'.') && bytes.get(hit.end + 1).is_some_and(u8::is_ascii_alphanumeric));
    if goes_on {
        return None;
    }
    let start = run_start(bytes, hit.start, NAME_BYTES_MAX, belongs);
    let is_cut = start > 0 && matches!(bytes[start - 1], b'_' | b'@' | b'$' | b'<');
    let name = line.get(start..hit.end)?;
    let is_address = line[..start].ends_with("//");
    let is_host = is_machine(&name.to_ascii_lowercase(), is_address);
    (!is_cut && is_host).then_some(start..hit.end)
}

/// `is_address`: it stands where an address has its host.
fn is_machine(name: &str, is_address: bool) -> bool {
    let labels: Vec<&str> = name.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    if !labels.iter().all(is_label) || is_everybodys(name) {
        return false;
    }
    let (first, last) = (labels[0], labels[labels.len() - 1]);
    let has_letter = first.bytes().any(|byte| byte.is_ascii_alphabetic());
    if PRIVATE.contains(&last) {
        // `java.home` and `settings.local` are no machines, and `com.acme.internal` is a package
        let is_telling = is_address || is_numbered(first) || labels.len() >= 3;
        let is_package = matches!(first, "com" | "org" | "net" | "io" | "java" | "jdk" | "sun");
        return labels.len() >= 2
            && has_letter
            && is_telling
            && !is_package
            && !first.starts_with("ip-");
    }
    if labels.len() < 3 || !has_letter || first.starts_with("ip-") {
        return false;
    }
    is_numbered(first) || labels[1..labels.len() - 1].iter().any(|label| ZONES.contains(label))
}

/// `db84`, `web-03`, `k8s-node-1`; not `v1` and not `www2`, which are addresses of services.
fn is_numbered(label: &str) -> bool {
    let stem = label.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let stem = stem.trim_end_matches('-');
    stem.len() < label.len()
        && stem.len() >= 2
        && stem != "www"
        && stem.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_everybodys(name: &str) -> bool {
    let ends = |end: &str| {
        name.strip_suffix(end).is_some_and(|head| head.is_empty() || head.ends_with('.'))
    };
    EVERYBODY.iter().any(|end| ends(end))
        || ends("cluster.local")
        || name.split('.').any(|label| matches!(label, "svc" | "pod"))
}

#[cfg(test)]
mod tests {
    use super::is_machine;

    #[test]
    fn machines_of_a_customer_are_known_by_shape() {
        for (name, expect) in [
            ("db84.corp.northwind.io", true),
            ("web-03.example.com", true),
            ("mail.hq.example.co.uk", true),
            ("printer2.lan", true),
            ("build.eu.internal", true),
            ("java.home", false),
            ("settings.local", false),
            ("com.acme.internal", false),
            ("example.com", false),
            ("www.example.com", false),
            ("api.example.com", false),
            ("v1.api.example.com", false),
            ("postgres.shop.svc.cluster.local", false),
            ("s3.eu-central-1.amazonaws.com", false),
            ("ip-10-0-0-1.ec2.internal", false),
            ("registry.k8s.io", false),
        ] {
            assert_eq!(is_machine(name, false), expect, "{name}");
        }
    }
}
