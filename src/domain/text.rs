//! Text that came from outside, and the form in which it may be drawn.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// Text as it came from outside: kept to the letter, judged by a [`Rule`], never drawn as it is.
///
/// It has no `Display` on purpose: what reaches a screen goes through [`Shown`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Text(String);

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Longest text, in characters.
    pub longest: usize,
    /// Whether bidirectional and other format characters may stay, as they must in names
    /// written from right to left; serials and ids refuse them.
    pub format: bool,
}

impl Rule {
    /// Numbers stamped on a gun.
    pub const SERIAL: Rule = Rule { longest: 64, format: false };
    /// Case numbers, batches and ids of other systems.
    pub const IDENTIFIER: Rule = Rule { longest: 40, format: false };
    /// Makes, models, calibres, places, units and people.
    pub const NAME: Rule = Rule { longest: 80, format: true };
    /// Remarks and messages.
    pub const NOTE: Rule = Rule { longest: 2000, format: true };
}

/// Why a text was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A control character (C0, DEL, C1): its code point.
    Control(u32),
    /// A bidirectional or other format character where none may stand: its code point.
    Format(u32),
    /// More characters than the field takes.
    TooLong {
        /// Characters the field takes.
        longest: usize,
        /// Characters that came.
        length: usize,
    },
}

impl Text {
    /// Takes a text as it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text to the letter, for storing, comparing and matching.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it holds nothing but blanks.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// The first thing in the text that the rule refuses.
    ///
    /// # Errors
    /// The fault, with what it needs to be told to a person.
    pub fn check(&self, rule: Rule) -> Result<(), Fault> {
        let length = self.0.chars().count();
        if length > rule.longest {
            return Err(Fault::TooLong { longest: rule.longest, length });
        }
        for c in self.0.chars() {
            if c.is_control() {
                return Err(Fault::Control(c as u32));
            }
            if !rule.format && is_format(c) {
                return Err(Fault::Format(c as u32));
            }
        }
        Ok(())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// Whether a character draws nothing of its own but changes how others look: bidi
/// controls, zero-width characters, variation selectors, tags.
pub fn is_format(c: char) -> bool {
    matches!(u32::from(c),
        0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
        | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F
        | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

/// Text that may be drawn: nothing in it moves a cursor or turns a line around.
///
/// Made in this one place. What is taken out is replaced by U+FFFD, so that two different
/// texts do not come to look the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    text: String,
    hides: bool,
}

/// Combining marks kept on one character; more only serve to overdraw other lines.
const MARKS: usize = 2;

impl Shown {
    /// Makes a text fit to be drawn.
    pub fn of(text: &str) -> Self {
        let mut shown = Self { text: String::with_capacity(text.len()), hides: false };
        let mut marks = 0;
        for c in text.chars() {
            if c.is_control() || is_format(c) {
                shown.text.push('\u{FFFD}');
                shown.hides = true;
            } else if is_combining(c) {
                marks += 1;
                if marks <= MARKS && !shown.text.is_empty() {
                    shown.text.push(c);
                } else {
                    shown.hides = true;
                }
                continue;
            } else {
                shown.text.push(c);
            }
            marks = 0;
        }
        shown
    }

    /// The drawable text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether something was taken out.
    pub fn hides(&self) -> bool {
        self.hides
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl From<&Text> for Shown {
    fn from(text: &Text) -> Self {
        Self::of(text.as_str())
    }
}

/// Whether a character is drawn on top of the one before it.
fn is_combining(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_refused_with_their_code() {
        assert_eq!(Text::from("AB\x1b[2J").check(Rule::SERIAL), Err(Fault::Control(0x1b)));
        assert_eq!(Text::from("AB\u{9b}").check(Rule::NOTE), Err(Fault::Control(0x9b)));
        assert_eq!(Text::from("A\0").check(Rule::NAME), Err(Fault::Control(0)));
    }

    #[test]
    fn format_characters_stay_in_names_only() {
        let name = Text::from("\u{202b}اسم\u{202c}");
        assert_eq!(name.check(Rule::NAME), Ok(()));
        assert_eq!(name.check(Rule::SERIAL), Err(Fault::Format(0x202b)));
    }

    #[test]
    fn length_counts_characters() {
        let long = Text::new("ж".repeat(65));
        assert_eq!(long.check(Rule::SERIAL), Err(Fault::TooLong { longest: 64, length: 65 }));
        assert_eq!(Text::new("ж".repeat(64)).check(Rule::SERIAL), Ok(()));
    }

    #[test]
    fn shown_marks_what_it_hides() {
        let shown = Shown::of("A\x1b[31mB\u{202e}C");
        assert_eq!(shown.as_str(), "A\u{fffd}[31mB\u{fffd}C");
        assert!(shown.hides());
        assert!(!Shown::of("KD73519").hides());
    }

    #[test]
    fn stacked_marks_are_cut() {
        let stacked = format!("a{}", "\u{0301}".repeat(40));
        let shown = Shown::of(&stacked);
        assert_eq!(shown.as_str().chars().count(), 3);
        assert!(shown.hides());
    }
}
