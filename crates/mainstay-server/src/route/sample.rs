//! The sample desk: loaded and removed by one call.

use axum::Json;
use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::case::SampleDesk;
use crate::problem::{Failure, Problem};
use crate::session::Caller;
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(load))
}

/// Load the sample desk; a second call loads nothing twice
#[utoipa::path(post, path = "/sample", operation_id = "load_sample", tag = "sample",
    responses((status = 200, body = SampleDesk), (status = 403, body = Problem)))]
async fn load(State(server): State<Server>, caller: Caller) -> Result<Json<SampleDesk>, Failure> {
    let cases = server.app.load_sample(&caller.request.actor).await?;
    Ok(Json(SampleDesk { cases }))
}
