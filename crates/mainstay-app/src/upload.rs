//! A bundle on its way in: bytes are sealed as they arrive, counted against the limit, and hashed.
//! Nothing readable touches a disk; an upload that breaks off leaves nothing at all.

use std::io::Write as _;

use mainstay_core::{Code, Refusal};
use mainstay_evidence::limits::Limits;
use mainstay_evidence::open::{Input, Spool, SpoolWriter};

use crate::AppError;

/// The largest bundle taken over the wire. Larger ones are read in place by `mainstay inspect`.
pub const UPLOAD_BYTES_MAX: u64 = 4 << 30;

/// The bytes so far.
pub struct Upload {
    writer: SpoolWriter,
    hasher: blake3::Hasher,
    size_bytes: u64,
}

impl Default for Upload {
    fn default() -> Self {
        Self {
            writer: SpoolWriter::new(&Limits::default(), UPLOAD_BYTES_MAX),
            hasher: blake3::Hasher::new(),
            size_bytes: 0,
        }
    }
}

impl Upload {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// `too_large` beyond the limit; `internal` when the sealed file cannot be written.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), AppError> {
        self.size_bytes += bytes.len() as u64;
        if self.size_bytes > UPLOAD_BYTES_MAX {
            let detail = format!("a bundle may have at most {} GiB", UPLOAD_BYTES_MAX >> 30);
            return Err(Refusal::new(Code::TooLarge, detail).into());
        }
        self.hasher.update(bytes);
        self.writer.write_all(bytes).map_err(AppError::Data)
    }

    /// All bytes are here.
    ///
    /// # Errors
    /// `invalid` when there were none; `internal` when the sealed file cannot be written.
    pub fn finish(self) -> Result<Uploaded, AppError> {
        if self.size_bytes == 0 {
            return Err(Refusal::invalid("the upload is empty").into());
        }
        Ok(Uploaded {
            content_hash: self.hasher.finalize().to_hex().to_string(),
            size_bytes: self.size_bytes,
            spool: self.writer.finish().map_err(AppError::Data)?,
        })
    }

    /// A whole file, for the command line.
    ///
    /// # Errors
    /// As `push` and `finish`.
    pub fn read_from(mut reader: impl std::io::Read) -> Result<Uploaded, AppError> {
        let mut upload = Self::default();
        let mut buffer = vec![0; 256 << 10];
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => return upload.finish(),
                Ok(length) => upload.push(&buffer[..length])?,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(AppError::Data(error)),
            }
        }
    }
}

/// A bundle as received, sealed.
pub struct Uploaded {
    pub content_hash: String,
    pub size_bytes: u64,
    spool: Spool,
}

impl Uploaded {
    /// The bytes from their beginning; they stay sealed where they are.
    pub(crate) fn input(&self, name: String) -> Input {
        Input::Reader { name, reader: Box::new(self.spool.reader()) }
    }
}
