//! Bringing a store to this version's tables. Migrations only add; both engines have the same
//! numbers, and a test compares the tables they make.

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

macro_rules! migrations {
    ($engine:literal: $($number:literal $name:literal),+ $(,)?) => {
        Migrator::with_migrations(vec![$(
            Migration::new(
                $number,
                $name.into(),
                MigrationType::Simple,
                include_str!(concat!("../migrations/", $engine, "/", $name, ".sql")).into_sql_str(),
                false,
            )
        ),+])
    };
}

pub(crate) fn sqlite() -> Migrator {
    migrations!("sqlite": 1 "0001_log", 2 "0002_read_tables", 3 "0003_plain_tables", 4 "0004_clocks",
        10 "0010_queue_at_scale", 11 "0011_checkpoints", 12 "0012_intake",
        20 "0020_redaction", 30 "0030_hypotheses", 40 "0040_signature", 50 "0050_people",
        60 "0060_links", 70 "0070_swarms_and_mitigations")
}

pub(crate) fn postgres() -> Migrator {
    migrations!("postgres": 1 "0001_log", 2 "0002_read_tables", 3 "0003_plain_tables", 4 "0004_clocks",
        10 "0010_queue_at_scale", 11 "0011_checkpoints", 12 "0012_intake",
        20 "0020_redaction", 30 "0030_hypotheses", 40 "0040_signature", 50 "0050_people",
        60 "0060_links", 70 "0070_swarms_and_mitigations")
}
