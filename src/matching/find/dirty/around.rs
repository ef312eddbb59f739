//! Entries that hold more than the number, or something else than it, and what is read of them.

use super::gun;
use crate::domain::evidence::{Band, NotSerial};
use crate::domain::gun::Place;
use crate::matching::prepared::Prepared;
use crate::matching::{NumberKind, Rivals, score};

/// The serials of an entry as they are read, in the order in which they are searched.
fn serials(entry: &str) -> Vec<String> {
    let prepared = Prepared::of(&gun(entry));
    let serials = prepared.readings.iter().filter(|reading| reading.is_serial());
    serials.filter_map(|reading| Some(reading.whole()?.line.to_string())).collect()
}

/// Entries whose numbers are of a case, a report, a seal or a register.
const FOREIGN: &[(&str, &[&str])] = &[
    ("RASPADA - BO 4512/2019", &[]),
    ("RASPADO BO 4512/2019", &[]),
    ("RASPADA LACRE 935045", &[]),
    ("RASPADA (LACRE 935045)", &[]),
    ("numeração suprimida, laudo pericial nº 4512/2019", &[]),
    ("SUPRIMIDA IP 123/2019", &[]),
    ("limado, atestado 4512/19", &[]),
    ("borrado (precinto 935045)", &[]),
    ("OBLITERATED CASE# 19-45127", &[]),
    ("ground off - TAG #935045", &[]),
    ("filed off, evidence 935045", &[]),
    ("effacé, scellé n° 4512", &[]),
    ("ausgeschliffen, Asservat Nr. 93504", &[]),
    ("номер спилен, пломба 935045", &[]),
    ("номер сбит, КУСП № 4512", &[]),
    ("8351274 LACRE 935045", &["8351274"]),
    ("KL45127 - LAUDO 4512/2019", &["KL45127"]),
    ("KL45127 BO 4512/2019", &["KL45127"]),
    ("BO: 4512/2019 - KL45127", &["KL45127"]),
    ("KL45127 TAG#935045", &["KL45127"]),
    ("KL45127, sinarm 935045", &["KL45127"]),
    ("KL45127 (patrimônio 12345)", &["KL45127"]),
    ("АВ4512 пломба 935045", &["AB4512"]),
    ("LACRE 935045", &[]),
    ("RASPADA LACRE 935045 REVELADO KL45127", &["KL45127"]),
    ("RASPADO KL45127", &["KL45127"]),
    ("RASPADO EM 12/05/2019", &[]),
    ("LIMADO (restaurado 45127)", &["45127"]),
];

/// Entries with labels, years, remarks and second numbers.
const AROUND: &[(&str, &[&str])] = &[
    ("АВ №4512", &["AB4512"]),
    ("№АВ4512", &["AB4512"]),
    ("сер.АВ №4512", &["AB4512"]),
    ("затвор №45127", &["45127"]),
    ("Lauf Nr.45127", &["45127"]),
    ("W-Nr. 45127", &["45127"]),
    ("АВ4512 1978г.", &["AB4512"]),
    ("АВ4512 1978 г.в.", &["AB4512"]),
    ("nr 45127 rok 1978", &["45127"]),
    ("45127 Bj. 1978", &["45127"]),
    ("1974 AB 1234", &["1974AB1234"]),
    ("945127/887892", &["945127887892"]),
    ("KL45127 (ARMAÇÃO) KL45128 (FERROLHO)", &["KL45127", "KL45128"]),
    ("KL45127(ARM) KL45128(CANO)", &["KL45127", "KL45128"]),
    ("KL45127 (KL45128)", &["KL45127", "KL45128"]),
    ("KL45127 (OU KL45128)", &["KL45127", "KL45128"]),
    ("ext 45127 int 67892", &["45127", "67892"]),
    ("C:45127 A:67892", &["45127", "67892"]),
    ("ARMAÇÃO 45127/CANO 67892", &["45127", "67892"]),
    ("45127 A 45130", &["45127", "45130"]),
    ("45127 ATÉ 45130", &["45127", "45130"]),
    ("45127 al 45130", &["45127", "45130"]),
    ("RASPADO/945127", &["945127"]),
    ("LIMADO-45127", &["45127"]),
    ("RASPADO-KL45127", &["KL45127"]),
    ("SSP/BA 45127", &["45127"]),
    ("945127 CAL 38", &["945127"]),
    ("945127 cal. .38", &["945127"]),
    ("REV. TAURUS CAL 38 Nº 945127", &["945127"]),
    ("KL45127 COM 06 MUNICOES", &["KL45127"]),
    ("KL45127 C/ 2 CARREG.", &["KL45127"]),
    ("KL45127 W/ MAG", &["KL45127"]),
    ("45127 avec chargeur", &["45127"]),
    ("KL45127 mit Magazin", &["KL45127"]),
    ("KL45127 RASP", &["KL45127"]),
    ("KL45127 PARC", &["KL45127"]),
    ("KL45127 ILEG", &["KL45127"]),
    ("MAT. 945127", &["945127"]),
    ("INF. 945127", &["945127"]),
    ("IND. BRAS. KL45127", &["KL45127"]),
    ("Seri: 45127", &["45127"]),
    ("ARM: 45127", &["45127"]),
    ("POSS. 45127", &["45127"]),
    ("LAST 4: 5127", &["*5127"]),
    ("ÚLTIMOS 4 DÍGITOS 5127", &["*5127"]),
    ("letzte 4 Ziffern 5127", &["*5127"]),
    ("последние 4 цифры 5127", &["*5127"]),
    ("first 4 digits 4512", &["4512*"]),
    ("45127.00", &["45127"]),
    ("8451273,0", &["8451273"]),
    ("4.51E+09", &[]),
    ("4,51235E+12", &["45123[45]???????"]),
    ("KL4512[?]", &["KL4512?"]),
    ("KL45[3 ou 8]27", &["KL45[38]27"]),
    ("CAT 123", &["CAT123"]),
    ("PAT. 1911 KL45127", &["KL45127"]),
];

/// Serials that look like the entries above and are read whole.
const WHOLE: &[(&str, &str)] = &[
    ("MAT45127", "MAT45127"),
    ("MAT 45127", "MAT45127"),
    ("CAL45127", "CAL45127"),
    ("BO45127", "BO45127"),
    ("BO 45127", "BO45127"),
    ("IP 4512", "IP4512"),
    ("TAG 123", "TAG123"),
    ("TAG45127", "TAG45127"),
    ("LAST45127", "LAST45127"),
    ("123-45679", "12345679"),
    ("ABD1234", "ABD1234"),
    ("47A012345", "47A012345"),
    ("70G12345", "70G12345"),
    ("70 G 12345", "70G12345"),
    ("12/70", "1270"),
    ("45/1234", "451234"),
    ("AK 4512 75", "AK451275"),
    ("C 4512 75", "C451275"),
    ("A-45.127", "A45127"),
    ("45127 DE", "45127DE"),
    ("45127 E", "45127E"),
    ("C 45127 B", "C45127B"),
    ("BER 482315 Z", "BER482315Z"),
    ("1234 A 5678", "1234A5678"),
    ("1974 A 1234", "1974A1234"),
    ("451E09", "451E09"),
    ("KD:73519", "73519"),
    ("КД 4512", "KD4512"),
    ("DRP45127", "DRP45127"),
    ("ABCDE-12345", "ABCDE12345"),
];

/// Entries that are no serial of the gun, and what they are.
const NONE: &[(&str, NotSerial)] = &[
    ("OBL", NotSerial::Obliterated),
    ("S/M", NotSerial::Untold),
    ("RAS", NotSerial::Obliterated),
    ("б/№", NotSerial::Untold),
    ("k.A.", NotSerial::Untold),
    ("RASPADA LACRE 935045", NotSerial::Obliterated),
    ("LACRE 935045", NotSerial::Mark),
    ("PROPERTY 935045", NotSerial::Mark),
    ("PATD APR.20.1897 SEPT.9.1902", NotSerial::Mark),
    ("USPAT 4539889", NotSerial::Mark),
    ("DBP 453988", NotSerial::Mark),
    ("MADE IN USA 1976", NotSerial::Mark),
    ("CAL 12 - 3", NotSerial::Calibre),
    ("12 GA 2 3/4", NotSerial::Calibre),
    ("9x19 Luger", NotSerial::Calibre),
    ("4.51E+09", NotSerial::Unread),
];

#[test]
fn numbers_of_another_thing_are_none_of_the_gun() {
    check(FOREIGN);
}

#[test]
fn what_stands_around_a_number_is_left_out() {
    check(AROUND);
}

fn check(table: &[(&str, &[&str])]) {
    let wrong: Vec<_> = table
        .iter()
        .filter(|(entry, expected)| serials(entry) != *expected)
        .map(|(entry, expected)| (*entry, *expected, serials(entry)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn serials_that_look_like_more_are_read_whole() {
    let whole = |entry: &str| serials(entry).concat();
    let wrong: Vec<_> = WHOLE.iter().filter(|(entry, expected)| whole(entry) != *expected).collect();
    assert!(
        wrong.is_empty(),
        "{:#?}",
        wrong.iter().map(|(entry, _)| (entry, serials(entry))).collect::<Vec<_>>()
    );
}

#[test]
fn what_is_no_serial_is_known_for_what_it_is() {
    let is = |entry: &str| crate::matching::classify(entry);
    let wrong: Vec<_> =
        NONE.iter().filter(|(entry, what)| is(entry) != NumberKind::NotSerial(*what)).collect();
    assert!(wrong.is_empty(), "{:#?}", wrong.iter().map(|(entry, _)| (entry, is(entry))).collect::<Vec<_>>());
}

#[test]
fn a_part_beside_the_gun_is_not_where_its_number_stands() {
    for (entry, place) in [
        ("KL45127 COM CARREGADOR", Place::Unstated),
        ("KL45127 SEM CARREGADOR", Place::Unstated),
        ("KL45127 s/ carregador", Place::Unstated),
        ("KL45127 with magazine", Place::Unstated),
        ("KL45127 (COM CARREGADOR)", Place::Unstated),
        ("45127 SEM NUMERO NO CANO", Place::Unstated),
        ("KL45127 no cano", Place::Barrel),
        ("KL45127 (CANO)", Place::Barrel),
        ("KL45127 (ARMAÇÃO)", Place::Frame),
    ] {
        assert_eq!(Prepared::of(&gun(entry)).readings[0].place, place, "{entry}");
    }
}

/// Two entries of guns of one make, and whether they may be one gun for sure.
const PAIRS: &[(&str, &str, &str, bool)] = &[
    ("Taurus", "RASPADA - BO 4512/2019", "RASPADO BO 4512/2019", false),
    ("Taurus", "LACRE 935045", "935045", false),
    ("Taurus", "PT100AF", "PT100AF", false),
    ("Glock", "G19 GEN4", "G19 GEN4", false),
    ("Colt", "PATD APR.20.1897 SEPT.9.1902", "PATD APR.20.1897 SEPT.9.1902", false),
    ("", "1-23-45678-ABC12345", "9-87-65432-ABC12345", false),
    ("Taurus", "KL45127/98", "KL45127/99", false),
    ("Taurus", "PCSP 935045", "PCRJ 935045", false),
    ("Taurus", "945127/887892", "945127/887441", false),
    ("Taurus", "KL4512[?]", "KL4512", false),
    ("Taurus", "4.51E+09", "4.51E+09", false),
    ("Taurus", "KL451273/98", "KL451273", true),
    ("Taurus", "9451273/8878921", "9451273", true),
    ("Taurus", "PT100 KL451273", "KL451273", true),
    ("Taurus", "RASPADO/9451273", "9451273", true),
    ("Taurus", "9451273 CAL 38", "9451273", true),
    ("Taurus", "KL451273 (KL451281)", "KL451281", true),
    ("Taurus", "АВ451273 1978г.", "AB451273", true),
];

#[test]
fn two_entries_are_likely_one_gun_only_by_its_number() {
    let of = |make: &str, number: &str| {
        let mut gun = gun(number);
        gun.make = Some(make.into()).filter(|_| !make.is_empty());
        Prepared::of(&gun)
    };
    for (make, recorded, seen, likely) in PAIRS {
        for (recorded, seen) in [(recorded, seen), (seen, recorded)] {
            let evidence = score(&of(make, recorded), &of(make, seen), &Rivals::none(10_000));
            let is_likely = evidence.is_some_and(|evidence| evidence.band == Band::Likely);
            assert_eq!(is_likely, *likely, "{make} {recorded} || {seen}");
        }
    }
}
