//! What the config file says of the officer's terminal, where its environment says it wrongly.

use super::speed::Speed;
use crate::cli::nearer::Nearer;
use crate::console::look::{Ambiguous, Glyphs, Look};
use crate::console::pacing::Pacing;
use crate::console::terminal::Depth;
use crate::words::Catalogue;
use serde::Deserialize;
use std::ffi::OsString;

/// The table `[console]` of the config file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsoleSettings {
    /// How many colours are used.
    pub colours: Option<ColoursWanted>,
    /// Which characters are used.
    pub glyphs: Option<GlyphsWanted>,
    /// Speed of the line to the officer's screen.
    pub line: Option<Speed>,
}

/// How many colours are used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum ColoursWanted {
    /// As many as the environment speaks of.
    #[default]
    #[serde(rename = "auto")]
    Auto,
    /// All.
    #[serde(rename = "truecolour")]
    Truecolour,
    /// 256.
    #[serde(rename = "256")]
    TwoHundredFiftySix,
    /// 16.
    #[serde(rename = "16")]
    Sixteen,
    /// None: bold alone.
    #[serde(rename = "none")]
    None,
}

/// Which characters are used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GlyphsWanted {
    /// Those of the locale.
    #[default]
    Auto,
    /// UTF-8.
    Unicode,
    /// ASCII.
    Ascii,
}

impl ConsoleSettings {
    /// How frames are paced on the terminal of this process.
    #[must_use]
    pub fn pacing(self) -> Pacing {
        self.line.unwrap_or_default().pacing(Nearer::here().is_some())
    }

    /// What the terminal can do: as it is set here, else by the environment of this process.
    #[must_use]
    pub fn look(self) -> Look {
        self.look_in(std::env::var_os::<&str>)
    }

    /// The same with an environment that is given.
    #[must_use]
    pub fn look_in(self, variable: impl Fn(&'static str) -> Option<OsString>) -> Look {
        let text = |name| variable(name).map(|value| value.to_string_lossy().into_owned());
        let [no_color, colorterm, term] = ["NO_COLOR", "COLORTERM", "TERM"].map(text);
        let colours = match self.colours.unwrap_or_default() {
            ColoursWanted::Auto => Depth::of(no_color.as_deref(), colorterm.as_deref(), term.as_deref()),
            ColoursWanted::Truecolour => Depth::True,
            ColoursWanted::TwoHundredFiftySix => Depth::TwoHundredFiftySix,
            ColoursWanted::Sixteen => Depth::Sixteen,
            ColoursWanted::None => Depth::None,
        };
        let [lc_all, lc_ctype, lang] = ["LC_ALL", "LC_CTYPE", "LANG"].map(text);
        let glyphs = match self.glyphs.unwrap_or_default() {
            GlyphsWanted::Auto => {
                Glyphs::of(lc_all.as_deref(), lc_ctype.as_deref(), lang.as_deref(), term.as_deref())
            }
            GlyphsWanted::Unicode => Glyphs::Unicode,
            GlyphsWanted::Ascii => Glyphs::Ascii,
        };
        Look { words: Catalogue::english(), colours, glyphs, ambiguous: Ambiguous::Narrow }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked(text: &str, variables: &[(&str, &str)]) -> (Depth, Glyphs) {
        let settings: ConsoleSettings = toml::from_str(text).unwrap();
        let value =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
        let look = settings.look_in(value);
        (look.colours, look.glyphs)
    }

    #[test]
    fn the_config_file_goes_before_the_environment() {
        let here = [("TERM", "xterm-256color"), ("LANG", "es_CR.UTF-8"), ("NO_COLOR", "1")];
        assert_eq!(looked("", &here), (Depth::None, Glyphs::Unicode));
        assert_eq!(
            looked("colours = \"auto\"\nglyphs = \"auto\"", &here[..2]),
            (Depth::TwoHundredFiftySix, Glyphs::Unicode)
        );
        assert_eq!(looked("colours = \"16\"\nglyphs = \"ascii\"", &here), (Depth::Sixteen, Glyphs::Ascii));
        assert_eq!(
            looked("colours = \"256\"\nglyphs = \"unicode\"", &[]),
            (Depth::TwoHundredFiftySix, Glyphs::Unicode)
        );
        assert_eq!(looked("colours = \"truecolour\"", &[]), (Depth::True, Glyphs::Ascii));
        assert_eq!(looked("colours = \"none\"", &here[..2]).0, Depth::None);
        assert!(toml::from_str::<ConsoleSettings>("colours = \"many\"").is_err());
    }
}
