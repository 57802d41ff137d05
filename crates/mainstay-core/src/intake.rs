//! Intake: what the next level needs to know before it takes a case, and whether it is there.
//!
//! `checklist` says what is asked of which cases, `report` is what the sender answers, `facts` is
//! what the evidence says, `assess` compares them. Web form, HTTP, command line and mail all lead to
//! that one function. What is *not* here: reading evidence, and the hand-over itself, which is a
//! matter of the case (`case::intake`).

pub mod assess;
pub mod checklist;
pub mod event;
pub mod facts;
pub mod mail;
pub mod moment;
pub mod rate;
pub mod report;

pub use assess::{Assessment, Judged, Verdict, assess};
pub use checklist::{Check, Checklist, ChecklistSet, ChecklistSetForm, Item};
pub use facts::{BundleFacts, Facts, SourceSpan};
pub use mail::Mail;
pub use report::{Impact, Report, Tried, Window};
