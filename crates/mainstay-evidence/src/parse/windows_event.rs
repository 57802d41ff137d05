//! One event of Windows' event log as XML, in one line. Provider and event id are what tells events
//! apart, so the message begins there; times and levels are attributes before it is read.

use mainstay_core::Level;

use crate::stamp::{self, Stamp};

/// What an event said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WindowsEvent {
    pub(crate) stamp: Option<Stamp>,
    pub(crate) level: Option<Level>,
    /// Where the provider stands.
    pub(crate) body: usize,
}

/// Reads an event; `None` for any other text.
pub(crate) fn read(text: &str) -> Option<WindowsEvent> {
    if !text.starts_with("<Event") {
        return None;
    }
    let body = text.find("<Provider")?;
    let system = &text[..text.find("</System>").unwrap_or(text.len())];
    let stamp = after(system, "SystemTime=")
        .and_then(|value| value.get(1..))
        .and_then(|value| stamp::scan(value.as_bytes()))
        .map(|(stamp, _, _)| stamp);
    let level = after(system, "<Level>").and_then(|value| level(value.bytes().next()?));
    Some(WindowsEvent { stamp, level, body })
}

fn after<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let at = memchr::memmem::find(text.as_bytes(), mark.as_bytes())?;
    text.get(at + mark.len()..)
}

/// Windows' own scale; 0 is what is always logged.
fn level(digit: u8) -> Option<Level> {
    Some(match digit {
        b'1' => Level::Fatal,
        b'2' => Level::Error,
        b'3' => Level::Warn,
        b'0' | b'4' => Level::Info,
        b'5' => Level::Debug,
        _ => return None,
    })
}
