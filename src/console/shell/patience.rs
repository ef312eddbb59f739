//! How long a request may hang before the line is doubted: a registry that has stopped is silent
//! long before its heartbeats are missed.

use crate::client::Line;
use crate::console::message::Message;
use crate::console::state::line_status::LineStatus;
use crate::domain::ids::CommandId;
use crate::domain::time::Moment;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// Nobody waits longer without being told.
const LONGEST: Duration = Duration::from_secs(10);

/// Waits for an answer, and tells when it hangs. A timer of its own, from the request on; where a
/// long answer is coming in, nothing hangs.
pub(super) async fn answer<T>(request: impl Future<Output = T>, line: Line, out: mpsc::Sender<Message>) -> T {
    let mut request = std::pin::pin!(request);
    let doubt = hangs(&line, &out);
    tokio::select! {
        biased;
        answer = &mut request => return answer,
        () = doubt => {}
    }
    request.await
}

/// Returns once nothing has come for too long, and that is told.
async fn hangs(line: &Line, out: &mpsc::Sender<Message>) {
    let mut received = line.received();
    let mut since = now();
    loop {
        sleep(LONGEST).await;
        let by_now = line.received();
        if by_now == received {
            // A console that has ended wants to know nothing.
            let _ = out.send(Message::Line(LineStatus::Unanswered { since })).await;
            return;
        }
        (received, since) = (by_now, now());
    }
}

/// Commands that went out and are not answered; one timer for all of them.
#[derive(Debug, Default)]
pub(super) struct Awaited {
    ids: BTreeSet<CommandId>,
    timer: Option<JoinHandle<()>>,
}

impl Awaited {
    /// They went out.
    pub(super) fn sent(&mut self, ids: &[CommandId], line: &Line, out: &mpsc::Sender<Message>) {
        self.ids.extend(ids);
        let (line, out) = (line.clone(), out.clone());
        self.timer.get_or_insert_with(|| tokio::spawn(async move { hangs(&line, &out).await }));
    }

    /// They are awaited no more; says whether the line was doubted for their sake.
    pub(super) fn settled(&mut self, ids: &[CommandId]) -> bool {
        self.ids.retain(|id| !ids.contains(id));
        let doubted = self.timer.as_ref().is_some_and(JoinHandle::is_finished);
        if (self.ids.is_empty() || doubted)
            && let Some(timer) = self.timer.take()
        {
            timer.abort();
        }
        doubted
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        if let Some(timer) = &self.timer {
            timer.abort();
        }
    }
}

/// The time by this machine.
fn now() -> Moment {
    Moment::of(jiff::Timestamp::now())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::{Deadlines, Token};
    use uuid::Uuid;

    fn line() -> Line {
        Line::new("http://127.0.0.1:1", &Token::new("test").unwrap(), Deadlines::default()).unwrap()
    }

    fn is_doubt(message: &Option<Message>) -> bool {
        matches!(message, Some(Message::Line(LineStatus::Unanswered { .. })))
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_hangs_is_told_of_once_after_ten_seconds() {
        let (out, mut told) = mpsc::channel(4);
        let request = async {
            sleep(LONGEST * 3).await;
            7
        };
        let begun = tokio::time::Instant::now();
        let asked = tokio::spawn(answer(request, line(), out));
        assert!(is_doubt(&told.recv().await));
        assert_eq!(begun.elapsed(), LONGEST);
        assert_eq!(asked.await.unwrap(), 7);
        assert_eq!(told.recv().await, None, "and no more");
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_said_of_a_request_that_is_answered_in_time() {
        let (out, mut told) = mpsc::channel(4);
        assert_eq!(answer(async { 7 }, line(), out).await, 7);
        assert_eq!(told.recv().await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn commands_have_one_timer_that_ends_with_the_last_of_them() {
        let (out, mut told) = mpsc::channel(4);
        let mut awaited = Awaited::default();
        let [a, b] = [1, 2].map(|id| CommandId(Uuid::from_u128(id)));
        awaited.sent(&[a, b], &line(), &out);
        assert!(!awaited.settled(&[a]) && !awaited.settled(&[b]), "in time");
        sleep(LONGEST * 2).await;
        assert!(told.try_recv().is_err());
        awaited.sent(&[a], &line(), &out);
        assert!(is_doubt(&told.recv().await));
        tokio::task::yield_now().await;
        assert!(awaited.settled(&[a]), "the line may be called live again");
    }
}
