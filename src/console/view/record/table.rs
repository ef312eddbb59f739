//! The two guns field by field: a verdict, what is recorded, what was seen, and why.

use super::described::Described;
use super::verdict::{self, Verdict, Word};
use super::{LABEL, when_and_where};
use crate::console::look::Tone;
use crate::console::view::pane::Slot;
use crate::console::view::row::{Row, clipped};
use crate::console::view::scene::{Scene, say, shown_or_none};
use crate::domain::date::PartialDate;
use crate::domain::evidence::Reason;
use crate::domain::gun::Number;
use crate::domain::ids::CountryCode;
use crate::domain::text::Text;
use crate::wire::record::RecordView;

/// Lines from which a narrow pane shows every field that says something.
pub(super) const ROOMY: u16 = 16;

/// Who describes the two guns, as the columns name them.
pub(super) struct Sides {
    pub(super) recorded: String,
    pub(super) seen: String,
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

impl Field {
    /// Why the two are the same or not, where the two texts do not say it.
    fn reason(&self) -> Option<&Reason> {
        self.verdict.because.as_ref().filter(|_| self.recorded != self.seen)
    }
}

/// The fields of the two guns, what decides first.
pub(super) fn table(
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
    fields.retain(wanted);
    let mut rows = vec![header(scene, slot.wide, sides)];
    rows.extend(fields.iter().map(|field| line(scene, slot.wide, field)));
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

/// Who says what stands in which column; where there is room it stands above, too, behind the numbers.
fn header(scene: &Scene, wide: bool, sides: &Sides) -> Row {
    let ([verdict, recorded, seen], _) = columns(wide);
    if wide {
        let row = Row::new().at(recorded, seen - recorded - 1, sides.recorded.as_str());
        return row.rest(seen, sides.seen.as_str());
    }
    let recorded_by = say!(scene, "screen.record.recorded_by", who = sides.recorded);
    Row::new()
        .at(verdict, 8, say!(scene, "screen.record.verdict"))
        .at(recorded, seen - recorded - 1, recorded_by)
        .rest(seen, say!(scene, "screen.record.seen_by", who = sides.seen))
}

fn line(scene: &Scene, wide: bool, field: &Field) -> Row {
    let ([verdict, recorded, seen], because) = columns(wide);
    let mut row =
        Row::new().at(LABEL, verdict - LABEL - 1, scene.say(&format!("screen.field.{}", field.label), &[]));
    if !wide || field.verdict.word != Word::Unknown {
        row = row.at(verdict, 8, field.verdict.word.said(scene));
    }
    if field.verdict.word.speaks_against() {
        row = row.tone(Tone::Notice);
    }
    // On a wide screen what is not said is left blank: a hyphen far from everything is six bytes.
    let said = |text: &str| if wide && text == "-" { String::new() } else { text.to_owned() };
    row = row.at(recorded, seen - recorded - 1, said(&field.recorded));
    match because {
        Some(because) => {
            let reason = field.reason().map(|reason| scene.words().reason(reason)).unwrap_or_default();
            // What is the same to the letter stands once: the word says that it was seen, too.
            let repeated = field.verdict.word == Word::Same && field.recorded == field.seen;
            let seen_text = if repeated { String::new() } else { said(&field.seen) };
            row.at(seen, because - seen - 1, seen_text).rest(because, reason)
        }
        None => row.rest(seen, field.seen.as_str()),
    }
}
