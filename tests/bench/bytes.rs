//! What the console writes to its terminal, action by action: `cargo bench --bench bytes`.
//!
//! The real binary in a pseudo-terminal of 120x40, on a registry in a process of its own. Prints
//! the table and fails where a bar is broken. `--only demo,actions,idle` runs some parts; `--raw`
//! prints the bytes of each action too.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    reason = "a bench speaks to the person who runs it, and stops where it cannot measure"
)]

#[path = "bytes/glass.rs"]
mod glass;
#[path = "bytes/process.rs"]
mod process;
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
/// Time without keys in which wake-ups are counted.
const IDLE: Duration = Duration::from_secs(10);

const USAGE: &str = "bytes [--only demo,actions,idle] [--raw]";

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
        let mut glass = console(&station);
        glass.see("hits 40");
        let first = glass.silence(SETTLED);
        wanted.show("first paint", &first);
        table.add("first paint, four panes, a queue of 40", first.bytes.len(), "B", Some(5500));
        if wanted.runs("actions") {
            actions(&wanted, &station, &mut glass, &mut table);
        }
        if wanted.runs("idle") {
            idle(&wanted, &glass, &mut table);
        }
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

fn console(station: &Station) -> Glass {
    let mut command = CommandBuilder::new(PROGRAM);
    command.args(["console", "--connect", &station.url, "--purpose", "TRAINING", "--case", "1/26"]);
    command.env("IARMS_TOKEN", station.token());
    command.env("HOME", station.folder());
    Glass::start(command)
}

/// Presses keys and adds what they cost until it is quiet, and what follows after the pause.
fn act(wanted: &Wanted, glass: &mut Glass, table: &mut Table, action: &'static str, keys: &str, bar: u64) {
    glass.press(keys);
    let written = glass.silence(QUIET);
    wanted.show(action, &written);
    let after = glass.silence(SETTLED);
    wanted.show("  after the pause", &after);
    let note = if after.bytes.is_empty() {
        String::new()
    } else {
        format!("then {} B after the pause", after.bytes.len())
    };
    table.note(action, written.bytes.len(), "B", Some(bar), note);
}

/// Opens what is marked, and counts until the title says what it is: what the registry answers late
/// is no saving.
fn open(wanted: &Wanted, glass: &mut Glass, table: &mut Table, action: &'static str, title: &str, bar: u64) {
    glass.press("\r");
    glass.see(title);
    // It comes in one write: whatever follows, follows later.
    let written = glass.silence(QUIET / 3);
    wanted.show(action, &written);
    let after = glass.silence(SETTLED);
    wanted.show("  after the pause", &after);
    let note = format!("then {} B after the pause", after.bytes.len());
    table.note(action, written.bytes.len(), "B", Some(bar), note);
}

fn prepare(glass: &mut Glass, keys: &str) {
    glass.press(keys);
    glass.silence(SETTLED);
}

fn actions(wanted: &Wanted, station: &Station, glass: &mut Glass, table: &mut Table) {
    let act = |glass: &mut Glass, table: &mut Table, action, keys: &str, bar| {
        act(wanted, glass, table, action, keys, bar);
    };
    prepare(glass, "1");
    act(glass, table, "move one row", "j", 10);
    act(glass, table, "move one row again", "j", 10);
    act(glass, table, "move one row back", "k", 10);
    prepare(glass, "<");
    act(glass, table, "five rows, one burst", "jjjjj", 15);
    open(wanted, glass, table, "open a record, from empty", "H-6  CR-2026-0000006", 700);
    prepare(glass, "1j");
    open(wanted, glass, table, "open a record, from another", "H-7  CR-2026-0000007", 450);
    prepare(glass, "1j");
    open(wanted, glass, table, "open a record, from another again", "H-8  CR-2026-0000008", 450);
    act(glass, table, "another pane", "\t", 120);
    act(glass, table, "another pane, again", "\t", 120);
    prepare(glass, "1<jjjjjj");
    act(glass, table, "to the last row that is shown", "j", 10);
    act(glass, table, "scroll a full-width list one row", "j", 150);
    act(glass, table, "scroll it one row more", "j", 150);
    act(glass, table, "a page", "\x1b[6~", 1600);
    prepare(glass, "<");
    act(glass, table, "a search line opened (its own lines)", "s", 400);
    act(glass, table, "type one character", "K", 4);
    act(glass, table, "type one character more", "D", 4);
    prepare(glass, "\x1b1");
    act(glass, table, "a question opened (its own lines), the gun read", "r", 1100);
    prepare(glass, "\x1b");
    act(glass, table, "a question opened (its own lines)", "r", 400);
    act(glass, table, "and closed", "\x1b", 400);
    act(glass, table, "a key that does nothing (its sentence)", "y", 60);
    act(glass, table, "whole repaint (Ctrl-L)", "\x0c", 5500);
    station.check_one_more();
    glass.see("hits 41");
    let alert = glass.silence(SETTLED);
    wanted.show("alert", &alert);
    table.note(
        "alert, in the top line",
        alert.lines[0],
        "B",
        Some(40),
        format!("{} B with its line of text", alert.bytes.len()),
    );
}

/// A minute without keys: nothing, then the minute's frame; and what the process does meanwhile.
fn idle(wanted: &Wanted, glass: &Glass, table: &mut Table) {
    let seconds = || jiff::Timestamp::now().as_second().rem_euclid(60);
    // The minute's frame is not to fall into the time that is to be silent.
    while seconds() < 1 || seconds() > 10 {
        std::thread::sleep(Duration::from_millis(200));
    }
    glass.take();
    let before = process::counted(glass.process());
    std::thread::sleep(IDLE);
    let after = process::counted(glass.process());
    let wake_ups = after.wake_ups - before.wake_ups;
    table.note(
        "wake-ups, idle, a second",
        usize::try_from(wake_ups / IDLE.as_secs()).expect("few"),
        "",
        Some(0),
        format!(
            "{wake_ups} in {} s, {} ms of processor time",
            IDLE.as_secs(),
            (after.ticks - before.ticks) * 10
        ),
    );
    while seconds() < 57 {
        std::thread::sleep(Duration::from_millis(200));
    }
    table.add("idle within a minute, no news", glass.take().bytes.len(), "B", Some(0));
    std::thread::sleep(Duration::from_secs(6));
    let minute = glass.take();
    wanted.show("the minute's frame", &minute);
    table.add("the minute's frame", minute.bytes.len(), "B", Some(100));
    let (all, own) = process::memory(glass.process());
    table.note(
        "memory",
        usize::try_from(all / 1024).expect("little"),
        "MB",
        Some(25),
        format!("{} MB its own share", own / 1024),
    );
}
