//! A thin line between a console and its screen: 9600 bit/s and 400 ms each way, as SSH fills it.

use std::time::{Duration, Instant};

/// Bits a second, one way.
const BITS: u64 = 9_600;
/// How long a bit is under way.
const WAY: Duration = Duration::from_millis(400);
/// Most that a segment of TCP carries.
const SEGMENT: u64 = 1448;
/// Bytes of IPv4 and TCP with time stamps before what a segment carries.
const HEAD: u64 = 52;

/// One direction of it: what is handed over waits until all before it has left.
#[derive(Debug)]
pub(crate) struct Line {
    free: Instant,
}

impl Line {
    /// A line on which nothing is under way.
    pub(crate) fn new() -> Self {
        Self { free: Instant::now() }
    }

    /// When bytes arrive that are handed over now, in one packet.
    pub(crate) fn carry(&mut self, bytes: usize) -> Instant {
        let bits = on_the_line(bytes as u64) * 8;
        self.free = self.free.max(Instant::now()) + Duration::from_micros(bits * 1_000_000 / BITS);
        self.free + WAY
    }
}

/// Bytes that a packet of SSH takes with its headers: its length and that of its padding, kind and
/// channel and length of the data (RFC 4253, section 6; RFC 4254, section 5.2), a proof of 16 bytes.
fn on_the_line(bytes: u64) -> u64 {
    let payload = 10 + bytes;
    let padding = 4 + (8 - (payload + 4) % 8) % 8;
    let packet = 4 + payload + padding + 16;
    packet + HEAD * packet.div_ceil(SEGMENT)
}
