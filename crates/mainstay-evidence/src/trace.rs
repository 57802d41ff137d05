//! What traces tell: trees that bear missing parents and wrong clocks, time a span spends itself,
//! calls between components, the critical path, where a failure began, where a call
//! usually arrives.
//!
//! What is *not* here: which of it is odd (`rank`).

pub(crate) mod call;
pub(crate) mod origin;
pub(crate) mod path;
pub(crate) mod tree;
pub(crate) mod usual;
