use super::*;
use crate::reference::make;

#[test]
fn the_table_can_be_read_and_is_folded() {
    let table: Table = table::from_toml(ASSET).expect("assets/unsaid.toml");
    for word in table.self_made.iter().chain(&table.unstated).chain(&table.idle) {
        assert_eq!(&fold::key(word), word);
    }
    for entry in &table.alone {
        assert_eq!(&fold::words(entry).join(" "), entry);
    }
}

#[test]
fn no_name_of_a_maker_is_taken_from_it() {
    // They are asked for first; what stands here anyway would be lost as soon as a town or model stood behind it.
    let mut wrong = Vec::new();
    for known in make::all() {
        let own = known.aliases.iter().filter(|alias| alias.kind == make::Kind::Company);
        for text in std::iter::once(&known.name).chain(own.map(|alias| &alias.text)) {
            if [&TABLE.self_made, &TABLE.unstated].iter().any(|table| says(&fold::words(text), table)) {
                wrong.push(text);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn nobody_made_it() {
    let mut wrong = Vec::new();
    for text in [
        // Signs and figures.
        "***",
        "--",
        "?",
        "XXXX",
        "хх",
        "0",
        "00000",
        "7777",
        "12345",
        "A",
        "1911",
        "38",
        "ZZZZ",
        "....",
        // Self-made.
        "Home made",
        "home-built",
        "IMPROVISED",
        "ghost gun",
        "pistola artesanal",
        "FABRICAÇÃO CASEIRA",
        "arma hechiza",
        "fabricación casera",
        "criolla",
        "arme artisanale",
        "Eigenbau",
        "selbstgebaut",
        "produzione artigianale",
        "самодельное",
        "САМОРОБНА",
        "кустарного производства",
        "samoróbka",
        "el yapımı",
        "EL YAPIMI TABANCA",
        "صناعة محلية",
        "صنع يدوي",
        // Not found out or not written down.
        "not specified",
        "UNSPECIFIED",
        "Not listed",
        "undetermined",
        "various",
        "misc.",
        "no markings",
        "unbranded",
        "não especificado",
        "NÃO IDENT.",
        "n/ ident",
        "a apurar",
        "marca não legível",
        "sem marca",
        "S/M",
        "se desconoce",
        "no determinada",
        "sin marcas",
        "non précisée",
        "marque inconnue",
        "sans marque",
        "non renseigné",
        "nicht angegeben",
        "nicht bekannt",
        "ohne Marke",
        "markenlos",
        "k. A.",
        "non specificata",
        "senza marca",
        "sconosciuto",
        "не установлена",
        "без марки",
        "неизвестный производитель",
        "не указан",
        "не визначено",
        "невідома",
        "без марки",
        "nie ustalono",
        "bez marki",
        "brak marki",
        "nieznany producent",
        "belirtilmemiş",
        "markasız",
        "bilinmiyor",
        "marka yok",
        "غير معروف",
        "غير محدد",
        "بدون علامة",
        // Something else: a country, a type, a calibre.
        "BRASIL",
        "Ind. Brasileira",
        "made in Germany",
        "hecho en Argentina",
        "FABRICACIÓN ESPAÑOLA",
        "fabrication française",
        "Chinesa",
        "türkisch",
        "Türk malı",
        "россия",
        "пр-во Турция",
        "produkcja polska",
        "U.S.A.",
        "industria argentina",
        "Alman",
        "importada",
        "pistola",
        "REVÓLVER",
        "револьвер",
        "tabanca",
        "Schreckschusspistole",
        "fusil de chasse",
        "مسدس",
        "escopeta argentina",
        "PISTOLA .380",
        "9 mm",
        "cal. 38",
        "12 GA",
        "7,65",
        "Kal. 9x19",
        "revolver 38 spl",
    ] {
        if !names_no_maker(text) {
            wrong.push(text);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn somebody_made_it_though_the_table_does_not_know_whom() {
    let mut wrong = Vec::new();
    for text in [
        "Nobody's Own Works",
        "Brasil Armas Finas",
        "China Lake Works",
        "Casarini",
        "Artemis",
        "Caserta",
        "Pistol Dynamics",
        "Identity Arms",
        "German Precision",
        "Casanova",
        "XYZ",
        "AAR",
        "Oficina São João",
        "Armería La Criba",
        "Atelier Dupont",
        "Müller Büchsenmacher",
        "Fratelli Ignazi",
        "Мастерская Петрова",
        "Зброяр",
        "Zakład Nowak",
        "Yılmaz Silah",
        "Karadeniz Av",
        "ورشة الحداد",
        "Turk Oğlu",
        "PRS",
        "AR Tactical",
        "Indian River",
        "Rifles Unlimited",
        "Variant",
        "Nicholson",
        "Marklund",
    ] {
        if names_no_maker(text) {
            wrong.push(text);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_blank_is_no_model_and_no_calibre() {
    for text in ["", " ", "***", "-", "X", "xx", "XXX", "0", "00", "999", "1111", "..", "?", "ХХХ"] {
        assert!(is_blank(text), "{text}");
    }
    for text in ["5", "44", "22", "X5", "92", "M", "1001", "38", "A1", "9X", "XD"] {
        assert!(!is_blank(text), "{text}");
    }
    for text in [
        "undetermined",
        "NÃO ESPECIFICADO",
        "no determinado",
        "nicht feststellbar",
        "не определен",
        "belirsiz",
        "nieustalony",
        "non identifié",
        "غير محدد",
    ] {
        assert!(is_unstated(text), "{text}");
    }
    for text in ["Special", "Identity", "Model 5", "Stand", "Variomax", "Diversa", "Ignis", "N"] {
        assert!(!is_unstated(text), "{text}");
    }
}
