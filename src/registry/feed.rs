//! The live feed: what one viewer may learn of events, resumable by a cursor.
//!
//! The writer tells what each of its commits has brought, and from which sequence of the
//! journal to which. A subscriber that stands before that stretch reads what lies between from
//! the journal: it was written by another process, by a commit whose outcome was not known, or
//! told while the subscriber was slow. So nothing is lost and nothing comes twice.

mod behind;
mod disclosed;
mod subscription;
pub(super) mod watch;

pub use subscription::{Step, Subscription};

use super::sight::PairGuns;
use super::store::{Store, StoreError, statements as sql};
use super::tables::StoredHit;
use crate::domain::disclose::Viewer;
use crate::domain::hit::HitEvent;
use crate::domain::ids::{CountryCode, OfficerId, RecordId};
use crate::domain::record::Caveat;
use crate::wire::news::HitNews;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::broadcast;

/// Commits that a slow subscriber may be behind before it reads from the journal.
const BACKLOG: usize = 1024;
/// Seconds between heartbeats while something FLASH or URGENT is open.
pub const BEAT_URGENT: u32 = 15;
/// Seconds between heartbeats otherwise.
pub const BEAT: u32 = 60;

/// A hit as it stood when something happened, with its two guns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The hit.
    pub hit: StoredHit,
    /// Its guns, and what decides who may see it.
    pub guns: PairGuns,
}

/// What a line of the journal says, before it is known who may learn of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// Something happened to a hit.
    Hit {
        /// The line's sequence.
        sequence: u64,
        /// What.
        what: HitNews,
        /// By whom; nobody when the registry did it.
        by: Option<OfficerId>,
        /// Whose inside note it is, when it is one.
        inside: Option<CountryCode>,
        /// The hit after it.
        shown: Box<Shown>,
    },
    /// A record that has hits was amended.
    Record {
        /// The line's sequence.
        sequence: u64,
        /// The record.
        record: RecordId,
        /// Who might see what of it until then.
        before: Caveat,
        /// Its hits, with what it reports now.
        hits: Vec<Shown>,
    },
    /// The gun of a check that has hits was read anew.
    Check {
        /// The line's sequence.
        sequence: u64,
        /// Its hits, with the gun as it was read now.
        hits: Vec<Shown>,
    },
}

impl Happened {
    /// The sequence of its line in the journal.
    pub fn sequence(&self) -> u64 {
        match self {
            Happened::Hit { sequence, .. }
            | Happened::Record { sequence, .. }
            | Happened::Check { sequence, .. } => *sequence,
        }
    }
}

/// What a commit has brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What the journal ended with before it.
    pub from: u64,
    /// What it ends with now.
    pub to: u64,
    /// What subscribers have to be told of, in the journal's order.
    pub news: Vec<Happened>,
}

/// Where the writer tells what has happened.
#[derive(Debug, Clone)]
pub struct Hub {
    sender: broadcast::Sender<Arc<Told>>,
    reached: Arc<AtomicU64>,
}

impl Hub {
    /// A hub without listeners.
    pub fn new() -> Self {
        Self { sender: broadcast::Sender::new(BACKLOG), reached: Arc::default() }
    }

    /// Tells all listeners.
    pub fn tell(&self, told: Told) {
        self.reached.fetch_max(told.to, Ordering::SeqCst);
        // Nobody listening is no failure: the journal has it.
        let _ = self.sender.send(Arc::new(told));
    }

    /// How far the journal was told.
    fn reached(&self) -> u64 {
        self.reached.load(Ordering::SeqCst)
    }

    fn has_listeners(&self) -> bool {
        self.sender.receiver_count() > 0
    }

    fn listen(&self) -> broadcast::Receiver<Arc<Told>> {
        self.sender.subscribe()
    }
}

impl Default for Hub {
    fn default() -> Self {
        Self::new()
    }
}

/// What an event of a hit is in the feed.
pub fn what(event: &HitEvent) -> HitNews {
    match event {
        HitEvent::Raised { .. } => HitNews::Raised,
        HitEvent::Taken { .. } => HitNews::Taken,
        HitEvent::Asked { .. } => HitNews::Asked,
        HitEvent::Reminded { .. } => HitNews::Reminded,
        HitEvent::Escalated { .. } => HitNews::Escalated,
        HitEvent::Promised { .. } => HitNews::Promised,
        HitEvent::Settled { .. } | HitEvent::RecordSet { .. } => HitNews::Settled,
        HitEvent::Wrote { .. } => HitNews::Wrote,
    }
}

/// Who did it; nobody when the registry did.
pub fn by(event: &HitEvent) -> Option<OfficerId> {
    match event {
        // The finder's own question about a lead raises a hit in that officer's name.
        HitEvent::Raised { hit } => (hit.changed_by != OfficerId::REGISTRY).then_some(hit.changed_by),
        HitEvent::Reminded { .. } | HitEvent::Escalated { .. } => None,
        HitEvent::Taken { by, .. }
        | HitEvent::Asked { by, .. }
        | HitEvent::Promised { by, .. }
        | HitEvent::Settled { by, .. }
        | HitEvent::RecordSet { by, .. } => Some(*by),
        HitEvent::Wrote { message, .. } => Some(message.officer),
    }
}

/// Whose inside note an event is, when it is one.
pub fn inside(event: &HitEvent) -> Option<CountryCode> {
    match event {
        HitEvent::Wrote { message, .. } => message.inside.then_some(message.party.ncb),
        _ => None,
    }
}

/// Seconds until the next heartbeat: shorter while something urgent is open.
///
/// # Errors
/// The store failed.
pub async fn beat_seconds(store: &Store, viewer: &Viewer) -> Result<u32, StoreError> {
    let row = store.read().await?.row(sql::URGENT_OF, [viewer.party.ncb.as_str().into()]).await?;
    Ok(if row.is_some_and(|row| row.int(0) > 0) { BEAT_URGENT } else { BEAT })
}

#[cfg(test)]
mod tests;
