//! What can go wrong with a store.

use std::path::PathBuf;

/// What can go wrong with the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address is of no kind that is known.
    #[error("no store of this kind: {0}; give sqlite:FILE")]
    Address(String),
    /// There is no file.
    #[error("there is no store at {}", file.display())]
    Missing {
        /// Where it should be.
        file: PathBuf,
    },
    /// There is a link to nothing.
    #[error("{} is a link to a file that is not there; name that file itself", file.display())]
    Link {
        /// The link.
        file: PathBuf,
    },
    /// The file holds something else, or nothing.
    #[error("{} holds no registry", file.display())]
    Foreign {
        /// The file.
        file: PathBuf,
    },
    /// The store was made by an older program and not yet brought up to date.
    #[error(
        "the store's tables are of version {found} and this program's of {known}; `iarms serve` brings them up to date"
    )]
    Older {
        /// The store's.
        found: i64,
        /// This program's.
        known: i64,
    },
    /// The store was made by a later program.
    #[error(
        "the store's tables are of version {found} and this program knows {known} at most; use the later program"
    )]
    Later {
        /// The store's.
        found: i64,
        /// This program's.
        known: i64,
    },
    /// The engine failed.
    #[error("the store failed: {0}")]
    Engine(#[from] sqlx::Error),
    /// Its tables could not be brought up to date.
    #[error("the store's tables could not be made: {0}")]
    Tables(#[from] sqlx::migrate::MigrateError),
    /// A setting that durability rests on is not in force.
    #[error("the store does not keep {setting}: it is {found}")]
    Unsafe {
        /// The setting.
        setting: &'static str,
        /// What it is.
        found: String,
    },
    /// A row does not hold what it should.
    #[error("a row of {table} cannot be read: {what}")]
    Row {
        /// The table.
        table: &'static str,
        /// What is wrong.
        what: String,
    },
}

impl StoreError {
    /// A document that cannot be read, by its place alone: what stands there may be a name or
    /// a serial, and errors are logged.
    pub(in crate::registry) fn unreadable(table: &'static str, error: &serde_json::Error) -> Self {
        let (kind, column) = (error.classify(), error.column());
        StoreError::Row { table, what: format!("its document is wrong ({kind:?}) at column {column}") }
    }
}
