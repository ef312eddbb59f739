//! A transaction: statements in, rows out, and items that can be undone alone.

use super::{Row, StoreError, Value, shape, statements as sql};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Row as _, Sqlite, TypeInfo as _, ValueRef as _};
use std::collections::BTreeMap;

/// A transaction on whichever engine runs; dropped without commit it leaves no trace.
#[derive(Debug)]
pub struct Transaction {
    engine: Engine,
    item: Item,
}

/// The engine that runs.
#[derive(Debug)]
enum Engine {
    /// SQLite.
    Lite(sqlx::Transaction<'static, Sqlite>),
}

/// What a transaction knows of an item that may have to be undone alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    /// There is none.
    None,
    /// It has written nothing yet.
    Clean,
    /// It has written behind a savepoint.
    Written,
}

impl Transaction {
    /// A transaction on SQLite.
    pub(super) fn lite(tx: sqlx::Transaction<'static, Sqlite>) -> Self {
        Self { engine: Engine::Lite(tx), item: Item::None }
    }

    /// Begins an item that [`undo_item`](Self::undo_item) can undo alone; what only reads is
    /// spared the savepoint.
    pub fn begin_item(&mut self) {
        self.item = Item::Clean;
    }

    /// Keeps what the item has written.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn keep_item(&mut self) -> Result<(), StoreError> {
        if std::mem::replace(&mut self.item, Item::None) == Item::Written {
            self.run(sql::RELEASE, []).await?;
        }
        Ok(())
    }

    /// Undoes what the item has written.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn undo_item(&mut self) -> Result<(), StoreError> {
        if std::mem::replace(&mut self.item, Item::None) == Item::Written {
            self.run(sql::ROLLBACK_TO, []).await?;
            self.run(sql::RELEASE, []).await?;
        }
        Ok(())
    }

    /// Sets the savepoint of an item before its first write.
    async fn guard(&mut self, sql: &'static str) -> Result<(), StoreError> {
        if self.item == Item::Clean && !sql.starts_with("SELECT") {
            let Engine::Lite(tx) = &mut self.engine;
            bind(sql::SAVEPOINT, []).execute(&mut **tx).await?;
            self.item = Item::Written;
        }
        Ok(())
    }

    /// Runs a statement; returns the number of rows it changed.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn run(
        &mut self,
        sql: &'static str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<u64, StoreError> {
        self.guard(sql).await?;
        match &mut self.engine {
            Engine::Lite(tx) => Ok(bind(sql, values).execute(&mut **tx).await?.rows_affected()),
        }
    }

    /// Inserts rows, [`AT_ONCE`](statements::AT_ONCE) with a statement as long as there are so
    /// many, the others with one for each.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn insert<const COLUMNS: usize>(
        &mut self,
        (one, many): (&'static str, &'static str),
        rows: Vec<[Value; COLUMNS]>,
    ) -> Result<(), StoreError> {
        let mut left = rows.len();
        let mut rows = rows.into_iter();
        while left > 0 {
            let (statement, count) = if left < sql::AT_ONCE { (one, 1) } else { (many, sql::AT_ONCE) };
            self.run(statement, rows.by_ref().take(count).flatten()).await?;
            left -= count;
        }
        Ok(())
    }

    /// Reads all rows of a statement.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn rows(
        &mut self,
        sql: &'static str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<Row>, StoreError> {
        self.guard(sql).await?;
        match &mut self.engine {
            Engine::Lite(tx) => {
                let rows = bind(sql, values).fetch_all(&mut **tx).await?;
                rows.iter().map(read_row).collect()
            }
        }
    }

    /// Reads the first row of a statement, if there is one.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn row(
        &mut self,
        sql: &'static str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// Every table, index, trigger and view that it has, by kind and name, with the text that made it.
    ///
    /// # Errors
    /// The engine failed.
    pub async fn shape(&mut self) -> Result<BTreeMap<String, String>, StoreError> {
        match &mut self.engine {
            Engine::Lite(tx) => shape::read(tx).await,
        }
    }

    /// Makes all of it durable.
    ///
    /// # Errors
    /// It is not known whether it is durable.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.engine {
            Engine::Lite(tx) => Ok(tx.commit().await?),
        }
    }
}

fn bind(
    sql: &'static str,
    values: impl IntoIterator<Item = Value>,
) -> sqlx::query::Query<'static, Sqlite, SqliteArguments> {
    values.into_iter().fold(sqlx::query(sql), |query, value| match value {
        Value::NoInt => query.bind(None::<i64>),
        Value::NoText => query.bind(None::<String>),
        Value::Int(value) => query.bind(value),
        Value::Text(value) => query.bind(value),
    })
}

fn read_row(row: &SqliteRow) -> Result<Row, StoreError> {
    (0..row.len())
        .map(|column| {
            let raw = row.try_get_raw(column)?;
            Ok(match raw.type_info().name() {
                _ if raw.is_null() => Value::NoText,
                "INTEGER" => Value::Int(row.try_get(column)?),
                _ => Value::Text(row.try_get(column)?),
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()
        .map(Row)
}
