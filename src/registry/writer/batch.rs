//! One batch: matched before the lock, decided in one transaction, published after it.

use super::ahead::{Ahead, Lookout};
use super::item::{self, Outcome};
use super::later::Later;
use super::{Actor, Job, Parts, Work, answers, told};
use crate::domain::check::Question;
use crate::domain::refusal::Refusal;
use crate::domain::time::Moment;
use crate::registry::checks;
use crate::registry::feed::{Happened, Told};
use crate::registry::index::{Snapshot, Staging};
use crate::registry::journal::{self, Head};
use crate::registry::reads;
use crate::registry::store::{StoreError, Transaction};
use std::sync::Arc;
use std::time::Duration;

/// Longest that a transaction may take; past it nobody knows what became of it.
const DEADLINE: Duration = Duration::from_secs(15);

/// A transaction at work, with all that it will publish when it is durable.
pub(super) struct Desk<'a> {
    /// The store's transaction.
    pub tx: Transaction,
    /// What the journal ends with.
    pub head: Head,
    /// Index changes that nobody sees yet.
    pub staging: Staging,
    /// News that nobody has heard yet.
    pub news: Vec<Happened>,
    /// What is written at the end, all at once.
    pub later: Later,
    /// The time of this batch.
    pub now: Moment,
    /// Whether the registry is for training.
    pub training: bool,
    /// Who acts in the item at hand.
    pub actor: &'a Actor,
}

impl Desk<'_> {
    /// Hands out the next running number of a name.
    ///
    /// # Errors
    /// The store failed.
    pub(super) async fn next(&mut self, name: &str) -> Result<u64, StoreError> {
        self.later.counters.next(&mut self.tx, name).await
    }

    /// Reads at once what the work of the acting officer will ask for one by one.
    async fn look_ahead(&mut self, work: &[Work], ahead: &[Ahead]) -> Result<(), StoreError> {
        answers::look_for(self, work).await?;
        self.later.write_checks(&mut self.tx).await?;
        let places = ahead.iter().filter_map(|ahead| ahead.place.clone());
        self.later.standing = checks::standing_in(&mut self.tx, places).await?;
        Ok(())
    }

    /// Writes the checks that wait, for what comes may read them. The item at hand has not
    /// written yet: they are not its own, and stay if it is undone.
    ///
    /// # Errors
    /// The store failed.
    pub(super) async fn write_checks(&mut self) -> Result<(), StoreError> {
        self.tx.keep_item().await?;
        self.later.write_checks(&mut self.tx).await?;
        self.tx.begin_item();
        Ok(())
    }
}

/// Items of one actor, in their order.
#[derive(Clone, Copy)]
struct Task<'a> {
    actor: &'a Actor,
    work: &'a [Work],
}

/// Why a transaction came to nothing.
enum Failed {
    /// Nothing of it was stored.
    Before(StoreError),
    /// Nobody knows.
    Unknown,
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Failed::Before(error)
    }
}

/// Settles a batch of jobs and has each answered.
pub(super) async fn settle(parts: &Parts, lookout: &mut Lookout, jobs: Vec<Job>) {
    let now = (parts.clock)();
    // Who has lost patience asks again under the same ids.
    let jobs: Vec<Job> = jobs.into_iter().filter(|job| !job.reply.is_closed()).collect();
    let snapshot = parts.indexes.snapshot();
    let (jobs, ahead) = lookout.look(&snapshot, jobs).await;
    let tasks: Vec<Task> = jobs.iter().map(|job| Task { actor: &job.actor, work: &job.work }).collect();
    let outcomes = match attempt(parts, &snapshot, &tasks, ahead, now).await {
        Ok(outcomes) => outcomes,
        Err(Failed::Unknown) => tasks.iter().map(|task| vec![Outcome::Lost; task.work.len()]).collect(),
        Err(Failed::Before(error)) => {
            tracing::error!(%error, "a batch could not be stored; its items are tried one by one");
            one_by_one(parts, &tasks, now).await
        }
    };
    // Reading the answers takes no lock, so the next batch need not wait for it.
    parts.tasks.spawn(told::tell(parts.clone(), jobs, outcomes, now));
}

/// Does each item in a transaction of its own, so that the one that the store will not take
/// spoils no other.
async fn one_by_one(parts: &Parts, tasks: &[Task<'_>], now: Moment) -> Vec<Vec<Outcome>> {
    let mut outcomes = Vec::with_capacity(tasks.len());
    for task in tasks {
        let mut list = Vec::with_capacity(task.work.len());
        for work in task.work.chunks(1) {
            let snapshot = parts.indexes.snapshot();
            let alone = Task { work, ..*task };
            list.push(match attempt(parts, &snapshot, &[alone], Vec::new(), now).await {
                Ok(mut outcome) => outcome.pop().and_then(|mut o| o.pop()).unwrap_or(Outcome::Lost),
                Err(Failed::Unknown) => Outcome::Lost,
                Err(Failed::Before(error)) => {
                    tracing::error!(%error, "an item could not be stored");
                    Outcome::Refused(Refusal::NotStored)
                }
            });
        }
        outcomes.push(list);
    }
    outcomes
}

async fn attempt(
    parts: &Parts,
    snapshot: &Arc<Snapshot>,
    tasks: &[Task<'_>],
    ahead: Vec<Vec<Ahead>>,
    now: Moment,
) -> Result<Vec<Vec<Outcome>>, Failed> {
    match tokio::time::timeout(DEADLINE, transact(parts, snapshot, tasks, ahead, now)).await {
        Ok(result) => result,
        Err(_) => {
            tracing::error!("a batch took too long; its outcome is not known");
            Err(Failed::Unknown)
        }
    }
}

async fn transact(
    parts: &Parts,
    snapshot: &Arc<Snapshot>,
    tasks: &[Task<'_>],
    mut ahead: Vec<Vec<Ahead>>,
    now: Moment,
) -> Result<Vec<Vec<Outcome>>, Failed> {
    let mut tx = parts.store.write().await?;
    let head = journal::lock(&mut tx).await?;
    let from = head.sequence;
    let mut staging = Staging::begin(Arc::clone(snapshot));
    if head.sequence > snapshot.head() {
        // Another process wrote since, or a commit of ours whose outcome was not known did
        // hold: what it wrote is part of what must be matched.
        for line in journal::after(&mut tx, snapshot.head()).await? {
            staging.follow(&mut tx, &line.event, now).await?;
        }
    }
    let (news, later, training) = (Vec::new(), Later::default(), parts.training);
    let mut desk = Desk { tx, head, staging, news, later, now, training, actor: &Actor::Registry };
    let mut outcomes = Vec::with_capacity(tasks.len());
    for (at, task) in tasks.iter().enumerate() {
        desk.actor = task.actor;
        let mut ahead = ahead.get_mut(at).map(std::mem::take).unwrap_or_default();
        if ahead.len() != task.work.len() {
            ahead = Ahead::of_task(snapshot, task.actor, task.work);
        }
        desk.look_ahead(task.work, &ahead).await?;
        let mut list = Vec::with_capacity(task.work.len());
        for (work, ahead) in task.work.iter().zip(ahead) {
            list.push(in_savepoint(&mut desk, work, ahead).await?);
        }
        outcomes.push(list);
    }
    let Desk { mut tx, head, staging, news, later, .. } = desk;
    later.write(&mut tx, &head).await?;
    if let Err(error) = tx.commit().await {
        tracing::error!(%error, "it is not known whether a batch was stored");
        return Err(Failed::Unknown);
    }
    match staging.finish(head.sequence) {
        Ok(snapshot) => parts.indexes.publish(snapshot),
        Err(error) => tracing::error!(?error, "the index falls behind; the next batch reads what it lacks"),
    }
    if head.sequence > from {
        parts.feed.tell(Told { from, to: head.sequence, news });
    }
    Ok(outcomes)
}

/// Does one item; a refused or rehearsed one leaves nothing behind.
async fn in_savepoint(desk: &mut Desk<'_>, work: &Work, ahead: Ahead) -> Result<Outcome, StoreError> {
    desk.tx.begin_item();
    if !matches!(work, Work::Check(_)) {
        desk.write_checks().await?;
    }
    let place = desk.later.place(&desk.head);
    let news = desk.news.len();
    let staged = work.is_rehearsal().then(|| desk.staging.clone());
    let outcome = item::settle(desk, work, ahead).await?;
    if outcome.keeps() {
        desk.tx.keep_item().await?;
    } else {
        desk.tx.undo_item().await?;
        desk.head = desk.later.back(place);
        desk.news.truncate(news);
        if let Some(staged) = staged {
            desk.staging = staged;
        }
    }
    Ok(outcome)
}

/// Notes in the log of reads that a check was made and how much it found.
pub(super) fn note_check(desk: &mut Desk<'_>, question: &Question, checked: &item::Checked) {
    let note = note(desk, "check", checked.check.id.to_string(), question, checked.candidates.len());
    desk.later.notes.push(note);
}

/// A look of the acting officer, to be noted.
pub(super) fn note(
    desk: &Desk<'_>,
    what: &'static str,
    subject: String,
    question: &Question,
    results: usize,
) -> reads::Note {
    reads::Note {
        at: desk.now,
        viewer: desk.actor.viewer(),
        what,
        subject,
        purpose: question.purpose.as_str().to_owned(),
        case: question.case.as_str().to_owned(),
        results: u32::try_from(results).unwrap_or(u32::MAX),
    }
}
