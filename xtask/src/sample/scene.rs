//! Which day is told, and what happened when. Everything that the writers must agree on.

use super::clock::{DAY, Micros, OUTAGE_DAY, SECOND, at};
use super::random::Random;

/// The release with the large pool, and the one that lowers it.
pub(crate) const VERSION_BEFORE: &str = "7.4.0";
pub(crate) const VERSION_AFTER: &str = "7.4.1";
pub(crate) const POOL_BEFORE: i64 = 200;
pub(crate) const POOL_AFTER: i64 = 64;

/// `helm upgrade` begins.
pub(crate) const ROLLOUT: Micros = at(14, 2, 10);
/// Both new pods are ready and the old ones are gone.
pub(crate) const ROLLED_OUT: Micros = at(14, 2, 52);
/// Requests begin to wait for connections.
pub(crate) const STRAINED: Micros = at(14, 6, 0);
/// Every connection is taken, most requests give up.
pub(crate) const EXHAUSTED: Micros = at(14, 11, 20);
/// The kernel kills the first ledger pod: waiting requests filled its memory.
pub(crate) const KILLED: Micros = at(14, 21, 37);
/// It takes requests again, with the same small pool.
pub(crate) const RESTARTED: Micros = at(14, 22, 24);
/// An operator sets the pool back to its old size.
pub(crate) const POOL_RAISED: Micros = at(14, 38, 5);
/// The queue is empty.
pub(crate) const RECOVERED: Micros = at(14, 40, 30);

/// The two bundles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scene {
    /// A quiet half hour of the day before.
    Good,
    /// The day of release 7.4.1.
    Outage,
}

/// How the ledger's pool feels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Normal,
    Strained,
    Exhausted,
    Recovering,
}

impl Scene {
    pub(crate) fn root(self) -> &'static str {
        match self {
            Self::Good => "shop-good",
            Self::Outage => "shop-outage",
        }
    }

    pub(crate) fn seed(self) -> u64 {
        match self {
            Self::Good => 740,
            Self::Outage => 741,
        }
    }

    /// First moment of the logs.
    pub(crate) fn from(self) -> Micros {
        match self {
            Self::Good => at(13, 40, 0) - DAY,
            Self::Outage => at(13, 40, 0),
        }
    }

    /// Moment after the last one of the logs.
    pub(crate) fn until(self) -> Micros {
        match self {
            Self::Good => at(14, 10, 0) - DAY,
            Self::Outage => at(15, 0, 0),
        }
    }

    /// When the bundle was made.
    pub(crate) fn collected(self) -> Micros {
        self.until() + 252 * SECOND
    }

    pub(crate) fn phase(self, time: Micros) -> Phase {
        if self == Self::Good || !(STRAINED..RECOVERED).contains(&time) {
            Phase::Normal
        } else if time < EXHAUSTED {
            Phase::Strained
        } else if time < POOL_RAISED {
            Phase::Exhausted
        } else {
            Phase::Recovering
        }
    }

    /// Connections that the ledger may open at this moment.
    pub(crate) fn pool(self, time: Micros) -> i64 {
        if self == Self::Good || !(ROLLED_OUT..POOL_RAISED).contains(&time) {
            POOL_BEFORE
        } else {
            POOL_AFTER
        }
    }

    /// The moments of a regular activity: each within a second after its due time, as on real hosts.
    pub(crate) fn every(self, period: Micros) -> impl Iterator<Item = Micros> {
        let (from, until) = (self.from(), self.until());
        (0..(until - from) / period).map(move |index| {
            let lag = Random::new((index * 31 + period / SECOND).unsigned_abs()).between(0, SECOND);
            from + index * period + lag
        })
    }

    /// Microseconds of the day, for numbers that must grow.
    pub(crate) fn since_midnight(self, time: Micros) -> Micros {
        match self {
            Self::Good => time - OUTAGE_DAY + DAY,
            Self::Outage => time - OUTAGE_DAY,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pool_is_small_between_rollout_and_rescue() {
        assert_eq!(Scene::Outage.pool(ROLLED_OUT - 1), POOL_BEFORE);
        assert_eq!(Scene::Outage.pool(ROLLED_OUT), POOL_AFTER);
        assert_eq!(Scene::Outage.pool(POOL_RAISED), POOL_BEFORE);
        assert_eq!(Scene::Good.pool(ROLLED_OUT - DAY), POOL_BEFORE);
        assert_eq!(Scene::Outage.phase(KILLED), Phase::Exhausted);
        assert_eq!(Scene::Outage.phase(POOL_RAISED), Phase::Recovering);
    }
}
