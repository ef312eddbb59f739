//! Reads for one viewer what the journal has after a place: each hit once, as it stands now.

use super::disclosed::{self, Sight};
use super::{Shown, by, inside, what};
use crate::domain::disclose::Viewer;
use crate::domain::event::{CheckEvent, Event, RecordEvent};
use crate::domain::hit::HitEvent;
use crate::domain::ids::{CheckId, HitId, OfficerId, RecordId};
use crate::domain::record::Caveat;
use crate::registry::journal::{self, Line};
use crate::registry::sight;
use crate::registry::store::{StoreError, Transaction};
use crate::registry::tables::{self, StoredHit};
use crate::wire::hit::HitRow;
use crate::wire::news::{Cursor, HitNews, News};
use std::collections::BTreeMap;

/// Lines read at once; at one row each this is what a slow line carries in a few minutes.
const PAGE: u32 = 100;
/// Lines behind which it is cheaper to read the queue anew.
const MOST: u32 = 5000;

/// What lies after a place.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Behind {
    /// So much that everything is to be read anew.
    TooFar {
        /// What the journal ends with.
        head: u64,
    },
    /// News, in the journal's order.
    Page {
        news: Vec<News>,
        /// All up to here is among them.
        to: u64,
        /// Whether there may be more.
        more: bool,
    },
}

/// Reads a page of what comes after a place.
pub(super) async fn page(tx: &mut Transaction, viewer: &Viewer, after: Cursor) -> Result<Behind, StoreError> {
    let head = journal::head(tx).await?.sequence;
    if journal::count_told(tx, after.sequence, MOST + 1).await? > u64::from(MOST) {
        return Ok(Behind::TooFar { head });
    }
    let lines = journal::told_after(tx, after.sequence, PAGE).await?;
    let more = lines.len() >= PAGE as usize;
    let last = lines.last().map_or(after.sequence, |line| line.sequence);
    let changes = Changes::of(&lines, viewer);
    let mut told = Telling { tx, viewer, epoch: after.epoch, own: BTreeMap::new(), news: Vec::new() };
    // Hits first: a record's news leaves those out that come by themselves after it.
    for (id, change) in changes.hits {
        told.hit(id, change).await?;
    }
    for (id, amendments) in changes.records {
        told.record(id, &amendments).await?;
    }
    for (id, sequence) in changes.checks {
        told.check(id, sequence).await?;
    }
    let mut news = told.news;
    news.sort_by_key(|(sequence, _)| *sequence);
    let news = news.into_iter().map(|(_, news)| news).collect();
    Ok(Behind::Page { news, to: if more { last } else { head.max(last) }, more })
}

/// The last that happened to a hit; what is known when nothing else did, by whom when nobody
/// else had a part in it.
#[derive(Debug, Clone, Copy)]
struct Change {
    sequence: u64,
    what: HitNews,
    by: Option<OfficerId>,
}

#[derive(Debug, Default)]
struct Changes {
    hits: BTreeMap<HitId, Change>,
    records: BTreeMap<RecordId, Vec<(u64, Caveat)>>,
    checks: BTreeMap<CheckId, u64>,
}

impl Changes {
    fn of(lines: &[Line], viewer: &Viewer) -> Self {
        let mut changes = Self::default();
        for line in lines {
            match &line.event {
                Event::Hit(event) => changes.hit(line.sequence, event, viewer),
                Event::Record(RecordEvent::Amended { record, report, .. }) => {
                    let caveat = report.caveat.clone();
                    changes.records.entry(*record).or_default().push((line.sequence, caveat));
                }
                Event::Check(CheckEvent::Repeated { check, .. }) => {
                    changes.checks.insert(*check, line.sequence);
                }
                _ => {}
            }
        }
        changes
    }

    fn hit(&mut self, sequence: u64, event: &HitEvent, viewer: &Viewer) {
        if inside(event).is_some_and(|ncb| ncb != viewer.party.ncb) {
            return;
        }
        let change = Change { sequence, what: what(event), by: by(event) };
        self.hits
            .entry(event.hit())
            .and_modify(|before| {
                // Who did all of it has no news of it.
                let by = change.by.filter(|by| before.by == Some(*by));
                *before = Change { what: HitNews::CaughtUp, by, ..change };
            })
            .or_insert(change);
    }
}

struct Telling<'a> {
    tx: &'a mut Transaction,
    viewer: &'a Viewer,
    epoch: u32,
    /// Hits that have news of their own, and where.
    own: BTreeMap<HitId, u64>,
    news: Vec<(u64, News)>,
}

impl Telling<'_> {
    fn cursor(&self, sequence: u64) -> Cursor {
        Cursor { epoch: self.epoch, sequence }
    }

    async fn hit(&mut self, id: HitId, change: Change) -> Result<(), StoreError> {
        let stored = tables::hit(self.tx, id).await?;
        for shown in self.shown(stored.into_iter().collect()).await? {
            if let Some(row) = disclosed::row(&shown, self.viewer) {
                let Change { sequence, what, by } = change;
                self.own.insert(id, sequence);
                let news = News::Hit { cursor: self.cursor(sequence), what, by, row: Box::new(row) };
                self.news.push((sequence, news));
            }
        }
        Ok(())
    }

    async fn record(&mut self, id: RecordId, amendments: &[(u64, Caveat)]) -> Result<(), StoreError> {
        let hits = tables::hits_of_record(self.tx, id).await?;
        let hits = self.shown(hits).await?;
        let (Some(shown), Some((first, _)), Some((last, left))) =
            (hits.first(), amendments.first(), amendments.last())
        else {
            return Ok(());
        };
        let owner = shown.hit.hit.owner.ncb;
        let sight = |caveat: &Caveat| Sight::of(caveat, owner, self.viewer);
        let now = sight(&shown.guns.caveat);
        if now == Sight::Nothing && sight(left) != Sight::Nothing {
            // It was lost by a later amendment, which tells of it.
            return Ok(());
        }
        let before = match journal::reported_before(self.tx, id, *first).await? {
            Some(Event::Record(RecordEvent::Entered { record })) => record.report.caveat,
            Some(Event::Record(RecordEvent::Amended { report, .. })) => report.caveat,
            _ => Caveat::default(),
        };
        // What held, and the sequence at which it ceased to.
        let caveats = std::iter::once(&before).chain(amendments.iter().map(|(_, caveat)| caveat));
        let was: Vec<(Sight, u64)> =
            caveats.map(sight).zip(amendments.iter().map(|(sequence, _)| *sequence)).collect();
        let mut gone = Vec::new();
        if now == Sight::Nothing {
            for shown in &hits {
                let id = shown.hit.hit.id;
                let raised = journal::first_about(self.tx, &id.to_string()).await?;
                let known = |(sight, until): &(Sight, u64)| {
                    *sight != Sight::Nothing && raised.is_some_and(|raised| raised < *until)
                };
                if was.iter().any(known) {
                    gone.push(id);
                }
            }
        }
        let was: Vec<Sight> = was.into_iter().map(|(sight, _)| sight).collect();
        let rows = self.rows(&hits, *last);
        let news = disclosed::amended(self.cursor(*last), id, &was, now, gone, rows);
        self.news.extend(news.map(|news| (*last, news)));
        Ok(())
    }

    async fn check(&mut self, id: CheckId, sequence: u64) -> Result<(), StoreError> {
        let hits = tables::hits_of_check(self.tx, id).await?;
        let hits = self.shown(hits).await?;
        let news = disclosed::read_anew(self.cursor(sequence), self.rows(&hits, sequence));
        self.news.extend(news.map(|news| (sequence, news)));
        Ok(())
    }

    /// Those that the viewer is a side of, with their guns.
    async fn shown(&mut self, hits: Vec<StoredHit>) -> Result<Vec<Shown>, StoreError> {
        let mut shown = Vec::new();
        for hit in hits {
            if hit.hit.side(self.viewer.party.ncb).is_some() {
                let guns = sight::pair_guns(self.tx, &hit.hit).await?;
                shown.push(Shown { hit, guns });
            }
        }
        Ok(shown)
    }

    /// The rows of hits, but for those that come by themselves later.
    fn rows(&self, hits: &[Shown], sequence: u64) -> Vec<HitRow> {
        let later = |shown: &&Shown| self.own.get(&shown.hit.hit.id).is_none_or(|own| *own < sequence);
        hits.iter().filter(later).filter_map(|shown| disclosed::row(shown, self.viewer)).collect()
    }
}
