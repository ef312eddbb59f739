//! What waits is sent in its order, once, and not after it was taken back.

use super::*;
use crate::client::ledger::Work;
use crate::client::sender::task::Task;
use crate::domain::check::Question;
use crate::domain::evidence::Rarity;
use crate::domain::gun::Gun;
use crate::domain::ids::CheckId;
use crate::domain::time::Moment;
use crate::wire::check::{CheckAnswer, CheckItem, CheckOutcome, ChecksAnswer, ChecksRequest};

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

#[tokio::test]
async fn what_there_is_no_room_for_yet_is_dropped_for_good_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut left = ledger(&folder);
    let [sent, unsent] = [1, 2].map(|n| (MOST_WAITING + n) as u128);
    for n in 1..=unsent {
        let sent = (n == sent).then_some(Moment(7));
        left.write(Kept { sent, ..Kept::from(take(n)) });
    }
    left.commit().unwrap();
    let (out, mut messages) = mpsc::channel(8);
    let nobody = line("http://127.0.0.1:1");
    let mut task = Task::new(nobody, quick(), Some(left), out, Arc::default(), Arc::default());
    for n in [sent, unsent] {
        assert!(task.discard(id(n)).await.is_ok());
    }
    assert_eq!(next(&mut messages).await, SendMessage::StillOut { id: id(sent) });
    assert_eq!(next(&mut messages).await, SendMessage::Dropped { id: id(unsent) });
    let waits: Vec<CommandId> = task.later.iter().map(|kept| kept.work.id()).collect();
    assert_eq!(waits, [id(sent)]);
}
