//! How far reading has come, on stderr: one line that moves on a terminal, one line every ten
//! seconds otherwise, and nothing for `--quiet`.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};
use mainstay_evidence::open::{Phase, Progress};

use crate::output::{Output, Voice};

/// Between two lines when nobody watches a terminal.
const LINE_EVERY: Duration = Duration::from_secs(10);
/// A terminal is redrawn ten times a second by itself.
const TICK: Duration = Duration::from_millis(100);

/// Tells a person.
pub struct Meter {
    bytes: AtomicU64,
    files: AtomicU64,
    lines: AtomicU64,
    voice: Voice,
    bar: Option<ProgressBar>,
    told: Mutex<Instant>,
}

impl Meter {
    /// A meter on stderr.
    pub fn new(output: &Output) -> Self {
        let watched = output.voice >= Voice::Normal && std::io::stderr().is_terminal();
        let bar = watched.then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(TICK);
            bar
        });
        Self {
            bytes: AtomicU64::new(0),
            files: AtomicU64::new(0),
            lines: AtomicU64::new(0),
            voice: output.voice,
            bar,
            told: Mutex::new(Instant::now()),
        }
    }

    /// Takes the moving line away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn message(&self, phase: Phase) -> String {
        format!(
            "{}  {}  {} files  {} lines",
            word(phase),
            HumanBytes(self.bytes.load(Ordering::Relaxed)),
            HumanCount(self.files.load(Ordering::Relaxed)),
            HumanCount(self.lines.load(Ordering::Relaxed)),
        )
    }
}

impl Progress for Meter {
    fn report(&self, phase: Phase, bytes: u64, files: u64, lines: u64, _current: Option<&str>) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.files.fetch_add(files, Ordering::Relaxed);
        self.lines.fetch_add(lines, Ordering::Relaxed);
        if let Some(bar) = &self.bar {
            bar.set_message(self.message(phase));
            return;
        }
        if self.voice < Voice::Normal {
            return;
        }
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.elapsed() >= LINE_EVERY {
            *told = Instant::now();
            // Nobody listens on a closed stderr, which is no reason to stop reading.
            let _ = std::io::Write::write_fmt(
                &mut anstream::stderr(),
                format_args!("{}\n", self.message(phase)),
            );
        }
    }
}

fn word(phase: Phase) -> &'static str {
    match phase {
        Phase::Opening => "opening",
        Phase::Reading => "reading",
        Phase::Mining => "mining",
        Phase::Storing => "storing",
    }
}
