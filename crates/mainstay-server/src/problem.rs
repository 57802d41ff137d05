//! One error shape for every route: `application/problem+json` with core's closed codes.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mainstay_app::AppError;
use mainstay_app::line::QueryError;
use mainstay_core::{Code, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

/// RFC 9457. `code` is one of a closed set; `detail` is a sentence for people.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// invalid, unauthenticated, forbidden, not_found, conflict, stale, key_reused, too_large,
    /// busy or internal
    pub code: String,
    pub detail: String,
    /// Of a query that is none: where it goes wrong
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<QueryProblem>,
}

/// Where a query goes wrong, in UTF-16 units of its text.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct QueryProblem {
    pub start: u32,
    pub end: u32,
    /// What to write instead
    pub suggestion: Option<String>,
}

/// What a handler answers when it does not answer.
#[derive(Debug)]
pub(crate) struct Failure(AppError, Option<QueryProblem>);

impl<E: Into<AppError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into(), None)
    }
}

impl Failure {
    /// A refusal by the edge itself: a bad header, a bad query.
    pub(crate) fn refused(code: Code, detail: impl Into<String>) -> Self {
        Self(AppError::Refused(Refusal::new(code, detail)), None)
    }

    /// A query that is none.
    pub(crate) fn query(text: &str, error: QueryError) -> Self {
        let units = |end: usize| {
            let text = &text[..text.floor_char_boundary(end)];
            u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
        };
        let place = QueryProblem {
            start: units(error.start),
            end: units(error.end),
            suggestion: error.suggestion,
        };
        Self(AppError::Refused(Refusal::new(Code::Invalid, error.message)), Some(place))
    }
}

/// The HTTP status of a code.
pub(crate) fn status(code: Code) -> StatusCode {
    match code {
        Code::Invalid => StatusCode::BAD_REQUEST,
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::Forbidden => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Conflict | Code::KeyReused => StatusCode::CONFLICT,
        Code::Stale => StatusCode::PRECONDITION_FAILED,
        Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let code = self.0.code();
        let detail = match &self.0 {
            AppError::Refused(refusal) => refusal.detail.clone(),
            inner => {
                log_internal(inner);
                "something went wrong on our side; the log has the cause".to_owned()
            }
        };
        respond_with(code, detail, self.1)
    }
}

/// The cause goes to the log, once, here; the client gets the code only.
fn log_internal(error: &AppError) {
    let mut causes = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        causes.push_str(": ");
        causes.push_str(&cause.to_string());
        source = cause.source();
    }
    tracing::error!(error.causes = causes, "a request failed on our side");
}

/// The problem document for a code.
pub(crate) fn respond(code: Code, detail: String) -> Response {
    respond_with(code, detail, None)
}

fn respond_with(code: Code, detail: String, query: Option<QueryProblem>) -> Response {
    let status = status(code);
    let problem = Problem {
        kind: "about:blank".to_owned(),
        title: status.canonical_reason().unwrap_or("error").to_owned(),
        status: status.as_u16(),
        code: code.to_string(),
        detail,
        query,
    };
    let body = serde_json::to_string(&problem).unwrap_or_default();
    let mut response = (status, body).into_response();
    let content_type = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    if code == Code::Busy {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}
