use super::*;

fn said<'text>(make: &'text str, model: &'text str) -> Said<'text> {
    Said { make, model, ..Said::default() }
}

fn codes(said: Said<'_>) -> Vec<&'static str> {
    consistency(&said).iter().map(Doubt::code).collect()
}

#[test]
fn nothing_said_is_nothing_doubted() {
    assert_eq!(consistency(&Said::default()), []);
    assert_eq!(consistency(&said("Nobody's Works", "X1")), []);
}

#[test]
fn a_glock_is_no_revolver_and_no_special() {
    let glock = said("Glock", "");
    assert_eq!(
        consistency(&Said { calibre: ".38 Special", gun_type: "PR", made_in: "AU", ..glock }),
        [
            Doubt::CalibreNotOfMake { make: "GLOCK", calibre: ".38 Spl" },
            Doubt::TypeNotOfMake { make: "GLOCK", gun_type: "PR" },
            Doubt::CountryNotOfMake { make: "GLOCK", country: "AU", made_in: vec!["AT", "US"] },
        ]
    );
    assert_eq!(
        consistency(&Said { calibre: ".40 S&W", ..said("GLOCK", "17") }),
        [Doubt::CalibreNotOfModel { make: "GLOCK", model: "17", calibre: ".40 S&W", made_for: vec!["9x19"] }]
    );
    assert_eq!(
        consistency(&said("Glock", "P226")),
        [Doubt::ModelNotOfMake { make: "GLOCK", model: "P226".to_owned(), others: vec!["SIG"] }]
    );
    assert_eq!(
        consistency(&Said { number: "G19", ..glock }),
        [Doubt::NumberIsModel { make: "GLOCK", model: "19" }]
    );
}

#[test]
fn what_fits_or_is_vague_is_not_doubted() {
    for said in [
        Said { calibre: "9mm", gun_type: "PI", made_in: "Austria", ..said("Glock", "19 Gen 5") },
        Said { calibre: "9", gun_type: "pistol", made_in: "USA", ..said("Glock", "G17") },
        Said { calibre: "10", number: "KD735", ..said("Glock", "20") },
        Said { gun_type: "P", ..said("Glock", "black") },
        said("Glock", "380"),
        said("Glock", "9mm"),
        Said { gun_type: "PA", calibre: "9x21", ..said("Glock", "17") },
        Said { gun_type: "VI", ..said("Glock", "") },
        Said { number: "642", ..said("Ruger", "") },
        Said { calibre: ".357", ..said("S&W", "10x") },
        Said { calibre: "38", gun_type: "PR", made_in: "US", ..said("Smith Wesson", "MOD 10-5") },
        Said { calibre: ".308", gun_type: "RI", made_in: "DE", ..said("HK", "G3") },
        Said { made_in: "Brazil", ..said("FN", "FAL") },
        Said { made_in: "SU", ..said("Izhmash", "AKM") },
        Said { made_in: "China", ..said("Izhmash", "AK-47") },
        Said { made_in: "Yugoslavia", ..said("Zastava", "M70") },
        Said { made_in: "FR", ..said("Walther", "PPK") },
        Said { made_in: "Japan", ..said("Browning", "Citori") },
        Said { made_in: "IT", calibre: "12/70", ..said("Gardone V.T.", "") },
        Said { gun_type: "SP", calibre: "12 GA", ..said("Remington", "870") },
        Said { gun_type: "SS", calibre: ".45 Colt", ..said("", "") },
        Said { gun_type: "SI", calibre: "38", ..said("", "") },
    ] {
        assert_eq!(consistency(&said), [], "{said:?}");
    }
}

#[test]
fn rows_that_say_all_there_is_are_believed() {
    for (doubtful, expected) in [
        (Said { calibre: "9x19", ..said("S&W", "29-2") }, "calibre_not_of_model"),
        (Said { calibre: "5.45x39", ..said("Izhmash", "АКМ") }, "calibre_not_of_model"),
        (Said { gun_type: "PI", ..said("S&W", "Mod. 10") }, "type_not_of_model"),
        (Said { gun_type: "SP", calibre: "9x19", ..said("", "") }, "calibre_not_of_type"),
        (Said { made_in: "SK", ..said("HS Produkt", "") }, ""),
        (Said { made_in: "SE", ..said("SIG", "P226") }, "country_not_of_make"),
        (Said { made_in: "Austria", ..said("Taurus", "PT92") }, "country_not_of_make"),
        (Said { number: "10-5", ..said("S&W", "") }, "number_is_model"),
        (Said { calibre: ".45 ACP", ..said("Raven", "") }, "calibre_not_of_make"),
    ] {
        assert_eq!(codes(doubtful).join(" "), expected, "{doubtful:?}");
    }
}

#[test]
fn no_row_of_the_table_doubts_itself() {
    let mut doubted = Vec::new();
    for model in model::all() {
        let make = model.make().expect("a make");
        let calibre = model.calibres.first().map_or("", String::as_str);
        let said = Said {
            make: &make.name,
            model: &model.name,
            calibre,
            gun_type: &model.gun_type,
            made_in: &make.country,
            number: "",
        };
        let doubts = consistency(&said);
        if !doubts.is_empty() {
            doubted.push(format!("{} {}: {doubts:?}", model.make, model.name));
        }
    }
    assert!(doubted.is_empty(), "{doubted:#?}");
}

#[test]
fn any_text_is_taken() {
    for text in ["\u{0}", "🔫", "[[[", "ﷺ", "///", "a\u{301}\u{301}", "ΑΒΓ 中国 ١٢٣", &"9".repeat(500)]
    {
        let said =
            Said { make: text, model: text, calibre: text, gun_type: text, made_in: text, number: text };
        assert_eq!(consistency(&said), [], "{text}");
    }
}
