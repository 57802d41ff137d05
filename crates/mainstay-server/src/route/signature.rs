//! Signatures: the list, one of them, what a case leaves behind, and the bundles that look like one.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::AppendHeaders;
use mainstay_app::signature::PAGE_MAX;
use mainstay_core::{BundleId, SignatureNumber};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::Page;
use crate::dto::signature::{
    AnswerMatch, DraftSignature, SignatureDetail, SignatureMatch, SignatureProposal,
    SignatureReason, SignatureStage, SignatureSummary, SignatureText,
};
use crate::extract::{Asked, Body, InBundle, InCase, InSignature};
use crate::present::signature as present;
use crate::problem::{Failure, Problem};
use crate::query::bad;
use crate::session::Caller;
use crate::state::Server;

/// Signatures of a page when the client does not say.
const PAGE_DEFAULT: u32 = 50;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list, import))
        .routes(routes!(show, edit))
        .routes(routes!(activate))
        .routes(routes!(retire))
        .routes(routes!(propose))
        .routes(routes!(of_case, draft))
        .routes(routes!(decline))
        .routes(routes!(matches, match_again))
        .routes(routes!(answer))
}

type One = (AppendHeaders<[(header::HeaderName, HeaderValue); 1]>, Json<SignatureDetail>);

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct SignatureQuery {
    /// Only those in this stage
    stage: Option<SignatureStage>,
    /// A part of the name
    text: String,
    /// `next_cursor` of the page before
    cursor: Option<String>,
    limit: Option<u32>,
}

/// A page of signatures, newest first
#[utoipa::path(get, path = "/signatures", operation_id = "list_signatures", tag = "signatures",
    params(SignatureQuery),
    responses((status = 200, body = Page<SignatureSummary>), (status = 403, body = Problem)))]
async fn list(
    State(server): State<Server>,
    caller: Caller,
    Asked(query): Asked<SignatureQuery>,
) -> Result<Json<Page<SignatureSummary>>, Failure> {
    let limit = query.limit.unwrap_or(PAGE_DEFAULT).clamp(1, PAGE_MAX);
    let below = query.cursor.filter(|it| !it.is_empty()).map(|it| it.parse());
    let below = below.transpose().map_err(|_| bad("cursor"))?;
    let (actor, stage) = (&caller.request.actor, query.stage.map(Into::into));
    let page = server.app.signatures(actor, stage, &query.text, below, limit).await?;
    let items = page.signatures.iter().map(present::summary).collect();
    let next_cursor = page.next_cursor.map(|it| it.to_string());
    Ok(Json(Page { items, next_cursor, total: page.total }))
}

/// Draft a signature that comes from elsewhere
#[utoipa::path(post, path = "/signatures", operation_id = "import_signature", tag = "signatures",
    request_body = SignatureText,
    responses((status = 201, body = SignatureDetail), (status = 400, body = Problem),
        (status = 403, body = Problem)))]
async fn import(
    State(server): State<Server>,
    caller: Caller,
    Body(body): Body<SignatureText>,
) -> Result<(StatusCode, One), Failure> {
    let drafted = server.app.draft_signature(&caller.request, body.text, None, None).await?;
    Ok((StatusCode::CREATED, one(&server, &caller, drafted.number).await?))
}

/// One signature, with its history and the bundles that look like it
#[utoipa::path(get, path = "/signatures/{signature}", operation_id = "show_signature",
    tag = "signatures", params(("signature" = String, Path)),
    responses((status = 200, body = SignatureDetail), (status = 404, body = Problem)))]
async fn show(
    State(server): State<Server>,
    caller: Caller,
    InSignature(number): InSignature,
) -> Result<One, Failure> {
    one(&server, &caller, number).await
}

/// Change its text; `If-Match` holds the version that was edited
#[utoipa::path(put, path = "/signatures/{signature}", operation_id = "edit_signature",
    tag = "signatures", params(("signature" = String, Path)), request_body = SignatureText,
    responses((status = 200, body = SignatureDetail), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 412, body = Problem)))]
async fn edit(
    State(server): State<Server>,
    caller: Caller,
    InSignature(number): InSignature,
    Body(body): Body<SignatureText>,
) -> Result<One, Failure> {
    server.app.edit_signature(&caller.request, number, body.text).await?;
    one(&server, &caller, number).await
}

/// Match bundles with it from now on
#[utoipa::path(post, path = "/signatures/{signature}/activate", operation_id = "activate_signature",
    tag = "signatures", params(("signature" = String, Path)), request_body = SignatureReason,
    responses((status = 200, body = SignatureDetail), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 412, body = Problem)))]
async fn activate(
    State(server): State<Server>,
    caller: Caller,
    InSignature(number): InSignature,
    Body(body): Body<SignatureReason>,
) -> Result<One, Failure> {
    server.app.activate_signature(&caller.request, number, body.reason).await?;
    one(&server, &caller, number).await
}

/// Match bundles with it no more
#[utoipa::path(post, path = "/signatures/{signature}/retire", operation_id = "retire_signature",
    tag = "signatures", params(("signature" = String, Path)), request_body = SignatureReason,
    responses((status = 200, body = SignatureDetail), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 412, body = Problem)))]
async fn retire(
    State(server): State<Server>,
    caller: Caller,
    InSignature(number): InSignature,
    Body(body): Body<SignatureReason>,
) -> Result<One, Failure> {
    server.app.retire_signature(&caller.request, number, body.reason).await?;
    one(&server, &caller, number).await
}

/// What the case could leave behind
#[utoipa::path(get, path = "/cases/{number}/signature-proposal", operation_id = "propose_signature",
    tag = "signatures", params(("number" = String, Path)),
    responses((status = 200, body = SignatureProposal), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
async fn propose(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
) -> Result<Json<SignatureProposal>, Failure> {
    let proposal = server.app.propose_signature(&caller.request.actor, number).await?;
    Ok(Json(present::proposal(proposal)))
}

/// The signatures that a case left
#[utoipa::path(get, path = "/cases/{number}/signatures", operation_id = "list_case_signatures",
    tag = "signatures", params(("number" = String, Path)),
    responses((status = 200, body = Vec<SignatureSummary>), (status = 404, body = Problem)))]
async fn of_case(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
) -> Result<Json<Vec<SignatureSummary>>, Failure> {
    let all = server.app.signatures_of_case(&caller.request.actor, number).await?;
    Ok(Json(all.iter().map(present::summary).collect()))
}

/// Draft the signature that a case leaves
#[utoipa::path(post, path = "/cases/{number}/signatures", operation_id = "draft_signature",
    tag = "signatures", params(("number" = String, Path)), request_body = DraftSignature,
    responses((status = 201, body = SignatureDetail), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn draft(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<DraftSignature>,
) -> Result<(StatusCode, One), Failure> {
    let parse = |id: String| id.parse::<BundleId>().map_err(|_| bad("bundle_id"));
    let bundle = body.bundle_id.map(parse).transpose()?;
    let request = &caller.request;
    let drafted = server.app.draft_signature(request, body.text, Some(number), bundle).await?;
    Ok((StatusCode::CREATED, one(&server, &caller, drafted.number).await?))
}

/// Say that a case leaves no signature, and why
#[utoipa::path(post, path = "/cases/{number}/no-signature", operation_id = "decline_signature",
    tag = "signatures", params(("number" = String, Path)), request_body = SignatureReason,
    responses((status = 204), (status = 400, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem)))]
async fn decline(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<SignatureReason>,
) -> Result<StatusCode, Failure> {
    server.app.decline_signature(&caller.request, number, body.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The known troubles that a bundle looks like, best first
#[utoipa::path(get, path = "/bundles/{id}/matches", operation_id = "list_matches",
    tag = "signatures", params(("id" = String, Path)),
    responses((status = 200, body = Vec<SignatureMatch>), (status = 404, body = Problem)))]
async fn matches(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
) -> Result<Json<Vec<SignatureMatch>>, Failure> {
    let found = server.app.matches(&caller.request.actor, id).await?;
    Ok(Json(found.iter().map(present::matched).collect()))
}

/// Set a bundle beside the active signatures again
#[utoipa::path(post, path = "/bundles/{id}/matches", operation_id = "match_again",
    tag = "signatures", params(("id" = String, Path)),
    responses((status = 200, body = Vec<SignatureMatch>), (status = 404, body = Problem),
        (status = 409, body = Problem)))]
async fn match_again(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
) -> Result<Json<Vec<SignatureMatch>>, Failure> {
    let found = server.app.match_again(&caller.request, id).await?;
    Ok(Json(found.iter().map(present::matched).collect()))
}

/// A bundle and a signature in the path.
struct Matched(BundleId, SignatureNumber);

impl FromRequestParts<Server> for Matched {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let InBundle(id) = InBundle::from_request_parts(parts, server).await?;
        let InSignature(number) = InSignature::from_request_parts(parts, server).await?;
        Ok(Self(id, number))
    }
}

/// Say whether a match is right
#[utoipa::path(post, path = "/bundles/{id}/matches/{signature}/answer",
    operation_id = "answer_match", tag = "signatures",
    params(("id" = String, Path), ("signature" = String, Path)), request_body = AnswerMatch,
    responses((status = 200, body = Vec<SignatureMatch>), (status = 400, body = Problem),
        (status = 404, body = Problem)))]
async fn answer(
    State(server): State<Server>,
    caller: Caller,
    Matched(id, number): Matched,
    Body(body): Body<AnswerMatch>,
) -> Result<Json<Vec<SignatureMatch>>, Failure> {
    let (answer, reason) = (body.answer.into(), body.reason);
    let found = server.app.answer_match(&caller.request, id, number, answer, reason).await?;
    Ok(Json(found.iter().map(present::matched).collect()))
}

async fn one(server: &Server, caller: &Caller, number: SignatureNumber) -> Result<One, Failure> {
    let detail = server.app.signature(&caller.request.actor, number).await?;
    let tag = HeaderValue::try_from(format!("\"{}\"", detail.signature.version));
    let tag = tag.unwrap_or(HeaderValue::from_static("\"0\""));
    Ok((AppendHeaders([(header::ETAG, tag)]), Json(present::detail(&detail))))
}
