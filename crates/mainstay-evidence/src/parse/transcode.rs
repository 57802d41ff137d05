//! UTF-16 on its way to a reader of UTF-8: documents that Windows tools wrote. Logs are decoded line
//! by line instead, with their places.

use std::io::{self, Read};

/// Bytes read from the file at once.
const CHUNK: usize = 8 << 10;

/// Gives UTF-8 for UTF-16, and everything else as it is.
pub(super) struct Transcode<'r> {
    inner: &'r mut dyn Read,
    /// `None` until the first bytes were seen.
    order: Option<Order>,
    /// Bytes of the file that are half a unit or half a pair.
    held: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Bytes,
    Little,
    Big,
}

impl<'r> Transcode<'r> {
    pub(super) fn new(inner: &'r mut dyn Read) -> Self {
        Self { inner, order: None, held: Vec::new(), ready: Vec::new(), given: 0 }
    }

    /// Reads and decodes more; `false` at the end.
    fn fill(&mut self) -> io::Result<bool> {
        let mut chunk = [0; CHUNK];
        let count = self.inner.read(&mut chunk)?;
        self.held.extend_from_slice(&chunk[..count]);
        let ended = count == 0;
        // a byte order mark or two characters tell
        if self.held.len() < 4 && !ended {
            return Ok(true);
        }
        let order = *self.order.get_or_insert(order_of(&self.held));
        self.ready.clear();
        self.given = 0;
        if order == Order::Bytes {
            std::mem::swap(&mut self.ready, &mut self.held);
            return Ok(!ended);
        }
        let units: Vec<u16> = self
            .held
            .chunks_exact(2)
            .map(|pair| match order {
                Order::Big => u16::from_be_bytes([pair[0], pair[1]]),
                _ => u16::from_le_bytes([pair[0], pair[1]]),
            })
            .collect();
        let split = units.last().is_some_and(|unit| (0xD800..0xDC00).contains(unit)) && !ended;
        let whole = units.len() - usize::from(split);
        let text: String = char::decode_utf16(units[..whole].iter().copied())
            .map(|decoded| decoded.unwrap_or(char::REPLACEMENT_CHARACTER))
            .filter(|character| *character != '\u{feff}')
            .collect();
        self.held.drain(..whole * 2);
        self.ready = text.into_bytes();
        Ok(!ended)
    }
}

fn order_of(start: &[u8]) -> Order {
    match start {
        [0xFF, 0xFE, ..] => Order::Little,
        [0xFE, 0xFF, ..] => Order::Big,
        [first, 0, third, 0, ..] if *first != 0 && *third != 0 => Order::Little,
        [0, second, 0, fourth, ..] if *second != 0 && *fourth != 0 => Order::Big,
        _ => Order::Bytes,
    }
}

impl Read for Transcode<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            if !self.fill()? && self.given == self.ready.len() {
                return Ok(0);
            }
        }
        let length = buffer.len().min(self.ready.len() - self.given);
        buffer[..length].copy_from_slice(&self.ready[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}
