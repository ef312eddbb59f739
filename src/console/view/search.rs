//! Pane 2: what was asked, and the records that it may be about, or that there are none.

mod further;
mod nothing;

use super::hits::{gun_columns, gun_header};
use super::pane::{Pane, Slot};
use super::row::{Row, width, wrapped};
use super::scene::{Scene, say, shown};
use super::times::span;
use super::why;
use crate::client::seen::Here;
use crate::console::look::Tone;
use crate::console::message::Fault;
use crate::console::state::record::Subject;
use crate::console::state::remote::Fetch;
use crate::domain::evidence::{Band, Rarity};
use crate::domain::ids::RecordId;
use crate::domain::text::Text;
use crate::matching::{NumberKind, classify};
use crate::wire::check::{Candidate, CheckAnswer};
use crate::wire::hit::GunBrief;

/// Columns of the pane's mark, number and name in its title, and of how many lines are below.
const NAME: u16 = 13;
const BELOW: u16 = 10;

/// The search pane, ready to be drawn.
pub(super) fn pane(scene: &Scene, slot: Slot) -> Pane {
    let search = &scene.state.search;
    let Some(asked) = &search.asked else {
        return Pane {
            title: String::new(),
            right: ground(scene),
            rows: beginning(scene),
            ..Pane::default()
        };
    };
    let mut pane = Pane { title: asked.line.clone(), right: asked_for(scene), ..Pane::default() };
    // Another check begins without an answer; one that is held is of this number.
    match (search.answer.value(), search.answer.fetch()) {
        (None, Fetch::Idle) => {}
        (None, Fetch::Waiting) => pane.rows = vec![Row::text(3, say!(scene, "screen.search.waiting"))],
        (None, Fetch::Failed(fault)) => {
            pane.rows = not_answered(scene, fault, slot.area.width);
            if let Some(here) = &search.here {
                not_the_registry(scene, slot, here, &mut pane);
            }
        }
        (Some(answer), fetch) => {
            if answer.candidates.is_empty() {
                let number = asked.question.gun.serial().map(|number| &number.as_seen);
                pane.rows = nothing::rows(scene, number, answer, slot.area.width);
            } else {
                list(scene, slot, answer, &mut pane);
            }
            if let Fetch::Failed(fault) = fetch {
                let said = say!(scene, "screen.search.not_again", why = why_not_answered(scene, fault));
                let lines = wrapped(&said, slot.area.width.saturating_sub(3), 3);
                pane.head.splice(0..0, lines.into_iter().map(|line| Row::text(3, line).all(Tone::Notice)));
            }
        }
    }
    let lines = 1 + pane.head.len() + pane.rows.len() + pane.tail.len();
    let below = if lines > usize::from(slot.area.height) { BELOW } else { 0 };
    // Under which case it was asked is never cut: where the title has no room it is a line.
    let title = NAME.saturating_add(width(&pane.title)).saturating_add(below + 2);
    if title.saturating_add(width(&pane.right)) > slot.area.width {
        pane.head.insert(0, Row::text(3, std::mem::take(&mut pane.right)));
    }
    pane
}

/// What the records say that were seen at this desk, which is not what the registry says.
fn not_the_registry(scene: &Scene, slot: Slot, here: &Here, pane: &mut Pane) {
    let age = here.oldest.map(|at| span(at.until(scene.state.now).0.max(0)));
    let said = say!(
        scene,
        "screen.search.here",
        fits = here.candidates.len(),
        searched = here.searched,
        oldest = age.unwrap_or_else(|| "-".to_owned())
    );
    let lines = wrapped(&said, slot.area.width.saturating_sub(3), 3);
    pane.rows.extend(lines.into_iter().map(|text| Row::text(3, text).all(Tone::Notice)));
    if !here.candidates.is_empty() {
        pane.rows.push(header(scene, slot.wide));
        pane.rows.extend(here.candidates.iter().map(|candidate| line(scene, slot, candidate)));
    }
}

/// What is the case when a check was not answered, and what is to be done: nothing where it waits
/// in the outbox.
fn not_answered(scene: &Scene, fault: &Fault, columns: u16) -> Vec<Row> {
    let search = &scene.state.search;
    let room = columns.saturating_sub(3);
    let broken = |said: &str| wrapped(said, room, 3).into_iter().map(|line| Row::text(3, line));
    let waits = search.sent_as.and_then(|id| scene.state.outbox.get(id));
    if let (Some(_), Some(at)) = (waits.filter(|item| !item.standing.is_refused()), search.answer.failed()) {
        let no_line = *fault == Fault::Offline;
        let key = if no_line { "screen.search.no_line" } else { "screen.search.no_answer" };
        return broken(&say!(scene, key, at = scene.times.both(at)))
            .map(|row| row.all(Tone::Alarm))
            .collect();
    }
    let mut rows = vec![Row::text(3, failed(scene)).all(Tone::Alarm)];
    rows.extend(broken(&why_not_answered(scene, fault)));
    if search.here.is_none() {
        rows.push(Row::text(3, say!(scene, "screen.search.failed_next")));
    }
    rows
}

/// That nothing is known of the number, and since when.
fn failed(scene: &Scene) -> String {
    match scene.state.search.answer.failed() {
        Some(at) => say!(scene, "screen.search.failed_at", at = scene.times.both(at)),
        None => say!(scene, "screen.search.failed"),
    }
}

/// Why the check was not answered. What the line was then is not what the top line says of now.
fn why_not_answered(scene: &Scene, fault: &Fault) -> String {
    match fault {
        Fault::Offline if scene.state.line.is_live() => say!(scene, "screen.search.line_is_back"),
        fault => why::fault(scene, fault),
    }
}

/// What the pane says before the first check.
fn beginning(scene: &Scene) -> Vec<Row> {
    let line = |key: &str| Row::text(3, scene.say(key, &[]));
    let mut rows =
        vec![line("screen.search.how"), line("screen.search.how_pattern"), line("screen.search.how_other")];
    if let Some(lacks) = scene.state.search.lacks() {
        rows.insert(0, line(&format!("screen.search.{}", lacks.code())).all(Tone::Notice));
    }
    rows
}

/// Purpose and case of the next check.
fn ground(scene: &Scene) -> String {
    match scene.state.search.ground() {
        None => String::new(),
        Some((purpose, case)) => say!(
            scene,
            "screen.search.ground",
            purpose = scene.words().purpose(purpose.as_str()),
            case = shown(&case)
        ),
    }
}

/// Purpose and case under which the check was made, and how long it stands.
fn asked_for(scene: &Scene) -> String {
    let Some(asked) = &scene.state.search.asked else { return String::new() };
    let question = &asked.question;
    say!(
        scene,
        "screen.search.asked_for",
        purpose = scene.words().purpose(question.purpose.as_str()),
        case = shown(&question.case),
        days = question.stand_days
    )
}

/// The candidates.
fn list(scene: &Scene, slot: Slot, answer: &CheckAnswer, pane: &mut Pane) {
    let search = &scene.state.search;
    let number = search.asked.as_ref().and_then(|asked| asked.question.gun.serial());
    let fits = match number.map(|number| classify(number.as_seen.as_str())) {
        Some(NumberKind::NotSerial(is)) => {
            say!(scene, "screen.search.no_serial", is = scene.words().not_serial(is))
        }
        _ => rarity(scene, answer.fits, answer.candidates.first().map(|best| best.band)),
    };
    if slot.wide {
        pane.head.push(Row::text(3, format!("{}   {fits}", summary(scene, answer))));
    } else {
        pane.head.extend([Row::text(3, summary(scene, answer)), Row::text(3, fits)]);
    }
    pane.head.push(header(scene, slot.wide));
    pane.rows = answer.candidates.iter().map(|candidate| line(scene, slot, candidate)).collect();
    pane.rows.extend(further::line(scene, slot, answer));
    let at = |record: RecordId| answer.candidates.iter().position(|candidate| candidate.record == record);
    let below = search.on_more().map(|_| answer.candidates.len());
    pane.mark = below.or_else(|| search.marked.and_then(at));
    if !slot.wide
        && let Some(candidate) = search.candidate()
    {
        pane.tail = because(scene, candidate);
    }
}

/// What speaks for and against a candidate, where its row has no room for it.
fn because(scene: &Scene, candidate: &Candidate) -> Vec<Row> {
    let sides = [
        ("screen.record.speaks_for", &candidate.speaks_for),
        ("screen.record.speaks_against", &candidate.speaks_against),
    ];
    let said = sides.into_iter().filter(|(_, reasons)| !reasons.is_empty());
    said.map(|(label, reasons)| {
        let words: Vec<String> = reasons.iter().map(|reason| scene.words().reason(reason)).collect();
        Row::new().at(3, 10, scene.say(label, &[])).rest(14, words.join("; "))
    })
    .collect()
}

/// How many of each band, of how many records, and how much the number tells.
fn summary(scene: &Scene, answer: &CheckAnswer) -> String {
    let counts: Vec<String> = [Band::Likely, Band::Possible, Band::Unlikely]
        .into_iter()
        .filter_map(|band| {
            let count = answer.candidates.iter().filter(|candidate| candidate.band == band).count();
            (count > 0).then(|| format!("{count} {}", band.code()))
        })
        .collect();
    let mut said = say!(
        scene,
        "screen.search.summary",
        counts = counts.join(" "),
        searched = answer.searched,
        at = scene.times.short(answer.as_of)
    );
    if !answer.hits.is_empty() {
        let hits: Vec<String> = answer.hits.iter().map(|hit| hit.hit.to_string()).collect();
        said = format!("{}  {said}", say!(scene, "screen.search.raised", hits = hits.join(" ")));
    }
    said
}

/// How many records a number fits, and what that makes of it; one that comes near nothing but
/// UNLIKELY records does not fit them, however few they are.
pub(super) fn rarity(scene: &Scene, fits: Rarity, best: Option<Band>) -> String {
    let key = match fits.records {
        0 => "screen.fits.nowhere",
        _ if best == Some(Band::Unlikely) => "screen.fits.badly",
        1 => "screen.fits.alone",
        2..=5 => "screen.fits.rare",
        _ => "screen.fits.common",
    };
    say!(scene, key, records = fits.records, makes = fits.makes)
}

fn header(scene: &Scene, wide: bool) -> Row {
    let name = |column: &str| scene.say(&format!("screen.column.{column}"), &[]);
    let row = Row::new().at(3, 15, name("record")).at(19, 11, name("status"));
    let row = gun_header(scene, row, wide);
    if wide { row.rest(96, name("first_reason")) } else { row.at(71, 9, name("reason")) }
}

/// One candidate.
fn line(scene: &Scene, slot: Slot, candidate: &Candidate) -> Row {
    let mark = mark(scene, slot, candidate.record);
    let mut row = Row::new();
    if mark == ">" {
        row = row.cursor(1);
    }
    row = row.at(0, 1, mark).at(3, 15, candidate.record.to_string());
    let (band_at, reason_at) = if slot.wide { (87, 96) } else { (62, 71) };
    row = match &candidate.shown {
        Some(shown) => {
            let what = scene.words().circumstance(shown.circumstance);
            let what = if shown.status.is_open() { what } else { scene.words().status(shown.status) };
            let year = shown.year.map(|year| year.to_string()).unwrap_or_default();
            let row = if slot.wide {
                row.at(19, 10, what).at(30, 6, year)
            } else {
                row.at(19, 6, what).at(26, 4, year)
            };
            gun_columns(row, &shown.gun, slot.wide)
        }
        None => {
            let row = row.at(19, 11, say!(scene, "screen.search.restricted"));
            let ask = say!(scene, "screen.search.ask", country = candidate.owner);
            let gun = GunBrief { make: Some(Text::new(ask)), ..GunBrief::default() };
            gun_columns(row, &gun, slot.wide)
        }
    };
    row.at(band_at, 8, candidate.band.code()).rest(reason_at, first_reason(scene, candidate))
}

/// The weightiest reason, or the hit that it has become.
fn first_reason(scene: &Scene, candidate: &Candidate) -> String {
    if let Some(hit) = scene.state.search.hit_with(candidate.record) {
        return hit.to_string();
    }
    let against_first = candidate.band == Band::Unlikely;
    let (first, second) = if against_first {
        (candidate.speaks_against.first(), candidate.speaks_for.first())
    } else {
        (candidate.speaks_for.first(), candidate.speaks_against.first())
    };
    first.or(second).map(|reason| scene.words().reason(reason)).unwrap_or_default()
}

fn mark(scene: &Scene, slot: Slot, record: RecordId) -> &'static str {
    let search = &scene.state.search;
    let about = match &scene.state.record.subject {
        Some(Subject::Candidate(compared)) => {
            Some(compared.check) == search.check() && compared.candidate.record == record
        }
        _ => false,
    };
    match (search.marked == Some(record), slot.focus) {
        (true, true) => ">",
        (true, false) => ".",
        (false, _) if about => ".",
        _ => " ",
    }
}
