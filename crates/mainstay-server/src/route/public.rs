//! Pages that need no script: sign-in and first run. Rendered on the server.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use axum_extra::extract::cookie::CookieJar;
use mainstay_app::AppError;
use mainstay_app::account::AccountDraft;
use mainstay_app::request::Origin;
use mainstay_core::{Code, Role};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::problem::Failure;
use crate::session::session_cookie;
use crate::state::Server;

const STYLE: &str = include_str!("../../templates/public.css");

pub(crate) fn routes() -> Router<Server> {
    Router::new()
        .route("/sign-in", get(sign_in_page).post(sign_in))
        .route("/first-run", get(first_run_page).post(first_run))
        .route("/public.css", get(style))
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    next: String,
    login: String,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "first_run.html")]
struct FirstRunPage {
    code: String,
    name: String,
    login: String,
    problem: Option<String>,
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
struct SignInForm {
    #[serde(default)]
    next: String,
    login: String,
    password: String,
}

#[derive(Deserialize)]
struct SetupCode {
    #[serde(default)]
    code: String,
}

#[derive(Deserialize)]
struct FirstRunForm {
    code: String,
    name: String,
    login: String,
    password: String,
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"))], STYLE)
        .into_response()
}

/// The sample desk signs in by itself; a desk without accounts asks for the first one.
async fn sign_in_page(
    State(server): State<Server>,
    jar: CookieJar,
    Query(Next { next }): Query<Next>,
) -> Result<Response, Failure> {
    if let Some(user) = server.options.demo_user {
        let fresh = server.app.sign_in_without_password(user).await?;
        let cookie = session_cookie(&server, fresh.token.expose_secret().to_owned());
        return Ok((jar.add(cookie), Redirect::to(&local(&next))).into_response());
    }
    if !server.app.has_accounts().await? {
        return Ok(Redirect::to("/first-run").into_response());
    }
    page(StatusCode::OK, &SignInPage { next: local(&next), login: String::new(), problem: None })
}

async fn sign_in(
    State(server): State<Server>,
    jar: CookieJar,
    headers: HeaderMap,
    Form(form): Form<SignInForm>,
) -> Result<Response, Failure> {
    refuse_foreign_forms(&headers)?;
    match server.app.sign_in(&form.login, SecretString::from(form.password)).await {
        Ok(fresh) => {
            let cookie = session_cookie(&server, fresh.token.expose_secret().to_owned());
            Ok((jar.add(cookie), Redirect::to(&local(&form.next))).into_response())
        }
        Err(AppError::Refused(refusal)) => {
            let status = crate::problem::status(refusal.code);
            let problem = Some(refusal.detail);
            page(status, &SignInPage { next: local(&form.next), login: form.login, problem })
        }
        Err(error) => Err(error.into()),
    }
}

async fn first_run_page(
    State(server): State<Server>,
    Query(SetupCode { code }): Query<SetupCode>,
) -> Result<Response, Failure> {
    if server.app.has_accounts().await? {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    let (name, login) = (String::new(), String::new());
    page(StatusCode::OK, &FirstRunPage { code, name, login, problem: None })
}

async fn first_run(
    State(server): State<Server>,
    jar: CookieJar,
    headers: HeaderMap,
    Form(form): Form<FirstRunForm>,
) -> Result<Response, Failure> {
    refuse_foreign_forms(&headers)?;
    let problem = match create_first_admin(&server, &form).await {
        Ok(user) => {
            let fresh = server.app.sign_in_without_password(user).await?;
            let cookie = session_cookie(&server, fresh.token.expose_secret().to_owned());
            return Ok((jar.add(cookie), Redirect::to("/")).into_response());
        }
        Err(AppError::Refused(refusal)) => refusal,
        Err(error) => return Err(error.into()),
    };
    let status = crate::problem::status(problem.code);
    let (code, name, login) = (form.code, form.name, form.login);
    page(status, &FirstRunPage { code, name, login, problem: Some(problem.detail) })
}

async fn create_first_admin(
    server: &Server,
    form: &FirstRunForm,
) -> Result<mainstay_app::account::UserId, AppError> {
    server.check_setup_code(&form.code)?;
    let draft = AccountDraft {
        login: form.login.clone(),
        name: form.name.clone(),
        role: Role::Admin,
        password: SecretString::from(form.password.clone()),
    };
    server.app.create_first_admin(draft, Origin::Ui).await
}

/// A form of another site must not sign anybody in: browsers name the origin of every POST.
fn refuse_foreign_forms(headers: &HeaderMap) -> Result<(), Failure> {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return Ok(()) };
    let origin_host = origin.parse::<Uri>().ok().and_then(|uri| Some(uri.authority()?.to_string()));
    if origin_host.as_deref() == text(header::HOST) {
        return Ok(());
    }
    Err(Failure::refused(Code::Forbidden, "the form comes from another site"))
}

/// Only a path of ours: never another site, never a scheme.
fn local(next: &str) -> String {
    let plain = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\r', '\n', '\t'])
        && !next.starts_with("/api/")
        && !next.starts_with("/sign-in");
    if plain { next.to_owned() } else { "/".to_owned() }
}

fn page(status: StatusCode, template: &impl Template) -> Result<Response, Failure> {
    let html = template.render().map_err(|_| AppError::internal("a page could not be rendered"))?;
    let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((status, headers, Html(html)).into_response())
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn after_signing_in_nobody_leaves_the_site() {
        for (next, leads) in [
            ("/cases/MS-1042?view=logs", "/cases/MS-1042?view=logs"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("javascript:alert(1)", "/"),
            ("", "/"),
        ] {
            assert_eq!(local(next), leads, "of {next:?}");
        }
    }
}
