//! What something costs: processor seconds, wall time and peak memory, as the kernel counts them.
//! Read from /proc, so the bench runs on Linux; unsafe code is forbidden here, and a wrapper around
//! `getrusage` would be one more dependency for the same numbers.

use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// The kernel's tick, 100 a second on every distribution's kernel as /proc reports it.
const TICKS_PER_SECOND: f64 = 100.0;
/// Ticks are too coarse for a short run: it is repeated until it has used so much.
const CPU_SECONDS_MIN: f64 = 0.5;
const RUNS_MAX: u32 = 20;
/// Between two looks at the memory of a running child.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// The cost of one run.
#[derive(Clone, Copy)]
pub(super) struct Cost {
    pub(super) cpu_s: f64,
    pub(super) wall_s: f64,
    pub(super) peak_bytes: u64,
}

impl Cost {
    /// Megabytes of `bytes` for each second of processor time.
    pub(super) fn mb_per_cpu_s(self, bytes: u64) -> f64 {
        bytes as f64 / 1e6 / self.cpu_s
    }
}

/// Runs a program, its output thrown away, often enough to be measured; the mean of its runs.
pub(super) fn of(make: impl Fn() -> Command) -> Result<Cost> {
    let mut sum = Cost { cpu_s: 0.0, wall_s: 0.0, peak_bytes: 0 };
    let mut runs = 0;
    while runs == 0 || (sum.cpu_s < CPU_SECONDS_MIN && runs < RUNS_MAX) {
        let cost = run(&mut make())?;
        sum.cpu_s += cost.cpu_s;
        sum.wall_s += cost.wall_s;
        sum.peak_bytes = sum.peak_bytes.max(cost.peak_bytes);
        runs += 1;
    }
    let runs = f64::from(runs);
    Ok(Cost { cpu_s: sum.cpu_s / runs, wall_s: sum.wall_s / runs, ..sum })
}

fn run(command: &mut Command) -> Result<Cost> {
    let name = command.get_program().to_string_lossy().into_owned();
    let before = children_cpu_s()?;
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("could not start {name}"))?;
    let mut peak_bytes = 0;
    let status = loop {
        // the high-water mark only rises, so the last look before the end is it
        peak_bytes = peak_bytes.max(peak_of(child.id()).unwrap_or_default());
        match child.try_wait().with_context(|| format!("could not wait for {name}"))? {
            Some(status) => break status,
            None => thread::sleep(LOOK_EVERY),
        }
    };
    let wall_s = start.elapsed().as_secs_f64();
    ensure!(status.success(), "{name} failed: {status}");
    Ok(Cost { cpu_s: children_cpu_s()? - before, wall_s, peak_bytes })
}

/// User and system time of all children that have ended.
fn children_cpu_s() -> Result<f64> {
    Ok(cpu_s_of(std::process::id())?.1)
}

/// User and system time of this process, its ended threads too.
pub(super) fn process_cpu_s() -> Result<f64> {
    Ok(cpu_s_of(std::process::id())?.0)
}

/// User and system time of a process, and of its children that have ended.
pub(super) fn cpu_s_of(process: u32) -> Result<(f64, f64)> {
    let stat =
        std::fs::read_to_string(format!("/proc/{process}/stat")).context("could not read /proc")?;
    // the second field is the name in brackets and may hold blanks
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
    let ticks: Vec<f64> =
        fields.split(' ').skip(11).take(4).filter_map(|field| field.parse().ok()).collect();
    match ticks[..] {
        [user, system, children_user, children_system] => Ok((
            (user + system) / TICKS_PER_SECOND,
            (children_user + children_system) / TICKS_PER_SECOND,
        )),
        _ => anyhow::bail!("the statistics of a process are unreadable"),
    }
}

fn peak_of(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kib| kib << 10)
}

/// Mean processor time of this thread in `work`, which is repeated as a program is: the kernel adds
/// up at its ticks.
pub(super) fn of_thread<T>(work: impl Fn() -> T) -> Result<(T, f64)> {
    let before = thread_cpu_s()?;
    let mut runs = 0;
    loop {
        let result = work();
        runs += 1;
        let spent_s = thread_cpu_s()? - before;
        if spent_s >= CPU_SECONDS_MIN || runs == RUNS_MAX {
            return Ok((result, spent_s / f64::from(runs)));
        }
    }
}

fn thread_cpu_s() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat")
        .context("the kernel keeps no scheduler statistics")?;
    let spent_ns = stat.split(' ').next().and_then(|field| field.parse::<f64>().ok());
    Ok(spent_ns.context("the scheduler statistics are unreadable")? / 1e9)
}
