//! What was seen at this desk: kept as it comes, read when there is no line.

use crate::client::seen::{Here, Past, Seen, Sight, forget};
use crate::console::message::{Answer, Message};
use crate::console::state::State;
use crate::console::state::line_status::LineStatus;
use crate::console::state::remote::Remote;
use crate::domain::check::Question;
use crate::domain::ids::{HitId, RecordId};
use crate::domain::time::Moment;
use crate::wire::check::Candidate;
use crate::wire::hit::HitRow;
use crate::wire::news::Cursor;
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// Longest that the end of the console waits for its disk.
const LONGEST_FINISH: Duration = Duration::from_secs(2);

/// What was seen, if there is a place to keep it.
#[derive(Debug)]
pub(super) struct SeenHere {
    seen: Option<Seen>,
}

impl SeenHere {
    /// Opens what was seen; without it the console works as well, while there is a line. What is
    /// to be thrown away at the end is never written: nobody throws it away after a power cut.
    pub(super) fn open(path: Option<PathBuf>, wipe_at_leave: bool, now: Moment) -> Self {
        let opened = |path: PathBuf| {
            if !wipe_at_leave {
                return Seen::open(&path, now).map_err(|error| told(&error)).ok();
            }
            if let Err(error) = forget(&path) {
                told(&error);
            }
            Some(Seen::unkept())
        };
        Self { seen: path.and_then(opened) }
    }

    /// What a console begins with.
    pub(super) fn past(&self) -> Option<Past> {
        self.seen.as_ref()?.past()
    }

    /// Where the feed goes on.
    pub(super) fn cursor(&self) -> Option<Cursor> {
        self.seen.as_ref()?.cursor()
    }

    /// Keeps what a message tells before anybody asks.
    pub(super) fn hear(&mut self, message: &Message, now: Moment) {
        let Some(seen) = &mut self.seen else { return };
        match message {
            Message::News(news) => seen.news(news, now),
            // Whom the registry does not know any more may keep nothing of it.
            Message::Line(LineStatus::ShutOut) => seen.wipe(),
            _ => {}
        }
    }

    /// Keeps of an answer what the screen has taken of it. One that news have overtaken may hold
    /// what was withdrawn meanwhile, and nobody would take that away again.
    pub(super) fn keep(&mut self, brought: &Brought, state: &State) {
        if let Some(seen) = &mut self.seen {
            seen.note(brought.taken(state));
        }
    }

    /// Holds a gun against what was seen.
    pub(super) fn check(&self, question: &Question) -> Here {
        self.seen.as_ref().map(|seen| seen.check(question)).unwrap_or_default()
    }

    /// Throws everything away.
    pub(super) fn wipe(&mut self) {
        if let Some(seen) = &mut self.seen {
            seen.wipe();
        }
    }

    /// The console ends: what was withdrawn last is taken out of the file.
    pub(super) fn finish(&self) {
        if self.seen.as_ref().is_some_and(|seen| !seen.settle(LONGEST_FINISH)) {
            tracing::warn!("the disk does not answer: what was seen last is not kept");
        }
    }
}

/// What an answer is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Brought {
    rows: Vec<HitId>,
    hit: Option<HitId>,
    record: Option<RecordId>,
    candidates: BTreeSet<RecordId>,
}

impl Brought {
    /// What a message is an answer about; nothing when it is none.
    pub(super) fn by(message: &Message) -> Self {
        let Message::Answered(answer) = message else { return Self::default() };
        let named = |candidates: &[Candidate]| candidates.iter().map(|candidate| candidate.record).collect();
        let nothing = Self::default();
        match &**answer {
            Answer::Hits { result: Ok(page), .. } => {
                Self { rows: page.hits.iter().map(|row| row.hit.id).collect(), ..nothing }
            }
            Answer::Hit { id, result: Ok(_), .. } => Self { hit: Some(*id), ..nothing },
            Answer::Record { id, result: Ok(_), .. } => Self { record: Some(*id), ..nothing },
            Answer::Check { result: Ok(answer), .. } | Answer::Waited { answer, .. } => {
                Self { candidates: named(&answer.candidates), ..nothing }
            }
            Answer::Candidates { result: Ok(page), .. } => {
                Self { candidates: named(&page.candidates), ..nothing }
            }
            _ => nothing,
        }
    }

    /// What of it is held now, as old as it is.
    fn taken(&self, state: &State) -> Vec<Sight> {
        let mut sights = Vec::new();
        let rows: Vec<HitRow> = self.rows.iter().filter_map(|id| state.row(*id)).cloned().collect();
        if !rows.is_empty() {
            sights.push(Sight::Rows(rows, state.now));
        }
        if let Some((view, at)) = self.hit.and_then(|id| held(state.record.hits.get(&id)?)) {
            sights.push(Sight::Hit(Box::new(view), at));
        }
        if let Some((answer, at)) = self.record.and_then(|id| held(state.record.records.get(&id)?)) {
            sights.push(Sight::Record(Box::new(answer), at));
        }
        let is_asked = |candidate: &&Candidate| self.candidates.contains(&candidate.record);
        let answers = state.answers();
        let list: Vec<Candidate> =
            answers.flat_map(|answer| &answer.candidates).filter(is_asked).cloned().collect();
        if !list.is_empty() {
            sights.push(Sight::Candidates(list, state.now));
        }
        sights
    }
}

fn held<T: Clone>(reading: &Remote<T>) -> Option<(T, Moment)> {
    reading.value().cloned().zip(reading.as_of())
}

/// What was seen can be read again: that it is not kept, or not taken away, goes to the log.
fn told(error: &io::Error) {
    tracing::warn!(%error, "what was seen is not kept");
}

#[cfg(test)]
mod tests;
