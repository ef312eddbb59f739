//! Who listens to the news, so that no officer's token takes all that a registry has.

use super::limits::Limits;
use crate::domain::ids::OfficerId;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio_util::sync::CancellationToken;

/// The streams and long polls of all officers.
#[derive(Debug)]
pub(super) struct Listeners {
    limits: Limits,
    officers: Mutex<Officers>,
}

#[derive(Debug, Default)]
struct Officers {
    last: u64,
    of: HashMap<OfficerId, Listening>,
}

#[derive(Debug, Default)]
struct Listening {
    streams: BTreeMap<u64, CancellationToken>,
    polls: usize,
}

/// A stream's place, until this is dropped.
#[derive(Debug)]
pub(super) struct StreamPlace {
    listeners: Arc<Listeners>,
    officer: OfficerId,
    number: u64,
    end: CancellationToken,
}

/// A long poll's place, until this is dropped.
#[derive(Debug)]
pub(super) struct PollPlace {
    listeners: Arc<Listeners>,
    officer: OfficerId,
}

impl Listeners {
    /// Nobody listens yet.
    pub(super) fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self { limits, officers: Mutex::default() })
    }

    /// A place for a stream. The newest always has one, and the oldest goes: it is the one that
    /// hangs on a line that broke.
    pub(super) fn stream(self: &Arc<Self>, officer: OfficerId) -> StreamPlace {
        let mut officers = self.officers();
        officers.last += 1;
        let (number, end) = (officers.last, CancellationToken::new());
        let listening = officers.of.entry(officer).or_default();
        while listening.streams.len() >= self.limits.streams_of_officer.max(1) {
            let Some((_, oldest)) = listening.streams.pop_first() else { break };
            tracing::info!(%officer, "the oldest of an officer's streams ends for a new one");
            oldest.cancel();
        }
        listening.streams.insert(number, end.clone());
        StreamPlace { listeners: Arc::clone(self), officer, number, end }
    }

    /// A place for a long poll, unless the officer has as many as there may be.
    pub(super) fn poll(self: &Arc<Self>, officer: OfficerId) -> Option<PollPlace> {
        let mut officers = self.officers();
        let listening = officers.of.entry(officer).or_default();
        if listening.polls >= self.limits.polls_of_officer {
            officers.tidy(officer);
            return None;
        }
        listening.polls += 1;
        Some(PollPlace { listeners: Arc::clone(self), officer })
    }

    fn officers(&self) -> MutexGuard<'_, Officers> {
        self.officers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Officers {
    /// Forgets an officer who listens no more.
    fn tidy(&mut self, officer: OfficerId) {
        if self.of.get(&officer).is_some_and(|of| of.streams.is_empty() && of.polls == 0) {
            self.of.remove(&officer);
        }
    }
}

impl StreamPlace {
    /// What says that the stream has to end for a newer one.
    pub(super) fn end(&self) -> CancellationToken {
        self.end.clone()
    }
}

impl Drop for StreamPlace {
    fn drop(&mut self) {
        let mut officers = self.listeners.officers();
        if let Some(listening) = officers.of.get_mut(&self.officer) {
            listening.streams.remove(&self.number);
        }
        officers.tidy(self.officer);
    }
}

impl Drop for PollPlace {
    fn drop(&mut self) {
        let mut officers = self.listeners.officers();
        if let Some(listening) = officers.of.get_mut(&self.officer) {
            listening.polls = listening.polls.saturating_sub(1);
        }
        officers.tidy(self.officer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_stream_lives_and_no_poll_is_beyond_the_limit() {
        let listeners =
            Listeners::new(Limits { streams_of_officer: 2, polls_of_officer: 1, ..Limits::default() });
        let (one, other) = (OfficerId(1), OfficerId(2));
        let apart = listeners.stream(other);
        let streams: Vec<StreamPlace> = (0..5).map(|_| listeners.stream(one)).collect();
        let ended: Vec<bool> = streams.iter().map(|stream| stream.end.is_cancelled()).collect();
        assert_eq!(ended, [true, true, true, false, false]);
        assert!(!apart.end.is_cancelled());
        let poll = listeners.poll(one);
        assert!(poll.is_some() && listeners.poll(one).is_none() && listeners.poll(other).is_some());
        drop((poll, streams, apart));
        assert!(listeners.officers().of.is_empty(), "nothing is kept of who listens no more");
    }
}
