//! What a series measures, told from the words of its name: the names of exporters differ, the
//! words in them hardly do.

use super::counter;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Measure {
    Cpu,
    Memory,
    Disk,
    /// Bytes and packets: they follow the traffic.
    Network,
    /// Pools, connections, threads, queues, descriptors.
    Saturation,
    /// How long a component takes to answer.
    Latency,
    /// How long a component waits for others.
    ClientLatency,
    Traffic,
    /// Higher is worse.
    Failures,
    /// Lower is worse.
    Success,
    Restarts,
    Other,
}

/// What is known of a series before its values are judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Meaning {
    pub(crate) measure: Measure,
    /// Measured on the machine, not in the container.
    pub(crate) of_host: bool,
    pub(crate) counter: bool,
    /// Seen by the caller of an edge; `None` where a name does not say.
    pub(crate) caller_side: Option<bool>,
    /// The smallest change that counts, in the unit of the series.
    pub(crate) floor: f64,
    /// What a second is in the unit of the series; for times only.
    pub(crate) second: f64,
    pub(crate) percent: bool,
    /// Counts what is left, not what is used.
    pub(crate) counts_room: bool,
}

/// Latency: below it people and timeouts notice nothing.
const LATENCY_FLOOR_SECONDS: f64 = 0.005;
/// Percent of the capacity of a processor or a memory: an idle service that stirs is no cause.
const CAPACITY_FLOOR_PERCENT: f64 = 5.0;
/// Percent of requests.
const REQUESTS_FLOOR_PERCENT: f64 = 1.0;
/// Requests a second.
const RATE_FLOOR: f64 = 1.0;
/// A twentieth of a core.
const MILLICORES_FLOOR: f64 = 50.0;
const CORES_FLOOR: f64 = 0.05;
const MEBIBYTES_FLOOR: f64 = 32.0;
const BYTES_FLOOR: f64 = 32.0 * 1024.0 * 1024.0;
/// Bytes a second.
const TRANSFER_FLOOR: f64 = 64.0 * 1024.0;
/// Connections, threads, entries of a queue.
const ENTRIES_FLOOR: f64 = 5.0;
/// Latencies of services lie below this many seconds and above this many milliseconds.
const SECONDS_MEDIAN_MAX: f64 = 50.0;

const SUCCESS: [&str; 4] = ["availability", "success", "successes", "uptime"];
const FAILURES: [&str; 20] = [
    "error",
    "errors",
    "failure",
    "failures",
    "failed",
    "fault",
    "faults",
    "exception",
    "exceptions",
    "5xx",
    "4xx",
    "throttle",
    "throttled",
    "throttles",
    "rejected",
    "rejections",
    "timeout",
    "timeouts",
    "dropped",
    "retransmits",
];
const LATENCY: [&str; 6] = ["latency", "duration", "elapsed", "rtt", "delay", "lag"];
const CLIENT: [&str; 6] = ["client", "outgoing", "outbound", "upstream", "egress", "dependency"];
const TRAFFIC: [&str; 7] = ["request", "requests", "rps", "qps", "throughput", "calls", "rate"];
const CPU: [&str; 3] = ["cpu", "load1", "processor"];
const MEMORY: [&str; 7] = ["memory", "mem", "rss", "heap", "swap", "ram", "working"];
const DISK: [&str; 8] =
    ["disk", "fs", "filesystem", "iops", "inode", "inodes", "volume", "storage"];
const NETWORK: [&str; 6] = ["network", "receive", "transmit", "packets", "bandwidth", "syscall"];
const SATURATION: [&str; 12] = [
    "connections",
    "connection",
    "pool",
    "threads",
    "goroutines",
    "fds",
    "descriptors",
    "handles",
    "queue",
    "backlog",
    "pending",
    "inflight",
];
const CALLER_SIDE: [&str; 4] = ["source", "client", "outbound", "reporter_source"];
const CALLEE_SIDE: [&str; 4] = ["destination", "server", "inbound", "reporter_destination"];

/// What a series of this name measures.
pub(crate) fn of(metric: &str, labels: &[(&str, &str)], values: &[f64]) -> Meaning {
    let words = words(metric);
    let has = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    let edge = labels.iter().any(|(key, _)| key.starts_with("source"))
        && labels.iter().any(|(key, _)| key.starts_with("destination"));
    let measure = if has(&SUCCESS) {
        Measure::Success
    } else if has(&["restarts", "restart"]) {
        Measure::Restarts
    } else if has(&LATENCY) || (words.join("_").contains("response_time")) {
        if has(&CLIENT) && !edge { Measure::ClientLatency } else { Measure::Latency }
    } else if has(&FAILURES) {
        Measure::Failures
    } else if has(&CPU) {
        Measure::Cpu
    } else if has(&MEMORY) {
        Measure::Memory
    } else if has(&NETWORK) {
        Measure::Network
    } else if has(&DISK) {
        Measure::Disk
    } else if has(&SATURATION) {
        Measure::Saturation
    } else if has(&TRAFFIC) {
        Measure::Traffic
    } else if edge && has(&["edge", "edges"]) {
        // who exports edges without saying of what, exports their latency
        Measure::Latency
    } else {
        Measure::Other
    };
    let is_time = matches!(measure, Measure::Latency | Measure::ClientLatency);
    let millis = has(&["ms", "millis", "milliseconds"]);
    let middle = super::robust::median(&mut values.to_vec()).unwrap_or(0.0);
    let seconds_told = has(&["seconds", "second", "s"]);
    let second = if millis || (is_time && !seconds_told && middle > SECONDS_MEDIAN_MAX) {
        1_000.0
    } else {
        1.0
    };
    let percent = has(&["percent", "pct", "percentage"])
        || (has(&["utilization", "usage", "ratio"]) && has(&["percent"]))
        || matches!(measure, Measure::Success) && values.iter().any(|value| *value > 1.5);
    let ends_like_counter = metric.ends_with("_total") || metric.ends_with("_count");
    let counter = (ends_like_counter || (is_plain_count(measure) && counter::rises(values)))
        && values.len() > 1;
    Meaning {
        measure,
        of_host: words
            .first()
            .is_some_and(|word| matches!(word.as_str(), "node" | "host" | "machine")),
        counter,
        caller_side: if has(&CALLER_SIDE) {
            Some(true)
        } else {
            has(&CALLEE_SIDE).then_some(false)
        },
        floor: floor(measure, percent, second, &has),
        second,
        percent,
        counts_room: has(&["free", "available", "avail", "remaining", "left"]),
    }
}

/// Measures of which exporters write running totals without saying so.
fn is_plain_count(measure: Measure) -> bool {
    matches!(measure, Measure::Failures | Measure::Traffic)
}

fn floor(measure: Measure, percent: bool, second: f64, has: &dyn Fn(&[&str]) -> bool) -> f64 {
    match measure {
        Measure::Latency | Measure::ClientLatency => LATENCY_FLOOR_SECONDS * second,
        Measure::Cpu | Measure::Memory | Measure::Disk if percent => CAPACITY_FLOOR_PERCENT,
        Measure::Cpu if has(&["millicores", "milli"]) => MILLICORES_FLOOR,
        Measure::Cpu => CORES_FLOOR,
        Measure::Memory | Measure::Disk if has(&["mebibytes", "megabytes", "mib", "mb"]) => {
            MEBIBYTES_FLOOR
        }
        Measure::Memory | Measure::Disk => BYTES_FLOOR,
        Measure::Network => TRANSFER_FLOOR,
        Measure::Saturation => ENTRIES_FLOOR,
        Measure::Success | Measure::Failures if percent => REQUESTS_FLOOR_PERCENT,
        Measure::Success => REQUESTS_FLOOR_PERCENT / 100.0,
        Measure::Restarts => 0.5,
        Measure::Failures | Measure::Traffic | Measure::Other => RATE_FLOOR,
    }
}

/// The words of a name: `containerCpuUsage_total` is container, cpu, usage, total.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut lower_before = false;
    for letter in name.chars() {
        let splits =
            !letter.is_ascii_alphanumeric() || (letter.is_ascii_uppercase() && lower_before);
        if splits && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_ascii_alphanumeric() {
            word.push(letter.to_ascii_lowercase());
        }
        lower_before = letter.is_ascii_lowercase();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_they_measure() {
        let measure = |name: &str| of(name, &[], &[1.0]).measure;
        assert_eq!(measure("container_cpu_usage_millicores"), Measure::Cpu);
        assert_eq!(measure("jvmHeapUsed"), Measure::Memory);
        assert_eq!(measure("pod_client_latency_seconds"), Measure::ClientLatency);
        assert_eq!(measure("http_server_request_duration_seconds"), Measure::Latency);
        assert_eq!(measure("pod_success_percent"), Measure::Success);
        assert_eq!(measure("http_requests_total"), Measure::Traffic);
        assert_eq!(measure("http_requests_failed_total"), Measure::Failures);
        assert_eq!(measure("hikaricp_connections_pending"), Measure::Saturation);
        assert_eq!(measure("node_network_receive_bytes"), Measure::Network);
    }

    #[test]
    fn units_set_the_floor() {
        assert!(of("node_cpu_utilization_percent", &[], &[3.0]).of_host);
        assert!((of("latency_ms", &[], &[3.0]).floor - 5.0).abs() < f64::EPSILON);
        assert!((of("latency", &[], &[0.3]).floor - 0.005).abs() < f64::EPSILON);
        assert!(of("http_requests_total", &[], &[1.0, 2.0]).counter);
        assert!(!of("pod_request_rate", &[], &[1.0, 2.0]).counter);
    }
}
