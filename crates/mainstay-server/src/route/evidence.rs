//! Pinned evidence.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use mainstay_app::evidence::Evidence as Pinned;
use mainstay_core::case::Place;
use mainstay_core::{CaseNumber, Code, EvidenceNumber};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::case::{Evidence, PinEvidence};
use crate::extract::{Body, InCase, path_value};
use crate::present;
use crate::problem::{Failure, Problem};
use crate::query::bad;
use crate::session::Caller;
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(list, pin)).routes(routes!(show, unpin))
}

/// A case and a number of evidence in the path: `MS-1042`, `E7`.
struct Cited(CaseNumber, EvidenceNumber);

impl FromRequestParts<Server> for Cited {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let InCase(number) = InCase::from_request_parts(parts, server).await?;
        let text = path_value(parts, server, "evidence").await?;
        let evidence = text.parse().map_err(|_| {
            Failure::refused(Code::NotFound, "no such evidence; a number looks like E7")
        })?;
        Ok(Self(number, evidence))
    }
}

/// What is pinned to a case
#[utoipa::path(get, path = "/cases/{number}/evidence", operation_id = "list_evidence", tag = "evidence",
    params(("number" = String, Path)),
    responses((status = 200, body = Vec<Evidence>), (status = 404, body = Problem)))]
async fn list(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
) -> Result<Json<Vec<Evidence>>, Failure> {
    let evidence = server.app.evidence_of_case(&caller.request.actor, number).await?;
    let starts = server.app.body_starts(&caller.request.actor, &evidence).await;
    let evidence = evidence.iter().zip(starts);
    Ok(Json(evidence.map(|(item, start)| present::evidence(item, start)).collect()))
}

/// Pin the record that begins at a line; the same line twice gives the same evidence
#[utoipa::path(post, path = "/cases/{number}/evidence", operation_id = "pin_evidence", tag = "evidence",
    params(("number" = String, Path)), request_body = PinEvidence,
    responses((status = 201, body = Evidence), (status = 404, body = Problem)))]
async fn pin(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<PinEvidence>,
) -> Result<(StatusCode, Json<Evidence>), Failure> {
    let bundle = body.bundle_id.parse().map_err(|_| bad("bundle_id"))?;
    let place = Place { bundle, file: body.file, line: body.line };
    let evidence = server.app.pin_evidence(&caller.request, number, place).await?;
    let start = body_start(&server, &caller, &evidence).await;
    Ok((StatusCode::CREATED, Json(present::evidence(&evidence, start))))
}

/// What a citation leads to, pinned or not
#[utoipa::path(get, path = "/cases/{number}/evidence/{evidence}", operation_id = "show_evidence", tag = "evidence",
    params(("number" = String, Path), ("evidence" = String, Path)),
    responses((status = 200, body = Evidence), (status = 404, body = Problem)))]
async fn show(
    State(server): State<Server>,
    caller: Caller,
    Cited(number, evidence): Cited,
) -> Result<Json<Evidence>, Failure> {
    let found = server.app.evidence(&caller.request.actor, number, evidence).await?;
    let start = body_start(&server, &caller, &found).await;
    Ok(Json(present::evidence(&found, start)))
}

async fn body_start(server: &Server, caller: &Caller, item: &Pinned) -> u32 {
    let items = std::slice::from_ref(item);
    server.app.body_starts(&caller.request.actor, items).await.first().copied().unwrap_or(0)
}

/// Take a pin off; its number stays taken and readable
#[utoipa::path(delete, path = "/cases/{number}/evidence/{evidence}", operation_id = "unpin_evidence", tag = "evidence",
    params(("number" = String, Path), ("evidence" = String, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
async fn unpin(
    State(server): State<Server>,
    caller: Caller,
    Cited(number, evidence): Cited,
) -> Result<StatusCode, Failure> {
    server.app.unpin_evidence(&caller.request, number, evidence).await?;
    Ok(StatusCode::NO_CONTENT)
}
