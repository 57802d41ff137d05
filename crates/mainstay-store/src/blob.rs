//! Evidence files by address: written once, complete or absent, never changed. The address is the
//! hash of `manifest.json`, which is written last; what a hash is and whether the files fit it is
//! the business of `mainstay-evidence`.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt as _};
use tokio::io::AsyncWriteExt as _;

use crate::error::StoreError;

/// A folder of evidence without it is not complete.
const MANIFEST: &str = "manifest.json";
/// All evidence lies below it.
const PREFIX: &str = "bundles";
/// A BLAKE3 hash in hex.
const ADDRESS_CHARACTERS: usize = 64;
/// Evidence has files in one folder below its own; deeper is not evidence.
const DEPTH_MAX: usize = 4;

/// Where evidence files are kept: a local folder.
#[derive(Debug, Clone)]
pub struct Blobs {
    objects: Arc<LocalFileSystem>,
    root: PathBuf,
}

/// A file of a folder, by its path inside it.
struct Found {
    name: String,
    path: PathBuf,
}

impl Blobs {
    /// Keeps evidence below `root`, which is created when it is not there.
    ///
    /// # Errors
    /// `Blob` when the folder cannot be made.
    pub fn local(root: &Path) -> Result<Self, StoreError> {
        let failed =
            |source| StoreError::Blob { address: root.display().to_string(), step: "kept", source };
        std::fs::create_dir_all(root).map_err(failed)?;
        let root = root.canonicalize().map_err(failed)?;
        let objects =
            LocalFileSystem::new_with_prefix(&root).map_err(|error| failed(error.into()))?;
        Ok(Self { objects: Arc::new(objects), root })
    }

    /// Copies a finished folder to its address and makes it durable. After a crash the address is
    /// absent or complete, and putting it again does no harm.
    ///
    /// # Errors
    /// `Blob` when a file cannot be read or written.
    pub async fn put_folder(&self, address: &str, folder: &Path) -> Result<(), StoreError> {
        let failed =
            |source| StoreError::Blob { address: address.to_owned(), step: "stored", source };
        if self.contains(address).await? {
            return Ok(());
        }
        let source = folder.to_owned();
        let files = blocking(move || list(&source)).await.map_err(failed)?;
        let (manifest, rest): (Vec<Found>, Vec<Found>) =
            files.into_iter().partition(|file| file.name == MANIFEST);
        if manifest.is_empty() {
            return Err(failed(io::Error::new(io::ErrorKind::NotFound, "no manifest.json")));
        }
        for files in [rest, manifest] {
            for file in &files {
                self.copy(address, file).await.map_err(failed)?;
            }
            let target = self.path_of(address);
            blocking(move || sync_folder(&target)).await.map_err(failed)?;
        }
        let parent = self.root.join(PREFIX);
        blocking(move || sync(&parent)).await.map_err(failed)
    }

    /// Whether the evidence is there, and complete.
    ///
    /// # Errors
    /// `Blob` when the address is not one or the folder cannot be read.
    pub async fn contains(&self, address: &str) -> Result<bool, StoreError> {
        let failed =
            |source| StoreError::Blob { address: address.to_owned(), step: "found", source };
        check_address(address).map_err(failed)?;
        match self.objects.head(&key_of(address, MANIFEST)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(failed(error.into())),
        }
    }

    /// The folder of the evidence, for those who read files.
    ///
    /// # Errors
    /// `Blob` when it is not there.
    pub async fn local_folder(&self, address: &str) -> Result<PathBuf, StoreError> {
        if self.contains(address).await? {
            return Ok(self.path_of(address));
        }
        let source = io::Error::from(io::ErrorKind::NotFound);
        Err(StoreError::Blob { address: address.to_owned(), step: "found", source })
    }

    /// Checks the evidence by `check`, which knows the hashes; damage is its to name.
    ///
    /// # Errors
    /// `Blob` when it is not there, or with what `check` says.
    pub async fn verify<C>(&self, address: &str, check: C) -> Result<(), StoreError>
    where
        C: FnOnce(&Path) -> io::Result<()> + Send + 'static,
    {
        let folder = self.local_folder(address).await?;
        blocking(move || check(&folder)).await.map_err(|source| StoreError::Blob {
            address: address.to_owned(),
            step: "verified",
            source,
        })
    }

    /// Forgets the evidence: the manifest first, so that it is never there in part.
    ///
    /// # Errors
    /// `Blob` when it cannot be removed.
    pub async fn remove(&self, address: &str) -> Result<(), StoreError> {
        let failed =
            |source| StoreError::Blob { address: address.to_owned(), step: "removed", source };
        if !self.contains(address).await? {
            return Ok(());
        }
        self.objects
            .delete(&key_of(address, MANIFEST))
            .await
            .map_err(|error| failed(error.into()))?;
        let target = self.path_of(address);
        blocking(move || std::fs::remove_dir_all(&target)).await.map_err(failed)
    }

    async fn copy(&self, address: &str, file: &Found) -> io::Result<()> {
        let mut source = tokio::fs::File::open(&file.path).await?;
        let objects: Arc<dyn ObjectStore> = self.objects.clone();
        let mut target = BufWriter::new(objects, key_of(address, &file.name));
        tokio::io::copy(&mut source, &mut target).await?;
        target.shutdown().await
    }

    fn path_of(&self, address: &str) -> PathBuf {
        self.root.join(PREFIX).join(address)
    }
}

fn key_of(address: &str, name: &str) -> Key {
    Key::from(format!("{PREFIX}/{address}/{name}"))
}

/// An address never leads out of the folder.
fn check_address(address: &str) -> io::Result<()> {
    let is_hash = address.len() == ADDRESS_CHARACTERS
        && address.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if is_hash {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "not an address"))
}

async fn blocking<T, F>(work: F) -> io::Result<T>
where
    T: Send + 'static,
    F: FnOnce() -> io::Result<T> + Send + 'static,
{
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// The plain files below the folder, by name; links are not followed.
fn list(folder: &Path) -> io::Result<Vec<Found>> {
    let mut files = Vec::new();
    let mut folders = vec![(folder.to_owned(), String::new(), 0)];
    while let Some((folder, prefix, depth)) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type()?;
            if kind.is_dir() && depth < DEPTH_MAX {
                folders.push((entry.path(), format!("{name}/"), depth + 1));
            } else if kind.is_file() {
                files.push(Found { name, path: entry.path() });
            } else {
                return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a plain file"));
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// Files first, then the folders that name them.
fn sync_folder(folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folder(&entry.path())?;
        } else {
            sync(&entry.path())?;
        }
    }
    sync(folder)
}

fn sync(path: &Path) -> io::Result<()> {
    std::fs::File::open(path)?.sync_all()
}
