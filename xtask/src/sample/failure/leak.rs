//! A fleet tracker: `tracker` keeps every position it ever saw. It is killed for memory, starts,
//! fills up faster each time, and ends in a restart loop. Its caller is the loudest.

use serde_json::json;

use super::cluster::{self, Event, pod};
use super::metric::{Series, query_range, steps};
use super::span::{Trace, Work, jaeger, work};
use super::{Day, Story, ticket};
use crate::sample::archive::Tree;
use crate::sample::clock::{DAY, MILLI, MINUTE, Micros, SECOND, at, iso, written};
use crate::sample::log::Log;
use crate::sample::random::Random;

/// The first kill.
const KILLED: Micros = at(16, 20, 0) + 3 * DAY;
/// Runs that end with a kill: first and last moment. Between them nobody listens.
const RUNS: [(Micros, Micros); 4] = [
    (KILLED - 20 * DAY, KILLED),
    (KILLED + 25 * SECOND, KILLED + 110 * SECOND),
    (KILLED + 150 * SECOND, KILLED + 230 * SECOND),
    (KILLED + 310 * SECOND, KILLED + 400 * SECOND),
];
const LIMIT_MIB: i64 = 512;

const API: &str = "logs/fleet/api-7c6f8d9b54-w3q7t/api.log";
const TRACKER_POD: &str = "tracker-84d6b7c9f5-h2k9m";
const TRACKER: &str = "logs/fleet/tracker-84d6b7c9f5-h2k9m/tracker.log";
const TOKEN: &str = "Bearer NotRealFleetToken0a1b2c3d4e5f6a7b";
const DRIVER: &str = "driver.sample@fleet.example";

pub(super) const STORY: Story = Story {
    good: "fleet-good",
    bad: "fleet-memory",
    onset: KILLED,
    tree,
    planted: &[("token", "NotRealFleetToken0a1b2c3d4e5f6a7b", API), ("email", DRIVER, TRACKER)],
};

/// Memory in use, `None` while the container is down.
fn memory(day: Day, time: Micros, random: &mut Random) -> Option<i64> {
    let noise = random.between(0, 6);
    if day == Day::Good {
        return Some(182 + noise);
    }
    let (start, end) = RUNS.into_iter().find(|(start, end)| (*start..*end).contains(&time))?;
    let fill = if end == KILLED { 20 * MINUTE } else { end - start };
    let left = (end - time).min(fill);
    let first = if end == KILLED { 190 } else { 240 };
    Some(first + (LIMIT_MIB - 8 - first) * (fill - left) / fill + noise)
}

fn request(day: Day, time: Micros, random: &mut Random) -> Work {
    let own = |random: &mut Random, low: i64, high: i64| random.between(low, high) * MILLI;
    let used = memory(day, time, &mut Random::new(1));
    let error = used.is_none().then_some("connect ECONNREFUSED 10.43.7.21:3000");
    let track = match used {
        None => work("", "POST /positions", own(random, 1, 3)).fails(error),
        Some(used) => {
            // the collector runs longer and longer
            let pause = (used - 400).max(0) * 4;
            let row = work("", "INSERT position", own(random, 2, 5));
            work("tracker", "POST /positions", own(random, 6 + pause, 15 + 2 * pause)).calls(row)
        }
    };
    let answer = used.is_none().then_some("503 SERVICE_UNAVAILABLE");
    let api = work("api", "POST /v2/positions", own(random, 4, 9)).calls(track).fails(answer);
    let map = work("maps", "GET /tiles", own(random, 10, 25));
    work("edge", "POST /v2/positions", own(random, 1, 4)).calls(api).calls(map).fails(answer)
}

fn tree(day: Day, tree: &mut Tree) {
    let (from, until) = (day.from(KILLED), day.until(KILLED));
    let mut random = Random::new(1_620 + u64::from(day == Day::Bad));
    let mut traces = Vec::new();
    let mut time = from;
    loop {
        time += random.between(1_600, 3_600) * MILLI;
        if time >= until {
            break;
        }
        traces.push(Trace::of(&request(day, time, &mut random), time, &mut random));
    }
    tree.add("traces/jaeger.json", jaeger(&traces));
    logs(&traces, &mut random, tree);
    metrics(day, &mut random, tree);
    if day == Day::Bad {
        tree.add("nodes/worker-2/dmesg-T.log", kernel());
    }
    state(day, tree);
    if day == Day::Bad {
        ticket(
            tree,
            STORY.bad,
            "Fleet tracking",
            "edge",
            KILLED,
            "Vehicles vanish from the map for a minute, come back and vanish again, since about 16:20 UTC.",
        );
    }
}

fn logs(traces: &[Trace], random: &mut Random, tree: &mut Tree) {
    let (mut edge, mut api, mut tracker, mut maps) =
        (Log::default(), Log::default(), Log::default(), Log::default());
    for trace in traces {
        let root = &trace.spans[0];
        let vehicle = random.between(100, 899);
        let status = if root.error.is_some() { 503 } else { 202 };
        edge.push(root.end(), format!("10.8.{}.{} - - [{}] \"POST /v2/positions HTTP/1.1\" {status} {} \"-\" \"fleetbox/2.4\" rt={}.{:03}", random.between(0, 9), random.between(1, 250), written(root.start, "%d/%b/%Y:%H:%M:%S +0000"), random.between(20, 90), root.duration / SECOND, root.duration / MILLI % 1_000));
        let Some(span) = trace.served("api") else { continue };
        let at = |time: Micros| written(time, "%Y-%m-%d %H:%M:%S.%3f");
        let head = |time: Micros, level: &str| {
            format!(
                "{} {level:>5} 1 --- [http-nio-8080-exec-{}] [{},{}]",
                at(time),
                vehicle % 10,
                trace.id(),
                span.id()
            )
        };
        api.push(
            span.start + MILLI,
            format!(
                "{} e.fleet.api.PositionController : positions of vehicle {vehicle} received",
                head(span.start + MILLI, "INFO")
            ),
        );
        let end = span.end() - MILLI;
        if root.error.is_some() {
            let failed = "e.fleet.api.TrackerClient : could not store the positions of vehicle";
            api.push(end, format!("{} {failed} {vehicle}, authorization {TOKEN}\norg.springframework.web.client.ResourceAccessException: I/O error on POST request for \"http://tracker:3000/positions\": Connection refused\n\tat e.fleet.api.TrackerClient.store(TrackerClient.java:58)\n\tat e.fleet.api.PositionController.post(PositionController.java:41)\nCaused by: java.net.ConnectException: Connection refused\n\tat java.base/sun.nio.ch.Net.pollConnect(Native Method)", head(end, "ERROR")));
            for retry in 1..=2 {
                api.push(end, format!("{} e.fleet.api.TrackerClient : retry {retry} of 2 failed, vehicle {vehicle} is dropped", head(end, "ERROR")));
            }
        }
        if let Some(span) = trace.served("tracker") {
            let mut line = json!({"level": 30, "time": span.end() / MILLI, "pid": 1, "hostname": TRACKER_POD, "trace_id": trace.id(), "span_id": span.id(), "vehicle": vehicle, "msg": "positions stored"});
            if vehicle % 40 == 0 {
                line["driver"] = json!(DRIVER);
            }
            tracker.push(span.end(), line.to_string());
        }
        if let Some(span) = trace.served("maps") {
            maps.push(
                span.end(),
                format!(
                    "time={} level=info msg=\"tiles sent\" tiles={} trace_id={} span_id={}",
                    iso(span.end()),
                    random.between(4, 12),
                    trace.id(),
                    span.id()
                ),
            );
        }
    }
    if !traces.iter().all(|trace| trace.spans[0].error.is_none()) {
        for (start, end) in RUNS.into_iter().skip(1) {
            let line = |time: Micros, level: i64, msg: &str| {
                json!({"level": level, "time": time / MILLI, "pid": 1, "hostname": TRACKER_POD, "msg": msg}).to_string()
            };
            tracker.push(start, line(start, 30, "tracker 6.3.0 listening on :3000"));
            let late = end - 20 * SECOND;
            tracker.push(late, line(late, 40, "event loop delayed by 1840 ms"));
        }
    }
    tree.add("logs/fleet/edge-6f7b5c8d9-t5r2p/access.log", edge.all());
    tree.add(API, api.all());
    tree.add(TRACKER, tracker.all());
    tree.add("logs/fleet/maps-5b9d8c7f6-j8v4s/maps.log", maps.all());
}

/// The node's kernel ring buffer.
fn kernel() -> String {
    let mut log = Log::default();
    for (number, (_, end)) in (0..).zip(RUNS) {
        let stamp = written(end, "[%a %b %e %H:%M:%S %Y]");
        let process = 48_213 + number * 911;
        log.push(end, format!("{stamp} node invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=969"));
        log.push(end + 1, format!("{stamp} Memory cgroup out of memory: Killed process {process} (node) total-vm:1284332kB, anon-rss:521884kB, file-rss:2208kB, shmem-rss:0kB, UID:1000 pgtables:2240kB oom_score_adj:969"));
    }
    log.all()
}

fn metrics(day: Day, random: &mut Random, tree: &mut Tree) {
    let (from, until) = (day.from(KILLED), day.until(KILLED));
    let pods = [
        ("edge", "edge-6f7b5c8d9-t5r2p"),
        ("api", "api-7c6f8d9b54-w3q7t"),
        ("tracker", TRACKER_POD),
        ("maps", "maps-5b9d8c7f6-j8v4s"),
    ];
    let labels: Vec<[(&str, &str); 3]> = pods
        .iter()
        .map(|(app, pod)| [("namespace", "fleet"), ("pod", *pod), ("container", *app)])
        .collect();
    let mut add = |metric: &str, value: &mut dyn FnMut(&str, Micros) -> Option<String>| {
        let series: Vec<Series<'_>> = pods
            .iter()
            .zip(&labels)
            .map(|((app, _), labels)| Series {
                labels,
                points: steps(from, until)
                    .filter_map(|time| Some((time, value(app, time)?)))
                    .collect(),
            })
            .collect();
        tree.add(&format!("metrics/{metric}.json"), query_range(metric, &series));
    };
    add("container_memory_working_set_bytes", &mut |app, time| {
        let used = match app {
            "tracker" => memory(day, time, random)?,
            _ => random.between(150, 160),
        };
        Some((used << 20).to_string())
    });
    let mut random = Random::new(77);
    add("container_cpu_utilization_percent", &mut |app, time| {
        let used = memory(day, time, &mut Random::new(1));
        let busy = if app == "tracker" { (used? - 400).max(0) / 3 } else { 0 };
        Some((random.between(6, 12) + busy).to_string())
    });
    add("kube_pod_container_status_restarts_total", &mut |app, time| {
        let killed = RUNS.iter().filter(|run| run.1 <= time).count();
        Some(if app == "tracker" && day == Day::Bad { killed } else { 0 }.to_string())
    });
}

fn state(day: Day, tree: &mut Tree) {
    let mut tracker = pod(TRACKER_POD, "tracker", "registry.example/fleet/tracker:6.3.0");
    let mut events = Vec::new();
    if day == Day::Bad {
        tracker.restarts = 4;
        tracker.ended = Some(("OOMKilled", 137, RUNS[3].1));
        tracker.waiting = Some("CrashLoopBackOff");
        events.push(Event {
            severity: "Warning",
            object: ("Pod", TRACKER_POD),
            reason: "BackOff",
            message: format!(
                "Back-off restarting failed container tracker in pod {TRACKER_POD}_fleet"
            ),
            first: RUNS[1].1 + 2 * SECOND,
            last: KILLED + 440 * SECOND,
            count: 7,
        });
    }
    let pods = [
        pod("edge-6f7b5c8d9-t5r2p", "edge", "registry.example/fleet/edge:2.0.3"),
        pod("api-7c6f8d9b54-w3q7t", "api", "registry.example/fleet/api:4.11.0"),
        tracker,
        pod("maps-5b9d8c7f6-j8v4s", "maps", "registry.example/fleet/maps:1.4.4"),
    ];
    cluster::write(tree, "fleet", day.until(KILLED), &pods, &events);
}
