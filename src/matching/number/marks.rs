//! Patent, catalogue and proof marks, which every gun of a kind carries.

use crate::reference::country;

/// What an entry of such a mark begins with.
const BEGINNINGS: [&str; 4] = ["PATENT", "BREVET", "BREVS", "PATPEND"];
/// The same, before a sign or a blank.
const FIRST: [&str; 7] = ["PAT.", "PAT ", "CAT.", "CAT ", "BREV.", "BREV ", "PATS"];
/// Words of patents, registered marks and proof, wherever they stand beside figures and months.
const WORDS: &str = "\
    PAT PATD PATS USPAT BREV BREVS BTE SGDG DRP DRPA DRGM DBP DBPA DBGM DEP DEPOSE GESCH CIP PATENTADO PATENTADA ";
/// Words beside them.
const BESIDE: &str = "US USA IN NO NOS NR AND THE BY OTHERS PENDING MOD MODELO AUSL APPLIED FOR ";
/// Months, by their first letters in the languages of such marks.
const MONTHS: &str = "\
    JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC ENE ABR AGO DIC FEV MAI SET OUT DEZ AVR JUI AOU OKT GEN GIU LUG OTT ";
/// Figures of a number that may follow a prefix of three letters which is also short for
/// "patent" or "catalogue".
const PREFIXED: usize = 3;

/// Whether a text in bare capitals is a mark that every gun of the kind carries.
pub(super) fn is_common_mark(text: &str) -> bool {
    let joined: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    if joined.starts_with("DRGM")
        || BEGINNINGS.iter().any(|mark| joined.starts_with(mark))
        || matches!(joined.as_str(), "DRP" | "PAT" | "BREV")
    {
        return true;
    }
    let text = text.trim();
    if is_prefixed(text) {
        return false;
    }
    let words = words(text);
    if text.starts_with("MADE IN") {
        return words
            .iter()
            .skip(2)
            .all(|word| is_figures(word) || is_in(BESIDE, word) || country::find(word).is_some());
    }
    let mark = |word: &str| is_in(WORDS, word) || word.starts_with("PATENT") || word.starts_with("BREVET");
    let registered = joined.starts_with("MARCAREG");
    let beside = |word: &str| is_figures(word) || is_in(BESIDE, word) || is_date(word);
    let own = |word: &String| word.len() > PREFIXED && !is_figures(word) && !is_date(word) && has_both(word);
    let begins = FIRST.iter().any(|mark| text.starts_with(mark)) && !words.iter().any(own);
    begins
        || registered
        || (words.len() >= 2
            && words.iter().any(|word| mark(word))
            && words.iter().all(|word| mark(word) || beside(word)))
}

/// `CAT 123` is the number CAT123 with a blank in it.
fn is_prefixed(text: &str) -> bool {
    let number = text.split_once(' ').filter(|(word, _)| matches!(*word, "PAT" | "CAT"));
    number.is_some_and(|(_, number)| number.len() == PREFIXED && is_figures(number))
}

/// Words with the letters of `D.R.P.` as one.
fn words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut spelt = false;
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let letter = word.len() == 1 && word.starts_with(char::is_alphabetic);
        match found.last_mut().filter(|_| letter && spelt) {
            Some(last) => last.push_str(word),
            None => found.push(word.to_owned()),
        }
        spelt = letter;
    }
    found
}

/// A month with or without the day joined to it: `SEPT`, `APR20`.
fn is_date(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let month = letters.get(..3).filter(|_| letters.bytes().all(|b| b.is_ascii_alphabetic()));
    month.is_some_and(|month| is_in(MONTHS, month)) && word.len() - letters.len() <= 4 && letters.len() <= 9
}

fn is_figures(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

fn has_both(word: &str) -> bool {
    word.chars().any(char::is_numeric) && word.chars().any(char::is_alphabetic)
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_known_word_by_word() {
        for text in [
            "PATD APR.20.1897 SEPT.9.1902",
            "USPAT 4539889",
            "U.S. PAT. 4,539,889",
            "US PAT 4539889",
            "DRP 453988",
            "D.R.P. 453988",
            "DBP 453988",
            "CIP 453988",
            "MOD. DEP. 453988",
            "MARCA REG. 4539889",
            "MARCA REGISTRADA",
            "MADE IN USA 1976",
            "MADE IN GERMANY",
            "PATENT PENDING",
            "PATENTED AUG 1902",
            "BREVETS S.G.D.G.",
            "BTE SGDG 4512",
            "CAT. 4321",
            "CAT 43210",
            "PAT. 1911",
        ] {
            assert!(is_common_mark(text), "{text}");
        }
    }

    #[test]
    fn serials_are_not_marks() {
        for text in [
            "CAT 123",
            "PAT 456",
            "PAT456",
            "CAT45127",
            "MAT45127",
            "DRP45127",
            "CIP4539",
            "DEP 45127 KL",
            "KL45127",
            "MAR 45127",
            "PAT. 1911 KL45127",
            "USA45127",
            "45127",
            "MADE IN USA KL45127",
        ] {
            assert!(!is_common_mark(text), "{text}");
        }
    }
}
