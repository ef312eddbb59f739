//! What happens to the console, as plain data.

use super::state::layout::Tops;
use super::state::line_status::LineStatus;
use super::state::remote::Generation;
use crate::domain::ids::{CommandId, HitId, RecordId};
use crate::domain::time::Moment;
use crate::wire::check::CheckAnswer;
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
    /// The screen was drawn, and its lists begin there.
    Drawn(Tops),
    /// Names for commands and checks, made by the shell because update knows no randomness;
    /// the answer to [`Effect::MoreIds`](super::effect::Effect::MoreIds).
    Ids(Vec<CommandId>),
    /// News from the registry's feed.
    News(Box<News>),
    /// The line has changed.
    Line(LineStatus),
    /// The outbox has changed.
    Outbox {
        /// Commands written and not yet answered.
        queued: u32,
        /// Commands that were refused and nobody has looked at.
        refused: u32,
    },
    /// The answer to something that was asked for.
    Answered(Box<Answer>),
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
