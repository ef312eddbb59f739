use std::collections::HashSet;

use super::*;
use crate::reference::{calibre, gun_type};

fn name(make: &str, text: &str) -> &'static str {
    find(make, text).map(|model| model.name.as_str()).unwrap_or_default()
}

#[test]
fn the_table_can_be_read() {
    let table = read(ASSET).expect("assets/models.toml");
    assert!(table.models.len() >= 2000, "{}", table.models.len());
    assert!(table.patterns.len() >= 60, "{}", table.patterns.len());
}

#[test]
fn makes_types_and_calibres_exist() {
    for model in all() {
        assert!(make::all().iter().any(|make| make.code == model.make), "{} of {}", model.name, model.make);
        assert!(
            gun_type::describe(&model.gun_type).is_some_and(|kind| kind.usual),
            "{} {}",
            model.make,
            model.name
        );
        for code in &model.calibres {
            assert!(calibre::by_code(code).is_some(), "{code} of {} {}", model.make, model.name);
        }
        assert!(!plain(&model.name).is_empty(), "{}", model.make);
    }
}

#[test]
fn a_pattern_is_built_by_several_makers() {
    for pattern in patterns() {
        let makes: HashSet<&str> = of_pattern(&pattern.code).map(|model| model.make.as_str()).collect();
        assert!(makes.len() > 1, "{}: {makes:?}", pattern.code);
    }
    let codes: HashSet<&str> = patterns().iter().map(|pattern| pattern.code.as_str()).collect();
    assert_eq!(codes.len(), patterns().len());
    for model in all() {
        assert!(
            model.pattern.iter().all(|code| codes.contains(code.as_str())),
            "{} {}",
            model.make,
            model.name
        );
        assert!(!model.sure || !model.calibres.is_empty(), "{} {}", model.make, model.name);
    }
}

#[test]
fn the_table_stands_make_by_make() {
    let mut makes: Vec<&str> = all().iter().map(|model| model.make.as_str()).collect();
    makes.dedup();
    let in_order: Vec<&str> =
        make::all().iter().map(|make| make.code.as_str()).filter(|code| makes.contains(code)).collect();
    assert_eq!(makes, in_order);
}

#[test]
fn one_gun_under_the_names_of_its_makers() {
    use Relation::*;
    for (a, b, expected) in [
        (("FN", "FAL"), ("IMBEL", "M964"), Pattern),
        (("FN", "FAL"), ("Enfield", "L1A1"), Pattern),
        (("Steyr", "StG 58"), ("Lithgow", "SLR"), Pattern),
        (("FN", "FAL"), ("DGFM", "FAL"), Same),
        (("Izhmash", "AKM"), ("Norinco", "Type 56"), Pattern),
        (("Izhmash", "AKM"), ("Izhmash", "AK-47"), Pattern),
        (("Izhmash", "AKM"), ("Izhmash", "AK-74"), Different),
        (("Izhmash", "AKM"), ("Colt", "M16A1"), Different),
        (("CZ", "75"), ("Jericho", "941"), Pattern),
        (("CZ", "75"), ("CZ", "82"), Different),
        (("Beretta", "92FS"), ("Taurus", "PT92"), Pattern),
        (("Walther", "PP"), ("FEG", "PA-63"), Pattern),
        (("Mauser", "Kar98k"), ("Brno", "vz. 24"), Pattern),
        (("HK", "G3"), ("Santa Barbara", "CETME"), Pattern),
        (("Tula", "TT-33"), ("Zastava", "M57"), Pattern),
        (("Baikal", "IJ-70"), ("Ernst Thälmann", "Pistole M"), Pattern),
        (("S&W", "36"), ("Taurus", "85"), Pattern),
        (("S&W", "36"), ("S&W", "642"), Different),
        (("Glock", "17"), ("Glock", "19"), Different),
    ] {
        assert_eq!(relation(a.0, a.1, b.0, b.1), expected, "{a:?} / {b:?}");
        assert_eq!(relation(b.0, b.1, a.0, a.1), expected, "{b:?} / {a:?}");
    }
}

#[test]
fn a_name_means_one_model_of_a_make() {
    for (name, rows) in TABLE.of_make.iter() {
        let names: Vec<_> = rows.iter().map(|row| &all()[*row].name).collect();
        assert_eq!(names.len(), 1, "{name}: {names:?}");
    }
}

#[test]
fn names_are_found_as_police_write_them() {
    for (make, text, expected) in [
        ("FN", "HP-35", "Hi-Power"),
        ("Browning", "Hi Power", "Hi-Power"),
        ("Browning", "GP35", "Hi-Power"),
        ("Browning", "Citori", "Citori"),
        ("Glock", "GLOCK 19", "19"),
        ("Glock", "19 GEN 5", "19"),
        ("Glock", "MODEL 23", "23"),
        ("Glock", "G43X", "43X"),
        ("Glock", "17, GEN 4", "17"),
        ("GLOCK 17", "GEN 5", "17"),
        ("GLOCK 17", "", "17"),
        ("S&W", "Mod. 10", "10"),
        ("Smith & Wesson", "M&P SHIELD PLUS", "M&P Shield"),
        ("SMITH AND WESSO", "SHIELD", "M&P Shield"),
        ("Taurus", "PT111 G2A 9MM", "PT111"),
        ("Taurus", "24/7", "24/7"),
        ("Walther", "PPK/S", "PPK"),
        ("Mauser", "Kar 98k", "K98k"),
        ("Izhmash", "АКМ", "AKM"),
        ("CZ", "CZ 75", "75"),
        ("HIPOINT", "MOD C9", "C9"),
        ("", "M16A2", "M16A2"),
        ("", "AKM", ""),
        ("Glock", "", ""),
        ("Glock", "Python", ""),
        ("Nobody", "19", ""),
    ] {
        assert_eq!(name(make, text), expected, "{make} {text}");
    }
}

#[test]
fn another_name_of_it_is_not_another_model() {
    use Relation::*;
    for (a, b, expected) in [
        (("FN", "Hi-Power"), ("Browning", "HP-35"), Alias),
        (("FN", "Hi-Power"), ("Browning", "HI POWER"), Same),
        (("Walther", "PPK"), ("Manurhin", "ppk"), Same),
        (("Walther", "PP"), ("Manurhin", "PPK"), Unknown),
        (("Glock", "17"), ("Glock", "19"), Different),
        (("Glock", "17"), ("Glock", "G17"), Alias),
        (("Glock", "17"), ("Glock", "Odd"), Unknown),
        (("Nobody", "X1"), ("Nobody", "X-1"), Same),
        (("Glock", "17"), ("Colt", "Python"), Different),
        (("Glock", ""), ("Glock", ""), Unknown),
    ] {
        assert_eq!(relation(a.0, a.1, b.0, b.1), expected, "{a:?} / {b:?}");
        assert_eq!(relation(b.0, b.1, a.0, a.1), expected, "{b:?} / {a:?}");
    }
}

#[test]
fn a_model_typed_as_a_serial_is_noticed() {
    for (text, make, model) in [
        ("10-5", "SW", "10"),
        ("MOD 10-5", "SW", "10"),
        ("29-2", "SW", "29"),
        ("642", "SW", "642"),
        ("686-6", "SW", "686"),
        ("4506", "SW", "4506"),
        ("M16A2", "COLT", "M16A2"),
        ("p226", "SIG", "P226"),
        ("PPK/S 1", "", ""),
        ("K98k", "MAUSER", "K98k"),
    ] {
        let found = is_designation(text).map(|(make, model)| (make.code.as_str(), model.name.as_str()));
        assert_eq!(found.unwrap_or_default(), (make, model), "{text}");
    }
    assert!(designations("17").iter().any(|model| model.make == "GLOCK"));
    for text in ["", "-", "KD73519", "SHIELD", "PPK", "A0142004", "1974 AB 1234", "9", "12345-6", "-5"] {
        assert_eq!(is_designation(text).map(|(_, model)| &model.name), None, "{text}");
    }
}
