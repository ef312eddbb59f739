//! Finds the type in a text that holds more than its name: a maker, a calibre, how it works.

use super::super::fold;
use super::{GunType, Table};

/// Words of more than a type have no end; a type of more words than this has no name.
const LONGEST: usize = 6;

/// The one type that the words of a text name, with the action that the others tell; none where two types contradict
/// each other (`pistol grip shotgun`).
pub(super) fn find<'a>(table: &'a Table, text: &str) -> Option<&'a GunType> {
    let words = fold::words(text);
    if holds(&words, &table.imitation) {
        return by_code(table, "Z");
    }
    let (mut kinds, mut is_long, mut rest) = (Vec::new(), false, Vec::new());
    let mut at = 0;
    while at < words.len() {
        let longest = (words.len() - at).min(LONGEST);
        let name = (1..=longest).rev().find_map(|length| {
            let name = words.get(at..at + length)?.concat();
            table.names.only(&name).map(|row| (length, name, row))
        });
        match name {
            Some((length, name, row)) => {
                is_long |= table.long.contains(&name);
                kinds.extend(table.types.get(row));
                at += length;
            }
            None => {
                rest.extend(words.get(at).cloned());
                at += 1;
            }
        }
    }
    let kind = kinds.into_iter().map(Some).reduce(|a, b| either(a?, b?)).flatten()?;
    Some(with_action(table, kind, is_long, &rest).unwrap_or(kind))
}

/// The one of two types that tells more, if they do not contradict each other.
fn either<'a>(a: &'a GunType, b: &'a GunType) -> Option<&'a GunType> {
    match (a, b) {
        _ if a.code == b.code || b.code == "Z" => Some(a),
        _ if a.code == "Z" => Some(b),
        _ if a.first != b.first => None,
        _ => Some(if a.second.is_none() { b } else { a }),
    }
}

/// The type with the action that one of the words tells, if there is such a pair.
fn with_action<'a>(table: &'a Table, kind: &GunType, is_long: bool, words: &[String]) -> Option<&'a GunType> {
    let first = kind.code.get(..1)?;
    // A long gun is what has such an action: pumped ones and those of two barrels are shotguns.
    let firsts = if kind.code == "Z" && is_long { ["R", "S"] } else { [first, first] };
    let actions = table.action.iter().filter(|(letter, beginnings)| {
        // A word for pistol means one that loads itself, until it is said that it shoots gas or blanks.
        let is_open = kind.second.is_none() || matches!(letter.as_str(), "G" | "K");
        is_open && holds(words, beginnings)
    });
    actions.flat_map(|(letter, _)| firsts.map(|first| (first, letter))).find_map(|(first, letter)| {
        let rifle_of_shotguns = is_long && first == "R" && matches!(letter.as_str(), "P" | "E" | "O");
        by_code(table, &format!("{first}{letter}")).filter(|kind| kind.usual && !rifle_of_shotguns)
    })
}

/// Whether one word, or two written apart, begins with one of these.
fn holds(words: &[String], beginnings: &[String]) -> bool {
    let pairs = words.windows(2).map(<[String]>::concat);
    words.iter().cloned().chain(pairs).any(|word| beginnings.iter().any(|start| word.starts_with(start)))
}

fn by_code<'a>(table: &'a Table, code: &str) -> Option<&'a GunType> {
    table.codes.get(code).and_then(|row| table.types.get(*row))
}
