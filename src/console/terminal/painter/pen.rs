//! The attributes that text is written with, and the shortest way from one set to another.

use ratatui::buffer::Cell;
use ratatui::style::Modifier;

use super::depth::{Depth, Ink};

/// One set of attributes; where there is no colour it is the terminal's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pen {
    pub(super) foreground: Option<Ink>,
    pub(super) background: Option<Ink>,
    pub(super) bold: bool,
    pub(super) dim: bool,
    pub(super) underline: bool,
    pub(super) reverse: bool,
}

impl Pen {
    pub(super) const PLAIN: Self = Self {
        foreground: None,
        background: None,
        bold: false,
        dim: false,
        underline: false,
        reverse: false,
    };

    /// What of a cell's style is shown at this depth; everything else is left out.
    pub(super) fn of(cell: &Cell, depth: Depth) -> Self {
        let bold = cell.modifier.contains(Modifier::BOLD);
        Self {
            foreground: Ink::of(cell.fg, depth),
            background: Ink::of(cell.bg, depth),
            bold,
            // Many terminals know one weight at a time, so bold wins.
            dim: !bold && cell.modifier.contains(Modifier::DIM),
            underline: cell.modifier.contains(Modifier::UNDERLINED),
            reverse: cell.modifier.contains(Modifier::REVERSED),
        }
    }

    /// Whether a blank written with it shows more than the background.
    pub(super) fn marks_blanks(self) -> bool {
        self.underline || self.reverse
    }

    /// The same look for a blank, without what cannot be seen on one.
    pub(super) fn for_blank(self) -> Self {
        if self.marks_blanks() { self } else { Self { background: self.background, ..Self::PLAIN } }
    }

    /// Whether a terminal that erases with it leaves plain blanks.
    pub(super) fn erases_plainly(self) -> bool {
        self.background.is_none() && !self.marks_blanks()
    }

    /// Writes the shortest sequence that turns this set into `to`.
    pub(super) fn change(self, to: Self, bytes: &mut Vec<u8>) {
        if self == to {
            return;
        }
        let step = self.step_to(to);
        let mut fresh = Self::PLAIN.step_to(to);
        if !fresh.is_empty() {
            fresh.insert_str(0, "0;");
        }
        let shorter = if fresh.len() < step.len() { fresh } else { step };
        bytes.extend_from_slice(b"\x1b[");
        bytes.extend_from_slice(shorter.as_bytes());
        bytes.push(b'm');
    }

    /// The parameters that change only what differs.
    fn step_to(self, to: Self) -> String {
        let mut codes: Vec<String> = Vec::new();
        let mut say = |code: u8| codes.push(code.to_string());
        // One code ends both weights, so what stays has to be said again.
        let lighter = (self.bold && !to.bold) || (self.dim && !to.dim);
        if lighter {
            say(22);
        }
        if to.bold && (lighter || !self.bold) {
            say(1);
        }
        if to.dim && (lighter || !self.dim) {
            say(2);
        }
        if self.underline != to.underline {
            say(if to.underline { 4 } else { 24 });
        }
        if self.reverse != to.reverse {
            say(if to.reverse { 7 } else { 27 });
        }
        if self.foreground != to.foreground {
            codes.push(to.foreground.map_or_else(|| "39".to_owned(), |ink| ink.codes(30)));
        }
        if self.background != to.background {
            codes.push(to.background.map_or_else(|| "49".to_owned(), |ink| ink.codes(40)));
        }
        codes.join(";")
    }
}
