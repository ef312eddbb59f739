//! How much goes into one request: what is urgent must not stand behind minutes of bytes.
//!
//! A connection takes all of a request at once into buffers of its own, and whatever goes beside it
//! waits behind those bytes: 256 KiB are four and a half minutes at 9.6 kbit/s.

use crate::wire::MOST_BYTES;
use std::time::Duration;

/// What goes out while nothing is known of the line: four seconds at 9.6 kbit/s.
const LEAST: usize = 4096;
/// A request that is answered within that may be followed by one of twice its size.
const QUICK: Duration = Duration::from_secs(3);
/// After one that took longer, half as much goes out.
const SLOW: Duration = Duration::from_secs(6);

/// Bytes of the next request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Portion(usize);

impl Default for Portion {
    fn default() -> Self {
        Self(LEAST)
    }
}

impl Portion {
    /// Bytes of commands or checks that may go into the next request.
    pub(super) fn bytes(self) -> usize {
        self.0
    }

    /// A request with so many bytes of commands was answered after so long. A short one shows little:
    /// a line that carries one command at once may need minutes for a hundred.
    pub(super) fn took(&mut self, bytes: usize, long: Duration) {
        if long <= QUICK {
            self.0 = self.0.max(bytes * 2).min(MOST_BYTES);
        } else if long > SLOW {
            self.0 = (self.0 / 2).max(LEAST);
        }
    }

    /// A request was not answered: the line may be another by now.
    pub(super) fn failed(&mut self) {
        self.0 = LEAST;
    }
}
