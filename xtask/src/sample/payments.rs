//! The bridge to the payment provider, a Python program. Its provider is slow now and then on good
//! days too: a failure that is not the outage.

use super::archive::Tree;
use super::clock::{MILLI, MINUTE, Micros, SECOND, written};
use super::log::Log;
use super::random::Random;
use super::scene::Scene;
use super::secrets::{CARD_NUMBER, CUSTOMER_MAIL, PROVIDER_KEY};
use super::traffic::{Request, Service, Step};

pub(crate) const LOG: &str =
    "cluster-resources/pods/logs/shop/payments-58d4c7b9f6-k7g3h/payments.log";

const TRACEBACK: &str = "Traceback (most recent call last):
  File \"/app/payments/provider.py\", line 88, in authorise
    answer = self.session.post(self.address, json=body, timeout=5)
  File \"/app/.venv/lib/python3.13/site-packages/requests/sessions.py\", line 637, in post
    return self.request(\"POST\", url, data=data, json=json, **kwargs)
  File \"/app/.venv/lib/python3.13/site-packages/requests/adapters.py\", line 713, in send
    raise ReadTimeout(e, request=request)
requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='api.northpay.example', port=443): Read timed out. (read timeout=5)";

pub(crate) fn write(scene: Scene, requests: &[Request], tree: &mut Tree) {
    let mut random = Random::new(scene.seed() + 40);
    let mut log = Log::default();
    for request in requests {
        if let Some(step) = request.step(Service::Payments) {
            write_payment(request, step, &mut random, &mut log);
        }
    }
    for time in scene.every(10 * SECOND) {
        log.push(
            time,
            line(time, "INFO", "payments.health", "health ok provider=northpay circuit=closed"),
        );
    }
    let rejected = scene.from() + 13 * MINUTE;
    log.push(rejected, line(rejected, "WARNING", "payments.provider", &format!(
        "provider rejected the request: status=422 api_key={PROVIDER_KEY} card={CARD_NUMBER} receipt_to={CUSTOMER_MAIL}"
    )));
    tree.add(LOG, log.between(scene.from(), scene.until()));
}

fn write_payment(request: &Request, step: &Step, random: &mut Random, log: &mut Log) {
    let ids = format!("[trace_id={} span_id={:016x}]", request.trace_id(), step.id);
    let order = request.order;
    log.push(
        step.start,
        line(
            step.start,
            "INFO",
            "payments.web",
            &format!(
                "{ids} POST /authorisations order=SO-{order} amount={} currency=EUR",
                request.amount()
            ),
        ),
    );
    if step.failure.is_some() {
        log.push(
            step.end(),
            line(
                step.end(),
                "ERROR",
                "payments.provider",
                &format!(
                    "{ids} authorisation of SO-{order} failed after {} ms\n{TRACEBACK}",
                    step.duration / MILLI
                ),
            ),
        );
        return;
    }
    log.push(
        step.end(),
        line(
            step.end(),
            "INFO",
            "payments.provider",
            &format!(
                "{ids} authorised SO-{order} reference=NP{:08} in {} ms",
                random.between(10_000_000, 99_999_999),
                step.duration / MILLI
            ),
        ),
    );
}

fn line(time: Micros, level: &str, logger: &str, text: &str) -> String {
    format!("{} {level} {logger} {text}", written(time, "%Y-%m-%d %H:%M:%S,%3f"))
}
