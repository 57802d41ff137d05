//! A desk of its own for one test, and a browser that remembers its cookie.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use mainstay_app::account::AccountDraft;
use mainstay_app::request::Origin;
use mainstay_app::{App, Clock, Config, Identity, StoreUrl};
use mainstay_core::{Role, UtcMicros};
use mainstay_server::{Options, Server, router};
use secrecy::SecretString;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

pub const PASSWORD: &str = "correct horse battery";

pub struct Desk {
    pub app: App,
    pub router: Router,
    pub time: Arc<AtomicI64>,
    pub folder: TempDir,
}

/// One answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    /// Asserts that it is a problem with this status and code, in the one shape.
    pub fn is_problem(&self, status: u16, code: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["code"], code, "{}", self.text);
        assert_eq!(problem["status"], status);
        assert!(!problem["detail"].as_str().expect("a detail").is_empty());
    }
}

impl Desk {
    pub async fn new() -> Self {
        Self::with_reveal_key(None).await
    }

    /// A desk that keeps the way back from pseudonyms, if it has a key.
    pub async fn with_reveal_key(reveal_key: Option<Identity>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let start: UtcMicros = "2026-11-24T09:00:00Z".parse().expect("a time");
        let time = Arc::new(AtomicI64::new(start.0));
        let config = Config {
            store: StoreUrl::file(folder.path().join("mainstay.db")),
            data: folder.path().to_owned(),
            clock: Clock::Manual(time.clone()),
            reveal_key,
        };
        let app = App::open(config).await.expect("a desk");
        let hosts = vec!["localhost".to_owned()];
        let server = Server { app: app.clone(), options: Options { hosts, ..Options::default() } };
        Self { app, router: router(server), time, folder }
    }

    pub fn advance(&self, seconds: i64) {
        self.time.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }

    pub async fn add(&self, login: &str, role: Role) {
        let draft = AccountDraft {
            login: login.to_owned(),
            name: format!("The {role}"),
            role,
            password: SecretString::from(PASSWORD),
        };
        self.app.create_account_here(draft, Origin::Cli).await.expect("an account");
    }

    /// Asserts that no file of the data folder holds the value; how many there are.
    pub fn assert_nowhere(&self, value: &str) -> usize {
        let mut folders = vec![self.folder.path().to_owned()];
        let mut files = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                files += 1;
                let bytes = std::fs::read(&path).expect("a file");
                let found = bytes.windows(value.len()).any(|window| window == value.as_bytes());
                assert!(!found, "{value} is in {}", path.display());
            }
        }
        files
    }

    /// A browser that is signed in as a fresh person of this role.
    pub async fn browser(&self, role: Role) -> Browser<'_> {
        let login = format!("{role}-1");
        self.add(&login, role).await;
        let mut browser = Browser { desk: self, cookie: None, csrf: None };
        let answer = browser.sign_in(&login, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        browser
    }

    pub fn stranger(&self) -> Browser<'_> {
        Browser { desk: self, cookie: None, csrf: None }
    }
}

pub struct Browser<'d> {
    desk: &'d Desk,
    pub cookie: Option<String>,
    pub csrf: Option<String>,
}

impl Browser<'_> {
    pub async fn sign_in(&mut self, login: &str, password: &str) -> Answer {
        let body = serde_json::json!({ "login": login, "password": password });
        let answer = self.post("/session", &body).await;
        if let Some(cookie) = answer.headers.get(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie");
            self.cookie = cookie.split(';').next().map(str::to_owned);
            self.csrf = answer.json()["csrf_token"].as_str().map(str::to_owned);
        }
        answer
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, Body::empty(), &[]).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_with(path, body, &[]).await
    }

    pub async fn post_with(&self, path: &str, body: &Value, headers: &[(&str, &str)]) -> Answer {
        let mut all = vec![("content-type", "application/json")];
        all.extend(headers);
        self.send(Method::POST, path, Body::from(body.to_string()), &all).await
    }

    pub async fn send(
        &self,
        method: Method,
        path: &str,
        body: Body,
        headers: &[(&str, &str)],
    ) -> Answer {
        let response = self.ask(method, path, body, headers).await;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// The answer with its body still coming.
    pub async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Body,
        headers: &[(&str, &str)],
    ) -> axum::response::Response {
        let path =
            if path.starts_with("//") { path[1..].to_owned() } else { format!("/api/v1{path}") };
        let mut request = Request::builder().method(method).uri(path);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header(header::HOST, "localhost");
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(csrf) = &self.csrf
            && !headers.iter().any(|(name, _)| *name == "x-csrf-token")
        {
            request = request.header("x-csrf-token", csrf);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body).expect("a request");
        self.desk.router.clone().oneshot(request).await.expect("an answer")
    }

    pub async fn open_case(&self, subject: &str) -> String {
        let body = serde_json::json!({ "subject": subject, "severity": "P2" });
        let answer = self.post("/cases", &body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        answer.json()["number"].as_str().expect("a number").to_owned()
    }
}
