//! The team's redaction rules, a preview before a bundle joins its case, and the way back.

use axum::Json;
use axum::body::Body as RawBody;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use mainstay_app::redaction::Trial;
use secrecy::ExposeSecret;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bundle::{SendQuery, present_bundle, received};
use crate::dto::bundle::Bundle;
use crate::dto::redaction::{
    BundlePreview, BundleRedaction, PublishRedactionRules, RedactionRules, Reveal, Revealed,
    TriedRedaction, TryRedaction,
};
use crate::extract::{Asked, Body, InBundle, InCase, path_value};
use crate::present::redaction as present;
use crate::problem::{Failure, Problem};
use crate::session::Caller;
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(rules, publish))
        .routes(routes!(history))
        .routes(routes!(try_rules))
        .routes(routes!(preview))
        .routes(routes!(attach, forget))
        .routes(routes!(redaction))
        .routes(routes!(reveal))
}

/// What only the asker may see is kept by no cache on the way or in the browser.
type NotKept<T> = (AppendHeaders<[(header::HeaderName, HeaderValue); 1]>, Json<T>);

fn not_kept<T>(body: T) -> NotKept<T> {
    let no_store = HeaderValue::from_static("no-store");
    (AppendHeaders([(header::CACHE_CONTROL, no_store)]), Json(body))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct RulesQuery {
    /// The newest one without it
    version: Option<u32>,
}

/// The redaction rules; version 0 when none was published
#[utoipa::path(get, path = "/redaction/rules", operation_id = "show_redaction_rules",
    tag = "redaction", params(RulesQuery),
    responses((status = 200, body = RedactionRules), (status = 404, body = Problem)))]
async fn rules(
    State(server): State<Server>,
    caller: Caller,
    Asked(query): Asked<RulesQuery>,
) -> Result<Json<RedactionRules>, Failure> {
    let found = server.app.redaction_rules(&caller.request.actor, query.version).await?;
    Ok(Json(present::rules(found.as_ref())))
}

/// Publish the next version; `If-Match` holds the newest version the caller saw
#[utoipa::path(post, path = "/redaction/rules", operation_id = "publish_redaction_rules",
    tag = "redaction", request_body = PublishRedactionRules,
    responses((status = 201, body = RedactionRules), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 412, body = Problem)))]
async fn publish(
    State(server): State<Server>,
    caller: Caller,
    Body(body): Body<PublishRedactionRules>,
) -> Result<(StatusCode, Json<RedactionRules>), Failure> {
    let PublishRedactionRules { text, reason } = body;
    let published = server.app.publish_redaction_rules(&caller.request, text, reason).await?;
    Ok((StatusCode::CREATED, Json(present::rules(Some(&published)))))
}

/// The versions of the redaction rules, the newest first
#[utoipa::path(get, path = "/redaction/rules/history", operation_id = "list_redaction_rules",
    tag = "redaction", responses((status = 200, body = Vec<RedactionRules>)))]
async fn history(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<Vec<RedactionRules>>, Failure> {
    let versions = server.app.redaction_history(&caller.request.actor).await?;
    Ok(Json(versions.iter().map(|version| present::rules(Some(version))).collect()))
}

/// What rules make of a few lines, and every mistake of the rules; nothing is kept
#[utoipa::path(post, path = "/redaction/try", operation_id = "try_redaction", tag = "redaction",
    request_body = TryRedaction,
    responses((status = 200, body = TriedRedaction), (status = 413, body = Problem)))]
async fn try_rules(
    State(server): State<Server>,
    caller: Caller,
    Body(body): Body<TryRedaction>,
) -> Result<NotKept<TriedRedaction>, Failure> {
    let TryRedaction { rules, product, path, text } = body;
    let trial = Trial { rules, product, path: Some(path), text };
    let tried = server.app.try_redaction(&caller.request.actor, trial).await?;
    Ok(not_kept(present::tried(&tried)))
}

/// Send a bundle and see what would be hidden; it waits sealed for `attach` and is forgotten else
#[utoipa::path(post, path = "/cases/{number}/previews", operation_id = "preview_bundle",
    tag = "redaction", params(("number" = String, Path), SendQuery),
    request_body(content_type = "application/octet-stream"),
    responses((status = 201, body = BundlePreview), (status = 400, body = Problem),
        (status = 413, body = Problem), (status = 503, body = Problem)))]
async fn preview(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Asked(query): Asked<SendQuery>,
    headers: HeaderMap,
    body: RawBody,
) -> Result<impl IntoResponse, Failure> {
    let uploaded = received(&headers, body).await?;
    let name = &query.name;
    let previewed = server.app.preview_bundle(&caller.request, number, name, uploaded).await?;
    Ok((StatusCode::CREATED, not_kept(present::preview(&previewed))))
}

/// Attach a bundle that was looked at
#[utoipa::path(post, path = "/cases/{number}/previews/{id}", operation_id = "attach_preview",
    tag = "redaction", params(("number" = String, Path), ("id" = String, Path)),
    responses((status = 202, body = Bundle), (status = 404, body = Problem),
        (status = 409, body = Problem)))]
async fn attach(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    InPreview(id): InPreview,
) -> Result<(StatusCode, Json<Bundle>), Failure> {
    let bundle = server.app.attach_previewed(&caller.request, number, &id).await?;
    Ok((StatusCode::ACCEPTED, Json(present_bundle(&server, &caller, bundle).await?)))
}

/// Forget a bundle that was looked at
#[utoipa::path(delete, path = "/cases/{number}/previews/{id}", operation_id = "forget_preview",
    tag = "redaction", params(("number" = String, Path), ("id" = String, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
async fn forget(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    InPreview(id): InPreview,
) -> Result<StatusCode, Failure> {
    server.app.forget_preview(&caller.request.actor, number, &id)?;
    Ok(StatusCode::NO_CONTENT)
}

/// By which rules a bundle was redacted, how much was hidden, and who may look behind it
#[utoipa::path(get, path = "/bundles/{id}/redaction", operation_id = "show_redaction",
    tag = "redaction", params(("id" = String, Path)),
    responses((status = 200, body = BundleRedaction), (status = 409, body = Problem)))]
async fn redaction(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
) -> Result<Json<BundleRedaction>, Failure> {
    let found = server.app.bundle_redaction(&caller.request.actor, id).await?;
    Ok(Json(present::bundle(&found)))
}

/// Whom a pseudonym stands for; every look is written into the log first
#[utoipa::path(post, path = "/bundles/{id}/reveal", operation_id = "reveal_identity",
    tag = "redaction", params(("id" = String, Path)), request_body = Reveal,
    responses((status = 200, body = Revealed), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem)))]
async fn reveal(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    Body(body): Body<Reveal>,
) -> Result<NotKept<Revealed>, Failure> {
    let Reveal { pseudonym, reason } = body;
    let value = server.app.reveal(&caller.request, id, &pseudonym, reason).await?;
    Ok(not_kept(Revealed { value: value.expose_secret().to_owned() }))
}

/// The id of a preview in the path.
struct InPreview(String);

impl FromRequestParts<Server> for InPreview {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        path_value(parts, server, "id").await.map(Self)
    }
}
