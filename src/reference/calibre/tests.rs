use std::collections::HashSet;

use super::*;

fn code(text: &str) -> &'static str {
    find(text).map(|calibre| calibre.code.as_str()).unwrap_or_default()
}

#[test]
fn the_table_can_be_read() {
    let table = read(ASSET).expect("assets/calibres.toml");
    let (vague, families): (Vec<&Calibre>, Vec<&Calibre>) =
        table.calibres.iter().partition(|calibre| calibre.is_vague());
    assert!(families.len() >= 400 && vague.len() >= 30, "{} and {}", families.len(), vague.len());
    for bore in [Bore::Pistol, Bore::Rifle, Bore::Rimfire, Bore::Gauge, Bore::Heavy, Bore::Blank, Bore::Air] {
        let of_it = families.iter().filter(|calibre| calibre.bore == bore).count();
        assert!(of_it >= 9, "{bore:?}: {of_it}");
    }
}

#[test]
fn no_name_means_two_families() {
    let mut shared = Vec::new();
    for (name, rows) in TABLE.names.iter().chain(TABLE.unpointed.iter()).chain(TABLE.decimals.iter()) {
        let codes: Vec<_> = rows.iter().map(|row| &all()[*row].code).collect();
        if codes.len() != 1 {
            shared.push(format!("{name}: {codes:?}"));
        }
    }
    assert!(shared.is_empty(), "{shared:#?}");
    let mut seen = HashSet::new();
    for calibre in all() {
        assert!(seen.insert(&calibre.code), "{} twice", calibre.code);
        assert_eq!(find(&calibre.code), Some(calibre));
    }
}

#[test]
fn every_near_twin_is_near_from_both_sides() {
    for calibre in all() {
        for near in &calibre.near {
            let twin = by_code(near).expect("a family");
            assert!(twin.near.contains(&calibre.code), "{near} does not name {}", calibre.code);
            assert!(!twin.is_vague() && !calibre.is_vague(), "{near}");
        }
        for covered in &calibre.covers {
            assert!(
                by_code(covered).is_some_and(|covered| !covered.is_vague()),
                "{covered} in {}",
                calibre.code
            );
        }
        assert!(calibre.usual.iter().all(|usual| calibre.covers.contains(usual)), "{}", calibre.code);
    }
}

#[test]
fn names_are_found_as_police_write_them() {
    for (text, expected) in [
        ("9mm curto", "9x17"),
        (".380 ACP (9mm curto)", "9x17"),
        ("32 S&WL", ".32 S&W Long"),
        ("32 SW LONGO", ".32 S&W Long"),
        ("22 CURTO", ".22 Short"),
        ("22 longo", ".22 LR"),
        ("7,62mm Tok", "7.62x25"),
        ("9 mm P.A.", "9 PAK"),
        ("38.0", ".38"),
        ("12.0", "12 ga"),
        ("9.0", "9"),
        ("GAUGE 12", "12 ga"),
        ("12 GA 3 1/2", "12 ga"),
        ("12GA MAGNUM", "12 ga"),
        ("٩ ملم", "9 mm"),
        ("عيار ٧٫٦٢", "7.62"),
        ("9x19", "9x19"),
        ("9 X 19", "9x19"),
        ("9×19mm", "9x19"),
        ("9mmx19", "9x19"),
        ("9 mm x 19", "9x19"),
        ("9 mm Luger", "9x19"),
        ("9MMLUGER", "9x19"),
        ("9 PARA", "9x19"),
        ("9MM", "9 mm"),
        ("9 MM", "9 mm"),
        ("9mm caliber", "9 mm"),
        ("9X19 NATO BALL", "9x19"),
        ("9", "9"),
        (".380", "9x17"),
        (".380 ACP", "9x17"),
        ("380AUTO", "9x17"),
        ("9 Kurz", "9x17"),
        ("9 mm Makarov", "9x18"),
        ("9х18", "9x18"),
        ("7,65 Browning", ".32 ACP"),
        ("7.65", "7.65 mm"),
        ("6,35", ".25 ACP"),
        (".40", ".40 S&W"),
        ("40 Smith & Wesson", ".40 S&W"),
        ("40SW", ".40 S&W"),
        (".40 CALIBER", ".40 S&W"),
        ("40mm", "40 mm"),
        ("10MM", "10 mm Auto"),
        ("10 ga", "10 ga"),
        ("10", "10"),
        (".45", ".45"),
        ("0.45", ".45"),
        ("45 A.C.P.", ".45 ACP"),
        (".45 CAL PISTOL", ".45"),
        ("11,43 mm", ".45 ACP"),
        (".38", ".38"),
        ("38SPL", ".38 Spl"),
        (".38 SPECIAL", ".38 Spl"),
        (".357 Magnum", ".357 Mag"),
        (".357", ".357"),
        ("22", ".22"),
        ("22LR", ".22 LR"),
        (".22 Long Rifle", ".22 LR"),
        ("5.56", "5.56x45"),
        ("556 CALIBER", "5.56x45"),
        ("556x45", "5.56x45"),
        (".223 Remington", ".223 Rem"),
        (".308", ".308 Win"),
        (".308/.762", ".308/7.62"),
        ("7.62 NATO", "7.62x51"),
        ("762X39", "7.62x39"),
        ("7,62×39", "7.62x39"),
        ("7.62*54R", "7.62x54R"),
        ("7.62", "7.62"),
        ("5,45х39", "5.45x39"),
        ("7.92 mm Mauser", "7.92x57"),
        (".30-06", ".30-06"),
        ("30/06 Springfield", ".30-06"),
        ("12 GAUGE", "12 ga"),
        ("CAL 12", "12 ga"),
        ("cal. 12", "12 ga"),
        ("12/70", "12 ga"),
        ("12", "12 ga"),
        ("12GA", "12 ga"),
        (".410 bore", ".410"),
        ("5.7", "5.7x28"),
        ("FN 5.7", "5.7x28"),
        ("9 MILIMETROS", "9 mm"),
        ("cal. 9mm", "9 mm"),
        ("calibre 9 mm Parabellum", "9x19"),
        ("9MM PARABELUM", "9x19"),
        ("9x18 ПМ", "9x18"),
        ("9 мм", "9 mm"),
        ("38 ESPECIAL", ".38 Spl"),
        (".38 SPL", ".38 Spl"),
        ("32 ACP/7,65", ".32 ACP"),
        ("7.65/.32 ACP", ".32 ACP"),
        ("9mm (9x18)", "9x18"),
        (".32/7.65", ".32/7.65"),
        ("12 GA", "12 ga"),
        ("calibre 12", "12 ga"),
        ("5.56 NATO", "5.56x45"),
        ("5,56x45", "5.56x45"),
        ("22 LR", ".22 LR"),
        (".22", ".22"),
        ("22 rifle largo", ".22 LR"),
        ("9 mm Browning Long", "9 Browning Long"),
        ("8x56R", "8x56R"),
        ("8 mm Mannlicher", "8x50R Mannlicher"),
        ("6 mm Flobert", "6 Flobert"),
        ("9 mm P.A.K.", "9 PAK"),
        (".22 pellet", "5.5 mm air"),
        ("12.7", ".50"),
        ("", ""),
        ("mm", ""),
        ("blue", ""),
        ("17 Remfire", ""),
    ] {
        assert_eq!(code(text), expected, "{text}");
    }
}

#[test]
fn a_short_text_speaks_against_nothing_it_may_mean() {
    for vague in all().iter().filter(|calibre| calibre.is_vague()) {
        for code in &vague.covers {
            let covered = by_code(code).expect("a family");
            assert_ne!(relation_of(vague, covered), Relation::Different, "{} / {code}", vague.code);
        }
    }
}

#[test]
fn families_are_compared_not_texts() {
    use Relation::*;
    for (a, b, expected) in [
        ("9x19", "9 mm Parabellum", Same),
        ("9MM", "9 mm Luger", Same),
        ("9MM", "9 MM", Same),
        ("9mm", "9x18", Near),
        ("9mm", ".380", Near),
        ("9mm", "9 PAK", Near),
        ("9mm", "9", Near),
        ("9mm", "38", Unknown),
        ("9mm", ".45 ACP", Different),
        ("9mm", "7.65", Different),
        ("38", ".380", Near),
        ("7.65", ".32 ACP", Same),
        ("7.65", "7.65 Para", Near),
        ("22", ".22 WMR", Near),
        ("22", "6 mm Flobert", Near),
        ("7.62", "7.62x54R", Near),
        ("7.62", "7.63 Mauser", Near),
        ("8x50R Lebel", "8x50R Mannlicher", Different),
        ("8x50R Mannlicher", "8x56R", Near),
        ("9 mm R Knall", "9 mm P.A.K.", Near),
        (".380 ACP", "9 mm Kurz", Same),
        ("9x18", "9x19", Different),
        ("9x18", "9x17", Near),
        (".223 Rem", "5.56x45", Near),
        (".308", "7.62x51", Near),
        (".38 Spl", ".357 Mag", Near),
        (".38", ".38 Spl", Near),
        (".38", ".357", Near),
        (".38", "9x19", Different),
        (".45", ".45", Same),
        ("9", "9 Kurz", Near),
        ("12 ga", "20 ga", Different),
        ("7.62", "7.62x39", Near),
        ("7.62x39", "7.62x51", Different),
        ("7.62 Tokarev", "7.63 Mauser", Near),
        (".17 Odd", ".17 ODD", Same),
        (".17 Odd", "9x19", Unknown),
        ("", "", Unknown),
    ] {
        assert_eq!(relation(a, b), expected, "{a} / {b}");
        assert_eq!(relation(b, a), expected, "{b} / {a}");
    }
}

#[test]
fn a_point_between_figures_is_a_decimal_and_one_in_front_an_inch() {
    for (text, expected) in [
        ("4.5", "4.5 mm"),
        ("4,5", "4.5 mm"),
        ("4.50", "4.5 mm"),
        ("٤٫٥", "4.5 mm"),
        ("cal. 4,5", "4.5 mm"),
        (".45", ".45"),
        ("0,45", ".45"),
        ("45", ".45"),
        ("5.5", "5.5 mm air"),
        ("6.8", "6.8 SPC"),
        (".68", ".68 paintball"),
        ("7.62", "7.62"),
        ("762", "7.62"),
        ("11,43", ".45 ACP"),
        // A point where a stroke belongs.
        ("30.06", ".30-06"),
        ("44.40", ".44-40"),
        ("12.70", "12 ga"),
        // Words leave no doubt.
        ("3.57 magnum", ".357 Mag"),
        ("3.2", ""),
        ("2.2", ""),
    ] {
        assert_eq!(code(text), expected, "{text}");
    }
}

#[test]
fn figures_without_a_point_may_be_a_gauge() {
    use Relation::*;
    for (a, b, expected) in [
        ("32", "32 ga", Near),
        ("CAL 32", "calibre 32 gauge", Near),
        ("cal.32", "32 ga", Near),
        ("калибр 32", "32 ACP", Near),
        ("32", ".32", Near),
        ("32", "32", Same),
        (".32", "32 ga", Different),
        ("32", ".32 S&W Long", Near),
        ("40", "40 ga", Near),
        ("40", ".40 S&W", Same),
        (".40", "40 ga", Different),
        ("32", "12 ga", Different),
        ("32", "9x19", Different),
    ] {
        assert_eq!(relation(a, b), expected, "{a} / {b}");
        assert_eq!(relation(b, a), expected, "{b} / {a}");
    }
}

#[test]
fn calibres_are_named_in_many_languages() {
    for (text, expected) in [
        ("9 PB", "9x19"),
        ("38 curto", ".38 S&W"),
        (".38 corto", ".38 S&W"),
        ("38 longo", ".38 long"),
        (".38 largo", ".38 long"),
        (".38 TPC", ".38 TPC"),
        ("12к", "12 ga"),
        ("калібр 16", "16 ga"),
        ("16-й калибр", ""),
        ("çap 9 mm", "9 mm"),
        ("Çap: 7,65", "7.65 mm"),
        ("CAP 357", ""),
        ("12 numara", "12 ga"),
        ("kalibru 9 mm", "9 mm"),
        ("ø 9", "9"),
        ("⌀9 mm", "9 mm"),
        ("7,62 ТТ", "7.62x25"),
        ("9 mm K", "9x17"),
    ] {
        assert_eq!(code(text), expected, "{text}");
    }
}
