//! Metric series by window, and the points of a few.

use axum::Json;
use axum::extract::State;
use mainstay_app::line::{SERIES_AT_ONCE_MAX, STEPS_MAX, SeriesAsk};
use mainstay_core::Code;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::series::{SeriesPoints, SeriesWindow};
use crate::extract::{Asked, InBundle};
use crate::present::series as present;
use crate::problem::{Failure, Problem};
use crate::query::{list as parse_list, moment};
use crate::session::Caller;
use crate::state::Server;

/// Series in one window when the client does not say.
const WINDOW_DEFAULT: usize = 24;
/// Steps of a small chart when the client does not say.
const STEPS_DEFAULT: usize = 160;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(points))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct SeriesQuery {
    /// Words in the metric, the labels or the component
    text: String,
    component: Option<String>,
    /// Only those that change for good
    changed: bool,
    /// The number of a series that comes before all others
    first: Option<u32>,
    offset: u64,
    /// At most 60
    limit: Option<usize>,
}

/// A window of the metric series, those that changed most first
#[utoipa::path(get, path = "/bundles/{id}/series", operation_id = "list_series", tag = "metrics",
    params(("id" = String, Path), SeriesQuery),
    responses((status = 200, body = SeriesWindow), (status = 409, body = Problem)))]
async fn list(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    Asked(query): Asked<SeriesQuery>,
) -> Result<Json<SeriesWindow>, Failure> {
    let ask = SeriesAsk {
        text: query.text,
        component: query.component,
        changed: query.changed,
        first: query.first,
        offset: usize::try_from(query.offset).unwrap_or(usize::MAX),
        limit: query.limit.unwrap_or(WINDOW_DEFAULT).clamp(1, SERIES_AT_ONCE_MAX),
    };
    let actor = &caller.request.actor;
    let list = server.app.ask_bundle(actor, id, move |bundle| bundle.series(&ask)).await?;
    Ok(Json(present::window(&list, query.offset)))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct PointsQuery {
    /// Numbers of series, at most 60: `1,2`
    ids: String,
    /// From this moment on (RFC 3339)
    from: Option<String>,
    /// Up to but not including this moment
    to: Option<String>,
    /// At most 400
    steps: Option<usize>,
}

/// The points of some series, each in steps of equal length
#[utoipa::path(get, path = "/bundles/{id}/series/points", operation_id = "show_points",
    tag = "metrics", params(("id" = String, Path), PointsQuery),
    responses((status = 200, body = Vec<SeriesPoints>), (status = 400, body = Problem)))]
async fn points(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    Asked(query): Asked<PointsQuery>,
) -> Result<Json<Vec<SeriesPoints>>, Failure> {
    let ids = parse_list("ids", Some(&query.ids), |word| word.parse::<u32>().ok())?;
    if ids.is_empty() || ids.len() > SERIES_AT_ONCE_MAX {
        let detail = format!("ask for one to {SERIES_AT_ONCE_MAX} series: ids");
        return Err(Failure::refused(Code::Invalid, detail));
    }
    let from = moment("from", query.from.as_deref())?;
    let to = moment("to", query.to.as_deref())?;
    let steps = query.steps.unwrap_or(STEPS_DEFAULT).clamp(1, STEPS_MAX);
    let points = server.app.ask_bundle(&caller.request.actor, id, move |bundle| {
        bundle.series_points(&ids, from, to, steps)
    });
    Ok(Json(points.await?.iter().map(present::points).collect()))
}
