//! The sub-commands and the flags that all of them share.

use super::agency::AgencyArguments;
use super::audit::AuditArguments;
use super::check::CheckArguments;
use super::console::ConsoleArguments;
use super::demo::DemoArguments;
use super::doctor::DoctorArguments;
use super::import::ImportArguments;
use super::officer::OfficerArguments;
use super::record::RecordArguments;
use super::serve::ServeArguments;
use super::settings::Flags;
use clap::{Parser, Subcommand};

/// Records of lost, stolen, trafficked and smuggled firearms: a duty officer's console, and the registry it talks to.
///
/// Exit codes: 0 answered, 2 input, 3 refused, 4 unreachable, 5 unknown whether it was done,
/// 6 not authorised, 7 store or audit, 8 some rows rejected.
#[derive(Debug, Parser)]
#[command(name = "iarms", version, max_term_width = 100, after_help = SETTINGS_HELP)]
pub struct Arguments {
    /// Where the registry is, and who asks.
    #[command(flatten)]
    pub settings: Flags,
    /// What is to be done.
    #[command(subcommand)]
    pub command: Command,
}

const SETTINGS_HELP: &str = "Settings come from flags, then the environment (IARMS_CONNECT, IARMS_TOKEN or \
IARMS_TOKEN_FILE, IARMS_STORE, IARMS_LISTEN, IARMS_CONFIG, IARMS_PURPOSE, IARMS_CASE, IARMS_LOG), then the config file \
($XDG_CONFIG_HOME/iarms/config.toml), then defaults.";

/// What is to be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the console on a registry.
    #[command(
        after_help = "Example: IARMS_TOKEN_FILE=~/.iarms-token iarms console --connect http://127.0.0.1:8417"
    )]
    Console(ConsoleArguments),
    /// Open the console on a registry of its own: sample records, and other countries that act.
    #[command(after_help = "Example: iarms demo --seed 7 --quiet")]
    Demo(DemoArguments),
    /// Look a gun up.
    #[command(
        after_help = "Example: iarms check 'S KD73519 /MK FN /CAL 9X19' --purpose SEIZURE --case CR-26-417"
    )]
    Check(CheckArguments),
    /// Enter a record without a form.
    #[command(
        after_help = "Example: iarms record add --kind stolen --serial KD73519 --make FN --calibre 9X19 --type PI --date 2026-03-14 --case CR-26-417"
    )]
    Record(RecordArguments),
    /// Take records or checks over from a CSV file.
    #[command(
        after_help = "Example: iarms import thefts.csv --as records --kind stolen --dates mdy --columns serial=SER,make=MAK,date='DATE OF THEFT'"
    )]
    Import(ImportArguments),
    /// Measure the line, the terminal and SSH, and say what to change.
    #[command(after_help = "Example: iarms doctor --connect https://registry.example:8417")]
    Doctor(DoctorArguments),
    /// Run a registry.
    #[command(
        after_help = "Example: iarms serve --store sqlite:/var/lib/iarms/registry.db --listen 127.0.0.1:8417"
    )]
    Serve(ServeArguments),
    /// Let officers in and list them, at the store itself.
    #[command(
        after_help = "Example: iarms officer add --name 'A. Mora' --country CR --store sqlite:registry.db"
    )]
    Officer(OfficerArguments),
    /// Let agencies in and list them, at the store itself.
    #[command(
        after_help = "Example: iarms agency add CR-OIJ --name 'Judicial police' --phone '+506 2295 3000' --store sqlite:registry.db"
    )]
    Agency(AgencyArguments),
    /// Check the journal of a store.
    #[command(after_help = "Example: iarms audit verify --store sqlite:registry.db --deep")]
    Audit(AuditArguments),
}
