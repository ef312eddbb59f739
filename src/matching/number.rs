//! A stamped number in the one form in which numbers are stored and compared.

mod amount;
mod brackets;
pub(crate) mod designation;
mod entry;
mod foreign;
mod label;
mod letters;
mod marks;
mod pieces;
mod plain;
mod second;
mod words;
mod years;

use super::pattern::{Cell, Pattern};
use crate::domain::evidence::NotSerial;
use crate::domain::gun::Place;
use crate::reference::{calibre, model};
use letters::Script;
use pieces::Piece;
pub(crate) use plain::{LONGEST_PLAIN, plain_serial};
pub(crate) use second::Second;
use std::fmt;

/// A number in capitals and figures, without blanks, hyphens, dots, slashes and labels;
/// `?`, `*` and `[38]` stay.
///
/// Letters of other scripts are read by their look; the reading by sound is a second key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Norm(String);

impl Norm {
    /// Normalises a field: its first number.
    pub fn of(text: &str) -> Self {
        Pattern::lenient(text).norm()
    }

    /// Takes what a pattern wrote.
    pub(crate) fn already(text: String) -> Self {
        Self(text)
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which look-alikes are one.
    pub fn skeleton(&self) -> Skeleton {
        Skeleton(self.0.chars().map(fold).collect())
    }
}

impl fmt::Display for Norm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A number whose look-alikes are read as one: the key by which equal numbers are found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Skeleton(String);

impl Skeleton {
    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The figure for which a letter is taken.
///
/// NCIC turns O into 0 and warns of 5/S and 2/Z; I, L and 1, B and 8, G and 6 are one stroke
/// apart in stamps. Q, D and 0, U and V, 1 and 7, 3 and 8 stay apart: they are cheap to
/// mistake, and folding them would make one number of two that makers do tell apart.
pub(crate) const fn fold(c: char) -> char {
    match c {
        'O' => '0',
        'I' | 'L' => '1',
        'Z' => '2',
        'S' => '5',
        'G' => '6',
        'B' => '8',
        other => other,
    }
}

/// What a number's field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// A serial, or what could be read of one.
    Serial,
    /// Something else.
    NotSerial(NotSerial),
}

/// Tells a serial from words for none, fillers, models, calibres and patent marks.
pub fn classify(text: &str) -> NumberKind {
    let mut found = take_apart(text);
    if found.is_empty() { NumberKind::NotSerial(NotSerial::Words) } else { found.swap_remove(0).kind }
}

/// The first serial in a field, in the form in which numbers are compared.
pub fn serial_in(text: &str) -> Option<Norm> {
    let found = take_apart(text).into_iter().next().filter(|taken| taken.kind == NumberKind::Serial);
    found.map(|taken| taken.look.norm()).filter(|norm| !norm.as_str().is_empty())
}

/// One number of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    /// What it is.
    pub kind: NumberKind,
    /// Its text in Latin capitals, signs included.
    pub latin: String,
    /// Its reading by look.
    pub look: Pattern,
    /// Its reading by sound, when that differs.
    pub sound: Option<Pattern>,
    /// What it may be without something that stands beside it: the name of a maker or model, a
    /// licence number, a second number.
    pub rests: Vec<Second>,
    /// The part of the gun that a remark names.
    pub place: Option<Place>,
}

/// The Latin text of the first number in a field, for reading as a pattern.
pub(crate) fn main_text(text: &str) -> String {
    let parts = label::split(&letters::bare(text));
    let first = numbers_of(&parts).into_iter().next();
    first.map(|(number, _)| letters::latin(&number.text, Script::Look)).unwrap_or_default()
}

/// Every number of a field.
pub(crate) fn take_apart(text: &str) -> Vec<Taken> {
    let parts = label::split(&letters::bare(text));
    // A remark with a number of its own speaks of that one.
    let own = |said: &&String| said.chars().any(char::is_numeric);
    let remarked = parts.remarks.iter().filter(|said| !own(said)).find_map(|said| pieces::named_part(said));
    let mut taken: Vec<Taken> = numbers_of(&parts)
        .into_iter()
        .map(|(number, entry)| take(&Piece { place: number.place.or(remarked), ..number }, entry))
        .filter(|taken| !taken.look.cells().is_empty())
        .collect();
    // What is a serial comes first, so that a word beside it does not hide it.
    taken.sort_by_key(|taken| taken.kind != NumberKind::Serial);
    taken
}

fn take(number: &Piece, entry: &str) -> Taken {
    let bare = number.text.as_str();
    let latin = letters::latin(bare, Script::Look);
    let look = Pattern::read_latin(&latin).0;
    let sounding = letters::latin(bare, Script::Sound);
    let sound = if bare.is_ascii() { look.clone() } else { Pattern::read_latin(&sounding).0 };
    let mut kind = number.is.map_or_else(|| kind_of(&latin, &look), NumberKind::NotSerial);
    let is_open = matches!(kind, NumberKind::Serial | NumberKind::NotSerial(NotSerial::Words));
    if is_open && !bare.is_ascii() {
        let word = || words::is_word(&sounding).then_some(NotSerial::Words);
        kind = words::none(&sounding).or_else(word).map_or(kind, NumberKind::NotSerial);
    }
    let rests = match kind {
        NumberKind::Serial => second::readings(&letters::latin(entry, Script::Look), bare, &latin, &look),
        NumberKind::NotSerial(_) => Vec::new(),
    };
    Taken { kind, sound: Some(sound).filter(|sound| *sound != look), rests, latin, look, place: number.place }
}

/// The numbers of a field, each with the entry that it stands in: what was said beside a word
/// for "removed" when that holds one (`ELIMINADO (194562)`), else the field's own.
fn numbers_of(parts: &label::Parts) -> Vec<(Piece, &str)> {
    let removed = parts.numbers.iter().any(|text| says_none(text));
    if removed || parts.numbers.is_empty() {
        let all = || parts.numbers.iter().chain(&parts.remarks);
        let read = all().flat_map(|text| {
            pieces::numbers(text, true).into_iter().map(move |piece| (piece, text.as_str()))
        });
        let read: Vec<(Piece, &str)> =
            read.filter(|(piece, _)| piece.is.is_none() && is_restored(&piece.text)).collect();
        if !read.is_empty() {
            return read;
        }
        // The word says it; a number beside it that is of another thing does not.
        let said = parts.numbers.iter().find(|text| says_none(text));
        return said.or_else(|| all().next()).map(|text| whole(text)).into_iter().collect();
    }
    let mut own: Vec<(Piece, &str)> = parts.numbers.iter().flat_map(|text| pieces_of(text)).collect();
    // Numbers of a case or a seal are left where the gun's own is not there.
    if own.iter().any(|(piece, _)| piece.is.is_none() && pieces::has_figure(&piece.text)) {
        own.retain(|(piece, _)| piece.is.is_none());
    }
    let beside: Vec<Piece> = parts.remarks.iter().flat_map(|text| remarked(text, &own)).collect();
    own.into_iter().chain(beside.into_iter().map(|piece| (piece, ""))).collect()
}

/// Numbers that a remark tells: those of a part that it names, and those of the form that the
/// number before it has, which are another reading of it.
fn remarked(text: &str, own: &[(Piece, &str)]) -> Vec<Piece> {
    if !text.chars().any(char::is_numeric) {
        return Vec::new();
    }
    let part = pieces::named_part(text).is_some();
    let text = text.split_once(' ').filter(|(word, _)| pieces::is_joint(word)).map_or(text, |(_, rest)| rest);
    let form = |text: &str| -> String {
        let signs = text.chars().filter(|c| c.is_alphanumeric());
        signs.map(|c| if c.is_numeric() { '9' } else { 'A' }).collect()
    };
    let alike = |piece: &Piece| {
        pieces::is_full(&piece.text) && own.iter().any(|(own, _)| form(&own.text) == form(&piece.text))
    };
    let read = pieces::numbers(text, false).into_iter();
    read.filter(|piece| piece.is.is_none() && is_restored(&piece.text) && (part || alike(piece))).collect()
}

/// The numbers of one entry; all of it where it is one word, no number, or known as a whole.
fn pieces_of(text: &str) -> Vec<(Piece, &str)> {
    let latin = letters::latin(text, Script::Look);
    let known = entry::words(text).len() < 2
        || words::names_a_model(&latin)
        || marks::is_common_mark(&latin)
        || is_calibre(&latin);
    let found = if known { Vec::new() } else { pieces::numbers(text, false) };
    match found.len() {
        0 => vec![whole(text)],
        // What stands behind the last word is the other number.
        2.. => found.into_iter().map(|piece| (piece, "")).collect(),
        _ => found.into_iter().map(|piece| (piece, text)).collect(),
    }
}

fn whole(text: &str) -> (Piece, &str) {
    (Piece { text: text.to_owned(), ..Piece::default() }, text)
}

/// Whether an entry is a word for none, removed or unreadable, read by look or by sound.
fn says_none(bare: &str) -> bool {
    words::says_none(&letters::latin(bare, Script::Look))
        || (!bare.is_ascii() && words::says_none(&letters::latin(bare, Script::Sound)))
}

/// Whether a text says in words that there is nothing to tell, in whatever field: `não consta`.
pub(crate) fn says_nothing(text: &str) -> bool {
    says_none(&letters::bare(text))
}

/// Whether a number beside a word for "removed" is one that somebody restored: four known
/// characters with figures among them, and not a year alone.
fn is_restored(text: &str) -> bool {
    let known = Pattern::read_latin(&letters::latin(text, Script::Look)).0.known();
    let figures = text.chars().filter(|c| c.is_numeric()).count();
    known >= 4 && figures >= 2 && !years::is_year(text)
}

fn kind_of(latin: &str, look: &Pattern) -> NumberKind {
    let norm = look.norm();
    NumberKind::NotSerial(if let Some(is) = words::none(latin) {
        is
    } else if look.known() == 0 {
        NotSerial::Unread
    } else if look.has_gaps() {
        return NumberKind::Serial;
    } else if marks::is_common_mark(latin) {
        NotSerial::Mark
    } else if is_calibre(latin) {
        NotSerial::Calibre
    } else if words::names_a_model(latin) || model::is_designation(latin).is_some() {
        NotSerial::Model
    } else if words::is_filler(norm.as_str()) {
        NotSerial::Placeholder
    } else if words::is_word(latin) {
        NotSerial::Words
    } else {
        return NumberKind::Serial;
    })
}

/// Whether the text is a calibre: the table knows it, and it is more than bare figures, for
/// 357 and 410 are numbers too, and no number stands beside it, as in `12 GA 45127`.
fn is_calibre(latin: &str) -> bool {
    let figures = latin.chars().filter(|c| c.is_alphanumeric()).all(char::is_numeric);
    let marked = latin.trim_start().starts_with('.') || latin.contains("CAL");
    let number = |word: &str| pieces::is_full(word) && calibre::find(word).is_none();
    (!figures || marked) && calibre::find(latin).is_some() && !latin.split_whitespace().any(number)
}

/// The pattern without the letters that stand between figures; nothing when there are none.
///
/// NCIC ignores them: a search for 369J257 brings 369257 and 369M257 too, while prefix and
/// suffix letters are compared.
pub(crate) fn core(look: &Pattern) -> Option<Pattern> {
    if look.has_gaps() {
        return None;
    }
    let cells = look.cells();
    let kept: Vec<Cell> =
        (0..cells.len()).filter(|at| !is_embedded(cells, *at)).map(|at| cells[at].clone()).collect();
    (kept.len() < cells.len()).then(|| look.with_cells(kept))
}

/// Whether a letter stands between figures. An O among them is the figure 0, as in NCIC; one
/// before or behind all of them may be a letter of a prefix.
fn is_embedded(cells: &[Cell], at: usize) -> bool {
    let figure = |cell: &Cell| matches!(cell, Cell::Char(c) if c.is_numeric());
    let letter = matches!(cells[at], Cell::Char(c) if !is_figure(c));
    letter && cells[..at].iter().any(figure) && cells[at + 1..].iter().any(figure)
}

/// Whether a character counts as a figure where figures stand on both sides; O is zero, as in
/// NCIC.
pub(crate) fn is_figure(c: char) -> bool {
    c.is_numeric() || c == 'O'
}

/// How many characters a number begins with that are zeros to fill it up: O is one of them
/// where a figure follows, and else a letter.
pub(crate) fn leading_zeros(characters: impl Iterator<Item = char> + Clone) -> usize {
    let zeros = characters.clone().take_while(|c| matches!(c, '0' | 'O')).count();
    match characters.clone().nth(zeros) {
        Some(next) if !next.is_numeric() => characters.take_while(|c| *c == '0').count(),
        _ => zeros,
    }
}

#[cfg(test)]
mod tests;
