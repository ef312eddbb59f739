//! The tables of `assets/`, read once; a test proves that every one can be read.
use foldhash::fast::RandomState;
use std::collections::HashMap;

use serde::de::DeserializeOwned;

/// Reads a TOML table that was compiled in.
///
/// # Errors
/// The reader's own words, with the line: only a mistake in `assets/` can cause one, and a test finds it first.
pub(crate) fn from_toml<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|problem| problem.to_string())
}

/// Which rows go by a name, in the order in which they were added.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Names<T> {
    rows: HashMap<String, Vec<T>, RandomState>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self { rows: HashMap::default() }
    }
}

impl<T: Copy + PartialEq> Names<T> {
    /// Adds a name that is already folded; an empty one and a repetition are left out.
    pub(crate) fn add(&mut self, key: String, row: T) {
        if key.is_empty() {
            return;
        }
        let rows = self.rows.entry(key).or_default();
        if !rows.contains(&row) {
            rows.push(row);
        }
    }

    /// Rows that go by this folded name.
    pub(crate) fn get(&self, key: &str) -> &[T] {
        self.rows.get(key).map_or(&[], Vec::as_slice)
    }

    /// The one row that goes by this name; none when several do.
    pub(crate) fn only(&self, key: &str) -> Option<T> {
        match self.get(key) {
            [row] => Some(*row),
            _ => None,
        }
    }

    /// The rows of each name, in no order.
    pub(crate) fn all(&self) -> impl Iterator<Item = &[T]> {
        self.rows.values().map(Vec::as_slice)
    }

    /// All names with their rows, in no order: for the tests that prove a table unambiguous.
    #[cfg(test)]
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &[T])> {
        self.rows.iter().map(|(key, rows)| (key.as_str(), rows.as_slice()))
    }
}
