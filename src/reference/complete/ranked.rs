//! How near the rows of a table are to what was typed.
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::Suggestion;
use crate::reference::fold;

/// A row of a table with the names it goes by, the shown one first.
#[derive(Debug)]
pub(super) struct Entry {
    suggestion: Suggestion,
    code: String,
    names: Vec<Folded>,
}

/// A folded name, and where in it a word begins.
#[derive(Debug)]
struct Folded {
    whole: String,
    words: Vec<usize>,
}

/// How near a row is to what was typed; the least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Code,
    Name,
    StartOfCode,
    StartOfName,
    StartOfWord,
}

impl Entry {
    pub(super) fn new<'name>(
        code: &str,
        label: String,
        names: impl IntoIterator<Item = &'name String>,
    ) -> Self {
        let names = names.into_iter().map(|name| Folded::of(name)).collect();
        Self { suggestion: Suggestion { code: code.to_owned(), label }, code: fold::key(code), names }
    }

    /// How near it is, and whether by another name than the one that is shown.
    fn nearness(&self, key: &str, is_exact: bool) -> Option<(Nearness, bool)> {
        if self.code == key {
            return Some((Nearness::Code, false));
        }
        if is_exact {
            return Some((Nearness::Name, false));
        }
        if self.code.starts_with(key) {
            return Some((Nearness::StartOfCode, false));
        }
        let named = self.names.iter().enumerate();
        named.filter_map(|(at, name)| Some((name.nearness(key)?, at > 0))).min()
    }
}

impl Folded {
    fn of(name: &str) -> Self {
        let mut folded = Self { whole: String::new(), words: Vec::new() };
        for word in fold::words(name) {
            folded.words.push(folded.whole.len());
            folded.whole.push_str(&word);
        }
        folded
    }

    fn nearness(&self, key: &str) -> Option<Nearness> {
        if self.whole == key {
            return Some(Nearness::Name);
        }
        let begins = |start: &usize| self.whole.get(*start..).is_some_and(|rest| rest.starts_with(key));
        let place = self.words.iter().position(begins)?;
        Some(if place == 0 { Nearness::StartOfName } else { Nearness::StartOfWord })
    }
}

/// The rows that fit, the best first; `exact` is the code that the table itself finds for the text.
///
/// Nothing typed offers the table in its own order. Where nothing begins with what was typed, `guess`, the code of what
/// may have been meant, comes first, and after it what has the letters strewn over a name.
pub(super) fn best<'table>(
    typed: &str,
    limit: usize,
    rows: impl Iterator<Item = &'table Entry> + Clone,
    exact: Option<&str>,
    guess: Option<&str>,
) -> Vec<Suggestion> {
    let key = fold::key(typed);
    if key.is_empty() {
        return rows.map(|row| row.suggestion.clone()).take(limit).collect();
    }
    let is = |row: &Entry, code: Option<&str>| code == Some(row.suggestion.code.as_str());
    let mut near: Vec<((Nearness, bool), &Entry)> =
        rows.clone().filter_map(|row| Some((row.nearness(&key, is(row, exact))?, row))).collect();
    near.sort_by_key(|(nearness, _)| *nearness);
    if near.is_empty() {
        let guessed = rows.clone().filter(|row| is(row, guess));
        let others = strewn(&key, rows).into_iter().filter(|row| !is(row, guess));
        return guessed.chain(others).take(limit).map(|row| row.suggestion.clone()).collect();
    }
    near.into_iter().take(limit).map(|(_, row)| row.suggestion.clone()).collect()
}

/// The rows with the letters in this order somewhere in a name, the closest together first.
fn strewn<'table>(key: &str, rows: impl Iterator<Item = &'table Entry>) -> Vec<&'table Entry> {
    let pattern = Pattern::new(key, CaseMatching::Ignore, Normalization::Never, AtomKind::Fuzzy);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut found = Vec::new();
    for row in rows {
        let names = std::iter::once(&row.code).chain(row.names.iter().map(|name| &name.whole));
        let score =
            names.filter_map(|name| pattern.score(Utf32Str::new(name, &mut buffer), &mut matcher)).max();
        found.extend(score.map(|score| (score, row)));
    }
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, row)| row).collect()
}
