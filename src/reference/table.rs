//! The tables of `assets/`, read once; a test proves that every one can be read.
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::de::DeserializeOwned;

/// Reads a TOML table that was compiled in.
///
/// # Errors
/// The reader's own words, with the line: only a mistake in `assets/` can cause one, and a test finds it first.
pub(crate) fn from_toml<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|problem| problem.to_string())
}

/// The pieces of such a table, each a table of its own: the rest of it, every `[[row]]`, and every row of
/// a list of `{ .. }`, which has one line.
///
/// Reading takes twenty times the memory of the text, and only what is read in small pieces is given
/// back between them: the largest table is a quarter of a megabyte.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = String> {
    let mut lines = text.lines();
    let (mut piece, mut list, mut over) = (String::new(), "", false);
    std::iter::from_fn(move || {
        for line in lines.by_ref() {
            if line.starts_with("    {") {
                return Some(format!("{list} = [{line}]"));
            }
            let row_begins = line.starts_with("[[");
            let before = if row_begins { std::mem::take(&mut piece) } else { String::new() };
            list = line.strip_suffix(" = [").unwrap_or(list);
            piece.push_str(line);
            piece.push('\n');
            if row_begins {
                return Some(before);
            }
        }
        (!std::mem::replace(&mut over, true)).then(|| std::mem::take(&mut piece))
    })
}

/// Which rows go by a name, in the order in which they were added.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Names<T> {
    rows: HashMap<Box<str>, Rows<T>, RandomState>,
}

/// Nearly every name has one row, which needs no memory of its own.
#[derive(Debug, Clone, PartialEq)]
enum Rows<T> {
    One([T; 1]),
    Many(Vec<T>),
}

impl<T> Rows<T> {
    fn all(&self) -> &[T] {
        match self {
            Rows::One(row) => row,
            Rows::Many(rows) => rows,
        }
    }
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
        let rows = match self.rows.entry(key.into_boxed_str()) {
            Entry::Vacant(vacant) => {
                vacant.insert(Rows::One([row]));
                return;
            }
            Entry::Occupied(occupied) => occupied.into_mut(),
        };
        if !rows.all().contains(&row) {
            *rows = Rows::Many(rows.all().iter().copied().chain([row]).collect());
        }
    }

    /// Rows that go by this folded name.
    pub(crate) fn get(&self, key: &str) -> &[T] {
        self.rows.get(key).map_or(&[], Rows::all)
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
        self.rows.values().map(Rows::all)
    }

    /// All names with their rows, in no order: for the tests that prove a table unambiguous.
    #[cfg(test)]
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &[T])> {
        self.rows.iter().map(|(key, rows)| (&**key, rows.all()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_whole_table() {
        let text = "words = [\n    \"A\",\n]\nlist = [\n    { a = 1 },\n    { a = 2 },\n]\n# next\n[[row]]\nb = 1\n[[row]]\nb = 2\n";
        let read = |text: &str| from_toml::<toml::Table>(text).unwrap();
        let mut whole = toml::Table::new();
        let mut count = 0;
        for piece in pieces(text) {
            count += 1;
            for (name, value) in read(&piece) {
                match (whole.get_mut(&name), value) {
                    (Some(toml::Value::Array(rows)), toml::Value::Array(more)) => rows.extend(more),
                    (_, value) => {
                        whole.insert(name, value);
                    }
                }
            }
        }
        assert_eq!((whole, count), (read(text), 5));
    }
}
