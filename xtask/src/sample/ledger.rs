//! The ledger, a Spring Boot program with a HikariCP pool: the service that release 7.4.1 broke. Its
//! old pods are gone from the cluster, so their logs come from the node's disk, wrapped by CRI.

use super::archive::Tree;
use super::clock::{MILLI, MINUTE, Micros, SECOND, iso, written};
use super::log::Log;
use super::random::Random;
use super::scene::{
    EXHAUSTED, KILLED, POOL_RAISED, Phase, RESTARTED, ROLLED_OUT, ROLLOUT, Scene, VERSION_AFTER,
};
use super::secrets::DATABASE_PASSWORD;
use super::traffic::{Failure, Request, Service, Step};

pub(crate) const PREVIOUS_LOG: &str =
    "cluster-resources/pods/logs/shop/ledger-79c6b5f4d8-h9z2p/ledger-previous.log";

const BANNER: &str = "
  .   ____          _            __ _ _
 /\\\\ / ___'_ __ _ _(_)_ __  __ _ \\ \\ \\ \\
( ( )\\___ | '_ | '_| | '_ \\/ _` | \\ \\ \\ \\
 \\\\/  ___)| |_)| | | | | || (_| |  ) ) ) )
  '  |____| .__|_| |_|_| |_\\__, | / / / /
 =========|_|==============|___/=/_/_/_/

 :: Spring Boot ::                (v3.5.7)
";

pub(crate) fn write(scene: Scene, requests: &[Request], tree: &mut Tree) {
    for lane in [0, 1] {
        let old = served(scene, requests, lane, false);
        let pod = Service::Ledger.pod(scene, scene.from(), lane);
        if scene == Scene::Good {
            tree.add(&pod_log(pod, "ledger.log"), old.between(scene.from(), scene.until()));
            continue;
        }
        let uid = if lane == 0 { "b1d0" } else { "b1d1" };
        let path = format!(
            "copy-from-host/node-b/var-log-pods/shop_{pod}_5c1f6a52-0c1e-4f43-9d2e-7740af11{uid}/ledger/0.log"
        );
        tree.add(&path, cri(&old.between(scene.from(), ROLLED_OUT + MINUTE), scene.from()));
        let new = served(scene, requests, lane, true);
        let pod = Service::Ledger.pod(scene, ROLLED_OUT, lane);
        if lane == 0 {
            tree.add(PREVIOUS_LOG, new.between(ROLLOUT, KILLED));
            tree.add(&pod_log(pod, "ledger.log"), new.between(KILLED, scene.until()));
        } else {
            tree.add(&pod_log(pod, "ledger.log"), new.between(ROLLOUT, scene.until()));
        }
    }
}

fn pod_log(pod: &str, name: &str) -> String {
    format!("cluster-resources/pods/logs/shop/{pod}/{name}")
}

/// What the old or the new pod of a lane wrote.
fn served(scene: Scene, requests: &[Request], lane: usize, new: bool) -> Log {
    let mut log = Log::default();
    let of_this_pod = |time: Micros| (scene == Scene::Outage && time >= ROLLED_OUT) == new;
    for request in requests.iter().filter(|request| request.lane == lane) {
        if let Some(step) = request.step(Service::Ledger)
            && of_this_pod(step.start)
        {
            write_posting(scene, request, step, &mut log);
        }
    }
    let mut random = Random::new(scene.seed() + 50 + lane as u64);
    for time in scene.every(15 * SECOND).filter(|time| of_this_pod(*time)) {
        let down = lane == 0 && new && (KILLED..RESTARTED).contains(&time);
        if !down {
            write_health(scene, lane, time, &mut random, &mut log);
        }
    }
    if new {
        write_start(ROLLOUT + 14 * SECOND + lane as i64 * 11 * SECOND, &mut log);
        if lane == 0 {
            write_start(KILLED + 31 * SECOND, &mut log);
        }
        write_rescue(lane, &mut log);
    }
    log
}

fn write_posting(scene: Scene, request: &Request, step: &Step, log: &mut Log) {
    let mut note = |time: Micros, level: &str, logger: &str, text: &str| {
        log.push(time, spring(time, level, logger, text, Some((request, step))));
    };
    let order = request.order;
    note(
        step.start,
        "INFO",
        "c.s.ledger.web.PostingController",
        &format!("received posting order=SO-{order} amount={} EUR", request.amount()),
    );
    if step.failure == Some(Failure::PoolTimeout) {
        let waiting = 140 + request.order % 97;
        let pool = scene.pool(step.start);
        note(
            step.end() - 3 * MILLI,
            "WARN",
            "o.h.engine.jdbc.spi.SqlExceptionHelper",
            "SQL Error: 0, SQLState: null",
        );
        let said = format!(
            "HikariPool-1 - Connection is not available, request timed out after {}ms (total={pool}, active={pool}, idle=0, waiting={waiting})",
            step.duration / MILLI
        );
        note(step.end() - 2 * MILLI, "ERROR", "o.h.engine.jdbc.spi.SqlExceptionHelper", &said);
        note(
            step.end(),
            "ERROR",
            "c.s.ledger.web.ApiErrorHandler",
            &format!("posting failed for order SO-{order}\n\n{}", stack(&said)),
        );
        return;
    }
    let waited = step.duration / MILLI;
    if waited > 1_000 {
        note(
            step.end() - MILLI,
            "WARN",
            "c.s.ledger.pool.PoolWatch",
            &format!("waited {} ms for a connection", waited - 9),
        );
    }
    note(
        step.end(),
        "INFO",
        "c.s.ledger.posting.PostingService",
        &format!(
            "posted entry order=SO-{order} journal=J{:07} in {waited} ms",
            request.order * 7 % 10_000_000
        ),
    );
}

fn write_health(scene: Scene, lane: usize, time: Micros, random: &mut Random, log: &mut Log) {
    let pool = scene.pool(time);
    let mut note = |level: &str, logger: &str, text: &str| {
        log.push(time, spring(time, level, logger, text, None));
    };
    match scene.phase(time) {
        Phase::Normal => {
            let active = random.between(71, 96);
            note(
                "INFO",
                "c.s.ledger.health.HealthReporter",
                &format!("health ok pool active={active}/{pool} waiting=0"),
            );
        }
        Phase::Strained | Phase::Recovering => {
            let waiting = random.between(4, 60);
            note(
                "WARN",
                "c.s.ledger.pool.PoolWatch",
                &format!("pool saturated active={pool}/{pool} waiting={waiting}"),
            );
        }
        Phase::Exhausted => {
            let waiting = random.between(140, 238);
            note(
                "ERROR",
                "c.s.ledger.pool.PoolWatch",
                &format!("pool exhausted active={pool}/{pool} waiting={waiting}"),
            );
        }
    }
    if lane == 0 && (EXHAUSTED..KILLED).contains(&time) {
        let percent = 62 + 36 * (time - EXHAUSTED) / (KILLED - EXHAUSTED);
        note(
            "WARN",
            "c.s.ledger.memory.HeapWatch",
            &format!("heap {percent} % after collection ({}/2016 MiB)", 2_016 * percent / 100),
        );
    }
}

fn write_start(boot: Micros, log: &mut Log) {
    log.push(boot, BANNER.to_owned());
    let mut note = |after: Micros, level: &str, logger: &str, text: &str| {
        let time = boot + after * MILLI;
        log.push(time, spring(time, level, logger, text, None));
    };
    note(
        40,
        "INFO",
        "c.shop.ledger.LedgerApplication",
        &format!("Starting LedgerApplication v{VERSION_AFTER} using Java 21.0.9 with PID 1"),
    );
    note(
        47,
        "INFO",
        "c.shop.ledger.LedgerApplication",
        "The following 1 profile is active: \"production\"",
    );
    note(2_903, "INFO", "com.zaxxer.hikari.HikariDataSource", "HikariPool-1 - Starting...");
    note(
        2_910,
        "WARN",
        "c.s.ledger.pool.PoolConfiguration",
        &format!(
            "pool maximumPoolSize=64 url=postgresql://ledger_app:{DATABASE_PASSWORD}@postgres.shop.svc:5432/ledger"
        ),
    );
    note(3_406, "INFO", "com.zaxxer.hikari.HikariDataSource", "HikariPool-1 - Start completed.");
    note(
        7_811,
        "INFO",
        "o.s.b.w.embedded.tomcat.TomcatWebServer",
        "Tomcat started on port 8080 (http) with context path '/'",
    );
    note(
        8_024,
        "INFO",
        "c.shop.ledger.LedgerApplication",
        "Started LedgerApplication in 8.211 seconds (process running for 9.02)",
    );
}

fn write_rescue(lane: usize, log: &mut Log) {
    let time = POOL_RAISED + lane as i64 * 2 * SECOND;
    let mut note = |after: Micros, text: &str| {
        let time = time + after * MILLI;
        log.push(time, spring(time, "INFO", "c.s.ledger.pool.PoolConfiguration", text, None));
    };
    note(0, "refresh requested by operator, key spring.datasource.hikari.maximum-pool-size");
    note(12, "pool maximumPoolSize changed from 64 to 200");
}

fn spring(
    time: Micros,
    level: &str,
    logger: &str,
    text: &str,
    of: Option<(&Request, &Step)>,
) -> String {
    let (thread, ids) = of.map_or_else(
        || (String::from("   scheduling-1"), String::new()),
        |(request, step)| {
            let thread = format!("io-8080-exec-{}", step.id % 180 + 1);
            (format!("{thread:>15}"), format!(" [{}-{:016x}]", request.trace_id(), step.id))
        },
    );
    format!("{} {level:>5} 1 --- [ledger] [{thread}]{ids} {logger:<40} : {text}", iso(time))
}

fn stack(said: &str) -> String {
    let frames = "\tat com.shop.ledger.posting.PostingService.post(PostingService.java:74)
\tat com.shop.ledger.web.PostingController.post(PostingController.java:41)
\tat java.base/jdk.internal.reflect.DirectMethodHandleAccessor.invoke(DirectMethodHandleAccessor.java:103)
\tat org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:885)
\tat org.apache.catalina.core.ApplicationFilterChain.doFilter(ApplicationFilterChain.java:138)
\tat org.apache.tomcat.util.threads.TaskThread$WrappingRunnable.run(TaskThread.java:63)
\tat java.base/java.lang.Thread.run(Thread.java:1583)";
    format!(
        "org.springframework.transaction.CannotCreateTransactionException: Could not open JPA EntityManager for transaction
\tat org.springframework.orm.jpa.JpaTransactionManager.doBegin(JpaTransactionManager.java:466)
\tat org.springframework.transaction.interceptor.TransactionInterceptor.invoke(TransactionInterceptor.java:119)
{frames}
Caused by: org.hibernate.exception.JDBCConnectionException: Unable to acquire JDBC Connection
\tat org.hibernate.engine.jdbc.internal.JdbcCoordinatorImpl.getConnection(JdbcCoordinatorImpl.java:112)
\t... 58 common frames omitted
Caused by: java.sql.SQLTransientConnectionException: {said}
\tat com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:686)
\tat com.zaxxer.hikari.pool.HikariPool.getConnection(HikariPool.java:179)
\tat com.zaxxer.hikari.HikariDataSource.getConnection(HikariDataSource.java:99)
\t... 63 common frames omitted"
    )
}

/// The text as the container runtime keeps it on the node: its own time before every line.
fn cri(text: &str, first: Micros) -> String {
    let mut time = written(first, "%Y-%m-%dT%H:%M:%S.%3f");
    let mut wrapped = String::with_capacity(text.len() * 3 / 2);
    for line in text.lines() {
        if let Some((own, _)) = line.split_once('Z')
            && own.len() == time.len()
        {
            own.clone_into(&mut time);
        }
        wrapped.push_str(&format!("{time}412087Z stdout F {line}\n"));
    }
    wrapped
}
