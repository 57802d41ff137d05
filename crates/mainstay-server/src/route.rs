//! The routes: thin. Each extracts, calls one use case and maps the answer.

pub(crate) mod audit;
pub(crate) mod bundle;
pub(crate) mod case;
pub(crate) mod contrast;
pub(crate) mod customer;
pub(crate) mod evidence;
pub(crate) mod handoff;
pub(crate) mod hypothesis;
pub(crate) mod intake;
pub(crate) mod line;
pub(crate) mod link;
pub(crate) mod live;
pub(crate) mod mitigation;
pub(crate) mod people;
pub(crate) mod public;
pub(crate) mod ranking;
pub(crate) mod redaction;
pub(crate) mod sample;
pub(crate) mod series;
pub(crate) mod session;
pub(crate) mod signature;
pub(crate) mod sla;
pub(crate) mod swarm;
pub(crate) mod team;
pub(crate) mod trace;

use axum::extract::State;
use axum::http::StatusCode;

use crate::problem::Failure;
use crate::state::Server;

/// For a load balancer: does the store answer?
pub(crate) async fn health(State(server): State<Server>) -> Result<StatusCode, Failure> {
    server.app.ping().await?;
    Ok(StatusCode::NO_CONTENT)
}
