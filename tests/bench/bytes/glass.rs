//! A console in a pseudo-terminal: what it wrote, on which line of the screen, and when.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Size of the screen: columns and lines.
pub(crate) const SIZE: (u16, u16) = (120, 40);
/// Longest that anything is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

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
}

impl Follower {
    /// A byte that goes somewhere counts for the line where it arrives.
    fn take(&mut self, bytes: &[u8]) {
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
    }
}

/// The console, its keyboard and its screen.
pub(crate) struct Glass {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    follower: Arc<Mutex<Follower>>,
    _master: Box<dyn MasterPty + Send>,
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a screen has cells")
}

impl Glass {
    /// Starts a command on a screen of [`SIZE`].
    pub(crate) fn start(mut command: CommandBuilder) -> Self {
        let size = PtySize { rows: SIZE.1, cols: SIZE.0, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        for name in ["NO_COLOR", "COLORTERM", "LC_ALL", "LC_CTYPE"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("TZ", "UTC");
        let child = pair.slave.spawn_command(command).expect("the console starts");
        drop(pair.slave);
        let lines = vec![0; usize::from(SIZE.1)];
        let follower = Arc::new(Mutex::new(Follower {
            screen: vt100::Parser::new(cells(SIZE.1), cells(SIZE.0), 0),
            written: Written { bytes: Vec::new(), lines },
            last: Instant::now(),
            under_way: 0,
        }));
        let mut reader = pair.master.try_clone_reader().expect("the terminal's other end");
        let shared = Arc::clone(&follower);
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(length @ 1..) = reader.read(&mut chunk) {
                shared.lock().expect("no thread has failed").take(&chunk[..length]);
            }
        });
        let keys = pair.master.take_writer().expect("the keyboard");
        Self { child, keys, follower, _master: pair.master }
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
    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).expect("the console reads");
    }

    /// Waits until the screen shows a text.
    pub(crate) fn see(&self, text: &str) {
        let begun = Instant::now();
        while !self.shows().contains(text) {
            assert!(begun.elapsed() < PATIENCE, "{text:?} never came:\n{}", self.shows());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until nothing was written for so long, and takes what was written since the last time.
    pub(crate) fn silence(&self, pause: Duration) -> Written {
        let begun = Instant::now();
        let mut asked = Instant::now();
        loop {
            std::thread::sleep(Duration::from_millis(5));
            let last = self.with(|follower| follower.last).max(asked);
            if last.elapsed() >= pause {
                return self.take();
            }
            if begun.elapsed() > PATIENCE {
                // It is never silent, and the figure will say so.
                return self.take();
            }
            asked = asked.min(last);
        }
    }

    /// Takes what was written since the last time.
    pub(crate) fn take(&self) -> Written {
        let lines = vec![0; usize::from(SIZE.1)];
        self.with(|follower| std::mem::replace(&mut follower.written, Written { bytes: Vec::new(), lines }))
    }
}

impl Drop for Glass {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
