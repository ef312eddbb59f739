use super::task::Task;
use super::*;
use crate::client::fake::{id, line, serve};
use crate::client::ledger::Work;
use crate::client::{Deadlines, Fault, Token};
use crate::domain::check::Question;
use crate::domain::command::{Command, Envelope};
use crate::domain::evidence::Rarity;
use crate::domain::gun::Gun;
use crate::domain::hit::HitCommand;
use crate::domain::hit::Priority;
use crate::domain::ids::CheckId;
use crate::domain::ids::HitId;
use crate::domain::private::Private;
use crate::domain::time::Moment;
use crate::wire::check::{CheckAnswer, CheckItem, CheckOutcome, ChecksAnswer, ChecksRequest};
use crate::wire::command::{CommandAnswer, CommandsAnswer, CommandsRequest, Done, Outcome};
use crate::wire::problem::{Problem, code};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use std::collections::VecDeque;
use std::sync::Mutex;
use tokio::time::{Instant, timeout};

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

#[tokio::test]
async fn a_late_answer_is_unknown_and_the_same_id_goes_out_again() {
    let (registry, line) = start(&[Act::Late]).await;
    assert!(matches!(line.commands(vec![take(1)]).await, Err(Fault::Unknown { .. })));
    registry.acts.lock().unwrap().push_back(Act::Late);
    let (sender, mut messages) = Sender::start(line, quick());
    sender.send(take(1)).unwrap();
    let came = until_settled(&mut messages, 1).await;
    assert!(matches!(came[2], SendMessage::Unknown { .. }), "{came:?}");
    assert_eq!(came.last(), Some(&SendMessage::Done { id: id(1), done: Done::default() }));
    assert!(registry.came.lock().unwrap().iter().all(|ids| *ids == [id(1)]));
}

#[tokio::test]
async fn a_busy_registry_is_left_alone_and_then_gets_all_in_order() {
    let (registry, line) = start(&[Act::Busy]).await;
    let (sender, mut messages) = Sender::start(line, quick());
    for n in 1..=5 {
        sender.send(take(n)).unwrap();
    }
    let began = Instant::now();
    let came = until_settled(&mut messages, 5).await;
    assert!(began.elapsed() >= Duration::from_secs(1));
    assert!(came.iter().any(|message| matches!(message, SendMessage::Waiting { .. })));
    let last = registry.came.lock().unwrap().last().cloned().unwrap();
    assert!(last.is_sorted() && last.ends_with(&[id(5)]), "{last:?}");
}

#[tokio::test]
async fn an_item_of_which_nobody_knows_goes_out_again() {
    let (registry, line) = start(&[Act::Unknown]).await;
    let (sender, mut messages) = Sender::start(line, quick());
    sender.send(take(1)).unwrap();
    until_settled(&mut messages, 1).await;
    assert_eq!(*registry.came.lock().unwrap(), [[id(1)], [id(1)]]);
}

#[tokio::test]
async fn one_that_is_not_understood_spoils_no_other() {
    let (_, line) = start(&[Act::Malformed; 20]).await;
    let (sender, mut messages) = Sender::start(line, quick());
    for n in [12, 13, 14] {
        sender.send(take(n)).unwrap();
    }
    let came = until_settled(&mut messages, 3).await;
    let refused: Vec<&SendMessage> =
        came.iter().filter(|message| matches!(message, SendMessage::Refused { .. })).collect();
    assert!(matches!(refused[..], [SendMessage::Refused { id: refused, .. }] if *refused == id(13)));
}

#[tokio::test]
async fn answers_to_other_questions_are_garbled() {
    let wrong = || async {
        let outcome = Outcome::Done { result: Done::default() };
        Json(CommandsAnswer { answers: vec![CommandAnswer { id: id(99), outcome }] })
    };
    let line = line(&serve(Router::new().route("/v1/commands", post(wrong))).await);
    assert!(matches!(line.commands(vec![take(1)]).await, Err(Fault::Garbled { .. })));
    let hits = line.hits().await;
    assert!(matches!(hits, Err(Fault::Garbled { .. })), "no problem in the body: {hits:?}");
}

#[tokio::test]
async fn a_token_that_nobody_has_is_unauthorised() {
    let problem = |code: &str| Problem {
        code: code.into(),
        field: None,
        detail: String::new(),
        hint: String::new(),
        refusal: None,
    };
    let closed = move || async move { (StatusCode::UNAUTHORIZED, Json(problem(code::UNAUTHORISED))) };
    let closed = line(&serve(Router::new().route("/v1/commands", post(closed))).await);
    assert_eq!(closed.commands(vec![take(1)]).await, Err(Fault::Unauthorised));
    // Something between here and the registry wants a password of its own.
    let portal =
        line(&serve(Router::new().route("/v1/commands", post(|| async { StatusCode::UNAUTHORIZED }))).await);
    let said = portal.commands(vec![take(1)]).await;
    assert!(matches!(said, Err(Fault::Garbled { .. })), "{said:?}");
}

/// An outbox on disk in a folder of its own.
fn ledger(folder: &tempfile::TempDir) -> Ledger {
    Ledger::open(&folder.path().join("outbox.1")).unwrap().0
}

#[tokio::test]
async fn what_a_console_wrote_that_died_goes_out_in_order_in_one_request_under_the_same_ids() {
    let folder = tempfile::tempdir().unwrap();
    let nobody = line("http://127.0.0.1:1");
    let (sender, mut messages) = Sender::resume(nobody, quick(), Some(ledger(&folder)));
    for n in 1..=10 {
        sender.send(take(n)).unwrap();
    }
    let mut queued = 0;
    while queued < 10 {
        match timeout(Duration::from_secs(5), messages.recv()).await.unwrap().unwrap() {
            SendMessage::Queued { ids } => queued += ids.len(),
            SendMessage::Sent { .. } | SendMessage::Waiting { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    // Said to be queued, and the console dies: no word of farewell.
    drop((sender, messages));
    let (registry, line) = start(&[]).await;
    let (_sender, mut messages) = Sender::resume(line, quick(), Some(ledger(&folder)));
    until_settled(&mut messages, 10).await;
    let all: Vec<CommandId> = (1..=10).map(id).collect();
    assert_eq!(*registry.came.lock().unwrap(), [all]);
}

#[tokio::test]
async fn what_was_answered_is_not_sent_by_the_next_console() {
    let folder = tempfile::tempdir().unwrap();
    let (registry, line) = start(&[]).await;
    let (sender, mut messages) = Sender::resume(line.clone(), quick(), Some(ledger(&folder)));
    sender.send(take(1)).unwrap();
    until_settled(&mut messages, 1).await;
    sender.finish(Duration::from_secs(5)).await;
    let (sender, mut messages) = Sender::resume(line, quick(), Some(ledger(&folder)));
    sender.send(take(2)).unwrap();
    until_settled(&mut messages, 1).await;
    assert_eq!(*registry.came.lock().unwrap(), [[id(1)], [id(2)]]);
}

#[tokio::test]
async fn what_was_refused_stays_until_the_officer_has_decided() {
    let folder = tempfile::tempdir().unwrap();
    let (registry, line) = start(&[Act::Malformed]).await;
    let (sender, mut messages) = Sender::resume(line.clone(), quick(), Some(ledger(&folder)));
    sender.send(take(13)).unwrap();
    until_settled(&mut messages, 1).await;
    drop((sender, messages));
    let kept = ledger(&folder);
    assert!(kept.get(id(13)).unwrap().refused.is_some());
    let (sender, mut messages) = Sender::resume(line, quick(), Some(kept));
    sender.withdraw(id(13)).unwrap();
    let dropped = timeout(Duration::from_secs(5), messages.recv()).await.unwrap();
    assert_eq!(dropped, Some(SendMessage::Dropped { id: id(13) }));
    assert_eq!(registry.came.lock().unwrap().len(), 1, "a refused one does not go out by itself");
    drop((sender, messages));
    assert!(ledger(&folder).items().is_empty());
}

#[tokio::test]
async fn what_has_never_gone_out_can_be_taken_back_and_what_has_cannot() {
    let folder = tempfile::tempdir().unwrap();
    let (registry, line) = start(&[Act::Late]).await;
    let (sender, mut messages) = Sender::resume(line, quick(), Some(ledger(&folder)));
    sender.send(take(1)).unwrap();
    while !matches!(messages.recv().await, Some(SendMessage::Sent { .. })) {}
    for n in [2, 3] {
        sender.send(take(n)).unwrap();
    }
    sender.withdraw(id(1)).unwrap();
    sender.withdraw(id(2)).unwrap();
    let came = until_settled(&mut messages, 2).await;
    let dropped: Vec<_> = came.iter().filter(|m| matches!(m, SendMessage::Dropped { .. })).collect();
    assert_eq!(dropped, [&SendMessage::Dropped { id: id(2) }]);
    assert!(registry.came.lock().unwrap().iter().flatten().all(|sent| *sent != id(2)));
}

#[tokio::test]
async fn a_check_that_went_out_before_it_came_here_is_not_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (sender, mut messages) = Sender::resume(line("http://127.0.0.1:1"), quick(), Some(ledger(&folder)));
    let went = Kept { sent: Some(Moment(7)), ..Kept::from(take(1)) };
    sender.send(went).unwrap();
    while !matches!(messages.recv().await, Some(SendMessage::Waiting { .. })) {}
    sender.withdraw(id(1)).unwrap();
    sender.send(take(2)).unwrap();
    loop {
        match timeout(Duration::from_secs(5), messages.recv()).await.unwrap().unwrap() {
            SendMessage::Queued { ids } if ids.contains(&id(2)) => break,
            SendMessage::Dropped { .. } => panic!("it may have been made"),
            _ => {}
        }
    }
    drop((sender, messages));
    assert_eq!(ledger(&folder).get(id(1)).and_then(|kept| kept.sent), Some(Moment(7)));
}

#[tokio::test]
async fn a_key_that_comes_while_the_disk_is_written_is_not_lost() {
    let (registry, line) = start(&[Act::Busy]).await;
    let folder = tempfile::tempdir().unwrap();
    let (ledger, ..) = Ledger::open(&folder.path().join("outbox.1")).unwrap();
    let minute = Duration::from_secs(60);
    let (sender, mut messages) = Sender::resume(line, Backoff::new(minute, minute), Some(ledger));
    sender.send(take(1)).unwrap();
    while !matches!(messages.recv().await, Some(SendMessage::Waiting { .. })) {}
    // The sender is told by the disk that nothing has gone out before it waits again.
    sender.try_now();
    until_settled(&mut messages, 1).await;
    assert_eq!(registry.came.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn an_answer_that_nobody_has_looked_at_is_asked_for_by_the_next_console() {
    let made = |Json(request): Json<ChecksRequest>| async move {
        let result = CheckAnswer {
            check: CheckId(1),
            repeated: false,
            searched: 7,
            as_of: Moment(7),
            stands_until: Moment(7),
            fits: Rarity::default(),
            candidates: vec![],
            more: 0,
            next: None,
            hits: vec![],
        };
        let answer = |item: &CheckItem| CheckOutcome {
            id: item.id,
            outcome: Outcome::Done { result: result.clone() },
        };
        Json(ChecksAnswer { answers: request.checks.iter().map(answer).collect() })
    };
    let line = line(&serve(Router::new().route("/v1/checks", post(made))).await);
    let (purpose, case) = ("SEIZURE".into(), "1/26".into());
    let gun = Gun::default();
    let question = Question { gun, purpose, case, found: None, stand_days: 90, limit: 10 };
    let work = Work::Check(CheckItem { id: id(1), question });
    let folder = tempfile::tempdir().unwrap();
    let (sender, mut messages) = Sender::resume(line.clone(), quick(), Some(ledger(&folder)));
    sender.send(Kept { work, ..Kept::from(take(1)) }).unwrap();
    let checked = |came: &SendMessage| matches!(came, SendMessage::Checked { .. });
    until(&mut messages, checked).await;
    drop((sender, messages));
    let (sender, mut messages) = Sender::resume(line, quick(), Some(ledger(&folder)));
    until(&mut messages, checked).await;
    sender.withdraw(id(1)).unwrap();
    assert_eq!(next(&mut messages).await, SendMessage::Dropped { id: id(1) });
    drop((sender, messages));
    assert!(ledger(&folder).items().is_empty());
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

#[tokio::test]
async fn what_the_disk_would_bring_back_is_not_said_to_be_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let mut full = ledger(&folder);
    full.write(take(1).into());
    full.commit().unwrap();
    full.break_off();
    // What is in the way of the file that would take its place.
    let way = folder.path().join("outbox.1.new");
    std::fs::create_dir(&way).unwrap();
    let (sender, mut messages) = Sender::resume(line("http://127.0.0.1:1"), quick(), Some(full));
    until(&mut messages, |came| matches!(came, SendMessage::Waiting { .. })).await;
    sender.withdraw(id(1)).unwrap();
    let ends =
        |came: &SendMessage| matches!(came, SendMessage::Dropped { .. } | SendMessage::NotDropped { .. });
    let came = until(&mut messages, ends).await;
    assert_eq!(came.last(), Some(&SendMessage::NotDropped { id: id(1) }));
    std::fs::remove_dir(&way).unwrap();
    sender.withdraw(id(1)).unwrap();
    let came = until(&mut messages, ends).await;
    assert!(came.contains(&SendMessage::KeptAgain), "{came:?}");
    assert_eq!(came.last(), Some(&SendMessage::Dropped { id: id(1) }));
    drop((sender, messages));
    assert!(ledger(&folder).items().is_empty());
}

#[tokio::test]
async fn what_was_refused_while_the_disk_failed_does_not_go_out_with_the_next_console() {
    let folder = tempfile::tempdir().unwrap();
    let mut full = ledger(&folder);
    full.write(take(13).into());
    full.commit().unwrap();
    full.break_off();
    let way = folder.path().join("outbox.1.new");
    std::fs::create_dir(&way).unwrap();
    let (_, line) = start(&[Act::Malformed]).await;
    let (sender, mut messages) = Sender::resume(line, quick(), Some(full));
    until_settled(&mut messages, 1).await;
    std::fs::remove_dir(&way).unwrap();
    sender.finish(Duration::from_secs(5)).await;
    assert!(ledger(&folder).get(id(13)).unwrap().refused.is_some());
}

#[tokio::test]
async fn what_cannot_leave_is_not_said_to_be_sent_and_can_be_taken_back() {
    let (sender, mut messages) = Sender::start(line("http://127.0.0.1:1"), quick());
    sender.send(take(1)).unwrap();
    let mut came = Vec::new();
    for _ in 0..4 {
        came.extend(until(&mut messages, |came| matches!(came, SendMessage::Waiting { .. })).await);
    }
    let sent = came.iter().filter(|came| matches!(came, SendMessage::Sent { .. })).count();
    assert_eq!(sent, 1, "{came:?}");
    // A FLASH does not wait to hear whether anybody is there.
    let (hit, reason) = (HitId(2), Private::new("officer in danger"));
    let ask = HitCommand::Ask { hit, revision: 1, priority: Priority::Flash, reason };
    sender.send(Envelope { id: id(2), command: Command::Hit(ask), rehearse: false }).unwrap();
    let is_sent = |came: &SendMessage| matches!(came, SendMessage::Sent { ids, .. } if *ids == [id(2)]);
    until(&mut messages, is_sent).await;
    sender.withdraw(id(1)).unwrap();
    until(&mut messages, |came| *came == SendMessage::Dropped { id: id(1) }).await;
}

#[tokio::test]
async fn what_is_written_while_the_line_is_known_to_be_down_is_queued_until_it_stands() {
    // Somebody takes connections, and says nothing on the first.
    let silent = Arc::new(AtomicBool::new(true));
    let (registry, _) = start(&[]).await;
    let mute = Arc::clone(&silent);
    let live = axum::routing::get(move || async move {
        if mute.swap(false, Ordering::Relaxed) {
            tokio::time::sleep(Duration::from_secs(60)).await;
        }
    });
    let router = Router::new().route("/live", live).route("/v1/commands", post(commands));
    let patient = Deadlines { answer: Duration::from_secs(60), ..*line("http://127.0.0.1:1").deadlines() };
    let url = serve(router.with_state(registry.clone())).await;
    let line = Line::new(&url, &Token::new("test").unwrap(), patient).unwrap();
    let (sender, mut messages) = Sender::start(line, quick());
    sender.stands(false);
    for n in [1, 2] {
        sender.send(take(n)).unwrap();
    }
    while silent.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    sender.withdraw(id(1)).unwrap();
    let came = until(&mut messages, |came| *came == SendMessage::Dropped { id: id(1) }).await;
    assert!(came.iter().all(|came| !matches!(came, SendMessage::Sent { .. })), "{came:?}");
    // The feed has got through: the question that hangs is not waited for.
    sender.stands(true);
    until_settled(&mut messages, 1).await;
    assert_eq!(*registry.came.lock().unwrap(), [[id(2)]]);
}

#[tokio::test]
async fn what_the_sender_holds_nothing_of_is_dropped() {
    let (_, line) = start(&[Act::Malformed]).await;
    let (sender, mut messages) = Sender::start(line, quick());
    sender.send(take(13)).unwrap();
    until_settled(&mut messages, 1).await;
    for n in [13, 14] {
        sender.withdraw(id(n)).unwrap();
        assert_eq!(next(&mut messages).await, SendMessage::Dropped { id: id(n) });
    }
}

#[tokio::test]
async fn a_request_that_broke_inside_holds_nothing_for_ever() {
    let (out, mut messages) = mpsc::channel(8);
    let nobody = line("http://127.0.0.1:1");
    let mut task = Task::new(nobody, quick(), None, out, Arc::default(), Arc::default());
    task.outbox.push(take(1)).unwrap();
    assert_eq!(task.outbox.batch(Instant::now(), false).len(), 1);
    let request = task.requests.spawn(async { panic!("as a test") });
    task.carried.insert(request.id(), (vec![id(1)], Instant::now()));
    let joined = task.requests.join_next_with_id().await.unwrap();
    assert!(task.joined(joined).await.is_ok());
    assert!(matches!(next(&mut messages).await, SendMessage::Unknown { ids, .. } if ids == [id(1)]));
    let later = Instant::now() + Duration::from_secs(1);
    assert_eq!(task.outbox.batch(later, false).len(), 1);
}

#[tokio::test]
async fn all_that_dead_consoles_left_goes_out_though_it_is_more_than_may_wait() {
    let folder = tempfile::tempdir().unwrap();
    let mut left = ledger(&folder);
    let many = MOST_WAITING + 100;
    for n in 1..=many {
        left.write(take(n as u128).into());
    }
    left.commit().unwrap();
    let (registry, line) = start(&[]).await;
    let (_sender, mut messages) = Sender::resume(line, quick(), Some(left));
    until_settled(&mut messages, many).await;
    let came: Vec<CommandId> = registry.came.lock().unwrap().iter().flatten().copied().collect();
    assert!(came.len() >= many && came.contains(&id(many as u128)));
}
