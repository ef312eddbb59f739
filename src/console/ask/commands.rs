//! What `y` sends.

use crate::console::state::State;
use crate::console::state::question::{Ask, Closing, Rehearsal};
use crate::console::state::sent::Sent;
use crate::domain::check::Question;
use crate::domain::command::Command;
use crate::domain::hit::HitCommand;
use crate::domain::ids::CommandId;
use crate::domain::private::Private;
use crate::domain::record::RecordCommand;

/// What making the first line of a question true comes down to.
#[derive(Debug, Clone, PartialEq)]
pub enum Committed {
    /// Commands, each with the words for it.
    Commands(Vec<(Command, Sent)>),
    /// A check is made again, to stand longer.
    Check(Box<Question>),
    /// A draft is thrown away or begun anew; nothing leaves the console.
    Draft,
    /// Something is taken out of the outbox.
    Drop(CommandId),
    /// Leave.
    Quit,
    /// Something is still to be chosen.
    Nothing,
}

/// What `y` does in a question.
pub fn commands(state: &State, ask: &Ask) -> Committed {
    match ask {
        Ask::Stand { question, days } => {
            Committed::Check(Box::new(Question { stand_days: days.days(), ..(**question).clone() }))
        }
        Ask::Drop { id } => Committed::Drop(*id),
        Ask::Leave { .. } => Committed::Quit,
        Ask::Discard { .. } | Ask::Afresh { .. } => Committed::Draft,
        Ask::TakeTicked { hits } => Committed::Commands(
            hits.iter()
                .map(|hit| (Command::Hit(HitCommand::Take { hit: *hit, over: false }), Sent::Take(*hit)))
                .collect(),
        ),
        Ask::Enter { .. } | Ask::Amend { .. } | Ask::Validate { .. } | Ask::CloseRecord { .. } => {
            of_record(ask).map_or(Committed::Nothing, |(command, sent)| one(Command::Record(command), sent))
        }
        _ => {
            of_hit(state, ask).map_or(Committed::Nothing, |(command, sent)| one(Command::Hit(command), sent))
        }
    }
}

fn one(command: Command, sent: Sent) -> Committed {
    Committed::Commands(vec![(command, sent)])
}

fn of_record(ask: &Ask) -> Option<(RecordCommand, Sent)> {
    Some(match ask {
        Ask::Enter { report, rehearsal } => {
            let knowing = match rehearsal {
                Rehearsal::Duplicates(records) => records.clone(),
                _ => Vec::new(),
            };
            (RecordCommand::Enter { report: report.clone(), knowing }, Sent::Entered)
        }
        Ask::Amend { record, revision, report } => (
            RecordCommand::Amend { record: *record, revision: *revision, report: report.clone() },
            Sent::Amended(*record),
        ),
        Ask::Validate { record, .. } => {
            (RecordCommand::Validate { record: *record }, Sent::Validated(*record))
        }
        Ask::CloseRecord { record, revision, how: Some(how) } => {
            let (record, revision) = (*record, *revision);
            let command = match how {
                Closing::Cleared => RecordCommand::Clear { record, revision },
                Closing::Cancelled => RecordCommand::Cancel { record, revision },
            };
            (command, Sent::RecordClosed(record, *how))
        }
        _ => return None,
    })
}

fn of_hit(state: &State, ask: &Ask) -> Option<(HitCommand, Sent)> {
    let words = |text: &str| if text.is_empty() { Private::default() } else { Private::new(text) };
    Some(match ask {
        Ask::Confirm { hit, revision } => {
            (HitCommand::Confirm { hit: *hit, revision: *revision }, Sent::Confirmed(*hit))
        }
        Ask::NotOurs { hit, revision, reason: Some(reason) } => (
            HitCommand::NotOurs { hit: *hit, revision: *revision, reason: *reason },
            Sent::NotOurs(*hit, *reason),
        ),
        Ask::Exclude { hit, revision, reason: Some(reason) } => (
            HitCommand::Exclude { hit: *hit, revision: *revision, reason: *reason },
            Sent::Excluded(*hit, *reason),
        ),
        Ask::Promise { hit, revision, until } => {
            let until = until.moment()?;
            (HitCommand::Promise { hit: *hit, revision: *revision, until }, Sent::Promised(*hit, until))
        }
        Ask::AskOwner { hit, revision, priority, reason } => (
            HitCommand::Ask { hit: *hit, revision: *revision, priority: *priority, reason: words(reason) },
            Sent::Asked { hit: *hit, of: state.row(*hit)?.hit.owner.ncb, priority: *priority },
        ),
        Ask::AskLead { check, record, priority, reason } => (
            HitCommand::Lead { check: *check, record: *record, priority: *priority, reason: words(reason) },
            Sent::Lead { check: *check, record: *record, priority: *priority },
        ),
        Ask::Locate { hit, revision } => {
            (HitCommand::Locate { hit: *hit, revision: *revision }, Sent::Located(*hit))
        }
        Ask::Clear { hit, revision } => {
            (HitCommand::Clear { hit: *hit, revision: *revision }, Sent::Cleared(*hit))
        }
        Ask::Reopen { hit, revision, reason } => (
            HitCommand::Reopen { hit: *hit, revision: *revision, reason: words(reason) },
            Sent::Reopened(*hit),
        ),
        Ask::Send { hit, text } => {
            (HitCommand::Write { hit: *hit, text: words(text), inside: false }, Sent::Message(*hit))
        }
        Ask::TakeOver { hit, .. } => (HitCommand::Take { hit: *hit, over: true }, Sent::Take(*hit)),
        _ => return None,
    })
}
