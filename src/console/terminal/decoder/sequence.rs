//! One control sequence: its figures until its last byte, and what it then means.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::super::input::{Input, TerminalAnswer};
use super::key;

/// Bytes kept of a sequence; no key and no answer that is read has more.
const KEPT: usize = 32;

/// How the sequence began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Introducer {
    /// `ESC [`
    Csi,
    /// `ESC O`
    Ss3,
}

/// What a sequence has turned out to be.
#[derive(Debug)]
pub(super) enum Meaning {
    Input(Input),
    /// Complete, and nothing to anyone here.
    Nothing,
    /// One more letter tells which key of the Linux console it is.
    LinuxKey,
    /// Three bytes of a mouse report follow.
    Mouse,
    /// A paste follows.
    Paste,
    /// The byte cannot stand in a sequence: the sequence is void, the byte is not.
    Broken,
}

/// A sequence that has begun.
#[derive(Debug)]
pub(super) struct Sequence {
    introducer: Introducer,
    held: Vec<u8>,
    too_long: bool,
}

/// Whether a byte can follow `ESC O` in a key.
pub(super) fn goes_on_ss3(byte: u8) -> bool {
    byte.is_ascii_digit() || key::by_letter(byte).is_some()
}

impl Sequence {
    pub(super) fn new(introducer: Introducer) -> Self {
        Self { introducer, held: Vec::new(), too_long: false }
    }

    /// Takes a byte; none means that more is to come.
    pub(super) fn take(&mut self, byte: u8) -> Option<Meaning> {
        match byte {
            b'[' if self.introducer == Introducer::Csi && self.is_empty() => Some(Meaning::LinuxKey),
            b'M' if self.introducer == Introducer::Csi && self.is_empty() => Some(Meaning::Mouse),
            b'$' if self.is_one_number() => Some(self.meaning(byte)),
            0x20..=0x3f => {
                if self.held.len() < KEPT {
                    self.held.push(byte);
                } else {
                    self.too_long = true;
                }
                None
            }
            0x40..=0x7e => Some(self.meaning(byte)),
            _ => Some(Meaning::Broken),
        }
    }

    fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// rxvt ends keys with shift by `$`, which elsewhere stands inside of answers with more figures.
    fn is_one_number(&self) -> bool {
        self.introducer == Introducer::Csi && !self.is_empty() && self.held.iter().all(u8::is_ascii_digit)
    }

    fn meaning(&self, last: u8) -> Meaning {
        let plain = self.held.iter().all(|byte| matches!(byte, b'0'..=b'9' | b';' | b':'));
        if self.too_long || !plain {
            return Meaning::Nothing;
        }
        let numbers = self.numbers();
        let first = numbers.first().copied().unwrap_or(0);
        let second = numbers.get(1).copied().unwrap_or(0);
        if self.introducer == Introducer::Ss3 {
            let modifier = numbers.last().copied().unwrap_or(0);
            return pressed(key::by_letter(last), key::modifiers(modifier));
        }
        match last {
            b'~' if first == 200 => Meaning::Paste,
            b'~' => pressed(key::by_number(first), key::modifiers(second)),
            b'$' => pressed(key::by_number(first), KeyModifiers::SHIFT),
            b'^' => pressed(key::by_number(first), KeyModifiers::CONTROL),
            b'@' => pressed(key::by_number(first), KeyModifiers::CONTROL | KeyModifiers::SHIFT),
            b'a'..=b'd' if self.is_empty() => {
                pressed(key::by_letter(last.to_ascii_uppercase()), KeyModifiers::SHIFT)
            }
            b'n' if numbers == [0] => Meaning::Input(Input::Answer(TerminalAnswer::Ok)),
            // A report of the cursor's place ends like F3, which no terminal of today sends this way.
            b'R' => Meaning::Nothing,
            b'Z' => pressed(Some(KeyCode::BackTab), KeyModifiers::SHIFT),
            _ => pressed(key::by_letter(last), key::modifiers(second)),
        }
    }

    fn numbers(&self) -> Vec<u16> {
        let number = |part: &[u8]| {
            let digits = part.iter().take_while(|byte| byte.is_ascii_digit());
            digits.fold(0_u16, |sum, byte| sum.saturating_mul(10).saturating_add(u16::from(byte - b'0')))
        };
        self.held.split(|&byte| byte == b';').map(number).collect()
    }
}

fn pressed(code: Option<KeyCode>, modifiers: KeyModifiers) -> Meaning {
    code.map_or(Meaning::Nothing, |code| Meaning::Input(Input::Key(KeyEvent::new(code, modifiers))))
}
