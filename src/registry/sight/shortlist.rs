//! What one viewer may see of candidates, of which many checks find the same ones.

use super::candidate;
use crate::domain::disclose::Viewer;
use crate::domain::evidence::Rarity;
use crate::domain::ids::{CountryCode, RecordId};
use crate::registry::index::{self, Candidate};
use crate::registry::store::{StoreError, Transaction};
use crate::registry::tables;
use crate::wire::check::CandidateShown;
use std::collections::HashMap;

/// Candidates looked at when a number's rarity is told in words; a number that fits more is
/// weak either way.
const MOST_COUNTED: usize = 200;
/// Records kept; where more are wanted it begins anew, so that its memory has a bound.
const MOST_KEPT: usize = 4096;

/// What a short list shows of a record: nothing when not even its existence may be told.
type Sight = Option<(CountryCode, Option<CandidateShown>)>;

/// What a viewer may see of records in one state of the store, each read once.
#[derive(Debug)]
pub struct Shortlist<'a> {
    viewer: &'a Viewer,
    seen: HashMap<RecordId, Sight>,
}

impl<'a> Shortlist<'a> {
    /// Nothing read yet.
    pub fn new(viewer: &'a Viewer) -> Self {
        Self { viewer, seen: HashMap::new() }
    }

    /// Reads the records of candidates, as far as they were not read before. At most a few
    /// hundred at a time: all of them are kept at least until the next call.
    ///
    /// # Errors
    /// The store failed.
    pub async fn read(&mut self, tx: &mut Transaction, found: &[Candidate]) -> Result<(), StoreError> {
        if self.seen.len() > MOST_KEPT {
            self.seen.clear();
        }
        let unread: Vec<RecordId> =
            found.iter().map(|found| found.record).filter(|id| !self.seen.contains_key(id)).collect();
        for record in tables::records(tx, &unread).await? {
            self.seen.insert(record.id, candidate(&record, self.viewer));
        }
        Ok(())
    }

    /// What is shown of a record that was read; nothing of one that is not there.
    pub fn shown(&self, record: RecordId) -> Option<&(CountryCode, Option<CandidateShown>)> {
        self.seen.get(&record)?.as_ref()
    }

    /// How many records the number of the best candidate fits, of those that the viewer may see.
    ///
    /// # Errors
    /// The store failed.
    pub async fn rarity(&mut self, tx: &mut Transaction, found: &[Candidate]) -> Result<Rarity, StoreError> {
        let found = &found[..found.len().min(MOST_COUNTED)];
        self.read(tx, found).await?;
        let shown: Vec<&Candidate> =
            found.iter().filter(|found| self.shown(found.record).is_some()).collect();
        Ok(index::rarity(&shown))
    }
}
