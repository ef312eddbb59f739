//! Reads the terminal's bytes on a thread of its own and hands them on undecoded.
//!
//! A thread that sleeps in `poll` sees the end of the terminal at once and cannot spin on it, which
//! the event stream of crossterm 0.29 does (crossterm issue 793). Decoding is left to the receiver,
//! because what an Esc means depends on its clock.

use std::io::{self, PipeReader, PipeWriter};
use std::sync::Arc;
use std::thread;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::{Errno, read};
use tokio::sync::mpsc;

use super::hangup::HangUp;
use super::restore::Restore;

/// Bytes read at once.
const CHUNK: usize = 4096;
/// Chunks that may wait; a paste beyond that waits in the terminal's own queue.
const CHUNKS: usize = 32;

/// The receiving end; the thread ends when it is dropped.
#[derive(Debug)]
pub(super) struct Reader {
    chunks: mpsc::Receiver<Vec<u8>>,
    /// Closing it wakes the thread.
    _stop: PipeWriter,
}

impl Reader {
    /// Starts to read from the terminal's input.
    pub(super) fn start(terminal: &Arc<Restore>, hang_up: HangUp) -> io::Result<Self> {
        let (stopped, stop) = io::pipe()?;
        let (sender, chunks) = mpsc::channel(CHUNKS);
        let source = Source { terminal: Arc::clone(terminal), stopped, sender, hang_up };
        thread::Builder::new().name("keyboard".to_owned()).spawn(move || source.run())?;
        Ok(Self { chunks, _stop: stop })
    }

    /// The next bytes, or none after the terminal's end. Safe to drop while it waits.
    pub(super) async fn next(&mut self) -> Option<Vec<u8>> {
        self.chunks.recv().await
    }
}

struct Source {
    terminal: Arc<Restore>,
    stopped: PipeReader,
    sender: mpsc::Sender<Vec<u8>>,
    hang_up: HangUp,
}

enum Turn {
    Bytes(Vec<u8>),
    Again,
    Stopped,
    Gone,
}

impl Source {
    fn run(self) {
        loop {
            match self.turn() {
                Turn::Bytes(bytes) => {
                    if self.sender.blocking_send(bytes).is_err() {
                        return;
                    }
                }
                Turn::Again => {}
                Turn::Stopped => return,
                Turn::Gone => {
                    self.hang_up.raise();
                    return;
                }
            }
        }
    }

    /// Sleeps until something happens; every answer of the system but an interruption ends a turn
    /// with bytes or for good.
    fn turn(&self) -> Turn {
        let mut ends =
            [PollFd::new(self.terminal.input(), PollFlags::IN), PollFd::new(&self.stopped, PollFlags::IN)];
        match poll(&mut ends, None) {
            Ok(_) => {}
            Err(Errno::INTR) => return Turn::Again,
            Err(_) => return Turn::Gone,
        }
        let [terminal, stopped] = ends.map(|end| end.revents());
        if !stopped.is_empty() {
            Turn::Stopped
        } else if terminal.contains(PollFlags::IN) {
            self.read()
        } else if terminal.is_empty() {
            Turn::Again
        } else {
            Turn::Gone
        }
    }

    fn read(&self) -> Turn {
        let mut bytes = vec![0; CHUNK];
        match read(self.terminal.input(), &mut bytes) {
            Ok(0) => Turn::Gone,
            Ok(count) => {
                bytes.truncate(count);
                Turn::Bytes(bytes)
            }
            // Another process was quicker, or a signal came; the next turn sleeps again.
            Err(Errno::INTR | Errno::AGAIN) => Turn::Again,
            Err(_) => Turn::Gone,
        }
    }
}
