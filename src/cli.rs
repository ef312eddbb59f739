//! The command line: one file a sub-command, no rules of its own.
//!
//! What a person reads goes to standard error when it is about the program, and to standard
//! output when it is the answer; with `--json` the answer is for a script.

pub mod again;
pub mod agency;
pub mod arguments;
pub mod at_store;
pub mod audit;
pub mod check;
pub mod columns;
pub mod console;
pub mod demo;
mod descriptors;
pub mod doctor;
pub mod fields;
pub mod guard;
pub mod import;
pub mod insist;
pub mod json;
pub mod log;
pub mod nearer;
pub mod officer;
pub mod private;
pub mod record;
pub mod report;
pub mod rows;
pub mod scratch;
pub mod serve;
pub mod settings;
pub mod stand;
pub mod values;

use crate::domain::text::Shown;
use arguments::{Arguments, Command};
use clap::Parser;
use report::Ending;
use std::io::Write;
use std::process::ExitCode;

/// Reads the arguments, does what they say and returns the exit code.
pub fn run() -> ExitCode {
    report::install();
    let arguments = Arguments::parse();
    let ending = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(answer(arguments)),
        Err(error) => Err(error.into()),
    };
    let ending = ending.unwrap_or_else(|failure| report::show(&failure));
    ExitCode::from(ending.code())
}

async fn answer(arguments: Arguments) -> color_eyre::Result<Ending> {
    let settings = arguments.settings.read()?;
    match arguments.command {
        Command::Demo(arguments) => demo::run(arguments, &settings).await,
        Command::Check(arguments) => check::run(arguments, &settings).await,
        Command::Record(arguments) => record::run(arguments, &settings).await,
        Command::Import(arguments) => import::run(arguments, &settings).await,
        Command::Console(arguments) => console::run(arguments, &settings).await,
        Command::Serve(arguments) => serve::run(arguments, &settings).await,
        Command::Officer(arguments) => officer::run(arguments, &settings).await,
        Command::Agency(arguments) => agency::run(arguments, &settings).await,
        Command::Doctor(arguments) => doctor::run(arguments, &settings).await,
        Command::Audit(arguments) => audit::run(arguments, &settings).await,
    }
}

/// Tells a person something about the program's work on standard error.
///
/// Parts of it may come from a file or a registry, so nothing in it reaches the terminal that
/// could move its cursor.
pub fn tell(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "iarms: {}", Shown::of(line));
}

/// Prints a line of the answer; nobody is left to tell when the reader has gone.
pub fn out(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
