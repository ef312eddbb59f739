//! The line above the bottom line: what was just done, and keys that were not taken and why.

use super::line_status::Down;
use super::outbox::Wanted;
use super::search::Lacks;
pub use super::sent::Sent;
use super::why_not::WhyNot;
use crate::console::action::ActionId;
use crate::console::form::FieldId;
use crate::console::message::Fault;
use crate::domain::hit::Priority;
use crate::domain::ids::{HitId, RecordId};
use crate::domain::refusal::FieldProblem;
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::wire::news::HitNews;
use crate::wire::problem::Problem;

/// One notice, as a code with typed arguments.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// News that want the officer; `n` opens it.
    Alert {
        /// Which.
        hit: HitId,
        /// What happened.
        what: HitNews,
        /// How fast.
        priority: Priority,
    },
    /// A `y` came before the question was on the screen.
    TooEarly,
    /// A `y` came before the comparison was on the screen.
    NotCompared,
    /// A `y` came and was withdrawn; Esc, then ask anew.
    Withdrawn,
    /// The key is bound to nothing.
    NoSuchKey(char),
    /// The key is a letter of an alphabet that no table knows.
    OtherAlphabet(char),
    /// There is no such time of day.
    NoSuchTime,
    /// The key is none of those that the question shows.
    NotAChoice,
    /// A question was answered with no: nothing was sent.
    NothingSent,
    /// An action cannot be done now.
    NotNow {
        /// Which.
        action: ActionId,
        /// Why.
        why: WhyNot,
    },
    /// A line cannot be opened now, and what was typed in one go behind its key was not taken.
    TextNotTaken {
        /// The action whose key it is.
        action: ActionId,
        /// Why.
        why: WhyNot,
        /// Keys.
        keys: usize,
    },
    /// Sent, or written to the outbox while there is no line; the registry has not answered yet.
    Sent {
        /// What.
        what: Sent,
        /// Whether it waits for the line.
        waits: bool,
    },
    /// The registry has done it.
    Done {
        /// What.
        what: Sent,
        /// The record that came of it.
        record: Option<RecordId>,
        /// Hits that it raised.
        raised: usize,
    },
    /// What had waited in the outbox went out and is done, whether this console wrote it or one
    /// before it.
    WentOut {
        /// What, with the record that came of it; the latest last.
        done: Vec<(Sent, Option<RecordId>)>,
        /// Hits that it raised.
        raised: usize,
        /// What an earlier console has left besides.
        left: Option<LeftBehind>,
    },
    /// Several hits were taken at one go, or written to the outbox while there is no line; the
    /// registry has not answered yet.
    Taking {
        /// Which.
        hits: Vec<HitId>,
        /// Whether they wait for the line.
        waits: bool,
    },
    /// What became of hits that were taken at one go, as far as the registry has answered.
    Taken {
        /// How many were to be taken.
        all: usize,
        /// Those that are on this desk now.
        done: Vec<HitId>,
        /// Those that are not, with why the last of them is not.
        refused: Option<(Vec<HitId>, Problem)>,
    },
    /// The registry has refused it; nothing was stored.
    Refused {
        /// What.
        what: Sent,
        /// Why.
        problem: Problem,
    },
    /// Nobody knows whether it was done; it is sent again by itself.
    Unknown {
        /// What.
        what: Sent,
    },
    /// Something that was asked for did not come.
    Fault(Fault),
    /// The number was put on the clipboard.
    Copied(Text),
    /// A hit has gone from the screen, because it may be seen no more.
    Gone(HitId),
    /// There is nothing newer, and nothing is waiting.
    NothingNew,
    /// Ticked, with how many are.
    Ticked(usize),
    /// Several lines were pasted into a text that takes one; it holds the first.
    Pasted {
        /// Lines that were left out.
        left_out: usize,
    },
    /// Several lines were pasted for the search: the first stands in its line, the others follow
    /// one by one.
    PastedList {
        /// Lines that wait.
        waiting: usize,
        /// Lines that were left out, because there are too many.
        left_out: usize,
    },
    /// A check went out, and lines that were pasted with it still wait.
    MorePasted(usize),
    /// It was said that a number was misread; it stands in the search line to be read anew.
    ReadAnew {
        /// What was sent.
        what: Sent,
        /// Whether it waits for the line.
        waits: bool,
    },
    /// Some of what was pasted is missing.
    PasteCut,
    /// Something was pasted at SEND, which takes no text.
    PasteNowhere,
    /// The bell is off until then; FLASH still rings.
    BellOff {
        /// Until when.
        until: Moment,
    },
    /// The bell is on.
    BellOn,
    /// The registry has not handed out names yet; press again.
    NoIds,
    /// Purpose and case stand for the next checks.
    Ground {
        /// Why.
        purpose: Text,
        /// The case.
        case: Text,
    },
    /// Enter found no purpose or case, and the cursor of the search line stands where it belongs.
    GroundHere(Lacks),
    /// The draft is kept; `e` opens it again.
    DraftKept,
    /// Nothing was typed into the form, so no draft of it is kept.
    NoDraftKept,
    /// The record that the form amends is not read, so nothing was done with the form; it is
    /// read now.
    NotRead(RecordId),
    /// The draft was thrown away.
    Discarded {
        /// Drafts that are left.
        left: usize,
    },
    /// The form cannot be sent yet: the first thing to settle in it, and how many more there are.
    Unsettled {
        /// The field of the form, where it has one.
        field: Option<FieldId>,
        /// What is wrong with it.
        problem: FieldProblem,
        /// Further fields.
        more: usize,
    },
    /// What was heard is kept with the number.
    HeardKept,
    /// There is no line since then; what is done waits here.
    NoLine {
        /// Since when; nothing when there never was one.
        since: Option<Moment>,
        /// Why.
        why: Down,
    },
    /// What an earlier console has left on this machine.
    Found(LeftBehind),
    /// Something was taken out of the outbox for good.
    Dropped(Box<Wanted>),
    /// A check that had waited for the line was answered.
    CheckedLate {
        /// The line.
        line: String,
        /// Candidates.
        count: usize,
        /// Whether the answer is on the screen; else the outbox leads to it.
        here: bool,
    },
    /// A check was not answered; it waits in the outbox and is asked again by itself.
    CheckWaits {
        /// The line.
        line: String,
        /// Whether it went out, so that it may have been made.
        went_out: bool,
    },
    /// What was seen and kept on this machine was thrown away.
    Wiped,
    /// It has gone out, and its answer is to be heard first.
    StillOut,
    /// The disk fails: what it holds cannot be taken back, and goes out.
    NotDropped,
    /// The disk has failed: what is not answered when this console ends is lost.
    NotKept {
        /// What the system said, in English.
        said: String,
    },
    /// The disk has failed: what is half typed when this console ends is lost.
    DraftsNotKept {
        /// What the system said, in English.
        said: String,
    },
    /// All is to be read anew, because the officer's rights or the registry have changed.
    Reset,
}

/// What an earlier console has left on this machine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftBehind {
    /// Commands that wait for the registry.
    pub queued: u32,
    /// Commands that were refused.
    pub refused: u32,
    /// Whether the last line of the outbox was not complete.
    pub torn: bool,
    /// Lines of the outbox that cannot be read.
    pub damaged: usize,
    /// Whether another console of the same officer runs on this machine.
    pub beside: bool,
    /// Texts that are half typed.
    pub drafts: usize,
    /// When the last of them was typed.
    pub kept: Moment,
}
