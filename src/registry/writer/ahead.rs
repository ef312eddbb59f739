//! What is worked out of a batch before the lock is taken, beside whatever else is going on.

use super::{Actor, Job, Work};
use crate::domain::check::Question;
use crate::domain::command::{Command, Envelope};
use crate::domain::gun::Gun;
use crate::domain::ids::AgencyId;
use crate::domain::record::{RecordCommand, Report};
use crate::domain::refusal::Fields;
use crate::matching::Resolved;
use crate::registry::checks;
use crate::registry::index::{Early, Snapshot};
use std::num::NonZero;
use std::sync::Arc;
use std::thread::available_parallelism;

/// Work for which another thread is worth its waking.
const SHARE: usize = 32;

/// Texts that a thread remembers at most, some megabytes; what officers write repeats itself.
const MOST_RESOLVED: usize = 4096;

/// What a piece of work will have to be matched with.
#[derive(Debug, Clone)]
pub(in crate::registry) enum Sought {
    /// Records, by a question that an agency asks.
    Records(AgencyId, Box<Question>),
    /// Records and standing checks, by a report.
    Both(Box<Report>),
}

/// What is known of a piece of work before its transaction.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// What the published index holds for it.
    pub early: Early,
    /// Of a check, where it will stand.
    pub place: Option<checks::Place>,
}

/// Looks ahead for one batch after the other.
#[derive(Debug)]
pub(super) struct Lookout {
    /// Makes, models and calibres of earlier batches, for each thread its own.
    resolved: Vec<Resolved>,
}

impl Default for Lookout {
    fn default() -> Self {
        let threads = available_parallelism().map_or(1, NonZero::get);
        Self { resolved: vec![Resolved::default(); threads] }
    }
}

impl Lookout {
    /// Looks ahead for every job, off the runtime's threads and on as many cores as the work
    /// is worth; a job for which that failed has an empty list.
    pub(super) async fn look(
        &mut self,
        snapshot: &Arc<Snapshot>,
        jobs: Vec<Job>,
    ) -> (Vec<Job>, Vec<Vec<Ahead>>) {
        let each = jobs.iter().flat_map(|job| job.work.iter().map(|work| sought(&job.actor, work)));
        let all: Vec<Option<Sought>> = each.collect();
        let shares = all.len().div_ceil(SHARE).clamp(1, self.resolved.len().max(1));
        let share = all.len().div_ceil(shares).max(1);
        let mut all = all.into_iter();
        let mut tasks = Vec::with_capacity(shares);
        for _ in 0..shares {
            let some: Vec<Option<Sought>> = all.by_ref().take(share).collect();
            let remembered = self.resolved.pop().filter(|resolved| resolved.len() <= MOST_RESOLVED);
            let (snapshot, mut resolved) = (Arc::clone(snapshot), remembered.unwrap_or_default());
            tasks.push(tokio::task::spawn_blocking(move || {
                let seen: Vec<Ahead> =
                    some.into_iter().map(|sought| Ahead::of(&snapshot, sought, &mut resolved)).collect();
                (seen, resolved)
            }));
        }
        let mut found = Vec::with_capacity(share * shares);
        let mut failed = false;
        for task in tasks {
            let (seen, resolved) = task.await.unwrap_or_else(|error| {
                tracing::error!(%error, "a batch is matched inside its transaction");
                failed = true;
                Default::default()
            });
            found.extend(seen);
            self.resolved.push(resolved);
        }
        if failed {
            return (jobs, Vec::new());
        }
        let mut found = found.into_iter();
        let ahead = jobs.iter().map(|job| found.by_ref().take(job.work.len()).collect()).collect();
        (jobs, ahead)
    }
}

impl Ahead {
    /// Looks ahead for the work of one sender, here and now.
    pub(super) fn of_task(snapshot: &Snapshot, actor: &Actor, work: &[Work]) -> Vec<Self> {
        let mut resolved = Resolved::default();
        work.iter().map(|work| Self::of(snapshot, sought(actor, work), &mut resolved)).collect()
    }

    fn of(snapshot: &Snapshot, sought: Option<Sought>, resolved: &mut Resolved) -> Self {
        let Some(sought) = sought else { return Self::default() };
        let early = Early::search(snapshot, &sought, resolved);
        let place = match &sought {
            Sought::Records(agency, question) => Some(checks::Place::of(agency, question)),
            Sought::Both(_) => None,
        };
        Self { early, place }
    }
}

/// What can be searched for before the lock is taken; nothing for a gun that will be refused.
fn sought(actor: &Actor, work: &Work) -> Option<Sought> {
    match work {
        Work::Check(item) if is_in_bounds(&item.question.gun) => {
            Some(Sought::Records(actor.viewer().party.agency, Box::new(item.question.clone())))
        }
        Work::Command(Envelope {
            command:
                Command::Record(RecordCommand::Enter { report, .. } | RecordCommand::Amend { report, .. }),
            ..
        }) if is_in_bounds(&report.gun) => Some(Sought::Both(report.clone())),
        _ => None,
    }
}

/// Whether no field of a gun is longer than it may be. Reading a number takes the square of its
/// length, and nobody waits for one that fills a whole request.
fn is_in_bounds(gun: &Gun) -> bool {
    let mut fields = Fields::default();
    gun.judge("", &mut fields);
    fields.list().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::gun::{Number, Place};
    use crate::domain::ids::CommandId;
    use crate::registry::index::Indexes;
    use crate::wire::check::CheckItem;
    use uuid::Uuid;

    #[test]
    fn a_gun_that_will_be_refused_is_not_searched_for() {
        let asked = |number: &str, numbers: usize| {
            let number = Number { as_seen: number.into(), place: Place::Frame };
            let gun = Gun { numbers: vec![number; numbers], ..Gun::default() };
            let (purpose, case) = ("SEIZURE".into(), "1/26".into());
            let question = Question { gun, purpose, case, found: None, stand_days: 0, limit: 1 };
            let work = [Work::Check(CheckItem { id: CommandId(Uuid::nil()), question })];
            let ahead = Ahead::of_task(&Indexes::bare(0).snapshot(), &Actor::Registry, &work);
            ahead.iter().any(|ahead| ahead.place.is_some())
        };
        assert!(asked("KD73519", 1));
        assert!(!asked(&"C/".repeat(1000), 1));
        assert!(!asked("KD73519", 5000));
    }
}
