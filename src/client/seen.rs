//! What an officer has seen, kept on this machine so that it can be read without a line.
//!
//! It can all be read again from the registry: so nothing of it is synced, the oldest goes when
//! it grows too long, and it is thrown away when the registry withdraws it, when the officer
//! wants it, and when it was written by a program that kept it otherwise.

mod file;
mod here;
mod memory;

pub use here::Here;

use super::lines::remove;
use crate::domain::check::Question;
use crate::domain::ids::{HitId, RecordId};
use crate::domain::time::Moment;
use crate::wire::check::Candidate;
use crate::wire::hit::{HitRow, HitView};
use crate::wire::news::{Cursor, Hello, News};
use crate::wire::record::RecordAnswer;
use file::Shared;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Something that was seen, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    /// Who the officer is.
    Hello(Box<Hello>),
    /// Rows of the queue.
    Rows(Vec<HitRow>, Moment),
    /// A hit with both its guns.
    Hit(Box<HitView>, Moment),
    /// A record.
    Record(Box<RecordAnswer>, Moment),
    /// Candidates of a check.
    Candidates(Vec<Candidate>, Moment),
    /// What the feed has told up to there is in it.
    Reached(Cursor),
    /// A hit that may be seen no more, or is described otherwise; with its row, or without.
    GoneHit(HitId, bool),
    /// A record that may be seen no more, or was changed.
    GoneRecord(RecordId),
}

/// What was seen, as far as it is kept.
#[derive(Debug)]
pub struct Seen {
    shared: Arc<Shared>,
}

/// What a console begins with when there is no line.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// Who the officer was when the registry last said so.
    pub hello: Hello,
    /// The queue.
    pub rows: Vec<HitRow>,
    /// When the latest of its rows came.
    pub rows_at: Moment,
    /// Hits with both guns, and when they were read.
    pub hits: Vec<(HitView, Moment)>,
    /// Records, and when they were read.
    pub records: Vec<(RecordAnswer, Moment)>,
}

/// Takes away what an earlier console has kept.
///
/// # Errors
/// It cannot be removed.
pub fn forget(path: &Path) -> io::Result<()> {
    remove(path)
}

impl Seen {
    /// Opens what was seen.
    ///
    /// # Errors
    /// The file cannot be opened or read.
    pub fn open(path: &Path, now: Moment) -> io::Result<Self> {
        let (shared, found) = Shared::open(path)?;
        let mut held = shared.held();
        for sight in found {
            held.memory.apply(sight);
        }
        held.memory.forget_old(now);
        drop(held);
        Ok(Self { shared })
    }

    /// Keeps what is seen as long as the console runs, and on no disk.
    pub fn unkept() -> Self {
        Self { shared: Shared::unkept() }
    }

    /// Where the feed goes on, so that nothing is missed that was withdrawn meanwhile.
    pub fn cursor(&self) -> Option<Cursor> {
        let held = self.shared.held();
        held.memory.hello.as_ref().and(held.memory.cursor)
    }

    /// What a console begins with; nothing where nobody was ever greeted.
    pub fn past(&self) -> Option<Past> {
        self.shared.held().memory.past()
    }

    /// Holds a gun against what was seen here.
    pub fn check(&self, question: &Question) -> Here {
        self.shared.held().memory.check(question)
    }

    /// Takes in what was seen.
    pub fn note(&mut self, sights: Vec<Sight>) {
        if !sights.is_empty() {
            self.shared.note(sights, false);
        }
    }

    /// Takes in news. What the feed tells is noted with the place that it has reached, so that
    /// nothing withdrawn is missed by whoever goes on from there.
    pub fn news(&mut self, news: &News, now: Moment) {
        let mut sights = Vec::new();
        let mut anew = false;
        match news {
            News::Hello(hello) => {
                let before = self.shared.held().memory.hello.as_ref().map(|held| held.cursor.epoch);
                if before.is_some_and(|epoch| epoch != hello.cursor.epoch) {
                    self.wipe();
                }
                if self.shared.held().memory.cursor.is_none() {
                    sights.push(Sight::Reached(hello.cursor));
                }
                sights.push(Sight::Hello(Box::new(hello.clone())));
            }
            News::Hit { cursor, row, .. } => {
                sights.extend([Sight::Rows(vec![(**row).clone()], now), Sight::Reached(*cursor)]);
            }
            News::Amended { cursor, record, rows, .. } => {
                sights.extend(record.map(Sight::GoneRecord));
                sights.extend(rows.iter().map(|row| Sight::GoneHit(row.hit.id, false)));
                sights.extend([Sight::Rows(rows.clone(), now), Sight::Reached(*cursor)]);
            }
            News::Withdraw { cursor, hits, record } => {
                sights.extend(hits.iter().map(|hit| Sight::GoneHit(*hit, true)));
                sights.extend(record.map(Sight::GoneRecord));
                sights.push(Sight::Reached(*cursor));
                // What may be seen no more is not left lying in the file.
                anew = true;
            }
            News::Reset => return self.wipe(),
            News::Beat { .. } => {}
        }
        if !sights.is_empty() {
            self.shared.note(sights, anew);
        }
    }

    /// Throws everything away.
    pub fn wipe(&mut self) {
        self.shared.wipe();
    }

    /// Waits until the file says what was taken in, at most so long; says whether it does.
    pub fn settle(&self, most: Duration) -> bool {
        self.shared.settle(most)
    }
}

impl Drop for Seen {
    fn drop(&mut self) {
        self.shared.end();
    }
}

#[cfg(test)]
mod tests;
