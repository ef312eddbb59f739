//! What was seen, as the console holds it: the newest of each, and no more than it may.

use super::{Past, Sight};
use crate::domain::ids::{HitId, RecordId};
use crate::domain::time::{Minutes, Moment};
use crate::wire::check::Candidate;
use crate::wire::hit::{HitRow, HitView};
use crate::wire::news::{Cursor, Hello};
use crate::wire::record::RecordAnswer;
use std::collections::BTreeMap;

/// Records, and hits with both guns, that are kept.
pub(super) const MOST_RECORDS: usize = 2000;
const MOST_HITS: usize = 300;
/// Rows of the queue that are kept: as many as a console reads.
pub(super) const MOST_ROWS: usize = 2000;
/// What was seen longer ago is no help.
const OLDEST: Minutes = Minutes::days(30);

/// What was seen.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    pub(super) hello: Option<Hello>,
    pub(super) cursor: Option<Cursor>,
    rows: BTreeMap<HitId, HitRow>,
    rows_at: Moment,
    pub(super) hits: BTreeMap<HitId, (HitView, Moment)>,
    pub(super) records: BTreeMap<RecordId, (RecordAnswer, Moment)>,
    pub(super) candidates: BTreeMap<RecordId, (Candidate, Moment)>,
}

impl Memory {
    /// What a console begins with; nothing where nobody was ever greeted.
    pub(super) fn past(&self) -> Option<Past> {
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

    /// Takes in something that was seen.
    pub(super) fn apply(&mut self, sight: Sight) {
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
                self.leave_out_rows();
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

    /// Lets rows go that are too many: closed ones first, of which no list is made, and the oldest.
    fn leave_out_rows(&mut self) {
        while self.rows.len() > MOST_ROWS {
            let closed = self.rows.values().find(|row| !row.hit.phase.is_open());
            let Some(gone) = closed.or(self.rows.values().next()).map(|row| row.hit.id) else { return };
            self.rows.remove(&gone);
        }
    }

    /// Forgets what is too old to be of any help.
    pub(super) fn forget_old(&mut self, now: Moment) {
        let fresh = |at: &Moment| at.until(now) <= OLDEST;
        self.hits.retain(|_, (_, at)| fresh(at));
        self.records.retain(|_, (_, at)| fresh(at));
        self.candidates.retain(|_, (_, at)| fresh(at));
    }

    /// All of it, in the order in which it is read again.
    pub(super) fn sights(&self) -> Vec<Sight> {
        let mut all: Vec<Sight> = Vec::new();
        all.extend(self.hello.clone().map(|hello| Sight::Hello(Box::new(hello))));
        all.extend(self.cursor.map(Sight::Reached));
        if !self.rows.is_empty() {
            all.push(Sight::Rows(self.rows.values().cloned().collect(), self.rows_at));
        }
        all.extend(self.hits.values().map(|(view, at)| Sight::Hit(Box::new(view.clone()), *at)));
        all.extend(self.records.values().map(|(answer, at)| Sight::Record(Box::new(answer.clone()), *at)));
        all.extend(self.candidates.values().map(|(one, at)| Sight::Candidates(vec![one.clone()], *at)));
        all
    }

    /// Lets the oldest half go of each kind; says whether there was anything to let go.
    pub(super) fn halve(&mut self) -> bool {
        let (hits, records) = (self.hits.len(), self.records.len());
        let candidates = self.candidates.len();
        keep_latest(&mut self.hits, hits / 2);
        keep_latest(&mut self.records, records / 2);
        keep_latest(&mut self.candidates, candidates / 2);
        hits + records + candidates > 0
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
