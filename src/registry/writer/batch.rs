//! One batch: matched before the lock, decided in one transaction, published after it.

use super::item::{self, Outcome};
use super::{Actor, Answer, Fate, Job, Parts, Work};
use crate::domain::time::Moment;
use crate::registry::feed::{Happened, Told};
use crate::registry::index::{Early, Snapshot, Staging};
use crate::registry::journal::{self, Head};
use crate::registry::store::{StoreError, Transaction, statements as sql};
use crate::registry::{reads, sight, tables};
use crate::wire::check::{Candidate, CheckAnswer};
use crate::wire::hit::HitBrief;
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
    /// The time of this batch.
    pub now: Moment,
    /// Who acts in the item at hand.
    pub actor: &'a Actor,
}

/// Settles a batch of jobs and answers each.
pub(super) async fn settle(parts: &Parts, jobs: Vec<Job>) {
    let now = (parts.clock)();
    let snapshot = parts.indexes.snapshot();
    let (jobs, early) = match_before(Arc::clone(&snapshot), jobs, now).await;
    let done = match tokio::time::timeout(DEADLINE, transact(parts, &snapshot, &jobs, early, now)).await {
        Ok(Ok(done)) => Some(done),
        Ok(Err(error)) => {
            tracing::error!(%error, "a batch could not be stored");
            None
        }
        Err(_) => {
            tracing::error!("a batch took too long; its outcome is not known");
            None
        }
    };
    let Some(outcomes) = done else {
        // What was staged is gone with the transaction; the store alone knows what holds.
        if let Err(error) = parts.indexes.reload(&parts.store).await {
            tracing::error!(%error, "the index could not be read again");
        }
        for job in jobs {
            let count = job.work.len();
            // The sender may have lost patience.
            let _ = job.reply.send(vec![Fate::Unknown; count]);
        }
        return;
    };
    answer(parts, jobs, outcomes, now).await;
}

/// Searches the published index for every item, outside the lock and off the runtime's threads.
async fn match_before(snapshot: Arc<Snapshot>, jobs: Vec<Job>, now: Moment) -> (Vec<Job>, Vec<Vec<Early>>) {
    let guns: Vec<Vec<Option<item::Sought>>> = jobs
        .iter()
        .map(|job| job.work.iter().map(|work| item::sought(work, &job.actor, now)).collect())
        .collect();
    let search = move || {
        guns.iter()
            .map(|list| list.iter().map(|gun| Early::search(&snapshot, gun.as_ref())).collect())
            .collect()
    };
    let early = tokio::task::spawn_blocking(search).await.unwrap_or_default();
    (jobs, early)
}

type Outcomes = Vec<Vec<Outcome>>;

async fn transact(
    parts: &Parts,
    snapshot: &Arc<Snapshot>,
    jobs: &[Job],
    mut early: Vec<Vec<Early>>,
    now: Moment,
) -> Result<Outcomes, StoreError> {
    let mut tx = parts.store.write().await?;
    let head = journal::lock(&mut tx).await?;
    let from = head.sequence;
    let mut staging = Staging::begin(Arc::clone(snapshot));
    if head.sequence > snapshot.head() {
        // Another process wrote since: what it wrote is part of what must be matched.
        for line in journal::after(&mut tx, snapshot.head()).await? {
            staging.follow(&mut tx, &line.event).await?;
        }
    }
    let mut desk = Desk { tx, head, staging, news: Vec::new(), now, actor: &Actor::Registry };
    let mut outcomes = Vec::with_capacity(jobs.len());
    for (at, job) in jobs.iter().enumerate() {
        desk.actor = &job.actor;
        let mut early = early.get_mut(at).map(std::mem::take).unwrap_or_default().into_iter();
        let mut list = Vec::with_capacity(job.work.len());
        for work in &job.work {
            let early = early
                .next()
                .unwrap_or_else(|| Early::search(snapshot, item::sought(work, &job.actor, now).as_ref()));
            list.push(in_savepoint(&mut desk, work, early).await?);
        }
        outcomes.push(list);
    }
    let Desk { tx, head, staging, news, .. } = desk;
    tx.commit().await?;
    match staging.finish(head.sequence) {
        Ok(snapshot) => parts.indexes.publish(snapshot),
        Err(error) => {
            tracing::error!(?error, "the index is read again");
            parts.indexes.reload(&parts.store).await?;
        }
    }
    if head.sequence > from {
        parts.feed.tell(Told { from, to: head.sequence, news });
    }
    Ok(outcomes)
}

/// Does one item; a refused or rehearsed one leaves nothing behind.
async fn in_savepoint(desk: &mut Desk<'_>, work: &Work, early: Early) -> Result<Outcome, StoreError> {
    desk.tx.run(sql::SAVEPOINT, []).await?;
    let head = desk.head.clone();
    let news = desk.news.len();
    let staged = work.is_rehearsal().then(|| desk.staging.clone());
    let outcome = item::settle(desk, work, early).await?;
    if !outcome.keeps() {
        desk.tx.run(sql::ROLLBACK_TO, []).await?;
        desk.head = head;
        desk.news.truncate(news);
        if let Some(staged) = staged {
            desk.staging = staged;
        }
    }
    desk.tx.run(sql::RELEASE, []).await?;
    Ok(outcome)
}

async fn answer(parts: &Parts, jobs: Vec<Job>, outcomes: Outcomes, now: Moment) {
    for (job, outcomes) in jobs.into_iter().zip(outcomes) {
        let mut fates = Vec::with_capacity(outcomes.len());
        for outcome in outcomes {
            fates.push(match outcome {
                Outcome::Done(done) => Fate::Done(Answer::Command(done)),
                Outcome::Refused(refusal) => Fate::Refused(refusal),
                Outcome::Checked(checked) => match check_answer(parts, &job.actor, *checked, now).await {
                    Ok(answer) => Fate::Done(Answer::Check(Box::new(answer))),
                    Err(error) => {
                        tracing::error!(%error, "a check was made and its answer could not be read");
                        Fate::Unknown
                    }
                },
            });
        }
        // The sender may have lost patience; the work is done all the same.
        let _ = job.reply.send(fates);
    }
}

/// Reads what a check's answer shows, outside the lock, through `disclose`.
async fn check_answer(
    parts: &Parts,
    actor: &Actor,
    checked: item::Checked,
    now: Moment,
) -> Result<CheckAnswer, StoreError> {
    let viewer = actor.viewer();
    let mut tx = parts.store.read().await?;
    let fits = sight::rarity(&mut tx, &checked.candidates, &viewer).await?;
    let limit = usize::from(checked.check.question.limit);
    let mut candidates = Vec::new();
    let mut more = 0u32;
    for found in checked.candidates {
        if candidates.len() == limit {
            more += 1;
            continue;
        }
        let Some(record) = tables::record(&mut tx, found.record).await? else { continue };
        if let Some((owner, shown)) = sight::candidate(&record, &viewer) {
            candidates.push(Candidate::new(found.record, owner, shown, found.evidence));
        }
    }
    let mut hits = Vec::new();
    for stored in tables::hits_of_check(&mut tx, checked.check.id).await? {
        let guns = sight::pair_guns(&mut tx, &stored.hit).await?;
        if sight::hit_row(&stored, &guns, &viewer).is_some() {
            hits.push(HitBrief { hit: stored.hit.id, record: stored.hit.record, band: stored.hit.band });
        }
    }
    Ok(CheckAnswer {
        check: checked.check.id,
        repeated: checked.repeated,
        searched: checked.searched,
        as_of: now,
        stands_until: checked.check.stands_until,
        fits,
        candidates,
        more,
        hits,
    })
}

/// Notes in the log of reads that a check was made and how much it found.
pub(super) async fn note_check(desk: &mut Desk<'_>, checked: &item::Checked) -> Result<(), StoreError> {
    let question = &checked.check.question;
    let note = reads::Note {
        at: desk.now,
        viewer: desk.actor.viewer(),
        what: "check",
        subject: checked.check.id.to_string(),
        purpose: question.purpose.as_str().to_owned(),
        case: question.case.as_str().to_owned(),
        results: u32::try_from(checked.candidates.len()).unwrap_or(u32::MAX),
    };
    reads::save_one(&mut desk.tx, &note).await
}
