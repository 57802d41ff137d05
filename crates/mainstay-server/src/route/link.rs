//! How cases belong together: links, merges, splits.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use mainstay_app::link::{SplitDraft, Tie};
use mainstay_core::CaseNumber;
use mainstay_core::link::parse_word;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::case::CaseDetail;
use crate::dto::link::{LinkCase, MergeCase, RelatedCases, SplitCase, UnmergeCase};
use crate::extract::{Body, InCase};
use crate::present::link as present;
use crate::problem::{Failure, Problem};
use crate::query::bad;
use crate::route::case::{Detail, detail};
use crate::session::Caller;
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(remove))
        .routes(routes!(merge))
        .routes(routes!(unmerge))
        .routes(routes!(split))
}

/// What a case is to others, and who hears of it
#[utoipa::path(get, path = "/cases/{number}/links", operation_id = "show_related", tag = "links",
    params(("number" = String, Path)),
    responses((status = 200, body = RelatedCases), (status = 404, body = Problem)))]
async fn list(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
) -> Result<Json<RelatedCases>, Failure> {
    let view = server.app.related(&caller.request.actor, number).await?;
    Ok(Json(present::related(&view)))
}

/// Link two cases; both timelines tell it
#[utoipa::path(post, path = "/cases/{number}/links", operation_id = "link_case", tag = "links",
    params(("number" = String, Path)), request_body = LinkCase,
    responses((status = 200, body = RelatedCases), (status = 400, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn add(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<LinkCase>,
) -> Result<Json<RelatedCases>, Failure> {
    let said = parse_word(&body.relation).map_err(|_| bad("relation"))?;
    let other = case_number("other", &body.other)?;
    server.app.tie_case(&caller.request, number, Tie::Link, said, other, &body.reason).await?;
    let view = server.app.related(&caller.request.actor, number).await?;
    Ok(Json(present::related(&view)))
}

/// Take a link away; what was told of it stays
#[utoipa::path(post, path = "/cases/{number}/unlink", operation_id = "unlink_case", tag = "links",
    params(("number" = String, Path)), request_body = LinkCase,
    responses((status = 200, body = RelatedCases), (status = 404, body = Problem)))]
async fn remove(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<LinkCase>,
) -> Result<Json<RelatedCases>, Failure> {
    let said = parse_word(&body.relation).map_err(|_| bad("relation"))?;
    let other = case_number("other", &body.other)?;
    server.app.tie_case(&caller.request, number, Tie::Unlink, said, other, &body.reason).await?;
    let view = server.app.related(&caller.request.actor, number).await?;
    Ok(Json(present::related(&view)))
}

/// Merge a case into another one of the same customer; it leads there for ever
#[utoipa::path(post, path = "/cases/{number}/merge", operation_id = "merge_case", tag = "links",
    params(("number" = String, Path)), request_body = MergeCase,
    responses((status = 200, body = CaseDetail), (status = 400, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn merge(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<MergeCase>,
) -> Result<Detail, Failure> {
    let into = case_number("into", &body.into)?;
    server.app.merge_case(&caller.request, number, into, &body.reason).await?;
    detail(&server, &caller, number).await
}

/// Take a merge back, whenever it was
#[utoipa::path(post, path = "/cases/{number}/unmerge", operation_id = "unmerge_case", tag = "links",
    params(("number" = String, Path)), request_body = UnmergeCase,
    responses((status = 200, body = CaseDetail), (status = 400, body = Problem),
        (status = 409, body = Problem)))]
async fn unmerge(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<UnmergeCase>,
) -> Result<Detail, Failure> {
    server.app.unmerge_case(&caller.request, number, &body.reason).await?;
    detail(&server, &caller, number).await
}

/// Open a case with a part of this one; nothing leaves this one
#[utoipa::path(post, path = "/cases/{number}/split", operation_id = "split_case", tag = "links",
    params(("number" = String, Path)), request_body = SplitCase,
    responses((status = 201, body = CaseDetail), (status = 400, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn split(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<SplitCase>,
) -> Result<(StatusCode, Detail), Failure> {
    let parse = |text: &String| text.parse().map_err(|_| bad("evidence"));
    let evidence = body.evidence.iter().map(parse).collect::<Result<_, _>>()?;
    let SplitCase { subject, messages, reason, .. } = body;
    let draft = SplitDraft { subject, messages, evidence, reason };
    let written = server.app.split_case(&caller.request, number, draft).await?;
    Ok((StatusCode::CREATED, detail(&server, &caller, written.number).await?))
}

/// The number of a case in a body.
pub(crate) fn case_number(field: &'static str, text: &str) -> Result<CaseNumber, Failure> {
    text.trim().parse().map_err(|_| bad(field))
}
