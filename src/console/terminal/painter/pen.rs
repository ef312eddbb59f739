//! The attributes that text is written with, and the shortest way from one set to another.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// How many colours a terminal is trusted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// No colours: bold, dim, underline and reverse only.
    None,
    /// The sixteen colours that every terminal names.
    Sixteen,
}

impl Depth {
    /// Reads the depth from the values of `NO_COLOR` and `TERM`.
    ///
    /// `NO_COLOR` set to anything but nothing switches colours off (no-color.org). Terminals of
    /// unknown kind and those that were made without colours get none.
    #[must_use]
    pub fn of(no_color: Option<&str>, term: Option<&str>) -> Self {
        let refused = no_color.is_some_and(|value| !value.is_empty());
        let colours = term.is_some_and(|name| {
            let plain = ["", "dumb", "unknown", "ansi-m", "xterm-mono"].contains(&name);
            let old = ["vt52", "vt100", "vt102", "vt220", "vt320", "vt420"];
            !plain && !name.ends_with("-m") && !old.iter().any(|kind| name.starts_with(kind))
        });
        if refused || !colours { Self::None } else { Self::Sixteen }
    }

    /// Reads the depth from the process's environment.
    #[must_use]
    pub fn from_environment() -> Self {
        let no_color = std::env::var_os("NO_COLOR");
        let term = std::env::var_os("TERM");
        let text = |value: &Option<std::ffi::OsString>| {
            value.as_ref().map(|value| value.to_string_lossy().into_owned())
        };
        Self::of(text(&no_color).as_deref(), text(&term).as_deref())
    }
}

/// One set of attributes; a colour is its number from 0 to 15, or none for the terminal's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pen {
    pub(super) foreground: Option<u8>,
    pub(super) background: Option<u8>,
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
        let colour = |colour| match depth {
            Depth::None => None,
            Depth::Sixteen => number_of(colour),
        };
        let bold = cell.modifier.contains(Modifier::BOLD);
        Self {
            foreground: colour(cell.fg),
            background: colour(cell.bg),
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
        let mut codes: Vec<u8> = Vec::new();
        // One code ends both weights, so what stays has to be said again.
        let lighter = (self.bold && !to.bold) || (self.dim && !to.dim);
        if lighter {
            codes.push(22);
        }
        if to.bold && (lighter || !self.bold) {
            codes.push(1);
        }
        if to.dim && (lighter || !self.dim) {
            codes.push(2);
        }
        if self.underline != to.underline {
            codes.push(if to.underline { 4 } else { 24 });
        }
        if self.reverse != to.reverse {
            codes.push(if to.reverse { 7 } else { 27 });
        }
        if self.foreground != to.foreground {
            codes.push(to.foreground.map_or(39, |number| colour_code(number, 30, 90)));
        }
        if self.background != to.background {
            codes.push(to.background.map_or(49, |number| colour_code(number, 40, 100)));
        }
        let codes: Vec<String> = codes.iter().map(u8::to_string).collect();
        codes.join(";")
    }
}

fn colour_code(number: u8, normal: u8, bright: u8) -> u8 {
    if number < 8 { normal + number } else { bright + number - 8 }
}

fn number_of(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(number) if number < 16 => number,
        Color::Reset | Color::Indexed(_) | Color::Rgb(..) => return None,
    })
}
