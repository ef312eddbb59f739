//! The log of who saw what: written before the answer leaves, many at a time.

use super::store::{Store, StoreError, Transaction, Value, statements as sql};
use crate::domain::disclose::Viewer;
use crate::domain::time::Moment;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long a note may wait for others to share its transaction.
const GATHER: Duration = Duration::from_millis(20);
/// Notes that may wait.
const QUEUE: usize = 1024;
/// Most notes in one transaction.
const MOST: usize = 512;

/// One look at something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub at: Moment,
    /// Who.
    pub viewer: Viewer,
    /// What kind of thing.
    pub what: &'static str,
    /// Which one.
    pub subject: String,
    /// Why.
    pub purpose: String,
    /// In which case.
    pub case: String,
    /// How many results there were.
    pub results: u32,
}

type Item = (Note, oneshot::Sender<bool>);

/// Where notes go.
#[derive(Debug, Clone)]
pub struct Reads {
    queue: mpsc::Sender<Item>,
}

impl Reads {
    /// Starts the task that writes notes.
    pub fn start(store: Store, tasks: &TaskTracker, stop: &CancellationToken) -> Self {
        let (queue, notes) = mpsc::channel(QUEUE);
        tasks.spawn(write(store, notes, stop.clone()));
        Self { queue }
    }

    /// Writes a note; returns whether it is on disk, without which nothing may be shown.
    pub async fn note(&self, note: Note) -> bool {
        let (done, written) = oneshot::channel();
        self.queue.try_send((note, done)).is_ok() && written.await.unwrap_or(false)
    }
}

async fn write(store: Store, mut notes: mpsc::Receiver<Item>, stop: CancellationToken) {
    loop {
        let first = tokio::select! {
            biased;
            note = notes.recv() => note,
            () = stop.cancelled() => None,
        };
        let Some(first) = first else { return };
        tokio::time::sleep(GATHER).await;
        let mut batch = vec![first];
        while batch.len() < MOST
            && let Ok(next) = notes.try_recv()
        {
            batch.push(next);
        }
        let written = save(&store, &batch).await;
        if let Err(error) = &written {
            tracing::error!(%error, notes = batch.len(), "the log of reads could not be written");
        }
        for (_, done) in batch {
            // A reader who has gone away needs no answer.
            let _ = done.send(written.is_ok());
        }
    }
}

async fn save(store: &Store, batch: &[Item]) -> Result<(), StoreError> {
    let mut tx = store.write().await?;
    save_all(&mut tx, batch.iter().map(|(note, _)| note)).await?;
    tx.commit().await
}

/// Writes notes within a transaction that is open already.
///
/// # Errors
/// The store failed.
pub async fn save_all(
    tx: &mut Transaction,
    notes: impl IntoIterator<Item = &Note>,
) -> Result<(), StoreError> {
    let row = |note: &Note| -> [Value; 8] {
        [
            note.at.0.into(),
            i64::try_from(note.viewer.officer.0).unwrap_or(i64::MAX).into(),
            note.viewer.party.agency.as_str().into(),
            note.what.into(),
            note.subject.as_str().into(),
            note.purpose.as_str().into(),
            note.case.as_str().into(),
            i64::from(note.results).into(),
        ]
    };
    tx.insert((sql::SAVE_READ, sql::SAVE_READS), notes.into_iter().map(row).collect()).await
}
