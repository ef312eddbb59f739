//! What is known of the way between the console and the officer's screen.

/// How it was when it was last asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traffic {
    /// The way to the screen and back, in milliseconds; nothing where no terminal has answered.
    pub round_trip: Option<u32>,
    /// Bytes a second that the line carries, as far as that is known.
    pub speed: Option<u32>,
    /// Bytes that went to the screen since the console began.
    pub session: u64,
    /// Bytes that went to the screen within the last hour.
    pub hour: u64,
    /// Changes that were painted along with others, because a frame was on its way.
    pub merged: u64,
    /// How frames are paced.
    pub paced: Paced,
}

/// By what it is known that a frame has arrived.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paced {
    /// By the answers of the terminal.
    Answers,
    /// By a speed: the terminal does not answer, or has not yet.
    #[default]
    Silent,
    /// By a speed that is set, or that holds within a program that answers in the terminal's name.
    Speed,
}
