//! The sub-commands for scripts, as a script runs them, on a registry to try things on.

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample_import.csv");
const COLUMNS: &str = "serial=SERIAL NO,make=MAKE,model=MODEL,calibre=CAL,type=TYPE,date=DATE OF THEFT,place=PLACE,\
                       id=ref,remark=NOTE";

/// A registry with one officer.
struct Desk {
    registry: Child,
    folder: tempfile::TempDir,
    url: String,
    token: String,
}

impl Desk {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = format!("sqlite:{}", folder.path().join("registry.db").display());
        let mut registry = Command::new(env!("CARGO_BIN_EXE_iarms"))
            .args(["serve", "--dev", "--listen", "127.0.0.1:0", "--as", "CR", "--store", &store])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(registry.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let first: Value = serde_json::from_str(&first).unwrap();
        let text = |key: &str| first[key].as_str().unwrap().to_owned();
        Self { registry, folder, url: text("url"), token: text("token") }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_iarms"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("IARMS_CONNECT", &self.url)
            .env("IARMS_TOKEN", &self.token)
            .env("IARMS_PURPOSE", "TRAINING")
            .env("IARMS_CASE", "T-1");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn import(&self, file: &Path) -> Output {
        let file = file.to_str().unwrap();
        let rest = ["--kind", "kind=HOW", "--dates", "mdy", "--columns", COLUMNS, "--json"];
        self.run(&[&["import", file, "--as", "records"], &rest[..]].concat())
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.registry.kill();
        let _ = self.registry.wait();
    }
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8(output.stdout.clone())
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn count(totals: &Value, key: &str) -> u64 {
    totals[key].as_u64().unwrap()
}

#[test]
fn a_dirty_file_is_taken_over_once_and_loses_no_row() {
    let desk = Desk::open();
    let file = desk.folder.path().join("thefts.csv");
    std::fs::copy(SAMPLE, &file).unwrap();
    let first = desk.import(&file);
    assert_eq!(code(&first), 8, "{}", String::from_utf8_lossy(&first.stderr));
    let totals = &lines(&first)[0];
    assert_eq!(count(totals, "read"), 26);
    let sum = ["accepted", "rejected", "repeated"].map(|key| count(totals, key)).iter().sum::<u64>();
    assert_eq!(sum, 26);
    let rejects = std::fs::read(desk.folder.path().join("thefts.rejects.csv")).unwrap();
    let rejected = csv::Reader::from_reader(&rejects[..]).byte_records().count();
    assert_eq!(rejected as u64, count(totals, "rejected"));
    assert!(rejects.starts_with(b"\"line\",\"field\",\"reason\",\"ref\""));

    let second = lines(&desk.import(&file)).remove(0);
    assert_eq!(count(&second, "accepted"), 0);
    assert_eq!(count(&second, "repeated"), count(totals, "accepted") + count(totals, "repeated"));
}

#[test]
fn rejected_duplicates_have_a_field_and_stand_in_their_place() {
    let desk = Desk::open();
    let file = desk.folder.path().join("two.csv");
    let rows = "serial,make,model,calibre,type,date,id\n\
                KD73519,FN,HI-POWER,9X19,PI,2026-01-02,A-1\n\
                KD73519,FN,HI-POWER,9X19,PI,2026-01-02,A-2\n\
                ,,,,PI,01/02/03/04,A-3\n\
                KD73520,FN,HI-POWER,9X19,PI,2026-01-02,A-1\n\
                KD73519,FN,HI-POWER,9X19,PI,2026-01-02,A-5\n\
                KD99520,FN,HI-POWER,9X19,PI,2026-01-02\n";
    std::fs::write(&file, rows).unwrap();
    let import = || desk.run(&["import", "two.csv", "--as", "records", "--kind", "stolen", "--json"]);
    let totals = lines(&import()).remove(0);
    assert_eq!((count(&totals, "accepted"), count(&totals, "rejected")), (1, 5), "{totals}");
    assert_eq!(totals["rejects"], "two.rejects.csv");
    let list = |name: &str| -> Vec<[String; 3]> {
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).from_path(desk.folder.path().join(name)).unwrap();
        reader.records().map(|row| row.unwrap()).map(|row| [0, 1, 2].map(|at| row[at].to_owned())).collect()
    };
    let rejected = list("two.rejects.csv");
    let fields: Vec<(&str, &str)> =
        rejected.iter().map(|[line, field, _]| (line.as_str(), field.as_str())).collect();
    assert_eq!(fields, [("3", "serial"), ("4", "date"), ("5", "id"), ("6", "serial"), ("7", "")]);
    assert!(rejected[0][2].contains("CR-"), "{rejected:?}");

    // Somebody corrects the list; the file comes again, and the corrections stay.
    let corrected = "line,field,reason,serial,make\n3,,,KD73519B,FN\n";
    std::fs::write(desk.folder.path().join("two.rejects.csv"), corrected).unwrap();
    let totals = lines(&import()).remove(0);
    assert_eq!((totals["rejects"].as_str(), count(&totals, "rejected")), (Some("two.rejects.2.csv"), 5));
    assert_eq!(std::fs::read_to_string(desk.folder.path().join("two.rejects.csv")).unwrap(), corrected);
    assert_eq!(list("two.rejects.2.csv").len(), 5);
    let names = std::fs::read_dir(desk.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(!names.into_iter().any(|name| name.to_string_lossy().ends_with(".part")));
}

#[test]
fn a_record_of_which_nobody_knows_is_repeated_under_its_id() {
    let desk = Desk::open();
    let gun = [
        "--kind",
        "stolen",
        "--serial",
        "KD73519",
        "--make",
        "FN",
        "--model",
        "HI-POWER",
        "--calibre",
        "9X19",
        "--type",
        "PI",
        "--date",
        "2026-01-02",
        "--remark",
        "two words",
    ];
    let add = |more: &[&str]| desk.command(&[&["record", "add"], &gun[..], more].concat());
    // A registry that takes the request and dies.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let dies = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        std::io::Read::read(&mut stream, &mut [0; 4096]).unwrap();
    });
    let output = add(&[]).env("IARMS_CONNECT", url).output().unwrap();
    dies.join().unwrap();
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(code(&output), 5, "{said}");
    let line = said.lines().last().unwrap();
    assert!(line.contains(" record add --kind stolen ") && line.contains("--remark 'two words'"), "{said}");
    let id = line.split_once("--command-id ").unwrap().1;

    let first = add(&["--command-id", id]).output().unwrap();
    let second = add(&["--command-id", id]).output().unwrap();
    assert_eq!((code(&first), &first.stdout), (0, &second.stdout), "{second:?}");
    let other = add(&[]).output().unwrap();
    let refused = String::from_utf8(other.stdout.clone()).unwrap();
    assert_eq!(code(&other), 3);
    let knowing = refused.trim_end().trim_end_matches(')').rsplit_once("--knowing ").unwrap().1;
    assert_eq!(code(&add(&["--knowing", knowing]).output().unwrap()), 0, "{refused}");
}

#[test]
fn a_token_withdrawn_after_the_first_attempt_does_not_hide_that_it_may_be_in() {
    let desk = Desk::open();
    // A registry that takes the request and dies, and one that no longer knows the token.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let twice = std::thread::spawn(move || {
        let problem = r#"{"code":"unauthorised","detail":"no officer has this token","hint":"ask"}"#;
        let length = problem.len();
        let head =
            format!("HTTP/1.1 401 Unauthorized\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
        for answer in ["", &format!("{head}{problem}")] {
            let (mut stream, _) = listener.accept().unwrap();
            std::io::Read::read(&mut stream, &mut [0; 4096]).unwrap();
            std::io::Write::write_all(&mut stream, answer.as_bytes()).unwrap();
        }
    });
    let gun = ["--serial", "KD73519", "--make", "FN", "--calibre", "9X19", "--type", "PI"];
    let arguments = [&["record", "add", "--kind", "stolen", "--date", "2026-01-02"], &gun[..]].concat();
    let output = desk.command(&arguments).env("IARMS_CONNECT", url).output().unwrap();
    twice.join().unwrap();
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(code(&output), 5, "{said}");
    assert!(said.contains("not known whether this was done") && said.contains("this token"), "{said}");
    assert!(said.lines().last().unwrap().contains(" --command-id "), "{said}");
}

#[test]
fn a_word_for_no_serial_is_called_so() {
    let desk = Desk::open();
    let said = |line: &str| String::from_utf8(desk.run(&["check", line]).stdout).unwrap();
    for (line, is) in [("ELIMINADO", "ground off"), ("12345678", "a filler")] {
        assert!(said(line).contains(&format!("`{line}` is no serial: it is {is}")), "{}", said(line));
    }
    assert!(!said("KD73519").contains("no serial"));
}

#[test]
fn a_batch_answers_every_row_in_its_place() {
    let desk = Desk::open();
    let added = desk.run(&[
        "record",
        "add",
        "--kind",
        "stolen",
        "--serial",
        "KD73519",
        "--make",
        "FN",
        "--model",
        "HI-POWER",
        "--calibre",
        "9X19",
        "--type",
        "PI",
        "--date",
        "2026-01-02",
        "--id",
        "A-1",
        "--json",
    ]);
    assert_eq!(code(&added), 0, "{added:?}");
    let record = lines(&added)[0]["record"].as_str().unwrap().to_owned();

    let rows = "serial,make,model,calibre,type,country,id\nKD735I9,FN,HI-POWER,9X19,PI,BE,first\nX1234567,GLOCK,17,9X19,PI,Atlantis,\n\
                ,,,,,,third\nZZ998877,GLOCK,17,9X19,QQ,AT,\nM35,,,,,,\nELIMINADO,FN,,,,,\n";
    std::fs::write(desk.folder.path().join("guns.csv"), rows).unwrap();
    let batch = desk.run(&["check", "--batch", "guns.csv", "--json"]);
    assert_eq!(code(&batch), 8, "{batch:?}");
    let answers = lines(&batch);
    let ids: Vec<&str> = answers.iter().map(|answer| answer["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["first", "2", "third", "4", "5", "6"]);
    let best = &answers[0]["candidates"][0];
    assert_eq!((best["record"].as_str(), best["source_id"].as_str()), (Some(record.as_str()), Some("A-1")));
    assert_eq!(best["band"], "LIKELY");
    assert!(best["for"][0]["text"].as_str().is_some_and(|text| !text.is_empty()));
    assert_eq!(answers[0]["hits"][0]["record"], record);
    assert_eq!(answers[1]["problem"]["field"], "country");
    assert!(answers[2]["problem"].is_object() && answers[3].get("problem").is_none());
    // Whoever reads along learns which rows were refused, those too that the registry refused.
    let said = String::from_utf8(batch.stderr.clone()).unwrap();
    for line in ["iarms: line 3: country", "iarms: line 4: ", "iarms: line 6: "] {
        assert!(said.contains(line), "{line}: {said}");
    }
    let end = "6 rows read: 3 checked, 3 refused; 1 without a serial";
    let last = said.lines().last().unwrap();
    assert!(
        last.contains(end) && last.ends_with("; 1 with a type that is not known, looked up as Z"),
        "{said}"
    );

    let one = desk.run(&["check", "S", "KD73519", "/MK", "FN", "--json"]);
    assert_eq!((code(&one), lines(&one)[0]["candidates"][0]["record"].as_str()), (0, Some(record.as_str())));
}

#[test]
fn each_failure_has_its_exit_code() {
    let desk = Desk::open();
    let check = ["check", "KD73519"];
    assert_eq!(code(&desk.run(&["check", "KD73519 /QQ 1"])), 2);
    assert_eq!(code(&desk.run(&["check", "KD73519", "--purpose", "CURIOSITY"])), 2);
    assert_eq!(code(&desk.run(&["check", "M35"])), 2, "too short");
    let lacking = ["record", "add", "--kind", "stolen", "--serial", "KD73519", "--date", "2026-01-02"];
    assert_eq!(code(&desk.run(&lacking)), 3);
    assert_eq!(code(&desk.command(&check).env("IARMS_CONNECT", "http://127.0.0.1:9").output().unwrap()), 4);
    assert_eq!(code(&desk.command(&check).env("IARMS_TOKEN", "nobody").output().unwrap()), 6);
    assert_eq!(code(&desk.command(&check).env_remove("IARMS_TOKEN").output().unwrap()), 6);
    let clear = desk.command(&check).env("IARMS_CONNECT", "http://registry.example").output().unwrap();
    assert_eq!(code(&clear), 2);
    let said = String::from_utf8_lossy(&clear.stderr);
    assert!(said.contains("ssh -L") && said.contains("https://registry.example"), "{said}");
    std::fs::write(desk.folder.path().join("x.csv"), "A,B\n1,2\n").unwrap();
    let custody = desk.run(&["import", "x.csv", "--as", "custody"]);
    assert!(code(&custody) == 2 && String::from_utf8_lossy(&custody.stderr).contains("custody"));
    let column =
        desk.run(&["import", "x.csv", "--as", "records", "--kind", "stolen", "--columns", "serial=SER"]);
    assert!(code(&column) == 2 && String::from_utf8_lossy(&column.stderr).contains("`SER`"));
}
