//! What the sender tells the console.

use crate::client::fault::Fault;
use crate::domain::ids::CommandId;
use crate::domain::time::Moment;
use crate::wire::check::CheckAnswer;
use crate::wire::command::Done;
use crate::wire::problem::Problem;

/// What becomes of commands.
#[derive(Debug, Clone, PartialEq)]
pub enum SendMessage {
    /// They are on this machine's disk, where there is one, and go out when they can.
    Queued {
        /// Which.
        ids: Vec<CommandId>,
    },
    /// They are about to go out.
    Sent {
        /// Which.
        ids: Vec<CommandId>,
        /// When.
        at: Moment,
    },
    /// A check was made that had waited. It is asked once more by the next console unless it is
    /// withdrawn: nobody may have looked at the answer before this one ends.
    Checked {
        /// Which.
        id: CommandId,
        /// What the registry holds.
        answer: Box<CheckAnswer>,
    },
    /// One was dropped before it went out, or after it was refused, or was not there.
    Dropped {
        /// Which.
        id: CommandId,
    },
    /// One is not dropped, because it has gone out and may have been done.
    StillOut {
        /// Which.
        id: CommandId,
    },
    /// One is not dropped, because the disk fails: what it holds would go out again.
    NotDropped {
        /// Which.
        id: CommandId,
    },
    /// The outbox is on the disk again, all of it.
    KeptAgain,
    /// The outbox cannot be written: as long as that lasts, what is not answered when the console ends is lost.
    NotKept {
        /// What the system said, in English.
        said: String,
    },
    /// One is done and on the registry's disk.
    Done {
        /// Which.
        id: CommandId,
        /// What came of it.
        done: Done,
    },
    /// One was refused; nothing was stored.
    Refused {
        /// Which.
        id: CommandId,
        /// Why.
        problem: Box<Problem>,
    },
    /// Nobody knows whether they were done; they go out again under the same ids.
    Unknown {
        /// Which.
        ids: Vec<CommandId>,
        /// When they go out again.
        next_try: Moment,
    },
    /// Nothing goes out for now, and nothing was done.
    Waiting {
        /// Which.
        ids: Vec<CommandId>,
        /// Why.
        why: Fault,
        /// When it is tried again.
        next_try: Moment,
    },
}
