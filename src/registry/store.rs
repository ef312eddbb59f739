//! The store: the one place that knows which database engine runs.
//!
//! Statements are constants with `$1` and take text, whole numbers and nothing else, so a
//! second engine is a second engine of [`Transaction`] and not a second store.

mod address;
mod error;
mod shape;
pub mod statements;
mod transaction;

pub use address::Address;
pub use error::StoreError;
pub use transaction::Transaction;

use shape::Holds;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, SqlSafeStr as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

/// A value of a statement or a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    /// No number. Engines that type their parameters want to know which nothing it is.
    NoInt,
    /// No text.
    NoText,
    /// A whole number, a time or a flag.
    Int(i64),
    /// A text or a document.
    Text(String),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Value::Int(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Value::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Value::Text(value)
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        value.map_or(Value::NoInt, Value::Int)
    }
}

impl From<Option<&str>> for Value {
    fn from(value: Option<&str>) -> Self {
        value.map_or(Value::NoText, Value::from)
    }
}

/// A row that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row(Vec<Value>);

impl Row {
    /// All columns, in their order.
    pub fn values(&self) -> &[Value] {
        &self.0
    }

    /// The text in a column; empty when it holds something else.
    pub fn text(&self, column: usize) -> &str {
        match self.0.get(column) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// The number in a column; 0 when it holds something else.
    pub fn int(&self, column: usize) -> i64 {
        match self.0.get(column) {
            Some(Value::Int(value)) => *value,
            _ => 0,
        }
    }
}

/// What every connection has.
fn options() -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
}

/// Makes an empty file that its owner alone may read; the engine gives its log and index of
/// the log the same mode. A file that another process has made meanwhile is its own.
///
/// A link to nothing is refused: the engine would make what it points to, for anybody to read.
fn make_private(file: &Path) -> Result<(), StoreError> {
    if file.is_symlink() && !file.exists() {
        return Err(StoreError::Link { file: file.to_owned() });
    }
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::Engine(error.into()))
        }
        _ => Ok(()),
    }
}

/// Connections: one that writes, four that read.
#[derive(Debug, Clone)]
pub struct Store {
    writing: SqlitePool,
    reading: SqlitePool,
}

impl Store {
    /// Opens the store, makes its tables and proves the settings that durability rests on.
    ///
    /// WAL with `synchronous=FULL`: with `NORMAL` a power cut loses the last commits.
    ///
    /// # Errors
    /// The file cannot be opened, holds something else, is of a later version, or a setting
    /// is not in force.
    pub async fn open(address: &Address) -> Result<Self, StoreError> {
        if address.path().exists() {
            // Looked at before anything is written: a file that is not ours stays as it is.
            shape::look(address.path(), &options().filename(address.path()).read_only(true)).await?;
        } else {
            make_private(address.path())?;
        }
        let options = options()
            .filename(address.path())
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let writing = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options.clone())
            .await?;
        shape::migrator().run(&writing).await?;
        let reading = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(Duration::from_secs(5))
            .connect_with(options.read_only(true).create_if_missing(false))
            .await?;
        let store = Self { writing, reading };
        store.prove().await?;
        Ok(store)
    }

    /// Opens a store that is there, to read it and nothing else: its tables stay as they are.
    ///
    /// # Errors
    /// There is no store, the file holds something else, or its tables are not of this version.
    pub async fn open_existing(address: &Address) -> Result<Self, StoreError> {
        let file = address.path();
        if !file.is_file() {
            return Err(StoreError::Missing { file: file.to_owned() });
        }
        let options = options().filename(file).read_only(true);
        match shape::look(file, &options).await? {
            Holds::Ours => {}
            Holds::Nothing => return Err(StoreError::Foreign { file: file.to_owned() }),
            Holds::Older { found, known } => return Err(StoreError::Older { found, known }),
        }
        let reading = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(Duration::from_secs(5))
            .connect_with(options)
            .await?;
        // The engine itself refuses whatever would write through a connection that reads.
        Ok(Self { writing: reading.clone(), reading })
    }

    /// A store of this call's own that is gone when it is closed, to build tables in again.
    ///
    /// The engine keeps it in a file without a name once it no longer fits into memory. It has
    /// one connection: a second transaction waits until the first has ended.
    ///
    /// # Errors
    /// It cannot be made.
    pub async fn scratch() -> Result<Self, StoreError> {
        let options = options()
            .filename("")
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Memory)
            .synchronous(SqliteSynchronous::Off)
            .pragma("cache_size", "-65536");
        let only = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await?;
        shape::migrator().run(&only).await?;
        Ok(Self { writing: only.clone(), reading: only })
    }

    async fn prove(&self) -> Result<(), StoreError> {
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&self.writing).await?;
        if mode != "wal" {
            return Err(StoreError::Unsafe { setting: "journal_mode=wal", found: mode });
        }
        let level: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&self.writing).await?;
        if level != 2 {
            return Err(StoreError::Unsafe { setting: "synchronous=FULL", found: level.to_string() });
        }
        Ok(())
    }

    /// Begins a transaction that writes; it holds the engine's write lock from here on.
    ///
    /// # Errors
    /// The store is locked for too long, or failed.
    pub async fn write(&self) -> Result<Transaction, StoreError> {
        Ok(Transaction::lite(self.writing.begin_with("BEGIN IMMEDIATE").await?))
    }

    /// Begins a transaction that reads one state of the store.
    ///
    /// # Errors
    /// The store failed.
    pub async fn read(&self) -> Result<Transaction, StoreError> {
        Ok(Transaction::lite(self.reading.begin().await?))
    }

    /// Closes every connection, so that the file is whole by itself.
    pub async fn close(&self) {
        self.reading.close().await;
        self.writing.close().await;
    }
}

/// Prepares a statement that is only known at run time: for the test that every constant
/// is understood by the engine.
///
/// # Errors
/// The engine does not understand it.
pub async fn prepares(store: &Store, sql: &str) -> Result<(), StoreError> {
    use sqlx::Executor as _;
    (&store.reading).prepare(AssertSqlSafe(sql.to_owned()).into_sql_str()).await?;
    Ok(())
}
