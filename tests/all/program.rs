//! The real binary: a registry in one process, a console in a pseudo-terminal, scripts beside them.

use assert_cmd::cargo::cargo_bin;
use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longest that anything in these tests is waited for, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The request for a terminal's status.
pub(crate) const ASKS: &[u8] = b"\x1b[5n";

/// A registry in a process of its own.
pub(crate) struct Served {
    child: Child,
    pub(crate) url: String,
    tokens: Value,
    pub(crate) folder: Arc<TempDir>,
}

impl Served {
    pub(crate) fn start() -> Self {
        Self::on(Arc::new(tempfile::tempdir().unwrap()))
    }

    pub(crate) fn on(folder: Arc<TempDir>) -> Self {
        let mut child = Command::new(cargo_bin("iarms"))
            .args(["serve", "--dev", "--as", "CR", "--as", "PA", "--listen", "127.0.0.1:0", "--store"])
            .arg(format!("sqlite:{}", store(folder.path()).display()))
            .env("HOME", folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let first: Value = serde_json::from_str(&line).unwrap();
        Self { child, url: first["url"].as_str().unwrap().into(), tokens: first["tokens"].clone(), folder }
    }

    pub(crate) fn token(&self, country: &str) -> &str {
        self.tokens[country].as_str().unwrap()
    }

    pub(crate) fn iarms(&self, country: &str) -> Command {
        let mut command = Command::new(cargo_bin("iarms"));
        command.current_dir(self.folder.path()).env("HOME", self.folder.path());
        command.env("IARMS_CONNECT", &self.url).env("IARMS_TOKEN", self.token(country));
        command.env("IARMS_PURPOSE", "TRAINING").env("IARMS_CASE", "1/26");
        command
    }

    pub(crate) fn run(&self, country: &str, arguments: &[&str]) -> Output {
        self.iarms(country).args(arguments).output().unwrap()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let id = i32::try_from(self.child.id()).unwrap();
        kill_process(Pid::from_raw(id).unwrap(), signal).unwrap();
    }

    pub(crate) fn kill(mut self) -> Arc<TempDir> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        Arc::clone(&self.folder)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have been killed already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn nonzero(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).unwrap()
}

fn store(folder: &Path) -> PathBuf {
    folder.join("registry.db")
}

fn json(output: &Output) -> Value {
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(text.trim()).unwrap_or_else(|e| panic!("{e}: {output:?}"))
}

/// A console in a pseudo-terminal, with what an officer would see.
pub(crate) struct Desk {
    pub(crate) child: Box<dyn portable_pty::Child + Send + Sync>,
    keys: Arc<Mutex<Box<dyn Write + Send>>>,
    screen: Arc<Mutex<vt100::Parser>>,
    bytes: Arc<Mutex<Vec<u8>>>,
    pub(crate) master: Option<Box<dyn MasterPty + Send>>,
    reading: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
}

impl Desk {
    pub(crate) fn open(served: &Served, country: &str, columns: u16, lines: u16) -> Self {
        Self::through(&served.url, served, country, columns, lines)
    }

    /// A console that reaches the registry at another address.
    pub(crate) fn through(url: &str, served: &Served, country: &str, columns: u16, lines: u16) -> Self {
        let size = PtySize { rows: lines, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(cargo_bin("iarms"));
        command.args(["console", "--connect", url, "--purpose", "TRAINING", "--case", "1/26"]);
        command.env("IARMS_TOKEN", served.token(country));
        command.env("HOME", served.folder.path());
        command.env("TERM", "xterm-256color");
        command.env("TZ", "UTC");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(nonzero(lines), nonzero(columns), 0)));
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (to_screen, to_bytes) = (Arc::clone(&screen), Arc::clone(&bytes));
        let reading = Arc::new(AtomicBool::new(true));
        let goes_on = Arc::clone(&reading);
        let keys = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let answers = Arc::clone(&keys);
        let reader = std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(length) = reader.read(&mut chunk) {
                if length == 0 || !goes_on.load(Ordering::SeqCst) {
                    return;
                }
                to_screen.lock().unwrap().process(&chunk[..length]);
                to_bytes.lock().unwrap().extend_from_slice(&chunk[..length]);
                // As a terminal does.
                let all = to_bytes.lock().unwrap();
                let new = &all[all.len().saturating_sub(length + ASKS.len() - 1)..];
                for _ in new.windows(ASKS.len()).filter(|window| *window == ASKS) {
                    let _ = answers.lock().unwrap().write_all(b"\x1b[0n");
                }
            }
        });
        Self { child, keys, screen, bytes, master: Some(pair.master), reading, reader: Some(reader) }
    }

    pub(crate) fn shows(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    fn written(&self) -> usize {
        self.bytes.lock().unwrap().len()
    }

    pub(crate) fn press(&mut self, keys: &str) {
        let mut to = self.keys.lock().unwrap();
        to.write_all(keys.as_bytes()).unwrap();
        to.flush().unwrap();
    }

    pub(crate) fn wait_for(&self, text: &str) -> Duration {
        self.wait_until(text, |screen| screen.contains(text))
    }

    pub(crate) fn wait_until(&self, what: &str, holds: impl Fn(&str) -> bool) -> Duration {
        let start = Instant::now();
        loop {
            let screen = self.shows();
            if holds(&screen) {
                return start.elapsed();
            }
            assert!(start.elapsed() < PATIENCE, "waited for {what:?}, the screen shows:\n{screen}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Takes the terminal away.
    pub(crate) fn vanish(&mut self) {
        // The reader holds the terminal open too: the next thing it reads is its last.
        self.reading.store(false, Ordering::SeqCst);
        self.press("?");
        self.reader.take().unwrap().join().unwrap();
        *self.keys.lock().unwrap() = Box::new(std::io::sink());
        drop(self.master.take());
    }

    pub(crate) fn ends(&mut self, within: Duration) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(start.elapsed() < within, "still there after {within:?}:\n{}", self.shows());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) const ADD: [&str; 18] = [
    "record",
    "add",
    "--kind",
    "stolen",
    "--serial",
    "KD73519",
    "--make",
    "Browning",
    "--model",
    "Hi-Power",
    "--calibre",
    "9x19",
    "--type",
    "PI",
    "--date",
    "2026-01-14",
    "--case",
    "0311/26",
];
pub(crate) const CHECK: [&str; 3] = ["check", "S K073519 /MK FN /MD HP /CAL 9X19 /TY PI", "--json"];

#[test]
fn a_check_rings_at_another_desk_and_its_answer_comes_back() {
    let served = Served::start();
    assert!(served.run("CR", &ADD).status.success());
    let mut owner = Desk::open(&served, "CR", 120, 40);
    let finder = Desk::open(&served, "PA", 80, 24);
    owner.wait_for("LIVE");
    finder.wait_for("LIVE");
    let checked = served.run("PA", &CHECK);
    let start = Instant::now();
    let answer = json(&checked);
    assert_eq!(answer["candidates"][0]["band"], "LIKELY", "{answer}");
    let hit = answer["hits"][0]["hit"].as_str().unwrap().to_owned();
    owner.wait_until("the alert", |screen| screen.contains("KD73519"));
    finder.wait_until("the alert", |screen| screen.contains("K073519"));
    assert!(start.elapsed() < Duration::from_secs(1), "rang after {:?}", start.elapsed());
    owner.press("n");
    owner.wait_for("2: letter D recorded, figure 0 seen: alike");
    owner.press("r");
    owner.wait_for(&format!("{hit}  "));
    owner.wait_for("ANSWER PA");
    std::thread::sleep(Duration::from_millis(600));
    owner.press("y");
    owner.wait_for("CONFIRMED");
    finder.wait_for("CONFIRMED");
}

#[test]
fn a_y_that_came_with_its_question_is_not_taken() {
    let served = Served::start();
    assert!(served.run("CR", &ADD).status.success());
    let mut owner = Desk::open(&served, "CR", 120, 40);
    owner.wait_for("LIVE");
    assert!(served.run("PA", &CHECK).status.success());
    owner.wait_for("KD73519");
    owner.press("nry");
    owner.wait_for("y not taken");
    let hits = json(&served.run("PA", &CHECK));
    assert_eq!(hits["hits"].as_array().unwrap().len(), 1);
    assert!(!owner.shows().contains("CONFIRMED"));
}

#[test]
fn what_the_console_writes_is_the_officer_s_alone() {
    use std::os::unix::fs::PermissionsExt;
    let served = Served::start();
    let desk = Desk::open(&served, "CR", 80, 24);
    desk.wait_for("LIVE");
    let folder = served.folder.path().join(".local/state/iarms");
    let mut folders = vec![folder, served.folder.path().join(".cache/iarms")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let about = entry.metadata().unwrap();
            let mode = if about.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(about.permissions().mode() & 0o777, mode, "{}", entry.path().display());
            if about.is_dir() { folders.push(entry.path()) } else { files += 1 }
        }
        assert_eq!(folder.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }
    assert!(files > 2, "log, lock and outbox");
}

#[test]
fn leaving_gives_the_terminal_back() {
    let served = Served::start();
    let mut desk = Desk::open(&served, "CR", 80, 24);
    desk.wait_for("LIVE");
    desk.press(":q!\r");
    assert_eq!(desk.ends(Duration::from_secs(2)), 0);
    // What the program wrote last is read once its end of the terminal is closed.
    desk.reader.take().unwrap().join().unwrap();
    let bytes = String::from_utf8_lossy(&desk.bytes.lock().unwrap()).into_owned();
    for mode in ["?1049", "?2004"] {
        assert_eq!(
            bytes.matches(&format!("\x1b[{mode}h")).count(),
            bytes.matches(&format!("\x1b[{mode}l")).count(),
            "{mode}"
        );
    }
    assert!(!bytes.contains("\x1b[6n"), "nothing is asked of the terminal");
}

#[test]
fn nothing_is_written_while_nothing_happens() {
    let served = Served::start();
    let desk = Desk::open(&served, "CR", 120, 40);
    desk.wait_for("LIVE");
    std::thread::sleep(Duration::from_millis(1500));
    // The minute may change once within five seconds; then one small frame goes out.
    let before = desk.written();
    std::thread::sleep(Duration::from_secs(5));
    let wrote = desk.written() - before;
    assert!(wrote <= 100, "{wrote} bytes within five idle seconds");
}

#[test]
fn the_process_goes_when_its_terminal_does() {
    let served = Served::start();
    let mut desk = Desk::open(&served, "CR", 80, 24);
    desk.wait_for("LIVE");
    desk.vanish();
    assert_eq!(desk.ends(Duration::from_secs(1)), 129);
}

#[test]
fn a_registry_that_is_away_is_said_so_and_comes_back() {
    let served = Served::start();
    let folder = Arc::clone(&served.folder);
    let mut desk = Desk::open(&served, "CR", 120, 40);
    desk.wait_for("LIVE");
    let folder_again = served.kill();
    desk.wait_for("OFFLINE");
    desk.press("s");
    desk.press("KD73519\r");
    desk.wait_for("KD73519");
    drop((folder, folder_again));
    desk.press("\x1b:q!\r");
}

#[test]
fn a_killed_registry_loses_nothing_that_it_accepted() {
    let served = Served::start();
    let mut file = String::from("serial,make,model,calibre,type,date,id\n");
    for row in 0..3000_u64 {
        // Numbers that are far from one another: no row has to be weighed against thousands.
        let serial = (row + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24;
        file.push_str(&format!("{serial:010X},Glock,17,9x19,PI,2026-01-14,row-{row}\n"));
    }
    std::fs::write(served.folder.path().join("thefts.csv"), file).unwrap();
    let import = ["import", "thefts.csv", "--as", "records", "--kind", "stolen", "--json"];
    let mut running =
        served.iarms("CR").args(import).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(700));
    let folder = served.kill();
    // The import gives up or is stopped; what it was told is accepted is on disk.
    running.kill().unwrap();
    running.wait().unwrap();
    let address = format!("sqlite:{}", store(folder.path()).display());
    let verified = Command::new(cargo_bin("iarms"))
        .args(["audit", "verify", "--deep", "--json", "--store", &address])
        .output()
        .unwrap();
    let verdict = json(&verified);
    assert_eq!((verified.status.code(), &verdict["whole"]), (Some(0), &Value::Bool(true)), "{verdict}");
    let again = Served::on(Arc::clone(&folder));
    let first = json(&again.run("CR", &import));
    assert_eq!(first["read"], 3000);
    assert_eq!(first["accepted"].as_u64().unwrap() + first["repeated"].as_u64().unwrap(), 3000, "{first}");
    let second = json(&again.run("CR", &import));
    assert_eq!((&second["accepted"], &second["repeated"]), (&Value::from(0), &Value::from(3000)), "{second}");
}

#[test]
fn a_store_that_others_may_open_is_warned_of_when_it_is_served() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Served::start().kill();
    let said = || {
        let log = folder.path().join("log");
        let serving = Command::new(cargo_bin("iarms"))
            .args(["serve", "--listen", "127.0.0.1:0", "--store"])
            .arg(format!("sqlite:{}", store(folder.path()).display()))
            .env("HOME", folder.path())
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut served =
            Served { child: serving, url: String::new(), tokens: Value::Null, folder: Arc::clone(&folder) };
        let mut line = String::new();
        BufReader::new(served.child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        served.kill();
        std::fs::read_to_string(log).unwrap()
    };
    assert!(!said().contains("chmod"));
    std::fs::set_permissions(store(folder.path()), PermissionsExt::from_mode(0o644)).unwrap();
    let said = said();
    let warned = said.lines().find(|line| line.contains("chmod 600")).unwrap_or_else(|| panic!("{said}"));
    assert!(
        warned.contains("WARN") && warned.contains("registry.db\"") && warned.contains("644"),
        "{warned}"
    );
}

#[test]
fn the_audit_names_the_line_that_was_changed() {
    let served = Served::start();
    assert!(served.run("CR", &ADD).status.success());
    let folder = served.kill();
    let address = format!("sqlite:{}", store(folder.path()).display());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = iarms::registry::store::Store::open(&address.parse().unwrap()).await.unwrap();
        let mut tx = store.write().await.unwrap();
        tx.run(
            "UPDATE journal SET event = replace(event, 'KD73519', 'KD73518') WHERE kind = 'record.entered'",
            [],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        store.close().await;
    });
    let verified =
        Command::new(cargo_bin("iarms")).args(["audit", "verify", "--store", &address]).output().unwrap();
    let said = String::from_utf8_lossy(&verified.stdout).into_owned();
    assert_eq!(verified.status.code(), Some(7), "{said}");
    assert!(said.starts_with("line ") && said.contains("changed"), "{said}");
}
