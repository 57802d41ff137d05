//! Who asks: the cookie of a browser or the token of a machine, and the proof that a browser's
//! write comes from our own page.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use mainstay_app::account::SignedIn;
use mainstay_app::request::{Origin, Request};
use mainstay_core::Code;

use crate::problem::Failure;
use crate::state::Server;

/// The header a browser's write must carry.
pub(crate) const CSRF_HEADER: &str = "x-csrf-token";
/// A client's own name for one write.
pub(crate) const KEY_HEADER: &str = "idempotency-key";
/// Longer keys are no keys.
const KEY_CHARACTERS_MAX: usize = 128;

/// The caller, signed in, with the request's idempotency key and expected version. Extracting it
/// from a write checks the CSRF token first.
pub(crate) struct Caller {
    pub signed_in: SignedIn,
    pub request: Request,
}

impl FromRequestParts<Server> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let signed_in = signed_in(&parts.headers, server)
            .await?
            .ok_or_else(|| Failure::refused(Code::Unauthenticated, "sign in first"))?;
        if is_write(&parts.method) && !csrf_fits(&parts.headers, &signed_in) {
            let detail = "the write does not carry the session's X-CSRF-Token; reload the page";
            return Err(Failure::refused(Code::Forbidden, detail));
        }
        let request = Request {
            actor: signed_in.actor(),
            origin: Origin::Ui,
            key: idempotency_key(&parts.headers)?,
            expected_version: expected_version(&parts.headers)?,
        };
        Ok(Self { signed_in, request })
    }
}

impl OptionalFromRequestParts<Server> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(
        parts: &mut Parts,
        server: &Server,
    ) -> Result<Option<Self>, Failure> {
        if signed_in(&parts.headers, server).await?.is_none() {
            return Ok(None);
        }
        <Self as FromRequestParts<Server>>::from_request_parts(parts, server).await.map(Some)
    }
}

async fn signed_in(headers: &HeaderMap, server: &Server) -> Result<Option<SignedIn>, Failure> {
    let jar = CookieJar::from_headers(headers);
    match jar.get(server.cookie_name()) {
        Some(cookie) => Ok(server.app.session(cookie.value()).await?),
        None => Ok(None),
    }
}

fn is_write(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD)
}

/// Compared by hash-sized constant-time equality: the token is 64 hex characters either way.
fn csrf_fits(headers: &HeaderMap, signed_in: &SignedIn) -> bool {
    let given = headers.get(CSRF_HEADER).map_or(&b""[..], |value| value.as_bytes());
    let expected = signed_in.csrf_token.as_bytes();
    let difference = given.iter().zip(expected).fold(0u8, |all, (a, b)| all | (a ^ b));
    given.len() == expected.len() && difference == 0
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Failure> {
    let Some(value) = headers.get(KEY_HEADER) else { return Ok(None) };
    let key = value.to_str().unwrap_or_default();
    let plain = key.bytes().all(|byte| byte.is_ascii_graphic());
    if key.is_empty() || key.len() > KEY_CHARACTERS_MAX || !plain {
        let detail = "Idempotency-Key must be 1 to 128 visible ASCII characters";
        return Err(Failure::refused(Code::Invalid, detail));
    }
    Ok(Some(key.to_owned()))
}

/// `If-Match: "7"`; `*` matches anything.
fn expected_version(headers: &HeaderMap) -> Result<Option<u64>, Failure> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let version = text.trim_start_matches("W/").trim_matches('"').parse();
    version
        .map(Some)
        .map_err(|_| Failure::refused(Code::Invalid, "If-Match must be an ETag this server gave"))
}

/// The cookie that carries a session.
pub(crate) fn session_cookie(server: &Server, token: String) -> Cookie<'static> {
    let mut cookie = Cookie::new(server.cookie_name(), token);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_path("/");
    cookie.set_secure(server.options.https);
    cookie
}

/// The cookie that takes it away.
pub(crate) fn removal_cookie(server: &Server) -> Cookie<'static> {
    let mut cookie = session_cookie(server, String::new());
    cookie.make_removal();
    cookie
}
