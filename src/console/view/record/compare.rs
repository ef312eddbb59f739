//! Two guns compared: the numbers under each other, then field by field, then whom to reach.

use super::described::Described;
use super::verdict::{self, Verdict, Word};
use super::{LABEL, contact, labelled, ruler};
use super::{caveat, restricted, when_and_where, whose};
use crate::console::look::Tone;
use crate::console::state::record::{Compared, RecordLine};
use crate::console::state::remote::Remote;
use crate::console::view::pane::{Pane, Slot};
use crate::console::view::row::{Row, clipped};
use crate::console::view::scene::{Scene, say, shown_or_none};
use crate::console::view::search::rarity;
use crate::console::view::times::Left;
use crate::domain::date::PartialDate;
use crate::domain::evidence::Band;
use crate::domain::gun::Number;
use crate::domain::hit::desk::turn;
use crate::domain::hit::{Hit, Phase};
use crate::domain::ids::CountryCode;
use crate::domain::text::Text;
use crate::wire::hit::HitView;
use crate::wire::record::RecordView;

/// Lines from which a narrow pane shows every field that says something.
const ROOMY: u16 = 16;

/// Who describes the two guns, as the columns name them.
struct Sides {
    recorded: String,
    seen: String,
}

/// The comparison of a hit.
pub(super) fn hit(scene: &Scene, slot: Slot, view: &HitView) -> Pane {
    let hit = &view.row.hit;
    let record = view.record.whole();
    let sides = Sides { recorded: scene.who(hit.owner.ncb), seen: scene.who(hit.finder.ncb) };
    let mut pane = Pane {
        title: format!("{}  {}", hit.id, whose(scene, hit.record, hit.owner.ncb, record)),
        right: record.map_or_else(|| say!(scene, "screen.record.restricted"), |record| caveat(scene, record)),
        ..Pane::default()
    };
    let (asks, state) = standing(scene, hit, slot.wide);
    if slot.wide {
        pane.right = format!("{}   {asks} {state}", pane.right);
    } else {
        pane.rows.push(labelled(asks, state));
    }
    let seen = Described::from(&view.check.gun);
    match record {
        Some(record) => {
            let recorded = Described::from(&record.report.gun);
            let fits = rarity(scene, view.fits);
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
            let may_ask = hit.phase == Phase::Raised && hit.is_finder(scene.us());
            pane.rows.extend(restricted(scene, slot, hit.record, hit.owner.ncb, owner, may_ask));
            let nothing = ruler::Line { number: None, by: &sides.recorded };
            let line = ruler::Line { number: seen.serial, by: &sides.seen };
            pane.rows.extend(ruler::rows(scene, slot, nothing, line, None));
        }
    }
    let lines = contacts(scene, view, record);
    let marked = scene.state.record.line.map(|line| match line {
        RecordLine::Contact => pane.rows.len() + lines.len().saturating_sub(1),
        RecordLine::Thread => pane.rows.len() + lines.len(),
    });
    pane.rows.extend(lines);
    pane.rows.push(contact::thread(scene, view));
    if scene.state.record.thread_open {
        pane.rows.extend(contact::messages(scene, view, slot.area.width));
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
            let fits = scene.state.search.answer.value().map(|answer| rarity(scene, answer.fits));
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

/// How the hit stands: who asks, how fast, and what is left; shorter where it shares a line.
fn standing(scene: &Scene, hit: &Hit, short: bool) -> (String, String) {
    let turn = turn(hit, scene.us());
    let due = turn.and_then(|turn| turn.due);
    let left = due.map(|due| scene.times.left(due));
    let word = left.as_ref().map(|left| scene.left(left)).unwrap_or_default();
    let due = due.map(|due| scene.times.both(due)).unwrap_or_default();
    let asks = if hit.finder.ncb == scene.us() {
        say!(scene, "screen.standing.we_ask")
    } else {
        say!(scene, "screen.standing.asks", country = hit.finder.ncb)
    };
    let asked = hit.asked.map(|asked| scene.times.short(asked)).unwrap_or_default();
    let priority = hit.priority.code();
    let late = matches!(left, Some(Left::Late(_)));
    match hit.phase {
        Phase::Raised => (
            say!(scene, "screen.standing.raised"),
            say!(
                scene,
                "screen.standing.not_asked",
                band = hit.band.code(),
                at = scene.times.both(hit.raised)
            ),
        ),
        Phase::Asked => {
            let key = match (late, short) {
                (true, true) => "screen.standing.asked_late_short",
                (true, false) => "screen.standing.asked_late",
                (false, true) => "screen.standing.asked_short",
                (false, false) => "screen.standing.asked",
            };
            let number = hit.number.to_string();
            (
                asks,
                say!(scene, key, priority = priority, number = number, since = asked, left = word, due = due),
            )
        }
        Phase::Promised => {
            let key = match (late, short) {
                (true, true) => "screen.standing.promised_late_short",
                (true, false) => "screen.standing.promised_late",
                (false, true) => "screen.standing.promised_short",
                (false, false) => "screen.standing.promised",
            };
            (asks, say!(scene, key, priority = priority, left = word, due = due))
        }
        Phase::NotOurs | Phase::Excluded => {
            let reason = hit.reason.map(|reason| scene.words().exclusion(reason)).unwrap_or_default();
            let code = hit.reason.map(|reason| reason.code()).unwrap_or_default();
            let phase = hit.phase.code().replace('_', " ");
            let at = scene.times.both(hit.changed);
            (
                say!(scene, "screen.standing.closed"),
                say!(scene, "screen.standing.not_same", phase = phase, code = code, reason = reason, at = at),
            )
        }
        Phase::Confirmed | Phase::Located | Phase::Cleared => (
            say!(scene, "screen.standing.state"),
            say!(
                scene,
                "screen.standing.since",
                phase = hit.phase.code(),
                at = scene.times.both(hit.changed)
            ),
        ),
    }
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

/// One line of the table.
struct Field {
    label: &'static str,
    verdict: Verdict,
    recorded: String,
    seen: String,
    /// Whether it is one of those that decide.
    decides: bool,
}

/// The fields of the two guns, what decides first.
fn table(
    scene: &Scene,
    slot: Slot,
    sides: &Sides,
    (recorded, record): (&Described, Option<&RecordView>),
    (seen, found): (&Described, Option<PartialDate>),
) -> Vec<Row> {
    let every = scene.state.record.every_field;
    let roomy = slot.wide || slot.area.height >= ROOMY;
    let mut fields = described(scene, recorded, seen);
    fields.push(event(scene, record, found));
    let wanted = |field: &Field| {
        let said = field.recorded != "-" || field.seen != "-";
        every || field.decides || field.verdict.word.speaks_against() || (roomy && said)
    };
    let mut rows = vec![header(scene, slot.wide, sides)];
    rows.extend(fields.iter().filter(|field| wanted(field)).map(|field| line(scene, slot.wide, field)));
    rows
}

fn described(scene: &Scene, a: &Described, b: &Described) -> Vec<Field> {
    let text = |text: Option<&Text>| shown_or_none(text).to_string();
    let other = |said: Option<String>| said.unwrap_or_else(|| "-".to_owned());
    let country = |code: Option<CountryCode>| other(code.map(|code| code.to_string()));
    let year = |year: Option<i16>| other(year.map(|year| year.to_string()));
    let kind = |kind: Option<crate::domain::gun::GunType>| {
        other(kind.map(|kind| {
            let named = crate::reference::gun_type::describe(kind.as_str());
            named.map_or_else(|| kind.to_string(), |named| format!("{kind} {named}"))
        }))
    };
    let seen_kind = if a.kind == b.kind { other(b.kind.map(|kind| kind.to_string())) } else { kind(b.kind) };
    let numbers = |list: &[&Number]| {
        let said: Vec<String> = list
            .iter()
            .map(|number| {
                format!("{} {}", scene.words().part(number.place), clipped(number.as_seen.as_str(), 16))
            })
            .collect();
        if said.is_empty() { "-".to_owned() } else { said.join(", ") }
    };
    let plain = |a: Option<&Text>, b: Option<&Text>| match (a, b) {
        (Some(a), Some(b)) => verdict::by_letters(a, b),
        _ => Verdict { word: Word::Unknown, because: None },
    };
    let field = |label, verdict, recorded, seen, decides| Field { label, verdict, recorded, seen, decides };
    vec![
        field("make", verdict::make(a, b), text(a.make), text(b.make), true),
        field("model", verdict::model(a, b), text(a.model), text(b.model), true),
        field("calibre", verdict::calibre(a, b), text(a.calibre), text(b.calibre), true),
        // The words stand once: the second is plain when the letters are the same.
        field("type", verdict::kind(a, b), kind(a.kind), seen_kind, false),
        field("made_in", verdict::made_in(a, b), country(a.made_in), country(b.made_in), false),
        field("year", verdict::year(a, b), year(a.year), year(b.year), false),
        field("importer", plain(a.importer, b.importer), text(a.importer), text(b.importer), false),
        field("import_mark", verdict::import_mark(a, b), text(a.import_mark), text(b.import_mark), false),
        field("marks", plain(a.marks, b.marks), text(a.marks), text(b.marks), false),
        field(
            "numbers",
            Verdict { word: Word::Unknown, because: None },
            numbers(&a.others),
            numbers(&b.others),
            false,
        ),
    ]
}

/// What was recorded of the gun, and when it came into hand.
fn event(scene: &Scene, record: Option<&RecordView>, found: Option<PartialDate>) -> Field {
    let recorded = record.map(|record| {
        let what = scene.words().circumstance(record.report.circumstance);
        format!("{what} {}", when_and_where(record))
    });
    let happened = record.and_then(|record| record.report.date);
    let days = happened.zip(found).and_then(|(happened, found)| days_between(happened, found));
    let seen = match (found, days) {
        (Some(found), Some(days)) => {
            say!(scene, "screen.record.found_after", date = found.to_string(), days = days)
        }
        (Some(found), None) => say!(scene, "screen.record.found", date = found.to_string()),
        (None, _) => "-".to_owned(),
    };
    Field {
        label: "event",
        verdict: verdict::event(happened, found),
        recorded: recorded.unwrap_or_else(|| "-".to_owned()),
        seen,
        decides: true,
    }
}

/// Whole days from one date to a later one, where both are known to the day.
fn days_between(from: PartialDate, to: PartialDate) -> Option<u32> {
    let exact = |date: PartialDate| (date.earliest() == date.latest()).then(|| date.earliest());
    let (from, to) = (exact(from)?, exact(to)?);
    u32::try_from((to - from).get_days()).ok().filter(|days| *days > 0)
}

/// Columns of the table: verdict, recorded, seen, because.
fn columns(wide: bool) -> ([u16; 3], Option<u16>) {
    if wide { ([14, 23, 54], Some(83)) } else { ([14, 23, 48], None) }
}

fn header(scene: &Scene, wide: bool, sides: &Sides) -> Row {
    let ([verdict, recorded, seen], because) = columns(wide);
    let row = Row::new().at(verdict, 8, say!(scene, "screen.record.verdict")).at(
        recorded,
        seen - recorded - 1,
        say!(scene, "screen.record.recorded_by", who = sides.recorded),
    );
    let seen_by = say!(scene, "screen.record.seen_by", who = sides.seen);
    match because {
        Some(because) => {
            row.at(seen, because - seen - 1, seen_by).rest(because, say!(scene, "screen.record.because"))
        }
        None => row.rest(seen, seen_by),
    }
}

fn line(scene: &Scene, wide: bool, field: &Field) -> Row {
    let ([verdict, recorded, seen], because) = columns(wide);
    let mut row = Row::new()
        .at(LABEL, verdict - LABEL - 1, scene.say(&format!("screen.field.{}", field.label), &[]))
        .at(verdict, 8, field.verdict.word.said(scene));
    if field.verdict.word.speaks_against() {
        row = row.tone(Tone::Notice);
    }
    row = row.at(recorded, seen - recorded - 1, field.recorded.as_str());
    match because {
        Some(because) => {
            let reason = field.verdict.because.as_ref().filter(|_| field.recorded != field.seen);
            let reason = reason.map(|reason| scene.words().reason(reason)).unwrap_or_default();
            row.at(seen, because - seen - 1, field.seen.as_str()).rest(because, reason)
        }
        None => row.rest(seen, field.seen.as_str()),
    }
}

/// Our file, and where the other side is reached.
fn contacts(scene: &Scene, view: &HitView, record: Option<&RecordView>) -> Vec<Row> {
    let hit = &view.row.hit;
    let owner = hit.is_owner(scene.us());
    let owners_case = record.map(|record| clipped(record.report.case.as_str(), 24));
    let finders_case = Some(clipped(view.check.case.as_str(), 24));
    let (ours, theirs) = if owner { (owners_case, finders_case) } else { (finders_case, owners_case) };
    let (us, they) = if owner { (&view.owner, &view.finder) } else { (&view.finder, &view.owner) };
    let with = if owner { hit.finder.ncb } else { hit.owner.ncb };
    let with_case = |case: Option<String>, contact: String| match case.filter(|case| !case.is_empty()) {
        Some(case) => format!("{case}, {contact}"),
        None => contact,
    };
    vec![
        labelled(
            say!(scene, "screen.record.our_file"),
            with_case(ours, contact::line(scene, scene.us(), us)),
        ),
        labelled(say!(scene, "screen.record.they"), with_case(theirs, contact::line(scene, with, they))),
    ]
}
