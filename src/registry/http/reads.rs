//! The routes that read: a record, the queue of hits, one hit; each look is noted first.

use super::auth::Asking;
use super::problem::{Failure, malformed};
use crate::domain::disclose;
use crate::domain::evidence::Rarity;
use crate::domain::ids::{CheckId, HitId, RecordId};
use crate::domain::refusal::{Fields, Refusal, Trouble};
use crate::domain::text::{Rule, Text};
use crate::registry::reads::Note;
use crate::registry::{Registry, journal, sight, tables};
use crate::wire::hit::{CheckView, HitView, HitsPage, HitsPlace};
use crate::wire::news::Cursor;
use crate::wire::problem::{Problem, code};
use crate::wire::record::RecordAnswer;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use std::str::FromStr;
use utoipa::IntoParams;

/// Why something is looked at: nothing is searched without it.
#[derive(Debug, Deserialize, IntoParams)]
pub(super) struct Why {
    /// A purpose code, such as `SEIZURE`.
    #[serde(default)]
    purpose: String,
    /// The officer's own case.
    #[serde(default)]
    case: String,
}

impl Why {
    fn judge(&self, training: bool) -> Result<(), Failure> {
        let mut fields = Fields::default();
        fields.required("purpose", &Text::from(self.purpose.as_str()), Rule::IDENTIFIER);
        fields.required("case", &Text::from(self.case.as_str()), Rule::IDENTIFIER);
        if !self.purpose.trim().is_empty() && !crate::registry::edge::purpose_holds(&self.purpose, training) {
            fields.add("purpose", Trouble::Unknown { given: self.purpose.chars().take(40).collect() });
        }
        Ok(fields.done()?)
    }
}

fn id<T: FromStr>(text: &str, like: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| malformed("id", Trouble::Shape { said: format!("must look like {like}") }))
}

async fn note(
    registry: &Registry,
    asking: &Asking,
    what: &'static str,
    subject: String,
    why: (&str, &str),
    results: u32,
) -> Result<(), Failure> {
    let note = Note {
        at: registry.now(),
        viewer: asking.viewer(),
        what,
        subject,
        purpose: why.0.to_owned(),
        case: why.1.to_owned(),
        results,
    };
    if registry.inner.reads.note(note).await {
        Ok(())
    } else {
        Err(Failure::new(StatusCode::SERVICE_UNAVAILABLE, code::BUSY)
            .detail("the log of who saw what could not be written, so nothing may be shown")
            .hint("try again in a few seconds"))
    }
}

/// A record by its number.
#[utoipa::path(get, path = "/v1/records/{id}", params(("id" = String, Path, description = "CR-2026-0004417"), Why),
    responses((status = 200, body = RecordAnswer), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn record(
    State(registry): State<Registry>,
    asking: Asking,
    Path(text): Path<String>,
    Query(why): Query<Why>,
) -> Result<Json<RecordAnswer>, Failure> {
    let id: RecordId = id(&text, "CR-2026-0004417")?;
    why.judge(registry.inner.training)?;
    let mut tx = registry.store().read().await?;
    let answer = sight::record(&mut tx, id, &asking.viewer()).await?;
    drop(tx);
    let found = u32::from(answer.is_some());
    note(&registry, &asking, "record", id.to_string(), (&why.purpose, &why.case), found).await?;
    Ok(Json(answer.ok_or(Refusal::NoRecord { record: id })?))
}

/// Where a page of hits begins.
#[derive(Debug, Deserialize, IntoParams)]
pub(super) struct Page {
    /// `next` of the page before, such as `1.never.2291`; without it the first page.
    after: Option<String>,
}

/// Hits of the reader's country, 200 a page: the open ones first, among them the worst clock.
#[utoipa::path(get, path = "/v1/hits", params(Page),
    responses((status = 200, body = HitsPage), (status = 401, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn hits(
    State(registry): State<Registry>,
    asking: Asking,
    Query(page): Query<Page>,
) -> Result<Json<HitsPage>, Failure> {
    let after = page.after.map(|text| text.parse::<HitsPlace>()).transpose().map_err(|_| {
        malformed("after", Trouble::Shape { said: "must be `next` of a page, such as 1.never.2291".into() })
    })?;
    let viewer = asking.viewer();
    let mut tx = registry.store().read().await?;
    let head = journal::head(&mut tx).await?;
    let (hits, next) = sight::queue(&mut tx, &viewer, after).await?;
    drop(tx);
    let results = u32::try_from(hits.len()).unwrap_or(u32::MAX);
    note(&registry, &asking, "hits", viewer.party.ncb.to_string(), ("", ""), results).await?;
    let cursor = Cursor { epoch: asking.epoch, sequence: head.sequence };
    Ok(Json(HitsPage { hits, cursor, as_of: registry.now(), more: next.is_some(), next }))
}

/// One hit with both its guns, the comparison and the thread.
#[utoipa::path(get, path = "/v1/hits/{id}", params(("id" = String, Path, description = "H-2291")),
    responses((status = 200, body = HitView), (status = 404, body = Problem)))]
pub(super) async fn hit(
    State(registry): State<Registry>,
    asking: Asking,
    Path(text): Path<String>,
) -> Result<Json<HitView>, Failure> {
    let id: HitId = id(&text, "H-2291")?;
    let view = view(&registry, &asking, id).await?;
    let found = u32::from(view.is_some());
    note(&registry, &asking, "hit", id.to_string(), ("", ""), found).await?;
    Ok(Json(view.ok_or(Refusal::NoHit { hit: id })?))
}

async fn view(registry: &Registry, asking: &Asking, id: HitId) -> Result<Option<HitView>, Failure> {
    let viewer = asking.viewer();
    let mut tx = registry.store().read().await?;
    let Some(stored) = tables::hit(&mut tx, id).await? else { return Ok(None) };
    let guns = sight::pair_guns(&mut tx, &stored.hit).await?;
    let Some(row) = sight::hit_row(&stored, &guns, &viewer) else { return Ok(None) };
    let hit = &stored.hit;
    let check =
        tables::check(&mut tx, hit.check).await?.ok_or(Refusal::NoCheck { check: CheckId(hit.check.0) })?;
    let Some(seen) = disclose::check(&check, Some(hit), &viewer) else { return Ok(None) };
    let Some(record) = sight::record(&mut tx, hit.record, &viewer).await? else { return Ok(None) };
    let (evidence, fits) = match record.whole() {
        Some(_) => compare(registry, &check, hit.record, &viewer, &mut tx).await?,
        None => (None, Rarity::default()),
    };
    let thread = sight::thread(&mut tx, hit, &viewer).await?;
    let owner = sight::contact(&mut tx, &hit.owner.agency).await?;
    let finder = sight::contact(&mut tx, &hit.finder.agency).await?;
    let spoken_of = [hit.owner_taken, hit.finder_taken, Some(hit.changed_by)];
    let writers = thread.iter().map(|m| m.message.officer);
    let officers = sight::names(&mut tx, spoken_of.into_iter().flatten().chain(writers)).await?;
    Ok(Some(HitView {
        row,
        record,
        check: CheckView::from(seen),
        evidence,
        fits,
        thread,
        owner,
        finder,
        officers,
    }))
}

async fn compare(
    registry: &Registry,
    check: &crate::domain::check::Check,
    record: RecordId,
    viewer: &disclose::Viewer,
    tx: &mut crate::registry::store::Transaction,
) -> Result<(Option<crate::domain::evidence::Evidence>, Rarity), Failure> {
    let snapshot = registry.inner.indexes.snapshot();
    let candidates = snapshot.candidates(check);
    let fits = sight::Shortlist::new(viewer).rarity(tx, &candidates).await?;
    Ok((candidates.into_iter().find(|c| c.record == record).map(|c| c.evidence), fits))
}
