//! What the console writes to its terminal, action by action: `cargo bench --bench bytes`.
//!
//! The real binary in a pseudo-terminal of 120x40, on a registry in a process of its own; for the
//! times, behind a thin line. Prints the table and fails where a bar is broken.
//! `--only demo,actions,idle,slow` runs some parts; `--raw` prints the bytes of each action too.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    reason = "a bench speaks to the person who runs it, and stops where it cannot measure"
)]

#[path = "bytes/actions.rs"]
mod actions;
#[path = "bytes/glass.rs"]
mod glass;
#[path = "bytes/idle.rs"]
mod idle;
#[path = "bytes/line.rs"]
mod line;
#[path = "bytes/process.rs"]
mod process;
#[path = "bytes/slow.rs"]
mod slow;
#[path = "bytes/station.rs"]
mod station;
#[path = "bytes/table.rs"]
mod table;

use glass::{Glass, Written};
use portable_pty::CommandBuilder;
use station::{PROGRAM, Station};
use std::process::ExitCode;
use std::time::Duration;
use table::Table;

/// Silence that ends an action: shorter than the pause after which the bottom line follows.
const QUIET: Duration = Duration::from_millis(250);
/// Silence that ends what follows after a pause, or what comes from the registry.
const SETTLED: Duration = Duration::from_millis(1200);

const USAGE: &str = "bytes [--only demo,actions,idle,slow] [--raw]";

struct Wanted {
    only: Vec<String>,
    raw: bool,
}

fn wanted() -> Option<Wanted> {
    let mut wanted = Wanted { only: Vec::new(), raw: false };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--only" => wanted.only = words.next()?.split(',').map(str::to_owned).collect(),
            "--raw" => wanted.raw = true,
            // Cargo says so to every bench.
            "--bench" => {}
            _ => return None,
        }
    }
    Some(wanted)
}

impl Wanted {
    fn runs(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == part)
    }

    fn show(&self, action: &str, written: &Written) {
        if self.raw {
            eprintln!("  {action}: {}", written.bytes.escape_ascii());
        }
    }
}

fn main() -> ExitCode {
    let Some(wanted) = wanted() else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    let mut table = Table::default();
    if wanted.runs("demo") {
        demo(&wanted, &mut table);
    }
    if wanted.runs("actions") || wanted.runs("idle") {
        let station = Station::start();
        let glass = Glass::start(console(&station));
        glass.see("hits 40");
        let first = glass.silence(SETTLED);
        wanted.show("first paint", &first);
        table.add("first paint, four panes, a queue of 40", first.bytes.len(), "B", Some(5500));
        if wanted.runs("actions") {
            actions::measure(&wanted, &station, &glass, &mut table);
        }
        if wanted.runs("idle") {
            idle::measure(&wanted, &glass, &mut table);
        }
    }
    if wanted.runs("slow") {
        slow::measure(&wanted, &mut table);
    }
    if table.keeps() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The README's first command: console, registry and sample data in one process.
fn demo(wanted: &Wanted, table: &mut Table) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = CommandBuilder::new(PROGRAM);
    command.args(["demo", "--seed", "7", "--quiet", "--store"]);
    command.arg(format!("sqlite:{}", folder.path().join("registry.db").display()));
    command.env("HOME", folder.path());
    let glass = Glass::start(command);
    glass.see("LIVE");
    let first = glass.silence(SETTLED);
    wanted.show("first paint, demo", &first);
    table.add("first paint, demo --seed 7 --quiet", first.bytes.len(), "B", Some(5500));
}

/// The console on a registry.
fn console(station: &Station) -> CommandBuilder {
    let mut command = CommandBuilder::new(PROGRAM);
    command.args(["console", "--connect", &station.url, "--purpose", "TRAINING", "--case", "1/26"]);
    command.env("IARMS_TOKEN", station.token());
    command.env("HOME", station.folder());
    command
}
