//! `iarms doctor`: what it measures without a terminal, and on one that answers late.

use crate::program::{ASKS, Served};
use assert_cmd::cargo::cargo_bin;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use serde_json::Value;
use std::io::{Read, Write};
use std::time::Duration;

#[test]
fn without_a_terminal_the_registry_is_measured() {
    let served = Served::start();
    let output = served.run("CR", &["doctor", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["terminal"]["is_terminal"], false);
    let registry = &found["registry"];
    assert_eq!((&registry["reached"], &registry["group"]), (&Value::Bool(true), &Value::Null), "{found}");
    assert!(registry["bytes"].as_u64().unwrap() > 50 && registry["answer_ms"].as_u64().unwrap() < 5000);
    assert!(registry["clock_ahead_ms"].as_i64().unwrap().abs() < 5000, "one machine, one clock: {found}");

    let mut stranger = served.iarms("CR");
    let output = stranger.env("IARMS_TOKEN", "nobody").args(["doctor"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(6), "{said}");
    assert!(said.contains("FAULT") && said.contains("answered in"), "{said}");
    let url = served.url.clone();
    drop(served.kill());
    let output = std::process::Command::new(cargo_bin("iarms"))
        .args(["doctor", "--connect", &url])
        .env("IARMS_TOKEN", "any")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4), "{output:?}");
}

/// What the doctor says on a terminal of 120x40 that answers after `delay`, or never.
fn on_terminal(delay: Option<Duration>, variables: &[(&str, &str)]) -> Value {
    on_terminal_that(|_| delay, variables)
}

/// The same, with what each answer takes by its number.
fn on_terminal_that(delay: impl Fn(usize) -> Option<Duration>, variables: &[(&str, &str)]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(cargo_bin("iarms"));
    command.env_clear();
    command.args(["doctor", "--json"]);
    command.env("HOME", folder.path());
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    for (name, value) in variables {
        command.env(name, value);
    }
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut keys = pair.master.take_writer().unwrap();
    let mut all: Vec<u8> = Vec::new();
    let mut chunk = [0; 4096];
    let mut asked = 0;
    while let Ok(length) = reader.read(&mut chunk) {
        if length == 0 {
            break;
        }
        all.extend_from_slice(&chunk[..length]);
        if !all.ends_with(ASKS) {
            continue;
        }
        asked += 1;
        if let Some(delay) = delay(asked) {
            std::thread::sleep(delay);
            keys.write_all(b"\x1b[0n").unwrap();
        }
    }
    assert_eq!(child.wait().unwrap().exit_code(), 0);
    let text = String::from_utf8_lossy(&all).into_owned();
    let json = &text[text.find('{').unwrap()..=text.rfind('}').unwrap()];
    serde_json::from_str(json).unwrap()
}

fn advised(found: &Value) -> String {
    let all = found["advice"].as_array().unwrap().iter();
    all.map(|advice| format!("{}: {}\n", advice["set"].as_str().unwrap(), advice["why"].as_str().unwrap()))
        .collect()
}

#[test]
fn a_terminal_that_answers_late_through_ssh_is_told_what_to_set() {
    let far =
        on_terminal(Some(Duration::from_millis(300)), &[("SSH_CONNECTION", "192.0.2.1 5 192.0.2.2 22")]);
    let way = far["terminal"]["round_trip_ms"].as_u64().unwrap();
    assert!((300..2000).contains(&way), "{far}");
    assert_eq!(
        (&far["terminal"]["columns"], &far["terminal"]["rows"]),
        (&Value::from(120), &Value::from(40))
    );
    let advised = advised(&far);
    for wanted in ["Compression yes", "ObscureKeystrokeTiming no", "ServerAliveInterval 60", "ControlMaster"]
    {
        assert!(advised.contains(wanted), "{advised}");
    }
    assert!(advised.contains(&format!("after {way} ms")), "{advised}");
}

#[test]
fn a_nearer_end_and_a_mute_terminal_are_told_to_set_the_speed() {
    let variables = [("SSH_CONNECTION", "192.0.2.1 5 192.0.2.2 22"), ("TMUX", "/tmp/tmux-0/default,1,0")];
    let near = on_terminal(Some(Duration::ZERO), &variables);
    assert_eq!(near["surroundings"]["nearer"], "tmux");
    assert!(advised(&near).contains("line = 9600"), "{near}");
    let mute = on_terminal(None, &[]);
    assert_eq!(mute["terminal"]["round_trip_ms"], Value::Null);
    assert!(advised(&mute).contains("no answer to CSI 5 n"), "{mute}");
}

#[test]
fn a_line_of_1200_bits_is_waited_for() {
    let slow = |nth| Some(Duration::from_millis(if nth <= 3 { 100 } else { 6000 }));
    let found = on_terminal_that(slow, &[]);
    let speed = found["terminal"]["bytes_a_second"].as_u64();
    assert!(speed.is_some_and(|speed| (100..200).contains(&speed)), "{found}");
}
