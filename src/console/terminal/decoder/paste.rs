//! Text between the marks of a bracketed paste.

use super::super::input::Paste;

/// Most that is kept of one paste, in bytes; longer lists are imported from a file.
pub(super) const KEPT: usize = 64 * 1024;

const END: &[u8] = b"\x1b[201~";
/// The terminal's answer to a status request: some write it between two pieces of a paste, and the
/// end of a paste can be lost. It begins as the end mark does.
const ANSWER: &[u8] = b"\x1b[0n";
/// How many bytes the two have in common.
const SHARED: usize = 2;

/// A paste whose end has not come yet.
#[derive(Debug, Default)]
pub(super) struct HeldPaste {
    text: Vec<u8>,
    /// How much of a mark the last bytes were.
    matched: usize,
    /// The mark that they were of, where the two differ.
    mark: Mark,
    /// Whether more has come than is kept; nothing behind that is, or the middle would be missing.
    full: bool,
    /// Whether a part of it was handed on.
    begun: bool,
    quiet: bool,
    silences: u8,
}

/// What ends or interrupts a paste.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Mark {
    #[default]
    End,
    Answer,
}

/// What a byte completes within a paste.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Within {
    /// Nothing yet.
    Nothing,
    /// The terminal's answer; the paste goes on.
    Answer,
    /// The paste.
    Paste(Paste),
}

impl Mark {
    fn bytes(self) -> &'static [u8] {
        match self {
            Mark::End => END,
            Mark::Answer => ANSWER,
        }
    }
}

impl HeldPaste {
    /// Whether a silence has passed since the last byte.
    pub(super) fn quiet(&self) -> bool {
        self.quiet
    }

    /// Takes a byte and says what it completes.
    pub(super) fn take(&mut self, byte: u8) -> Within {
        self.quiet = false;
        if self.matched == SHARED {
            self.mark = if byte == ANSWER[SHARED] { Mark::Answer } else { Mark::End };
        }
        let mark = self.mark.bytes();
        if mark.get(self.matched) == Some(&byte) {
            self.matched += 1;
            if self.matched < mark.len() {
                return Within::Nothing;
            }
            self.matched = 0;
            return match std::mem::take(&mut self.mark) {
                Mark::End => Within::Paste(self.hand_on(false)),
                Mark::Answer => Within::Answer,
            };
        }
        // No mark after all: what looked like one is text. Its first byte stands in it only once.
        let (held, again) = (self.matched, mark.first() == Some(&byte));
        self.matched = usize::from(again);
        self.mark = Mark::End;
        for &text in mark.iter().take(held) {
            self.keep(text);
        }
        if !again {
            self.keep(byte);
        }
        Within::Nothing
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
