//! What comes in from the terminal, as plain data.

use crossterm::event::KeyEvent;

/// One thing that the terminal, or the system on its behalf, has said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key. Characters come as what they produce, without a shift modifier.
    Key(KeyEvent),
    /// Text from the clipboard; it never comes as keys.
    Paste(Paste),
    /// An answer to something that went out with a frame.
    Answer(TerminalAnswer),
    /// The window has changed; only the last of several sizes comes through.
    Resize {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// The terminal is gone, or the system says so (SIGHUP). Comes once; a deadline runs from here.
    HangUp,
    /// The system asks the program to end.
    Signal(Ending),
    /// The program runs again after it was stopped; the next frame paints everything.
    Continued,
    /// A part of the program has panicked. The terminal is restored and paints nothing more.
    Broken,
}

/// Pasted text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paste {
    /// The text as it came, control characters included; they are data here and never keys.
    pub text: String,
    /// Whether something is missing at its end: it was too long, or its end has not come.
    pub cut: bool,
    /// Whether it is the rest of the one before, whose end had not come.
    pub rest: bool,
}

/// What terminals answer to our questions; everything else that they say is swallowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TerminalAnswer {
    /// `CSI 0 n`, the answer to `CSI 5 n`: all that went out before the question has arrived.
    Ok,
}

/// A signal that ends the program in good order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// SIGINT, sent from outside: the key Ctrl-C comes as a key.
    Interrupt,
    /// SIGTERM or SIGQUIT.
    Terminate,
}

impl Ending {
    /// Exit status by the shells' convention: 128 and the signal's number.
    #[must_use]
    pub fn exit_status(self) -> u8 {
        match self {
            Self::Interrupt => 130,
            Self::Terminate => 143,
        }
    }
}
