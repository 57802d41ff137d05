//! `mainstay serve`: the desk over HTTP.

use std::net::{IpAddr, SocketAddr};

use anyhow::{Context, Result, bail};
use mainstay_app::App;
use mainstay_server::{Options, Server};
use secrecy::ExposeSecret;
use tokio::net::TcpListener;

use crate::cli::Serve;
use crate::command::open;
use crate::config;
use crate::exit::Exit;
use crate::output::Output;

/// Names by which a machine speaks to itself.
pub const LOOPBACK_HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

pub async fn run(serve: &Serve, output: &Output) -> Result<Exit> {
    let serving = config::serving(serve)?;
    let listener = TcpListener::bind(&serving.listen)
        .await
        .with_context(|| format!("cannot listen on {}", serving.listen))?;
    let address = listener.local_addr()?;
    if serving.storage.reveal_key.is_none() {
        output.note("no reveal key is set, so nobody can look behind a pseudonym later:");
        output.note("  see --reveal-key and mainstay reveal --new-identity");
    }
    let app = open(serving.storage).await?;
    let mut options = options(serving.public_url.as_deref(), address)?;
    let url = serving.public_url.unwrap_or_else(|| format!("http://{address}"));
    if app.has_accounts().await? {
        output.note(&format!("the desk is at {url}"));
    } else {
        let code = App::new_setup_code()?;
        output.note("this desk has no account yet; create the first administrator at");
        output.note(&format!("  {url}/first-run?code={}", code.expose_secret()));
        options.setup_code = Some(code);
    }
    until_stopped(app, options, listener).await?;
    Ok(Exit::Ok)
}

/// Who is answered, and how cookies travel.
fn options(public_url: Option<&str>, address: SocketAddr) -> Result<Options> {
    let mut hosts: Vec<String> = LOOPBACK_HOSTS.map(str::to_owned).to_vec();
    let Some(url) = public_url else {
        if !address.ip().is_loopback() {
            hosts.push(host_of(address.ip()));
        }
        return Ok(Options { hosts, ..Options::default() });
    };
    let Some((scheme, rest)) = url.split_once("://") else {
        bail!("--public-url must be an address like https://desk.example.com");
    };
    let authority = rest.split('/').next().unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    if host.is_empty() {
        bail!("--public-url names no host");
    }
    hosts.push(host.to_owned());
    Ok(Options { hosts, https: scheme == "https", ..Options::default() })
}

fn host_of(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

/// Serves until Ctrl-C or SIGTERM, then waits for what is running.
pub async fn until_stopped(app: App, options: Options, listener: TcpListener) -> Result<()> {
    app.start_worker();
    let stopping = app.clone();
    let shutdown = async move {
        stop_signal().await;
        // Live events never end by themselves: close them first, or the server waits for ever.
        stopping.stop();
    };
    mainstay_server::serve(Server { app: app.clone(), options }, listener, shutdown).await?;
    app.close().await;
    Ok(())
}

async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = interrupt => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(_) => {
                let _ = interrupt.await;
            }
        }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}
