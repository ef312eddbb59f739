//! Countries, the vanished ones too, and who holds the records of those.
//!
//! Codes are ISO 3166-1 alpha-2; a withdrawn country has the four letters of ISO 3166-3 (`CSHH` Czechoslovakia, `CSXX`
//! Serbia and Montenegro), because two of them were `CS`.
use std::sync::LazyLock;

use serde::Deserialize;

use super::fold;
use super::table::Names;

const ASSET: &str = include_str!("../../assets/countries.csv");

/// One country of today or of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2, or the four letters of ISO 3166-3 for a withdrawn one. Unique.
    pub code: String,
    /// The two letters it has or had; a withdrawn one's may belong to another country today.
    pub alpha2: String,
    /// The three letters it has or had.
    pub alpha3: String,
    /// English short name.
    pub name: String,
    /// Other spellings, other languages and adjectives.
    pub aliases: Vec<String>,
    /// Set when the country no longer exists.
    pub withdrawn: Option<Withdrawn>,
}

/// What is left of a country that no longer exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// Year in which ISO 3166 withdrew the code.
    pub year: i16,
    /// Countries that hold its records, the likeliest first: where a trace goes.
    pub records_with: Vec<String>,
}

/// How two countries stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The same country.
    Same,
    /// One is a vanished country, the other holds its records: they do not contradict each other.
    Successor,
    /// Two countries.
    Different,
    /// At least one is not known.
    Unknown,
}

#[derive(Debug, Deserialize)]
struct Row {
    code: String,
    alpha2: String,
    alpha3: String,
    name: String,
    records_with: String,
    withdrawn: Option<i16>,
    aliases: String,
}

#[derive(Debug, Default)]
struct Table {
    countries: Vec<Country>,
    names: Names<usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| read(ASSET).unwrap_or_default());

/// Every country: those of today by code, then `XK`, then the withdrawn ones.
pub fn all() -> &'static [Country] {
    &TABLE.countries
}

/// The country with this code: two, three or four letters in any case.
///
/// A code that a country of today has means that country (`GE` is Georgia); a withdrawn one is found by its old letters
/// where they meant one country only (`SU`, `YU`, `DD`, not `CS`).
pub fn by_code(code: &str) -> Option<&'static Country> {
    let code = code.trim();
    let matches = |country: &&Country, code: &str| {
        country.code.eq_ignore_ascii_case(code)
            || country.alpha2.eq_ignore_ascii_case(code)
            || country.alpha3.eq_ignore_ascii_case(code)
    };
    let (withdrawn, today): (Vec<&Country>, Vec<&Country>) = all()
        .iter()
        .filter(|country| matches(country, code))
        .partition(|country| country.withdrawn.is_some());
    match (today.as_slice(), withdrawn.as_slice()) {
        ([country, ..], _) | ([], [country]) => Some(country),
        _ => None,
    }
}

/// The country that a text names: a code, a name, another spelling, an adjective, with or without "made in".
pub fn find(text: &str) -> Option<&'static Country> {
    let trimmed = text.trim();
    if let Some(country) = by_code(trimmed) {
        return Some(country);
    }
    let words = fold::words(trimmed);
    let without = |prefix: &[&str]| {
        words
            .iter()
            .map(String::as_str)
            .take(prefix.len())
            .eq(prefix.iter().copied())
            .then(|| words[prefix.len()..].concat())
    };
    [Some(words.concat()), without(&["MADE", "IN"]), without(&["THE"])].into_iter().flatten().find_map(
        |key| {
            let named = TABLE.names.only(&key).and_then(|row| all().get(row));
            // "U.S.A." is a code once the dots are gone.
            named.or_else(|| if key.len() <= 4 { by_code(&key) } else { None })
        },
    )
}

/// Withdrawn countries that had these two letters: `CS` was two of them.
pub fn withdrawn(alpha2: &str) -> Vec<&'static Country> {
    all()
        .iter()
        .filter(|country| country.withdrawn.is_some() && country.alpha2.eq_ignore_ascii_case(alpha2))
        .collect()
}

/// How the countries that two texts name stand to each other, for example "made in".
pub fn relation(a: &str, b: &str) -> Relation {
    let (Some(a), Some(b)) = (find(a), find(b)) else { return Relation::Unknown };
    if a.code == b.code {
        return Relation::Same;
    }
    let holds = |old: &Country, new: &Country| {
        old.withdrawn.as_ref().is_some_and(|withdrawn| withdrawn.records_with.contains(&new.code))
    };
    if holds(a, b) || holds(b, a) { Relation::Successor } else { Relation::Different }
}

fn read(text: &str) -> Result<Table, csv::Error> {
    let mut table = Table::default();
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    for row in reader.deserialize() {
        let row: Row = row?;
        let position = table.countries.len();
        let country = Country {
            withdrawn: row.withdrawn.map(|year| Withdrawn {
                year,
                records_with: row.records_with.split_whitespace().map(str::to_owned).collect(),
            }),
            aliases: row.aliases.split('|').filter(|alias| !alias.is_empty()).map(str::to_owned).collect(),
            code: row.code,
            alpha2: row.alpha2,
            alpha3: row.alpha3,
            name: row.name,
        };
        for name in std::iter::once(&country.name).chain(&country.aliases) {
            table.names.add(fold::words(name).concat(), position);
        }
        table.countries.push(country);
    }
    Ok(table)
}

#[cfg(test)]
mod tests;
