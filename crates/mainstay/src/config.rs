//! Where settings come from: flags, then the environment (clap reads both), then `mainstay.toml`,
//! then defaults. Unknown keys in the file are errors: a misspelt limit must not be ignored.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mainstay_app::StoreUrl;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::cli::{Place, Serve};

/// Loopback, on the port printed everywhere.
const LISTEN_DEFAULT: &str = "127.0.0.1:7420";

/// The keys of `mainstay.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    /// Kept as text only until it is wrapped; the file should be readable by its owner only.
    database: Option<String>,
    listen: Option<String>,
    public_url: Option<String>,
    reveal_key: Option<PathBuf>,
}

/// Where the desk keeps its data, decided.
pub struct Storage {
    /// Evidence and, when embedded, the database.
    pub data: PathBuf,
    pub store: StoreUrl,
    /// The file that opens the maps behind pseudonyms; without it none are kept.
    pub reveal_key: Option<PathBuf>,
}

/// How the desk is served, decided.
pub struct Serving {
    pub storage: Storage,
    pub listen: String,
    pub public_url: Option<String>,
}

/// Decides where data lives.
pub fn storage(place: &Place) -> Result<Storage> {
    let file = read_file(place.config.as_deref())?;
    decide_storage(place, &file)
}

/// Decides how to serve.
pub fn serving(serve: &Serve) -> Result<Serving> {
    let file = read_file(serve.place.config.as_deref())?;
    Ok(Serving {
        storage: decide_storage(&serve.place, &file)?,
        listen: serve.listen.clone().or(file.listen).unwrap_or_else(|| LISTEN_DEFAULT.to_owned()),
        public_url: serve.public_url.clone().or(file.public_url),
    })
}

/// The embedded database inside a data folder.
pub fn embedded(data: PathBuf) -> Result<Storage> {
    let store = StoreUrl::file(data.join("mainstay.db"));
    Ok(Storage { data, store, reveal_key: None })
}

fn decide_storage(place: &Place, file: &File) -> Result<Storage> {
    let data = match place.data.clone().or_else(|| file.data.clone()) {
        Some(data) => data,
        None => home_data("mainstay")?,
    };
    let address = place.database.clone().or_else(|| file.database.clone().map(SecretString::from));
    let reveal_key = place.reveal_key.clone().or_else(|| file.reveal_key.clone());
    let storage = embedded(data)?;
    match address {
        None => Ok(Storage { reveal_key, ..storage }),
        Some(address) => {
            let store = address.expose_secret().parse::<StoreUrl>().context("--database")?;
            Ok(Storage { store, reveal_key, ..storage })
        }
    }
}

/// `$XDG_DATA_HOME/NAME`, or `~/.local/share/NAME`.
pub fn home_data(name: &str) -> Result<PathBuf> {
    let base = match std::env::var_os("XDG_DATA_HOME") {
        Some(base) => PathBuf::from(base),
        None => {
            let home = std::env::var_os("HOME").context("HOME is not set; use --data DIR")?;
            PathBuf::from(home).join(".local/share")
        }
    };
    Ok(base.join(name))
}

fn read_file(path: Option<&Path>) -> Result<File> {
    let Some(path) = path else { return Ok(File::default()) };
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the configuration {}", path.display()))?;
    toml::from_str(&text)
        .with_context(|| format!("the configuration {} is not valid", path.display()))
}
