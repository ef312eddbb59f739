//! Builds the tables again from the journal and compares them with what the store holds.
//!
//! Compared are rows and columns of all that decisions, matching and logins rest on, and the
//! tables' own shape: a trigger that somebody added lets in as well as a row does. Not in the
//! journal, and so not compared: who saw what (`reads`) and the stored answers (`answers`).

mod replay;
mod rows;

use super::store::{Store, StoreError};

/// Most differences that are gathered; the first few say what happened.
const MOST: usize = 1000;

/// How a table differs from what the journal says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The journal has it and the table does not.
    Missing,
    /// The table has it and the journal does not.
    Extra,
    /// Both have it, and they differ.
    Changed,
}

/// Something that the store holds otherwise than the journal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The table; `schema` when it is about the shape of the tables.
    pub table: &'static str,
    /// The item.
    pub subject: String,
    /// In what way.
    pub how: How,
}

/// What was compared, and what differs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// Tables that were read to their end, the counters among them.
    pub tables: u32,
    /// Rows that were read of what the store holds.
    pub rows: u64,
    /// Differences, the first thousand.
    pub differences: Vec<Difference>,
}

impl Compared {
    fn note(&mut self, table: &'static str, subject: impl Into<String>, how: How) {
        if !self.is_full() {
            self.differences.push(Difference { table, subject: subject.into(), how });
        }
    }

    /// Whether it broke off at as many differences as are gathered; there may be more.
    pub fn is_full(&self) -> bool {
        self.differences.len() >= MOST
    }
}

/// Replays the whole journal and lists what the store holds otherwise, the first thousand.
///
/// Texts that were erased are gone from both. It reads one state of the store and holds a
/// page of it at a time; the tables are built in a store of its own beside it.
///
/// # Errors
/// The store failed, or a line is no event that is known.
pub async fn compare(store: &Store) -> Result<Compared, StoreError> {
    let scratch = Store::scratch().await?;
    let mut built = scratch.write().await?;
    let mut found = store.read().await?;
    let mut compared = Compared::default();
    shapes(&built.shape().await?, &found.shape().await?, &mut compared);
    // With a shape of its own a table could not be read as ours.
    if compared.differences.is_empty() {
        let numbers = replay::all(&mut found, &mut built).await?;
        rows::compare(&mut found, &mut built, &mut compared).await?;
        numbers.compare(&mut found, &mut compared).await?;
    }
    drop(built);
    scratch.close().await;
    Ok(compared)
}

type Shape = std::collections::BTreeMap<String, String>;

fn shapes(expected: &Shape, found: &Shape, compared: &mut Compared) {
    for (name, made_by) in expected {
        match found.get(name) {
            None => compared.note("schema", name, How::Missing),
            Some(text) if text != made_by => compared.note("schema", name, How::Changed),
            Some(_) => {}
        }
    }
    for name in found.keys().filter(|name| !expected.contains_key(*name)) {
        compared.note("schema", name, How::Extra);
    }
}
