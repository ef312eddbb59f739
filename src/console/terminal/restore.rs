//! The one way into the full screen and the one way back, whatever ends it.
//!
//! Quit, error, panic, signal, stop and hang-up all come through [`Restore::leave`]; so what was
//! switched on here is switched off here and nowhere else. Only the alternate screen and bracketed
//! paste are switched on: when a connection breaks, nobody can switch off the rest on the officer's side.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, retry_on_intr, write};
use rustix::termios::{
    OptionalActions, QueueSelector, Termios, Winsize, tcflush, tcgetattr, tcgetwinsize, tcsetattr,
};

const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h";
const LEAVE: &[u8] = b"\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// How long leaving may wait for a frame that is just being written.
const PATIENCE: Duration = Duration::from_millis(400);
const TURN: Duration = Duration::from_millis(20);

/// The terminal that the program was started on, and how it was then.
#[derive(Debug)]
pub(super) struct Restore {
    input: OwnedFd,
    output: OwnedFd,
    input_modes: Termios,
    output_modes: Termios,
    entered: AtomicBool,
    /// Held while bytes go out, so that nothing is painted after the screen was left.
    gate: Mutex<()>,
}

impl Restore {
    /// Remembers how the terminal is. Fails where one of the two is no terminal.
    pub(super) fn new(input: OwnedFd, output: OwnedFd) -> io::Result<Self> {
        let input_modes = tcgetattr(&input)?;
        let output_modes = tcgetattr(&output)?;
        let (entered, gate) = (AtomicBool::new(false), Mutex::new(()));
        Ok(Self { input, output, input_modes, output_modes, entered, gate })
    }

    /// Switches to raw mode, the alternate screen and bracketed paste; asks the terminal nothing.
    pub(super) fn enter(&self) -> io::Result<()> {
        let gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        self.entered.store(true, Ordering::SeqCst);
        let entered = self.enter_modes();
        drop(gate);
        entered.inspect_err(|_| self.leave())
    }

    fn enter_modes(&self) -> io::Result<()> {
        // First the modes: where the job is in the background, the system stops it here, before a
        // byte of ours is seen. Both, as the painter counts on line feed to move straight down.
        for (terminal, modes) in [(&self.output, &self.output_modes), (&self.input, &self.input_modes)] {
            let mut raw = modes.clone();
            raw.make_raw();
            retry_on_intr(|| tcsetattr(terminal, OptionalActions::Now, &raw))?;
        }
        self.write_all(ENTER)
    }

    /// Leaves the full screen and gives the terminal back as it was; does nothing the second time.
    ///
    /// Never panics, never fails and takes half a second at most: a dead terminal is passed over, and
    /// what a stalled one has not taken yet is thrown away. So are keys that were typed ahead: they
    /// were meant for the console and must not run as commands of the shell.
    pub(super) fn leave(&self) {
        if !self.entered.swap(false, Ordering::SeqCst) {
            return;
        }
        let gate = self.gate_within(PATIENCE);
        if !self.takes_bytes(TURN) {
            let _ = tcflush(&self.output, QueueSelector::OFlush);
        }
        if self.takes_bytes(TURN) {
            let _ = retry_on_intr(|| write(&self.output, LEAVE));
        }
        let _ = tcflush(&self.input, QueueSelector::IFlush);
        let _ = tcsetattr(&self.input, OptionalActions::Now, &self.input_modes);
        let _ = tcsetattr(&self.output, OptionalActions::Now, &self.output_modes);
        drop(gate);
    }

    /// Whether the full screen is on.
    pub(super) fn is_entered(&self) -> bool {
        self.entered.load(Ordering::SeqCst)
    }

    /// Writes a frame, in one write where the terminal takes it whole; drops it after [`Self::leave`].
    pub(super) fn write_frame(&self, bytes: &[u8]) -> io::Result<()> {
        let _gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_entered() { self.write_all(bytes) } else { Ok(()) }
    }

    /// Columns and rows as the system knows them.
    pub(super) fn window_size(&self) -> io::Result<Winsize> {
        Ok(tcgetwinsize(&self.output)?)
    }

    /// Where keys come from.
    pub(super) fn input(&self) -> &OwnedFd {
        &self.input
    }

    fn write_all(&self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            match write(&self.output, rest) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => rest = rest.get(written..).unwrap_or_default(),
                Err(Errno::INTR) => {}
                // Somebody who shares the terminal has made it non-blocking.
                Err(Errno::AGAIN) => self.wait_for_room()?,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn wait_for_room(&self) -> io::Result<()> {
        let mut room = [PollFd::new(&self.output, PollFlags::OUT)];
        retry_on_intr(|| poll(&mut room, None))?;
        Ok(())
    }

    /// Whether a write would go through at once: not on a dead terminal, not on a stalled one.
    fn takes_bytes(&self, within: Duration) -> bool {
        writable(&self.output, within)
    }

    fn gate_within(&self, patience: Duration) -> Option<MutexGuard<'_, ()>> {
        let end = Instant::now() + patience;
        loop {
            match self.gate.try_lock() {
                Ok(gate) => return Some(gate),
                Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) if Instant::now() >= end => return None,
                Err(TryLockError::WouldBlock) => {
                    // Lets a frame that is stuck in the terminal's queue run through.
                    let _ = tcflush(&self.output, QueueSelector::OFlush);
                    std::thread::sleep(TURN);
                }
            }
        }
    }
}

impl Drop for Restore {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Whether `to` takes bytes within a time, and is not gone.
pub(super) fn writable(to: impl std::os::fd::AsFd, within: Duration) -> bool {
    let mut room = [PollFd::new(&to, PollFlags::OUT)];
    let within = Timespec { tv_sec: 0, tv_nsec: i64::from(within.subsec_nanos()) };
    let answered = retry_on_intr(|| poll(&mut room, Some(&within))).is_ok();
    let dead = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    answered
        && room.iter().all(|end| end.revents().contains(PollFlags::OUT) && !end.revents().intersects(dead))
}
