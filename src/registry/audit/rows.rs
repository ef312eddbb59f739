//! Compares the tables of two stores row by row, both read in the order of their keys.

use super::{Compared, How};
use crate::domain::agency::{Agency, Officer};
use crate::domain::check::Check;
use crate::domain::gun::Gun;
use crate::domain::hit::{Hit, Message};
use crate::domain::record::Record;
use crate::registry::store::{Row, StoreError, Transaction, Value, statements as sql};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cmp::Ordering;
use std::collections::VecDeque;

/// Rows read at once.
const PAGE: i64 = 500;

/// A table, and how its rows are told apart.
struct Table {
    name: &'static str,
    /// Reads whole rows from a key on, that one included.
    rows: &'static str,
    /// The columns that are its key, which come first.
    key: &'static [Key],
    /// What writes its document, the last column, anew as this program would; none has no document.
    document: Option<fn(&str) -> Option<String>>,
}

/// A column of a key.
#[derive(Clone, Copy)]
enum Key {
    Text,
    /// A number, with the letter that people say before it.
    Number(&'static str),
}

const TABLES: [Table; 9] = [
    Table { name: "agencies", rows: sql::AUDIT_AGENCIES, key: &[Key::Text], document: Some(anew::<Agency>) },
    Table {
        name: "officers",
        rows: sql::AUDIT_OFFICERS,
        key: &[Key::Number("O-")],
        document: Some(anew::<Officer>),
    },
    Table { name: "tokens", rows: sql::AUDIT_TOKENS, key: &[Key::Text], document: None },
    Table { name: "records", rows: sql::AUDIT_RECORDS, key: &[Key::Text], document: Some(anew::<Record>) },
    Table {
        name: "checks",
        rows: sql::AUDIT_CHECKS,
        key: &[Key::Number("C-")],
        document: Some(anew::<Check>),
    },
    Table { name: "numbers", rows: sql::AUDIT_NUMBERS, key: &[Key::Text, Key::Number("")], document: None },
    Table { name: "hits", rows: sql::AUDIT_HITS, key: &[Key::Number("H-")], document: Some(anew::<Hit>) },
    Table {
        name: "messages",
        rows: sql::AUDIT_MESSAGES,
        key: &[Key::Number("H-"), Key::Number("")],
        document: Some(anew::<Message>),
    },
    Table {
        name: "exclusions",
        rows: sql::AUDIT_EXCLUSIONS,
        key: &[Key::Number("H-")],
        document: Some(anew::<Gun>),
    },
];

/// A document as this program writes it: one that an older program wrote says the same.
fn anew<T: Serialize + DeserializeOwned>(document: &str) -> Option<String> {
    serde_json::to_string(&serde_json::from_str::<T>(document).ok()?).ok()
}

/// Compares every table, until there are as many differences as are gathered.
pub(super) async fn compare(
    found: &mut Transaction,
    built: &mut Transaction,
    compared: &mut Compared,
) -> Result<(), StoreError> {
    for table in &TABLES {
        table.compare(found, built, compared).await?;
    }
    Ok(())
}

impl Table {
    async fn compare(
        &self,
        found: &mut Transaction,
        built: &mut Transaction,
        compared: &mut Compared,
    ) -> Result<(), StoreError> {
        let (mut here, mut there) = (Reader::of(self), Reader::of(self));
        while !compared.is_full() {
            let order = match (here.first(found).await?, there.first(built).await?) {
                (None, None) => {
                    compared.tables += 1;
                    break;
                }
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(found), Some(built)) => self.key_of(found).cmp(self.key_of(built)),
            };
            match order {
                Ordering::Less => {
                    let row = here.take();
                    compared.rows += 1;
                    compared.note(self.name, self.subject(&row), How::Extra);
                }
                Ordering::Greater => {
                    let row = there.take();
                    compared.note(self.name, self.subject(&row), How::Missing);
                }
                Ordering::Equal => {
                    let (found, built) = (here.take(), there.take());
                    compared.rows += 1;
                    if !self.says_the_same(&found, &built) {
                        compared.note(self.name, self.subject(&found), How::Changed);
                    }
                }
            }
        }
        Ok(())
    }

    fn key_of<'a>(&self, row: &'a Row) -> &'a [Value] {
        row.values().get(..self.key.len()).unwrap_or_default()
    }

    /// What the row is about, as people say it: `H-2291`, of several columns `H-2291 3`.
    fn subject(&self, row: &Row) -> String {
        let parts = self.key.iter().zip(row.values()).map(|(key, value)| match (key, value) {
            (Key::Number(letter), Value::Int(number)) => format!("{letter}{number}"),
            (_, Value::Int(number)) => number.to_string(),
            (_, Value::Text(text)) => text.clone(),
            (_, Value::NoInt | Value::NoText) => String::new(),
        });
        parts.collect::<Vec<_>>().join(" ")
    }

    fn says_the_same(&self, found: &Row, built: &Row) -> bool {
        let (found, built) = (found.values(), built.values());
        found == built
            || match (found.split_last(), built.split_last()) {
                (Some((document, columns)), Some((built, built_columns))) => {
                    columns == built_columns && self.same_document(document, built)
                }
                _ => false,
            }
    }

    fn same_document(&self, found: &Value, built: &Value) -> bool {
        match (self.document, found, built) {
            (Some(anew), Value::Text(found), Value::Text(built)) => {
                anew(found).is_some_and(|found| found == *built)
            }
            _ => false,
        }
    }
}

/// Reads a table in the order of its key, a page at a time.
struct Reader<'a> {
    table: &'a Table,
    page: VecDeque<Row>,
    /// The key to read on from, and whether it has been read already.
    from: Vec<Value>,
    begun: bool,
    ended: bool,
}

impl<'a> Reader<'a> {
    fn of(table: &'a Table) -> Self {
        let least = table.key.iter().map(|key| match key {
            Key::Text => Value::from(""),
            Key::Number(_) => Value::Int(i64::MIN),
        });
        Self { table, page: VecDeque::new(), from: least.collect(), begun: false, ended: false }
    }

    /// The row that comes next, if there is one.
    async fn first(&mut self, tx: &mut Transaction) -> Result<Option<&Row>, StoreError> {
        if self.page.is_empty() && !self.ended {
            let values = self.from.iter().cloned().chain([Value::Int(PAGE + 1)]);
            let mut rows = VecDeque::from(tx.rows(self.table.rows, values).await?);
            self.ended = rows.len() <= usize::try_from(PAGE).unwrap_or(0);
            if self.begun {
                rows.pop_front();
            }
            if let Some(last) = rows.back() {
                self.from = self.table.key_of(last).to_vec();
            }
            self.begun = true;
            self.page = rows;
        }
        Ok(self.page.front())
    }

    /// Takes the row that comes next; an empty one when there is none.
    fn take(&mut self) -> Row {
        self.page.pop_front().unwrap_or_default()
    }
}
