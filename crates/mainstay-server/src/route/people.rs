//! Who works here: everybody, who works now, and how somebody leaves.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use mainstay_app::person::Give;
use mainstay_core::UserId;
use mainstay_core::person::Command;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::person::{PersonAtWork, PersonProfile, RemovePerson};
use crate::dto::session::Person;
use crate::extract::{Asked, Body, InId};
use crate::present::{self, person as present_person};
use crate::problem::{Failure, Problem};
use crate::query::bad;
use crate::session::Caller;
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(at_work))
        .routes(routes!(show, change))
        .routes(routes!(remove))
        .routes(routes!(start_shift))
        .routes(routes!(end_shift))
}

/// Everybody with an account
#[utoipa::path(get, path = "/people", operation_id = "list_people", tag = "people",
    responses((status = 200, body = Vec<Person>), (status = 401, body = Problem)))]
async fn list(State(server): State<Server>, caller: Caller) -> Result<Json<Vec<Person>>, Failure> {
    let people = server.app.people(&caller.request.actor).await?;
    Ok(Json(people.iter().map(present::person).collect()))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct AreaQuery {
    /// A product or an area; everybody is told how well they know it
    area: String,
}

/// Everybody with who works now, what they carry and how well they know an area
#[utoipa::path(get, path = "/people/at-work", operation_id = "list_people_at_work",
    tag = "people", params(AreaQuery),
    responses((status = 200, body = Vec<PersonAtWork>), (status = 403, body = Problem)))]
async fn at_work(
    State(server): State<Server>,
    caller: Caller,
    Asked(query): Asked<AreaQuery>,
) -> Result<Json<Vec<PersonAtWork>>, Failure> {
    let people = server.app.at_work(&caller.request.actor, &query.area).await?;
    Ok(Json(people.iter().map(present_person::at_work).collect()))
}

/// One person
#[utoipa::path(get, path = "/people/{id}", operation_id = "show_person", tag = "people",
    params(("id" = String, Path)),
    responses((status = 200, body = PersonAtWork), (status = 404, body = Problem)))]
async fn show(
    State(server): State<Server>,
    caller: Caller,
    InId(id): InId<UserId>,
) -> Result<Json<PersonAtWork>, Failure> {
    let person = server.app.person_at_work(&caller.request.actor, id).await?;
    Ok(Json(present_person::at_work(&person)))
}

/// Change what is known of a person; `If-Match` holds the version that was edited
#[utoipa::path(put, path = "/people/{id}", operation_id = "change_person", tag = "people",
    params(("id" = String, Path)), request_body = PersonProfile,
    responses((status = 200, body = PersonAtWork), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 412, body = Problem)))]
async fn change(
    State(server): State<Server>,
    caller: Caller,
    InId(id): InId<UserId>,
    Body(body): Body<PersonProfile>,
) -> Result<Json<PersonAtWork>, Failure> {
    let profile = present_person::read_profile(body)?;
    let person = server.app.change_person(&caller.request, id, profile).await?;
    Ok(Json(present_person::at_work(&person)))
}

/// Take somebody from the desk; their open cases go where it is said
#[utoipa::path(post, path = "/people/{id}/remove", operation_id = "remove_person", tag = "people",
    params(("id" = String, Path)), request_body = RemovePerson,
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem)))]
async fn remove(
    State(server): State<Server>,
    caller: Caller,
    InId(id): InId<UserId>,
    Body(body): Body<RemovePerson>,
) -> Result<StatusCode, Failure> {
    let give = match (body.give_to, body.queue_reason) {
        (None, None) => Give::Nothing,
        (Some(heir), None) => Give::To(heir.parse().map_err(|_| bad("give_to"))?),
        (None, Some(why)) => Give::Queue(why),
        (Some(_), Some(_)) => return Err(bad("give_to or queue_reason, not both;")),
    };
    server.app.remove_person(&caller.request, id, body.reason, give).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say that one's shift begins
#[utoipa::path(post, path = "/shift/start", operation_id = "start_shift", tag = "people",
    responses((status = 204), (status = 403, body = Problem)))]
async fn start_shift(State(server): State<Server>, caller: Caller) -> Result<StatusCode, Failure> {
    server.app.say_shift(&caller.request, Command::StartShift).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say that one's shift is over
#[utoipa::path(post, path = "/shift/end", operation_id = "end_shift", tag = "people",
    responses((status = 204), (status = 403, body = Problem)))]
async fn end_shift(State(server): State<Server>, caller: Caller) -> Result<StatusCode, Failure> {
    server.app.say_shift(&caller.request, Command::EndShift).await?;
    Ok(StatusCode::NO_CONTENT)
}
