//! Builds what is shown from what is stored; every piece passes `domain::disclose`.

mod shortlist;

pub use shortlist::Shortlist;

use super::store::{StoreError, Transaction};
use super::tables::{self, StoredHit};
use crate::domain::agency::Contact;
use crate::domain::disclose::{self, RecordSight, Viewer};
use crate::domain::gun::Gun;
use crate::domain::hit::Hit;
use crate::domain::ids::{AgencyId, CountryCode, OfficerId, RecordId};
use crate::domain::record::{Caveat, Record};
use crate::domain::text::Text;
use crate::wire::MOST_ROWS;
use crate::wire::check::CandidateShown;
use crate::wire::hit::{GunBrief, HitRow, HitsPlace, MessageView, OfficerName};
use crate::wire::record::{ContactView, RecordAnswer};

/// The two guns of a hit in short, and what decides who may see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PairGuns {
    /// The recorded gun.
    pub recorded: GunBrief,
    /// The gun in hand.
    pub seen: GunBrief,
    /// The record's caveat.
    pub caveat: Caveat,
}

/// Reads the two guns of a hit.
///
/// # Errors
/// The store failed.
pub async fn pair_guns(tx: &mut Transaction, hit: &Hit) -> Result<PairGuns, StoreError> {
    let record = tables::record(tx, hit.record).await?;
    let check = tables::check(tx, hit.check).await?;
    let brief = |gun: Option<&Gun>| gun.map(GunBrief::from).unwrap_or_default();
    Ok(PairGuns {
        recorded: brief(record.as_ref().map(|r| &r.report.gun)),
        seen: brief(check.as_ref().map(|c| &c.question.gun)),
        caveat: record.map(|r| r.report.caveat).unwrap_or_default(),
    })
}

/// The row of a hit for one viewer: each side sees its own gun of the two.
pub fn hit_row(stored: &StoredHit, guns: &PairGuns, viewer: &Viewer) -> Option<HitRow> {
    let hit = disclose::hit(&stored.hit, &guns.caveat, viewer)?;
    let gun = if stored.hit.is_owner(&viewer.party) { &guns.recorded } else { &guns.seen };
    Some(HitRow::new(hit, gun.clone(), stored.messages_for(viewer.party.ncb)))
}

/// Hits looked at for one page; with ten a page that one may be shown, it is still full.
const MOST_LOOKED_AT: usize = 2_000;

/// A page of the viewer's hits behind a place, and where the next one begins, if there is one.
///
/// What may not be shown takes no room on a page, and the place is that of a row that was
/// shown: neither tells of it. Only where thousands in a row may not be shown the page ends
/// before it is full; its place tells the number of one of them then, and no clock.
///
/// # Errors
/// The store failed.
pub async fn queue(
    tx: &mut Transaction,
    viewer: &Viewer,
    after: Option<HitsPlace>,
) -> Result<(Vec<HitRow>, Option<HitsPlace>), StoreError> {
    page(tx, viewer, after, MOST_LOOKED_AT).await
}

async fn page(
    tx: &mut Transaction,
    viewer: &Viewer,
    after: Option<HitsPlace>,
    most_looked_at: usize,
) -> Result<(Vec<HitRow>, Option<HitsPlace>), StoreError> {
    let most = MOST_ROWS as usize;
    let mut looked_at = 0;
    let mut rows: Vec<HitRow> = Vec::new();
    let mut place = after;
    loop {
        let stored = tables::hits_of(tx, viewer.party.ncb, place, MOST_ROWS + 1).await?;
        for hit in &stored {
            if looked_at >= most_looked_at && place.is_some_and(|place| place.due.is_none()) {
                return Ok((rows, place));
            }
            looked_at += 1;
            place = Some(HitsPlace::from(&hit.hit));
            let guns = pair_guns(tx, &hit.hit).await?;
            let Some(row) = hit_row(hit, &guns, viewer) else { continue };
            if rows.len() == most {
                let next = rows.last().map(|row| HitsPlace::from(&row.hit));
                return Ok((rows, next));
            }
            rows.push(row);
        }
        if stored.len() <= most {
            return Ok((rows, None));
        }
    }
}

/// What a short list shows of a record: nothing when not even its existence may be told,
/// `Some((owner, None))` when its owner has to be asked.
pub fn candidate(record: &Record, viewer: &Viewer) -> Option<(CountryCode, Option<CandidateShown>)> {
    match disclose::record(record, viewer)?.into_inner() {
        RecordSight::Restricted { ask, .. } => Some((ask, None)),
        RecordSight::Whole(record) => {
            let shown = CandidateShown {
                gun: GunBrief::from(&record.report.gun),
                circumstance: record.report.circumstance,
                status: record.status,
                year: record.report.date.map(|date| date.year()),
                source_id: record.report.source_id,
            };
            Some((record.owner.ncb, Some(shown)))
        }
    }
}

/// A record for one viewer with its owner's contact.
///
/// # Errors
/// The store failed.
pub async fn record(
    tx: &mut Transaction,
    id: RecordId,
    viewer: &Viewer,
) -> Result<Option<RecordAnswer>, StoreError> {
    let Some(record) = tables::record(tx, id).await? else { return Ok(None) };
    let Some(sight) = disclose::record(&record, viewer) else { return Ok(None) };
    let contact = contact(tx, &record.owner.agency).await?;
    Ok(Some(RecordAnswer::new(sight, contact)))
}

/// Where an agency is reached; its id alone when it is gone.
///
/// # Errors
/// The store failed.
pub async fn contact(tx: &mut Transaction, agency: &AgencyId) -> Result<ContactView, StoreError> {
    Ok(match tables::agency(tx, agency).await? {
        Some(agency) => ContactView { name: agency.name, contact: agency.contact },
        None => ContactView { name: Text::from(agency.as_str()), contact: Contact::default() },
    })
}

/// The thread of a hit as one viewer may read it.
///
/// # Errors
/// The store failed.
pub async fn thread(
    tx: &mut Transaction,
    hit: &Hit,
    viewer: &Viewer,
) -> Result<Vec<MessageView>, StoreError> {
    let messages = tables::messages(tx, hit.id).await?;
    Ok(messages.iter().filter_map(|m| disclose::message(m, viewer)).map(MessageView::from).collect())
}

/// Names of officers, each once; those whose names were erased are left out.
///
/// # Errors
/// The store failed.
pub async fn names(
    tx: &mut Transaction,
    officers: impl IntoIterator<Item = OfficerId>,
) -> Result<Vec<OfficerName>, StoreError> {
    let mut ids: Vec<OfficerId> = officers.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    let mut names = Vec::new();
    for id in ids {
        if let Some(officer) = tables::officer(tx, id).await?
            && let Some(name) = officer.name.text()
        {
            names.push(OfficerName { officer: id, name: name.clone() });
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests;
