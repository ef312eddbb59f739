//! The outbox: what goes out in which order, and of what was refused both sides next to each other.

use super::{Drawn, LABEL, labelled};
use crate::console::look::Tone;
use crate::console::state::line_status::LineStatus;
use crate::console::state::outbox::{Item, Standing, Wanted, is_conflict};
use crate::console::view::record::officer_name;
use crate::console::view::row::{Row, clipped};
use crate::console::view::scene::{Scene, say};
use crate::console::view::{sent, why};
use crate::domain::command::Command;
use crate::domain::ids::CommandId;
use crate::domain::record::{RecordCommand, Report};
use crate::domain::text::{Shown, Text};
use ratatui::layout::Rect;

/// Columns of when it was written, of what it is, and of how far it has come.
const WRITTEN: u16 = 3;
const ITEM: u16 = 17;
const STATE: u16 = 62;
/// Columns of the two sides.
const MINE: u16 = 14;
const THEIRS: u16 = 46;
/// Columns that a number may take within a line.
const NUMBER: u16 = 24;

/// The page.
pub(in crate::console::view) fn page(scene: &Scene, marked: Option<CommandId>, body: Rect) -> Drawn {
    let outbox = &scene.state.outbox;
    let title = say!(
        scene,
        "screen.outbox.title",
        refused = outbox.refused(),
        queued = outbox.queued(),
        drafts = scene.state.drafts.len()
    );
    let mut below =
        marked.and_then(|id| outbox.get(id)).map(|item| both(scene, item, body.width)).unwrap_or_default();
    below.extend(line(scene, body.width));
    // What is below the list is always on the screen; the list turns over in what is left.
    let room = usize::from(body.height).saturating_sub(below.len() + 3).max(1);
    let at = marked.and_then(|id| outbox.items.iter().position(|item| item.id == id)).unwrap_or(0);
    let mut rows = vec![
        Row::new()
            .at(WRITTEN, ITEM - WRITTEN - 1, say!(scene, "screen.outbox.written"))
            .at(ITEM, STATE - ITEM - 1, say!(scene, "screen.outbox.item"))
            .rest(STATE, say!(scene, "screen.outbox.state")),
    ];
    let shown = outbox.items.iter().skip(at / room * room).take(room);
    rows.extend(shown.map(|item| listed(scene, item, marked == Some(item.id))));
    if outbox.items.is_empty() {
        rows.push(Row::text(LABEL, say!(scene, "screen.outbox.empty")));
    }
    rows.extend(below);
    Drawn { title, right: say!(scene, "screen.outbox.order"), rows, ..Drawn::default() }
}

/// One line of the list.
fn listed(scene: &Scene, item: &Item, marked: bool) -> Row {
    let state = scene.say(&format!("standing.{}", item.standing.code()), &[]);
    let mut row = Row::new();
    if marked {
        row = row.at(0, 1, ">").cursor(1);
    }
    let row = row
        .at(WRITTEN, ITEM - WRITTEN - 1, scene.times.both(item.written))
        .at(ITEM, STATE - ITEM - 1, wanted(scene, &item.wanted))
        .rest(STATE, state);
    if item.standing.is_refused() { row.tone(Tone::Alarm) } else { row }
}

/// What is wanted, in a few words.
pub(in crate::console::view) fn wanted(scene: &Scene, wanted: &Wanted) -> String {
    match wanted {
        Wanted::Command(command, what) => match &**command {
            Command::Record(RecordCommand::Enter { report, .. }) => entry(scene, report),
            _ => sent::short(scene, what),
        },
        Wanted::Check(asked) => say!(scene, "screen.outbox.check", line = clipped(&asked.line, NUMBER)),
    }
}

/// A record that is to be entered: what happened to which gun.
fn entry(scene: &Scene, report: &Report) -> String {
    let part = |text: &Option<Text>| text.as_ref().map(|text| text.as_str().to_owned());
    let serial = report.gun.serial().map(|number| number.as_seen.as_str().to_owned());
    let gun = serial.or_else(|| part(&report.gun.make)).or_else(|| part(&report.gun.model));
    let gun = clipped(&gun.unwrap_or_else(|| "-".to_owned()), NUMBER);
    let what = scene.words().circumstance(report.circumstance);
    say!(scene, "screen.outbox.entry", what = what, number = gun)
}

/// Mine, what the registry has now, and why.
fn both(scene: &Scene, item: &Item, columns: u16) -> Vec<Row> {
    let Standing::Refused { at, problem } = &item.standing else { return Vec::new() };
    let label = |key: &str| scene.say(&format!("screen.outbox.{key}"), &[]);
    let title = if is_conflict(problem) { "conflict" } else { "refused" };
    let what = wanted(scene, &item.wanted);
    let mut rows = vec![
        Row::text(0, format!("-- {}  {what}", label(title))).all(Tone::Title),
        two("", label("mine"), label("theirs")),
    ];
    let there = theirs(scene, item);
    let me = scene.state.session.as_ref().map(|hello| Shown::of(hello.name.as_str()).to_string());
    let written = say!(
        scene,
        "screen.outbox.written_refused",
        written = scene.times.short(item.written),
        refused = scene.times.short(*at)
    );
    rows.push(two(&label("act"), what, there.act));
    rows.push(two(&label("who"), me.unwrap_or_default(), there.by));
    rows.push(two(&label("when"), written, there.when));
    rows.extend(labelled(label("why"), &why::problem(scene, problem), columns));
    rows.push(Row::text(LABEL, label("decide")));
    rows
}

fn two(label: &str, mine: String, theirs: String) -> Row {
    Row::new().at(LABEL, MINE - LABEL - 1, label).at(MINE, THEIRS - MINE - 1, mine).rest(THEIRS, theirs)
}

/// What the registry has.
#[derive(Default)]
struct Theirs {
    act: String,
    by: String,
    when: String,
}

fn theirs(scene: &Scene, item: &Item) -> Theirs {
    let unknown = || Theirs { act: say!(scene, "screen.outbox.not_read"), ..Theirs::default() };
    let Some(what) = item.what() else { return unknown() };
    if let Some(hit) = what.hit() {
        let Some(row) = scene.state.row(hit) else { return unknown() };
        let view = scene.state.record.hits.get(&hit).and_then(|reading| reading.value());
        let by = row.hit.changed_by;
        return Theirs {
            act: row.hit.phase.code().replace('_', " "),
            by: view.map_or_else(|| by.to_string(), |view| officer_name(view, by)),
            when: scene.times.both(row.hit.changed),
        };
    }
    let read = what.record().and_then(|id| scene.state.record.records.get(&id)?.value()?.whole());
    match read {
        Some(view) => Theirs {
            act: say!(
                scene,
                "screen.outbox.record_now",
                status = scene.words().status(view.status),
                revision = view.revision
            ),
            by: String::new(),
            when: scene.times.both(view.validated),
        },
        None if what.record().is_none() => {
            Theirs { act: say!(scene, "screen.outbox.nothing_there"), ..Theirs::default() }
        }
        None => unknown(),
    }
}

/// Whether anything goes out now, and what may not wait for it.
fn line(scene: &Scene, columns: u16) -> Vec<Row> {
    let label = |key: &str| scene.say(&format!("screen.outbox.{key}"), &[]);
    let mut rows = Vec::new();
    if scene.state.outbox.not_kept {
        rows.extend(labelled(label("disk"), &label("not_kept"), columns));
    }
    if let LineStatus::Offline { since, next_try, .. } = scene.state.line {
        let since = since.map(|since| scene.times.both(since)).unwrap_or_else(|| "-".to_owned());
        let next = next_try.map(|next| scene.times.both(next)).unwrap_or_else(|| "-".to_owned());
        rows.extend(labelled(
            label("line"),
            &say!(scene, "screen.outbox.no_line", since = since, next = next),
            columns,
        ));
        rows.extend(labelled(label("flash"), &label("flash_phone"), columns));
    }
    rows
}
