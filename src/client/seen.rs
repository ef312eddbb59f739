//! What an officer has seen, kept on this machine so that it can be read without a line.
//!
//! It can all be read again from the registry: so nothing of it is synced, the oldest goes when
//! it grows too long, and it is thrown away when the registry withdraws it, when the officer
//! wants it, and when it was written by a program that kept it otherwise.

mod here;

pub use here::Here;

use super::lines::Lines;
use crate::domain::ids::{HitId, RecordId};
use crate::domain::time::{Minutes, Moment};
use crate::wire::check::Candidate;
use crate::wire::hit::{HitRow, HitView};
use crate::wire::news::{Cursor, Hello, News};
use crate::wire::record::RecordAnswer;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// Bytes that it may take on the disk.
const MOST_BYTES: u64 = 8 << 20;
/// Records, and hits with both guns, that are kept.
const MOST_RECORDS: usize = 2000;
const MOST_HITS: usize = 300;
/// What was seen longer ago is no help.
const OLDEST: Minutes = Minutes::days(30);

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
    lines: Lines,
    hello: Option<Hello>,
    cursor: Option<Cursor>,
    rows: BTreeMap<HitId, HitRow>,
    rows_at: Moment,
    hits: BTreeMap<HitId, (HitView, Moment)>,
    records: BTreeMap<RecordId, (RecordAnswer, Moment)>,
    candidates: BTreeMap<RecordId, (Candidate, Moment)>,
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

impl Seen {
    /// Opens what was seen.
    ///
    /// # Errors
    /// The file cannot be opened or read.
    pub fn open(path: &Path, now: Moment) -> io::Result<Self> {
        let (lines, found) = Lines::open(path, MOST_BYTES)?;
        let mut seen = Self {
            lines,
            hello: None,
            cursor: None,
            rows: BTreeMap::new(),
            rows_at: Moment::default(),
            hits: BTreeMap::new(),
            records: BTreeMap::new(),
            candidates: BTreeMap::new(),
        };
        if found.damaged > 0 {
            // What is missing may be that something was withdrawn.
            seen.wipe()?;
            return Ok(seen);
        }
        for sight in found.entries {
            seen.apply(sight);
        }
        seen.forget_old(now);
        Ok(seen)
    }

    /// Where the feed goes on, so that nothing is missed that was withdrawn meanwhile.
    pub fn cursor(&self) -> Option<Cursor> {
        self.hello.as_ref().and(self.cursor)
    }

    /// What a console begins with; nothing where nobody was ever greeted.
    pub fn past(&self) -> Option<Past> {
        let newer = |view: &HitView| match self.rows.get(&view.row.hit.id) {
            Some(row) => HitView { row: row.clone(), ..view.clone() },
            None => view.clone(),
        };
        Some(Past {
            hello: self.hello.clone()?,
            rows: self.rows.values().cloned().collect(),
            rows_at: self.rows_at,
            hits: self.hits.values().map(|(view, at)| (newer(view), *at)).collect(),
            records: self.records.values().cloned().collect(),
        })
    }

    /// Takes in what was seen.
    ///
    /// # Errors
    /// It could not be written, and is not kept.
    pub fn note(&mut self, sights: Vec<Sight>) -> io::Result<()> {
        if sights.is_empty() {
            return Ok(());
        }
        let added = self.lines.add(&sights, false);
        for sight in sights {
            self.apply(sight);
        }
        match added {
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => self.rewrite(),
            other => other,
        }
    }

    /// Takes in news. What the feed tells is noted with the place that it has reached, so that
    /// nothing withdrawn is missed by whoever goes on from there.
    ///
    /// # Errors
    /// It could not be written.
    pub fn news(&mut self, news: &News, now: Moment) -> io::Result<()> {
        let mut sights = Vec::new();
        match news {
            News::Hello(hello) => {
                if self.hello.as_ref().is_some_and(|held| held.cursor.epoch != hello.cursor.epoch) {
                    self.wipe()?;
                }
                if self.cursor.is_none() {
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
                self.note(sights)?;
                // What may be seen no more is not left lying in the file.
                return self.rewrite();
            }
            News::Reset => return self.wipe(),
            News::Beat { .. } => {}
        }
        self.note(sights)
    }

    /// Throws everything away.
    ///
    /// # Errors
    /// The file could not be emptied.
    pub fn wipe(&mut self) -> io::Result<()> {
        self.hello = None;
        self.cursor = None;
        self.rows.clear();
        self.hits.clear();
        self.records.clear();
        self.candidates.clear();
        self.lines.replace::<Sight>(&[], true)
    }

    fn apply(&mut self, sight: Sight) {
        match sight {
            Sight::Hello(hello) => self.hello = Some(*hello),
            Sight::Reached(cursor) => self.cursor = Some(cursor),
            Sight::Rows(rows, at) => {
                self.rows_at = self.rows_at.max(at);
                for row in rows {
                    let newer =
                        self.rows.get(&row.hit.id).is_none_or(|held| held.hit.revision <= row.hit.revision);
                    if newer {
                        self.rows.insert(row.hit.id, row);
                    }
                }
            }
            Sight::Hit(view, at) => {
                self.hits.insert(view.row.hit.id, (*view, at));
                keep_latest(&mut self.hits, MOST_HITS);
            }
            Sight::Record(answer, at) => {
                self.records.insert(answer.id(), (*answer, at));
                keep_latest(&mut self.records, MOST_RECORDS);
            }
            Sight::Candidates(list, at) => {
                for candidate in list {
                    self.candidates.insert(candidate.record, (candidate, at));
                }
                keep_latest(&mut self.candidates, MOST_RECORDS);
            }
            Sight::GoneHit(hit, row) => {
                self.hits.remove(&hit);
                if row {
                    self.rows.remove(&hit);
                }
            }
            Sight::GoneRecord(record) => {
                self.records.remove(&record);
                self.candidates.remove(&record);
                self.hits.retain(|_, (view, _)| view.row.hit.record != record);
            }
        }
    }

    fn forget_old(&mut self, now: Moment) {
        let fresh = |at: &Moment| at.until(now) <= OLDEST;
        self.hits.retain(|_, (_, at)| fresh(at));
        self.records.retain(|_, (_, at)| fresh(at));
        self.candidates.retain(|_, (_, at)| fresh(at));
    }

    /// Writes the file anew, without what counts no more; the oldest goes until it is half full.
    fn rewrite(&mut self) -> io::Result<()> {
        let mut most = (MOST_HITS, MOST_RECORDS);
        loop {
            let mut all: Vec<Sight> = Vec::new();
            all.extend(self.hello.clone().map(|hello| Sight::Hello(Box::new(hello))));
            all.extend(self.cursor.map(Sight::Reached));
            all.push(Sight::Rows(self.rows.values().cloned().collect(), self.rows_at));
            all.extend(self.hits.values().map(|(view, at)| Sight::Hit(Box::new(view.clone()), *at)));
            all.extend(
                self.records.values().map(|(answer, at)| Sight::Record(Box::new(answer.clone()), *at)),
            );
            all.extend(self.candidates.values().map(|(one, at)| Sight::Candidates(vec![one.clone()], *at)));
            self.lines.replace(&all, false)?;
            if self.lines.bytes() <= MOST_BYTES / 2 || most == (0, 0) {
                return Ok(());
            }
            most = (most.0 / 2, most.1 / 2);
            keep_latest(&mut self.hits, most.0);
            keep_latest(&mut self.records, most.1);
            keep_latest(&mut self.candidates, most.1);
        }
    }
}

/// Keeps so many of what was seen last.
fn keep_latest<K: Ord + Copy, V>(all: &mut BTreeMap<K, (V, Moment)>, most: usize) {
    while all.len() > most {
        let oldest = all.iter().min_by_key(|(_, (_, at))| *at).map(|(key, _)| *key);
        let Some(oldest) = oldest else { return };
        all.remove(&oldest);
    }
}

#[cfg(test)]
mod tests;
