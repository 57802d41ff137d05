//! One run of a metric against its target: how much is counted, whether it is breached, when it
//! will be.

use super::metric::{Ending, Instance};
use crate::UtcMicros;
use crate::calendar::Calendar;

/// "Due soon" begins when this part of the target, or less, is left.
const DUE_SOON_PART: i64 = 4;
/// "Due now": the last counted minute.
const DUE_NOW_US: i64 = 60_000_000;

/// A judged run. Everything is derived; nothing of it is truth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    pub instance: Instance,
    /// What is promised, in counted microseconds.
    pub target_us: i64,
    /// What has passed, in counted microseconds.
    pub elapsed_us: i64,
    pub state: State,
    /// The instant at which the count passed the target, if it has.
    pub breached_at: Option<UtcMicros>,
    pub due: Option<Due>,
}

/// When the target will be reached if nothing happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The earliest instant at which the whole target has passed.
    pub at: UtcMicros,
    /// The next opening, where `at` is a closing time: only after it can the target be exceeded.
    pub reopens_at: Option<UtcMicros>,
}

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    OnTrack,
    DueSoon,
    DueNow,
    /// The count is past the target, ended or not.
    Breached,
    /// It stands still in this status of the case.
    Paused,
    /// It ended in time.
    Met,
    /// It ended without a verdict.
    Cancelled,
    /// The calendar holds no more hours within ten years.
    Exhausted,
}

impl State {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnTrack => "on_track",
            Self::DueSoon => "due_soon",
            Self::DueNow => "due_now",
            Self::Breached => "breached",
            Self::Paused => "paused",
            Self::Met => "met",
            Self::Cancelled => "cancelled",
            Self::Exhausted => "exhausted",
        }
    }
}

impl Clock {
    /// Judges a run in a calendar at a moment. Breached means more than the target in counted time:
    /// an equal count is in time.
    #[must_use]
    pub fn new(instance: Instance, target_us: i64, calendar: &Calendar, now: UtcMicros) -> Self {
        let mut elapsed_us = 0;
        let mut breached_at = None;
        for span in &instance.running {
            let counted = calendar.elapsed(span.from, span.to);
            if breached_at.is_none() && target_us < elapsed_us + counted {
                let reached = calendar.after(span.from, target_us - elapsed_us);
                // at a closing time nothing can exceed the target before the next opening
                breached_at = reached.and_then(|at| calendar.after(at, 0));
            }
            elapsed_us += counted;
        }
        let left_us = target_us - elapsed_us;
        let runs = instance.end.is_none() && instance.paused.is_none();
        let due_at = (runs && 0 <= left_us).then(|| calendar.after(now, left_us));
        let state = match instance.end {
            Some((_, Ending::ClosedUnanswered | Ending::Merged)) => State::Cancelled,
            _ if left_us < 0 => State::Breached,
            Some(_) => State::Met,
            None if !runs => State::Paused,
            None if due_at == Some(None) => State::Exhausted,
            None if left_us <= DUE_NOW_US => State::DueNow,
            None if left_us <= target_us / DUE_SOON_PART => State::DueSoon,
            None => State::OnTrack,
        };
        let due = due_at
            .flatten()
            .map(|at| Due { at, reopens_at: calendar.after(at, 0).filter(|opens| *opens != at) });
        Self { instance, target_us, elapsed_us, state, breached_at, due }
    }

    /// Whether more than the target was counted.
    #[must_use]
    pub fn is_breached(&self) -> bool {
        self.target_us < self.elapsed_us
    }

    /// Whole counted seconds, as shown.
    #[must_use]
    pub fn elapsed_s(&self) -> i64 {
        self.elapsed_us.div_euclid(1_000_000)
    }
}
