//! Teams.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use mainstay_core::TeamId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::person::{Team, TeamProfile};
use crate::extract::{Body, InId};
use crate::present::person as present;
use crate::problem::{Failure, Problem};
use crate::session::Caller;
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(change))
}

/// All teams, by name
#[utoipa::path(get, path = "/teams", operation_id = "list_teams", tag = "people",
    responses((status = 200, body = Vec<Team>), (status = 403, body = Problem)))]
async fn list(State(server): State<Server>, caller: Caller) -> Result<Json<Vec<Team>>, Failure> {
    let teams = server.app.teams(&caller.request.actor).await?;
    Ok(Json(teams.iter().map(present::team).collect()))
}

/// Add a team
#[utoipa::path(post, path = "/teams", operation_id = "add_team", tag = "people",
    request_body = TeamProfile,
    responses((status = 201, body = Team), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 409, body = Problem)))]
async fn add(
    State(server): State<Server>,
    caller: Caller,
    Body(body): Body<TeamProfile>,
) -> Result<(StatusCode, Json<Team>), Failure> {
    let team = server.app.add_team(&caller.request, present::read_team(body)?).await?;
    Ok((StatusCode::CREATED, Json(present::team(&team))))
}

/// Change a team; `If-Match` holds the version that was edited
#[utoipa::path(put, path = "/teams/{id}", operation_id = "change_team", tag = "people",
    params(("id" = String, Path)), request_body = TeamProfile,
    responses((status = 200, body = Team), (status = 400, body = Problem),
        (status = 409, body = Problem), (status = 412, body = Problem)))]
async fn change(
    State(server): State<Server>,
    caller: Caller,
    InId(id): InId<TeamId>,
    Body(body): Body<TeamProfile>,
) -> Result<Json<Team>, Failure> {
    let team = server.app.change_team(&caller.request, id, present::read_team(body)?).await?;
    Ok(Json(present::team(&team)))
}
