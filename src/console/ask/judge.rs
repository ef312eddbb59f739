//! What the rules say to a question as things stand now: the registry's own rules, asked here.

use super::{Committed, commands};
use crate::console::state::State;
use crate::console::state::question::{Ask, Withdrawn};
use crate::console::state::record::Subject;
use crate::domain::command::Command;
use crate::domain::context::Context;
use crate::domain::hit;
use crate::domain::ids::RecordId;
use crate::domain::record::{self, Record};
use crate::domain::refusal::Refusal;
use crate::wire::record::RecordView;

/// Why `y` must be withdrawn, if it must.
pub fn judge(state: &State, ask: &Ask) -> Option<Withdrawn> {
    if let Some(hit) = ask.hit() {
        let Some(row) = state.row(hit) else { return Some(Withdrawn::Gone) };
        // While a reason or a time is still to be chosen there is no command to judge yet.
        let changed = ask.revision().is_some_and(|seen| seen != row.hit.revision);
        if changed {
            return Some(Withdrawn::Changed { by: row.hit.changed_by, at: row.hit.changed });
        }
    }
    if let Ask::Validate { record, .. } | Ask::CloseRecord { record, .. } | Ask::Amend { record, .. } = ask
        && read(state, *record).is_none()
    {
        return Some(Withdrawn::Gone);
    }
    if let Ask::AskLead { record, .. } = ask
        && !is_candidate(state, *record)
    {
        return Some(Withdrawn::Gone);
    }
    let Committed::Commands(list) = commands(state, ask) else { return None };
    let context = state.context()?;
    // Of several that are taken at once, one that somebody has by now spoils no other.
    let refusals: Vec<_> = list.iter().map(|(command, _)| refusal(state, command, &context)).collect();
    let refused = refusals.into_iter().collect::<Option<Vec<Refusal>>>()?.into_iter().next()?;
    Some(match refused {
        Refusal::Changed { by, at, .. } => Withdrawn::Changed { by, at },
        other => Withdrawn::Refused(other),
    })
}

/// Why the rules would refuse a command, as far as that can be known here.
pub(super) fn refusal(state: &State, command: &Command, context: &Context) -> Option<Refusal> {
    match command {
        Command::Hit(command) => {
            let held = command.hit().and_then(|id| state.row(id)).map(|row| &row.hit);
            match hit::decide(held, command, context).err()? {
                // Whether a pair is a lead is for its registry, which knows both guns.
                Refusal::NotALead => None,
                refusal => Some(refusal),
            }
        }
        Command::Record(command) => {
            let held = command.record().and_then(|id| read(state, id)).map(as_record);
            record::decide(held.as_ref(), &[], command, context).err()
        }
    }
}

/// Whether a record is still a candidate on the screen.
fn is_candidate(state: &State, record: RecordId) -> bool {
    let listed = state
        .search
        .answer
        .value()
        .is_some_and(|answer| answer.candidates.iter().any(|candidate| candidate.record == record));
    listed || state.record.subject.as_ref().and_then(Subject::record) == Some(record)
}

/// A record that was read, wherever it was read.
fn read(state: &State, id: RecordId) -> Option<&RecordView> {
    state.record.records.get(&id)?.value()?.whole()
}

/// The record with the fields that the rules read; who changed it last is not in a view.
fn as_record(view: &RecordView) -> Record {
    let changed_by = crate::domain::ids::OfficerId(0);
    Record {
        id: view.id,
        owner: view.owner.clone(),
        report: view.report.clone(),
        status: view.status,
        entered: view.entered,
        officer: changed_by,
        validated: view.validated,
        validate_by: view.validate_by,
        standing: view.standing,
        revision: view.revision,
        changed_by,
        changed: view.validated,
    }
}
