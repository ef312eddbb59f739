//! What happens to the console, as plain data.

use super::drafts::Drafts;
use super::state::layout::Tops;
use super::state::line_status::LineStatus;
use super::state::outbox::Item;
use super::state::remote::Generation;
use super::state::traffic::Traffic;
use crate::client::Speed;
use crate::client::seen::{Here, Past};
use crate::domain::ids::{CommandId, HitId, RecordId};
use crate::domain::time::Moment;
use crate::wire::check::{CandidatesPage, CheckAnswer};
use crate::wire::command::CommandAnswer;
use crate::wire::hit::{HitView, HitsPage};
use crate::wire::news::News;
use crate::wire::problem::Problem;
use crate::wire::record::RecordAnswer;
use crossterm::event::KeyEvent;

/// One thing that has happened, in the order in which the shell learned of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// A key; characters come as what they produce.
    Key(KeyEvent),
    /// Text from the clipboard, which never runs keys.
    Paste(Paste),
    /// The window has this many columns and rows now.
    Resized {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// The time, as the registry's clock has it: the first message of all, then with every
    /// minute that changes something on the screen.
    Time(Moment),
    /// The frame with this question has been on the terminal and a quarter of a second went
    /// by without a key. It stands among the keys where that came to be true, so that a `y`
    /// before it was typed blind.
    Seen(Generation),
    /// No key came for a moment: what is typed from here on is another thought. Stands among the
    /// keys where that came to be true; the answer to
    /// [`Effect::AwaitPause`](super::effect::Effect::AwaitPause).
    Pause,
    /// The screen was drawn, and its lists begin there.
    Drawn(Tops),
    /// Names for commands and checks, made by the shell because update knows no randomness;
    /// the answer to [`Effect::MoreIds`](super::effect::Effect::MoreIds).
    Ids(Vec<CommandId>),
    /// News from the registry's feed.
    News(Box<News>),
    /// The line has changed.
    Line(LineStatus),
    /// How fast the line is, by what came over it.
    Speed(Speed),
    /// What is known of the way to the officer's screen; comes after each
    /// [`Effect::TryLine`](super::effect::Effect::TryLine).
    Traffic(Traffic),
    /// What an earlier console has left on this machine.
    Found(Box<Found>),
    /// What the records seen at this desk say of the gun that was asked about last.
    Here {
        /// As asked.
        generation: Generation,
        /// What they say.
        here: Box<Here>,
    },
    /// The outbox has come further.
    Outbox(OutboxNews),
    /// The disk has failed, and what is half typed is not on it.
    DraftsNotKept {
        /// What the system said, in English.
        said: String,
    },
    /// The answer to something that was asked for.
    Answered(Box<Answer>),
}

/// What an earlier console has left on this machine.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// What was not answered, and what was refused, the oldest first.
    pub items: Vec<Item>,
    /// Whether the last line of the outbox was not complete.
    pub torn: bool,
    /// Lines of the outbox that cannot be read.
    pub damaged: usize,
    /// Whether another console of the same officer runs on this machine.
    pub beside: bool,
    /// What was half typed.
    pub drafts: Drafts,
    /// What was seen.
    pub past: Option<Past>,
}

/// What becomes of commands before the registry answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutboxNews {
    /// They are on the disk.
    Queued(Vec<CommandId>),
    /// They went out.
    Sent {
        /// Which.
        ids: Vec<CommandId>,
        /// When.
        at: Moment,
    },
    /// One was taken away, as the officer wanted.
    Dropped(CommandId),
    /// One is not taken away, because it has gone out.
    StillOut(CommandId),
    /// One is not taken away, because the disk fails.
    NotDropped(CommandId),
    /// The disk keeps everything again.
    KeptAgain,
    /// The disk has failed: what is not answered when this console ends is lost.
    NotKept {
        /// What the system said, in English.
        said: String,
    },
}

/// Pasted text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paste {
    /// The text, control characters included.
    pub text: String,
    /// Whether something is missing at its end, which may still come.
    pub cut: bool,
    /// Whether it is the rest of the one before, which was cut.
    pub rest: bool,
}

/// An answer, with the generation that was asked, so that late ones are known as late.
#[expect(clippy::large_enum_variant, reason = "it travels boxed")]
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// To [`Effect::Check`](super::effect::Effect::Check).
    Check {
        /// As asked.
        generation: Generation,
        /// What came of it.
        result: Result<CheckAnswer, Fault>,
    },
    /// To [`Effect::ReadCandidates`](super::effect::Effect::ReadCandidates).
    Candidates {
        /// As asked.
        generation: Generation,
        /// What came of it.
        result: Result<CandidatesPage, Fault>,
    },
    /// To [`Effect::ReadHits`](super::effect::Effect::ReadHits).
    Hits {
        /// As asked.
        generation: Generation,
        /// What came of it.
        result: Result<HitsPage, Fault>,
    },
    /// To [`Effect::ReadHit`](super::effect::Effect::ReadHit).
    Hit {
        /// As asked.
        generation: Generation,
        /// Which.
        id: HitId,
        /// What came of it.
        result: Result<HitView, Fault>,
    },
    /// To [`Effect::ReadRecord`](super::effect::Effect::ReadRecord).
    Record {
        /// As asked.
        generation: Generation,
        /// Which.
        id: RecordId,
        /// What came of it.
        result: Result<RecordAnswer, Fault>,
    },
    /// To commands of [`Effect::Send`](super::effect::Effect::Send), whenever they came through.
    Commands(Vec<CommandAnswer>),
    /// To a check that had waited in the outbox.
    Waited {
        /// The check.
        id: CommandId,
        /// What the registry holds.
        answer: CheckAnswer,
    },
    /// A rehearsal could not be asked for; those never wait in the outbox.
    NotRehearsed {
        /// The command.
        id: CommandId,
        /// Why.
        fault: Fault,
    },
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// There is no line.
    Offline,
    /// The registry took too long.
    TimedOut,
    /// The registry said no.
    Problem(Box<Problem>),
    /// What came back could not be read.
    Garbled,
}
