use std::collections::HashSet;

use super::*;
use crate::reference::country;

fn found(text: &str) -> Option<(&'static str, Kind)> {
    find(text).map(|found| (found.make.code.as_str(), found.kind))
}

#[test]
fn the_table_can_be_read() {
    let table = read(ASSET).expect("assets/makes.toml");
    assert!(table.makes.len() >= 150, "{}", table.makes.len());
}

#[test]
fn codes_are_unique_and_countries_exist() {
    let mut seen = HashSet::new();
    for make in all() {
        assert!(seen.insert(&make.code), "{} twice", make.code);
        assert!(make.code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()), "{}", make.code);
        let country = country::by_code(&make.country).expect("a country");
        assert!(country.withdrawn.is_none(), "{} of {} makes guns no more", country.code, make.code);
        assert_eq!(found(&make.code).map(|(code, _)| code), Some(make.code.as_str()));
        assert_eq!(found(&make.name), Some((make.code.as_str(), Kind::Company)));
    }
}

#[test]
fn no_company_name_means_two_makes() {
    for (name, rows) in TABLE.names.iter() {
        let companies: Vec<_> = rows
            .iter()
            .filter(|(_, kind)| *kind == Kind::Company)
            .map(|(row, _)| &all()[*row].code)
            .collect();
        assert!(companies.len() <= 1, "{name}: {companies:?}");
    }
}

#[test]
fn every_licensee_is_a_make_of_its_own() {
    for make in all() {
        for alias in make.aliases.iter().filter(|alias| alias.kind == Kind::Licensee) {
            let own = meanings(&alias.text).first().map(|meaning| (meaning.make.code.as_str(), meaning.kind));
            assert!(matches!(own, Some((_, Kind::Company))), "{} of {}: {own:?}", alias.text, make.code);
            assert_ne!(own.map(|(code, _)| code), Some(make.code.as_str()), "{}", alias.text);
        }
    }
}

#[test]
fn names_are_found_as_police_write_them() {
    use Kind::*;
    for (text, code, kind) in [
        ("FN", "FN", Company),
        ("fn herstal s.a.", "FN", Company),
        ("FABRIQUE NATIONALE D’ARMES DE GUERRE", "FN", Company),
        ("FAB. NAT. D'ARMES DE GUERRE HERSTAL BELGIQUE", "FN", Company),
        ("Browning", "FN", Brand),
        ("Herstal", "FN", Place),
        ("Smith and Wesson", "SW", Company),
        ("SMITH AND WESSO", "SW", Company),
        ("S&W", "SW", Company),
        ("S & W Inc.", "SW", Company),
        ("Ceska Zbrojovka a.s.", "CZ", Company),
        ("ČZUB", "CZ", Company),
        ("Pietro Beretta", "BERETTA", Company),
        ("BARETTA", "BERETTA", Company),
        ("GLOCK 19", "GLOCK", Company),
        ("Glock Ges.m.b.H.", "GLOCK", Company),
        ("WALTHER PK 380", "WALTHER", Company),
        ("Manurhin", "MANURHIN", Company),
        ("ЦЗ", "ZASTAVA", Company),
        ("Crvena Zastava", "ZASTAVA", Company),
        ("北方", "NORINCO", Company),
        ("NORNICO", "NORINCO", Company),
        ("66", "NORINCO", Mark),
        ("H & K", "HK", Company),
        ("Heckler und Koch GmbH", "HK", Company),
        ("Łucznik", "RADOM", Company),
        ("KIRIKKALE", "MKE", Company),
        ("arrow in triangle", "IZHMASH", Mark),
        ("Arrow in a triangle", "IZHMASH", Mark),
        ("Interarms", "FN", Importer),
        ("MOSSBURG", "MOSSBERG", Company),
        ("HARRINGTON & RI", "HR", Company),
        ("HIPOINT", "HIPOINT", Company),
        ("KEL-TEC", "KELTEC", Company),
        ("Taurus Arms", "TAURUS", Company),
        ("Makarov", "IZHMECH", Brand),
        ("Colt's Pt. F.A. Mfg. Co. Hartford Ct. U.S.A.", "COLT", Company),
    ] {
        assert_eq!(found(text), Some((code, kind)), "{text}");
    }
    for text in ["", "  ", "ZZZ", "UNKNOWN", "FMJ", "&", "SMITH"] {
        assert_eq!(found(text), None, "{text}");
    }
}

#[test]
fn only_company_and_brand_agree() {
    use Relation::*;
    for (a, b, expected) in [
        ("FN", "Browning", Brand),
        ("Browning", "Miroku", Brand),
        ("BROWNING", "Browning Arms Co.", Same),
        ("S&W", "Smith & Wesson", Same),
        ("Beretta", "Gardone V.T.", Compatible { kind: Kind::Place }),
        ("Walther", "Manurhin", Compatible { kind: Kind::Licensee }),
        ("Walther", "Interarms", Compatible { kind: Kind::Importer }),
        ("Manurhin", "Interarms", Unknown),
        ("Interarms", "INTERARMS", Compatible { kind: Kind::Importer }),
        ("Izhmash", "arrow in a triangle", Compatible { kind: Kind::Mark }),
        ("Norinco", "Factory 66", Compatible { kind: Kind::Licensee }),
        ("Norinco", "Maadi", Different),
        ("Glock", "Colt", Different),
        ("Springfield Armory", "US Springfield Armory", Different),
        ("Glock", "Nobody", Unknown),
        ("Nobody", "NOBODY", Same),
        ("", "", Unknown),
    ] {
        assert_eq!(relation(a, b), expected, "{a} / {b}");
        assert_eq!(relation(b, a), expected, "{b} / {a}");
        assert_eq!(expected.agrees(), matches!(expected, Same | Brand));
    }
}

#[test]
fn military_makers_restart_their_numbers() {
    for code in ["MAUSER", "IZHMASH", "TULA", "NORINCO", "ZASTAVA", "CUGIR", "RADOM", "ENFIELD"] {
        assert!(by_code(code).is_some_and(|make| make.numbering_restarts), "{code}");
    }
    for code in ["GLOCK", "SW", "FN"] {
        assert!(by_code(code).is_some_and(|make| !make.numbering_restarts), "{code}");
    }
}
