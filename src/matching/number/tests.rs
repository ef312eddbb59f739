use super::*;
use NotSerial::{Obliterated, Placeholder, Unread, Untold, Words};
use proptest::prelude::*;

fn norm(text: &str) -> String {
    Norm::of(text).as_str().to_owned()
}

#[test]
fn dirty_numbers_and_what_they_are() {
    let table = [
        ("KD73519", "KD73519"),
        ("kd 73519", "KD73519"),
        ("KD-735.19", "KD73519"),
        ("KD/735_19", "KD73519"),
        ("No. KD73519", "KD73519"),
        ("№ 45127", "45127"),
        ("№45127", "45127"),
        ("Nr 45127", "45127"),
        ("S/N KD73519", "KD73519"),
        ("SER. NO. 4512X", "4512X"),
        ("Serial: 4512X", "4512X"),
        ("КD73519", "KD73519"),
        ("СТ 4512", "CT4512"),
        ("٧٣٥١٩", "73519"),
        ("۷۳۵۱۹", "73519"),
        ("ＫＤ７３５１９", "KD73519"),
        ("VPW370 (CANO)", "VPW370"),
        ("VPW370 (cano)", "VPW370"),
        ("VPW370 CAÑO", "VPW370"),
        ("ELIMINADO POR ABRASÃO (após revelação 194562)", "194562"),
        ("RASPADA, RECUPERADO 194562", "194562"),
        ("OBLITERATED - RESTORED AB??45[38]", "AB??45[38]"),
        ("AB45(38)", "AB45[38]"),
        ("*7351?9", "*7351?9"),
        ("1974 AB 1234", "1974AB1234"),
        ("1-23-45678-ABC12", "12345678ABC12"),
        ("12,345", "12345"),
        ("123499; 554433", "123499"),
        ("Ø1234", "O1234"),
        ("ЛА 3456", "LA3456"),
        ("北方 12345", "北方12345"),
        ("  ", ""),
        ("Nr", "NR"),
        ("45127 Lauf", "45127"),
    ];
    for (text, expected) in table {
        assert_eq!(norm(text), expected, "{text}");
    }
}

#[test]
fn words_and_fillers_are_no_serials() {
    let none = [
        "NONE",
        "none",
        "N/A",
        "S/N",
        "s/n",
        "UNK",
        "Unknown",
        "UNREADABLE",
        "NO SERIAL",
        "ground off",
        "FILED OFF",
        "Obliterated",
        "removed",
        "SIN NÚMERO",
        "sin serie",
        "BORRADO",
        "limado",
        "NÚMERO BORRADO",
        "ERRADICADO",
        "SEM NÚMERO",
        "RASPADA",
        "suprimido",
        "Numeração raspada",
        "LIXADO",
        "PICOTADA",
        "EFFACÉ",
        "sans numéro",
        "illisible",
        "Meulé",
        "OHNE NUMMER",
        "entfernt",
        "ausgeschliffen",
        "unleserlich",
        "مطموس",
        "بدون رقم",
        "لا يوجد",
        "????",
        "*",
        "---",
        "OBLITERATED 1911",
    ];
    for text in none {
        let NumberKind::NotSerial(is) = classify(text) else { panic!("{text}") };
        assert!(is.is_silent(), "{text}: {is:?}");
    }
    for (text, expected) in [
        ("N/A", Untold),
        ("SIN NÚMERO", Untold),
        ("UNREADABLE", Unread),
        ("????", Unread),
        ("NÚMERO BORRADO", Obliterated),
        ("SIN NÚMERO BORRADO", Obliterated),
        ("mitraillette", Words),
        ("日本語", Words),
    ] {
        assert_eq!(classify(text), NumberKind::NotSerial(expected), "{text}");
    }
    for text in ["123456", "000000", "1", "0", "7777777", "12345", "9876543", "XXXXX", "No. 123456", "ABC123"]
    {
        assert_eq!(classify(text), NumberKind::NotSerial(Placeholder), "{text}");
    }
    for text in ["KD73519", "NA12345", "SIN4711", "NONE1", "45127", "7", "OBLITERATED 194562", "NO12345"] {
        assert_eq!(classify(text), NumberKind::Serial, "{text}");
    }
}

#[test]
fn skeletons_join_look_alikes_only() {
    let skeleton = |text: &str| Norm::of(text).skeleton().as_str().to_owned();
    assert_eq!(skeleton("SBO1LZ6"), skeleton("5801126"));
    assert_ne!(skeleton("KD73519"), skeleton("K073519"));
    assert_ne!(skeleton("7351"), skeleton("1351"));
}

#[test]
fn second_readings() {
    let by = |text: &str| take_apart(text).remove(0);
    assert_eq!(by("РН4512").sound.unwrap().to_string(), "RN4512");
    assert_eq!(by("KD73519").sound, None);
    assert_eq!(by("GLOCK 17 ABC123").rests[0].pattern.to_string(), "ABC123");
    assert_eq!(by("1-23-45678-ABC12").rests[0].pattern.to_string(), "ABC12");
    assert_eq!(by("VPW370 (CANO)").place, Some(Place::Barrel));
    assert_eq!(core(&by("369J257").look).unwrap().to_string(), "369257");
    assert_eq!(core(&by("KD73519A").look), None);
}

proptest! {
    #[test]
    fn normalising_twice_is_normalising_once(text in ".{0,40}") {
        let once = Norm::of(&text);
        prop_assert_eq!(Norm::of(once.as_str()), once);
    }

    #[test]
    fn normalising_numbers_twice(text in "[A-Za-zА-Яа-яΑ-Ω0-9٠-٩ ./()\\[\\]?*#-]{0,24}") {
        let once = Norm::of(&text);
        prop_assert_eq!(Norm::of(once.as_str()), once);
    }

    #[test]
    fn blanks_and_hyphens_do_not_matter(letters in "[B-DF-H]{1,3}", figures in "[2-9]{4,7}") {
        let plain = norm(&format!("{letters}{figures}"));
        prop_assert_eq!(&norm(&format!("{letters}-{figures}")), &plain);
        prop_assert_eq!(&norm(&format!(" {letters} {figures} ").to_lowercase()), &plain);
        prop_assert_eq!(&norm(&format!("S/N: {letters}.{figures}")), &plain);
    }

    #[test]
    fn ordinary_numbers_are_serials(number in "[B-DF-HJ-NP-Z]{0,3}[2-9][0-9]{4,6}[A-Z]?") {
        let filler = words::is_filler(&number);
        prop_assert!(filler || classify(&number) == NumberKind::Serial, "{}", number);
    }
}
