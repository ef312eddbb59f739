//! Sees commands through: in order, under the same id, until the registry has answered.

use super::backoff::Backoff;
use super::fault::Fault;
use super::line::Line;
use super::outbox::{Full, Outbox};
use crate::domain::command::Envelope;
use crate::domain::ids::CommandId;
use crate::domain::time::Moment;
use crate::wire::command::{CommandsAnswer, Done, Outcome};
use crate::wire::problem::Problem;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::{CancellationToken, DropGuard};

/// What becomes of commands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendMessage {
    /// They went out.
    Sent {
        /// Which.
        ids: Vec<CommandId>,
    },
    /// One is done and on the registry's disk.
    Done {
        /// Which.
        id: CommandId,
        /// What came of it.
        done: Done,
    },
    /// One was refused; nothing was stored.
    Refused {
        /// Which.
        id: CommandId,
        /// Why.
        problem: Box<Problem>,
    },
    /// Nobody knows whether they were done; they go out again under the same ids.
    Unknown {
        /// Which.
        ids: Vec<CommandId>,
        /// When they go out again.
        next_try: Moment,
    },
    /// Nothing goes out for now, and nothing was done.
    Waiting {
        /// Which.
        ids: Vec<CommandId>,
        /// Why.
        why: Fault,
        /// When it is tried again.
        next_try: Moment,
    },
}

/// Commands that may wait.
const MOST_WAITING: usize = 4096;
/// Messages that may wait for the console.
const MOST_MESSAGES: usize = 256;
/// Requests at a time: one, and one beside it for a FLASH.
const MOST_REQUESTS: usize = 2;

/// A running sender; it ends when this is dropped, and what was not sent then is lost.
#[derive(Debug)]
pub struct Sender {
    commands: mpsc::Sender<Envelope>,
    nudge: Arc<Notify>,
    _stop: DropGuard,
}

impl Sender {
    /// Starts to send over `line`; what becomes of the commands comes out of the receiver.
    pub fn start(line: Line, backoff: Backoff) -> (Self, mpsc::Receiver<SendMessage>) {
        let (commands, inbox) = mpsc::channel(MOST_WAITING);
        let (out, messages) = mpsc::channel(MOST_MESSAGES);
        let nudge = Arc::new(Notify::new());
        let stop = CancellationToken::new();
        let task = Task {
            line,
            outbox: Outbox::new(MOST_WAITING, backoff),
            out,
            nudge: Arc::clone(&nudge),
            requests: JoinSet::new(),
        };
        let stopped = stop.clone();
        tokio::spawn(async move { stopped.run_until_cancelled(task.run(inbox)).await });
        (Self { commands, nudge, _stop: stop.drop_guard() }, messages)
    }

    /// Takes a command to be sent; its id stays the same however often it has to go out.
    ///
    /// # Errors
    /// [`Full`]; the command was not taken.
    pub fn send(&self, envelope: Envelope) -> Result<(), Full> {
        self.commands.try_send(envelope).map_err(|_| Full)
    }

    /// Tries now instead of waiting for the next attempt.
    pub fn try_now(&self) {
        self.nudge.notify_waiters();
    }
}

/// A request that came to its end.
struct Ended {
    ids: Vec<CommandId>,
    answer: Result<CommandsAnswer, Fault>,
}

struct Task {
    line: Line,
    outbox: Outbox,
    out: mpsc::Sender<SendMessage>,
    nudge: Arc<Notify>,
    requests: JoinSet<Ended>,
}

/// Nobody listens any more.
struct Deserted;

impl Task {
    async fn run(mut self, mut inbox: mpsc::Receiver<Envelope>) {
        loop {
            if self.depart().await.is_err() {
                return;
            }
            let wakes = self.outbox.wakes(Instant::now());
            let room = self.outbox.len() < MOST_WAITING;
            let nudge = Arc::clone(&self.nudge);
            // Answers first, since they make room; then commands; then the clock.
            let heard = tokio::select! {
                biased;
                Some(Ok(ended)) = self.requests.join_next() => self.ended(ended).await,
                command = inbox.recv(), if room => match command {
                    None => return,
                    Some(command) => {
                        self.take(command);
                        while self.outbox.len() < MOST_WAITING && let Ok(command) = inbox.try_recv() {
                            self.take(command);
                        }
                        Ok(())
                    }
                },
                () = nudge.notified() => {
                    self.outbox.try_now();
                    Ok(())
                }
                () = sleep_until(wakes.unwrap_or_else(Instant::now)), if wakes.is_some() => Ok(()),
            };
            if heard.is_err() {
                return;
            }
        }
    }

    fn take(&mut self, command: Envelope) {
        // There is room: the loop takes commands only while there is.
        let _ = self.outbox.push(command);
    }

    /// Sends what may go.
    async fn depart(&mut self) -> Result<(), Deserted> {
        while self.requests.len() < MOST_REQUESTS {
            let beside = !self.requests.is_empty();
            if beside && !self.outbox.has_flash() {
                break;
            }
            let batch = self.outbox.batch(Instant::now(), beside);
            if batch.is_empty() {
                break;
            }
            let ids: Vec<CommandId> = batch.iter().map(|command| command.id).collect();
            self.tell(SendMessage::Sent { ids: ids.clone() }).await?;
            let line = self.line.clone();
            self.requests.spawn(async move { Ended { ids, answer: line.commands(batch).await } });
        }
        Ok(())
    }

    async fn ended(&mut self, Ended { ids, answer }: Ended) -> Result<(), Deserted> {
        let now = Instant::now();
        match answer {
            Ok(answer) => self.answered(answer).await,
            Err(Fault::Refused(problem)) if ids.len() == 1 => self.refused(ids[0], problem).await,
            Err(Fault::Refused(_)) => {
                self.outbox.part(&ids);
                Ok(())
            }
            Err(Fault::Unknown { .. } | Fault::Garbled { .. }) => {
                let next_try = soon(self.outbox.fail(&ids, None, now));
                self.tell(SendMessage::Unknown { ids, next_try }).await
            }
            Err(why @ (Fault::Unreachable { .. } | Fault::Busy { .. } | Fault::Unauthorised)) => {
                let next_try = soon(self.outbox.fail(&ids, why.again(), now));
                self.tell(SendMessage::Waiting { ids, why, next_try }).await
            }
        }
    }

    async fn answered(&mut self, answer: CommandsAnswer) -> Result<(), Deserted> {
        for answer in answer.answers {
            let id = answer.id;
            match answer.outcome {
                Outcome::Done { result } => {
                    self.outbox.settle(id);
                    self.tell(SendMessage::Done { id, done: result }).await?;
                }
                Outcome::Refused { problem } => self.refused(id, Box::new(problem)).await?,
                Outcome::Unknown { .. } => {
                    let next_try = soon(self.outbox.hold(id, Instant::now()));
                    self.tell(SendMessage::Unknown { ids: vec![id], next_try }).await?;
                }
            }
        }
        Ok(())
    }

    async fn refused(&mut self, id: CommandId, problem: Box<Problem>) -> Result<(), Deserted> {
        self.outbox.settle(id);
        self.tell(SendMessage::Refused { id, problem }).await
    }

    async fn tell(&self, message: SendMessage) -> Result<(), Deserted> {
        self.out.send(message).await.map_err(|_| Deserted)
    }
}

fn soon(wait: Duration) -> Moment {
    let now = Moment::of(jiff::Timestamp::now());
    Moment(now.0.saturating_add(i64::try_from(wait.as_micros()).unwrap_or(i64::MAX)))
}

#[cfg(test)]
mod tests;
