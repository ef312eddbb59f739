//! The life of a record as tables: what is mandatory, who may change it, and when.

use super::*;
use crate::domain::agency::Role;
use crate::domain::context::Context;
use crate::domain::event::{CheckEvent, Event};
use crate::domain::gun::{Gun, Number, Place};
use crate::domain::ids::{AgencyId, CheckId, CountryCode};
use crate::domain::private::Private;
use crate::domain::refusal::{Refusal, Trouble};
use crate::domain::text::Text;
use crate::domain::time::Moment;

/// 2026-11-20T09:00:00Z.
const NOW: Moment = Moment(1_795_165_200_000_000);

fn officer(code: &str) -> Context {
    let ncb: CountryCode = code.parse().unwrap();
    let mut context = Context::registry(NOW);
    context.officer = OfficerId(4);
    context.party = Party { agency: AgencyId::ncb(ncb), ncb };
    context.role = Role::Duty;
    context.by_registry = false;
    context.fresh.record = "CR-2026-9".parse().unwrap();
    context.fresh.check = CheckId(5);
    context
}

fn report() -> Report {
    Report {
        circumstance: Circumstance::Stolen,
        gun: Gun {
            numbers: vec![Number { as_seen: Text::from("KD73519"), place: Place::Frame }],
            make: Some(Text::from("Browning")),
            calibre: Some(Text::from("9x19")),
            gun_type: Some("PI".parse().unwrap()),
            ..Gun::default()
        },
        date: Some("2026-01-14".parse().unwrap()),
        place: Private::default(),
        batch: None,
        basis: vec![],
        context: None,
        case: Text::from("0311/26"),
        remark: Private::default(),
        caveat: Caveat::default(),
        source_id: None,
        entry: Entry::Desk,
    }
}

fn enter(report: Report) -> RecordCommand {
    RecordCommand::Enter { report: Box::new(report), knowing: vec![] }
}

fn entered(report: Report) -> Record {
    let events = decide(None, &[], &enter(report), &officer("CR")).unwrap();
    events
        .iter()
        .fold(None, |record, event| match event {
            Event::Record(event) => apply(record, event),
            _ => record,
        })
        .unwrap()
}

fn problems(report: Report) -> Vec<(String, Trouble)> {
    match decide(None, &[], &enter(report), &officer("CR")) {
        Err(Refusal::Fields { problems }) => problems.into_iter().map(|p| (p.field, p.trouble)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_mandatory_field_is_asked_for_by_name() {
    type Change = fn(&mut Report);
    let cases: [(Change, &str, Trouble); 9] = [
        (|r| r.gun.calibre = None, "report.gun.calibre", Trouble::Missing),
        (|r| r.gun.gun_type = None, "report.gun.type", Trouble::Missing),
        (|r| r.gun.make = None, "report.remark", Trouble::RemarkForMake),
        (|r| r.gun.numbers.clear(), "report.gun.numbers", Trouble::Missing),
        (|r| r.date = None, "report.date", Trouble::Missing),
        (|r| r.date = Some("2027-01".parse().unwrap()), "report.date", Trouble::Future),
        (|r| r.case = Text::from("  "), "report.case", Trouble::Missing),
        (|r| r.gun.year = Some(2027), "report.gun.year", Trouble::Future),
        (|r| r.place = Private::new("San\u{7}Jose"), "report.place", Trouble::Control { character: 7 }),
    ];
    for (change, field, trouble) in cases {
        let mut report = report();
        change(&mut report);
        assert_eq!(problems(report), [(field.to_owned(), trouble)]);
    }
}

#[test]
fn a_gun_without_a_number_is_taken_when_make_and_model_describe_it() {
    let mut report = report();
    report.gun.numbers.clear();
    report.gun.model = Some(Text::from("Hi-Power"));
    assert!(decide(None, &[], &enter(report), &officer("CR")).is_ok());
}

#[test]
fn a_file_may_lack_what_a_desk_must_fill_but_not_everything() {
    let mut report = report();
    report.entry = Entry::Import;
    report.gun.calibre = None;
    report.gun.gun_type = None;
    report.date = None;
    assert_eq!(report.lacks(), [Lack::Calibre, Lack::Type, Lack::Date]);
    assert!(decide(None, &[], &enter(report.clone()), &officer("CR")).is_ok());
    report.gun.numbers.clear();
    report.gun.make = None;
    assert_eq!(problems(report), [("report.gun.numbers".to_owned(), Trouble::NothingToFindBy)]);
}

#[test]
fn a_recovered_gun_carries_a_standing_check() {
    let mut report = report();
    report.circumstance = Circumstance::Recovered;
    let events = decide(None, &[], &enter(report), &officer("CR")).unwrap();
    let Event::Check(CheckEvent::Made { check }) = &events[1] else { panic!("{events:?}") };
    assert_eq!(check.of_record, Some("CR-2026-9".parse().unwrap()));
    assert!(check.stands_until > NOW);
}

#[test]
fn a_known_duplicate_is_no_hindrance() {
    let others: [RecordId; 2] = ["CR-2026-1".parse().unwrap(), "PA-2026-2".parse().unwrap()];
    let refusal = decide(None, &others, &enter(report()), &officer("CR")).unwrap_err();
    assert_eq!(refusal, Refusal::Duplicate { records: others.to_vec() });
    let knowing = RecordCommand::Enter { report: Box::new(report()), knowing: vec![others[0]] };
    let refusal = decide(None, &others, &knowing, &officer("CR")).unwrap_err();
    assert_eq!(refusal, Refusal::Duplicate { records: vec![others[1]] });
}

#[test]
fn another_agency_of_the_owner_s_country_changes_no_record_and_its_bureau_does() {
    let of = |agency: &str| {
        let mut context = officer("CR");
        context.party.agency = agency.parse().unwrap();
        context
    };
    let record = Record { owner: of("CR-OIJ").party, ..entered(report()) };
    let amended = Report { case: Text::from("0312/26"), ..report() };
    let commands = [
        RecordCommand::Amend { record: record.id, revision: 1, report: Box::new(amended) },
        RecordCommand::Validate { record: record.id },
        RecordCommand::Clear { record: record.id, revision: 1 },
        RecordCommand::Cancel { record: record.id, revision: 1 },
    ];
    for command in commands {
        let by = |agency| decide(Some(&record), &[], &command, &of(agency));
        assert_eq!(by("CR-PORT"), Err(Refusal::OwnerOnly), "{command:?}");
        assert!(by("CR-OIJ").is_ok() && by("CR-NCB").is_ok(), "{command:?}");
    }
}

#[test]
fn only_its_owner_changes_a_record_and_only_as_it_was_seen() {
    let record = entered(report());
    let clear = |revision| RecordCommand::Clear { record: record.id, revision };
    let of = |code: &str, command: &RecordCommand| decide(Some(&record), &[], command, &officer(code));
    assert_eq!(of("PA", &clear(1)), Err(Refusal::OwnerOnly));
    assert!(matches!(of("CR", &clear(2)), Err(Refusal::Changed { revision: 1, .. })));
    assert_eq!(decide(None, &[], &clear(1), &officer("CR")), Err(Refusal::NoRecord { record: record.id }));
    let events = of("CR", &clear(1)).unwrap();
    let Event::Record(event) = &events[0] else { panic!("{events:?}") };
    let cleared = apply(Some(record.clone()), event).unwrap();
    assert_eq!((cleared.status, cleared.revision), (Status::Cleared, 2));
    let again = decide(Some(&cleared), &[], &clear(2), &officer("CR"));
    assert_eq!(again, Err(Refusal::Closed { status: "cleared".into() }));
}

#[test]
fn a_validation_moves_its_date_and_no_revision() {
    let record = entered(report());
    let validate = RecordCommand::Validate { record: record.id };
    let events = decide(Some(&record), &[], &validate, &officer("CR")).unwrap();
    let Event::Record(event) = &events[0] else { panic!("{events:?}") };
    let after = apply(Some(record.clone()), event).unwrap();
    assert_eq!((after.validate_by, after.revision), (NOW.after(NEXT_VALIDATION), 1));
}

#[test]
fn an_amendment_is_judged_like_an_entry() {
    let record = entered(report());
    let amend = |report| RecordCommand::Amend { record: record.id, revision: 1, report: Box::new(report) };
    assert_eq!(decide(Some(&record), &[], &amend(report()), &officer("CR")), Err(Refusal::Already));
    let mut bad = report();
    bad.case = Text::default();
    assert!(matches!(decide(Some(&record), &[], &amend(bad), &officer("CR")), Err(Refusal::Fields { .. })));
    let mut good = report();
    good.gun.model = Some(Text::from("Hi-Power"));
    assert_eq!(decide(Some(&record), &[], &amend(good), &officer("CR")).unwrap().len(), 1);
}

#[test]
fn readers_and_the_hub_enter_nothing() {
    for role in [Role::Reader, Role::Hub] {
        let mut context = officer("CR");
        context.role = role;
        assert_eq!(decide(None, &[], &enter(report()), &context), Err(Refusal::Role));
    }
}
