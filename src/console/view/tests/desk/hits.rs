//! The queue of six, and hits with both their guns.

use super::{at, contact, country, desk, gun, party, read, record};
use crate::console::state::State;
use crate::console::state::layout::Pane;
use crate::console::state::record::Subject;
use crate::console::state::remote::Remote;
use crate::domain::date::PartialDate;
use crate::domain::evidence::{Band, Bits, Evidence, Rarity, Reason};
use crate::domain::gun::{Gun, Number, Place};
use crate::domain::hit::{Hit, Message, Phase, Priority};
use crate::domain::ids::{CheckId, HitId, OfficerId};
use crate::domain::life;
use crate::domain::private::Private;
use crate::domain::record::Circumstance;
use crate::domain::text::Text;
use crate::wire::hit::{CheckView, GunBrief, HitRow, HitView, MessageView, OfficerName};
use crate::wire::record::RecordAnswer;

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
pub(super) fn queue() -> Vec<HitRow> {
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

/// Both guns of the first hit: ours, with a letter D that was read as a figure 0.
pub(in crate::console::view::tests) fn view_of(row: &HitRow) -> HitView {
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
            described: Vec::new(),
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
pub(in crate::console::view::tests) fn comparing() -> State {
    let mut state = desk();
    let view = view_of(&state.hits.rows[&HitId(2291)]);
    open(&mut state, view);
    state
}

/// Opens a hit in the record pane, as its reading says.
pub(in crate::console::view::tests) fn open(state: &mut State, view: HitView) {
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
pub(in crate::console::view::tests) fn comparing_as_finder() -> State {
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
pub(in crate::console::view::tests) fn restricted() -> State {
    let mut state = comparing_as_finder();
    let id = HitId(2290);
    if let Some(view) = state.record.hits.get_mut(&id).and_then(Remote::value_mut) {
        view.record = RecordAnswer::Restricted { record: view.row.hit.record, ask: country("DE") };
        view.evidence = None;
    }
    state.layout.focus = Pane::Record;
    state
}

/// The compared hit with the same text in every field that came from outside.
pub(in crate::console::view::tests) fn hostile(text: &Text) -> State {
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
