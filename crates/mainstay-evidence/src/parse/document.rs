//! Bounded reading of documents and of lines: bytes and nesting are limited before a parser sees
//! them, and an array is handed on element by element so that a large document is never held.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::structured::Context;
use crate::problem::{Problem, ProblemCode};

/// A line of JSON (a batch of spans) must be held whole; exporters flush far earlier.
const LINE_BYTES_MAX: usize = 64 << 20;

/// The texts of the limits in I/O errors; serde carries only these through.
const TOO_LARGE: &str = "document too large";
const TOO_DEEP: &str = "document too deep";

/// Counts bytes and nesting of JSON on their way to the parser.
struct Bounded<R> {
    inner: R,
    bytes_left: u64,
    depth: usize,
    depth_max: usize,
    in_string: bool,
    escaped: bool,
    /// The limit that was reached; it stays reached.
    reached: Option<&'static str>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let read = u64::try_from(count).unwrap_or(u64::MAX);
        if read > self.bytes_left {
            self.reached = Some(TOO_LARGE);
        }
        self.bytes_left = self.bytes_left.saturating_sub(read);
        for byte in &buffer[..count] {
            self.step(*byte);
        }
        if let Some(limit) = self.reached {
            return Err(io::Error::other(limit));
        }
        Ok(count)
    }
}

impl<R> Bounded<R> {
    fn new(inner: R, bytes_max: u64, depth_max: usize) -> Self {
        let (depth, in_string, escaped) = (0, false, false);
        Self { inner, bytes_left: bytes_max, depth, depth_max, in_string, escaped, reached: None }
    }

    fn step(&mut self, byte: u8) {
        if self.in_string {
            let ends = byte == b'"' && !self.escaped;
            self.escaped = byte == b'\\' && !self.escaped;
            self.in_string = !ends;
            return;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > self.depth_max {
            self.reached = Some(TOO_DEEP);
        }
    }
}

/// What a document gives besides its elements.
#[derive(Default)]
pub(super) struct Rest {
    /// The members of the root that are not on the way to the array.
    pub(super) members: Map<String, Value>,
    /// The array was there.
    pub(super) found: bool,
}

/// Hands on the elements of the array at `path` (names of members from the root; a root that is
/// itself an array is taken as it is). What was handed on before a broken place stays.
pub(super) fn elements(
    reader: &mut dyn Read,
    path: &[&str],
    context: &mut Context<'_>,
    take: &mut dyn FnMut(Value, &mut Context<'_>),
) -> Rest {
    let limits = context.limits;
    let bounded = Bounded::new(reader, limits.document_bytes, limits.document_depth);
    let mut rest = Rest::default();
    let mut buffered = BufReader::with_capacity(1 << 16, bounded);
    skip_byte_order_mark(&mut buffered);
    let line = Cell::new(1);
    let counted = LineCounter { inner: buffered, line: &line };
    let mut parser = serde_json::Deserializer::from_reader(counted);
    let walk = Walk { path, root: true, rest: &mut rest, take, context, line: &line };
    let result = walk.deserialize(&mut parser).and_then(|()| parser.end());
    context.line = line.get();
    if let Err(error) = result {
        let problem = document_problem(context.path, &error);
        context.skip(problem);
    }
    rest
}

/// Counts the line breaks that the parser has taken; it takes byte by byte.
struct LineCounter<'line, R> {
    inner: R,
    line: &'line Cell<u64>,
}

impl<R: Read> Read for LineCounter<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let breaks = memchr::memchr_iter(b'\n', &buffer[..count]).count();
        self.line.set(self.line.get() + breaks as u64);
        Ok(count)
    }
}

/// A failing reader fails again at the next read, where it is reported.
fn skip_byte_order_mark(reader: &mut impl BufRead) {
    if reader.fill_buf().is_ok_and(|start| start.starts_with(b"\xEF\xBB\xBF")) {
        reader.consume(3);
    }
}

fn document_problem(path: &str, error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    let line = u64::try_from(error.line()).unwrap_or(0);
    let (code, detail) = if text.contains(TOO_LARGE) {
        (
            ProblemCode::DocumentTooLarge,
            "the document is larger than the limit and was read in part",
        )
    } else if text.contains(TOO_DEEP) || text.contains("recursion limit") {
        (ProblemCode::DocumentTooDeep, "the document is nested deeper than the limit")
    } else {
        (ProblemCode::MalformedDocument, "the document is broken here and was read up to here")
    };
    let mut problem = Problem::new(code, Some(path), detail);
    problem.line = (line > 0).then_some(line);
    problem
}

/// Follows `path` through the document.
struct Walk<'walk, 'run> {
    path: &'walk [&'walk str],
    root: bool,
    rest: &'walk mut Rest,
    take: &'walk mut dyn FnMut(Value, &mut Context<'_>),
    context: &'walk mut Context<'run>,
    line: &'walk Cell<u64>,
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object or an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        self.rest.found = true;
        while let Some(element) = elements.next_element::<Value>()? {
            self.context.line = self.line.get();
            (self.take)(element, self.context);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<String>()? {
            if self.path.first() == Some(&name.as_str()) {
                members.next_value_seed(Walk {
                    path: &self.path[1..],
                    root: false,
                    rest: &mut *self.rest,
                    take: &mut *self.take,
                    context: &mut *self.context,
                    line: self.line,
                })?;
            } else if self.root {
                let value = members.next_value()?;
                self.rest.members.insert(name, value);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
}

/// One line of a line-based format.
pub(super) struct TextLine<'line> {
    pub(super) number: u64,
    pub(super) offset: u64,
    pub(super) text: &'line str,
}

/// Hands on the non-blank lines; one that is too long or not UTF-8 is a `Problem`.
pub(super) fn lines(
    reader: &mut dyn Read,
    context: &mut Context<'_>,
    take: &mut dyn FnMut(&TextLine<'_>, &mut Context<'_>),
) {
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    let mut buffer = Vec::new();
    let (mut number, mut offset) = (0, 0);
    loop {
        buffer.clear();
        number += 1;
        let read = match bounded_line(&mut reader, &mut buffer) {
            Ok(0) => return,
            Ok(read) => read,
            Err(_) => {
                let detail = "the file could not be read further";
                let problem =
                    Problem::new(ProblemCode::UnreadableInput, Some(context.path), detail);
                return context.skip(problem.at_line(number, offset));
            }
        };
        let start = offset;
        offset += read;
        match std::str::from_utf8(&buffer) {
            _ if read > u64::try_from(buffer.len()).unwrap_or(u64::MAX) => {
                let detail = "the line is longer than the limit and was left out";
                let problem = Problem::new(ProblemCode::LongLine, Some(context.path), detail);
                context.skip(problem.at_line(number, start));
            }
            Ok(text) => {
                let text = text.trim_start_matches('\u{feff}').trim();
                if !text.is_empty() {
                    context.line = number;
                    take(&TextLine { number, offset: start, text }, context);
                }
            }
            Err(_) => context.skip_line(number, start, "the line is not UTF-8 and was left out"),
        }
    }
}

/// Reads to the end of the line and keeps at most the limit of it; gives the bytes read.
fn bounded_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<u64> {
    let mut read = 0;
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            return Ok(read);
        }
        let end = memchr::memchr(b'\n', chunk);
        let length = end.map_or(chunk.len(), |at| at + 1);
        let room = LINE_BYTES_MAX.saturating_sub(line.len()).min(length);
        line.extend_from_slice(&chunk[..room]);
        reader.consume(length);
        read += u64::try_from(length).unwrap_or(u64::MAX);
        if end.is_some() {
            return Ok(read);
        }
    }
}

/// Parses one line of JSON with the limit on nesting.
pub(super) fn json_line(text: &str, depth_max: usize) -> Result<Value, &'static str> {
    let mut reader = Bounded::new(text.as_bytes(), u64::MAX, depth_max);
    io::copy(&mut reader, &mut io::sink())
        .map_err(|_| "the line is nested deeper than the limit")?;
    serde_json::from_str(text).map_err(|_| "the line is not JSON and was left out")
}

/// A number that may be written as a text, as protobuf's JSON does with 64 bits.
pub(super) fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// A decimal that may be written as a text; `NaN` and `+Inf` are values.
pub(super) fn decimal(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => decimal_text(text),
        _ => None,
    }
}

/// The same for a text.
pub(super) fn decimal_text(text: &str) -> Option<f64> {
    match text {
        "NaN" | "nan" | "Nan" => Some(f64::NAN),
        "+Inf" | "Inf" => Some(f64::INFINITY),
        "-Inf" => Some(f64::NEG_INFINITY),
        _ => text.parse().ok(),
    }
}
