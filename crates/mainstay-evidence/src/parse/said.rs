//! What one line says, whatever its shape.

use mainstay_core::Level;

use super::detect::Shape;
use super::ids::Ids;
use super::layout::Message;
use super::layout::columns::Columns;
use super::{jsonlog, logfmt, windows_event};
use crate::record::Flags;
use crate::stamp::Stamp;

/// Which lines that start nothing go on with an open record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Joining {
    /// None: the format has one line a record.
    Never,
    /// Those that blocks and indentation tell.
    #[default]
    Blocks,
    /// All: a header opened the record.
    All,
}

/// What one line said, in places of its inner text.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub(crate) stamp: Option<Stamp>,
    pub(crate) level: Option<Level>,
    pub(crate) body: (usize, usize),
    pub(crate) joining: Joining,
    pub(crate) flags: Flags,
    /// The line has a header and still continues the record before.
    pub(crate) goes_on: bool,
    pub(crate) message: Message,
    /// The process that a syslog line names, as a number; 0 for all other lines.
    pub(crate) process: u64,
}

/// What a line says if it starts a record of this shape, and the ids that its fields state.
pub(crate) fn said_by(shape: &Shape, text: &str) -> Option<(Said, Ids)> {
    let joining = if shape.is_one_line() { Joining::Never } else { Joining::All };
    let mut ids = Ids::default();
    let said = match shape {
        Shape::Json => {
            let Some(read) = jsonlog::read(text).filter(|read| read.known_keys > 0) else {
                return said_by_open(text);
            };
            let body = read.message.unwrap_or((0, text.len()));
            ids = read.ids;
            Said { stamp: read.stamp, level: read.level, body, ..Said::default() }
        }
        Shape::Logfmt => {
            let read = logfmt::read(text)?;
            let body = read.message.unwrap_or((0, text.len()));
            ids = read.ids;
            Said { stamp: read.stamp, level: read.level, body, ..Said::default() }
        }
        Shape::WindowsEvent => {
            let read = windows_event::read(text)?;
            let body = (read.body, text.len());
            Said { stamp: read.stamp, level: read.level, body, ..Said::default() }
        }
        Shape::Columns(_) if Columns::is_remark(text) => {
            Said { body: (0, text.len()), ..Said::default() }
        }
        Shape::Columns(columns) => {
            let read = columns.read(text)?;
            let body = (read.body, text.len());
            Said { stamp: read.stamp, level: read.level, body, ..Said::default() }
        }
        Shape::Header { layout, time } => {
            let found = layout.read(text, *time)?;
            let message = layout.message;
            let start = message.start(text, found.cut);
            Said {
                stamp: found.stamp.map(|(stamp, _)| stamp),
                level: found.level,
                body: (start, message.end(text, start)),
                goes_on: found.goes_on,
                message,
                process: message.process(&text[..found.cut]),
                ..Said::default()
            }
        }
    };
    Some((Said { joining, ..said }, ids))
}

/// What the first line of a JSON object over several lines says.
fn said_by_open(text: &str) -> Option<(Said, Ids)> {
    let read = jsonlog::read_open(text)?;
    let body = read.message.unwrap_or((0, text.len()));
    let joining = Joining::All;
    let said = Said { stamp: read.stamp, level: read.level, body, joining, ..Said::default() };
    Some((said, read.ids))
}
