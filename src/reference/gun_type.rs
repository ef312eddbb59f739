//! Gun types: two letters of the NCIC gun file, the first for what it is, the second for how it works.
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;

use super::fold;
use super::table::{self, Names};

const ASSET: &str = include_str!("../../assets/gun_types.toml");

/// A valid gun type, with its English words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GunType {
    /// One or two letters; one when the action was not recorded. Unique.
    pub code: String,
    /// What it is.
    pub first: String,
    /// How it works.
    pub second: Option<String>,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// True for pairs that exist; the others are well formed, and odd.
    pub usual: bool,
}

impl fmt::Display for GunType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.second.as_deref() {
            // A revolver is not called a "pistol, revolver".
            Some("revolver") if self.first == "pistol" => out.write_str("revolver"),
            Some("derringer") if self.first == "pistol" => out.write_str("derringer"),
            Some(second) => write!(out, "{}, {second}", self.first),
            None => out.write_str(&self.first),
        }
    }
}

/// How two gun types stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The same two letters.
    Same,
    /// Often recorded for one another, or one of them lacks the action.
    Near,
    /// Two types: with the calibre, a strong sign of two guns.
    Different,
    /// At least one is not a gun type.
    Unknown,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    first: BTreeMap<String, String>,
    second: BTreeMap<String, String>,
    usual: Vec<Vec<String>>,
    alone: Vec<Vec<String>>,
    near: BTreeMap<String, Vec<String>>,
    tails: Vec<String>,
}

#[derive(Debug, Default)]
struct Table {
    types: Vec<GunType>,
    names: Names<usize>,
    codes: BTreeMap<String, usize>,
    near: BTreeMap<String, Vec<String>>,
    tails: Vec<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| read(ASSET).unwrap_or_default());

/// Every valid type: the usual pairs, the commonest first, then single letters, then the odd pairs.
pub fn all() -> &'static [GunType] {
    &TABLE.types
}

/// Pairs that exist, the commonest first, and the single letters: what is offered while typing.
pub fn usual() -> impl Iterator<Item = &'static GunType> {
    all().iter().filter(|kind| kind.usual)
}

/// True for one or two letters that the NCIC tables know, in any case.
pub fn valid(code: &str) -> bool {
    describe(code).is_some()
}

/// What the letters mean; as text: "pistol, semi-automatic".
pub fn describe(code: &str) -> Option<&'static GunType> {
    TABLE.codes.get(&fold::key(code)).and_then(|row| all().get(*row))
}

/// The type that a text names: its letters, or words such as "pump shotgun", a calibre behind them or not
/// (`REVOLVER CAL 38`).
pub fn find(text: &str) -> Option<&'static GunType> {
    describe(text.trim()).or_else(|| named(text)).or_else(|| {
        let mut words = fold::words(text);
        while words.len() > 1 && words.last().is_some_and(|word| is_tail(word)) {
            words.pop();
        }
        TABLE.names.only(&words.concat()).and_then(|row| all().get(row))
    })
}

/// True for words that name a type and nothing else; letters of the code are none.
pub(crate) fn is_named(text: &str) -> bool {
    named(text).is_some()
}

fn named(text: &str) -> Option<&'static GunType> {
    TABLE.names.only(&fold::key(text)).and_then(|row| all().get(row))
}

fn is_tail(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit()) || TABLE.tails.iter().any(|tail| tail == word)
}

/// How the types that two texts name stand to each other.
pub fn relation(a: &str, b: &str) -> Relation {
    let (Some(a), Some(b)) = (find(a), find(b)) else { return Relation::Unknown };
    let lacks_action = |less: &GunType, more: &GunType| less.second.is_none() && less.first == more.first;
    if a.code == b.code {
        Relation::Same
    } else if lacks_action(a, b)
        || lacks_action(b, a)
        || a.code == "Z"
        || b.code == "Z"
        || TABLE.near.get(&a.code).is_some_and(|near| near.contains(&b.code))
    {
        Relation::Near
    } else {
        Relation::Different
    }
}

fn read(text: &str) -> Result<Table, String> {
    let file: File = table::from_toml(text)?;
    let mut table = Table { near: file.near, tails: file.tails, ..Table::default() };
    let mut listed: Vec<(String, Vec<String>, bool)> = Vec::new();
    for mut names in file.usual.into_iter().chain(file.alone) {
        if !names.is_empty() {
            let code = names.remove(0);
            listed.push((code, names, true));
        }
    }
    for first in file.first.keys() {
        for second in file.second.keys() {
            listed.push((format!("{first}{second}"), Vec::new(), false));
        }
    }
    for (code, aliases, usual) in listed {
        let (first, second) = code.split_at_checked(1).unwrap_or_default();
        let Some(first) = file.first.get(first).cloned() else {
            return Err(format!("{code}: no such first letter"));
        };
        let second = match second {
            "" => None,
            letter => Some(file.second.get(letter).cloned().ok_or(format!("{code}: no such second letter"))?),
        };
        if table.codes.contains_key(&code) {
            continue;
        }
        let position = table.types.len();
        table.codes.insert(code.clone(), position);
        for alias in &aliases {
            table.names.add(fold::key(alias), position);
        }
        table.types.push(GunType { code, first, second, aliases, usual });
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read() {
        let table = read(ASSET).expect("assets/gun_types.toml");
        assert_eq!(table.types.len(), 19 + 19 * 22);
        assert!(table.types.iter().filter(|kind| kind.usual).count() > 50);
    }

    #[test]
    fn no_word_means_two_types() {
        for (name, rows) in TABLE.names.iter() {
            assert_eq!(rows.len(), 1, "{name}");
        }
    }

    #[test]
    fn every_near_pair_is_near_from_both_sides() {
        for (code, near) in &TABLE.near {
            assert!(valid(code), "{code}");
            for other in near {
                assert!(
                    TABLE.near.get(other).is_some_and(|back| back.contains(code)),
                    "{other} does not name {code}"
                );
            }
        }
    }

    #[test]
    fn letters_and_words_are_found() {
        for (text, code, words) in [
            ("PI", "PI", "pistol, semi-automatic"),
            ("pi", "PI", "pistol, semi-automatic"),
            ("pistol", "PI", "pistol, semi-automatic"),
            ("PR", "PR", "revolver"),
            ("Revolver", "PR", "revolver"),
            ("Semi-Automatic Pistol", "PI", "pistol, semi-automatic"),
            ("RB", "RB", "rifle, bolt action"),
            ("rifle", "R", "rifle"),
            ("pump shotgun", "SP", "shotgun, pump action"),
            ("SMG", "BA", "submachine gun, automatic"),
            ("R", "R", "rifle"),
            ("револьвер", "PR", "revolver"),
            ("pistola semiautomática", "PI", "pistol, semi-automatic"),
            ("автомат", "RA", "rifle, automatic"),
            ("Bockflinte", "SO", "shotgun, over and under"),
            ("REVOLVER CAL. 38", "PR", "revolver"),
            ("PISTOLA 9MM", "PI", "pistol, semi-automatic"),
            ("espingarda de fabricação caseira", "S", "shotgun"),
            ("carabina de pressão", "RG", "rifle, gas or air"),
            ("GARRUCHA", "PS", "pistol, single shot"),
            ("doppietta", "SE", "shotgun, double barrel, side by side"),
            ("VI", "VI", "silencer, semi-automatic"),
        ] {
            let found = find(text).expect(text);
            assert_eq!((found.code.as_str(), found.to_string().as_str()), (code, words), "{text}");
        }
        for text in ["", "X", "P1", "PIX", "YY", "LP", "blue"] {
            assert_eq!(find(text), None, "{text}");
        }
        assert!(
            describe("PI").is_some_and(|kind| kind.usual) && describe("VI").is_some_and(|kind| !kind.usual)
        );
        assert_eq!(usual().next().map(|kind| kind.code.as_str()), Some("PI"));
    }

    #[test]
    fn what_can_be_taken_for_one_another_is_near() {
        use Relation::*;
        for (a, b, expected) in [
            ("PI", "pistol", Same),
            ("PI", "PR", Different),
            ("RI", "RA", Near),
            ("R", "RB", Near),
            ("PI", "RI", Different),
            ("PI", "Z", Near),
            ("PI", "9MM", Unknown),
        ] {
            assert_eq!(relation(a, b), expected, "{a} / {b}");
            assert_eq!(relation(b, a), expected, "{b} / {a}");
        }
    }
}
