//! The desk of the example: NCB San Jose, 03:07 local time, 09:07 UTC.

mod checks;
pub(super) mod hits;
mod outbox;

pub(super) use checks::{candidates, no_match};
pub(super) use hits::{comparing, comparing_as_finder, hostile, restricted};
pub(super) use outbox::outbox;

use crate::console::ask::choices;
use crate::console::state::line_status::LineStatus;
use crate::console::state::question::{Ask, Question};
use crate::console::state::remote::{Generation, Remote};
use crate::console::state::{Start, State};
use crate::domain::agency::{Contact, Party, Role};
use crate::domain::gun::{Gun, Number, Place};
use crate::domain::ids::{AgencyId, CountryCode, HitId, OfficerId};
use crate::domain::private::Private;
use crate::domain::record::{Caveat, Circumstance, Entry, Report, Status};
use crate::domain::text::Text;
use crate::domain::time::{Minutes, Moment};
use crate::wire::news::{Cursor, Hello};
use crate::wire::record::{ContactView, RecordView};
use jiff::tz::TimeZone;

/// So many minutes from now.
pub(super) fn at(minutes: i64) -> Moment {
    Moment::of("2026-11-20T09:07:00Z".parse().unwrap()).after(Minutes(minutes))
}

pub(super) fn country(code: &str) -> CountryCode {
    code.parse().unwrap()
}

fn party(code: &str) -> Party {
    Party { agency: AgencyId::ncb(country(code)), ncb: country(code) }
}

/// A gun: type, make, model, calibre, serial on its frame.
pub(super) fn gun(kind: &str, make: &str, model: &str, calibre: &str, serial: &str) -> Gun {
    Gun {
        numbers: vec![Number { as_seen: serial.into(), place: Place::Frame }],
        make: Some(make.into()),
        model: Some(model.into()),
        calibre: Some(calibre.into()),
        gun_type: Some(kind.parse().unwrap()),
        ..Gun::default()
    }
}

/// A console before anything has come.
pub(super) fn empty() -> State {
    let zone = TimeZone::fixed(jiff::tz::offset(-6));
    let mut state = State::new(Start { zone, purpose: None, case: None });
    state.now = at(0);
    state
}

pub(super) fn hello() -> Hello {
    Hello {
        officer: OfficerId(17),
        name: "A. Mora".into(),
        party: party("CR"),
        agency: "San Jose".into(),
        country: country("CR"),
        role: Role::Duty,
        training: false,
        cursor: Cursor::default(),
        head: String::new(),
        now: at(0),
        records: 1_512_204,
        beat_seconds: 15,
    }
}

/// The desk with its queue.
pub(super) fn desk() -> State {
    let mut state = empty();
    state.session = Some(hello());
    state.line = LineStatus::Live { round_trip: Some(812) };
    for row in hits::queue() {
        state.hits.order.push(row.hit.id);
        state.hits.rows.insert(row.hit.id, row);
    }
    state.hits.ordered = Some(at(-1));
    state.hits.marked = Some(HitId(2291));
    state.hits.ticked.insert(HitId(2270));
    state.hits.waiting.insert(HitId(2290));
    state.hits.waiting.insert(HitId(2287));
    state.hits.alerts.push(HitId(2287));
    state.search.purpose.set("SEIZURE");
    state.search.case.set("0143/26");
    state
}

fn contact(name: &str, phone: &str, languages: &str) -> ContactView {
    let contact = Contact { phone: phone.into(), hours: "24 h".into(), languages: languages.into() };
    ContactView { name: name.into(), contact }
}

fn record(id: &str, owner: &str, circumstance: Circumstance, gun: Gun) -> RecordView {
    RecordView {
        id: id.parse().unwrap(),
        owner: party(owner),
        status: Status::Active,
        report: Report {
            circumstance,
            gun,
            date: Some("2026-01-14".parse().unwrap()),
            place: crate::domain::private::Private::new("San Jose"),
            batch: Some("B-2026-0031".into()),
            basis: vec![],
            context: None,
            case: "OIJ 0311/26".into(),
            remark: Private::default(),
            caveat: Caveat::default(),
            source_id: None,
            entry: Entry::Desk,
        },
        entered: at(-400_000),
        validated: at(-400_000),
        validate_by: at(100_000),
        standing: None,
        revision: 2,
        contact: contact("Robos Heredia", "+506 2555 0142", "ES"),
    }
}

fn read<T>(value: T) -> Remote<T> {
    let mut remote = Remote::default();
    remote.ask(Generation(1));
    remote.answer(Generation(1), at(-1), Ok(value));
    remote
}

/// Opens a question as `update` does.
pub(super) fn asking(mut state: State, ask: Ask) -> State {
    let choices = choices(&ask);
    let chosen = choices.len() - 1;
    state.question = Some(Question {
        generation: Generation(7),
        ask,
        seen: false,
        chosen,
        choices,
        withdrawn: None,
        behind: None,
    });
    state
}

/// Texts that try to leave their place: ESC, OSC, bidi, zero width, wide, stacked, very long.
pub(super) fn hostile_texts() -> Vec<Text> {
    vec![
        Text::new("\x1b[2J\x1b]52;c;aGk=\x07"),
        Text::new("\u{202e}KD73519\u{2066}\u{200b}\u{fe0f}"),
        Text::new("銃器番号一二三四五六七八九十"),
        Text::new(format!("a{}", "\u{0301}".repeat(200))),
        Text::new("X".repeat(10_000)),
        Text::new("\u{9b}31m\r\n\t\0"),
        Text::new("😀👩‍👩‍👧🇨🇷ﾞﾟ"),
        Text::new(""),
        Text::new("   "),
    ]
}
