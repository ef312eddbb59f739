//! Measures the terminal: whether it answers, how far it is away, and how fast its line is.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcgetwinsize, tcsetattr};
use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

/// How long an answer is waited for: what comes later would be typed into the shell.
const PATIENCE: Duration = Duration::from_secs(10);
/// Questions whose fastest answer is the round trip.
const TRIES: u32 = 3;
/// Bytes that tell the speed of the line.
const LOAD: usize = 1000;
/// How long they may take on top of that: at 600 bit/s.
const LOADED: Duration = Duration::from_secs(17);
/// Time below which the difference of two answers is noise.
const NOISE: Duration = Duration::from_millis(5);

/// What the terminal is, as far as it was measured.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Terminal {
    /// Whether input and output are a terminal; nothing can be measured without.
    pub(super) is_terminal: bool,
    /// Columns and rows, if it knows them.
    pub(super) columns: Option<u16>,
    pub(super) rows: Option<u16>,
    /// The fastest answer, in milliseconds; none came where there is none.
    pub(super) round_trip_ms: Option<u64>,
    /// Bytes a second of text such as the console's; nothing where the line is too fast to tell.
    pub(super) bytes_a_second: Option<u64>,
}

/// Measures the terminal of this process. Takes as long as four answers do; one that gives
/// none is waited for 10 s.
pub(super) fn measure() -> Terminal {
    let (input, output) = (std::io::stdin(), std::io::stdout());
    if !input.is_terminal() || !output.is_terminal() {
        return Terminal::default();
    }
    let size = tcgetwinsize(output.as_fd()).ok().filter(|size| size.ws_col > 0 && size.ws_row > 0);
    let mut terminal = Terminal {
        is_terminal: true,
        columns: size.map(|size| size.ws_col),
        rows: size.map(|size| size.ws_row),
        ..Terminal::default()
    };
    let Ok(_raw) = Raw::enter() else { return terminal };
    let mut fastest = None;
    for _ in 0..TRIES {
        let Some(took) = answer(b"", PATIENCE) else { return terminal };
        fastest = Some(fastest.map_or(took, |fastest: Duration| fastest.min(took)));
    }
    let Some(fastest) = fastest else { return terminal };
    terminal.round_trip_ms = u64::try_from(fastest.as_millis()).ok();
    let longer = answer(&load(), PATIENCE + LOADED).map(|took| took.saturating_sub(fastest));
    terminal.bytes_a_second = longer
        .filter(|longer| *longer > NOISE)
        .map(|longer| LOAD as u64 * 1_000_000 / longer.as_micros() as u64);
    terminal
}

impl Terminal {
    /// The same in words, a line each.
    pub(super) fn said(&self) -> Vec<String> {
        if !self.is_terminal {
            return vec!["terminal    none: input and output have to be one, to be measured".to_owned()];
        }
        let size = match (self.columns, self.rows) {
            (Some(columns), Some(rows)) => format!("{columns} columns, {rows} lines"),
            _ => "it does not know its size".to_owned(),
        };
        let answers = match self.round_trip_ms {
            Some(way) => format!("answers after {way} ms"),
            None => "gives no answer".to_owned(),
        };
        let speed = match (self.round_trip_ms, self.bytes_a_second) {
            (Some(_), Some(speed)) => format!(", takes {speed} bytes a second"),
            (Some(_), None) => ", faster than can be told".to_owned(),
            (None, _) => String::new(),
        };
        vec![format!("terminal    {size}; {answers}{speed}")]
    }
}

/// Attributes that change nothing on the screen, packed by SSH about as well as a frame is.
fn load() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut state = 7_u32;
    while bytes.len() + 8 < LOAD {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        bytes.extend_from_slice(format!("\x1b[{};3{}m", state >> 28 & 1, state >> 24 & 7).as_bytes());
    }
    bytes.extend_from_slice(b"\x1b[m");
    bytes
}

/// How long the answer to a status request behind these bytes takes.
fn answer(before: &[u8], patience: Duration) -> Option<Duration> {
    let mut output = std::io::stdout().lock();
    let start = Instant::now();
    // A terminal that was stopped takes nothing in, and writing to it would wait for ever.
    let wait = Timespec { tv_sec: patience.as_secs().try_into().ok()?, tv_nsec: 0 };
    if poll(&mut [PollFd::new(&output, PollFlags::OUT)], Some(&wait)).ok()? == 0 {
        return None;
    }
    output.write_all(before).ok()?;
    output.write_all(b"\x1b[5n").ok()?;
    output.flush().ok()?;
    let mut heard = Vec::new();
    let input = std::io::stdin();
    loop {
        let left = patience.checked_sub(start.elapsed())?;
        let wait = Timespec { tv_sec: left.as_secs().try_into().ok()?, tv_nsec: left.subsec_nanos().into() };
        let mut ends = [PollFd::new(&input, PollFlags::IN)];
        if poll(&mut ends, Some(&wait)).ok()? == 0 {
            return None;
        }
        let mut bytes = [0; 64];
        // Not through the standard buffer, which `poll` does not see.
        let count = rustix::io::read(&input, &mut bytes).ok().filter(|count| *count > 0)?;
        heard.extend_from_slice(&bytes[..count]);
        if heard.windows(4).any(|window| window == b"\x1b[0n") {
            return Some(start.elapsed());
        }
    }
}

/// The terminal without echo and lines; dropping it puts it back.
struct Raw {
    before: Termios,
}

impl Raw {
    fn enter() -> rustix::io::Result<Self> {
        let input = std::io::stdin();
        let before = tcgetattr(input.as_fd())?;
        let mut raw = before.clone();
        raw.make_raw();
        // At once: to wait until all that was written has left has no end on a terminal that was
        // stopped.
        tcsetattr(input.as_fd(), OptionalActions::Now, &raw)?;
        Ok(Self { before })
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // Nothing is left to do where the terminal has gone.
        let input = std::io::stdin();
        let _ = tcflush(input.as_fd(), QueueSelector::IFlush);
        let _ = tcsetattr(input.as_fd(), OptionalActions::Now, &self.before);
    }
}
