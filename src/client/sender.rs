//! Sees commands through: in order, under the same id, until the registry has answered.

mod message;
mod settle;
mod task;

pub use message::SendMessage;

use super::backoff::Backoff;
use super::ledger::{Kept, Ledger};
use super::line::Line;
use super::outbox::Full;
use crate::domain::ids::CommandId;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use task::Task;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::{CancellationToken, DropGuard};

/// Commands that may wait.
const MOST_WAITING: usize = 4096;
/// Messages that may wait for the console.
const MOST_MESSAGES: usize = 256;

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
    unreached: Arc<AtomicBool>,
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
        let unreached = Arc::new(AtomicBool::new(false));
        let task = Task::new(line, backoff, ledger, out, Arc::clone(&nudge), Arc::clone(&unreached));
        let stopped = stop.clone();
        let running = tokio::spawn(async move {
            stopped.run_until_cancelled(task.run(inbox)).await;
        });
        (Self { orders, nudge, unreached, running, _stop: stop.drop_guard() }, messages)
    }

    /// Takes a command to be sent; its id stays the same however often it has to go out.
    ///
    /// # Errors
    /// [`Full`]; the command was not taken.
    pub fn send(&self, kept: impl Into<Kept>) -> Result<(), Full> {
        self.orders.try_send(Order::Send(Box::new(kept.into()))).map_err(|_| Full)
    }

    /// Takes back what has never gone out, or takes away what was refused. Each is answered:
    /// [`SendMessage::Dropped`] says that it is gone for good, [`SendMessage::StillOut`] that it may
    /// have been done and stays, [`SendMessage::NotDropped`] that the disk fails.
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

    /// Notes what somebody else has found out about the line. While it does not stand, nothing but a
    /// FLASH is marked as sent before a connection does.
    pub fn stands(&self, stands: bool) {
        self.unreached.store(!stands, Ordering::Relaxed);
        if stands {
            self.try_now();
        }
    }

    /// Ends the sender once all that it was given is on the disk, at the latest after `most`.
    pub async fn finish(self, most: Duration) {
        let Self { orders, running, _stop, .. } = self;
        drop(orders);
        // A disk that takes longer than that would hold the officer's shell as well.
        let _ = timeout(most, running).await;
    }
}

#[cfg(test)]
mod tests;
