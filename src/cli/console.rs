//! `iarms console`: the full-screen program on a registry somewhere else.

use super::report::Ending;
use super::settings::Settings;
use crate::client::Line;
use crate::client::desk::{self, Desk, Folders, Owner};
use crate::console::look::Look;
use crate::console::pacing::Pacing;
use crate::console::shell::{self, Setup};
use crate::console::state::Start;
use crate::wire::news::News;
use clap::Args;
use color_eyre::eyre::{WrapErr, eyre};
use jiff::tz::TimeZone;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;
use tokio::time::timeout;
use tracing_subscriber::EnvFilter;

/// Longest that the console's start waits to hear who the officer is, on a thin line a handshake
/// and a round trip.
const GREETING: Duration = Duration::from_secs(8);

/// Open the console on a registry.
///
/// Example: IARMS_TOKEN_FILE=~/.iarms-token iarms console --connect http://127.0.0.1:8417
#[derive(Debug, Args)]
pub struct ConsoleArguments {
    /// Take away what consoles of this user have seen and kept on this machine, and open none;
    /// outboxes and drafts stay.
    #[arg(long)]
    pub wipe: bool,
}

/// Runs the console until the officer leaves.
///
/// # Errors
/// The settings name no registry or token, or there is no terminal.
pub async fn run(arguments: ConsoleArguments, settings: &Settings) -> color_eyre::Result<Ending> {
    if arguments.wipe {
        return wipe();
    }
    let line = settings.line()?;
    super::private::files_from_here_on();
    let folders = folders()?.of(line.address().as_str(), &settings.token()?);
    if !folders.has_owner() {
        greeted(&line, &folders).await?;
    }
    let (purpose, case) = (settings.purpose.as_deref(), settings.case.as_deref());
    let (look, pacing) = (settings.console.look(), settings.console.pacing());
    let status = open(line, folders, purpose, case, settings.wipe_at_leave, look, pacing).await?;
    Ok(Ending::Status(status))
}

/// Asks who the officer is, under a token that this machine does not know: so that what was left
/// under the one before is found. Without a line that has to wait for the next start.
async fn greeted(line: &Line, folders: &Folders) -> color_eyre::Result<()> {
    let asked = timeout(GREETING, line.poll(None, Duration::ZERO)).await;
    let news = asked.ok().and_then(Result::ok).unwrap_or_default();
    let hello = news.iter().find_map(|news| match news {
        News::Hello(hello) => Some(hello),
        _ => None,
    });
    if let Some(hello) = hello {
        folders.belong_to(&Owner::of(line.address().as_str(), hello))?;
    }
    Ok(())
}

/// Takes away what was seen.
fn wipe() -> color_eyre::Result<Ending> {
    let caches = folders()?.cache;
    let wiped = desk::wipe_all(&caches).wrap_err_with(|| format!("cannot empty {}", caches.display()))?;
    writeln!(std::io::stdout().lock(), "{wiped} desks wiped in {}", caches.display())?;
    Ok(Ending::Status(0))
}

/// Where desks keep what may not be lost, and what was seen.
///
/// # Errors
/// There is no place for it.
pub fn folders() -> color_eyre::Result<Folders> {
    Ok(Folders {
        state: state_folder()?.join("desks"),
        cache: below("XDG_CACHE_HOME", ".cache")?.join("iarms/desks"),
    })
}

/// Opens the console on a line and returns its exit status.
///
/// # Errors
/// There is no terminal, or no place for the log and the desk's files.
pub async fn open(
    line: Line,
    folders: Folders,
    purpose: Option<&str>,
    case: Option<&str>,
    wipe_at_leave: bool,
    look: Look,
    pacing: Pacing,
) -> color_eyre::Result<u8> {
    super::private::files_from_here_on();
    let folder = state_folder()?;
    let place = folders.state.clone();
    let desk =
        Desk::open(folders).wrap_err_with(|| format!("cannot keep an outbox in {}", place.display()))?;
    let guard = log_to(&folder)?;
    let zone = TimeZone::system();
    let start = Start { zone, purpose: purpose.map(str::to_owned), case: case.map(str::to_owned) };
    let setup = Setup {
        line,
        start,
        look,
        pacing,
        desk: Some(desk),
        wipe_at_leave,
        crash_file: folder.join("crash.log"),
    };
    let status = shell::run(setup).await.wrap_err("the console needs a terminal");
    drop(guard);
    status
}

/// Where the console keeps its log: in the XDG state folder.
fn state_folder() -> color_eyre::Result<PathBuf> {
    let folder = below("XDG_STATE_HOME", ".local/state")?.join("iarms");
    super::private::folder(&folder)?;
    Ok(folder)
}

/// A folder of the XDG places: that of the variable, else the usual one below HOME.
fn below(variable: &str, usual: &str) -> color_eyre::Result<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home =
        || set("HOME").ok_or_else(|| eyre!("no HOME is set, so there is no place for the console's files"));
    set(variable).map_or_else(|| Ok(home()?.join(usual)), Ok)
}

/// Lines of the log that may wait for the disk; more are left out.
const LINES_WAITING: usize = 4_096;

/// The console's log goes to a file: its terminal belongs to the officer.
fn log_to(folder: &std::path::Path) -> color_eyre::Result<tracing_appender::non_blocking::WorkerGuard> {
    let files = tracing_appender::rolling::Builder::new()
        .rotation(tracing_appender::rolling::Rotation::DAILY)
        .filename_prefix("console.log")
        .max_log_files(7)
        .build(folder)
        .wrap_err_with(|| format!("cannot write a log in {}", folder.display()))?;
    // The usual room, for 128 000 lines, takes four megabytes before the first.
    let (writer, guard) = tracing_appender::non_blocking::NonBlockingBuilder::default()
        .buffered_lines_limit(LINES_WAITING)
        .finish(files);
    let filter = EnvFilter::try_from_env("IARMS_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(writer)
        .try_init()
        .map_err(|e| eyre!("the log cannot be opened: {e}"))?;
    Ok(guard)
}
