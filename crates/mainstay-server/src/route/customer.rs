//! Customers: the list, one of them, and whose case a case is.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::AppendHeaders;
use mainstay_app::case::Ask;
use mainstay_app::customer::{Customer as Stored, PAGE_MAX};
use mainstay_core::CustomerId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::Page;
use crate::dto::case::{CaseDetail, CaseSummary};
use crate::dto::customer::{Customer, CustomerProfile, SetCustomer};
use crate::extract::{Asked, Body, InCase, InCustomer};
use crate::present::{self, customer as present_customer};
use crate::problem::{Failure, Problem};
use crate::query::bad;
use crate::route::case::{Detail, detail};
use crate::session::Caller;
use crate::state::Server;

/// Customers of a page when the client does not say.
const PAGE_DEFAULT: u32 = 50;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(show, change))
        .routes(routes!(cases))
        .routes(routes!(set))
}

type One = (AppendHeaders<[(header::HeaderName, HeaderValue); 1]>, Json<Customer>);

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct CustomerQuery {
    /// A part of the name
    text: String,
    /// `next_cursor` of the page before
    cursor: String,
    limit: Option<u32>,
}

/// A page of customers, by name
#[utoipa::path(get, path = "/customers", operation_id = "list_customers", tag = "customers",
    params(CustomerQuery),
    responses((status = 200, body = Page<Customer>), (status = 403, body = Problem)))]
async fn list(
    State(server): State<Server>,
    caller: Caller,
    Asked(query): Asked<CustomerQuery>,
) -> Result<Json<Page<Customer>>, Failure> {
    let limit = query.limit.unwrap_or(PAGE_DEFAULT).clamp(1, PAGE_MAX);
    let actor = &caller.request.actor;
    let page = server.app.customers(actor, &query.text, &query.cursor, limit).await?;
    let items = page.customers.iter().map(present_customer::customer).collect::<Result<_, _>>()?;
    Ok(Json(Page { items, next_cursor: page.next_cursor, total: page.total }))
}

/// Add a customer
#[utoipa::path(post, path = "/customers", operation_id = "add_customer", tag = "customers",
    request_body = CustomerProfile,
    responses((status = 201, body = Customer), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 409, body = Problem)))]
async fn add(
    State(server): State<Server>,
    caller: Caller,
    Body(body): Body<CustomerProfile>,
) -> Result<(StatusCode, One), Failure> {
    let added = server.app.add_customer(&caller.request, present::same(&body)?).await?;
    Ok((StatusCode::CREATED, one(&added)?))
}

/// One customer
#[utoipa::path(get, path = "/customers/{id}", operation_id = "show_customer", tag = "customers",
    params(("id" = String, Path)),
    responses((status = 200, body = Customer), (status = 404, body = Problem)))]
async fn show(
    State(server): State<Server>,
    caller: Caller,
    InCustomer(id): InCustomer,
) -> Result<One, Failure> {
    one(&server.app.customer(&caller.request.actor, id).await?)
}

/// Change what is known of a customer; `If-Match` holds the version that was edited
#[utoipa::path(put, path = "/customers/{id}", operation_id = "change_customer", tag = "customers",
    params(("id" = String, Path)), request_body = CustomerProfile,
    responses((status = 200, body = Customer), (status = 400, body = Problem),
        (status = 409, body = Problem), (status = 412, body = Problem)))]
async fn change(
    State(server): State<Server>,
    caller: Caller,
    InCustomer(id): InCustomer,
    Body(body): Body<CustomerProfile>,
) -> Result<One, Failure> {
    one(&server.app.change_customer(&caller.request, id, present::same(&body)?).await?)
}

/// The cases of a customer, open ones in front
#[utoipa::path(get, path = "/customers/{id}/cases", operation_id = "list_customer_cases",
    tag = "customers", params(("id" = String, Path)),
    responses((status = 200, body = Vec<CaseSummary>), (status = 404, body = Problem)))]
async fn cases(
    State(server): State<Server>,
    caller: Caller,
    InCustomer(id): InCustomer,
) -> Result<Json<Vec<CaseSummary>>, Failure> {
    let cases = server.app.cases_of_customer(&caller.request.actor, id).await?;
    Ok(Json(cases.iter().map(present::case_summary).collect()))
}

/// Say whose case it is: somebody of the list, or free text
#[utoipa::path(post, path = "/cases/{number}/customer", operation_id = "set_customer",
    tag = "customers", params(("number" = String, Path)), request_body = SetCustomer,
    responses((status = 200, body = CaseDetail), (status = 404, body = Problem),
        (status = 409, body = Problem)))]
async fn set(
    State(server): State<Server>,
    caller: Caller,
    InCase(number): InCase,
    Body(body): Body<SetCustomer>,
) -> Result<Detail, Failure> {
    let parse = |id: String| id.parse::<CustomerId>().map_err(|_| bad("customer_id"));
    let customer = body.customer_id.map(parse).transpose()?;
    let ask = Ask::SetCustomer { customer, name: body.name };
    server.app.ask_case(&caller.request, number, ask).await?;
    detail(&server, &caller, number).await
}

fn one(customer: &Stored) -> Result<One, Failure> {
    let tag = HeaderValue::try_from(format!("\"{}\"", customer.version));
    let tag = tag.unwrap_or(HeaderValue::from_static("\"0\""));
    Ok((AppendHeaders([(header::ETAG, tag)]), Json(present_customer::customer(customer)?)))
}
