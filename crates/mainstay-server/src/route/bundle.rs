//! Bundles: sending one, and what reading found.

use axum::Json;
use axum::body::Body as RawBody;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use futures_util::StreamExt;
use mainstay_app::upload::{UPLOAD_BYTES_MAX, Upload, Uploaded};
use mainstay_core::{BundleId, Code};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::bundle::{Bundle, BundleFile, Finding, ReadProblem, Source};
use crate::extract::{Asked, InBundle, InCase};
use crate::present;
use crate::problem::{Failure, Problem};
use crate::session::Caller;
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(send))
        .routes(routes!(show))
        .routes(routes!(files))
        .routes(routes!(sources))
        .routes(routes!(problems))
        .routes(routes!(findings))
        .routes(routes!(report))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SendQuery {
    /// The file's name
    pub(super) name: String,
}

/// Send a bundle to a case; the body is the file as it is
#[utoipa::path(post, path = "/cases/{number}/bundles", operation_id = "send_bundle", tag = "bundles",
    params(("number" = String, Path), SendQuery),
    request_body(content_type = "application/octet-stream"),
    responses((status = 202, body = Bundle), (status = 409, body = Problem),
        (status = 413, body = Problem)))]
async fn send(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Asked(query): Asked<SendQuery>,
    headers: axum::http::HeaderMap,
    body: RawBody,
) -> Result<(StatusCode, Json<Bundle>), Failure> {
    let uploaded = received(&headers, body).await?;
    let id = server.app.attach_bundle(&caller.request, number, &query.name, uploaded).await?;
    let bundle = present_bundle(&server, &caller, id).await?;
    Ok((StatusCode::ACCEPTED, Json(bundle)))
}

/// The body, sealed as it comes.
pub(super) async fn received(
    headers: &axum::http::HeaderMap,
    body: RawBody,
) -> Result<Uploaded, Failure> {
    refuse_announced_excess(headers)?;
    let mut upload = Upload::default();
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let cut = |_| Failure::refused(Code::Invalid, "the upload broke off; send it again");
        upload.push(&chunk.map_err(cut)?)?;
    }
    Ok(upload.finish()?)
}

/// An honest client says how much it sends: refuse before it does.
fn refuse_announced_excess(headers: &axum::http::HeaderMap) -> Result<(), Failure> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let announced: u64 = announced.and_then(|text| text.parse().ok()).unwrap_or(0);
    if announced > UPLOAD_BYTES_MAX {
        let detail = format!("a bundle may have at most {} GiB", UPLOAD_BYTES_MAX >> 30);
        return Err(Failure::refused(Code::TooLarge, detail));
    }
    Ok(())
}

/// One bundle
#[utoipa::path(get, path = "/bundles/{id}", operation_id = "show_bundle", tag = "bundles", params(("id" = String, Path)),
    responses((status = 200, body = Bundle), (status = 404, body = Problem)))]
async fn show(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
) -> Result<Json<Bundle>, Failure> {
    present_bundle(&server, &caller, id).await.map(Json)
}

pub(super) async fn present_bundle(
    server: &Server,
    caller: &Caller,
    id: BundleId,
) -> Result<Bundle, Failure> {
    let bundle = server.app.bundle(&caller.request.actor, id).await?;
    Ok(present::bundle(&bundle, server.app.step(id).as_ref()))
}

/// Every file of the bundle and how it was read
#[utoipa::path(get, path = "/bundles/{id}/files", operation_id = "list_files", tag = "bundles", params(("id" = String, Path)),
    responses((status = 200, body = Vec<BundleFile>), (status = 409, body = Problem)))]
async fn files(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
) -> Result<Json<Vec<BundleFile>>, Failure> {
    let open = server.app.open_bundle(&caller.request.actor, id).await?;
    Ok(Json(open.files().iter().map(present::file).collect()))
}

/// Where its log lines come from
#[utoipa::path(get, path = "/bundles/{id}/sources", operation_id = "list_sources", tag = "bundles",
    params(("id" = String, Path)),
    responses((status = 200, body = Vec<Source>), (status = 409, body = Problem)))]
async fn sources(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
) -> Result<Json<Vec<Source>>, Failure> {
    let open = server.app.open_bundle(&caller.request.actor, id).await?;
    Ok(Json(open.sources().iter().map(present::source).collect()))
}

/// What could not be read, and why
#[utoipa::path(get, path = "/bundles/{id}/problems", operation_id = "list_problems", tag = "bundles",
    params(("id" = String, Path)),
    responses((status = 200, body = Vec<ReadProblem>), (status = 409, body = Problem)))]
async fn problems(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
) -> Result<Json<Vec<ReadProblem>>, Failure> {
    let open = server.app.open_bundle(&caller.request.actor, id).await?;
    Ok(Json(open.problems().iter().map(present::problem).collect()))
}

/// What is odd, with the lines that show it
#[utoipa::path(get, path = "/bundles/{id}/findings", operation_id = "list_findings", tag = "bundles",
    params(("id" = String, Path)),
    responses((status = 200, body = Vec<Finding>), (status = 409, body = Problem)))]
async fn findings(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
) -> Result<Json<Vec<Finding>>, Failure> {
    let open = server.app.open_bundle(&caller.request.actor, id).await?;
    Ok(Json(open.findings().iter().map(present::finding).collect()))
}

/// The offline HTML report, as a download
#[utoipa::path(get, path = "/bundles/{id}/report.html", operation_id = "download_report", tag = "bundles",
    params(("id" = String, Path)),
    responses((status = 200, content_type = "text/html", body = String),
        (status = 409, body = Problem)))]
async fn report(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
) -> Result<impl IntoResponse, Failure> {
    let page = server.app.report(&caller.request.actor, id).await?;
    // Downloaded, never shown from our origin: the report brings a policy of its own.
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"bundle.report.html\""),
        ),
    ];
    Ok((AppendHeaders(headers), page))
}
