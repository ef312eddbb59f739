//! What goes out when, and what is on the disk before.

use super::{MOST_WAITING, Order, SendMessage};
use crate::client::backoff::Backoff;
use crate::client::fault::{Fault, Why};
use crate::client::ledger::{Kept, Ledger, Work};
use crate::client::line::Line;
use crate::client::outbox::Outbox;
use crate::domain::ids::CommandId;
use crate::domain::time::Moment;
use crate::wire::check::ChecksAnswer;
use crate::wire::command::CommandsAnswer;
use crate::wire::problem::{Problem, code};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::task::{AbortHandle, Id, JoinError, JoinSet, spawn_blocking};
use tokio::time::{Instant, sleep_until};

/// Requests at a time: one, and one beside it for a FLASH.
const MOST_REQUESTS: usize = 2;

/// What came of a request.
pub(super) type Ended = Result<Answers, Fault>;

/// Answers of one request.
pub(super) enum Answers {
    Commands(CommandsAnswer),
    Checks(ChecksAnswer),
    /// The registry can be reached.
    Reached,
}

/// The sender at work.
pub(super) struct Task {
    pub(super) line: Line,
    pub(super) outbox: Outbox,
    pub(super) ledger: Option<Ledger>,
    /// What was left on the disk and does not fit into the outbox yet.
    pub(super) later: VecDeque<Kept>,
    /// Taken, and not said to be queued yet.
    pub(super) queued: Vec<CommandId>,
    out: mpsc::Sender<SendMessage>,
    nudge: Arc<Notify>,
    pub(super) requests: JoinSet<Ended>,
    /// What each request carries, and since when; one that only asks whether anybody is there carries nothing.
    pub(super) carried: HashMap<Id, (Vec<CommandId>, Instant)>,
    /// Whether no connection stood when one was last wanted, or none is known to stand: what cannot
    /// leave is not marked as sent.
    pub(super) unreached: Arc<AtomicBool>,
    /// The question whether one stands by now.
    knock: Option<AbortHandle>,
    /// Whether it was said that the disk has failed.
    lost: bool,
}

/// Nobody listens any more.
pub(super) struct Deserted;

impl Task {
    /// A sender that goes on from what is on the disk.
    pub(super) fn new(
        line: Line,
        backoff: Backoff,
        ledger: Option<Ledger>,
        out: mpsc::Sender<SendMessage>,
        nudge: Arc<Notify>,
        unreached: Arc<AtomicBool>,
    ) -> Self {
        let left = ledger.iter().flat_map(Ledger::items).filter(|kept| kept.refused.is_none());
        let mut task = Self {
            later: left.cloned().collect(),
            line,
            outbox: Outbox::new(MOST_WAITING, backoff),
            ledger,
            queued: Vec::new(),
            out,
            nudge,
            requests: JoinSet::new(),
            carried: HashMap::new(),
            unreached,
            knock: None,
            lost: false,
        };
        task.fill();
        task
    }

    /// Takes in what was left on the disk, as far as there is room: several consoles that died can
    /// have left more than one may hold.
    fn fill(&mut self) {
        while let Some(kept) = self.later.front() {
            if self.outbox.push_work(kept.work.clone(), kept.sent.is_some()).is_err() {
                return;
            }
            self.later.pop_front();
        }
    }

    /// Sends until there is nobody to send for.
    pub(super) async fn run(mut self, mut inbox: mpsc::Receiver<Order>) {
        loop {
            self.fill();
            if self.depart().await.is_err() {
                return;
            }
            let wakes = self.outbox.wakes(Instant::now());
            let room = self.outbox.len() < MOST_WAITING;
            let nudge = Arc::clone(&self.nudge);
            // Answers first, since they make room; then commands; then the clock.
            let heard = tokio::select! {
                biased;
                Some(joined) = self.requests.join_next_with_id() => self.joined(joined).await,
                order = inbox.recv(), if room => match order {
                    None => return self.close().await,
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
                    // It may wait where nobody will ever answer.
                    if let Some(knock) = self.knock.take() {
                        knock.abort();
                    }
                    Ok(())
                }
                () = sleep_until(wakes.unwrap_or_else(Instant::now)), if wakes.is_some() => Ok(()),
            };
            if heard.is_err() {
                return;
            }
        }
    }

    /// A disk that has failed is asked once more at the end: what waits may be worth a lot.
    async fn close(self) {
        let Some(mut ledger) = self.ledger.filter(Ledger::is_broken) else { return };
        let mended = spawn_blocking(move || ledger.rewrite()).await;
        if !matches!(mended, Ok(Ok(()))) {
            tracing::warn!("the outbox could not be written at the end either");
        }
    }

    pub(super) async fn joined(&mut self, joined: Result<(Id, Ended), JoinError>) -> Result<(), Deserted> {
        let (id, ended) = match joined {
            Ok(joined) => joined,
            Err(given_up) if given_up.is_cancelled() => return Ok(()),
            // A fault of this program, and no reason to hold what the request carried for ever.
            Err(broken) => {
                let why = Why::Cut { said: broken.to_string() };
                (broken.id(), Err(Fault::Unknown { why }))
            }
        };
        let carried = self.carried.remove(&id);
        if let Some((ids, since)) = carried.as_ref().filter(|_| ended.is_ok()) {
            self.outbox.took(ids, since.elapsed());
        }
        self.ended(carried.map(|(ids, _)| ids).unwrap_or_default(), ended).await
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
            Order::Drop(id) => self.discard(id).await,
        }
    }

    /// Takes one out, on the disk first: what its file still holds goes out with the next start.
    pub(super) async fn discard(&mut self, id: CommandId) -> Result<(), Deserted> {
        let went = |kept: &Kept| kept.work.id() == id && kept.sent.is_some();
        if self.outbox.is_out(id) || self.later.iter().any(went) {
            return self.tell(SendMessage::StillOut { id }).await;
        }
        let discarded = self.ledger.as_mut().and_then(|ledger| ledger.discard(id));
        let kept = self.keep().await?;
        match (&mut self.ledger, discarded) {
            (Some(ledger), Some((at, item))) if !kept => {
                ledger.restore(at, item);
                self.tell(SendMessage::NotDropped { id }).await
            }
            (None, _) if !kept => self.tell(SendMessage::NotDropped { id }).await,
            _ => {
                self.outbox.withdraw(id);
                self.later.retain(|kept| kept.work.id() != id);
                self.queued.retain(|queued| *queued != id);
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
                self.knock();
                return Ok(());
            }
            self.tell(SendMessage::Sent { ids: ids.clone(), at }).await?;
            let line = self.line.clone();
            let request = self.requests.spawn(async move { ask(&line, work).await });
            self.carried.insert(request.id(), (ids, Instant::now()));
        }
    }

    /// What goes into the next request, if one may go now.
    fn batch(&mut self) -> Vec<Work> {
        // A FLASH goes beside a request under way, and does not wait to hear whether anybody is
        // there.
        let beside = self.unreached.load(Ordering::Relaxed) || !self.requests.is_empty();
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

    /// After an attempt for which no connection stood, asks whether one does before anything is
    /// marked as sent: until then the officer may take it back.
    fn knock(&mut self) {
        let unreached = self.unreached.load(Ordering::Relaxed);
        if unreached && self.requests.is_empty() && self.outbox.has_ready(Instant::now()) {
            let line = self.line.clone();
            let knock = self.requests.spawn(async move { line.answers().await.map(|()| Answers::Reached) });
            self.knock = Some(knock);
        }
    }

    /// Puts on the disk what was noted; returns whether all of it is there. A disk that fails is
    /// said once, and asked again when something new has to be kept: what waits is sent all the
    /// same.
    pub(super) async fn keep(&mut self) -> Result<bool, Deserted> {
        let Some(mut ledger) = self.ledger.take_if(|ledger| ledger.is_fresh()) else {
            return Ok(!self.lost);
        };
        let kept = spawn_blocking(move || {
            let kept = ledger.commit();
            (ledger, kept)
        });
        let said = match kept.await {
            Ok((ledger, kept)) => {
                self.ledger = Some(ledger);
                kept.err().map(|error| error.to_string())
            }
            Err(error) => Some(error.to_string()),
        };
        match said {
            None if std::mem::take(&mut self.lost) => self.tell(SendMessage::KeptAgain).await?,
            None => {}
            Some(said) if !self.lost => {
                self.lost = true;
                self.tell(SendMessage::NotKept { said }).await?;
            }
            Some(_) => {}
        }
        Ok(!self.lost)
    }

    pub(super) async fn tell(&self, message: SendMessage) -> Result<(), Deserted> {
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

pub(super) fn soon(wait: Duration) -> Moment {
    let now = Moment::of(jiff::Timestamp::now());
    Moment(now.0.saturating_add(i64::try_from(wait.as_micros()).unwrap_or(i64::MAX)))
}
