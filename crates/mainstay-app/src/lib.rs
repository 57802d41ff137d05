//! The use cases: authorise, load, decide, append + project + enqueue in one transaction. What the
//! command line, HTTP and jobs all call.
//!
//! One noun, one file. What is *not* here: HTTP, flags, SQL, and the rules themselves, which are
//! pure functions in `mainstay-core`.

pub mod account;
pub mod audit;
pub mod backup;
pub mod bundle;
pub mod case;
pub mod checkpoint;
mod clock;
pub mod customer;
mod error;
pub mod evidence;
pub mod handoff;
pub mod home;
pub mod hypothesis;
pub mod intake;
pub mod line;
pub mod link;
pub mod live;
mod markdown;
pub mod mitigation;
pub mod person;
pub mod preview;
mod publication;
pub mod ranking;
mod reading;
mod recognition;
pub mod redaction;
mod repeat;
pub mod request;
pub mod reveal;
pub mod sample;
mod secret;
pub mod signature;
pub mod sla;
pub mod swarm;
pub mod team;
pub mod upload;
mod worker;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use mainstay_store::{Blobs, Meta, Store};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use clock::Clock;
pub use error::AppError;
pub use mainstay_evidence::redact::Identity;
pub use mainstay_store::StoreUrl;

use crate::line::OpenBundles;
use crate::reading::Reading;
use crate::request::Request;

/// Longer than any bundle takes to read.
const LEFTOVER_AGE_MIN: Duration = Duration::from_secs(24 * 3600);

/// The use cases of one desk; cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    blobs: Blobs,
    clock: Clock,
    data: PathBuf,
    /// For unfinished evidence; the same file system as the blobs, so that a rename is enough.
    staging: PathBuf,
    open_bundles: OpenBundles,
    reading: Reading,
    previews: preview::Previews,
    recognition: recognition::Recognition,
    /// Opens the maps of identities; without it none are kept.
    reveal_key: Option<Arc<Identity>>,
    /// One ranking beside a reference is worked out at a time.
    ranking: tokio::sync::Mutex<()>,
    sign_ins: account::Attempts,
    /// Held while the whole log is verified.
    auditing: tokio::sync::Mutex<()>,
    /// Every background task belongs to it, and closing waits for all of them.
    tasks: TaskTracker,
    stop: CancellationToken,
}

/// Where a desk keeps what.
pub struct Config {
    pub store: StoreUrl,
    /// The folder of the evidence.
    pub data: PathBuf,
    pub clock: Clock,
    /// What the maps behind pseudonyms are sealed for; without it none are kept.
    pub reveal_key: Option<Identity>,
}

impl App {
    /// Opens the desk: the store (migrated when it is older) and the evidence folder.
    ///
    /// # Errors
    /// When either cannot be opened or written.
    pub async fn open(config: Config) -> Result<Self, AppError> {
        let staging = config.data.join("staging");
        create_private(&config.data)?;
        create_private(&staging)?;
        remove_leftovers(&staging)?;
        let store = Store::open(&config.store).await?;
        let blobs = Blobs::local(&config.data.join("evidence"))?;
        Ok(Self {
            inner: Arc::new(Inner {
                store,
                blobs,
                clock: config.clock,
                data: config.data,
                staging,
                open_bundles: OpenBundles::default(),
                reading: Reading::default(),
                previews: preview::Previews::default(),
                recognition: recognition::Recognition::default(),
                reveal_key: config.reveal_key.map(Arc::new),
                ranking: tokio::sync::Mutex::default(),
                sign_ins: account::Attempts::default(),
                auditing: tokio::sync::Mutex::default(),
                tasks: TaskTracker::new(),
                stop: CancellationToken::new(),
            }),
        })
    }

    /// Ends live events and the reading of bundles; `close` waits for them.
    pub fn stop(&self) {
        self.inner.stop.cancel();
        self.inner.reading.cancel_all();
    }

    /// Stops reading bundles, waits for every task and closes the store.
    pub async fn close(&self) {
        self.stop();
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
        self.inner.store.close().await;
    }

    /// Does the store answer?
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), AppError> {
        Ok(self.inner.store.ping().await?)
    }

    fn store(&self) -> &Store {
        &self.inner.store
    }

    fn meta(&self, request: &Request) -> Meta {
        Meta {
            actor: request.actor.user,
            origin: request.origin,
            at: self.inner.clock.now(),
            recorded_at: None,
            causation: None,
            correlation: self.inner.clock.new_id().to_string(),
            idempotency_key: request.own_key(),
        }
    }
}

/// Makes a folder; only the owner of the process reads what is in it.
///
/// # Errors
/// When it cannot be made.
pub fn create_private(folder: &Path) -> Result<(), AppError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(AppError::Data)
}

/// Evidence that a stopped program left half-written is nobody's. Another process may be writing
/// beside us, so only what is a day old goes.
fn remove_leftovers(staging: &Path) -> Result<(), AppError> {
    for entry in std::fs::read_dir(staging).map_err(AppError::Data)? {
        let entry = entry.map_err(AppError::Data)?;
        let age = entry.metadata().ok().and_then(|data| data.modified().ok()?.elapsed().ok());
        if age.is_some_and(|age| age > LEFTOVER_AGE_MIN) {
            std::fs::remove_dir_all(entry.path()).map_err(AppError::Data)?;
        }
    }
    Ok(())
}
