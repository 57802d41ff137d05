//! A box office: at nine the certificate that `seats` serves with runs out. Nobody deployed
//! anything; `seats` itself is idle and well, the gateway is the loudest.

use serde_json::json;

use super::cluster::{self, pod};
use super::metric::{Series, open_metrics, steps};
use super::span::{Trace, Work, otlp, work};
use super::{Day, Story, ticket};
use crate::sample::archive::Tree;
use crate::sample::clock::{DAY, MILLI, Micros, SECOND, at, iso, written};
use crate::sample::log::Log;
use crate::sample::random::Random;

/// The first second in which the certificate is no longer valid.
const EXPIRY: Micros = at(9, 0, 0) + 2 * DAY;

const BOOKING: &str = "logs/boxoffice/booking-6d4f9c7b58-kx7wp/booking.log";
const SETTINGS: &str = "config/booking.env";
const PASSWORD: &str = "NotReal-Booking-4vQ81zRt";
const BUYER: &str = "nora.invented@mail.example";

pub(super) const STORY: Story = Story {
    good: "boxoffice-good",
    bad: "boxoffice-certificate",
    onset: EXPIRY,
    tree,
    planted: &[("password", PASSWORD, SETTINGS), ("email", BUYER, BOOKING)],
};

const EXPIRED: &str =
    "tls: failed to verify certificate: x509: certificate has expired or is not yet valid";

fn request(index: i64, expired: bool, random: &mut Random) -> Work {
    let own = |random: &mut Random, low: i64, high: i64| random.between(low, high) * MILLI;
    if index % 3 == 0 {
        let list = work("catalogue", "GET /events", own(random, 8, 22));
        return work("gateway", "GET /events", own(random, 2, 5)).calls(list);
    }
    let error = expired.then_some(EXPIRED);
    let hold = if expired {
        work("", "POST /holds", own(random, 3, 9)).fails(error)
    } else {
        let row = work("", "INSERT hold", own(random, 2, 6));
        work("seats", "POST /holds", own(random, 9, 24)).calls(row)
    };
    let mut book = work("booking", "POST /bookings", own(random, 5, 14)).calls(hold);
    if !expired {
        book = book.calls(work("payment", "POST /charges", own(random, 30, 80)));
    }
    let book = book.fails(expired.then_some("could not hold the seats"));
    work("gateway", "POST /bookings", own(random, 2, 5))
        .calls(book)
        .fails(expired.then_some("upstream answered 502"))
}

fn tree(day: Day, tree: &mut Tree) {
    let (from, until) = (day.from(EXPIRY), day.until(EXPIRY));
    let mut random = Random::new(900 + u64::from(day == Day::Bad));
    let mut traces = Vec::new();
    let mut time = from;
    for index in 0.. {
        time += random.between(1_400, 3_400) * MILLI;
        if time >= until {
            break;
        }
        let expired = time >= EXPIRY;
        traces.push(Trace::of(&request(index, expired, &mut random), time, &mut random));
    }
    tree.add("traces/otlp.jsonl", otlp(&traces));
    logs(&traces, &mut random, tree);
    metrics(from, until, &mut random, tree);
    tree.add(SETTINGS, format!("SEATS_URL=https://seats.boxoffice.svc:8443\nDB_USER=booking\nDB_PASSWORD={PASSWORD}\nHOLD_TIMEOUT=3s\n"));
    tree.add("config/seats-server.crt.txt", "subject=CN = seats.boxoffice.svc\nissuer=CN = boxoffice internal CA\nnotBefore=Nov 19 09:00:00 2025 GMT\nnotAfter=Nov 19 09:00:00 2026 GMT\n");
    let pods = [
        pod("gateway-5c9f7d6b4-2vhqm", "gateway", "registry.example/boxoffice/gateway:3.2.0"),
        pod("booking-6d4f9c7b58-kx7wp", "booking", "registry.example/boxoffice/booking:5.1.4"),
        pod("seats-7b8d5f6c94-n4j2x", "seats", "registry.example/boxoffice/seats:2.8.1"),
        pod("payment-68c4b9d7f5-z6t8k", "payment", "registry.example/boxoffice/payment:4.0.2"),
        pod(
            "catalogue-86f5d9c7b4-q9m3c",
            "catalogue",
            "registry.example/boxoffice/catalogue:1.9.0",
        ),
    ];
    cluster::write(tree, "boxoffice", until, &pods, &[]);
    if day == Day::Bad {
        ticket(
            tree,
            STORY.bad,
            "Box office",
            "gateway",
            EXPIRY,
            "Since nine o'clock nobody can buy a ticket, the list of events is fine. We have not changed anything this week.",
        );
    }
}

fn logs(traces: &[Trace], random: &mut Random, tree: &mut Tree) {
    let (mut gateway, mut booking, mut seats, mut payment) =
        (Log::default(), Log::default(), Log::default(), Log::default());
    let mut catalogue = Log::default();
    for trace in traces {
        let root = &trace.spans[0];
        let (status, flags) = if root.error.is_some() { (502, "URX") } else { (200, "-") };
        let millis = root.duration / MILLI;
        gateway.push(root.end(), format!("[{}] \"{} HTTP/1.1\" {status} {flags} 212 {} {millis} {} \"-\" \"okhttp/4.12.0\" \"{}\" \"boxoffice.example\" \"10.42.1.9:8080\"", iso(root.start), root.operation, random.between(80, 4_000), millis - 1, trace.id()));
        if root.error.is_some() {
            for attempt in 1..=3 {
                let time = root.start + attempt * root.duration / 4;
                gateway.push(time, format!("[{}][31][error][router] [source/common/router/retry_state_impl.cc:88] [Tags: \"ConnectionId\":\"{}\"] upstream of /bookings answered 502, retry {attempt} of 3", written(time, "%Y-%m-%d %H:%M:%S.%3f"), random.between(1_000, 9_000)));
            }
        }
        if let Some(span) = trace.served("catalogue") {
            catalogue.push(
                span.end(),
                format!(
                    "{} INFO catalogue.views: {} events listed in {} ms",
                    written(span.end(), "%Y-%m-%d %H:%M:%S,%3f"),
                    random.between(20, 60),
                    span.duration / MILLI
                ),
            );
        }
        if let Some(span) = trace.served("booking") {
            let ids = |time: Micros, level: &str, msg: &str| json!({"time": iso(time), "level": level, "msg": msg, "trace_id": trace.id(), "span_id": span.id()});
            let number = random.between(100_000, 999_999);
            let mut begun = ids(span.start + MILLI, "INFO", "booking received");
            begun["buyer"] = json!(if number % 9 == 0 { BUYER } else { "guest" });
            booking.push(span.start + MILLI, begun.to_string());
            let time = span.end() - MILLI;
            match trace.waits("booking", "POST /holds").and_then(|it| it.error) {
                Some(error) => {
                    let mut line = ids(time, "ERROR", "could not hold the seats");
                    line["error"] = json!(format!(
                        "Post \"https://seats.boxoffice.svc:8443/holds\": {error}: current time {} is after 2026-11-19T09:00:00Z",
                        written(time, "%Y-%m-%dT%H:%M:%SZ")
                    ));
                    booking.push(time, line.to_string());
                    seats.push(time, format!("{} http: TLS handshake error from 10.42.3.17:{}: remote error: tls: bad certificate", written(time, "%Y/%m/%d %H:%M:%S"), random.between(32_768, 60_999)));
                }
                None => booking.push(time, ids(time, "INFO", "booking confirmed").to_string()),
            }
        }
        if let Some(span) = trace.served("seats") {
            seats.push(
                span.end(),
                format!(
                    "{} hold {} placed in row {} trace_id={} span_id={}",
                    written(span.end(), "%Y/%m/%d %H:%M:%S"),
                    random.between(10_000, 99_999),
                    random.between(1, 40),
                    trace.id(),
                    span.id()
                ),
            );
        }
        if let Some(span) = trace.served("payment") {
            payment.push(span.end(), format!("{} INFO 1 --- [nio-8080-exec-{}] example.payment.ChargeService : charge of {}.{:02} EUR accepted", iso(span.end()), random.between(1, 9), random.between(10, 180), random.between(0, 99)));
        }
    }
    tree.add("logs/boxoffice/gateway-5c9f7d6b4-2vhqm/gateway.log", gateway.all());
    tree.add(BOOKING, booking.all());
    tree.add("logs/boxoffice/seats-7b8d5f6c94-n4j2x/seats.log", seats.all());
    tree.add("logs/boxoffice/payment-68c4b9d7f5-z6t8k/payment.log", payment.all());
    tree.add("logs/boxoffice/catalogue-86f5d9c7b4-q9m3c/catalogue.log", catalogue.all());
}

fn metrics(from: Micros, until: Micros, random: &mut Random, tree: &mut Tree) {
    let services = ["gateway", "booking", "seats", "payment", "catalogue"];
    let idle =
        |service: &str, time: Micros| time >= EXPIRY && matches!(service, "seats" | "payment");
    let mut all = |metric: &str, value: &mut dyn FnMut(&str, Micros) -> String| {
        let labels: Vec<[(&str, &str); 1]> = services.iter().map(|it| [("service", *it)]).collect();
        let series: Vec<Series<'_>> = services
            .iter()
            .zip(&labels)
            .map(|(service, labels)| Series {
                labels,
                points: steps(from, until).map(|time| (time, value(service, time))).collect(),
            })
            .collect();
        tree.add(
            &format!("metrics/{metric}.om"),
            open_metrics(metric, "gauge", &series) + "# EOF\n",
        );
    };
    all("http_server_requests_per_second", &mut |service, time| {
        let rate = if idle(service, time) { 0 } else { random.between(1_700, 2_100) };
        format!("{}.{:02}", rate / 100, rate % 100)
    });
    let mut random = Random::new(911);
    all("process_cpu_utilization_percent", &mut |service, time| {
        let percent = if idle(service, time) { 10 } else { random.between(60, 110) };
        format!("{}.{}", percent / 10, percent % 10)
    });
    debug_assert_eq!(until % SECOND, 0);
}
