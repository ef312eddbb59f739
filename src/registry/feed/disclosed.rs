//! What a viewer is told of what has happened.

use super::{Happened, Shown};
use crate::domain::disclose::{self, Viewer};
use crate::domain::ids::{CountryCode, HitId, RecordId};
use crate::domain::record::{Caveat, DeniedSees};
use crate::registry::sight;
use crate::wire::hit::HitRow;
use crate::wire::news::{Cursor, News};

/// How much of a record's existence and content a viewer may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// Nothing, not even that it exists.
    Nothing,
    /// That it exists, and whom to ask.
    Restricted,
    /// All of it.
    Whole,
}

impl Sight {
    pub(super) fn of(caveat: &Caveat, owner: CountryCode, viewer: &Viewer) -> Self {
        match disclose::denied(caveat, owner, viewer.party.ncb) {
            Some(DeniedSees::Nothing) => Sight::Nothing,
            Some(DeniedSees::Restricted) => Sight::Restricted,
            None => Sight::Whole,
        }
    }
}

/// The news that a viewer gets of what has happened, if any.
pub(super) fn news(happened: &Happened, viewer: &Viewer, epoch: u32) -> Option<News> {
    let cursor = Cursor { epoch, sequence: happened.sequence() };
    match happened {
        Happened::Hit { what, by, inside, shown, .. } => {
            if inside.is_some_and(|ncb| ncb != viewer.party.ncb) {
                return None;
            }
            let row = Box::new(row(shown, viewer)?);
            Some(News::Hit { cursor, what: *what, by: *by, row })
        }
        Happened::Record { record, before, hits, .. } => {
            let mine: Vec<&Shown> = of_viewer(hits, viewer).collect();
            let owner = mine.first()?.hit.hit.owner.ncb;
            let was = Sight::of(before, owner, viewer);
            let now = Sight::of(&mine.first()?.guns.caveat, owner, viewer);
            let gone =
                if was == Sight::Nothing { vec![] } else { mine.iter().map(|s| s.hit.hit.id).collect() };
            amended(cursor, *record, &[was], now, gone, rows(hits, viewer))
        }
        Happened::Check { hits, .. } => read_anew(cursor, rows(hits, viewer)),
    }
}

/// The news that a record was amended.
///
/// `was` says what the viewer might know of it before, `gone` which hits the viewer might
/// know of and may no more. Who never knew of a record is not told that it is withdrawn, and
/// who may know of its existence alone is not told that its content has changed.
pub(super) fn amended(
    cursor: Cursor,
    record: RecordId,
    was: &[Sight],
    now: Sight,
    gone: Vec<HitId>,
    rows: Vec<HitRow>,
) -> Option<News> {
    match now {
        Sight::Nothing => {
            (!gone.is_empty()).then_some(News::Withdraw { cursor, hits: gone, record: Some(record) })
        }
        Sight::Restricted if was.iter().all(|was| *was == Sight::Restricted) => None,
        Sight::Restricted => Some(News::Amended { cursor, record: Some(record), restricted: true, rows }),
        Sight::Whole => Some(News::Amended { cursor, record: Some(record), restricted: false, rows }),
    }
}

/// The news that a gun in hand was read anew.
pub(super) fn read_anew(cursor: Cursor, rows: Vec<HitRow>) -> Option<News> {
    (!rows.is_empty()).then_some(News::Amended { cursor, record: None, restricted: false, rows })
}

/// Those hits that the viewer is a side of.
fn of_viewer<'a>(hits: &'a [Shown], viewer: &Viewer) -> impl Iterator<Item = &'a Shown> {
    hits.iter().filter(|shown| shown.hit.hit.side(viewer.party.ncb).is_some())
}

pub(super) fn row(shown: &Shown, viewer: &Viewer) -> Option<HitRow> {
    sight::hit_row(&shown.hit, &shown.guns, viewer)
}

fn rows(hits: &[Shown], viewer: &Viewer) -> Vec<HitRow> {
    hits.iter().filter_map(|shown| row(shown, viewer)).collect()
}
