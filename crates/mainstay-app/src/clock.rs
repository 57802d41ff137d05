//! Where time and ids enter: the only place of the program's logic that asks the machine for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use mainstay_core::UtcMicros;
use uuid::Uuid;

/// The time of day, or a time that a test sets.
#[derive(Debug, Clone)]
pub enum Clock {
    System,
    /// Advances by a microsecond at every reading, so that order is visible.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock for tests that starts at `start`.
    #[must_use]
    pub fn manual(start: UtcMicros) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(start.0)))
    }

    /// The moment it is.
    #[must_use]
    pub fn now(&self) -> UtcMicros {
        match self {
            Self::System => UtcMicros::from_timestamp(jiff::Timestamp::now()),
            Self::Manual(micros) => UtcMicros(micros.fetch_add(1, Ordering::Relaxed)),
        }
    }

    /// A fresh id that sorts by time.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}
