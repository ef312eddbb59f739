//! `iarms console`: the full-screen program on a registry somewhere else.

use super::report::Ending;
use super::settings::Settings;
use crate::client::Line;
use crate::console::look::Look;
use crate::console::shell::{self, Setup};
use crate::console::state::Start;
use clap::Args;
use color_eyre::eyre::{WrapErr, eyre};
use jiff::tz::TimeZone;
use std::path::PathBuf;
use tracing_subscriber::EnvFilter;

/// Open the console on a registry.
///
/// Example: IARMS_TOKEN_FILE=~/.iarms-token iarms console --connect http://127.0.0.1:8417
#[derive(Debug, Args)]
pub struct ConsoleArguments {}

/// Runs the console until the officer leaves.
///
/// # Errors
/// The settings name no registry or token, or there is no terminal.
pub async fn run(_: ConsoleArguments, settings: &Settings) -> color_eyre::Result<Ending> {
    let line = settings.line()?;
    let status =
        open(line, settings.purpose.as_deref(), settings.case.as_deref(), settings.console.look()).await?;
    Ok(Ending::Status(status))
}

/// Opens the console on a line and returns its exit status.
///
/// # Errors
/// There is no terminal, or no place for the log.
pub async fn open(
    line: Line,
    purpose: Option<&str>,
    case: Option<&str>,
    look: Look,
) -> color_eyre::Result<u8> {
    super::private::files_from_here_on();
    let folder = state_folder()?;
    let guard = log_to(&folder)?;
    let zone = TimeZone::system();
    let start = Start { zone, purpose: purpose.map(str::to_owned), case: case.map(str::to_owned) };
    let setup = Setup { line, start, look, crash_file: folder.join("crash.log") };
    let status = shell::run(setup).await.wrap_err("the console needs a terminal");
    drop(guard);
    status
}

/// Where the console keeps its log: in the XDG state folder.
fn state_folder() -> color_eyre::Result<PathBuf> {
    let state = match std::env::var_os("XDG_STATE_HOME") {
        Some(state) => PathBuf::from(state),
        None => PathBuf::from(
            std::env::var_os("HOME")
                .ok_or_else(|| eyre!("no HOME is set, so there is no place for the log"))?,
        )
        .join(".local/state"),
    };
    let folder = state.join("iarms");
    super::private::folder(&folder)?;
    Ok(folder)
}

/// The console's log goes to a file: its terminal belongs to the officer.
fn log_to(folder: &std::path::Path) -> color_eyre::Result<tracing_appender::non_blocking::WorkerGuard> {
    let files = tracing_appender::rolling::Builder::new()
        .rotation(tracing_appender::rolling::Rotation::DAILY)
        .filename_prefix("console.log")
        .max_log_files(7)
        .build(folder)
        .wrap_err_with(|| format!("cannot write a log in {}", folder.display()))?;
    let (writer, guard) = tracing_appender::non_blocking(files);
    let filter = EnvFilter::try_from_env("IARMS_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(writer)
        .try_init()
        .map_err(|e| eyre!("the log cannot be opened: {e}"))?;
    Ok(guard)
}
