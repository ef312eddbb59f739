//! How many colours a terminal has, and which of them comes nearest to one that was wanted.

use ratatui::style::Color;

/// How many colours a terminal is trusted with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Depth {
    /// No colours: bold, dim, underline and reverse only.
    #[default]
    None,
    /// The sixteen colours that every terminal names.
    Sixteen,
    /// The 256 of xterm: the sixteen, a cube of 216 and 24 greys.
    TwoHundredFiftySix,
    /// Every colour that red, green and blue can mix.
    True,
}

impl Depth {
    /// Reads the depth from the values of `NO_COLOR`, `COLORTERM` and `TERM`.
    ///
    /// `NO_COLOR` set to anything but nothing switches colours off (no-color.org). Terminals of
    /// unknown kind and those that were made without colours get none. SSH does not pass
    /// `COLORTERM` on, so that a session gets at most the 256 that `TERM` speaks of.
    #[must_use]
    pub fn of(no_color: Option<&str>, colorterm: Option<&str>, term: Option<&str>) -> Self {
        let refused = no_color.is_some_and(|value| !value.is_empty());
        let Some(term) = term.filter(|name| !refused && has_colours(name)) else { return Self::None };
        if matches!(colorterm, Some("truecolor" | "24bit")) || term.ends_with("-direct") {
            Self::True
        } else if term.contains("256color") {
            Self::TwoHundredFiftySix
        } else {
            Self::Sixteen
        }
    }

    /// Reads the depth from the process's environment.
    #[must_use]
    pub fn from_environment() -> Self {
        let text = |name| {
            std::env::var_os(name).map(|value: std::ffi::OsString| value.to_string_lossy().into_owned())
        };
        let [no_color, colorterm, term] = ["NO_COLOR", "COLORTERM", "TERM"].map(text);
        Self::of(no_color.as_deref(), colorterm.as_deref(), term.as_deref())
    }
}

fn has_colours(term: &str) -> bool {
    let plain = ["", "dumb", "unknown", "ansi-m", "xterm-mono"].contains(&term);
    let old = ["vt52", "vt100", "vt102", "vt220", "vt320", "vt420"];
    !plain && !term.ends_with("-m") && !old.iter().any(|kind| term.starts_with(kind))
}

/// A colour as it is told to the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// A number from the terminal's table.
    Number(u8),
    /// Red, green and blue.
    Mixed(u8, u8, u8),
}

impl Ink {
    /// The nearest to a colour that a terminal of this depth has; none for its own.
    pub(super) fn of(colour: Color, depth: Depth) -> Option<Self> {
        let wanted = wanted(colour)?;
        match (depth, wanted) {
            (Depth::None, _) => None,
            (_, Self::Number(0..16)) | (Depth::True, _) => Some(wanted),
            (Depth::TwoHundredFiftySix, Self::Number(_)) => Some(wanted),
            (Depth::TwoHundredFiftySix, Self::Mixed(..)) => Some(nearest(wanted.mixture(), 16..=255)),
            (Depth::Sixteen, _) => Some(nearest(wanted.mixture(), 0..=15)),
        }
    }

    /// Red, green and blue.
    fn mixture(self) -> [u8; 3] {
        match self {
            Self::Mixed(red, green, blue) => [red, green, blue],
            Self::Number(number @ 0..16) => SIXTEEN[usize::from(number)],
            Self::Number(number @ 16..232) => {
                let place = number - 16;
                [place / 36, place / 6 % 6, place % 6].map(|step| if step == 0 { 0 } else { 55 + 40 * step })
            }
            Self::Number(number @ 232..) => [8 + 10 * (number - 232); 3],
        }
    }

    /// The parameters that choose it, behind 30 for the text and 40 for what lies under it.
    pub(super) fn codes(self, base: u8) -> String {
        match self {
            Self::Number(number @ 0..8) => (base + number).to_string(),
            Self::Number(number @ 8..16) => (base + 52 + number).to_string(),
            Self::Number(number) => format!("{};5;{number}", base + 8),
            Self::Mixed(red, green, blue) => format!("{};2;{red};{green};{blue}", base + 8),
        }
    }
}

/// The sixteen as the first terminals with colours had them; every terminal has its own shades.
const SIXTEEN: [[u8; 3]; 16] = [
    [0, 0, 0],
    [170, 0, 0],
    [0, 170, 0],
    [170, 85, 0],
    [0, 0, 170],
    [170, 0, 170],
    [0, 170, 170],
    [170, 170, 170],
    [85, 85, 85],
    [255, 85, 85],
    [85, 255, 85],
    [255, 255, 85],
    [85, 85, 255],
    [255, 85, 255],
    [85, 255, 255],
    [255, 255, 255],
];

fn nearest(wanted: [u8; 3], numbers: std::ops::RangeInclusive<u8>) -> Ink {
    let distance = |ink: &Ink| {
        let apart = |(one, other): (u8, u8)| u32::from(one.abs_diff(other)).pow(2);
        wanted.into_iter().zip(ink.mixture()).map(apart).sum::<u32>()
    };
    numbers.map(Ink::Number).min_by_key(distance).unwrap_or(Ink::Number(7))
}

fn wanted(colour: Color) -> Option<Ink> {
    Some(Ink::Number(match colour {
        Color::Reset => return None,
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
        Color::Indexed(number) => number,
        Color::Rgb(red, green, blue) => return Some(Ink::Mixed(red, green, blue)),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_depth_depends_on_the_environment() {
        let of = |colorterm, term| Depth::of(None, colorterm, Some(term));
        assert_eq!(of(None, "xterm"), Depth::Sixteen);
        assert_eq!(of(None, "xterm-256color"), Depth::TwoHundredFiftySix);
        assert_eq!(of(Some("truecolor"), "xterm-256color"), Depth::True);
        assert_eq!(of(Some("24bit"), "tmux"), Depth::True);
        assert_eq!(of(Some("yes"), "linux"), Depth::Sixteen);
        assert_eq!(of(None, "xterm-direct"), Depth::True);
        assert_eq!(Depth::of(Some("1"), Some("truecolor"), Some("xterm")), Depth::None);
        assert_eq!(Depth::of(Some(""), None, Some("linux")), Depth::Sixteen);
        for term in [None, Some(""), Some("dumb"), Some("vt220"), Some("xterm-mono")] {
            assert_eq!(Depth::of(None, Some("truecolor"), term), Depth::None, "{term:?}");
        }
    }

    #[test]
    fn a_colour_comes_as_near_as_the_terminal_can() {
        let red = Color::Rgb(215, 0, 0);
        let codes = |depth| Ink::of(red, depth).map(|ink| ink.codes(30));
        assert_eq!(codes(Depth::True).as_deref(), Some("38;2;215;0;0"));
        assert_eq!(codes(Depth::TwoHundredFiftySix).as_deref(), Some("38;5;160"));
        assert_eq!(codes(Depth::Sixteen).as_deref(), Some("31"));
        assert_eq!(codes(Depth::None), None);
        assert_eq!(Ink::of(Color::Reset, Depth::True), None);
        assert_eq!(
            Ink::of(Color::LightYellow, Depth::Sixteen).map(|ink| ink.codes(40)).as_deref(),
            Some("103")
        );
        assert_eq!(Ink::of(Color::Indexed(240), Depth::Sixteen), Some(Ink::Number(8)));
    }

    #[test]
    fn every_colour_of_the_table_is_nearest_to_itself() {
        for number in 16..=255 {
            let [red, green, blue] = Ink::Number(number).mixture();
            let found = Ink::of(Color::Rgb(red, green, blue), Depth::TwoHundredFiftySix).unwrap();
            assert_eq!(found.mixture(), [red, green, blue], "{number}");
        }
    }
}
