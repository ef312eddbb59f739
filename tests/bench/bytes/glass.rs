//! A program in a pseudo-terminal: what it wrote, on which line of the screen, and when it was seen.
//!
//! As every terminal does, the screen answers a status request once what came before it is shown.

use crate::line::Line;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::Write;
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

/// Size of the screen: columns and lines.
pub(crate) const SIZE: (u16, u16) = (120, 40);
/// Longest that anything is waited for.
const PATIENCE: Duration = Duration::from_secs(60);
/// Asks for the terminal's status.
const ASKS: &[u8] = b"\x1b[5n";
/// Says that all is well.
const WELL: &[u8] = b"\x1b[0n";

/// What was written within a time.
#[derive(Debug, Clone, Default)]
pub(crate) struct Written {
    /// All bytes.
    pub(crate) bytes: Vec<u8>,
    /// How many of them were for each line of the screen.
    pub(crate) lines: Vec<usize>,
}

/// Follows the bytes on a screen.
struct Follower {
    screen: vt100::Parser,
    written: Written,
    last: Instant,
    /// Bytes since the cursor last came to rest.
    under_way: usize,
    /// The last bytes, which may be the beginning of a request.
    tail: Vec<u8>,
}

impl Follower {
    fn new() -> Self {
        let cells = |count: u16| NonZeroU16::new(count).expect("a screen has cells");
        Self {
            screen: vt100::Parser::new(cells(SIZE.1), cells(SIZE.0), 0),
            written: Written::nothing(),
            last: Instant::now(),
            under_way: 0,
            tail: Vec::new(),
        }
    }

    /// Shows bytes, and says how many requests for the terminal's status were among them.
    ///
    /// A byte that goes somewhere counts for the line where it arrives.
    fn take(&mut self, bytes: &[u8]) -> usize {
        for byte in bytes {
            let before = self.screen.screen().cursor_position();
            self.screen.process(std::slice::from_ref(byte));
            let (line, column) = self.screen.screen().cursor_position();
            self.under_way += 1;
            if (line, column) != before || byte.is_ascii_alphabetic() {
                self.written.lines[usize::from(line)] += self.under_way;
                self.under_way = 0;
            }
        }
        self.written.bytes.extend_from_slice(bytes);
        self.last = Instant::now();
        self.tail.extend_from_slice(bytes);
        let asked = self.tail.windows(ASKS.len()).filter(|window| *window == ASKS).count();
        self.tail.drain(..self.tail.len().saturating_sub(ASKS.len() - 1));
        asked
    }
}

impl Written {
    fn nothing() -> Self {
        Self { bytes: Vec::new(), lines: vec![0; usize::from(SIZE.1)] }
    }
}

/// The console, its keyboard and its screen.
pub(crate) struct Glass {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Keyboard,
    follower: Arc<Mutex<Follower>>,
}

/// What is typed, by hand and by the terminal, and the way that it takes.
#[derive(Clone)]
struct Keyboard {
    typed: Sender<(Instant, Vec<u8>)>,
    line: Option<Arc<Mutex<Line>>>,
}

impl Keyboard {
    fn press(&self, bytes: &[u8]) {
        let arrives = match &self.line {
            Some(line) => line.lock().expect("no thread has failed").carry(bytes.len()),
            None => Instant::now(),
        };
        // The program may have ended, and then nobody reads.
        let _ = self.typed.send((arrives, bytes.to_vec()));
    }
}

/// What has been handed over comes out when it arrives.
fn deliver(arriving: &Receiver<(Instant, Vec<u8>)>, mut out: impl FnMut(&[u8])) {
    for (arrives, bytes) in arriving {
        sleep(arrives.saturating_duration_since(Instant::now()));
        out(&bytes);
    }
}

/// Reads what a program writes and hands it over to its screen, be it near or behind a line.
fn read(master: &dyn MasterPty, mut line: Option<Line>, screen: Sender<(Instant, Vec<u8>)>) {
    let mut reader = master.try_clone_reader().expect("the terminal's other end");
    spawn(move || {
        let mut chunk = [0; 4096];
        while let Ok(length @ 1..) = reader.read(&mut chunk) {
            let arrives = line.as_mut().map_or_else(Instant::now, |line| line.carry(length));
            if screen.send((arrives, chunk[..length].to_vec())).is_err() {
                return;
            }
        }
    });
}

impl Glass {
    /// Starts a command on a screen of [`SIZE`].
    pub(crate) fn start(command: CommandBuilder) -> Self {
        Self::on(command, false)
    }

    /// Starts a command on a screen of [`SIZE`] behind a thin line. What it writes is taken at once,
    /// as the buffers of SSH do, and handed on at the speed of the line.
    pub(crate) fn far_away(command: CommandBuilder) -> Self {
        Self::on(command, true)
    }

    fn on(mut command: CommandBuilder, far: bool) -> Self {
        let size = PtySize { rows: SIZE.1, cols: SIZE.0, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        // What would say that somebody nearer answers is no part of it.
        for name in ["NO_COLOR", "COLORTERM", "LC_ALL", "LC_CTYPE", "TMUX", "STY", "MOSH"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("TZ", "UTC");
        let child = pair.slave.spawn_command(command).expect("the console starts");
        drop(pair.slave);
        let ((typed, arriving), (screen, shown)) = (channel(), channel());
        read(&*pair.master, far.then(Line::new), screen);
        let mut writer = pair.master.take_writer().expect("the keyboard");
        let master = pair.master;
        spawn(move || {
            deliver(&arriving, |bytes| {
                // It may have ended.
                let _ = writer.write_all(bytes);
            });
            drop(master);
        });
        let keyboard = Keyboard { typed, line: far.then(|| Arc::new(Mutex::new(Line::new()))) };
        let follower = Arc::new(Mutex::new(Follower::new()));
        let (glass, answers) = (Arc::clone(&follower), keyboard.clone());
        spawn(move || {
            deliver(&shown, |bytes| {
                let asked = glass.lock().expect("no thread has failed").take(bytes);
                (0..asked).for_each(|_| answers.press(WELL));
            });
        });
        Self { child, keyboard, follower }
    }

    fn with<T>(&self, look: impl FnOnce(&mut Follower) -> T) -> T {
        look(&mut self.follower.lock().expect("no thread has failed"))
    }

    /// The text on the screen.
    pub(crate) fn shows(&self) -> String {
        self.with(|follower| follower.screen.screen().contents())
    }

    /// The process.
    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().expect("it runs")
    }

    /// Types.
    pub(crate) fn press(&self, keys: &str) {
        self.keyboard.press(keys.as_bytes());
    }

    /// Waits until the screen shows a text.
    pub(crate) fn see(&self, text: &str) {
        let begun = Instant::now();
        while !self.shows().contains(text) {
            assert!(begun.elapsed() < PATIENCE, "{text:?} never came:\n{}", self.shows());
            sleep(Duration::from_millis(2));
        }
    }

    /// Waits until anything was written since the last time and then nothing for so long; tells when
    /// the last byte came, and takes what came.
    pub(crate) fn burst(&self, pause: Duration) -> (Written, Instant) {
        let begun = Instant::now();
        while self.with(|follower| follower.written.bytes.is_empty()) && begun.elapsed() < PATIENCE {
            sleep(Duration::from_millis(2));
        }
        let written = self.silence(pause);
        (written, self.with(|follower| follower.last))
    }

    /// Waits until nothing was written for so long, and takes what was written since the last time.
    pub(crate) fn silence(&self, pause: Duration) -> Written {
        let begun = Instant::now();
        loop {
            sleep(Duration::from_millis(5));
            let last = self.with(|follower| follower.last).max(begun);
            // Where it is never silent the figure will say so.
            if last.elapsed() >= pause || begun.elapsed() > PATIENCE {
                return self.take();
            }
        }
    }

    /// Takes what was written since the last time.
    pub(crate) fn take(&self) -> Written {
        self.with(|follower| std::mem::replace(&mut follower.written, Written::nothing()))
    }
}

impl Drop for Glass {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
