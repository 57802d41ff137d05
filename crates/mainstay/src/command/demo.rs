//! `mainstay demo`: a desk with sample data on loopback, signed in by itself.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Context, Result};
use mainstay_app::create_private;
use mainstay_server::Options;
use tokio::net::TcpListener;

use crate::cli::Demo;
use crate::command::serve::{LOOPBACK_HOSTS, until_stopped};
use crate::command::{open, reveal};
use crate::config::{self, Storage};
use crate::exit::Exit;
use crate::output::Output;

pub async fn run(demo: &Demo, output: &Output) -> Result<Exit> {
    let data = match &demo.data {
        Some(data) => data.clone(),
        None => config::home_data("mainstay-demo")?,
    };
    // Only ever loopback: whoever reaches this desk is signed in.
    let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, demo.port));
    let listener = TcpListener::bind(wanted).await.with_context(|| {
        format!("cannot listen on {wanted}; choose another port with --port, or 0 for a free one")
    })?;
    let address = listener.local_addr()?;
    let app = open(with_reveal_key(config::embedded(data.clone())?)?).await?;
    output.note(&format!("loading the sample desk into {} ...", data.display()));
    let senior = app.load_sample_here().await.context("cannot load the sample desk")?;
    let options = Options {
        hosts: LOOPBACK_HOSTS.map(str::to_owned).to_vec(),
        demo_user: Some(senior),
        ..Options::default()
    };
    output.note("the sample desk is ready; stop it with Ctrl-C");
    output.result(&format!("http://{address}"))?;
    until_stopped(app, options, listener).await?;
    Ok(Exit::Ok)
}

/// Sample data needs no key of its owner's: one beside it is enough to try the way back.
fn with_reveal_key(storage: Storage) -> Result<Storage> {
    let path = storage.data.join("reveal.key");
    if !path.exists() {
        create_private(&storage.data)?;
        reveal::new_identity(&path)?;
    }
    Ok(Storage { reveal_key: Some(path), ..storage })
}
