//! The file of what was seen, written by a thread of its own: no key waits for the disk.
//!
//! What is withdrawn while the thread writes is taken out with the next writing, all of it at
//! once. What cannot be written is not left lying as it was either: then the file goes.

use super::Sight;
use super::memory::Memory;
use crate::client::lines::{Lines, remove};
use std::io;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Bytes that it may take on the disk.
pub(super) const MOST_BYTES: u64 = 8 << 20;

/// Sights that wait for the disk one by one.
const MOST_FRESH: usize = 4096;

/// What was seen, with the file behind it.
#[derive(Debug)]
pub(super) struct Shared {
    held: Mutex<Held>,
    changed: Condvar,
    /// What is open; nothing where what was seen is kept in memory alone.
    disk: Option<Mutex<Lines>>,
}

/// What was seen, and what the file lacks of it.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) memory: Memory,
    /// To be added to the file.
    fresh: Vec<Sight>,
    /// Whether all of it is to be written anew.
    anew: bool,
    /// Whether the thread is writing.
    writing: bool,
    /// Whether the console has ended.
    ended: bool,
    /// How often something was written.
    #[cfg(test)]
    pub(super) turns: usize,
}

impl Shared {
    /// What is kept in memory alone.
    pub(super) fn unkept() -> Arc<Self> {
        Arc::new(Self { held: Mutex::default(), changed: Condvar::new(), disk: None })
    }

    /// Opens the file, and starts the thread that writes it.
    pub(super) fn open(path: &Path) -> io::Result<(Arc<Self>, Vec<Sight>)> {
        let (mut lines, mut found) = Lines::open::<Sight>(path, MOST_BYTES)?;
        if found.damaged > 0 {
            // What is missing may be that something was withdrawn.
            found.entries.clear();
            lines.replace::<Sight>(&[], true).or_else(|_| remove(path))?;
        }
        let disk = Some(Mutex::new(lines));
        let shared = Arc::new(Self { held: Mutex::default(), changed: Condvar::new(), disk });
        let (writer, path) = (Arc::clone(&shared), path.to_owned());
        std::thread::Builder::new().name("seen".into()).spawn(move || writer.write(&path))?;
        Ok((shared, found.entries))
    }

    /// What is held; whoever has it holds up the writer, and waits for no disk.
    pub(super) fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in what was seen; with `anew` the file is written as a whole, because it holds what
    /// may be seen no more.
    pub(super) fn note(&self, sights: Vec<Sight>, anew: bool) {
        let mut held = self.held();
        if self.disk.is_some() {
            held.fresh.extend(sights.iter().cloned());
            held.anew |= anew;
            if held.fresh.len() > MOST_FRESH {
                // A disk that does not answer is not waited for with more and more in hand.
                held.fresh.clear();
                held.anew = true;
            }
        }
        for sight in sights {
            held.memory.apply(sight);
        }
        drop(held);
        self.changed.notify_all();
    }

    /// Forgets everything, and empties the file.
    pub(super) fn wipe(&self) {
        let mut held = self.held();
        held.memory = Memory::default();
        held.fresh.clear();
        held.anew = self.disk.is_some();
        drop(held);
        self.changed.notify_all();
    }

    /// Waits until the file says what is held, at most so long; says whether it does.
    pub(super) fn settle(&self, most: Duration) -> bool {
        let busy = |held: &mut Held| held.writing || held.anew || !held.fresh.is_empty();
        let waited = self.changed.wait_timeout_while(self.held(), most, busy);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    /// The console ends: what is noted is written, and nothing after it.
    pub(super) fn end(&self) {
        self.held().ended = true;
        self.changed.notify_all();
    }

    /// What the file is written with; a test that holds it is a disk that does not answer.
    pub(super) fn disk(&self) -> Option<MutexGuard<'_, Lines>> {
        Some(self.disk.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, path: &Path) {
        loop {
            let idle = |held: &mut Held| !held.anew && held.fresh.is_empty() && !held.ended;
            let held = self.changed.wait_while(self.held(), idle);
            let mut held = held.unwrap_or_else(PoisonError::into_inner);
            if !held.anew && held.fresh.is_empty() {
                return;
            }
            held.writing = true;
            drop(held);
            if let Err(error) = self.turn(path) {
                tracing::warn!(%error, "what was seen is not kept");
            }
            self.held().writing = false;
            self.changed.notify_all();
        }
    }

    /// Writes what the file lacks by now.
    fn turn(&self, path: &Path) -> io::Result<()> {
        let Some(mut lines) = self.disk() else { return Ok(()) };
        let (fresh, anew) = {
            let mut held = self.held();
            #[cfg(test)]
            {
                held.turns += 1;
            }
            (std::mem::take(&mut held.fresh), std::mem::take(&mut held.anew))
        };
        if !anew && lines.add(&fresh, false).is_ok() {
            return Ok(());
        }
        let written = self.write_all(&mut lines);
        if written.is_err() {
            // Better nothing than what may be seen no more.
            remove(path)?;
        }
        written
    }

    /// Writes the file anew, without what counts no more; the oldest goes until it is half full.
    fn write_all(&self, lines: &mut Lines) -> io::Result<()> {
        loop {
            let all = self.held().memory.sights();
            // An empty one holds nothing that a power cut may bring back.
            lines.replace(&all, all.is_empty())?;
            if lines.bytes() <= MOST_BYTES / 2 || !self.held().memory.halve() {
                return Ok(());
            }
        }
    }
}
