//! The registry's view of the matching index: published snapshots, and changes that are staged.
//!
//! A snapshot is current to one sequence of the journal. The writer searches it before it
//! takes the lock, stages what came since inside it, and publishes after the commit; staged
//! changes that are dropped leave no trace.

mod start;

use super::store::{Store, StoreError, Transaction};
use super::tables;
use super::writer::Sought;
use crate::domain::check::Check;
use crate::domain::date::PartialDate;
use crate::domain::event::{CheckEvent, Event, RecordEvent};
use crate::domain::evidence::{Band, Evidence, Rarity};
use crate::domain::gun::Gun;
use crate::domain::hit::{Exclusion, Hit};
use crate::domain::ids::{CheckId, HitId, RecordId};
use crate::domain::record::{Record, Report};
use crate::domain::time::Moment;
use crate::matching::{self, Found, Index, Prepared, Resolved, Staged, Stale, compare};
use arc_swap::ArcSwap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A record that a check may be about.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Which.
    pub record: RecordId,
    /// Band, weight and reasons.
    pub evidence: Evidence,
    found: matching::Candidate<RecordId>,
}

/// Guns that an officer has said are not the recorded one.
type Exclusions = BTreeMap<RecordId, Vec<(HitId, Gun, Exclusion)>>;

/// Both indexes as of one sequence of the journal.
#[derive(Debug, Clone)]
pub struct Snapshot {
    records: Index<RecordId>,
    checks: Index<CheckId>,
    exclusions: Arc<Exclusions>,
    head: u64,
}

/// The published snapshot.
#[derive(Debug)]
pub struct Indexes(ArcSwap<Snapshot>);

/// Parts of both indexes that were joined beside a snapshot.
#[derive(Debug)]
pub struct Tidied {
    records: Option<matching::Tidied<RecordId>>,
    checks: Option<matching::Tidied<CheckId>>,
}

impl Indexes {
    /// Builds the index from the store.
    ///
    /// # Errors
    /// The store failed.
    pub async fn load(store: &Store, now: Moment) -> Result<Self, StoreError> {
        Ok(Self(ArcSwap::from_pointee(start::read(store, now).await?)))
    }

    /// An index of nothing that is current to a sequence: for a writer that lets people in only.
    pub fn bare(head: u64) -> Self {
        Self(ArcSwap::from_pointee(Snapshot {
            records: Index::default(),
            checks: Index::default(),
            exclusions: Arc::default(),
            head,
        }))
    }

    /// The snapshot as published.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.0.load_full()
    }

    /// Publishes what was staged and is durable now.
    pub fn publish(&self, snapshot: Snapshot) {
        self.0.store(Arc::new(snapshot));
    }
}

impl Snapshot {
    /// The sequence of the journal that it is current to.
    pub fn head(&self) -> u64 {
        self.head
    }

    /// Joins parts that have grown too many, beside the snapshot; nothing when there are none.
    /// It takes a second for millions.
    pub fn tidied(&self) -> Option<Tidied> {
        let tidied = Tidied { records: self.records.tidied(), checks: self.checks.tidied() };
        (tidied.records.is_some() || tidied.checks.is_some()).then_some(tidied)
    }

    /// The same snapshot with the joined parts in it.
    #[must_use]
    pub fn adopt(&self, tidied: Tidied) -> Self {
        let records = tidied.records.map_or_else(|| self.records.clone(), |parts| self.records.adopt(parts));
        let checks = tidied.checks.map_or_else(|| self.checks.clone(), |parts| self.checks.adopt(parts));
        Self { records, checks, ..self.clone() }
    }

    /// Records in it.
    pub fn records(&self) -> u64 {
        self.records.len() as u64
    }

    /// The candidates of a check, best first.
    pub fn candidates(&self, check: &Check) -> Vec<Candidate> {
        let prepared = prepared_check(check);
        judged(&matching::search(&self.records, &prepared), self.records(), check)
    }
}

/// How many records the number of the best candidate fits, among those that may be seen.
pub fn rarity(candidates: &[&Candidate]) -> Rarity {
    match candidates.first() {
        Some(best) => matching::rarity(&best.found, candidates.iter().map(|c| &c.found)),
        None => Rarity::default(),
    }
}

fn judged(found: &Found<RecordId>, records: u64, check: &Check) -> Vec<Candidate> {
    let found = match check.of_record {
        Some(own) => found.clone().without(own),
        None => found.clone(),
    };
    found
        .candidates(records)
        .into_iter()
        .map(|found| Candidate { record: found.key, evidence: found.evidence.clone(), found })
        .collect()
}

fn prepared_check(check: &Check) -> Prepared {
    Prepared::of(&check.question.gun).on(check.question.found)
}

/// A record of which an officer has said that guns in hand are not it.
fn prepared_record(
    gun: &Gun,
    when: Option<PartialDate>,
    closed: bool,
    excluded: &[(HitId, Gun, Exclusion)],
) -> Prepared {
    let record = Prepared::of(gun).on(when).closed(closed);
    let of_guns = excluded.iter().filter(|(.., reason)| reason.is_of_the_gun());
    of_guns.fold(record, |record, (_, gun, reason)| record.excluding(gun, *reason))
}

/// What a search brought before the lock was taken.
#[derive(Debug, Default)]
pub struct Early {
    records: Option<Found<RecordId>>,
    checks: Option<Vec<CheckId>>,
}

impl Early {
    /// Nothing: everything is to be searched inside.
    pub fn none() -> Self {
        Self::default()
    }

    /// Searches the snapshot for what a piece of work will have to be matched with.
    pub(super) fn search(snapshot: &Snapshot, sought: &Sought, resolved: &mut Resolved) -> Self {
        match sought {
            Sought::Records(_, question) => {
                let check = Prepared::with(&question.gun, resolved).on(question.found);
                Self { records: Some(matching::search(&snapshot.records, &check)), checks: None }
            }
            Sought::Both(report) => {
                let record = Prepared::with(&report.gun, resolved).on(report.date);
                let checks = matching::checks_for(&snapshot.checks.stage(), &record);
                Self { records: Some(matching::search(&snapshot.records, &record)), checks: Some(checks) }
            }
        }
    }
}

/// Changes that nobody sees before they are published.
#[derive(Debug, Clone)]
pub struct Staging {
    base: Arc<Snapshot>,
    records: Staged<RecordId>,
    checks: Staged<CheckId>,
    exclusions: Arc<Exclusions>,
}

impl Staging {
    /// Begins on a snapshot.
    pub fn begin(base: Arc<Snapshot>) -> Self {
        Self {
            records: base.records.stage(),
            checks: base.checks.stage(),
            exclusions: Arc::clone(&base.exclusions),
            base,
        }
    }

    /// Records that there would be after publishing.
    pub fn records(&self) -> u64 {
        self.records.len() as u64
    }

    /// Puts a record in, or in the place of its older self; a closed one stays as a candidate
    /// that can ring no more.
    pub fn put_record(&mut self, record: &Record) {
        let (report, closed) = (&record.report, !record.status.is_open());
        let Some(excluded) = self.exclusions.get(&record.id).filter(|list| !list.is_empty()) else {
            self.records.insert_gun(record.id, &report.gun, report.date, closed);
            return;
        };
        self.records.insert(record.id, &prepared_record(&report.gun, report.date, closed, excluded));
    }

    /// Puts a check in, or takes it out when it stands no more.
    pub fn put_check(&mut self, check: &Check, now: Moment) {
        if check.stands_until > now {
            let question = &check.question;
            self.checks.insert_gun(check.id, &question.gun, question.found, false);
        } else {
            self.checks.remove(check.id);
        }
    }

    /// The candidates of a check in base and changes together, best first; `early` is what the
    /// base alone brought before the lock, if it was searched.
    pub fn candidates(&self, early: &Early, check: &Check) -> Vec<Candidate> {
        let found = match &early.records {
            Some(found) => found.clone(),
            None => matching::search(&self.base.records, &prepared_check(check)),
        };
        judged(&found.caught_up(&self.records), self.records(), check)
    }

    /// The standing checks that a record may be LIKELY for.
    pub fn standing(&self, early: &Early, record: &Record) -> Vec<CheckId> {
        let prepared = Prepared::of(&record.report.gun).on(record.report.date);
        let mut ids = match &early.checks {
            None => matching::checks_for(&self.checks, &prepared),
            Some(early) => {
                let mut ids: Vec<CheckId> =
                    early.iter().copied().filter(|id| !self.checks.replaces(*id)).collect();
                self.checks.search_added(&prepared, &mut |id, check| {
                    ids.extend(compare(&prepared, check).map(|_| id));
                });
                ids.sort_unstable();
                ids.dedup();
                ids
            }
        };
        let likely =
            |check: &Prepared| matching::may_be_likely(&self.base.records, &prepared, check, self.records());
        ids.retain(|id| self.checks.get(*id).is_some_and(|check| likely(&check)));
        ids
    }

    /// The standing checks for which a record with this report may have kept another from being
    /// LIKELY.
    pub fn in_the_way_of(&self, report: &Report) -> Vec<CheckId> {
        let prepared = Prepared::of(&report.gun).on(report.date);
        let mut ids = matching::checks_for(&self.checks, &prepared);
        let rival = |check: &Prepared| {
            matching::may_stand_in_the_way(&self.base.records, &prepared, check, self.records())
        };
        ids.retain(|id| self.checks.get(*id).is_some_and(|check| rival(&check)));
        ids
    }

    /// Records whose number is that of a report and which may be the same gun.
    pub fn same_number(&self, early: &Early, report: &Report) -> Vec<RecordId> {
        let prepared = Prepared::of(&report.gun).on(report.date);
        let found = match &early.records {
            Some(found) => found.clone(),
            None => matching::search(&self.base.records, &prepared),
        };
        let candidates = found.caught_up(&self.records).candidates(self.records());
        let same =
            |c: &matching::Candidate<RecordId>| c.errors == Some(0) && c.evidence.band >= Band::Possible;
        candidates.into_iter().filter(same).map(|c| c.key).take(20).collect()
    }

    /// Notes that a gun in hand is not the recorded one.
    pub fn exclude(&mut self, record: &Record, hit: HitId, gun: &Gun, reason: Exclusion) {
        Arc::make_mut(&mut self.exclusions).entry(record.id).or_default().push((hit, gun.clone(), reason));
        self.put_record(record);
    }

    /// Forgets what was said when a hit was closed: it was opened again.
    pub fn forget_exclusion(&mut self, record: &Record, hit: &Hit) {
        if let Some(list) = Arc::make_mut(&mut self.exclusions).get_mut(&record.id) {
            list.retain(|(of, ..)| *of != hit.id);
        }
        self.put_record(record);
    }

    /// Forgets all that was said of a record: it was amended.
    pub fn forget_exclusions(&mut self, record: RecordId) {
        Arc::make_mut(&mut self.exclusions).remove(&record);
    }

    /// Takes in an event that another process has written.
    ///
    /// # Errors
    /// The store failed.
    pub async fn follow(
        &mut self,
        tx: &mut Transaction,
        event: &Event,
        now: Moment,
    ) -> Result<(), StoreError> {
        match event {
            Event::Record(
                RecordEvent::Amended { record, .. }
                | RecordEvent::Validated { record, .. }
                | RecordEvent::StatusSet { record, .. },
            ) => self.refresh(tx, *record).await,
            Event::Record(RecordEvent::Entered { record }) => self.refresh(tx, record.id).await,
            Event::Check(
                CheckEvent::Made { check: Check { id, .. } } | CheckEvent::Repeated { check: id, .. },
            ) => {
                if let Some(check) = tables::check(tx, *id).await? {
                    self.put_check(&check, now);
                }
                Ok(())
            }
            Event::Hit(event) => match tables::hit(tx, event.hit()).await? {
                Some(stored) => self.refresh(tx, stored.hit.record).await,
                None => Ok(()),
            },
            Event::Office(_) => Ok(()),
        }
    }

    async fn refresh(&mut self, tx: &mut Transaction, id: RecordId) -> Result<(), StoreError> {
        let excluded = tables::exclusions_of(tx, id).await?;
        let list = excluded.into_iter().map(|e| (e.hit, e.gun, e.reason)).collect();
        Arc::make_mut(&mut self.exclusions).insert(id, list);
        if let Some(record) = tables::record(tx, id).await? {
            self.put_record(&record);
        }
        Ok(())
    }

    /// The snapshot with these changes, current to a sequence of the journal.
    ///
    /// # Errors
    /// The changes do not stand on the snapshot that they began on.
    pub fn finish(mut self, head: u64) -> Result<Snapshot, Stale> {
        self.records.advance(head);
        self.checks.advance(head);
        Ok(Snapshot {
            records: self.base.records.publish(self.records)?,
            checks: self.base.checks.publish(self.checks)?,
            exclusions: self.exclusions,
            head,
        })
    }
}
