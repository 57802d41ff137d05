//! What broke, beside which bundle, and what a citation of it means.

use axum::Json;
use axum::extract::State;
use mainstay_app::line::Hint;
use mainstay_core::{BundleId, Code};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::bundle::Bundle;
use crate::dto::cited::Cited;
use crate::dto::hypothesis::ChooseReference;
use crate::dto::ranking::{Comparison, Ranking};
use crate::extract::{Asked, Body, InBundle};
use crate::present;
use crate::problem::{Failure, Problem};
use crate::query::bad;
use crate::session::Caller;
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(ranking))
        .routes(routes!(comparison))
        .routes(routes!(choose))
        .routes(routes!(cited))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct ReferenceQuery {
    /// Another bundle of the case that shows the same system without fault
    reference: Option<String>,
}

impl ReferenceQuery {
    fn parse(&self) -> Result<Option<BundleId>, Failure> {
        reference_id(self.reference.as_deref())
    }
}

/// The id of a bundle that may be left out.
pub(crate) fn reference_id(text: Option<&str>) -> Result<Option<BundleId>, Failure> {
    let text = text.filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(|_| bad("reference"))).transpose()
}

/// The verdict and the ranked suspects
#[utoipa::path(get, path = "/bundles/{id}/ranking", operation_id = "show_ranking", tag = "hypotheses",
    params(("id" = String, Path), ReferenceQuery),
    responses((status = 200, body = Ranking), (status = 409, body = Problem)))]
async fn ranking(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    Asked(query): Asked<ReferenceQuery>,
) -> Result<Json<Ranking>, Failure> {
    let ranking = server.app.ranking(&caller.request.actor, id, query.parse()?).await?;
    Ok(Json(present::ranking::ranking(id, &ranking)))
}

/// How the bundle differs from one without fault
#[utoipa::path(get, path = "/bundles/{id}/comparison", operation_id = "show_comparison",
    tag = "hypotheses", params(("id" = String, Path), ReferenceQuery),
    responses((status = 200, body = Comparison), (status = 400, body = Problem),
        (status = 409, body = Problem)))]
async fn comparison(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    Asked(query): Asked<ReferenceQuery>,
) -> Result<Json<Comparison>, Failure> {
    let Some(reference) = query.parse()? else {
        return Err(Failure::refused(Code::Invalid, "say which bundle has no fault: reference"));
    };
    let ranking = server.app.ranking(&caller.request.actor, id, Some(reference)).await?;
    let found = ranking.reference.ok_or_else(|| bad("reference"))?;
    Ok(Json(present::ranking::comparison(id, &found)))
}

/// Say which bundle of the case shows the system of this one without fault
#[utoipa::path(post, path = "/bundles/{id}/reference", operation_id = "choose_reference",
    tag = "hypotheses", params(("id" = String, Path)), request_body = ChooseReference,
    responses((status = 200, body = Bundle), (status = 404, body = Problem)))]
async fn choose(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    Body(body): Body<ChooseReference>,
) -> Result<Json<Bundle>, Failure> {
    let reference = reference_id(body.reference.as_deref())?;
    server.app.choose_reference(&caller.request, id, reference).await?;
    let bundle = server.app.bundle(&caller.request.actor, id).await?;
    Ok(Json(present::bundle(&bundle, server.app.step(id).as_ref())))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CitedQuery {
    file: u32,
    line: u64,
    /// Of several spans or samples of a line, the one of this component
    component: Option<String>,
    /// and of a metric or an operation that this text names
    name: Option<String>,
}

/// What stands at a line of a file: a record, a span, a metric point
#[utoipa::path(get, path = "/bundles/{id}/cited", operation_id = "show_cited", tag = "hypotheses",
    params(("id" = String, Path), CitedQuery),
    responses((status = 200, body = Cited), (status = 404, body = Problem)))]
async fn cited(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    Asked(query): Asked<CitedQuery>,
) -> Result<Json<Cited>, Failure> {
    let hint = Hint { component: query.component, name: query.name };
    let found = server.app.ask_bundle(&caller.request.actor, id, move |bundle| {
        bundle.cited(query.file, query.line, &hint)
    });
    Ok(Json(present::cited::cited(found.await?)))
}
