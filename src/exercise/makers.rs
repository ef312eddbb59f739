//! Makers with the shapes of their numbers: what turns up in police lists, in rough shares.
//!
//! In a shape `A` is a letter, `9` a figure, `Я` a Cyrillic letter, `%` two figures of the
//! year; all else stands for itself. The first letters of a shape change slowly, as makers
//! number in blocks.

/// A maker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Maker {
    /// As stamped.
    pub(super) make: &'static str,
    /// Country of manufacture.
    pub(super) country: &'static str,
    /// How often, of about three hundred.
    pub(super) share: usize,
    /// Shapes of its numbers.
    pub(super) shapes: &'static [&'static str],
    /// Models: name, calibre, type, first year.
    pub(super) models: &'static [Model],
}

/// Name, calibre, type and first year of a model.
pub(super) type Model = (&'static str, &'static str, &'static str, i16);

const fn maker(
    make: &'static str,
    country: &'static str,
    share: usize,
    shapes: &'static [&'static str],
    models: &'static [Model],
) -> Maker {
    Maker { make, country, share, shapes, models }
}

/// All of them.
pub(super) const MAKERS: &[Maker] = &[
    maker(
        "GLOCK",
        "AT",
        40,
        &["AAA999", "AAAA999"],
        &[("17", "9X19", "PI", 1986), ("19", "9X19", "PI", 1990), ("26", "9X19", "PI", 1996)],
    ),
    maker(
        "TAURUS",
        "BR",
        34,
        &["AAA999999", "9A999999"],
        &[("PT92", "9X19", "PI", 1983), ("G2C", "9X19", "PI", 2013), ("PT111", "9X19", "PI", 1997)],
    ),
    maker(
        "SMITH & WESSON",
        "US",
        34,
        &["AAA9999", "99A9999"],
        &[("10", ".38 SPL", "PR", 1957), ("642", ".38 SPL", "PR", 1996), ("SD9VE", "9X19", "PI", 2012)],
    ),
    maker(
        "BERETTA",
        "IT",
        18,
        &["A99999Z", "BER999999"],
        &[("92FS", "9X19", "PI", 1985), ("70", "7.65 BR", "PI", 1958)],
    ),
    maker(
        "FN",
        "BE",
        16,
        &["AA99999", "245AA99999"],
        &[("HI-POWER", "9X19", "PI", 1950), ("FAL", "7.62X51", "RA", 1954)],
    ),
    maker("CZ", "CZ", 16, &["A999999", "A9999"], &[("75", "9X19", "PI", 1976), ("83", "9X18", "PI", 1983)]),
    maker(
        "RUGER",
        "US",
        14,
        &["999-99999", "99-999999"],
        &[("P89", "9X19", "PI", 1987), ("MINI-14", ".223 REM", "RI", 1975)],
    ),
    maker(
        "COLT",
        "US",
        12,
        &["99A99999", "AA99999"],
        &[("1911", ".45 ACP", "PI", 1950), ("AR-15", ".223 REM", "RI", 1964)],
    ),
    maker(
        "ZASTAVA",
        "RS",
        12,
        &["A-999999", "999999"],
        &[("M70", "7.62X39", "RA", 1970), ("M57", "7.62X25", "PI", 1963)],
    ),
    maker(
        "SIG SAUER",
        "DE",
        10,
        &["U 999 999", "AA 99 999"],
        &[("P226", "9X19", "PI", 1984), ("P228", "9X19", "PI", 1989)],
    ),
    maker(
        "WALTHER",
        "DE",
        10,
        &["999999A", "AAA9999"],
        &[("PPK", "7.65 BR", "PI", 1950), ("P99", "9X19", "PI", 1997)],
    ),
    maker(
        "HECKLER & KOCH",
        "DE",
        8,
        &["24-999999", "129-999999"],
        &[("USP", "9X19", "PI", 1993), ("MP5", "9X19", "BA", 1966)],
    ),
    maker(
        "NORINCO",
        "CN",
        10,
        &["99999999", "9999999"],
        &[("54", "7.62X25", "PI", 1954), ("56", "7.62X39", "RA", 1956)],
    ),
    maker(
        "IZHMASH",
        "RU",
        10,
        &["ЯЯ 9999", "% ЯЯ 9999"],
        &[("AKM", "7.62X39", "RA", 1959), ("AK-74", "5.45X39", "RA", 1974)],
    ),
    maker("ROMARM", "RO", 6, &["9-99999-20%", "AA 9999 %"], &[("WASR-10", "7.62X39", "RI", 1990)]),
    maker(
        "REMINGTON",
        "US",
        10,
        &["A999999A", "AA999999A"],
        &[("870", "12 GA", "SP", 1951), ("700", ".308 WIN", "RB", 1962)],
    ),
    maker("MOSSBERG", "US", 10, &["A999999", "AA99999"], &[("500", "12 GA", "SP", 1961)]),
    maker(
        "WINCHESTER",
        "US",
        8,
        &["9999999", "A999999"],
        &[("94", ".30-30 WIN", "RL", 1950), ("1300", "12 GA", "SP", 1978)],
    ),
    maker(
        "BAIKAL",
        "RU",
        6,
        &["%99999", "9999999"],
        &[("IZH-27", "12 GA", "SO", 1973), ("IZH-18", "12 GA", "SS", 1964)],
    ),
    maker("IZHMECH", "RU", 6, &["ЯЯ 9999", "ЯЯ 999"], &[("MAKAROV", "9X18", "PI", 1951)]),
    maker("FEG", "HU", 6, &["A99999", "AA9999"], &[("PA-63", "9X18", "PI", 1963)]),
    maker("STAR", "ES", 6, &["999999", "9999999"], &[("B", "9X19", "PI", 1950)]),
    maker("CANIK", "TR", 6, &["T6472-% AA 99999"], &[("TP9SF", "9X19", "PI", 2015)]),
    maker("IMI", "IL", 4, &["AA 99999", "999999"], &[("UZI", "9X19", "BA", 1955)]),
    maker("ROSSI", "BR", 6, &["AA999999", "A999999"], &[("68", ".38 SPL", "PR", 1978)]),
    maker("ARMSCOR", "PH", 4, &["AA99999", "A999999"], &[("206", ".38 SPL", "PR", 1990)]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::{calibre, country, gun_type, make, model};

    #[test]
    fn the_tables_know_them_all() {
        let mut strange = Vec::new();
        for maker in MAKERS {
            let found = make::find(maker.make);
            if found.is_none() || country::by_code(maker.country).is_none() {
                strange.push(maker.make.to_owned());
            }
            for (name, bore, kind, _) in maker.models {
                let known = model::find(maker.make, name).is_some();
                if !known || calibre::find(bore).is_none() || !gun_type::valid(kind) {
                    strange.push(format!("{} {name} {bore} {kind} model known: {known}", maker.make));
                }
            }
        }
        assert!(strange.is_empty(), "{}", strange.join("\n"));
    }
}
