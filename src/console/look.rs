//! What the terminal at hand can do and which language is spoken at it, told to the view from outside.

use crate::words::Catalogue;
use ratatui::style::{Color, Modifier, Style};

/// What the terminal can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The sentences.
    pub words: &'static Catalogue,
    /// Its colours.
    pub colours: Colours,
    /// How wide it draws characters whose width Unicode leaves open.
    pub ambiguous: Ambiguous,
}

/// How many colours there are. They only repeat what a word or a mark says already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Colours {
    /// Bold only.
    #[default]
    None,
    /// The sixteen that every terminal names.
    Sixteen,
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
        Self { words: Catalogue::english(), colours: Colours::None, ambiguous: Ambiguous::Narrow }
    }
}

impl Look {
    /// The style of a tone.
    pub fn style(self, tone: Tone) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        match (tone, self.colours) {
            (Tone::Plain, _) => Style::new(),
            (Tone::Title, _) | (Tone::Alarm | Tone::Notice, Colours::None) => bold,
            (Tone::Alarm, Colours::Sixteen) => bold.fg(Color::Red),
            (Tone::Notice, Colours::Sixteen) => bold.fg(Color::Yellow),
        }
    }
}
