//! The few statements that the engines say differently, side by side.

use crate::connection::Connection;

/// One meaning, two texts.
#[derive(Clone, Copy)]
pub(crate) struct Dialect {
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
}

impl Dialect {
    pub(crate) fn of(self, connection: &Connection<'_>) -> &'static str {
        match connection {
            Connection::Sqlite(_) => self.sqlite,
            Connection::Postgres(_) => self.postgres,
        }
    }
}

macro_rules! dialects {
    ($($(#[$doc:meta])* $name:ident { sqlite: $sqlite:expr, postgres: $postgres:expr $(,)? })+) => {
        $($(#[$doc])* pub(crate) const $name: Dialect =
            Dialect { sqlite: $sqlite, postgres: $postgres };)+

        /// Every pair by name.
        #[cfg(feature = "testing")]
        pub(crate) const ALL: &[(&str, Dialect)] = &[$((stringify!($name), $name)),+];
    };
}

macro_rules! take_job {
    ($lock:literal) => {
        concat!(
            "update jobs set state = 'running', attempts = attempts + 1, locked_until_us = $2 \
             where id = (select id from jobs where (state = 'queued' and run_at_us <= $1) \
             or (state = 'running' and locked_until_us <= $1) order by run_at_us, id limit 1",
            $lock,
            ") returning id, kind, key, payload, state, run_at_us, attempts, locked_until_us, \
             last_error"
        )
    };
}

dialects! {
    /// SQLite's writer is alone already; PostgreSQL holds the row until the end.
    LOCK_HEAD {
        sqlite: "select version, hash from stream_head where tenant = $1 and stream = $2",
        postgres: "select version, hash from stream_head where tenant = $1 and stream = $2 \
            for update",
    }
    /// Two requests with the same key come one after the other.
    LOCK_KEY {
        sqlite: "select 1 as locked where $1 is not null",
        postgres: "select 1 as locked from (select pg_advisory_xact_lock(hashtextextended($1, 0))) \
            as held",
    }
    /// The moment of recording is the database's: nodes may disagree about the time.
    NOW {
        sqlite: "select cast(unixepoch('now', 'subsec') * 1000000 as integer) as now_us",
        postgres: "select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint) \
            as now_us",
    }
    /// The transaction that inserts. SQLite commits in the order of seq and needs none.
    XACT {
        sqlite: "select 0 as xact",
        postgres: "select cast(cast(pg_current_xact_id() as text) as bigint) as xact",
    }
    /// Transactions below it have ended, so nothing appears among them any more.
    HORIZON {
        sqlite: "select 1 as horizon",
        postgres: "select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint) \
            as horizon",
    }
    /// Writers wait while the read tables are rebuilt.
    LOCK_LOG {
        sqlite: "select 1 as locked",
        postgres: "lock table events in share row exclusive mode",
    }
    /// Other nodes look at the log when they hear this.
    NOTIFY {
        sqlite: "select 1 as notified",
        postgres: "select 1 as notified from (select pg_notify('mainstay_events', '')) as sent",
    }
    TAKE_JOB {
        sqlite: take_job!(""),
        postgres: take_job!(" for update skip locked"),
    }
}
