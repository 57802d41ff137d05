//! Intake: what a report is worth, and who takes it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use mainstay_app::intake::Hand;
use mainstay_core::intake::{ChecklistSetForm, Mail};
use mainstay_core::{CaseNumber, Code};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::intake::{
    Checklists, Intake, IntakeAssessment, IntakeReport, MailIntake, PublishChecklists,
    ReportIntake, ReturnIntake, ReturnRate,
};
use crate::extract::{Asked, Body, InCase};
use crate::present::{intake as present, same};
use crate::problem::{Failure, Problem};
use crate::session::Caller;
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(show, report))
        .routes(routes!(assess))
        .routes(routes!(accept))
        .routes(routes!(send_back))
        .routes(routes!(mail))
        .routes(routes!(checklists, publish))
        .routes(routes!(rates))
}

/// The intake of a case, judged now
#[utoipa::path(get, path = "/cases/{number}/intake", operation_id = "show_intake", tag = "intake",
    params(("number" = String, Path)),
    responses((status = 200, body = Intake), (status = 404, body = Problem)))]
async fn show(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
) -> Result<Json<Intake>, Failure> {
    shown(&server, &caller, number).await
}

/// Keep a report, and hand it over when `submit` is given
#[utoipa::path(post, path = "/cases/{number}/intake", operation_id = "report_intake",
    tag = "intake", params(("number" = String, Path)), request_body = ReportIntake,
    responses((status = 200, body = Intake), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 409, body = Problem),
        (status = 412, body = Problem)))]
async fn report(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<ReportIntake>,
) -> Result<Json<Intake>, Failure> {
    let hand = body.submit.map_or(Hand::Keep, |submit| Hand::Over {
        team: submit.team,
        override_reason: submit.override_reason,
    });
    let report = same(&body.report)?;
    server.app.report_intake(&caller.request, number, report, body.seen, hand).await?;
    shown(&server, &caller, number).await
}

/// What a report would score now; nothing is kept
#[utoipa::path(post, path = "/cases/{number}/intake/assess", operation_id = "assess_intake",
    tag = "intake", params(("number" = String, Path)), request_body = IntakeReport,
    responses((status = 200, body = IntakeAssessment), (status = 400, body = Problem)))]
async fn assess(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<IntakeReport>,
) -> Result<Json<IntakeAssessment>, Failure> {
    let actor = &caller.request.actor;
    let (checklist, found) = server.app.assess_intake(actor, number, &same(&body)?).await?;
    Ok(Json(present::assessment(&found, &checklist)))
}

/// Take what waits; whoever takes it owns the case
#[utoipa::path(post, path = "/cases/{number}/intake/accept", operation_id = "accept_intake",
    tag = "intake", params(("number" = String, Path)),
    responses((status = 200, body = Intake), (status = 403, body = Problem),
        (status = 409, body = Problem)))]
async fn accept(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
) -> Result<Json<Intake>, Failure> {
    server.app.accept_intake(&caller.request, number).await?;
    shown(&server, &caller, number).await
}

/// Give back what waits, with the reason; the sender owns the case again
#[utoipa::path(post, path = "/cases/{number}/intake/return", operation_id = "return_intake",
    tag = "intake", params(("number" = String, Path)), request_body = ReturnIntake,
    responses((status = 200, body = Intake), (status = 403, body = Problem),
        (status = 409, body = Problem)))]
async fn send_back(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<ReturnIntake>,
) -> Result<Json<Intake>, Failure> {
    server.app.return_intake(&caller.request, number, body.reason.into(), body.text).await?;
    shown(&server, &caller, number).await
}

/// Take a mail with a report: it is handed over if its score lets it, and kept otherwise
#[utoipa::path(post, path = "/intake/mail", operation_id = "take_mail", tag = "intake",
    request_body = MailIntake,
    responses((status = 200, body = Intake), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn mail(
    State(server): State<Server>,
    caller: Caller,
    Body(body): Body<MailIntake>,
) -> Result<Json<Intake>, Failure> {
    let mail: Mail = same(&body)?;
    let number = server.app.open_mail(&caller.request, &mail).await?;
    let view = server.app.take_mail(&caller.request, number, &mail).await?;
    Ok(Json(present::intake(number, &view)?))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct ChecklistsQuery {
    /// The newest one without it
    version: Option<u32>,
}

/// The checklists; version 0 when none was published and the built-in one holds
#[utoipa::path(get, path = "/intake/checklists", operation_id = "show_checklists", tag = "intake",
    params(ChecklistsQuery),
    responses((status = 200, body = Checklists), (status = 404, body = Problem)))]
async fn checklists(
    State(server): State<Server>,
    caller: Caller,
    Asked(query): Asked<ChecklistsQuery>,
) -> Result<Json<Checklists>, Failure> {
    let found = server.app.checklists(&caller.request.actor, query.version).await?;
    Ok(Json(present::checklists(found.as_ref())?))
}

/// Publish the next version; `If-Match` holds the newest version the caller saw
#[utoipa::path(post, path = "/intake/checklists", operation_id = "publish_checklists",
    tag = "intake", request_body = PublishChecklists,
    responses((status = 201, body = Checklists), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 412, body = Problem)))]
async fn publish(
    State(server): State<Server>,
    caller: Caller,
    Body(body): Body<PublishChecklists>,
) -> Result<(StatusCode, Json<Checklists>), Failure> {
    let set: ChecklistSetForm = serde_json::from_value(body.set).map_err(|error| {
        Failure::refused(Code::Invalid, format!("not a set of checklists: {error}"))
    })?;
    let published = server.app.publish_checklists(&caller.request, set, body.reason).await?;
    Ok((StatusCode::CREATED, Json(present::checklists(Some(&published))?)))
}

/// How often intake came back within 90 days: per team for who may see all, else one's own
#[utoipa::path(get, path = "/intake/return-rates", operation_id = "list_return_rates",
    tag = "intake", responses((status = 200, body = Vec<ReturnRate>)))]
async fn rates(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<Vec<ReturnRate>>, Failure> {
    let rates = server.app.return_rates(&caller.request.actor).await?;
    Ok(Json(rates.iter().map(present::rate).collect()))
}

async fn shown(
    server: &Server,
    caller: &Caller,
    number: CaseNumber,
) -> Result<Json<Intake>, Failure> {
    let view = server.app.intake(&caller.request.actor, number).await?;
    Ok(Json(present::intake(number, &view)?))
}
