//! Hypotheses that people took up.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use mainstay_core::{CaseNumber, Code, HypothesisNumber};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::ranking::reference_id;
use crate::dto::hypothesis::{Hypothesis, JudgeHypothesis, PinHypothesis};
use crate::extract::{Body, InCase, path_value};
use crate::present::hypothesis as present;
use crate::problem::{Failure, Problem};
use crate::query::bad;
use crate::session::Caller;
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(list, pin)).routes(routes!(show)).routes(routes!(judge))
}

/// A case and a number of a hypothesis in the path: `MS-1042`, `H2`.
struct Cited(CaseNumber, HypothesisNumber);

impl FromRequestParts<Server> for Cited {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let InCase(number) = InCase::from_request_parts(parts, server).await?;
        let text = path_value(parts, server, "hypothesis").await?;
        let hypothesis = text.parse().map_err(|_| {
            Failure::refused(Code::NotFound, "no such hypothesis; a number looks like H2")
        })?;
        Ok(Self(number, hypothesis))
    }
}

/// What was taken up in a case
#[utoipa::path(get, path = "/cases/{number}/hypotheses", operation_id = "list_hypotheses",
    tag = "hypotheses", params(("number" = String, Path)),
    responses((status = 200, body = Vec<Hypothesis>), (status = 404, body = Problem)))]
async fn list(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
) -> Result<Json<Vec<Hypothesis>>, Failure> {
    let all = server.app.hypotheses_of_case(&caller.request.actor, number).await?;
    Ok(Json(all.iter().map(|it| present::hypothesis(&server.app, it)).collect()))
}

/// Take up a suspect of the ranking; the same one twice gives the same number
#[utoipa::path(post, path = "/cases/{number}/hypotheses", operation_id = "pin_hypothesis",
    tag = "hypotheses", params(("number" = String, Path)), request_body = PinHypothesis,
    responses((status = 201, body = Hypothesis), (status = 404, body = Problem)))]
async fn pin(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<PinHypothesis>,
) -> Result<(StatusCode, Json<Hypothesis>), Failure> {
    let bundle = body.bundle_id.parse().map_err(|_| bad("bundle_id"))?;
    let reference = reference_id(body.reference.as_deref())?;
    let pinned = server
        .app
        .pin_hypothesis(&caller.request, number, bundle, reference, &body.component)
        .await?;
    Ok((StatusCode::CREATED, Json(present::hypothesis(&server.app, &pinned))))
}

/// What a citation of a hypothesis leads to
#[utoipa::path(get, path = "/cases/{number}/hypotheses/{hypothesis}",
    operation_id = "show_hypothesis", tag = "hypotheses",
    params(("number" = String, Path), ("hypothesis" = String, Path)),
    responses((status = 200, body = Hypothesis), (status = 404, body = Problem)))]
async fn show(
    State(server): State<Server>,
    caller: Caller,
    Cited(number, hypothesis): Cited,
) -> Result<Json<Hypothesis>, Failure> {
    let found = server.app.hypothesis(&caller.request.actor, number, hypothesis).await?;
    Ok(Json(present::hypothesis(&server.app, &found)))
}

/// Say what was found out about a hypothesis, and why
#[utoipa::path(post, path = "/cases/{number}/hypotheses/{hypothesis}/judgement",
    operation_id = "judge_hypothesis", tag = "hypotheses",
    params(("number" = String, Path), ("hypothesis" = String, Path)),
    request_body = JudgeHypothesis,
    responses((status = 200, body = Hypothesis), (status = 400, body = Problem),
        (status = 404, body = Problem)))]
async fn judge(
    State(server): State<Server>,
    caller: Caller,
    Cited(number, hypothesis): Cited,
    Body(body): Body<JudgeHypothesis>,
) -> Result<Json<Hypothesis>, Failure> {
    let judgement = body.judgement.into();
    let judged = server
        .app
        .judge_hypothesis(&caller.request, number, hypothesis, judgement, body.reason)
        .await?;
    Ok(Json(present::hypothesis(&server.app, &judged)))
}
