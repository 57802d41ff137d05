//! Signing in and out by the API.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::cookie::CookieJar;
use mainstay_core::Code;
use secrecy::{ExposeSecret, SecretString};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::session::{Credentials, Session};
use crate::extract::Body;
use crate::present;
use crate::problem::{Failure, Problem};
use crate::session::{Caller, removal_cookie, session_cookie};
use crate::state::Server;

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(who, sign_in, sign_out))
}

/// Who is signed in, and what they may do
#[utoipa::path(get, path = "/session", operation_id = "show_session", tag = "session",
    responses((status = 200, body = Session), (status = 401, body = Problem)))]
async fn who(State(server): State<Server>, caller: Caller) -> Json<Session> {
    Json(present::session(&server, &caller.signed_in))
}

/// Sign in; the session comes as a cookie
#[utoipa::path(post, path = "/session", operation_id = "sign_in", tag = "session", request_body = Credentials,
    responses((status = 200, body = Session), (status = 401, body = Problem)))]
async fn sign_in(
    State(server): State<Server>,
    jar: CookieJar,
    Body(credentials): Body<Credentials>,
) -> Result<(CookieJar, Json<Session>), Failure> {
    if server.options.demo_user.is_some() {
        let detail = "the sample desk signs in by itself; reload the page";
        return Err(Failure::refused(Code::Conflict, detail));
    }
    let password = SecretString::from(credentials.password);
    let fresh = server.app.sign_in(&credentials.login, password).await?;
    let session = present::session(&server, &fresh.signed_in);
    let cookie = session_cookie(&server, fresh.token.expose_secret().to_owned());
    Ok((jar.add(cookie), Json(session)))
}

/// Sign out; the session ends at once
#[utoipa::path(delete, path = "/session", operation_id = "sign_out", tag = "session",
    responses((status = 204), (status = 401, body = Problem)))]
async fn sign_out(
    State(server): State<Server>,
    caller: Caller,
    jar: CookieJar,
) -> Result<(CookieJar, StatusCode), Failure> {
    server.app.sign_out(&caller.signed_in).await?;
    Ok((jar.add(removal_cookie(&server)), StatusCode::NO_CONTENT))
}
