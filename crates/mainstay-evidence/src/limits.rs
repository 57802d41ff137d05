//! Every bound on foreign input, with its reason. Reaching one is a `Problem`, never silent.

/// The bounds of one ingest. The defaults suit a support engineer's laptop.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Unpacked bytes of the whole bundle: a disk is finite, and no honest bundle is larger.
    pub unpacked_bytes: u64,
    /// Unpacked over packed bytes, once `ratio_free_bytes` are out: logs reach 1:50, bombs 1:1000.
    pub ratio: u64,
    /// Small files may compress absurdly well; the ratio counts only beyond this.
    pub ratio_free_bytes: u64,
    /// Entries of all archives together.
    pub entries: u64,
    /// Archives in archives; rotated logs in a bundle in a mail are three.
    pub depth: u32,
    /// A zstd frame may ask for its window in memory before the first byte is out.
    pub zstd_window_bytes: u64,
    /// Bytes kept in memory for unpacked files; beyond it they go to a sealed temporary file.
    pub memory_bytes: u64,
    /// A physical line; the rest is cut and marked. Nobody reads further, every matcher would.
    pub line_bytes: usize,
    /// Physical lines of one record (a stack trace, a statement).
    pub record_lines: u32,
    /// Bytes of one record.
    pub record_bytes: usize,
    /// A JSON, YAML or XML document that must be held whole to be read.
    pub document_bytes: u64,
    /// Nesting of such a document: a parser recurses.
    pub document_depth: usize,
    /// Layouts locked in one file; more means the file is not a log.
    pub layouts: usize,
    /// Distinct signatures in one bundle; beyond it they share an overflow template per source.
    pub signatures: usize,
    /// Tokens of a body that are mined; the rest is one variable.
    pub tokens: usize,
    /// Bytes of a log that one thread prepares at a time: small enough for the cache, large enough
    /// that handing them over costs nothing. The result does not depend on it.
    pub chunk_bytes: usize,
    /// Problems kept with their place for each code; beyond it they are only counted.
    pub problems_per_code: usize,
    /// Bytes of an archive path: file systems stop at 4,096.
    pub path_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            unpacked_bytes: 20 << 30,
            ratio: 200,
            ratio_free_bytes: 10 << 20,
            entries: 1_000_000,
            depth: 5,
            zstd_window_bytes: 128 << 20,
            memory_bytes: 256 << 20,
            line_bytes: 1 << 20,
            record_lines: 5_000,
            record_bytes: 4 << 20,
            document_bytes: 512 << 20,
            document_depth: 64,
            layouts: 4,
            signatures: 200_000,
            tokens: 256,
            chunk_bytes: 256 << 10,
            problems_per_code: 100,
            path_bytes: 4_096,
        }
    }
}
