//! The office of a registry: lets agencies and officers in, beside one that serves or without.
//!
//! It opens the store and the writer alone. Whoever is let in matches nothing, so no index is
//! built, and no clock runs that would strike for hits.

use super::admin::{self, AdminError, Admitted};
use super::index::Indexes;
use super::store::{Address, Row, Store, StoreError, statements as sql};
use super::writer::{Fate, Parts, Writer};
use super::{Clock, feed, journal, tables};
use crate::domain::agency::{self, Agency, OfficeCommand, Officer, Role};
use crate::domain::context::Context;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// A store with its writer.
pub struct Office {
    store: Store,
    writer: Writer,
    clock: Clock,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Office {
    /// Opens the office of a store, which is made when it is not there: a new registry's
    /// first officer comes in here.
    ///
    /// # Errors
    /// The store cannot be opened.
    pub async fn open(address: &Address, clock: Clock) -> Result<Self, StoreError> {
        let store = Store::open(address).await?;
        let mut tx = store.read().await?;
        let head = journal::head(&mut tx).await?;
        drop(tx);
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        let parts = Parts {
            store: store.clone(),
            indexes: Arc::new(Indexes::bare(head.sequence)),
            feed: feed::Hub::new(),
            clock: Arc::clone(&clock),
            training: false,
            tasks: tasks.clone(),
        };
        let writer = Writer::start(parts, &tasks, &stop);
        Ok(Self { store, writer, clock, stop, tasks })
    }

    /// Lets an agency in.
    ///
    /// # Errors
    /// It exists, a rule refused it, or the store failed.
    pub async fn admit_agency(&self, agency: Agency) -> Result<(), AdminError> {
        same_country(&agency, None)?;
        let mut fates = self.writer.offices(vec![OfficeCommand::AdmitAgency { agency }]).await;
        match fates.pop() {
            Some(Fate::Done(_)) => Ok(()),
            Some(Fate::Refused(refusal)) => Err(AdminError::Refused(refusal)),
            Some(Fate::Unknown) | None => Err(AdminError::Unknown),
        }
    }

    /// Lets an officer of an agency in; the agency too, as it is given, when it is new.
    ///
    /// # Errors
    /// The agency stands under another country, a rule refused it, or the store failed.
    pub async fn admit_officer(
        &self,
        name: &str,
        agency: Agency,
        role: Role,
    ) -> Result<Admitted, AdminError> {
        let mut tx = self.store.read().await?;
        let known = tables::agency(&mut tx, &agency.id).await?;
        drop(tx);
        same_country(&agency, known.as_ref())?;
        let (id, country, token) = (agency.id.clone(), agency.ncb, admin::new_token());
        let officer = admin::officer(name, &id, role, &token);
        // Asked first, so that an agency does not come in for an officer who may not.
        let context = Context::registry((self.clock)());
        agency::decide(Some(&agency), &officer, &context).map_err(AdminError::Refused)?;
        let first = known.is_none().then_some(OfficeCommand::AdmitAgency { agency });
        let commands = first.into_iter().chain([officer]).collect();
        admin::all_in(self.writer.offices(commands).await)?;
        Ok(Admitted { agency: id, country, token })
    }

    /// Finishes what was begun and closes the store.
    pub async fn close(self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
        self.store.close().await;
    }
}

/// An officer has the rights of the country that the agency stands under, so it must be the
/// one that was asked for.
fn same_country(agency: &Agency, known: Option<&Agency>) -> Result<(), AdminError> {
    let by_id = agency.id.as_str().split_once('-').map_or("", |(country, _)| country);
    let under = known.map_or(by_id, |known| known.ncb.as_str());
    if under == agency.ncb.as_str() {
        return Ok(());
    }
    let (agency, under, asked) = (agency.id.clone(), under.to_owned(), agency.ncb);
    Err(AdminError::OtherCountry { agency, under, asked })
}

/// All agencies, by id.
///
/// # Errors
/// The store failed.
pub async fn agencies(store: &Store) -> Result<Vec<Agency>, StoreError> {
    documents(store, "agencies", sql::AGENCIES).await
}

/// All officers, in the order in which they came in.
///
/// # Errors
/// The store failed.
pub async fn officers(store: &Store) -> Result<Vec<Officer>, StoreError> {
    documents(store, "officers", sql::OFFICERS).await
}

async fn documents<T: DeserializeOwned>(
    store: &Store,
    table: &'static str,
    statement: &'static str,
) -> Result<Vec<T>, StoreError> {
    let parse =
        |row: &Row| serde_json::from_str(row.text(0)).map_err(|error| StoreError::unreadable(table, &error));
    store.read().await?.rows(statement, []).await?.iter().map(parse).collect()
}
