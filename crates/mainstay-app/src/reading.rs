//! Bundles being read on this node: how far each has come, for whoever watches, and a way to stop.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use mainstay_core::{BundleId, CaseNumber};
use mainstay_evidence::open::{Phase, Progress};
use tokio::sync::{Semaphore, broadcast};

/// Reading uses every core; a second bundle at once would only make both slow.
const AT_ONCE: usize = 1;
/// Sealed bundles wait on disk and in memory; more than this are told to come back.
pub(crate) const WAITING_MAX: usize = 32;
/// A watcher that is this far behind has missed some; the numbers only grow, so that is harmless.
const WATCHED_MAX: usize = 256;
/// Between two messages about one bundle: people read four numbers a second, no more.
const BYTES_PER_MESSAGE: u64 = 4 << 20;
const FILES_PER_MESSAGE: u64 = 50;

/// How far reading one bundle has come.
#[derive(Debug, Clone)]
pub struct Step {
    pub bundle: BundleId,
    pub case: CaseNumber,
    pub phase: Phase,
    pub done_bytes: u64,
    pub files: u64,
    pub lines: u64,
    pub current: Option<String>,
}

pub(crate) struct Reading {
    bundles: Mutex<HashMap<BundleId, Arc<Watch>>>,
    steps: broadcast::Sender<Step>,
    pub(crate) places: Semaphore,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            bundles: Mutex::default(),
            steps: broadcast::Sender::new(WATCHED_MAX),
            places: Semaphore::new(AT_ONCE),
        }
    }
}

impl Reading {
    pub(crate) fn start(&self, bundle: BundleId, case: CaseNumber) -> Arc<Watch> {
        let watch = Arc::new(Watch {
            bundle,
            case,
            done_bytes: AtomicU64::new(0),
            files: AtomicU64::new(0),
            lines: AtomicU64::new(0),
            told_at: AtomicU64::new(0),
            stop: AtomicBool::new(false),
            last: Mutex::new(None),
            steps: self.steps.clone(),
        });
        self.lock().insert(bundle, watch.clone());
        watch
    }

    pub(crate) fn end(&self, bundle: BundleId) {
        self.lock().remove(&bundle);
    }

    pub(crate) fn count(&self) -> usize {
        self.lock().len()
    }

    pub(crate) fn step(&self, bundle: BundleId) -> Option<Step> {
        let watch = self.lock().get(&bundle).cloned()?;
        Some(watch.step())
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Step> {
        self.steps.subscribe()
    }

    pub(crate) fn cancel_all(&self) {
        for watch in self.lock().values() {
            watch.stop.store(true, Ordering::Relaxed);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<BundleId, Arc<Watch>>> {
        self.bundles.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One bundle being read; evidence reports to it from many threads.
pub(crate) struct Watch {
    bundle: BundleId,
    case: CaseNumber,
    done_bytes: AtomicU64,
    files: AtomicU64,
    lines: AtomicU64,
    /// The sum of bytes and weighed files at the last message.
    told_at: AtomicU64,
    stop: AtomicBool,
    last: Mutex<Option<(Phase, Option<String>)>>,
    steps: broadcast::Sender<Step>,
}

impl Watch {
    fn step(&self) -> Step {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (phase, current) = last.unwrap_or((Phase::Opening, None));
        Step {
            bundle: self.bundle,
            case: self.case,
            phase,
            done_bytes: self.done_bytes.load(Ordering::Relaxed),
            files: self.files.load(Ordering::Relaxed),
            lines: self.lines.load(Ordering::Relaxed),
            current,
        }
    }
}

impl Progress for Watch {
    fn report(&self, phase: Phase, bytes: u64, files: u64, lines: u64, current: Option<&str>) {
        let done = self.done_bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let read = self.files.fetch_add(files, Ordering::Relaxed) + files;
        self.lines.fetch_add(lines, Ordering::Relaxed);
        let new_phase = {
            let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
            let changed = last.as_ref().is_none_or(|(before, _)| *before != phase);
            *last = Some((phase, current.map(str::to_owned)));
            changed
        };
        let weight = done + read * (BYTES_PER_MESSAGE / FILES_PER_MESSAGE);
        let told = self.told_at.load(Ordering::Relaxed);
        if new_phase || weight.saturating_sub(told) >= BYTES_PER_MESSAGE {
            self.told_at.store(weight, Ordering::Relaxed);
            // Nobody watching is the usual case.
            let _ = self.steps.send(self.step());
        }
    }

    fn cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
