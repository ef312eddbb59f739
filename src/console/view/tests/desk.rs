//! The desk of the example: NCB San Jose, 03:07 local time, 09:07 UTC.

use crate::console::ask::choices;
use crate::console::state::layout::Pane;
use crate::console::state::line_status::LineStatus;
use crate::console::state::question::{Ask, Question};
use crate::console::state::record::Subject;
use crate::console::state::remote::{Generation, Remote};
use crate::console::state::search::Asked;
use crate::console::state::{Start, State};
use crate::domain::agency::{Contact, Party, Role};
use crate::domain::check;
use crate::domain::date::PartialDate;
use crate::domain::evidence::{Band, Bits, Evidence, Rarity, Reason};
use crate::domain::gun::{Gun, Number, Place};
use crate::domain::hit::{Hit, Message, Phase, Priority};
use crate::domain::ids::{AgencyId, CheckId, CountryCode, HitId, OfficerId, RecordId};
use crate::domain::life;
use crate::domain::private::Private;
use crate::domain::record::{Caveat, Circumstance, Entry, Report, Status};
use crate::domain::text::Text;
use crate::domain::time::{Minutes, Moment};
use crate::wire::check::{Candidate, CandidateShown, CheckAnswer};
use crate::wire::hit::{CheckView, GunBrief, HitRow, HitView, MessageView, OfficerName};
use crate::wire::news::{Cursor, Hello};
use crate::wire::record::{ContactView, RecordAnswer, RecordView};
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

/// A hit that the finder has asked about, due in so many minutes.
fn hit(id: u64, owner: &str, finder: &str, priority: Priority, due: i64) -> Hit {
    Hit {
        id: HitId(id),
        record: format!("{owner}-2026-{id}").parse().unwrap(),
        record_status: crate::domain::record::Status::Active,
        check: CheckId(id),
        owner: party(owner),
        finder: party(finder),
        band: Band::Likely,
        raised: at(-64),
        phase: Phase::Asked,
        priority,
        number: 1,
        asked: Some(at(-64)),
        due: Some(at(due)),
        promises: 0,
        escalated: false,
        owner_taken: None,
        finder_taken: None,
        reason: None,
        revision: 3,
        changed_by: OfficerId(9),
        changed: at(-20),
    }
}

fn row(hit: Hit, gun: &Gun) -> HitRow {
    HitRow { hit, gun: GunBrief::from(gun), messages: 0 }
}

/// The queue of six.
fn queue() -> Vec<HitRow> {
    let mut first = hit(2291, "CR", "PA", Priority::Urgent, -4);
    first.number = 2;
    first.record = "CR-2026-4417".parse().unwrap();
    let mut promised = hit(2287, "CR", "NI", Priority::Urgent, 3);
    (promised.phase, promised.promises, promised.band) = (Phase::Promised, 2, Band::Possible);
    let mut confirmed = hit(2298, "KE", "CR", Priority::Routine, 0);
    (confirmed.phase, confirmed.due, confirmed.finder_taken) = (Phase::Confirmed, None, Some(OfficerId(17)));
    let mut seen = hit(2290, "DE", "CR", Priority::Routine, 23 * 60 + 50);
    (seen.owner_taken, seen.band) = (Some(OfficerId(40)), Band::Possible);
    let mut old = hit(2270, "CR", "ZA", Priority::Low, 0);
    (old.phase, old.due, old.raised, old.finder_taken) =
        (Phase::Raised, None, at(-2 * 24 * 60), Some(OfficerId(41)));
    old.owner_taken = Some(OfficerId(18));
    vec![
        row(first, &gun("PI", "Browning", "Hi-Power", "9x19", "KD73519")),
        row(promised, &gun("RI", "Colt", "M16A2", "5.56x45", "A0142004")),
        row(confirmed, &gun("RA", "Izhmash", "AKM", "7.62x39", "1974 AB 1234")),
        row(
            hit(2283, "US", "CR", Priority::Routine, 22 * 60 + 5),
            &gun("PI", "Glock", "17", "9x19", "BXR442"),
        ),
        row(seen, &gun("PR", "Smith & Wesson", "10-5", ".38 Spl", "D?32114")),
        row(old, &gun("SP", "Mossberg", "500", "12 ga", "P129943-AB-77")),
    ]
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
    for row in queue() {
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

/// Both guns of the first hit: ours, with a letter D that was read as a figure 0.
pub(super) fn view_of(row: &HitRow) -> HitView {
    let recorded = Gun {
        made_in: Some(country("BE")),
        year: Some(1979),
        import_mark: Some("CR09".into()),
        ..gun("PI", "Browning", "Hi-Power", "9 mm Parabellum", "KD73519")
    };
    let mut seen = gun("PI", "FN Herstal", "HP-35", "9x19", "K073519");
    seen.numbers.push(Number { as_seen: "73519".into(), place: Place::Slide });
    let found: Option<PartialDate> = Some("2026-11-20".parse().unwrap());
    let says = |minutes, text: &str| MessageView {
        message: Message {
            at: at(minutes),
            officer: OfficerId(30),
            party: party("PA"),
            inside: false,
            text: Private::new(text),
        },
    };
    HitView {
        row: row.clone(),
        record: RecordAnswer::Whole(Box::new(record("CR-2026-4417", "CR", Circumstance::Stolen, recorded))),
        check: CheckView {
            check: CheckId(2291),
            finder: row.hit.finder.clone(),
            gun: seen,
            found,
            case: "DIJ 88/26".into(),
        },
        evidence: Some(Evidence {
            band: Band::Likely,
            bits: Bits(2710),
            speaks_for: vec![Reason::MakeBrand],
            speaks_against: vec![Reason::NumberDiffers { place: 2, recorded: 'D', seen: '0', alike: true }],
        }),
        fits: Rarity { records: 1, makes: 1 },
        thread: vec![says(-60, "held for this gun alone, judge at 04:00"), says(-6, "slide number added")],
        owner: contact("Robos Heredia", "+506 2555 0142", "ES"),
        finder: contact("NCB Panama", "+507 555 0119", "ES EN"),
        officers: vec![OfficerName { officer: OfficerId(30), name: "F. Reyes".into() }],
    }
}

/// The first hit compared: we own the record.
pub(super) fn comparing() -> State {
    let mut state = desk();
    let view = view_of(&state.hits.rows[&HitId(2291)]);
    open(&mut state, view);
    state
}

/// Opens a hit in the record pane, as its reading says.
pub(super) fn open(state: &mut State, view: HitView) {
    let id = view.row.hit.id;
    let whole = view.record.whole();
    let recorded =
        whole.map(|record| life::Recorded { id: record.id, owner: record.owner.ncb, report: &record.report });
    let seen = life::Seen { finder: view.check.finder.ncb, gun: &view.check.gun, found: view.check.found };
    state.trace.steps = life::steps(recorded, Some(seen));
    state.trace.marked = state.trace.steps.last().cloned();
    state.record.subject = Some(Subject::Hit(id));
    state.hits.rows.insert(id, view.row.clone());
    state.record.hits.insert(id, read(view));
    state.hits.marked = Some(id);
}

/// A hit of ours as finder: DE owns the record.
pub(super) fn comparing_as_finder() -> State {
    let mut state = desk();
    let row = state.hits.rows[&HitId(2290)].clone();
    let mut view = view_of(&row);
    let recorded = gun("PR", "Smith & Wesson", "10-5", ".38 Special", "D532114");
    let mut of = record("DE-2019-3310", "DE", Circumstance::Stolen, recorded);
    of.report.case = "BKA 77/19".into();
    of.report.place = Private::new("Kassel");
    view.record = RecordAnswer::Whole(Box::new(of));
    view.check.gun = gun("PR", "S&W", "10", ".38 Spl", "D?32114");
    view.check.case = "0143/26".into();
    view.thread.clear();
    view.owner = contact("BKA Wiesbaden", "+49 611 555 0", "DE EN");
    view.finder = contact("Robos Heredia", "+506 2555 0142", "ES");
    open(&mut state, view);
    state
}

/// A hit whose record its owner has shut to us.
pub(super) fn restricted() -> State {
    let mut state = comparing_as_finder();
    let id = HitId(2290);
    if let Some(view) = state.record.hits.get_mut(&id).and_then(Remote::value_mut) {
        view.record = RecordAnswer::Restricted { record: view.row.hit.record, ask: country("DE") };
        view.evidence = None;
    }
    state.layout.focus = Pane::Record;
    state
}

fn question(gun: Gun) -> check::Question {
    check::Question {
        gun,
        purpose: "SEIZURE".into(),
        case: "0143/26".into(),
        found: None,
        stand_days: 90,
        limit: 10,
    }
}

fn answer(candidates: Vec<Candidate>, fits: Rarity) -> CheckAnswer {
    CheckAnswer {
        check: CheckId(88213),
        repeated: false,
        searched: 1_512_204,
        as_of: at(0),
        stands_until: at(90 * 24 * 60),
        fits,
        candidates,
        more: 0,
        hits: vec![],
    }
}

fn candidate(id: &str, band: Band, gun: &Gun, year: i16, reason: Reason) -> Candidate {
    let id: RecordId = id.parse().unwrap();
    let shown = CandidateShown {
        gun: GunBrief::from(gun),
        circumstance: Circumstance::Stolen,
        status: Status::Active,
        year: Some(year),
        source_id: None,
    };
    let evidence = Evidence {
        band,
        bits: Bits(900),
        speaks_for: vec![reason],
        speaks_against: vec![Reason::ModelOther],
    };
    Candidate::new(id, id.country, Some(shown), evidence)
}

/// A check with three candidates, one of them shut to us.
pub(super) fn candidates() -> State {
    let mut state = desk();
    state.layout.go(Pane::Search);
    let asked = Asked {
        line: "S D?32114 /TY PR /CAL 38SPL".into(),
        question: question(gun("PR", "", "", ".38 Spl", "D?32114")),
    };
    let first = gun("PR", "Smith & Wesson", "10-5", ".38 Spl", "D532114");
    let second = gun("PR", "Colt", "Detective", ".38 Spl", "D732114");
    let mut shut = candidate("ZA-2021-455", Band::Unlikely, &first, 2021, Reason::NumberRare);
    (shut.shown, shut.speaks_for, shut.speaks_against) = (None, vec![], vec![]);
    let list = vec![
        candidate("DE-2019-3310", Band::Possible, &first, 2019, Reason::NumberFits { known: 6 }),
        candidate("US-2004-118203", Band::Unlikely, &second, 2004, Reason::NumberFits { known: 6 }),
        shut,
    ];
    state.search.marked = Some(list[0].record);
    state.search.asked = Some(asked);
    state.search.answer = read(answer(list, Rarity { records: 38, makes: 11 }));
    state
}

/// A check that found nothing.
pub(super) fn no_match() -> State {
    let mut state = desk();
    state.layout.go(Pane::Search);
    let line = "S 215PZ40071 /MK FN /CAL 9X19".into();
    state.search.asked = Some(Asked { line, question: question(gun("PI", "FN", "", "9x19", "215PZ40071")) });
    state.search.answer = read(answer(vec![], Rarity::default()));
    state
}

/// Opens a question as `update` does.
pub(super) fn asking(mut state: State, ask: Ask) -> State {
    let choices = choices(&ask);
    let chosen = choices.len() - 1;
    state.question =
        Some(Question { generation: Generation(7), ask, seen: false, chosen, choices, withdrawn: None });
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

/// The compared hit with the same text in every field that came from outside.
pub(super) fn hostile(text: &Text) -> State {
    let mut state = comparing();
    for row in state.hits.rows.values_mut() {
        row.gun = GunBrief {
            serial: Some(text.clone()),
            make: Some(text.clone()),
            model: Some(text.clone()),
            calibre: Some(text.clone()),
            gun_type: row.gun.gun_type,
        };
    }
    let mut view = view_of(&state.hits.rows[&HitId(2291)].clone());
    let foul = |gun: &mut Gun| {
        for number in &mut gun.numbers {
            number.as_seen = text.clone();
        }
        for field in
            [&mut gun.make, &mut gun.model, &mut gun.calibre, &mut gun.importer, &mut gun.import_mark]
        {
            *field = Some(text.clone());
        }
        gun.marks = Some(text.clone()).into();
    };
    foul(&mut view.check.gun);
    view.check.case = text.clone();
    if let RecordAnswer::Whole(record) = &mut view.record {
        foul(&mut record.report.gun);
        record.report.place = Some(text.clone()).into();
        record.report.case = text.clone();
    }
    for written in &mut view.thread {
        written.message.text = Private::new(text.as_str());
    }
    for contact in [&mut view.owner, &mut view.finder] {
        contact.name = text.clone();
        contact.contact.phone = text.clone();
    }
    view.officers[0].name = text.clone();
    if let Some(session) = &mut state.session {
        session.name = text.clone();
        session.agency = text.clone();
    }
    open(&mut state, view);
    state.record.thread_open = true;
    state.record.every_field = true;
    state
}
