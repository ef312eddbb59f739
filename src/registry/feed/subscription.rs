//! One viewer's place in the feed: hears what is told, and reads from the journal what is not.

use super::behind::{self, Behind};
use super::{Hub, Told, disclosed};
use crate::domain::disclose::Viewer;
use crate::registry::journal;
use crate::registry::store::{Store, StoreError};
use crate::wire::news::{Cursor, News};
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::sync::broadcast::{
    self,
    error::{RecvError, TryRecvError},
};

/// What comes next in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// News.
    News(News),
    /// The viewer's cursor leads nowhere, or too far back: what is held is to be thrown away
    /// and read anew, and the feed goes on from here.
    StartOver(Cursor),
}

/// One viewer's place in the feed.
///
/// Every future of it may be dropped at any point: news that was read and not handed out
/// waits, and what was not read is read again.
#[derive(Debug)]
pub struct Subscription {
    viewer: Viewer,
    epoch: u32,
    /// All up to here waits or was handed out.
    at: u64,
    /// Whether there may be lines after `at` that nobody will tell of.
    behind: bool,
    heard: broadcast::Receiver<Arc<Told>>,
    store: Store,
    waiting: VecDeque<Step>,
}

impl Subscription {
    /// Listens from a cursor on; without one, from now on.
    ///
    /// A cursor of another epoch, or ahead of the journal, is answered with a new start.
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
        // Listening comes first: what is committed after the head was read is heard.
        let heard = hub.listen();
        let head = journal::head(&mut store.read().await?).await?.sequence;
        let mut subscription =
            Self { viewer, epoch, at: head, behind: false, heard, store, waiting: VecDeque::new() };
        match after {
            Some(after) if after.epoch != epoch || after.sequence > head => subscription.start_over(head),
            Some(after) => {
                subscription.at = after.sequence;
                subscription.behind = after.sequence < head;
            }
            None => {}
        }
        Ok(subscription)
    }

    /// Where the feed stands for this viewer: all up to here has been handed out.
    pub fn cursor(&self) -> Cursor {
        match self.waiting.front() {
            Some(Step::News(
                News::Hit { cursor, .. } | News::Amended { cursor, .. } | News::Withdraw { cursor, .. },
            )) => Cursor { sequence: cursor.sequence.saturating_sub(1), ..*cursor },
            Some(Step::StartOver(cursor)) => *cursor,
            _ => Cursor { epoch: self.epoch, sequence: self.at },
        }
    }

    /// Whether the first step is to start over.
    pub fn starts_over(&self) -> bool {
        matches!(self.waiting.front(), Some(Step::StartOver(_)))
    }

    /// The next step, as soon as there is one; nothing when the registry is gone.
    ///
    /// # Errors
    /// The store failed.
    pub async fn next(&mut self) -> Result<Option<Step>, StoreError> {
        loop {
            self.catch_up().await?;
            if let Some(step) = self.waiting.pop_front() {
                return Ok(Some(step));
            }
            match self.heard.recv().await {
                Ok(told) => self.hear(&told),
                Err(RecvError::Lagged(_)) => self.behind = true,
                Err(RecvError::Closed) => return Ok(None),
            }
        }
    }

    /// Reads from the journal until something waits or nothing more lies behind.
    ///
    /// # Errors
    /// The store failed.
    pub async fn catch_up(&mut self) -> Result<(), StoreError> {
        while self.behind && self.waiting.is_empty() {
            let mut tx = self.store.read().await?;
            let here = Cursor { epoch: self.epoch, sequence: self.at };
            // Nothing is awaited between here and the end of the page.
            match behind::page(&mut tx, &self.viewer, here).await? {
                Behind::Page { news, to, more } => {
                    self.waiting.extend(news.into_iter().map(Step::News));
                    self.at = to;
                    self.behind = more;
                }
                Behind::TooFar { head } => self.start_over(head),
            }
        }
        Ok(())
    }

    /// Steps that wait already, without waiting for more.
    pub fn ready(&mut self) -> Vec<Step> {
        while !self.behind {
            match self.heard.try_recv() {
                Ok(told) => self.hear(&told),
                Err(TryRecvError::Lagged(_)) => self.behind = true,
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        self.waiting.drain(..).collect()
    }

    fn hear(&mut self, told: &Told) {
        if told.to <= self.at {
            return;
        }
        if told.from > self.at {
            self.behind = true;
            return;
        }
        let news = told.news.iter().filter(|happened| happened.sequence() > self.at);
        self.waiting.extend(
            news.filter_map(|happened| disclosed::news(happened, &self.viewer, self.epoch)).map(Step::News),
        );
        self.at = told.to;
    }

    fn start_over(&mut self, head: u64) {
        self.at = head;
        self.behind = false;
        self.waiting.push_back(Step::StartOver(Cursor { epoch: self.epoch, sequence: head }));
    }
}
