//! Leads the lines of a file through their stages: cut into chunks in order, prepared on all threads,
//! taken in order again. While one round of chunks is taken, the next is prepared; no more than these
//! two are in memory. The result depends neither on the chunks nor on the threads.

use std::io::BufReader;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::logs::Task;
use super::passage::{Passage, Preparation};
use super::survey::Surveyed;
use super::{IngestError, plan, stop_if_cancelled};
use crate::open::{Phase, SpoolReader};
use crate::parse::chunk::Chunk;
use crate::parse::lines::{LineCounts, Lines};
use crate::parse::told::Shapes;
use crate::problem::Problems;
use crate::redact::{RedactSession, RedactionCounts};

/// A smaller file is read by one thread, beside others.
const LARGE_FILE_BYTES: u64 = 4 << 20;

/// Chunks of a round for each thread: they do not all cost the same.
const CHUNKS_OF_THREAD: usize = 2;

/// Is the file read by all threads together?
pub(super) fn is_large(file: &Surveyed<'_>) -> bool {
    file.file.size_bytes >= LARGE_FILE_BYTES
}

/// Makes records of the passages of a file, which come in order.
pub(super) trait Taker: Send {
    /// The shapes of the file as they are known by now.
    fn shapes(&self) -> Arc<Shapes>;

    /// Takes the next passage.
    fn take(&mut self, passage: Passage<'_>) -> Result<(), IngestError>;
}

/// Reads a file from its start to its end.
pub(super) fn run(
    file: &Surveyed<'_>,
    task: &Task<'_>,
    preparation: Preparation<'_>,
    problems: &mut Problems,
    taker: &mut dyn Taker,
) -> Result<(LineCounts, RedactionCounts), IngestError> {
    let threads = rayon::current_num_threads();
    let is_shared = threads > 1 && is_large(file);
    let mut source = Source {
        lines: plan::lines_of(file, task),
        preparation,
        before: preparation.redactor.session(),
        chunk_bytes: task.options.limits.chunk_bytes.max(1),
        chunks: if is_shared { threads * CHUNKS_OF_THREAD } else { 1 },
    };
    let mut counts = RedactionCounts::default();
    let mut take = |round: Vec<Passage<'_>>, taker: &mut dyn Taker| {
        for passage in round {
            stop_if_cancelled(task.progress)?;
            let (bytes, lines) = (passage.bytes, passage.len());
            counts.merge(&passage.session.counts());
            taker.take(passage)?;
            task.progress.report(Phase::Reading, bytes, 0, lines, Some(&file.path));
        }
        Ok::<(), IngestError>(())
    };
    let mut round = source.next(&taker.shapes());
    while !round.is_empty() {
        if is_shared {
            let shapes = taker.shapes();
            let (taken, next) = rayon::join(|| take(round, taker), || source.next(&shapes));
            taken?;
            round = next;
        } else {
            take(round, taker)?;
            round = source.next(&taker.shapes());
        }
    }
    let line_counts = source.lines.finish(&file.path, problems);
    task.progress.report(Phase::Reading, 0, 1, 0, Some(&file.path));
    Ok((line_counts, counts))
}

/// The rounds of a file.
struct Source<'t> {
    lines: Lines<BufReader<SpoolReader>>,
    preparation: Preparation<'t>,
    /// After the last line of the round before.
    before: RedactSession<'t>,
    chunk_bytes: usize,
    chunks: usize,
}

impl<'t> Source<'t> {
    /// Prepares the next round; empty at the end.
    fn next(&mut self, shapes: &Shapes) -> Vec<Passage<'t>> {
        let chunks: Vec<Chunk> =
            (0..self.chunks).map_while(|_| self.lines.chunk(self.chunk_bytes)).collect();
        let prepare =
            |chunk: &Chunk, session| Passage::of(chunk, shapes, self.preparation, session);
        // nearly always nothing of the lines before tells about these
        let alone = |chunk: &Chunk| {
            let session = self.preparation.redactor.session_after(chunk.first_line() - 1);
            prepare(chunk, session)
        };
        let mut round: Vec<Passage<'t>> = match chunks.as_slice() {
            [chunk] => vec![alone(chunk)],
            chunks => chunks.par_iter().map(alone).collect(),
        };
        for (chunk, passage) in chunks.iter().zip(&mut round) {
            if self.before.tells_about_next() {
                *passage = prepare(chunk, self.before.following());
            }
            self.before = passage.session.following();
            self.lines.note(&passage.flaws);
        }
        round
    }
}
