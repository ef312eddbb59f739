//! Turns the terminal's bytes into keys, pastes and answers, however the line has cut them.
//!
//! A pure state machine, one byte at a time, so that the cut of a chunk can mean nothing. Only
//! silence has a meaning, and the shell says when there was one ([`Decoder::expire`]):
//!
//! * a lone Esc is the key only after a silence, since every other key begins with the same byte;
//! * what comes after that silence and can only be the rest of a key is still taken as its rest, as
//!   lines with a second of delay do cut keys there. Otherwise the Up key would be Esc and the letter A;
//! * a sequence that has begun stays begun until its end comes. It loses at most the one key that
//!   stands where the end should be, and no letter of it ever acts;
//! * strings and pastes have no such natural end, so they end after the second silence.
//!
//! Alt is not used on any terminal's behalf: Esc and a letter in one chunk are two keys, because
//! slow lines deliver what was typed apart together.

mod character;
mod key;
mod paste;
mod sequence;
#[cfg(test)]
mod tests;

use std::time::Duration;

use crossterm::event::KeyCode;

use super::input::{Input, TerminalAnswer};
use character::Partial;
use paste::{HeldPaste, Within};
use sequence::{Introducer, Meaning, Sequence};

/// Silence after which an Esc is a key; more than the gaps inside a key on any line with a modem.
const ESCAPE_PATIENCE: Duration = Duration::from_millis(50);
/// Silence after which a terminal's string is no longer waited for.
const STRING_PATIENCE: Duration = Duration::from_millis(500);
/// Silence after which a paste is handed on without its end; slow lines pause in long pastes.
const PASTE_PATIENCE: Duration = Duration::from_secs(3);

const ESC: u8 = 0x1b;

/// Holds what has begun and not ended; at most 64 KiB, and that only within a paste.
#[derive(Debug, Default)]
pub struct Decoder {
    state: State,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    /// The first bytes of a character.
    Character(Partial),
    /// An Esc that may begin something.
    Escape,
    /// An Esc that was handed on as a key, whose rest may still come.
    LateEscape,
    /// A letter after such an Esc: the rest of a key, or typed.
    Doubt(char),
    Sequence(Sequence),
    /// The Linux console's function keys have a second bracket.
    LinuxKey,
    /// A report of a mouse that an earlier program left on: so many bytes to come.
    Mouse(u8),
    /// A string from the terminal; nobody reads it.
    Text(HeldText),
    Paste(HeldPaste),
}

#[derive(Debug, Default)]
struct HeldText {
    escaped: bool,
    /// Whether a silence has passed since the last byte.
    quiet: bool,
    silences: u8,
}

impl Decoder {
    /// Takes bytes as they came and returns what they complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        let mut inputs = Vec::new();
        for &byte in bytes {
            self.take(byte, &mut inputs);
        }
        inputs
    }

    /// Whether something is held that a silence would end.
    #[must_use]
    pub fn waiting(&self) -> bool {
        self.patience().is_some()
    }

    /// The silence after which to call [`Decoder::expire`]; none where silence means nothing.
    #[must_use]
    pub fn patience(&self) -> Option<Duration> {
        match &self.state {
            State::Escape | State::Doubt(_) => Some(ESCAPE_PATIENCE),
            State::Text(text) if !text.quiet => Some(STRING_PATIENCE),
            State::Paste(paste) if !paste.quiet() => Some(PASTE_PATIENCE),
            State::Ground
            | State::Character(_)
            | State::LateEscape
            | State::Sequence(_)
            | State::LinuxKey
            | State::Mouse(_)
            | State::Text(_)
            | State::Paste(_) => None,
        }
    }

    /// Says that nothing has come for as long as [`Decoder::patience`] asked.
    pub fn expire(&mut self) -> Vec<Input> {
        match &mut self.state {
            State::Escape => {
                self.state = State::LateEscape;
                vec![Input::Key(key::plain(KeyCode::Esc))]
            }
            State::Doubt(letter) => {
                let letter = *letter;
                self.state = State::Ground;
                vec![Input::Key(key::plain(KeyCode::Char(letter)))]
            }
            State::Text(text) => {
                text.quiet = true;
                text.silences += 1;
                if text.silences > 1 {
                    self.state = State::Ground;
                }
                Vec::new()
            }
            State::Paste(paste) => {
                let (pasted, over) = paste.silence();
                if over {
                    self.state = State::Ground;
                }
                pasted.map(Input::Paste).into_iter().collect()
            }
            State::Ground
            | State::Character(_)
            | State::LateEscape
            | State::Sequence(_)
            | State::LinuxKey
            | State::Mouse(_) => Vec::new(),
        }
    }

    fn take(&mut self, byte: u8, inputs: &mut Vec<Input>) {
        match std::mem::take(&mut self.state) {
            State::Ground => self.begin(byte, inputs),
            State::Character(partial) => self.go_on_character(partial, byte, inputs),
            State::Escape => self.after_escape(byte, inputs),
            State::LateEscape => self.after_late_escape(byte, inputs),
            State::Doubt(letter) => self.after_doubt(letter, byte, inputs),
            State::Sequence(sequence) => self.go_on_sequence(sequence, byte, inputs),
            State::LinuxKey => match key::linux_function(byte) {
                Some(code) => inputs.push(Input::Key(key::plain(code))),
                None if (0x20..0x7f).contains(&byte) => {}
                None => self.begin(byte, inputs),
            },
            State::Mouse(_) if byte < 0x20 => self.begin(byte, inputs),
            State::Mouse(1) => {}
            State::Mouse(left) => self.state = State::Mouse(left - 1),
            State::Text(text) => self.go_on_text(text, byte, inputs),
            State::Paste(mut paste) => match paste.take(byte) {
                Within::Paste(pasted) => inputs.push(Input::Paste(pasted)),
                Within::Answer => {
                    inputs.push(Input::Answer(TerminalAnswer::Ok));
                    self.state = State::Paste(paste);
                }
                Within::Nothing => self.state = State::Paste(paste),
            },
        }
    }

    fn begin(&mut self, byte: u8, inputs: &mut Vec<Input>) {
        match byte {
            ESC => self.state = State::Escape,
            0x00..=0x7f => inputs.extend(key::ascii(byte).map(Input::Key)),
            0x80..=0x9f => self.eight_bit_control(byte),
            0xa0..=0xff => {
                if let Some(partial) = Partial::begun_by(byte) {
                    self.state = State::Character(partial);
                }
            }
        }
    }

    fn go_on_character(&mut self, mut partial: Partial, byte: u8, inputs: &mut Vec<Input>) {
        if !matches!(byte, 0x80..=0xbf) {
            return self.begin(byte, inputs);
        }
        if !partial.push(byte) {
            self.state = State::Character(partial);
            return;
        }
        match partial.character() {
            Some(control @ '\u{80}'..='\u{9f}') => {
                self.eight_bit_control(u8::try_from(control).unwrap_or_default());
            }
            Some(character) => inputs.push(Input::Key(key::plain(KeyCode::Char(character)))),
            None => {}
        }
    }

    /// The introducers of keys have a form without Esc too; every other such control is dropped.
    fn eight_bit_control(&mut self, byte: u8) {
        match byte {
            0x9b => self.state = State::Sequence(Sequence::new(Introducer::Csi)),
            0x8f => self.state = State::Sequence(Sequence::new(Introducer::Ss3)),
            _ => {}
        }
    }

    fn after_escape(&mut self, byte: u8, inputs: &mut Vec<Input>) {
        match byte {
            b'[' => self.state = State::Sequence(Sequence::new(Introducer::Csi)),
            b'O' => self.state = State::Sequence(Sequence::new(Introducer::Ss3)),
            b']' | b'P' | b'_' => self.state = State::Text(HeldText::default()),
            _ => {
                inputs.push(Input::Key(key::plain(KeyCode::Esc)));
                self.begin(byte, inputs);
            }
        }
    }

    fn after_late_escape(&mut self, byte: u8, inputs: &mut Vec<Input>) {
        match byte {
            b'[' => self.state = State::Sequence(Sequence::new(Introducer::Csi)),
            b']' | b'_' => self.state = State::Text(HeldText::default()),
            // With Caps Lock on these are keys that people press after Esc.
            b'O' | b'P' => self.state = State::Doubt(char::from(byte)),
            _ => self.begin(byte, inputs),
        }
    }

    fn after_doubt(&mut self, letter: char, byte: u8, inputs: &mut Vec<Input>) {
        match (letter, byte) {
            ('O', _) if sequence::goes_on_ss3(byte) => {
                self.go_on_sequence(Sequence::new(Introducer::Ss3), byte, inputs);
            }
            // Terminals' strings of this kind begin with a figure or a sign.
            ('P', 0x20..=0x3f) => self.state = State::Text(HeldText::default()),
            _ => {
                inputs.push(Input::Key(key::plain(KeyCode::Char(letter))));
                self.begin(byte, inputs);
            }
        }
    }

    fn go_on_sequence(&mut self, mut sequence: Sequence, byte: u8, inputs: &mut Vec<Input>) {
        match sequence.take(byte) {
            None => self.state = State::Sequence(sequence),
            Some(Meaning::Input(input)) => inputs.push(input),
            Some(Meaning::Nothing) => {}
            Some(Meaning::LinuxKey) => self.state = State::LinuxKey,
            Some(Meaning::Mouse) => self.state = State::Mouse(3),
            Some(Meaning::Paste) => self.state = State::Paste(HeldPaste::default()),
            // A control character ends what cannot contain it and is itself.
            Some(Meaning::Broken) => self.begin(byte, inputs),
        }
    }

    fn go_on_text(&mut self, mut text: HeldText, byte: u8, inputs: &mut Vec<Input>) {
        text.quiet = false;
        match byte {
            b'\\' if text.escaped => {}
            _ if text.escaped => self.after_escape(byte, inputs),
            ESC => {
                text.escaped = true;
                self.state = State::Text(text);
            }
            // Bell, cancel and substitute end it.
            0x07 | 0x18 | 0x1a => {}
            // Any other control is a person who wants the keyboard back.
            0x00..=0x1f | 0x7f => self.begin(byte, inputs),
            _ => self.state = State::Text(text),
        }
    }
}
