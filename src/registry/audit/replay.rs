//! Follows the journal line by line and keeps what each leaves in the tables, as the writer did.

use super::{Compared, How};
use crate::domain::check;
use crate::domain::event::{CheckEvent, Event, OfficeEvent, RecordEvent};
use crate::domain::hit::{self, Exclusion, Hit, HitEvent, Phase};
use crate::domain::ids::RecordId;
use crate::domain::record::{self, Record};
use crate::registry::store::{StoreError, Transaction, statements as sql};
use crate::registry::tables::{self, Excluded};
use crate::registry::{checks, journal};
use std::collections::BTreeMap;

/// The highest running number of each name that the journal has seen.
#[derive(Debug, Default)]
pub(super) struct Numbers(BTreeMap<String, u64>);

impl Numbers {
    fn saw(&mut self, name: impl Into<String>, number: u64) {
        let highest = self.0.entry(name.into()).or_default();
        *highest = number.max(*highest);
    }

    fn follow(&mut self, event: &Event) {
        match event {
            Event::Record(RecordEvent::Entered { record }) => {
                let RecordId { country, year, number } = record.id;
                self.saw(format!("record {country} {year}"), u64::from(number));
            }
            Event::Check(CheckEvent::Made { check }) => self.saw("check", check.id.0),
            Event::Hit(HitEvent::Raised { hit }) => self.saw("hit", hit.id.0),
            Event::Office(OfficeEvent::OfficerAdmitted { officer, .. }) => self.saw("officer", officer.id.0),
            _ => {}
        }
    }

    /// Finds counters that would hand out a number again. One that is ahead does no harm:
    /// numbers are drawn that nothing came of.
    pub(super) async fn compare(
        &self,
        found: &mut Transaction,
        compared: &mut Compared,
    ) -> Result<(), StoreError> {
        if compared.is_full() {
            return Ok(());
        }
        let rows = found.rows(sql::COUNTERS, []).await?;
        compared.tables += 1;
        compared.rows += rows.len() as u64;
        for (name, highest) in &self.0 {
            match rows.iter().find(|row| row.text(0) == name) {
                None => compared.note("counters", name, How::Missing),
                Some(row) if row.int(1).unsigned_abs() < *highest => {
                    compared.note("counters", name, How::Changed);
                }
                Some(_) => {}
            }
        }
        Ok(())
    }
}

/// Replays the journal of one store into the tables of another, a page at a time.
pub(super) async fn all(from: &mut Transaction, to: &mut Transaction) -> Result<Numbers, StoreError> {
    let mut numbers = Numbers::default();
    let mut sequence = 0;
    loop {
        let page = journal::page(from, sequence).await?;
        let Some(last) = page.last() else { return Ok(numbers) };
        sequence = last.sequence;
        for line in &page {
            numbers.follow(&line.event);
            follow(to, &line.event).await?;
        }
    }
}

async fn follow(to: &mut Transaction, event: &Event) -> Result<(), StoreError> {
    match event {
        Event::Record(event) => on_record(to, event).await,
        Event::Check(event) => on_check(to, event).await,
        Event::Hit(event) => on_hit(to, event).await,
        Event::Office(OfficeEvent::AgencyAdmitted { agency }) => tables::save_agency(to, agency).await,
        Event::Office(OfficeEvent::OfficerAdmitted { officer, token }) => {
            tables::save_officer(to, officer, token).await
        }
    }
}

async fn on_record(to: &mut Transaction, event: &RecordEvent) -> Result<(), StoreError> {
    let before = match event {
        RecordEvent::Entered { .. } => None,
        RecordEvent::Amended { record, .. }
        | RecordEvent::Validated { record, .. }
        | RecordEvent::StatusSet { record, .. } => tables::record(to, *record).await?,
    };
    let Some(after) = record::apply(before.clone(), event) else { return Ok(()) };
    tables::save_record(to, &after).await?;
    if before.is_some_and(|before| is_another_gun(&before, &after)) {
        forget_all(to, after.id).await?;
    }
    Ok(())
}

/// What an officer said of a gun holds no longer when another gun is described.
fn is_another_gun(before: &Record, after: &Record) -> bool {
    !before.report.gun.is_described_as(&after.report.gun)
}

async fn forget_all(to: &mut Transaction, record: RecordId) -> Result<(), StoreError> {
    to.run(sql::FORGET_EXCLUSIONS_OF, [record.to_string().into()]).await?;
    Ok(())
}

async fn on_check(to: &mut Transaction, event: &CheckEvent) -> Result<(), StoreError> {
    let before = match event {
        CheckEvent::Made { .. } => None,
        CheckEvent::Repeated { check, .. } => tables::check(to, *check).await?,
    };
    match check::apply(before, event) {
        Some(after) => checks::save(to, &after).await,
        None => Ok(()),
    }
}

async fn on_hit(to: &mut Transaction, event: &HitEvent) -> Result<(), StoreError> {
    let before = match event {
        HitEvent::Raised { .. } => None,
        _ => tables::hit(to, event.hit()).await?.map(|stored| stored.hit),
    };
    let Some(after) = hit::apply(before, event) else { return Ok(()) };
    tables::save_hit(to, &after).await?;
    match event {
        HitEvent::Wrote { message, .. } => tables::save_message(to, &after, message).await,
        HitEvent::Settled { phase, reason, .. } => remember(to, &after, *phase, *reason).await,
        _ => Ok(()),
    }
}

/// Keeps that a pair is not the same gun, as it was described then, until it is opened again.
async fn remember(
    to: &mut Transaction,
    hit: &Hit,
    phase: Phase,
    reason: Option<Exclusion>,
) -> Result<(), StoreError> {
    match (phase, reason) {
        (Phase::NotOurs | Phase::Excluded, Some(reason)) => {
            let Some(check) = tables::check(to, hit.check).await? else { return Ok(()) };
            let excluded = Excluded { hit: hit.id, record: hit.record, gun: check.question.gun, reason };
            tables::save_exclusion(to, &excluded).await
        }
        (Phase::Raised, _) => tables::forget_exclusion(to, hit.id).await,
        _ => Ok(()),
    }
}
