//! Leads the lines of a file through their stages: cut into chunks in order, prepared on all threads,
//! taken in order again. While one round of chunks is taken, the next is prepared; no more than these
//! two are in memory. The result depends neither on the chunks nor on the threads.

use std::io::BufReader;
use std::sync::Arc;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::logs::Task;
use super::passage::{Passage, Preparation};
use super::survey::Surveyed;
use super::{IngestError, plan, stop_if_cancelled};
use crate::limits::Limits;
use crate::open::{Phase, SpoolReader};
use crate::parse::chunk::Chunk;
use crate::parse::lines::{LineCounts, Lines};
use crate::parse::told::Shapes;
use crate::problem::Problems;
use crate::redact::{RedactSession, RedactionCounts};

/// A file of fewer chunks is read by one thread, beside others.
const LARGE_FILE_CHUNKS: u64 = 16;

/// Chunks of a round for each thread: they do not all cost the same.
const CHUNKS_OF_THREAD: usize = 2;

/// Is the file read by all threads together?
pub(super) fn is_large(file: &Surveyed<'_>, limits: &Limits) -> bool {
    file.file.size_bytes / LARGE_FILE_CHUNKS >= limits.chunk_bytes.max(1) as u64
}

/// Makes records of the passages of a file, which come in order.
pub(super) trait Taker: Send {
    /// The shapes of the file as they are known by now.
    fn shapes(&self) -> Arc<Shapes>;

    /// Takes the next passage.
    fn take(&mut self, passage: &mut Passage<'_>) -> Result<(), IngestError>;
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
    let is_shared = threads > 1 && is_large(file, &task.options.limits);
    let width = if is_shared { threads * CHUNKS_OF_THREAD } else { 1 };
    let mut source = Source {
        lines: plan::lines_of(file, task),
        preparation,
        before: preparation.redactor.session_for(preparation.path),
        chunk_bytes: task.options.limits.chunk_bytes.max(1),
        chunks: Vec::from_iter((0..width).map(|_| Chunk::default())),
    };
    let empty = || Vec::from_iter((0..width).map(|_| Passage::new(preparation)));
    let mut counts = RedactionCounts::default();
    let mut take = |round: &mut [Passage<'_>], taker: &mut dyn Taker| {
        for passage in round {
            stop_if_cancelled(task.progress)?;
            counts.merge(&passage.session.counts());
            taker.take(passage)?;
            let (bytes, lines) = (passage.bytes, passage.len());
            task.progress.report(Phase::Reading, bytes, 0, lines, Some(&file.path));
        }
        Ok::<(), IngestError>(())
    };
    let mut round = empty();
    let mut length = source.next(&taker.shapes(), &mut round);
    if is_shared {
        let mut following = empty();
        while length > 0 {
            let shapes = taker.shapes();
            let (taken, next) = rayon::join(
                || take(&mut round[..length], taker),
                || source.next(&shapes, &mut following),
            );
            taken?;
            length = next;
            std::mem::swap(&mut round, &mut following);
        }
    }
    while length > 0 {
        take(&mut round[..length], taker)?;
        length = source.next(&taker.shapes(), &mut round);
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
    /// Of one round.
    chunks: Vec<Chunk>,
}

impl<'t> Source<'t> {
    /// Prepares the next round; answers how many passages it has, none at the end.
    fn next(&mut self, shapes: &Shapes, round: &mut [Passage<'t>]) -> usize {
        let (lines, bytes) = (&mut self.lines, self.chunk_bytes);
        let length = self
            .chunks
            .iter_mut()
            .map_while(|chunk| lines.fill(chunk, bytes).then_some(()))
            .count();
        let (chunks, round) = (&self.chunks[..length], &mut round[..length]);
        let preparation = self.preparation;
        // nearly always nothing of the lines before tells about these
        let alone = |(chunk, passage): (&Chunk, &mut Passage<'t>)| {
            let Preparation { redactor, path, .. } = preparation;
            let session = redactor.session_after(path, chunk.first_line() - 1);
            passage.fill(chunk, shapes, preparation, session);
        };
        if length == 1 {
            chunks.iter().zip(&mut *round).for_each(alone);
        } else {
            chunks.par_iter().zip(&mut *round).for_each(alone);
        }
        for (chunk, passage) in chunks.iter().zip(round) {
            if self.before.tells_about_next() {
                passage.fill(chunk, shapes, preparation, self.before.following());
            }
            self.before = passage.session.following();
            self.lines.note(&passage.flaws);
        }
        length
    }
}
