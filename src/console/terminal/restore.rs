//! The one way into the full screen and the one way back, whatever ends it.
//!
//! Quit, error, panic, signal, stop and hang-up all come through [`Restore::leave`]; so what was
//! switched on here is switched off here and nowhere else. Only the alternate screen and bracketed
//! paste are switched on: when a connection breaks, nobody can switch off the rest on the officer's side.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::{Errno, retry_on_intr, write};
use rustix::termios::{
    OptionalActions, QueueSelector, Termios, Winsize, tcflush, tcgetattr, tcgetwinsize, tcsetattr, ttyname,
};

const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h";
const LEAVE: &[u8] = b"\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// How long leaving may wait for a write that is under way; it takes that long only where the
/// terminal could not be opened anew and has stalled.
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
    /// How often the full screen was entered: a frame that was begun before a stop is not finished
    /// after it.
    entries: AtomicU32,
    /// Held while bytes go out, so that nothing is painted after the screen was left.
    gate: Mutex<()>,
}

impl Restore {
    /// Remembers how the terminal is. Fails where one of the two is no terminal.
    pub(super) fn new(input: OwnedFd, output: OwnedFd) -> io::Result<Self> {
        let input_modes = tcgetattr(&input)?;
        let output_modes = tcgetattr(&output)?;
        let output = unblocked(&output).unwrap_or(output);
        let (entered, entries, gate) = (AtomicBool::new(false), AtomicU32::new(0), Mutex::new(()));
        Ok(Self { input, output, input_modes, output_modes, entered, entries, gate })
    }

    /// Switches to raw mode, the alternate screen and bracketed paste; asks the terminal nothing.
    pub(super) fn enter(&self) -> io::Result<()> {
        self.entries.fetch_add(1, Ordering::SeqCst);
        self.entered.store(true, Ordering::SeqCst);
        self.set_raw().and_then(|()| self.write_frame(ENTER)).inspect_err(|_| self.leave())
    }

    /// Sets both ends raw, as the painter counts on line feed to move straight down.
    ///
    /// It comes before the first byte: where the job is in the background, the system stops it here.
    fn set_raw(&self) -> io::Result<()> {
        for (terminal, modes) in [(&self.output, &self.output_modes), (&self.input, &self.input_modes)] {
            let mut raw = modes.clone();
            raw.make_raw();
            retry_on_intr(|| tcsetattr(terminal, OptionalActions::Now, &raw))?;
        }
        Ok(())
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

    /// Writes a frame, in one write where the terminal takes it whole, and waits while it takes
    /// nothing; drops what is left of it after [`Self::leave`].
    pub(super) fn write_frame(&self, bytes: &[u8]) -> io::Result<()> {
        let entry = self.entries.load(Ordering::SeqCst);
        let mut rest = bytes;
        while !rest.is_empty() {
            match self.write_some(rest, entry) {
                Ok(None) => return Ok(()),
                Ok(Some(0)) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(Some(written)) => rest = rest.get(written..).unwrap_or_default(),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => {
                    let mut room = [PollFd::new(&self.output, PollFlags::OUT)];
                    retry_on_intr(|| poll(&mut room, None))?;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Writes what there is room for, or nothing once the screen was left.
    fn write_some(&self, bytes: &[u8], entry: u32) -> Result<Option<usize>, Errno> {
        let _gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        let left = !self.entered.load(Ordering::SeqCst) || self.entries.load(Ordering::SeqCst) != entry;
        if left { Ok(None) } else { write(&self.output, bytes).map(Some) }
    }

    /// Columns and rows as the system knows them.
    pub(super) fn window_size(&self) -> io::Result<Winsize> {
        Ok(tcgetwinsize(&self.output)?)
    }

    /// Where keys come from.
    pub(super) fn input(&self) -> &OwnedFd {
        &self.input
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
                Err(TryLockError::WouldBlock) => std::thread::sleep(TURN),
            }
        }
    }
}

impl Drop for Restore {
    fn drop(&mut self) {
        self.leave();
    }
}

/// The same terminal, opened anew so that a write never waits; none where that cannot be done.
///
/// Only then can leaving interrupt a frame that a stalled terminal does not take. The end that we
/// were given stays as it is, since others share it: they would inherit what we set on it.
fn unblocked(terminal: &OwnedFd) -> Option<OwnedFd> {
    let path = ttyname(terminal, Vec::new()).ok()?;
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    open(path, flags, Mode::empty()).ok()
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
