//! What the terminal at hand can do and which language is spoken at it, told to the view from outside.

use super::terminal::Depth;
use crate::words::Catalogue;
use ratatui::style::{Color, Modifier, Style};

/// What the terminal can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The sentences.
    pub words: &'static Catalogue,
    /// Its colours.
    pub colours: Depth,
    /// Its characters.
    pub glyphs: Glyphs,
    /// How wide it draws characters whose width Unicode leaves open.
    pub ambiguous: Ambiguous,
}

/// Which characters the terminal can be sent. The screens themselves are ASCII; texts from
/// outside are not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// Those of every alphabet, in UTF-8.
    #[default]
    Unicode,
    /// ASCII: letters lose their accents, and all else is `?`.
    Ascii,
}

impl Glyphs {
    /// Reads from the values of `LC_ALL`, `LC_CTYPE`, `LANG` and `TERM` what the terminal takes.
    ///
    /// The first of the three that says anything counts (POSIX, environment variables 8.2).
    #[must_use]
    pub fn of(lc_all: Option<&str>, lc_ctype: Option<&str>, lang: Option<&str>, term: Option<&str>) -> Self {
        let locale = [lc_all, lc_ctype, lang].into_iter().flatten().find(|value| !value.is_empty());
        let encoding = locale.unwrap_or_default().to_ascii_lowercase();
        let utf8 = encoding.contains("utf-8") || encoding.contains("utf8");
        if utf8 && term != Some("dumb") { Self::Unicode } else { Self::Ascii }
    }
}

/// How wide the terminal draws characters of ambiguous width (Unicode annex 11).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ambiguous {
    /// One column, as nearly every terminal does.
    #[default]
    Narrow,
    /// Two columns, as terminals set up for Chinese, Japanese or Korean may do; `?` is drawn
    /// in their place, because columns that drift cost more than a letter.
    Wide,
}

/// What a piece of text is, so that the look can tell it from its neighbours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// Titles, and the first line of a question.
    Title,
    /// What is late, refused or wrong.
    Alarm,
    /// What deserves a look.
    Notice,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            words: Catalogue::english(),
            colours: Depth::None,
            glyphs: Glyphs::Unicode,
            ambiguous: Ambiguous::Narrow,
        }
    }
}

/// Red and amber that can be read on black and on white; where there are sixteen colours they
/// come out as its red and its yellow. Colours only repeat what a word or a mark says already.
const RED: Color = Color::Rgb(215, 0, 0);
const AMBER: Color = Color::Rgb(175, 95, 0);

impl Look {
    /// The style of a tone.
    pub fn style(self, tone: Tone) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        match (tone, self.colours) {
            (Tone::Plain, _) => Style::new(),
            (Tone::Title, _) | (Tone::Alarm | Tone::Notice, Depth::None) => bold,
            (Tone::Alarm, _) => bold.fg(RED),
            (Tone::Notice, _) => bold.fg(AMBER),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_says_which_characters_there_are() {
        let of = |lc_all, lc_ctype, lang| Glyphs::of(lc_all, lc_ctype, lang, Some("xterm"));
        assert_eq!(of(None, None, Some("es_CR.UTF-8")), Glyphs::Unicode);
        assert_eq!(of(None, Some("C.utf8"), Some("C")), Glyphs::Unicode);
        assert_eq!(of(Some("POSIX"), Some("C.UTF-8"), Some("C.UTF-8")), Glyphs::Ascii);
        assert_eq!(of(Some(""), None, Some("ru_RU.KOI8-R")), Glyphs::Ascii);
        assert_eq!(of(None, None, None), Glyphs::Ascii);
        assert_eq!(Glyphs::of(None, None, Some("C.UTF-8"), Some("dumb")), Glyphs::Ascii);
    }
}
