//! Live events (SSE): what was committed, with a cursor to resume from, and how far reading is.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use mainstay_app::live::{Follower, News, Stream as LogStream};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::dto::bundle::Progress;
use crate::dto::time;
use crate::present;
use crate::problem::{Failure, Problem};
use crate::session::Caller;
use crate::state::Server;

/// Proxies cut connections that are silent for a minute.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// The header a browser resumes with.
const LAST_EVENT_ID: &str = "last-event-id";

pub(crate) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(events))
}

/// Something was committed. It carries no content: the page asks for what it shows.
#[derive(Serialize)]
struct ChangeMessage {
    stream: String,
    kind: String,
    case_number: Option<String>,
    bundle_id: Option<String>,
    /// Who did it: a page knows its own changes by it.
    actor_id: String,
    at: String,
}

#[derive(Serialize)]
struct ProgressMessage {
    bundle_id: String,
    case_number: String,
    progress: Progress,
}

/// Live events; resume with `Last-Event-ID`
#[utoipa::path(get, path = "/events", operation_id = "follow_events", tag = "live",
    params(("Last-Event-ID" = Option<String>, Header)),
    responses((status = 200, content_type = "text/event-stream", body = String),
        (status = 400, body = Problem), (status = 401, body = Problem)))]
async fn events(
    State(server): State<Server>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    let after = headers.get(LAST_EVENT_ID).and_then(|value| value.to_str().ok());
    let follower = server.app.follow(&caller.request.actor, after).await?;
    Ok(Sse::new(messages(follower)).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

/// Ends when the desk closes or the store fails: the browser reconnects and resumes.
fn messages(follower: Follower) -> impl Stream<Item = Result<Event, Infallible>> {
    let batches = stream::unfold(follower, |mut follower| async {
        match follower.next().await {
            Ok(Some(news)) => Some((stream::iter(events_of(news).into_iter().map(Ok)), follower)),
            Ok(None) => None,
            Err(error) => {
                tracing::warn!(%error, "live events end early; the client will resume");
                None
            }
        }
    });
    futures_util::StreamExt::flatten(batches)
}

fn events_of(news: News) -> Vec<Event> {
    match news {
        News::Changes(changes) => changes
            .iter()
            .filter_map(|change| {
                let message = ChangeMessage {
                    stream: change.stream.to_string(),
                    kind: change.kind.clone(),
                    case_number: change.case_number.map(|number| number.to_string()),
                    bundle_id: match change.stream {
                        LogStream::Bundle(id) => Some(id.to_string()),
                        _ => None,
                    },
                    actor_id: change.actor.to_string(),
                    at: time(change.at),
                };
                let event = Event::default().event("change").id(change.cursor.to_string());
                event.json_data(message).ok()
            })
            .collect(),
        News::Step(step) => {
            let message = ProgressMessage {
                bundle_id: step.bundle.to_string(),
                case_number: step.case.to_string(),
                progress: present::progress(&step),
            };
            Event::default().event("progress").json_data(message).into_iter().collect()
        }
    }
}
