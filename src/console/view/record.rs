//! Pane 3: the gun, or the two guns under each other, with what decides.

mod alone;
mod compare;
mod contact;
mod contradicted;
mod described;
pub(super) mod ruler;
mod standing;
mod table;
mod verdict;

use super::pane::{Late, Pane, Slot};
use super::row::{Row, wrapped};
use super::scene::{Scene, say, shown};
use super::why;
use crate::console::look::Tone;
use crate::console::state::layout::Pane as Name;
use crate::console::state::record::Subject;
use crate::console::state::remote::{Fetch, Remote};
use crate::domain::ids::{CountryCode, RecordId};
use crate::domain::record::Confidentiality;
use crate::wire::record::{ContactView, RecordAnswer, RecordView};

/// Columns of the labels and of what stands behind them.
const LABEL: u16 = 3;
const TEXT: u16 = 14;

/// The record pane, ready to be drawn.
pub(super) fn pane(scene: &Scene, slot: Slot) -> Pane {
    let record = &scene.state.record;
    let mut pane = match &record.subject {
        None => Pane { rows: vec![Row::text(LABEL, say!(scene, "screen.record.none"))], ..Pane::default() },
        Some(Subject::Hit(id)) => {
            let read = record.hits.get(id);
            match read.and_then(Remote::value) {
                Some(view) => compare::hit(scene, slot, view),
                None => missing(scene, id.to_string(), read.map(Remote::fetch)),
            }
        }
        Some(Subject::Record(id)) => {
            let read = record.records.get(id);
            match read.and_then(Remote::value) {
                Some(RecordAnswer::Whole(view)) => alone::whole(scene, slot, view),
                Some(RecordAnswer::Restricted { record, ask }) => Pane {
                    title: record.to_string(),
                    right: say!(scene, "screen.record.restricted"),
                    rows: restricted(scene, slot, *record, *ask, None, false),
                    ..Pane::default()
                },
                None => missing(scene, id.to_string(), read.map(Remote::fetch)),
            }
        }
        Some(Subject::Candidate(compared)) => compare::candidate(scene, slot, compared),
    };
    if let Some(old) = as_of(scene) {
        pane.rows.insert(0, old);
        pane.mark = pane.mark.map(|mark| mark + 1);
    }
    pane.about = format!("{} {} {}", slot.focus, pane.title, pane.right);
    pane.late = if is_being_read(scene) { Late::All } else { Late::Title };
    if is_not_the_marked_one(scene) {
        pane.title = say!(scene, "screen.record.not_marked", title = pane.title);
    }
    // Nobody answers for numbers that are scrolled out.
    if scene.state.question.is_some() {
        pane.mark = None;
    } else {
        pane.scroll = usize::from(record.scroll);
    }
    pane
}

/// Whether nothing is known of the subject yet, and the answer is on its way.
fn is_being_read(scene: &Scene) -> bool {
    let record = &scene.state.record;
    let waits = |fetch: Option<&Fetch>| fetch == Some(&Fetch::Waiting);
    match &record.subject {
        Some(Subject::Hit(id)) => {
            let read = record.hits.get(id);
            read.and_then(Remote::value).is_none() && waits(read.map(Remote::fetch))
        }
        Some(Subject::Record(id)) => {
            let read = record.records.get(id);
            read.and_then(Remote::value).is_none() && waits(read.map(Remote::fetch))
        }
        // What the check has told of it is there at once.
        Some(Subject::Candidate(_)) | None => false,
    }
}

/// What stands there before the first reading has come.
fn missing(scene: &Scene, title: String, fetch: Option<&Fetch>) -> Pane {
    let rows = match fetch {
        Some(Fetch::Failed(fault)) => vec![
            Row::text(LABEL, say!(scene, "screen.record.unread")).all(Tone::Notice),
            Row::text(LABEL, why::fault(scene, fault)),
        ],
        Some(Fetch::Waiting) => vec![Row::text(LABEL, say!(scene, "screen.record.reading"))],
        Some(Fetch::Idle) | None => vec![Row::text(LABEL, say!(scene, "screen.record.not_read"))],
    };
    Pane { title, rows, ..Pane::default() }
}

/// Of when the reading is, when it may have been overtaken.
fn as_of(scene: &Scene) -> Option<Row> {
    let record = &scene.state.record;
    let (at, failed) = match record.subject.as_ref()? {
        Subject::Hit(id) => age(record.hits.get(id)?)?,
        Subject::Record(id) => age(record.records.get(id)?)?,
        Subject::Candidate(compared) => age(record.records.get(&compared.candidate.record)?)?,
    };
    if scene.state.line.is_live() && !failed {
        return None;
    }
    Some(Row::text(LABEL, say!(scene, "screen.record.as_of", at = scene.times.both(at))).all(Tone::Notice))
}

fn age<T>(read: &Remote<T>) -> Option<(crate::domain::time::Moment, bool)> {
    Some((read.as_of()?, matches!(read.fetch(), Fetch::Failed(_))))
}

/// Whether the keys act on another item than this pane is about.
fn is_not_the_marked_one(scene: &Scene) -> bool {
    let Some(subject) = &scene.state.record.subject else { return false };
    match scene.state.layout.focus {
        Name::Hits => scene.state.hits.marked.is_some() && subject.hit() != scene.state.hits.marked,
        Name::Search => match scene.state.search.marked {
            Some(marked) => {
                let hit = scene.state.search.hit_with(marked);
                subject.record() != Some(marked) && (hit.is_none() || subject.hit() != hit)
            }
            None => false,
        },
        Name::Record | Name::Trace => false,
    }
}

pub(super) use contact::{line as contact_line, officer as officer_name};
/// Name, languages, hours and telephone of an agency.
pub(super) use contradicted::contradicted;

/// A label and what stands behind it.
fn labelled(label: String, text: String) -> Row {
    Row::new().at(LABEL, TEXT - LABEL - 1, label).rest(TEXT, text)
}

/// What a record's owner asks of everyone who sees it.
fn caveat(scene: &Scene, record: &RecordView) -> String {
    let level = record.report.caveat.confidentiality;
    let word = scene.words().confidentiality(level);
    match level {
        Confidentiality::OfficialUse => word,
        _ => say!(scene, "screen.record.not_to_be_passed_on", level = word),
    }
}

/// Whose record it is and what happened to the gun: `CR-2026-0004417, ours, STOLEN`.
fn whose(scene: &Scene, id: RecordId, owner: CountryCode, record: Option<&RecordView>) -> String {
    let ours = if owner == scene.us() {
        say!(scene, "screen.record.ours")
    } else {
        say!(scene, "screen.record.theirs", country = owner)
    };
    let Some(record) = record else { return format!("{id}, {ours}") };
    let what = scene.words().circumstance(record.report.circumstance).to_uppercase();
    if record.status.is_open() {
        format!("{id}, {ours}, {what}")
    } else {
        format!("{id}, {ours}, {what}, {}", scene.words().status(record.status).to_uppercase())
    }
}

/// What is said of a record that is shut to us: that there is one, and whom to ask.
fn restricted(
    scene: &Scene,
    slot: Slot,
    record: RecordId,
    ask: CountryCode,
    owner: Option<&ContactView>,
    may_ask: bool,
) -> Vec<Row> {
    let room = slot.area.width.saturating_sub(LABEL + 1);
    let said = say!(scene, "screen.record.restricted_said", record = record, country = ask);
    let mut rows: Vec<Row> = wrapped(&said, room, 3).into_iter().map(|line| Row::text(LABEL, line)).collect();
    if let Some(owner) = owner {
        let whom = say!(scene, "screen.record.whom_to_ask");
        rows.push(labelled(whom, contact::line(scene, ask, owner)));
    }
    if may_ask {
        rows.push(Row::text(LABEL, say!(scene, "screen.record.restricted_next", country = ask)));
    }
    rows
}

/// A date and place, as far as they are said.
fn when_and_where(record: &RecordView) -> String {
    let date = record.report.date.map(|date| date.to_string());
    let place = record.report.place.text().map(|place| shown(place).to_string());
    [date, place].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
