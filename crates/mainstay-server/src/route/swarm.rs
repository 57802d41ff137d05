//! Swarms of a case.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use mainstay_core::case::{SwarmCommand, swarm};
use mainstay_core::{CaseNumber, UserId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::swarm::{CloseSwarm, OpenSwarm, Swarm, TryInSwarm};
use crate::extract::{Body, InCase, numbered_in_case};
use crate::present::swarm::{self as present, Names};
use crate::problem::{Failure, Problem};
use crate::query::bad;
use crate::session::Caller;
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list, open))
        .routes(routes!(join))
        .routes(routes!(leave))
        .routes(routes!(try_in))
        .routes(routes!(close))
}

/// A case and the number of one of its swarms in the path.
struct InSwarm(CaseNumber, u32);

impl FromRequestParts<Server> for InSwarm {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let (case, swarm) = numbered_in_case(parts, server, "swarm").await?;
        Ok(Self(case, swarm))
    }
}

/// The swarms of a case, the newest first
#[utoipa::path(get, path = "/cases/{number}/swarms", operation_id = "list_swarms", tag = "swarms",
    params(("number" = String, Path)),
    responses((status = 200, body = Vec<Swarm>), (status = 404, body = Problem)))]
async fn list(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
) -> Result<Json<Vec<Swarm>>, Failure> {
    all(&server, &caller, number).await.map(Json)
}

/// Call people together on a case; one swarm runs at a time
#[utoipa::path(post, path = "/cases/{number}/swarms", operation_id = "open_swarm", tag = "swarms",
    params(("number" = String, Path)), request_body = OpenSwarm,
    responses((status = 201, body = Vec<Swarm>), (status = 400, body = Problem),
        (status = 409, body = Problem)))]
async fn open(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<OpenSwarm>,
) -> Result<(StatusCode, Json<Vec<Swarm>>), Failure> {
    let people = body.people.iter().map(|id| user(id, "people")).collect::<Result<_, _>>()?;
    let command = SwarmCommand::Open {
        question: body.question,
        exit: body.exit,
        box_minutes: body.box_minutes.unwrap_or(swarm::TIME_BOX_MINUTES),
        people,
        skills: body.skills,
    };
    let swarms = ask(&server, &caller, number, command).await?;
    Ok((StatusCode::CREATED, swarms))
}

/// Join a swarm; the owner of the case stays its owner
#[utoipa::path(post, path = "/cases/{number}/swarms/{swarm}/join", operation_id = "join_swarm",
    tag = "swarms", params(("number" = String, Path), ("swarm" = u32, Path)),
    responses((status = 200, body = Vec<Swarm>), (status = 409, body = Problem)))]
async fn join(
    State(server): State<Server>,
    caller: Caller,
    InSwarm(number, swarm): InSwarm,
) -> Result<Json<Vec<Swarm>>, Failure> {
    ask(&server, &caller, number, SwarmCommand::Join { swarm }).await
}

/// Leave a swarm
#[utoipa::path(post, path = "/cases/{number}/swarms/{swarm}/leave", operation_id = "leave_swarm",
    tag = "swarms", params(("number" = String, Path), ("swarm" = u32, Path)),
    responses((status = 200, body = Vec<Swarm>), (status = 409, body = Problem)))]
async fn leave(
    State(server): State<Server>,
    caller: Caller,
    InSwarm(number, swarm): InSwarm,
) -> Result<Json<Vec<Swarm>>, Failure> {
    ask(&server, &caller, number, SwarmCommand::Leave { swarm }).await
}

/// Write down what was tried, and what it showed
#[utoipa::path(post, path = "/cases/{number}/swarms/{swarm}/tried", operation_id = "try_in_swarm",
    tag = "swarms", params(("number" = String, Path), ("swarm" = u32, Path)),
    request_body = TryInSwarm,
    responses((status = 200, body = Vec<Swarm>), (status = 400, body = Problem),
        (status = 409, body = Problem)))]
async fn try_in(
    State(server): State<Server>,
    caller: Caller,
    InSwarm(number, swarm): InSwarm,
    Body(body): Body<TryInSwarm>,
) -> Result<Json<Vec<Swarm>>, Failure> {
    ask(&server, &caller, number, SwarmCommand::Try { swarm, text: body.text }).await
}

/// Close a swarm with its decision; there is no other end
#[utoipa::path(post, path = "/cases/{number}/swarms/{swarm}/close", operation_id = "close_swarm",
    tag = "swarms", params(("number" = String, Path), ("swarm" = u32, Path)),
    request_body = CloseSwarm,
    responses((status = 200, body = Vec<Swarm>), (status = 400, body = Problem),
        (status = 409, body = Problem)))]
async fn close(
    State(server): State<Server>,
    caller: Caller,
    InSwarm(number, swarm): InSwarm,
    Body(body): Body<CloseSwarm>,
) -> Result<Json<Vec<Swarm>>, Failure> {
    let owner = body.owner.as_deref().map(|id| user(id, "owner")).transpose()?;
    let (outcome, decision) = (body.outcome.into(), body.decision);
    ask(&server, &caller, number, SwarmCommand::Close { swarm, outcome, decision, owner }).await
}

fn user(id: &str, field: &'static str) -> Result<UserId, Failure> {
    id.parse().map_err(|_| bad(field))
}

/// Does what is asked and answers with the swarms as they are then.
async fn ask(
    server: &Server,
    caller: &Caller,
    number: CaseNumber,
    command: SwarmCommand,
) -> Result<Json<Vec<Swarm>>, Failure> {
    server.app.ask_swarm(&caller.request, number, command).await?;
    all(server, caller, number).await.map(Json)
}

async fn all(server: &Server, caller: &Caller, number: CaseNumber) -> Result<Vec<Swarm>, Failure> {
    let actor = &caller.request.actor;
    let swarms = server.app.swarms(actor, number).await?;
    let names = Names::of(server.app.people(actor).await?);
    Ok(swarms.iter().map(|it| present::swarm(&server.app, number, &names, it)).collect())
}
