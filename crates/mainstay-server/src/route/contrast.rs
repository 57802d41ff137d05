//! What a window of time has more of than the rest.

use axum::Json;
use axum::extract::State;
use mainstay_core::Code;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::contrast::Contrast;
use crate::extract::{Asked, InBundle};
use crate::present::contrast as present;
use crate::problem::{Failure, Problem};
use crate::query::LineFilter;
use crate::session::Caller;
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(contrast))
}

/// Values and templates whose share differs inside the filter's time and beside it
#[utoipa::path(get, path = "/bundles/{id}/contrast", operation_id = "show_contrast", tag = "lines",
    params(("id" = String, Path), LineFilter),
    responses((status = 200, body = Contrast), (status = 400, body = Problem)))]
async fn contrast(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    Asked(filter): Asked<LineFilter>,
) -> Result<Json<Contrast>, Failure> {
    let query = filter.parse()?;
    let (Some(from), Some(to)) = query.time_span() else {
        return Err(Failure::refused(Code::Invalid, "choose a time with a begin and an end"));
    };
    let found = server
        .app
        .ask_bundle(&caller.request.actor, id, move |bundle| bundle.contrast(&query, from, to));
    Ok(Json(present::contrast(&found.await?)))
}
