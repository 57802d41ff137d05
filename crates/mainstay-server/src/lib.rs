//! Thin HTTP over the use cases: routes, wire types, sign-in, OpenAPI, live events, embedded UI.
//! What is *not* here: any decision about a case or a bundle, and any SQL.

pub mod dto;
mod extract;
mod guard;
mod present;
mod problem;
mod query;
mod route;
mod session;
mod state;
mod ui;

use std::future::Future;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::response::Redirect;
use axum::routing::get;
use mainstay_core::Code;
use tokio::net::TcpListener;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

pub use state::{Options, Server};

/// JSON bodies; bundles stream past it with a limit of their own.
const BODY_BYTES_MAX: usize = 10 << 20;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Mainstay",
        description = "The desk of the senior technical support engineer. Errors are \
                       application/problem+json with a closed set of codes; writes accept \
                       Idempotency-Key; edits of a case accept If-Match.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    servers((url = "/api/v1"))
)]
struct Api;

/// Serves until `shutdown` resolves, then lets running requests end.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    server: Server,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router(server)).with_graceful_shutdown(shutdown).await
}

/// The description of the HTTP interface, as checked in.
///
/// # Errors
/// Never in practice: the description is plain data.
pub fn openapi_json() -> Result<String, serde_json::Error> {
    let (_, api) = api_routes().split_for_parts();
    let mut text = serde_json::to_string_pretty(&api)?;
    text.push('\n');
    Ok(text)
}

/// Every route, behind the guard.
pub fn router(server: Server) -> Router {
    let (api, _) = api_routes().split_for_parts();
    let api = api.fallback(no_such_route).method_not_allowed_fallback(no_such_route);
    Router::new()
        .nest("/api/v1", api)
        .merge(route::public::routes())
        .route("/", get(|| async { Redirect::to("/queue") }))
        .route("/queue", get(ui::index))
        .route("/sla", get(ui::index))
        .route("/audit", get(ui::index))
        .route("/redaction", get(ui::index))
        .route("/intake", get(ui::index))
        .route("/home", get(ui::index))
        .route("/home/{*rest}", get(ui::index))
        .route("/people", get(ui::index))
        .route("/people/{*rest}", get(ui::index))
        .route("/signatures", get(ui::index))
        .route("/signatures/{*rest}", get(ui::index))
        .route("/customers", get(ui::index))
        .route("/customers/{*rest}", get(ui::index))
        .route("/cases/{*rest}", get(ui::index))
        .route("/assets/{*path}", get(ui::asset))
        .route("/healthz", get(route::health))
        .fallback(no_such_route)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn_with_state(server.clone(), guard::guard))
        .with_state(server)
}

fn api_routes() -> OpenApiRouter<Server> {
    OpenApiRouter::with_openapi(Api::openapi())
        .merge(route::session::routes())
        .merge(route::sla::routes())
        .merge(route::redaction::routes())
        .merge(route::people::routes())
        .merge(route::team::routes())
        .merge(route::handoff::routes())
        .merge(route::audit::routes())
        .merge(route::case::routes())
        .merge(route::customer::routes())
        .merge(route::intake::routes())
        .merge(route::link::routes())
        .merge(route::evidence::routes())
        .merge(route::bundle::routes())
        .merge(route::line::routes())
        .merge(route::contrast::routes())
        .merge(route::ranking::routes())
        .merge(route::hypothesis::routes())
        .merge(route::swarm::routes())
        .merge(route::mitigation::routes())
        .merge(route::signature::routes())
        .merge(route::trace::routes())
        .merge(route::series::routes())
        .merge(route::live::routes())
        .merge(route::sample::routes())
}

async fn no_such_route() -> axum::response::Response {
    problem::respond(Code::NotFound, "no such address".to_owned())
}
