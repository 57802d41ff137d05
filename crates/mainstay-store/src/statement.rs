//! Every statement that both engines share, once. What must differ is in `dialect`. A test
//! prepares all of them on both engines; nothing here is ever built at run time.

pub(crate) mod backup;
pub(crate) mod checkpoint;
pub(crate) mod customer;
pub(crate) mod handoff;
pub(crate) mod link;
pub(crate) mod log;
pub(crate) mod mitigation;
pub(crate) mod person;
pub(crate) mod plain;
pub(crate) mod project;
pub(crate) mod queue;
pub(crate) mod read;
pub(crate) mod signature;
pub(crate) mod swarm;

/// Names each statement and lists them for the test that prepares them.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)+) => {
        $($(#[$doc])* pub(crate) const $name: &str = $sql;)+

        /// Every statement of this file by name.
        #[cfg(feature = "testing")]
        pub(crate) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),+];
    };
}
use statements;
