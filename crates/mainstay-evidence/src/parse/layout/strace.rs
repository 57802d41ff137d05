//! strace: one system call a line, with or without a time and a process.

use super::known::KnownFormat;

pub(super) const FORMATS: &[KnownFormat] = &[KnownFormat::new(
    "strace",
    &[
        "[pid~{number}] {time} {call}",
        "[pid~{number}] {call}",
        "{number} {time} {call}",
        "{number} {call}",
        "{time} {call}",
        "{call}",
    ],
)
.one_line()];

/// The longest name of a system call.
const NAME_LENGTH_MAX: usize = 32;

/// `name(…`, `<... name resumed>`, `+++ exited`, `--- SIG`.
pub(super) fn is_call(text: &[u8]) -> bool {
    if text.starts_with(b"<... ") || text.starts_with(b"+++ ") || text.starts_with(b"--- SIG") {
        return true;
    }
    let name = text
        .iter()
        .take(NAME_LENGTH_MAX)
        .take_while(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_')
        })
        .count();
    // the call and its result, or the cut at which another process came between
    let done = memchr::memmem::find(text, b") = ").is_some()
        || memchr::memmem::find(text, b") \t= ").is_some()
        || text.ends_with(b"<unfinished ...>")
        || memchr::memmem::find(text, b")  ").is_some();
    name >= 2 && text.get(name) == Some(&b'(') && done
}
