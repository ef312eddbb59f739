//! Entries as officers make them, in several languages and alphabets, and what must come of them.

use crate::domain::evidence::NotSerial;
use crate::domain::gun::{Gun, Number, Place};
use crate::matching::{NumberKind, Prepared, classify, compare};

mod around;

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
    ("SN 45127 / CANO 67892", "67892"),
    ("SN 45127 CANO 67892", "67892"),
    ("SN 45127 CANO 67892", "45127"),
    ("45127 e 45129", "45127"),
    ("45127 y 67892", "67892"),
    ("45127 und 67892", "67892"),
    ("KL45127 ou KI45127", "KI45127"),
    ("KL45127/99", "KL45127"),
    ("KL45127 ANO 2019", "KL45127"),
    ("KL45127 2019", "KL45127"),
    ("45127/2019", "45127"),
    ("A-45.127", "A45127"),
    ("nº de série 45127", "45127"),
    ("N.º 45127", "45127"),
    ("nº45127", "45127"),
    ("Série A nº 4512", "A4512"),
    ("Serie AB Nr. 45127", "AB45127"),
    ("No. de Serie AB45127", "AB45127"),
    ("# de serie 45127", "45127"),
    ("Nro. de serie 45127", "45127"),
    ("n.s. 45127", "45127"),
    ("Matricola n. 45127", "45127"),
    ("matr. 45127", "45127"),
    ("numeração 45127", "45127"),
    ("numer fabryczny 45127", "45127"),
    ("ser. br. 45127", "45127"),
    ("výr. č. 45127", "45127"),
    ("gyári szám 45127", "45127"),
    ("Seri No: T0620-18A00127", "T062018A00127"),
    ("våpennummer 45127", "45127"),
    ("номер 45127", "45127"),
    ("сер. № АВ 4512", "AB4512"),
    ("серия АВ № 4512", "AB4512"),
    ("رقم السلاح ٤٥١٢٧", "45127"),
    ("شماره 45127", "45127"),
    ("45127 PMESP", "45127"),
    ("BRASÃO 45127", "45127"),
    ("45127 - Taurus", "45127"),
    ("45127 no cano", "45127"),
    ("45127 en el cañón", "45127"),
    ("ARMAÇÃO: 45127, CANO: 67892", "67892"),
    ("KL45127 e carregador 4471", "KL45127"),
    ("KL45127 - raspado parcialmente", "KL45127"),
    ("KL45127 após exame metalográfico", "KL45127"),
    ("raspado, revelado AB 45127", "AB45127"),
    ("номер спилен, восстановлен АВ4512", "AB4512"),
    ("KL123?? - 2 ultimos ilegiveis", "KL12345"),
    ("numeração suprimida parcialmente 12??45", "126745"),
    ("RASPADO FINAL 4567", "KL124567"),
    ("final 4567", "KL124567"),
    ("KL12__45", "KL126745"),
    ("KL12##45", "KL126745"),
    ("...4567", "KL124567"),
    ("KL4512(5/6)", "KL45126"),
    ("4512739.0", "4512739"),
    ("9X19 KL45127", "KL45127"),
    ("12 GA 45127", "45127"),
    ("CAL 12 GA 45127", "45127"),
    ("12 gauge KL45127", "KL45127"),
    ("7,62x39 АВ45127", "AB45127"),
    ("U.S. PROPERTY No 451273", "451273"),
    ("UNITED STATES PROPERTY 451273", "451273"),
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
    ("NÃO INFORMADO", "NAO INFORMADO"),
    ("s/nº", "S/Nº"),
    ("RASPADO 3 ultimos digitos 456", "KL12456"),
    ("raspado em 2019", "EM2019"),
];

/// Entries that are no serial.
const NONE: &[(&str, NotSerial)] = {
    use NotSerial::{Calibre, Mark, Model, Obliterated, Placeholder, Unread, Untold, Words};
    &[
        ("NONE", Untold),
        ("none visible", Unread),
        ("No serial number", Untold),
        ("N/A", Untold),
        ("n/v not visible", Unread),
        ("UNKNOWN", Untold),
        ("UNK", Untold),
        ("GROUND OFF", Obliterated),
        ("filed off", Obliterated),
        ("DEFACED", Obliterated),
        ("OBLITERATED", Obliterated),
        ("scratched out", Obliterated),
        ("removed by drilling", Obliterated),
        ("ghost gun", Untold),
        ("ELIMINADO", Obliterated),
        ("ELIMINADO POR ABRASÃO", Obliterated),
        ("Limado", Obliterated),
        ("BORRADO", Obliterated),
        ("número borrado", Obliterated),
        ("erradicado", Obliterated),
        ("sin número", Untold),
        ("S/N", Untold),
        ("no tiene", Untold),
        ("ilegible", Unread),
        ("RASPADA", Obliterated),
        ("Suprimida", Obliterated),
        ("numeração raspada", Obliterated),
        ("lixado", Obliterated),
        ("sem número", Untold),
        ("não há", Untold),
        ("effacé", Obliterated),
        ("numéro limé", Obliterated),
        ("illisible", Unread),
        ("néant", Untold),
        ("sans numéro", Untold),
        ("meulé", Obliterated),
        ("ausgeschliffen", Obliterated),
        ("unleserlich", Unread),
        ("entfernt", Obliterated),
        ("ohne Nummer", Untold),
        ("keine", Untold),
        ("مطموس", Obliterated),
        ("ممسوح", Obliterated),
        ("بدون رقم", Untold),
        ("s/nº", Untold),
        ("S/ Nº", Untold),
        ("S/NUMERO", Untold),
        ("S/NUM.", Untold),
        ("S/D", Untold),
        ("não informado", Untold),
        ("não consta", Untold),
        ("NADA CONSTA", Untold),
        ("não identificada", Unread),
        ("NÃO LEGÍVEL", Unread),
        ("PREJUDICADA", Obliterated),
        ("NIHIL", Untold),
        ("ignorado", Untold),
        ("oxidado", Unread),
        ("danificada", Obliterated),
        ("REMOVIDA POR AÇÃO HUMANA", Obliterated),
        ("NUM. RASPADA", Obliterated),
        ("numeração suprimida", Obliterated),
        ("PUNCIONADA", Obliterated),
        ("esmerilhada", Obliterated),
        ("SEM NUMERAÇÃO", Untold),
        ("RASPADO 3 ultimos digitos 456", Obliterated),
        ("artesanal", Words),
        ("no posee", Untold),
        ("no registra", Untold),
        ("punzonado", Obliterated),
        ("se ignora", Untold),
        ("no consta", Untold),
        ("matricola abrasa", Obliterated),
        ("punzonata", Obliterated),
        ("illeggibile", Unread),
        ("senza matricola", Untold),
        ("priva di matricola", Untold),
        ("n° effacé", Obliterated),
        ("poinçonné", Obliterated),
        ("non communiqué", Untold),
        ("N.C.", Untold),
        ("ausgefräst", Obliterated),
        ("weggefeilt", Obliterated),
        ("o. Nr.", Untold),
        ("geen nummer", Untold),
        ("verwijderd", Obliterated),
        ("spiłowany", Obliterated),
        ("nieczytelny", Unread),
        ("brak", Untold),
        ("vybroušeno", Obliterated),
        ("bez čísla", Untold),
        ("skinut broj", Obliterated),
        ("номер спилен", Obliterated),
        ("удалён", Obliterated),
        ("сбит", Obliterated),
        ("уничтожен", Obliterated),
        ("без номера", Untold),
        ("б/н", Untold),
        ("отсутствует", Untold),
        ("не читается", Unread),
        ("неизвестно", Untold),
        ("нет", Untold),
        ("знищено", Obliterated),
        ("yok", Untold),
        ("silinmiş", Obliterated),
        ("numarasız", Untold),
        ("لا يوجد رقم", Untold),
        ("مشطوب", Obliterated),
        ("غير واضح", Unread),
        ("غير معروف", Untold),
        ("مبرود", Obliterated),
        ("كشط", Obliterated),
        ("ندارد", Untold),
        ("ELIMINADO (após revelação *562)", Obliterated),
        ("????", Unread),
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

#[test]
fn several_numbers_stand_on_their_parts() {
    use Place::{Barrel, Frame, Other, Slide, Unstated};
    for (entry, expected) in [
        ("SN 45127 / CANO 67892", vec![Unstated, Barrel]),
        ("ARMAÇÃO: 45127, CANO: 67892", vec![Frame, Barrel]),
        ("frame 45127 slide 67892", vec![Frame, Slide]),
        ("VPW370 (CANO VPW371)", vec![Unstated, Barrel]),
        ("KL45127 (carregador 4471)", vec![Unstated, Other]),
        ("45127 (CANO E TAMBOR)", vec![Barrel]),
        ("номер ствола 45127", vec![Barrel]),
    ] {
        let mut found: Vec<Place> =
            Prepared::of(&gun(entry)).readings.iter().map(|read| read.place).collect();
        found.sort_by_key(|place| expected.iter().position(|other| other == place));
        assert_eq!(found, expected, "{entry}");
    }
}
