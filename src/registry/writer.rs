//! The one writer of a process: takes commands and checks, and makes each batch durable at once.
//!
//! Two bounded queues, people before bulk. A batch is what waits, up to 256 items; it is
//! matched before the lock against the index as published, then decided, journaled and
//! applied in one transaction, each item in a savepoint of its own, then published, told and
//! answered. A commit whose outcome is not known drops what was staged and reads the store
//! again; its senders are told so and repeat the same ids.

mod ahead;
mod answers;
mod batch;
mod item;
mod later;
mod news;
mod raise;
mod records;
mod told;

pub(super) use ahead::Sought;

use super::Clock;
use super::feed::Hub;
use super::index::{Indexes, Tidied};
use super::store::Store;
use crate::domain::agency::OfficeCommand;
use crate::domain::command::Envelope;
use crate::domain::context::Context;
use crate::domain::disclose::Viewer;
use crate::domain::ids::{CommandId, HitId};
use crate::domain::refusal::Refusal;
use crate::wire::MOST_ITEMS;
use crate::wire::check::{CheckAnswer, CheckItem};
use crate::wire::command::Done;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// Jobs that may wait in each queue.
const QUEUE: usize = 256;
/// Items above which a job is bulk and waits behind people.
const BULK: usize = 8;
/// Longest that a sender waits for an answer.
const PATIENCE: Duration = Duration::from_secs(25);

/// What became of an item.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate<T> {
    /// Done, and on disk.
    Done(T),
    /// Refused; nothing was stored.
    Refused(Refusal),
    /// Nobody knows.
    Unknown,
}

/// What the writer works on.
#[derive(Debug, Clone)]
enum Work {
    Command(Envelope),
    Check(CheckItem),
    Office(CommandId, OfficeCommand),
    Due(CommandId, HitId),
}

impl Work {
    /// Whether it is only to be decided and must leave nothing behind.
    fn is_rehearsal(&self) -> bool {
        matches!(self, Work::Command(envelope) if envelope.rehearse)
    }
}

/// The answer to one piece of work.
#[derive(Debug, Clone)]
enum Answer {
    Command(Done),
    Check(Box<CheckAnswer>),
}

/// Who acts.
#[derive(Debug, Clone)]
enum Actor {
    Officer(Viewer),
    Registry,
}

struct Job {
    actor: Actor,
    work: Vec<Work>,
    reply: oneshot::Sender<Vec<Fate<Answer>>>,
}

/// What the writer needs of the house.
#[derive(Clone)]
pub struct Parts {
    /// The store.
    pub store: Store,
    /// The published indexes.
    pub indexes: Arc<Indexes>,
    /// Where news go.
    pub feed: Hub,
    /// The time.
    pub clock: Clock,
    /// Whether it is for training.
    pub training: bool,
    /// Work that outlives a batch.
    pub tasks: TaskTracker,
}

/// Where work for the writer goes.
#[derive(Debug, Clone)]
pub struct Writer {
    people: mpsc::Sender<Job>,
    bulk: mpsc::Sender<Job>,
}

impl Writer {
    /// Starts the writer.
    pub fn start(parts: Parts, tasks: &TaskTracker, stop: &CancellationToken) -> Self {
        let (people, people_queue) = mpsc::channel(QUEUE);
        let (bulk, bulk_queue) = mpsc::channel(QUEUE);
        tasks.spawn(run(parts, people_queue, bulk_queue, stop.clone()));
        Self { people, bulk }
    }

    /// Does commands of an officer, in their order.
    pub async fn commands(&self, viewer: Viewer, commands: Vec<Envelope>) -> Vec<Fate<Done>> {
        let work = commands.into_iter().map(Work::Command).collect();
        let fates = self.send(Actor::Officer(viewer), work).await;
        fates.into_iter().map(as_done).collect()
    }

    /// Makes checks of an officer, in their order.
    pub async fn checks(&self, viewer: Viewer, checks: Vec<CheckItem>) -> Vec<Fate<CheckAnswer>> {
        let work = checks.into_iter().map(Work::Check).collect();
        let fates = self.send(Actor::Officer(viewer), work).await;
        fates
            .into_iter()
            .map(|fate| match fate {
                Fate::Done(Answer::Check(answer)) => Fate::Done(*answer),
                Fate::Done(Answer::Command(_)) | Fate::Unknown => Fate::Unknown,
                Fate::Refused(refusal) => Fate::Refused(refusal),
            })
            .collect()
    }

    /// Lets agencies and officers in; only from within the registry.
    pub async fn offices(&self, commands: Vec<OfficeCommand>) -> Vec<Fate<Done>> {
        let work =
            commands.into_iter().map(|command| Work::Office(CommandId(Uuid::now_v7()), command)).collect();
        self.send(Actor::Registry, work).await.into_iter().map(as_done).collect()
    }

    /// Lets the clock of a hit strike.
    pub async fn clock_due(&self, id: CommandId, hit: HitId) {
        self.send(Actor::Registry, vec![Work::Due(id, hit)]).await;
    }

    async fn send(&self, actor: Actor, work: Vec<Work>) -> Vec<Fate<Answer>> {
        let count = work.len();
        let queue = if count > BULK { &self.bulk } else { &self.people };
        let (reply, answer) = oneshot::channel();
        let sent = tokio::time::timeout(PATIENCE, async {
            queue.send(Job { actor, work, reply }).await.ok()?;
            answer.await.ok()
        });
        match sent.await {
            Ok(Some(fates)) => fates,
            _ => vec![Fate::Unknown; count],
        }
    }
}

fn as_done(fate: Fate<Answer>) -> Fate<Done> {
    match fate {
        Fate::Done(Answer::Command(done)) => Fate::Done(done),
        Fate::Done(Answer::Check(_)) | Fate::Unknown => Fate::Unknown,
        Fate::Refused(refusal) => Fate::Refused(refusal),
    }
}

async fn run(
    parts: Parts,
    mut people: mpsc::Receiver<Job>,
    mut bulk: mpsc::Receiver<Job>,
    stop: CancellationToken,
) {
    let (mut tidying, mut lookout) = (Tidying::default(), ahead::Lookout::default());
    loop {
        // People first: an officer with a gun in hand does not wait behind an import. Work
        // that has been taken in is finished before the registry stops.
        let first = tokio::select! {
            biased;
            Some(job) = people.recv() => job,
            Some(job) = bulk.recv() => job,
            () = stop.cancelled() => return,
        };
        let mut items = first.work.len();
        let mut jobs = vec![first];
        while items < MOST_ITEMS
            && let Ok(job) = people.try_recv()
        {
            items += job.work.len();
            jobs.push(job);
        }
        tidying.step(&parts.indexes).await;
        batch::settle(&parts, &mut lookout, jobs).await;
    }
}

/// The joining of the indexes' parts, which goes on beside the batches.
#[derive(Default)]
struct Tidying(Option<JoinHandle<Option<Tidied>>>);

impl Tidying {
    /// Takes in what has been joined, and begins anew; it never waits. Between two batches
    /// nothing is staged, so nothing that was becomes stale.
    async fn step(&mut self, indexes: &Indexes) {
        match &mut self.0 {
            Some(task) if !task.is_finished() => {}
            Some(task) => {
                if let Ok(Some(tidied)) = task.await {
                    indexes.publish(indexes.snapshot().adopt(tidied));
                }
                self.0 = None;
            }
            None => {
                let snapshot = indexes.snapshot();
                self.0 = Some(tokio::task::spawn_blocking(move || snapshot.tidied()));
            }
        }
    }
}

impl Actor {
    fn context(&self, now: crate::domain::time::Moment) -> Context {
        match self {
            Actor::Registry => Context::registry(now),
            Actor::Officer(viewer) => Context {
                officer: viewer.officer,
                party: viewer.party.clone(),
                role: viewer.role,
                by_registry: false,
                ..Context::registry(now)
            },
        }
    }

    fn viewer(&self) -> Viewer {
        let context = self.context(crate::domain::time::Moment(0));
        Viewer { officer: context.officer, party: context.party, role: context.role }
    }
}
