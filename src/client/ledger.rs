//! The outbox on disk: what was written and not yet answered, in the order in which it was written.
//!
//! A file of lines and not a data base, because all that is asked of it is to add at the end
//! and to be read once: one sync a batch, nothing that wakes up, and every byte at which it may
//! be cut off can be tried by a test. What goes out is on the disk before, with the mark that
//! it went out, so that after a crash nobody takes for unsent what somebody may have got.

use super::lines::{Lines, aside, put, sync_folder};
use crate::domain::command::Envelope;
use crate::domain::ids::CommandId;
use crate::domain::time::Moment;
use crate::wire::check::CheckItem;
use crate::wire::problem::Problem;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io;
use std::path::Path;

/// Bytes that an outbox may take on the disk: a few of the longest requests.
const MOST_BYTES: u64 = 8 << 20;
/// Bytes that are added before the file is written anew.
const MOST_WASTE: u64 = 256 << 10;

/// Something that waits for the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// A command.
    Command(Envelope),
    /// A check that could not be made.
    Check(CheckItem),
}

impl Work {
    /// Its name: the registry does it once, however often it comes.
    pub fn id(&self) -> CommandId {
        match self {
            Work::Command(envelope) => envelope.id,
            Work::Check(item) => item.id,
        }
    }

    pub(super) fn command(self) -> Option<Envelope> {
        match self {
            Work::Command(envelope) => Some(envelope),
            Work::Check(_) => None,
        }
    }

    pub(super) fn check(self) -> Option<CheckItem> {
        match self {
            Work::Check(item) => Some(item),
            Work::Command(_) => None,
        }
    }
}

/// What waits, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What is to be done.
    pub work: Work,
    /// When it was written.
    pub written: Moment,
    /// When it first went out; since then it may have been done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Moment>,
    /// Why it was refused; it goes out no more, and waits for the officer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Box<Refused>>,
    /// What the console keeps with it, in words of its own.
    #[serde(default)]
    pub about: serde_json::Value,
}

/// A refusal as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// When it came.
    pub at: Moment,
    /// Why.
    pub problem: Problem,
}

impl From<Envelope> for Kept {
    fn from(envelope: Envelope) -> Self {
        let about = serde_json::Value::Null;
        Self { work: Work::Command(envelope), written: Moment::default(), sent: None, refused: None, about }
    }
}

/// One line of the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
enum Line {
    /// Something was written.
    Written { kept: Box<Kept> },
    /// These went out.
    Sent { ids: Vec<CommandId>, at: Moment },
    /// They did not go out after all.
    Unsent { ids: Vec<CommandId> },
    /// It was refused.
    Refused { id: CommandId, refused: Box<Refused> },
    /// It was done.
    Settled { id: CommandId },
    /// The officer has dropped it.
    Dropped { id: CommandId },
}

impl Line {
    /// Whether it has to be on the disk before anything rests on it. What was done need not: it
    /// would go out again under its id. Nor need what did not go out: it would count as unknown.
    fn must_last(&self) -> bool {
        !matches!(self, Line::Settled { .. } | Line::Unsent { .. })
    }
}

/// An outbox on disk.
#[derive(Debug)]
pub struct Ledger {
    lines: Lines,
    items: Vec<Kept>,
    /// Lines that are still to be written.
    fresh: Vec<Line>,
    live: u64,
    /// Bytes of what waits: each was measured when it came, and not again with each that follows.
    held: u64,
    lengths: HashMap<CommandId, u64>,
}

impl Ledger {
    /// Opens the outbox at `path`, or makes one. Says whether its last line was not complete,
    /// and how many others cannot be read: a file that has such lines is kept beside it.
    ///
    /// # Errors
    /// It cannot be opened, read or mended.
    pub fn open(path: &Path) -> io::Result<(Self, bool, usize)> {
        let (mut ledger, torn, damaged) = Self::load(path)?;
        // What is in a new file is on the disk by itself; its name is not.
        if let Some(folder) = path.parent() {
            sync_folder(folder)?;
        }
        if damaged > 0 {
            put(&aside(path), &std::fs::read(path)?, true)?;
        }
        if ledger.lines.bytes() > 0 {
            ledger.rewrite()?;
        }
        Ok((ledger, torn, damaged))
    }

    /// Reads the outbox as it lies there.
    fn load(path: &Path) -> io::Result<(Self, bool, usize)> {
        let (lines, found) = Lines::open(path, MOST_BYTES)?;
        let mut ledger =
            Self { lines, items: Vec::new(), fresh: Vec::new(), live: 0, held: 0, lengths: HashMap::new() };
        for line in found.entries {
            ledger.apply(line);
        }
        Ok((ledger, found.torn, found.damaged))
    }

    /// What waits, in the order in which it was written, the refused ones among it.
    pub fn items(&self) -> &[Kept] {
        &self.items
    }

    /// Takes in what waits in another outbox; on the disk when it returns.
    ///
    /// # Errors
    /// The disk failed.
    pub(super) fn take_over(&mut self, others: &[Kept]) -> io::Result<()> {
        for kept in others {
            self.write(kept.clone());
        }
        self.commit()
    }

    /// Whether there is room for one more.
    pub(super) fn has_room(&self, kept: &Kept) -> bool {
        self.held + length(kept) <= MOST_BYTES / 2
    }

    /// Notes something new; [`Ledger::commit`] puts it on the disk.
    pub(super) fn write(&mut self, kept: Kept) {
        self.note(Line::Written { kept: Box::new(kept) });
    }

    /// Notes that these are about to go out.
    pub(super) fn sent(&mut self, ids: &[CommandId], at: Moment) {
        let first =
            |id: &&CommandId| self.items.iter().any(|kept| kept.work.id() == **id && kept.sent.is_none());
        let ids: Vec<CommandId> = ids.iter().filter(first).copied().collect();
        if !ids.is_empty() {
            self.note(Line::Sent { ids, at });
        }
    }

    /// Notes that these did not go out after all.
    pub(super) fn unsent(&mut self, ids: &[CommandId]) {
        if !ids.is_empty() {
            self.note(Line::Unsent { ids: ids.to_vec() });
        }
    }

    /// Notes that one was refused: it stays until the officer has decided about it.
    pub(super) fn refuse(&mut self, id: CommandId, problem: Problem, at: Moment) {
        self.note(Line::Refused { id, refused: Box::new(Refused { at, problem }) });
    }

    /// Notes that one was done.
    pub(super) fn settle(&mut self, id: CommandId) {
        if self.get(id).is_some() {
            self.note(Line::Settled { id });
        }
    }

    /// Notes that the officer has dropped one: it must not come back. Returns it with its place.
    pub(super) fn discard(&mut self, id: CommandId) -> Option<(usize, Kept)> {
        let at = self.items.iter().position(|kept| kept.work.id() == id)?;
        let kept = self.items[at].clone();
        self.note(Line::Dropped { id });
        Some((at, kept))
    }

    /// Takes one in again that could not be dropped, because the disk failed.
    pub(super) fn restore(&mut self, at: usize, kept: Kept) {
        self.measure(&kept);
        self.items.insert(at.min(self.items.len()), kept);
    }

    /// What waits under that name.
    pub(super) fn get(&self, id: CommandId) -> Option<&Kept> {
        self.items.iter().find(|kept| kept.work.id() == id)
    }

    /// Whether something was noted that is not on the disk yet.
    pub(super) fn is_fresh(&self) -> bool {
        !self.fresh.is_empty()
    }

    /// Whether the disk has failed, and not everything is kept.
    pub(super) fn is_broken(&self) -> bool {
        self.lines.are_broken()
    }

    /// As if the disk had failed.
    #[cfg(test)]
    pub(super) fn break_off(&mut self) {
        self.lines.break_off();
    }

    fn note(&mut self, line: Line) {
        self.apply(line.clone());
        // What would do no harm by coming back is no reason to ask a disk again that has failed.
        if !self.is_broken() || line.must_last() {
            self.fresh.push(line);
        }
    }

    /// Puts what was noted on the disk. After a failure all of it is written anew, in one step:
    /// the file still holds what was dropped or refused since, and would send it.
    ///
    /// # Errors
    /// The disk failed; what was noted counts here and is not kept.
    pub(super) fn commit(&mut self) -> io::Result<()> {
        let fresh = std::mem::take(&mut self.fresh);
        if fresh.is_empty() {
            return Ok(());
        }
        let durable = fresh.iter().any(Line::must_last);
        match self.lines.add(&fresh, durable) {
            // Written anew it is shorter, which may be all that a full disk has room for.
            Err(_) => self.rewrite(),
            Ok(()) => self.compact(),
        }
    }

    /// Writes the file anew once much was added to it; most of that is answered by then.
    fn compact(&mut self) -> io::Result<()> {
        if self.lines.bytes().saturating_sub(self.live) > MOST_WASTE { self.rewrite() } else { Ok(()) }
    }

    /// Writes the file anew, without what counts no more.
    ///
    /// # Errors
    /// The disk failed; what was there stands.
    pub(super) fn rewrite(&mut self) -> io::Result<()> {
        let lines: Vec<Line> =
            self.items.iter().map(|kept| Line::Written { kept: Box::new(kept.clone()) }).collect();
        self.lines.replace(&lines, true)?;
        self.live = self.lines.bytes();
        Ok(())
    }

    fn apply(&mut self, line: Line) {
        let find = |items: &mut Vec<Kept>, id: CommandId| items.iter().position(|kept| kept.work.id() == id);
        match line {
            Line::Written { kept } => {
                if find(&mut self.items, kept.work.id()).is_none() {
                    self.measure(&kept);
                    self.items.push(*kept);
                }
            }
            Line::Sent { ids, at } => {
                for kept in self.items.iter_mut().filter(|kept| ids.contains(&kept.work.id())) {
                    kept.sent.get_or_insert(at);
                }
            }
            Line::Unsent { ids } => {
                for kept in self.items.iter_mut().filter(|kept| ids.contains(&kept.work.id())) {
                    kept.sent = None;
                }
            }
            Line::Refused { id, refused } => {
                if let Some(at) = find(&mut self.items, id) {
                    self.items[at].refused = Some(refused);
                    let kept = self.items[at].clone();
                    self.measure(&kept);
                }
            }
            Line::Settled { id } | Line::Dropped { id } => {
                self.items.retain(|kept| kept.work.id() != id);
                self.held -= self.lengths.remove(&id).unwrap_or_default();
            }
        }
    }

    fn measure(&mut self, kept: &Kept) {
        let length = length(kept);
        let before = self.lengths.insert(kept.work.id(), length).unwrap_or_default();
        self.held = self.held - before + length;
    }
}

/// Bytes that one takes in the file.
fn length(kept: &Kept) -> u64 {
    serde_json::to_vec(kept).map_or(MOST_BYTES, |json| json.len() as u64 + 64)
}

#[cfg(test)]
mod tests;
