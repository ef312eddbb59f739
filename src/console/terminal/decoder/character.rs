//! The bytes of one UTF-8 character, gathered as they come.

/// A character of which some bytes are still to come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Partial {
    bytes: [u8; 4],
    have: usize,
    need: usize,
}

impl Partial {
    /// Begins with a lead byte, or not at all where the byte can lead nothing.
    pub(super) fn begun_by(byte: u8) -> Option<Self> {
        let need = match byte {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => return None,
        };
        Some(Self { bytes: [byte, 0, 0, 0], have: 1, need })
    }

    /// Adds a continuation byte and says whether it was the last.
    pub(super) fn push(&mut self, byte: u8) -> bool {
        if let Some(place) = self.bytes.get_mut(self.have) {
            *place = byte;
            self.have += 1;
        }
        self.have >= self.need
    }

    /// The whole character; none where the bytes are not valid.
    pub(super) fn character(&self) -> Option<char> {
        std::str::from_utf8(self.bytes.get(..self.have)?).ok()?.chars().next()
    }
}
