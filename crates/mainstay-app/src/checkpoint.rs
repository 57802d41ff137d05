//! Checkpoints of the log: the key that signs them, the copies outside the database, and one every
//! day. Who owns the database can rewrite it; the key and the copies are not in it.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use mainstay_core::{Action, Actor, Code, Refusal, UtcMicros, policy};
use mainstay_store::{CheckpointKey, NewJob, PublicKey, Trust};

use crate::secret::random_bytes;
use crate::{App, AppError};

pub use mainstay_store::{Checkpoint, Covered};

/// The kind of the daily job.
pub(crate) const CHECKPOINT: &str = "checkpoint";
/// The secret key, in hexadecimal digits; only its owner may read it.
const KEY_FILE: &str = "checkpoint.key";
/// The folder of the copies.
const COPIES: &str = "checkpoints";
const DAY_US: i64 = 24 * 3_600 * 1_000_000;

/// What a verification is told to believe besides the desk's own key and copies.
#[derive(Debug, Default)]
pub struct Beliefs {
    pub keys: Vec<PublicKey>,
    /// Files of checkpoints that were kept elsewhere.
    pub files: Vec<PathBuf>,
}

impl App {
    /// Every checkpoint of the database, oldest first.
    ///
    /// # Errors
    /// `forbidden`, or when the store cannot be read.
    pub async fn checkpoints(&self, actor: &Actor) -> Result<Vec<Checkpoint>, AppError> {
        policy::authorise(actor, Action::Audit)?;
        Ok(self.store().checkpoints().await?)
    }

    /// Signs what the log is now; `None` when nothing happened since the last one.
    ///
    /// # Errors
    /// `forbidden`, and as `checkpoint_here`.
    pub async fn checkpoint(&self, actor: &Actor) -> Result<Option<Checkpoint>, AppError> {
        policy::authorise(actor, Action::Audit)?;
        self.checkpoint_here().await
    }

    /// Signs what the log is now, and keeps a copy beside the key; `None` when nothing happened
    /// since the last one.
    ///
    /// # Errors
    /// When the store, the key or the folder of the copies cannot be used.
    pub async fn checkpoint_here(&self) -> Result<Option<Checkpoint>, AppError> {
        let key = read_or_make_key(&self.inner.data.join(KEY_FILE))?;
        let made = self.store().seal(&key, self.inner.clock.now()).await?;
        if let Some(checkpoint) = &made {
            self.keep_copy(checkpoint)?;
        }
        Ok(made)
    }

    /// What checks the signatures of this desk's checkpoints; the key is made when there is none.
    ///
    /// # Errors
    /// When the key cannot be read or written.
    pub fn checkpoint_public_key(&self) -> Result<PublicKey, AppError> {
        Ok(read_or_make_key(&self.inner.data.join(KEY_FILE))?.public())
    }

    /// The first checkpoint of the day: enqueued once, whichever node asks.
    pub(crate) async fn plan_checkpoint(&self, at: UtcMicros) -> Result<(), AppError> {
        let day = at.0.div_euclid(DAY_US);
        let (key, payload) = (format!("{CHECKPOINT}/{day}"), "{}".to_owned());
        self.store().enqueue(&NewJob { kind: CHECKPOINT, key, payload, run_at: at }).await?;
        Ok(())
    }

    /// The daily job: a checkpoint now, and the job of tomorrow.
    pub(crate) async fn make_daily_checkpoint(&self) -> Result<(), AppError> {
        if let Some(checkpoint) = self.checkpoint_here().await? {
            tracing::info!(checkpoint.number, "the log was signed");
        }
        let tomorrow = (self.inner.clock.now().0.div_euclid(DAY_US) + 1) * DAY_US;
        self.plan_checkpoint(UtcMicros(tomorrow)).await
    }

    /// The desk's own key and copies, and what the caller believes.
    pub(crate) fn trust(&self, beliefs: &Beliefs) -> Result<Trust, AppError> {
        let mut trust = Trust { keys: beliefs.keys.clone(), exported: Vec::new() };
        // no key is made for a look: a desk that never signed has none
        trust.keys.extend(read_key(&self.inner.data.join(KEY_FILE))?.map(|key| key.public()));
        let mut files = beliefs.files.clone();
        match fs::read_dir(self.inner.data.join(COPIES)) {
            Ok(entries) => {
                for entry in entries {
                    let path = entry.map_err(AppError::Data)?.path();
                    if path.extension().is_some_and(|extension| extension == "checkpoint") {
                        files.push(path);
                    }
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(AppError::Data(error)),
        }
        for file in files {
            let unusable = |what: String| {
                let detail = format!("{} is no checkpoint to compare with: {what}", file.display());
                AppError::from(Refusal::new(Code::Invalid, detail))
            };
            let text = fs::read_to_string(&file).map_err(|error| unusable(error.to_string()))?;
            let copy = Checkpoint::from_file(&text).map_err(|error| unusable(error.to_string()))?;
            trust.exported.push(copy);
        }
        Ok(trust)
    }

    fn keep_copy(&self, checkpoint: &Checkpoint) -> Result<(), AppError> {
        let folder = self.inner.data.join(COPIES);
        crate::create_private(&folder)?;
        let path = folder.join(format!("{:08}.checkpoint", checkpoint.number));
        let unfinished = path.with_extension("unfinished");
        let written = || {
            let mut file = fs::File::create(&unfinished)?;
            file.write_all(checkpoint.to_file().as_bytes())?;
            file.sync_all()?;
            fs::rename(&unfinished, &path)
        };
        written().map_err(AppError::Data)
    }
}

fn read_key(path: &Path) -> Result<Option<CheckpointKey>, AppError> {
    match fs::read_to_string(path) {
        Ok(text) => text.trim().parse().map(Some).map_err(|_| {
            let detail = format!("{} holds no key; put the right file back", path.display());
            Refusal::new(Code::Invalid, detail).into()
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(AppError::Data(error)),
    }
}

/// Two processes may make one at the same time: the first stays, and both use it.
fn read_or_make_key(path: &Path) -> Result<CheckpointKey, AppError> {
    if let Some(key) = read_key(path)? {
        return Ok(key);
    }
    let fresh: [u8; 32] = random_bytes()?;
    let suffix: [u8; 8] = random_bytes()?;
    let unfinished = path.with_extension(format!("key-{:016x}", u64::from_be_bytes(suffix)));
    let linked = || {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&unfinished)?;
        let digits: String = fresh.iter().map(|byte| format!("{byte:02x}")).collect();
        file.write_all(digits.as_bytes())?;
        file.sync_all()?;
        // unlike a rename, it never replaces a key
        fs::hard_link(&unfinished, path)
    };
    let outcome = linked();
    // it was only the way to the name
    let _ = fs::remove_file(&unfinished);
    match outcome {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(AppError::Data(error)),
    }
    read_key(path)?.ok_or_else(|| AppError::internal("the key was taken away at once"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_by_its_owner_only() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(KEY_FILE);
        let made = read_or_make_key(&path).expect("made");
        assert_eq!(read_or_make_key(&path).expect("read").public(), made.public());
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1, "nothing is left");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&path).expect("there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(&path, "not a key").expect("written");
        let refused = read_or_make_key(&path).expect_err("a damaged key is never replaced");
        assert!(refused.to_string().contains(KEY_FILE), "{refused}");
    }
}
