//! What the console wants done by the shell around it, as plain data.

use super::state::remote::Generation;
use crate::domain::command::Envelope;
use crate::domain::ids::{CheckId, CommandId, HitId, RecordId};
use crate::domain::text::Text;
use crate::wire::check::CheckItem;
use crate::wire::hit::HitsPlace;

/// One thing for the shell to do; none of them waits.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Write these commands to the outbox, in this order; rehearsals go out at once or fail.
    Send(Vec<Envelope>),
    /// Take away from the outbox what has never gone out, what was refused, or a check whose answer
    /// was looked at.
    Withdraw(CommandId),
    /// Make a check.
    Check {
        /// Comes back with the answer.
        generation: Generation,
        /// What is asked.
        item: CheckItem,
    },
    /// Read the candidates of a check that follow those on the screen.
    ReadCandidates {
        /// Comes back with the answer.
        generation: Generation,
        /// Which check.
        check: CheckId,
        /// The candidate behind which they begin.
        after: RecordId,
    },
    /// Hold a gun against the records seen at this desk, and put the check into the outbox: there
    /// is no line.
    CheckHere {
        /// Comes back with what was seen here.
        generation: Generation,
        /// What is asked.
        item: CheckItem,
    },
    /// Put a check into the outbox, which may have gone out before.
    QueueCheck(CheckItem),
    /// Throw away what was seen and kept on this machine.
    Wipe,
    /// Read a page of the queue of hits.
    ReadHits {
        /// Comes back with the answer.
        generation: Generation,
        /// Where it begins: the `next` of the page before; nothing for the first.
        after: Option<HitsPlace>,
    },
    /// Read a hit with both its guns.
    ReadHit {
        /// Comes back with the answer.
        generation: Generation,
        /// Which.
        id: HitId,
    },
    /// Read a record.
    ReadRecord {
        /// Comes back with the answer.
        generation: Generation,
        /// Which.
        id: RecordId,
        /// Why it is read.
        purpose: Text,
        /// For which case.
        case: Text,
    },
    /// Put a text on the officer's own clipboard (OSC 52).
    Copy(String),
    /// Ring once.
    Bell,
    /// Paint everything anew.
    Repaint,
    /// End the next frame with a status request (`CSI 5 n`), and send
    /// [`Message::Seen`](super::message::Message::Seen) once it was answered and a quarter of a
    /// second went by without a key; a later one takes the place of an earlier one.
    AwaitSeen(Generation),
    /// Send [`Message::Pause`](super::message::Message::Pause) once no key came for a moment.
    AwaitPause,
    /// Make that many command ids and send them as [`Message::Ids`](super::message::Message::Ids).
    MoreIds(usize),
    /// Try the line now instead of at the next try, and tell what is known of the way to the
    /// officer's screen ([`Message::Traffic`](super::message::Message::Traffic)).
    TryLine,
    /// Leave.
    Quit,
}
