//! What metrics mean and when they change: units, robust scores, change points, counters.
//!
//! What is *not* here: which component is to blame (`rank`).

pub(crate) mod change_point;
pub(crate) mod counter;
pub(crate) mod meaning;
pub(crate) mod robust;
