//! The record pane: one gun, or two side by side.

use super::remote::Remote;
use crate::domain::check::Question;
use crate::domain::ids::{CheckId, HitId, RecordId};
use crate::domain::life::Step;
use crate::wire::check::Candidate;
use crate::wire::hit::HitView;
use crate::wire::record::{RecordAnswer, RecordView};
use std::collections::BTreeMap;

/// What the record pane is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// A hit, both guns compared; its reading is in [`RecordPane::hits`].
    Hit(HitId),
    /// A record alone; its reading is in [`RecordPane::records`].
    Record(RecordId),
    /// A candidate, compared with the check that found it; the record's reading is in
    /// [`RecordPane::records`].
    Candidate(Box<Compared>),
}

/// A candidate with the gun in hand, as they stood when it was opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The check.
    pub check: CheckId,
    /// What was asked.
    pub question: Question,
    /// The candidate.
    pub candidate: Candidate,
}

/// A line of the record pane that can be gone into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordLine {
    /// Where the other side is reached.
    Contact,
    /// What was written.
    Thread,
}

/// The record pane.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RecordPane {
    /// What it is about.
    pub subject: Option<Subject>,
    /// Hits that were read, the latest readings only.
    pub hits: BTreeMap<HitId, Remote<HitView>>,
    /// Records that were read, the latest readings only.
    pub records: BTreeMap<RecordId, Remote<RecordAnswer>>,
    /// Whether every field is shown, or only what decides.
    pub every_field: bool,
    /// The line that the mark stands on.
    pub line: Option<RecordLine>,
    /// Whether the thread is unfolded.
    pub thread_open: bool,
    /// Rows scrolled out at the top.
    pub scroll: u16,
}

/// Most readings of either kind that are kept.
pub const MOST_READINGS: usize = 64;

impl Subject {
    /// The record that it is about, as far as that is known without a reading.
    pub fn record(&self) -> Option<RecordId> {
        match self {
            Subject::Hit(_) => None,
            Subject::Record(id) => Some(*id),
            Subject::Candidate(compared) => Some(compared.candidate.record),
        }
    }

    /// The hit that it is about.
    pub fn hit(&self) -> Option<HitId> {
        match self {
            Subject::Hit(id) => Some(*id),
            Subject::Record(_) | Subject::Candidate(_) => None,
        }
    }
}

impl RecordPane {
    /// A record that is at another revision by now than the one that was seen, as far as it
    /// was read since.
    pub fn changed_since(&self, record: RecordId, revision: u32) -> Option<&RecordView> {
        let view = self.records.get(&record)?.value()?.whole()?;
        (view.revision != revision).then_some(view)
    }

    /// The hit that the pane is about, once it was read.
    pub fn hit(&self) -> Option<&HitView> {
        self.hits.get(&self.subject.as_ref()?.hit()?)?.value()
    }

    /// The record that the pane is about, once it was read; that of a hit too.
    pub fn record(&self) -> Option<&RecordAnswer> {
        match self.subject.as_ref()? {
            Subject::Hit(id) => self.hits.get(id)?.value().map(|view| &view.record),
            other => self.records.get(&other.record()?)?.value(),
        }
    }
}

/// The trace pane: the steps of the gun that the record pane is about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TracePane {
    /// The steps, the earliest first.
    pub steps: Vec<Step>,
    /// The step that the mark stands on.
    pub marked: Option<Step>,
}
