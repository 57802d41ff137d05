//! What is promised to whom, and how the clocks of a case stand.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use mainstay_core::Code;
use mainstay_core::sla::PolicySetForm;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::sla::{CaseClocks, Policies, PublishPolicies, SimulatedClocks};
use crate::extract::{Asked, Body, InCase};
use crate::present::sla as present;
use crate::problem::{Failure, Problem};
use crate::session::Caller;
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(clocks))
        .routes(routes!(re_evaluate))
        .routes(routes!(policies, publish))
        .routes(routes!(simulate))
}

/// The clocks of a case, each laid open segment by segment
#[utoipa::path(get, path = "/cases/{number}/clocks", operation_id = "show_clocks", tag = "sla",
    params(("number" = String, Path)),
    responses((status = 200, body = CaseClocks), (status = 404, body = Problem)))]
async fn clocks(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
) -> Result<Json<CaseClocks>, Failure> {
    let clocks = server.app.clocks(&caller.request.actor, number).await?;
    Ok(Json(present::case_clocks(&clocks)))
}

/// Move a case to the newest policies; what has passed stays passed
#[utoipa::path(post, path = "/cases/{number}/re-evaluate", operation_id = "re_evaluate_clocks",
    tag = "sla", params(("number" = String, Path)),
    responses((status = 200, body = CaseClocks), (status = 403, body = Problem),
        (status = 409, body = Problem)))]
async fn re_evaluate(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
) -> Result<Json<CaseClocks>, Failure> {
    server.app.re_evaluate(&caller.request, number).await?;
    let clocks = server.app.clocks(&caller.request.actor, number).await?;
    Ok(Json(present::case_clocks(&clocks)))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct PoliciesQuery {
    /// The newest one without it
    version: Option<u32>,
}

/// The policies; version 0 when none was published
#[utoipa::path(get, path = "/sla/policies", operation_id = "show_policies", tag = "sla",
    params(PoliciesQuery),
    responses((status = 200, body = Policies), (status = 404, body = Problem)))]
async fn policies(
    State(server): State<Server>,
    caller: Caller,
    Asked(query): Asked<PoliciesQuery>,
) -> Result<Json<Policies>, Failure> {
    let found = server.app.policies(&caller.request.actor, query.version).await?;
    Ok(Json(present::policies(found.as_ref())?))
}

/// Publish the next version; `If-Match` holds the newest version the caller saw
#[utoipa::path(post, path = "/sla/policies", operation_id = "publish_policies", tag = "sla",
    request_body = PublishPolicies,
    responses((status = 201, body = Policies), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 412, body = Problem)))]
async fn publish(
    State(server): State<Server>,
    caller: Caller,
    Body(body): Body<PublishPolicies>,
) -> Result<(StatusCode, Json<Policies>), Failure> {
    let set: PolicySetForm = serde_json::from_value(body.set).map_err(|error| {
        Failure::refused(Code::Invalid, format!("not a set of policies: {error}"))
    })?;
    let published = server.app.publish_policies(&caller.request, set, body.reason).await?;
    Ok((StatusCode::CREATED, Json(present::policies(Some(&published))?)))
}

/// The clocks of a made-up history, as docs/sla.md describes
#[utoipa::path(post, path = "/sla/simulate", operation_id = "simulate_clocks", tag = "sla",
    request_body = serde_json::Value,
    responses((status = 200, body = SimulatedClocks), (status = 400, body = Problem)))]
async fn simulate(
    State(server): State<Server>,
    caller: Caller,
    Body(question): Body<serde_json::Value>,
) -> Result<Json<SimulatedClocks>, Failure> {
    let asked = question.to_string();
    let clocks = server.app.simulate_clocks(&caller.request.actor, &asked)?;
    Ok(Json(SimulatedClocks { clocks: clocks.iter().map(present::clock).collect() }))
}
