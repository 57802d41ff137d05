//! Cases: the queue, one case, its timeline, and what is done to it.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use mainstay_app::case::{Ask, CaseDraft, Owner, PAGE_MAX, Queue, QueueSort, Then, Written};
use mainstay_core::status::Category;
use mainstay_core::{CaseNumber, Severity, UserId, UtcMicros};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::Page;
use crate::dto::case::{
    AssignCase, CaseCounts, CaseDetail, CaseSummary, CloseCase, DecideInCase, OpenCase,
    RecordCustomer, ReopenCase, ResolveCase, SetSeverity, SetStatus, TimelineEntry, WriteNote,
};
use crate::extract::{Asked, Body, InCase};
use crate::present;
use crate::problem::{Failure, Problem};
use crate::query::{bad, list as parse_list};
use crate::session::Caller;
use crate::state::Server;

/// Rows of a page when the client does not say.
const PAGE_DEFAULT: u32 = 50;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list, open))
        .routes(routes!(counts))
        .routes(routes!(show))
        .routes(routes!(timeline))
        .routes(routes!(assign))
        .routes(routes!(severity))
        .routes(routes!(note))
        .routes(routes!(resolve))
        .routes(routes!(reopen))
        .routes(routes!(status))
        .routes(routes!(customer))
        .routes(routes!(close))
        .routes(routes!(decide))
}

pub(crate) type Detail = (AppendHeaders<[(header::HeaderName, HeaderValue); 1]>, Json<CaseDetail>);

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct QueueQuery {
    /// all, mine, unowned, waiting (for a decision about intake) or resolved
    view: Option<String>,
    /// `P1,P2`
    severity: Option<String>,
    /// Words that must all occur
    text: Option<String>,
    /// severity, updated, opened or due
    sort: Option<String>,
    cursor: Option<String>,
    limit: Option<u32>,
}

impl QueueQuery {
    fn parse(self, me: UserId) -> Result<Queue, Failure> {
        let (category, owner) = match self.view.as_deref() {
            None | Some("all") => (Category::Open, Owner::Anybody),
            Some("mine") => (Category::Open, Owner::User(me)),
            Some("unowned") => (Category::Open, Owner::Nobody),
            Some("waiting") => (Category::Open, Owner::Receiver),
            Some("resolved") => (Category::Done, Owner::Anybody),
            Some(_) => return Err(bad("view")),
        };
        let sort = match self.sort.as_deref() {
            None | Some("severity") => QueueSort::Severity,
            Some("updated") => QueueSort::Updated,
            Some("opened") => QueueSort::Opened,
            Some("due") => QueueSort::Due,
            Some(_) => return Err(bad("sort")),
        };
        let parse = |word: &str| word.parse::<Severity>().ok();
        Ok(Queue {
            category,
            owner,
            severities: parse_list("severity", self.severity.as_deref(), parse)?,
            text: self.text.unwrap_or_default(),
            sort,
            cursor: self.cursor.unwrap_or_default(),
            limit: self.limit.unwrap_or(PAGE_DEFAULT).clamp(1, PAGE_MAX),
        })
    }
}

/// A page of the queue
#[utoipa::path(get, path = "/cases", operation_id = "list_cases", tag = "cases", params(QueueQuery),
    responses((status = 200, body = Page<CaseSummary>), (status = 400, body = Problem)))]
async fn list(
    State(server): State<Server>,
    caller: Caller,
    Asked(query): Asked<QueueQuery>,
) -> Result<Json<Page<CaseSummary>>, Failure> {
    let queue = query.parse(caller.request.actor.user)?;
    let page = server.app.queue(&caller.request.actor, &queue).await?;
    Ok(Json(Page {
        items: page.cases.iter().map(present::case_summary).collect(),
        next_cursor: page.next_cursor,
        total: page.total,
    }))
}

/// How many cases each view holds
#[utoipa::path(get, path = "/cases/counts", operation_id = "count_cases", tag = "cases",
    responses((status = 200, body = CaseCounts)))]
async fn counts(State(server): State<Server>, caller: Caller) -> Result<Json<CaseCounts>, Failure> {
    let counts = server.app.queue_counts(&caller.request.actor).await?;
    Ok(Json(present::case_counts(counts)))
}

/// Open a case
#[utoipa::path(post, path = "/cases", operation_id = "open_case", tag = "cases", request_body = OpenCase,
    responses((status = 201, body = CaseDetail), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 409, body = Problem)))]
async fn open(
    State(server): State<Server>,
    caller: Caller,
    Body(body): Body<OpenCase>,
) -> Result<impl IntoResponse, Failure> {
    let draft = CaseDraft {
        subject: body.subject,
        severity: body.severity.into(),
        customer: body.customer,
        product: body.product,
        version: body.version,
        description: body.description,
        sample: false,
    };
    let written = server.app.open_case(&caller.request, draft).await?;
    Ok((StatusCode::CREATED, detail(&server, &caller, written.number).await?))
}

/// One case
#[utoipa::path(get, path = "/cases/{number}", operation_id = "show_case", tag = "cases", params(("number" = String, Path)),
    responses((status = 200, body = CaseDetail), (status = 404, body = Problem)))]
async fn show(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
) -> Result<Detail, Failure> {
    detail(&server, &caller, number).await
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct TimelineQuery {
    /// `next_cursor` of the page before
    cursor: Option<u64>,
    limit: Option<u32>,
}

/// What happened in a case, oldest first
#[utoipa::path(get, path = "/cases/{number}/timeline", operation_id = "show_timeline", tag = "cases",
    params(("number" = String, Path), TimelineQuery),
    responses((status = 200, body = Page<TimelineEntry>), (status = 404, body = Problem)))]
async fn timeline(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Asked(query): Asked<TimelineQuery>,
) -> Result<Json<Page<TimelineEntry>>, Failure> {
    let limit = query.limit.unwrap_or(PAGE_MAX).clamp(1, PAGE_MAX);
    let after = query.cursor.unwrap_or(0);
    let page = server.app.timeline(&caller.request.actor, number, after, limit).await?;
    let present = |entry| present::timeline_entry(&server.app, number, entry);
    Ok(Json(Page {
        items: page.entries.iter().map(present).collect(),
        next_cursor: page.next_after.map(|after| after.to_string()),
        total: page.total,
    }))
}

/// Give the case to somebody, or back
#[utoipa::path(post, path = "/cases/{number}/assign", operation_id = "assign_case", tag = "cases",
    params(("number" = String, Path)), request_body = AssignCase,
    responses((status = 200, body = CaseDetail), (status = 409, body = Problem)))]
async fn assign(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<AssignCase>,
) -> Result<Detail, Failure> {
    let parse = |id: String| id.parse::<UserId>().map_err(|_| bad("assignee"));
    let assignee = body.assignee.map(parse).transpose()?;
    server.app.ask_case(&caller.request, number, Ask::Assign { assignee }).await?;
    detail(&server, &caller, number).await
}

/// Set how urgent the case is
#[utoipa::path(post, path = "/cases/{number}/severity", operation_id = "set_severity", tag = "cases",
    params(("number" = String, Path)), request_body = SetSeverity,
    responses((status = 200, body = CaseDetail), (status = 409, body = Problem)))]
async fn severity(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<SetSeverity>,
) -> Result<Detail, Failure> {
    let ask = Ask::SetSeverity { severity: body.severity.into(), reason: body.reason };
    server.app.ask_case(&caller.request, number, ask).await?;
    detail(&server, &caller, number).await
}

/// Write a note; evidence is cited as `[E7]` or `MS-1042/E7`
#[utoipa::path(post, path = "/cases/{number}/notes", operation_id = "write_note", tag = "cases",
    params(("number" = String, Path)), request_body = WriteNote,
    responses((status = 201, body = TimelineEntry), (status = 404, body = Problem)))]
async fn note(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<WriteNote>,
) -> Result<(StatusCode, Json<TimelineEntry>), Failure> {
    let parse = |text: String| text.parse::<UtcMicros>().map_err(|_| bad("next_update_by"));
    let next_update_by = body.next_update_by.map(parse).transpose()?;
    let then = Then { status: body.status.map(Into::into), next_update_by };
    let ask = Ask::Note { audience: body.audience.into(), text: body.text, then };
    let written: Written = server.app.ask_case(&caller.request, number, ask).await?;
    let entry = server.app.timeline_entry(&caller.request.actor, &written).await?;
    Ok((StatusCode::CREATED, Json(present::timeline_entry(&server.app, number, &entry))))
}

/// Resolve the case
#[utoipa::path(post, path = "/cases/{number}/resolve", operation_id = "resolve_case", tag = "cases",
    params(("number" = String, Path)), request_body = ResolveCase,
    responses((status = 200, body = CaseDetail), (status = 409, body = Problem)))]
async fn resolve(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<ResolveCase>,
) -> Result<Detail, Failure> {
    let ask = Ask::Resolve { resolution: body.resolution };
    server.app.ask_case(&caller.request, number, ask).await?;
    detail(&server, &caller, number).await
}

/// Open a resolved case again
#[utoipa::path(post, path = "/cases/{number}/reopen", operation_id = "reopen_case", tag = "cases",
    params(("number" = String, Path)), request_body = ReopenCase,
    responses((status = 200, body = CaseDetail), (status = 409, body = Problem)))]
async fn reopen(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<ReopenCase>,
) -> Result<Detail, Failure> {
    server.app.ask_case(&caller.request, number, Ask::Reopen { reason: body.reason }).await?;
    detail(&server, &caller, number).await
}

/// Say whose turn it is: open, pending or hold
#[utoipa::path(post, path = "/cases/{number}/status", operation_id = "set_status", tag = "cases",
    params(("number" = String, Path)), request_body = SetStatus,
    responses((status = 200, body = CaseDetail), (status = 409, body = Problem)))]
async fn status(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<SetStatus>,
) -> Result<Detail, Failure> {
    let SetStatus { status, waits_on, reason } = body;
    let ask = Ask::SetStatus { status: status.into(), waits_on, reason };
    server.app.ask_case(&caller.request, number, ask).await?;
    detail(&server, &caller, number).await
}

/// Write down what the customer said; an answer makes it our turn
#[utoipa::path(post, path = "/cases/{number}/customer-comments", operation_id = "record_customer",
    tag = "cases", params(("number" = String, Path)), request_body = RecordCustomer,
    responses((status = 201, body = TimelineEntry), (status = 409, body = Problem)))]
async fn customer(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<RecordCustomer>,
) -> Result<(StatusCode, Json<TimelineEntry>), Failure> {
    let ask = Ask::CustomerWrote { contact: body.contact, text: body.text };
    let written: Written = server.app.ask_case(&caller.request, number, ask).await?;
    let entry = server.app.timeline_entry(&caller.request.actor, &written).await?;
    Ok((StatusCode::CREATED, Json(present::timeline_entry(&server.app, number, &entry))))
}

/// Close a solved case for good
#[utoipa::path(post, path = "/cases/{number}/close", operation_id = "close_case", tag = "cases",
    params(("number" = String, Path)), request_body = CloseCase,
    responses((status = 200, body = CaseDetail), (status = 409, body = Problem)))]
async fn close(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<CloseCase>,
) -> Result<Detail, Failure> {
    let close = Ask::Close { reason: body.reason, gate: present::gate::gate_of(body.gate).into() };
    server.app.ask_case(&caller.request, number, close).await?;
    detail(&server, &caller, number).await
}

/// Write down what was decided, for who comes later
#[utoipa::path(post, path = "/cases/{number}/decisions", operation_id = "decide", tag = "cases",
    params(("number" = String, Path)), request_body = DecideInCase,
    responses((status = 200, body = CaseDetail), (status = 400, body = Problem)))]
async fn decide(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<DecideInCase>,
) -> Result<Detail, Failure> {
    let decide = Ask::Decide { decision: body.decision, reason: body.reason };
    server.app.ask_case(&caller.request, number, decide).await?;
    detail(&server, &caller, number).await
}

/// The case as it is now, with its version as `ETag`.
pub(crate) async fn detail(
    server: &Server,
    caller: &Caller,
    number: CaseNumber,
) -> Result<Detail, Failure> {
    let actor = &caller.request.actor;
    let case = server.app.case(actor, number).await?;
    let bundles = server.app.bundles(actor, number).await?;
    let tag = HeaderValue::try_from(format!("\"{}\"", case.summary.case_version));
    let tag = tag.unwrap_or(HeaderValue::from_static("\"0\""));
    let detail = present::case_detail(&server.app, &case, &bundles);
    Ok((AppendHeaders([(header::ETAG, tag)]), Json(detail)))
}
