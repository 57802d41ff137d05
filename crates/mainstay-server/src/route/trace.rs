//! Traces by window, and one as a waterfall.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use mainstay_app::line::{TraceAsk, TraceOrder};
use mainstay_core::{BundleId, Code};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::trace::{TraceWindow, Waterfall};
use crate::extract::{Asked, InBundle, path_value};
use crate::present::trace as present;
use crate::problem::{Failure, Problem};
use crate::query::{bad, moment};
use crate::session::Caller;
use crate::state::Server;

/// Traces in one window when the client does not say, and at most.
const WINDOW_DEFAULT: usize = 50;
const WINDOW_MAX: usize = 500;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct TraceQuery {
    /// Running at this moment or later (RFC 3339)
    from: Option<String>,
    /// Begun before this moment
    to: Option<String>,
    /// With a span of this service
    service: Option<String>,
    /// Only those with a failed span
    failed: bool,
    /// worst (the default), slowest or earliest
    order: Option<String>,
    offset: u64,
    /// At most 500
    limit: Option<usize>,
}

impl TraceQuery {
    fn ask(self) -> Result<TraceAsk, Failure> {
        Ok(TraceAsk {
            from: moment("from", self.from.as_deref())?,
            to: moment("to", self.to.as_deref())?,
            service: self.service.filter(|name| !name.is_empty()),
            failed: self.failed,
            order: match self.order.as_deref() {
                None | Some("" | "worst") => TraceOrder::Worst,
                Some("slowest") => TraceOrder::Slowest,
                Some("earliest") => TraceOrder::Earliest,
                Some(_) => return Err(bad("order")),
            },
            offset: usize::try_from(self.offset).unwrap_or(usize::MAX),
            limit: self.limit.unwrap_or(WINDOW_DEFAULT).clamp(1, WINDOW_MAX),
        })
    }
}

/// A window of the traces, worst first
#[utoipa::path(get, path = "/bundles/{id}/traces", operation_id = "list_traces", tag = "traces",
    params(("id" = String, Path), TraceQuery),
    responses((status = 200, body = TraceWindow), (status = 400, body = Problem),
        (status = 409, body = Problem)))]
async fn list(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    Asked(query): Asked<TraceQuery>,
) -> Result<Json<TraceWindow>, Failure> {
    let (offset, ask) = (query.offset, query.ask()?);
    let actor = &caller.request.actor;
    let list = server.app.ask_bundle(actor, id, move |bundle| bundle.traces(&ask)).await?;
    Ok(Json(present::window(&list, offset)))
}

/// A bundle and a trace in the path.
struct InTrace(BundleId, String);

impl FromRequestParts<Server> for InTrace {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let InBundle(id) = InBundle::from_request_parts(parts, server).await?;
        Ok(Self(id, path_value(parts, server, "trace").await?))
    }
}

/// One trace, parents before children, with its critical path
#[utoipa::path(get, path = "/bundles/{id}/traces/{trace}", operation_id = "show_trace",
    tag = "traces", params(("id" = String, Path), ("trace" = String, Path)),
    responses((status = 200, body = Waterfall), (status = 404, body = Problem)))]
async fn show(
    State(server): State<Server>,
    caller: Caller,
    InTrace(id, trace): InTrace,
) -> Result<Json<Waterfall>, Failure> {
    let actor = &caller.request.actor;
    let found = server.app.ask_bundle(actor, id, move |bundle| bundle.trace(&trace)).await?;
    let missing = || Failure::refused(Code::NotFound, "no such trace in this bundle");
    Ok(Json(present::waterfall(&found.ok_or_else(missing)?)))
}
