//! The ingress: access log, error log and the controller's own klog.

use super::archive::Tree;
use super::clock::{MILLI, MINUTE, Micros, SECOND, written};
use super::log::Log;
use super::random::Random;
use super::scene::{ROLLED_OUT, ROLLOUT, Scene};
use super::secrets::{RESET_TOKEN, SESSION_COOKIE};
use super::traffic::{Failure, Page, Request, Service};

pub(crate) const ACCESS_LOG: &str =
    "nginx/ingress-nginx/ingress-nginx-controller-5b8c9d7f6c-2lq8r/access.log";
const ERROR_LOG: &str = "nginx/ingress-nginx/ingress-nginx-controller-5b8c9d7f6c-2lq8r/error.log";
const CONTROLLER_LOG: &str = "cluster-resources/pods/logs/ingress-nginx/ingress-nginx-controller-5b8c9d7f6c-2lq8r/controller.log";

const AGENTS: [&str; 5] = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile",
    "shop-app/5.12.0 (iOS 19.1)",
];

pub(crate) fn write(scene: Scene, requests: &[Request], tree: &mut Tree) {
    tree.add(ACCESS_LOG, access(scene, requests).all());
    tree.add(ERROR_LOG, errors(requests).all());
    tree.add(CONTROLLER_LOG, controller(scene).all());
}

fn access(scene: Scene, requests: &[Request]) -> Log {
    let mut random = Random::new(scene.seed() + 10);
    let mut log = Log::default();
    for request in requests {
        log.push(request.steps[0].end(), access_line(request, &mut random));
    }
    for time in scene.every(15 * SECOND) {
        let seconds = format!("0.00{}", random.between(1, 4));
        log.push(
            time,
            format!(
                "10.42.0.1 - - [{}] \"GET /healthz HTTP/1.1\" 200 2 \"-\" \"kube-probe/1.33\" 112 {seconds} [shop-storefront-3000] [] 10.42.3.17:3000 2 {seconds} 200 -",
                written(time, "%d/%b/%Y:%H:%M:%S +0000"),
            ),
        );
    }
    let reset = scene.from() + 7 * MINUTE;
    log.push(
        reset,
        format!(
            "198.51.100.77 - - [{}] \"GET /account/reset?reset_token={RESET_TOKEN}&next=%2Fcart HTTP/2.0\" 302 0 \"-\" \"{}\" 388 0.021 [shop-storefront-3000] [] 10.42.3.17:3000 0 0.020 302 Cookie:shop_session={SESSION_COOKIE}",
            written(reset, "%d/%b/%Y:%H:%M:%S +0000"),
            AGENTS[0],
        ),
    );
    log
}

fn access_line(request: &Request, random: &mut Random) -> String {
    let step = &request.steps[0];
    let status = status(request);
    let bytes = if status == 200 { random.between(2_100, 61_000) } else { 157 };
    let seconds = step.duration / 1_000;
    let upstream = (step.duration - 800) / 1_000;
    format!(
        "203.0.113.{} - - [{}] \"{} HTTP/2.0\" {status} {bytes} \"https://shop.example/\" \"{}\" {} {}.{:03} [shop-storefront-3000] [] 10.42.3.{}:3000 {bytes} {}.{:03} {status} {}",
        request.customer % 250 + 1,
        written(step.end(), "%d/%b/%Y:%H:%M:%S +0000"),
        request_line(request),
        random.pick(&AGENTS),
        random.between(310, 940),
        seconds / 1_000,
        seconds % 1_000,
        if request.lane == 0 { 17 } else { 23 },
        upstream / 1_000,
        upstream % 1_000,
        request.trace_id(),
    )
}

/// What the customer gets.
pub(crate) fn status(request: &Request) -> u16 {
    let checkout = request.step(Service::Checkout).and_then(|step| step.failure);
    match checkout {
        None => 200,
        Some(Failure::Deadline) => 504,
        Some(_) => 502,
    }
}

/// Method and address of the request.
pub(crate) fn request_line(request: &Request) -> String {
    match request.page {
        Page::Product => format!("GET /p/{}", request.item),
        Page::Search => format!("GET /search?q=article+{}", request.item),
        Page::Cart => String::from("POST /cart"),
        Page::Order => String::from("POST /checkout"),
    }
}

fn errors(requests: &[Request]) -> Log {
    let mut log = Log::default();
    for (index, request) in requests.iter().enumerate() {
        if !request.failed() {
            continue;
        }
        let end = request.steps[0].end();
        let cause = if status(request) == 504 {
            "upstream timed out (110: Operation timed out) while reading response header from upstream"
        } else {
            "upstream prematurely closed connection while reading response header from upstream"
        };
        log.push(
            end,
            format!(
                "{} [error] 31#31: *{} {cause}, client: 203.0.113.{}, server: shop.example, request: \"{} HTTP/2.0\", upstream: \"http://10.42.3.{}:3000/checkout\", host: \"shop.example\"",
                written(end, "%Y/%m/%d %H:%M:%S"),
                81_000 + index,
                request.customer % 250 + 1,
                request_line(request),
                if request.lane == 0 { 17 } else { 23 },
            ),
        );
    }
    let warned = requests[0].start() + 90 * SECOND;
    log.push(
        warned,
        format!(
            "{} [warn] 31#31: *81077 a client request body is buffered to a temporary file /tmp/nginx/client-body/0000000012, client: 203.0.113.9, server: shop.example, request: \"POST /cart HTTP/2.0\", host: \"shop.example\"",
            written(warned, "%Y/%m/%d %H:%M:%S"),
        ),
    );
    log
}

fn controller(scene: Scene) -> Log {
    let mut log = Log::default();
    let mut note = |time: Micros, level: char, place: &str, text: &str| {
        log.push(time, klog(level, time, 7, place, text));
    };
    for time in scene.every(5 * MINUTE) {
        note(
            time,
            'I',
            "store.go:440",
            "\"Found valid IngressClass\" ingress=\"shop/shop\" ingressclass=\"nginx\"",
        );
        note(time + 3 * MILLI, 'I', "controller.go:210", "\"Backend successfully reloaded\"");
    }
    if scene == Scene::Outage {
        for time in [ROLLOUT + 21 * SECOND, ROLLED_OUT] {
            note(
                time,
                'I',
                "controller.go:190",
                "\"Configuration changes detected, backend reload required\"",
            );
        }
        note(
            ROLLED_OUT + 2 * SECOND,
            'W',
            "controller.go:1108",
            "Service \"shop/ledger\" does not have any active Endpoint for port 8081",
        );
    }
    log
}

/// A line as Kubernetes' own programs write it.
pub(crate) fn klog(level: char, time: Micros, process: u32, place: &str, text: &str) -> String {
    format!("{level}{} {process:>7} {place}] {text}", written(time, "%m%d %H:%M:%S.%6f"))
}
