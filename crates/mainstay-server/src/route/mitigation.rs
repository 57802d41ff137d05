//! Mitigations of a case.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use mainstay_core::CaseNumber;
use mainstay_core::case::MitigationCommand;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::mitigation::{Mitigation, MoveMitigation, ProposeMitigation};
use crate::extract::{Body, InCase, numbered_in_case};
use crate::present::mitigation as present;
use crate::problem::{Failure, Problem};
use crate::session::Caller;
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(list, propose)).routes(routes!(move_on))
}

/// A case and the number of one of its mitigations in the path.
struct InMitigation(CaseNumber, u32);

impl FromRequestParts<Server> for InMitigation {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let (case, mitigation) = numbered_in_case(parts, server, "mitigation").await?;
        Ok(Self(case, mitigation))
    }
}

/// The mitigations of a case, the newest first
#[utoipa::path(get, path = "/cases/{number}/mitigations", operation_id = "list_mitigations",
    tag = "mitigations", params(("number" = String, Path)),
    responses((status = 200, body = Vec<Mitigation>), (status = 404, body = Problem)))]
async fn list(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
) -> Result<Json<Vec<Mitigation>>, Failure> {
    all(&server, &caller, number).await.map(Json)
}

/// Propose a mitigation, with what may break and the way back
#[utoipa::path(post, path = "/cases/{number}/mitigations", operation_id = "propose_mitigation",
    tag = "mitigations", params(("number" = String, Path)), request_body = ProposeMitigation,
    responses((status = 201, body = Vec<Mitigation>), (status = 400, body = Problem)))]
async fn propose(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<ProposeMitigation>,
) -> Result<(StatusCode, Json<Vec<Mitigation>>), Failure> {
    let command = MitigationCommand::Propose {
        what: body.what,
        risk: body.risk.into(),
        risk_why: body.risk_why,
        rollback: body.rollback,
        change: body.change,
    };
    server.app.ask_mitigation(&caller.request, number, command).await?;
    Ok((StatusCode::CREATED, Json(all(&server, &caller, number).await?)))
}

/// Say how far a mitigation is; one of high risk is approved by another person first
#[utoipa::path(post, path = "/cases/{number}/mitigations/{mitigation}/state",
    operation_id = "move_mitigation", tag = "mitigations",
    params(("number" = String, Path), ("mitigation" = u32, Path)), request_body = MoveMitigation,
    responses((status = 200, body = Vec<Mitigation>), (status = 403, body = Problem),
        (status = 409, body = Problem)))]
async fn move_on(
    State(server): State<Server>,
    caller: Caller,
    InMitigation(number, mitigation): InMitigation,
    Body(body): Body<MoveMitigation>,
) -> Result<Json<Vec<Mitigation>>, Failure> {
    let command = MitigationCommand::Move { mitigation, to: body.to.into(), note: body.note };
    server.app.ask_mitigation(&caller.request, number, command).await?;
    all(&server, &caller, number).await.map(Json)
}

async fn all(
    server: &Server,
    caller: &Caller,
    number: CaseNumber,
) -> Result<Vec<Mitigation>, Failure> {
    let found = server.app.mitigations(&caller.request.actor, number).await?;
    Ok(found.iter().map(|it| present::mitigation(&server.app, number, it)).collect())
}
