//! What the checkpoints claim about streams, and whether the log still says so.

use std::collections::{BTreeMap, VecDeque};

use crate::chain::Hash;
use crate::checkpoint::{Checkpoint, Heads, PublicKey, root_of};

/// What the verification believes without the database.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Keys that checkpoints may be signed with; none for any.
    pub keys: Vec<PublicKey>,
    /// Copies of checkpoints that were kept elsewhere.
    pub exported: Vec<Checkpoint>,
}

/// Where the log or a checkpoint is not what was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The number of the checkpoint.
    pub checkpoint: u64,
    /// The stream and its version, when it is about one.
    pub place: Option<(String, u64)>,
    pub what: CheckpointFault,
}

/// What is wrong with a checkpoint, or what it shows to be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum CheckpointFault {
    #[error("it is missing from the database")]
    Missing,
    #[error("it is not the one that was exported")]
    Replaced,
    #[error("it cannot be read")]
    Unreadable,
    #[error("its signature is not valid")]
    Signature,
    #[error("it is signed with a key that is not trusted")]
    Key,
    #[error("it does not continue the checkpoint before it")]
    Link,
    #[error("its heads do not add up to its root")]
    Root,
    #[error("the stream was there, and is gone")]
    Removed,
    #[error("the stream was longer; its end was cut off")]
    Cut,
    #[error("the event was another one")]
    Rewritten,
}

struct Claim {
    checkpoint: u64,
    version: u64,
    hash: Hash,
}

/// The claims about one stream, by version.
#[derive(Default)]
struct OfStream {
    seen: bool,
    claims: VecDeque<Claim>,
}

/// Everything that checkpoints claim, and what was found wrong so far.
pub(super) struct Claims {
    pub(super) checkpoints: u64,
    streams: BTreeMap<String, OfStream>,
    mismatches: Vec<Mismatch>,
}

impl Claims {
    /// Checks the checkpoints themselves and collects what they claim.
    pub(super) fn of(kept: Vec<Checkpoint>, trust: &Trust) -> Self {
        let mut claims = Self { checkpoints: 0, streams: BTreeMap::new(), mismatches: Vec::new() };
        let mut all: BTreeMap<u64, Checkpoint> =
            kept.into_iter().map(|checkpoint| (checkpoint.number, checkpoint)).collect();
        for exported in &trust.exported {
            match all.insert(exported.number, exported.clone()) {
                None => claims.fault(exported.number, CheckpointFault::Missing),
                Some(kept) if kept != *exported => {
                    claims.fault(exported.number, CheckpointFault::Replaced);
                }
                Some(_) => {}
            }
        }
        let mut heads = Heads::new();
        let mut before: Option<&Checkpoint> = None;
        for checkpoint in all.values() {
            claims.checkpoints += 1;
            claims.check(checkpoint, before, &mut heads, &trust.keys);
            before = Some(checkpoint);
        }
        claims
    }

    fn fault(&mut self, checkpoint: u64, what: CheckpointFault) {
        self.mismatches.push(Mismatch { checkpoint, place: None, what });
    }

    fn check(
        &mut self,
        checkpoint: &Checkpoint,
        before: Option<&Checkpoint>,
        heads: &mut Heads,
        keys: &[PublicKey],
    ) {
        let number = checkpoint.number;
        let Some(content) = checkpoint.content() else {
            return self.fault(number, CheckpointFault::Unreadable);
        };
        if !checkpoint.is_signed() {
            return self.fault(number, CheckpointFault::Signature);
        }
        if !keys.is_empty() && !keys.contains(&checkpoint.public_key) {
            return self.fault(number, CheckpointFault::Key);
        }
        let follows = match before {
            None => number == 1 && content.previous == [0; 32],
            Some(before) => number == before.number + 1 && content.previous == before.hash(),
        };
        if !follows {
            self.fault(number, CheckpointFault::Link);
        }
        for (stream, head) in &content.heads {
            let claim = Claim { checkpoint: number, version: head.version, hash: head.hash };
            self.streams.entry(stream.clone()).or_default().claims.push_back(claim);
        }
        heads.extend(content.heads);
        let events: u64 = heads.values().map(|head| head.version).sum();
        let whole = root_of(heads) == content.root
            && events == content.events
            && heads.len() as u64 == content.streams;
        // without the one before it, its heads are not all known
        if follows && !whole {
            self.fault(number, CheckpointFault::Root);
        }
    }

    /// An event of the log, in the order of its stream; only the first mismatch of each is told.
    pub(super) fn see(&mut self, stream: &str, version: u64, hash: &Hash) {
        let Some(of_stream) = self.streams.get_mut(stream) else {
            return;
        };
        of_stream.seen = true;
        while let Some(claim) = of_stream.claims.front() {
            if claim.version > version {
                return;
            }
            if claim.version < version || claim.hash == *hash {
                // a version that is missing in between is a gap, which the chain shows
                of_stream.claims.pop_front();
                continue;
            }
            let place = Some((stream.to_owned(), version));
            let what = CheckpointFault::Rewritten;
            self.mismatches.push(Mismatch { checkpoint: claim.checkpoint, place, what });
            of_stream.claims.clear();
        }
    }

    /// After the last event: what is claimed and was not seen is gone.
    pub(super) fn finish(mut self) -> Vec<Mismatch> {
        for (stream, of_stream) in self.streams {
            if let Some(claim) = of_stream.claims.front() {
                let what =
                    if of_stream.seen { CheckpointFault::Cut } else { CheckpointFault::Removed };
                let place = Some((stream, claim.version));
                self.mismatches.push(Mismatch { checkpoint: claim.checkpoint, place, what });
            }
        }
        self.mismatches.sort_by(|a, b| {
            (a.checkpoint, &a.place, a.what).cmp(&(b.checkpoint, &b.place, b.what))
        });
        self.mismatches
    }
}
