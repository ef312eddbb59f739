//! Commands that were written and not yet answered, in the order in which they may go out.
//!
//! Pure: the times come in as arguments. What goes in and what is settled is written down by the
//! [`Ledger`](super::Ledger), so that a command outlives the console.

mod portion;

use super::backoff::Backoff;
use super::ledger::Work;
use crate::domain::command::{Command, Envelope};
use crate::domain::hit::{HitCommand, Priority};
use crate::domain::ids::{CommandId, HitId, RecordId};
use crate::wire::check::CheckItem;
use crate::wire::{MOST_BYTES, MOST_ITEMS};
use portion::Portion;
use std::collections::HashSet;
use std::time::Duration;
use tokio::time::Instant;

/// The outbox holds as many commands as it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many commands are waiting to be sent")]
pub struct Full;

/// What two commands must share for their order to matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Subject {
    Hit(HitId),
    Record(RecordId),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    work: Work,
    bytes: usize,
    subject: Option<Subject>,
    flash: bool,
    in_flight: bool,
    /// It has gone out and was not answered: it may have been done.
    went: bool,
    /// Not to be sent again before.
    held: Option<Instant>,
    backoff: Backoff,
}

/// Commands waiting for their answers: in order a subject, a FLASH before all others, and a
/// held one holds nothing but its own subject.
#[derive(Debug, Clone)]
pub struct Outbox {
    items: Vec<Item>,
    most: usize,
    backoff: Backoff,
    paused: Option<Instant>,
    /// The same for a FLASH, which never waits for long.
    flash_paused: Option<Instant>,
    /// How much goes into a request.
    portion: Portion,
    /// Items that go into a request: fewer once one was refused as a whole, because of one of them.
    together: usize,
}

/// Longest that a FLASH waits after a request that failed: someone is in danger.
const LONGEST_FLASH_PAUSE: Duration = Duration::from_secs(2);
/// Room for the brackets and commas around commands in a request.
const AROUND: usize = 64;

impl Outbox {
    /// An outbox for at most that many commands.
    pub fn new(most: usize, backoff: Backoff) -> Self {
        Self {
            items: Vec::new(),
            most,
            backoff,
            paused: None,
            flash_paused: None,
            portion: Portion::default(),
            together: MOST_ITEMS,
        }
    }

    /// Commands in it.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether everything was answered.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Takes a command.
    ///
    /// # Errors
    /// [`Full`]; the command was not taken.
    pub fn push(&mut self, envelope: Envelope) -> Result<(), Full> {
        self.push_work(Work::Command(envelope), false)
    }

    /// Takes a command or a check; `went` says whether it has gone out before.
    ///
    /// # Errors
    /// [`Full`]; it was not taken.
    pub fn push_work(&mut self, work: Work, went: bool) -> Result<(), Full> {
        if self.items.len() >= self.most {
            return Err(Full);
        }
        if self.items.iter().any(|item| item.work.id() == work.id()) {
            return Ok(());
        }
        let (json, subject, flash) = match &work {
            Work::Command(envelope) => {
                let command = &envelope.command;
                (serde_json::to_vec(envelope), subject(command), is_flash(command))
            }
            Work::Check(item) => (serde_json::to_vec(item), None, false),
        };
        let bytes = json.map_or(MOST_BYTES, |json| json.len()) + 1;
        if flash {
            // Someone is in danger: no pause is kept.
            self.paused = None;
            self.flash_paused = None;
        }
        let mut backoff = self.backoff;
        backoff.succeed();
        self.items.push(Item { work, bytes, subject, flash, in_flight: false, went, held: None, backoff });
        Ok(())
    }

    /// The commands that go into the next request, and marks them as sent; none when there
    /// is nothing that may go now. With `flash_only` it goes beside a request under way, and
    /// takes FLASH alone.
    pub fn batch(&mut self, now: Instant, flash_only: bool) -> Vec<Envelope> {
        let paused = |flash| self.pause(flash).is_some_and(|until| until > now);
        let most = self.together;
        let mut chosen = Vec::new();
        let mut room = self.portion.bytes() - AROUND;
        for flash in [true, false] {
            if paused(flash) || (!flash && flash_only) {
                break;
            }
            let mut blocked: HashSet<Subject> = HashSet::new();
            let commands = self.items.iter().enumerate().filter(|(_, item)| item.is_command());
            for (at, item) in commands {
                let free = item.subject.is_none_or(|subject| !blocked.contains(&subject));
                let ready = !item.in_flight && item.held.is_none_or(|until| until <= now);
                let fits = chosen.len() < most && (item.bytes <= room || chosen.is_empty());
                let taken = chosen.contains(&at);
                if !taken && free && ready && fits && (item.flash || !flash) {
                    chosen.push(at);
                    room = room.saturating_sub(item.bytes);
                } else if !taken {
                    blocked.extend(item.subject);
                }
            }
        }
        let work: Vec<Work> = chosen.into_iter().map(|at| self.items[at].depart()).collect();
        work.into_iter().filter_map(Work::command).collect()
    }

    /// The checks that go into the next request, and marks them as sent. They go when no command
    /// is ready, in order, and hold back nothing.
    pub fn checks(&mut self, now: Instant) -> Vec<CheckItem> {
        if self.paused.is_some_and(|until| until > now) {
            return Vec::new();
        }
        let most = self.together;
        let (mut chosen, mut room) = (Vec::new(), self.portion.bytes() - AROUND);
        for item in &mut self.items {
            let ready = !item.is_command() && !item.in_flight && item.held.is_none_or(|until| until <= now);
            let fits = chosen.len() < most && (item.bytes <= room || chosen.is_empty());
            if ready && fits {
                room = room.saturating_sub(item.bytes);
                chosen.push(item.depart());
            }
        }
        chosen.into_iter().filter_map(Work::check).collect()
    }

    /// Whether one has gone out and may have been done.
    pub fn is_out(&self, id: CommandId) -> bool {
        self.items.iter().any(|item| item.work.id() == id && (item.went || item.in_flight))
    }

    /// Whether something may go now.
    pub fn has_ready(&self, now: Instant) -> bool {
        let ready = |item: &Item| !item.in_flight && item.held.is_none_or(|until| until <= now);
        let paused = |flash| self.pause(flash).is_some_and(|until| until > now);
        self.items.iter().any(|item| ready(item) && !paused(item.flash))
    }

    /// Takes one out that has never gone out; says whether it was there and had not.
    pub fn withdraw(&mut self, id: CommandId) -> bool {
        let before = self.items.len();
        self.items.retain(|item| item.work.id() != id || item.went || item.in_flight);
        self.items.len() < before
    }

    /// When a batch may be ready that is not ready now; nothing when only an answer or a
    /// new command can change that.
    pub fn wakes(&self, now: Instant) -> Option<Instant> {
        // One that is ready now and still waits has an older one of its subject before it: it
        // must not hide when that one may go.
        self.items
            .iter()
            .filter(|item| !item.in_flight)
            .map(|item| item.held.unwrap_or(now).max(self.pause(item.flash).unwrap_or(now)))
            .filter(|at| *at > now)
            .min()
    }

    /// Whether a FLASH waits that has not been sent.
    pub fn has_flash(&self) -> bool {
        self.items.iter().any(|item| item.flash && !item.in_flight)
    }

    /// Takes a command out: it was done or refused.
    pub fn settle(&mut self, id: CommandId) {
        self.items.retain(|item| item.work.id() != id);
        self.backoff.succeed();
    }

    /// Holds a command of which nobody knows whether it was done; it goes out again under
    /// the same id. Returns how long it waits.
    pub fn hold(&mut self, id: CommandId, now: Instant) -> Duration {
        let Some(item) = self.items.iter_mut().find(|item| item.work.id() == id) else {
            return Duration::ZERO;
        };
        let wait = item.backoff.fail(None);
        item.went = true;
        item.in_flight = false;
        item.held = Some(now + wait);
        wait
    }

    /// Puts commands back whose request failed as a whole, and pauses. Returns the pause.
    pub fn fail(&mut self, ids: &[CommandId], asked: Option<Duration>, now: Instant) -> Duration {
        let wait = self.backoff.fail(asked);
        self.put_back(ids);
        self.paused = Some(now + wait);
        self.flash_paused = Some(now + wait.min(LONGEST_FLASH_PAUSE));
        self.portion.failed();
        wait
    }

    /// Notes how long a request with these took until its answer was there; they are not settled yet.
    pub fn took(&mut self, ids: &[CommandId], long: Duration) {
        let carried = self.items.iter().filter(|item| ids.contains(&item.work.id()));
        self.portion.took(carried.map(|item| item.bytes).sum(), long);
        self.together = (self.together * 2).min(MOST_ITEMS);
    }

    /// Until when nothing goes out, or no FLASH.
    fn pause(&self, flash: bool) -> Option<Instant> {
        if flash { self.flash_paused } else { self.paused }
    }

    /// Notes that nobody knows whether these were done.
    pub fn doubt(&mut self, ids: &[CommandId]) {
        for item in self.items.iter_mut().filter(|item| ids.contains(&item.work.id())) {
            item.went = true;
        }
    }

    /// Those of a request that did not leave which no earlier request can have carried.
    pub fn unsent(&self, ids: &[CommandId]) -> Vec<CommandId> {
        let never = self.items.iter().filter(|item| !item.went && ids.contains(&item.work.id()));
        never.map(|item| item.work.id()).collect()
    }

    /// Puts commands back that a request carried which was refused as a whole. Half of them go out
    /// next, and so on until the one that spoils it goes alone: a few requests more, and not one for
    /// each.
    pub fn part(&mut self, ids: &[CommandId]) {
        self.put_back(ids);
        self.together = (ids.len() / 2).max(1);
    }

    fn put_back(&mut self, ids: &[CommandId]) {
        for item in self.items.iter_mut().filter(|item| ids.contains(&item.work.id())) {
            item.in_flight = false;
        }
    }

    /// Ends every wait.
    pub fn try_now(&mut self) {
        self.paused = None;
        self.flash_paused = None;
        for item in &mut self.items {
            item.held = None;
        }
    }
}

impl Item {
    fn is_command(&self) -> bool {
        matches!(self.work, Work::Command(_))
    }

    fn depart(&mut self) -> Work {
        self.in_flight = true;
        self.held = None;
        self.work.clone()
    }
}

fn subject(command: &Command) -> Option<Subject> {
    match command {
        Command::Record(command) => command.record().map(Subject::Record),
        Command::Hit(command) => command.hit().map(Subject::Hit),
    }
}

fn is_flash(command: &Command) -> bool {
    matches!(
        command,
        Command::Hit(
            HitCommand::Ask { priority: Priority::Flash, .. }
                | HitCommand::Lead { priority: Priority::Flash, .. }
        )
    )
}

#[cfg(test)]
mod tests;
