//! Other people's programs over the same bytes. One that is not there is named.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::cost::{self, Cost};
use super::input::PHRASE;
use crate::repository;

/// A peer's cost, or why there is none.
pub(super) struct Peer {
    pub(super) name: &'static str,
    /// Bytes that it read, or wrote where it unpacks.
    pub(super) bytes: u64,
    pub(super) cost: Result<Cost, String>,
}

/// Drain3 with its defaults; counts bodies as the miner does.
const DRAIN3: &str = "import sys
from drain3 import TemplateMiner
from drain3.template_miner_config import TemplateMinerConfig
config = TemplateMinerConfig()
config.profiling_enabled = False
miner = TemplateMiner(config=config)
for line in open(sys.argv[1], encoding='utf-8'):
    miner.add_log_message(line.rstrip('\\n'))";

/// Installs what may be installed; the folder for what is ours alone.
pub(super) fn install(folder: &Path) -> Result<PathBuf> {
    let peers = folder.join("peers");
    let status = Command::new(repository::root().join("scripts/bench-needs"))
        .arg(&peers)
        .stdout(Stdio::null())
        .status()
        .context("could not run scripts/bench-needs")?;
    ensure!(status.success(), "scripts/bench-needs failed");
    Ok(peers)
}

/// ripgrep, unpackers, lnav over `logs`; Drain3 over `bodies`.
pub(super) fn measure(
    folder: &Path,
    peers: &Path,
    logs: &[PathBuf],
    bytes: u64,
    bodies: &Path,
) -> Result<Vec<Peer>> {
    let joined = joined(folder, logs)?;
    let packed = |program: &str, level: &str, ending: &str| -> Result<PathBuf, String> {
        let packed = joined.with_extension(ending);
        pack(program, level, &joined, &packed).map(|()| packed)
    };
    let unpack = |program: &'static str, packed: Result<PathBuf, String>| {
        let packed = packed?;
        cost_of(|| {
            let mut command = Command::new(program);
            command.arg("-dc").arg(&packed);
            command
        })
    };
    let body_bytes = std::fs::metadata(bodies).context("there are no bodies")?.len();
    Ok(vec![
        Peer { name: "`rg -c` of a phrase", bytes, cost: cost_of(|| count(logs)) },
        Peer {
            name: "`zstd -d` (level 3)",
            bytes,
            cost: unpack("zstd", packed("zstd", "-3", "zst")),
        },
        Peer {
            name: "`gzip -d` (level 6)",
            bytes,
            cost: unpack("gzip", packed("gzip", "-6", "gz")),
        },
        Peer { name: "lnav, index and count", bytes, cost: cost_of(|| lnav(folder, logs)) },
        Peer {
            name: "Drain3 0.9.11, defaults, bodies",
            bytes: body_bytes,
            cost: cost_of(|| drain3(peers, bodies)),
        },
    ])
}

fn cost_of(make: impl Fn() -> Command) -> Result<Cost, String> {
    cost::of(make).map_err(|error| format!("{error:#}"))
}

/// ripgrep counting a phrase.
pub(super) fn count(logs: &[PathBuf]) -> Command {
    let mut command = Command::new("rg");
    command.args(["--no-config", "--threads", "1", "-c", PHRASE]).args(logs);
    command
}

fn lnav(folder: &Path, logs: &[PathBuf]) -> Command {
    let mut command = Command::new("lnav");
    command.env("HOME", folder).env("XDG_CONFIG_HOME", folder).env("TERM", "xterm");
    command.args(["-n", "-c", ";SELECT count(*) FROM all_logs"]).args(logs);
    command
}

fn drain3(peers: &Path, bodies: &Path) -> Command {
    let mut command = Command::new(peers.join("bin/python"));
    command.arg("-c").arg(DRAIN3).arg(bodies);
    command
}

fn joined(folder: &Path, logs: &[PathBuf]) -> Result<PathBuf> {
    let path = folder.join("all.log");
    let mut all = std::fs::File::create(&path).context("could not join the logs")?;
    for log in logs {
        let mut log = std::fs::File::open(log).context("could not open a log")?;
        std::io::copy(&mut log, &mut all).context("could not join the logs")?;
    }
    Ok(path)
}

fn pack(program: &str, level: &str, from: &Path, to: &Path) -> Result<(), String> {
    let run = || -> Result<()> {
        let out = std::fs::File::create(to)?;
        let status = Command::new(program)
            .args(["-q", level, "-c"])
            .arg(from)
            .stdout(out)
            .status()
            .with_context(|| format!("could not start {program}"))?;
        ensure!(status.success(), "{program} failed: {status}");
        Ok(())
    };
    run().map_err(|error| format!("{error:#}"))
}

/// The bytes that gzip and zstd made of the logs.
pub(super) fn packed_bytes(folder: &Path, ending: &str) -> Option<u64> {
    let size = std::fs::metadata(folder.join("all.log").with_extension(ending)).ok()?.len();
    (size > 0).then_some(size)
}
