//! Notices what another process has written to the same store, or a commit that was given up.

use super::{Hub, Told};
use crate::registry::journal;
use crate::registry::store::{Store, StoreError};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How often the end of the journal is looked at, while anybody listens.
const LOOK: Duration = Duration::from_secs(2);
/// How long the writer of this process has to tell of a commit that is durable already.
const TELLING: Duration = Duration::from_millis(200);

/// Starts the task that looks at the end of the journal: one for all who listen.
pub(in crate::registry) fn start(hub: Hub, store: Store, tasks: &TaskTracker, stop: &CancellationToken) {
    let stop = stop.clone();
    tasks.spawn(async move {
        loop {
            let look = async {
                tokio::time::sleep(LOOK).await;
                untold(&hub, &store).await
            };
            match stop.run_until_cancelled(look).await {
                None => return,
                // Without news, and from where it ends: whoever stands before it reads the journal.
                Some(Ok(Some(head))) => hub.tell(Told { from: head, to: head, news: Vec::new() }),
                Some(Ok(None)) => {}
                Some(Err(error)) => tracing::error!(%error, "the end of the journal could not be read"),
            }
        }
    });
}

/// The end of the journal, when nobody has told of it and nobody will.
async fn untold(hub: &Hub, store: &Store) -> Result<Option<u64>, StoreError> {
    if !hub.has_listeners() {
        return Ok(None);
    }
    let head = journal::head(&mut store.read().await?).await?.sequence;
    if head <= hub.reached() {
        return Ok(None);
    }
    tokio::time::sleep(TELLING).await;
    Ok((head > hub.reached()).then_some(head))
}
