//! The real console on a screen behind 9600 bit/s with 400 ms each way, and a buffer in front of the
//! line that takes everything at once, as SSH does.

use crate::bench::{House, browning, check, done, enter, question, send, stolen};
use crate::program::ASKS;
use assert_cmd::cargo::cargo_bin;
use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

/// One way.
const WAY: Duration = Duration::from_millis(400);
/// Ten bits a byte at 9600 bit/s.
const MICROS_A_BYTE: u64 = 1042;
const PATIENCE: Duration = Duration::from_secs(60);

/// A console far away, and what its officer sees.
struct Far {
    child: Box<dyn Child + Send + Sync>,
    keys: Sender<(Instant, Vec<u8>)>,
    screen: Arc<Mutex<vt100::Parser>>,
    /// Bytes that the console wrote.
    bytes: Arc<AtomicUsize>,
}

impl Far {
    fn open(house: &House, token: &str) -> Self {
        let (columns, rows) = (120, 40);
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(cargo_bin("iarms"));
        command.args(["console", "--connect", &house.url, "--purpose", "TRAINING", "--case", "1/26"]);
        command.env("IARMS_TOKEN", token);
        command.env("HOME", house.folder.path());
        command.env("TERM", "xterm-256color");
        command.env("TZ", "UTC");
        let nearer = ["TMUX", "STY", "MOSH"];
        nearer.into_iter().for_each(|name| command.env_remove(name));
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let cells = |cells: u16| NonZeroU16::new(cells).unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(cells(rows), cells(columns), 0)));
        let (line, arriving) = channel::<(Instant, Vec<u8>)>();
        let bytes = Arc::new(AtomicUsize::new(0));
        let written = Arc::clone(&bytes);
        let mut reader = pair.master.try_clone_reader().unwrap();
        spawn(move || {
            let mut chunk = [0; 4096];
            let mut free = Instant::now();
            while let Ok(length) = reader.read(&mut chunk) {
                written.fetch_add(length, Ordering::SeqCst);
                // In pieces, so that a screen grows as it would.
                for piece in chunk[..length].chunks(32) {
                    free =
                        free.max(Instant::now()) + Duration::from_micros(MICROS_A_BYTE * piece.len() as u64);
                    if line.send((free + WAY, piece.to_vec())).is_err() {
                        return;
                    }
                }
                if length == 0 {
                    return;
                }
            }
        });
        let (keys, typed) = channel::<(Instant, Vec<u8>)>();
        let mut writer = pair.master.take_writer().unwrap();
        let master = pair.master;
        spawn(move || {
            for (at, bytes) in typed {
                sleep(at.saturating_duration_since(Instant::now()));
                if writer.write_all(&bytes).is_err() {
                    break;
                }
            }
            drop(master);
        });
        let (glass, answers) = (Arc::clone(&screen), keys.clone());
        spawn(move || {
            let mut last: Vec<u8> = Vec::new();
            for (at, piece) in arriving {
                sleep(at.saturating_duration_since(Instant::now()));
                glass.lock().unwrap().process(&piece);
                last.extend_from_slice(&piece);
                for _ in last.windows(ASKS.len()).filter(|window| *window == ASKS) {
                    let _ = answers.send((Instant::now() + WAY, b"\x1b[0n".to_vec()));
                }
                // What may be the beginning of a request is looked at again.
                let kept = last.iter().rev().take(ASKS.len() - 1).position(|byte| *byte == 0x1b);
                last.drain(..last.len() - kept.map_or(0, |at| at + 1));
            }
        });
        Self { child, keys, screen, bytes }
    }

    fn press(&self, keys: &str) {
        self.keys.send((Instant::now() + WAY, keys.as_bytes().to_vec())).unwrap();
    }

    fn bytes(&self) -> usize {
        self.bytes.load(Ordering::SeqCst)
    }

    fn shows(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    fn wait_for(&self, text: &str) -> Duration {
        let start = Instant::now();
        while !self.shows().contains(text) {
            assert!(start.elapsed() < PATIENCE, "waited for {text:?}, the screen shows:\n{}", self.shows());
            sleep(Duration::from_millis(5));
        }
        start.elapsed()
    }

    /// Types sixteen letters at ten a second; returns how long after the last the last one is seen.
    fn types(&self, letters: &str) -> Duration {
        for letter in letters.chars() {
            self.press(&letter.to_string());
            sleep(Duration::from_millis(100));
        }
        self.wait_for(letters) + Duration::from_millis(100)
    }
}

impl Drop for Far {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Hits that ring at the desk, 20 a second.
const NEWS: u64 = 140;

/// A number far from all others.
fn serial(record: u64) -> String {
    format!("{:010X}", (record + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24)
}

/// There and back, and the bytes of one letter.
const FLOOR: Duration = Duration::from_millis(805);
/// What the last paint may take beyond that.
const BEYOND: Duration = Duration::from_millis(800);

#[tokio::test(flavor = "multi_thread")]
async fn the_last_of_sixteen_keys_is_seen_soon_also_under_twenty_changes_a_second() {
    let house = House::open().await;
    let owner = house.line("CR").await;
    let finder = house.line("PA").await;
    for record in 0..NEWS {
        done(send(&owner, enter(stolen(browning(&serial(record))))).await);
    }
    let far = Far::open(&house, &house.token("CR").await);
    tokio::task::block_in_place(|| far.wait_for("LIVE"));
    far.press("s");
    tokio::task::block_in_place(|| sleep(Duration::from_secs(4)));
    let quiet = tokio::task::block_in_place(|| far.types("ABCDEFGHJKLMNPQR"));
    let news = tokio::spawn(async move {
        let mut beat = tokio::time::interval(Duration::from_millis(50));
        for record in 0..NEWS {
            beat.tick().await;
            check(&finder, question(browning(&serial(record)))).await;
        }
    });
    tokio::task::block_in_place(|| sleep(Duration::from_secs(3)));
    let before = far.bytes();
    let busy = tokio::task::block_in_place(|| far.types("STUVWXYZ23456789"));
    assert!(!news.is_finished(), "news came to the end");
    news.abort();
    assert!(far.bytes() - before > 250, "{} bytes of news and keys", far.bytes() - before);
    assert!(quiet <= FLOOR + BEYOND, "{quiet:?} where nothing else happens");
    assert!(busy <= FLOOR + BEYOND, "{busy:?} under twenty changes a second:\n{}", far.shows());
}
