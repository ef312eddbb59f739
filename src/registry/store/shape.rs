//! The shape of the tables: what makes them, and whether a file has them.

use super::{StoreError, statements};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _, SqlSafeStr as _};
use std::collections::BTreeMap;
use std::path::Path;

/// The table in which the engine's library notes what has made the others.
const NOTES: &str = "_sqlx_migrations";
/// SQLite's code for a file that is no database.
const NOT_A_DATABASE: &str = "26";

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// No table at all.
    Nothing,
    /// Our tables, as this program makes them.
    Ours,
    /// Our tables as an older program made them.
    Older {
        /// Theirs.
        found: i64,
        /// This program's.
        known: i64,
    },
}

/// What makes the tables and brings older ones up to date.
pub(super) fn migrator() -> Migrator {
    let first =
        Migration::new(1, "first".into(), MigrationType::Simple, statements::FIRST.into_sql_str(), false);
    Migrator::with_migrations(vec![first])
}

/// Looks what a file holds; `options` open it to be read.
///
/// # Errors
/// It holds something else, is of a later version, or cannot be read.
pub(super) async fn look(file: &Path, options: &SqliteConnectOptions) -> Result<Holds, StoreError> {
    let foreign = || StoreError::Foreign { file: file.to_owned() };
    let opened = async {
        let mut connection = options.connect().await?;
        let tables = tables(&mut connection).await?;
        let applied = if tables.iter().any(|name| name == NOTES) {
            sqlx::query_as("SELECT version, checksum FROM _sqlx_migrations ORDER BY version")
                .fetch_all(&mut connection)
                .await?
        } else {
            Vec::new()
        };
        connection.close().await?;
        Ok::<(Vec<String>, Vec<(i64, Vec<u8>)>), sqlx::Error>((tables, applied))
    };
    let (tables, applied) = opened.await.map_err(|error| match &error {
        sqlx::Error::Database(said) if said.code().as_deref() == Some(NOT_A_DATABASE) => foreign(),
        _ => StoreError::Engine(error),
    })?;
    if applied.is_empty() {
        let bare = tables.iter().all(|name| name == NOTES);
        return if bare { Ok(Holds::Nothing) } else { Err(foreign()) };
    }
    let migrator = migrator();
    let known: Vec<&Migration> = migrator.iter().collect();
    let ours = applied.iter().zip(&known).all(|((version, checksum), migration)| {
        *version == migration.version && checksum.as_slice() == &*migration.checksum
    });
    if !ours {
        return Err(foreign());
    }
    let last = |version: Option<i64>| version.unwrap_or(0);
    let (found, known) =
        (last(applied.last().map(|(version, _)| *version)), last(known.last().map(|m| m.version)));
    match found.cmp(&known) {
        std::cmp::Ordering::Less => Ok(Holds::Older { found, known }),
        std::cmp::Ordering::Equal => Ok(Holds::Ours),
        std::cmp::Ordering::Greater => Err(StoreError::Later { found, known }),
    }
}

async fn tables(connection: &mut SqliteConnection) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'",
    )
    .fetch_all(connection)
    .await
}

/// Every table, index, trigger and view by kind and name, with the text that made it.
pub(super) async fn read(connection: &mut SqliteConnection) -> Result<BTreeMap<String, String>, StoreError> {
    let rows: Vec<(String, String, Option<String>)> =
        sqlx::query_as("SELECT type, name, sql FROM sqlite_master WHERE substr(name, 1, 7) <> 'sqlite_'")
            .fetch_all(connection)
            .await?;
    // The notes' own table is made by the library, each version of which may word it otherwise.
    let ours = rows.into_iter().filter(|(kind, name, _)| kind != "table" || name != NOTES);
    Ok(ours.map(|(kind, name, sql)| (format!("{kind} {name}"), sql.unwrap_or_default())).collect())
}
