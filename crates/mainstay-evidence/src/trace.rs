//! What traces tell: trees that bear missing parents and wrong clocks, time a span spends itself,
//! calls between components, the critical path, where a failure began.
//!
//! What is *not* here: which of it is odd (`rank`).

pub(crate) mod call;
pub(crate) mod origin;
pub(crate) mod path;
pub(crate) mod tree;
