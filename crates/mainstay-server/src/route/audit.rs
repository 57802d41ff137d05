//! The log for who may read it raw: page by page, one event, checkpoints, a verification, an export.

use axum::Json;
use axum::body::Body as Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use mainstay_app::audit::TrailQuery;
use mainstay_core::{CaseNumber, Code};
use serde::Deserialize;
use tokio_util::io::ReaderStream;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::audit::{AuditEvent, AuditPage, AuditReport, Checkpoint};
use crate::extract::Asked;
use crate::present::audit as present;
use crate::problem::{Failure, Problem};
use crate::session::Caller;
use crate::state::Server;

const PAGE_DEFAULT: u32 = 100;
const PAGE_MAX: u32 = 500;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(trail))
        .routes(routes!(event))
        .routes(routes!(verify))
        .routes(routes!(checkpoints, make_checkpoint))
        .routes(routes!(checkpoint_file))
        .routes(routes!(export))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct TrailParameters {
    /// Only the events of this case, as MS-1042
    case: String,
    /// Only events of this kind, or whose kind begins so
    kind: String,
    /// Only what this login did
    actor: String,
    /// `next_cursor` of the page before
    cursor: Option<u64>,
    limit: Option<u32>,
}

/// The events of the log, newest first
#[utoipa::path(get, path = "/audit/events", operation_id = "list_audit_events", tag = "audit",
    params(TrailParameters),
    responses((status = 200, body = AuditPage), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
async fn trail(
    State(server): State<Server>,
    caller: Caller,
    Asked(asked): Asked<TrailParameters>,
) -> Result<Json<AuditPage>, Failure> {
    let query = TrailQuery {
        case: case_number(&asked.case)?,
        kind: asked.kind,
        actor: asked.actor,
        before: asked.cursor,
        limit: asked.limit.unwrap_or(PAGE_DEFAULT).clamp(1, PAGE_MAX),
    };
    let page = server.app.audit_trail(&caller.request.actor, query).await?;
    Ok(Json(present::page(&page)))
}

fn case_number(text: &str) -> Result<Option<CaseNumber>, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = |_| Failure::refused(Code::Invalid, "a case number looks like MS-1042");
    text.parse().map(Some).map_err(wrong)
}

/// One event with what it says
#[utoipa::path(get, path = "/audit/events/{seq}", operation_id = "show_audit_event", tag = "audit",
    params(("seq" = u64, Path)),
    responses((status = 200, body = AuditEvent), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
async fn event(
    State(server): State<Server>,
    caller: Caller,
    Path(seq): Path<String>,
) -> Result<Json<AuditEvent>, Failure> {
    let seq = seq.parse().map_err(|_| Failure::refused(Code::NotFound, "no such event"))?;
    let event = server.app.audit_event(&caller.request.actor, seq).await?;
    Ok(Json(present::event(event)))
}

/// Verify every event, head, checkpoint and stored bundle
#[utoipa::path(post, path = "/audit/verify", operation_id = "verify_log", tag = "audit",
    responses((status = 200, body = AuditReport), (status = 403, body = Problem),
        (status = 503, body = Problem)))]
async fn verify(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<AuditReport>, Failure> {
    let audit = server.app.audit(&caller.request.actor).await?;
    Ok(Json(present::report(&audit)))
}

/// The signed checkpoints, oldest first
#[utoipa::path(get, path = "/audit/checkpoints", operation_id = "list_checkpoints", tag = "audit",
    responses((status = 200, body = Vec<Checkpoint>), (status = 403, body = Problem)))]
async fn checkpoints(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<Vec<Checkpoint>>, Failure> {
    let checkpoints = server.app.checkpoints(&caller.request.actor).await?;
    Ok(Json(checkpoints.iter().map(present::checkpoint).collect()))
}

/// Sign what the log is now; 204 when nothing happened since the last checkpoint
#[utoipa::path(post, path = "/audit/checkpoints", operation_id = "make_checkpoint", tag = "audit",
    responses((status = 201, body = Checkpoint), (status = 204), (status = 403, body = Problem)))]
async fn make_checkpoint(
    State(server): State<Server>,
    caller: Caller,
) -> Result<axum::response::Response, Failure> {
    Ok(match server.app.checkpoint(&caller.request.actor).await? {
        Some(made) => (StatusCode::CREATED, Json(present::checkpoint(&made))).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

/// A checkpoint as a file to keep elsewhere
#[utoipa::path(get, path = "/audit/checkpoints/{number}", operation_id = "download_checkpoint",
    tag = "audit", params(("number" = u64, Path)),
    responses((status = 200, content_type = "text/plain", body = String),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn checkpoint_file(
    State(server): State<Server>,
    caller: Caller,
    Path(number): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    let checkpoints = server.app.checkpoints(&caller.request.actor).await?;
    let found = checkpoints.iter().find(|checkpoint| checkpoint.number.to_string() == number);
    let found = found.ok_or_else(|| Failure::refused(Code::NotFound, "no such checkpoint"))?;
    let name = format!("attachment; filename=\"{:08}.checkpoint\"", found.number);
    let wrong = |_| Failure::refused(Code::Internal, "a number is no name of a file");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::try_from(name).map_err(wrong)?),
    ];
    Ok((AppendHeaders(headers), found.to_file()))
}

/// The whole log, a line of JSON per event, as a download
#[utoipa::path(get, path = "/audit/export", operation_id = "export_log", tag = "audit",
    responses((status = 200, content_type = "application/x-ndjson", body = String),
        (status = 403, body = Problem)))]
async fn export(
    State(server): State<Server>,
    caller: Caller,
) -> Result<impl IntoResponse, Failure> {
    let file = server.app.export_audit(&caller.request.actor).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"mainstay-log.jsonl\""),
        ),
    ];
    Ok((AppendHeaders(headers), Bytes::from_stream(ReaderStream::new(file))))
}
