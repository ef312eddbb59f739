//! What `r` asks: the question that fits what is marked.

use super::{judge, pending};
use crate::console::state::open_line::LineKind;
use crate::console::state::question::{Ask, Days, Withdrawn};
use crate::console::state::why_not::WhyNot;
use crate::console::state::{Item, State};
use crate::domain::evidence::Band;
use crate::domain::hit::{Hit, Phase, Priority, Side, desk};
use crate::domain::ids::{CheckId, RecordId};
use crate::domain::refusal::Refusal;

/// What `r` opens.
#[derive(Debug, Clone, PartialEq)]
pub enum Response {
    /// A question.
    Ask(Ask),
    /// A line whose text the question needs first.
    Line(LineKind),
}

/// What `r` opens for what the keys act on.
///
/// # Errors
/// Why there is nothing to ask.
pub fn fits(state: &State) -> Result<Response, WhyNot> {
    if state.session.is_none() {
        return Err(WhyNot::NoSession);
    }
    let response = match state.item().ok_or_else(|| state.why_nothing())? {
        Item::Hit(id) => {
            let row = state.row(id).ok_or(WhyNot::OpenFirst)?;
            of_hit(state, &row.hit)?
        }
        Item::Candidate { check, record } => Response::Ask(of_lead(state, check, record)?),
        Item::Check(_) => {
            let asked = state.search.asked.as_ref().ok_or(WhyNot::NoCheck)?;
            let question = Box::new(asked.question.clone());
            Response::Ask(Ask::Stand { question, days: Days::Ninety })
        }
        Item::Record(id) => Response::Ask(of_record(state, id)?),
    };
    if let Response::Ask(ask) = &response
        && let Some(Withdrawn::Refused(refusal)) = judge(state, ask)
    {
        return Err(WhyNot::Refused(refusal));
    }
    Ok(response)
}

fn of_hit(state: &State, hit: &Hit) -> Result<Response, WhyNot> {
    let party = state.party().ok_or(WhyNot::NoSession)?;
    let turn = desk::turn(hit, party).ok_or(WhyNot::NotAHit)?;
    let (id, revision) = (hit.id, hit.revision);
    pending::decided(state, id)?;
    let ask = match (hit.phase, turn.side) {
        (Phase::Raised | Phase::Asked | Phase::Promised, Side::Owner) => Ask::Confirm { hit: id, revision },
        (Phase::Raised, Side::Finder) => {
            Ask::AskOwner { hit: id, revision, priority: Priority::Routine, reason: String::new() }
        }
        (Phase::Confirmed, Side::Finder) => Ask::Locate { hit: id, revision },
        (Phase::Located, Side::Owner) => Ask::Clear { hit: id, revision },
        (Phase::Asked | Phase::Promised, Side::Finder)
        | (Phase::Confirmed, Side::Owner)
        | (Phase::Located, Side::Finder) => Ask::Wait { hit: id, due: turn.due },
        (Phase::NotOurs | Phase::Excluded, _) => {
            return Ok(Response::Line(LineKind::ReopenReason { hit: id, revision }));
        }
        (Phase::Cleared, _) => {
            return Err(WhyNot::Refused(Refusal::Phase { phase: hit.phase.code().into() }));
        }
    };
    Ok(Response::Ask(ask))
}

fn of_lead(state: &State, check: CheckId, record: RecordId) -> Result<Ask, WhyNot> {
    pending::led(state, check, record)?;
    let subject = match &state.record.subject {
        Some(crate::console::state::record::Subject::Candidate(compared)) => Some(&compared.candidate),
        _ => None,
    };
    let candidate = subject
        .filter(|candidate| candidate.record == record)
        .or_else(|| state.search.candidate())
        .ok_or(WhyNot::NothingMarked)?;
    if candidate.band < Band::Possible {
        return Err(WhyNot::TooUnlike);
    }
    Ok(Ask::AskLead { check, record, priority: Priority::Routine, reason: String::new() })
}

fn of_record(state: &State, record: RecordId) -> Result<Ask, WhyNot> {
    let answer = state.record.records.get(&record).and_then(|read| read.value()).ok_or(WhyNot::OpenFirst)?;
    let view = answer.whole().ok_or(WhyNot::Restricted)?;
    if Some(view.owner.ncb) != state.ncb() {
        return Err(WhyNot::NotOurRecord);
    }
    pending::changed(state, record)?;
    Ok(Ask::Validate { record, revision: view.revision })
}
