//! The web UI, embedded. Hashed names never change and are cached for ever; `index.html` is
//! checked every time. When the UI was not built, a page says which command builds it.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Assets;

const NOT_BUILT: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Mainstay</title>\
<h1>The web UI is not in this binary</h1><p>Build it with <code>make web</code>, then build the \
binary again. The API answers under <code>/api/v1</code>.</p></html>";

/// A file of the UI by its path.
pub(crate) async fn asset(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    match Assets::get(path) {
        Some(file) => {
            let kind = content_type(path);
            let mut response = Body::from(file.data.into_owned()).into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            headers.insert(
                header::CACHE_CONTROL,
                HeaderValue::from_static("public, max-age=31536000, immutable"),
            );
            response
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The page every screen starts from: the router in the browser reads the address.
pub(crate) async fn index() -> Response {
    let no_cache = [(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
    match Assets::get("index.html") {
        Some(file) => {
            let page = String::from_utf8_lossy(&file.data).into_owned();
            (no_cache, Html(page)).into_response()
        }
        None => (no_cache, Html(NOT_BUILT)).into_response(),
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}
