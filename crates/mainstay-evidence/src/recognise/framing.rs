//! Files whose records are not lines: JSON arrays of records (CloudTrail, exports of clouds),
//! records printed over several lines, Windows events in XML, octet-counted syslog.

use super::Framing;
use crate::parse::{json, jsonlog};

/// Arrays deeper in a document are parts of its records.
const ARRAY_DEPTH_MAX: usize = 3;
/// Keys beside a time that make an object a record of a log and not a description of something.
const RECORD_KEYS: [&str; 13] = [
    "eventName",
    "eventSource",
    "message",
    "msg",
    "textPayload",
    "jsonPayload",
    "protoPayload",
    "logName",
    "operationName",
    "category",
    "level",
    "severity",
    "stage",
];

/// The framing that the start of a file shows; `None` for lines.
pub(super) fn detect(head: &str) -> Option<Framing> {
    let text = head.trim_start();
    match text.as_bytes().first()? {
        b'{' | b'[' => json_elements(text),
        b'<' => {
            let events = text.contains("<Event ") || text.contains("<Event>");
            let windows = text.contains("<System>") && text.contains("<Provider");
            (events && windows).then_some(Framing::XmlEvents)
        }
        b'0'..=b'9' => counted_octets(text).then_some(Framing::CountedOctets),
        b'_' => {
            let stamped = text.contains("\n__REALTIME_TIMESTAMP=");
            (text.starts_with("__CURSOR=") && stamped).then_some(Framing::JournalExport)
        }
        _ => None,
    }
}

fn json_elements(text: &str) -> Option<Framing> {
    // lines that are whole objects are read as they are
    let first_line = text.lines().next().unwrap_or(text);
    if text.starts_with('{') && json::is_object(first_line) && !holds_array(first_line) {
        return None;
    }
    let (depth, start) = first_element(text)?;
    let end = json::fields(text, start, &mut |_| {});
    // an element that is longer than the sample tells by its beginning
    let element = &text[start..end.unwrap_or(text.len())];
    let follows = end.map(|end| text[end..].trim_start().bytes().next());
    let many = match follows {
        Some(Some(b'{')) => depth == 0,
        Some(Some(b',' | b']')) => depth > 0,
        Some(_) => false,
        None => depth > 0,
    };
    (many && is_record(element)).then_some(Framing::JsonElements(u8::try_from(depth).ok()?))
}

fn holds_array(line: &str) -> bool {
    line.contains("\":[{") || line.contains("\": [{")
}

/// The depth and the place of the first object in the outermost array, or of a bare object.
fn first_element(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut depth = 0;
    let mut in_array = false;
    while depth <= ARRAY_DEPTH_MAX && at < bytes.len() {
        match bytes[at] {
            b'{' if in_array => return Some((depth, at)),
            b'{' | b'[' => {
                in_array = bytes[at] == b'[';
                depth += 1;
            }
            b'}' | b']' => {
                in_array = false;
                depth = depth.checked_sub(1)?;
                // a whole object without an array in it: documents one after the other
                if depth == 0 {
                    return text.starts_with('{').then_some((0, 0));
                }
            }
            b'"' => at = json::text_end(bytes, at + 1)?,
            _ => {}
        }
        at += 1;
    }
    None
}

/// Has the object a time, and a key of a log record?
fn is_record(element: &str) -> bool {
    let mut known = false;
    let whole = json::fields(element, 0, &mut |field| known |= RECORD_KEYS.contains(&field.key));
    let stated = jsonlog::read(element).is_some_and(|read| read.stamp.is_some());
    known && (stated || whole.is_none())
}

/// `LEN <PRI>1 …`, and another where the length says.
fn counted_octets(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let length = text[..digits].parse::<usize>().ok();
    let message = text[digits..].strip_prefix(' ').filter(|rest| rest.starts_with('<'));
    let (Some(length), Some(message)) = (length, message) else { return false };
    match message.get(length..) {
        None => false,
        Some(rest) => {
            let rest = rest.trim_start_matches(['\n', '\r']);
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            rest.is_empty() || (digits > 0 && rest[digits..].starts_with(" <"))
        }
    }
}
