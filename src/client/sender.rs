//! Sees commands through: in order, under the same id, until the registry has answered.

mod message;

pub use message::SendMessage;

use super::backoff::Backoff;
use super::fault::Fault;
use super::ledger::{Kept, Ledger, Work};
use super::line::Line;
use super::outbox::{Full, Outbox};
use crate::domain::ids::CommandId;
use crate::domain::time::Moment;
use crate::wire::check::ChecksAnswer;
use crate::wire::command::{CommandsAnswer, Outcome};
use crate::wire::problem::{Problem, code};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::task::{JoinHandle, JoinSet, spawn_blocking};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_util::sync::{CancellationToken, DropGuard};

/// Commands that may wait.
const MOST_WAITING: usize = 4096;
/// Messages that may wait for the console.
const MOST_MESSAGES: usize = 256;
/// Requests at a time: one, and one beside it for a FLASH.
const MOST_REQUESTS: usize = 2;

/// What the console wants of the sender.
#[derive(Debug)]
enum Order {
    Send(Box<Kept>),
    Drop(CommandId),
}

/// A running sender; it ends when this is dropped, and goes on from its outbox on disk with the
/// next one. Without such an outbox, what was not sent then is lost.
#[derive(Debug)]
pub struct Sender {
    orders: mpsc::Sender<Order>,
    nudge: Arc<Notify>,
    running: JoinHandle<()>,
    _stop: DropGuard,
}

impl Sender {
    /// Starts to send over `line`; what becomes of the commands comes out of the receiver.
    pub fn start(line: Line, backoff: Backoff) -> (Self, mpsc::Receiver<SendMessage>) {
        Self::resume(line, backoff, None)
    }

    /// Starts to send what waits in an outbox on disk, and writes there what comes.
    pub fn resume(
        line: Line,
        backoff: Backoff,
        ledger: Option<Ledger>,
    ) -> (Self, mpsc::Receiver<SendMessage>) {
        let (orders, inbox) = mpsc::channel(MOST_WAITING);
        let (out, messages) = mpsc::channel(MOST_MESSAGES);
        let nudge = Arc::new(Notify::new());
        let stop = CancellationToken::new();
        let mut outbox = Outbox::new(MOST_WAITING, backoff);
        for kept in ledger.iter().flat_map(Ledger::items).filter(|kept| kept.refused.is_none()) {
            // There were never more on the disk than fit in here.
            let _ = outbox.push_work(kept.work.clone(), kept.sent.is_some());
        }
        let requests = JoinSet::new();
        let queued = Vec::new();
        let task = Task { line, outbox, ledger, queued, out, nudge: Arc::clone(&nudge), requests };
        let stopped = stop.clone();
        let running = tokio::spawn(async move {
            stopped.run_until_cancelled(task.run(inbox)).await;
        });
        (Self { orders, nudge, running, _stop: stop.drop_guard() }, messages)
    }

    /// Takes a command to be sent; its id stays the same however often it has to go out.
    ///
    /// # Errors
    /// [`Full`]; the command was not taken.
    pub fn send(&self, kept: impl Into<Kept>) -> Result<(), Full> {
        self.orders.try_send(Order::Send(Box::new(kept.into()))).map_err(|_| Full)
    }

    /// Takes back what has never gone out, or takes away what was refused; [`SendMessage::Dropped`]
    /// says when it is gone for good. What may have been done stays.
    ///
    /// # Errors
    /// [`Full`]; it was not asked.
    pub fn withdraw(&self, id: CommandId) -> Result<(), Full> {
        self.orders.try_send(Order::Drop(id)).map_err(|_| Full)
    }

    /// Tries now instead of waiting for the next attempt.
    pub fn try_now(&self) {
        // A key that comes while nobody waits, because the disk is being written, counts too.
        self.nudge.notify_one();
    }

    /// Ends the sender once all that it was given is on the disk, at the latest after `most`.
    pub async fn finish(self, most: Duration) {
        let Self { orders, running, _stop, .. } = self;
        drop(orders);
        // A disk that takes longer than that would hold the officer's shell as well.
        let _ = timeout(most, running).await;
    }
}

/// A request that came to its end.
struct Ended {
    ids: Vec<CommandId>,
    answer: Result<Answers, Fault>,
}

enum Answers {
    Commands(CommandsAnswer),
    Checks(ChecksAnswer),
}

struct Task {
    line: Line,
    outbox: Outbox,
    ledger: Option<Ledger>,
    /// Taken, and not said to be queued yet.
    queued: Vec<CommandId>,
    out: mpsc::Sender<SendMessage>,
    nudge: Arc<Notify>,
    requests: JoinSet<Ended>,
}

/// Nobody listens any more.
struct Deserted;

impl Task {
    async fn run(mut self, mut inbox: mpsc::Receiver<Order>) {
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
                order = inbox.recv(), if room => match order {
                    None => return,
                    Some(order) => {
                        let mut heard = self.take(order).await;
                        while heard.is_ok()
                            && self.outbox.len() < MOST_WAITING
                            && let Ok(order) = inbox.try_recv()
                        {
                            heard = self.take(order).await;
                        }
                        heard
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

    async fn take(&mut self, order: Order) -> Result<(), Deserted> {
        match order {
            Order::Send(kept) => {
                let id = kept.work.id();
                if self.ledger.as_ref().is_some_and(|ledger| !ledger.has_room(&kept)) {
                    return self.tell(SendMessage::Refused { id, problem: Box::new(full()) }).await;
                }
                // There is room: the loop takes commands only while there is.
                let _ = self.outbox.push_work(kept.work.clone(), kept.sent.is_some());
                if let Some(ledger) = &mut self.ledger {
                    ledger.write(*kept);
                }
                self.queued.push(id);
                Ok(())
            }
            Order::Drop(id) => {
                let refused = self
                    .ledger
                    .as_ref()
                    .and_then(|ledger| ledger.get(id))
                    .is_some_and(|kept| kept.refused.is_some());
                if !refused && !self.outbox.withdraw(id) {
                    return Ok(());
                }
                if let Some(ledger) = &mut self.ledger {
                    ledger.discard(id);
                }
                self.keep().await?;
                self.tell(SendMessage::Dropped { id }).await
            }
        }
    }

    /// Puts on the disk what was taken and what is about to go out, and then sends what may go.
    async fn depart(&mut self) -> Result<(), Deserted> {
        loop {
            let work = self.batch();
            let ids: Vec<CommandId> = work.iter().map(Work::id).collect();
            let at = soon(Duration::ZERO);
            if let Some(ledger) = &mut self.ledger {
                ledger.sent(&ids, at);
            }
            self.keep().await?;
            let queued = std::mem::take(&mut self.queued);
            if !queued.is_empty() {
                self.tell(SendMessage::Queued { ids: queued }).await?;
            }
            if work.is_empty() {
                return Ok(());
            }
            self.tell(SendMessage::Sent { ids: ids.clone(), at }).await?;
            let line = self.line.clone();
            self.requests.spawn(async move { Ended { ids, answer: ask(&line, work).await } });
        }
    }

    /// What goes into the next request, if one may go now.
    fn batch(&mut self) -> Vec<Work> {
        let beside = !self.requests.is_empty();
        if self.requests.len() >= MOST_REQUESTS || (beside && !self.outbox.has_flash()) {
            return Vec::new();
        }
        let now = Instant::now();
        let commands = self.outbox.batch(now, beside);
        if commands.is_empty() && !beside {
            return self.outbox.checks(now).into_iter().map(Work::Check).collect();
        }
        commands.into_iter().map(Work::Command).collect()
    }

    /// Puts on the disk what was noted. A disk that fails is said and not asked again: what
    /// waits is sent all the same.
    async fn keep(&mut self) -> Result<(), Deserted> {
        let Some(mut ledger) = self.ledger.take_if(|ledger| ledger.is_fresh()) else { return Ok(()) };
        let kept = spawn_blocking(move || {
            let kept = ledger.commit();
            (ledger, kept)
        });
        let said = match kept.await {
            Ok((ledger, Ok(()))) => {
                self.ledger = Some(ledger);
                return Ok(());
            }
            Ok((_, Err(error))) => error.to_string(),
            Err(error) => error.to_string(),
        };
        self.tell(SendMessage::NotKept { said }).await
    }

    async fn ended(&mut self, Ended { ids, answer }: Ended) -> Result<(), Deserted> {
        let now = Instant::now();
        match answer {
            Ok(Answers::Commands(answer)) => self.answered(answer).await,
            Ok(Answers::Checks(answer)) => self.checked(answer).await,
            Err(Fault::Refused(problem)) if ids.len() == 1 => self.refused(ids[0], problem).await,
            Err(Fault::Refused(_)) => {
                self.outbox.part(&ids);
                Ok(())
            }
            Err(Fault::Unknown { .. } | Fault::Garbled { .. }) => {
                self.outbox.doubt(&ids);
                let next_try = soon(self.outbox.fail(&ids, None, now));
                self.tell(SendMessage::Unknown { ids, next_try }).await
            }
            Err(why @ (Fault::Unreachable { .. } | Fault::Busy { .. } | Fault::Unauthorised)) => {
                let next_try = soon(self.outbox.fail(&ids, why.again(), now));
                // Nothing of it left: what was queued before is queued again.
                let queued = self.outbox.unsent(&ids);
                if let Some(ledger) = &mut self.ledger {
                    ledger.unsent(&queued);
                }
                self.queued.extend(queued);
                self.tell(SendMessage::Waiting { ids, why, next_try }).await
            }
        }
    }

    async fn answered(&mut self, answer: CommandsAnswer) -> Result<(), Deserted> {
        for answer in answer.answers {
            let id = answer.id;
            match answer.outcome {
                Outcome::Done { result } => {
                    self.settle(id);
                    self.tell(SendMessage::Done { id, done: result }).await?;
                }
                Outcome::Refused { problem } => self.refused(id, Box::new(problem)).await?,
                Outcome::Unknown { .. } => self.unknown(id).await?,
            }
        }
        Ok(())
    }

    async fn checked(&mut self, answer: ChecksAnswer) -> Result<(), Deserted> {
        for answer in answer.answers {
            let id = answer.id;
            match answer.outcome {
                Outcome::Done { result } => {
                    self.settle(id);
                    self.tell(SendMessage::Checked { id, answer: Box::new(result) }).await?;
                }
                Outcome::Refused { problem } => self.refused(id, Box::new(problem)).await?,
                Outcome::Unknown { .. } => self.unknown(id).await?,
            }
        }
        Ok(())
    }

    async fn unknown(&mut self, id: CommandId) -> Result<(), Deserted> {
        let next_try = soon(self.outbox.hold(id, Instant::now()));
        self.tell(SendMessage::Unknown { ids: vec![id], next_try }).await
    }

    fn settle(&mut self, id: CommandId) {
        self.outbox.settle(id);
        if let Some(ledger) = &mut self.ledger {
            ledger.settle(id);
        }
    }

    /// One was refused: on the disk before anybody is told, so that it is told once.
    async fn refused(&mut self, id: CommandId, problem: Box<Problem>) -> Result<(), Deserted> {
        self.outbox.settle(id);
        if let Some(ledger) = &mut self.ledger {
            ledger.refuse(id, (*problem).clone(), soon(Duration::ZERO));
        }
        self.keep().await?;
        self.tell(SendMessage::Refused { id, problem }).await
    }

    async fn tell(&self, message: SendMessage) -> Result<(), Deserted> {
        self.out.send(message).await.map_err(|_| Deserted)
    }
}

/// Sends one batch, which is either all commands or all checks.
async fn ask(line: &Line, work: Vec<Work>) -> Result<Answers, Fault> {
    let (mut commands, mut checks) = (Vec::new(), Vec::new());
    for work in work {
        match work {
            Work::Command(envelope) => commands.push(envelope),
            Work::Check(item) => checks.push(item),
        }
    }
    if checks.is_empty() {
        line.commands(commands).await.map(Answers::Commands)
    } else {
        line.checks(checks).await.map(Answers::Checks)
    }
}

/// What is said of a command for which the outbox has no room.
fn full() -> Problem {
    let (detail, hint) = (String::new(), String::new());
    Problem { code: code::BUSY.into(), field: None, detail, hint, refusal: None }
}

fn soon(wait: Duration) -> Moment {
    let now = Moment::of(jiff::Timestamp::now());
    Moment(now.0.saturating_add(i64::try_from(wait.as_micros()).unwrap_or(i64::MAX)))
}

#[cfg(test)]
mod tests;
