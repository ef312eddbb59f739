//! The sub-commands and the flags that all of them share.

use super::audit::AuditArguments;
use super::check::CheckArguments;
use super::console::ConsoleArguments;
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
IARMS_TOKEN_FILE, IARMS_STORE, IARMS_LISTEN, IARMS_CONFIG, IARMS_PURPOSE, IARMS_CASE), then the config file \
($XDG_CONFIG_HOME/iarms/config.toml), then defaults.";

/// What is to be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the console on a registry.
    Console(ConsoleArguments),
    /// Look a gun up.
    Check(CheckArguments),
    /// Enter a record without a form.
    Record(RecordArguments),
    /// Take records or checks over from a CSV file.
    Import(ImportArguments),
    /// Run a registry.
    Serve(ServeArguments),
    /// Let officers in, at the store itself.
    Officer(OfficerArguments),
    /// Check the journal of a store.
    Audit(AuditArguments),
}
