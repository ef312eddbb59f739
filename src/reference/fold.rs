//! Text brought to one form, so that case, accents, signs and spaces do not part what is the same.
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Upper-case letters and figures only, without accents: the form under which names are compared.
///
/// Letters that have no decomposition but are written without their stroke (Ł, Ø, Đ, ı) are brought to the letter
/// that people type for them. Other alphabets are kept: a Cyrillic name is not its Latin look-alike.
pub(crate) fn key(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_uppercase)
        .flat_map(|c| {
            let (first, second) = plain(c);
            std::iter::once(first).chain(second)
        })
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// The words of a text, each as its key; dots and apostrophes do not part a word ("S.A.", "Colt's"), all else does.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| {
        !(c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '.' | '\'' | '’' | '`'))
    })
    .map(key)
    .filter(|word| !word.is_empty())
    .collect()
}

fn plain(c: char) -> (char, Option<char>) {
    match c {
        'Ł' => ('L', None),
        'Ø' => ('O', None),
        'Đ' | 'Ð' => ('D', None),
        'Æ' => ('A', Some('E')),
        'Œ' => ('O', Some('E')),
        'Þ' => ('T', Some('H')),
        other => (other, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_signs_do_not_count() {
        for (text, expected) in [
            ("Česká zbrojovka a.s.", "CESKAZBROJOVKAAS"),
            ("Łucznik", "LUCZNIK"),
            ("Kırıkkale", "KIRIKKALE"),
            ("Jyväskylä", "JYVASKYLA"),
            ("S&W", "SW"),
            ("straße", "STRASSE"),
            ("ЦЗ", "ЦЗ"),
            ("", ""),
        ] {
            assert_eq!(key(text), expected, "{text}");
        }
    }

    #[test]
    fn dots_and_apostrophes_stay_inside_a_word() {
        assert_eq!(words("Colt's Mfg. Co., S.A."), ["COLTS", "MFG", "CO", "SA"]);
        assert_eq!(words("H&K  Oberndorf/N"), ["H", "K", "OBERNDORF", "N"]);
        assert!(words(" - ").is_empty());
    }
}
