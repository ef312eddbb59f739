use std::collections::HashSet;

use super::*;
use crate::reference::country;

fn found(text: &str) -> Option<(&'static str, Kind)> {
    find(text).map(|found| (found.make.code.as_str(), found.kind))
}

#[test]
fn the_table_can_be_read() {
    let table = file::read(ASSET).expect("assets/makes.toml");
    assert!(table.makes.len() >= 500, "{}", table.makes.len());
    let names: usize = table.makes.iter().map(|make| make.aliases.len()).sum();
    assert!(names >= 2500, "{names}");
}

#[test]
fn codes_are_unique_and_countries_exist() {
    let mut seen = HashSet::new();
    for make in all() {
        assert!(seen.insert(&make.code), "{} twice", make.code);
        assert!(make.code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()), "{}", make.code);
        let country = country::by_code(&make.country).expect("a country");
        assert!(country.withdrawn.is_none(), "{} of {} makes guns no more", country.code, make.code);
        let own = make.made_in.is_empty() || make.made_in.contains(&make.country);
        assert!(own, "{} is not made in {}", make.code, make.country);
        for code in &make.made_in {
            assert!(
                country::by_code(code).is_some_and(|known| known.code == *code),
                "{code} of {}",
                make.code
            );
        }
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
fn a_name_means_one_maker_or_is_declared_shared() {
    let mut wrong = Vec::new();
    for (name, rows) in TABLE.names.iter() {
        let makers: HashSet<usize> =
            rows.iter().filter(|(_, kind)| kind.names_the_maker()).map(|(row, _)| *row).collect();
        if (makers.len() > 1) != TABLE.shared.iter().any(|shared| shared == name) && !makers.is_empty() {
            wrong.push(format!(
                "{name}: {:?}",
                makers.iter().map(|row| &all()[*row].code).collect::<Vec<_>>()
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for name in &TABLE.shared {
        assert!(meanings(name).len() > 1, "{name}");
    }
    assert!(is_shared("Browning Arms Co.") && !is_shared("Glock"));
}

#[test]
fn a_make_whose_models_are_complete_has_models() {
    let complete: Vec<&str> =
        all().iter().filter(|make| make.models_complete).map(|make| make.code.as_str()).collect();
    assert!(complete.contains(&"GLOCK"));
    for code in complete {
        assert!(crate::reference::model::all().iter().any(|model| model.make == code), "{code}");
    }
}

#[test]
fn words_that_name_nobody_mean_no_maker() {
    for text in [
        "HOMEMADE",
        "ARTESANAL",
        "CASERA",
        "HECHIZA",
        "FABRICACION CASERA",
        "SIN MARCA",
        "SANS MARQUE",
        "NO MARK",
        "OHNE",
        "CHINA",
        "BRASIL",
        "TURKEY",
        "GERMANY",
        "ITALY",
        "SPAIN",
        "RUSSIA",
        "MADE IN USA",
        "ORIGINAL",
        "SPECIAL",
        "POLICE",
        "MILITARY",
        "PISTOL",
        "REVOLVER",
        "SHOTGUN",
        "RIFLE",
        "BLACK",
        "SILVER",
        "CHROME",
        "OBLITERATED",
        "ILLEGIBLE",
        "DESCONOCIDA",
        "INCONNU",
        "NEGRO",
        "BLANCO",
        "GHOST GUN",
        "3D PRINTED",
        "COPY",
        "REPLICA",
    ] {
        assert_eq!(found(text), None, "{text}");
    }
}

#[test]
fn a_slip_of_the_hand_is_a_guess() {
    for (text, code) in [
        ("SMITTH & WESSON", "SW"),
        ("SMIHT AND WESSON", "SW"),
        ("BERRETTA 92 FS", "BERETTA"),
        ("Walhter", "WALTHER"),
        ("REMINGTOM", "REMINGTON"),
        ("WINCHESTR", "WINCHESTER"),
        ("Zaztava", "ZASTAVA"),
        ("MOSSBERGG", "MOSSBERG"),
        ("HECKLER & KOCK", "HK"),
        ("NORRINCO", "NORINCO"),
        ("TAURUSS", "TAURUS"),
        ("СМИТ И ВЕСОН", "SW"),
    ] {
        let (found, kind) = found(text).unwrap_or(("", Kind::Place));
        assert_eq!(found, code, "{text}");
        assert!(kind == Kind::Fuzzy || kind == Kind::Company, "{text}: {kind:?}");
    }
    assert_eq!(found("Walhter"), Some(("WALTHER", Kind::Fuzzy)));
    assert!(!Kind::Fuzzy.names_the_maker());
    assert_eq!(relation("Walhter", "Walther"), Relation::Compatible { kind: Kind::Fuzzy });
    assert_eq!(relation("Walhter", "WALHTER"), Relation::Same);
    assert_eq!(relation("Walhter", "Glock"), Relation::Unknown);
    for text in ["CLOT", "COLTTT", "FACTORY67", "QWERTZUI", "WALHTRE"] {
        assert_eq!(found(text), None, "{text}");
    }
}

#[test]
fn five_letters_may_have_one_slip_where_one_make_lies_near() {
    for (text, code) in [
        ("TARUS", "TAURUS"),
        ("IMBEI", "IMBEL"),
        ("Tickka", "SAKO"),
        ("LLAMMA 9MM", "LLAMA"),
        ("Рюгер", "RUGER"),
        ("canick", "CANIK"),
        ("STEYER MANNLICHER", "STEYR"),
    ] {
        assert_eq!(found(text).map(|(code, _)| code), Some(code), "{text}");
    }
    // Between two makes, too short, a word for something else, or two slips.
    for text in ["BERDA", "STYR", "RUGE", "Россия", "Finland", "Burma", "TORAS", "BOITEL"] {
        assert_eq!(found(text), None, "{text}");
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
        ("Fábrica Nacional", "FN", Company),
        ("IMBEL", "IMBEL", Company),
        ("Forjas Taurus S.A.", "TAURUS", Company),
        ("ΒΕΡΕΤΤΑ", "BERETTA", Company),
        ("Беретта", "BERETTA", Company),
        ("Глок", "GLOCK", Company),
        ("ИЖ", "IZHMECH", Company),
        ("Tula", "TULA", Company),
        ("Izhmash/Kalashnikov", "IZHMASH", Company),
        ("Zbrojovka Brno", "BRNO", Company),
        ("Ceska zbrojovka", "CZ", Company),
        ("HK", "HK", Company),
        ("Heckler und Koch", "HK", Company),
        ("Heckler y Koch", "HK", Company),
        ("SMITH WESSON", "SW", Company),
        ("SMITH & WESON", "SW", Company),
        ("S y W", "SW", Company),
        ("Huğlu", "HUGLU", Company),
        ("PT Pindad", "PINDAD", Company),
        ("E.R. Amantino", "BOITO", Company),
        ("Ortgies' Patent", "DEUTSCHEWERKE", Brand),
        ("Baikal", "IZHMECH", Brand),
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
fn a_tie_of_two_makers_holds_for_all_names_of_both() {
    // A name that is also a town, a sign or a dealer's is compatible with more than its company is.
    let plain = |meanings: &[MakeMatch]| {
        meanings.iter().all(|meaning| matches!(meaning.kind, Kind::Company | Kind::Licensee))
    };
    let mut names: Vec<Vec<(&str, Vec<MakeMatch>)>> = Vec::new();
    for make in all() {
        let own = make.aliases.iter().filter(|alias| alias.kind == Kind::Company).map(|alias| &alias.text);
        let mut known: Vec<(&str, Vec<MakeMatch>)> = Vec::new();
        for text in [&make.code, &make.name].into_iter().chain(own) {
            let meanings = meanings(text);
            if plain(&meanings) && !known.iter().any(|(_, other)| *other == meanings) {
                known.push((text, meanings));
            }
        }
        names.push(known);
    }
    let mut wrong = Vec::new();
    for (row, ours) in names.iter().enumerate() {
        for theirs in names.iter().skip(row + 1) {
            let Some(((first, one), (other, two))) = ours.first().zip(theirs.first()) else { continue };
            let expected = relation_of(one, two);
            for ((a, left), (b, right)) in ours.iter().flat_map(|a| theirs.iter().map(move |b| (a, b))) {
                let found = relation_of(left, right);
                assert_eq!(found, relation_of(right, left), "{a} / {b}");
                if found != expected {
                    wrong.push(format!("{a} / {b}: {found:?}, but {first} / {other}: {expected:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}: {:#?}", wrong.len(), wrong.iter().take(20).collect::<Vec<_>>());
}

#[test]
fn licensees_and_brands_are_tied_whatever_they_are_called() {
    let licence = Relation::Compatible { kind: Kind::Licensee };
    for (a, b, expected) in [
        ("Forjas Taurus S.A.", "Amadeo Rossi", licence),
        ("S&W", "Carl Walther Ulm", licence),
        ("MKEK", "Вальтер", licence),
        ("Romarm", "Концерн Калашников", licence),
        ("J.P. Sauer & Sohn", "SIG", licence),
        ("Magtech", "Rossi", licence),
        ("ZB Brno", "ČZUB", licence),
        ("Fabryka Broni Radom", "Carl Walther", licence),
        // Two licensees of one maker, and those of two, have nothing to do with each other.
        ("Forjas Taurus", "CBC", Relation::Different),
        ("Mauser", "S&W", Relation::Different),
        ("Glock", "Forjas Taurus", Relation::Different),
        ("Forjas Taurus", "Taurus Armas", Relation::Same),
    ] {
        assert_eq!(relation(a, b), expected, "{a} / {b}");
        assert_eq!(relation(b, a), expected, "{b} / {a}");
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
