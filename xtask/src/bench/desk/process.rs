//! The served desk as a process, and what the kernel says of it and of PostgreSQL.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::super::cost::cpu_s_of;

/// A desk that is served; killed when the bench is done with it.
pub(super) struct Served {
    child: Child,
    pub(super) address: String,
}

/// Processor time since the start.
#[derive(Clone, Copy)]
pub(super) struct Usage {
    pub(super) desk_s: f64,
    pub(super) database_s: f64,
}

impl Usage {
    pub(super) fn since(self, before: Self) -> Self {
        Self {
            desk_s: self.desk_s - before.desk_s,
            database_s: self.database_s - before.database_s,
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // it may be gone already, and nothing can be done about it
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    pub(super) fn start(binary: &Path, storage: &[String]) -> Result<Self> {
        let mut child = Command::new(binary)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(storage)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .context("could not serve")?;
        let mut lines = BufReader::new(child.stderr.take().context("no pipe")?);
        let mut line = String::new();
        let address = loop {
            line.clear();
            ensure!(lines.read_line(&mut line)? > 0, "the desk ended before it said where it is");
            if let Some((_, url)) = line.split_once("http://") {
                let end = url.find(['/', '\n']).unwrap_or(url.len());
                break url[..end].to_owned();
            }
        };
        // whoever logs to a full pipe waits for ever
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Ok(Self { child, address })
    }

    pub(super) fn usage(&self, database: Option<u32>) -> Result<Usage> {
        let desk_s = cpu_s_of(self.child.id())?.0;
        let Some(server) = database else {
            return Ok(Usage { desk_s, database_s: 0.0 });
        };
        // those that ended are in the server's count of its children
        let (own_s, ended_s) = cpu_s_of(server)?;
        let mut database_s = own_s + ended_s;
        for process in children_of(server)? {
            // one may end while it is looked at
            database_s += cpu_s_of(process).map_or(0.0, |(own_s, _)| own_s);
        }
        Ok(Usage { desk_s, database_s })
    }

    pub(super) fn resident_bytes(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
        kib.map(|kib| kib << 10).context("the kernel does not say how much memory it has")
    }
}

fn children_of(parent: u32) -> Result<Vec<u32>> {
    let mut children = Vec::new();
    for entry in std::fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(process) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) else {
            continue;
        };
        // the second field is the name in brackets and may hold blanks; the fourth is the parent
        let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
        if fields.split(' ').nth(1) == Some(parent.to_string().as_str()) {
            children.push(process);
        }
    }
    Ok(children)
}
