use std::collections::HashSet;

use super::*;

fn code(text: &str) -> Option<&'static str> {
    find(text).map(|country| country.code.as_str())
}

#[test]
fn the_table_can_be_read() {
    let table = read(ASSET).expect("assets/countries.csv");
    assert_eq!(table.countries.iter().filter(|country| country.withdrawn.is_none()).count(), 250);
    assert_eq!(table.countries.iter().filter(|country| country.withdrawn.is_some()).count(), 31);
}

#[test]
fn codes_are_unique_and_well_formed() {
    let mut seen = HashSet::new();
    for country in all() {
        assert!(seen.insert(&country.code), "{} twice", country.code);
        let length = if country.withdrawn.is_some() { 4 } else { 2 };
        assert_eq!(country.code.len(), length, "{}", country.code);
        assert_eq!((country.alpha2.len(), country.alpha3.len()), (2, 3), "{}", country.code);
        assert!(country.code.chars().all(|c| c.is_ascii_uppercase()), "{}", country.code);
        assert_eq!(by_code(&country.code), Some(country));
    }
}

#[test]
fn no_name_means_two_countries() {
    for (name, rows) in TABLE.names.iter() {
        let codes: Vec<_> = rows.iter().map(|row| &all()[*row].code).collect();
        assert_eq!(codes.len(), 1, "{name}: {codes:?}");
    }
}

#[test]
fn every_vanished_country_has_successors_of_today() {
    for country in all() {
        let Some(withdrawn) = &country.withdrawn else { continue };
        assert!(!withdrawn.records_with.is_empty(), "{}", country.code);
        assert!((1974..=2024).contains(&withdrawn.year), "{}", country.code);
        for successor in &withdrawn.records_with {
            let successor = by_code(successor).expect("a country");
            assert!(successor.withdrawn.is_none(), "{} of {}", successor.code, country.code);
        }
    }
}

#[test]
fn names_codes_and_adjectives_are_found() {
    for (text, expected) in [
        ("BE", "BE"),
        ("be", "BE"),
        ("BEL", "BE"),
        ("Belgien", "BE"),
        ("Made in Belgium", "BE"),
        ("MADE IN ITALY", "IT"),
        ("turkiye", "TR"),
        ("Turkey", "TR"),
        ("W. Germany", "DE"),
        ("Deutsche Demokratische Republik", "DDDE"),
        ("DD", "DDDE"),
        ("GDR", "DDDE"),
        ("SU", "SUHH"),
        ("U.S.S.R.", "SUHH"),
        ("СССР", "SUHH"),
        ("YU", "YUCS"),
        ("Jugoslavija", "YUCS"),
        ("csfr", "CSHH"),
        ("Czechoslovakia", "CSHH"),
        ("CSXX", "CSXX"),
        ("Côte d’Ivoire", "CI"),
        ("cote divoire", "CI"),
        ("U.S.A.", "US"),
        ("the Netherlands", "NL"),
        ("Kosovo", "XK"),
        ("XK", "XK"),
        ("GE", "GE"),
        ("Corea del Norte", ""),
        ("CS", ""),
        ("", ""),
        ("Atlantis", ""),
    ] {
        assert_eq!(code(text).unwrap_or_default(), expected, "{text}");
    }
    assert_eq!(withdrawn("cs").len(), 2);
}

#[test]
fn a_successor_does_not_contradict() {
    assert_eq!(relation("SU", "RU"), Relation::Successor);
    assert_eq!(relation("Serbia", "Yugoslavia"), Relation::Successor);
    assert_eq!(relation("DD", "DE"), Relation::Successor);
    assert_eq!(relation("RU", "Russia"), Relation::Same);
    assert_eq!(relation("AT", "AU"), Relation::Different);
    assert_eq!(relation("AT", "?"), Relation::Unknown);
}
