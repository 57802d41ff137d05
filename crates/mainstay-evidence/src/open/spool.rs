//! Bytes kept for re-reading: in memory up to a budget, beyond it sealed in one unlinked file.
//!
//! What is *not* here: anything that survives the process. The key of the sealed file lives in
//! memory only, so nothing unredacted is ever readable on a disk, not even after a crash. There is
//! no authentication tag: whoever can write to our open file descriptors can do worse.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use chacha20::ChaCha20;
use chacha20::cipher::{KeyIvInit, StreamCipher};

use crate::limits::Limits;

/// One piece of a spool: large enough for sequential speed, small enough to hold one for each
/// reader.
const CHUNK_BYTES: usize = 256 << 10;

/// The memory and the sealed file that many spools share.
#[derive(Debug, Clone)]
pub struct SpoolSpace(Arc<Space>);

#[derive(Debug)]
struct Space {
    memory_left: AtomicU64,
    sealed: OnceLock<Sealed>,
    opening: Mutex<()>,
}

struct Sealed {
    file: File,
    key: [u8; 32],
    end: AtomicU64,
}

// the key must not reach a log through a derived Debug
impl std::fmt::Debug for Sealed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Sealed").field("end", &self.end).finish_non_exhaustive()
    }
}

impl SpoolSpace {
    /// A space with the memory budget of `limits`. The file is made when it is first needed.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self(Arc::new(Space {
            memory_left: AtomicU64::new(limits.memory_bytes),
            sealed: OnceLock::new(),
            opening: Mutex::new(()),
        }))
    }

    /// A writer without a limit of its own: the caller bounds what it reads.
    #[must_use]
    pub fn writer(&self) -> SpoolWriter {
        SpoolWriter {
            space: self.clone(),
            chunks: Vec::new(),
            buffer: Vec::new(),
            length: 0,
            bytes_max: u64::MAX,
        }
    }

    fn keep(&self, bytes: &[u8]) -> io::Result<Chunk> {
        let wanted = bytes.len() as u64;
        let taken = self
            .0
            .memory_left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(wanted));
        if taken.is_ok() {
            return Ok(Chunk::Memory(bytes.into()));
        }
        let sealed = self.sealed()?;
        let offset = sealed.end.fetch_add(wanted, Ordering::Relaxed);
        let mut cipher_text = bytes.to_vec();
        sealed.cipher(offset).apply_keystream(&mut cipher_text);
        sealed.file.write_all_at(&cipher_text, offset)?;
        Ok(Chunk::Sealed { offset, length: bytes.len() })
    }

    fn sealed(&self) -> io::Result<&Sealed> {
        let _opening = self.0.opening.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(sealed) = self.0.sealed.get() {
            return Ok(sealed);
        }
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| io::Error::other(error.to_string()))?;
        let sealed = Sealed { file: tempfile::tempfile()?, key, end: AtomicU64::new(0) };
        Ok(self.0.sealed.get_or_init(|| sealed))
    }
}

impl Sealed {
    /// Offsets are never used twice, so the offset is the nonce, and a chunk is far below the 256
    /// GiB that one nonce may encrypt.
    fn cipher(&self, offset: u64) -> ChaCha20 {
        let mut nonce = [0; 12];
        nonce[..8].copy_from_slice(&offset.to_le_bytes());
        ChaCha20::new(&self.key.into(), &nonce.into())
    }
}

#[derive(Debug)]
enum Chunk {
    Memory(Box<[u8]>),
    Sealed { offset: u64, length: usize },
}

/// Finished content: re-readable any number of times, from several threads.
#[derive(Debug, Clone)]
pub struct Spool(Arc<Kept>);

#[derive(Debug)]
struct Kept {
    space: SpoolSpace,
    chunks: Vec<Chunk>,
    length: u64,
}

impl Drop for Kept {
    fn drop(&mut self) {
        for chunk in &self.chunks {
            if let Chunk::Memory(bytes) = chunk {
                self.space.0.memory_left.fetch_add(bytes.len() as u64, Ordering::Relaxed);
            }
        }
    }
}

impl Spool {
    /// A reader of its own, at the start.
    #[must_use]
    pub fn reader(&self) -> SpoolReader {
        SpoolReader { spool: self.clone(), position: 0, opened: None, plain: Vec::new() }
    }

    /// How many bytes there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.0.length
    }

    /// Is there nothing in it?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.length == 0
    }
}

/// Reads a spool from any place; holds at most one opened chunk.
#[derive(Debug)]
pub struct SpoolReader {
    spool: Spool,
    position: u64,
    /// Which chunk `plain` is.
    opened: Option<usize>,
    plain: Vec<u8>,
}

impl Read for SpoolReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let kept = Arc::clone(&self.spool.0);
        if self.position >= kept.length || into.is_empty() {
            return Ok(0);
        }
        let index =
            usize::try_from(self.position / CHUNK_BYTES as u64).map_err(io::Error::other)?;
        let within = (self.position % CHUNK_BYTES as u64) as usize;
        let chunk = kept.chunks.get(index).ok_or(io::ErrorKind::UnexpectedEof)?;
        let bytes: &[u8] = match chunk {
            Chunk::Memory(bytes) => bytes,
            Chunk::Sealed { offset, length } => {
                self.unseal(index, *offset, *length)?;
                &self.plain
            }
        };
        let rest = bytes.get(within..).unwrap_or_default();
        let count = rest.len().min(into.len());
        into[..count].copy_from_slice(&rest[..count]);
        self.position += count as u64;
        Ok(count)
    }
}

impl SpoolReader {
    fn unseal(&mut self, index: usize, offset: u64, length: usize) -> io::Result<()> {
        if self.opened == Some(index) {
            return Ok(());
        }
        self.opened = None;
        let sealed = self.spool.0.space.0.sealed.get().ok_or(io::ErrorKind::NotFound)?;
        self.plain.resize(length, 0);
        sealed.file.read_exact_at(&mut self.plain, offset)?;
        sealed.cipher(offset).apply_keystream(&mut self.plain);
        self.opened = Some(index);
        Ok(())
    }
}

impl Seek for SpoolReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(delta) => self.spool.len().checked_add_signed(delta),
            SeekFrom::Current(delta) => self.position.checked_add_signed(delta),
        };
        self.position = target.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}

/// Takes bytes of any amount and keeps them for re-reading.
///
/// A server streams an upload into one and passes the reader of the finished spool as an input.
#[derive(Debug)]
pub struct SpoolWriter {
    space: SpoolSpace,
    chunks: Vec<Chunk>,
    buffer: Vec<u8>,
    length: u64,
    bytes_max: u64,
}

impl SpoolWriter {
    /// A writer with a space of its own that refuses more than `bytes_max` bytes
    /// (`ErrorKind::FileTooLarge`).
    #[must_use]
    pub fn new(limits: &Limits, bytes_max: u64) -> Self {
        Self { bytes_max, ..SpoolSpace::new(limits).writer() }
    }

    /// How many bytes were taken so far.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.length
    }

    /// Was nothing taken so far?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Ends writing.
    ///
    /// # Errors
    /// When there is no room for the last bytes.
    pub fn finish(mut self) -> io::Result<Spool> {
        if !self.buffer.is_empty() {
            self.chunks.push(self.space.keep(&self.buffer)?);
        }
        self.chunks.shrink_to_fit();
        let Self { space, chunks, length, .. } = self;
        Ok(Spool(Arc::new(Kept { space, chunks, length })))
    }
}

impl Write for SpoolWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.length.saturating_add(bytes.len() as u64) > self.bytes_max {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let count = bytes.len().min(CHUNK_BYTES - self.buffer.len());
        self.buffer.extend_from_slice(&bytes[..count]);
        if self.buffer.len() == CHUNK_BYTES {
            self.chunks.push(self.space.keep(&self.buffer)?);
            self.buffer.clear();
        }
        self.length += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn limits(memory_bytes: u64) -> Limits {
        Limits { memory_bytes, ..Limits::default() }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn what_goes_in_comes_out_from_memory_and_from_the_sealed_file(
            length in 0_usize..700_000, memory in 0_u64..600_000, from in 0_u64..700_000,
        ) {
            let bytes: Vec<u8> = (0..length).map(|index| (index * 7 / 3) as u8).collect();
            let mut writer = SpoolWriter::new(&limits(memory), u64::MAX);
            for part in bytes.chunks(9_999) {
                writer.write_all(part).expect("a spool that fits");
            }
            let spool = writer.finish().expect("a spool that fits");
            prop_assert_eq!(spool.len(), length as u64);
            let mut all = Vec::new();
            spool.reader().read_to_end(&mut all).expect("a spool that fits");
            prop_assert!(all == bytes);
            let mut reader = spool.reader();
            reader.seek(SeekFrom::Start(from)).expect("a spool that fits");
            all.clear();
            reader.read_to_end(&mut all).expect("a spool that fits");
            prop_assert!(all == bytes.get(from as usize..).unwrap_or_default());
        }
    }

    #[test]
    fn the_sealed_file_does_not_hold_the_text() {
        let mut writer = SpoolWriter::new(&limits(0), u64::MAX);
        writer.write_all("password=hunter2 ".repeat(20_000).as_bytes()).expect("a spool that fits");
        let spool = writer.finish().expect("a spool that fits");
        let file = &spool.0.space.0.sealed.get().expect("a spool that fits").file;
        let mut raw = vec![0; spool.len() as usize];
        file.read_exact_at(&mut raw, 0).expect("a spool that fits");
        assert!(memchr::memmem::find(&raw, b"hunter2").is_none());
    }

    #[test]
    fn a_dropped_spool_gives_its_memory_back() {
        let space = SpoolSpace::new(&limits(1_000));
        let mut writer = space.writer();
        writer.write_all(&[1; 900]).expect("a spool that fits");
        drop(writer.finish().expect("a spool that fits"));
        assert_eq!(space.0.memory_left.load(Ordering::Relaxed), 1_000);
    }

    #[test]
    fn an_upload_beyond_its_limit_is_refused() {
        let mut writer = SpoolWriter::new(&limits(1_000), 10);
        writer.write_all(&[0; 10]).expect("a spool that fits");
        assert_eq!(
            writer.write(&[0]).expect_err("beyond the limit").kind(),
            io::ErrorKind::FileTooLarge
        );
    }
}
