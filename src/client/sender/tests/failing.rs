//! A send that fails, by the line, by the registry or by the disk.

use super::*;
use crate::client::sender::task::Task;
use crate::client::{Deadlines, Fault, Token};
use crate::domain::hit::Priority;
use crate::domain::private::Private;
use tokio::time::Instant;

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
    let closed = || async { (StatusCode::UNAUTHORIZED, Json(problem(code::UNAUTHORISED))) };
    let closed = line(&serve(Router::new().route("/v1/commands", post(closed))).await);
    assert_eq!(closed.commands(vec![take(1)]).await, Err(Fault::Unauthorised));
    // Something between here and the registry wants a password of its own.
    let portal =
        line(&serve(Router::new().route("/v1/commands", post(|| async { StatusCode::UNAUTHORIZED }))).await);
    let said = portal.commands(vec![take(1)]).await;
    assert!(matches!(said, Err(Fault::Garbled { .. })), "{said:?}");
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
