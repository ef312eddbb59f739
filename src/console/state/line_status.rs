//! How the line to the registry stands, in words for the top line.

use crate::domain::time::Moment;

/// How the line stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LineStatus {
    /// Not connected yet.
    #[default]
    Connecting,
    /// Heard of within the time that its heartbeat allows.
    Live {
        /// The last round trip, in milliseconds.
        round_trip: Option<u32>,
    },
    /// Connected, and silent for too long.
    Stale {
        /// When the registry was last heard.
        since: Moment,
    },
    /// Connected, and something that was asked for has had no answer for too long.
    Unanswered {
        /// When it was asked, or the last of what was coming in came.
        since: Moment,
    },
    /// Not connected.
    Offline {
        /// When the registry was last heard; nothing when it never was.
        since: Option<Moment>,
        /// When it is tried next.
        next_try: Option<Moment>,
        /// Why.
        why: Down,
    },
    /// The registry does not know the token; trying again changes nothing.
    ShutOut,
}

/// Why there is no line: who waits wants to know whom to call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Down {
    /// Nothing answers.
    #[default]
    NoLine,
    /// The registry answers that it has too much to do.
    Busy,
    /// What answers is no registry: another program, a tunnel that leads elsewhere, a portal.
    NoRegistry,
}

impl LineStatus {
    /// Whether what is sent now goes out, though its answer may be long in coming.
    pub fn goes_out(self) -> bool {
        matches!(self, LineStatus::Live { .. } | LineStatus::Unanswered { .. })
    }

    /// Whether what is sent now goes out now and is answered.
    pub fn is_live(self) -> bool {
        matches!(self, LineStatus::Live { .. })
    }
}
