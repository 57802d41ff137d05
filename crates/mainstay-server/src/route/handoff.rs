//! From one shift to the next: the shift desk, packets, and what is done next on a case.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use mainstay_app::handoff::Decision;
use mainstay_core::HandoffId;
use mainstay_core::case::NextStep as Step;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::case::CaseDetail;
use crate::dto::handoff::{
    DecideHandoff, Handoff, HandoffCase, HandoffDecision, NextStep, SendHandoff, SetNextStep,
};
use crate::dto::home::Home;
use crate::extract::{Asked, Body, InCase, InId};
use crate::present::handoff as present;
use crate::present::person::{read_time, read_user};
use crate::problem::{Failure, Problem};
use crate::query::bad;
use crate::route::case::{Detail, detail};
use crate::session::Caller;
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(home))
        .routes(routes!(draft))
        .routes(routes!(list, send))
        .routes(routes!(show))
        .routes(routes!(markdown))
        .routes(routes!(page))
        .routes(routes!(decide))
        .routes(routes!(next_step, set_next_step))
}

/// The shift desk of whoever asks
#[utoipa::path(get, path = "/home", operation_id = "show_home", tag = "handoffs",
    responses((status = 200, body = Home), (status = 403, body = Problem)))]
async fn home(State(server): State<Server>, caller: Caller) -> Result<Json<Home>, Failure> {
    let home = server.app.home(&caller.request.actor).await?;
    Ok(Json(present::home(&home)?))
}

/// My open cases as they would stand in a packet now
#[utoipa::path(get, path = "/handoffs/draft", operation_id = "draft_handoff", tag = "handoffs",
    responses((status = 200, body = Vec<HandoffCase>), (status = 403, body = Problem)))]
async fn draft(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<Vec<HandoffCase>>, Failure> {
    let items = server.app.prepare_handoff(&caller.request.actor).await?;
    Ok(Json(items.iter().map(present::case).collect::<Result<_, _>>()?))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct BoxQuery {
    /// inbox (what waits for me), sent, or late (what nobody took in time)
    of: Option<String>,
}

/// Packets that wait for me, that I sent, or that nobody took in time
#[utoipa::path(get, path = "/handoffs", operation_id = "list_handoffs", tag = "handoffs",
    params(BoxQuery),
    responses((status = 200, body = Vec<Handoff>), (status = 400, body = Problem)))]
async fn list(
    State(server): State<Server>,
    caller: Caller,
    Asked(query): Asked<BoxQuery>,
) -> Result<Json<Vec<Handoff>>, Failure> {
    let actor = &caller.request.actor;
    let views = match query.of.as_deref() {
        None | Some("inbox") => server.app.handoff_inbox(actor).await?,
        Some("sent") => server.app.handoff_outbox(actor).await?,
        Some("late") => server.app.handoffs_late(actor).await?,
        Some(_) => return Err(bad("of")),
    };
    Ok(Json(present::handoffs(&views)?))
}

/// Send a packet; the giver owns each case until the receiver accepts it
#[utoipa::path(post, path = "/handoffs", operation_id = "send_handoff", tag = "handoffs",
    request_body = SendHandoff,
    responses((status = 201, body = Handoff), (status = 400, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn send(
    State(server): State<Server>,
    caller: Caller,
    Body(body): Body<SendHandoff>,
) -> Result<(StatusCode, Json<Handoff>), Failure> {
    let to = present::read_receiver(&body)?;
    let edits = body.cases.iter().map(present::read_case).collect::<Result<_, _>>()?;
    let view = server.app.send_handoff(&caller.request, to, body.note, edits).await?;
    Ok((StatusCode::CREATED, Json(present::handoff(&view)?)))
}

/// One packet
#[utoipa::path(get, path = "/handoffs/{id}", operation_id = "show_handoff", tag = "handoffs",
    params(("id" = String, Path)),
    responses((status = 200, body = Handoff), (status = 404, body = Problem)))]
async fn show(
    State(server): State<Server>,
    caller: Caller,
    InId(id): InId<HandoffId>,
) -> Result<Json<Handoff>, Failure> {
    let view = server.app.handoff(&caller.request.actor, id).await?;
    Ok(Json(present::handoff(&view)?))
}

/// The packet as it was sent, as Markdown
#[utoipa::path(get, path = "/handoffs/{id}/packet.md", operation_id = "export_handoff",
    tag = "handoffs", params(("id" = String, Path)),
    responses((status = 200, content_type = "text/markdown", body = String),
        (status = 404, body = Problem)))]
async fn markdown(
    State(server): State<Server>,
    caller: Caller,
    InId(id): InId<HandoffId>,
) -> Result<impl IntoResponse, Failure> {
    let text = server.app.handoff_markdown(&caller.request.actor, id).await?;
    Ok((download("text/markdown; charset=utf-8", "attachment; filename=\"handoff.md\""), text))
}

/// The same as a page of its own, as a download
#[utoipa::path(get, path = "/handoffs/{id}/packet.html", operation_id = "export_handoff_page",
    tag = "handoffs", params(("id" = String, Path)),
    responses((status = 200, content_type = "text/html", body = String),
        (status = 404, body = Problem)))]
async fn page(
    State(server): State<Server>,
    caller: Caller,
    InId(id): InId<HandoffId>,
) -> Result<impl IntoResponse, Failure> {
    let page = server.app.handoff_html(&caller.request.actor, id).await?;
    Ok((download("text/html; charset=utf-8", "attachment; filename=\"handoff.html\""), page))
}

/// Accept, refuse, ask or answer about a case that waits in a packet
#[utoipa::path(post, path = "/cases/{number}/handoff", operation_id = "decide_handoff",
    tag = "handoffs", params(("number" = String, Path)), request_body = DecideHandoff,
    responses((status = 200, body = CaseDetail), (status = 403, body = Problem),
        (status = 409, body = Problem)))]
async fn decide(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<DecideHandoff>,
) -> Result<Detail, Failure> {
    let parse = |id: String| id.parse::<HandoffId>().map_err(|_| bad("handoff_id"));
    let seen = body.handoff_id.map(parse).transpose()?;
    let decision = match body.decision {
        HandoffDecision::Accept => Decision::Accept(seen),
        HandoffDecision::Refuse => Decision::Refuse(seen, body.text),
        HandoffDecision::Ask => Decision::Ask(body.text),
        HandoffDecision::Answer => Decision::Answer(body.text),
    };
    server.app.decide_handoff(&caller.request, number, decision).await?;
    detail(&server, &caller, number).await
}

/// What is done next on a case; null when nothing is written down
#[utoipa::path(get, path = "/cases/{number}/next-step", operation_id = "show_next_step",
    tag = "handoffs", params(("number" = String, Path)),
    responses((status = 200, body = Option<NextStep>), (status = 404, body = Problem)))]
async fn next_step(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
) -> Result<Json<Option<NextStep>>, Failure> {
    let step = server.app.next_step(&caller.request.actor, number).await?;
    Ok(Json(step.as_ref().map(present::next_step)))
}

/// Say what is done next on a case, by whom and until when
#[utoipa::path(post, path = "/cases/{number}/next-step", operation_id = "set_next_step",
    tag = "handoffs", params(("number" = String, Path)), request_body = SetNextStep,
    responses((status = 200, body = Option<NextStep>), (status = 400, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn set_next_step(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<SetNextStep>,
) -> Result<Json<Option<NextStep>>, Failure> {
    let due = body.due_at.as_deref().map(|text| read_time(text, "due_at")).transpose()?;
    let owner = read_user(body.owner.as_deref(), "owner")?;
    let step = Step { text: body.text, owner, due };
    let step = server.app.set_next_step(&caller.request, number, step).await?;
    Ok(Json(step.as_ref().map(present::next_step)))
}

/// Downloaded, never shown from our origin.
fn download(
    kind: &'static str,
    name: &'static str,
) -> AppendHeaders<[(header::HeaderName, HeaderValue); 2]> {
    AppendHeaders([
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(name)),
    ])
}
