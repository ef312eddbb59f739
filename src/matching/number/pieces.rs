//! Which words of an entry are its number, and which were said about it.
//!
//! A serial is figures, with letters joined to them or a few beside them (`1974 AB 1234`,
//! `KD 73519`). A longer word that stands by itself is a remark in whatever language it is
//! (`12345 visível`, `BRASÃO 12345`), so no list has to know it; lists have the short ones.

use super::entry::{self, Word};
use super::letters::{self, Script};
use super::{foreign, words, years};
use crate::domain::evidence::NotSerial;
use crate::domain::gun::Place;
use crate::reference::calibre;

/// A number among the words of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its words, with blanks between them.
    pub text: String,
    /// The part of the gun that a word beside it names.
    pub place: Option<Place>,
    /// What it is, where a word beside it says that it is no number of this gun.
    pub is: Option<NotSerial>,
}

/// Letters of a word that is no prefix or suffix of a number: Glock has four.
const LONG: usize = 5;
/// Figures of a number that a short word behind it does not belong to.
pub(super) const FULL: usize = 4;

/// Short words that belong to a remark when they stand at a number's end before another word,
/// or behind one: articles and prepositions of the languages of the forms.
const LITTLE: &str = "\
    E Y ET UND AND OU OR O OF ON IN THE IS AT BY NO NA NOS NAS DO DA DOS DAS DE DEL EL LA LAS LE LES LOS EN EM \
    COM CON POR PARA P AO AOS SUR SU DU DES AU AUX DANS IM AM AN AUF DER DIE DAS IL SUL DI DEI NEL MIT UM UN UMA \
    UNE UNA EIN NR NUM SZAM DIGS AVEC WITH PRI ILE ";

/// Words before what a gun has beside itself, or has not: the part that they name is not the
/// one that the number before them stands on.
const BESIDE: &str = "\
    COM CON WITH AVEC MIT C W S SEM SIN SANS SENZA OHNE BEZ WITHOUT ILE MAIS MAS PLUS ";

/// Short words that are never a part of a number.
const REMARKS: &str = "\
    ANO ANNO YEAR JAHR FIM APOS SOB TIPO ARMA ARME ARMI GUN VIA SEM SIN CEP SER EXT INT \
    RASP SUPR ELIM ENTF ILEG PARC ADULT ";

/// Beginnings of words before the last characters of a number, and before its first.
const ENDS: [&str; 12] = [
    "FINAL", "FINAIS", "TERMINA", "ENDING", "ENDS", "TERMINE", "ENDET", "LAST", "ULTIM", "LETZT", "DERNI",
    "POSLEDN",
];
const BEGINS: [&str; 9] =
    ["INICI", "COMECA", "BEGIN", "COMMENC", "EMPIEZA", "FIRST", "PRIMEIR", "PRIMER", "PERVY"];

/// The numbers among the words of one entry, each with the part that a word beside it names;
/// in an entry of a gun whose number was removed, as far as words tell.
pub(super) fn numbers(text: &str, removed: bool) -> Vec<Piece> {
    let words = entry::words(text);
    let mut reader = Reader { removed, ..Reader::default() };
    for at in 0..words.len() {
        reader.read(&words, at);
    }
    reader.close();
    // A part is named before its number, or behind it where none follows.
    if let (Some(piece), Some(place)) = (reader.found.last_mut(), reader.part.filter(|_| !reader.beside)) {
        piece.place = piece.place.or(Some(place));
    }
    let mut found = years::left_out(reader.found);
    // What was counted is no number: `c/ 2 carregadores`.
    if found.iter().any(|piece| figures(&piece.text) >= FULL) {
        found.retain(|piece| piece.place.is_some() || figures(&piece.text) >= 3 || has_gap(&piece.text));
    }
    // A number beside a bare calibre is not there.
    if let Some(is) = reader.is.filter(|_| !found.iter().any(|piece| figures(&piece.text) >= 3)) {
        found = vec![Piece { text: text.to_owned(), is: Some(is), place: None }];
    }
    found.extend(reader.others);
    found
}

/// One entry on the way through its words.
#[derive(Debug, Default)]
struct Reader<'a> {
    found: Vec<Piece>,
    /// Numbers of another thing: a case, a seal.
    others: Vec<Piece>,
    /// Words of the number that is being read.
    at: Vec<&'a str>,
    /// The part that was named, as long as no number came behind it.
    part: Option<Place>,
    /// What a word for calibre before a calibre says of the whole.
    is: Option<NotSerial>,
    /// Whether the gun's own number was removed.
    removed: bool,
    /// Whether the last word was one of a remark.
    behind_word: bool,
    /// Whether a word for beside or without was read, and no number since.
    beside: bool,
    /// Whether only an end or a beginning of the number follows.
    ends: bool,
    begins: bool,
    /// Whether the next number is one of another thing.
    foreign: bool,
    /// Words up to here have been read.
    read: usize,
}

impl<'a> Reader<'a> {
    fn read(&mut self, words: &[Word<'a>], at: usize) {
        let word = words[at].text;
        let next = words.get(at + 1).map(|word| word.text);
        if at < self.read {
            return;
        }
        if self.names_calibre(words, at) {
            self.close_before_word();
            self.is = Some(NotSerial::Calibre);
        } else if years::is_marked(words, at) || (words.len() > 1 && years::is_date(word)) {
            self.behind_word = true;
        } else if has_figure(word) {
            self.read_figures(word, next);
        } else if is_label_inside(word) {
            self.behind_word = false;
        } else if let Some(place) = part(word) {
            self.close_before_word();
            (self.part, self.foreign) = (Some(place), false);
        } else if foreign::is_named(words, at, self.removed) {
            self.close_before_word();
            self.foreign = true;
        } else if words[at].is_label && !begins_with(&ENDS, word) && !begins_with(&BEGINS, word) {
            self.close_before_word();
            self.behind_word = false;
        } else if is_remark(word)
            || begins_with(&ENDS, word)
            || (self.behind_word && is_in(LITTLE, word))
            || self.is_said_behind(word, next)
        {
            self.close_before_word();
            self.beside |= is_in(BESIDE, word) || is_none(word);
            self.foreign &= !foreign::ends(&plain(word));
            self.ends |= begins_with(&ENDS, word);
            self.begins |= begins_with(&BEGINS, word);
        } else {
            self.at.push(word);
        }
    }

    fn read_figures(&mut self, word: &'a str, next: Option<&str>) {
        self.behind_word = false;
        if self.foreign {
            self.foreign = false;
            let text = word.to_owned();
            self.others.push(Piece { text, place: None, is: Some(NotSerial::Mark) });
            self.behind_word = true;
            return;
        }
        // The last 4: 5127.
        let counted = word.len() == 1 && self.at.is_empty() && next.is_some();
        if !(counted && (self.ends || self.begins)) {
            self.at.push(word);
        }
    }

    /// Whether a calibre stands here with a word for it; it is passed over.
    fn names_calibre(&mut self, words: &[Word<'a>], at: usize) -> bool {
        let name = plain(words[at].text);
        if !matches!(
            name.as_str(),
            "CAL" | "CALIBRE" | "CALIBER" | "CALIBRO" | "CALIB" | "KAL" | "KALIBER" | "KALIBR"
        ) {
            return false;
        }
        let behind = |count: usize| words.get(at + 1..at + 1 + count);
        let known = (1..=2).rev().find(|count| {
            behind(*count).is_some_and(|words| {
                let text: Vec<&str> = words.iter().map(|word| word.text).collect();
                let most = text.iter().all(|word| word.chars().filter(|c| c.is_numeric()).count() < FULL);
                most && calibre::find(&letters::latin(&text.join(" "), Script::Look)).is_some()
            })
        });
        self.read = at + 1 + known.unwrap_or(0);
        known.is_some()
    }

    /// Whether a short word behind a number begins what is said about it: `45127 com 6 munições`.
    /// At the very end it may be a suffix.
    fn is_said_behind(&self, word: &str, next: Option<&str>) -> bool {
        let full = self.at.iter().map(|word| figures(word)).sum::<usize>() >= FULL;
        let stroke = matches!(word, "C/" | "c/" | "S/" | "s/" | "W/" | "w/");
        let little = word.chars().filter(|c| c.is_alphabetic()).count() >= 2 && is_in(LITTLE, word);
        let year = self.at.len() == 1 && years::is_year(self.at[0]);
        (full || stroke) && !year && (stroke || (little && next.is_some()))
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
            self.found.push(Piece { text, place: self.part.take(), is: None });
            (self.ends, self.begins, self.beside) = (false, false, false);
        }
        self.at.clear();
    }
}

/// The part that a text names first, if the number beside it stands on that.
pub(super) fn named_part(text: &str) -> Option<Place> {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.find_map(|word| match part(word) {
        Some(place) => Some(Some(place)),
        None => (is_in(BESIDE, word) || is_none(word)).then_some(None),
    })?
}

/// Whether a word has what is read of a number: a figure, or a sign for what was not read.
pub(super) fn has_figure(word: &str) -> bool {
    word.chars().any(char::is_numeric) || has_gap(word)
}

fn has_gap(word: &str) -> bool {
    word.contains(['?', '*', '['])
}

fn figures(text: &str) -> usize {
    text.chars().filter(|c| c.is_numeric()).count()
}

/// Whether a word is a number by itself: five characters, four of them figures.
pub(super) fn is_full(word: &str) -> bool {
    figures(word) >= FULL && word.chars().filter(|c| c.is_alphanumeric()).count() > FULL
}

/// Whether a word says that a number follows, in the middle of one: `AB Nr. 1234`, `А № 1234`.
pub(super) fn is_label_inside(word: &str) -> bool {
    matches!(
        word,
        "No" | "Nr" | "N°" | "n°" | "No." | "Nr." | "no." | "nr." | "NR." | "NO." | "-" | "n" | "n."
    ) || matches!(word, "S/N" | "s/n" | "SN." | "N.°" | "n.°" | "N.")
}

/// Whether a word says that another reading of a number follows.
pub(super) fn is_joint(word: &str) -> bool {
    matches!(by_sound(word).as_str(), "OU" | "OR" | "O" | "ODER" | "ILI" | "E" | "Y" | "ET" | "UND" | "AND")
}

/// Whether a word tells nothing of the number by itself, wherever it is joined to one.
pub(super) fn is_listed(word: &str) -> bool {
    part(word).is_some() || is_none(word) || foreign::is_word(&plain(word))
}

/// Whether a word is one for none or removed.
fn is_none(word: &str) -> bool {
    words::is_stem(&plain(word)) || words::is_stem(&by_sound(word))
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

pub(super) fn is_in_by_sound(list: &str, word: &str) -> bool {
    let word = by_sound(word);
    list.split_whitespace().any(|listed| listed == word)
}

fn begins_with(list: &[&str], word: &str) -> bool {
    let (look, sound) = (plain(word), by_sound(word));
    list.iter().any(|listed| look.starts_with(listed) || sound.starts_with(listed))
}

/// The letters and figures of a word in Latin capitals.
pub(super) fn plain(word: &str) -> String {
    letters::latin(word, Script::Look).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The same with letters of other scripts by their sound.
pub(super) fn by_sound(word: &str) -> String {
    letters::latin(word, Script::Sound).chars().filter(|c| c.is_alphanumeric()).collect()
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
        numbers(text, false).into_iter().map(|piece| (piece.text, piece.place)).collect()
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
