//! What `serve` and `demo` share: places for stores, agencies and officers to begin with, signals.

use super::settings::Settings;
use crate::domain::agency::{Agency, Contact, OfficeCommand, Role};
use crate::domain::ids::{AgencyId, CountryCode};
use crate::domain::text::Text;
use crate::reference::country;
use crate::registry::store::Address;
use crate::registry::{Registry, admin};
use color_eyre::eyre::eyre;
use std::path::PathBuf;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Officers who are ready to work, by country, with their tokens.
#[derive(Debug, Default)]
pub struct Stand {
    /// In the order in which the countries were named.
    pub officers: Vec<(CountryCode, String)>,
}

/// Lets in an NCB for every country that exists, and one duty officer for each country named.
///
/// # Errors
/// A country does not exist, or the store failed.
pub async fn admit(registry: &Registry, countries: &[CountryCode]) -> color_eyre::Result<Stand> {
    let agencies = country::all().iter().filter(|c| c.withdrawn.is_none()).filter_map(ncb);
    let admitted = registry
        .writer()
        .offices(agencies.map(|agency| OfficeCommand::AdmitAgency { agency }).collect())
        .await;
    admin::all_in(admitted)?;
    let mut stand = Stand::default();
    for code in countries {
        let name = country::by_code(code.as_str())
            .map(|c| c.name.clone())
            .ok_or_else(|| eyre!("--as {code}: there is no such country"))?;
        let officer = format!("Officer of {name}");
        let token =
            admin::admit_officer(registry.writer(), &officer, *code, AgencyId::ncb(*code), Role::Duty)
                .await?
                .token;
        if !stand.officers.iter().any(|(known, _)| known == code) {
            stand.officers.push((*code, token));
        }
    }
    Ok(stand)
}

fn ncb(country: &country::Country) -> Option<Agency> {
    let code: CountryCode = country.code.parse().ok()?;
    Some(Agency {
        id: AgencyId::ncb(code),
        ncb: code,
        name: Text::new(format!("NCB {}", country.name)),
        contact: Contact {
            phone: Text::from("+000 555 0100"),
            hours: Text::from("24 h"),
            languages: Text::from("EN"),
        },
    })
}

/// Where the store is when nobody says: in the XDG data folder.
///
/// # Errors
/// The folder cannot be made, or there is no home.
pub fn usual_store() -> color_eyre::Result<Address> {
    let folder = usual_folder()?;
    super::private::folder(&folder)?;
    Ok(Address::file(folder.join("registry.db")))
}

fn usual_folder() -> color_eyre::Result<PathBuf> {
    let data = match std::env::var_os("XDG_DATA_HOME") {
        Some(data) => PathBuf::from(data),
        None => PathBuf::from(
            std::env::var_os("HOME")
                .ok_or_else(|| eyre!("no HOME is set; name the store: --store sqlite:FILE"))?,
        )
        .join(".local/share"),
    };
    Ok(data.join("iarms"))
}

/// The store that is named: by the flag, else by environment or config file, else the usual one.
///
/// # Errors
/// What is named is no address, or there is no home for the usual one.
pub fn store(flag: Option<&str>, settings: &Settings) -> color_eyre::Result<Address> {
    match flag.or(settings.store.as_deref()) {
        Some(named) => Ok(named.parse()?),
        None => Ok(Address::file(usual_folder()?.join("registry.db"))),
    }
}

/// The same for a command that makes the store when it is not there.
///
/// # Errors
/// What is named is no address, or the usual folder cannot be made.
pub fn store_to_make(flag: Option<&str>, settings: &Settings) -> color_eyre::Result<Address> {
    if flag.or(settings.store.as_deref()).is_none() {
        return usual_store();
    }
    store(flag, settings)
}

/// The signals that end the process in order.
#[derive(Debug)]
pub struct Signals([Signal; 3]);

impl Signals {
    /// Listens from now on: a signal that comes before somebody waits is not lost.
    ///
    /// # Errors
    /// Signals cannot be listened for.
    pub fn listen() -> color_eyre::Result<Self> {
        Ok(Self([
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
            signal(SignalKind::hangup())?,
        ]))
    }

    /// Waits for the first of them.
    pub async fn first(&mut self) {
        let [terminate, interrupt, hang_up] = &mut self.0;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            _ = hang_up.recv() => {}
        }
    }
}
