//! Calibres as families: one cartridge goes by many names, and some names are shared by several cartridges.
use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::table::{self, Names};

mod written;

use written::{Point, parts};

const ASSET: &str = include_str!("../../assets/calibres.toml");

/// One family: a cartridge under all its names, or a text that is too short to tell which (`.38`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibre {
    /// As it is shown and stored. Unique.
    pub code: String,
    /// What kind of barrel it is shot from.
    pub bore: Bore,
    /// Other names of the same cartridge.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Families that are often written for this one, or fit the same gun.
    #[serde(default)]
    pub near: Vec<String>,
    /// Families that this text may mean; empty when it means one.
    #[serde(default)]
    pub covers: Vec<String>,
    /// The one of those that it nearly always means (`9 mm`), if there is one.
    pub usual: Option<String>,
}

impl Calibre {
    /// True when the text was too short to say which cartridge.
    pub fn is_vague(&self) -> bool {
        !self.covers.is_empty()
    }

    /// The family that is meant most of the time: its own, or the usual one of a short text.
    pub fn commonly(&self) -> &str {
        self.usual.as_ref().unwrap_or(&self.code)
    }
}

/// What kind of barrel a calibre belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bore {
    /// Pistols, revolvers and submachine guns.
    Pistol,
    /// Rifles and machine guns.
    Rifle,
    /// Rimfire, whatever the gun.
    Rimfire,
    /// Smooth or wide bores: shotguns, flares.
    Gauge,
    /// Grenade launchers, mortars and cannon.
    Heavy,
    /// Air and gas guns, which shoot without powder.
    Air,
    /// Blank or gas cartridges.
    Blank,
}

/// How two calibres stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// One family.
    Same,
    /// Near twins, or one text is too short to tell.
    Near,
    /// Two families: with the type, a strong sign of two guns.
    Different,
    /// At least one is not known.
    Unknown,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    words: HashMap<String, String>,
    calibre: Vec<Calibre>,
}

#[derive(Debug, Default)]
struct Table {
    words: HashMap<String, String>,
    calibres: Vec<Calibre>,
    codes: HashMap<String, usize>,
    names: Names<usize>,
    /// Figures alone that mean more than with a point in front: `32` is a gauge too.
    unpointed: Names<usize>,
    /// Figures with a point between them, which are no others without it: `4.5` is not .45.
    decimals: Names<usize>,
    /// Figures in a row in a name, where there are many.
    long_runs: Vec<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| read(ASSET).unwrap_or_default());

/// Every family, in the order of the table.
pub fn all() -> &'static [Calibre] {
    &TABLE.calibres
}

/// The family with exactly this code.
pub fn by_code(code: &str) -> Option<&'static Calibre> {
    TABLE.codes.get(code).and_then(|row| all().get(*row))
}

/// The family that a text names, in whatever way it is written: `9 MM PARA`, `9x19`, `.38SPL`, `CAL 12`, `7,62×39`,
/// `32 ACP/7,65`.
pub fn find(text: &str) -> Option<&'static Calibre> {
    let text = without_decimal(without_diameter(text));
    one(text).or_else(|| either(text))
}

/// The Turkish word for a calibre counts with its cedilla only: without it `CAP 357` may be a serial.
fn without_diameter(text: &str) -> &str {
    let text = text.trim();
    ["çap", "Çap", "ÇAP"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text)
}

/// A whole number without the nought that a spreadsheet put behind it: `38.0` is .38, and not .380.
fn without_decimal(text: &str) -> &str {
    let whole = text.trim().strip_suffix(".0").or_else(|| text.trim().strip_suffix(",0"));
    whole.filter(|whole| whole.len() <= 2 && whole.bytes().all(|b| b.is_ascii_digit())).unwrap_or(text)
}

/// Two names with a stroke between them, where one includes the other.
fn either(text: &str) -> Option<&'static Calibre> {
    let (left, right) = text.split_once(['/', '(', '='])?;
    let (left, right) = (one(left)?, one(right)?);
    if left.code == right.code || right.covers.contains(&left.code) {
        Some(left)
    } else {
        left.covers.contains(&right.code).then_some(right)
    }
}

fn one(text: &str) -> Option<&'static Calibre> {
    let parts = parts(text, &TABLE.words);
    match written::bare(text, &parts) {
        Some((figures, Point::Behind(place))) => return decimal(figures, place),
        Some((figures, Point::None)) if parts.len() == 1 => {
            if let Some(row) = TABLE.unpointed.only(figures) {
                return all().get(row);
            }
        }
        _ => {}
    }
    let without_mm: Vec<&str> = parts.iter().map(String::as_str).filter(|part| *part != "MM").collect();
    let exact = [parts.concat(), without_mm.concat()];
    exact
        .iter()
        .find_map(|key| TABLE.names.only(key))
        .or_else(|| metric_in_front(&without_mm))
        .or_else(|| gauge(&without_mm))
        .and_then(|row| all().get(row))
}

/// Figures with a point between them: two that a stroke should part (`44.40`), or a measure in millimetres.
fn decimal(figures: &str, place: usize) -> Option<&'static Calibre> {
    let (whole, rest) = figures.split_at_checked(place)?;
    let parted = TABLE.names.only(&format!("{whole}/{rest}"));
    parted.or_else(|| TABLE.decimals.only(&written::decimal(figures, place))).and_then(|row| all().get(row))
}

/// Whether a run of capitals with figures behind it may name a calibre: it begins with a word
/// of calibres, or the table has it.
pub fn may_be_name(plain: &str) -> bool {
    let word = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(word, "MM" | "X") || TABLE.words.contains_key(word) || TABLE.names.only(plain).is_some()
}

/// Whether a name of a calibre has these figures, five or more, in a row.
pub fn has_figures(run: &str) -> bool {
    TABLE.long_runs.iter().any(|long| long.contains(run))
}

/// How the calibres that two texts name stand to each other.
pub fn relation(a: &str, b: &str) -> Relation {
    match (find(a), find(b)) {
        (Some(a), Some(b)) => relation_of(a, b),
        _ => {
            let (a, b) = (plain(a), plain(b));
            if a == b && !a.is_empty() { Relation::Same } else { Relation::Unknown }
        }
    }
}

/// A calibre in the form in which those are compared that the table does not know.
pub(crate) fn plain(text: &str) -> String {
    let parts = parts(text, &TABLE.words);
    match written::bare(text, &parts) {
        Some((figures, Point::Behind(place))) => written::decimal(figures, place),
        _ => parts.concat(),
    }
}

/// How two families stand to each other.
pub fn relation_of(a: &Calibre, b: &Calibre) -> Relation {
    let may_be = |calibre: &Calibre, code: &String| calibre.covers.contains(code);
    let usually = |vague: &Calibre, other: &Calibre| vague.usual.as_ref() == Some(&other.code);
    if a.code == b.code || usually(a, b) || usually(b, a) {
        Relation::Same
    } else if a.near.contains(&b.code) || may_be(a, &b.code) || may_be(b, &a.code) {
        Relation::Near
    } else if a.covers.iter().any(|code| may_be(b, code)) {
        // "9 mm" and ".38" have only a seldom meaning in common: that speaks neither for nor against.
        let unlikely = |a: &Calibre, b: &Calibre| a.usual.as_ref().is_some_and(|usual| !may_be(b, usual));
        if unlikely(a, b) || unlikely(b, a) { Relation::Unknown } else { Relation::Near }
    } else {
        Relation::Different
    }
}

/// A metric name with words behind it that the table does not know: `9x19 Blitz`.
fn metric_in_front(parts: &[&str]) -> Option<usize> {
    let cross = parts.iter().position(|part| *part == "X")?;
    (cross + 2..parts.len()).rev().find_map(|length| TABLE.names.only(&parts.get(..length)?.concat()))
}

/// A gauge with the word in front of it, or the length of the shell behind it: `GAUGE 12`, `12 GA 3 1/2`.
fn gauge(parts: &[&str]) -> Option<usize> {
    match parts {
        ["GA", figures] | [figures, "GA", ..] => TABLE.names.only(&format!("{figures}GA")),
        _ => None,
    }
}

fn read(text: &str) -> Result<Table, String> {
    let mut file = File::default();
    for piece in table::pieces(text) {
        let piece: File = table::from_toml(&piece)?;
        file.words.extend(piece.words);
        file.calibre.extend(piece.calibre);
    }
    let mut table = Table::default();
    // Names that may be another's without their point, or with one.
    let (mut unpointed, mut decimals) = (Vec::new(), Vec::new());
    for (position, calibre) in file.calibre.iter().enumerate() {
        table.codes.insert(calibre.code.clone(), position);
        for name in std::iter::once(&calibre.code).chain(&calibre.aliases) {
            let parts = parts(name, &file.words);
            let joined = parts.concat();
            let runs = joined.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() >= 5);
            table.long_runs.extend(runs.map(str::to_owned));
            match written::bare(name, &parts) {
                Some((figures, Point::Behind(place))) => {
                    table.decimals.add(written::decimal(figures, place), position);
                    decimals.push((joined, position));
                }
                Some((_, Point::None)) if parts.len() == 1 => unpointed.push((joined, position)),
                _ => table.names.add(joined, position),
            }
        }
    }
    for (name, position) in unpointed {
        let others = table.names.get(&name).iter().any(|row| *row != position);
        let names = if others { &mut table.unpointed } else { &mut table.names };
        names.add(name, position);
    }
    for (name, position) in decimals {
        if table.names.get(&name).is_empty() {
            table.names.add(name, position);
        }
    }
    (table.words, table.calibres) = (file.words, file.calibre);
    Ok(table)
}

#[cfg(test)]
mod tests;
