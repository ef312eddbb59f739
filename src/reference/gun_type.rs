//! Gun types: two letters of the NCIC gun file, the first for what it is, the second for how it works.
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;

use super::fold;
use super::table::{self, Names};

mod spoken;

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
    long: Vec<String>,
    imitation: Vec<String>,
    action: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Default)]
struct Table {
    types: Vec<GunType>,
    names: Names<usize>,
    codes: BTreeMap<String, usize>,
    near: BTreeMap<String, Vec<String>>,
    /// Folded words for any long gun, which may be a rifle or a shotgun.
    long: Vec<String>,
    /// Beginnings of words for what only looks like a gun.
    imitation: Vec<String>,
    /// Beginnings of words for how it works, by the second letter.
    action: BTreeMap<String, Vec<String>>,
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

/// The type that a text names: the letters of a pair that exists, words such as "pump shotgun", or any other two letters.
///
/// Words come before odd pairs, as clerks abbreviate (`PT` is a pistola, and hardly a recoilless pistol). What the words
/// do not name as a whole, the one type among them does, whatever stands around it (`REVOLVER TAURUS CAL 38`), with a
/// word for how it works (`espingarda Boito de dois canos`). Two types that contradict each other are none.
pub fn find(text: &str) -> Option<&'static GunType> {
    let letters = describe(text.trim());
    letters
        .filter(|kind| kind.usual)
        .or_else(|| named(text))
        .or(letters)
        .or_else(|| spoken::find(&TABLE, text))
}

/// True for words that name a type and nothing else; letters of the code are none.
pub(crate) fn is_named(text: &str) -> bool {
    named(text).is_some()
}

fn named(text: &str) -> Option<&'static GunType> {
    TABLE.names.only(&fold::key(text)).and_then(|row| all().get(row))
}

/// How the types that two texts name stand to each other.
pub fn relation(a: &str, b: &str) -> Relation {
    let (Some(a), Some(b)) = (find(a), find(b)) else { return Relation::Unknown };
    let lacks_action = |less: &GunType, more: &GunType| less.second.is_none() && less.first == more.first;
    if a.code == b.code {
        Relation::Same
    } else if !a.usual || !b.usual {
        // No gun is an odd pair: one of its letters is a slip, and which is not known.
        if a.first == b.first { Relation::Near } else { Relation::Unknown }
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
    let fold = |words: Vec<String>| words.iter().map(|word| fold::key(word)).collect();
    let mut table = Table {
        near: file.near,
        long: fold(file.long),
        imitation: fold(file.imitation),
        action: file.action.into_iter().map(|(letter, words)| (letter, fold(words))).collect(),
        ..Table::default()
    };
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
    // A rifle and a shotgun are both long guns, and no letter stands for either.
    if let Some(other) = table.codes.get("Z") {
        table.long.iter().for_each(|name| table.names.add(name.clone(), *other));
    }
    Ok(table)
}

#[cfg(test)]
mod tests;
