//! Log lines by window, and the numbers around them.

use axum::Json;
use axum::extract::State;
use mainstay_app::line::{Direction, Query as LineQuery, Seek, TEMPLATES_MAX, WINDOW_MAX, fields};
use mainstay_core::{Code, Level};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::line::{
    Facets, FieldFacet, Histogram, LineContext, LineDetail, LinePosition, LineWindow, QueryField,
    TemplateList,
};
use crate::extract::{Asked, InBundle, InField};
use crate::present::line as present;
use crate::problem::{Failure, Problem};
use crate::query::{LineFilter, bad};
use crate::session::Caller;
use crate::state::Server;

/// Bars when the client does not say.
const BUCKETS_DEFAULT: usize = 120;

/// Records around one when the client does not say, and at most.
const CONTEXT_DEFAULT: usize = 10;
const CONTEXT_MAX: usize = 200;

/// Values of a field when the client does not say, and at most.
const VALUES_DEFAULT: usize = 20;
const VALUES_MAX: usize = 200;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(window))
        .routes(routes!(position))
        .routes(routes!(next))
        .routes(routes!(detail))
        .routes(routes!(context))
        .routes(routes!(histogram))
        .routes(routes!(facets))
        .routes(routes!(field_facet))
        .routes(routes!(query_fields))
        .routes(routes!(templates))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct WindowQuery {
    offset: u64,
    /// At most 500
    limit: Option<usize>,
}

/// A window of the lines that pass the filter, in order of time
#[utoipa::path(get, path = "/bundles/{id}/lines", operation_id = "list_lines", tag = "lines",
    params(("id" = String, Path), LineFilter, WindowQuery),
    responses((status = 200, body = LineWindow), (status = 400, body = Problem),
        (status = 409, body = Problem)))]
async fn window(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    Asked(filter): Asked<LineFilter>,
    Asked(query): Asked<WindowQuery>,
) -> Result<Json<LineWindow>, Failure> {
    let limit = query.limit.unwrap_or(100).clamp(1, WINDOW_MAX);
    let actor = &caller.request.actor;
    let window = server.app.window(actor, id, filter.parse()?, query.offset, limit).await?;
    Ok(Json(present::window(&window)))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct PlaceQuery {
    /// The file of the line to find; named apart from the filter's `file`
    at_file: u32,
    /// The line to find
    at_line: u64,
}

/// Where a line stands among the lines that pass the filter
#[utoipa::path(get, path = "/bundles/{id}/lines/position", operation_id = "find_line", tag = "lines",
    params(("id" = String, Path), LineFilter, PlaceQuery),
    responses((status = 200, body = LinePosition), (status = 400, body = Problem)))]
async fn position(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    Asked(filter): Asked<LineFilter>,
    Asked(query): Asked<PlaceQuery>,
) -> Result<Json<LinePosition>, Failure> {
    let filter = filter.parse()?;
    let find = move |bundle: &mainstay_app::line::OpenBundle| {
        let selection = bundle.select(&filter)?;
        Ok(bundle.position_of(&selection, query.at_file, query.at_line))
    };
    let found = server.app.ask_bundle(&caller.request.actor, id, find).await?;
    Ok(Json(LinePosition {
        row: found.map(|found| found.row),
        position: found.and_then(|found| found.position),
    }))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct NextQuery {
    /// The position to leave from; without it, the edge
    after: Option<u64>,
    /// next or previous
    direction: Option<String>,
    /// Look for a level at least this urgent: error or warn
    seek: Option<String>,
    /// Look for a text
    find: Option<String>,
}

impl NextQuery {
    fn direction(&self) -> Result<Direction, Failure> {
        match self.direction.as_deref() {
            None | Some("next") => Ok(Direction::Next),
            Some("previous") => Ok(Direction::Previous),
            Some(_) => Err(bad("direction")),
        }
    }

    fn level(&self) -> Result<Option<Level>, Failure> {
        let parse = |word: &String| word.parse().map_err(|_| bad("seek"));
        self.seek.as_ref().map(parse).transpose()
    }
}

/// The next line with a level or a text
#[utoipa::path(get, path = "/bundles/{id}/lines/next", operation_id = "next_line", tag = "lines",
    params(("id" = String, Path), LineFilter, NextQuery),
    responses((status = 200, body = LinePosition), (status = 400, body = Problem)))]
async fn next(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    Asked(filter): Asked<LineFilter>,
    Asked(query): Asked<NextQuery>,
) -> Result<Json<LinePosition>, Failure> {
    let (filter, direction, level) = (filter.parse()?, query.direction()?, query.level()?);
    if level.is_none() && query.find.is_none() {
        return Err(Failure::refused(Code::Invalid, "say what to look for: seek or find"));
    }
    let find = move |bundle: &mainstay_app::line::OpenBundle| {
        let selection = bundle.select(&filter)?;
        let seek = match (level, &query.find) {
            (Some(level), _) => Seek::Level(level),
            (None, text) => Seek::Text(text.as_deref().unwrap_or_default()),
        };
        bundle.next(&selection, query.after, direction, seek)
    };
    let position = server.app.ask_bundle(&caller.request.actor, id, find).await?;
    Ok(Json(LinePosition { row: None, position }))
}

/// Everything about one record
#[utoipa::path(get, path = "/bundles/{id}/lines/{row}", operation_id = "show_line", tag = "lines",
    params(("id" = String, Path), ("row" = u64, Path)),
    responses((status = 200, body = LineDetail), (status = 404, body = Problem)))]
async fn detail(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    crate::extract::InRow(row): crate::extract::InRow,
) -> Result<Json<LineDetail>, Failure> {
    let actor = &caller.request.actor;
    let line = server.app.ask_bundle(actor, id, move |bundle| bundle.line(row)).await?;
    let pin = server.app.evidence_at(actor, id, line.line.file, line.line.line).await?;
    Ok(Json(present::detail(&line, pin.map(|pin| pin.number.to_string()))))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct ContextQuery {
    /// Records before and after; at most 200
    count: Option<usize>,
}

/// The records around one in its file, whatever the filter
#[utoipa::path(get, path = "/bundles/{id}/lines/{row}/context", operation_id = "show_context",
    tag = "lines", params(("id" = String, Path), ("row" = u64, Path), ContextQuery),
    responses((status = 200, body = LineContext), (status = 404, body = Problem)))]
async fn context(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    crate::extract::InRow(row): crate::extract::InRow,
    Asked(query): Asked<ContextQuery>,
) -> Result<Json<LineContext>, Failure> {
    let count = query.count.unwrap_or(CONTEXT_DEFAULT).min(CONTEXT_MAX);
    let actor = &caller.request.actor;
    let lines = server.app.ask_bundle(actor, id, move |bundle| bundle.context(row, count)).await?;
    Ok(Json(LineContext { lines: lines.iter().map(present::row).collect() }))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct BucketQuery {
    buckets: Option<usize>,
}

/// How many records fall into each bucket of time
#[utoipa::path(get, path = "/bundles/{id}/histogram", operation_id = "show_histogram", tag = "lines",
    params(("id" = String, Path), LineFilter, BucketQuery),
    responses((status = 200, body = Histogram), (status = 400, body = Problem)))]
async fn histogram(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    Asked(filter): Asked<LineFilter>,
    Asked(query): Asked<BucketQuery>,
) -> Result<Json<Histogram>, Failure> {
    let buckets = query.buckets.unwrap_or(BUCKETS_DEFAULT);
    let actor = &caller.request.actor;
    let histogram = server.app.histogram(actor, id, filter.parse()?, buckets).await?;
    Ok(Json(present::histogram(&histogram)))
}

/// How many records each value of a field would show
#[utoipa::path(get, path = "/bundles/{id}/facets", operation_id = "show_facets", tag = "lines",
    params(("id" = String, Path), LineFilter),
    responses((status = 200, body = Facets), (status = 400, body = Problem)))]
async fn facets(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    Asked(filter): Asked<LineFilter>,
) -> Result<Json<Facets>, Failure> {
    let filter: LineQuery = filter.parse()?;
    let actor = &caller.request.actor;
    let facets =
        server.app.ask_bundle(actor, id, move |bundle| bundle.facets(&bundle.select(&filter)?));
    Ok(Json(present::facets(&facets.await?)))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct ValueQuery {
    limit: Option<usize>,
}

/// The commonest values of any field of the lines that pass the filter
#[utoipa::path(get, path = "/bundles/{id}/facets/{field}", operation_id = "show_field_facet",
    tag = "lines", params(("id" = String, Path), ("field" = String, Path), LineFilter, ValueQuery),
    responses((status = 200, body = FieldFacet), (status = 400, body = Problem)))]
async fn field_facet(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    InField(field): InField,
    Asked(filter): Asked<LineFilter>,
    Asked(query): Asked<ValueQuery>,
) -> Result<Json<FieldFacet>, Failure> {
    let filter: LineQuery = filter.parse()?;
    let limit = query.limit.unwrap_or(VALUES_DEFAULT).clamp(1, VALUES_MAX);
    let facet = server.app.ask_bundle(&caller.request.actor, id, move |bundle| {
        let selection = bundle.select(&filter)?;
        bundle.field_facet(&selection, &field, limit)
    });
    Ok(Json(present::field_facet(&facet.await?)))
}

/// The fields that a query can name: those of every record, and those that the texts name
#[utoipa::path(get, path = "/bundles/{id}/fields", operation_id = "list_query_fields", tag = "lines",
    params(("id" = String, Path)),
    responses((status = 200, body = Vec<QueryField>), (status = 409, body = Problem)))]
async fn query_fields(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
) -> Result<Json<Vec<QueryField>>, Failure> {
    let actor = &caller.request.actor;
    let names = server.app.ask_bundle(actor, id, |bundle| Ok(bundle.field_names())).await?;
    let own = fields().iter().map(|field| QueryField {
        name: field.name.to_owned(),
        explains: Some(field.explains.to_owned()),
        example: Some(field.example.to_owned()),
        records: None,
    });
    let named = names.into_iter().map(|(name, records)| QueryField {
        name,
        explains: None,
        example: None,
        records: Some(records),
    });
    Ok(Json(own.chain(named).collect()))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct TemplateQuery {
    limit: Option<usize>,
}

/// The commonest templates of the lines that pass the filter
#[utoipa::path(get, path = "/bundles/{id}/templates", operation_id = "list_templates", tag = "lines",
    params(("id" = String, Path), LineFilter, TemplateQuery),
    responses((status = 200, body = TemplateList), (status = 400, body = Problem)))]
async fn templates(
    State(server): State<Server>,
    caller: Caller,
    InBundle(id): InBundle,
    Asked(filter): Asked<LineFilter>,
    Asked(query): Asked<TemplateQuery>,
) -> Result<Json<TemplateList>, Failure> {
    let filter: LineQuery = filter.parse()?;
    let limit = query.limit.unwrap_or(200).clamp(1, TEMPLATES_MAX);
    let list = server.app.ask_bundle(&caller.request.actor, id, move |bundle| {
        let selection = bundle.select(&filter)?;
        Ok(bundle.templates(&selection, limit))
    });
    Ok(Json(present::templates(&list.await?)))
}
