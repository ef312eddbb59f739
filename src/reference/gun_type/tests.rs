use super::*;

#[test]
fn the_table_can_be_read() {
    let table = read(ASSET).expect("assets/gun_types.toml");
    assert_eq!(table.types.len(), 19 + 19 * 22);
    assert!(table.types.iter().filter(|kind| kind.usual).count() > 50);
}

#[test]
fn no_word_means_two_types() {
    for (name, rows) in TABLE.names.iter() {
        assert_eq!(rows.len(), 1, "{name}");
    }
}

#[test]
fn every_near_pair_is_near_from_both_sides() {
    for (code, near) in &TABLE.near {
        assert!(valid(code), "{code}");
        for other in near {
            assert!(
                TABLE.near.get(other).is_some_and(|back| back.contains(code)),
                "{other} does not name {code}"
            );
        }
    }
}

#[test]
fn letters_and_words_are_found() {
    for (text, code, words) in [
        ("PI", "PI", "pistol, semi-automatic"),
        ("pi", "PI", "pistol, semi-automatic"),
        ("pistol", "PI", "pistol, semi-automatic"),
        ("PR", "PR", "revolver"),
        ("Revolver", "PR", "revolver"),
        ("Semi-Automatic Pistol", "PI", "pistol, semi-automatic"),
        ("RB", "RB", "rifle, bolt action"),
        ("rifle", "R", "rifle"),
        ("pump shotgun", "SP", "shotgun, pump action"),
        ("SMG", "BA", "submachine gun, automatic"),
        ("R", "R", "rifle"),
        ("револьвер", "PR", "revolver"),
        ("pistola semiautomática", "PI", "pistol, semi-automatic"),
        ("автомат", "RA", "rifle, automatic"),
        ("Bockflinte", "SO", "shotgun, over and under"),
        ("REVOLVER CAL. 38", "PR", "revolver"),
        ("PISTOLA 9MM", "PI", "pistol, semi-automatic"),
        ("espingarda de fabricação caseira", "S", "shotgun"),
        ("carabina de pressão", "RG", "rifle, gas or air"),
        ("GARRUCHA", "PS", "pistol, single shot"),
        ("doppietta", "SE", "shotgun, double barrel, side by side"),
        ("VI", "VI", "silencer, semi-automatic"),
    ] {
        let found = find(text).expect(text);
        assert_eq!((found.code.as_str(), found.to_string().as_str()), (code, words), "{text}");
    }
    for text in ["", "X", "P1", "PIX", "YY", "LP", "blue"] {
        assert_eq!(find(text), None, "{text}");
    }
    assert!(describe("PI").is_some_and(|kind| kind.usual) && describe("VI").is_some_and(|kind| !kind.usual));
    assert_eq!(usual().next().map(|kind| kind.code.as_str()), Some("PI"));
}

#[test]
fn what_can_be_taken_for_one_another_is_near() {
    use Relation::*;
    for (a, b, expected) in [
        ("PI", "pistol", Same),
        ("PI", "PR", Different),
        ("RI", "RA", Near),
        ("R", "RB", Near),
        ("PI", "RI", Different),
        ("PI", "Z", Near),
        ("PI", "9MM", Unknown),
    ] {
        assert_eq!(relation(a, b), expected, "{a} / {b}");
        assert_eq!(relation(b, a), expected, "{b} / {a}");
    }
}

#[test]
fn words_come_before_odd_pairs_and_after_usual_ones() {
    for (text, code) in [
        ("PT", "PI"),
        ("rv", "PR"),
        ("MP", "BA"),
        ("AR", "RI"),
        ("AK", "RA"),
        ("SP", "SP"),
        ("RC", "RC"),
        ("PD", "PD"),
        ("VI", "VI"),
        ("JT", "JT"),
    ] {
        assert_eq!(find(text).map(|kind| kind.code.as_str()), Some(code), "{text}");
    }
}

#[test]
fn an_odd_pair_contradicts_nothing() {
    use Relation::*;
    for (a, b, expected) in [
        ("PT", "PI", Same),
        ("PL", "PI", Near),
        ("PL", "P", Near),
        ("VI", "PI", Unknown),
        ("RJ", "SP", Unknown),
        ("AI", "RI", Unknown),
        ("JT", "JT", Same),
        ("RB", "SP", Different),
        ("PR", "S", Different),
        ("R", "S", Different),
    ] {
        assert_eq!(relation(a, b), expected, "{a} / {b}");
        assert_eq!(relation(b, a), expected, "{b} / {a}");
    }
}

#[test]
fn a_word_for_any_long_gun_contradicts_no_rifle_and_no_shotgun() {
    for text in
        ["long gun", "arma larga", "fusil", "fucile", "Langwaffe", "tüfek", "بندقية", "broń długa", "Gewehr"]
    {
        for other in ["R", "S", "RB", "SE"] {
            assert_eq!(relation(text, other), Relation::Near, "{text} / {other}");
        }
    }
    for (a, b, expected) in [
        ("espingarda", "bacamarte", Relation::Near),
        ("escopeta", "trabuco", Relation::Near),
        ("espingarda", "garrucha", Relation::Near),
        ("espingarda", "espingarda de pressão", Relation::Near),
        ("escopeta", "fuzil", Relation::Different),
        ("ружьё", "винтовка", Relation::Different),
    ] {
        assert_eq!(relation(a, b), expected, "{a} / {b}");
    }
}

#[test]
fn a_type_is_found_among_other_words() {
    let mut wrong = Vec::new();
    for (text, code) in [
        // Makers, models and calibres around it, on either side.
        ("pistola Bersa 9mm", "PI"),
        ("TAURUS REVOLVER .38", "PR"),
        ("Mossberg pump shotgun 12 GA", "SP"),
        ("револьвер Наган 1895", "PR"),
        ("tabanca Sarsılmaz", "PI"),
        ("YARI OTOMATİK TABANCA", "PI"),
        ("карабін Форт", "RC"),
        ("escopeta calibre 16 marca Sarasqueta", "S"),
        ("submetralhadora INA .45", "BA"),
        ("Schreckschusspistole Röhm", "PK"),
        ("مسدس حلوان", "PI"),
        ("pistolet maszynowy Rak", "BA"),
        // How it works.
        ("rifle bolt", "RB"),
        ("bolt-action Remington rifle", "RB"),
        ("espingarda Boito cano duplo", "SE"),
        ("escopeta dos caños", "SE"),
        ("fucile Beretta a pompa", "SP"),
        ("fusil Baikal juxtaposé", "SE"),
        ("Flinte, Bock", "SO"),
        ("carabina CBC de pressão", "RG"),
        ("revólver de fogueo", "PK"),
        ("pistola Gamo a CO2", "PG"),
        ("ружье МР-43 двуствольное", "SE"),
        ("помпова рушниця Форт", "SP"),
        ("av tüfeği Huğlu çift namlu", "SE"),
        ("garrucha 2 canos", "PS"),
        ("fusil à verrou Mauser", "RB"),
        // Two words for one, or one that says less.
        ("fusil carabina", "RC"),
        ("rifle carbine", "RC"),
        ("arma de fogo tipo pistola", "PI"),
        // No gun.
        ("simulacro de pistola", "Z"),
        ("airsoft rifle", "Z"),
        ("pistola de brinquedo", "Z"),
        ("муляж автомата", "Z"),
        ("oyuncak tabanca", "Z"),
        ("lower receiver", "Z"),
        // An action that the type has already, or that is none.
        ("single action revolver Colt", "PR"),
        ("S&W Airweight revolver", "PR"),
        ("double action pistol", "PI"),
        ("fuzil de assalto semi", "RA"),
    ] {
        let found = find(text).map_or("", |kind| kind.code.as_str());
        if found != code {
            wrong.push(format!("{text}: {found}, not {code}"));
        }
    }
    for text in [
        "pistol grip shotgun",
        "revólver ou espingarda",
        "blue",
        "24/7",
        "Glock 19",
        "holster",
        "автобус",
        "bomba",
        "alarm",
    ] {
        if let Some(found) = find(text) {
            wrong.push(format!("{text}: {}", found.code));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
