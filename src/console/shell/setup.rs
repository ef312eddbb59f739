//! What the shell is given at the start.

use crate::client::Line;
use crate::client::desk::Desk;
use crate::console::look::Look;
use crate::console::pacing::Pacing;
use crate::console::state::Start;
use std::path::PathBuf;

/// What a console needs to begin.
#[derive(Debug)]
pub struct Setup {
    /// The line to the registry.
    pub line: Line,
    /// The desk's zone, and purpose and case if they are set from outside.
    pub start: Start,
    /// What the terminal can do.
    pub look: Look,
    /// How its line is kept free.
    pub pacing: Pacing,
    /// The files of the officer's desk; nothing keeps what is done without them.
    pub desk: Option<Desk>,
    /// Whether what was seen is thrown away when the console ends.
    pub wipe_at_leave: bool,
    /// Where a panic is reported.
    pub crash_file: PathBuf,
}
