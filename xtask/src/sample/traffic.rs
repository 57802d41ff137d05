//! The requests of the shop and their steps through its services. Every log and the traces are
//! written from these, so that ids and times agree across them. No text formats here.

use super::clock::{MILLI, Micros, SECOND};
use super::random::Random;
use super::scene::{KILLED, Phase, RESTARTED, ROLLED_OUT, Scene};

/// How long checkout waits for the ledger.
const LEDGER_DEADLINE: Micros = 10 * SECOND;
/// How long the ledger waits for a connection.
const POOL_PATIENCE: Micros = 30 * SECOND;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    Ingress,
    Storefront,
    Checkout,
    Ledger,
    Payments,
}

impl Service {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ingress => "ingress-nginx",
            Self::Storefront => "storefront",
            Self::Checkout => "checkout",
            Self::Ledger => "ledger",
            Self::Payments => "payments",
        }
    }

    /// The pod that a request meets; `lane` tells replicas apart.
    pub(crate) fn pod(self, scene: Scene, time: Micros, lane: usize) -> &'static str {
        let replaced = scene == Scene::Outage && time >= ROLLED_OUT;
        match (self, lane, replaced) {
            (Self::Ingress, _, _) => "ingress-nginx-controller-5b8c9d7f6c-2lq8r",
            (Self::Storefront, 0, _) => "storefront-7f9c6d5b8-4hj2k",
            (Self::Storefront, _, _) => "storefront-7f9c6d5b8-p8s6w",
            (Self::Checkout, 0, _) => "checkout-6b7d9f8c4-d5m9t",
            (Self::Checkout, _, _) => "checkout-6b7d9f8c4-x2v7n",
            (Self::Ledger, 0, false) => "ledger-6d5f8c7b94-q2w8x",
            (Self::Ledger, _, false) => "ledger-6d5f8c7b94-t7k4m",
            (Self::Ledger, 0, true) => "ledger-79c6b5f4d8-h9z2p",
            (Self::Ledger, _, true) => "ledger-79c6b5f4d8-m4x7c",
            (Self::Payments, _, _) => "payments-58d4c7b9f6-k7g3h",
        }
    }
}

/// Why a step failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The ledger had no connection within its patience.
    PoolTimeout,
    /// Nobody listened: the pod was being restarted.
    Refused,
    /// The pod was killed in the middle of the request.
    Reset,
    /// The caller stopped waiting.
    Deadline,
    /// A callee failed, so this step failed.
    Upstream,
    /// The payment provider did not answer; happens on good days too.
    ProviderTimeout,
}

/// One step of a request: a span, and what the service's log speaks of.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) service: Service,
    pub(crate) operation: &'static str,
    pub(crate) id: u64,
    pub(crate) parent: Option<u64>,
    pub(crate) start: Micros,
    pub(crate) duration: Micros,
    pub(crate) failure: Option<Failure>,
}

impl Step {
    pub(crate) fn end(&self) -> Micros {
        self.start + self.duration
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    Product,
    Search,
    Cart,
    Order,
}

/// A request with all its steps; the first is the ingress.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) trace: [u64; 2],
    pub(crate) page: Page,
    pub(crate) lane: usize,
    pub(crate) customer: i64,
    pub(crate) item: i64,
    pub(crate) order: i64,
    pub(crate) cents: i64,
    pub(crate) steps: Vec<Step>,
}

impl Request {
    pub(crate) fn trace_id(&self) -> String {
        format!("{:016x}{:016x}", self.trace[0], self.trace[1])
    }

    /// The first step of a service.
    pub(crate) fn step(&self, service: Service) -> Option<&Step> {
        self.steps.iter().find(|step| step.service == service)
    }

    pub(crate) fn start(&self) -> Micros {
        self.steps[0].start
    }

    pub(crate) fn failed(&self) -> bool {
        self.steps[0].failure.is_some()
    }

    pub(crate) fn amount(&self) -> String {
        format!("{}.{:02}", self.cents / 100, self.cents % 100)
    }
}

/// All requests of a scene, by start. The logs hold one request in fifty of the real rate.
pub(crate) fn requests(scene: Scene) -> Vec<Request> {
    let mut random = Random::new(scene.seed());
    let mut requests = Vec::new();
    let mut time = scene.from();
    let mut order = 118_000 + scene.since_midnight(time) / (40 * SECOND);
    loop {
        time += random.between(250, 2_150) * MILLI + random.between(0, 1_000);
        if time >= scene.until() {
            return requests;
        }
        order += 1;
        requests.push(request(scene, time, order, &mut random));
    }
}

fn request(scene: Scene, start: Micros, order: i64, random: &mut Random) -> Request {
    let page = *random.pick(&[
        Page::Product,
        Page::Product,
        Page::Product,
        Page::Search,
        Page::Cart,
        Page::Cart,
        Page::Order,
        Page::Order,
    ]);
    let mut made = Request {
        trace: [random.next(), random.next()],
        page,
        lane: if random.chance(50) { 0 } else { 1 },
        customer: random.between(20_000, 24_000),
        item: random.between(1_000, 1_240),
        order,
        cents: random.between(990, 24_990),
        steps: Vec::new(),
    };
    let hop = random.between(400, 1_900);
    let own = random.between(6, 60) * MILLI;
    let inner = if page == Page::Order {
        order_steps(scene, start + 2 * hop, made.lane, random)
    } else {
        Vec::new()
    };
    let failure = inner.first().and_then(|step| step.failure).map(|_| Failure::Upstream);
    let waited = inner.first().map_or(0, |step| step.duration);
    let ingress = Step {
        service: Service::Ingress,
        operation: page.operation(),
        id: random.next(),
        parent: None,
        start,
        duration: waited + own + 4 * hop,
        failure,
    };
    let storefront = Step {
        service: Service::Storefront,
        operation: page.operation(),
        id: random.next(),
        parent: Some(ingress.id),
        start: start + hop,
        duration: waited + own + 2 * hop,
        failure,
    };
    let caller = storefront.id;
    made.steps = vec![ingress, storefront];
    for mut step in inner {
        step.parent = step.parent.or(Some(caller));
        made.steps.push(step);
    }
    made
}

/// The steps below the storefront when an order is placed: checkout first.
fn order_steps(scene: Scene, start: Micros, lane: usize, random: &mut Random) -> Vec<Step> {
    let mut checkout = Step {
        service: Service::Checkout,
        operation: "POST /api/orders",
        id: random.next(),
        parent: None,
        start,
        duration: 0,
        failure: None,
    };
    let mut ledger = Step {
        service: Service::Ledger,
        operation: "POST /postings",
        id: random.next(),
        parent: Some(checkout.id),
        start: start + random.between(2, 9) * MILLI,
        duration: 0,
        failure: None,
    };
    let down = scene == Scene::Outage && lane == 0 && (KILLED..RESTARTED).contains(&ledger.start);
    if down {
        checkout.duration = random.between(4, 14) * MILLI;
        checkout.failure = Some(Failure::Refused);
        return vec![checkout];
    }
    let wait = pool_wait(scene.phase(ledger.start), random);
    let killed = scene == Scene::Outage
        && lane == 0
        && ledger.start < KILLED
        && ledger.start + wait >= KILLED;
    if killed && KILLED - ledger.start < LEDGER_DEADLINE {
        checkout.duration = KILLED - checkout.start + random.between(1, 40) * MILLI;
        checkout.failure = Some(Failure::Reset);
        return vec![checkout];
    }
    if wait >= POOL_PATIENCE {
        ledger.duration = POOL_PATIENCE + random.between(1, 40) * MILLI;
        ledger.failure = Some(Failure::PoolTimeout);
        checkout.duration = LEDGER_DEADLINE + random.between(1, 30) * MILLI;
        checkout.failure = Some(Failure::Deadline);
        // a pod that is killed takes its waiting requests along, unsaid
        return if killed { vec![checkout] } else { vec![checkout, ledger] };
    }
    let statement = Step {
        service: Service::Ledger,
        operation: "INSERT ledger.postings",
        id: random.next(),
        parent: Some(ledger.id),
        start: ledger.start + wait + random.between(300, 900),
        duration: random.between(1_400, 19_000),
        failure: None,
    };
    ledger.duration = wait + statement.duration + random.between(2, 7) * MILLI;
    let mut payments = Step {
        service: Service::Payments,
        operation: "POST /authorisations",
        id: random.next(),
        parent: Some(checkout.id),
        start: ledger.end() + random.between(1, 4) * MILLI,
        duration: random.between(80, 420) * MILLI,
        failure: None,
    };
    if random.between(0, 1_000) < 7 {
        payments.duration = 5 * SECOND + random.between(1, 20) * MILLI;
        payments.failure = Some(Failure::ProviderTimeout);
        checkout.failure = Some(Failure::Upstream);
    }
    checkout.duration = payments.end() + random.between(1, 5) * MILLI - checkout.start;
    vec![checkout, ledger, statement, payments]
}

fn pool_wait(phase: Phase, random: &mut Random) -> Micros {
    let (give_up_percent, low, high) = match phase {
        Phase::Normal => (0, 0, 2),
        Phase::Strained => (4, 180, 3_900),
        Phase::Exhausted => (71, 2_100, 9_200),
        Phase::Recovering => (3, 90, 1_600),
    };
    if random.chance(give_up_percent) {
        POOL_PATIENCE
    } else {
        random.between(low, high) * MILLI + random.between(40, 900)
    }
}

impl Page {
    pub(crate) fn operation(self) -> &'static str {
        match self {
            Self::Product => "GET /p/{item}",
            Self::Search => "GET /search",
            Self::Cart => "POST /cart",
            Self::Order => "POST /checkout",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_day_has_no_pool_timeouts_and_a_bad_day_has_them_after_the_rollout() {
        let timed_out = |request: &Request| {
            request.steps.iter().any(|step| step.failure == Some(Failure::PoolTimeout))
        };
        assert!(!requests(Scene::Good).iter().any(timed_out));
        let bad: Vec<Request> = requests(Scene::Outage).into_iter().filter(timed_out).collect();
        assert!(bad.len() > 100, "only {}", bad.len());
        assert!(bad.iter().all(|request| request.start() >= ROLLED_OUT));
    }
}
