//! Puts on the disk what is half typed: once a second at most, and only when it has changed.

use crate::client::desk;
use crate::console::drafts::Drafts;
use crate::console::state::State;
use std::io;
use std::time::Duration;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::{Instant, sleep_until, timeout};

/// From a key until it is on the disk.
const SOON: Duration = Duration::from_millis(700);
/// Longest that the end of the console waits for its disk.
const LONGEST_FINISH: Duration = Duration::from_secs(2);

/// Reads what consoles have left half typed; what cannot be read is kept beside it. Returns too how
/// much that was.
pub(super) fn read(hold: Option<&desk::Hold>, texts: &[String]) -> (Drafts, usize) {
    let mut unread = 0;
    let mut all: Option<Drafts> = None;
    for text in texts {
        match serde_json::from_str::<Drafts>(text) {
            Ok(drafts) => {
                all = Some(match all.take() {
                    Some(before) => before.and(drafts),
                    None => drafts,
                });
            }
            Err(_) => {
                unread += 1;
                if let Some(Err(error)) = hold.map(|hold| hold.drafts().put_aside(text)) {
                    tracing::warn!(%error, "a draft that cannot be read is not kept");
                }
            }
        }
    }
    (all.unwrap_or_default(), unread)
}

/// Keeps drafts on the disk; without a key it does nothing.
#[derive(Debug)]
pub(super) struct Keeper {
    file: Option<desk::Drafts>,
    last: Drafts,
    due: Option<Instant>,
    writing: Option<JoinHandle<io::Result<()>>>,
}

impl Keeper {
    /// A keeper of what was found on the disk at the start.
    pub(super) fn new(file: Option<desk::Drafts>, last: Drafts) -> Self {
        Self { file, last, due: None, writing: None }
    }

    /// Something was typed, or a draft has come back.
    pub(super) fn touched(&mut self) {
        if self.file.is_some() {
            self.due.get_or_insert_with(|| Instant::now() + SOON);
        }
    }

    /// Whether there is anything to come.
    pub(super) fn is_due(&self) -> bool {
        self.due.is_some()
    }

    /// Returns when it is time to write.
    pub(super) fn due(&self) -> impl Future<Output = ()> + use<> {
        sleep_until(self.due.unwrap_or_else(Instant::now))
    }

    /// Writes what is half typed, if it is something else than before. Returns what the system
    /// said when the writing before has failed.
    pub(super) async fn write(&mut self, state: &State) -> Option<String> {
        self.due = None;
        if self.writing.as_ref().is_some_and(|writing| !writing.is_finished()) {
            // A slow disk is not given more to do.
            self.touched();
            return None;
        }
        let failed = self.written().await;
        let (Some(file), Some(text)) = (self.file.clone(), self.changed(state)) else { return failed };
        self.writing = Some(spawn_blocking(move || file.put(&text)));
        failed
    }

    /// What is to be written, unless it is on the disk.
    fn changed(&mut self, state: &State) -> Option<String> {
        let mut drafts = Drafts::of(state);
        let kept = std::mem::replace(&mut drafts.kept, self.last.kept);
        if drafts == self.last {
            return None;
        }
        drafts.kept = kept;
        self.last = drafts;
        serde_json::to_string(&self.last).ok()
    }

    async fn written(&mut self) -> Option<String> {
        match self.writing.take()?.await {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(error) => Some(error.to_string()),
        }
    }

    /// Writes what is not on the disk yet, at the end of the console.
    pub(super) async fn finish(mut self, state: &State) {
        // A disk that does not answer would hold the officer's shell as well.
        let _ = timeout(LONGEST_FINISH, async {
            self.written().await;
            self.write(state).await;
            self.written().await;
        })
        .await;
    }
}
