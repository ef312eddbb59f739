//! The live feed: what one viewer may learn of events, resumable by a cursor.
//!
//! A subscriber first listens, then reads from the journal what came after its cursor, then
//! takes what was heard meanwhile: nothing is lost and nothing comes twice. One that falls
//! behind reads from the journal again.

use super::sight::{self, PairGuns};
use super::store::{Store, StoreError};
use super::{journal, tables};
use crate::domain::disclose::Viewer;
use crate::domain::event::Event;
use crate::domain::hit::{HitEvent, Phase, Priority};
use crate::domain::ids::{HitId, OfficerId};
use crate::registry::tables::StoredHit;
use crate::wire::news::{Cursor, HitNews, News};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::broadcast;

/// News that a slow subscriber may be behind before it reads from the journal.
const BACKLOG: usize = 1024;
/// Seconds between heartbeats while something FLASH or URGENT is open.
pub const BEAT_URGENT: u32 = 15;
/// Seconds between heartbeats otherwise.
pub const BEAT: u32 = 60;

/// What has happened to a hit, before it is known who may learn of it.
#[derive(Debug, Clone)]
pub struct Happened {
    /// The journal's sequence.
    pub sequence: u64,
    /// What.
    pub what: HitNews,
    /// By whom; nobody when the registry's clock did it.
    pub by: Option<OfficerId>,
    /// The hit as it stands.
    pub hit: StoredHit,
    /// Its two guns.
    pub guns: PairGuns,
    /// Whether what was written is an inside note.
    pub inside: bool,
}

/// Where the writer tells what has happened.
#[derive(Debug, Clone)]
pub struct Hub {
    sender: broadcast::Sender<Arc<Happened>>,
}

impl Hub {
    /// A hub without listeners.
    pub fn new() -> Self {
        Self { sender: broadcast::Sender::new(BACKLOG) }
    }

    /// Tells all listeners.
    pub fn tell(&self, happened: Happened) {
        // Nobody listening is no failure: the journal has it.
        let _ = self.sender.send(Arc::new(happened));
    }
}

impl Default for Hub {
    fn default() -> Self {
        Self::new()
    }
}

/// One viewer's place in the feed.
#[derive(Debug)]
pub struct Subscription {
    viewer: Viewer,
    cursor: Cursor,
    heard: broadcast::Receiver<Arc<Happened>>,
    store: Store,
    waiting: std::collections::VecDeque<News>,
}

impl Subscription {
    /// Listens from a cursor on; without one, from now on.
    ///
    /// A cursor of another epoch, or ahead of the journal, is answered with a reset.
    ///
    /// # Errors
    /// The store failed.
    pub async fn open(
        hub: &Hub,
        store: Store,
        viewer: Viewer,
        epoch: u32,
        after: Option<Cursor>,
    ) -> Result<Self, StoreError> {
        let heard = hub.sender.subscribe();
        let head = journal::head(&mut store.read().await?).await?.sequence;
        let now = Cursor { epoch, sequence: head };
        let mut subscription =
            Self { viewer, cursor: now, heard, store, waiting: std::collections::VecDeque::new() };
        match after {
            Some(after) if after.epoch != epoch || after.sequence > head => {
                subscription.waiting.push_back(News::Reset);
            }
            Some(after) => {
                subscription.cursor = after;
                subscription.catch_up().await?;
            }
            None => {}
        }
        Ok(subscription)
    }

    /// Where the feed stands for this viewer: all up to here has been handed out.
    pub fn cursor(&self) -> Cursor {
        match self.waiting.front() {
            Some(News::Hit { cursor, .. } | News::Withdraw { cursor, .. }) => {
                Cursor { sequence: cursor.sequence.saturating_sub(1), ..*cursor }
            }
            _ => self.cursor,
        }
    }

    /// The next news, as soon as there is any.
    ///
    /// # Errors
    /// The store failed, or the registry stops.
    pub async fn next(&mut self) -> Result<Option<News>, StoreError> {
        loop {
            if let Some(news) = self.waiting.pop_front() {
                return Ok(Some(news));
            }
            match self.heard.recv().await {
                Ok(happened) if happened.sequence <= self.cursor.sequence => {}
                Ok(happened) => {
                    self.cursor.sequence = happened.sequence;
                    let news = self.news(&happened);
                    self.waiting.extend(news);
                }
                Err(broadcast::error::RecvError::Lagged(_)) => self.catch_up().await?,
                Err(broadcast::error::RecvError::Closed) => return Ok(None),
            }
        }
    }

    /// News that wait already, without waiting for more.
    pub fn ready(&mut self) -> Vec<News> {
        while let Ok(happened) = self.heard.try_recv() {
            if happened.sequence > self.cursor.sequence {
                self.cursor.sequence = happened.sequence;
                let news = self.news(&happened);
                self.waiting.extend(news);
            }
        }
        self.waiting.drain(..).collect()
    }

    fn news(&self, happened: &Happened) -> Option<News> {
        let stays_inside = happened.inside && happened.by_other_ncb(&self.viewer);
        let row = sight::hit_row(&happened.hit, &happened.guns, &self.viewer)?;
        (!stays_inside).then(|| News::Hit {
            cursor: Cursor { sequence: happened.sequence, ..self.cursor },
            what: happened.what,
            by: happened.by,
            row: Box::new(row),
        })
    }

    /// Reads what the journal has after the cursor: each hit once, as it stands now.
    async fn catch_up(&mut self) -> Result<(), StoreError> {
        let mut tx = self.store.read().await?;
        let lines = journal::after(&mut tx, self.cursor.sequence).await?;
        let mut last: BTreeMap<HitId, u64> = BTreeMap::new();
        for line in &lines {
            self.cursor.sequence = line.sequence;
            if let Event::Hit(event) = &line.event {
                last.insert(event.hit(), line.sequence);
            }
        }
        let mut changed: Vec<(u64, HitId)> =
            last.into_iter().map(|(hit, sequence)| (sequence, hit)).collect();
        changed.sort_unstable();
        for (sequence, id) in changed {
            let Some(hit) = tables::hit(&mut tx, id).await? else { continue };
            if hit.hit.side(self.viewer.party.ncb).is_none() {
                continue;
            }
            let guns = sight::pair_guns(&mut tx, &hit.hit).await?;
            if let Some(row) = sight::hit_row(&hit, &guns, &self.viewer) {
                self.waiting.push_back(News::Hit {
                    cursor: Cursor { sequence, ..self.cursor },
                    what: HitNews::CaughtUp,
                    by: None,
                    row: Box::new(row),
                });
            }
        }
        Ok(())
    }
}

impl Happened {
    fn by_other_ncb(&self, viewer: &Viewer) -> bool {
        self.guns.wrote.as_ref().is_some_and(|ncb| *ncb != viewer.party.ncb)
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

/// Seconds until the next heartbeat: shorter while something urgent is open.
///
/// # Errors
/// The store failed.
pub async fn beat_seconds(store: &Store, viewer: &Viewer) -> Result<u32, StoreError> {
    let hits = tables::hits_of(&mut store.read().await?, viewer.party.ncb, crate::wire::MOST_ROWS).await?;
    let urgent = |stored: &StoredHit| {
        matches!(stored.hit.phase, Phase::Asked | Phase::Promised) && stored.hit.priority <= Priority::Urgent
    };
    Ok(if hits.iter().any(urgent) { BEAT_URGENT } else { BEAT })
}
