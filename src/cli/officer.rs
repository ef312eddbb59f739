//! `iarms officer`: lets officers in, at the store itself.

use super::report::Ending;
use super::stand;
use crate::domain::agency::{Agency, Contact, OfficeCommand, Role};
use crate::domain::ids::{AgencyId, CountryCode};
use crate::domain::text::Text;
use crate::reference::country;
use crate::registry::store::Address;
use crate::registry::{Registry, Settings, admin, machine_clock};
use clap::{Args, Subcommand, ValueEnum};
use color_eyre::eyre::{WrapErr, eyre};
use serde_json::json;

/// Let officers in. Works on the store itself, so that a new registry gets its first one.
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
}

/// Who is let in.
#[derive(Debug, Args)]
pub struct AddArguments {
    /// The officer's name.
    #[arg(long)]
    pub name: String,
    /// The country of the NCB.
    #[arg(long)]
    pub country: CountryCode,
    /// The agency, such as CR-OIJ; the NCB itself when none is named.
    #[arg(long)]
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
    /// The store: sqlite:FILE.
    #[arg(long, env = "IARMS_STORE")]
    pub store: Option<String>,
    /// One JSON object instead of words.
    #[arg(long)]
    pub json: bool,
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

/// Lets an officer in.
///
/// # Errors
/// The store cannot be opened, or a rule refuses it.
pub async fn run(arguments: OfficerArguments) -> color_eyre::Result<Ending> {
    let OfficerAction::Add(add) = arguments.action;
    let store: Address = match &add.store {
        Some(store) => store.parse()?,
        None => stand::usual_store()?,
    };
    let country = country::by_code(add.country.as_str())
        .ok_or_else(|| eyre!("--country {}: there is no such country", add.country))?;
    let settings = Settings { store: store.clone(), training: false, clock: machine_clock() };
    let registry =
        Registry::open(settings).await.wrap_err_with(|| format!("cannot open {}", store.path().display()))?;
    let id = add.agency.clone().unwrap_or_else(|| AgencyId::ncb(add.country));
    let name = add.agency_name.clone().unwrap_or_else(|| format!("NCB {}", country.name));
    let contact = Contact {
        phone: Text::new(add.phone.clone()),
        hours: Text::from("24 h"),
        languages: Text::default(),
    };
    let agency = Agency { id: id.clone(), ncb: add.country, name: Text::new(name), contact };
    let admitted = async {
        admin::all_in(registry.writer().offices(vec![OfficeCommand::AdmitAgency { agency }]).await)?;
        admin::admit_officer(registry.writer(), &add.name, add.country, id, add.role.into()).await
    };
    let admitted = admitted.await;
    registry.stop().await;
    let admitted = admitted?;
    if add.json {
        super::out(
            &json!({"agency": admitted.agency, "country": admitted.country, "token": admitted.token})
                .to_string(),
        );
    } else {
        super::out(&format!(
            "{} of {} is in. The token is shown this once; put it in a file that only the officer can read:\n{}",
            add.name, admitted.agency, admitted.token
        ));
    }
    Ok(Ending::Answered)
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
