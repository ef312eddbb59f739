//! The catalogue: every sentence of a language under its key, read from a file and proved when it is read.
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use unicode_width::UnicodeWidthStr;

use super::plural::{Class, Rule};
use super::sentence::{Arg, Sentence};

const ENGLISH: &str = include_str!("../../assets/lang/en.toml");

static ENGLISH_CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::parse(ENGLISH).unwrap_or_default());

/// Every sentence of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    language: String,
    rule: Rule,
    longest: BTreeMap<String, String>,
    entries: BTreeMap<String, Entry>,
}

impl Default for Catalogue {
    fn default() -> Self {
        Self {
            language: String::new(),
            rule: Rule::English,
            longest: BTreeMap::new(),
            entries: BTreeMap::new(),
        }
    }
}

/// One key: its forms, and how wide it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    forms: Vec<(Class, Sentence)>,
    /// The gap that the plural follows.
    by: Option<String>,
    /// Columns it may take with the longest arguments.
    width: Option<usize>,
    /// Line of the file.
    line: usize,
}

/// Where and why a file of sentences cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueProblem {
    /// The key, or the empty text when it is the file as a whole.
    pub key: String,
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: CatalogueFault,
}

/// What is wrong with a file of sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CatalogueFault {
    /// It is not TOML; with the reader's words.
    Unreadable(String),
    /// `language` or `rule` is missing, or the rule is not known.
    NoRule,
    /// A key holds neither a text nor a table of forms.
    NotASentence,
    /// A sentence has a name that belongs to its parts, such as `other`.
    Reserved,
    /// A brace stands alone, or a gap has no name.
    Braces,
    /// A form is no text, or a width no number of columns.
    NoSuchForm(String),
    /// A plural class that the rule needs is missing.
    FormMissing(Class),
    /// The forms have several gaps and `by` does not say which one the plural follows.
    NoNumber,
    /// There is a width, and no longest sample for this gap.
    NoSample(String),
    /// With the longest arguments it takes this many columns.
    TooWide(usize),
}

impl fmt::Display for CatalogueProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}, {}: {:?}", self.line, self.key, self.fault)
    }
}

impl std::error::Error for CatalogueProblem {}

impl Catalogue {
    /// The English one, which is compiled in; a test proves that it can be read.
    pub fn english() -> &'static Self {
        &ENGLISH_CATALOGUE
    }

    /// Reads and proves a file of sentences.
    ///
    /// # Errors
    /// The first thing that is wrong, with key and line.
    pub fn parse(text: &str) -> Result<Self, CatalogueProblem> {
        let file = DeTable::parse(text).map_err(|problem| CatalogueProblem {
            key: String::new(),
            line: line_of(text, problem.span().map_or(0, |span| span.start)),
            fault: CatalogueFault::Unreadable(problem.message().to_owned()),
        })?;
        let file = file.get_ref();
        let head = |name: &str| file.get(name).and_then(|value| value.get_ref().as_str()).map(str::to_owned);
        let no_rule = CatalogueProblem { key: String::new(), line: 1, fault: CatalogueFault::NoRule };
        let language = head("language").ok_or_else(|| no_rule.clone())?;
        let rule = head("rule").and_then(|name| Rule::named(&name)).ok_or(no_rule)?;
        let mut catalogue = Self { language, rule, ..Self::default() };
        for (name, value) in file.iter() {
            let Some(table) = value.get_ref().as_table() else { continue };
            if name.get_ref() == "longest" {
                let samples = table.iter().map(|(gap, sample)| {
                    (gap.get_ref().to_string(), sample.get_ref().as_str().unwrap_or_default().to_owned())
                });
                catalogue.longest = samples.collect();
            } else if let Some(part) = table.keys().find(|name| is_part_of_an_entry(name.get_ref())) {
                return Err(CatalogueProblem {
                    key: format!("{}.{}", name.get_ref(), part.get_ref()),
                    line: line_of(text, part.span().start),
                    fault: CatalogueFault::Reserved,
                });
            } else {
                catalogue.section(text, name.get_ref(), table)?;
            }
        }
        // Widths come last, because the samples may stand anywhere.
        for (key, entry) in &catalogue.entries {
            catalogue.fits(key).map_err(|fault| CatalogueProblem {
                key: key.clone(),
                line: entry.line,
                fault,
            })?;
        }
        Ok(catalogue)
    }

    /// Takes a section and the sections in it.
    fn section(&mut self, text: &str, path: &str, table: &DeTable<'_>) -> Result<(), CatalogueProblem> {
        for (name, value) in table.iter().filter(|(name, _)| !is_part_of_an_entry(name.get_ref())) {
            let key = format!("{path}.{}", name.get_ref());
            let line = line_of(text, name.span().start);
            let forms = value.get_ref().as_table();
            let is_section =
                forms.is_some_and(|table| !table.keys().any(|name| is_part_of_an_entry(name.get_ref())));
            if !is_section || forms.is_some_and(DeTable::is_empty) {
                let entry = entry(value, line, self.rule);
                let entry = entry.map_err(|fault| CatalogueProblem { key: key.clone(), line, fault })?;
                self.entries.insert(key.clone(), entry);
            }
            if let Some(table) = forms {
                self.section(text, &key, table)?;
            }
        }
        Ok(())
    }

    /// The code of the language.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Every key, in alphabetical order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// True when there is a sentence under this key.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Names of the gaps in a sentence.
    pub fn gaps(&self, key: &str) -> Vec<&str> {
        let mut gaps: Vec<&str> = self
            .entries
            .get(key)
            .into_iter()
            .flat_map(|entry| &entry.forms)
            .flat_map(|(_, form)| form.gaps())
            .collect();
        gaps.sort_unstable();
        gaps.dedup();
        gaps
    }

    /// The sentence under a key with its gaps filled.
    ///
    /// Total: an unknown key gives `<key>`, a gap for which nothing came keeps its braces.
    pub fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let Some(entry) = self.entries.get(key) else { return format!("<{key}>") };
        let number = entry
            .by
            .as_ref()
            .and_then(|by| args.iter().find(|(name, _)| name == by).and_then(|(_, arg)| arg.number()));
        let class = number.map_or(Class::Other, |number| self.rule.class(number));
        let form = |wanted: Class| entry.forms.iter().find(|(class, _)| *class == wanted);
        let form = form(class).or_else(|| form(Class::Other)).or(entry.forms.last());
        form.map_or_else(|| format!("<{key}>"), |(_, sentence)| sentence.fill(args))
    }

    /// Whether a sentence stays within its width when the longest arguments stand in its gaps.
    ///
    /// # Errors
    /// How wide it is, or for which gap `[longest]` has no sample.
    pub fn fits(&self, key: &str) -> Result<(), CatalogueFault> {
        let Some((entry, width)) = self.entries.get(key).and_then(|entry| Some((entry, entry.width?))) else {
            return Ok(());
        };
        let mut args = Vec::new();
        for gap in self.gaps(key) {
            let sample = self.longest.get(gap).ok_or_else(|| CatalogueFault::NoSample(gap.to_owned()))?;
            args.push((gap, Arg::Text(sample)));
        }
        let widest =
            entry.forms.iter().map(|(_, sentence)| sentence.fill(&args).width()).max().unwrap_or_default();
        if widest > width { Err(CatalogueFault::TooWide(widest)) } else { Ok(()) }
    }
}

/// Names in a table that belong to the sentence itself; all others are sentences below it.
fn is_part_of_an_entry(name: &str) -> bool {
    matches!(name, "text" | "by" | "width") || Class::named(name).is_some()
}

fn entry(value: &Spanned<DeValue<'_>>, line: usize, rule: Rule) -> Result<Entry, CatalogueFault> {
    let read = |text: &str| Sentence::read(text).ok_or(CatalogueFault::Braces);
    let mut entry = Entry { forms: Vec::new(), by: None, width: None, line };
    match value.get_ref() {
        DeValue::String(text) => entry.forms.push((Class::Other, read(text)?)),
        DeValue::Table(table) => {
            for (name, value) in table.iter().filter(|(name, _)| is_part_of_an_entry(name.get_ref())) {
                let name = name.get_ref().as_ref();
                match (name, value.get_ref()) {
                    ("by", DeValue::String(gap)) => entry.by = Some(gap.to_string()),
                    ("width", DeValue::Integer(width)) => {
                        let width = width.as_str().parse();
                        entry.width = Some(width.map_err(|_| CatalogueFault::NoSuchForm(name.to_owned()))?);
                    }
                    (_, DeValue::String(text)) => {
                        entry.forms.push((Class::named(name).unwrap_or(Class::Other), read(text)?));
                    }
                    _ => return Err(CatalogueFault::NoSuchForm(name.to_owned())),
                }
            }
            entry.forms.sort_by_key(|(class, _)| *class);
            prove_plural(&mut entry, rule)?;
        }
        _ => return Err(CatalogueFault::NotASentence),
    }
    Ok(entry)
}

/// Forms by number need every class of the rule, and one gap that the number stands in.
fn prove_plural(entry: &mut Entry, rule: Rule) -> Result<(), CatalogueFault> {
    let plural = entry.by.is_some() || entry.forms.iter().any(|(class, _)| *class != Class::Other);
    if entry.forms.is_empty() {
        return Err(CatalogueFault::NotASentence);
    }
    if !plural {
        return Ok(());
    }
    for needed in rule.required() {
        if !entry.forms.iter().any(|(class, _)| class == needed) {
            return Err(CatalogueFault::FormMissing(*needed));
        }
    }
    let mut gaps: Vec<&str> = entry.forms.iter().flat_map(|(_, form)| form.gaps()).collect();
    gaps.sort_unstable();
    gaps.dedup();
    match (&entry.by, gaps.as_slice()) {
        (Some(by), gaps) if gaps.contains(&by.as_str()) => Ok(()),
        (None, [only]) => {
            entry.by = Some((*only).to_owned());
            Ok(())
        }
        _ => Err(CatalogueFault::NoNumber),
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests;
