//! What the tests of the sender share: a registry that does with each request as it is told.

mod failing;
mod order;

use super::*;
use crate::client::fake::{id, line, serve};
use crate::domain::command::{Command, Envelope};
use crate::domain::hit::HitCommand;
use crate::domain::ids::HitId;
use crate::wire::command::{CommandAnswer, CommandsAnswer, CommandsRequest, Done, Outcome};
use crate::wire::problem::{Problem, code};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use std::collections::VecDeque;
use std::sync::Mutex;
use tokio::time::timeout;

/// What the registry does with one request.
#[derive(Clone, Copy)]
enum Act {
    /// Does it and answers.
    Answer,
    /// Does it and answers too late.
    Late,
    /// Has too much to do.
    Busy,
    /// Says of each that it does not know.
    Unknown,
    /// Does not understand the request.
    Malformed,
}

#[derive(Clone)]
struct Registry {
    acts: Arc<Mutex<VecDeque<Act>>>,
    came: Arc<Mutex<Vec<Vec<CommandId>>>>,
}

fn problem(code: &str) -> Problem {
    let said = String::new();
    Problem { code: code.into(), field: None, detail: said.clone(), hint: said, refusal: None }
}

async fn commands(State(registry): State<Registry>, Json(request): Json<CommandsRequest>) -> Response {
    let ids: Vec<CommandId> = request.commands.iter().map(|command| command.id).collect();
    registry.came.lock().unwrap().push(ids.clone());
    let act = registry.acts.lock().unwrap().pop_front().unwrap_or(Act::Answer);
    let outcome = match act {
        Act::Busy => return (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "1")]).into_response(),
        Act::Malformed if ids.len() > 1 || ids[0] == id(13) => {
            return (StatusCode::UNPROCESSABLE_ENTITY, Json(problem(code::MALFORMED))).into_response();
        }
        Act::Late => {
            tokio::time::sleep(Duration::from_secs(3)).await;
            Outcome::Done { result: Done::default() }
        }
        Act::Unknown => Outcome::Unknown { problem: problem(code::UNKNOWN) },
        Act::Answer | Act::Malformed => Outcome::Done { result: Done::default() },
    };
    let answers = ids.into_iter().map(|id| CommandAnswer { id, outcome: outcome.clone() }).collect();
    Json(CommandsAnswer { answers }).into_response()
}

async fn start(acts: &[Act]) -> (Registry, Line) {
    let registry =
        Registry { acts: Arc::new(Mutex::new(acts.iter().copied().collect())), came: Arc::default() };
    let router = Router::new().route("/v1/commands", post(commands)).with_state(registry.clone());
    (registry, line(&serve(router).await))
}

fn take(n: u128) -> Envelope {
    let command = Command::Hit(HitCommand::Take { hit: HitId(n as u64), over: false });
    Envelope { id: id(n), command, rehearse: false }
}

fn quick() -> Backoff {
    Backoff::new(Duration::from_millis(20), Duration::from_millis(40))
}

async fn until_settled(messages: &mut mpsc::Receiver<SendMessage>, count: usize) -> Vec<SendMessage> {
    let mut came = Vec::new();
    let mut settled = 0;
    while settled < count {
        let message = timeout(Duration::from_secs(5), messages.recv()).await.unwrap().unwrap();
        settled += usize::from(matches!(message, SendMessage::Done { .. } | SendMessage::Refused { .. }));
        came.push(message);
    }
    came
}

/// An outbox on disk in a folder of its own.
fn ledger(folder: &tempfile::TempDir) -> Ledger {
    Ledger::open(&folder.path().join("outbox.1")).unwrap().0
}

async fn next(messages: &mut mpsc::Receiver<SendMessage>) -> SendMessage {
    timeout(Duration::from_secs(5), messages.recv()).await.unwrap().unwrap()
}

/// What comes until one of these is said, that one included.
async fn until(
    messages: &mut mpsc::Receiver<SendMessage>,
    last: impl Fn(&SendMessage) -> bool,
) -> Vec<SendMessage> {
    let mut came = vec![next(messages).await];
    while !came.last().is_some_and(&last) {
        came.push(next(messages).await);
    }
    came
}
