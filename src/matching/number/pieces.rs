//! Which words of an entry are its number, and which were said about it.
//!
//! A serial is figures, with letters joined to them or a few beside them (`1974 AB 1234`,
//! `KD 73519`). A longer word that stands by itself is a remark in whatever language it is
//! (`12345 visível`, `BRASÃO 12345`), so no list has to know it; lists have the short ones.

use super::letters::{self, Script};
use super::words;
use crate::domain::gun::Place;

/// A number among the words of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its words, with blanks between them.
    pub text: String,
    /// The part of the gun that a word beside it names.
    pub place: Option<Place>,
}

/// Letters of a word that is no prefix or suffix of a number: Glock has four.
const LONG: usize = 5;

/// Short words that belong to a remark when they stand at a number's end before another word,
/// or behind one: articles and prepositions of the languages of the forms.
const LITTLE: &str = "\
    E Y ET UND AND OU OR O OF ON IN THE IS AT BY NO NA NOS NAS DO DA DOS DAS DE DEL EL LA LAS LE LES LOS EN EM \
    COM CON POR PARA P AO AOS SUR SU DU DES AU AUX DANS IM AM AN AUF DER DIE DAS IL SUL DI DEI NEL MIT UM UN UMA \
    UNE UNA EIN NR NUM SZAM DIGS ";

/// Short words that are never a part of a number.
const REMARKS: &str = "ANO ANNO YEAR JAHR FIM APOS SOB TIPO ARMA ARME ARMI GUN VIA SEM SIN CEP SER ";

/// Beginnings of words before the last characters of a number, and before its first.
const ENDS: [&str; 6] = ["FINAL", "TERMINA", "ENDING", "ENDS", "TERMINE", "ENDET"];
const BEGINS: [&str; 5] = ["INICI", "COMECA", "BEGIN", "COMMENC", "EMPIEZA"];

/// The numbers among the words of one entry, each with the part that a word beside it names.
pub(super) fn numbers(text: &str) -> Vec<Piece> {
    let mut reader = Reader::default();
    for word in text.split([' ', '\t', ':', '=', '"', '\'']).filter(|word| !word.is_empty()) {
        reader.read(word);
    }
    reader.close();
    // A part is named before its number, or behind it where none follows.
    if let (Some(piece), Some(place)) = (reader.found.last_mut(), reader.part) {
        piece.place = piece.place.or(Some(place));
    }
    without_years(reader.found)
}

/// One entry on the way through its words.
#[derive(Debug, Default)]
struct Reader<'a> {
    found: Vec<Piece>,
    /// Words of the number that is being read.
    at: Vec<&'a str>,
    /// The part that was named, as long as no number came behind it.
    part: Option<Place>,
    /// Whether the last word was one of a remark.
    behind_word: bool,
    /// Whether only an end or a beginning of the number follows.
    ends: bool,
    begins: bool,
}

impl<'a> Reader<'a> {
    fn read(&mut self, word: &'a str) {
        if has_figure(word) {
            self.at.push(word);
            self.behind_word = false;
        } else if is_label_inside(word) {
            self.behind_word = false;
        } else if let Some(place) = part(word) {
            self.close_before_word();
            self.part = Some(place);
        } else if is_remark(word) || (self.behind_word && is_in(LITTLE, word)) {
            self.close_before_word();
            self.ends |= begins_with(&ENDS, word);
            self.begins |= begins_with(&BEGINS, word);
        } else {
            self.at.push(word);
        }
    }

    /// Ends a number at a word: `12345 no cano`, `KL123?? 2 ilegiveis`.
    fn close_before_word(&mut self) {
        while self.at.last().is_some_and(|word| {
            let counted = self.at.len() > 1 && word.len() == 1 && word.as_bytes()[0].is_ascii_digit();
            counted || is_in(LITTLE, word)
        }) {
            self.at.pop();
        }
        self.close();
        self.behind_word = true;
    }

    fn close(&mut self) {
        if self.at.iter().any(|word| has_figure(word)) {
            let (start, end) = (if self.ends { "*" } else { "" }, if self.begins { "*" } else { "" });
            let text = format!("{start}{}{end}", self.at.join(" "));
            self.found.push(Piece { text, place: self.part.take() });
            (self.ends, self.begins) = (false, false);
        }
        self.at.clear();
    }
}

/// The part that a text names first.
pub(super) fn named_part(text: &str) -> Option<Place> {
    text.split(|c: char| !c.is_alphanumeric()).find_map(part)
}

/// A year that stands by itself beside other numbers is when something was, and no number.
fn without_years(mut found: Vec<Piece>) -> Vec<Piece> {
    if found.iter().any(|piece| !is_year(&piece.text)) {
        found.retain(|piece| !is_year(&piece.text));
    }
    found
}

/// Whether a text is a year in which guns were made.
pub(super) fn is_year(text: &str) -> bool {
    let century = ["18", "19", "20"].iter().any(|century| text.starts_with(century));
    text.len() == 4 && century && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a word has what is read of a number: a figure, or a sign for what was not read.
fn has_figure(word: &str) -> bool {
    word.chars().any(|c| c.is_numeric() || matches!(c, '?' | '*' | '['))
}

/// Whether a word says that a number follows, in the middle of one: `AB Nr. 1234`, `А № 1234`.
fn is_label_inside(word: &str) -> bool {
    matches!(word, "No" | "Nr" | "N°" | "n°" | "No." | "Nr." | "Nº" | "no." | "nr." | "-" | "n" | "n.")
}

fn is_remark(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    // A letter of its own beside figures is a prefix in every alphabet; Arabic words are short.
    let arabic = word.chars().any(|c| ('\u{600}'..'\u{700}').contains(&c));
    letters >= LONG || (arabic && letters >= 2) || is_in(REMARKS, word)
}

fn is_in(list: &str, word: &str) -> bool {
    let word = plain(word);
    list.split_whitespace().any(|listed| listed == word)
}

fn begins_with(list: &[&str], word: &str) -> bool {
    let word = plain(word);
    list.iter().any(|listed| word.starts_with(listed))
}

fn plain(word: &str) -> String {
    letters::latin(word, Script::Look).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn part(word: &str) -> Option<Place> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    words::part(&letters::latin(bare, Script::Look))
        .or_else(|| words::part(&letters::latin(bare, Script::Sound)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Place::{Barrel, Frame, Other, Slide};

    fn of(text: &str) -> Vec<(String, Option<Place>)> {
        numbers(text).into_iter().map(|piece| (piece.text, piece.place)).collect()
    }

    #[test]
    fn words_are_left_out_and_prefixes_are_not() {
        for (text, expected) in [
            ("KD 73519", "KD 73519"),
            ("1974 AB 1234", "1974 AB 1234"),
            ("BBKA 123", "BBKA 123"),
            ("BER 482315 Z", "BER 482315 Z"),
            ("12345 PMESP", "12345"),
            ("BRASAO 12345", "12345"),
            ("12345 raspado em parte", "12345"),
            ("AB Nr. 1234", "AB 1234"),
            ("12345 ANO 2019", "12345"),
            ("\u{631}\u{642}\u{645} 12345", "12345"),
        ] {
            assert_eq!(of(text), [(expected.to_owned(), None)], "{text}");
        }
        assert_eq!(of("12345 E")[0].0, "12345 E", "a suffix");
        assert_eq!(of("final 4567")[0].0, "*4567");
        assert_eq!(of("KL123?? - 2 ultimos ilegiveis")[0].0, "KL123??");
        assert!(of("REMOVIDA POR ACAO HUMANA").is_empty());
    }

    #[test]
    fn parts_belong_to_the_number_beside_them() {
        let one = |text: &str, place| (text.to_owned(), Some(place));
        assert_eq!(of("FRAME 12345 SLIDE 6789"), [one("12345", Frame), one("6789", Slide)]);
        assert_eq!(of("12345 no cano"), [one("12345", Barrel)]);
        assert_eq!(of("cano: 12345"), [one("12345", Barrel)]);
        assert_eq!(of("12345 e carregador 4471"), [("12345".to_owned(), None), one("4471", Other)]);
    }
}
