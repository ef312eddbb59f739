//! The text of a line that is being typed.

use tui_input::{Input, InputRequest};

/// A text with a cursor in it.
///
/// Wraps [`Input`] so that states can be compared.
#[derive(Debug, Clone, Default)]
pub struct Editor(Input);

impl PartialEq for Editor {
    fn eq(&self, other: &Self) -> bool {
        self.0.value() == other.0.value() && self.0.cursor() == other.0.cursor()
    }
}

impl Editor {
    /// A text with the cursor behind it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Input::new(text.into()))
    }

    /// A text with so many characters before the cursor.
    pub fn with_cursor(text: impl Into<String>, cursor: usize) -> Self {
        let text = text.into();
        let cursor = cursor.min(text.chars().count());
        Self(Input::new(text).with_cursor(cursor))
    }

    /// Characters before the cursor.
    pub fn cursor(&self) -> usize {
        self.0.cursor()
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.0.value()
    }

    /// Whether there is nothing but blanks in it.
    pub fn is_blank(&self) -> bool {
        self.text().trim().is_empty()
    }

    /// Whether the cursor stands behind the last character.
    pub fn at_end(&self) -> bool {
        self.0.cursor() >= self.text().chars().count()
    }

    /// The text before the cursor, for those who draw it otherwise than it stands.
    pub fn before(&self) -> &str {
        let end = self.text().char_indices().nth(self.0.cursor()).map_or(self.text().len(), |(at, _)| at);
        &self.text()[..end]
    }

    /// Columns before the cursor.
    pub fn column(&self) -> usize {
        self.0.visual_cursor()
    }

    /// Columns that are scrolled out on the left when the line is so wide.
    pub fn scroll(&self, width: usize) -> usize {
        self.0.visual_scroll(width)
    }

    /// Edits it; says whether the text has changed.
    pub fn edit(&mut self, request: InputRequest) -> bool {
        self.0.handle(request).is_some_and(|change| change.value)
    }

    /// Puts in a text at the cursor; control characters become blanks.
    pub fn insert(&mut self, text: &str) {
        for c in text.chars() {
            self.0.handle(InputRequest::InsertChar(if c.is_control() { ' ' } else { c }));
        }
    }

    /// Puts another text in its place, with the cursor behind it.
    pub fn set(&mut self, text: impl Into<String>) {
        self.0 = Input::new(text.into());
    }

    /// Empties it and hands out what was in it.
    pub fn take(&mut self) -> String {
        self.0.value_and_reset()
    }
}
