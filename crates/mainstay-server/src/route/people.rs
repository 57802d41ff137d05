//! Who works here.

use axum::Json;
use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::session::Person;
use crate::present;
use crate::problem::{Failure, Problem};
use crate::session::Caller;
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Everybody with an account
#[utoipa::path(get, path = "/people", operation_id = "list_people", tag = "people",
    responses((status = 200, body = Vec<Person>), (status = 401, body = Problem)))]
async fn list(State(server): State<Server>, caller: Caller) -> Result<Json<Vec<Person>>, Failure> {
    let people = server.app.people(&caller.request.actor).await?;
    Ok(Json(people.iter().map(present::person).collect()))
}
