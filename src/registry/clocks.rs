//! The clocks of hits: due times are rows, and a due row becomes a command of the registry's own.

use super::Clock;
use super::store::{Store, StoreError, statements as sql};
use super::tables;
use super::writer::Writer;
use crate::domain::ids::{CommandId, HitId};
use crate::domain::time::Moment;
use sha2::{Digest, Sha256};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// How often the table is looked at; a clock is late by this much at most.
const LOOK: Duration = Duration::from_secs(1);
/// Most hits taken at once.
const MOST: i64 = 100;

/// Starts the task that lets clocks strike.
pub fn start(store: Store, writer: Writer, clock: Clock, tasks: &TaskTracker, stop: &CancellationToken) {
    let stop = stop.clone();
    tasks.spawn(async move {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
            if let Err(error) = strike(&store, &writer, clock()).await {
                tracing::error!(%error, "clocks could not be read");
            }
        }
    });
}

async fn strike(store: &Store, writer: &Writer, now: Moment) -> Result<(), StoreError> {
    let mut tx = store.read().await?;
    let next = tx.row(sql::NEXT_DUE, []).await?.map_or(0, |row| row.int(0));
    if next == 0 || next > now.0 {
        return Ok(());
    }
    let due = tables::hits_due(&mut tx, now.0, MOST).await?;
    drop(tx);
    for stored in due {
        let hit = &stored.hit;
        writer.clock_due(derived(hit.id, hit.revision, hit.number), hit.id).await;
    }
    Ok(())
}

/// The id of a clock's command: the same for the same request of the same hit, so that it is
/// done once whichever process sees it first.
fn derived(hit: HitId, revision: u32, number: u8) -> CommandId {
    let digest = Sha256::digest(format!("due {hit} {revision} {number}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    CommandId(Uuid::new_v8(bytes))
}
