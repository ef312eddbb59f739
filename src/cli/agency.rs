//! `iarms agency`: lets agencies in and lists them, at the store itself.

use super::at_store::AtStore;
use super::report::Ending;
use super::settings::Settings;
use super::values;
use crate::domain::agency::{Agency, Contact};
use crate::domain::ids::AgencyId;
use crate::domain::text::{Shown, Text};
use crate::registry::machine_clock;
use crate::registry::office::{self, Office};
use crate::registry::store::Store;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

/// Let agencies in and list them. Works on the store itself.
#[derive(Debug, Args)]
pub struct AgencyArguments {
    /// What to do.
    #[command(subcommand)]
    pub action: AgencyAction,
}

/// What can be done about agencies.
#[derive(Debug, Subcommand)]
pub enum AgencyAction {
    /// Let an agency in. Its country is that of its id.
    ///
    /// Example: iarms agency add CR-OIJ --name "Organismo de Investigación Judicial" --phone "+506 2295 3000"
    Add(AddArguments),
    /// List the agencies, with where each is reached.
    ///
    /// Example: iarms agency list --store sqlite:registry.db
    List(AtStore),
}

/// Which agency is let in.
#[derive(Debug, Args)]
pub struct AddArguments {
    /// Its id: the country, a hyphen and a short name, such as CR-OIJ.
    #[arg(value_parser = values::agency)]
    pub id: AgencyId,
    /// Its name.
    #[arg(long)]
    pub name: String,
    /// Its telephone with the country code, where somebody answers a hit.
    #[arg(long)]
    pub phone: String,
    /// Hours in which somebody answers.
    #[arg(long, default_value = "24 h")]
    pub hours: String,
    /// Languages spoken, as two-letter codes with blanks between: "ES EN".
    #[arg(long, default_value = "")]
    pub languages: String,
    /// Which store, and for whom.
    #[command(flatten)]
    pub at: AtStore,
}

/// Does what is asked about agencies.
///
/// # Errors
/// The store cannot be used, or a rule refuses it.
pub async fn run(arguments: AgencyArguments, settings: &Settings) -> color_eyre::Result<Ending> {
    match arguments.action {
        AgencyAction::Add(arguments) => add(arguments, settings).await,
        AgencyAction::List(arguments) => list(&arguments, settings).await,
    }
}

async fn add(arguments: AddArguments, settings: &Settings) -> color_eyre::Result<Ending> {
    let store = arguments.at.store_to_make(settings)?;
    let country = arguments.id.as_str().split_once('-').map_or("", |(country, _)| country);
    let agency = Agency {
        ncb: country.parse()?,
        id: arguments.id,
        name: Text::new(arguments.name),
        contact: Contact {
            phone: Text::new(arguments.phone),
            hours: Text::new(arguments.hours),
            languages: Text::new(arguments.languages),
        },
    };
    let office = Office::open(&store, machine_clock()).await?;
    let admitted = office.admit_agency(agency.clone()).await;
    office.close().await;
    admitted?;
    if arguments.at.json {
        super::out(&as_json(&agency).to_string());
    } else {
        super::out(&format!("{} is in.", agency.id));
    }
    Ok(Ending::Answered)
}

async fn list(at: &AtStore, settings: &Settings) -> color_eyre::Result<Ending> {
    let store = Store::open_existing(&at.store(settings)?).await?;
    let agencies = office::agencies(&store).await;
    store.close().await;
    for agency in agencies? {
        if at.json {
            super::out(&as_json(&agency).to_string());
        } else {
            let Contact { phone, hours, languages } = &agency.contact;
            let [name, phone, hours, languages] = [&agency.name, phone, hours, languages].map(Shown::from);
            super::out(format!("{:<20} {name}  {phone}  {hours}  {languages}", agency.id).trim_end());
        }
    }
    Ok(Ending::Answered)
}

fn as_json(agency: &Agency) -> Value {
    let Contact { phone, hours, languages } = &agency.contact;
    json!({
        "id": agency.id, "country": agency.ncb, "name": agency.name,
        "phone": phone, "hours": hours, "languages": languages,
    })
}
