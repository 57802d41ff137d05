//! `mainstay reveal`: whom a pseudonym stands for. Asked one by one, with a reason that is kept.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use mainstay_evidence::redact::{Identity, IdentityMap};
use serde::Serialize;

use super::redact::write_new;
use crate::cli::Reveal;
use crate::exit::Exit;
use crate::output::Output;

/// A map of a million identities is smaller.
const MAP_BYTES_MAX: u64 = 512 << 20;
const IDENTITY_BYTES_MAX: u64 = 64 << 10;

/// One look at an identity. Never the value.
#[derive(Serialize)]
struct Look<'a> {
    time: String,
    token: &'a str,
    found: bool,
    reason: &'a str,
    /// Who the system says it was.
    user: Option<String>,
}

pub fn run(reveal: &Reveal, output: &Output) -> Result<Exit> {
    if let Some(path) = &reveal.new_identity {
        let recipient = new_identity(path)?.recipient();
        output.note(&format!("the identity is in {}: keep it safe and apart", path.display()));
        output.result(&recipient.to_string())?;
        return Ok(Exit::Ok);
    }
    let (Some(token), Some(map), Some(identity), Some(reason)) =
        (&reveal.token, &reveal.map, &reveal.identity, &reveal.reason)
    else {
        bail!("name a token, the map, your identity and a reason");
    };
    if reason.trim().is_empty() {
        bail!("say why: the reason is kept");
    }
    let identity = read_identity(identity)?;
    let opened = IdentityMap::open(&read(map, MAP_BYTES_MAX)?, &identity)
        .with_context(|| format!("cannot open {}", map.display()))?;
    let value = opened.reveal(token);
    // kept before it is shown: a look that cannot be recorded does not happen
    record(
        map,
        &Look {
            time: jiff::Timestamp::now().to_string(),
            token,
            found: value.is_some(),
            reason: reason.trim(),
            user: std::env::var("USER").ok(),
        },
    )?;
    match value {
        Some(value) => {
            output.result(value)?;
            Ok(Exit::Ok)
        }
        None => {
            output.error("this pseudonym is not in the map", None);
            Ok(Exit::NotFound)
        }
    }
}

/// The identity in a file.
pub fn read_identity(path: &Path) -> Result<Identity> {
    let text = String::from_utf8_lossy(&read(path, IDENTITY_BYTES_MAX)?).into_owned();
    Identity::parse(&text).with_context(|| format!("cannot use the identity in {}", path.display()))
}

/// Makes an identity in a new file that only its owner can read.
pub fn new_identity(path: &Path) -> Result<Identity> {
    let identity = Identity::generate()?;
    let text = format!("# public key: {}\n{}\n", identity.recipient(), identity.expose());
    write_new(path, text.as_bytes())?;
    Ok(identity)
}

/// Appends to the record beside the map.
fn record(map: &Path, look: &Look<'_>) -> Result<()> {
    let mut name = map.as_os_str().to_owned();
    name.push(".reveals.jsonl");
    let path = PathBuf::from(name);
    let mut line = serde_json::to_string(look)?;
    line.push('\n');
    OpenOptions::new()
        .append(true)
        .create(true)
        .open(&path)
        .and_then(|mut file| file.write_all(line.as_bytes()).and_then(|()| file.sync_all()))
        .with_context(|| format!("cannot keep the reason in {}", path.display()))
}

fn read(path: &Path, most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(most).read_to_end(&mut bytes))
        .with_context(|| format!("cannot read {}", path.display()))?;
    Ok(bytes)
}
