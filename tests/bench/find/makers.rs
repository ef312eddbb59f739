//! The makers of the made-up store: shares, forms of serials, models. The shares are invented.

/// A maker, with its share of the store in parts of a thousand.
pub(crate) struct Maker {
    pub share: f64,
    /// How its name is written, the usual spelling first.
    pub spellings: &'static [&'static str],
    pub series: &'static [Series],
    pub models: &'static [Model],
}

/// A form of serial: `#` is a figure, `@` a letter of the prefix block, all else stands as it is.
pub(crate) struct Series {
    pub form: &'static str,
    /// Share of the maker's guns, in parts of a hundred.
    pub share: f64,
    /// Letter blocks in use; low ones are drawn more often.
    pub blocks: u64,
}

pub(crate) struct Model {
    pub spellings: &'static [&'static str],
    /// Place in [`CALIBRES`].
    pub calibre: u8,
    /// Place in [`TYPES`].
    pub gun_type: u8,
}

const fn s(form: &'static str, share: f64, blocks: u64) -> Series {
    Series { form, share, blocks }
}

const fn m(spellings: &'static [&'static str], calibre: u8, gun_type: u8) -> Model {
    Model { spellings, calibre, gun_type }
}

/// Every calibre with how it is written.
pub(crate) const CALIBRES: [&[&str]; 12] = [
    &["9x19", "9 mm Para", "9mm Luger", "9mm"],
    &[".38 Spl", ".38 Special", "38 SPL"],
    &[".45 ACP", ".45 Auto", "45 ACP"],
    &[".40 S&W", "40 S&W", ".40 SW"],
    &[".22 LR", "22 LR", ".22 Long Rifle"],
    &["12 ga", "12 gauge", "12 GA"],
    &["7.62x39", "7.62 x 39"],
    &[".308 Win", "7.62x51", "308 Winchester"],
    &["7.62x25", "7.62 Tokarev"],
    &[".380 ACP", "9 mm Kurz", "9x17"],
    &[".357 Magnum", ".357 Mag", "357 MAG"],
    &["5.56x45", ".223 Rem", "5.56 NATO"],
];
const P9: u8 = 0;
const SPL: u8 = 1;
const ACP45: u8 = 2;
const SW40: u8 = 3;
const LR: u8 = 4;
const GA: u8 = 5;
const R39: u8 = 6;
const R308: u8 = 7;
const TOK: u8 = 8;
const ACP380: u8 = 9;
const MAG: u8 = 10;
const R556: u8 = 11;

/// Every type of the store.
pub(crate) const TYPES: [&str; 7] = ["PI", "PR", "RB", "RI", "RA", "SP", "RL"];
const PI: u8 = 0;
const PR: u8 = 1;
const RB: u8 = 2;
const RI: u8 = 3;
const RA: u8 = 4;
const SP: u8 = 5;
const RL: u8 = 6;

/// The forms are those that the makers are known for, the shares and blocks are invented.
pub(crate) const MAKERS: [Maker; 21] = [
    Maker {
        share: 120.0,
        spellings: &["Glock", "GLOCK", "Glock GmbH"],
        series: &[s("@@@###", 60.0, 17_000), s("@@@@###", 40.0, 60_000)],
        models: &[
            m(&["17", "G17"], P9, PI),
            m(&["19", "G19"], P9, PI),
            m(&["26"], P9, PI),
            m(&["22"], SW40, PI),
            m(&["21"], ACP45, PI),
        ],
    },
    Maker {
        share: 110.0,
        spellings: &["Smith & Wesson", "S&W", "Smith and Wesson"],
        series: &[s("@@@####", 60.0, 8000), s("@######", 30.0, 8), s("#######", 10.0, 1)],
        models: &[
            m(&["10"], SPL, PR),
            m(&["36"], SPL, PR),
            m(&["686"], MAG, PR),
            m(&["M&P9"], P9, PI),
            m(&["5906"], P9, PI),
        ],
    },
    Maker {
        share: 90.0,
        spellings: &["Taurus", "Forjas Taurus", "TAURUS"],
        series: &[s("T@@#####", 55.0, 600), s("@@######", 25.0, 60), s("@#######", 20.0, 6)],
        models: &[
            m(&["PT92", "PT-92"], P9, PI),
            m(&["85"], SPL, PR),
            m(&["G2C"], P9, PI),
            m(&["PT111"], P9, PI),
            m(&["PT24/7"], SW40, PI),
        ],
    },
    Maker {
        share: 80.0,
        spellings: &["Ruger", "Sturm Ruger", "RUGER"],
        series: &[s("###-#####", 70.0, 1), s("@@######", 30.0, 40)],
        models: &[
            m(&["10/22"], LR, RI),
            m(&["GP100", "GP-100"], MAG, PR),
            m(&["LCP"], ACP380, PI),
            m(&["P95"], P9, PI),
            m(&["Mini-14"], R556, RI),
        ],
    },
    Maker {
        share: 70.0,
        spellings: &["Beretta", "Pietro Beretta", "BERETTA"],
        series: &[
            s("@#####Z", 45.0, 26),
            s("BER######Z", 25.0, 1),
            s("PX#####", 10.0, 1),
            s("@######", 20.0, 10),
        ],
        models: &[
            m(&["92FS", "92 FS"], P9, PI),
            m(&["PX4 Storm"], P9, PI),
            m(&["84"], ACP380, PI),
            m(&["96"], SW40, PI),
        ],
    },
    Maker {
        share: 55.0,
        spellings: &["Colt", "COLT", "Colt's"],
        series: &[
            s("70G#####", 15.0, 1),
            s("FG#####", 10.0, 1),
            s("C######", 25.0, 1),
            s("######", 30.0, 1),
            s("@@######", 20.0, 20),
        ],
        models: &[
            m(&["1911", "1911A1", "Government"], ACP45, PI),
            m(&["Detective Special"], SPL, PR),
            m(&["Python"], MAG, PR),
            m(&["Mustang"], ACP380, PI),
        ],
    },
    Maker {
        share: 55.0,
        spellings: &["SIG Sauer", "Sig Sauer", "SIG"],
        series: &[s("@######", 35.0, 10), s("@@######", 40.0, 30), s("58@######", 25.0, 12)],
        models: &[m(&["P226"], P9, PI), m(&["P320"], P9, PI), m(&["P229"], SW40, PI), m(&["P365"], P9, PI)],
    },
    Maker {
        share: 40.0,
        spellings: &["Walther", "Carl Walther", "WALTHER"],
        series: &[s("######", 30.0, 1), s("@@####", 30.0, 500), s("######@", 40.0, 12)],
        models: &[m(&["PPK"], ACP380, PI), m(&["P99"], P9, PI), m(&["P22"], LR, PI), m(&["P38"], P9, PI)],
    },
    Maker {
        share: 50.0,
        spellings: &["CZ", "Ceska Zbrojovka", "CZUB"],
        series: &[
            s("@######", 40.0, 12),
            s("@@####", 20.0, 600),
            s("@@@@###", 20.0, 9000),
            s("######", 20.0, 1),
        ],
        models: &[m(&["75"], P9, PI), m(&["83"], ACP380, PI), m(&["85"], P9, PI), m(&["52"], TOK, PI)],
    },
    Maker {
        share: 40.0,
        spellings: &["FN Herstal", "FN", "Fabrique Nationale"],
        series: &[
            s("245@@#####", 30.0, 40),
            s("@@#####", 30.0, 60),
            s("@######", 20.0, 8),
            s("######", 20.0, 1),
        ],
        models: &[
            m(&["Hi-Power", "HP"], P9, PI),
            m(&["FNP-9"], P9, PI),
            m(&["FAL"], R308, RA),
            m(&["509"], P9, PI),
        ],
    },
    Maker {
        share: 45.0,
        spellings: &["Norinco", "NORINCO", "China North Industries"],
        series: &[s("#######", 50.0, 1), s("########", 40.0, 1), s("######", 10.0, 1)],
        models: &[m(&["54", "Type 54"], TOK, PI), m(&["56", "Type 56"], R39, RA), m(&["SKS"], R39, RI)],
    },
    Maker {
        share: 35.0,
        spellings: &["Zastava", "Crvena Zastava", "ZASTAVA"],
        series: &[s("######", 30.0, 1), s("@-######", 40.0, 8), s("M70@#####", 30.0, 10)],
        models: &[m(&["M70"], R39, RA), m(&["M57"], TOK, PI), m(&["M88"], P9, PI)],
    },
    Maker {
        share: 35.0,
        spellings: &["Izhmash", "Izhevsk", "Kalashnikov"],
        series: &[s("@@####", 50.0, 600), s("#######", 50.0, 1)],
        models: &[m(&["AKM"], R39, RA), m(&["Saiga"], GA, SP), m(&["AK-74"], R556, RA)],
    },
    Maker {
        share: 25.0,
        spellings: &["Heckler & Koch", "H&K", "HK"],
        series: &[s("2#-######", 60.0, 1), s("@#####", 15.0, 20), s("1##-######", 25.0, 1)],
        models: &[m(&["USP"], P9, PI), m(&["P30"], P9, PI), m(&["G3"], R308, RA), m(&["P7"], P9, PI)],
    },
    Maker {
        share: 35.0,
        spellings: &["Remington", "Remington Arms", "REMINGTON"],
        series: &[s("@######@", 30.0, 300), s("@@#####@", 40.0, 1500), s("@#######", 30.0, 4)],
        models: &[m(&["870"], GA, SP), m(&["700"], R308, RB), m(&["1100"], GA, SP)],
    },
    Maker {
        share: 30.0,
        spellings: &["Mossberg", "O.F. Mossberg", "MOSSBERG"],
        series: &[s("@######", 50.0, 14), s("@@######", 30.0, 20), s("#######", 20.0, 1)],
        models: &[m(&["500"], GA, SP), m(&["590"], GA, SP), m(&["Maverick 88"], GA, SP)],
    },
    Maker {
        share: 20.0,
        spellings: &["Winchester", "WINCHESTER", "USRAC"],
        series: &[s("@#######", 60.0, 5), s("#######", 40.0, 1)],
        models: &[m(&["94"], R308, RL), m(&["70"], R308, RB), m(&["1300"], GA, SP)],
    },
    Maker {
        share: 20.0,
        spellings: &["Savage", "Savage Arms", "SAVAGE"],
        series: &[s("@######", 60.0, 12), s("#######", 40.0, 1)],
        models: &[m(&["110"], R308, RB), m(&["Axis"], R308, RB), m(&["Mark II"], LR, RB)],
    },
    Maker {
        share: 20.0,
        spellings: &["Mauser", "Mauser-Werke", "MAUSER"],
        series: &[s("####@", 8.0, 26), s("#####@", 42.0, 26), s("######", 50.0, 1)],
        models: &[m(&["98", "K98"], R308, RB), m(&["HSc"], ACP380, PI), m(&["P08"], P9, PI)],
    },
    Maker {
        share: 15.0,
        spellings: &["Tula", "TOZ", "Tula Arsenal"],
        series: &[s("@@####", 70.0, 500), s("#####", 10.0, 1), s("@@#####", 20.0, 60)],
        models: &[m(&["TT-33", "TT"], TOK, PI), m(&["SVT-40"], R308, RI)],
    },
    Maker {
        share: 10.0,
        spellings: &["Hi-Point", "HI-POINT", "Hi Point"],
        series: &[s("P#######", 40.0, 1), s("P1#######", 30.0, 1), s("X#######", 30.0, 1)],
        models: &[m(&["C9", "C-9"], P9, PI), m(&["JHP"], ACP45, PI), m(&["CF380"], ACP380, PI)],
    },
];
