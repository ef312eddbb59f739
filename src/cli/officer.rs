//! `iarms officer`: lets officers in and lists them, at the store itself.

use super::at_store::AtStore;
use super::report::Ending;
use super::settings::Settings;
use super::values;
use crate::domain::agency::{Agency, Contact, Role};
use crate::domain::ids::{AgencyId, CountryCode};
use crate::domain::text::{Shown, Text};
use crate::registry::machine_clock;
use crate::registry::office::{self, Office};
use crate::registry::store::Store;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

/// Let officers in and list them. Works on the store itself, so that a new registry gets its first one.
#[derive(Debug, Args)]
pub struct OfficerArguments {
    /// What to do.
    #[command(subcommand)]
    pub action: OfficerAction,
}

/// What can be done about officers.
#[derive(Debug, Subcommand)]
pub enum OfficerAction {
    /// Let an officer in and print the token, this once.
    ///
    /// Example: iarms officer add --name "A. Mora" --country CR --store sqlite:registry.db
    Add(AddArguments),
    /// List the officers: id, agency, role and name.
    ///
    /// Example: iarms officer list --store sqlite:registry.db
    List(AtStore),
}

/// Who is let in.
#[derive(Debug, Args)]
pub struct AddArguments {
    /// The officer's name.
    #[arg(long)]
    pub name: String,
    /// The country of the NCB: two letters; ZZ for the hub.
    #[arg(long, value_name = "CC", value_parser = values::country)]
    pub country: CountryCode,
    /// The agency, such as CR-OIJ; the NCB itself when none is named.
    #[arg(long, value_parser = values::agency)]
    pub agency: Option<AgencyId>,
    /// The agency's name, when it is new.
    #[arg(long)]
    pub agency_name: Option<String>,
    /// Its telephone, answered at any hour.
    #[arg(long, default_value = "")]
    pub phone: String,
    /// What the officer may do.
    #[arg(long, value_enum, default_value = "duty")]
    pub role: RoleArgument,
    /// Which store, and for whom.
    #[command(flatten)]
    pub at: AtStore,
}

/// A role by its name.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum RoleArgument {
    /// Checks, records and answers.
    Duty,
    /// Head of an NCB.
    Head,
    /// Reads and checks only.
    Reader,
    /// Runs the registry.
    Hub,
}

/// Does what is asked about officers.
///
/// # Errors
/// The store cannot be used, or a rule refuses it.
pub async fn run(arguments: OfficerArguments, settings: &Settings) -> color_eyre::Result<Ending> {
    match arguments.action {
        OfficerAction::Add(arguments) => add(arguments, settings).await,
        OfficerAction::List(arguments) => list(&arguments, settings).await,
    }
}

async fn add(arguments: AddArguments, settings: &Settings) -> color_eyre::Result<Ending> {
    let store = arguments.at.store_to_make(settings)?;
    let office = Office::open(&store, machine_clock()).await?;
    let admitted = office.admit_officer(&arguments.name, agency(&arguments), arguments.role.into()).await;
    office.close().await;
    let admitted = admitted?;
    if arguments.at.json {
        super::out(
            &json!({"agency": admitted.agency, "country": admitted.country, "token": admitted.token})
                .to_string(),
        );
    } else {
        super::out(&format!(
            "{} of {} is in, in the store {}. The token is shown this once; put it in a file that only the officer can read:\n{}",
            Shown::of(&arguments.name),
            admitted.agency,
            Shown::of(&store.path().to_string_lossy()),
            admitted.token
        ));
    }
    Ok(Ending::Answered)
}

/// The agency as it comes in with its first officer; one that is in already stays as it is.
fn agency(arguments: &AddArguments) -> Agency {
    let bureau = AgencyId::ncb(arguments.country);
    let id = arguments.agency.clone().unwrap_or_else(|| bureau.clone());
    let usual = if id == bureau { values::bureau(arguments.country) } else { id.to_string() };
    Agency {
        ncb: arguments.country,
        name: Text::new(arguments.agency_name.clone().unwrap_or(usual)),
        id,
        contact: Contact {
            phone: Text::new(arguments.phone.clone()),
            hours: Text::from("24 h"),
            languages: Text::default(),
        },
    }
}

async fn list(at: &AtStore, settings: &Settings) -> color_eyre::Result<Ending> {
    let store = Store::open_existing(&at.store(settings)?).await?;
    let officers = office::officers(&store).await;
    store.close().await;
    for officer in officers? {
        let (agency, role) = (&officer.party.agency, role(officer.role));
        if at.json {
            super::out(
                &json!({"id": officer.id, "name": officer.name.text(), "agency": agency, "role": role})
                    .to_string(),
            );
        } else {
            let name = officer.name.text().map_or_else(|| Shown::of("(erased)"), Shown::from);
            super::out(&format!("{:<8} {agency:<20} {role:<8} {name}", officer.id));
        }
    }
    Ok(Ending::Answered)
}

/// A role as `--role` takes it.
fn role(role: Role) -> &'static str {
    match role {
        Role::Duty => "duty",
        Role::Head => "head",
        Role::Reader => "reader",
        Role::Hub => "hub",
    }
}

impl From<RoleArgument> for Role {
    fn from(role: RoleArgument) -> Self {
        match role {
            RoleArgument::Duty => Role::Duty,
            RoleArgument::Head => Role::Head,
            RoleArgument::Reader => Role::Reader,
            RoleArgument::Hub => Role::Hub,
        }
    }
}
