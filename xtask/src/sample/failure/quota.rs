//! A parcel desk under docker compose: a bulk order makes `labels` ask eight times as often, and
//! the carrier in front of which `carrier-proxy` stands turns requests away. `portal` is loud.

use serde_json::json;

use super::metric::{csv, steps};
use super::span::{Trace, Work, work, zipkin};
use super::{Day, Story, ticket};
use crate::sample::archive::Tree;
use crate::sample::clock::{DAY, MILLI, Micros, SECOND, at, iso, written};
use crate::sample::log::Log;
use crate::sample::random::Random;

/// The carrier begins to turn requests away.
const LIMITED: Micros = at(11, 30, 0) + 5 * DAY;

const LABELS: &str = "docker/labels-json.log";
const SETTINGS: &str = "compose/carrier-proxy.env";
const KEY: &str = "NotRealCarrierKey-93hT5wLq7xBn";
const SENDER: &str = "sender.invented@parcels.example";

pub(super) const STORY: Story = Story {
    good: "parcels-good",
    bad: "parcels-quota",
    onset: LIMITED,
    tree,
    planted: &[("token", KEY, SETTINGS), ("email", SENDER, LABELS)],
};

fn request(limited: bool, random: &mut Random) -> Work {
    let own = |random: &mut Random, low: i64, high: i64| random.between(low, high) * MILLI;
    let refused = (limited && random.chance(70)).then_some("429 Too Many Requests");
    let carrier = work("", "POST carrier /shipments", own(random, 40, 90)).fails(refused);
    let proxy =
        work("carrier-proxy", "POST /shipments", own(random, 3, 7)).calls(carrier).fails(refused);
    let failed = refused.map(|_| "no label");
    let labels = work("labels", "POST /labels", own(random, 8, 20)).calls(proxy).fails(failed);
    let address = work("addresses", "GET /check", own(random, 4, 12));
    work("portal", "POST /parcels", own(random, 5, 10)).calls(address).calls(labels).fails(failed)
}

fn tree(day: Day, tree: &mut Tree) {
    let (from, until) = (day.from(LIMITED), day.until(LIMITED));
    let mut random = Random::new(1_130 + u64::from(day == Day::Bad));
    let mut traces = Vec::new();
    let mut time = from;
    loop {
        time += random.between(1_500, 3_300) * MILLI;
        if time >= until {
            break;
        }
        traces.push(Trace::of(&request(time >= LIMITED, &mut random), time, &mut random));
    }
    tree.add("traces/zipkin.json", zipkin(&traces));
    logs(&traces, &mut random, tree);
    for service in ["portal", "labels", "addresses", "carrier-proxy"] {
        metrics(day, service, &mut random, tree);
    }
    tree.add(SETTINGS, format!("CARRIER_URL=https://api.carrier.example/v4\nCARRIER_API_KEY={KEY}\nCARRIER_RATE_PER_SECOND=12\n"));
    if day == Day::Bad {
        ticket(
            tree,
            STORY.bad,
            "Parcel desk",
            "portal",
            LIMITED,
            "Most labels cannot be printed since half past eleven. A large customer has sent us his whole autumn order this morning.",
        );
    }
}

/// A line as docker's `json-file` driver keeps it.
fn docker(time: Micros, stream: &str, line: &str) -> String {
    json!({"log": format!("{line}\n"), "stream": stream, "time": iso(time)}).to_string()
}

fn logs(traces: &[Trace], random: &mut Random, tree: &mut Tree) {
    let (mut portal, mut labels, mut proxy, mut addresses) =
        (Log::default(), Log::default(), Log::default(), Log::default());
    for trace in traces {
        let parcel = random.between(1_000_000, 9_999_999);
        let root = &trace.spans[0];
        let fails = root.error.is_some();
        let end = root.end() - MILLI;
        if fails {
            for line in [
                "label of parcel could not be made",
                "parcel is put back into the queue",
                "the user was shown an error",
            ] {
                portal.push(
                    end,
                    docker(
                        end,
                        "stderr",
                        &format!(
                            "ts={} level=error msg=\"{line}\" parcel={parcel} trace={} span={}",
                            iso(end),
                            trace.id(),
                            root.id()
                        ),
                    ),
                );
            }
        } else {
            portal.push(
                end,
                docker(
                    end,
                    "stdout",
                    &format!(
                        "ts={} level=info msg=\"parcel accepted\" parcel={parcel} trace={} span={}",
                        iso(end),
                        trace.id(),
                        root.id()
                    ),
                ),
            );
        }
        if let Some(span) = trace.served("labels") {
            let at = span.end() - MILLI;
            let stamp = written(at, "%Y-%m-%d %H:%M:%S,%3f");
            let ids = format!("trace_id={} span_id={}", trace.id(), span.id());
            let mail = if parcel % 50 == 0 { SENDER } else { "on file" };
            let line = if fails {
                format!(
                    "{stamp} ERROR labels.worker {ids} no label for parcel {parcel}: proxy answered 429, giving up after 3 attempts"
                )
            } else {
                format!(
                    "{stamp} INFO labels.worker {ids} label for parcel {parcel} printed, sender {mail}"
                )
            };
            labels.push(at, docker(at, if fails { "stderr" } else { "stdout" }, &line));
        }
        if let Some(span) = trace.served("carrier-proxy") {
            let at = span.end() - MILLI;
            let ids = format!("traceId={} spanId={}", trace.id(), span.id());
            let stamp = written(at, "%Y-%m-%dT%H:%M:%S.%3fZ");
            let line = if fails {
                format!(
                    "{stamp} WARN proxy {ids} carrier answered 429 Too Many Requests, rate limit exceeded, retry after {} s",
                    random.between(20, 60)
                )
            } else {
                format!(
                    "{stamp} INFO proxy {ids} carrier answered 201 in {} ms",
                    span.duration / MILLI
                )
            };
            proxy.push(at, docker(at, "stdout", &line));
        }
        if let Some(span) = trace.served("addresses") {
            let line = json!({"timestamp": iso(span.end()), "severity": "INFO", "message": "address checked", "trace_id": trace.id(), "span_id": span.id()});
            addresses.push(span.end(), docker(span.end(), "stdout", &line.to_string()));
        }
    }
    tree.add("docker/portal-json.log", portal.all());
    tree.add(LABELS, labels.all());
    tree.add("docker/carrier-proxy-json.log", proxy.all());
    tree.add("docker/addresses-json.log", addresses.all());
}

fn metrics(day: Day, service: &str, random: &mut Random, tree: &mut Tree) {
    let rows: Vec<(Micros, Vec<String>)> = steps(day.from(LIMITED), day.until(LIMITED))
        .map(|time| {
            // the order begins a minute before the carrier has enough of it
            let bulk = day == Day::Bad && time >= LIMITED - 60 * SECOND && service != "addresses";
            let rate = if bulk { random.between(90, 104) } else { random.between(10, 14) };
            let percent = random.between(9, 15) + if bulk { 6 } else { 0 };
            (time, vec![rate.to_string(), percent.to_string()])
        })
        .collect();
    let names = ["requests_per_second", "cpu_utilization_percent"];
    tree.add(&format!("metrics/{service}.csv"), csv(&names, &rows));
}
