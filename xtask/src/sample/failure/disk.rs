//! A clinic on two virtual machines, without traces and without Kubernetes: a forgotten export
//! fills the database's disk. The application and the web server in front of it are the loud ones.

use super::metric::{csv, steps};
use super::{Day, Story, ticket};
use crate::sample::archive::Tree;
use crate::sample::clock::{DAY, MILLI, MINUTE, Micros, SECOND, at, written};
use crate::sample::log::Log;
use crate::sample::random::Random;

/// The first write that finds no room.
const FULL: Micros = at(7, 40, 0) + 4 * DAY;
/// Minutes in which the export eats the last eleven percent.
const EXPORT: Micros = FULL - 9 * MINUTE;

const APP: &str = "app-1/var/log/clinic/app.log";
const SETTINGS: &str = "app-1/etc/clinic/clinic.ini";
const PASSWORD: &str = "NotReal-Clinic-Zk52mP0s";
const PATIENT: &str = "patient.sample@clinic.example";

pub(super) const STORY: Story = Story {
    good: "clinic-good",
    bad: "clinic-disk",
    onset: FULL,
    tree,
    planted: &[("password", PASSWORD, SETTINGS), ("email", PATIENT, APP)],
};

fn tree(day: Day, tree: &mut Tree) {
    let (from, until) = (day.from(FULL), day.until(FULL));
    let mut random = Random::new(740 + u64::from(day == Day::Bad));
    let (mut web, mut errors, mut app, mut database) =
        (Log::default(), Log::default(), Log::default(), Log::default());
    let mut time = from;
    loop {
        time += random.between(900, 2_600) * MILLI;
        if time >= until {
            break;
        }
        let is_write = random.chance(60);
        let fails = is_write && time >= FULL;
        visit(time, is_write, fails, &mut random, [&mut web, &mut errors, &mut app, &mut database]);
    }
    maintenance(from, until, &mut random, &mut database);
    tree.add("app-1/var/log/nginx/access.log", web.all());
    tree.add("app-1/var/log/nginx/error.log", errors.all());
    tree.add(APP, app.all());
    tree.add("db-1/var/log/postgresql/postgresql-16-main.log", database.all());
    tree.add("db-1/var/log/syslog", syslog(day, &mut random));
    metrics(day, &mut random, tree);
    tree.add(SETTINGS, format!("[database]\nhost = db-1\nname = clinic\nuser = clinic\npassword = {PASSWORD}\n\n[web]\nworkers = 8\n"));
    let (used, free, percent) =
        if day == Day::Bad { ("50G", "0", 100) } else { ("42G", "5.4G", 89) };
    tree.add("db-1/df-h.txt", format!("Filesystem      Size  Used Avail Use% Mounted on\n/dev/vda1        20G  6.1G   13G  32% /\n/dev/vdb1        50G   {used}  {free:>4} {percent:>3}% /var/lib/postgresql\ntmpfs           3.9G     0  3.9G   0% /dev/shm\n"));
    if day == Day::Bad {
        ticket(
            tree,
            STORY.bad,
            "Clinic desk",
            "app-1",
            FULL,
            "Since about 07:40 no appointment can be saved, the page shows an error. Looking at the calendar works.",
        );
    }
}

fn visit(time: Micros, is_write: bool, fails: bool, random: &mut Random, logs: [&mut Log; 4]) {
    let [web, errors, app, database] = logs;
    let (method, path) = if is_write { ("POST", "/appointments") } else { ("GET", "/calendar") };
    let millis = random.between(18, 70);
    let done = time + millis * MILLI;
    let number = random.between(10_000, 99_999);
    let status = if fails {
        500
    } else if is_write {
        201
    } else {
        200
    };
    web.push(done, format!("10.20.0.{} - - [{}] \"{method} {path} HTTP/1.1\" {status} {} \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\"", random.between(2, 60), written(done, "%d/%b/%Y:%H:%M:%S +0000"), random.between(300, 9_000)));
    let at = |time: Micros| written(time, "%Y-%m-%d %H:%M:%S,%3f");
    let mail = if number % 60 == 0 { PATIENT } else { "on file" };
    if !fails {
        let what = if is_write { "appointment saved" } else { "calendar shown" };
        return app.push(
            done,
            format!("{} INFO clinic.desk {what} number={number} contact={mail}", at(done)),
        );
    }
    let process = random.between(4_100, 4_140);
    let stamp = |time: Micros| written(time, "%Y-%m-%d %H:%M:%S.%3f UTC");
    let said = time + 9 * MILLI;
    let segment = random.between(24_570, 24_620);
    database.push(said, format!("{} [{process}] clinic@clinic ERROR:  could not extend file \"base/16384/{segment}\": No space left on device\n{} [{process}] clinic@clinic HINT:  Check free disk space.\n{} [{process}] clinic@clinic STATEMENT:  INSERT INTO appointment (id, patient, at) VALUES ($1, $2, $3)", stamp(said), stamp(said), stamp(said)));
    app.push(done, format!("{} ERROR clinic.desk could not save appointment number={number} contact={mail}\nTraceback (most recent call last):\n  File \"/srv/clinic/desk.py\", line 118, in save\n    cursor.execute(INSERT, row)\n  File \"/srv/clinic/lib/psycopg/cursor.py\", line 97, in execute\n    raise ex.with_traceback(None)\npsycopg.errors.DiskFull: could not extend file \"base/16384/{segment}\": No space left on device\nHINT:  Check free disk space.", at(done)));
    for attempt in 1..=3 {
        app.push(
            done,
            format!(
                "{} ERROR clinic.web request failed path={path} attempt={attempt} number={number}",
                at(done)
            ),
        );
    }
    errors.push(done, format!("{} [error] 912#912: *{number} upstream answered 500 while reading response header from upstream, client: 10.20.0.{}, server: clinic.example, request: \"POST {path} HTTP/1.1\", upstream: \"http://127.0.0.1:8000{path}\"", written(done, "%Y/%m/%d %H:%M:%S"), number % 58 + 2));
}

/// What the database does by itself; checkpoints fail as soon as nothing can be written.
fn maintenance(from: Micros, until: Micros, random: &mut Random, database: &mut Log) {
    for step in 0..(until - from) / MINUTE {
        let time = from + step * MINUTE + random.between(0, 900) * MILLI;
        let stamp = written(time, "%Y-%m-%d %H:%M:%S.%3f UTC");
        if time < FULL {
            database.push(time, format!("{stamp} [871] LOG:  checkpoint complete: wrote {} buffers (0.{} %); 0 WAL file(s) added, 0 removed, 1 recycled", random.between(90, 300), random.between(1, 9)));
        } else {
            database.push(time, format!("{stamp} [874] PANIC:  could not write to file \"pg_wal/xlogtemp.874\": No space left on device"));
        }
    }
}

fn syslog(day: Day, random: &mut Random) -> String {
    let (from, until) = (day.from(FULL), day.until(FULL));
    let mut log = Log::default();
    for step in 0..(until - from) / MINUTE {
        let time = from + step * MINUTE + random.between(0, 900) * MILLI;
        log.push(
            time,
            format!(
                "{} db-1 systemd[1]: session-{}.scope: Deactivated successfully.",
                written(time, "%b %e %H:%M:%S"),
                4_200 + step
            ),
        );
    }
    if day == Day::Bad {
        log.push(EXPORT, format!("{} db-1 CRON[22817]: (root) CMD (/usr/local/bin/export-archive --to /var/lib/postgresql/export)", written(EXPORT, "%b %e %H:%M:%S")));
        log.push(
            FULL + 3 * SECOND,
            format!(
                "{} db-1 export-archive[22818]: write failed: No space left on device",
                written(FULL + 3 * SECOND, "%b %e %H:%M:%S")
            ),
        );
    }
    log.all()
}

fn metrics(day: Day, random: &mut Random, tree: &mut Tree) {
    let rows = |used: &mut dyn FnMut(Micros) -> i64, random: &mut Random| {
        steps(day.from(FULL), day.until(FULL))
            .map(|time| {
                let cells = vec![
                    used(time).to_string(),
                    random.between(8, 16).to_string(),
                    random.between(40, 44).to_string(),
                ];
                (time, cells)
            })
            .collect::<Vec<_>>()
    };
    let names = ["filesystem_used_percent", "cpu_utilization_percent", "memory_used_percent"];
    let mut filling = |time: Micros| {
        let done = (time - EXPORT).clamp(0, FULL - EXPORT);
        if day == Day::Bad { 89 + 11 * done / (FULL - EXPORT) } else { 89 }
    };
    let database = rows(&mut filling, random);
    tree.add("metrics/db-1.csv", csv(&names, &database));
    let app = rows(&mut |_| 41, random);
    tree.add("metrics/app-1.csv", csv(&names, &app));
}
