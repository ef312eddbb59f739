//! Entries that tell nothing about a gun: who made it is not said by `hechiza`, `made in Brazil`, `9 mm` or `XXX`.
//!
//! Two guns of no known maker are not of one maker, so such an entry must count as if the field were empty.
use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{calibre, country, fold, gun_type, table};

const ASSET: &str = include_str!("../../assets/unsaid.toml");

/// Words of the table, folded.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    self_made: Vec<String>,
    unstated: Vec<String>,
    alone: Vec<String>,
    idle: HashSet<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| table::from_toml(ASSET).unwrap_or_default());

/// True when an entry in any field is a blank: no letter and no figure, or one sign over and over (`XXX`, `999`, `0`).
///
/// One figure, or the same twice, may be a model (`5`, `44`); only noughts and X never are.
pub fn is_blank(text: &str) -> bool {
    let signs = fold::key(text);
    let mut rest = signs.chars();
    let Some(first) = rest.next() else { return true };
    rest.clone().all(|sign| sign == first) && (matches!(first, '0' | 'X' | 'Х') || rest.count() >= 2)
}

/// True when an entry in any field says in words that it was not found out or not written down.
pub fn is_unstated(text: &str) -> bool {
    let words = fold::words(text);
    // Nothing but words such as "other" or "no mark"; a short one may be a model's letters.
    let idle = words.iter().all(|word| TABLE.idle.contains(word)) && words.iter().any(|word| word.len() > 3);
    idle || says(&words, &TABLE.unstated) || TABLE.alone.contains(&words.join(" "))
}

/// True when an entry, in the field of a make, says nothing about who made the gun.
///
/// It has no letters or only one, is a blank, says that the gun is self-made or that nothing is stated, or holds nothing
/// but a country, a gun type, a calibre and words around them. A maker whom the tables know may go by such a name
/// (`66`, `Armas`): ask [`super::make`] first.
pub fn names_no_maker(text: &str) -> bool {
    let words = fold::words(text);
    let letters = words.iter().flat_map(|word| word.chars()).filter(|sign| sign.is_alphabetic()).count();
    letters < 2
        || is_blank(text)
        || is_unstated(text)
        || says(&words, &TABLE.self_made)
        || is_of_something_else(text)
        || is_something_else(&words)
}

/// Whether one word, or two written apart, begins with one of these.
fn says(words: &[String], beginnings: &[String]) -> bool {
    let pairs = words.windows(2).map(<[String]>::concat);
    words.iter().cloned().chain(pairs).any(|word| beginnings.iter().any(|start| word.starts_with(start)))
}

/// Whether a text is a country, a type or a calibre.
fn is_of_something_else(text: &str) -> bool {
    let figures = text.chars().any(char::is_numeric);
    // Two or three letters are rather a maker's initials than a country's code or a type's.
    let long = text.chars().filter(|sign| sign.is_alphabetic()).count() > 3;
    (long && (gun_type::is_named(text) || country::find(text).is_some()))
        || (figures && calibre::find(text).is_some())
}

/// Whether nothing is left without idle words and figures but such things, each for itself or all together.
fn is_something_else(words: &[String]) -> bool {
    let told = |word: &&String| word.chars().any(char::is_alphabetic) && !TABLE.idle.contains(*word);
    let rest: Vec<&str> = words.iter().filter(told).map(String::as_str).collect();
    rest.iter().all(|word| is_of_something_else(word)) || is_of_something_else(&rest.join(" "))
}

#[cfg(test)]
mod tests;
