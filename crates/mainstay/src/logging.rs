//! Our own log, on stderr. `MAINSTAY_LOG` sets the filter; customer content is never logged.

use tracing_subscriber::EnvFilter;

use crate::cli::Global;

/// Starts logging once for the whole program.
pub fn start(global: &Global) {
    let default = match (global.quiet, global.verbose) {
        (0, 0) => "warn,mainstay=info",
        (0, 1) => "info,mainstay=debug",
        (0, _) => "debug",
        _ => "error",
    };
    let filter =
        EnvFilter::try_from_env("MAINSTAY_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
