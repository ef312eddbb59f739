use super::*;
use crate::domain::ids::CountryCode;
use crate::domain::record::{Circumstance, Confidentiality};

fn form(fields: &[(FieldId, &str)]) -> Form {
    let mut form = Form::new(Moment(0));
    for (id, text) in fields {
        form.fill(*id, text);
    }
    form
}

fn pistol() -> Form {
    form(&[
        (FieldId::Kind, "sto"),
        (FieldId::Number, "KD735(38)9"),
        (FieldId::OnTheGun, "frame"),
        (FieldId::OtherNumber, "slide 73519"),
        (FieldId::Type, "pi"),
        (FieldId::Make, "FN"),
        (FieldId::Model, "HP-35"),
        (FieldId::Calibre, "9 PARA"),
        (FieldId::MadeIn, "Belgium"),
        (FieldId::Year, "1979"),
        (FieldId::ImportMark, "CR09"),
        (FieldId::Date, "2026-01"),
        (FieldId::FileNumber, "0311/26"),
        (FieldId::Caveat, "restr not PA gt"),
    ])
}

#[test]
fn a_filled_form_is_a_report() {
    let (report, fields) = pistol().report();
    assert_eq!(fields.list(), []);
    assert_eq!(report.circumstance, Circumstance::Stolen);
    assert_eq!(report.gun.numbers[0].as_seen.as_str(), "KD735(38)9");
    assert_eq!(report.gun.numbers[1].place, crate::domain::gun::Place::Slide);
    assert_eq!(report.gun.made_in, "BE".parse().ok());
    assert_eq!(report.gun.gun_type, "PI".parse().ok());
    assert_eq!(report.caveat.confidentiality, Confidentiality::Restricted);
    let denied: Vec<CountryCode> = ["PA", "GT"].map(|code| code.parse().unwrap()).to_vec();
    assert_eq!(report.caveat.denied, denied);
}

#[test]
fn amending_without_a_change_changes_nothing() {
    let (mut report, _) = pistol().report();
    report.basis = vec![crate::domain::record::Basis::Unmarked];
    report.source_id = Some("A-1".into());
    let form = Form::of_record("CR-2026-1".parse().unwrap(), 3, &report, Moment(0));
    assert_eq!(form.report().0, report);
}

#[test]
fn what_a_field_is_taken_for_stands_beside_it() {
    let form = pistol();
    let taken = |id| form.field(id).unwrap().taken.clone();
    assert_eq!(taken(FieldId::Number), Taken::Number { places: 7, unread: vec![6] });
    assert!(matches!(taken(FieldId::Type), Taken::As { name, .. } if name.contains("pistol")));
    assert!(matches!(taken(FieldId::Make), Taken::As { name, .. } if name.contains("FN")));
    assert_eq!(taken(FieldId::ImportMark), Taken::Mark { country: "CR".into(), year: 2009 });
    assert_eq!(taken(FieldId::Theft), Taken::Nothing);
}

#[test]
fn what_cannot_be_read_is_named_and_gets_the_cursor() {
    let mut form = pistol();
    form.fill(FieldId::Date, "14.1.2026");
    form.fill(FieldId::MadeIn, "Atlantis");
    let marked = |form: &Form| -> Vec<_> {
        form.marked(Moment(1_795_252_020_000_000)).into_iter().filter_map(|(field, _)| field).collect()
    };
    assert_eq!(marked(&form), [], "nothing is marked before it is to be sent");
    form.settle(Moment(1_795_252_020_000_000));
    assert_eq!(form.at, Some(FieldId::MadeIn));
    assert_eq!(marked(&form), [FieldId::MadeIn, FieldId::Date]);
    form.fill(FieldId::Date, "2026-01-14");
    assert_eq!(marked(&form), [FieldId::MadeIn], "typing takes the mark away");
}

#[test]
fn what_must_be_filled_follows_the_rules() {
    use FieldId::{Calibre, Date, FileNumber, Kind, Number, Remark, Type};
    let lacks =
        |form: &Form| form.unsettled(Moment(0)).into_iter().filter_map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(lacks(&Form::new(Moment(0))), [Kind, Number, Type, Calibre, Date, FileNumber]);
    let without_make = form(&[(Number, "KD73519")]);
    assert_eq!(lacks(&without_make), [Kind, Type, Calibre, Date, FileNumber, Remark]);
    let without_number = form(&[(FieldId::Make, "FN"), (FieldId::Model, "HP-35")]);
    assert_eq!(lacks(&without_number), [Kind, Type, Calibre, Date, FileNumber]);
}

#[test]
fn every_field_of_the_wire_comes_back_to_its_own() {
    for (path, id) in [
        ("report.gun.numbers", FieldId::Number),
        ("report.gun.numbers[0].as_seen", FieldId::Number),
        ("report.gun.numbers[1].as_seen", FieldId::OtherNumber),
        ("report.case", FieldId::FileNumber),
        ("report.caveat.denied", FieldId::Caveat),
    ] {
        assert_eq!(FieldId::of_path(path), Some(id));
    }
    assert_eq!(FieldId::of_path("until"), None);
}

#[test]
fn the_cursor_goes_through_all_fields_to_send_and_back() {
    let mut form = Form::new(Moment(0));
    for _ in 0..FieldId::ALL.len() {
        assert!(form.at.is_some());
        form.step(true);
    }
    assert_eq!(form.at, None);
    form.step(true);
    assert_eq!(form.at, None);
    form.step(false);
    assert_eq!(form.at, Some(FieldId::Remark));
}

#[test]
fn a_guessed_make_is_a_question_and_no_make_that_is_known() {
    let typed = "SMITTH & WESSON";
    let form = form(&[(FieldId::Make, typed)]);
    let taken = &form.field(FieldId::Make).unwrap().taken;
    let Taken::Guess { value, .. } = taken else { panic!("{taken:?}") };
    assert_eq!(suggestions(&form, FieldId::Make, typed).first().unwrap().code, *value, "Right takes it");
}

#[test]
fn a_country_that_is_in_no_table_is_to_be_settled_before_it_is_sent() {
    let mut form = pistol();
    form.fill(FieldId::MadeIn, "XX");
    assert_eq!(form.field(FieldId::MadeIn).unwrap().taken, Taken::Wrong);
    let unsettled: Vec<_> = form.unsettled(Moment(0)).into_iter().filter_map(|(id, _)| id).collect();
    assert!(unsettled.contains(&FieldId::MadeIn));
}
