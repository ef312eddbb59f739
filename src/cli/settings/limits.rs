//! What the config file says of how much a registry takes in at once.

use crate::registry::limits::Limits;
use serde::Deserialize;
use std::num::NonZeroUsize;

/// The table `[limits]` of the config file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsSettings {
    /// Connections.
    pub connections: Option<NonZeroUsize>,
    /// Connections over which nobody has shown a token yet.
    pub newcomers: Option<NonZeroUsize>,
    /// The same from one address.
    pub newcomers_of_address: Option<NonZeroUsize>,
    /// Streams of news for one officer.
    pub streams_of_officer: Option<NonZeroUsize>,
    /// Long polls for one officer.
    pub polls_of_officer: Option<NonZeroUsize>,
}

impl LimitsSettings {
    /// The limits that hold.
    #[must_use]
    pub fn limits(self) -> Limits {
        let usual = Limits::default();
        let or = |set: Option<NonZeroUsize>, usual| set.map_or(usual, NonZeroUsize::get);
        Limits {
            connections: or(self.connections, usual.connections),
            newcomers: or(self.newcomers, usual.newcomers),
            newcomers_of_address: or(self.newcomers_of_address, usual.newcomers_of_address),
            streams_of_officer: or(self.streams_of_officer, usual.streams_of_officer),
            polls_of_officer: or(self.polls_of_officer, usual.polls_of_officer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_set_is_as_usual_and_nothing_is_nought() {
        let set: LimitsSettings = toml::from_str("newcomers = 20").unwrap();
        assert_eq!(set.limits(), Limits { newcomers: 20, ..Limits::default() });
        assert!(toml::from_str::<LimitsSettings>("connections = 0").is_err());
    }
}
