//! Words that are no secret: accounts of everybody and of programs, placeholders, paths.

/// A name of a person's account, not of everybody's.
pub(super) fn is_user(text: &str) -> bool {
    const EVERYBODY: [&str; 72] = [
        "root",
        "admin",
        "administrator",
        "app",
        "postgres",
        "mysql",
        "system",
        "nobody",
        "anonymous",
        "guest",
        "default",
        "user",
        "service",
        "kubernetes",
        "nginx",
        "www-data",
        "unknown",
        "public",
        "shared",
        "ubuntu",
        "runner",
        "git",
        "ftp",
        "sshd",
        "uucp",
        "daemon",
        "mail",
        "news",
        "test",
        "oracle",
        "backup",
        "jenkins",
        "none",
        "null",
        "zookeeper",
        "kafka",
        "elasticsearch",
        "hdfs",
        "hadoop",
        "yarn",
        "spark",
        "hive",
        "hbase",
        "redis",
        "mongodb",
        "rabbitmq",
        "tomcat",
        "jboss",
        "prometheus",
        "grafana",
        "logstash",
        "kibana",
        "consul",
        "vault",
        "etcd",
        "cassandra",
        "solr",
        "cyrus",
        "named",
        "apache",
        "httpd",
        "mysqld",
        "postfix",
        "dovecot",
        "ntp",
        "dbus",
        "polkitd",
        "chrony",
        "ec2-user",
        "centos",
        "vagrant",
        "debian",
    ];
    let is_name = text.bytes().all(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'@' | 0x80..)
    });
    let has_letter = text.bytes().any(|byte| byte.is_ascii_alphabetic() || byte >= 0x80);
    is_name
        && !is_service(text)
        && has_letter
        && (2..=64).contains(&text.len())
        && !EVERYBODY.contains(&text.to_ascii_lowercase().as_str())
        && !text.contains("system:")
}

/// `ledger_app`, `svc-backup`, `orders-rw`: an account of a program. Nobody is meant, and whose
/// account it was is often the answer.
fn is_service(text: &str) -> bool {
    const WORDS: [&str; 48] = [
        "app",
        "apps",
        "svc",
        "service",
        "services",
        "srv",
        "server",
        "db",
        "database",
        "api",
        "ro",
        "rw",
        "read",
        "readonly",
        "write",
        "owner",
        "admin",
        "root",
        "bot",
        "agent",
        "exporter",
        "operator",
        "controller",
        "system",
        "daemon",
        "worker",
        "replica",
        "replication",
        "replicator",
        "repl",
        "backup",
        "monitor",
        "monitoring",
        "metrics",
        "job",
        "cron",
        "batch",
        "ci",
        "cd",
        "deploy",
        "deployer",
        "node",
        "pod",
        "sa",
        "test",
        "user",
        "prod",
        "staging",
    ];
    let lower = text.to_ascii_lowercase();
    let mut parts = lower.split(['_', '-', '.']);
    lower.contains(['_', '-', '.']) && parts.any(|part| WORDS.contains(&part))
}

/// Not a value but a word for one.
pub(super) fn is_placeholder(text: &str) -> bool {
    const NOTHING: [&str; 22] = [
        "null",
        "none",
        "nil",
        "true",
        "false",
        "undefined",
        "yes",
        "no",
        "redacted",
        "[redacted]",
        "(redacted)",
        "hidden",
        "masked",
        "(hidden)",
        "required",
        "optional",
        "{}",
        "[]",
        "n/a",
        "nan",
        "-",
        "...",
    ];
    let text = text.trim();
    let bytes = text.as_bytes();
    let Some(first) = bytes.first() else { return true };
    NOTHING.contains(&text.to_ascii_lowercase().as_str())
        || (*first == b'<' && bytes.last() == Some(&b'>'))
        || text.starts_with("${")
        || text.starts_with("$(")
        || text.starts_with("{{")
        || text.starts_with("%(")
        || text.starts_with("***")
        || text == "%s"
        || (bytes.len() > 2
            && bytes.iter().all(|byte| byte == first)
            && matches!(first, b'*' | b'x' | b'X' | b'.' | b'#'))
}

pub(super) fn is_path(text: &str) -> bool {
    const ROOTS: [&str; 10] = [
        "/var/",
        "/etc/",
        "/run/",
        "/home/",
        "/opt/",
        "/usr/",
        "/tmp/",
        "/secrets/",
        "./",
        "file:",
    ];
    ROOTS.iter().any(|root| text.starts_with(root))
}
