//! Which characters of a text the terminal can be sent, and what stands for the others.

use crate::console::look::{Ambiguous, Glyphs, Look};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What the terminal cannot be trusted with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Drawable {
    /// It draws characters of ambiguous width in two columns.
    pub(super) wide: bool,
    /// It takes nothing but ASCII.
    pub(super) ascii: bool,
}

impl Drawable {
    pub(super) fn by(look: Look) -> Self {
        Self { wide: look.ambiguous == Ambiguous::Wide, ascii: look.glyphs == Glyphs::Ascii }
    }
}

/// A text that was made harmless, as the terminal can be sent it. It takes as many columns.
pub(super) fn drawable(text: &str, by: Drawable) -> String {
    match by {
        Drawable { ascii: true, .. } if !text.is_ascii() => text.graphemes(true).map(ascii).collect(),
        Drawable { wide: true, .. } => text.chars().map(narrow).collect(),
        _ => text.to_owned(),
    }
}

/// A character, or `?` where its width is left open.
fn narrow(c: char) -> char {
    if c.width() == c.width_cjk() { c } else { '?' }
}

/// A character without its accents, or a `?` for each of its columns.
fn ascii(grapheme: &str) -> String {
    let columns = grapheme.width();
    match grapheme.nfd().next() {
        Some(first) if first.is_ascii() && columns == 1 => first.to_string(),
        _ => "?".repeat(columns),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_go_and_what_is_left_of_a_name_can_be_read() {
        let ascii = Drawable { ascii: true, wide: false };
        assert_eq!(drawable("Limón, Łódź, Škoda, São José", ascii), "Limon, ?odz, Skoda, Sao Jose");
        assert_eq!(drawable("銃器 КД73519", ascii), "???? ??73519");
        assert_eq!(drawable("KD73519", ascii), "KD73519");
        assert_eq!(drawable("e\u{301}te\u{301}", ascii), "ete");
    }
}
