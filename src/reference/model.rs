//! Models: the many names of one gun, and numbers that are a model's name and not a serial.
use std::sync::LazyLock;

use serde::Deserialize;

use super::fold;
use super::make::{self, Make};
use super::table::{self, Names};

const ASSET: &str = include_str!("../../assets/models.toml");

/// Words that stand around a model's name and say nothing.
const FILLERS: &[&str] = &["MODEL", "MOD", "MODELO", "MODELE", "MODELL", "THE"];

/// A model of a make.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Code of its [`Make`].
    pub make: String,
    /// Name as it is shown.
    pub name: String,
    /// Usual gun type, a code of [`super::gun_type`].
    #[serde(rename = "type")]
    pub gun_type: String,
    /// Calibres it is made in, codes of [`super::calibre`], the usual one first; empty when seldom told.
    pub calibres: Vec<String>,
    /// Other names and variants.
    pub aliases: Vec<String>,
    /// Code of the [`Pattern`] it is one of; none when nobody else built it.
    #[serde(default)]
    pub pattern: Option<String>,
    /// The row says all there is: it was never made in another calibre or as another type.
    #[serde(default)]
    pub sure: bool,
    /// Its name in the form in which names are compared.
    #[serde(skip)]
    plain: String,
}

/// One gun that several makers built under several names: a FAL is an L1A1, a StG 58 and an M964.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// Short code of our own, unique.
    pub code: String,
    /// As it is shown.
    pub name: String,
    /// Its variants are taken for one another even where one maker built both (AK-47 and AKM).
    #[serde(default)]
    pub blurred: bool,
}

impl Model {
    /// Its make; none only if the tables disagree, which a test rules out.
    pub fn make(&self) -> Option<&'static Make> {
        make::by_code(&self.make)
    }
}

/// How two models stand to each other, their makes taken into account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The same name.
    Same,
    /// Two names or variants of one model.
    Alias,
    /// Two guns of one [`Pattern`], which are recorded for one another.
    Pattern,
    /// Two models of one make.
    Different,
    /// At least one is not known; other names of it may be.
    Unknown,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    pattern: Vec<Pattern>,
    model: Vec<Model>,
}

#[derive(Debug, Default)]
struct Table {
    patterns: Vec<Pattern>,
    models: Vec<Model>,
    /// Names within a make: `GLOCK/G19`.
    of_make: Names<usize>,
    /// Names of any make.
    names: Names<usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| read(ASSET).unwrap_or_default());

/// Every model, make by make in the order of [`make::all`].
pub fn all() -> &'static [Model] {
    &TABLE.models
}

/// Every pattern, in the order of the table.
pub fn patterns() -> &'static [Pattern] {
    &TABLE.patterns
}

/// The models of one pattern, whoever made them.
pub fn of_pattern(code: &str) -> impl Iterator<Item = &'static Model> {
    all().iter().filter(move |model| model.pattern.as_deref() == Some(code))
}

/// The models of a make, given by any of its names.
pub fn of_make(make: &str) -> impl Iterator<Item = &'static Model> {
    let codes = maker_codes(make);
    all().iter().filter(move |model| codes.contains(&model.make.as_str()))
}

/// The model of this make that a text names; with an empty make, the one that any make has under this name.
///
/// "Model", the make's own name before it and words behind it (`19 GEN 5`, `PT111 G2A 9MM`) do not count, and a model
/// that was written behind the make is found there.
pub fn find(make: &str, text: &str) -> Option<&'static Model> {
    let words: Vec<String> =
        fold::words(text).into_iter().filter(|word| !FILLERS.contains(&word.as_str())).collect();
    let codes = maker_codes(make);
    let row = if fold::key(make).is_empty() {
        TABLE.names.only(&words.concat())
    } else {
        let own_name = fold::words(make);
        let bare = words.strip_prefix(own_name.as_slice()).unwrap_or(&words);
        // "GLOCK 17" as the make and "GEN 5" as the model.
        let has_figure = |word: &&String| word.chars().any(|c| c.is_ascii_digit());
        let in_make =
            own_name.iter().skip_while(|word| !has_figure(word)).chain(&words).cloned().collect::<Vec<_>>();
        [words.as_slice(), bare, &in_make].into_iter().find_map(|words| {
            (1..=words.len()).rev().find_map(|length| {
                let key = words.get(..length)?.concat();
                codes.iter().find_map(|code| TABLE.of_make.only(&format!("{code}/{key}")))
            })
        })
    };
    row.and_then(|row| all().get(row))
}

/// Every model of any make that goes by exactly this name.
pub fn named(text: &str) -> impl Iterator<Item = &'static Model> {
    TABLE.names.get(&plain(text)).iter().filter_map(|row| all().get(*row))
}

/// How the models that two records name stand to each other.
///
/// Between two makes that are not one, only an equal name says something: a licensee's PPK is a PPK.
pub fn relation(make_a: &str, model_a: &str, make_b: &str, model_b: &str) -> Relation {
    let found = (find(make_a, model_a), find(make_b, model_b));
    relation_of_found((&plain(model_a), found.0), (&plain(model_b), found.1))
}

/// The same for names in their plain form with the models that were found for them.
pub(crate) fn relation_of_found(a: (&str, Option<&Model>), b: (&str, Option<&Model>)) -> Relation {
    if a.0.is_empty() || b.0.is_empty() {
        return Relation::Unknown;
    }
    if a.0 == b.0 {
        return Relation::Same;
    }
    match (a.1, b.1) {
        (Some(a), Some(b)) => relation_of(a, b),
        _ => Relation::Unknown,
    }
}

/// The same for two models that are already found.
pub fn relation_of(a: &Model, b: &Model) -> Relation {
    let same_name = a.plain == b.plain;
    let of_one_pattern = pattern(a).filter(|_| a.pattern == b.pattern);
    if a.make == b.make {
        return match of_one_pattern {
            _ if a.name == b.name => Relation::Alias,
            Some(pattern) if pattern.blurred => Relation::Pattern,
            _ => Relation::Different,
        };
    }
    match make::relation_of_codes(&a.make, &b.make) {
        make::Relation::Compatible { .. } if same_name => Relation::Alias,
        _ if of_one_pattern.is_some() => Relation::Pattern,
        make::Relation::Compatible { .. } | make::Relation::Unknown => Relation::Unknown,
        make::Relation::Same | make::Relation::Brand | make::Relation::Different => Relation::Different,
    }
}

/// The pattern of a model.
fn pattern(model: &Model) -> Option<&'static Pattern> {
    let code = model.pattern.as_deref()?;
    patterns().iter().find(|pattern| pattern.code == code)
}

/// The make and model whose name was typed as a serial: `10-5`, `642`, `M16A2`, `MOD 36`.
///
/// A model number in the place of the serial is a known error of entry; this is a warning, never a verdict. A bare number
/// counts only when it is a model's first name, and letters alone never do.
pub fn is_designation(number: &str) -> Option<(&'static Make, &'static Model)> {
    let model = designations(number).into_iter().next()?;
    Some((model.make()?, model))
}

/// Whether capitals and figures without a blank are the name of a model.
pub fn is_name(plain: &str) -> bool {
    !TABLE.names.get(plain).is_empty()
}

/// Every model whose name was typed as a serial, in the order of the table.
pub fn designations(number: &str) -> Vec<&'static Model> {
    let key = plain(number);
    let bare_number = key.chars().all(|c| c.is_ascii_digit());
    if key.chars().count() < 2 || !key.chars().any(|c| c.is_ascii_digit()) {
        return Vec::new();
    }
    let named = TABLE.names.get(&key).iter().filter_map(|row| all().get(*row));
    let mut found: Vec<&Model> = named.filter(|model| !bare_number || plain(&model.name) == key).collect();
    found.extend(change_of_model(number));
    found
}

/// Smith & Wesson marks a change of a model behind a dash: `10-5` is the fifth change of the 10.
fn change_of_model(number: &str) -> Option<&'static Model> {
    let (model, change) = number.trim().rsplit_once('-')?;
    let model = plain(model);
    let figures = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit())
    };
    (figures(&model, 4) && figures(change.trim(), 2))
        .then(|| TABLE.of_make.only(&format!("SW/{model}")))?
        .and_then(|row| all().get(row))
}

/// A name in the form in which names are compared: no case, blanks, signs or words for "model".
pub(crate) fn plain(text: &str) -> String {
    fold::words(text).into_iter().filter(|word| !FILLERS.contains(&word.as_str())).collect()
}

/// Codes of the makers that a text names, a guess included.
pub(super) fn maker_codes(make: &str) -> Vec<&'static str> {
    make::meanings(make)
        .into_iter()
        .filter(|meaning| meaning.kind.names_the_maker() || meaning.kind == make::Kind::Fuzzy)
        .map(|meaning| meaning.make.code.as_str())
        .collect()
}

fn read(text: &str) -> Result<Table, String> {
    let mut file = File::default();
    for piece in table::pieces(text) {
        let piece: File = table::from_toml(&piece)?;
        file.pattern.extend(piece.pattern);
        file.model.extend(piece.model);
    }
    let mut table = Table::default();
    for (position, model) in file.model.iter().enumerate() {
        for name in std::iter::once(&model.name).chain(&model.aliases) {
            let key = plain(name);
            table.of_make.add(format!("{}/{key}", model.make), position);
            table.names.add(key, position);
        }
    }
    table.patterns = file.pattern;
    table.models = file.model;
    table.models.iter_mut().for_each(|model| model.plain = plain(&model.name));
    Ok(table)
}

#[cfg(test)]
mod tests;
