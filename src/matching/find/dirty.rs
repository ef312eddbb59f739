//! Entries as officers make them, in several languages and alphabets, and what must come of them.

use crate::domain::evidence::NotSerial;
use crate::domain::gun::{Gun, Number, Place};
use crate::matching::{NumberKind, Prepared, classify, compare};

fn gun(number: &str) -> Gun {
    let numbers = vec![Number { as_seen: number.into(), place: Place::Unstated }];
    Gun { numbers, ..Gun::default() }
}

/// Errors between an entry and a number on record; nothing when they are no pair.
fn errors(entry: &str, recorded: &str) -> Option<u8> {
    compare(&Prepared::of(&gun(recorded)), &Prepared::of(&gun(entry)))?.errors()
}

/// Entries that are the recorded number, once look-alikes are read as one.
const SAME: &[(&str, &str)] = &[
    ("kd73519", "KD73519"),
    (" KD 73519 ", "KD73519"),
    ("KD-735-19", "KD73519"),
    ("KD.73519", "KD73519"),
    ("KD/73519", "KD73519"),
    ("KD735I9", "KD73519"),
    ("KD735l9", "KD73519"),
    ("KD73S19", "KD73519"),
    ("4BZ0O71", "4B20071"),
    ("S/N KD73519", "KD73519"),
    ("SN: KD73519", "KD73519"),
    ("Serial No. KD73519", "KD73519"),
    ("serial number: KD73519", "KD73519"),
    ("No KD73519", "KD73519"),
    ("Nr. KD73519", "KD73519"),
    ("№ 4512739", "4512739"),
    ("N° 4512739", "4512739"),
    ("Nº 4512739", "4512739"),
    ("número de série 4512739", "4512739"),
    ("Número de serie: 4512739", "4512739"),
    ("numéro de série 4512739", "4512739"),
    ("Matrícula 4512739", "4512739"),
    ("matricule 4512739", "4512739"),
    ("Seriennummer 4512739", "4512739"),
    ("Waffen-Nr. 4512739", "4512739"),
    ("KD73519 (frame)", "KD73519"),
    ("KD73519 (armação)", "KD73519"),
    ("VPW370 (CANO)", "VPW370"),
    ("VPW370 cano", "VPW370"),
    ("KD73519 (Lauf)", "KD73519"),
    ("ELIMINADO POR ABRASÃO (após revelação 194562)", "194562"),
    ("RASPADO (194562)", "194562"),
    ("limado; revelado KD73519", "KD73519"),
    ("OBLITERATED (restored: KD73519)", "KD73519"),
    ("effacé (révélé 4512739)", "4512739"),
    ("ausgeschliffen (4512739)", "4512739"),
    ("КО45127", "KO45127"),
    ("АВ45127", "AB45127"),
    ("ТМ 4521", "TM4521"),
    ("ΑΒ45127", "AB45127"),
    ("٤٥١٢٧٣٩", "4512739"),
    ("۴۵۱۲۷۳۹", "4512739"),
    ("４５１２７３９", "4512739"),
    ("ＫＤ７３５１９", "KD73519"),
    ("0045127", "45127"),
    ("45127", "00045127"),
    ("1-23-45678-ABD1274", "ABD1274"),
    ("GLOCK 17 KZT482", "KZT482"),
    ("KD73519, 9x19", "KD73519"),
    ("KD73519; QX11873", "QX11873"),
    ("\u{201c}KD73519\u{201d}", "KD73519"),
];

/// Entries that are not the recorded number and must find it all the same.
const FOUND: &[(&str, &str)] = &[
    ("KD73591", "KD73519"),
    ("KD73519?", "KD73519"),
    ("369J257", "369257"),
    ("369257", "369M257"),
    ("369J257", "369M257"),
    ("KD7351", "KD73519"),
    ("KD735199", "KD73519"),
    ("KO73519", "KD73519"),
    ("KD78519", "KD73519"),
    ("KD13519", "KD73519"),
    ("KD43518", "KD73519"),
    ("73519", "KD73519"),
    ("123457", "ABC123457"),
    ("ABC45127", "45127"),
    ("45127XY", "45127"),
    ("4521273", "4512273"),
    ("45122733", "4512273"),
    ("AB??45[38]", "ABX1453"),
    ("AB??45(38)", "ABX1458"),
    ("*7351?", "KD73519"),
    ("KD7*19", "KD73519"),
    ("KD73[58]19", "KD73519"),
    ("^KD7??19$", "KD73519"),
    ("РН45127", "RN45127"),
    ("РН45127", "PH45127"),
    ("Г45127", "G45127"),
    ("СН45127", "SN45127"),
    ("G45127", "645127"),
    ("215PZ40071", "215PZ4OO71"),
    ("AA99999K", "AA99999"),
    ("BER 482315 Z", "BER482315"),
    ("TLW45I27", "TLW45127"),
    ("U735353", "V735353"),
    ("C 45127 B", "C45127"),
];

/// Entries that must not find the recorded number.
const NOT_FOUND: &[(&str, &str)] = &[
    ("ELIMINADO", "EL1M1NAD0"),
    ("NONE", "N0NE"),
    ("SIN NUMERO", "51N"),
    ("KD73519", "AB90244"),
    ("1234", "1235"),
    ("45127", "99031"),
    ("AB??45", "CD1145"),
    ("^73519", "KD73519"),
    ("^KD735$", "KD73519"),
    ("452", "ABC452"),
];

/// Entries that are no serial.
const NONE: &[(&str, NotSerial)] = {
    use NotSerial::{Calibre, Mark, Model, Obliterated, Placeholder};
    &[
        ("NONE", Obliterated),
        ("none visible", Obliterated),
        ("No serial number", Obliterated),
        ("N/A", Obliterated),
        ("n/v not visible", Obliterated),
        ("UNKNOWN", Obliterated),
        ("UNK", Obliterated),
        ("GROUND OFF", Obliterated),
        ("filed off", Obliterated),
        ("DEFACED", Obliterated),
        ("OBLITERATED", Obliterated),
        ("scratched out", Obliterated),
        ("removed by drilling", Obliterated),
        ("ghost gun", Obliterated),
        ("ELIMINADO", Obliterated),
        ("ELIMINADO POR ABRASÃO", Obliterated),
        ("Limado", Obliterated),
        ("BORRADO", Obliterated),
        ("número borrado", Obliterated),
        ("erradicado", Obliterated),
        ("sin número", Obliterated),
        ("S/N", Obliterated),
        ("no tiene", Obliterated),
        ("ilegible", Obliterated),
        ("RASPADA", Obliterated),
        ("Suprimida", Obliterated),
        ("numeração raspada", Obliterated),
        ("lixado", Obliterated),
        ("sem número", Obliterated),
        ("não há", Obliterated),
        ("effacé", Obliterated),
        ("numéro limé", Obliterated),
        ("illisible", Obliterated),
        ("néant", Obliterated),
        ("sans numéro", Obliterated),
        ("meulé", Obliterated),
        ("ausgeschliffen", Obliterated),
        ("unleserlich", Obliterated),
        ("entfernt", Obliterated),
        ("ohne Nummer", Obliterated),
        ("keine", Obliterated),
        ("مطموس", Obliterated),
        ("ممسوح", Obliterated),
        ("بدون رقم", Obliterated),
        ("????", Obliterated),
        ("123456", Placeholder),
        ("000000", Placeholder),
        ("1", Placeholder),
        ("0", Placeholder),
        ("111111", Placeholder),
        ("XXXX", Placeholder),
        ("12345678", Placeholder),
        ("987654", Placeholder),
        ("MOD 10-5", Model),
        ("10-5", Model),
        ("M16A2", Model),
        ("Modelo 1911", Model),
        ("9x19", Calibre),
        ("9mm Luger", Calibre),
        (".38 SPL", Calibre),
        ("CAL. 12", Calibre),
        ("CAT. 4321", Mark),
        ("PAT. 1911", Mark),
        ("PATENT PENDING", Mark),
        ("D.R.P. 123", Mark),
        ("BREVETTATO", Mark),
    ]
};

#[test]
fn the_table_is_long_enough() {
    assert!(SAME.len() + FOUND.len() + NOT_FOUND.len() + NONE.len() >= 120);
}

#[test]
fn entries_that_are_the_number_are_read_as_it() {
    let wrong = |(entry, recorded): &&(&str, &str)| errors(entry, recorded) != Some(0);
    let wrong: Vec<_> = SAME.iter().filter(wrong).map(|(e, r)| (*e, *r, errors(e, r))).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn entries_with_errors_find_the_number() {
    let wrong: Vec<_> = FOUND.iter().filter(|(entry, recorded)| errors(entry, recorded).is_none()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn entries_of_another_number_do_not() {
    let wrong: Vec<_> =
        NOT_FOUND.iter().filter(|(entry, recorded)| errors(entry, recorded).is_some()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn what_is_no_serial_is_known_as_what_it_is() {
    let wrong = |(entry, is): &&(&str, NotSerial)| classify(entry) != NumberKind::NotSerial(*is);
    let wrong: Vec<_> = NONE.iter().filter(wrong).map(|(entry, is)| (*entry, *is, classify(entry))).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}
