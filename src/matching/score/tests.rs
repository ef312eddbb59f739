use super::*;
use crate::domain::gun::{Gun, Number as Stamped, Place};
use crate::domain::hit::Exclusion;

/// A gun in one line: `number make model calibre type`, `-` for what is not known.
fn gun(line: &str) -> Gun {
    let parts: Vec<&str> = line.split('|').map(str::trim).collect();
    let part = |at: usize| parts.get(at).copied().filter(|part| !part.is_empty() && *part != "-");
    let numbers = part(0).into_iter().flat_map(|text| text.split('+'));
    Gun {
        numbers: numbers.map(|text| Stamped { as_seen: text.into(), place: Place::Unstated }).collect(),
        make: part(1).map(Into::into),
        model: part(2).map(Into::into),
        calibre: part(3).map(Into::into),
        gun_type: part(4).map(|code| code.parse().unwrap()),
        ..Gun::default()
    }
}

fn alone(record: &str, check: &str) -> Option<Evidence> {
    score(&Prepared::of(&gun(record)), &Prepared::of(&gun(check)), &Rivals::none(10_000))
}

fn band(record: &str, check: &str) -> Option<Band> {
    alone(record, check).map(|evidence| evidence.band)
}

#[test]
fn equal_numbers_are_likely() {
    let full = "KD73519 | FN Herstal | - | 9x19 | PI";
    assert_eq!(band(full, "KD73519 | FN Herstal | - | 9 mm Para | PI"), Some(Band::Likely));
    assert_eq!(band(full, "KD-735 19"), Some(Band::Likely), "no field known");
    assert_eq!(band("4512739", "4512739"), Some(Band::Likely));
    assert_eq!(
        band("KD735190 | FN", "KD735190 | Glock"),
        Some(Band::Likely),
        "the serial outweighs the make"
    );
}

#[test]
fn a_letter_read_as_a_figure_is_likely_when_the_rest_agrees() {
    let recorded = "KD73519 | Browning | - | 9x19 | PI";
    assert_eq!(band(recorded, "K073519 | FN Herstal | - | 9x19 | PI"), Some(Band::Likely));
    assert_eq!(band(recorded, "K073519 | FN Herstal | HP-35 | 9 mm Parabellum | PI"), Some(Band::Likely));
    assert_eq!(band(recorded, "K073519"), Some(Band::Possible), "nothing else is known");
}

#[test]
fn another_figure_is_never_likely() {
    let recorded = "KD73519 | FN | Hi-Power | 9x19 | PI";
    for seen in ["KD78519", "KD75319", "KD7351", "KD735199", "KE73519"] {
        let found = band(recorded, &format!("{seen} | FN | Hi-Power | 9x19 | PI"));
        assert!(found < Some(Band::Likely), "{seen} {found:?}");
    }
}

#[test]
fn a_bare_number_needs_somebody_to_say_whose() {
    let recorded = "935045 | Taurus | - | .38 Spl | PR";
    assert_eq!(band(recorded, "935045 | Taurus | - | .38 Spl | PR"), Some(Band::Likely));
    assert_eq!(band(recorded, "935045 | - | - | .38 Spl | PR"), Some(Band::Possible), "no make");
    let long = "3353960 | CBC | - | .22 LR | RI";
    assert_eq!(band(long, "3353960 | CBC | - | .38 Spl | RI"), Some(Band::Possible), "other calibre");
    assert_eq!(band(long, "3353960 | Glock | - | .22 LR | RI"), Some(Band::Possible), "other make");
    let unread = "9503?8 | INA | - | .32 S&W | PR";
    assert_eq!(band(unread, "950378 | INA | - | .32 S&W | PR"), Some(Band::Possible), "ten guns of a series");
}

#[test]
fn a_lost_prefix_costs_less_than_a_lost_prefix_and_a_figure() {
    let bits = |record: &str, check: &str| alone(record, check).map(|evidence| evidence.bits);
    assert!(bits("TOC62464", "62464") > bits("PX462464", "62464"));
    assert!(bits("L742212", "742212") > bits("L7742212", "742212"));
}

#[test]
fn a_type_of_one_letter_does_not_contradict_an_action() {
    let evidence = alone("AB12345 | Boito | - | 12 ga | S", "AB12345 | Boito | - | 12 ga | SP").unwrap();
    assert!(!evidence.speaks_against.contains(&Reason::TypeAction));
}

#[test]
fn short_numbers_weigh_little() {
    assert_ne!(
        band("45127 | Glock | - | 9x19 | PI", "45127 | Taurus | - | .38 Spl | PR"),
        Some(Band::Likely)
    );
    assert_ne!(band("45127 | Glock | - | 9x19 | PI", "45127 | Taurus | - | .38 Spl"), Some(Band::Likely));
    assert_eq!(band("45127", "45127").unwrap(), Band::Possible);
    assert_eq!(band("47", "47"), None, "short numbers need a description");
    assert!(band("47 | Webley", "47 | Webley & Scott").is_some());
    assert_eq!(band("47 | Webley", "48 | Webley"), None);
}

#[test]
fn what_is_no_serial_stays_below_likely() {
    for number in ["123456", "UNKNOWN", "RASPADA", "10-5", "9x19", "000000"] {
        let line = format!("{number} | Smith & Wesson | 10-5 | .38 Spl | PR");
        let evidence = alone(&line, &line).unwrap();
        assert!(evidence.band < Band::Likely, "{number}");
        assert!(evidence.speaks_against.iter().any(|r| matches!(r, Reason::NumberIsNone { .. })), "{number}");
    }
    assert_eq!(band("UNKNOWN", "UNKNOWN"), None, "words find nobody");
    assert_eq!(band("12345 | Glock", "12345 | Taurus"), Some(Band::Unlikely));
    assert_eq!(band("12345 | Colt | 1911", "12345 | Colt | 1911"), Some(Band::Possible), "it may be one");
    assert_eq!(band("00000 | Colt | 1911", "00000 | Colt | 1911"), Some(Band::Unlikely));
    assert_eq!(band("ABC123456", "123456"), Some(Band::Possible));
}

#[test]
fn patterns_that_fit_are_possible() {
    assert_eq!(band("KD73519 | FN", "KD7??19 | FN"), Some(Band::Possible));
    assert_eq!(band("KD73519", "*7351?"), Some(Band::Possible));
    let evidence = alone("KD73519", "KD7??19").unwrap();
    assert_eq!(evidence.speaks_for, [Reason::NumberFits { known: 5 }]);
    assert_eq!(band("KD73519", "AB7??19"), None);
}

#[test]
fn what_decides_keeps_a_pair_from_likely() {
    let record = gun("KD73519 | FN | - | 9x19 | PI");
    let check = gun("KD73519 | FN | - | 9x19 | PI");
    let rivals = Rivals::none(10_000);
    let prepared = Prepared::of(&check);
    let closed = score(&Prepared::of(&record).closed(true), &prepared, &rivals).unwrap();
    assert_eq!(closed.band, Band::Possible);
    assert_eq!(closed.speaks_against[0], Reason::RecordClosed);

    let late = Prepared::of(&Gun { year: Some(2020), ..check.clone() });
    let stolen = Prepared::of(&record).on(Some("2019-05".parse().unwrap()));
    let evidence = score(&stolen, &late, &rivals).unwrap();
    assert!(evidence.band < Band::Likely);
    assert_eq!(evidence.speaks_against[0], Reason::MadeAfterEvent);

    let early = Prepared::of(&check).on(Some("2019-04-30".parse().unwrap()));
    let evidence = score(&stolen, &early, &rivals).unwrap();
    assert_eq!(evidence.speaks_against, [Reason::FoundBeforeEvent]);
    assert!(evidence.bits < score(&stolen, &prepared, &rivals).unwrap().bits);

    let other = band("KD73519 | FN | - | 9x19 | PI", "KD73519 | - | - | .45-70 | RB");
    assert_eq!(other, Some(Band::Possible), "other calibre and other type");
}

#[test]
fn an_excluded_gun_does_not_come_up_again() {
    let counterfeit = gun("KD73519 | FN | - | 9x19 | PI");
    let record = Prepared::of(&counterfeit).excluding(&counterfeit, Exclusion::Counterfeit);
    let rivals = Rivals::none(10_000);
    let evidence = score(&record, &Prepared::of(&gun("KD-73519 | FN | - | 9x19 | PI")), &rivals).unwrap();
    assert_eq!(evidence.band, Band::Unlikely);
    assert_eq!(evidence.speaks_against[0], Reason::ExcludedBefore { reason: "EX8".into() });
    let told_more = gun("KD73519 | FN | Hi-Power | 9x19 | PI");
    assert_eq!(score(&record, &Prepared::of(&told_more), &rivals).unwrap().band, Band::Likely);
}

#[test]
fn rivals_share_what_a_number_weighs() {
    let record = Prepared::of(&gun("4512739 | Glock"));
    let check = Prepared::of(&gun("4512739"));
    let pair = compare(&record, &check).unwrap();
    let mut rivals = Rivals::none(10_000);
    assert_eq!(pair.band(&rivals), Band::Likely);
    let other = compare(&Prepared::of(&gun("4512739 | Taurus")), &check).unwrap();
    rivals = rivals.and(&other);
    assert_eq!(pair.band(&rivals), Band::Possible);
}

#[test]
fn numbers_agree_wherever_they_stand() {
    let place = |text: &str, place| Stamped { as_seen: text.into(), place };
    let record = Gun {
        numbers: vec![place("KD73519", Place::Frame), place("SL99127", Place::Slide)],
        ..Gun::default()
    };
    let slide = Gun { numbers: vec![place("SL99127", Place::Slide)], ..Gun::default() };
    let rivals = Rivals::none(10_000);
    let likely = score(&Prepared::of(&record), &Prepared::of(&slide), &rivals).unwrap();
    assert_eq!(likely.band, Band::Likely);
    let moved = Gun { numbers: vec![place("SL99127", Place::Barrel)], ..Gun::default() };
    let evidence = score(&Prepared::of(&record), &Prepared::of(&moved), &rivals).unwrap();
    assert_eq!(
        evidence.speaks_against,
        [Reason::NumberElsewhere { recorded: Place::Slide, seen: Place::Barrel }]
    );
    let rebuilt = Gun {
        numbers: vec![place("ZZ41188", Place::Frame), place("SL99127", Place::Slide)],
        ..Gun::default()
    };
    let evidence = score(&Prepared::of(&record), &Prepared::of(&rebuilt), &rivals).unwrap();
    assert_eq!(evidence.band, Band::Possible, "a slide on another frame is a lead, not the gun");
}

#[test]
fn a_small_store_makes_nothing_likelier() {
    let (record, check) = (Prepared::of(&gun("45127")), Prepared::of(&gun("45127")));
    let pair = compare(&record, &check).unwrap();
    assert_eq!(pair.band(&Rivals::none(10)), pair.band(&Rivals::none(10_000)));
    assert_eq!(pair.band(&Rivals::none(10)), Band::Possible);
}

#[test]
fn the_reasons_name_what_differs() {
    let against = |seen: &str| alone("KD73519", seen).unwrap().speaks_against;
    let speaks_for = |seen: &str| alone("KD73519", seen).unwrap().speaks_for;
    assert_eq!(speaks_for("KD 73519"), [Reason::NumberSame]);
    assert_eq!(speaks_for("KD735I9"), [Reason::NumberFolded { places: 1 }]);
    let alike = Reason::NumberDiffers { place: 2, recorded: 'D', seen: '0', alike: true };
    assert_eq!(speaks_for("K073519"), [alike]);
    let other = Reason::NumberDiffers { place: 3, recorded: '7', seen: '4', alike: false };
    assert_eq!(against("KD43519"), [other]);
    assert_eq!(against("KD75319"), [Reason::NumberSwapped { place: 4 }]);
    assert_eq!(against("KD7519"), [Reason::NumberLacks { place: 4, recorded: '3' }]);
    assert_eq!(against("KD736519"), [Reason::NumberExceeds { place: 5, seen: '6' }]);
    assert_eq!(against("KE73549"), [Reason::NumberFar { edits: 2 }]);
    assert_eq!(speaks_for("73519"), [Reason::NumberPart { lost: 2 }]);
    assert_eq!(speaks_for("KD73519X"), [Reason::NumberPart { lost: 1 }]);
}
