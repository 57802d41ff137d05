//! The count of what comes out of decompressors, against what went in.
//!
//! What is *not* here: the bytes of the whole bundle; those are counted where they are kept.

use std::cell::{Cell, RefCell};
use std::io::{self, Read};
use std::rc::Rc;

use crate::limits::Limits;

/// One container: bytes that went in and came out so far.
#[derive(Debug)]
struct Layer {
    packed: Rc<Cell<u64>>,
    unpacked: u64,
}

/// The containers that are open now, outermost first.
#[derive(Debug)]
pub(super) struct Meter {
    ratio: u64,
    free_bytes: u64,
    layers: RefCell<Vec<Layer>>,
}

impl Meter {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            ratio: limits.ratio,
            free_bytes: limits.ratio_free_bytes,
            layers: RefCell::new(Vec::new()),
        }
    }

    /// Opens a container; the answer names it.
    pub(super) fn enter(&self, packed: Rc<Cell<u64>>) -> usize {
        let mut layers = self.layers.borrow_mut();
        layers.push(Layer { packed, unpacked: 0 });
        layers.len() - 1
    }

    /// Closes a container and all inside it.
    pub(super) fn leave(&self, layer: usize) {
        self.layers.borrow_mut().truncate(layer);
    }

    /// Counts `bytes` that came out of `layer`; false when that is too much for what went in.
    pub(super) fn count(&self, layer: usize, bytes: u64) -> bool {
        let mut layers = self.layers.borrow_mut();
        let Some(layer) = layers.get_mut(layer) else { return true };
        layer.unpacked = layer.unpacked.saturating_add(bytes);
        layer.unpacked <= self.free_bytes
            || layer.unpacked <= layer.packed.get().saturating_mul(self.ratio)
    }
}

/// The error by which a metered reader ends: the container that gave too much.
#[derive(Debug, thiserror::Error)]
#[error("the archive unpacks to far more than its size")]
pub(super) struct RatioReached {
    pub(super) layer: usize,
}

/// A reader of unpacked bytes that ends when the ratio is reached.
pub(super) struct Metered<R> {
    inner: R,
    meter: Rc<Meter>,
    layer: usize,
}

impl<R: Read> Metered<R> {
    pub(super) fn new(inner: R, meter: Rc<Meter>, layer: usize) -> Self {
        Self { inner, meter, layer }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        if self.meter.count(self.layer, count as u64) {
            Ok(count)
        } else {
            Err(io::Error::other(RatioReached { layer: self.layer }))
        }
    }
}

/// Tells how much was read through it.
pub(super) struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Counted<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, count: Rc::new(Cell::new(0)) }
    }

    pub(super) fn count(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.count)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.count.set(self.count.get() + count as u64);
        Ok(count)
    }
}
