//! Letters and figures of other scripts, as the Latin ones that they look or sound like.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How a letter of another script is read.
///
/// Both readings are kept: a Serbian stamp `Р` was copied as `P` by one who saw it and as
/// `R` by one who could read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// As the Latin letter of the same shape.
    Look,
    /// As the Latin letter of the same sound.
    Sound,
}

/// Takes a text apart into base letters: compatibility forms resolved, accents dropped,
/// capitals kept as they are. The raised `º` of `nº` stays a sign and becomes no letter.
pub(super) fn bare(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    // The sign for "number" is a word of its own, and not two letters of what it is joined to.
    let text = text.replace('№', " No ");
    let signs = text.chars().map(|c| if matches!(c, 'º' | 'ª') { '°' } else { c });
    signs.nfkd().filter(|c| !is_combining_mark(*c)).collect()
}

/// A bare text in capitals, with letters of other scripts read as Latin ones and figures of
/// other scripts as European ones; whatever else it holds stays.
pub(super) fn latin(bare: &str, script: Script) -> String {
    if bare.is_ascii() {
        return bare.to_ascii_uppercase();
    }
    let mut out = String::with_capacity(bare.len());
    let capitals = bare.chars().flat_map(char::to_uppercase);
    for c in capitals.nfkd().filter(|c| !is_combining_mark(*c)) {
        if c.is_ascii() {
            out.push(c);
        } else if let Some(digit) = digit(c) {
            out.push(digit);
        } else if let Some(letters) = shape(c).filter(|_| script == Script::Look).or_else(|| sound(c)) {
            out.push_str(letters);
        } else {
            out.push(c);
        }
    }
    out
}

/// Most letters of another script in a number that is read in mixed ways, and most of those.
const MOST_MIXED: usize = 3;
const MOST_READINGS: usize = 6;

/// Readings of a number in which one letter is taken by its look and another by its sound, or
/// for something rarer; those by look or by sound throughout are not among them.
pub(super) fn mixed(bare: &str) -> Vec<String> {
    let foreign = bare.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
    if !(1..=MOST_MIXED).contains(&foreign) {
        return Vec::new();
    }
    let mut all = vec![String::new()];
    for c in bare.chars() {
        let mut one = [0; 4];
        let c = &*c.encode_utf8(&mut one);
        let mut readings = vec![latin(c, Script::Look), latin(c, Script::Sound)];
        readings.extend(c.chars().flat_map(char::to_uppercase).flat_map(rare).map(|text| (*text).to_owned()));
        readings.dedup();
        all =
            all.iter().flat_map(|front| readings.iter().map(move |read| format!("{front}{read}"))).collect();
    }
    let usual = [latin(bare, Script::Look), latin(bare, Script::Sound)];
    all.retain(|read| !usual.contains(read));
    all.truncate(MOST_READINGS);
    all
}

/// What a Cyrillic letter is taken for now and then: by one who never saw it, or in another
/// transliteration.
fn rare(c: char) -> &'static [&'static str] {
    match c {
        'И' => &["N"],
        'Я' => &["R", "IA"],
        'Ч' => &["4"],
        'Б' => &["6"],
        'Х' => &["KH"],
        'Ц' => &["TS"],
        'Ю' => &["IU"],
        'Ж' => &["J"],
        _ => &[],
    }
}

/// The first figure of each script whose ten figures stand in a row.
const ZEROS: [u32; 18] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810,
];

/// The European figure of an Arabic-Indic, Persian, Indian or South-East Asian one.
fn digit(c: char) -> Option<char> {
    let code = u32::from(c);
    ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))
        .and_then(|zero| char::from_digit(code - zero, 10))
}

/// The Latin letter of the same shape as a Cyrillic or Greek capital.
fn shape(c: char) -> Option<&'static str> {
    Some(match c {
        'А' | 'Α' => "A",
        'В' | 'Β' => "B",
        'С' | 'Ϲ' => "C",
        'Ԁ' => "D",
        'Е' | 'Ε' => "E",
        'Ԍ' => "G",
        'Н' | 'Η' | 'Һ' => "H",
        'І' | 'Ι' | 'Ӏ' => "I",
        'Ј' => "J",
        'К' | 'Κ' => "K",
        'М' | 'Μ' => "M",
        'Ν' => "N",
        'О' | 'Ο' => "O",
        'Р' | 'Ρ' => "P",
        'Ԛ' => "Q",
        'Ѕ' => "S",
        'Т' | 'Τ' => "T",
        'У' | 'Υ' | 'Ү' => "Y",
        'Ԝ' => "W",
        'Х' | 'Χ' => "X",
        'Ζ' => "Z",
        'З' => "3",
        _ => return None,
    })
}

/// The Latin letters of the same sound, as passports and phone calls have them.
fn sound(c: char) -> Option<&'static str> {
    Some(match c {
        'А' | 'Α' => "A",
        'Б' => "B",
        'Β' => "V",
        'В' => "V",
        'Г' | 'Γ' | 'Ґ' => "G",
        'Д' | 'Δ' => "D",
        'Ђ' | 'Đ' => "DJ",
        'Е' | 'Э' | 'Ε' | 'Є' => "E",
        'Ж' => "ZH",
        'З' | 'Ζ' => "Z",
        'Ѕ' => "DZ",
        'И' | 'І' | 'Η' | 'Ι' | 'Ы' => "I",
        'Ј' => "J",
        'К' | 'Κ' => "K",
        'Л' | 'Λ' => "L",
        'Љ' => "LJ",
        'М' | 'Μ' => "M",
        'Н' | 'Ν' => "N",
        'Њ' => "NJ",
        'О' | 'Ο' | 'Ω' => "O",
        'П' | 'Π' => "P",
        'Р' | 'Ρ' => "R",
        'С' | 'Σ' | 'Ϲ' => "S",
        'Т' | 'Τ' => "T",
        'Ћ' => "C",
        'У' => "U",
        'Υ' => "Y",
        'Ф' | 'Φ' => "F",
        'Х' => "H",
        'Χ' => "CH",
        'Ц' => "C",
        'Ч' => "CH",
        'Џ' => "DZ",
        'Ш' => "SH",
        'Щ' => "SHCH",
        'Ю' => "YU",
        'Я' => "YA",
        'Θ' => "TH",
        'Ξ' => "X",
        'Ψ' => "PS",
        'Ъ' | 'Ь' => "",
        'Ł' => "L",
        'Ø' => "O",
        'Æ' => "AE",
        'Œ' => "OE",
        'Þ' => "TH",
        'Ð' => "D",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cyrillic_has_two_readings() {
        assert_eq!(latin("РН 4512", Script::Look), "PH 4512");
        assert_eq!(latin("РН 4512", Script::Sound), "RN 4512");
        assert_eq!(latin("ГС1234", Script::Look), "GC1234");
        assert_eq!(latin("ГС1234", Script::Sound), "GS1234");
    }

    #[test]
    fn figures_of_other_scripts_are_figures() {
        assert_eq!(latin("٤٥٦٧٨", Script::Look), "45678");
        assert_eq!(latin("۱۲۳۴۰", Script::Look), "12340");
        assert_eq!(latin(&bare("１２３ＡＢ"), Script::Look), "123AB");
    }

    #[test]
    fn accents_go() {
        assert_eq!(latin(&bare("após ÇÃÉ ñ"), Script::Look), "APOS CAE N");
    }
}
