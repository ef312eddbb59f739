//! The queue of hits: rows that stay where they are until the officer takes the new order.

use super::remote::Remote;
use crate::domain::evidence::Band;
use crate::domain::hit::Priority;
use crate::domain::ids::{CountryCode, HitId};
use crate::domain::time::Moment;
use crate::wire::hit::HitRow;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of the queue and how it stands on the screen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Queue {
    /// Every row that is known, by its hit.
    pub rows: BTreeMap<HitId, HitRow>,
    /// The hits on the screen, top to bottom. News change rows in place and never this.
    pub order: Vec<HitId>,
    /// Of when the order is.
    pub ordered: Option<Moment>,
    /// Hits that have come, or whose clock has changed, since the order was taken.
    pub waiting: BTreeSet<HitId>,
    /// Hits that came or called while the officer was here, and were not opened since.
    pub unopened: BTreeSet<HitId>,
    /// The hit that the line above the bottom line named when the last key came.
    pub named: Option<HitId>,
    /// Hits that want the officer and have not been gone to by `n`, the one that called
    /// last at the end.
    pub alerts: Vec<HitId>,
    /// The row that the mark `>` stands on.
    pub marked: Option<HitId>,
    /// Ticked rows.
    pub ticked: BTreeSet<HitId>,
    /// What is shown.
    pub filter: Filter,
    /// The last reading of the whole queue.
    pub page: Remote<PageRead>,
    /// How far the reading has come that is under way.
    pub reading: PagesRead,
    /// Hits that the feed has told of since the reading that is under way was asked for: its
    /// rows may be older than what the feed said, which was everything from then on.
    pub told: BTreeSet<HitId>,
}

/// What a reading of the queue said of itself; its rows went into [`Queue::rows`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRead {
    /// The registry's time.
    pub as_of: Moment,
    /// Whether there are more open hits than have been read.
    pub more: bool,
}

/// A reading of the queue, page by page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PagesRead {
    /// Pages that have come.
    pub count: usize,
    /// Whether the screen showed no row when it began: what comes stands on it at once.
    pub fills: bool,
}

/// Most pages that are read of the queue, of 200 hits each.
pub const MOST_PAGES: usize = 10;

/// Which hits are shown, and in which order; typed as words (`mine urgent late KE likely
/// sort came`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// As it was typed.
    pub text: String,
    /// Only those that the officer has taken.
    pub mine: bool,
    /// Only those of this desk's turn.
    pub ours: bool,
    /// Only those as fast as this, or faster.
    pub priority: Option<Priority>,
    /// Only those whose clock has run out.
    pub late: bool,
    /// Only those with this country.
    pub with: Option<CountryCode>,
    /// Only those of this band.
    pub band: Option<Band>,
    /// Only those that hold this text in number, make or model.
    pub words: Vec<String>,
    /// The order.
    pub sort: Sort,
}

/// The order of the queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Ours before theirs, in each the worst clock first.
    #[default]
    WorstClock,
    /// The newest first.
    Came,
}

impl Queue {
    /// The marked row, unless it is gone or stands no more in the list.
    pub fn marked_row(&self) -> Option<&HitRow> {
        self.rows.get(&self.marked.filter(|marked| self.order.contains(marked))?)
    }

    /// Notes that the feed has told of a hit, as long as a reading is under way.
    pub fn told(&mut self, id: HitId) {
        if self.page.is_waiting() {
            self.told.insert(id);
        }
    }

    /// Open hits that were not opened, and rows that wait for the next order, for the top line.
    pub fn new_count(&self) -> usize {
        let open = |id: &&HitId| self.rows.get(id).is_some_and(|row| row.hit.phase.is_open());
        self.unopened.union(&self.waiting).filter(open).count()
    }

    /// Alerts that are FLASH or URGENT, for the top line.
    pub fn urgent_count(&self) -> usize {
        let fast = |id: &&HitId| self.rows.get(id).is_some_and(|row| row.hit.priority.needs_reason());
        self.alerts.iter().filter(fast).count()
    }
}
