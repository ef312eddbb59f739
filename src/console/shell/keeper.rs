//! Puts on the disk what is half typed: once a second at most, and only when it has changed.

use crate::client::desk;
use crate::console::drafts::Drafts;
use crate::console::state::State;
use crate::wire::news::Hello;
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

/// Notes beside the desk's files whom the registry has greeted, so that the officer finds them
/// under another token too.
pub(super) fn belongs_to(hold: Option<&desk::Hold>, url: &str, hello: &Hello) {
    let Some(folders) = hold.map(|hold| hold.folders().clone()) else { return };
    let owner = desk::Owner::of(url, hello);
    // Nobody waits for it: what cannot be noted now is noted at the next greeting.
    spawn_blocking(move || {
        if let Err(error) = folders.belong_to(&owner) {
            tracing::warn!(%error, "whose desk it is could not be noted");
        }
    });
}

/// Keeps drafts on the disk; without a key it does nothing.
#[derive(Debug)]
pub(super) struct Keeper {
    file: Option<desk::Drafts>,
    /// What the disk holds, or is about to; nothing where that is not known.
    last: Option<Drafts>,
    /// Whether there may be anything new since.
    touched: bool,
    due: Option<Instant>,
    writing: Option<JoinHandle<io::Result<()>>>,
    /// Whether the last writing has failed, which was said.
    failed: bool,
}

impl Keeper {
    /// A keeper of what was found on the disk at the start; nothing where that holds more, which was
    /// put aside and is not to be found again by each console that follows.
    pub(super) fn new(file: Option<desk::Drafts>, last: Option<Drafts>) -> Self {
        Self { file, last, touched: false, due: None, writing: None, failed: false }
    }

    /// Something was typed, or a draft has come back.
    pub(super) fn touched(&mut self) {
        if self.file.is_some() {
            self.touched = true;
            self.look_soon();
        }
    }

    fn look_soon(&mut self) {
        self.due.get_or_insert_with(|| Instant::now() + SOON);
    }

    /// Whether there is anything to come.
    pub(super) fn is_due(&self) -> bool {
        self.due.is_some()
    }

    /// Returns when it is time to write, or to look what has become of it.
    pub(super) fn due(&self) -> impl Future<Output = ()> + use<> {
        sleep_until(self.due.unwrap_or_else(Instant::now))
    }

    /// Writes what is half typed, if it is something else than on the disk. Returns what the system
    /// said when the writing before has failed, once until one has not; it is done again with the
    /// next key.
    pub(super) async fn write(&mut self, state: &State) -> Option<String> {
        self.due = None;
        if self.writing.as_ref().is_some_and(|writing| !writing.is_finished()) {
            // A slow disk is not given more to do.
            self.look_soon();
            return None;
        }
        let failed = self.written().await;
        if std::mem::take(&mut self.touched)
            && let (Some(file), Some(text)) = (self.file.clone(), self.changed(state))
        {
            self.writing = Some(spawn_blocking(move || file.put(&text)));
            self.look_soon();
        }
        failed
    }

    /// What is to be written, unless it is on the disk.
    fn changed(&mut self, state: &State) -> Option<String> {
        let drafts = Drafts::of(state);
        // When a key came is no reason to write.
        let same = |last: &Drafts| *last == Drafts { kept: last.kept, ..drafts.clone() };
        if self.last.as_ref().is_some_and(same) {
            return None;
        }
        let text = serde_json::to_string(&drafts).ok();
        self.last = Some(drafts);
        text
    }

    async fn written(&mut self) -> Option<String> {
        let said = match self.writing.take()?.await {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(error) => Some(error.to_string()),
        };
        if said.is_some() {
            self.last = None;
        }
        let before = std::mem::replace(&mut self.failed, said.is_some());
        said.filter(|_| !before)
    }

    /// Writes what is not on the disk yet, at the end of the console.
    pub(super) async fn finish(mut self, state: &State) {
        // A disk that does not answer would hold the officer's shell as well.
        let _ = timeout(LONGEST_FINISH, async {
            self.written().await;
            self.touched = true;
            self.write(state).await;
            self.written().await;
        })
        .await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::desk::{Desk, Folders};
    use crate::console::state::Start;
    use jiff::tz::TimeZone;

    #[tokio::test]
    async fn what_cannot_be_read_is_put_aside_once() {
        let root = tempfile::tempdir().unwrap();
        let folders = Folders { state: root.path().join("state"), cache: root.path().join("cache") };
        Desk::open(folders.clone()).unwrap().hold.drafts().put(r#"{"forms":"of a later kind"}"#).unwrap();
        for unread in [1, 0] {
            let desk = Desk::open(folders.clone()).unwrap();
            let found = read(Some(&desk.hold), &desk.found.drafts);
            assert_eq!(found, (Drafts::default(), unread));
            let last = (unread == 0).then_some(found.0);
            let state = State::new(Start { zone: TimeZone::UTC, purpose: None, case: None });
            Keeper::new(Some(desk.hold.drafts()), last).finish(&state).await;
        }
    }

    #[tokio::test]
    async fn what_could_not_be_written_is_said_once_and_is_written_once_it_can_be() {
        let root = tempfile::tempdir().unwrap();
        let folders = Folders { state: root.path().join("state"), cache: root.path().join("cache") };
        let desk = Desk::open(folders.clone()).unwrap();
        let mut state = State::new(Start { zone: TimeZone::UTC, purpose: None, case: None });
        let mut keeper = Keeper::new(Some(desk.hold.drafts()), Some(Drafts::default()));
        // What is in the way of the file.
        let way = folders.state.join("drafts.1.new");
        std::fs::create_dir(&way).unwrap();
        let mut said = Vec::new();
        for serial in ["KD73519", "KD73519", "D532114"] {
            state.search.line.set(serial);
            keeper.touched();
            // No further key comes.
            while keeper.is_due() {
                keeper.due().await;
                said.extend(keeper.write(&state).await);
            }
            while keeper.writing.as_ref().is_some_and(|writing| !writing.is_finished()) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
        assert_eq!(said.len(), 1, "{said:?}");
        std::fs::remove_dir(&way).unwrap();
        keeper.finish(&state).await;
        let text = std::fs::read_to_string(folders.state.join("drafts.1")).unwrap();
        assert!(text.contains("D532114"), "{text}");
    }
}
