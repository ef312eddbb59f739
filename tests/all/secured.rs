//! The line over TLS: who is believed, what resumes, and what a registry wants of its files.

use crate::authority::Authority;
use crate::measure::Measured;
use iarms::client::{Deadlines, Fault, Line, Token, Trust, Why};
use iarms::registry::certificate::Certificate;
use iarms::wire::exchange::Exchange;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_resumed_on_the_next_connection() {
    for exchange in [Exchange::Hybrid, Exchange::X25519] {
        let secured = Measured::open(exchange).await;
        let line = secured.line("CR").await;
        let mut costs = Vec::new();
        for _ in 0..3 {
            let before = secured.proxy.passed();
            line.hits().await.unwrap();
            // The ticket comes after the answer to the client's end of the handshake, and a busy
            // machine takes its time to keep it.
            let after = secured.proxy.settled(Duration::from_millis(300)).await;
            assert_eq!(after.since(before).connections, 1);
            costs.push(after.since(before).down);
            line.renew();
        }
        // What is saved is the certificate with its signature.
        assert!(costs[1] + 400 < costs[0] && costs[2] + 400 < costs[0], "{exchange:?}: {costs:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_share_one_connection() {
    let secured = Measured::open(Exchange::X25519).await;
    let line = secured.line("CR").await;
    line.hits().await.unwrap();
    let (a, b, c) = tokio::join!(line.hits(), line.hits(), line.poll(None, Duration::ZERO));
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    assert_eq!(secured.proxy.passed().connections, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_start_at_once_open_one_connection() {
    let secured = Measured::open(Exchange::X25519).await;
    for _ in 0..5 {
        let line = secured.line("CR").await;
        let before = secured.proxy.passed();
        let poll = tokio::spawn({
            let line = line.clone();
            // It is answered late, and nobody waits for that.
            async move { line.poll(None, Duration::from_secs(1)).await }
        });
        let (a, b, c) = tokio::join!(line.hits(), line.hits(), line.hits());
        assert!(a.is_ok() && b.is_ok() && c.is_ok());
        poll.await.unwrap().unwrap();
        let after = secured.proxy.settled(Duration::from_millis(100)).await;
        assert_eq!(after.since(before).connections, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_opening_a_connection_takes_is_no_speed_of_the_line() {
    let secured = Measured::open(Exchange::Hybrid).await;
    let line = secured.line("CR").await;
    line.hits().await.unwrap();
    assert_eq!(line.speed(), None, "it agreed on keys first");
    line.hits().await.unwrap();
    assert!(line.speed().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_gets_no_token() {
    let secured = Measured::open(Exchange::Hybrid).await;
    let folder = tempfile::tempdir().unwrap();
    let other = Authority::in_folder(folder.path());
    let token = secured.house.token("CR").await;
    for trust in [Trust { authority: Some(other.ca), ..Trust::default() }, Trust::default()] {
        // A machine that knows no authority at all has no line to anybody.
        let url = format!("https://{}", secured.proxy.address);
        let line = Line::trusting(&url, &Token::new(&token).unwrap(), Deadlines::default(), &trust);
        let Ok(line) = line else { continue };
        let Err(Fault::Unreachable { why: Why::NotBelieved { said } }) = line.hits().await else {
            panic!("it was believed")
        };
        assert!(said.contains("certificate"), "{said}");
    }
    // Whoever speaks in the clear is not understood, and hears nothing.
    let clear = format!("http://{}", secured.proxy.address);
    let line = Line::new(&clear, &Token::new(&token).unwrap(), Deadlines::default()).unwrap();
    assert!(matches!(line.hits().await, Err(Fault::Unreachable { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_says_nothing_keeps_nobody_waiting() {
    let secured = Measured::open(Exchange::Hybrid).await;
    let mut silent = Vec::new();
    for _ in 0..50 {
        silent.push(tokio::net::TcpStream::connect(secured.proxy.address).await.unwrap());
    }
    let line = secured.line("CR").await;
    line.hits().await.unwrap();
    tokio::time::timeout(Duration::from_secs(8), secured.house.registry.stop()).await.expect("it stops");
}

#[test]
fn the_program_serves_and_asks_over_tls() {
    let folder = tempfile::tempdir().unwrap();
    let files = Authority::in_folder(folder.path());
    let program = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_iarms"));
        command.current_dir(folder.path()).env_clear().stderr(Stdio::piped());
        command
    };
    let serve = |more: &[&str]| {
        let mut command = program();
        command.args(["serve", "--dev", "--certificate", "registry.pem"]).args(more);
        command.stdout(Stdio::piped()).spawn().unwrap()
    };
    // Its key may be with the others' settings, and then others must not read it.
    let refused = serve(&[]).wait_with_output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    std::fs::set_permissions(&files.key, PermissionsExt::from_mode(0o640)).unwrap();
    let refused = serve(&["--key", "registry.key"]).wait_with_output().unwrap();
    assert!(String::from_utf8_lossy(&refused.stderr).contains("chmod 600"), "{refused:?}");
    std::fs::set_permissions(&files.key, PermissionsExt::from_mode(0o600)).unwrap();
    // With a certificate it may listen to all the world.
    let mut registry = serve(&["--key", "registry.key", "--listen", "0.0.0.0:0"]);
    let mut first = String::new();
    BufReader::new(registry.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let first: serde_json::Value = serde_json::from_str(&first).unwrap();
    let url = first["url"].as_str().unwrap().replace("0.0.0.0", "127.0.0.1");
    assert!(url.starts_with("https://127.0.0.1:"), "{url}");
    let check = |ca: Option<&str>| {
        let mut command = program();
        command.args(["check", "KD73519", "--purpose", "TRAINING", "--case", "1/26", "--connect", &url]);
        command.env("IARMS_TOKEN", first["token"].as_str().unwrap()).envs(ca.map(|ca| ("IARMS_CA", ca)));
        command.output().unwrap()
    };
    let answered = check(Some("ca.pem"));
    assert_eq!(answered.status.code(), Some(0), "{answered:?}");
    let stranger = check(Some("registry.pem"));
    assert_eq!(stranger.status.code(), Some(4), "{stranger:?}");
    assert!(String::from_utf8_lossy(&stranger.stderr).contains("--ca"), "{stranger:?}");
    registry.kill().unwrap();
    registry.wait().unwrap();
}

#[test]
fn files_that_cannot_be_used_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    let [one, other] = [one, other].map(|folder| {
        std::fs::create_dir(&folder).unwrap();
        Authority::in_folder(&folder)
    });
    let said =
        |chain: &Path, key: &Path| Certificate::read(chain, key, Exchange::Hybrid).unwrap_err().to_string();
    assert!(said(&one.key, &one.key).contains("registry.key"));
    assert!(said(&one.certificate, &one.certificate).contains("registry.pem"));
    assert!(said(&folder.path().join("none.pem"), &one.key).contains("none.pem"));
    assert!(said(&one.certificate, &other.key).contains("together"));
    assert!(Certificate::read(&one.certificate, &one.key, Exchange::Hybrid).is_ok());
}
