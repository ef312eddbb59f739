//! Whose desk it is, once the registry has said so: a renewed token is no other officer.
//!
//! The folders of a desk are named by the token, because without a line nothing else is known.
//! Beside them stands whom the registry greeted under it. What was left under an earlier token is
//! taken over by the same officer of the same registry, and by nobody else.

use super::Folders;
use crate::client::lines;
use crate::wire::news::Hello;
use rustix::io::Errno;
use rustix::process::{Pid, test_kill_process};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// The file that says whose desk it is.
const FILE: &str = "officer";

/// How often this process has written one.
static WRITTEN: AtomicU64 = AtomicU64::new(0);

/// An officer as one registry knows him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    registry: String,
    officer: u64,
    agency: String,
    name: String,
}

impl Owner {
    /// The officer whom the registry at `url` has greeted. The number alone does not do: another
    /// registry may have come to that address, with officers of its own.
    pub fn of(url: &str, hello: &Hello) -> Self {
        Self {
            registry: url.to_owned(),
            officer: hello.officer.0,
            agency: hello.party.agency.to_string(),
            name: hello.name.as_str().to_owned(),
        }
    }

    fn read(state: &Path) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(state.join(FILE)).ok()?).ok()
    }
}

impl Folders {
    /// Whether it is known whose desk it is.
    pub fn has_owner(&self) -> bool {
        Owner::read(&self.state).is_some()
    }

    /// Notes whose desk it is, for all places at it; on the disk when it returns.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn belong_to(&self, owner: &Owner) -> io::Result<()> {
        if Owner::read(&self.state).as_ref() == Some(owner) {
            return Ok(());
        }
        lines::folder(&self.state)?;
        // No place is held for it: whoever writes it does so under a name of his own.
        let nth = WRITTEN.fetch_add(1, Ordering::Relaxed);
        let beside = self.state.join(format!("{FILE}.{}-{nth}.new", std::process::id()));
        lines::put_by(&self.state.join(FILE), &beside, &serde_json::to_vec(owner)?, true).map(|_| ())
    }
}

/// Takes away what processes were writing that live no more: no place that could be held tells whose
/// it is.
pub(super) fn remove_half_written(state: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(state)? {
        let entry = entry?;
        let writer = entry.file_name().to_str().and_then(writer);
        if writer.is_some_and(|writer| test_kill_process(writer) == Err(Errno::SRCH)) {
            lines::remove(&entry.path())?;
        }
    }
    Ok(())
}

/// The process that writes a file of that name.
fn writer(name: &str) -> Option<Pid> {
    let name = name.strip_prefix(FILE)?.strip_prefix('.')?.strip_suffix(".new")?;
    Pid::from_raw(name.split_once('-')?.0.parse().ok()?)
}

/// The folders beside these that are the same officer's, under other tokens.
pub(super) fn same(folders: &Folders) -> Vec<Folders> {
    let Some(owner) = Owner::read(&folders.state) else { return Vec::new() };
    let (Some(states), Some(caches)) = (folders.state.parent(), folders.cache.parent()) else {
        return Vec::new();
    };
    let Ok(entries) = std::fs::read_dir(states) else { return Vec::new() };
    let others = entries.filter_map(Result::ok).map(|entry| entry.path());
    let others =
        others.filter(|state| *state != folders.state && Owner::read(state).as_ref() == Some(&owner));
    let both = |state: PathBuf| {
        let cache = caches.join(state.file_name()?);
        Some(Folders { state, cache })
    };
    others.filter_map(both).collect()
}
