use super::*;
use crate::domain::gun::{Number, Place};
use crate::domain::text::Text;
use proptest::prelude::*;

fn gun(line: &str) -> GunLine {
    match parse(line) {
        Ok(Asked::Gun(gun)) => *gun,
        other => panic!("{line}: {other:?}"),
    }
}

fn fault(line: &str) -> GrammarFault {
    parse(line).unwrap_err()
}

#[test]
fn the_whole_grammar() {
    let line = gun(
        "S KD73519 /MK FN /MD hp-35 /CAL 9X19 /TY pi /CO be /YR 1979 /PL frame /NO slide 73519 /ON 2026-11-20",
    );
    assert_eq!(line.gun.numbers.len(), 2);
    assert_eq!((line.gun.numbers[0].as_seen.as_str(), line.gun.numbers[0].place), ("KD73519", Place::Frame));
    assert_eq!((line.gun.numbers[1].as_seen.as_str(), line.gun.numbers[1].place), ("73519", Place::Slide));
    assert_eq!(line.gun.make, Some(Text::from("FN")));
    assert_eq!(line.gun.gun_type.unwrap().as_str(), "PI");
    assert_eq!(line.gun.made_in, "BE".parse().ok());
    assert_eq!(line.gun.year, Some(1979));
    assert_eq!(line.found, "2026-11-20".parse().ok());
}

#[test]
fn a_bare_number_is_a_gun_and_blanks_belong_to_it() {
    assert_eq!(gun("8841 K").gun.serial().unwrap().as_seen.as_str(), "8841 K");
    assert_eq!(gun("s  1974  AB 1234").gun.serial().unwrap().as_seen.as_str(), "1974 AB 1234");
    assert_eq!(gun("S/42 8841").gun.serial().unwrap().as_seen.as_str(), "S/42 8841");
}

#[test]
fn numbers_of_records_and_hits_open_them() {
    assert_eq!(parse("cr-2026-4417"), Ok(Asked::Record("CR-2026-0004417".parse().unwrap())));
    assert_eq!(parse(" H-2291 "), Ok(Asked::Hit(HitId(2291))));
}

#[test]
fn old_keys_still_count() {
    assert_eq!(gun("QG.KD73519.FN"), gun("S KD73519 /MK FN"));
    assert_eq!(gun("qg.KD73519.FN.9X19"), gun("S KD73519 /MK FN /CAL 9X19"));
    assert_eq!(gun("QG.KD73519"), gun("KD73519"));
}

#[test]
fn patterns() {
    assert_eq!(gun("KD735(38)9").gun.serial().unwrap().as_seen.as_str(), "KD735(38)9");
    assert_eq!(fault("D(38)?2"), GrammarFault::TooFewKnown { known: 2, least: 4 });
    assert_eq!(gun("D?32114 /TY PR").gun.serial().unwrap().as_seen.as_str(), "D?32114");
    assert_eq!(fault("KD?3"), GrammarFault::TooFewKnown { known: 3, least: 4 });
    assert_eq!(fault("KD735[38"), GrammarFault::Bracket { place: 6 });
    assert_eq!(fault("KD735[]9"), GrammarFault::Bracket { place: 7 });
    assert_eq!(gun("123").gun.numbers.len(), 1, "a short number without a pattern is a number");
}

#[test]
fn round_brackets_hold_remarks_as_they_were_typed() {
    for text in ["KD73519 (frame)", "ELIMINADO POR ABRASAO (194562)"] {
        assert_eq!(gun(text).gun.serial().unwrap().as_seen.as_str(), text);
    }
}

#[test]
fn a_key_may_stand_behind_its_number_without_a_blank() {
    assert_eq!(gun("KD73519/MK FN /CAL 9X19"), gun("KD73519 /MK FN /CAL 9X19"));
    assert_eq!(gun("KD73519/MK FN"), gun("KD73519 /MK FN"));
    for text in ["S/NO 4711", "4512/2019", "4512/MD"] {
        assert_eq!(gun(text).gun.serial().unwrap().as_seen.as_str(), text);
    }
}

#[test]
fn every_fault_names_its_part() {
    assert_eq!(fault("  "), GrammarFault::Empty);
    assert_eq!(fault("KD73519 /XY 3"), GrammarFault::NoSuchKey { key: "XY".into() });
    assert_eq!(fault("KD73519 /MK"), GrammarFault::NothingBehind { key: "MK" });
    assert_eq!(fault("KD73519 /MK FN /MK CZ"), GrammarFault::Twice { key: "MK" });
    assert_eq!(
        fault("KD73519 /YR 79x"),
        GrammarFault::Shape { key: "YR", given: "79x".into(), like: "1979" }
    );
    assert_eq!(fault("S /MK FN"), GrammarFault::NothingToFindBy);
    assert!(parse("S /MK FN /MD HP-35").is_ok());
}

fn text() -> impl Strategy<Value = Text> {
    // Words of the line: no stroke, which may begin a key, and no brackets.
    "[A-Z0-9.+-]{1,8}( [A-Z0-9.&-]{1,6}){0,2}".prop_map(Text::new)
}

prop_compose! {
    fn lines()(
        serial in "[A-Z0-9]{4,9}( [A-Z0-9]{1,3})?(\\?|\\*|\\[38\\])?",
        frame in any::<bool>(),
        other in prop::option::of("[0-9]{4,6}"),
        make in prop::option::of(text()),
        model in prop::option::of(text()),
        calibre in prop::option::of(text()),
        marks in prop::option::of(text()),
        year in prop::option::of(1800i16..2030),
        typed in any::<bool>(),
        found in prop::option::of((1990i16..2030, 1i8..=12, 1i8..=28)),
    ) -> GunLine {
        let mut gun = Gun { make, model, calibre, marks: marks.into(), year, ..Gun::default() };
        let place = if frame { Place::Frame } else { Place::Unstated };
        gun.numbers.push(Number { as_seen: Text::new(serial), place });
        gun.numbers.extend(other.map(|other| Number { as_seen: Text::new(other), place: Place::Slide }));
        if typed {
            gun.gun_type = "PI".parse().ok();
            gun.made_in = "SUHH".parse().ok();
        }
        let found = found.and_then(|(y, m, d)| PartialDate::new(y, Some(m), Some(d)).ok());
        GunLine { gun, found }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(line in lines()) {
        prop_assert_eq!(parse(&line.to_string()), Ok(Asked::Gun(Box::new(line))));
    }

    #[test]
    fn no_text_panics(line in ".{0,60}") {
        let _ = parse(&line);
    }

    #[test]
    fn what_is_read_is_written_and_read_the_same(line in "(S )?[A-Z0-9?*()/ ]{0,14}( /[A-Z]{2,3} [A-Z0-9]{1,6}){0,3}") {
        if let Ok(Asked::Gun(gun)) = parse(&line) {
            prop_assert_eq!(parse(&gun.to_string()), Ok(Asked::Gun(gun)));
        }
    }
}
