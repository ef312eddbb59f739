//! Text between the marks of a bracketed paste.

use super::super::input::Paste;

/// Most that is kept of one paste, in bytes; longer lists are imported from a file.
pub(super) const KEPT: usize = 64 * 1024;

const END: &[u8] = b"\x1b[201~";

/// A paste whose end has not come yet.
#[derive(Debug, Default)]
pub(super) struct HeldPaste {
    text: Vec<u8>,
    /// How much of the end mark the last bytes were.
    matched: usize,
    /// Whether more has come than is kept; nothing behind that is, or the middle would be missing.
    full: bool,
    /// Whether a part of it was handed on.
    begun: bool,
    quiet: bool,
    silences: u8,
}

impl HeldPaste {
    /// Whether a silence has passed since the last byte.
    pub(super) fn quiet(&self) -> bool {
        self.quiet
    }

    /// Takes a byte and returns the paste when it was the last of the end mark.
    pub(super) fn take(&mut self, byte: u8) -> Option<Paste> {
        self.quiet = false;
        if END.get(self.matched) == Some(&byte) {
            self.matched += 1;
            if self.matched == END.len() {
                return Some(self.hand_on(false));
            }
            return None;
        }
        // Not the mark after all: what looked like it is text. Its first byte stands in it only once.
        let (held, again) = (self.matched, END.first() == Some(&byte));
        self.matched = usize::from(again);
        for &text in END.iter().take(held) {
            self.keep(text);
        }
        if !again {
            self.keep(byte);
        }
        None
    }

    /// Hands on what has come so far, and says whether the paste is given up.
    ///
    /// After the first silence the rest is still awaited as text, so that a line that pauses in the
    /// middle turns nothing into keys. The second ends it, so that a lost end cannot hold the keyboard.
    pub(super) fn silence(&mut self) -> (Option<Paste>, bool) {
        self.quiet = true;
        self.silences += 1;
        let over = self.silences > 1;
        let nothing = self.text.is_empty() && over;
        let matched = self.matched;
        let paste = (!nothing).then(|| self.hand_on(true));
        self.matched = matched;
        (paste, over)
    }

    fn keep(&mut self, byte: u8) {
        self.full |= self.text.len() >= KEPT;
        if !self.full {
            self.text.push(byte);
        }
    }

    fn hand_on(&mut self, early: bool) -> Paste {
        let bytes = std::mem::take(&mut self.text);
        // Bytes that are no text are left out, so also a character that the limit has halved.
        let text = bytes.utf8_chunks().map(|chunk| chunk.valid()).collect();
        let rest = std::mem::replace(&mut self.begun, true);
        Paste { text, cut: early || self.full, rest }
    }
}
