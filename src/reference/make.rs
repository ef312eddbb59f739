//! Makes: whose gun it is, and what the other names on it mean.
//!
//! A gun may carry up to four names, and police write down any of them. So each name has a kind; only the company itself
//! and its brands say who made the gun, all others are compatible with it and no more.
mod file;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use super::fold;
use super::one_edit::OneEdit;
use super::table::Names;
use super::unsaid;

const ASSET: &str = include_str!("../../assets/makes.toml");

/// How many letters a cut-off name must have to be taken for the longer one.
const CUT_OFF_AT: usize = 8;

/// One maker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Make {
    /// Short code of our own: capitals and figures, unique.
    pub code: String,
    /// Name as it is shown.
    pub name: String,
    /// Country of manufacture, a code of [`super::country`].
    pub country: String,
    /// Every country that stands on its guns as theirs; empty where the table does not know them all.
    pub made_in: Vec<String>,
    /// The table of models has every gun of this make, so what is not there it never made.
    pub models_complete: bool,
    /// Serials began again each year or in each letter block, so the year of manufacture belongs to the number.
    pub numbering_restarts: bool,
    /// Names that may stand on its guns, with their kind, the nearest kind first.
    pub aliases: Vec<Alias>,
    /// Codes of makers that built or sold its guns, or whose guns it built or sold, with the tie.
    ties: Vec<(String, Kind)>,
}

/// A name that may stand on a maker's guns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// As it is usually written.
    pub text: String,
    /// What it says about the maker.
    pub kind: Kind,
}

/// What a name on a gun says about its maker, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The company itself, in this or another spelling.
    Company,
    /// A trade name of the company.
    Brand,
    /// Another maker that built the same gun, by licence or as a copy.
    Licensee,
    /// A dealer that brought the gun in.
    Importer,
    /// A town or works.
    Place,
    /// A sign of the factory, described in words.
    Mark,
    /// Nothing known, but one letter from a name of the maker: a guess, never written in the table.
    Fuzzy,
}

impl Kind {
    /// True when the name says who made the gun.
    pub const fn names_the_maker(self) -> bool {
        matches!(self, Self::Company | Self::Brand)
    }
}

/// What a text says about a maker.
#[derive(Debug, Clone, Copy)]
pub struct MakeMatch {
    /// The maker.
    pub make: &'static Make,
    /// How the text is tied to it.
    pub kind: Kind,
}

impl PartialEq for MakeMatch {
    fn eq(&self, other: &Self) -> bool {
        // Both come from the one table: the same row is the same place.
        std::ptr::eq(self.make, other.make) && self.kind == other.kind
    }
}

impl Eq for MakeMatch {}

impl MakeMatch {
    /// What ties two makers that both texts name: a licence or a dealer of one company is that of all its names.
    fn tie_of_makers(&self, other: &Self) -> Option<Kind> {
        let both = self.kind.names_the_maker() && other.kind.names_the_maker();
        let mut ties = self.make.ties.iter().filter(|_| both);
        ties.find(|(code, _)| *code == other.make.code).map(|(_, kind)| *kind)
    }
}

/// How the makes that two texts name stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// One maker, or one brand, in whatever spelling.
    Same,
    /// One is a brand of the other: they agree.
    Brand,
    /// They may speak of one gun; the kind is the weaker tie (never company or brand).
    Compatible {
        /// What the weaker name is to the maker.
        kind: Kind,
    },
    /// Two makers.
    Different,
    /// At least one is not in the table, or says nothing about who made the gun.
    Unknown,
}

impl Relation {
    /// True when both texts name one maker.
    pub const fn agrees(self) -> bool {
        matches!(self, Self::Same | Self::Brand)
    }
}

#[derive(Debug, Default)]
struct Table {
    legal_forms: HashSet<String>,
    fillers: HashSet<String>,
    makes: Vec<Make>,
    codes: HashMap<String, usize>,
    names: Names<(usize, Kind)>,
    /// Names of companies and brands, for slips of the hand.
    misspelt: OneEdit,
    /// Folded names that several makers share, as the table declares them.
    shared: Vec<String>,
    /// Names of companies and brands in order, for names that a form cut off.
    ordered: BTreeMap<String, (usize, Kind)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| file::read(ASSET).unwrap_or_default());

/// Every make, in the order of the table.
pub fn all() -> &'static [Make] {
    &TABLE.makes
}

/// The make with this code, in any case.
pub fn by_code(code: &str) -> Option<&'static Make> {
    let row = TABLE.codes.get(code.trim().to_ascii_uppercase().as_str())?;
    all().get(*row)
}

/// True when the table declares that several makers go by this name (`Browning`).
pub fn is_shared(name: &str) -> bool {
    TABLE.shared.contains(&without_legal_form(fold::words(name), &TABLE.legal_forms).concat())
}

/// What a text most likely says about the maker: the nearest kind, then the first in the table.
pub fn find(text: &str) -> Option<MakeMatch> {
    meanings(text).into_iter().next()
}

/// Everything that a text may say about makers, the nearest kind first.
///
/// Legal forms, accents, signs and case do not count; a name may be followed by a town or a model (`GLOCK 19`), and may
/// have been cut off by a form (`SMITH AND WESSO`). A text that nothing fits, and that is one slip from the name of one
/// maker (`SMITTH & WESSON`), may be that maker: [`Kind::Fuzzy`].
pub fn meanings(text: &str) -> Vec<MakeMatch> {
    let words = fold::words(text);
    let named = without_legal_form(words, &TABLE.legal_forms);
    let key = named.concat();
    let plain = without(&named, &TABLE.fillers).concat();
    let mut rows = [key.as_str(), plain.as_str()]
        .map(|key| TABLE.names.get(key))
        .into_iter()
        .find(|rows| !rows.is_empty());
    let leading = leading_name(&named);
    if rows.is_none() {
        rows = leading;
    }
    let mut found: Vec<(usize, Kind)> = match rows {
        Some(rows) => rows.to_vec(),
        None => cut_off(&key).or_else(|| guessed(text, &named, &plain)).into_iter().collect(),
    };
    found.sort_by_key(|(row, kind)| (*kind, *row));
    found.into_iter().filter_map(|(row, kind)| Some(MakeMatch { make: all().get(row)?, kind })).collect()
}

/// How the makes that two texts name stand to each other.
pub fn relation(a: &str, b: &str) -> Relation {
    let (left, right) = (meanings(a), meanings(b));
    if is_guess(&left) || is_guess(&right) {
        let (a, b) = (fold::key(a), fold::key(b));
        if a == b && !a.is_empty() {
            return Relation::Same;
        }
    }
    relation_of(&left, &right)
}

/// The same for the codes of two makers in the table, which is faster.
pub(crate) fn relation_of_codes(a: &str, b: &str) -> Relation {
    /// What each code says of makers when it is read as a text.
    static MEANINGS: LazyLock<HashMap<&str, Vec<MakeMatch>>> =
        LazyLock::new(|| all().iter().map(|make| (make.code.as_str(), meanings(&make.code))).collect());
    match (MEANINGS.get(a), MEANINGS.get(b)) {
        (Some(a), Some(b)) => relation_of(a, b),
        _ => Relation::Unknown,
    }
}

/// The same for texts whose [`meanings`] are already known.
pub fn relation_of(a: &[MakeMatch], b: &[MakeMatch]) -> Relation {
    let pairs = || a.iter().flat_map(|left| b.iter().map(move |right| (left, right)));
    let ties = pairs().filter_map(|(left, right)| {
        let one_is_the_maker = left.kind.names_the_maker() || right.kind.names_the_maker();
        // Two dealers or two copyists of one maker say nothing about each other, unless it is the same name twice.
        (left.make.code == right.make.code && (one_is_the_maker || a == b)).then(|| left.kind.max(right.kind))
    });
    let tied = ties.min().or_else(|| pairs().filter_map(|(left, right)| left.tie_of_makers(right)).min());
    match tied {
        Some(Kind::Company) => Relation::Same,
        Some(Kind::Brand) if a == b => Relation::Same,
        Some(Kind::Brand) => Relation::Brand,
        Some(kind) => Relation::Compatible { kind },
        None if names_a_maker(a) && names_a_maker(b) => Relation::Different,
        None => Relation::Unknown,
    }
}

/// True when nothing says for certain whom the text means: one text is then the same as itself, whoever it is.
pub fn is_guess(meanings: &[MakeMatch]) -> bool {
    meanings.iter().all(|meaning| meaning.kind == Kind::Fuzzy)
}

fn names_a_maker(meanings: &[MakeMatch]) -> bool {
    meanings.iter().any(|meaning| meaning.kind.names_the_maker())
}

fn without(words: &[String], left_out: &HashSet<String>) -> Vec<String> {
    words.iter().filter(|word| !left_out.contains(word.as_str())).cloned().collect()
}

/// A name that is nothing but a legal form stays as it is.
fn without_legal_form(words: Vec<String>, legal_forms: &HashSet<String>) -> Vec<String> {
    let named = without(&words, legal_forms);
    if named.is_empty() { words } else { named }
}

/// A maker's name at the front, with something else behind it.
fn leading_name(words: &[String]) -> Option<&'static [(usize, Kind)]> {
    (1..words.len()).rev().find_map(|length| {
        let key = words.get(..length)?.concat();
        let rows = TABLE.names.get(&key);
        let safe = key.chars().count() >= 4
            || words.get(length..)?.iter().all(|word| word.chars().any(|c| c.is_ascii_digit()));
        (safe && rows.iter().any(|(_, kind)| kind.names_the_maker())).then_some(rows)
    })
}

/// The one maker whose name begins like this, if the text is long enough to tell.
fn cut_off(key: &str) -> Option<(usize, Kind)> {
    if key.chars().count() < CUT_OFF_AT {
        return None;
    }
    let mut longer = TABLE.ordered.range(key.to_owned()..).take_while(|(name, _)| name.starts_with(key));
    let (_, first) = longer.next()?;
    longer.all(|(_, other)| other.0 == first.0).then_some(*first)
}

/// A word that says who made the gun to nobody is none's misspelt name, however near it lies: Finland is not Inland.
fn guessed(text: &str, words: &[String], plain: &str) -> Option<(usize, Kind)> {
    misspelt(words, plain).filter(|_| !unsaid::names_no_maker(text))
}

/// The one maker whose name is one slip from the text, from its words without fillers, or from those before a figure.
fn misspelt(words: &[String], plain: &str) -> Option<(usize, Kind)> {
    let figures = |word: &&String| word.chars().any(|c| c.is_ascii_digit());
    let whole = words.concat();
    let before_figures: String = words.iter().take_while(|word| !figures(word)).cloned().collect();
    let mut keys = vec![whole.as_str(), plain, before_figures.as_str()];
    keys.dedup();
    keys.into_iter().find_map(|key| TABLE.misspelt.only(key)).map(|row| (row, Kind::Fuzzy))
}

#[cfg(test)]
mod tests;
