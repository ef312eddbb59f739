//! Two guns compared: the numbers under each other, then field by field, then whom to reach.

use super::described::Described;
use super::standing::standing;
use super::table::{ROOMY, Sides, table};
use super::{caveat, contact, labelled, restricted, ruler, whose};
use crate::console::state::record::{Compared, RecordLine};
use crate::console::state::remote::Remote;
use crate::console::view::pane::{Pane, Slot, has_room};
use crate::console::view::row::{Row, clipped};
use crate::console::view::scene::{Scene, say};
use crate::console::view::search::rarity;
use crate::domain::evidence::Band;
use crate::domain::hit::{Phase, Side};
use crate::domain::ids::OfficerId;
use crate::wire::hit::HitView;
use crate::wire::record::RecordView;

/// The comparison of a hit.
pub(super) fn hit(scene: &Scene, slot: Slot, view: &HitView) -> Pane {
    let hit = &view.row.hit;
    let record = view.record.whole();
    let sides = Sides { recorded: scene.side(hit, Side::Owner), seen: scene.side(hit, Side::Finder) };
    let mut pane = Pane {
        title: format!("{}  {}", hit.id, whose(scene, hit.record, hit.owner.ncb, record)),
        right: record.map_or_else(|| say!(scene, "screen.record.restricted"), |record| caveat(scene, record)),
        ..Pane::default()
    };
    let (asks, state) = standing(scene, hit, true);
    let beside = format!("{}   {asks} {state}", pane.right);
    if slot.wide && has_room(scene, slot, &pane.title, &beside) {
        pane.right = beside;
    } else {
        let (asks, state) = standing(scene, hit, false);
        pane.rows.push(labelled(asks, state));
    }
    let seen = Described::from(&view.check.gun);
    match record {
        Some(record) => {
            let recorded = Described::from(&record.report.gun);
            let fits = rarity(scene, view.fits, Some(hit.band));
            pane.rows.extend(numbers(scene, slot, &sides, &recorded, &seen, &fits));
            pane.rows.extend(table(
                scene,
                slot,
                &sides,
                (&recorded, Some(record)),
                (&seen, view.check.found),
            ));
        }
        None => {
            let owner = Some(&view.owner);
            let may_ask = hit.phase == Phase::Raised && hit.is_finder(scene.we());
            pane.rows.extend(restricted(scene, slot, hit.record, hit.owner.ncb, owner, may_ask));
            let nothing = ruler::Line { number: None, by: &sides.recorded };
            let line = ruler::Line { number: seen.serial, by: &sides.seen };
            pane.rows.extend(ruler::rows(scene, slot, nothing, line, None));
        }
    }
    let lines = contacts(scene, slot, view, record);
    let marked = scene.state.record.line.map(|line| match line {
        RecordLine::Contact => pane.rows.len() + lines.len().saturating_sub(1),
        RecordLine::Thread => pane.rows.len() + lines.len(),
    });
    pane.rows.extend(lines);
    pane.rows.push(contact::thread(scene, view));
    if scene.state.record.thread_open {
        let messages = contact::messages(scene, view, slot.area.width);
        if scene.state.record.line == Some(RecordLine::Thread) {
            pane.with_mark = messages.len();
        }
        pane.rows.extend(messages);
    }
    if !slot.wide {
        pane.rows.extend(contact::holders(scene, view));
    }
    mark(&mut pane, slot, marked);
    pane
}

/// Puts the mark on a line of the pane that can be gone into.
fn mark(pane: &mut Pane, slot: Slot, marked: Option<usize>) {
    if let Some(row) = marked.and_then(|at| pane.rows.get_mut(at)) {
        let sign = if slot.focus { ">" } else { "." };
        *row = std::mem::take(row).at(0, 1, sign).cursor(1);
        pane.mark = marked.filter(|_| slot.focus);
    }
}

/// The comparison of a candidate with the check that found it.
pub(super) fn candidate(scene: &Scene, slot: Slot, compared: &Compared) -> Pane {
    let candidate = &compared.candidate;
    let record = scene.state.record.records.get(&candidate.record).and_then(Remote::value);
    let whole = record.and_then(|record| record.whole());
    let sides = Sides { recorded: scene.who(candidate.owner), seen: say!(scene, "screen.side.us") };
    let title = whose(scene, candidate.record, candidate.owner, whole);
    let mut pane = Pane {
        title: format!("{}  {title}  {}", compared.check, candidate.band.code()),
        right: whole.map(|record| caveat(scene, record)).unwrap_or_default(),
        ..Pane::default()
    };
    let seen = Described::from(&compared.question.gun);
    let brief = candidate.shown.as_ref().map(|shown| Described::from(&shown.gun));
    let recorded = whole.map(|record| Described::from(&record.report.gun)).or(brief);
    match recorded {
        Some(recorded) => {
            let answer = scene.state.search.answer.value();
            let fits = answer.map(|answer| rarity(scene, answer.fits, Some(candidate.band)));
            let fits = fits.unwrap_or_default();
            pane.rows.extend(numbers(scene, slot, &sides, &recorded, &seen, &fits));
            let found = compared.question.found;
            pane.rows.extend(table(scene, slot, &sides, (&recorded, whole), (&seen, found)));
        }
        None => {
            pane.right = say!(scene, "screen.record.restricted");
            pane.rows.extend(restricted(
                scene,
                slot,
                candidate.record,
                candidate.owner,
                None,
                candidate.band > Band::Unlikely,
            ));
        }
    }
    let words = scene.words();
    for (key, reasons) in [
        ("screen.record.speaks_for", &candidate.speaks_for),
        ("screen.record.speaks_against", &candidate.speaks_against),
    ] {
        for (at, reason) in reasons.iter().enumerate() {
            let label = if at == 0 { scene.say(key, &[]) } else { String::new() };
            pane.rows.push(labelled(label, words.reason(reason)));
        }
    }
    if let Some(record) = whole {
        let label = say!(scene, "screen.record.they");
        pane.rows.push(labelled(label, contact::line(scene, candidate.owner, &record.contact)));
    }
    pane
}

/// The two numbers with the ruler, and how much the number tells.
fn numbers(
    scene: &Scene,
    slot: Slot,
    sides: &Sides,
    recorded: &Described,
    seen: &Described,
    fits: &str,
) -> Vec<Row> {
    let a = ruler::Line { number: recorded.serial, by: &sides.recorded };
    let b = ruler::Line { number: seen.serial, by: &sides.seen };
    let beside = slot.wide.then_some(fits);
    let mut rows = ruler::rows(scene, slot, a, b, beside);
    if !slot.wide && slot.area.height >= ROOMY {
        rows.push(labelled(say!(scene, "screen.record.number"), fits.to_owned()));
    }
    rows
}

/// Our file, and where the other side is reached.
fn contacts(scene: &Scene, slot: Slot, view: &HitView, record: Option<&RecordView>) -> Vec<Row> {
    let hit = &view.row.hit;
    let owner = hit.is_owner(scene.we());
    let owners_case = record.map(|record| clipped(record.report.case.as_str(), 24));
    let finders_case = Some(clipped(view.check.case.as_str(), 24));
    let (ours, theirs) = if owner { (owners_case, finders_case) } else { (finders_case, owners_case) };
    let (us, they) = if owner { (&view.owner, &view.finder) } else { (&view.finder, &view.owner) };
    let with = if owner { hit.finder.ncb } else { hit.owner.ncb };
    let with_case = |case: Option<String>, contact: String| match case.filter(|case| !case.is_empty()) {
        Some(case) => format!("{case}, {contact}"),
        None => contact,
    };
    let they_are = match hit.is_own(scene.we()) {
        true => say!(scene, "screen.record.our_find"),
        false => say!(scene, "screen.record.they"),
    };
    let (our_desk, their_desk) = match owner {
        true => (hit.owner_taken, hit.finder_taken),
        false => (hit.finder_taken, hit.owner_taken),
    };
    // Whose desk it is on stands behind the telephone where a line has room for it.
    let has = |contact: String, taken: Option<OfficerId>| match taken.filter(|_| slot.wide) {
        Some(taken) => {
            let holder = contact::holder(scene, view, taken);
            say!(scene, "screen.record.contact_taken", contact = contact, officer = holder)
        }
        None => contact,
    };
    // Nobody looks up the telephone of the own desk; that of another unit is there.
    let own_desk = scene.state.session.as_ref().is_some_and(|hello| hello.agency == us.name);
    let ours = match ours {
        Some(case) if own_desk && !case.is_empty() => case,
        ours => with_case(ours, contact::line(scene, scene.us(), us)),
    };
    let ours = has(ours, our_desk);
    let theirs = has(with_case(theirs, contact::line(scene, with, they)), their_desk);
    vec![labelled(say!(scene, "screen.record.our_file"), ours), labelled(they_are, theirs)]
}
