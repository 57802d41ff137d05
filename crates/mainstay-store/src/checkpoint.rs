//! Signed checkpoints: what every stream was at some moment. A chain alone does not show that its
//! tail was cut together with its head, that a whole stream was taken away, or that everything was
//! written anew by who owns the database; a checkpoint that was signed and kept elsewhere does.
//!
//! A checkpoint names the heads that moved since the one before it, the root of a Merkle tree over
//! all heads, and the hash of the checkpoint before it. What is *not* here: where the key and the
//! copies are kept, and when checkpoints are made.

mod text;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use mainstay_core::UtcMicros;
use sha2::{Digest as _, Sha256};

use crate::chain::Hash;
use crate::error::StoreError;
use crate::log::{Head, TENANT};
use crate::row::{FromRow, Row};
use crate::statement::checkpoint as statement;
use crate::statement::log as log_statement;
use crate::store::Store;
use crate::transfer::{hex, unhex};
use crate::value::values;

pub(crate) use text::Content;

/// Signs checkpoints: 32 secret random bytes, parsed from hexadecimal digits. Whoever has them can
/// write the history anew, so they are kept from the database.
pub struct CheckpointKey(SigningKey);

impl FromStr for CheckpointKey {
    type Err = StoreError;
    fn from_str(text: &str) -> Result<Self, StoreError> {
        let secret = unhex(text).ok_or(StoreError::Key)?;
        Ok(Self(SigningKey::from_bytes(&secret)))
    }
}

impl CheckpointKey {
    /// What checks its signatures; it may be given to anybody.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }
}

impl fmt::Debug for CheckpointKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("CheckpointKey").field(&self.public()).finish()
    }
}

/// Checks signatures of checkpoints; printed as 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl fmt::Display for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex(&self.0))
    }
}

impl FromStr for PublicKey {
    type Err = StoreError;
    fn from_str(text: &str) -> Result<Self, StoreError> {
        unhex(text).map(Self).ok_or(StoreError::Key)
    }
}

/// A checkpoint as it is kept here and elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    pub number: u64,
    text: String,
    signature: [u8; 64],
    pub public_key: PublicKey,
}

/// How much of the log a checkpoint signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Covered {
    pub made_at: UtcMicros,
    pub events: u64,
    pub streams: u64,
}

impl Checkpoint {
    /// What it signs; `None` when its text was damaged.
    #[must_use]
    pub fn covered(&self) -> Option<Covered> {
        let Content { made_at_us, events, streams, .. } = self.content()?;
        Some(Covered { made_at: UtcMicros(made_at_us), events, streams })
    }

    /// As a file for another place, readable by people and checkable without Mainstay.
    #[must_use]
    pub fn to_file(&self) -> String {
        format!("{}public_key {}\nsignature {}\n", self.text, self.public_key, hex(&self.signature))
    }

    /// Reads what `to_file` wrote; its signature is checked by a verification.
    ///
    /// # Errors
    /// `Checkpoint` when it is another file.
    pub fn from_file(file: &str) -> Result<Self, StoreError> {
        let parsed = || {
            let (text, rest) = file.split_at(file.rfind("public_key ")?);
            let (key, signature) = rest.strip_prefix("public_key ")?.split_once('\n')?;
            let signature = signature.strip_prefix("signature ")?.trim_end();
            let number = Content::parse(text)?.number;
            let text = text.to_owned();
            let public_key = PublicKey(unhex(key)?);
            Some(Self { number, text, signature: unhex(signature)?, public_key })
        };
        parsed().ok_or(StoreError::Checkpoint)
    }

    pub(crate) fn content(&self) -> Option<Content> {
        Content::parse(&self.text).filter(|content| content.number == self.number)
    }

    pub(crate) fn is_signed(&self) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(&self.public_key.0) else {
            return false;
        };
        key.verify_strict(self.text.as_bytes(), &Signature::from_bytes(&self.signature)).is_ok()
    }

    /// What the next checkpoint continues.
    pub(crate) fn hash(&self) -> Hash {
        Sha256::digest(self.text.as_bytes()).into()
    }
}

impl FromRow for Checkpoint {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        // bytes of another length are damage, which the verification names
        let fixed = |column| {
            let bytes: Vec<u8> = row.get(column)?;
            Ok::<_, StoreError>(<[u8; 64]>::try_from(bytes).unwrap_or([0; 64]))
        };
        Ok(Self {
            number: row.get("number")?,
            text: row.get("text")?,
            signature: fixed("signature")?,
            public_key: PublicKey(row.get("public_key").unwrap_or_default()),
        })
    }
}

/// Heads in memory at a time as rows, which are larger than what is kept of them.
const PAGE: u32 = 1_000;

/// Newest version and hash of each stream.
pub(crate) type Heads = BTreeMap<String, Head>;

impl Store {
    /// Signs what the log is now; `None` when nothing happened since the last checkpoint.
    ///
    /// # Errors
    /// `Raced` when another node made one at the same time; `Checkpoint` when the last one is not
    /// readable, which a verification explains.
    pub async fn seal(
        &self,
        key: &CheckpointKey,
        at: UtcMicros,
    ) -> Result<Option<Checkpoint>, StoreError> {
        let made = self.checkpoints().await?;
        let mut known = Heads::new();
        for checkpoint in &made {
            let content = checkpoint.content().ok_or(StoreError::Checkpoint)?;
            known.extend(content.heads);
        }
        let now = self.heads_since(&known).await?;
        if now.moved.is_empty() {
            return Ok(None);
        }
        let content = Content {
            number: made.last().map_or(1, |last| last.number + 1),
            made_at_us: at.0,
            events: now.events,
            streams: now.leaves.len() as u64,
            root: root(now.leaves),
            previous: made.last().map_or([0; 32], Checkpoint::hash),
            heads: now.moved,
        };
        let text = content.print();
        let signature = key.0.sign(text.as_bytes()).to_bytes();
        let public_key = key.public();
        let checkpoint = Checkpoint { number: content.number, text, signature, public_key };
        self.keep_checkpoint(&checkpoint).await?;
        Ok(Some(checkpoint))
    }

    /// Every checkpoint that the database holds, oldest first.
    ///
    /// # Errors
    /// As every question.
    pub async fn checkpoints(&self) -> Result<Vec<Checkpoint>, StoreError> {
        self.ask(statement::CHECKPOINTS, vec![]).await
    }

    async fn keep_checkpoint(&self, checkpoint: &Checkpoint) -> Result<(), StoreError> {
        let values = values![
            checkpoint.number,
            checkpoint.text.as_str(),
            &checkpoint.signature[..],
            &checkpoint.public_key.0[..],
        ];
        self.change(statement::INSERT_CHECKPOINT, values).await.map(|_| ())
    }

    /// What the checkpoint needs of all heads at one moment, and those that moved.
    async fn heads_since(&self, known: &Heads) -> Result<HeadsNow, StoreError> {
        let mut held = self.snapshot().await?;
        let mut connection = held.connection();
        let mut now = HeadsNow::default();
        let mut after = String::new();
        loop {
            let values = values![TENANT, after.as_str(), PAGE];
            let rows = connection.rows(log_statement::HEADS_AFTER, values).await?;
            if rows.is_empty() {
                return Ok(now);
            }
            for row in &rows {
                let head = Head { version: row.get("version")?, hash: row.get("hash")? };
                after = row.get("stream")?;
                now.events += head.version;
                now.leaves.push(leaf(&after, &head));
                if known.get(&after).is_none_or(|known| known.version < head.version) {
                    now.moved.insert(after.clone(), head);
                }
            }
        }
    }
}

/// All heads at one moment: there may be millions, so only what is needed is kept of each.
#[derive(Default)]
struct HeadsNow {
    events: u64,
    leaves: Vec<Hash>,
    moved: Heads,
}

/// The root over these heads.
pub(crate) fn root_of(heads: &Heads) -> Hash {
    root(heads.iter().map(|(stream, head)| leaf(stream, head)).collect())
}

/// The root of a Merkle tree over all heads in the order of their names. A leaf and a node can
/// never be taken for each other, and an odd node moves up as it is.
fn root(leaves: Vec<Hash>) -> Hash {
    let mut level = leaves;
    while level.len() > 1 {
        level = level
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => {
                    let mut node = Sha256::new_with_prefix([1]);
                    node.update(left);
                    node.update(right);
                    node.finalize().into()
                }
                odd => odd[0],
            })
            .collect();
    }
    level.first().copied().unwrap_or_default()
}

fn leaf(stream: &str, head: &Head) -> Hash {
    let mut leaf = Sha256::new_with_prefix([0]);
    for field in [TENANT, stream] {
        leaf.update((field.len() as u64).to_be_bytes());
        leaf.update(field);
    }
    leaf.update(head.version.to_be_bytes());
    leaf.update(head.hash);
    leaf.finalize().into()
}
