//! Lists of candidates: the answer to a check, its further pages, and what the next one costs.

use super::{Shortlist, StoreError, Transaction};
use crate::domain::disclose::Viewer;
use crate::domain::ids::RecordId;
use crate::domain::time::Moment;
use crate::registry::index;
use crate::wire::check::{CANDIDATES_PAGE, Candidate, CandidatesPage, NextCandidates};
use crate::wire::packing::Coding;

/// Candidates beyond the list that are counted; a longer tail says nothing more.
const MOST_COUNTED: usize = 200;

/// The first `limit` of what was found, as a viewer may see it. With `sized` it is said how
/// long the page after it is, which has to be packed for that.
///
/// # Errors
/// The store failed.
pub async fn listed(
    tx: &mut Transaction,
    shortlist: &mut Shortlist<'_>,
    found: &[index::Candidate],
    limit: u16,
    sized: bool,
    now: Moment,
) -> Result<CandidatesPage, StoreError> {
    let limit = usize::from(limit);
    let mut list = Vec::new();
    let mut following = Vec::new();
    let mut more = 0;
    let found = &found[..found.len().min(limit + MOST_COUNTED)];
    shortlist.read(tx, found).await?;
    for found in found {
        let Some((owner, shown)) = shortlist.shown(found.record) else { continue };
        let row = || Candidate::new(found.record, *owner, shown.clone(), found.evidence.clone());
        if list.len() < limit {
            list.push(row());
            continue;
        }
        more += 1;
        if following.len() < usize::from(CANDIDATES_PAGE) {
            following.push(row());
        }
    }
    let next = list.last().filter(|_| more > 0).map(|last| NextCandidates {
        after: last.record,
        count: u32::try_from(following.len()).unwrap_or(u32::MAX),
        bytes: None,
    });
    let bytes = if sized && next.is_some() { packed(following, more, now) } else { None };
    Ok(CandidatesPage {
        as_of: now,
        more,
        next: next.map(|next| NextCandidates { bytes, ..next }),
        candidates: list,
    })
}

/// How long a page is on the wire: made as it will be, since nothing else says what it packs to.
fn packed(candidates: Vec<Candidate>, more: u32, now: Moment) -> Option<u32> {
    let more = more - u32::try_from(candidates.len()).unwrap_or(more).min(more);
    let page = CandidatesPage { as_of: now, more, next: None, candidates };
    let body = serde_json::to_vec(&page).ok()?;
    u32::try_from(Coding::Primed.whole(&body).len()).ok()
}

/// The further page behind `after`; nothing when that is no candidate, or none any more.
///
/// # Errors
/// The store failed.
pub async fn after(
    tx: &mut Transaction,
    found: &[index::Candidate],
    after: RecordId,
    viewer: &Viewer,
    now: Moment,
) -> Result<Option<CandidatesPage>, StoreError> {
    let Some(at) = found.iter().position(|candidate| candidate.record == after) else { return Ok(None) };
    let mut shortlist = Shortlist::new(viewer);
    shortlist.read(tx, &found[at..=at]).await?;
    if shortlist.shown(after).is_none() {
        // Its place is told to nobody who may not know of it.
        return Ok(None);
    }
    listed(tx, &mut shortlist, &found[at + 1..], CANDIDATES_PAGE, true, now).await.map(Some)
}
