//! Builds both indexes from the store: one thread reads pages, all others make them ready.

use super::{Exclusions, Snapshot, Staging, prepared_record};
use crate::domain::check::Check;
use crate::domain::ids::{CheckId, RecordId};
use crate::domain::time::Moment;
use crate::matching::{Index, Run, Staged};
use crate::registry::journal;
use crate::registry::store::{Store, StoreError, Transaction};
use crate::registry::tables::{self, Listed};
use std::collections::VecDeque;
use std::hash::Hash;
use std::num::NonZero;
use std::sync::Arc;
use tokio::task::{JoinHandle, spawn_blocking};

/// Items read at once: some ten megabytes.
const PAGE: i64 = 1 << 14;

/// Reads the snapshot of the store's last state.
///
/// # Errors
/// The store failed, or holds what cannot be read.
pub(super) async fn read(store: &Store, now: Moment) -> Result<Snapshot, StoreError> {
    let mut tx = store.read().await?;
    let head = journal::head(&mut tx).await?.sequence;
    let empty = Snapshot {
        records: Index::default(),
        checks: Index::default(),
        exclusions: Arc::new(exclusions(&mut tx).await?),
        head,
    };
    let mut staging = Staging::begin(Arc::new(empty));
    records(&mut tx, &mut staging).await?;
    checks(&mut tx, &mut staging, now).await?;
    staging.finish(head).map_err(|_| failed("the index could not be built"))
}

fn failed(what: &str) -> StoreError {
    StoreError::Row { table: "records", what: what.into() }
}

async fn exclusions(tx: &mut Transaction) -> Result<Exclusions, StoreError> {
    let mut exclusions = Exclusions::new();
    for excluded in tables::exclusions(tx).await? {
        exclusions.entry(excluded.record).or_default().push((excluded.hit, excluded.gun, excluded.reason));
    }
    Ok(exclusions)
}

async fn records(tx: &mut Transaction, staging: &mut Staging) -> Result<(), StoreError> {
    let mut gathering: Gathering<RecordId> = Gathering::new();
    let mut after = String::new();
    while let Some(page) = tables::records_after(tx, &after, PAGE).await? {
        after.clone_from(&page.last);
        let exclusions = Arc::clone(&staging.exclusions);
        let gather = move |run: &mut Run<RecordId>| {
            page.each(|Listed { id, report, status }: Listed| {
                let (gun, when, closed) = (&report.gun, report.date, !status.is_open());
                match exclusions.get(&id).filter(|list| !list.is_empty()) {
                    Some(excluded) => run.insert(id, &prepared_record(gun, when, closed, excluded)),
                    None => run.insert_gun(id, gun, when, closed),
                }
            })
        };
        gathering.give(&mut staging.records, gather).await?;
    }
    gathering.finish(&mut staging.records).await
}

/// Checks that stand; the others find nothing any more.
async fn checks(tx: &mut Transaction, staging: &mut Staging, now: Moment) -> Result<(), StoreError> {
    let mut gathering: Gathering<CheckId> = Gathering::new();
    let mut after = 0u64;
    while let Some(page) = tables::standing_checks_after(tx, after, now, PAGE).await? {
        after = page.last;
        let gather = move |run: &mut Run<CheckId>| {
            page.each(|check: Check| {
                run.insert_gun(check.id, &check.question.gun, check.question.found, false);
            })
        };
        gathering.give(&mut staging.checks, gather).await?;
    }
    gathering.finish(&mut staging.checks).await
}

/// Pages that are made ready beside each other and put together in their order.
struct Gathering<K> {
    at_work: VecDeque<JoinHandle<Result<Gathered<K>, StoreError>>>,
    /// What worked on an earlier page and knows its makes and models.
    idle: Vec<Run<K>>,
    most: usize,
}

/// The guns of a page, and what has gathered them.
struct Gathered<K> {
    guns: Run<K>,
    by: Run<K>,
}

impl<K: Copy + Ord + Hash + Send + 'static> Gathering<K> {
    fn new() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        Self { at_work: VecDeque::new(), idle: Vec::new(), most: threads + 1 }
    }

    /// Has a page made ready, and waits for the first one when enough are at work.
    async fn give(
        &mut self,
        staged: &mut Staged<K>,
        gather: impl FnOnce(&mut Run<K>) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), StoreError> {
        if self.at_work.len() >= self.most {
            self.take(staged).await?;
        }
        let mut by = self.idle.pop().unwrap_or_default();
        self.at_work.push_back(spawn_blocking(move || {
            gather(&mut by)?;
            Ok(Gathered { guns: by.take(), by })
        }));
        Ok(())
    }

    /// Puts the first page behind those that are there.
    async fn take(&mut self, staged: &mut Staged<K>) -> Result<(), StoreError> {
        let Some(first) = self.at_work.pop_front() else { return Ok(()) };
        let Gathered { guns, by } = first.await.map_err(|_| failed("a page could not be made ready"))??;
        staged.append(guns);
        self.idle.push(by);
        Ok(())
    }

    async fn finish(mut self, staged: &mut Staged<K>) -> Result<(), StoreError> {
        while !self.at_work.is_empty() {
            self.take(staged).await?;
        }
        Ok(())
    }
}
