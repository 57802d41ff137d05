//! One file per command: parse nothing, decide nothing, call the use case and print.

pub mod account;
pub mod audit;
pub mod case;
pub mod compare;
pub mod customer;
pub mod db;
pub mod demo;
pub mod generate;
pub mod handoff;
pub mod inspect;
pub mod intake;
pub mod mine;
pub mod mitigation;
pub mod patterns;
pub mod person;
pub mod query;
pub mod redact;
pub mod redaction;
pub mod reveal;
mod rules;
pub mod serve;
pub mod signature;
pub mod sla;
pub mod swarm;

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context, Result, bail};
use mainstay_app::{App, Clock, Config};
use mainstay_core::{Actor, Code};

use crate::cli::Desk;
use crate::config::{self, Storage};

/// A document that people write; more is a mistake.
const DOCUMENT_BYTES_MAX: u64 = 4 << 20;

/// Opens the desk where it was decided to be.
pub async fn open(storage: Storage) -> Result<App> {
    let place = storage.data.display().to_string();
    let reveal_key = storage.reveal_key.as_deref().map(reveal::read_identity).transpose()?;
    let Storage { store, data, .. } = storage;
    let config = Config { store, data, clock: Clock::System, reveal_key };
    App::open(config).await.with_context(|| format!("cannot open the desk in {place}"))
}

/// Opens the desk and finds out who works: `--as`, or the only account there is.
pub async fn open_as(desk: &Desk) -> Result<(App, Actor)> {
    let app = open(config::storage(&desk.place)?).await?;
    let login = match &desk.login {
        Some(login) => login.clone(),
        None => match app.local_people().await?.as_slice() {
            [only] => only.login.clone(),
            [] => bail!("this desk has no account; create one with mainstay account create"),
            _ => bail!("this desk has several accounts; say which one you are with --as LOGIN"),
        },
    };
    let actor = app.local_actor(&login).await?;
    Ok((app, actor))
}

/// A document that somebody wrote, from a file or stdin.
pub fn read_document(file: &Path) -> Result<String> {
    let name = file.display();
    let mut text = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().take(DOCUMENT_BYTES_MAX + 1).read_to_string(&mut text)
    } else {
        let open = File::open(file).with_context(|| format!("cannot read {name}"))?;
        open.take(DOCUMENT_BYTES_MAX + 1).read_to_string(&mut text)
    };
    read.with_context(|| format!("cannot read {name}"))?;
    if text.len() as u64 > DOCUMENT_BYTES_MAX {
        bail!("{name} has more than the {DOCUMENT_BYTES_MAX} bytes that are read");
    }
    Ok(text)
}

/// The next step for an error that has one.
pub fn hint_of(error: &anyhow::Error) -> Option<&'static str> {
    let app = error.chain().find_map(|cause| cause.downcast_ref::<mainstay_app::AppError>())?;
    match app.code() {
        Code::Forbidden => Some("ask a manager or an administrator of the desk"),
        Code::Conflict => Some("look at the case again with mainstay case show"),
        Code::Busy => Some("another program holds the database; try again in a moment"),
        Code::Internal => Some("run again with -v; MAINSTAY_LOG=debug shows more"),
        _ => None,
    }
}
