//! The verbs that work on a store itself: what they say, what they print, how they end.

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A home without settings of its own.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(cargo_bin("iarms"));
        command.env_clear().env("HOME", self.path()).current_dir(self.path()).args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&self.command(arguments).output().unwrap())
    }

    fn config(&self, text: &str) {
        std::fs::create_dir_all(self.path().join(".config/iarms")).unwrap();
        std::fs::write(self.path().join(".config/iarms/config.toml"), text).unwrap();
    }
}

#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    fn json(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

const STORE: &str = "sqlite:registry.db";

fn add(home: &Home, more: &[&str]) -> Ran {
    let mut arguments = vec!["officer", "add", "--name", "A. Mora", "--store", STORE];
    arguments.extend(more);
    home.run(&arguments)
}

#[test]
fn officers_and_agencies_come_in_and_are_listed() {
    let home = Home::new();
    let oij = ["--phone", "+506 2295 3000", "--hours", "6-22", "--languages", "ES EN"];
    let mut arguments =
        vec!["agency", "add", "CR-OIJ", "--name", "Judicial Police", "--store", STORE, "--json"];
    arguments.extend(oij);
    let ran = home.run(&arguments);
    assert_eq!((ran.code, &ran.json()[0]["country"]), (0, &Value::from("CR")), "{ran:?}");
    assert_eq!(add(&home, &["--country", "CR", "--agency", "CR-OIJ", "--role", "head"]).code, 0);
    let ran = add(&home, &["--country", "pa", "--json"]);
    let token = ran.json()[0]["token"].as_str().unwrap().to_owned();
    assert_eq!((ran.code, token.len()), (0, 32), "{ran:?}");
    let ran = home.run(&["officer", "list", "--store", STORE, "--json"]);
    assert_eq!(
        ran.json(),
        [
            serde_json::json!({"id": "O-1", "name": "A. Mora", "agency": "CR-OIJ", "role": "head"}),
            serde_json::json!({"id": "O-2", "name": "A. Mora", "agency": "PA-NCB", "role": "duty"}),
        ]
    );
    let ran = home.run(&["officer", "list", "--store", STORE]);
    assert!(ran.out.starts_with("O-1 ") && ran.out.contains("PA-NCB") && ran.out.contains("duty"), "{ran:?}");
    assert!(!ran.out.contains(&token));
    let ran = home.run(&["agency", "list", "--store", STORE, "--json"]);
    assert_eq!(ran.json().len(), 2, "{ran:?}");
    assert_eq!(
        ran.json()[0],
        serde_json::json!({"id": "CR-OIJ", "country": "CR", "name": "Judicial Police",
            "phone": "+506 2295 3000", "hours": "6-22", "languages": "ES EN"})
    );
    let ran = home.run(&["agency", "list", "--store", STORE]);
    assert!(ran.out.contains("Judicial Police") && ran.out.contains("NCB Panama"), "{ran:?}");
    assert_eq!(home.run(&["audit", "verify", "--deep", "--store", STORE]).code, 0);
}

#[test]
fn an_agency_gives_no_rights_of_another_country() {
    let home = Home::new();
    assert_eq!(add(&home, &["--country", "CR", "--agency", "CR-OIJ"]).code, 0);
    for agency in ["CR-OIJ", "CR-NEW"] {
        let ran = add(&home, &["--country", "PA", "--agency", agency]);
        assert_eq!(ran.code, 3, "{ran:?}");
        assert!(ran.err.contains(&format!("agency {agency} stands under CR, not PA")), "{ran:?}");
    }
    let listed = home.run(&["officer", "list", "--store", STORE, "--json"]).json();
    assert_eq!(listed.len(), 1, "nobody came in: {listed:?}");
    assert_eq!(home.run(&["agency", "list", "--store", STORE, "--json"]).json().len(), 1);
}

#[test]
fn what_a_rule_refuses_ends_with_three_and_is_said_in_words() {
    let home = Home::new();
    let phone = ["--name", "NCB", "--phone", "1", "--store", STORE];
    let agency = |id: &str| home.run(&[&["agency", "add", id], &phone[..]].concat());
    assert_eq!(agency("CR-NCB").code, 0);
    let ran = agency("CR-NCB");
    assert_eq!((ran.code, ran.err.as_str()), (3, "iarms: the agency exists (choose another id)\n"));
    let ran = home.run(&["officer", "add", "--name", " ", "--country", "PA", "--store", STORE]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.starts_with("iarms: name: must be filled ("), "{ran:?}");
    let ran = home.run(&["agency", "list", "--store", STORE, "--json"]);
    assert_eq!(ran.json().len(), 1, "no agency came in for an officer who may not");
}

#[test]
fn nobody_but_the_hub_has_officers_of_the_hub() {
    let home = Home::new();
    let ran = add(&home, &["--country", "CR", "--role", "hub"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("the role hub is for officers of the hub, ZZ (choose duty, head"), "{ran:?}");
    assert_eq!(home.run(&["agency", "list", "--store", STORE]).out, "", "no agency came in for it");
    assert_eq!(add(&home, &["--country", "ZZ", "--role", "hub"]).code, 0);
}

#[test]
fn what_is_mistyped_ends_with_two_and_is_named() {
    let home = Home::new();
    for (country, said) in
        [("QQ", "there is no such country"), ("C", "no country code"), ("SUHH", "no country any more")]
    {
        let ran = add(&home, &["--country", country]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains("--country") && ran.err.contains(said), "{ran:?}");
    }
    let ran = add(&home, &["--country", "CR", "--agency", "OIJ"]);
    assert!(ran.code == 2 && ran.err.contains("--agency") && ran.err.contains("CR-OIJ"), "{ran:?}");
    let serve = |arguments: &[&str]| home.run(&[&["serve"], arguments].concat());
    let ran = serve(&["--dev", "--as", "QQ"]);
    assert!(ran.code == 2 && ran.err.contains("--as"), "{ran:?}");
    let ran = serve(&["--listen", "0.0.0.0:0", "--store", STORE]);
    assert!(ran.code == 2 && ran.err.contains("listens on this machine only"), "{ran:?}");
    for wrong in ["registry.db", "sqlite:", "sqlite::memory:", "postgres://h/d"] {
        for verb in [&["audit", "verify"][..], &["officer", "list"], &["agency", "list"], &["serve"]] {
            let ran = home.run(&[verb, &["--store", wrong]].concat());
            assert_eq!(ran.code, 2, "{verb:?} {ran:?}");
            assert!(ran.err.contains("give sqlite:FILE"), "{ran:?}");
        }
    }
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn a_store_that_is_not_there_ends_with_seven_and_is_not_made() {
    let home = Home::new();
    for verb in
        [&["audit", "verify"][..], &["audit", "verify", "--deep"], &["officer", "list"], &["agency", "list"]]
    {
        for store in [&["--store", STORE][..], &[]] {
            let ran = home.run(&[verb, store].concat());
            assert_eq!(ran.code, 7, "{verb:?} {ran:?}");
            assert!(ran.err.contains("there is no store at"), "{ran:?}");
        }
    }
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn a_file_that_is_no_store_ends_with_seven_and_stays_as_it_is() {
    let home = Home::new();
    let file = home.path().join("registry.db");
    for text in ["", "a letter, and no database at all, which goes on for a while. ".repeat(20).as_str()] {
        std::fs::write(&file, text).unwrap();
        for verb in [&["audit", "verify", "--deep"][..], &["officer", "list"]] {
            let ran = home.run(&[verb, &["--store", STORE]].concat());
            assert_eq!(ran.code, 7, "{ran:?}");
            assert!(ran.err.contains("holds no registry"), "{ran:?}");
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    }
    assert_eq!(add(&home, &["--country", "CR"]).code, 7, "nor is it made one");
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    assert_eq!(add(&home, &["--country", "CR"]).code, 7, "a folder is no store");
    let ran = home.run(&["officer", "add", "--name", "A", "--country", "CR", "--store", "sqlite:none/x.db"]);
    assert_eq!(ran.code, 7, "{ran:?}");
}

#[test]
fn a_tampered_store_ends_with_seven_and_names_the_row() {
    let home = Home::new();
    assert_eq!(add(&home, &["--country", "CR"]).code, 0);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let address = iarms::registry::store::Address::file(home.path().join("registry.db"));
        let store = iarms::registry::store::Store::open(&address).await.unwrap();
        let mut tx = store.write().await.unwrap();
        tx.run("INSERT INTO tokens (hash, officer) VALUES ('ab12', 1)", []).await.unwrap();
        tx.commit().await.unwrap();
        store.close().await;
    });
    assert_eq!(home.run(&["audit", "verify", "--store", STORE]).code, 0, "the journal itself is whole");
    let ran = home.run(&["audit", "verify", "--deep", "--store", STORE]);
    let said = "table tokens: ab12 is there, the journal does not have it\n\
                the journal was replayed: 1 difference in 10 tables with 5 rows\n";
    assert_eq!((ran.code, ran.out.as_str()), (7, said));
    let ran = home.run(&["audit", "verify", "--deep", "--json", "--store", STORE]);
    assert_eq!((ran.code, &ran.json()[0]["whole"]), (7, &Value::Bool(false)));
}

#[test]
fn a_deep_audit_says_how_much_it_compared_and_a_plain_one_does_not() {
    let home = Home::new();
    assert_eq!(add(&home, &["--country", "CR"]).code, 0);
    let plain = home.run(&["audit", "verify", "--store", STORE]);
    assert!(plain.out.starts_with("whole: ") && !plain.out.contains("tables"), "{plain:?}");
    let deep = home.run(&["audit", "verify", "--deep", "--store", STORE]);
    assert_eq!(deep.code, 0, "{deep:?}");
    assert!(deep.out.contains("the journal was replayed: 10 tables with 4 rows are as it says"), "{deep:?}");
    let json = home.run(&["audit", "verify", "--deep", "--json", "--store", STORE]).json();
    assert_eq!((json[0]["tables"].as_u64(), json[0]["rows"].as_u64()), (Some(10), Some(4)));
    let json = home.run(&["audit", "verify", "--json", "--store", STORE]).json();
    assert_eq!((&json[0]["tables"], &json[0]["rows"]), (&Value::Null, &Value::Null));
}

#[test]
fn the_store_comes_from_the_flag_then_the_environment_then_the_file_then_the_usual_place() {
    let home = Home::new();
    let officer = ["officer", "add", "--name", "A", "--country", "CR"];
    let count = |name: &str| {
        let ran = home.run(&["officer", "list", "--json", "--store", &format!("sqlite:{name}")]);
        if ran.code == 0 { ran.json().len() } else { 0 }
    };
    let usual = ".local/share/iarms/registry.db";
    assert_eq!(home.run(&officer).code, 0);
    assert_eq!(count(usual), 1);
    assert_eq!(home.run(&["officer", "list", "--json"]).json().len(), 1);
    home.config("store = \"sqlite:config.db\"\n");
    assert_eq!(home.run(&officer).code, 0);
    assert_eq!((count(usual), count("config.db")), (1, 1));
    let ran = home.command(&officer).env("IARMS_STORE", "sqlite:variable.db").output().unwrap();
    assert!(ran.status.success());
    assert_eq!((count("config.db"), count("variable.db")), (1, 1));
    let flag = [&officer[..], &["--store", "sqlite:flag.db"]].concat();
    let ran = home.command(&flag).env("IARMS_STORE", "sqlite:variable.db").output().unwrap();
    assert!(ran.status.success());
    assert_eq!((count("variable.db"), count("flag.db")), (1, 1));
    assert_eq!(home.run(&["audit", "verify"]).code, 0, "audit reads the config file's store");
}

/// A registry that serves, its first line and, once it has stopped, its log.
fn serve(command: &mut Command, meanwhile: impl FnOnce(&Value)) -> String {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let first: Value = serde_json::from_str(&line).unwrap_or_default();
    meanwhile(&first);
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    let mut log = String::new();
    child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(child.wait().unwrap().success(), "{log}");
    log
}

#[test]
fn serve_takes_store_and_listen_from_the_config_file() {
    let home = Home::new();
    home.config("store = \"sqlite:mine.db\"\nlisten = \"127.0.0.1:0\"\n");
    serve(&mut home.command(&["serve"]), |first| {
        let url = first["url"].as_str().unwrap();
        assert!(url.starts_with("http://127.0.0.1:") && !url.ends_with(":8417"), "{first}");
    });
    assert!(home.path().join("mine.db").exists());
    let ran = home.run(&["audit", "verify", "--json"]);
    assert_eq!((ran.code, &ran.json()[0]["lines"]), (0, &Value::from(0)), "{ran:?}");
    // What is only tried on keeps away from the store of a registry in earnest.
    serve(&mut home.command(&["serve", "--dev"]), |first| {
        assert!(!first["store"].as_str().unwrap().contains("mine.db"), "{first}");
    });
    assert_eq!(home.run(&["officer", "list"]).out, "");
    home.config("listen = \"nowhere\"\n");
    let ran = home.run(&["serve", "--store", STORE]);
    assert!(ran.code == 2 && ran.err.contains("listen nowhere"), "{ran:?}");
}

#[test]
fn a_store_is_its_owner_s_alone_and_one_to_try_on_goes() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let home = Home::new();
    // The test's own process would have to change its umask: the shell changes its own.
    let open = |arguments: &[&str]| {
        let mut shell = Command::new("sh");
        shell.args(["-c", "umask 022; exec \"$0\" \"$@\""]).arg(cargo_bin("iarms")).args(arguments);
        shell.env_clear().env("HOME", home.path()).env("TMPDIR", home.path()).current_dir(home.path());
        shell
    };
    serve(&mut open(&["serve", "--listen", "127.0.0.1:0"]), |_| {
        let folder = home.path().join(".local/share/iarms");
        assert_eq!(mode(&folder), 0o700);
        for file in ["registry.db", "registry.db-wal", "registry.db-shm"] {
            assert_eq!(mode(&folder.join(file)), 0o600, "{file}");
        }
    });
    let mut scratch = std::path::PathBuf::new();
    serve(&mut open(&["serve", "--dev", "--listen", "127.0.0.1:0"]), |first| {
        let store = first["store"].as_str().unwrap().trim_start_matches("sqlite:").to_owned();
        assert_eq!(mode(Path::new(&store)), 0o600);
        scratch = Path::new(&store).parent().unwrap().to_owned();
        assert_eq!(mode(&scratch), 0o700);
    });
    assert!(scratch.starts_with(home.path()) && !scratch.exists(), "{}", scratch.display());
    // One that is killed leaves its folder to the next.
    let mut killed = open(&["serve", "--dev", "--listen", "127.0.0.1:0"]);
    let mut killed = killed.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(killed.stdout.take().unwrap()).read_line(&mut line).unwrap();
    killed.kill().unwrap();
    killed.wait().unwrap();
    let left = || {
        let names = std::fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().starts_with("iarms-serve-")).count()
    };
    assert_eq!(left(), 1);
    serve(&mut open(&["serve", "--dev", "--listen", "127.0.0.1:0"]), |_| assert_eq!(left(), 1));
    assert_eq!(left(), 0);
}

#[test]
fn the_log_is_json_lines_and_names_nobody() {
    let home = Home::new();
    let mut secrets = vec!["KD73519".to_owned(), "Maria Solano".to_owned(), "0311/26".to_owned()];
    let arguments = ["serve", "--dev", "--as", "CR", "--listen", "127.0.0.1:0", "--store", STORE];
    let log = serve(&mut home.command(&arguments), |first| {
        let token = first["token"].as_str().unwrap();
        secrets.push(token.to_owned());
        let run = |arguments: &[&str]| {
            let mut command = home.command(arguments);
            command.env("IARMS_CONNECT", first["url"].as_str().unwrap()).env("IARMS_TOKEN", token);
            let ran = Ran::of(&command.output().unwrap());
            assert_eq!(ran.code, 0, "{ran:?}");
        };
        run(&[
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
            "--remark",
            "Maria Solano",
        ]);
        run(&["check", "S KD73519 /MK FN", "--purpose", "TRAINING", "--case", "0311/26"]);
        assert_eq!(
            home.run(&["officer", "add", "--name", "Maria Solano", "--country", "CR", "--store", STORE]).code,
            0
        );
    });
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}")))
        .collect();
    assert!(lines.iter().any(|line| line["fields"]["message"] == "registry serves"), "{log}");
    assert!(lines.iter().all(|line| line["level"].is_string() && line["timestamp"].is_string()), "{log}");
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} stands in the log");
    }
    let quiet = serve(
        home.command(&["serve", "--listen", "127.0.0.1:0", "--store", STORE]).env("IARMS_LOG", "error"),
        |_| {},
    );
    assert_eq!(quiet, "");
    let wrong = home.command(&["serve", "--store", STORE]).env("IARMS_LOG", "iarms=loud").output().unwrap();
    assert_eq!(wrong.status.code(), Some(2), "{wrong:?}");
}
