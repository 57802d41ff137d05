//! The store's behaviour, the same on both engines: every test of the suite runs on SQLite and on
//! a PostgreSQL of this process's own.

mod audit;
mod backup;
mod blob;
mod checkpoint;
mod crash;
mod customer;
mod fixture;
mod group;
mod handoff;
mod intake;
mod job;
mod link;
mod log;
mod order;
mod person;
mod plan;
mod queue;
mod rebuild;
mod redaction;
mod schema;
mod session;
mod signature;
mod sla;
mod verify;
mod write;

/// Runs each named test on SQLite and on PostgreSQL.
macro_rules! store_suite {
    ($module:ident: $($test:ident),+ $(,)?) => {
        mod sqlite {
            use crate::fixture::{Desk, Engine};
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    super::$test(Desk::new(Engine::Sqlite).await).await;
                }
            )+
        }
        mod postgres {
            use crate::fixture::{Desk, Engine};
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    super::$test(Desk::new(Engine::Postgres).await).await;
                }
            )+
        }
    };
}
pub(crate) use store_suite;
