//! The flags of what works on a store itself.

use super::settings::Settings;
use super::stand;
use crate::registry::store::Address;
use clap::Args;

/// Which store, and whether a person or a script reads the answer.
#[derive(Debug, Clone, Args)]
pub struct AtStore {
    /// The store: sqlite:FILE (IARMS_STORE).
    #[arg(long, value_name = "STORE")]
    pub store: Option<String>,
    /// JSON instead of words: one object, of a list one a line.
    #[arg(long)]
    pub json: bool,
}

impl AtStore {
    /// A store that is there.
    ///
    /// # Errors
    /// What is named is no address, or there is no home for the usual one.
    pub fn store(&self, settings: &Settings) -> color_eyre::Result<Address> {
        stand::store(self.store.as_deref(), settings)
    }

    /// A store that is made when it is not there.
    ///
    /// # Errors
    /// What is named is no address, or the usual folder cannot be made.
    pub fn store_to_make(&self, settings: &Settings) -> color_eyre::Result<Address> {
        stand::store_to_make(self.store.as_deref(), settings)
    }
}
