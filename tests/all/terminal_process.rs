//! The terminal layer in a process of its own, with signals, panics and deadlines.
//!
//! The process is this test binary: started with a part to play, it runs [`probe`] only.

use std::io::{Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use iarms::console::terminal::{Along, Ending, Input, Terminal};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rustix::process::{Pid, Signal, kill_process};

use crate::terminal::modes_left_on;

const PART: &str = "IARMS_TERMINAL_PART";
const NOTES: &str = "IARMS_TERMINAL_NOTES";
const PROBE: &str = "terminal_process::probe";
const ENTERED: &[u8] = b"\x1b[?1049h\x1b[?2004h";
const LEFT: &[u8] = b"\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l";

fn note(text: &str) {
    let file = std::env::var_os(NOTES).unwrap();
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file).unwrap();
    writeln!(file, "{text}").unwrap();
}

fn report_file() -> PathBuf {
    PathBuf::from(std::env::var_os(NOTES).unwrap()).with_extension("report")
}

/// Plays the part that the environment names; without one it is no test at all.
#[test]
fn probe() {
    let Ok(part) = std::env::var(PART) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let status = runtime.block_on(play(&part));
    std::process::exit(status);
}

async fn play(part: &str) -> i32 {
    // Nothing here may outlive a test that has failed.
    std::thread::spawn(|| {
        std::thread::sleep(Duration::from_secs(20));
        std::process::exit(99);
    });
    note(&format!("pid {}", std::process::id()));
    if part == "spins" {
        return spins().await;
    }
    let mut terminal = match Terminal::open() {
        Ok(terminal) => terminal,
        Err(error) => {
            note(&error.to_string());
            return 2;
        }
    };
    terminal.install_panic_hook(report_file());
    terminal.paint(&Buffer::empty(Rect::new(0, 0, 80, 24)), None, Along::default());
    terminal.written().await;
    match part {
        "deaf" => loop {
            std::thread::sleep(Duration::from_secs(1));
        },
        "panics" => {
            tokio::spawn(async {
                let serial = std::hint::black_box("KD73519");
                assert_eq!(serial, "", "about {serial}");
            });
        }
        _ => {}
    }
    loop {
        let input = terminal.next().await;
        note(&format!("{input:?}"));
        let status = match input {
            Input::Signal(ending) => i32::from(ending.exit_status()),
            Input::HangUp => 129,
            Input::Broken => 101,
            Input::Continued => 0,
            Input::Key(_) | Input::Paste(_) | Input::Answer(_) | Input::Resize { .. } => continue,
        };
        terminal.close();
        return status;
    }
}

/// Status 0 where the process sleeps after its terminal has gone.
async fn spins() -> i32 {
    let end = |end: BorrowedFd<'_>| end.try_clone_to_owned().unwrap();
    let mut terminal = Terminal::on(end(std::io::stdin().as_fd()), end(std::io::stdout().as_fd())).unwrap();
    terminal.paint(&Buffer::empty(Rect::new(0, 0, 80, 24)), None, Along::default());
    assert_eq!(terminal.next().await, Input::HangUp);
    let before = processor_ticks();
    let nothing = tokio::time::timeout(Duration::from_millis(800), terminal.next()).await;
    let used = processor_ticks() - before;
    note(&format!("{nothing:?}, {used} ticks"));
    i32::from(nothing.is_ok() || used > 5)
}

/// Processor time of this process in hundredths of a second.
fn processor_ticks() -> u64 {
    let times = std::fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = times.rsplit_once(')').unwrap().1;
    after_name.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum()
}

struct Stage {
    master: Box<dyn MasterPty + Send>,
    reader: Box<dyn Read + Send>,
    child: Box<dyn Child + Send + Sync>,
    notes: PathBuf,
    seen: Vec<u8>,
    /// How much of it was looked through.
    looked: usize,
    _folder: tempfile::TempDir,
}

impl Stage {
    /// Starts the probe on a new terminal; `shell` is a script in which `"$@"` runs it.
    fn set(part: &str, shell: Option<&str>, controlling: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let notes = folder.path().join("notes");
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let program = std::env::current_exe().unwrap();
        let mut command = match shell {
            Some(script) => {
                let mut command = CommandBuilder::new("sh");
                command.args(["-c", script, "sh"]);
                command.arg(program);
                command
            }
            None => CommandBuilder::new(program),
        };
        command.args(["--exact", PROBE, "--nocapture", "--test-threads=1"]);
        command.env(PART, part);
        command.env(NOTES, &notes);
        command.env("TERM", "xterm");
        command.set_controlling_tty(controlling);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let reader = pair.master.try_clone_reader().unwrap();
        let mut stage =
            Self { master: pair.master, reader, child, notes, seen: Vec::new(), looked: 0, _folder: folder };
        stage.see(ENTERED);
        stage.see(b"\x1b[?25l");
        stage
    }

    /// Reads on until `bytes` have come after what was looked for before.
    fn see(&mut self, bytes: &[u8]) {
        while position(&self.seen[self.looked..], bytes).is_none() {
            assert!(self.read_on(), "{} never came: {}", bytes.escape_ascii(), self.seen.escape_ascii());
        }
        self.looked += position(&self.seen[self.looked..], bytes).unwrap() + bytes.len();
    }

    fn read_on(&mut self) -> bool {
        let mut bytes = [0; 4096];
        let count = self.reader.read(&mut bytes).unwrap_or(0);
        self.seen.extend_from_slice(&bytes[..count]);
        count > 0
    }

    fn notes(&self) -> String {
        std::fs::read_to_string(&self.notes).unwrap()
    }

    fn signal(&self, signal: Signal) {
        let notes = self.notes();
        let id = notes.lines().find_map(|line| line.strip_prefix("pid ")).unwrap().parse().unwrap();
        kill_process(Pid::from_raw(id).unwrap(), signal).unwrap();
    }

    /// Waits for the end: exit status and all that was seen.
    fn end(mut self) -> (u32, Vec<u8>, String) {
        while self.read_on() {}
        let status = self.child.wait().unwrap().exit_code();
        let notes = self.notes();
        (status, self.seen, notes)
    }

    /// Takes the terminal away and returns the exit status with the time that the end took.
    fn hang_up(self) -> (u32, Duration) {
        let Self { master, reader, mut child, _folder, .. } = self;
        let began = Instant::now();
        drop((master, reader));
        let status = child.wait().unwrap().exit_code();
        (status, began.elapsed())
    }
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[test]
fn a_signal_ends_it_in_good_order() {
    for (signal, status) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::QUIT, 143), (Signal::HUP, 129)]
    {
        let stage = Stage::set("listens", None, true);
        stage.signal(signal);
        let (ended, bytes, notes) = stage.end();
        assert_eq!(ended, status, "{notes}");
        assert_eq!(modes_left_on(&bytes), ["25"]);
        assert_eq!(bytes.windows(LEFT.len()).filter(|window| *window == LEFT).count(), 1);
    }
    assert_eq!(Ending::Interrupt.exit_status(), 130);
}

#[test]
fn without_its_terminal_it_is_gone_within_a_second() {
    let ignored = Some("trap '' HUP; exec \"$@\"");
    for (part, shell, controlling) in [
        ("listens", None, true),
        ("listens", None, false),
        ("listens", ignored, true),
        ("deaf", None, true),
        ("deaf", None, false),
        ("deaf", ignored, true),
    ] {
        let (status, time) = Stage::set(part, shell, controlling).hang_up();
        assert_eq!(status, 129, "{part} {controlling}");
        assert!(time < Duration::from_millis(1500), "{part} {controlling}: {time:?}");
    }
}

#[test]
fn without_its_terminal_it_does_not_spin() {
    let (status, time) = Stage::set("spins", None, false).hang_up();
    assert_eq!(status, 0);
    assert!(time > Duration::from_millis(700), "{time:?}");
}

#[test]
fn a_panic_anywhere_restores_first_and_then_reports_without_data() {
    let mut stage = Stage::set("panics", None, true);
    while stage.read_on() {}
    let report = std::fs::read_to_string(stage.notes.with_extension("report")).unwrap();
    assert!(report.contains("stopped at tests/all/terminal_process.rs:"), "{report}");
    assert!(!report.contains("KD73519"), "{report}");
    let (status, bytes, notes) = stage.end();
    assert_eq!(status, 101, "{notes}");
    assert!(notes.contains("Broken"), "{notes}");
    assert_eq!(modes_left_on(&bytes), ["25"]);
    let left = position(&bytes, LEFT).unwrap();
    let told = position(&bytes, b"stopped at").unwrap();
    assert!(left < told, "the report was lost with the full screen");
    assert!(position(&bytes, b"core::panicking").is_none(), "the officer needs no backtrace");
}

#[test]
fn a_stopped_job_gives_the_terminal_back_and_takes_it_again() {
    let script = "set -m; \"$@\"; printf 'STOPPED\\n'; fg >/dev/null; printf 'ENDED %s\\n' $?";
    let mut stage = Stage::set("listens", Some(script), true);
    stage.signal(Signal::TSTP);
    stage.see(b"STOPPED");
    assert!(position(&stage.seen, LEFT).is_some());
    stage.see(b"ENDED 0");
    let (_, bytes, notes) = stage.end();
    assert!(notes.contains("Continued"), "{notes}");
    let entered = bytes.windows(ENTERED.len()).filter(|window| *window == ENTERED).count();
    let left = bytes.windows(LEFT.len()).filter(|window| *window == LEFT).count();
    assert_eq!((entered, left), (2, 2));
    assert_eq!(modes_left_on(&bytes), ["25"]);
}

#[test]
fn without_a_shell_to_continue_it_nothing_stops_it() {
    let stage = Stage::set("listens", None, true);
    stage.signal(Signal::TSTP);
    std::thread::sleep(Duration::from_millis(100));
    stage.signal(Signal::TERM);
    let (status, _, notes) = stage.end();
    assert_eq!(status, 143, "{notes}");
}

#[test]
fn a_window_that_is_dragged_is_told_by_its_last_size() {
    let stage = Stage::set("listens", None, true);
    for columns in [90, 100, 110, 120] {
        stage.master.resize(PtySize { rows: 40, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
    }
    let last = "Resize { width: 120, height: 40 }";
    let began = Instant::now();
    while !stage.notes().contains(last) && began.elapsed() < Duration::from_secs(5) {
        std::thread::sleep(Duration::from_millis(10));
    }
    stage.signal(Signal::TERM);
    let (_, _, notes) = stage.end();
    assert_eq!(notes.matches(last).count(), 1, "{notes}");
    assert!(notes.matches("Resize").count() < 4, "{notes}");
}

#[test]
fn standard_input_that_is_no_terminal_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let notes = folder.path().join("notes");
    let status = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", PROBE, "--nocapture"])
        .env(PART, "listens")
        .env(NOTES, &notes)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(2));
    assert!(std::fs::read_to_string(notes).unwrap().contains("standard input is not a terminal"));
}
