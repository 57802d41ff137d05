//! The logs that the bench reads: made here from a seed, the same bytes on every machine. Three
//! shapes of daily life, so that no figure rests on one of them.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::sample::random::Random;

const SEED: u64 = 20_261_124;

/// A generated log.
pub(super) struct Log {
    pub(super) path: PathBuf,
    pub(super) bytes: u64,
    pub(super) lines: u64,
}

/// What stands in a few lines of every log; searched for.
pub(super) const PHRASE: &str = "breaker opened for";

/// Writes `bytes` in all: half of it OpenSSH's, a quarter Spring Boot's, a quarter JSON lines.
pub(super) fn write(folder: &Path, bytes: u64) -> Result<Vec<Log>> {
    std::fs::create_dir_all(folder).context("could not make the folder of the input")?;
    let shapes: [(&str, u64, Shape); 3] = [
        ("sshd.log", bytes / 2, sshd),
        ("ledger.log", bytes / 4, spring),
        ("checkout.log", bytes / 4, json),
    ];
    shapes.into_iter().map(|(name, size, shape)| fill(folder.join(name), size, shape)).collect()
}

/// Appends a record of one or more lines for a moment in milliseconds since the log began.
type Shape = fn(&mut Random, i64, &mut String);

fn fill(path: PathBuf, size: u64, shape: Shape) -> Result<Log> {
    let file = File::create(&path).context("could not make a file of the input")?;
    let mut file = BufWriter::with_capacity(1 << 20, file);
    let mut random = Random::new(SEED);
    let mut log = Log { path, bytes: 0, lines: 0 };
    let mut moment_ms = 0;
    let mut record = String::new();
    while log.bytes < size {
        record.clear();
        moment_ms += random.between(1, 90);
        shape(&mut random, moment_ms, &mut record);
        file.write_all(record.as_bytes()).context("could not write the input")?;
        log.bytes += record.len() as u64;
        log.lines += record.bytes().filter(|byte| *byte == b'\n').count() as u64;
    }
    file.flush().context("could not write the input")?;
    Ok(log)
}

/// `HH:MM:SS` and milliseconds of a day; days are counted from the first of November 2026.
struct Moment {
    day: i64,
    clock: String,
    ms: i64,
}

fn moment(ms: i64) -> Moment {
    let second = ms / 1_000;
    let clock = format!("{:02}:{:02}:{:02}", second / 3_600 % 24, second / 60 % 60, second % 60);
    Moment { day: 1 + second / 86_400 % 30, clock, ms: ms % 1_000 }
}

fn address(random: &mut Random) -> String {
    let mut part = || random.between(1, 255);
    format!("{}.{}.{}.{}", part(), part(), part(), part())
}

fn sshd(random: &mut Random, at: i64, record: &mut String) {
    const USERS: &[&str] = &["admin", "oracle", "deploy", "test", "backup", "git", "ftpuser"];
    let Moment { day, clock, .. } = moment(at);
    let (pid, from, port) =
        (random.between(900, 32_000), address(random), random.between(1_024, 65_535));
    let user = *random.pick(USERS);
    let said = match random.between(0, 200) {
        0 => format!("{PHRASE} {from}"),
        1..=50 => format!("Failed password for invalid user {user} from {from} port {port} ssh2"),
        51..=90 => format!("Failed password for root from {from} port {port} ssh2"),
        91..=120 => format!("Received disconnect from {from}: 11: Bye Bye [preauth]"),
        121..=140 => format!("Invalid user {user} from {from}"),
        141..=155 => format!("Connection closed by {from} port {port} [preauth]"),
        156..=175 => {
            format!(
                "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={from}"
            )
        }
        176..=190 => String::from("pam_unix(sshd:auth): check pass; user unknown"),
        191..=196 => format!("Accepted publickey for {user} from {from} port {port} ssh2"),
        _ => format!("pam_unix(sshd:session): session opened for user {user} by (uid=0)"),
    };
    line(record, format_args!("Nov {day:>2} {clock} gate-3 sshd[{pid}]: {said}"));
}

fn spring(random: &mut Random, at: i64, record: &mut String) {
    const LOGGERS: &[(&str, &str)] = &[
        ("c.e.ledger.booking.BookingService", "booked"),
        ("c.e.ledger.booking.BalanceReader", "balance of"),
        ("o.s.w.s.DispatcherServlet", "completed request for"),
    ];
    let Moment { day, clock, ms } = moment(at);
    let thread = random.between(1, 64);
    let (logger, verb) = *random.pick(LOGGERS);
    let account = random.between(100_000, 999_999);
    let (level, said) = match random.between(0, 200) {
        0 => ("WARN", format!("{PHRASE} postgres-2 after {} failures", random.between(5, 9))),
        1..=3 => ("ERROR", format!("could not book {account}: connection is not available")),
        4..=40 => (
            "DEBUG",
            format!(
                "Hikari pool stats (total={thread}, active={}, idle=0, waiting={})",
                thread,
                random.between(0, 40)
            ),
        ),
        _ => ("INFO", format!("{verb} account {account} in {} ms", random.between(1, 900))),
    };
    line(
        record,
        format_args!(
            "2026-11-{day:02}T{clock}.{ms:03}Z {level:>5} 1 --- [nio-8080-exec-{thread}] {logger:<40} : {said}"
        ),
    );
    if level == "ERROR" {
        line(
            record,
            format_args!(
                "java.sql.SQLTransientConnectionException: request timed out after 30000ms."
            ),
        );
        for row in 0..random.between(6, 12) {
            line(
                record,
                format_args!(
                    "\tat com.example.ledger.Layer{row}.call(Layer{row}.java:{})",
                    40 + row
                ),
            );
        }
    }
}

fn json(random: &mut Random, at: i64, record: &mut String) {
    let Moment { day, clock, ms } = moment(at);
    let trace = format!("{:016x}{:016x}", random.next(), random.next());
    let order = random.between(10_000, 9_999_999);
    let (level, said) = match random.between(0, 200) {
        0 => ("warn", format!("{PHRASE} ledger")),
        1..=5 => ("error", format!("order {order} was not placed: ledger answered 503")),
        6..=60 => ("debug", format!("cache hit for cart {}", random.between(1, 90_000))),
        _ => ("info", format!("order {order} placed for customer {}", random.between(1, 40_000))),
    };
    line(
        record,
        format_args!(
            "{{\"time\":\"2026-11-{day:02}T{clock}.{ms:03}Z\",\"level\":\"{level}\",\"logger\":\"checkout\",\"msg\":\"{said}\",\"trace_id\":\"{trace}\",\"duration_ms\":{}}}",
            random.between(1, 2_000)
        ),
    );
}

fn line(record: &mut String, text: std::fmt::Arguments<'_>) {
    record.write_fmt(text).expect("a string takes any text");
    record.push('\n');
}
