//! Replays the journal and compares what it gives with the tables.

use super::journal;
use super::store::{Store, StoreError, Transaction};
use super::tables;
use crate::domain::agency::Officer;
use crate::domain::check::{self, Check};
use crate::domain::event::{CheckEvent, Event, OfficeEvent, RecordEvent};
use crate::domain::hit::{self, Hit};
use crate::domain::ids::{CheckId, HitId, OfficerId, RecordId};
use crate::domain::record::{self, Record};
use std::collections::BTreeMap;

/// What the journal says that the tables should hold.
#[derive(Debug, Default, PartialEq)]
pub struct Replayed {
    /// Records.
    pub records: BTreeMap<RecordId, Record>,
    /// Checks.
    pub checks: BTreeMap<CheckId, Check>,
    /// Hits.
    pub hits: BTreeMap<HitId, Hit>,
    /// Officers.
    pub officers: BTreeMap<OfficerId, Officer>,
}

/// Something that the tables hold otherwise than the journal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub table: &'static str,
    /// The item.
    pub subject: String,
}

impl Replayed {
    /// Takes in one event.
    pub fn follow(&mut self, event: &Event) {
        match event {
            Event::Record(event) => {
                let id = match event {
                    RecordEvent::Entered { record } => record.id,
                    RecordEvent::Amended { record, .. }
                    | RecordEvent::Validated { record, .. }
                    | RecordEvent::StatusSet { record, .. } => *record,
                };
                let before = self.records.remove(&id);
                self.records.extend(record::apply(before, event).map(|after| (id, after)));
            }
            Event::Check(event) => {
                let id = match event {
                    CheckEvent::Made { check } => check.id,
                    CheckEvent::Repeated { check, .. } => *check,
                };
                let before = self.checks.remove(&id);
                self.checks.extend(check::apply(before, event).map(|after| (id, after)));
            }
            Event::Hit(event) => {
                let before = self.hits.remove(&event.hit());
                self.hits.extend(hit::apply(before, event).map(|after| (event.hit(), after)));
            }
            Event::Office(OfficeEvent::OfficerAdmitted { officer, .. }) => {
                self.officers.insert(officer.id, officer.clone());
            }
            Event::Office(OfficeEvent::AgencyAdmitted { .. }) => {}
        }
    }
}

/// Replays the whole journal and lists what the tables hold otherwise.
///
/// Texts that were erased are gone from both.
///
/// # Errors
/// The store failed, or a line is no event that is known.
pub async fn compare(store: &Store) -> Result<Vec<Difference>, StoreError> {
    let mut tx = store.read().await?;
    let mut replayed = Replayed::default();
    for line in journal::after(&mut tx, 0).await? {
        replayed.follow(&line.event);
    }
    let mut differences = Vec::new();
    for (id, record) in &replayed.records {
        let stored = tables::record(&mut tx, *id).await?;
        note(stored.as_ref() != Some(record), "records", id, &mut differences);
    }
    for (id, check) in &replayed.checks {
        let stored = tables::check(&mut tx, *id).await?;
        note(stored.as_ref() != Some(check), "checks", id, &mut differences);
    }
    for (id, hit) in &replayed.hits {
        let stored = tables::hit(&mut tx, *id).await?;
        note(stored.map(|s| s.hit).as_ref() != Some(hit), "hits", id, &mut differences);
    }
    for (id, officer) in &replayed.officers {
        let stored = tables::officer(&mut tx, *id).await?;
        note(stored.as_ref() != Some(officer), "officers", id, &mut differences);
    }
    extra(&mut tx, &replayed, &mut differences).await?;
    Ok(differences)
}

fn note(differs: bool, table: &'static str, subject: &impl ToString, to: &mut Vec<Difference>) {
    if differs {
        to.push(Difference { table, subject: subject.to_string() });
    }
}

/// Rows that no line of the journal speaks of.
async fn extra(
    tx: &mut Transaction,
    replayed: &Replayed,
    to: &mut Vec<Difference>,
) -> Result<(), StoreError> {
    const PAGE: i64 = 500;
    let mut after = String::new();
    loop {
        let page = tables::records_after(tx, &after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.id.to_string();
        for record in &page {
            note(!replayed.records.contains_key(&record.id), "records", &record.id, to);
        }
    }
    let mut after = 0;
    loop {
        let page = tables::checks_after(tx, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = i64::try_from(last.id.0).unwrap_or(i64::MAX);
        for check in &page {
            note(!replayed.checks.contains_key(&check.id), "checks", &check.id, to);
        }
    }
    let mut after = 0;
    loop {
        let page = tables::hits_after(tx, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = i64::try_from(last.id.0).unwrap_or(i64::MAX);
        for hit in &page {
            note(!replayed.hits.contains_key(&hit.id), "hits", &hit.id, to);
        }
    }
}
