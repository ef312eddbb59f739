//! A registry in a process of its own, with a queue for Costa Rica that Panama's checks have made.

use iarms::client::{Deadlines, Line, Token};
use iarms::domain::check::Question;
use iarms::domain::gun::{Gun, Number, Place};
use iarms::domain::ids::CommandId;
use iarms::domain::text::Text;
use iarms::wire::check::CheckItem;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use uuid::Uuid;

/// The program that is measured.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_iarms");

/// Hits that the queue begins with.
const HITS: usize = 40;
/// A gun that Panama checks later, for the alert.
const LATER: usize = 40;
/// Guns that are there to be checked one after the other.
const RINGING: std::ops::Range<usize> = 41..241;

/// The registry and its tokens.
pub(crate) struct Station {
    child: Child,
    pub(crate) url: String,
    us: String,
    them: String,
    folder: TempDir,
}

/// The serial of a made-up gun: alike to no other.
fn serial(number: usize) -> String {
    let letters = b"KLMPRTVWXZ";
    let first = letters[number % 10] as char;
    let second = letters[(number * 7 + 3) % 10] as char;
    format!("{first}{second}{:06}", (number * 48_271 + 13_579) % 900_000 + 100_000)
}

/// Make, model, calibre and type: neighbours in the queue have little in common.
fn gun(number: usize) -> &'static str {
    [
        "FN,Hi-Power,9x19,PI",
        "Colt,M16A2,5.56x45,RI",
        "Smith & Wesson,10-5,.38 Spl,PR",
        "Izhmash,AKM,7.62x39,RA",
        "Glock,17,9x19,PI",
        "Mossberg,500,12 ga,SP",
        "Beretta,92,9x19,PI",
    ][number % 7]
}

/// What Panama asks about a gun.
fn question(number: usize) -> Question {
    let described: Vec<Text> = gun(number).split(',').map(Text::new).collect();
    let [make, model, calibre, kind] = described.try_into().expect("four fields");
    Question {
        gun: Gun {
            numbers: vec![Number { as_seen: serial(number).as_str().into(), place: Place::Frame }],
            make: Some(make),
            model: Some(model),
            calibre: Some(calibre),
            gun_type: kind.as_str().parse().ok(),
            ..Gun::default()
        },
        purpose: Text::from("TRAINING"),
        case: Text::from("1/26"),
        found: None,
        stand_days: 90,
        limit: 10,
    }
}

impl Station {
    /// Starts the registry and fills the queue.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = format!("sqlite:{}", folder.path().join("registry.db").display());
        let mut child = Command::new(PROGRAM)
            .args([
                "serve",
                "--dev",
                "--as",
                "CR",
                "--as",
                "PA",
                "--listen",
                "127.0.0.1:0",
                "--store",
                &store,
            ])
            .env("HOME", folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the registry starts");
        let mut first = String::new();
        let out = child.stdout.take().expect("its output is ours");
        BufReader::new(out).read_line(&mut first).expect("its first line");
        let first: serde_json::Value = serde_json::from_str(&first).expect("a JSON line");
        let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
        let (url, tokens) = (text(&first["url"]), &first["tokens"]);
        let station = Self { child, url, us: text(&tokens["CR"]), them: text(&tokens["PA"]), folder };
        station.fill();
        station
    }

    fn fill(&self) {
        let mut records = String::from("ref,serial,make,model,calibre,type,date\n");
        for number in 0..RINGING.end {
            let day = number % 28 + 1;
            writeln!(records, "R{number},{},{},2025-03-{day:02}", serial(number), gun(number))
                .expect("memory");
        }
        self.write("records.csv", &records);
        let columns = "id=ref,serial=serial,make=make,model=model,calibre=calibre,type=type,date=date";
        let mut import = self.iarms(&self.us);
        import.args(["import", "records.csv", "--as", "records", "--kind", "stolen", "--columns", columns]);
        done(import);
        self.check(0..HITS);
    }

    /// Panama checks the gun that nobody has checked: an alert at our desk.
    pub(crate) fn check_one_more(&self) {
        self.check(LATER..LATER + 1);
    }

    /// Lets Panama check a gun of ours at every beat until it is over, each of which rings at our desk;
    /// tells how many there were.
    pub(crate) fn ring(&self, beat: Duration, over: &AtomicBool) -> usize {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let token = Token::new(&self.them).expect("a token");
        let line = Line::new(&self.url, &token, Deadlines::default()).expect("a line");
        runtime.block_on(async {
            let mut beat = tokio::time::interval(beat);
            for (rung, number) in RINGING.enumerate() {
                beat.tick().await;
                if over.load(Ordering::SeqCst) {
                    return rung;
                }
                let item = CheckItem { id: CommandId(Uuid::now_v7()), question: question(number) };
                line.checks(vec![item]).await.expect("the registry answers");
            }
            RINGING.len()
        })
    }

    fn check(&self, numbers: std::ops::Range<usize>) {
        let mut checks = String::from("id,serial,make,model,calibre,type\n");
        for number in numbers {
            writeln!(checks, "{number},{},{}", serial(number), gun(number)).expect("memory");
        }
        self.write("checks.csv", &checks);
        let mut check = self.iarms(&self.them);
        check.args(["check", "--batch", "checks.csv", "--stand", "90", "--json"]);
        done(check);
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder().join(name), text).expect("a file");
    }

    /// The folder of everything, and the home of the console.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Our officer's token.
    pub(crate) fn token(&self) -> &str {
        &self.us
    }

    fn iarms(&self, token: &str) -> Command {
        let mut command = Command::new(PROGRAM);
        command.current_dir(self.folder()).env("HOME", self.folder());
        command.env("IARMS_CONNECT", &self.url).env("IARMS_TOKEN", token);
        command.env("IARMS_PURPOSE", "TRAINING").env("IARMS_CASE", "1/26");
        command
    }
}

fn done(mut command: Command) {
    let output = command.output().expect("it starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

impl Drop for Station {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
