//! How much one registry takes in at once, so that nobody can take all of it.

/// Bounds on what is open at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections.
    pub connections: usize,
    /// Connections over which nobody has shown a token yet; a further one takes the place of the
    /// oldest.
    pub newcomers: usize,
    /// The same from one address other than this machine's own, where tunnels end.
    pub newcomers_of_address: usize,
    /// Streams of news for one officer; a further one takes the place of the oldest.
    pub streams_of_officer: usize,
    /// Long polls for one officer; a further one is told to come again.
    pub polls_of_officer: usize,
}

impl Default for Limits {
    /// For some hundreds of stations, several consoles an officer, and a country of them behind
    /// one address that comes back at once.
    fn default() -> Self {
        Self {
            connections: 1000,
            newcomers: 300,
            newcomers_of_address: 60,
            streams_of_officer: 8,
            polls_of_officer: 8,
        }
    }
}
