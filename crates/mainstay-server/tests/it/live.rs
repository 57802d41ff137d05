//! Live events: in the order of commits, and resumed where a client left.

use axum::body::{Body, BodyDataStream};
use axum::http::Method;
use futures_util::StreamExt;
use mainstay_core::Role;
use serde_json::json;

use crate::desk::{Browser, Desk};

pub(crate) struct Events {
    body: BodyDataStream,
    buffer: String,
}

impl Events {
    pub(crate) async fn open(browser: &Browser<'_>, last: Option<&str>) -> Self {
        let headers: Vec<(&str, &str)> = last.map(|id| ("last-event-id", id)).into_iter().collect();
        let response = browser.ask(Method::GET, "/events", Body::empty(), &headers).await;
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { body: response.into_body().into_data_stream(), buffer: String::new() }
    }

    /// The id and kind of the next change.
    pub(crate) async fn next(&mut self) -> (String, String) {
        loop {
            if let Some((event, rest)) = self.buffer.split_once("\n\n") {
                let event = event.to_owned();
                self.buffer = rest.to_owned();
                let field = |name: &str| {
                    event.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned)
                };
                let (Some(id), Some(data)) = (field("id: "), field("data: ")) else { continue };
                let data: serde_json::Value = serde_json::from_str(&data).expect("JSON");
                return (id, data["kind"].as_str().expect("a kind").to_owned());
            }
            let chunk = self.body.next().await.expect("more").expect("bytes");
            self.buffer.push_str(&String::from_utf8_lossy(&chunk));
        }
    }
}

#[tokio::test]
async fn a_client_resumes_where_it_left() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let mut events = Events::open(&browser, None).await;
    let number = browser.open_case("live").await;
    let (seen, kind) = events.next().await;
    assert_eq!(kind, "case.opened");
    drop(events);

    let note = json!({ "audience": "internal", "text": "while away" });
    browser.post(&format!("/cases/{number}/notes"), &note).await;
    let resolve = json!({ "resolution": "done" });
    browser.post(&format!("/cases/{number}/resolve"), &resolve).await;
    let mut events = Events::open(&browser, Some(&seen)).await;
    assert_eq!(events.next().await.1, "case.noted");
    assert_eq!(events.next().await.1, "case.resolved");
}

#[tokio::test]
async fn a_foreign_cursor_is_refused_and_closing_ends_the_stream() {
    let desk = Desk::new().await;
    let browser = desk.browser(Role::Senior).await;
    let headers = [("last-event-id", "nonsense")];
    let answer = browser.send(Method::GET, "/events", Body::empty(), &headers).await;
    answer.is_problem(400, "invalid");
    let mut events = Events::open(&browser, None).await;
    desk.app.stop();
    assert!(events.body.next().await.is_none(), "the stream ends when the desk stops");
}
