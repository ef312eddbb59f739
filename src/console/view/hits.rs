//! Pane 1: the queue. What is left, how fast, what to do with whom, and only then the gun.

use super::pane::{Late, Pane, Slot};
use super::row::Row;
use super::scene::{Scene, say, shown};
use super::times::Left;
use crate::console::look::Tone;
use crate::console::state::queue::Sort;
use crate::console::state::record::Subject;
use crate::console::state::remote::Fetch;
use crate::domain::hit::desk::{ToDo, Turn, turn};
use crate::domain::hit::{Hit, Phase, Side};
use crate::domain::ids::{HitId, OfficerId};
use crate::wire::hit::{GunBrief, HitRow};

/// Columns of the state on the narrowest screen that shows the queue in full.
const STATE: u16 = 9;

/// The queue, ready to be drawn.
pub(super) fn pane(scene: &Scene, slot: Slot) -> Pane {
    let hits = &scene.state.hits;
    let on_screen: Vec<&HitRow> = hits.order.iter().filter_map(|id| hits.rows.get(id)).collect();
    let mark = hits.marked.and_then(|marked| on_screen.iter().position(|row| row.hit.id == marked));
    let rows = if on_screen.is_empty() {
        vec![Row::text(3, nothing(scene))]
    } else {
        on_screen.iter().map(|row| line(scene, slot, row)).collect()
    };
    Pane {
        title: counts(scene),
        right: order(scene, slot.wide),
        head: if on_screen.is_empty() { Vec::new() } else { vec![header(scene, slot.wide)] },
        rows,
        mark,
        late: Late::Title,
        about: format!("{}", slot.focus),
        ..Pane::default()
    }
}

/// How many there are, and what of that is worst.
fn counts(scene: &Scene) -> String {
    if scene.state.hits.rows.is_empty() && scene.state.hits.page.value().is_none() {
        return String::new();
    }
    let open = || scene.state.hits.rows.values().filter(|row| row.hit.phase.is_open());
    let late = open().filter(|row| is_late(scene, &row.hit)).count();
    let promised = open().filter(|row| row.hit.phase == Phase::Promised).count();
    let more = scene.state.hits.page.value().is_some_and(|page| page.more);
    let count = open().count();
    let mut parts = vec![if more {
        say!(scene, "screen.hits.count_more", count = count)
    } else {
        say!(scene, "screen.hits.count", count = count)
    }];
    // Counted already, and not in the list before the order is taken.
    let hits = &scene.state.hits;
    let unlisted = |id: &&HitId| {
        !hits.order.contains(id) && hits.rows.get(id).is_some_and(|row| row.hit.phase.is_open())
    };
    let unlisted = hits.waiting.iter().filter(unlisted).count();
    if unlisted > 0 {
        parts.push(say!(scene, "screen.hits.unlisted", count = unlisted));
    }
    if late > 0 {
        parts.push(say!(scene, "screen.hits.late", count = late));
    }
    if promised > 0 {
        parts.push(say!(scene, "screen.hits.promised", count = promised));
    }
    parts.join("  ")
}

fn is_late(scene: &Scene, hit: &Hit) -> bool {
    turn(hit, scene.we()).and_then(|turn| turn.due).is_some_and(|due| due < scene.state.now)
}

/// What is shown, in which order, and of when the order is.
fn order(scene: &Scene, wide: bool) -> String {
    let hits = &scene.state.hits;
    let what = match hits.filter.text.trim() {
        "" => say!(scene, "screen.hits.all"),
        text => say!(scene, "screen.hits.filtered", filter = text),
    };
    let sort = match (hits.filter.sort, wide) {
        (Sort::WorstClock, true) => say!(scene, "screen.hits.worst_long"),
        (Sort::WorstClock, false) => say!(scene, "screen.hits.worst"),
        (Sort::Came, _) => say!(scene, "screen.hits.newest"),
    };
    match hits.ordered {
        Some(of) => {
            say!(scene, "screen.hits.order_of", what = what, sort = sort, of = scene.times.short(of))
        }
        None => say!(scene, "screen.hits.order", what = what, sort = sort),
    }
}

/// Why there is nothing in the list.
fn nothing(scene: &Scene) -> String {
    let hits = &scene.state.hits;
    if !hits.filter.text.trim().is_empty() && !hits.rows.is_empty() {
        return say!(scene, "screen.hits.none_fits", count = hits.rows.len());
    }
    match (hits.page.fetch(), hits.page.value()) {
        (Fetch::Waiting, None) => say!(scene, "screen.hits.reading"),
        (Fetch::Failed(_), None) => say!(scene, "screen.hits.unread"),
        (_, None) if hits.ordered.is_none() => say!(scene, "screen.hits.not_yet"),
        _ => say!(scene, "screen.hits.none"),
    }
}

/// The names of the columns.
fn header(scene: &Scene, wide: bool) -> Row {
    let name = |column: &str| scene.say(&format!("screen.column.{column}"), &[]);
    let row = Row::new().at(3, 8, name("left"));
    if wide {
        let row = row.at(12, 7, name("priority")).at(20, 9, name("to_do")).at(30, 6, name("we_are"));
        gun_header(scene, row, true).at(96, 5, name("came")).rest(102, name("state"))
    } else {
        let row = row.at(12, 1, name("priority")).at(14, 9, name("to_do")).at(24, 6, name("we_are"));
        gun_header(scene, row, false).rest(71, name("state"))
    }
}

/// The names of the columns of a gun and its band, the same in every list.
pub(super) fn gun_header(scene: &Scene, row: Row, wide: bool) -> Row {
    let name = |column: &str| scene.say(&format!("screen.column.{column}"), &[]);
    if wide {
        row.at(37, 2, name("type"))
            .at(40, 14, name("make"))
            .at(55, 9, name("model"))
            .at(65, 7, name("calibre"))
            .at(73, 13, name("serial"))
            .at(87, 8, name("band"))
    } else {
        row.at(31, 2, name("type")).at(34, 14, name("gun")).at(49, 12, name("serial")).at(62, 8, name("band"))
    }
}

/// A gun in its columns.
pub(super) fn gun_columns(row: Row, gun: &GunBrief, wide: bool) -> Row {
    let text = |text: &Option<_>| text.as_ref().map(|text| shown(text).to_string()).unwrap_or_default();
    let kind = gun.gun_type.map(|kind| kind.to_string()).unwrap_or_default();
    let serial = gun.serial.as_ref().map_or_else(|| "-".to_owned(), |serial| shown(serial).to_string());
    if wide {
        row.at(37, 2, kind)
            .at(40, 14, text(&gun.make))
            .at(55, 9, text(&gun.model))
            .at(65, 7, text(&gun.calibre))
            .number(73, 13, serial)
    } else {
        let (make, model) = (text(&gun.make), text(&gun.model));
        // The model tells guns of one make apart: it keeps its place when both are long.
        let for_model = super::row::width(&model).min(8);
        let for_make = if for_model == 0 { 14 } else { (13 - for_model).min(super::row::width(&make)) };
        let model_at = if for_make == 0 { 34 } else { 35 + for_make };
        row.at(31, 2, kind)
            .at(34, for_make, make)
            .at(model_at, 48u16.saturating_sub(model_at), model)
            .number(49, 12, serial)
    }
}

/// One row of the queue.
fn line(scene: &Scene, slot: Slot, row: &HitRow) -> Row {
    let hit = &row.hit;
    let turn = turn(hit, scene.we());
    let left = turn.and_then(|turn| turn.due).map(|due| scene.times.left(due));
    let late = matches!(left, Some(Left::Late(_)));
    let left = left.map_or_else(|| "-".to_owned(), |left| scene.left(&left));
    let mark = mark(scene, slot, hit.id);
    let mut line = Row::new();
    if mark == ">" {
        line = line.cursor(1);
    }
    line = line.at(0, 1, mark);
    if scene.state.hits.ticked.contains(&hit.id) {
        line = line.at(1, 1, "x");
    }
    line = line.at(3, 8, left);
    if late {
        line = line.tone(Tone::Alarm);
    }
    let priority = hit.priority.code();
    let to_do = turn.map(|turn| to_do(scene, hit, turn)).unwrap_or_default();
    let we_are = turn.map(|turn| side(scene, hit, turn.side)).unwrap_or_default();
    let state = state(scene, hit, slot.wide);
    if slot.wide {
        line = line.at(12, 7, priority).at(20, 9, to_do).at(30, 6, we_are);
        gun_columns(line, &row.gun, true)
            .at(87, 8, hit.band.code())
            .at(96, 5, scene.times.short(hit.raised))
            .rest(102, state)
    } else {
        line = line.at(12, 1, priority).at(14, 9, to_do).at(24, 6, we_are);
        gun_columns(line, &row.gun, false).at(62, 8, hit.band.code()).rest(71, state)
    }
}

/// `>` where the keys are, `.` on the row that another pane is about.
fn mark(scene: &Scene, slot: Slot, hit: HitId) -> &'static str {
    let subject = scene.state.record.subject.as_ref().and_then(Subject::hit);
    if scene.state.hits.marked == Some(hit) {
        if slot.focus { ">" } else { "." }
    } else if subject == Some(hit) {
        "."
    } else {
        " "
    }
}

/// What is to be done, with whom; in small letters when it is their turn, and with nobody when
/// one agency is both sides.
fn to_do(scene: &Scene, hit: &Hit, turn: Turn) -> String {
    let key = match turn.to_do {
        ToDo::Take => "screen.to_do.take",
        ToDo::Ask => "screen.to_do.ask",
        ToDo::Answer => "screen.to_do.answer",
        ToDo::Locate => "screen.to_do.locate",
        ToDo::Clear => "screen.to_do.clear",
        ToDo::Wait => "screen.to_do.wait",
        ToDo::Nothing => "screen.to_do.nothing",
    };
    let with = if hit.is_own(scene.we()) { String::new() } else { turn.with.to_string() };
    say!(scene, key, country = with).trim_end().to_owned()
}

/// The side that we are on.
fn side(scene: &Scene, hit: &Hit, side: Side) -> String {
    match side {
        _ if hit.is_own(scene.we()) => say!(scene, "screen.side.both"),
        Side::Owner => say!(scene, "screen.side.owner"),
        Side::Finder => say!(scene, "screen.side.finder"),
    }
}

/// Where the hit stands, and who has it where there is room; what was sent and is not answered
/// stands in its place.
fn state(scene: &Scene, hit: &Hit, wide: bool) -> String {
    let stands = phase(scene, hit);
    let stands = match holder(scene, hit).filter(|_| hit.phase.is_open()) {
        Some(has) if wide => format!("{stands}, {has}"),
        Some(has) => narrow(scene, hit, &has).unwrap_or(stands),
        None => stands,
    };
    match scene.state.pending_on(hit.id) {
        Some((sent, unknown)) => {
            // Half a state would be read as another one.
            let what = sent.phase().filter(|_| wide).map(|phase| phase.code().replace('_', " "));
            let what = what.unwrap_or_default();
            let key = match (unknown, scene.state.line.is_live()) {
                (true, _) => "screen.hits.not_known",
                (false, true) => "screen.hits.sending",
                (false, false) => "screen.hits.queued",
            };
            say!(scene, key, what = what).trim_end().to_owned()
        }
        None => stands,
    }
}

/// Who has it, where one row has no room for both: while it is our turn the verb says how it
/// stands, and what is worth knowing is whether a colleague has it.
fn narrow(scene: &Scene, hit: &Hit, has: &str) -> Option<String> {
    let ours = turn(hit, scene.we()).is_some_and(|turn| turn.to_do != ToDo::Wait);
    let said = match hit.phase {
        Phase::Raised if ours => has.to_owned(),
        Phase::Asked if ours && !hit.escalated => format!("{}/3 {has}", hit.number),
        _ => return None,
    };
    (super::row::width(&said) <= STATE).then_some(said)
}

fn phase(scene: &Scene, hit: &Hit) -> String {
    let code = hit.phase.code().replace('_', " ");
    match hit.phase {
        Phase::Asked if hit.escalated => say!(scene, "screen.hits.escalated"),
        Phase::Asked => format!("{code} {}/3", hit.number),
        Phase::Promised => {
            let due = hit.due.map(|due| scene.times.short(due)).unwrap_or_default();
            match hit.promises {
                ..=1 => format!("{code} {due}"),
                nth => say!(scene, "screen.hits.promised_again", code = code, due = due, nth = nth),
            }
        }
        Phase::NotOurs | Phase::Excluded => match hit.reason {
            Some(reason) => format!("{code} {}", reason.code()),
            None => code,
        },
        _ => code,
    }
}

/// Who has it: on our side by name, on theirs only that somebody has.
fn holder(scene: &Scene, hit: &Hit) -> Option<String> {
    let we = scene.we();
    let me = scene.state.session.as_ref().map(|hello| hello.officer);
    let (ours, theirs) = match (hit.is_own(we), hit.is_owner(we)) {
        (true, _) => (hit.owner_taken.or(hit.finder_taken), None),
        (_, true) => (hit.owner_taken, hit.finder_taken),
        (_, false) => (hit.finder_taken, hit.owner_taken),
    };
    let ours =
        ours.map(
            |officer: OfficerId| {
                if Some(officer) == me { say!(scene, "screen.hits.mine") } else { officer.to_string() }
            },
        );
    ours.or_else(|| theirs.map(|_| say!(scene, "screen.hits.seen")))
}
