//! What stands in front of every route: which host names are answered, and the headers that make
//! a browser the second wall.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use mainstay_core::Code;

use crate::problem;
use crate::state::Server;

/// No inline script or style, nothing from elsewhere, no framing.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Refuses a foreign `Host` (DNS rebinding) and puts the headers on every answer. A route that
/// sets a header of its own keeps it.
pub(crate) async fn guard(State(server): State<Server>, request: Request, next: Next) -> Response {
    let mut response = if host_is_ours(&server, &request) {
        next.run(request).await
    } else {
        let detail = "this server does not answer to that host name; see --public-url";
        problem::respond(Code::Forbidden, detail.to_owned())
    };
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

fn host_is_ours(server: &Server, request: &Request) -> bool {
    let Some(host) = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()) else {
        return false;
    };
    let name = without_port(host);
    server.options.hosts.iter().any(|ours| ours.eq_ignore_ascii_case(name))
}

/// `[::1]:7420` and `localhost:7420` without the port.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.is_empty() => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::without_port;

    #[test]
    fn a_host_is_compared_without_its_port() {
        for (host, name) in [
            ("localhost:7420", "localhost"),
            ("[::1]:7420", "[::1]"),
            ("[::1]", "[::1]"),
            ("desk.example.com", "desk.example.com"),
        ] {
            assert_eq!(without_port(host), name, "of {host}");
        }
    }
}
